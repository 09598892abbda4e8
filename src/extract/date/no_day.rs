//! Weekdays that are no day that is known: names of things, habits, and some Friday or other; those of people are in `names`.

use super::lexicon::Class;
use super::names;
use super::relative::PAPER;
use super::scan::{CAPITAL, SPACED, Words};
use super::tense;

/// The value of titles of what is done on a weekday.
const CUSTOM: u16 = 2;

/// The value of "any" and "recent", which leave open which weekday is meant.
const OPEN: u16 = 7;

/// The value of "rainy" and others that leave it open behind "a".
const WEATHER: u16 = 14;

/// The value of titles of places, some of which are surnames.
const PLACE: u16 = 3;

/// Whether the weekday at `at`, after the words from `from` on that say which, is no day that is known.
pub(super) fn is_none(words: &Words, from: usize, at: usize) -> bool {
    let other = from == at && (is_any(words, at) || names::is_surname(words, at));
    is_name(words, from, at) || is_habit(words, from, at) || other
}

/// "Saturday Night Laughs", "Bloody Sunday", "Super Bowl Sunday", "The Ostwick Mail on Sunday".
fn is_name(words: &Words, from: usize, at: usize) -> bool {
    let (before, next) = (words.before(from, 1), words.at(at + 1));
    // "Sunday Creek", but "On Sunday Hill said".
    let surname = next.class == Class::Title && next.value == PLACE && before.class == Class::On;
    let title = matches!(next.class, Class::Title | Class::Count) && !surname
        || next.class == Class::Daypart && words.at(at + 2).is(CAPITAL);
    let named = before.class == Class::DayName && before.is(CAPITAL);
    let (paper, end) = (words.before(from, 2), words.before(at, 1));
    let on_sunday = words.at(at).value == 6 && end.class == Class::On && paper.is(CAPITAL) && paper.value == PAPER;
    let quoted = next.is_mark(b'"')
        && !next.is(SPACED)
        && (2..5).any(|back| words.before(at, back).is_mark(b'"'))
        && before.is(CAPITAL);
    next.is(CAPITAL) && next.is(SPACED) && title
        || named
        || is_old_name(words, at)
        || on_sunday && paper.class == Class::Title
        || quoted
        || before.is_mark(b'-') && !words.at(from).is(SPACED)
}

/// Whether the short name of a weekday is a word or a newspaper: "they sat", "The Sun, Sept. 3", "The Ostwick Sun (Sept. 3)".
pub(super) fn is_sun(words: &Words, at: usize) -> bool {
    let before = words.before(at, 1);
    let named =
        before.class == Class::Other && before.is(CAPITAL) && !tense::ends_sentence(words, at.saturating_sub(1));
    !words.at(at).is(CAPITAL) || words.at(at).value == 6 && (before.class == Class::The || named)
}

/// "Fox News Sunday", "Super Bowl Sunday", and "the Ash Wednesday fires", which are no Ash Wednesday of the year.
fn is_old_name(words: &Words, at: usize) -> bool {
    let after = |one: &str, other: &str| words.says(at.wrapping_sub(2), one) && words.says(at.wrapping_sub(1), other);
    let sunday = words.at(at).value == 6 && (after("fox", "news") || after("super", "bowl"));
    sunday || words.says(at.wrapping_sub(1), "ash")
}

/// "the first Monday of each month", "Sunday school", "Sunday mornings".
fn is_habit(words: &Words, from: usize, at: usize) -> bool {
    let next = words.at(at + 1);
    let custom = next.class == Class::Title && next.value == CUSTOM;
    matches!(words.before(from, 1).class, Class::Every | Class::Ordinal) || next.class == Class::Dayparts || custom
}

/// "on a Friday night", "a rainy Friday", "one Tuesday", "any given Sunday", but "a Tuesday vote".
fn is_any(words: &Words, at: usize) -> bool {
    let before = words.before(at, 1);
    let some = words.before(at, 2).class == Class::A && before.value == WEATHER;
    let open = before.class == Class::Other && (before.value == OPEN || some)
        || words.says(at.wrapping_sub(1), "another")
        || words.says(at.wrapping_sub(1), "other");
    // "On some Friday", but "killed some Friday"; "one Friday in May", but "killed one Friday".
    let month = words.class(at + 1) == Class::In && words.class(at + 2) == Class::Month;
    let led = before.is(CAPITAL) || words.before(at, 2).class == Class::On || month;
    let one = led && (before.class == Class::NumberWord && before.value == 1 || before.class == Class::Vague);
    open || one || before.class == Class::A && !names_event(words, at)
}

/// Whether what the article before the weekday belongs to stands behind it: "a Tuesday vote", "a Friday night fire".
fn names_event(words: &Words, at: usize) -> bool {
    let noun = words.at(at + 1 + usize::from(words.class(at + 1) == Class::Daypart));
    noun.is(SPACED)
        && matches!(
            noun.class,
            Class::Other | Class::Event | Class::Count | Class::Plan | Class::Plans | Class::Title | Class::Future
        )
}
