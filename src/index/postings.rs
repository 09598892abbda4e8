//! The records that hold any of several terms, with their places: the lists of the engine, read side by side.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, InvertedIndexReader, Searcher, SegmentReader, TERMINATED, Term};

use super::budget::Budget;

/// So few lists are looked at one by one.
const FEW: usize = 4;

/// A word as an index knows it: where the lists of its terms are.
#[derive(Debug)]
pub(super) struct Listed {
    /// One of its terms, which stands for it.
    pub(super) name: Option<Term>,
    /// Of each segment those that it has, the longest first: most records are in it.
    segments: Vec<Vec<TermInfo>>,
}

impl Listed {
    /// Of a word that has been looked up: of each segment, the lists of its terms.
    pub(super) fn found(name: Option<Term>, mut segments: Vec<Vec<TermInfo>>) -> Self {
        segments.iter_mut().for_each(|lists| lists.sort_by_key(|list| Reverse(list.doc_freq)));
        Self { name, segments }
    }

    /// Looks up the terms of a word.
    pub(super) fn of(searcher: &Searcher, field: Field, terms: &[Term]) -> tantivy::Result<Self> {
        let mut segments = Vec::with_capacity(searcher.segment_readers().len());
        for segment in searcher.segment_readers() {
            let index = segment.inverted_index(field)?;
            let mut lists = Vec::new();
            for term in terms {
                lists.extend(index.get_term_info(term)?);
            }
            segments.push(lists);
        }
        Ok(Self::found(terms.first().cloned(), segments))
    }

    /// How many records the lists have together, those among them that were deleted since.
    pub(super) fn records(&self) -> u64 {
        self.segments.iter().flatten().map(|list| u64::from(list.doc_freq)).sum()
    }

    /// Those of the segment of this number.
    pub(super) fn within(&self, segment: usize) -> &[TermInfo] {
        self.segments.get(segment).map_or(&[], Vec::as_slice)
    }
}

/// The number of a segment among those of its index.
pub(super) fn ordinal_of(segment: &SegmentReader, searcher: &Searcher) -> usize {
    let ids = searcher.segment_readers().iter().map(SegmentReader::segment_id);
    ids.take_while(|id| *id != segment.segment_id()).count()
}

/// Several lists as one, moved forwards only.
pub(super) struct Union {
    /// The longest first.
    lists: Vec<SegmentPostings>,
    /// Where there are many: those that stand behind the current record, by the record where they stand; but for the longest, which
    /// would come and go all the time.
    ahead: BinaryHeap<Reverse<(DocId, usize)>>,
    /// Those that stand at it.
    here: Vec<usize>,
    doc: DocId,
    budget: Budget,
}

impl Union {
    /// These lists of a segment, the longest first, at their first record.
    pub(super) fn open(
        index: &InvertedIndexReader,
        listed: &[TermInfo],
        option: IndexRecordOption,
        budget: &Budget,
    ) -> tantivy::Result<Self> {
        let mut lists = Vec::with_capacity(listed.len());
        for list in listed {
            lists.push(index.read_postings_from_terminfo(list, option)?);
        }
        let ahead = match lists.len() {
            ..=FEW => BinaryHeap::new(),
            _ => lists.iter().enumerate().skip(1).map(|(at, list)| Reverse((list.doc(), at))).collect(),
        };
        let mut union = Self { lists, ahead, here: Vec::new(), doc: TERMINATED, budget: budget.clone() };
        union.settle();
        Ok(union)
    }

    /// How many records the lists have together.
    pub(super) fn size(&self) -> u32 {
        self.lists.iter().fold(0, |sum, list| sum.saturating_add(list.doc_freq()))
    }

    pub(super) fn doc(&self) -> DocId {
        self.doc
    }

    /// The first record from `target` on; the end where the budget is.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        // The most common case: `here` stays as it is.
        if let [list] = self.lists.as_mut_slice() {
            self.doc = move_to(list, target);
            if !self.budget.spend(2) {
                self.lists.clear();
                self.doc = TERMINATED;
            }
            return self.doc;
        }
        if self.lists.len() <= FEW {
            for list in self.lists.iter_mut().filter(|list| list.doc() < target) {
                move_to(list, target);
            }
            if !self.budget.spend(2 + self.lists.len() / 2) {
                self.lists.clear();
            }
            self.settle();
            return self.doc;
        }
        let mut steps = 1;
        while let Some(at) = self.here.pop() {
            let Some(list) = self.lists.get_mut(at) else { continue };
            let doc = move_to(list, target);
            if at > 0 && doc != TERMINATED {
                self.ahead.push(Reverse((doc, at)));
            }
            steps += 1;
        }
        if let Some(longest) = self.lists.first_mut().filter(|longest| longest.doc() < target) {
            move_to(longest, target);
        }
        while let Some(mut next) = self.ahead.peek_mut()
            && next.0.0 < target
        {
            let Some(list) = self.lists.get_mut(next.0.1) else { break };
            match move_to(list, target) {
                TERMINATED => {
                    PeekMut::pop(next);
                }
                doc => next.0.0 = doc,
            }
            steps += 2;
        }
        if !self.budget.spend(steps) {
            self.ahead.clear();
            self.lists.clear();
        }
        self.settle();
        self.doc
    }

    /// Takes the nearest record as the current one.
    fn settle(&mut self) {
        if self.lists.len() <= FEW {
            self.doc = self.lists.iter().map(SegmentPostings::doc).min().unwrap_or(TERMINATED);
            self.here.clear();
            if self.doc != TERMINATED {
                let here = (0..).zip(&self.lists).filter(|(_, list)| list.doc() == self.doc);
                self.here.extend(here.map(|(at, _)| at));
            }
            return;
        }
        let longest = self.lists.first().map_or(TERMINATED, SegmentPostings::doc);
        self.doc = self.ahead.peek().map_or(TERMINATED, |Reverse((doc, _))| *doc).min(longest);
        if self.doc == TERMINATED {
            return;
        }
        if self.doc == longest {
            self.here.push(0);
        }
        while let Some(&Reverse((doc, at))) = self.ahead.peek()
            && doc == self.doc
        {
            self.ahead.pop();
            self.here.push(at);
        }
    }

    /// Adds the places of the terms in the current record, in order, each once.
    pub(super) fn places(&mut self, into: &mut Vec<u32>) {
        let begin = into.len();
        for at in &self.here {
            if let Some(list) = self.lists.get_mut(*at) {
                list.append_positions_with_offset(0, into);
            }
        }
        if self.here.len() > 1 {
            let mut places = into.split_off(begin);
            places.sort_unstable();
            places.dedup();
            into.append(&mut places);
        }
        self.budget.spend(8 + (into.len() - begin) / 2);
    }
}

fn move_to(list: &mut SegmentPostings, target: DocId) -> DocId {
    if list.doc() + 1 == target { list.advance() } else { list.seek(target) }
}
