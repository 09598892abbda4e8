//! The days that a text speaks of: a table of phrases with their values (`dates.txt`), and what holds for any text.

use onrecord::extract::date::{self, DateMention, Language};
use onrecord::text::day::PartialDate;
use proptest::prelude::{any, proptest};

/// The values found in an English text, published on `day`, as `dates.txt` writes them: separated by a space, `-` for none.
fn values(text: &str, day: Option<&str>) -> String {
    values_in(Language::English, text, day)
}

fn values_in(language: Language, text: &str, day: Option<&str>) -> String {
    let published = day.map(|day| PartialDate::parse(day).expect("a day"));
    let found = date::find(text, published, language);
    if found.is_empty() {
        return "-".to_owned();
    }
    found.iter().map(|mention| mention.value.to_string()).collect::<Vec<_>>().join(" ")
}

fn check(text: &str, day: Option<&str>, expected: &str) {
    assert_eq!(values(text, day), expected, "in {text:?}, published {day:?}");
}

fn words(text: &str, day: &str) -> Vec<String> {
    let published = PartialDate::parse(day);
    date::find(text, published, Language::English).iter().map(|mention| mention.span.of(text).to_owned()).collect()
}

#[test]
fn every_phrase_of_the_table_has_its_value() {
    check_table(Language::English, include_str!("dates.txt"), 645);
}

#[test]
fn every_german_phrase_of_the_table_has_its_value() {
    check_table(Language::German, include_str!("dates_german.txt"), 275);
}

/// Holds a table to its values; `least` is how many cases it has at least, a few below its size.
fn check_table(language: Language, table: &str, least: usize) {
    let mut published = None;
    let mut wrong = Vec::new();
    let mut cases = 0;
    for (line, number) in table.lines().zip(1..) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(day) = line.strip_prefix("published ") {
            published = Some(day).filter(|day| *day != "unknown");
        } else if let Some((text, expected)) = line.split_once(" ==> ") {
            let text = text.replace("\\n", "\n");
            let found = values_in(language, &text, published);
            cases += 1;
            if found != expected {
                wrong.push(format!("{number}: {text}\n    expected {expected}, found {found}"));
            }
        } else {
            wrong.push(format!("{number} is no case: {line}"));
        }
    }
    assert!(cases >= least, "of the table only {cases} cases were read");
    assert!(wrong.is_empty(), "{} of {cases} cases:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_mention_holds_the_words_that_say_which_day() {
    let cases = [
        ("Talks resume on Friday in Ostwick.", "on Friday"),
        ("Talks on Friday night failed.", "on Friday night"),
        ("Talks failed last month.", "last month"),
        ("Talks failed in late 2014.", "late 2014"),
        ("Talks failed by the end of the year.", "the end of the year"),
        ("Talks are due on Sept. 21, 2015.", "on Sept. 21, 2015"),
        ("Talks failed in mid-July.", "mid-July"),
        ("Talks failed on Friday, 11 September.", "on Friday, 11 September"),
        ("A law of the 1990s failed.", "the 1990s"),
        ("Friday’s talks failed.", "Friday"),
        ("„Gespräche“ — on Friday — failed", "on Friday"),
    ];
    for (text, expected) in cases {
        assert_eq!(words(text, "2015-09-18"), [expected], "in {text:?}");
    }
}

#[test]
fn a_range_of_two_dates_is_followed_by_its_ends() {
    let text = "The bridge was shut from March to May 2014.";
    assert_eq!(words(text, "2015-09-18"), ["March to May 2014", "March", "May 2014"]);
    check(text, None, "2014-03/2014-05 2014-03 2014-05");
}

#[test]
fn the_days_of_a_value_are_its_first_and_its_last() {
    let cases = [
        ("on 2015-09-18", "2015-09-18 2015-09-18"),
        ("winter 2015", "2015-12-01 2016-02-29"),
        ("spring 2015", "2015-03-01 2015-05-31"),
        ("in February 2015", "2015-02-01 2015-02-28"),
        ("Q4 2015", "2015-10-01 2015-12-31"),
        ("in 2015", "2015-01-01 2015-12-31"),
        ("in the 1990s", "1990-01-01 1999-12-31"),
        ("this week", "2015-09-14 2015-09-20"),
        ("in 2010-2014", "2010-01-01 2014-12-31"),
        ("several days ago", "none"),
    ];
    for (text, expected) in cases {
        let found = date::find(text, PartialDate::parse("2015-09-18"), Language::English);
        let days = found.first().expect("a mention").value.days();
        let days = days.map_or("none".to_owned(), |(first, last)| format!("{first} {last}"));
        assert_eq!(days, expected, "of {text:?}");
    }
}

#[test]
fn what_the_publication_does_not_tell_stays_unresolved() {
    check("On Friday and last month, in March and on 3 May 2014", None, "? ? ? 2014-05-03");
    check("yesterday, last month, last year", Some("2015-09"), "? 2015-08 2014");
    check("yesterday, last month, last year", Some("2015"), "? ? 2014");
    check("the following day", Some("2015-09-18"), "?");
    check("the day after 3 May 2014, and the following day", None, "2014-05-04 2014-05-03 2014-05-04");
}

/// Whether the mentions lie in the text, begin in order, and overlap only as a range and its ends do.
fn sound(text: &str, found: &[DateMention]) -> bool {
    let inside = found.iter().all(|mention| !mention.span.is_empty() && !mention.span.of(text).is_empty());
    let ordered = found.windows(2).all(|pair| pair[0].span.start() <= pair[1].span.start());
    let apart = found.windows(2).all(|pair| {
        !pair[0].span.overlaps(pair[1].span) || (pair[0].rule == "range" && pair[0].span.contains(pair[1].span))
    });
    inside && ordered && apart
}

proptest! {
    #[test]
    fn any_text_has_sound_mentions(text in any::<String>(), number in -800_000i32..200_000) {
        let day = onrecord::text::day::Day::from_number(number);
        for language in [Language::English, Language::German, Language::Other] {
            let found = date::find(&text, Some(PartialDate::Day(day)), language);
            assert!(sound(&text, &found), "in {text:?}");
        }
    }

    #[test]
    fn any_heap_of_german_date_words_has_sound_mentions(
        picks in proptest::collection::vec((0usize..50, 0usize..6), 0..60),
        dated in any::<bool>(),
    ) {
        let pieces = [
            "Freitag", "Okt.", "Mai", "März", "18", "5.", "2015", "3.5.", "der", "letzten", "nächsten", "diesen", "Woche",
            "Jahr", "des", "bis", "-", "–", "zwischen", "und", "vom", "2010-2014", "3-5", "2015-09-18", "am", "Tag", "vor",
            "nach", "zwei", "einem", "Quartal", "ersten", "Sommer", "Weihnachten", "1990er", "Jahren", "99999999999",
            "31.", "Halbjahr", "heute", "Morgen", "Montagabend", "Ende", "wird", "sagte", ".", "Wochenende", "in",
            "übernächste", "ist",
        ];
        let joints = [" ", "", "\n", "-", ", ", "\u{a0}"];
        let text: String = picks.iter().flat_map(|(piece, joint)| [pieces[*piece], joints[*joint]]).collect();
        let found = date::find(&text, if dated { PartialDate::parse("2015-09-18") } else { None }, Language::German);
        assert!(sound(&text, &found), "in {text:?}: {found:?}");
    }

    #[test]
    fn any_heap_of_date_words_has_sound_mentions(
        picks in proptest::collection::vec((0usize..60, 0usize..6), 0..60),
        dated in any::<bool>(),
    ) {
        let pieces = [
            "Friday", "Sept.", "May", "March", "18", "5th", "2015", "'", "the", "last", "next", "this", "week", "year",
            "of", "to", "-", "–", "between", "and", "from", "2010-2014", "3-5", "2015-09-18", "9/11", "day", "before",
            "after", "ago", "two", "a", "quarter", "first", "third", "summer", "Christmas", "Easter Monday", "1990s",
            "'90s", "’", "99999999999", "31", "0000", "fiscal", "half", "same", "period", "earlier", "later", "end",
            "mid", "in", "on", "by", "until", "will", "said", ".", "weekend", "New Year's",
        ];
        let joints = [" ", "", "\n", "-", ", ", "\u{a0}"];
        let text: String = picks.iter().flat_map(|(piece, joint)| [pieces[*piece], joints[*joint]]).collect();
        let found = date::find(&text, if dated { PartialDate::parse("2015-09-18") } else { None }, Language::English);
        assert!(sound(&text, &found), "in {text:?}: {found:?}");
    }
}

#[test]
fn other_languages_keep_what_figures_and_shared_names_say() {
    let other = |text| values_in(Language::Other, text, Some("2015-09-18"));
    for (text, expected) in [
        ("Le pont a été construit en 1958, le 2014-05-03 et le 18/09/1975.", "1958 2014-05-03 1975-09-18"),
        ("De brug ging op 3 september 2014 dicht.", "2014-09-03"),
        ("De brug ging in september dicht, on Friday.", "-"),
    ] {
        assert_eq!(other(text), expected, "in {text:?}");
    }
}
