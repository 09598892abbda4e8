//! What is gathered from the records that match: the first in an order, their ids, or how many each speaker has.

use std::cell::RefCell;
use std::collections::{BTreeMap, BinaryHeap};

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::query::{Scorer, Weight};
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader, i64_to_u64};

use super::ask::Sort;
use super::budget::Budget;
use super::opened::Columns;
use super::schema::column;

/// Later than every day.
pub(super) const UNDATED: u64 = u64::MAX;

/// Bits of a score that make no difference: what is left of it are eleven bits behind the first, half a thousandth of it.
const ROUGH: u32 = 12;

/// The place of a score among others: the smaller, the better.
pub(super) fn rank_of(score: Score) -> u64 {
    u64::from(!(score.max(0.0).to_bits() >> ROUGH))
}

/// The score that stands for all of that rank.
pub(super) fn score_of(rank: u64) -> Score {
    Score::from_bits(u32::try_from(rank).map_or(0, |rank| !rank) << ROUGH)
}

/// Below all scores of that rank, though their `addends` were added up in another order.
pub(super) fn floor_of(rank: u64, addends: u32) -> Score {
    let bits = score_of(rank).to_bits();
    if bits <= addends { Score::MIN } else { Score::from_bits(bits - addends - 1) }
}

/// Whether the same addends, added up in another order, could be of the next rank. Two are the same in any order; each further one
/// changes the last bit at most.
fn is_on_the_edge(score: Score, addends: u32) -> bool {
    let rest = score.to_bits() & ((1 << ROUGH) - 1);
    addends > 2 && !(addends..(1 << ROUGH) - addends.min(1 << ROUGH)).contains(&rest)
}

/// Ranks the matches of one segment, which come in order.
///
/// A score is a sum, and the engine adds it up in this or that order. It is compared to so many bits as make no difference of that;
/// where it is at the edge between two ranks, the record is asked for once more, by a scorer that is moved to such records only.
pub(super) struct Ranker<'a> {
    weight: &'a dyn Weight,
    segment: &'a SegmentReader,
    /// Of how many addends a score is the sum at most.
    addends: u32,
    again: RefCell<Option<Box<dyn Scorer>>>,
}

impl<'a> Ranker<'a> {
    pub(super) fn new(weight: &'a dyn Weight, segment: &'a SegmentReader, addends: u32) -> Self {
        Self { weight, segment, addends, again: RefCell::new(None) }
    }

    /// The rank of a record that has this score: the smaller, the better.
    pub(super) fn rank(&self, doc: DocId, score: Score) -> u64 {
        if !is_on_the_edge(score, self.addends) {
            return rank_of(score);
        }
        // Where it cannot be read again, the search itself has failed or will.
        rank_of(self.again(doc).ok().flatten().unwrap_or(score))
    }

    /// The best rank that a record of this score can have.
    pub(super) fn at_best(&self, score: Score) -> u64 {
        match is_on_the_edge(score, self.addends) {
            true => rank_of(Score::from_bits(score.max(0.0).to_bits().saturating_add(self.addends))),
            false => rank_of(score),
        }
    }

    fn again(&self, doc: DocId) -> tantivy::Result<Option<Score>> {
        let mut held = self.again.borrow_mut();
        let scorer = match held.as_mut() {
            Some(scorer) => scorer,
            None => held.insert(self.weight.scorer(self.segment, 1.0)?),
        };
        let found = scorer.doc() == doc || scorer.doc() < doc && scorer.seek(doc) == doc;
        Ok(found.then(|| scorer.score()))
    }
}

/// A record that matches, with all that its place in the order depends on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Row {
    /// What the order is by first; the larger the later.
    pub(super) primary: u64,
    /// Newest first.
    pub(super) newest: u64,
    pub(super) id: u64,
    pub(super) address: DocAddress,
    /// The bits of its score.
    pub(super) score: u32,
}

impl Row {
    pub(super) fn score(&self) -> f32 {
        f32::from_bits(self.score)
    }
}

/// Gathers the first `most` records in the order `sort`, and counts all.
pub(super) struct First {
    pub(super) most: usize,
    pub(super) sort: Sort,
    /// Of each segment, the places of the texts that the order is by.
    pub(super) places: Vec<Vec<u64>>,
    pub(super) columns: Columns,
}

impl Collector for First {
    type Fruit = (Vec<Row>, u64);
    type Child = FirstOfSegment;

    fn for_segment(&self, ordinal: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<FirstOfSegment> {
        let text = match self.sort {
            Sort::Outlet => self.columns.text(segment, column::OUTLET)?,
            Sort::Speaker => self.columns.text(segment, column::SPEAKER)?,
            Sort::Score | Sort::Date | Sort::DateDescending | Sort::Id => None,
        };
        let (most, sort) = (self.most, self.sort);
        let keys = Keys::open(&self.columns, segment)?;
        let text = text.zip(self.places.get(ordinal as usize).cloned());
        Ok(FirstOfSegment { most, sort, ordinal, keys, text, first: BinaryHeap::new(), total: 0, found: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        self.sort == Sort::Score
    }

    fn merge_fruits(&self, fruits: Vec<tantivy::Result<(Vec<Row>, u64)>>) -> tantivy::Result<(Vec<Row>, u64)> {
        let (mut rows, mut total) = (Vec::new(), 0);
        for fruit in fruits {
            let (more, count) = fruit?;
            rows.extend(more);
            total += count;
        }
        rows.sort_unstable();
        rows.truncate(self.most);
        Ok((rows, total))
    }
}

/// The columns that every order needs.
pub(super) struct Keys {
    ids: Column<u64>,
    /// None where no record of the segment has a date.
    days: Option<Column<i64>>,
}

impl Keys {
    pub(super) fn open(columns: &Columns, segment: &SegmentReader) -> tantivy::Result<Self> {
        Ok(Self { ids: columns.u64(segment, column::ID)?, days: columns.i64(segment, column::FIRST_DAY)? })
    }

    pub(super) fn id(&self, doc: DocId) -> u64 {
        self.ids.first(doc).unwrap_or_default()
    }

    pub(super) fn day(&self, doc: DocId) -> Option<u64> {
        self.days.as_ref()?.first(doc).map(i64_to_u64)
    }
}

/// Primary, newest, id, document, score.
type Key = (u64, u64, u64, DocId, u32);

pub(super) struct FirstOfSegment {
    most: usize,
    sort: Sort,
    ordinal: SegmentOrdinal,
    keys: Keys,
    /// What the order is by, with the place of each text.
    text: Option<(StrColumn, Vec<u64>)>,
    /// The last of them on top.
    first: BinaryHeap<Key>,
    total: u64,
    /// Room for days.
    found: Vec<Option<i64>>,
}

impl SegmentCollector for FirstOfSegment {
    type Fruit = tantivy::Result<(Vec<Row>, u64)>;

    fn collect(&mut self, doc: DocId, score: Score) {
        self.total += 1;
        if self.most == 0 {
            return;
        }
        let day = self.keys.day(doc);
        let primary = match self.sort {
            Sort::Score => 0,
            Sort::Date => day.unwrap_or(UNDATED),
            Sort::DateDescending | Sort::Id => 0,
            Sort::Outlet | Sort::Speaker => {
                let place = self.text.as_ref().and_then(|(text, places)| {
                    let ordinal = text.ords().first(doc)?;
                    places.get(usize::try_from(ordinal).ok()?).copied()
                });
                place.unwrap_or(u64::MAX)
            }
        };
        let newest = if self.sort == Sort::Id { 0 } else { day.map_or(UNDATED, |day| !day) };
        if self.first.len() < self.most {
            self.first.push((primary, newest, self.keys.id(doc), doc, score.to_bits()));
            return;
        }
        if let Some(mut last) = self.first.peek_mut()
            && (primary, newest) <= (last.0, last.1)
        {
            let key = (primary, newest, self.keys.id(doc), doc, score.to_bits());
            if key < *last {
                *last = key;
            }
        }
    }

    fn collect_block(&mut self, docs: &[DocId]) {
        // Most records of a long list come behind those that are already kept: their days are looked at together.
        let full = self.first.len() >= self.most;
        let (Some(days), Sort::Date | Sort::DateDescending, true) = (&self.keys.days, self.sort, full) else {
            docs.iter().for_each(|&doc| self.collect(doc, 0.0));
            return;
        };
        let mut found = std::mem::take(&mut self.found);
        found.resize(docs.len(), None);
        days.first_vals(docs, &mut found);
        for (&doc, day) in docs.iter().zip(&found) {
            let day = day.map(i64_to_u64);
            let newest = day.map_or(UNDATED, |day| !day);
            let primary = if self.sort == Sort::Date { day.unwrap_or(UNDATED) } else { 0 };
            match self.first.peek() {
                Some(last) if (primary, newest) <= (last.0, last.1) => self.collect(doc, 0.0),
                Some(_) => self.total += 1,
                None => self.collect(doc, 0.0),
            }
        }
        self.found = found;
    }

    fn harvest(self) -> Self::Fruit {
        let mut rows = Vec::with_capacity(self.first.len());
        for (primary, newest, id, doc, score) in self.first {
            rows.push(Row { primary, newest, id, address: DocAddress::new(self.ordinal, doc), score });
        }
        Ok((rows, self.total))
    }
}

/// The rows of records that the engine has ranked, in order.
pub(super) fn ranked_rows(
    segments: &[SegmentReader],
    columns: &Columns,
    ranked: &[(Score, DocAddress)],
) -> tantivy::Result<Vec<Row>> {
    let mut keys: BTreeMap<SegmentOrdinal, Keys> = BTreeMap::new();
    let mut rows = Vec::with_capacity(ranked.len());
    for &(score, address) in ranked {
        let Some(segment) = segments.get(address.segment_ord as usize) else { continue };
        let keys = match keys.entry(address.segment_ord) {
            std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
            std::collections::btree_map::Entry::Vacant(entry) => entry.insert(Keys::open(columns, segment)?),
        };
        rows.push(Row {
            primary: rank_of(score),
            newest: keys.day(address.doc_id).map_or(UNDATED, |day| !day),
            id: keys.id(address.doc_id),
            address,
            score: score.to_bits(),
        });
    }
    rows.sort_unstable();
    Ok(rows)
}

/// Gathers the values of an id's column, each once, in order.
pub(super) struct Ids(pub(super) &'static str, pub(super) Budget, pub(super) Columns);

impl Collector for Ids {
    type Fruit = Vec<u64>;
    type Child = IdsOfSegment;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<IdsOfSegment> {
        Ok(IdsOfSegment { column: self.2.u64(segment, self.0)?, ids: Vec::new(), budget: self.1.clone() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<Vec<u64>>) -> tantivy::Result<Vec<u64>> {
        let mut ids = fruits.concat();
        ids.sort_unstable();
        ids.dedup();
        Ok(ids)
    }
}

pub(super) struct IdsOfSegment {
    column: Column<u64>,
    ids: Vec<u64>,
    budget: Budget,
}

impl SegmentCollector for IdsOfSegment {
    type Fruit = Vec<u64>;

    fn collect(&mut self, doc: DocId, _: Score) {
        // The quotations of an article lie side by side.
        let id = self.column.first(doc);
        if id != self.ids.last().copied() && self.budget.keep_ids(1) {
            self.ids.extend(id);
        }
    }

    fn harvest(self) -> Vec<u64> {
        self.ids
    }
}

/// Counts the records of each speaker.
pub(super) struct Speakers(pub(super) Columns);

impl Collector for Speakers {
    type Fruit = BTreeMap<String, u64>;
    type Child = SpeakersOfSegment;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SpeakersOfSegment> {
        Ok(SpeakersOfSegment { names: self.0.text(segment, column::SPEAKER)?, counts: BTreeMap::new() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<tantivy::Result<Vec<(String, u64)>>>) -> tantivy::Result<BTreeMap<String, u64>> {
        let mut all = BTreeMap::new();
        for fruit in fruits {
            for (name, count) in fruit? {
                *all.entry(name).or_default() += count;
            }
        }
        Ok(all)
    }
}

pub(super) struct SpeakersOfSegment {
    names: Option<StrColumn>,
    counts: BTreeMap<u64, u64>,
}

impl SegmentCollector for SpeakersOfSegment {
    type Fruit = tantivy::Result<Vec<(String, u64)>>;

    fn collect(&mut self, doc: DocId, _: Score) {
        if let Some(name) = self.names.as_ref().and_then(|names| names.ords().first(doc)) {
            *self.counts.entry(name).or_default() += 1;
        }
    }

    fn harvest(self) -> Self::Fruit {
        let Some(names) = self.names else { return Ok(Vec::new()) };
        let name_of = |(ordinal, count)| {
            let mut name = String::new();
            names.ord_to_str(ordinal, &mut name)?;
            Ok((name, count))
        };
        self.counts.into_iter().map(name_of).collect()
    }
}
