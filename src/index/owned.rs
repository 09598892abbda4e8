//! Which quotations are whose, by a column alone. A term for each article, with its list of a few records, would take more room than is
//! taken by most of what quotations are searched by.
//!
//! The quotations of an article stand side by side in one segment, and the first of them has the article's id (`carried`); where they are
//! very many, the first of each part has it.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::columnar::Column;
use tantivy::index::SegmentId;
use tantivy::query::{BitSetDocSet, ConstScorer, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{BitSet, DocId, Score, SegmentReader};

use super::budget::Budget;
use super::carried::behind_first;
use super::opened::Columns;
use super::schema::column;
use super::scored::{Scored, explained};

/// So many articles are read from a column at once.
const BLOCK: u32 = 1 << 12;

/// So many records of a segment cost a step: only one in each article is looked at.
const SHARE: usize = 4;

/// Whose the quotations of a segment are.
pub(super) struct Owners {
    articles: Column<u64>,
    places: Column<u64>,
}

impl Owners {
    pub(super) fn open(columns: &Columns, segment: &SegmentReader) -> tantivy::Result<Self> {
        let open = |name| columns.as_written(segment, name);
        Ok(Self { articles: open(column::ARTICLE)?, places: open(column::PLACE)? })
    }

    /// The id of the article that a quotation is of, and how manyth it is in it, from 0.
    pub(super) fn of(&self, doc: DocId) -> Option<(u64, usize)> {
        let behind = behind_first(&self.articles, doc);
        let first = doc.checked_sub(behind)?;
        let place = self.places.first(first)?.checked_add(u64::from(behind))?;
        Some((self.articles.first(first)?, usize::try_from(place).ok()?))
    }
}

/// Gives each article of a segment with the records of its quotations, in order; one of very many more than once.
fn each(segment: &SegmentReader, take: &mut dyn FnMut(u64, Range<DocId>)) -> tantivy::Result<()> {
    let column = segment.fast_fields().u64(column::ARTICLE)?;
    let count = column.values.num_vals();
    let (mut ids, mut firsts) = (Vec::new(), Vec::new());
    let mut last: Option<(u64, DocId)> = None;
    for from in (0..count).step_by(BLOCK as usize) {
        firsts.clear();
        firsts.extend(from..count.min(from + BLOCK));
        ids.resize(firsts.len(), 0);
        column.values.get_range(u64::from(from), &mut ids);
        column.index.select_batch_in_place(0, &mut firsts);
        for (&id, &first) in ids.iter().zip(&firsts) {
            if let Some((id, start)) = last.replace((id, first)) {
                take(id, start..first);
            }
        }
    }
    if let Some((id, start)) = last {
        take(id, start..segment.max_doc());
    }
    Ok(())
}

/// The quotations of these articles.
pub(super) fn quotes_of(mut articles: Vec<u64>, budget: &Budget) -> Box<dyn Query> {
    articles.sort_unstable();
    Box::new(Of { articles: articles.into(), budget: budget.clone() })
}

#[derive(Clone, Debug)]
struct Of {
    /// In order.
    articles: Arc<[u64]>,
    budget: Budget,
}

impl Query for Of {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for Of {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let records = segment.max_doc();
        // A bit for each record: as much as 64 of them have for their ids.
        if !self.budget.keep_ids(records as usize / 64) || !self.budget.spend(records as usize / SHARE) {
            return Ok(Box::new(EmptyScorer));
        }
        let mut found = BitSet::with_max_value(records);
        each(segment, &mut |article, docs| {
            if self.articles.binary_search(&article).is_ok() {
                for doc in docs {
                    found.insert(doc);
                }
            }
        })?;
        Ok(Box::new(ConstScorer::new(BitSetDocSet::from(found), boost)))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        explained(self, segment, doc, "of an article")
    }
}

/// Where the quotations of all articles are, in the segments that were asked for one of them: 16 bytes an article. It is for many
/// questions, each for one article, as a writer asks when it replaces some.
#[derive(Clone, Default)]
pub(super) struct Places(Arc<Mutex<HashMap<SegmentId, Arc<OfSegment>>>>);

/// Articles in the order of their ids, with the records of their quotations.
type OfSegment = Vec<(u64, DocId, DocId)>;

impl Places {
    /// The quotations of one article.
    pub(super) fn quotes_of(&self, article: u64) -> Box<dyn Query> {
        Box::new(OfOne { article, places: self.clone() })
    }

    fn of(&self, segment: &SegmentReader) -> tantivy::Result<Arc<OfSegment>> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(places) = known.get(&segment.segment_id()) {
            return Ok(Arc::clone(places));
        }
        let mut places = OfSegment::new();
        each(segment, &mut |article, docs| places.push((article, docs.start, docs.end)))?;
        places.sort_unstable();
        let places = Arc::new(places);
        known.insert(segment.segment_id(), Arc::clone(&places));
        Ok(places)
    }
}

impl fmt::Debug for Places {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Places")
    }
}

#[derive(Clone, Debug)]
struct OfOne {
    article: u64,
    places: Places,
}

impl Query for OfOne {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for OfOne {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let places = self.places.of(segment)?;
        let first = places.partition_point(|place| place.0 < self.article);
        // An article may have been put several times.
        let own = places.iter().skip(first).take_while(|place| place.0 == self.article);
        let docs = own.flat_map(|&(_, start, end)| start..end);
        Ok(Box::new(Scored::new(docs.map(|doc| (doc, boost)).collect())))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        explained(self, segment, doc, "of an article")
    }
}
