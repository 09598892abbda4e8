//! Words that need no look into a text: what the engine itself answers, without a visit to records that cannot be among the best.
//!
//! A word may be several terms (its spellings, and its stem). Each of them weighs as the word does, by how many records hold
//! any of them.

use std::collections::BTreeMap;

use tantivy::Term;
use tantivy::query::{
    Bm25StatisticsProvider, BooleanQuery, ConstScoreQuery, EmptyQuery, EnableScoring, Query, TermQuery, Weight,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::budget::Budget;

/// More terms than this for one word are not looked up one by one.
pub(super) const FEW: usize = 16;

/// What a record of a list costs: the engine takes whole blocks of them.
const STEPS_SHARE: u64 = 8;

/// Records that hold any of some words.
#[derive(Clone, Debug)]
pub(super) struct Words {
    /// Of each word its terms.
    pub(super) words: Vec<Vec<Term>>,
    /// Whether records differ in rank by them.
    pub(super) ranked: bool,
    pub(super) budget: Budget,
}

impl Words {
    /// The terms that the index has, and how many records hold the word that each belongs to.
    fn known(&self, scoring: &EnableScoring<'_>) -> tantivy::Result<BTreeMap<Term, u64>> {
        let mut all = BTreeMap::new();
        for word in &self.words {
            let known = known(word, scoring)?;
            let records: u64 = known.iter().map(|(_, count)| count).sum();
            for (term, count) in known {
                let most = all.entry(term).or_insert(records);
                *most = records.max(*most);
                self.budget.spend(usize::try_from(1 + count / STEPS_SHARE).unwrap_or(usize::MAX));
            }
        }
        Ok(all)
    }
}

/// Those of these terms that the index has, each with how many records hold it.
pub(super) fn known(terms: &[Term], scoring: &EnableScoring<'_>) -> tantivy::Result<Vec<(Term, u64)>> {
    let mut known = Vec::new();
    for term in terms {
        let records = match scoring {
            EnableScoring::Enabled { statistics_provider, .. } => statistics_provider.doc_freq(term)?,
            EnableScoring::Disabled { searcher_opt: Some(searcher), .. } => searcher.doc_freq(term)?,
            EnableScoring::Disabled { .. } => 1,
        };
        if records > 0 {
            known.push((term.clone(), records));
        }
    }
    Ok(known)
}

impl Query for Words {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        if !self.ranked && scoring.is_scoring_enabled() {
            return ConstScoreQuery::new(Box::new(Unscored(Box::new(self.clone()))), 0.0).weight(scoring);
        }
        let known = self.known(&scoring)?;
        let query: Box<dyn Query> = match known.len() {
            _ if !self.budget.holds() => Box::new(EmptyQuery),
            0 => Box::new(EmptyQuery),
            _ => {
                let option = if self.ranked { IndexRecordOption::WithFreqs } else { IndexRecordOption::Basic };
                let terms = known.keys().map(|term| Box::new(TermQuery::new(term.clone(), option)) as Box<dyn Query>);
                let mut terms: Vec<_> = terms.collect();
                match terms.len() {
                    1 => terms.remove(0),
                    _ => Box::new(BooleanQuery::union(terms)),
                }
            }
        };
        match scoring {
            EnableScoring::Enabled { searcher, statistics_provider } => {
                let all = Frequencies { all: statistics_provider, words: known };
                query.weight(EnableScoring::Enabled { searcher, statistics_provider: &all })
            }
            disabled => query.weight(disabled),
        }
    }
}

/// How many records hold a word, which may be several terms.
pub(super) struct Frequencies<'a> {
    pub(super) all: &'a dyn Bm25StatisticsProvider,
    pub(super) words: BTreeMap<Term, u64>,
}

impl Bm25StatisticsProvider for Frequencies<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        self.all.total_num_tokens(field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        self.all.total_num_docs()
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        let records = self.words.get(term).copied().unwrap_or_default();
        Ok(records.min(self.all.total_num_docs()?))
    }
}

/// The same records, whatever is asked of their rank.
#[derive(Debug)]
struct Unscored(Box<dyn Query>);

impl Clone for Unscored {
    fn clone(&self) -> Self {
        Self(self.0.box_clone())
    }
}

impl Query for Unscored {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        self.0.weight(match scoring {
            EnableScoring::Enabled { searcher, .. } => EnableScoring::disabled_from_searcher(searcher),
            disabled => disabled,
        })
    }
}
