//! What stands under a NOT, made safe for the engine.
//!
//! tantivy 0.27 asks an excluded set about records that lie before its current one, which its own phrases do not
//! expect (a failed assertion in debug builds; unproven otherwise). Here the set is only ever moved forwards.

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader};

/// The same query, to be put under a NOT.
pub(super) fn denied(query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(Denied(query))
}

/// What stands under it, where it is such a query.
pub(super) fn of_denied(query: &dyn Query) -> Option<&dyn Query> {
    query.downcast_ref::<Denied>().map(|denied| &*denied.0)
}

#[derive(Debug)]
struct Denied(Box<dyn Query>);

impl Clone for Denied {
    fn clone(&self) -> Self {
        Self(self.0.box_clone())
    }
}

impl Query for Denied {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let quietly = match scoring {
            EnableScoring::Enabled { searcher, .. } => EnableScoring::disabled_from_searcher(searcher),
            disabled => disabled,
        };
        Ok(Box::new(DeniedWeight(self.0.weight(quietly)?)))
    }
}

struct DeniedWeight(Box<dyn Weight>);

impl Weight for DeniedWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(Forwards(self.0.scorer(segment, boost)?)))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.0.explain(segment, doc)
    }
}

/// Leaves `seek_danger` as the trait has it, which looks where the set stands before it moves it.
struct Forwards(Box<dyn Scorer>);

impl DocSet for Forwards {
    fn advance(&mut self) -> DocId {
        self.0.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.0.seek(target)
    }

    fn doc(&self) -> DocId {
        self.0.doc()
    }

    fn size_hint(&self) -> u32 {
        self.0.size_hint()
    }

    fn cost(&self) -> u64 {
        self.0.cost()
    }
}

impl Scorer for Forwards {
    fn score(&mut self) -> Score {
        self.0.score()
    }
}
