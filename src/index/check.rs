//! Whether a generation is whole: every byte of its files by their checksums, and whether its two indexes tell of the same
//! articles.
//!
//! What it was made of is not known here: the ids of the articles are given to whoever has the manifest.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use tantivy::{Index, Searcher, TantivyError};

use crate::text::id::Id;

use super::directory::{ReadDirectory, due_files};
use super::draft::Sealed;
use super::error::Error;
use super::generation;
use super::opened::Columns;
use super::owned::Owners;
use super::packed::Unpacker;
use super::read::Reader;
use super::schema::column;
use super::stored::{Packed, Stored};

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
    /// Their ids.
    quotes: Vec<u64>,
    found: usize,
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
        let generation = &self.generation;
        let sealed = [
            ("copies", &generation.duplicates),
            ("forms", &generation.forms),
            ("dictionaries", &generation.dictionaries),
        ];
        for (what, sealed) in sealed {
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
        let unpacker = self.unpacker()?;
        let mut known = articles(self.article_searcher()?, unpacker, &mut checked.faults).map_err(&engine)?;
        step("quotations");
        checked.quotes = quotes(self.quote_searcher()?, &mut known, &mut checked.faults).map_err(&engine)?;
        let mut wrong = Several::new(&mut checked.faults, "articles with other quotations than they should have");
        for Known { id, quotes, found } in known.iter().filter(|known| known.quotes.len() != known.found) {
            wrong.tell(|| format!("article {} has {found} quotations and should have {}", Id(*id), quotes.len()));
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
fn articles(searcher: &Searcher, unpacker: &Unpacker, faults: &mut Vec<String>) -> tantivy::Result<Vec<Known>> {
    let mut known = Vec::new();
    let mut garbled = Several::new(faults, "articles that cannot be read");
    for segment in searcher.segment_readers() {
        let ids = segment.fast_fields().u64(column::ID)?;
        let store = segment.get_store_reader(1)?;
        let mut documents = store.iter::<Packed>(segment.alive_bitset());
        for doc in segment.doc_ids_alive() {
            let lost = || TantivyError::InternalError("a record is missing".to_owned());
            let Packed(bytes) = documents.next().ok_or_else(lost)??;
            let id = ids.first(doc).unwrap_or_default();
            match unpacker.unpack(&bytes).and_then(|text| Stored::read(&text)) {
                Some(stored) => {
                    let quotes = stored.ids(Id(id)).map(|quote| quote.0).collect();
                    known.push(Known { id, quotes, found: 0 });
                }
                None => garbled.tell(|| format!("article {} is garbled", Id(id))),
            }
        }
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
        let own = segment.fast_fields().u64(column::ID)?;
        let owners = Owners::open(&Columns::default(), segment)?;
        for doc in segment.doc_ids_alive() {
            let id = own.first(doc).unwrap_or_default();
            ids.push(id);
            let (article, in_article) = owners.of(doc).unwrap_or_default();
            let place = known.binary_search_by_key(&article, |known| known.id).ok();
            match place.and_then(|place| known.get_mut(place)) {
                None => {
                    wrong.tell(|| format!("quotation {} is of article {}, which is not there", Id(id), Id(article)))
                }
                Some(known) => {
                    known.found += 1;
                    if known.quotes.get(in_article) != Some(&id) {
                        wrong.tell(|| format!("quotation {} is not in its article {}", Id(id), Id(article)));
                    }
                }
            }
        }
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
