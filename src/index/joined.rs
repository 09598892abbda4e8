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
use tantivy::{DocId, Score, Searcher, SegmentOrdinal, SegmentReader};

use super::budget::Budget;
use super::collect::Ids;
use super::marked::{AsItIs, one_of};
use super::opened::Columns;
use super::schema::{ARTICLES, column};
use super::scored::{Scored, explained};

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
        Ok(Box::new(Scored::new(found)))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        explained(self, segment, doc, "the best of its quotations")
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
