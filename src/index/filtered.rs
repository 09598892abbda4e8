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

/// The clauses of an AND.
pub(super) type Clauses = Vec<Clause>;

type Clause = (Occur, Box<dyn Query>);

/// To go from one record of a short list to the next, and to ask for the words there, costs as much as so many records of theirs.
const STEP: u64 = 2;

/// Records that hold words and pass all tests: those of `Must`, and none of `MustNot`.
#[derive(Debug)]
pub(super) struct Filtered {
    words: Words,
    tests: Clauses,
}

impl Clone for Filtered {
    fn clone(&self) -> Self {
        Self { words: self.words.clone(), tests: self.copies() }
    }
}

impl Filtered {
    /// An AND of ranked words and such tests, of which nothing else ranks; the clauses as they were, where they are anything else.
    pub(super) fn of(mut clauses: Clauses) -> Result<Self, Clauses> {
        let Some((at, words)) = clauses.iter().enumerate().find_map(|(at, clause)| Some((at, ranked_words(clause)?)))
        else {
            return Err(clauses);
        };
        let words = words.clone();
        let others_test = clauses.iter().enumerate().all(|(other, clause)| other == at || is_test(clause));
        if clauses.len() < 2 || !others_test {
            return Err(clauses);
        }
        clauses.remove(at);
        Ok(Self { words, tests: clauses })
    }

    fn copies(&self) -> Clauses {
        self.tests.iter().map(|(occur, test)| (*occur, test.box_clone())).collect()
    }

    /// The same as the engine puts it.
    fn whole(&self) -> BooleanQuery {
        let words: Clause = (Occur::Must, Box::new(self.words.clone()));
        BooleanQuery::new([words].into_iter().chain(self.copies()).collect())
    }

    fn parts(&self, searcher: &Searcher) -> tantivy::Result<Parts> {
        let test = |(occur, query): &Clause| {
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

/// The words of a clause that ranks by them.
fn ranked_words((occur, query): &Clause) -> Option<&Words> {
    query.downcast_ref::<Words>().filter(|words| *occur == Occur::Must && words.ranked)
}

/// Whether a clause ranks nothing and can be asked of single records at once.
fn is_test(clause: &Clause) -> bool {
    let query = match clause.0 {
        Occur::Must => Some(&*clause.1),
        Occur::MustNot => of_denied(&*clause.1),
        Occur::Should => None,
    };
    query.is_some_and(|query| query.is::<Words>() || query.is::<Asked>()) && ranked_words(clause).is_none()
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

#[cfg(test)]
mod tests {
    use tantivy::Term;
    use tantivy::query::{ConstScoreQuery, EmptyQuery};
    use tantivy::schema::Field;

    use super::super::budget::Budget;
    use super::super::denied::denied;
    use super::super::marked::everything;
    use super::*;

    fn words(ranked: bool) -> Box<dyn Query> {
        let terms = vec![Term::from_field_text(Field::from_field_id(0), "tide")];
        Box::new(Words { words: vec![terms], ranked, budget: Budget::new() })
    }

    fn asked() -> Box<dyn Query> {
        everything(&Budget::new())
    }

    #[test]
    fn words_with_tests_are_filtered_and_nothing_else_is() {
        use Occur::{Must, MustNot};
        let filtered = |clauses: Clauses| {
            let many = clauses.len();
            match Filtered::of(clauses) {
                Ok(filtered) => {
                    assert!(filtered.words.ranked && filtered.tests.len() == many - 1);
                    true
                }
                Err(clauses) => {
                    assert_eq!(clauses.len(), many, "none is lost");
                    false
                }
            }
        };
        assert!(filtered(vec![(Must, words(true)), (Must, asked())]));
        assert!(filtered(vec![(Must, words(false)), (MustNot, denied(asked())), (Must, words(true))]));
        assert!(filtered(vec![(MustNot, denied(words(true))), (Must, words(true))]), "what is denied does not rank");
        assert!(!filtered(vec![(Must, words(true))]), "there is no test");
        assert!(!filtered(vec![(Must, words(false)), (Must, asked())]), "nothing is ranked");
        assert!(!filtered(vec![(Must, words(true)), (Must, words(true))]), "both are ranked");
        assert!(!filtered(vec![(MustNot, denied(words(true))), (Must, asked())]), "nothing is ranked");
        let listed = || Box::new(ConstScoreQuery::new(Box::new(EmptyQuery), 0.0));
        assert!(!filtered(vec![(Must, words(true)), (Must, listed())]), "it may be a short list");
        assert!(!filtered(vec![(Must, words(true)), (Must, asked()), (MustNot, denied(listed()))]));
    }
}
