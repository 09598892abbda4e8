//! Plans told in the present tense: "the club plays Saturday", "the hearing is Thursday", "Saturday's concert is free".
//!
//! The present tells of what is to come where its verb is one of schedules, or where the day or a time stands right behind "is"; and only
//! where its clause holds nothing past. The other cues of time are in `tense`.

use super::lexicon::Class;
use super::relative::{FOLLOWING, THAT};
use super::scan::{CAPITAL, SPACED, Token, Words};
use super::tense::{self, REPORTING, Tense};

/// The value of "who" and "which" among what clauses begin with.
const SUBJECT: u16 = 0;

/// The value of "takes" and "take", which plan something only with what they take.
const TAKING: u16 = 1;

/// The value of "effect", "place" and the like, which are taken.
const TAKEN: u16 = 5;

/// The value of "am" and "pm", and of their letters.
const HALF_DAY: u16 = 6;

/// The value of "noon".
const NOON: u16 = 1;

/// The value of pronouns that a plural goes with.
const PLURAL: u16 = 1;

/// Whether the words before the date at `from` tell of a plan.
pub(super) fn before(words: &Words, from: usize) -> bool {
    // "hosts a Sunday show" tells of no day.
    if words.before(from, 1).class == Class::A {
        return false;
    }
    let (edge, clock) = time_before(words, from);
    let mut first = true;
    for at in tense::sentence(words, edge) {
        let token = words.at(at);
        let is = token.class == Class::Is;
        if is && (first || clock) || verb(words, at) {
            return nothing_past(words, at);
        }
        if is && words.says(at + 1, "due") {
            return true;
        }
        first = false;
        if parts_clauses(token) || subordinate(words, at) || tense::cue(words, at) == Tense::Past {
            return false;
        }
    }
    false
}

/// Whether a plan follows the date that ends before `to`: "On Saturday the club plays Ostwick".
pub(super) fn behind(words: &Words, to: usize) -> bool {
    let near = (to..to + 8)
        .take_while(|at| !tense::ends_sentence(words, *at) && !words.at(*at).is_mark(b'"') && !subordinate(words, *at));
    near.into_iter().any(|at| verb(words, at))
}

/// "Saturday's concert is free", of an event that the token `event` names.
pub(super) fn of_event(words: &Words, event: usize) -> bool {
    for at in event + 1..event + 5 {
        if tense::ends_sentence(words, at) || tense::cue(words, at) == Tense::Past {
            return false;
        }
        let is = words.class(at) == Class::Is;
        if is || verb(words, at) || tense::cue(words, at) == Tense::Future {
            return true;
        }
    }
    false
}

/// Where the words of a time begin that stand before a date ("at 2 p.m.", "from 4 to 8 p.m."), and whether there are any.
fn time_before(words: &Words, from: usize) -> (usize, bool) {
    let (mut edge, mut clock) = (from, false);
    while edge > 0 && from - edge < 10 {
        let token = words.at(edge - 1);
        let half = token.class == Class::Other && token.value == HALF_DAY
            || token.class == Class::Daypart && token.value == NOON
            || words.says(edge - 1, "a");
        let joint = matches!(token.class, Class::At | Class::From | Class::To | Class::Number | Class::Figures)
            || token.is_mark(b'.')
            || token.is_mark(b'-');
        if !half && !joint {
            break;
        }
        clock |= half;
        edge -= 1;
    }
    if clock { (edge, true) } else { (from, false) }
}

/// Whether the token is a verb of schedules in the present, by itself and by what stands before it.
fn verb(words: &Words, at: usize) -> bool {
    let token = words.at(at);
    let next = words.at(at + 1);
    let taken = next.class == Class::Other && next.value == TAKEN;
    let before = words.before(at, 1);
    let owned = before.len() == 1 && words.before(at, 2).is_mark(b'\'');
    if token.is(CAPITAL) || owned {
        return false;
    }
    match token.class {
        Class::Plans | Class::Count if token.class == Class::Plans || words.says(at, "votes") => {
            let subject = matches!(
                before.class,
                Class::Other | Class::Pronoun | Class::Event | Class::Title | Class::Unit | Class::Season | Class::And
            ) || before.class == Class::Which && before.value == THAT
                || before.class == Class::Clause && before.value == SUBJECT
                || before.is_mark(b',')
                || before.is_mark(b')');
            subject && (token.value != TAKING || taken)
        }
        Class::Plan | Class::Part if token.class == Class::Plan || token.value == 1 => {
            let word = words.words(at.saturating_sub(1));
            let plural = word.len() > 3 && word.ends_with('s') && !word.ends_with("ss")
                || before.class == Class::Count
                || before.class == Class::Pronoun && before.value == PLURAL
                || before.class == Class::Clause && before.value == SUBJECT
                || before.class == Class::Which && before.value == THAT
                || before.is(CAPITAL) && words.before(at, 2).class == Class::And;
            plural && (token.value != TAKING || token.class == Class::Part || taken)
        }
        _ => false,
    }
}

/// Whether it is a mark other than one inside a word or behind an abbreviation.
fn parts_clauses(token: Token) -> bool {
    let hyphen = token.is_mark(b'-') && !token.is(SPACED);
    token.class == Class::Mark && !hyphen && !token.is_mark(b'\'') && !token.is_mark(b'.')
}

/// Whether a clause begins at the token that tells of something else than the one before it.
fn subordinate(words: &Words, at: usize) -> bool {
    let token = words.at(at);
    match token.class {
        Class::After | Class::Since => true,
        Class::Clause => token.value != SUBJECT,
        Class::Which => token.value == FOLLOWING,
        _ => false,
    }
}

/// Whether no verb of the past stands before the verb at `verb` in its clause.
fn nothing_past(words: &Words, verb: usize) -> bool {
    // "opened on Monday and ends on Sunday"
    if words.before(verb, 1).class == Class::And {
        return true;
    }
    for at in tense::sentence(words, verb) {
        let token = words.at(at);
        let which = token.class == Class::Clause && token.value == SUBJECT;
        let clause = token.is_mark(b',') || token.is_mark(b'"') || which;
        if clause || token.class == Class::Past && token.value == REPORTING || token.class == Class::Which {
            return true;
        }
        let noun_follows = matches!(words.before(at, 1).class, Class::The | Class::A | Class::Person);
        if tense::cue(words, at) == Tense::Past && !noun_follows {
            return false;
        }
    }
    true
}
