//! What is found: words and speaker of the same quotation, fields of the article, NOT, whole values, spellings.

use onrecord::archive::speakers::Speakers;
use onrecord::desk::speakers::clauses::people_matching;
use onrecord::extract::Kind;
use onrecord::index::Ask;
use onrecord::query::ast::{Field, KindValue, Query, Share, Shares};

use super::clip::{
    Archive, Clip, and, ask, clip, conf, exact, field, field_phrase, kind, not, or, phrase, speaker, today, word,
};

/// Two people called Kerry, one Gore, and a strike at a harbour.
fn harbour() -> Vec<Clip> {
    vec![
        clip(
            "a",
            "Dockers met. “Harbour rates must fall, Assad or no Assad,” said Gore. “Ships will wait,” Kerry said.",
        )
        .title("Harbour talks stall")
        .outlet("Bay Courier")
        .byline("Ada Quill")
        .on("2014-03-01")
        .quote(Kind::Direct, Some("Al Gore"), "union leader", &["Harbour rates must fall, Assad or no Assad"])
        .quote(Kind::Direct, Some("John Kerry"), "Secretary of State", &["Ships will wait"]),
        clip("b", "“Assad must talk,” Kerry said, “and the counter-ISIL bid goes on.” Crews called it “a muddle”.")
            .title("Kerry on Assad")
            .outlet("Bay Courier")
            .on("2014-03-02")
            .quote(
                Kind::Direct,
                Some("John Kerry"),
                "Secretary of State",
                &["Assad must talk", "and the counter-ISIL bid goes on"],
            )
            .quote(Kind::Mixed, None, "", &["a muddle"]),
        clip("c", "Peggy Kerry said the harbour’s wait was over. A port official agreed.")
            .title("Wait over")
            .outlet("Cape Wire")
            .on("2014-03-03")
            .quote(Kind::Indirect, Some("Peggy Kerry"), "", &["the harbour’s wait was over"])
            .quote(Kind::Indirect, Some("a port official"), "", &["agreed"]),
        clip("d", "No quotations about the harbour here.").title("Tides").outlet("Cape Wire").on("2014-03-04"),
    ]
}

const GORE: &str = "Harbour rates must fall, Assad or no Assad";
const SHIPS: &str = "Ships will wait";
const ASSAD: &str = "Assad must talk … and the counter-ISIL bid goes on";
const MUDDLE: &str = "a muddle";
const OVER: &str = "the harbour’s wait was over";
const AGREED: &str = "agreed";

/// Quotations found, in any order.
fn check(archive: &Archive, query: &Query, expected: &[&str]) {
    let mut found = archive.quotes(query);
    found.sort();
    let mut expected = expected.to_vec();
    expected.sort_unstable();
    assert_eq!(found, expected, "{query:?}");
}

/// Articles found, newest first.
fn check_articles(archive: &Archive, query: &Query, expected: &[&str]) {
    assert_eq!(archive.articles(query), expected, "{query:?}");
}

#[test]
fn a_line_end_in_wrapped_text_ends_no_sentence() {
    let said = "We sail no more, and\nnobody pays for it.\n   The quay is shut.";
    let text = format!("   The ferry was late again and\nnobody knew.\n   Ada said: “{said}”\n   She left.");
    let archive = Archive::of(&[clip("a", &text).says("Ada", &[said])]);
    let found = |query: &str| archive.quotes(&onrecord::query::parse(query).expect("a query")).len();
    assert_eq!(found("sail w/s pays"), 1);
    assert_eq!(found("sail w/p pays"), 1);
    assert_eq!(found("pays w/p quay"), 0);
}

#[test]
fn confidence_is_tested_as_it_is_shown() {
    let said = |path: &str, sure: &[f32]| {
        let words = ["tide", "ebb", "flood"];
        let clip = clip(path, "tide ebb flood").on(if path == "a" { "2014-03-01" } else { "2014-03-02" });
        words.iter().zip(sure).fold(clip, |clip, (words, sure)| clip.says("Ada Quill", &[words]).sure(*sure))
    };
    // Shown as 0.9, 0.972 and 0.3; 0 and 1 are the ends of what there is.
    let archive = Archive::of(&[said("a", &[0.9, 0.972_49, 0.3]), said("b", &[0.0, 1.0])]);
    let share = |millionths| Share::new(millionths).expect("not more than one");
    let between = |one, other| Shares::Between(share(one), share(other));
    let cases = [
        (Shares::AtLeast(share(900_000)), &["ebb", "ebb", "tide"][..]),
        (Shares::Above(share(900_000)), &["ebb", "ebb"]),
        (Shares::AtMost(share(300_000)), &["flood", "tide"]),
        (Shares::Below(share(300_000)), &["tide"]),
        (Shares::Below(share(0)), &[]),
        (Shares::Above(share(1_000_000)), &[]),
        (Shares::AtLeast(share(0)), &["ebb", "ebb", "flood", "tide", "tide"]),
        (between(300_000, 900_000), &["flood", "tide"]),
        (between(972_000, 972_000), &["ebb"]),
        (between(970_000, 970_000), &[]),
        (Shares::AtLeast(share(972_001)), &["ebb"]),
    ];
    for (shares, expected) in cases {
        check(&archive, &conf(shares), expected);
    }
    let sure = || conf(Shares::AtLeast(share(900_000)));
    check(&archive, &not(sure()), &["flood", "tide"]);
    check(&archive, &and([word("tide"), sure()]), &["tide"]);
    // An article has a quotation that passes; of several tests, one that passes them all.
    check_articles(&archive, &conf(Shares::Below(share(500_000))), &["b", "a"]);
    check_articles(&archive, &conf(between(300_000, 900_000)), &["a"]);
    check_articles(&archive, &and([field(Field::Quote, "tide"), sure()]), &["a"]);
    check_articles(&archive, &not(conf(between(300_000, 900_000))), &["b"]);
}

#[test]
fn words_and_speaker_hold_for_the_same_quotation() {
    let archive = Archive::of(&harbour());
    let cases = [
        (speaker("Kerry"), &[SHIPS, ASSAD, OVER][..]),
        (and([speaker("Kerry"), word("Assad")]), &[ASSAD]),
        (and([speaker("Gore"), word("assad")]), &[GORE]),
        (and([speaker("Gore"), word("ships")]), &[]),
        (and([speaker("Kerry"), and([word("Assad"), word("bid")])]), &[ASSAD]),
        (or([speaker("Gore"), word("wait")]), &[GORE, SHIPS, OVER]),
        (field_phrase(Field::Speaker, "John Kerry"), &[SHIPS, ASSAD]),
        (field_phrase(Field::Speaker, "Kerry John"), &[]),
        (speaker("official"), &[AGREED]),
        (field_phrase(Field::Role, "Secretary of State"), &[SHIPS, ASSAD]),
        (and([field(Field::Role, "secretary"), speaker("Peggy")]), &[]),
        (kind(KindValue::Direct), &[GORE, SHIPS, ASSAD]),
        (kind(KindValue::Mixed), &[MUDDLE]),
        (and([kind(KindValue::Indirect), speaker("Kerry")]), &[OVER]),
        (field(Field::Quote, "wait"), &[SHIPS, OVER]),
        (word("dockers"), &[]),
        (word("…"), &[]),
    ];
    for (query, expected) in cases {
        check(&archive, &query, expected);
    }
}

#[test]
fn phrases_cross_the_cut_of_a_split_quotation_and_no_other() {
    let text = "“We stay,” she said, “and we win.” “They go,” he said. “We lose,” they said.";
    let archive = Archive::of(&[clip("p", text)
        .says("Ada", &["We stay", "and we win"])
        .says("Bo", &["They go"])
        .says("Cy", &["We lose"])]);
    check(&archive, &phrase("stay and we"), &["We stay … and we win"]);
    check(&archive, &phrase("win they"), &[]);
    check(&archive, &phrase("go we lose"), &[]);
    let in_article = |words| archive.articles(&field_phrase(Field::Quote, words)).len();
    assert_eq!((in_article("stay and we"), in_article("win they"), in_article("go we lose")), (1, 0, 0));
}

#[test]
fn fields_of_the_article_are_asked_of_its_article() {
    let archive = Archive::of(&harbour());
    let cases = [
        (field(Field::Title, "talks"), &[GORE, SHIPS][..]),
        (and([field(Field::Title, "talks"), speaker("Kerry")]), &[SHIPS]),
        (and([field(Field::Title, "kerry"), field(Field::Body, "crews"), word("bid")]), &[ASSAD]),
        (field(Field::Byline, "quill"), &[GORE, SHIPS]),
        (and([field(Field::Title, "talks"), field(Field::Body, "crews")]), &[]),
        (or([field(Field::Title, "tides"), word("muddle")]), &[MUDDLE]),
        (
            or([field(Field::Title, "over"), and([speaker("Gore"), field(Field::Body, "dockers")])]),
            &[GORE, OVER, AGREED],
        ),
        (field(Field::Outlet, "cape"), &[OVER, AGREED]),
        (and([field_phrase(Field::Outlet, "bay courier"), word("wait")]), &[SHIPS]),
    ];
    for (query, expected) in cases {
        check(&archive, &query, expected);
    }
}

#[test]
fn not_takes_away_and_alone_takes_away_from_everything() {
    let archive = Archive::of(&harbour());
    let cases = [
        (not(speaker("Kerry")), &[GORE, MUDDLE, AGREED][..]),
        (and([not(speaker("Kerry")), not(word("muddle"))]), &[GORE, AGREED]),
        (and([speaker("Kerry"), not(word("Assad"))]), &[SHIPS, OVER]),
        (and([speaker("Kerry"), not(field(Field::Title, "over"))]), &[SHIPS, ASSAD]),
        (not(field(Field::Outlet, "bay")), &[OVER, AGREED]),
        (not(not(speaker("Gore"))), &[GORE]),
        (or([speaker("Gore"), not(field(Field::Outlet, "bay"))]), &[GORE, OVER, AGREED]),
        (and([not(field(Field::Title, "talks")), field(Field::Body, "harbour")]), &[OVER, AGREED]),
    ];
    for (query, expected) in cases {
        check(&archive, &query, expected);
    }
}

#[test]
fn articles_are_found_by_headline_and_body_and_by_one_quotation_of_theirs() {
    let archive = Archive::of(&harbour());
    let cases = [
        (word("harbour"), &["d", "c", "a"][..]),
        (word("tides"), &["d"]),
        (and([word("tides"), word("here")]), &["d"]),
        (phrase("talks stall"), &["a"]),
        (speaker("Kerry"), &["c", "b", "a"]),
        (and([speaker("Kerry"), field(Field::Quote, "Assad")]), &["b"]),
        (and([speaker("Kerry"), or([field(Field::Quote, "Assad"), field(Field::Quote, "over")])]), &["c", "b"]),
        (and([speaker("Kerry"), word("Assad")]), &["b", "a"]),
        (and([speaker("Kerry"), kind(KindValue::Direct)]), &["b", "a"]),
        (kind(KindValue::Indirect), &["c"]),
        (field_phrase(Field::Role, "union leader"), &["a"]),
        (not(speaker("Kerry")), &["d"]),
        (not(and([speaker("Kerry"), field(Field::Quote, "Assad")])), &["d", "c", "a"]),
        (and([field(Field::Outlet, "cape"), not(speaker("Kerry"))]), &["d"]),
        (and([speaker("Kerry"), not(field(Field::Quote, "Assad"))]), &["c"]),
        (or([speaker("Gore"), field(Field::Title, "tides")]), &["d", "a"]),
        (exact(Field::Speaker, "John Kerry"), &["b", "a"]),
        (exact(Field::Title, "Tides"), &["d"]),
        (exact(Field::Title, "tides"), &[]),
        (exact(Field::Role, "union leader"), &["a"]),
    ];
    for (query, expected) in cases {
        check_articles(&archive, &query, expected);
    }
}

#[test]
fn whole_values_are_compared_as_they_are() {
    let archive = Archive::of(&harbour());
    let cases = [
        (exact(Field::Speaker, "John Kerry"), &[SHIPS, ASSAD][..]),
        (exact(Field::Speaker, "john kerry"), &[]),
        (exact(Field::Speaker, "Kerry"), &[]),
        (exact(Field::Outlet, "Cape Wire"), &[OVER, AGREED]),
        (exact(Field::Outlet, "Cape"), &[]),
        (exact(Field::Role, "Secretary of State"), &[SHIPS, ASSAD]),
        (exact(Field::Quote, SHIPS), &[SHIPS]),
        (exact(Field::Quote, "ships will wait"), &[]),
        (exact(Field::Title, "Kerry on Assad"), &[ASSAD, MUDDLE]),
        (exact(Field::Byline, "Ada Quill"), &[GORE, SHIPS]),
    ];
    for (query, expected) in cases {
        check(&archive, &query, expected);
    }
}

#[test]
fn spellings_of_a_word_find_each_other() {
    let said = [
        "the counter-ISIL bid",
        "Müller, O’Neill and al-Assad",
        "Kerry's plan for the U.S.",
        "1,000 ships and 5.93 tonnes at AT&T since 9/11",
        "they told us",
        "AT 9, 11 gates: NATO's and the US's",
    ];
    let archive = Archive::of(&said.map(|words| clip(words, words).says("Ada", &[words])));
    let read = |query: &str| onrecord::query::parse(query).expect("a query");
    let cases = [
        (word("ISIL"), &[0][..]),
        (word("counter-ISIL"), &[0]),
        (phrase("counter isil bid"), &[0]),
        (phrase("the counter-isil bid"), &[0]),
        (word("muller"), &[1]),
        (word("MÜLLER"), &[1]),
        (word("o'neill"), &[1]),
        (word("O’Neill"), &[1]),
        (word("neill"), &[]),
        (word("al-assad"), &[1]),
        (word("assad"), &[1]),
        (word("Kerry"), &[2]),
        (word("kerry’s"), &[2]),
        (phrase("kerry plan"), &[2]),
        (word("U.S."), &[2, 4, 5]),
        (word("US"), &[2, 4, 5]),
        (read("=US"), &[2, 5]),
        (read("=U.S."), &[2, 5]),
        (read("=us"), &[2, 4, 5]),
        (read("=\"the U.S.\""), &[2, 5]),
        (read("=NATO"), &[5]),
        (read("=nato"), &[5]),
        (read("=\"AT 9\""), &[5]),
        (read("=AT&T"), &[3]),
        (read("=9/11"), &[3]),
        (read("=AT"), &[3, 5]),
        (word("1,000"), &[3]),
        (word("5.93"), &[3]),
        (word("93"), &[]),
        (word("AT&T"), &[3]),
        (word("9/11"), &[3, 5]),
        (exact(Field::Quote, "they told us"), &[4]),
        (exact(Field::Quote, "they told US"), &[]),
    ];
    for (query, expected) in cases {
        let expected: Vec<&str> = expected.iter().filter_map(|&at: &usize| said.get(at)).copied().collect();
        check(&archive, &query, &expected);
    }
}

#[test]
fn speaker_clauses_tell_whom_they_stand_for() {
    let archive = Archive::of(&harbour());
    let reader = archive.reader();
    let check = |query: Query, expected: &[(&str, &[(&str, u64)])]| {
        let found = people_matching(&query, &reader, &Speakers::default(), &Ask::new(today())).expect("an answer");
        let found: Vec<(&str, Vec<(&str, u64)>)> = found
            .iter()
            .map(|one| (one.asked.as_str(), one.names.iter().map(|(name, count)| (name.as_str(), *count)).collect()))
            .collect();
        let expected: Vec<_> = expected.iter().map(|(asked, names)| (*asked, names.to_vec())).collect();
        assert_eq!(found, expected, "{query:?}");
    };
    check(speaker("kerry"), &[("kerry", &[("John Kerry", 2), ("Peggy Kerry", 1)])]);
    check(and([speaker("kerry"), word("wait")]), &[("kerry", &[("John Kerry", 1), ("Peggy Kerry", 1)])]);
    check(or([speaker("gore"), speaker("john")]), &[("gore", &[("Al Gore", 1)]), ("john", &[("John Kerry", 2)])]);
    check(and([word("wait"), not(speaker("john"))]), &[]);
    check(exact(Field::Speaker, "Al Gore"), &[]);
}

#[test]
fn without_a_query_everything_is_found() {
    let archive = Archive::of(&harbour());
    let reader = archive.reader();
    assert_eq!(reader.quotes(None, &ask()).expect("an answer").total, Some(6));
    assert_eq!(reader.articles(None, &ask()).expect("an answer").total, Some(4));
}
