//! What an index holds, counted.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;
use std::sync::PoisonError;

use tantivy::schema::{Field, IndexRecordOption};
use tantivy::termdict::TermMerger;
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
        let mut speakers = 0_u64;
        each_term(quotes, QUOTES.speaker_exact, |_| speakers += 1).map_err(&engine)?;
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
            speakers,
            days,
            bytes: bytes.map_err(&engine)?.into_iter().sum(),
            generation: self.generation.number,
            uuid: self.generation.uuid.clone(),
            notes: self.notes()?,
        })
    }

    /// What the run that published this generation had to say.
    pub fn notes(&self) -> Result<Notes, Error> {
        serde_json::from_slice(&self.notes_text()?).map_err(|_| self.lost_notes())
    }

    /// The same as it is written.
    pub(super) fn notes_text(&self) -> Result<Vec<u8>, Error> {
        let mut file = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        let mut text = Vec::new();
        let file = file.as_mut().ok_or_else(|| self.lost_notes())?;
        std::io::Seek::rewind(file).and_then(|()| file.read_to_end(&mut text)).map_err(|_| self.lost_notes())?;
        Ok(text)
    }

    fn lost_notes(&self) -> Error {
        self.damaged(format!("{} cannot be read", self.generation.notes))
    }
}

/// Calls `each` with every term that a record still has, once.
fn each_term(searcher: &Searcher, field: Field, mut each: impl FnMut(&[u8])) -> tantivy::Result<()> {
    let segments = searcher.segment_readers();
    let indexes: Vec<_> = segments.iter().map(|segment| segment.inverted_index(field)).collect::<Result<_, _>>()?;
    let streams = indexes.iter().map(|index| index.terms().stream()).collect::<Result<_, _>>()?;
    let mut terms = TermMerger::new(streams);
    while terms.advance() {
        for (number, info) in terms.current_segment_ords_and_term_infos() {
            let (Some(segment), Some(index)) = (segments.get(number), indexes.get(number)) else { continue };
            if !segment.has_deletes()
                || lives(segment, index.read_postings_from_terminfo(&info, IndexRecordOption::Basic)?)
            {
                each(terms.key());
                break;
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
