//! Ranked words among records that pass tests by which nothing is ranked: days, outlets, speakers, what is denied.
//!
//! The engine goes through all records that pass. Where the best are wanted, the words alone tell most of those that cannot be
//! among them, and only the rest is tested.

use std::sync::OnceLock;

use tantivy::query::{BooleanQuery, EnableScoring, Explanation, Occur, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, Searcher, SeekDangerResult, SegmentReader};

use super::denied::of_denied;
use super::marked::Asked;
use super::plain::{Words, WordsWeight};

/// To go from one record of a short list to the next, and to ask for the words there, costs as much as so many records of theirs.
const STEP: u64 = 2;

/// Records that hold words and pass all tests: those of `Must`, and none of `MustNot`.
#[derive(Debug)]
pub(super) struct Filtered {
    pub(super) words: Words,
    /// Each of them [is one](Filtered::tests), and nothing is ranked by any.
    pub(super) tests: Vec<(Occur, Box<dyn Query>)>,
}

impl Clone for Filtered {
    fn clone(&self) -> Self {
        Self { words: self.words.clone(), tests: self.copies() }
    }
}

impl Filtered {
    /// Whether a clause can be asked of single records at once.
    pub(super) fn tests((occur, query): &(Occur, Box<dyn Query>)) -> bool {
        let query = match occur {
            Occur::Must => Some(&**query),
            Occur::MustNot => of_denied(&**query),
            Occur::Should => None,
        };
        query.is_some_and(|query| query.is::<Words>() || query.is::<Asked>())
    }

    fn copies(&self) -> Vec<(Occur, Box<dyn Query>)> {
        self.tests.iter().map(|(occur, test)| (*occur, test.box_clone())).collect()
    }

    /// The same as the engine puts it.
    fn whole(&self) -> BooleanQuery {
        let words: (Occur, Box<dyn Query>) = (Occur::Must, Box::new(self.words.clone()));
        BooleanQuery::new([words].into_iter().chain(self.copies()).collect())
    }

    fn parts(&self, searcher: &Searcher) -> tantivy::Result<Parts> {
        let test = |(occur, query): &(Occur, Box<dyn Query>)| {
            // Only ever moved forwards, it needs no care.
            let query = of_denied(&**query).unwrap_or(&**query);
            let weight = match query.downcast_ref::<Words>() {
                Some(words) => Test::Listed(words.unscored(searcher)?),
                None => Test::Asked(query.weight(EnableScoring::disabled_from_searcher(searcher))?),
            };
            Ok((*occur == Occur::Must, weight))
        };
        let tests = self.tests.iter().map(test).collect::<tantivy::Result<_>>()?;
        Ok(Parts { words: self.words.scored(searcher)?, tests })
    }
}

impl Query for Filtered {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let EnableScoring::Enabled { searcher, .. } = scoring else { return self.whole().weight(scoring) };
        let (query, searcher) = (self.clone(), searcher.clone());
        Ok(Box::new(FilteredWeight { query, searcher, parts: OnceLock::new(), whole: OnceLock::new() }))
    }
}

struct FilteredWeight {
    query: Filtered,
    searcher: Searcher,
    /// Where the best are wanted.
    parts: OnceLock<Parts>,
    /// Where all are.
    whole: OnceLock<Box<dyn Weight>>,
}

struct Parts {
    words: WordsWeight,
    /// Whether each must hold, or must not.
    tests: Vec<(bool, Test)>,
}

enum Test {
    Listed(WordsWeight),
    Asked(Box<dyn Weight>),
}

impl Test {
    /// Whether its list is so short that it leads.
    fn leads(&self, segment: &SegmentReader, records: u64) -> bool {
        match self {
            Self::Listed(words) => words.records_in(segment).saturating_mul(STEP) < records,
            Self::Asked(_) => false,
        }
    }

    fn weight(&self) -> &dyn Weight {
        match self {
            Self::Listed(words) => words,
            Self::Asked(weight) => &**weight,
        }
    }
}

/// A test of the records of a segment, one after another; opened at the first that it is asked.
struct Opened<'a> {
    weight: &'a dyn Weight,
    scorer: Option<Box<dyn Scorer>>,
}

impl Opened<'_> {
    fn holds(&mut self, doc: DocId, segment: &SegmentReader) -> tantivy::Result<bool> {
        let found = match &mut self.scorer {
            Some(scorer) => scorer.seek_danger(doc),
            None => {
                let (found, scorer) = self.weight.scorer_danger(segment, doc, 1.0)?;
                self.scorer = Some(scorer);
                found
            }
        };
        Ok(matches!(found, SeekDangerResult::Found))
    }
}

impl FilteredWeight {
    fn parts(&self) -> tantivy::Result<&Parts> {
        if let Some(parts) = self.parts.get() {
            return Ok(parts);
        }
        let parts = self.query.parts(&self.searcher)?;
        Ok(self.parts.get_or_init(|| parts))
    }

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
        let Parts { words, tests } = self.parts()?;
        let records = words.records_in(segment);
        if tests.iter().any(|(must, test)| *must && test.leads(segment, records)) {
            return self.whole()?.for_each_pruning(threshold, segment, callback);
        }
        let opened = tests.iter().map(|(must, test)| (*must, Opened { weight: test.weight(), scorer: None }));
        let mut opened: Vec<(bool, Opened<'_>)> = opened.collect();
        let (mut threshold, mut failed) = (threshold, None);
        words.for_each_pruning(threshold, segment, &mut |doc, score| {
            let passes = opened.iter_mut().all(|(must, test)| match test.holds(doc, segment) {
                Ok(holds) => holds == *must,
                Err(error) => {
                    failed.get_or_insert(error);
                    false
                }
            });
            if passes {
                threshold = callback(doc, score);
            }
            threshold
        })?;
        failed.map_or(Ok(()), Err)
    }
}
