//! Words that are not quite known: with wildcards, with letters that may differ, described by a regular expression, or
//! only begun. Each is matched against single folded words.
//!
//! It knows no texts and no index; how many words there are to match is the caller's concern.

use std::sync::{Arc, LazyLock};

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder};
use regex::{Regex, RegexBuilder};

use crate::text::analysis;
use crate::text::fold::fold_letters;

/// What one word has to look like.
#[derive(Clone)]
pub struct Matcher {
    /// What the words begin with.
    prefix: String,
    shape: Shape,
}

#[derive(Clone)]
enum Shape {
    Prefix,
    /// `*` and `?` are wildcards.
    Glob(Vec<char>),
    Fuzzy(Arc<DFA>, Arc<str>, u8),
    Regex(Regex),
}

/// The largest compiled regular expression, in bytes: one that a person writes is far below it.
const REGEX_BYTES: usize = 256 << 10;

/// What automata are made by: made once, as that takes far longer than an automaton.
static ONE_EDIT: LazyLock<LevenshteinAutomatonBuilder> = LazyLock::new(|| LevenshteinAutomatonBuilder::new(1, true));
static TWO_EDITS: LazyLock<LevenshteinAutomatonBuilder> = LazyLock::new(|| LevenshteinAutomatonBuilder::new(2, true));

/// Letters that stand for the wildcards while a word is cut into its parts: such as no news is written with.
const MANY: char = '\u{298}';
const ONE: char = '\u{1C2}';

impl Matcher {
    /// Words that begin with this folded word.
    pub fn prefix(word: &str) -> Self {
        Self { prefix: word.to_owned(), shape: Shape::Prefix }
    }

    /// Words that so many letters at most, added, dropped, changed or swapped, make of this folded word.
    pub fn fuzzy(word: &str, edits: u8) -> Self {
        let dfa = if edits > 1 { TWO_EDITS.build_dfa(word) } else { ONE_EDIT.build_dfa(word) };
        Self { prefix: String::new(), shape: Shape::Fuzzy(Arc::new(dfa), word.into(), edits) }
    }

    /// Words that a regular expression describes as a whole, in capitals or not.
    ///
    /// # Errors
    /// It is none, or too large.
    pub fn regex(body: &str) -> Result<Self, regex::Error> {
        // As it was typed, so that what is said of it fits it.
        RegexBuilder::new(body).size_limit(REGEX_BYTES).build()?;
        let folded = format!("^(?:{})$", fold_letters(body));
        let regex = RegexBuilder::new(&folded).case_insensitive(true).size_limit(REGEX_BYTES).build()?;
        let literal = body.bytes().take_while(u8::is_ascii_lowercase).count();
        let open = body.contains('|') || body.get(literal..).is_some_and(|rest| rest.starts_with(['?', '*', '{']));
        let prefix = if open { "" } else { body.get(..literal).unwrap_or_default() };
        Ok(Self { prefix: prefix.to_owned(), shape: Shape::Regex(regex) })
    }

    fn glob(word: &str) -> Self {
        let letters: Vec<char> = word
            .chars()
            .map(|c| match c {
                MANY => '*',
                ONE => '?',
                c => c,
            })
            .collect();
        let prefix: String = letters.iter().take_while(|c| !matches!(c, '*' | '?')).collect();
        Self { prefix, shape: Shape::Glob(letters) }
    }

    /// What all matching words begin with; it can be empty.
    pub fn beginning(&self) -> &str {
        &self.prefix
    }

    /// The folded word that others are like, and by how many edits at most, where it is that which is asked.
    pub fn nearly(&self) -> Option<(&str, u8)> {
        match &self.shape {
            Shape::Fuzzy(_, word, edits) => Some((word, *edits)),
            Shape::Prefix | Shape::Glob(_) | Shape::Regex(_) => None,
        }
    }

    /// Whether this folded word matches.
    pub fn is_match(&self, word: &str) -> bool {
        word.starts_with(&self.prefix)
            && match &self.shape {
                Shape::Prefix => true,
                Shape::Glob(letters) => fits(letters, word),
                Shape::Fuzzy(dfa, _, edits) => matches!(dfa.eval(word), Distance::Exact(found) if found <= *edits),
                Shape::Regex(regex) => regex.is_match(word),
            }
    }
}

impl std::fmt::Debug for Matcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Matcher").field("prefix", &self.prefix).finish_non_exhaustive()
    }
}

/// A part of a word with wildcards.
#[derive(Clone, Debug)]
pub enum Part {
    /// Without a wildcard, in all its spellings.
    Plain(Vec<String>),
    /// With some.
    Open(Matcher),
    /// Any word at all.
    Any,
}

/// The parts of a word with wildcards, each with its place: `counter-IS*` has two.
pub fn parts(typed: &str) -> Vec<(u32, Part)> {
    let lettered = typed.replace('*', MANY.encode_utf8(&mut [0; 4])).replace('?', ONE.encode_utf8(&mut [0; 4]));
    let parts = analysis::asked_spellings(&lettered).into_iter().map(|(position, spellings)| {
        let word = spellings.first().map_or("", String::as_str);
        let part = if word.chars().all(|c| c == MANY) {
            Part::Any
        } else if word.contains([MANY, ONE]) {
            Part::Open(Matcher::glob(word))
        } else {
            Part::Plain(spellings)
        };
        (position, part)
    });
    parts.collect()
}

/// Whether the letters fit, where `*` stands for any and `?` for one.
fn fits(letters: &[char], word: &str) -> bool {
    let word: Vec<char> = word.chars().collect();
    let (mut at, mut from) = (0, 0);
    // The last `*`, and up to where it reaches.
    let mut many: Option<(usize, usize)> = None;
    while from < word.len() {
        match letters.get(at) {
            Some('*') => {
                many = Some((at, from));
                at += 1;
            }
            Some('?') => (at, from) = (at + 1, from + 1),
            Some(c) if word.get(from) == Some(c) => (at, from) = (at + 1, from + 1),
            _ => match &mut many {
                Some((star, reach)) => {
                    *reach += 1;
                    (at, from) = (*star + 1, *reach);
                }
                None => return false,
            },
        }
    }
    letters.get(at..).unwrap_or_default().iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(matcher: &Matcher, matching: &str, others: &str) {
        for word in matching.split(' ') {
            assert!(matcher.is_match(word), "{word} matches {matcher:?}");
        }
        for word in others.split(' ') {
            assert!(!matcher.is_match(word), "{word} does not match {matcher:?}");
        }
    }

    fn one(typed: &str) -> Matcher {
        match parts(typed).as_slice() {
            [(0, Part::Open(matcher))] => matcher.clone(),
            other => panic!("{typed} has one open part, not {other:?}"),
        }
    }

    #[test]
    fn words_match_as_they_should() {
        check(&one("clim*"), "clim climate climbs", "cli aclimb");
        check(&one("w?rd"), "word ward", "wrd woord words");
        check(&one("*gate"), "gate watergate", "gates");
        check(&one("C*l*r"), "color colour clr", "colors dolor");
        check(&one("M\u{fc}ll*"), "muller mull", "mueller");
        check(&one("??"), "us ab", "a abc");
        check(&Matcher::prefix("des"), "des destruction", "de");
        check(&Matcher::fuzzy("climate", 1), "climate clmate climatee climtae klimate", "clmat klimat");
        check(&Matcher::fuzzy("climate", 2), "climate clmat klimat", "clma klmat");
        let regex = |body: &str| Matcher::regex(body).expect("it is one");
        check(&regex("clim.+"), "climate climb", "clim aclimate");
        check(&regex("Coal|oils?"), "coal oil oils", "coals");
        check(&regex("m\u{fc}ll[ae]r"), "muller mullar", "mueller");
        check(&regex("colou?r"), "color colour", "colr");
        check(&regex("ab*c"), "ac abbc", "bc");
    }

    #[test]
    fn compounds_are_matched_by_their_parts() {
        let shown: Vec<String> = parts("counter-IS*").into_iter().map(|(at, part)| format!("{at} {part:?}")).collect();
        assert_eq!(shown, ["0 Plain([\"counter\"])", "1 Open(Matcher { prefix: \"is\", .. })"]);
        assert!(matches!(parts("*-ISIL").as_slice(), [(0, Part::Any), (1, Part::Plain(_))]));
    }
}
