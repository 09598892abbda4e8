//! Tales of a past year: "He was shot on Nov. 22, 1973, and buried on Nov. 25."
//!
//! A day or month without a year belongs to the year that the tale has reached, where that was named in the same sentence or the one
//! before. News come back to the present without saying so; what is told in an aside, and where somebody was born, begins no tale.

use super::lexicon::Class;
use super::phrase::{Found, Phrase};
use super::relative::THAT;
use super::scan::Words;
use super::{DateValue, Language, Stretch, german_tense, tense};

/// How many tokens may lie between two days of one tale.
const REACH: usize = 60;

/// What a tale has reached.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tale {
    reached: Stretch,
    /// The token behind its words.
    to: usize,
}

impl Tale {
    /// What the tale has reached, where the token `from` still belongs to it.
    pub(super) fn reached(self, words: &Words, from: usize) -> Option<Stretch> {
        if from > self.to + REACH {
            return None;
        }
        let gap = (self.to..from).any(|at| words.class(at) == Class::Gap);
        let ends = (self.to..from).filter(|at| tense::ends_sentence(words, *at)).count();
        (ends <= 1 && !gap).then_some(self.reached)
    }

    /// The tale after this phrase, where there is one; `before` is the tale that the phrase itself stands in.
    pub(super) fn after(words: &Words, found: &Found, value: DateValue, before: Option<Self>) -> Option<Self> {
        let DateValue::At(reached) = value else { return None };
        let tale = Self { reached, to: found.to };
        match (found.phrase, reached) {
            (Phrase::Fixed(_), Stretch::Day(_) | Stretch::Month(..)) => begins(words, found).then_some(tale),
            (Phrase::Fixed(_) | Phrase::ShortYear(_), Stretch::Year(_)) => {
                let main = words.before(found.from, 1).class == Class::In && ends_clause(words, found.to);
                if main && begins(words, found) { Some(tale) } else { before }
            }
            (Phrase::Date { .. } | Phrase::Month { .. }, _) => before.map(|_| tale),
            _ => None,
        }
    }
}

/// Whether the clause around a date tells what happened then, and no aside of another day.
fn begins(words: &Words, found: &Found) -> bool {
    if words.language == Language::German {
        return german_tense::tells_what_happened(words, found.from, found.to);
    }
    // "The flood of March 3, 1962, killed four."
    let behind = (found.to..found.to + 8).take_while(|at| !tense::ends_sentence(words, *at));
    let mut past = behind.into_iter().any(|at| tense::cue(words, at) == tense::Tense::Past);
    for at in tense::sentence(words, found.from) {
        let token = words.at(at);
        if tense::is_born(token) || token.class == Class::Since {
            return false;
        }
        past |= tense::cue(words, at) == tense::Tense::Past;
        let aside = tense::begins_other(token) || token.class == Class::Which && token.value == THAT;
        let participle = token.is_mark(b',') && tense::cue(words, at + 1) == tense::Tense::Past;
        if aside || participle {
            return false;
        }
    }
    past
}

/// "in 1914." and "in 2003, and".
fn ends_clause(words: &Words, at: usize) -> bool {
    let next = at + usize::from(words.at(at).is_mark(b','));
    words.class(next) == Class::And || words.at(at).is_mark(b'.') && tense::ends_sentence(words, at)
}
