//! Ranked words among records that pass tests by which nothing is ranked: days, outlets, speakers, what is denied.
//!
//! The engine goes through all records that pass. Where the best are wanted, the words alone tell most of those that cannot be
//! among them, and only the rest is tested.

use std::sync::OnceLock;

use tantivy::query::{BooleanQuery, EnableScoring, Explanation, Occur, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, Searcher, SeekDangerResult, SegmentReader};

use super::plain::{Words, WordsWeight};

/// To go from one record of a short list to the next, and to ask for the words there, costs as much as so many records of theirs.
const STEP: u64 = 4;

/// Records that hold words and pass all tests: those of `Must`, and none of `MustNot`.
#[derive(Debug)]
pub(super) struct Filtered {
    pub(super) words: Words,
    pub(super) tests: Vec<(Occur, Box<dyn Query>)>,
}

impl Clone for Filtered {
    fn clone(&self) -> Self {
        Self { words: self.words.clone(), tests: self.copies() }
    }
}

impl Filtered {
    fn copies(&self) -> Vec<(Occur, Box<dyn Query>)> {
        self.tests.iter().map(|(occur, test)| (*occur, test.box_clone())).collect()
    }

    /// The same as the engine puts it.
    fn whole(&self) -> BooleanQuery {
        let words: (Occur, Box<dyn Query>) = (Occur::Must, Box::new(self.words.clone()));
        BooleanQuery::new([words].into_iter().chain(self.copies()).collect())
    }
}

impl Query for Filtered {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let EnableScoring::Enabled { searcher, .. } = scoring else { return self.whole().weight(scoring) };
        let words = self.words.scored(searcher)?;
        let quietly = || EnableScoring::disabled_from_searcher(searcher);
        let tests = self.tests.iter().map(|(occur, test)| Ok((*occur, test.weight(quietly())?)));
        let tests = tests.collect::<tantivy::Result<_>>()?;
        let (query, searcher) = (self.clone(), searcher.clone());
        Ok(Box::new(FilteredWeight { query, searcher, words, tests, whole: OnceLock::new() }))
    }
}

struct FilteredWeight {
    query: Filtered,
    searcher: Searcher,
    words: WordsWeight,
    tests: Vec<(Occur, Box<dyn Weight>)>,
    /// Where not only the best are wanted.
    whole: OnceLock<Box<dyn Weight>>,
}

impl FilteredWeight {
    fn whole(&self) -> tantivy::Result<&dyn Weight> {
        if let Some(whole) = self.whole.get() {
            return Ok(&**whole);
        }
        let whole = self.query.whole().weight(EnableScoring::enabled_from_searcher(&self.searcher))?;
        Ok(&**self.whole.get_or_init(|| whole))
    }
}

impl Weight for FilteredWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        self.whole()?.scorer(segment, boost)
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.whole()?.explain(segment, doc)
    }

    fn count(&self, segment: &SegmentReader) -> tantivy::Result<u32> {
        self.whole()?.count(segment)
    }

    fn for_each(&self, segment: &SegmentReader, callback: &mut dyn FnMut(DocId, Score)) -> tantivy::Result<()> {
        self.whole()?.for_each(segment, callback)
    }

    fn for_each_no_score(&self, segment: &SegmentReader, callback: &mut dyn FnMut(&[DocId])) -> tantivy::Result<()> {
        self.whole()?.for_each_no_score(segment, callback)
    }

    fn for_each_pruning(
        &self,
        threshold: Score,
        segment: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score) -> Score,
    ) -> tantivy::Result<()> {
        let records = self.words.records_in(segment);
        if records == 0 {
            return Ok(());
        }
        let mut tests = Vec::with_capacity(self.tests.len());
        for (occur, test) in &self.tests {
            let test = test.scorer(segment, 1.0)?;
            if *occur == Occur::Must && test.cost().saturating_mul(STEP) < records {
                return self.whole()?.for_each_pruning(threshold, segment, callback);
            }
            tests.push((*occur == Occur::Must, test));
        }
        let mut threshold = threshold;
        self.words.for_each_pruning(threshold, segment, &mut |doc, score| {
            let passes = tests.iter_mut().all(|(must, test)| {
                let found = matches!(test.seek_danger(doc), SeekDangerResult::Found);
                found == *must
            });
            if passes {
                threshold = callback(doc, score);
            }
            threshold
        })
    }
}
