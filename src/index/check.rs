//! Whether a generation is whole: every byte of its files by their checksums, and whether its two indexes tell of the same
//! articles.
//!
//! What it was made of is not known here: the ids of the articles are given to whoever has the manifest.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use tantivy::{Index, Searcher, SegmentReader};

use crate::text::id::Id;

use super::directory::{ReadDirectory, due_files};
use super::draft::Sealed;
use super::error::Error;
use super::generation;
use super::read::Reader;
use super::schema::{ARTICLES, QUOTES, column};
use super::stored::{self, Stored};

/// Of one kind of fault so many are told, and how many more there are.
const TOLD: u64 = 5;

/// What a check has found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Segments whose files have the checksums that they were written with.
    pub segments: u64,
    /// The ids of the articles, sorted, each once.
    pub articles: Vec<Id>,
    /// How many quotations there are.
    pub quotes: u64,
    /// What is wrong.
    pub faults: Vec<String>,
}

/// What the index of articles says of one, for the quotations to be held against.
struct Known {
    id: u64,
    quotes: u32,
    bytes: u32,
    found: u32,
}

/// Faults of one kind, of which the first are told.
struct Several<'a> {
    faults: &'a mut Vec<String>,
    count: u64,
    more: &'static str,
}

impl<'a> Several<'a> {
    fn new(faults: &'a mut Vec<String>, more: &'static str) -> Self {
        Self { faults, count: 0, more }
    }

    fn tell(&mut self, fault: impl FnOnce() -> String) {
        self.count += 1;
        if self.count <= TOLD {
            self.faults.push(fault());
        }
    }
}

impl Drop for Several<'_> {
    fn drop(&mut self) {
        if self.count > TOLD {
            self.faults.push(format!("and {} more {}", self.count - TOLD, self.more));
        }
    }
}

impl Reader {
    /// Looks at all of this generation. `step` hears of each file and each index as it begins.
    ///
    /// A writer may publish meanwhile; where it may delete files too, the reader must have been
    /// [pinned](Reader::open_pinned).
    ///
    /// # Errors
    /// Never for damage, which is told in [`Checked::faults`]; where the machine fails otherwise.
    pub fn check(&self, step: &mut dyn FnMut(&str)) -> Result<Checked, Error> {
        let mut checked = Checked::default();
        self.check_sum(&mut checked.faults);
        step("manifest");
        self.check_manifest(&mut checked.faults);
        for (what, sealed) in [("copies", &self.generation.duplicates), ("forms", &self.generation.forms)] {
            if let Some(sealed) = sealed {
                step(what);
                check_sealed(sealed, File::open(self.dir().join(&sealed.file)).ok(), &mut checked.faults);
            }
        }
        let metas = [(generation::ARTICLES, &self.generation.articles), (generation::QUOTES, &self.generation.quotes)];
        for (name, meta) in metas {
            let sound = check_files(&self.dir().join(name), name, meta, step, &mut checked.faults);
            checked.segments += sound;
        }
        // What is no longer what was written may be anything: nothing is read out of it.
        if !checked.faults.is_empty() {
            return Ok(checked);
        }
        if let Err(error) = self.check_records(step, &mut checked) {
            checked.faults.push(match error {
                Error::Damaged { what, .. } => what,
                Error::Engine { source, .. } => source.to_string(),
                other => return Err(other),
            });
        }
        Ok(checked)
    }

    fn check_sum(&self, faults: &mut Vec<String>) {
        match (self.notes_text(), &self.generation.sum) {
            (Err(_), _) => faults.push(format!("{} cannot be read", self.generation.notes)),
            (Ok(notes), Some(sum)) if *sum != self.generation.sum_with(&notes) => {
                faults.push(format!("generation.json or {} is not what was written", self.generation.notes))
            }
            (Ok(_), _) => {}
        }
    }

    fn check_manifest(&self, faults: &mut Vec<String>) {
        let Some(sealed) = self.sealed_manifest() else { return };
        check_sealed(sealed, self.manifest().ok().flatten(), faults);
    }

    fn check_records(&self, step: &mut dyn FnMut(&str), checked: &mut Checked) -> Result<(), Error> {
        let engine = Error::engine(self.dir());
        step("articles");
        let mut known = articles(self.article_searcher()?, &mut checked.faults).map_err(&engine)?;
        step("quotations");
        checked.quotes = quotes(self.quote_searcher()?, &mut known, &mut checked.faults).map_err(&engine)?;
        let mut wrong = Several::new(&mut checked.faults, "articles with other quotations than they should have");
        for Known { id, quotes, found, .. } in known.iter().filter(|known| known.quotes != known.found) {
            wrong.tell(|| format!("article {} has {found} quotations and should have {quotes}", Id(*id)));
        }
        drop(wrong);
        checked.articles = known.into_iter().map(|known| Id(known.id)).collect();
        Ok(())
    }
}

/// Whether a file that goes with the generation is what was written.
fn check_sealed(sealed: &Sealed, file: Option<File>, faults: &mut Vec<String>) {
    match file.map(hash) {
        Some(Ok((bytes, hash))) if (bytes, &hash) == (sealed.bytes, &sealed.hash) => {}
        Some(Ok(_)) => faults.push(format!("{} is not what was written", sealed.file)),
        Some(Err(error)) => faults.push(format!("{} cannot be read: {error}", sealed.file)),
        None => faults.push(format!("{} is missing", sealed.file)),
    }
}

/// Looks at the files of all segments of one index; gives how many segments are sound.
fn check_files(folder: &Path, name: &str, meta: &str, step: &mut dyn FnMut(&str), faults: &mut Vec<String>) -> u64 {
    let opened = ReadDirectory::open(folder, meta).map_err(tantivy::TantivyError::from).and_then(Index::open);
    let metas = match opened.and_then(|index| Ok((index.load_metas()?, index))) {
        Ok((metas, index)) => (metas, index),
        Err(error) => {
            faults.push(format!("{name}: {error}"));
            return 0;
        }
    };
    let (metas, index) = metas;
    let damaged = |file: &Path| match index.directory().validate_checksum(file) {
        Ok(true) => None,
        Ok(false) => Some(format!("{name}/{}: its checksum is wrong", file.display())),
        Err(_) if !folder.join(file).exists() => Some(format!("{name}/{} is missing", file.display())),
        Err(error) => Some(format!("{name}/{}: {error}", file.display())),
    };
    let mut sound = metas.segments.len() as u64;
    for files in due_files(&metas) {
        let before = faults.len();
        for file in files {
            step(&format!("{name}/{}", file.display()));
            faults.extend(damaged(&file));
        }
        sound -= u64::from(faults.len() > before);
    }
    sound
}

/// What the index of articles says of each, sorted by id.
fn articles(searcher: &Searcher, faults: &mut Vec<String>) -> tantivy::Result<Vec<Known>> {
    let mut known = Vec::new();
    let mut garbled = Several::new(faults, "articles that cannot be read");
    for segment in searcher.segment_readers() {
        each_record(segment, |document, id| {
            let bytes = u32::try_from(document.text(ARTICLES.text).len()).unwrap_or(u32::MAX);
            match stored::article_hit(document.text(ARTICLES.facts), String::new(), Id(id), 0.0) {
                Some(hit) => known.push(Known { id, quotes: hit.quotes, bytes, found: 0 }),
                None => garbled.tell(|| format!("article {} is garbled", Id(id))),
            }
            Ok(())
        })?;
    }
    drop(garbled);
    known.sort_unstable_by_key(|known| known.id);
    let mut twice = Several::new(faults, "articles that are there twice");
    known.dedup_by(|next, known| {
        let same = next.id == known.id;
        if same {
            twice.tell(|| format!("article {} is there twice", Id(next.id)));
        }
        same
    });
    Ok(known)
}

/// Holds all quotations against their articles, and counts them.
fn quotes(searcher: &Searcher, known: &mut [Known], faults: &mut Vec<String>) -> tantivy::Result<u64> {
    let mut ids = Vec::new();
    let mut wrong = Several::new(faults, "quotations that are wrong");
    for segment in searcher.segment_readers() {
        let articles = segment.fast_fields().u64(column::ARTICLE)?;
        let mut live = segment.doc_ids_alive();
        each_record(segment, |document, id| {
            ids.push(id);
            let article = live.next().and_then(|doc| articles.first(doc)).unwrap_or_default();
            let hit = stored::quote_hit(document.text(QUOTES.facts), Id(id), Id(article), 0.0);
            let place = known.binary_search_by_key(&article, |known| known.id).ok();
            let known = place.and_then(|place| known.get_mut(place));
            match (hit, known) {
                (None, _) => wrong.tell(|| format!("quotation {} is garbled", Id(id))),
                (_, None) => {
                    wrong.tell(|| format!("quotation {} is of article {}, which is not there", Id(id), Id(article)))
                }
                (Some(hit), Some(known)) => {
                    known.found += 1;
                    if hit.spans.iter().any(|(from, to)| from > to || *to > known.bytes) {
                        wrong.tell(|| format!("quotation {} lies outside its article {}", Id(id), Id(article)));
                    }
                }
            }
            Ok(())
        })?;
    }
    drop(wrong);
    let count = ids.len() as u64;
    ids.sort_unstable();
    let mut twice = Several::new(faults, "quotations that are there twice");
    for pair in ids.windows(2) {
        if let [one, other] = pair
            && one == other
        {
            twice.tell(|| format!("quotation {} is there twice", Id(*one)));
        }
    }
    Ok(count)
}

/// Calls `each` with every record that has not been deleted, and its id.
fn each_record(
    segment: &SegmentReader,
    mut each: impl FnMut(Stored, u64) -> tantivy::Result<()>,
) -> tantivy::Result<()> {
    let ids = segment.fast_fields().u64(column::ID)?;
    let store = segment.get_store_reader(1)?;
    let mut documents = store.iter::<Stored>(segment.alive_bitset());
    for doc in segment.doc_ids_alive() {
        let Some(document) = documents.next() else {
            return Err(tantivy::TantivyError::InternalError("a record is missing".to_owned()));
        };
        each(document?, ids.first(doc).unwrap_or_default())?;
    }
    Ok(())
}

/// Bytes and hash of a file.
fn hash(mut file: File) -> io::Result<(u64, String)> {
    let mut hasher = blake3::Hasher::new();
    let mut piece = vec![0; 256 << 10];
    let mut bytes = 0;
    loop {
        let read = file.read(&mut piece)?;
        if read == 0 {
            return Ok((bytes, hasher.finalize().to_hex().to_string()));
        }
        bytes += read as u64;
        hasher.update(piece.get(..read).unwrap_or_default());
    }
}
