//! What a query asks of one text: words, rows of words, alternatives, and distances between them.
//!
//! It is made of the tree for one field at a time, and answered by whoever knows where words stand (`places`): the index
//! does for what it holds, and a text does for itself.

use crate::text::analysis;
use crate::text::stem::stems;
use crate::text::typed::asked_forms;

use super::ast::{Node, Query, Reach, Value};
use super::pattern::{Matcher, Part, parts};

/// What is asked of a text; `W` is what is asked of a word.
#[derive(Clone, Debug)]
pub enum Unit<W> {
    /// A word.
    Word(W),
    /// Words in this order, each with its offset; with so many others among them at most.
    Row(Vec<(u32, W)>, u32),
    /// Any of these.
    Any(Vec<Unit<W>>),
    /// Each at a distance from the one before it.
    Near(Box<Unit<W>>, Vec<(Reach, Unit<W>)>),
}

/// What is asked of a word.
#[derive(Clone, Debug)]
pub enum WordTest {
    /// To be one of these words, or to have one of these stems.
    Among {
        /// Folded words.
        words: Vec<String>,
        /// Stems.
        stems: Vec<String>,
    },
    /// To look like this.
    Like(Matcher),
}

impl<W> Unit<W> {
    /// Calls `look` with all that is asked of words.
    pub fn each(&self, look: &mut dyn FnMut(&W)) {
        match self {
            Self::Word(word) => look(word),
            Self::Row(words, _) => words.iter().for_each(|(_, word)| look(word)),
            Self::Any(units) => units.iter().for_each(|unit| unit.each(look)),
            Self::Near(first, others) => {
                first.each(look);
                others.iter().for_each(|(_, unit)| unit.each(look));
            }
        }
    }

    /// The same of other words.
    ///
    /// # Errors
    /// Where one of them cannot be made.
    pub fn try_map<V, E>(&self, make: &mut dyn FnMut(&W) -> Result<V, E>) -> Result<Unit<V>, E> {
        Ok(match self {
            Self::Word(word) => Unit::Word(make(word)?),
            Self::Row(words, slop) => {
                let words: Result<Vec<_>, E> = words.iter().map(|(offset, word)| Ok((*offset, make(word)?))).collect();
                Unit::Row(words?, *slop)
            }
            Self::Any(units) => {
                let units: Result<Vec<_>, E> = units.iter().map(|unit| unit.try_map(make)).collect();
                Unit::Any(units?)
            }
            Self::Near(first, others) => {
                let first = Box::new(first.try_map(make)?);
                let others: Result<Vec<_>, E> =
                    others.iter().map(|(reach, unit)| Ok((*reach, unit.try_map(make)?))).collect();
                Unit::Near(first, others?)
            }
        })
    }
}

/// What a part of a query asks of a text, where `stemmed` says whether words are found in all their forms. `None`
/// where it asks for no words (a row of marks), which nothing answers.
pub fn unit_of(query: &Query, stemmed: bool) -> Option<Unit<WordTest>> {
    match &query.node {
        Node::Leaf(_, value) => unit_of_value(value, stemmed),
        Node::Boost(part, _) => unit_of(part, stemmed),
        Node::AtLeast(_, parts) => unit_of(parts.first()?, stemmed),
        Node::Or(parts) => {
            let units: Vec<_> = parts.iter().filter_map(|part| unit_of(part, stemmed)).collect();
            (!units.is_empty()).then_some(Unit::Any(units))
        }
        Node::Near(first, others) => {
            let first = Box::new(unit_of(first, stemmed)?);
            let others: Option<Vec<_>> =
                others.iter().map(|(reach, part)| Some((*reach, unit_of(part, stemmed)?))).collect();
            Some(Unit::Near(first, others?))
        }
        Node::And(_) | Node::Not(_) => None,
    }
}

/// The same of a single value.
pub fn unit_of_value(value: &Value, stemmed: bool) -> Option<Unit<WordTest>> {
    let words = |text: &str, stemmed: bool| -> Vec<(u32, WordTest)> {
        let spellings = analysis::asked_spellings(text).into_iter();
        spellings.map(|(position, words)| (position, among(words, stemmed))).collect()
    };
    match value {
        Value::Word(text) | Value::Phrase(text) => row(words(text, stemmed), 0),
        Value::Form(text) => {
            let words = asked_forms(text).into_iter();
            row(words.map(|(position, words)| (position, among(words, false))).collect(), 0)
        }
        Value::Pattern(typed) => {
            let parts = parts(typed).into_iter().filter_map(|(position, part)| match part {
                Part::Plain(words) => Some((position, among(words, stemmed))),
                Part::Open(matcher) => Some((position, WordTest::Like(matcher))),
                Part::Any => None,
            });
            row(parts.collect(), 0)
        }
        Value::Fuzzy(typed, edits) => {
            let parts = analysis::asked(typed).into_iter();
            row(parts.map(|(position, word)| (position, WordTest::Like(Matcher::fuzzy(&word, *edits)))).collect(), 0)
        }
        Value::Loose { words: text, slop, prefix } => {
            let mut words = words(text, stemmed);
            if let (true, Some((_, last)), Some((_, begun))) = (*prefix, words.last_mut(), analysis::asked(text).last())
            {
                *last = WordTest::Like(Matcher::prefix(begun));
            }
            row(words, *slop)
        }
        Value::Regex(body) => Matcher::regex(body).ok().map(|matcher| Unit::Word(WordTest::Like(matcher))),
        _ => None,
    }
}

/// A word in these spellings, and what has their stems where `stemmed` holds.
fn among(mut words: Vec<String>, stemmed: bool) -> WordTest {
    let mut shared: Vec<String> = Vec::new();
    if stemmed {
        for word in &words {
            shared.extend(stems(word));
        }
        shared.sort();
        shared.dedup();
        // No list of forms has a word that is its own stem.
        words.extend(shared.iter().cloned());
    }
    words.sort();
    words.dedup();
    WordTest::Among { words, stems: shared }
}

fn row(mut words: Vec<(u32, WordTest)>, slop: u32) -> Option<Unit<WordTest>> {
    match words.len() {
        0 => None,
        1 => words.pop().map(|(_, word)| Unit::Word(word)),
        _ => Some(Unit::Row(words, slop)),
    }
}
