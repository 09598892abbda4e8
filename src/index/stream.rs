//! All records that match, one after another in order, however many they are and from however far on.
//!
//! A pass over the matches gathers what the next so many of them need to be put in order; when these are used up, the next
//! pass gathers those behind the last one. So memory stays the same whatever is found, and no record is lost or given twice:
//! an order never has two records at one place.

use std::collections::BinaryHeap;
use std::vec;

use tantivy::query::{EnableScoring, Query as Engine, Weight};
use tantivy::{DocAddress, DocId, Score, Searcher, SegmentOrdinal, SegmentReader};

use crate::query::ast::Query;
use crate::text::id::Id;

use super::ask::{Ask, Sort};
use super::budget::Budget;
use super::collect::{Keys, Ranker, Row, UNDATED, score_of};
use super::compile::addends;
use super::error::Error;
use super::group::Groups;
use super::hit::{ArticleHit, QuoteHit, Stands};
use super::marked::one_of;
use super::opened::Columns;
use super::rank::{Shown, places};
use super::read::Reader;
use super::schema::{ARTICLES, column};

/// So many records are put in order in one pass: 5 MB.
const STEP: usize = 1 << 17;

/// What a record's place in an order depends on: first, then newest, then id; and where it is, with the bits of its score.
type Key = (u64, u64, u64, DocAddress, u32);

/// Records that match, in order. An error ends it.
pub struct Stream<'a, H> {
    reader: &'a Reader,
    searcher: &'a Searcher,
    weight: Box<dyn Weight>,
    sort: Sort,
    /// Of how many addends scores are sums.
    addends: u32,
    /// Of each segment, the places of its texts, where the order is by text.
    places: Vec<Vec<u64>>,
    hit: fn(&Reader, &Row) -> Result<H, Error>,
    /// What hits stand for.
    groups: Groups,
    /// Still to be left out, and still wanted.
    skip: usize,
    left: usize,
    step: usize,
    after: Option<Key>,
    ready: vec::IntoIter<Key>,
    /// Nothing is left behind what is ready.
    last: bool,
}

impl Reader {
    /// The quotations that `query` asks for (without one, all) in order; speakers are ordered by what `shown` makes of their names.
    pub fn quote_stream(
        &self,
        query: Option<&Query>,
        ask: &Ask,
        shown: Shown<'_>,
    ) -> Result<Stream<'_, QuoteHit>, Error> {
        let ranked = addends(query, false);
        let grouped = self.grouped_quotes(query, ask, ranked)?;
        let stream = self.stream(self.quote_searcher()?, &*grouped.query, ask, ranked, shown, Self::quote_hit)?;
        Ok(Stream { groups: grouped.groups, ..stream })
    }

    /// The articles that `query` asks for (without one, all) in order, as [`Reader::quote_stream`].
    pub fn article_stream(
        &self,
        query: Option<&Query>,
        ask: &Ask,
        shown: Shown<'_>,
    ) -> Result<Stream<'_, ArticleHit>, Error> {
        let ranked = addends(query, true);
        let grouped = self.grouped_articles(query, ask, ranked)?;
        let stream = self.stream(self.article_searcher()?, &*grouped.query, ask, ranked, shown, Self::article_hit)?;
        Ok(Stream { groups: grouped.groups, ..stream })
    }

    /// The quotations of these ids, in order, as [`Reader::quote_stream`].
    pub fn quote_stream_of(&self, ids: &[Id], ask: &Ask, shown: Shown<'_>) -> Result<Stream<'_, QuoteHit>, Error> {
        let query = one_of(None, (self.columns(), column::ID), ids.iter().map(|id| id.0).collect(), &Budget::new());
        self.stream(self.quote_searcher()?, &*query, ask, None, shown, Self::quote_hit)
    }

    /// The articles of these ids, in the same way.
    pub fn article_stream_of(&self, ids: &[Id], ask: &Ask, shown: Shown<'_>) -> Result<Stream<'_, ArticleHit>, Error> {
        let query = one_of(
            Some(ARTICLES.id),
            (self.columns(), column::ID),
            ids.iter().map(|id| id.0).collect(),
            &Budget::new(),
        );
        self.stream(self.article_searcher()?, &*query, ask, None, shown, Self::article_hit)
    }

    fn stream<'a, H>(
        &'a self,
        searcher: &'a Searcher,
        query: &dyn Engine,
        ask: &Ask,
        ranked: Option<u32>,
        shown: Shown<'_>,
        hit: fn(&Self, &Row) -> Result<H, Error>,
    ) -> Result<Stream<'a, H>, Error> {
        let failed = Error::engine(self.dir());
        let sort = if ask.sort == Sort::Score && ranked.is_none() { Sort::DateDescending } else { ask.sort };
        let scoring = match sort {
            Sort::Score => EnableScoring::enabled_from_searcher(searcher),
            _ => EnableScoring::disabled_from_searcher(searcher),
        };
        let places = places(searcher, sort, shown).map_err(&failed)?;
        Ok(Stream {
            reader: self,
            searcher,
            weight: query.weight(scoring).map_err(&failed)?,
            sort,
            addends: ranked.unwrap_or(0),
            places,
            hit,
            groups: Groups::default(),
            skip: ask.offset,
            left: ask.limit,
            step: STEP,
            after: None,
            ready: Vec::new().into_iter(),
            last: ask.limit == 0,
        })
    }
}

impl<H> Stream<'_, H> {
    /// The same with so many records put in order in one pass (at least one): fewer take less memory and more passes.
    #[must_use]
    pub fn in_steps_of(mut self, step: usize) -> Self {
        self.step = step.max(1);
        self
    }

    fn pass(&mut self) -> tantivy::Result<()> {
        let most = self.step.min(self.skip.saturating_add(self.left));
        let (sort, addends) = (self.sort, self.addends);
        let next =
            Next { most, sort, addends, after: self.after, places: &self.places, columns: self.reader.columns() };
        let mut keys = Vec::new();
        for (ordinal, segment) in (0..).zip(self.searcher.segment_readers()) {
            keys.extend(next.collect_segment(&*self.weight, ordinal, segment)?);
            // No more than twice as many are held at any time.
            keys.sort_unstable();
            keys.truncate(most);
        }
        self.last = keys.len() < self.step;
        self.after = keys.last().copied().or(self.after);
        let skipped = self.skip.min(keys.len());
        self.skip -= skipped;
        keys.drain(..skipped);
        self.ready = keys.into_iter();
        Ok(())
    }
}

impl<H: Stands> Iterator for Stream<'_, H> {
    type Item = Result<H, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let key = loop {
            if self.left == 0 {
                return None;
            }
            if let Some(key) = self.ready.next() {
                break key;
            }
            if self.last {
                return None;
            }
            if let Err(error) = self.pass() {
                self.left = 0;
                return Some(Err(Error::engine(self.reader.dir())(error)));
            }
        };
        self.left -= 1;
        let (primary, newest, id, address, score) = key;
        let mut hit = (self.hit)(self.reader, &Row { primary, newest, id, address, score });
        match &mut hit {
            Ok(hit) => self.groups.tell(id, hit),
            Err(_) => self.left = 0,
        }
        Some(hit)
    }
}

/// Gathers the first `most` records behind `after`.
struct Next<'a> {
    most: usize,
    sort: Sort,
    addends: u32,
    after: Option<Key>,
    places: &'a [Vec<u64>],
    columns: &'a Columns,
}

impl Next<'_> {
    fn collect_segment(
        &self,
        weight: &dyn Weight,
        ordinal: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<Vec<Key>> {
        let text = match self.sort {
            Sort::Outlet => self.columns.text(segment, column::OUTLET)?,
            Sort::Speaker => self.columns.text(segment, column::SPEAKER)?,
            Sort::Score | Sort::Date | Sort::DateDescending | Sort::Id => None,
        };
        let keys = Keys::open(self.columns, segment)?;
        let places = self.places.get(ordinal as usize).map_or(&[][..], Vec::as_slice);
        let ranker = Ranker::new(weight, segment, self.addends);
        let mut first: BinaryHeap<Key> = BinaryHeap::new();
        let mut collect = |doc: DocId, score: Score| {
            if segment.is_deleted(doc) {
                return;
            }
            let day = keys.day(doc);
            let newest = day.map_or(UNDATED, |day| !day);
            let (primary, newest) = match self.sort {
                Sort::Score => (ranker.rank(doc, score), newest),
                Sort::Date => (day.unwrap_or(UNDATED), newest),
                Sort::DateDescending => (0, newest),
                Sort::Id => (0, 0),
                Sort::Outlet | Sort::Speaker => {
                    let ordinal = text.as_ref().and_then(|text| text.ords().first(doc));
                    let place = ordinal.and_then(|ordinal| places.get(usize::try_from(ordinal).ok()?));
                    (place.copied().unwrap_or(u64::MAX), newest)
                }
            };
            let score = if self.sort == Sort::Score { score_of(primary) } else { score };
            let key = (primary, newest, keys.id(doc), DocAddress::new(ordinal, doc), score.to_bits());
            if self.after.is_some_and(|after| key <= after) {
                return;
            }
            if first.len() < self.most {
                first.push(key);
            } else if let Some(mut last) = first.peek_mut()
                && key < *last
            {
                *last = key;
            }
        };
        if self.sort == Sort::Score {
            weight.for_each(segment, &mut collect)?;
        } else {
            weight.for_each_no_score(segment, &mut |docs| docs.iter().for_each(|&doc| collect(doc, 0.0)))?;
        }
        Ok(first.into_vec())
    }
}
