//! The best records, without a look at those that cannot be among them.
//!
//! The engine passes over whole blocks of records whose scores cannot reach the last of those that are kept. It does not know the
//! rest of our order (newest first, then by id), so records that are as good as the last one are seen as well.

use std::collections::BinaryHeap;

use tantivy::query::{EnableScoring, Query};
use tantivy::{DocAddress, Score, Searcher};

use super::collect::{Keys, Ranker, Row, UNDATED, floor_of, score_of};
use super::opened::Columns;

/// Rank, newest, id, place, bits of the score.
type Key = (u64, u64, u64, DocAddress, u32);

/// The best `most` in order, of scores that are sums of at most so many `addends`.
pub(super) fn best(
    (searcher, columns): (&Searcher, &Columns),
    query: &dyn Query,
    addends: u32,
    most: usize,
) -> tantivy::Result<Vec<Row>> {
    let weight = query.weight(EnableScoring::enabled_from_searcher(searcher))?;
    let mut best: BinaryHeap<Key> = BinaryHeap::new();
    let mut threshold = Score::MIN;
    // Rank and newness of the last of them, once there are enough.
    let mut last: Option<(u64, u64)> = None;
    for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
        let keys = Keys::open(columns, segment)?;
        let ranker = Ranker::new(&*weight, segment, addends);
        weight.for_each_pruning(threshold, segment, &mut |doc, score| {
            // What could not be among them with the best rank that its score allows need not be ranked.
            let at_best = ranker.at_best(score);
            if last.is_some_and(|last| at_best > last.0) {
                return threshold;
            }
            let newest = keys.day(doc).map_or(UNDATED, |day| !day);
            if last.is_some_and(|last| (at_best, newest) > last) || segment.is_deleted(doc) {
                return threshold;
            }
            let rank = ranker.rank(doc, score);
            let key = |id| (rank, newest, id, DocAddress::new(ordinal, doc), score_of(rank).to_bits());
            if best.len() < most {
                best.push(key(keys.id(doc)));
            } else if let Some(mut last) = best.peek_mut()
                && (rank, newest) <= (last.0, last.1)
            {
                let key = key(keys.id(doc));
                if key < *last {
                    *last = key;
                }
            }
            last = best.peek().filter(|_| best.len() >= most).map(|last| (last.0, last.1));
            if let Some((rank, _)) = last {
                threshold = floor_of(rank, addends);
            }
            threshold
        })?;
    }
    let rows = best.into_sorted_vec().into_iter().map(|(primary, newest, id, address, score)| Row {
        primary,
        newest,
        id,
        address,
        score,
    });
    Ok(rows.collect())
}
