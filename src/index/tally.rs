//! The records that hold any of many terms: their lists are read in windows, each list through a window at once.
//!
//! Nothing is asked of places, so nobody needs the lists at one and the same record; and a list that is read on for a while is
//! read many times as fast as one of hundreds that take turns.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::query::{Bm25Weight, Scorer};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, InvertedIndexReader, Score, TERMINATED};

use super::budget::Budget;

/// Records of the first window, and of one that is opened far behind the last.
const NARROW: u32 = 1 << 10;

/// The next window of a walk through all records is so many times as wide as the one before.
const WIDER: u32 = 4;

/// Records of a window at most: what is kept of them is 264 KB.
const WIDEST: u32 = 64 << 10;

/// What scores are reckoned from.
pub(super) type Scoring = (Bm25Weight, FieldNormReader);

/// A walk over the records.
pub(super) struct Tally {
    /// Those that are not at their ends, behind the window.
    lists: Vec<SegmentPostings>,
    /// The first record of the window, how many it has, and how few and how many it may have.
    start: DocId,
    window: u32,
    narrow: u32,
    widest: u32,
    /// A bit for each record of the window that holds any term.
    holds: Vec<u64>,
    /// How often the terms stand in each, where that is asked; both are zero behind the window.
    frequencies: Vec<u32>,
    doc: DocId,
    most: u32,
    scoring: Option<Scoring>,
    budget: Budget,
}

impl Tally {
    /// A walk over these lists of a segment of so many records, at its first record.
    pub(super) fn open(
        index: &InvertedIndexReader,
        (listed, records): (&[TermInfo], u32),
        scoring: Option<Scoring>,
        budget: &Budget,
    ) -> tantivy::Result<Self> {
        Self::open_by((NARROW, WIDEST.min(records)), index, listed, scoring, budget)
    }

    fn open_by(
        (narrow, widest): (u32, u32),
        index: &InvertedIndexReader,
        listed: &[TermInfo],
        scoring: Option<Scoring>,
        budget: &Budget,
    ) -> tantivy::Result<Self> {
        let option = if scoring.is_some() { IndexRecordOption::WithFreqs } else { IndexRecordOption::Basic };
        let mut lists = Vec::with_capacity(listed.len());
        for list in listed {
            lists.push(index.read_postings_from_terminfo(list, option)?);
        }
        let most = listed.iter().fold(0_u32, |sum, list| sum.saturating_add(list.doc_freq));
        let mut tally = Self {
            lists,
            start: 0,
            holds: vec![0; widest.div_ceil(64) as usize],
            frequencies: vec![0; if scoring.is_some() { widest as usize } else { 0 }],
            window: narrow.min(widest),
            narrow: narrow.min(widest),
            widest,
            doc: 0,
            most,
            scoring,
            budget: budget.clone(),
        };
        tally.fill(0);
        Ok(tally)
    }

    /// Fills the window, which is empty, with the first records from `target` on, and goes to the first of them.
    fn fill(&mut self, target: DocId) {
        self.start = TERMINATED;
        self.lists.retain_mut(|list| {
            let doc = if list.doc() < target { list.seek(target) } else { list.doc() };
            self.start = self.start.min(doc);
            doc != TERMINATED
        });
        let end = self.start.saturating_add(self.window).min(TERMINATED);
        let mut steps = self.lists.len();
        for list in &mut self.lists {
            let mut doc = list.doc();
            while doc < end {
                let at = doc - self.start;
                if let Some(bits) = self.holds.get_mut((at / 64) as usize) {
                    *bits |= 1 << (at % 64);
                }
                if self.scoring.is_some()
                    && let Some(frequency) = self.frequencies.get_mut(at as usize)
                {
                    *frequency = frequency.saturating_add(list.term_freq());
                }
                doc = list.advance();
                steps += 1;
            }
        }
        if !self.budget.spend(steps) {
            self.lists.clear();
            self.empty();
        }
        self.doc = self.first_from(self.start).unwrap_or(TERMINATED);
    }

    fn empty(&mut self) {
        self.holds.iter_mut().take(self.window.div_ceil(64) as usize).for_each(|bits| *bits = 0);
        self.frequencies.iter_mut().take(self.window as usize).for_each(|frequency| *frequency = 0);
    }

    /// The first record of the window from `target` on, which lies in it.
    fn first_from(&self, target: DocId) -> Option<DocId> {
        let at = target.checked_sub(self.start).filter(|at| *at < self.window)?;
        let (first, above) = (at / 64, u64::MAX << (at % 64));
        let mut rest = (first..).zip(self.holds.get(first as usize..)?);
        let begun = rest.next().map(|(number, bits)| (number, bits & above)).filter(|(_, bits)| *bits != 0);
        let (number, bits) =
            begun.or_else(|| rest.map(|(number, bits)| (number, *bits)).find(|(_, bits)| *bits != 0))?;
        Some(self.start + number * 64 + bits.trailing_zeros())
    }
}

impl DocSet for Tally {
    fn advance(&mut self) -> DocId {
        match self.doc {
            TERMINATED => TERMINATED,
            doc => self.seek(doc + 1),
        }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        match self.first_from(target) {
            Some(doc) => self.doc = doc,
            None => {
                self.empty();
                // Whoever asks for what is right behind asks for all.
                let goes_on = target.checked_sub(self.start).is_some_and(|ahead| ahead <= self.window);
                self.window = if goes_on { self.window.saturating_mul(WIDER).min(self.widest) } else { self.narrow };
                self.fill(target);
            }
        }
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.most
    }
}

impl Scorer for Tally {
    fn score(&mut self) -> Score {
        let Some((bm25, norms)) = &self.scoring else { return 0.0 };
        let at = self.doc.checked_sub(self.start);
        let frequency = at.and_then(|at| self.frequencies.get(at as usize)).copied().unwrap_or_default();
        bm25.score(norms.fieldnorm_id(self.doc), frequency.max(1))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tantivy::schema::{Schema, TEXT};
    use tantivy::{Index, Searcher, TantivyDocument, Term};

    use super::*;

    /// An index of one segment, of which each record holds these words.
    fn indexed(records: &[String]) -> tantivy::Result<Searcher> {
        let mut schema = Schema::builder();
        let field = schema.add_text_field("words", TEXT);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 16 << 20)?;
        for record in records {
            let mut document = TantivyDocument::default();
            document.add_text(field, record);
            writer.add_document(document)?;
        }
        writer.commit()?;
        Ok(index.reader()?.searcher())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn all_records_are_found_with_how_often_they_hold_a_term(
            records in prop::collection::vec("([a-e] ){0,3}", 1..200),
            (narrow, widest) in (1_u32..40, 1_u32..130),
            steps in prop::collection::vec(1_u32..90, 0..6),
        ) {
            let searcher = indexed(&records).expect("memory takes everything");
            let segment = searcher.segment_reader(0);
            let field = searcher.schema().get_field("words").expect("it has one");
            let index = segment.inverted_index(field).expect("it has one");
            let terms = ["a", "b", "c", "f"].map(|word| Term::from_field_text(field, word));
            let listed: Vec<TermInfo> =
                terms.iter().filter_map(|term| index.get_term_info(term).expect("it can be read")).collect();
            let norms = segment.get_fieldnorms_reader(field).expect("it has them");
            let bm25 = Bm25Weight::for_one_term(3, 9, 2.0);
            let open = |scoring| {
                Tally::open_by((narrow, widest), &index, &listed, scoring, &Budget::new()).expect("it can be read")
            };
            let frequency =
                |record: &String| record.split(' ').filter(|word| matches!(*word, "a" | "b" | "c")).fold(0, |all, _| all + 1);
            let expected: Vec<(DocId, u32)> =
                (0..).zip(&records).map(|(doc, record)| (doc, frequency(record))).filter(|(_, all)| *all > 0).collect();
            let mut tally = open(Some((bm25.clone(), norms.clone())));
            for (doc, frequency) in &expected {
                prop_assert_eq!(tally.doc(), *doc);
                prop_assert_eq!(tally.score(), bm25.score(norms.fieldnorm_id(*doc), *frequency));
                tally.advance();
            }
            prop_assert_eq!(tally.doc(), TERMINATED);
            prop_assert_eq!(tally.advance(), TERMINATED);
            let mut tally = open(None);
            for step in steps {
                let target = tally.doc().saturating_add(step).min(TERMINATED);
                let next = expected.iter().map(|(doc, _)| *doc).find(|doc| *doc >= target);
                prop_assert_eq!(tally.seek(target), next.unwrap_or(TERMINATED));
            }
        }
    }
}
