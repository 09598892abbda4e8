//! The places of a column's texts in one order over all segments, so that records can be ordered by a number.
//!
//! Some texts may be shown as others (a person's aliases); they take the place of what is shown. What needs memory is a
//! number for each distinct text of each segment, and nothing for each record.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use tantivy::columnar::StrColumn;

/// How a text is shown, where that is not as it is stored.
pub type Shown<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Of each segment, the places of its texts by their ordinals; equal places for texts that are shown alike.
pub(super) fn places(columns: &[Option<StrColumn>], shown: Shown<'_>) -> tantivy::Result<Vec<Vec<u64>>> {
    // What is shown otherwise, by segment and ordinal; and all that is shown instead, with its place.
    let mut renamed: BTreeMap<(usize, u64), Vec<u8>> = BTreeMap::new();
    let mut instead: BTreeMap<Vec<u8>, u64> = BTreeMap::new();
    for (segment, column) in columns.iter().enumerate() {
        let Some(column) = column else { continue };
        let mut texts = column.dictionary().stream()?;
        while texts.advance() {
            let text = std::str::from_utf8(texts.key()).ok().and_then(shown);
            if let Some(text) = text {
                instead.entry(text.clone().into_bytes()).or_default();
                renamed.insert((segment, texts.term_ord()), text.into_bytes());
            }
        }
    }
    let mut places: Vec<Vec<u64>> = columns
        .iter()
        .map(|column| vec![0; column.as_ref().map_or(0, |column| column.dictionary().num_terms())])
        .collect();
    let mut streams = Vec::new();
    let mut next = BinaryHeap::new();
    for (segment, column) in columns.iter().enumerate() {
        let Some(column) = column else { continue };
        let mut texts = column.dictionary().stream()?;
        if texts.advance() {
            next.push(Reverse((texts.key().to_vec(), streams.len())));
            streams.push((segment, texts));
        }
    }
    let mut waiting = instead.iter_mut().peekable();
    let mut place = 0;
    let mut last: Option<Vec<u8>> = None;
    while let Some(Reverse((text, stream))) = next.pop() {
        if last.as_ref() != Some(&text) {
            place += 1;
            // What is shown and nowhere stored has a place of its own before the next that is.
            while let Some((shown, free)) = waiting.next_if(|(shown, _)| **shown <= text) {
                *free = place;
                place += u64::from(*shown < text);
            }
        }
        if let Some((segment, texts)) = streams.get_mut(stream) {
            let free = usize::try_from(texts.term_ord()).ok();
            if let Some(free) = free.and_then(|ordinal| places.get_mut(*segment)?.get_mut(ordinal)) {
                *free = place;
            }
            if texts.advance() {
                next.push(Reverse((texts.key().to_vec(), stream)));
            }
        }
        last = Some(text);
    }
    for (_, free) in waiting {
        place += 1;
        *free = place;
    }
    for ((segment, ordinal), shown) in renamed {
        let free = usize::try_from(ordinal).ok().and_then(|ordinal| places.get_mut(segment)?.get_mut(ordinal));
        if let (Some(free), Some(place)) = (free, instead.get(&shown)) {
            *free = *place;
        }
    }
    Ok(places)
}
