//! Records that were found before the engine asks for them, as it walks through them, and why one is among those of a query.

use tantivy::query::{Explanation, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

/// That a query finds a record by `what`, with its score.
pub(super) fn explained(
    weight: &dyn Weight,
    segment: &SegmentReader,
    doc: DocId,
    what: &'static str,
) -> tantivy::Result<Explanation> {
    let mut scorer = weight.scorer(segment, 1.0)?;
    if scorer.doc() <= doc && scorer.seek(doc) == doc {
        return Ok(Explanation::new(what, scorer.score()));
    }
    Err(TantivyError::InvalidArgument(format!("record {doc} does not match")))
}

/// Records in order, with their scores.
pub(super) struct Scored {
    found: Vec<(DocId, Score)>,
    at: usize,
}

impl Scored {
    pub(super) fn new(found: Vec<(DocId, Score)>) -> Self {
        Self { found, at: 0 }
    }
}

impl DocSet for Scored {
    fn advance(&mut self) -> DocId {
        self.at = (self.at + 1).min(self.found.len());
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let rest = self.found.get(self.at..).unwrap_or_default();
        self.at += rest.partition_point(|&(doc, _)| doc < target);
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.found.get(self.at).map_or(TERMINATED, |&(doc, _)| doc)
    }

    fn size_hint(&self) -> u32 {
        u32::try_from(self.found.len()).unwrap_or(u32::MAX)
    }
}

impl Scorer for Scored {
    fn score(&mut self) -> Score {
        self.found.get(self.at).map_or(0.0, |&(_, score)| score)
    }
}
