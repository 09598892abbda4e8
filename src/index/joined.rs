//! Articles by what their quotations say, each ranked by the best of them.
//!
//! The words of quotations are in the index of quotations alone, so they are looked for there, and what is found comes back as
//! articles. Which quotations those are is not its business.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::Arc;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, Searcher, SegmentOrdinal, SegmentReader, TERMINATED, TantivyError};

use super::budget::Budget;
use super::collect::Ids;
use super::marked::{AsItIs, one_of};
use super::opened::Columns;
use super::schema::{ARTICLES, column};

/// The articles with quotations that a query finds.
#[derive(Clone, Debug)]
pub(super) struct Joined {
    /// Of the index of quotations.
    searcher: Searcher,
    columns: Columns,
    query: Arc<dyn Query>,
    budget: Budget,
}

impl Joined {
    /// Of the quotations that `query` finds with `searcher`.
    pub(super) fn new((searcher, columns): (&Searcher, &Columns), query: Box<dyn Query>, budget: &Budget) -> Self {
        Self { searcher: searcher.clone(), columns: columns.clone(), query: query.into(), budget: budget.clone() }
    }
}

impl Query for Joined {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        if !scoring.is_scoring_enabled() {
            let ids =
                self.searcher.search(&*self.query, &Ids(column::ARTICLE, self.budget.clone(), self.columns.clone()))?;
            return one_of(Some(ARTICLES.id), (&self.columns, column::ID), ids, &self.budget).weight(scoring);
        }
        let best = self.searcher.search(&*self.query, &Best(self.budget.clone(), self.columns.clone()))?;
        Ok(Box::new(Ranked { best, columns: self.columns.clone(), budget: self.budget.clone() }))
    }
}

/// The best score of each article, by its id.
type Scores = HashMap<u64, Score, BuildHasherDefault<AsItIs>>;

struct Ranked {
    best: Scores,
    columns: Columns,
    budget: Budget,
}

impl Weight for Ranked {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        if !self.budget.spend(segment.max_doc() as usize) {
            return Ok(Box::new(EmptyScorer));
        }
        let ids = self.columns.u64(segment, column::ID)?;
        let score = |doc: DocId| Some((doc, self.best.get(&ids.first(doc)?)? * boost));
        let found = (0..segment.max_doc()).filter_map(score).collect();
        Ok(Box::new(Scored { found, at: 0 }))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(segment, 1.0)?;
        if scorer.doc() <= doc && scorer.seek(doc) == doc {
            return Ok(Explanation::new("the best of its quotations", scorer.score()));
        }
        Err(TantivyError::InvalidArgument(format!("record {doc} does not match")))
    }
}

/// Records in order, with their scores.
struct Scored {
    found: Vec<(DocId, Score)>,
    at: usize,
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

/// Gathers the best score of each article.
struct Best(Budget, Columns);

impl Collector for Best {
    type Fruit = Scores;
    type Child = BestOfSegment;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<BestOfSegment> {
        let articles = self.1.u64(segment, column::ARTICLE)?;
        Ok(BestOfSegment { articles, found: Vec::new(), budget: self.0.clone() })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, fruits: Vec<Vec<(u64, Score)>>) -> tantivy::Result<Scores> {
        let mut best = Scores::default();
        for (id, score) in fruits.into_iter().flatten() {
            let most = best.entry(id).or_insert(score);
            *most = most.max(score);
        }
        Ok(best)
    }
}

struct BestOfSegment {
    articles: Column<u64>,
    found: Vec<(u64, Score)>,
    budget: Budget,
}

impl SegmentCollector for BestOfSegment {
    type Fruit = Vec<(u64, Score)>;

    fn collect(&mut self, doc: DocId, score: Score) {
        let Some(article) = self.articles.first(doc) else { return };
        // The quotations of an article lie side by side.
        match self.found.last_mut() {
            Some((last, most)) if *last == article => *most = most.max(score),
            _ if self.budget.keep_ids(2) => self.found.push((article, score)),
            _ => {}
        }
    }

    fn harvest(self) -> Vec<(u64, Score)> {
        self.found
    }
}
