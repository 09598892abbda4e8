//! How much one question may cost: steps of work and things kept in memory. What goes beyond is refused, not waited for.
//!
//! Steps are counted and not timed, so that a question has the same answer on every machine. One step is about what one
//! record of a list of matches costs.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, Score, SegmentReader, TantivyError};

/// Steps: below two seconds of a slow machine.
const STEPS: i64 = 53_000_000;

/// Ids of records that are kept at once: 128 MB.
const IDS: i64 = 16 << 20;

/// What wildcards and the like may stand for, in all clauses together; of the forms of a word only those beyond the first few count.
const TERMS: i64 = 16 << 10;

/// What is left for one question. Clones share it.
#[derive(Clone, Debug)]
pub(super) struct Budget(Arc<Left>);

#[derive(Debug)]
struct Left {
    steps: AtomicI64,
    ids: AtomicI64,
    terms: AtomicI64,
}

impl Budget {
    pub(super) fn new() -> Self {
        let left = Left { steps: AtomicI64::new(STEPS), ids: AtomicI64::new(IDS), terms: AtomicI64::new(TERMS) };
        Self(Arc::new(left))
    }

    /// Whether so many steps more may be done.
    pub(super) fn spend(&self, steps: usize) -> bool {
        take(&self.0.steps, steps)
    }

    /// Whether so many ids more may be kept.
    pub(super) fn keep_ids(&self, ids: usize) -> bool {
        take(&self.0.ids, ids)
    }

    /// Whether so many terms more may be looked up.
    pub(super) fn keep_terms(&self, terms: usize) -> bool {
        take(&self.0.terms, terms)
    }

    /// Whether nothing was refused.
    pub(super) fn holds(&self) -> bool {
        [&self.0.steps, &self.0.ids].iter().all(|left| left.load(Ordering::Relaxed) >= 0)
    }
}

fn take(left: &AtomicI64, much: usize) -> bool {
    let much = i64::try_from(much).unwrap_or(i64::MAX);
    let before = left.load(Ordering::Relaxed);
    // What is refused once stays refused, and cannot come round to be positive.
    left.store(before.saturating_sub(much), Ordering::Relaxed);
    before >= much
}

/// What the engine says where a question was too much; `error.rs` makes our own error of it.
pub(super) const TOO_MUCH: &str = "onrecord: beyond the budget";

/// The query, which fails where its budget was not enough, instead of leaving out matches.
pub(super) fn guarded(query: Box<dyn Query>, budget: Budget) -> Box<dyn Query> {
    Box::new(Guarded { query, budget })
}

#[derive(Debug)]
struct Guarded {
    query: Box<dyn Query>,
    budget: Budget,
}

impl Clone for Guarded {
    fn clone(&self) -> Self {
        Self { query: self.query.box_clone(), budget: self.budget.clone() }
    }
}

impl Query for Guarded {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(GuardedWeight { weight: self.query.weight(scoring)?, budget: self.budget.clone() }))
    }
}

struct GuardedWeight {
    weight: Box<dyn Weight>,
    budget: Budget,
}

impl GuardedWeight {
    fn checked<T>(&self, result: tantivy::Result<T>) -> tantivy::Result<T> {
        match self.budget.holds() {
            true => result,
            false => Err(TantivyError::InvalidArgument(TOO_MUCH.to_owned())),
        }
    }
}

impl Weight for GuardedWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        self.checked(self.weight.scorer(segment, boost))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.weight.explain(segment, doc)
    }

    fn count(&self, segment: &SegmentReader) -> tantivy::Result<u32> {
        self.checked(self.weight.count(segment))
    }

    fn for_each(&self, segment: &SegmentReader, callback: &mut dyn FnMut(DocId, Score)) -> tantivy::Result<()> {
        self.checked(self.weight.for_each(segment, callback))
    }

    fn for_each_no_score(&self, segment: &SegmentReader, callback: &mut dyn FnMut(&[DocId])) -> tantivy::Result<()> {
        self.checked(self.weight.for_each_no_score(segment, callback))
    }

    fn for_each_pruning(
        &self,
        threshold: Score,
        segment: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score) -> Score,
    ) -> tantivy::Result<()> {
        self.checked(self.weight.for_each_pruning(threshold, segment, callback))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused_once_stays_refused() {
        let budget = Budget::new();
        assert!(budget.spend(1_000_000) && budget.clone().holds());
        assert!(!budget.clone().spend(usize::MAX));
        assert!(!budget.spend(1) && !budget.holds());
        let other = Budget::new();
        assert!(!other.keep_terms(20_000) && !other.keep_terms(1));
        assert!(other.holds(), "too many terms are said where they are looked up");
    }
}
