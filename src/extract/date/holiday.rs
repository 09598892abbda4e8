//! Holidays: their names in a text, and the day on which each falls in a year, by the rules of `lexicon/en/holidays.txt`.

use std::sync::LazyLock;

use super::Language;
use super::lexicon::Class;
use super::phrase::{Found, Phrase, Which};
use super::scan::{CAPITAL, SPACED, Words};
use super::year::year_after;
use crate::text::day::Day;

/// When a holiday falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    Fixed {
        month: u32,
        day: u32,
    },
    /// The last is -1.
    Nth {
        nth: i32,
        weekday: u32,
        month: u32,
    },
    /// The last such weekday on or before a day.
    Before {
        month: u32,
        day: u32,
        weekday: u32,
    },
    Easter(i32),
    OrthodoxEaster(i32),
}

struct Holiday {
    language: Language,
    /// The letters and digits of its name in lower case, without spaces.
    letters: String,
    rule: Rule,
    plus: i32,
    weak: bool,
}

static HOLIDAYS: LazyLock<Vec<Holiday>> = LazyLock::new(|| {
    LISTS.iter().flat_map(|(language, _)| lines(*language).filter_map(|line| read(line, *language))).collect()
});

const LISTS: [(Language, &str); 2] = [
    (Language::English, include_str!("../lexicon/en/holidays.txt")),
    (Language::German, include_str!("../lexicon/de/holidays.txt")),
];

/// The lines of a language's list.
fn lines(language: Language) -> impl Iterator<Item = &'static str> {
    let lists = LISTS.iter().filter(move |(of, _)| *of == language);
    lists.flat_map(|(_, list)| list.lines()).filter(|line| !line.starts_with('#'))
}

fn read(line: &str, language: Language) -> Option<Holiday> {
    let mut fields = line.split('|').map(str::trim);
    let (name, rule) = (fields.next()?, fields.next()?);
    let weak = fields.next() == Some("weak");
    let (rule, plus) = rule.split_once(" plus ").map_or((rule, 0), |(rule, days)| (rule, days.parse().unwrap_or(0)));
    let letters = name.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_lowercase()).collect();
    Some(Holiday { language, letters, rule: read_rule(rule)?, plus, weak })
}

fn read_rule(rule: &str) -> Option<Rule> {
    let mut words = rule.split(' ');
    let first = words.next()?;
    let month_day = |text: &str| {
        let (month, day) = text.split_once('-')?;
        Some((month.parse().ok()?, day.parse().ok()?))
    };
    match first {
        "nth" => Some(Rule::Nth {
            nth: words.next()?.parse().ok()?,
            weekday: words.next()?.parse().ok()?,
            month: words.next()?.parse().ok()?,
        }),
        "before" => {
            let (month, day) = month_day(words.next()?)?;
            Some(Rule::Before { month, day, weekday: words.next()?.parse().ok()? })
        }
        "easter" => Some(Rule::Easter(words.next()?.parse().ok()?)),
        "orthodox" => Some(Rule::OrthodoxEaster(words.next()?.parse().ok()?)),
        date => month_day(date).map(|(month, day)| Rule::Fixed { month, day }),
    }
}

/// The first words of all names, in lower case, as the scan cuts them.
pub(super) fn first_words(language: Language) -> Vec<String> {
    let word = |line: &str| line.split(|c: char| !c.is_alphanumeric()).next().map(str::to_lowercase);
    lines(language).filter_map(word).filter(|word| !word.is_empty()).collect()
}

/// The holiday whose name begins at this token: the longest, where several do.
pub(super) fn here(words: &Words, at: usize) -> Option<Found> {
    let (index, end) = HOLIDAYS
        .iter()
        .enumerate()
        .filter(|(_, holiday)| holiday.language == words.language)
        .filter_map(|(index, holiday)| Some((index, spells(words, at, &holiday.letters)?)))
        .max_by_key(|(_, end)| *end)?;
    let (year, to) = year_after(words, end);
    if HOLIDAYS.get(index)?.weak && to == end && !stands_alone(words, at, end) {
        return None;
    }
    // "The Good Friday Agreement", "the Ash Wednesday fires".
    let next = words.at(end);
    let joined = next.is_mark(b'-') && !next.is(SPACED) && !words.at(end + 1).is(SPACED);
    let compound = joined && words.language == Language::German;
    let of_old = next.class == Class::Title && next.is(CAPITAL) || ["fires", "bushfires"].contains(&words.words(end));
    if compound || of_old && next.is(SPACED) {
        return None;
    }
    Some(Found::new(Phrase::Holiday { index, which: Which::Unsaid, year }, at, to, "holiday"))
}

/// The token after the name, where the tokens from `at` on spell these letters; apostrophes and full stops do not count.
fn spells(words: &Words, at: usize, letters: &str) -> Option<usize> {
    let (mut rest, mut next) = (letters, at);
    while !rest.is_empty() {
        let token = words.at(next);
        let skipped = next > at && [b'\'', b'.', b'-'].iter().any(|mark| token.is_mark(*mark));
        if !skipped {
            let word = words.words(next);
            let head = rest.get(..word.len()).filter(|head| !head.is_empty() && head.eq_ignore_ascii_case(word))?;
            rest = rest.get(head.len()..)?;
        }
        next += 1;
    }
    Some(next)
}

/// The value of "celebrated" and of other verbs of what is done with a holiday.
const KEPT: u16 = 2;

/// A short name counts as a day only after a preposition, "last" or a verb of keeping it, and before no noun.
fn stands_alone(words: &Words, at: usize, end: usize) -> bool {
    let before = words.before(at, 1);
    let kept =
        !before.is(CAPITAL) && (before.class == Class::Other && before.value == KEPT || before.class == Class::Past);
    let led = kept
        || matches!(
            before.class,
            Class::By
                | Class::Before
                | Class::After
                | Class::Until
                | Class::Since
                | Class::At
                | Class::On
                | Class::For
                | Class::Which
        );
    let next = words.at(end);
    let noun = matches!(
        next.class,
        Class::Other | Class::Event | Class::Title | Class::Count | Class::Daypart | Class::Season
    ) || (next.is_word() && next.is(CAPITAL))
        || next.is_mark(b'-')
        || matches!(next.class, Class::Unit | Class::Units);
    led && !noun
}

/// The day of a holiday in a year.
pub(super) fn day(index: usize, year: i32) -> Option<Day> {
    let holiday = HOLIDAYS.get(index)?;
    let day = match holiday.rule {
        Rule::Fixed { month, day } => Day::new(year, month, day)?,
        Rule::Nth { nth, weekday, month } => nth_weekday(year, month, weekday, nth)?,
        Rule::Before { month, day, weekday } => {
            let day = Day::new(year, month, day)?;
            let back = (day.weekday() + 7 - weekday) % 7;
            day.plus(-i32::try_from(back).ok()?)
        }
        Rule::Easter(days) => easter(year)?.plus(days),
        Rule::OrthodoxEaster(days) => orthodox_easter(year)?.plus(days),
    };
    Some(day.plus(holiday.plus))
}

/// The `nth` such weekday of a month, where there is one; -1 is the last.
pub(super) fn nth_weekday(year: i32, month: u32, weekday: u32, nth: i32) -> Option<Day> {
    let first = Day::new(year, month, 1)?;
    let ahead = i32::try_from((weekday + 7 - first.weekday()) % 7).ok()?;
    if nth < 0 {
        let fifth = first.plus(ahead + 28);
        return Some(if fifth.month() == month { fifth } else { fifth.plus(-7) });
    }
    Some(first.plus(ahead + 7 * (nth - 1))).filter(|day| day.month() == month)
}

/// Easter Sunday of the Gregorian calendar, by the anonymous algorithm of 1876 (as Meeus gives it).
fn easter(year: i32) -> Option<Day> {
    let (a, b, c) = (year.rem_euclid(19), year.div_euclid(100), year.rem_euclid(100));
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Day::new(year, u32::try_from(n / 31).ok()?, u32::try_from(n % 31 + 1).ok()?)
}

/// Easter Sunday of the Julian calendar, as a Gregorian day (Meeus), right from 1900 to 2099.
fn orthodox_easter(year: i32) -> Option<Day> {
    let (a, b, c) = (year.rem_euclid(4), year.rem_euclid(7), year.rem_euclid(19));
    let d = (19 * c + 15) % 30;
    let e = (2 * a + 4 * b - d + 34) % 7;
    let n = d + e + 114;
    Some(Day::new(year, u32::try_from(n / 31).ok()?, u32::try_from(n % 31 + 1).ok()?)?.plus(13))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_holiday() {
        for (language, _) in LISTS {
            for line in lines(language) {
                assert!(read(line, language).is_some(), "no rule: {line}");
            }
        }
    }

    #[test]
    fn easter_moves() {
        for (year, month, day) in [(1961, 4, 2), (2008, 3, 23), (2015, 4, 5), (2024, 3, 31), (2038, 4, 25)] {
            assert_eq!(easter(year), Day::new(year, month, day));
        }
        for (year, month, day) in [(2015, 4, 12), (2016, 5, 1), (2021, 5, 2)] {
            assert_eq!(orthodox_easter(year), Day::new(year, month, day));
        }
    }
}
