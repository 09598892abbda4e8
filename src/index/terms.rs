//! The terms that a word of a query stands for: its spellings and forms, or all words of the index that look like it.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use tantivy::postings::TermInfo;
use tantivy::query::{DfaWrapper, FuzzyTermQuery};
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use crate::query::pattern::Matcher;
use crate::query::unit::WordTest;

use super::budget::Budget;
use super::forms::Forms;
use super::plain::FEW;
use super::postings::Listed;
use super::spelled::FIRST_WORD;

/// A word that is not quite known may stand for this many words.
pub(super) const MOST: usize = 4096;

/// What looking at one word of the index costs: it is matched letter by letter.
const STEPS: usize = 12;

/// What an automaton's way through the words of a segment costs.
const AUTOMATON_STEPS: usize = 4096;

/// The engine's automata go no further.
const MOST_EDITS: u8 = 2;

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

/// What a word of a query stands for.
#[derive(Clone, Debug)]
pub(super) struct Expanded {
    pub(super) terms: Vec<Term>,
    /// Where their lists are, where the terms were read off the index.
    listed: Option<Arc<Listed>>,
}

impl Expanded {
    /// Where the lists of its terms are in the field of this index.
    pub(super) fn listed(&self, searcher: &Searcher, field: Field) -> tantivy::Result<Arc<Listed>> {
        match &self.listed {
            Some(listed) => Ok(Arc::clone(listed)),
            None => Listed::of(searcher, field, &self.terms).map(Arc::new),
        }
    }
}

/// The terms of a word in this field, of an index that has these forms.
pub(super) fn terms(
    (searcher, forms): (&Searcher, &Forms),
    field: Field,
    test: &WordTest,
    budget: &Budget,
) -> Result<Expanded, Refused> {
    match test {
        WordTest::Among { words, stems } => {
            let mut words: BTreeSet<String> = words.iter().cloned().collect();
            words.extend(stems.iter().flat_map(|stem| forms.of(stem)));
            let mut terms: Vec<Term> = words.iter().map(|word| Term::from_field_text(field, word)).collect();
            if terms.len() > FEW {
                // Forms of other fields, and of records that are gone, are not to change how it is answered.
                let known: tantivy::Result<Vec<bool>> =
                    terms.iter().map(|term| Ok(searcher.doc_freq(term)? > 0)).collect();
                let mut known = known.map_err(Refused::Engine)?.into_iter();
                terms.retain(|_| known.next().unwrap_or(true));
                if !budget.keep_terms(terms.len().saturating_sub(FEW)) {
                    return Err(Refused::TooManyInAll);
                }
            }
            Ok(Expanded { terms, listed: None })
        }
        WordTest::Like(matcher) => alike(searcher, field, matcher, budget),
    }
}

fn alike(searcher: &Searcher, field: Field, matcher: &Matcher, budget: &Budget) -> Result<Expanded, Refused> {
    let mut words: HashSet<String> = HashSet::new();
    let mut segments = vec![Vec::new(); searcher.segment_readers().len()];
    let mut too_many = false;
    each_alike(searcher, field, matcher, budget, &mut |segment, word, list| {
        if !words.contains(word) {
            too_many = words.len() == MOST;
            if !too_many {
                words.insert(word.to_owned());
            }
        }
        if let Some(lists) = segments.get_mut(segment) {
            lists.push(list.clone());
        }
        !too_many
    })?;
    if too_many {
        return Err(Refused::TooMany);
    }
    let mut terms: Vec<Term> = words.iter().map(|word| Term::from_field_text(field, word)).collect();
    terms.sort_unstable();
    if !budget.keep_terms(terms.len()) {
        return Err(Refused::TooManyInAll);
    }
    let listed = Listed::found(terms.first().cloned(), segments);
    Ok(Expanded { terms, listed: Some(Arc::new(listed)) })
}

/// Gives each word of a field that looks like `matcher`, with the number of a segment and where its list is there, until there is no
/// use for more.
pub(super) fn each_alike(
    searcher: &Searcher,
    field: Field,
    matcher: &Matcher,
    budget: &Budget,
    take: &mut dyn FnMut(usize, &str, &TermInfo) -> bool,
) -> Result<(), Refused> {
    let begin = matcher.beginning();
    let failed = |error: std::io::Error| Refused::Engine(error.into());
    for (number, segment) in searcher.segment_readers().iter().enumerate() {
        let index = segment.inverted_index(field).map_err(Refused::Engine)?;
        // Whether there is use for the next word.
        let mut look = |term: &[u8], list: &TermInfo| {
            if !budget.spend(STEPS) {
                return Err(Refused::TooMuch);
            }
            let Ok(word) = std::str::from_utf8(term) else { return Ok(true) };
            Ok(word.starts_with(begin) && (!matcher.is_match(word) || take(number, word, list)))
        };
        match automaton(field, matcher).map_err(Refused::Engine)? {
            // Only the words that it leads to are looked at.
            Some(automaton) => {
                budget.spend(AUTOMATON_STEPS);
                let mut terms = index.terms().search(automaton).ge(FIRST_WORD).into_stream().map_err(failed)?;
                while terms.advance() && look(terms.key(), terms.value())? {}
            }
            None => {
                let range = index.terms().range().ge(if begin.is_empty() { FIRST_WORD } else { begin });
                let mut terms = range.into_stream().map_err(failed)?;
                while terms.advance() && look(terms.key(), terms.value())? {}
            }
        }
    }
    Ok(())
}

/// What leads through the words of an index to those that a matcher asks for, where it is made so.
fn automaton(field: Field, matcher: &Matcher) -> tantivy::Result<Option<DfaWrapper>> {
    let asked = matcher.nearly().filter(|(_, edits)| *edits <= MOST_EDITS);
    asked
        .map(|(word, edits)| FuzzyTermQuery::new(Term::from_field_text(field, word), edits, true).automaton())
        .transpose()
}
