//! Queries that the engine lacks: records whose days lie inside others, and records whose id is among many.
//!
//! Both mark the records that they find in a bit set before the search goes on, so that their cost is that of
//! what they find; a set of very many ids is asked record by record instead, and only where nothing cheaper leads.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

use tantivy::postings::TermInfo;
use tantivy::query::doc_predicate_query::{DocPredicateQuery, FunctionPredicate};
use tantivy::query::{
    BitSetDocSet, ConstScoreQuery, ConstScorer, EmptyQuery, EmptyScorer, EnableScoring, Explanation, Query, Scorer,
    Weight,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{BitSet, DocId, DocSet, InvertedIndexReader, Score, SegmentReader, TERMINATED, Term};

use crate::text::day::Day;

use super::budget::Budget;
use super::columns::Published;
use super::opened::Columns;
use super::schema::{stretch_of, stretch_term};
use super::scored::explained;

/// Up to this many ids are looked up one by one.
const FEW: usize = 512;

/// Records of which at least one stretch of days lies wholly from `from` to `to`, both included; `None` is open.
pub(super) fn within(field: Field, from: Option<Day>, to: Option<Day>, budget: &Budget) -> Box<dyn Query> {
    Box::new(Marked { field, what: What::Within(from, to), budget: budget.clone() })
}

/// Records whose date of publication lies wholly from `from` to `to`, both included; `None` is open.
pub(super) fn published(columns: &Columns, from: Option<Day>, to: Option<Day>, budget: &Budget) -> Box<dyn Query> {
    let number = |day: Day| i64::from(day.number());
    let (from, to) = (from.map_or(i64::MIN, number), to.map_or(i64::MAX, number));
    let (columns, budget) = (columns.clone(), budget.clone());
    let predicate = FunctionPredicate::from(move |segment: &SegmentReader| {
        let (days, budget) = (Published::open(&columns, segment)?, budget.clone());
        Ok(move |doc: DocId| budget.spend(1) && days.are_within(doc, from, to))
    });
    asked(DocPredicateQuery::from(predicate))
}

/// Records whose number in the column `column` lies from `first` to `last`, both included.
pub(super) fn between(
    (columns, column): (&Columns, &'static str),
    first: u64,
    last: u64,
    budget: &Budget,
) -> Box<dyn Query> {
    let (columns, budget) = (columns.clone(), budget.clone());
    let predicate = FunctionPredicate::from(move |segment: &SegmentReader| {
        let (column, budget) = (columns.u64(segment, column)?, budget.clone());
        Ok(move |doc: DocId| {
            budget.spend(1) && column.first(doc).is_some_and(|number| (first..=last).contains(&number))
        })
    });
    asked(DocPredicateQuery::from(predicate))
}

/// A test that each record is asked by itself: there is no list of those that pass it.
#[derive(Debug)]
pub(super) struct Asked(Box<dyn Query>);

fn asked(predicate: DocPredicateQuery) -> Box<dyn Query> {
    Box::new(Asked(Box::new(ConstScoreQuery::new(Box::new(predicate), 0.0))))
}

impl Clone for Asked {
    fn clone(&self) -> Self {
        Self(self.0.box_clone())
    }
}

impl Query for Asked {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        self.0.weight(scoring)
    }
}

/// All records.
pub(super) fn everything(budget: &Budget) -> Box<dyn Query> {
    let budget = budget.clone();
    let predicate = FunctionPredicate::from(move |_: &SegmentReader| {
        let budget = budget.clone();
        Ok(move |_: DocId| budget.spend(1))
    });
    asked(DocPredicateQuery::from(predicate))
}

/// Records whose id in the column `column`, and in `field` where it is also a term, is one of `ids`.
pub(super) fn one_of(
    field: Option<Field>,
    (columns, column): (&Columns, &'static str),
    ids: Vec<u64>,
    budget: &Budget,
) -> Box<dyn Query> {
    let budget = budget.clone();
    if let Some(field) = field
        && ids.len() <= FEW
    {
        return Box::new(Marked { field, what: What::OneOf(ids.into()), budget });
    }
    if !budget.keep_ids(ids.len().saturating_mul(2)) {
        return Box::new(EmptyQuery);
    }
    let (columns, ids) = (columns.clone(), Arc::<Ids>::new(ids.into_iter().collect()));
    let predicate = FunctionPredicate::from(move |segment: &SegmentReader| {
        let (column, ids, budget) = (columns.u64(segment, column)?, Arc::clone(&ids), budget.clone());
        Ok(move |doc: DocId| budget.spend(2) && column.first(doc).is_some_and(|id| ids.contains(&id)))
    });
    Box::new(DocPredicateQuery::from(predicate))
}

/// Records whose id in the column `column` is not among `ids`, which are in order; each record is asked.
pub(super) fn none_of((columns, column): (&Columns, &'static str), ids: Vec<u64>, budget: &Budget) -> Box<dyn Query> {
    let (columns, budget) = (columns.clone(), budget.clone());
    let ids: Arc<[u64]> = ids.into();
    let predicate = FunctionPredicate::from(move |segment: &SegmentReader| {
        let (column, ids, budget) = (columns.u64(segment, column)?, Arc::clone(&ids), budget.clone());
        Ok(move |doc: DocId| budget.spend(3) && column.first(doc).is_some_and(|id| ids.binary_search(&id).is_err()))
    });
    asked(DocPredicateQuery::from(predicate))
}

/// Ids are hashes already.
type Ids = HashSet<u64, BuildHasherDefault<AsItIs>>;

/// The hash of what is a hash already.
#[derive(Default)]
pub(super) struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u64(&mut self, id: u64) {
        self.0 = id;
    }
}

#[derive(Clone, Debug)]
struct Marked {
    field: Field,
    what: What,
    budget: Budget,
}

#[derive(Clone, Debug)]
enum What {
    Within(Option<Day>, Option<Day>),
    OneOf(Arc<[u64]>),
}

impl Query for Marked {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for Marked {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        // A bit for each record: as much as 64 of them have for their ids.
        if !self.budget.keep_ids(segment.max_doc() as usize / 64) {
            return Ok(Box::new(EmptyScorer));
        }
        let mut found = BitSet::with_max_value(segment.max_doc());
        let index = segment.inverted_index(self.field)?;
        match &self.what {
            What::Within(from, to) => mark_within(&index, *from, *to, &mut found, &self.budget)?,
            What::OneOf(ids) => mark_ids(&index, self.field, ids, &mut found, &self.budget)?,
        }
        Ok(Box::new(ConstScorer::new(BitSetDocSet::from(found), boost)))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        explained(self, segment, doc, "marked")
    }
}

fn mark_within(
    index: &InvertedIndexReader,
    from: Option<Day>,
    to: Option<Day>,
    found: &mut BitSet,
    budget: &Budget,
) -> tantivy::Result<()> {
    let mut range = index.terms().range();
    if let Some(from) = from {
        range = range.ge(stretch_term(from, Day::from_number(i32::MIN)));
    }
    if let Some(to) = to {
        range = range.le(stretch_term(to, Day::from_number(i32::MAX)));
    }
    let mut terms = range.into_stream()?;
    while let Some((term, info)) = terms.next() {
        let inside = stretch_of(term).is_some_and(|(_, last)| to.is_none_or(|to| last <= to));
        if inside {
            mark_postings(index, info, found, budget)?;
        }
    }
    Ok(())
}

fn mark_postings(
    index: &InvertedIndexReader,
    info: &TermInfo,
    found: &mut BitSet,
    budget: &Budget,
) -> tantivy::Result<()> {
    let mut postings = index.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
    while !postings.docs().is_empty() && budget.spend(4 + postings.docs().len() / 2) {
        for &doc in postings.docs() {
            found.insert(doc);
        }
        postings.advance();
    }
    Ok(())
}

fn mark_ids(
    index: &InvertedIndexReader,
    field: Field,
    ids: &[u64],
    found: &mut BitSet,
    budget: &Budget,
) -> tantivy::Result<()> {
    for &id in ids {
        if !budget.spend(32) {
            break;
        }
        let term = Term::from_field_u64(field, id);
        let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic)? else { continue };
        while postings.doc() != TERMINATED {
            found.insert(postings.doc());
            postings.advance();
        }
    }
    Ok(())
}
