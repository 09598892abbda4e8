//! What an index holds, counted.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;
use std::sync::PoisonError;

use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, Searcher, SegmentReader, TERMINATED};

use crate::text::day::Day;

use super::error::Error;
use super::generation;
use super::notes::{Notes, Status};
use super::read::Reader;
use super::schema::{ARTICLES, QUOTES, stretch_of};

impl Reader {
    /// What the index holds.
    pub fn status(&self) -> Result<Status, Error> {
        let (articles, quotes) = (self.article_searcher()?, self.quote_searcher()?);
        let engine = Error::engine(self.dir());
        let mut speakers = BTreeSet::new();
        each_term(quotes, QUOTES.speaker_exact, |name| {
            speakers.insert(name.to_vec());
        })
        .map_err(&engine)?;
        let mut days: Option<(Day, Day)> = None;
        each_term(articles, ARTICLES.shared.published, |term| {
            if let Some((first, last)) = stretch_of(term) {
                days = Some(days.map_or((first, last), |(from, to)| (from.min(first), to.max(last))));
            }
        })
        .map_err(&engine)?;
        let folders = [(articles, generation::ARTICLES), (quotes, generation::QUOTES)];
        let bytes: tantivy::Result<Vec<u64>> =
            folders.into_iter().map(|(searcher, folder)| size(searcher, &self.dir().join(folder))).collect();
        Ok(Status {
            articles: articles.num_docs(),
            quotes: quotes.num_docs(),
            speakers: speakers.len() as u64,
            days,
            bytes: bytes.map_err(&engine)?.into_iter().sum(),
            generation: self.generation.number,
            uuid: self.generation.uuid.clone(),
            notes: self.read_notes()?,
        })
    }

    fn read_notes(&self) -> Result<Notes, Error> {
        let lost = || self.damaged(format!("{} cannot be read", self.generation.notes));
        let mut file = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        let mut text = String::new();
        let file = file.as_mut().ok_or_else(lost)?;
        std::io::Seek::rewind(file).and_then(|()| file.read_to_string(&mut text)).map_err(|_| lost())?;
        serde_json::from_str(&text).map_err(|_| lost())
    }
}

/// Calls `each` with every term that a record still has; with some of them more than once.
fn each_term(searcher: &Searcher, field: Field, mut each: impl FnMut(&[u8])) -> tantivy::Result<()> {
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        let mut terms = index.terms().stream()?;
        while let Some((term, info)) = terms.next() {
            let postings = index.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
            if !segment.has_deletes() || lives(segment, postings) {
                each(term);
            }
        }
    }
    Ok(())
}

fn lives(segment: &SegmentReader, mut postings: impl DocSet) -> bool {
    while postings.doc() != TERMINATED {
        if !segment.is_deleted(postings.doc()) {
            return true;
        }
        postings.advance();
    }
    false
}

/// The bytes of the files that an index is made of.
fn size(searcher: &Searcher, folder: &Path) -> tantivy::Result<u64> {
    let files = searcher.index().load_metas()?.list_segment_files();
    let mut bytes = 0;
    // A sum is the same in any order.
    for file in BTreeSet::from_iter(files) {
        bytes += folder.join(file).metadata().map_or(0, |metadata| metadata.len());
    }
    Ok(bytes)
}
