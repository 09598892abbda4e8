//! The best records, without a look at those that cannot be among them.
//!
//! The engine passes over whole blocks of records whose scores cannot reach the last of those that are kept. It does not know the
//! rest of our order (newest first, then by id), so records that are as good as the last one are seen as well.

use std::collections::BinaryHeap;

use tantivy::query::{EnableScoring, Query};
use tantivy::{DocAddress, Score, Searcher};

use super::collect::{Keys, Row, UNDATED, floor_of, is_on_the_edge, rank_of};

/// Rank, newest, id, place, bits of the score.
type Key = (u64, u64, u64, DocAddress, u32);

/// The best `most` in order; `None` where the sums of scores leave open which these are, so that all have to be looked at.
///
/// Scores are sums, and the engine adds them up in this or that order. They are compared to so many bits as make no difference of
/// that; only a score at the edge between two ranks could be of either.
pub(super) fn best(searcher: &Searcher, query: &dyn Query, most: usize) -> tantivy::Result<Option<Vec<Row>>> {
    let weight = query.weight(EnableScoring::enabled_from_searcher(searcher))?;
    let mut best: BinaryHeap<Key> = BinaryHeap::new();
    let mut threshold = Score::MIN;
    // The best rank of a record that could be of another.
    let mut open = u64::MAX;
    for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
        let keys = Keys::open(segment)?;
        weight.for_each_pruning(threshold, segment, &mut |doc, score| {
            if segment.is_deleted(doc) {
                return threshold;
            }
            let rank = rank_of(score);
            if is_on_the_edge(score) {
                open = open.min(rank);
            }
            let full = best.len() >= most;
            if full && best.peek().is_some_and(|last| rank > last.0) {
                return threshold;
            }
            let newest = keys.day(doc).map_or(UNDATED, |day| !day);
            let key = (rank, newest, keys.id(doc), DocAddress::new(ordinal, doc), score.to_bits());
            if !full {
                best.push(key);
            } else if let Some(mut last) = best.peek_mut()
                && key < *last
            {
                *last = key;
            }
            if best.len() >= most
                && let Some(last) = best.peek()
            {
                threshold = floor_of(last.0);
            }
            threshold
        })?;
    }
    let last = best.peek().map_or(0, |last| last.0);
    // At an edge, the rank may be the next better one.
    if best.len() >= most && open <= last.saturating_add(1) {
        return Ok(None);
    }
    let rows = best.into_sorted_vec().into_iter().map(|(primary, newest, id, address, score)| Row {
        primary,
        text: None,
        newest,
        id,
        address,
        score,
    });
    Ok(Some(rows.collect()))
}
