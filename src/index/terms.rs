//! The terms that a word of a query stands for: its spellings and stems, or all words of the index that look like it.

use std::collections::BTreeSet;

use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use crate::query::pattern::Matcher;
use crate::query::unit::WordTest;

use super::budget::Budget;
use super::words::{FIRST_WORD, STEM};

/// A word that is not quite known may stand for this many words.
pub(super) const MOST: usize = 4096;

/// What looking at one word of the index costs: it is matched letter by letter.
const STEPS: usize = 12;

/// Why a word stands for no terms.
pub(super) enum Refused {
    /// For more than are allowed.
    TooMany,
    /// All clauses together do.
    TooManyInAll,
    /// The budget is at its end.
    TooMuch,
    /// The index cannot be read.
    Engine(tantivy::TantivyError),
}

/// The terms of a word in this field.
pub(super) fn terms(searcher: &Searcher, field: Field, test: &WordTest, budget: &Budget) -> Result<Vec<Term>, Refused> {
    let terms: Vec<Term> = match test {
        WordTest::Among { words, stems } => {
            let words = words.iter().map(|word| Term::from_field_text(field, word));
            let stems = stems.iter().map(|stem| Term::from_field_text(field, &format!("{STEM}{stem}")));
            words.chain(stems).collect()
        }
        WordTest::Like(matcher) => {
            let words = alike(searcher, field, matcher, budget)?;
            let terms: Vec<Term> = words.iter().map(|word| Term::from_field_text(field, word)).collect();
            if !budget.keep_terms(terms.len()) {
                return Err(Refused::TooManyInAll);
            }
            terms
        }
    };
    Ok(terms)
}

fn alike(searcher: &Searcher, field: Field, matcher: &Matcher, budget: &Budget) -> Result<BTreeSet<String>, Refused> {
    let mut found = BTreeSet::new();
    let begin = matcher.beginning();
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field).map_err(Refused::Engine)?;
        let range = index.terms().range().ge(if begin.is_empty() { FIRST_WORD } else { begin });
        let mut terms = range.into_stream().map_err(|error| Refused::Engine(error.into()))?;
        while let Some((term, _)) = terms.next() {
            if !budget.spend(STEPS) {
                return Err(Refused::TooMuch);
            }
            let Ok(word) = std::str::from_utf8(term) else { continue };
            if !word.starts_with(begin) {
                break;
            }
            if matcher.is_match(word) && !found.contains(word) {
                if found.len() == MOST {
                    return Err(Refused::TooMany);
                }
                found.insert(word.to_owned());
            }
        }
    }
    Ok(found)
}
