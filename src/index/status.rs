//! What an index holds, counted.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use tantivy::schema::{Field, IndexRecordOption};
use tantivy::termdict::TermMerger;
use tantivy::{DocSet, Searcher, SegmentReader, TERMINATED};

use crate::text::day::Day;
use crate::text::name::key;
use crate::text::sketch::hash;

use super::columns::Published;
use super::directory::{due_files, segment_files};
use super::error::Error;
use super::generation;
use super::notes::{Bulk, Notes, Status};
use super::opened::Columns;
use super::read::Reader;
use super::schema::{ARTICLES, QUOTES};

impl Reader {
    /// What the index holds.
    pub fn status(&self) -> Result<Status, Error> {
        let (articles, quotes) = (self.article_searcher()?, self.quote_searcher()?);
        let engine = Error::engine(self.dir());
        // As the speakers are listed: spellings of one name are one.
        let mut names = HashSet::new();
        each_term(quotes, QUOTES.speaker_exact, |name| {
            names.insert(hash(&key(&String::from_utf8_lossy(name))));
        })
        .map_err(&engine)?;
        let mut formats = BTreeMap::new();
        each_live_term(articles, ARTICLES.format, |term, count| {
            formats.insert(String::from_utf8_lossy(term).into_owned(), count);
        })
        .map_err(&engine)?;
        let days = days_covered(articles).map_err(&engine)?;
        Ok(Status {
            formats,
            bulk: self.bulk()?,
            articles: articles.num_docs(),
            quotes: quotes.num_docs(),
            speakers: names.len() as u64,
            days,
            generation: self.generation.number,
            copies_due: self.generation.compared.is_some(),
            uuid: self.generation.uuid.clone(),
            notes: self.notes()?,
        })
    }

    /// How much there is on the disk.
    pub fn bulk(&self) -> Result<Bulk, Error> {
        let engine = Error::engine(self.dir());
        let mut bulk = Bulk::default();
        let own = [(self.article_searcher()?, generation::ARTICLES), (self.quote_searcher()?, generation::QUOTES)];
        for (searcher, folder) in own {
            let folder = self.dir().join(folder);
            let meta = searcher.index().load_metas().map_err(&engine)?;
            let due: BTreeSet<PathBuf> = due_files(&meta).into_iter().flatten().collect();
            bulk.segments += meta.segments.len() as u64;
            bulk.deleted += meta.segments.iter().map(|segment| u64::from(segment.num_deleted_docs())).sum::<u64>();
            for file in segment_files(&folder).unwrap_or_default() {
                let bytes = folder.join(&file).metadata().map_or(0, |metadata| metadata.len());
                if due.contains(Path::new(&file)) { bulk.bytes += bytes } else { bulk.litter += bytes }
            }
        }
        let size = |place: PathBuf| place.metadata().map_or(0, |metadata| metadata.len());
        let names = self.generation.names();
        bulk.litter += generation::litter(self.dir(), &names).into_iter().map(size).sum::<u64>();
        bulk.bytes += names.into_iter().map(|name| size(self.dir().join(name))).sum::<u64>();
        Ok(bulk)
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

/// Calls `each` with every term that a record still has, and how many have it: for fields of few terms.
fn each_live_term(searcher: &Searcher, field: Field, mut each: impl FnMut(&[u8], u64)) -> tantivy::Result<()> {
    let mut counts: BTreeMap<Vec<u8>, u64> = BTreeMap::new();
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        let mut terms = index.terms().stream()?;
        while terms.advance() {
            let mut postings = index.read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic)?;
            let count = match segment.alive_bitset() {
                None => u64::from(terms.value().doc_freq),
                Some(alive) => u64::from(postings.count(alive)),
            };
            if count > 0 {
                *counts.entry(terms.key().to_owned()).or_default() += count;
            }
        }
    }
    counts.iter().for_each(|(term, count)| each(term, *count));
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

/// The first and the last day that any article's date covers.
fn days_covered(articles: &Searcher) -> tantivy::Result<Option<(Day, Day)>> {
    let mut covered: Option<(i64, i64)> = None;
    for segment in articles.segment_readers() {
        let days = Published::open(&Columns::default(), segment)?;
        for (first, last) in segment.doc_ids_alive().filter_map(|doc| days.of(doc)) {
            covered = Some(covered.map_or((first, last), |(from, to)| (from.min(first), to.max(last))));
        }
    }
    let day = |number: i64| i32::try_from(number).ok().map(Day::from_number);
    Ok(covered.and_then(|(first, last)| Some((day(first)?, day(last)?))))
}
