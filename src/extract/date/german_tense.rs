//! Whether the German words beside a date tell of what was or of what is to come.
//!
//! Clauses are parted by commas, and the verb may stand at either end; so the clause is looked at as a whole, and the cue
//! nearest to the date counts. It knows cue words; it does not parse.

use super::lexicon::Class;
use super::scan::{CAPITAL, Words};
use super::tense::{self, Tense};

/// How many tokens are looked at on either side.
const REACH: usize = 24;

/// The value of "als", which a number or a clause may follow.
const WHEN: u16 = 1;

/// The tense of the clause around the tokens `from..to`.
pub(super) fn around(words: &Words, from: usize, to: usize) -> Tense {
    let lead = words.before(from, 1);
    // "seit Montag", "für Montag".
    match lead.class {
        Class::Since => return Tense::Past,
        Class::For => return Tense::Future,
        // After a comma it is a pronoun: ", der am Montag kam".
        Class::The if words.class(from) == Class::On && !words.before(from, 2).is_mark(b',') => {
            if let Some(tense) = attribute(words, to) {
                return tense;
            }
        }
        _ => {}
    }
    let Clause { before, after, is } = Clause::around(words, from, to);
    let cue = |at: usize| cue(words, at, is);
    // "soll sich am Samstag ereignet haben"
    let hearsay = |at: &usize| {
        let word = words.words(at.saturating_sub(1));
        words.says(*at, "haben") && (word.ends_with('t') || word.ends_with("en"))
            || words.class(*at) == Class::Be && participle(word) && word.ends_with("en")
    };
    if after.iter().any(hearsay) && before.iter().chain(&after).any(|at| words.class(*at) == Class::Future) {
        return Tense::Past;
    }
    let nearest = |ats: &[usize]| {
        let found = |(far, at): (usize, &usize)| Some((far, cue(*at))).filter(|(_, tense)| *tense != Tense::Unknown);
        ats.iter().enumerate().find_map(found)
    };
    match (nearest(&before), nearest(&after)) {
        (Some((near, tense)), Some((far, _))) if near <= far => return tense,
        (Some((_, tense)), None) | (_, Some((_, tense))) => return tense,
        (None, None) => {}
    }
    let plan = |at: &usize| words.class(*at) == Class::Plans && !words.at(*at).is(CAPITAL);
    // "ab Montag"
    if words.says(from.wrapping_sub(1), "ab") {
        return Tense::Future;
    }
    let until = lead.class == Class::To && words.before(from, 2).class != Class::Weekday;
    if until || before.iter().chain(&after).any(plan) {
        return Tense::Future;
    }
    // "Die Wahl ist am Sonntag".
    if words.class(from) == Class::On && lead.class == Class::Is {
        return Tense::Future;
    }
    // "Vor dem Spiel am Samstag ist er müde".
    let ahead = before.last().is_some_and(|at| words.class(*at) == Class::Before) && words.class(from) == Class::On;
    if ahead && is {
        return Tense::Future;
    }
    // The other clauses of the sentence: those behind, then those before.
    let sentence = (to + after.len()..to + 2 * REACH).take_while(|at| !tense::ends_sentence(words, *at));
    let other = |at: usize| Some(self::cue(words, at, false)).filter(|tense| *tense != Tense::Unknown);
    let behind = sentence.into_iter().find_map(other);
    behind.or_else(|| tense::sentence(words, from).find_map(other)).unwrap_or(Tense::Unknown)
}

/// Whether the clause around the tokens `from..to` tells what happened then, and is no aside of another day: ", das im März 2009
/// eröffnet wurde", "das im März 2009 eröffnete Werk".
pub(super) fn tells_what_happened(words: &Words, from: usize, to: usize) -> bool {
    let lead = from - usize::from(from > 0 && words.before(from, 1).class == Class::In);
    if matches!(words.before(lead, 1).class, Class::The | Class::A | Class::Person | Class::Which) {
        return false;
    }
    let Clause { before, after, is } = Clause::around(words, from, to);
    let opens = before.last().copied().unwrap_or(from);
    let other = |at: usize| {
        let token = words.at(at);
        tense::is_born(token) || token.class == Class::Since
    };
    let told = |at: &usize| cue(words, *at, is) == Tense::Past;
    !subordinate(words, opens)
        && !before.iter().chain(&after).any(|at| other(*at))
        && before.iter().chain(&after).any(told)
}

/// Whether the clause that opens there hangs on another: ", das im März", ", in dem", "Als".
fn subordinate(words: &Words, opens: usize) -> bool {
    let joins = |at: usize| words.class(at) == Class::Clause;
    // Before a noun it is an article: ", das Werk wurde".
    let pronoun = |at: usize| words.class(at) == Class::The && !words.at(at + 1).is(CAPITAL);
    let when = words.class(opens) == Class::NumberLead && words.at(opens).value == WHEN;
    let behind = !words.at(opens).is(CAPITAL) && (joins(opens + 1) || pronoun(opens + 1));
    joins(opens) || when || words.before(opens, 1).is_mark(b',') && (pronoun(opens) || behind)
}

/// The tokens of the clause around a date, nearest first, and whether "ist" or "sind" stands among them.
struct Clause {
    before: Vec<usize>,
    after: Vec<usize>,
    is: bool,
}

impl Clause {
    fn around(words: &Words, from: usize, to: usize) -> Self {
        let before: Vec<usize> =
            (1..=REACH).map_while(|back| from.checked_sub(back)).take_while(|at| !ends_clause(words, *at)).collect();
        let after: Vec<usize> = (to..to + REACH).take_while(|at| !ends_clause(words, *at)).collect();
        let is = before.iter().chain(&after).any(|at| words.class(*at) == Class::Is);
        Self { before, after, is }
    }
}

fn ends_clause(words: &Words, at: usize) -> bool {
    let token = words.at(at);
    tense::ends_sentence(words, at)
        || [b',', b'"', b':'].iter().any(|mark| token.is_mark(*mark))
        || token.is_mark(b'-') && words.at(at + 1).class != Class::Other
}

/// What one word says; `is` where "ist" or "sind" stands in its clause.
fn cue(words: &Words, at: usize, is: bool) -> Tense {
    let token = words.at(at);
    let word = words.words(at);
    if token.is(CAPITAL) && !matches!(token.class, Class::Past | Class::Future) {
        return Tense::Unknown;
    }
    match token.class {
        Class::Past => Tense::Past,
        Class::Future => Tense::Future,
        Class::Toward if is => Tense::Future,
        Class::Other if past_of_weak_verb(words, at) || is && participle(word) => Tense::Past,
        _ => Tense::Unknown,
    }
}

/// "erklärte", and no adjective as in "die geplante Wahl".
fn past_of_weak_verb(words: &Words, at: usize) -> bool {
    let word = words.words(at);
    let before = words.before(at, 1);
    let adjective =
        matches!(before.class, Class::The | Class::A | Class::Of | Class::Person | Class::Which | Class::In)
            || matches!(before.class, Class::Other | Class::Clause | Class::Later | Class::Earlier)
                && !before.is(CAPITAL)
                && words.at(at + 1).is(CAPITAL)
                && word.starts_with("ge");
    let plural = ["ierten", "teten", "deten", "gten", "kten", "erten"].iter().any(|end| word.ends_with(end));
    word.len() > 4 && (word.ends_with("te") || plural && !word.starts_with("ge")) && !adjective
}

/// "gestorben", "eingetroffen", "kollidiert".
fn participle(word: &str) -> bool {
    let ge = word.starts_with("ge") || word.get(1..).is_some_and(|rest| rest.contains("ge"));
    word.len() > 5 && (ge && (word.ends_with("en") || word.ends_with('t')) || word.ends_with("iert"))
}

/// "der am Montag festgenommene Mann", "die am Montag beginnende Messe": the tense of the participle before the noun.
fn attribute(words: &Words, to: usize) -> Option<Tense> {
    let near = (to..to + 14).take_while(|at| !ends_clause(words, *at));
    near.into_iter().find_map(|at| {
        let (word, noun) = (words.words(at), words.at(at + 1));
        let plain = matches!(words.class(at), Class::Other | Class::Count) && !words.at(at).is(CAPITAL);
        if !plain || word.len() < 7 || !noun.is(CAPITAL) {
            return None;
        }
        let ends = |ends: &[&str]| ends.iter().any(|end| word.ends_with(end));
        let begins = ["ge", "ver", "be", "er", "ent", "zer"].iter().any(|begin| word.starts_with(begin));
        match word {
            _ if ends(&["nde", "nden", "nder", "ndes", "ndem"]) => Some(Tense::Future),
            _ if ends(&["te", "ten", "ter", "tes", "ne", "nen", "ner", "nes"]) && (begins || word.contains("ge")) => {
                Some(Tense::Past)
            }
            _ => None,
        }
    })
}
