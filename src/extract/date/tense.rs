//! Whether the words beside a date tell of what was or of what is to come.
//!
//! A dozen words are looked at on either side, within the sentence, so that the cost of a date does not grow with its text.
//! It knows cue words; it does not parse.

use super::lexicon::Class;
use super::scan::{CAPITAL, NEW_LINE, Words};

/// What the clause tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    /// What was.
    Past,
    /// What is to come.
    Future,
    /// It cannot be told.
    Unknown,
}

/// How many tokens are looked at on either side.
const REACH: usize = 14;

/// The tense of the clause around the tokens `from..to`.
pub(super) fn around(words: &Words, from: usize, to: usize) -> Tense {
    let lead = words.before(from, 1).class;
    if lead == Class::Since || words.says(from, "following") {
        return Tense::Past;
    }
    if lead == Class::Until {
        return until(words, from);
    }
    if scheduled(words, from) {
        return Tense::Future;
    }
    if let Some(tense) = sentence(words, from).map(|at| cue(words, at)).find(|tense| *tense != Tense::Unknown) {
        return tense;
    }
    if lead == Class::By {
        return Tense::Future;
    }
    let possessive = words.at(to).is_mark(b'\'') && words.says(to + 1, "s");
    if possessive && (lead == Class::After || !(to + 2..to + 6).any(|at| words.class(at) == Class::Event)) {
        return Tense::Past;
    }
    for at in to..to + REACH {
        let tense = cue(words, at);
        if tense != Tense::Unknown {
            return tense;
        }
        if ends_sentence(words, at) || begins_aside(words, at) {
            break;
        }
    }
    // "Leaders to meet Friday", and no verb that tells more.
    let infinitive = |at: usize| {
        words.class(at) == Class::To && words.class(at + 1) == Class::Other && !words.at(at + 1).is(CAPITAL)
    };
    if sentence(words, from).any(infinitive) { Tense::Future } else { Tense::Unknown }
}

/// The tokens before `from`, backwards, within the sentence and within reach.
fn sentence(words: &Words, from: usize) -> impl Iterator<Item = usize> {
    (1..=REACH).map_while(move |back| from.checked_sub(back).filter(|at| !ends_sentence(words, *at)))
}

/// ", which will": of another time than the clause before it.
fn begins_aside(words: &Words, at: usize) -> bool {
    let pronouns = ["which", "who", "where", "when"];
    words.at(at).is_mark(b',') && pronouns.iter().any(|word| words.says(at + 1, word))
}

/// "a hearing scheduled Monday".
fn scheduled(words: &Words, from: usize) -> bool {
    let plans = ["scheduled", "due", "expected", "planned", "slated", "set"];
    from > 0 && plans.iter().any(|word| words.says(from - 1, word))
}

/// "closed until Friday" looks ahead, "was closed until Friday" back.
fn until(words: &Words, from: usize) -> Tense {
    let past = |at: usize| ["was", "were", "had", "did"].iter().any(|word| words.says(at, word));
    if sentence(words, from).any(past) { Tense::Past } else { Tense::Future }
}

/// What one word says.
fn cue(words: &Words, at: usize) -> Tense {
    let token = words.at(at);
    let next = words.class(at + 1);
    match token.class {
        Class::Past => participle(words, at),
        Class::Future => Tense::Future,
        Class::Toward if matches!(next, Class::To | Class::For) => Tense::Future,
        Class::Month if token.value == 5 && !token.is(CAPITAL) => Tense::Future,
        Class::Be if words.before(at, 1).class == Class::To => Tense::Future,
        Class::Other | Class::Toward if !token.is(CAPITAL) && ends_in_ed(words.words(at)) => participle(words, at),
        _ => Tense::Unknown,
    }
}

/// "released" is past; "to be released" and "be fully released" are to come; "is released" does not tell.
fn participle(words: &Words, at: usize) -> Tense {
    for back in 1..=2 {
        let Some(before) = at.checked_sub(back) else { break };
        if words.class(before) == Class::Be {
            return Tense::Future;
        }
        if words.says(before, "is") || words.says(before, "are") {
            return Tense::Unknown;
        }
        if !words.at(before).is_word() {
            break;
        }
    }
    Tense::Past
}

fn ends_in_ed(word: &str) -> bool {
    word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed") && word != "hundred"
}

/// Whether the sentence ends at this token.
pub(super) fn ends_sentence(words: &Words, at: usize) -> bool {
    let token = words.at(at);
    let next = words.at(at + 1);
    match token.class {
        Class::Gap => true,
        Class::Mark if token.is_mark(b'.') => {
            let before = words.before(at, 1);
            let abbreviation = matches!(before.class, Class::MonthShort | Class::WeekdayShort)
                || (before.is_word()
                    && (before.len() == 1 || (before.len() <= 3 && before.is(CAPITAL) && next.is(CAPITAL))));
            (next.is(NEW_LINE) || !next.is_word() || next.is(CAPITAL)) && !abbreviation
        }
        Class::Mark => matches!(u8::try_from(token.value), Ok(b'!' | b'?' | b';')),
        _ => next.is(NEW_LINE) && next.is(CAPITAL) && at > 0 && !token.is_mark(b','),
    }
}
