//! The places of speakers or outlets in one order over all segments, so that records can be ordered by a number.
//!
//! Case, accents and the points of initials make no difference, so that all spellings of one speaker have one place. Some texts may be
//! shown as others (a person's aliases); they take the place of what is shown. What needs memory is each distinct text of each
//! segment, and nothing for each record.

use tantivy::Searcher;

use crate::text::name::key;

use super::ask::Sort;
use super::schema::column;

/// How a text is shown, where that is not as it is stored.
pub type Shown<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Of each segment, the places of its speakers or outlets by their ordinals, equal ones for what is alike; none for other orders.
pub(super) fn places(searcher: &Searcher, sort: Sort, shown: Shown<'_>) -> tantivy::Result<Vec<Vec<u64>>> {
    let name = match sort {
        Sort::Outlet => column::OUTLET,
        Sort::Speaker => column::SPEAKER,
        Sort::Score | Sort::Date | Sort::DateDescending | Sort::Id => return Ok(Vec::new()),
    };
    let order = |text: &str| match sort {
        Sort::Speaker => key(shown(text).as_deref().unwrap_or(text)),
        // Two outlets may differ in no more than that.
        _ => format!("{}\0{text}", key(text)),
    };
    let mut places: Vec<Vec<u64>> = Vec::new();
    let mut all: Vec<(String, usize, usize)> = Vec::new();
    for (segment, reader) in searcher.segment_readers().iter().enumerate() {
        let mut own = Vec::new();
        if let Some(column) = reader.fast_fields().str(name)? {
            let mut texts = column.dictionary().stream()?;
            while texts.advance() {
                let text = std::str::from_utf8(texts.key()).unwrap_or_default();
                // They come by their ordinals, from 0.
                all.push((order(text), segment, own.len()));
                own.push(0);
            }
        }
        places.push(own);
    }
    all.sort_unstable();
    let (mut place, mut last) = (0, None);
    for (text, segment, ordinal) in all {
        if last.as_ref() != Some(&text) {
            place += 1;
        }
        if let Some(free) = places.get_mut(segment).and_then(|own| own.get_mut(ordinal)) {
            *free = place;
        }
        last = Some(text);
    }
    Ok(places)
}
