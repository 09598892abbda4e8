//! The earliest quotations of each year, month or day.

use std::collections::{BTreeMap, BinaryHeap};

use tantivy::query::{EnableScoring, Query as Engine};
use tantivy::{DocAddress, Searcher};

use crate::query::ast::Query;

use super::ask::Ask;
use super::collect::{Keys, Row, UNDATED};
use super::columns::Published;
use super::count::{Facet, pack, unpack};
use super::error::Error;
use super::hit::QuoteHit;
use super::opened::Columns;
use super::read::Reader;

/// Day, id, place.
type Key = (u64, u64, DocAddress);

impl Reader {
    /// Of the quotations that `query` asks for (without one, of all), the `most` earliest of each stretch of time; those
    /// without a day are under `None`.
    pub fn earliest(
        &self,
        query: Option<&Query>,
        grain: Facet,
        most: usize,
        ask: &Ask,
    ) -> Result<BTreeMap<Option<String>, Vec<QuoteHit>>, Error> {
        let mut found = BTreeMap::new();
        if most == 0 {
            return Ok(found);
        }
        let searcher = self.quote_searcher()?;
        let compiled = self.compiled_quotes(query, ask)?;
        let first =
            first_keys((searcher, self.columns()), &*compiled, grain, most).map_err(Error::engine(self.dir()))?;
        for (period, keys) in first {
            let hit = |(_, id, address)| self.quote_hit(&Row { primary: 0, newest: 0, id, address, score: 0 });
            let hits: Result<_, Error> = keys.into_sorted_vec().into_iter().map(hit).collect();
            found.insert(period.and_then(unpack), hits?);
        }
        Ok(found)
    }
}

fn first_keys(
    (searcher, columns): (&Searcher, &Columns),
    query: &dyn Engine,
    grain: Facet,
    most: usize,
) -> tantivy::Result<BTreeMap<Option<u64>, BinaryHeap<Key>>> {
    let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
    let mut first: BTreeMap<Option<u64>, BinaryHeap<Key>> = BTreeMap::new();
    for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
        let keys = Keys::open(columns, segment)?;
        let published = Published::open(columns, segment)?;
        weight.for_each_no_score(segment, &mut |docs| {
            for &doc in docs.iter().filter(|&&doc| !segment.is_deleted(doc)) {
                let period = published.days(doc).map(|(first, last)| pack(grain, first, last));
                let key = (keys.day(doc).unwrap_or(UNDATED), keys.id(doc), DocAddress::new(ordinal, doc));
                let heap = first.entry(period).or_default();
                if heap.len() < most {
                    heap.push(key);
                } else if let Some(mut latest) = heap.peek_mut()
                    && key < *latest
                {
                    *latest = key;
                }
            }
        })?;
    }
    Ok(first)
}
