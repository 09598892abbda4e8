//! Weekdays and months that are somebody's name: "Kayla Sunday", "Detective Friday", "Mrs. June".

use super::super::lexicon::{ENGLISH, GERMAN, class as c, groups};
use super::Language;
use super::lexicon::Class;
use super::scan::{CAPITAL, Words};
use super::tense;

/// The value of "Mrs" and other titles that stand before a surname; and of "Detective" and other ranks.
const TITLE: u16 = 8;
const RANK: u16 = 13;

/// Whether a title stands before the token: "Mrs. June".
pub(super) fn is_titled(words: &Words, at: usize) -> bool {
    has_before(words, at, TITLE) || has_before(words, at, RANK)
}

/// Whether a title of that value stands before the token, with or without a full stop.
fn has_before(words: &Words, at: usize, value: u16) -> bool {
    let dot = usize::from(words.before(at, 1).is_mark(b'.'));
    let title = words.before(at, 1 + dot);
    title.class == Class::Other && title.value == value && title.is(CAPITAL)
}

/// Whether the token is a surname: "Detective Friday", "Detective Joe Friday" and "Kayla Sunday said".
///
/// In English, many surnames are given names of men, too, and a weekday follows its verb without "on": "Oakes endorsed Clinton Friday",
/// "Clinton Friday said". So only those of women count, and only at the head of a sentence.
pub(super) fn is_surname(words: &Words, at: usize) -> bool {
    if is_titled(words, at) {
        return true;
    }
    let Some(first) = at.checked_sub(1) else { return false };
    if !words.at(first).is(CAPITAL) || words.class(first) != Class::Other {
        return false;
    }
    let opens = first == 0 || tense::ends_sentence(words, first - 1);
    let name = words.words(first);
    match words.language {
        Language::German => GERMAN.classes(name) & groups::GIVEN != 0,
        _ => {
            let given = ENGLISH.classes(name);
            has_before(words, first, RANK) && given & c::GIVEN_MALE != 0 || opens && given & c::GIVEN_FEMALE != 0
        }
    }
}
