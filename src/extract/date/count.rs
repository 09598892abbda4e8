//! Phrases that count from the day of publication or from the date last spoken of: "two years ago", "the past five days",
//! "a week later", "the day before", "by the end of the year".
//!
//! A number without a unit of the calendar, and a length of time that is counted from nothing, are no dates.

use super::anchor::{self, Count};
use super::lexicon::Class;
use super::phrase::{Found, Phrase, Unit, Which};
use super::relative::{COMING, LAST, NEXT, PAST, PREVIOUS};
use super::scan::{CAPITAL, SPACED, Words};

/// The number of the unit of two weeks.
const FORTNIGHT: u32 = 8;

/// "the past five days", "the next two weeks".
pub(super) fn window(words: &Words, at: usize) -> Option<Found> {
    let sign = match words.at(at).value {
        LAST | PAST => -1,
        NEXT | COMING => 1,
        _ => return None,
    };
    let (count, mut to) = amount(words, at + 1)?;
    // "the past five trading days".
    if words.class(to) == Class::Other && words.class(to + 1) == Class::Units {
        to += 1;
    }
    let units = matches!(words.class(to), Class::Units | Class::Unit);
    if !units || words.class(to + 1) == Class::Of {
        return None;
    }
    let unit = Unit::numbered(words.at(to).number())?;
    Some(Found::new(Phrase::Window { count: sign * count, unit }, at, to + 1, "window"))
}

/// A number in figures or words, and the token after it; "a" counts as one.
pub(super) fn amount(words: &Words, at: usize) -> Option<(i32, usize)> {
    let token = words.at(at);
    let next = words.at(at + 1);
    match token.class {
        Class::Number if token.len() <= 4 => Some((i32::from(token.value), at + 1)),
        Class::A if next.class == Class::NumberWord => amount(words, at + 1),
        Class::A => Some((1, at + 1)),
        Class::NumberWord => {
            let joined = token.value >= 20 && next.is_mark(b'-') && words.class(at + 2) == Class::NumberWord;
            let unit = words.at(at + 2).value;
            if joined && unit < 10 {
                return Some((i32::from(token.value + unit), at + 3));
            }
            let of = next.class == Class::Of && words.says(at, "couple");
            Some((i32::from(token.value), if of { at + 2 } else { at + 1 }))
        }
        _ => None,
    }
}

/// "two years ago", "a week earlier", "three days from now", "in two weeks' time", "several days ago".
pub(super) fn count(words: &Words, at: usize) -> Option<Found> {
    let vague = words.class(at) == Class::Vague || (words.class(at) == Class::A && words.class(at + 1) == Class::Vague);
    let (count, mut to) =
        if vague { (1, at + 1 + usize::from(words.class(at) == Class::A)) } else { amount(words, at)? };
    to += and_a_half(words, to);
    let ago = words.class(to + 1) == Class::Ago;
    // "two Fridays ago", "two nights ago"
    if ago && !vague && words.class(to) == Class::Weekdays {
        let phrase = Phrase::WeekdaysAgo { weekday: words.at(to).number(), count };
        return Some(Found::new(phrase, at, to + 2, "ago"));
    }
    if ago && words.class(to) == Class::Dayparts {
        let phrase = if vague { Phrase::Vague } else { Phrase::Ago { count: -count, unit: Unit::Day } };
        return Some(Found::new(phrase, at, to + 2, "ago"));
    }
    if !matches!(words.class(to), Class::Unit | Class::Units) {
        return None;
    }
    let (count, unit) = match words.at(to).number() {
        FORTNIGHT => (2 * count, Unit::Week),
        number => (count, Unit::numbered(number)?),
    };
    to += 1;
    to += and_a_half(words, to);
    let counted = Count { count, unit, to };
    if !vague && let Some(found) = anchor::anchored(words, at, counted).or_else(|| anchor::ahead(words, at, counted)) {
        return Some(found);
    }
    let found = |phrase: Phrase, to: usize, rule| {
        let phrase = if vague { Phrase::Vague } else { phrase };
        Some(Found::new(phrase, at, to, rule))
    };
    let next = words.at(to);
    // "half a year ago"
    if words.before(at, 1).class == Class::Half && words.class(at) == Class::A && next.class == Class::Ago {
        return (unit == Unit::Year)
            .then(|| Found::new(Phrase::Ago { count: -6, unit: Unit::Month }, at - 1, to + 1, "ago"));
    }
    match next.class {
        Class::Ago => found(Phrase::Ago { count: -count, unit }, to + 1, "ago"),
        Class::From if words.class(to + 1) == Class::Now || words.says(to + 1, "today") => {
            found(Phrase::Ago { count, unit }, to + 2, "from-now")
        }
        Class::Part if next.value == 2 && !words.says(to + 1, "than") => {
            let count = if words.says(to, "earlier") { -count } else { count };
            // "A week later" is a day, as "a week ago".
            let week = unit == Unit::Week && count.abs() == 1;
            let (count, unit) = if week { (7 * count, Unit::Day) } else { (count, unit) };
            found(Phrase::Shift { count, unit }, to + 1, "from-last-date")
        }
        Class::Before if ends_phrase(words, to + 1) => {
            found(Phrase::Shift { count: -count, unit }, to + 1, "from-last-date")
        }
        Class::Mark if next.is_mark(b'\'') => {
            let time = if words.says(to + 1, "s") { to + 2 } else { to + 1 };
            if words.says(time, "time") { found(Phrase::Ago { count, unit }, time + 1, "from-now") } else { None }
        }
        _ => None,
    }
}

/// How many tokens "and a half" has, where it stands there.
fn and_a_half(words: &Words, at: usize) -> usize {
    let half = words.class(at) == Class::And && words.class(at + 1) == Class::A && words.class(at + 2) == Class::Half;
    if half { 3 } else { 0 }
}

/// Whether no noun or clause follows ("the day before." but not "the day before the vote").
fn ends_phrase(words: &Words, at: usize) -> bool {
    let token = words.at(at);
    matches!(token.class, Class::Gap | Class::Past | Class::Future | Class::And | Class::In | Class::At | Class::To)
        || (token.class == Class::Mark && !token.is_mark(b'"') && !token.is_mark(b'$'))
}

/// "the day before yesterday", "the year before", "the weekend", "the year previous".
pub(super) fn the(words: &Words, at: usize) -> Option<Found> {
    let token = words.at(at + 1);
    let beyond = beyond(words, at + 2);
    match token.class {
        Class::Unit => {}
        Class::Weekday => return anchor::weekday(words, at),
        // "the night before last"
        Class::Daypart if beyond == Some(-2) => {
            return Some(Found::new(Phrase::Today(-2), at, at + 4, "part-of-day"));
        }
        _ => return None,
    }
    let unit = Unit::numbered(token.number())?;
    if let Some(count) = beyond.filter(|_| unit != Unit::Weekend) {
        return Some(Found::new(Phrase::Ago { count, unit }, at, at + 4, "which-unit"));
    }
    let next = words.at(at + 2);
    let sign = match next.class {
        Class::Before => -1,
        Class::After => 1,
        Class::Which if next.value == PREVIOUS && unit != Unit::Weekend => {
            return Some(Found::new(Phrase::Shift { count: -1, unit }, at, at + 3, "from-last-date"));
        }
        Class::Of => return None,
        _ if unit == Unit::Weekend => {
            return Some(Found::new(Phrase::Unit { unit, which: Which::Unsaid }, at, at + 2, "weekend"));
        }
        _ => return None,
    };
    let after = words.at(at + 3);
    if unit == Unit::Day && after.class == Class::Today && after.value != 10 {
        return Some(Found::new(Phrase::Today(sign * 2), at, at + 4, "today"));
    }
    if let Some(found) = anchor::beside(words, at, Count { count: 1, unit, to: at + 2 }, true) {
        return Some(found);
    }
    (unit != Unit::Weekend && ends_phrase(words, at + 3))
        .then(|| Found::new(Phrase::Shift { count: sign, unit }, at, at + 3, "from-last-date"))
}

/// Two units back for "before last", two ahead for "after next"; not "before last Friday".
fn beyond(words: &Words, at: usize) -> Option<i32> {
    let count = match words.class(at) {
        Class::Before if words.says(at + 1, "last") => -2,
        Class::After if words.says(at + 1, "next") => 2,
        _ => return None,
    };
    let next = words.at(at + 2);
    let named = matches!(next.class, Class::Unit | Class::Units | Class::Month | Class::Weekday | Class::Season)
        || matches!(next.class, Class::Daypart | Class::Number | Class::NumberWord)
        || next.is_word() && next.is(CAPITAL)
        || next.is_mark(b'\'');
    (!named).then_some(count)
}

/// "the end of the year", "later in the month", "by year-end".
pub(super) fn part_of(words: &Words, at: usize) -> Option<Found> {
    let unit = Unit::numbered(words.at(at).number())?;
    let lead = words.before(at, 1).class;
    if matches!(lead, Class::By | Class::At | Class::Before | Class::Until | Class::Since) {
        let mut end = at + 1;
        if words.at(end).is_mark(b'-') {
            end += 1;
        } else if words.at(end).is_mark(b'\'') {
            end += 2;
        }
        if matches!(unit, Unit::Year | Unit::Month | Unit::Week) && words.says(end, "end") {
            return Some(Found::new(Phrase::Unit { unit, which: Which::This }, at, end + 1, "part-of-unit"));
        }
    }
    let of = words.before(at, 2).class;
    let part = words.before(at, 3);
    let part_of = words.before(at, 1).class == Class::The
        && part.class == Class::Part
        && (of == Class::Of && part.value == 1 || of == Class::In && part.value != 1);
    // "At the end of the day" is an idiom.
    let idiom = unit == Unit::Day && of == Class::Of && matches!(words.before(at, 5).class, Class::At);
    let compound = words.at(at + 1).is_mark(b'-') && !words.at(at + 1).is(SPACED);
    if !part_of || idiom || compound || words.class(at + 1) == Class::Of || words.class(at + 1) == Class::Number {
        return None;
    }
    let (phrase, rule) = match unit {
        Unit::Day => (Phrase::Shift { count: 0, unit }, "from-last-date"),
        _ => (Phrase::Unit { unit, which: Which::This }, "part-of-unit"),
    };
    let from = if of == Class::In { at - 3 } else { at };
    Some(Found::new(phrase, from, at + 1, rule))
}
