//! Words that need no look into a text: what the engine itself answers, without a visit to records that cannot be among the best.
//!
//! A word may be several terms (its spellings and its forms). Each of them weighs as the word does, by how many records hold
//! any of them.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use tantivy::query::{
    Bm25StatisticsProvider, BooleanQuery, ConstScoreQuery, EmptyQuery, EnableScoring, Explanation, Query, Scorer,
    TermQuery, Weight,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, Score, Searcher, SegmentReader, TantivyError, Term};

use super::budget::Budget;
use super::postings::ordinal_of;

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

/// A term that the index has.
struct Known {
    term: Term,
    /// How many records hold the word that it belongs to.
    records: u64,
    /// Of each segment, how many of its records hold the term, those among them that were deleted since.
    segments: Vec<u32>,
}

impl Words {
    /// The records with what they score.
    pub(super) fn scored(&self, searcher: &Searcher) -> tantivy::Result<WordsWeight> {
        let terms = self.known(searcher)?;
        let numbers = Numbers::of(searcher, terms.iter().map(|known| (known.term.clone(), known.records)).collect())?;
        Ok(WordsWeight { searcher: searcher.clone(), terms, scored: true, numbers })
    }

    /// The records alone.
    pub(super) fn unscored(&self, searcher: &Searcher) -> tantivy::Result<WordsWeight> {
        let (terms, numbers) = (self.known(searcher)?, Numbers::default());
        Ok(WordsWeight { searcher: searcher.clone(), terms, scored: false, numbers })
    }

    /// The terms that the index has, each once; none where that is beyond the budget.
    fn known(&self, searcher: &Searcher) -> tantivy::Result<Vec<Known>> {
        let mut all: BTreeMap<Term, Known> = BTreeMap::new();
        for word in &self.words {
            let mut known = Vec::new();
            let mut records = 0;
            for term in word {
                let mut segments = Vec::with_capacity(searcher.segment_readers().len());
                let mut found = 0;
                for segment in searcher.segment_readers() {
                    let here = segment.inverted_index(term.field())?.doc_freq(term)?;
                    segments.push(here);
                    found += u64::from(here);
                }
                self.budget.spend(usize::try_from(1 + found / STEPS_SHARE).unwrap_or(usize::MAX));
                records += found;
                if found > 0 {
                    known.push((term, segments));
                }
            }
            for (term, segments) in known {
                let known = all.entry(term.clone()).or_insert(Known { term: term.clone(), records, segments });
                known.records = known.records.max(records);
            }
        }
        Ok(if self.budget.holds() { all.into_values().collect() } else { Vec::new() })
    }
}

impl Query for Words {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        match &scoring {
            EnableScoring::Enabled { .. } if !self.ranked => {
                ConstScoreQuery::new(Box::new(Unscored(Box::new(self.clone()))), 0.0).weight(scoring)
            }
            EnableScoring::Enabled { searcher, .. } => Ok(Box::new(self.scored(searcher)?)),
            EnableScoring::Disabled { searcher_opt: Some(searcher), .. } => Ok(Box::new(self.unscored(searcher)?)),
            EnableScoring::Disabled { .. } => {
                Err(TantivyError::InvalidArgument("words are looked for without an index".to_owned()))
            }
        }
    }
}

/// What scores are reckoned from.
#[derive(Default)]
pub(super) struct Numbers {
    /// Of each term, how many records hold the word that it belongs to.
    words: BTreeMap<Term, u64>,
    /// Of each field, how many words it has.
    tokens: BTreeMap<u32, u64>,
    records: u64,
}

impl Numbers {
    /// Those of an index, where each of these terms counts as the word that it belongs to, which so many records hold.
    pub(super) fn of(index: &dyn Bm25StatisticsProvider, words: BTreeMap<Term, u64>) -> tantivy::Result<Self> {
        let mut tokens = BTreeMap::new();
        for field in words.keys().map(Term::field) {
            if let Entry::Vacant(free) = tokens.entry(field.field_id()) {
                free.insert(index.total_num_tokens(field)?);
            }
        }
        Ok(Self { words, tokens, records: index.total_num_docs()? })
    }
}

impl Bm25StatisticsProvider for Numbers {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        Ok(self.tokens.get(&field.field_id()).copied().unwrap_or_default())
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.records)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        Ok(self.words.get(term).copied().unwrap_or_default().min(self.records))
    }
}

/// The longest of some lists is about as long as the others where it is no longer than so many times all of these.
const LEVEL: u64 = 4;

/// Of each segment only the terms that it has are asked for: the engine passes over records where all are lists.
pub(super) struct WordsWeight {
    searcher: Searcher,
    terms: Vec<Known>,
    scored: bool,
    numbers: Numbers,
}

impl WordsWeight {
    /// The terms that a segment has, each with how many records hold it.
    fn here(&self, segment: &SegmentReader) -> impl Iterator<Item = (&Known, u32)> {
        let ordinal = ordinal_of(segment, &self.searcher);
        let count = move |known: &'_ Known| known.segments.get(ordinal).copied().unwrap_or(0);
        self.terms.iter().map(move |known| (known, count(known))).filter(|(_, count)| *count > 0)
    }

    /// How many records of a segment the terms have, those that hold several counted as often.
    pub(super) fn records_in(&self, segment: &SegmentReader) -> u64 {
        self.here(segment).map(|(_, count)| u64::from(count)).sum()
    }

    /// Whether the lists of a segment are about as long as one another. Then the engine, which looks for the best, passes over too
    /// few records to pay for the choice, and to look at all of them takes half the time.
    fn is_level(&self, segment: &SegmentReader) -> bool {
        let (lists, longest, all) = self.here(segment).fold((0, 0, 0_u64), |(lists, longest, all), (_, count)| {
            (lists + 1, u64::from(count).max(longest), all + u64::from(count))
        });
        lists > 2 && longest <= LEVEL * (all - longest)
    }

    fn of(&self, segment: &SegmentReader) -> tantivy::Result<Box<dyn Weight>> {
        let here = self.here(segment).map(|(known, _)| known);
        let option = if self.scored { IndexRecordOption::WithFreqs } else { IndexRecordOption::Basic };
        let query = |known: &Known| Box::new(TermQuery::new(known.term.clone(), option)) as Box<dyn Query>;
        let mut queries: Vec<Box<dyn Query>> = here.map(query).collect();
        let query = match queries.len() {
            0 => Box::new(EmptyQuery),
            1 => queries.remove(0),
            _ => Box::new(BooleanQuery::union(queries)),
        };
        query.weight(match self.scored {
            true => EnableScoring::Enabled { searcher: &self.searcher, statistics_provider: &self.numbers },
            false => EnableScoring::disabled_from_searcher(&self.searcher),
        })
    }
}

impl Weight for WordsWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        self.of(segment)?.scorer(segment, boost)
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.of(segment)?.explain(segment, doc)
    }

    fn count(&self, segment: &SegmentReader) -> tantivy::Result<u32> {
        let mut here = self.here(segment);
        match (here.next(), here.next()) {
            (None, _) => Ok(0),
            (Some((_, count)), None) if !segment.has_deletes() => Ok(count),
            _ => self.of(segment)?.count(segment),
        }
    }

    fn for_each(&self, segment: &SegmentReader, callback: &mut dyn FnMut(DocId, Score)) -> tantivy::Result<()> {
        self.of(segment)?.for_each(segment, callback)
    }

    fn for_each_no_score(&self, segment: &SegmentReader, callback: &mut dyn FnMut(&[DocId])) -> tantivy::Result<()> {
        self.of(segment)?.for_each_no_score(segment, callback)
    }

    fn for_each_pruning(
        &self,
        threshold: Score,
        segment: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score) -> Score,
    ) -> tantivy::Result<()> {
        if self.is_level(segment) {
            let mut threshold = threshold;
            return self.for_each(segment, &mut |doc, score| {
                if score > threshold {
                    threshold = callback(doc, score);
                }
            });
        }
        self.of(segment)?.for_each_pruning(threshold, segment, callback)
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
