//! The one file that makes both indexes, and what is kept beside them, visible at one instant; and the locks
//! that keep a second writer out and a reader's files in place.
//!
//! Who writes what is not said here: this module knows names of files and the order in which they become durable.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::disk::{self, Disk, write_synced};
use super::draft::{Draft, Sealed};
use super::error::Error;
use super::schema;

/// Folder of the index of articles.
pub(super) const ARTICLES: &str = "articles";

/// Folder of the index of quotations.
pub(super) const QUOTES: &str = "quotes";

/// What is published.
pub(super) const GENERATION: &str = "generation.json";

/// The same while it is written.
const NEW: &str = "generation.json.new";

/// Locked by the one who writes, for as long as it writes.
const WRITER: &str = "writer.lock";

/// Shared by readers while they open files; a writer deletes none unless it has it alone.
const READERS: &str = "readers.lock";

/// One state of the index, whole.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Generation {
    /// From 1, one more with each publication.
    pub(super) number: u64,
    /// The layout of the fields.
    pub(super) schema: String,
    /// The id of the index.
    pub(super) uuid: String,
    /// The file that holds the notes.
    pub(super) notes: String,
    /// The file that says what the indexes were made of, where one was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) manifest: Option<Sealed>,
    /// The file that says which records are copies of one another; none where none are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) duplicates: Option<Sealed>,
    /// The file that says which forms words have by their stems; none where no word has any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) forms: Option<Sealed>,
    /// The file that holds the dictionaries by which articles are packed; none where they are packed without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) dictionaries: Option<Sealed>,
    /// Copies have been looked for among the records up to this generation; where it says nothing, among all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) compared: Option<u64>,
    /// What the engine says of the index of articles.
    pub(super) articles: String,
    /// What the engine says of the index of quotations.
    pub(super) quotes: String,
    /// A hash of all this and of the notes, for whoever checks an index.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) sum: Option<String>,
}

/// As much of a generation as every version can read.
#[derive(Deserialize)]
struct Head {
    number: u64,
    schema: String,
}

impl Generation {
    /// Reads what is published in `dir`.
    pub(super) fn read(dir: &Path) -> Result<Self, Error> {
        let text = read_text(dir)?;
        let head: Head = parse(dir, &text)?;
        if head.schema != schema::fingerprint() {
            return Err(Error::OtherSchema { dir: dir.to_owned() });
        }
        parse(dir, &text)
    }

    /// The hash of this and of the `notes` as they are written.
    pub(super) fn sum_with(&self, notes: &[u8]) -> String {
        let mut hasher = blake3::Hasher::new();
        let sealed = [&self.manifest, &self.duplicates, &self.forms, &self.dictionaries];
        let parts =
            [self.schema.as_bytes(), self.uuid.as_bytes(), self.articles.as_bytes(), self.quotes.as_bytes(), notes];
        let names = sealed.iter().copied().flatten().flat_map(|sealed| [&sealed.file, &sealed.hash]);
        let names = std::iter::once(&self.notes).chain(names).map(|name| name.as_bytes());
        for part in parts.into_iter().chain(names) {
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
        }
        hasher.update(&self.number.to_le_bytes());
        for sealed in sealed {
            hasher.update(&sealed.as_ref().map_or(0, |sealed| sealed.bytes).to_le_bytes());
        }
        if let Some(compared) = self.compared {
            hasher.update(&compared.to_le_bytes());
        }
        hasher.finalize().to_hex().to_string()
    }

    /// The files in the folder of the index that it names.
    pub(super) fn names(&self) -> Vec<&str> {
        let sealed = [&self.manifest, &self.duplicates, &self.forms, &self.dictionaries].into_iter().flatten();
        sealed.map(|sealed| sealed.file.as_str()).chain([self.notes.as_str()]).collect()
    }

    /// The number of what is published in `dir`, of whatever schema, or 0.
    pub(super) fn number(dir: &Path) -> u64 {
        read_text(dir).and_then(|text| parse::<Head>(dir, &text)).map_or(0, |head| head.number)
    }

    /// Makes this generation the published one. All files that it names must be durable.
    pub(super) fn publish(&self, disk: &dyn Disk, dir: &Path) -> Result<(), Error> {
        let text = serde_json::to_vec_pretty(self).map_err(io::Error::from);
        let temporary = dir.join(NEW);
        text.and_then(|text| write_synced(disk, &temporary, &text)).map_err(Error::io("write", &temporary))?;
        let place = dir.join(GENERATION);
        disk.rename(&temporary, &place).and_then(|()| disk.sync_folder(dir)).map_err(Error::io("write", &place))
    }
}

fn read_text(dir: &Path) -> Result<String, Error> {
    let place = dir.join(GENERATION);
    match fs::read(&place) {
        Ok(bytes) => String::from_utf8(bytes).map_err(|_| Error::damaged(dir, format!("{GENERATION} is not text"))),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            Err(Error::Missing { dir: dir.to_owned() })
        }
        Err(error) => Err(Error::io("read", &place)(error)),
    }
}

fn parse<'a, T: Deserialize<'a>>(dir: &Path, text: &'a str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|error| Error::damaged(dir, format!("{GENERATION}: {error}")))
}

/// Writes the notes of generation `number`, durably.
pub(super) fn write_notes(disk: &dyn Disk, dir: &Path, number: u64, notes: &[u8]) -> Result<(), Error> {
    let place = dir.join(notes_name(number));
    write_synced(disk, &place, notes).and_then(|()| disk.sync_folder(dir)).map_err(Error::io("write", &place))
}

/// The generation that was copied as these bytes.
pub(super) fn parse_saved(bytes: &[u8]) -> Result<Generation, Error> {
    let head: Head = serde_json::from_slice(bytes).map_err(|_| Error::backup("it does not begin with a generation"))?;
    if head.schema != schema::fingerprint() {
        return Err(Error::backup("another version of onrecord made it; restore it with that one"));
    }
    serde_json::from_slice(bytes).map_err(|error| Error::backup(format!("its generation is garbled: {error}")))
}

/// Whether an index was published in a folder, of whatever version.
pub fn is_published(dir: &Path) -> bool {
    dir.join(GENERATION).exists()
}

/// Whether a file or folder of this name is an index's own.
pub fn is_own_name(name: &str) -> bool {
    [ARTICLES, QUOTES, GENERATION, WRITER, READERS].contains(&name) || is_passing_name(name)
}

/// Whether a file of this name belongs to some generation, and is litter where that is gone or never came to be.
fn is_passing_name(name: &str) -> bool {
    let number = |(start, end)| name.strip_prefix(start).and_then(|name| name.strip_suffix(end));
    let numbered = [
        (NOTES, NOTES_END),
        (MANIFEST, MANIFEST_END),
        (DUPLICATES, DUPLICATES_END),
        (FORMS, FORMS_END),
        (DICTIONARIES, DICTIONARIES_END),
    ];
    name == NEW || numbered.into_iter().filter_map(number).any(|number| number.parse::<u64>().is_ok())
}

/// The files in the folder of an index that belong to some generation, and are none of those that are `kept`.
pub(super) fn litter(dir: &Path, kept: &[&str]) -> Vec<PathBuf> {
    let entries = dir.read_dir().into_iter().flatten().flatten();
    let is_litter = |name: &str| is_passing_name(name) && !kept.contains(&name);
    entries.filter(|entry| entry.file_name().to_str().is_some_and(is_litter)).map(|entry| entry.path()).collect()
}

/// The file that holds the notes of generation `number`.
pub(super) fn notes_name(number: u64) -> String {
    format!("{NOTES}{number}{NOTES_END}")
}

/// Begins the manifest of generation `number`.
pub(super) fn draft(disk: &dyn Disk, dir: &Path, number: u64) -> Result<Draft, Error> {
    Draft::create(disk, dir, manifest_name(number))
}

/// Begins the list of copies of generation `number`.
pub(super) fn draft_duplicates(disk: &dyn Disk, dir: &Path, number: u64) -> Result<Draft, Error> {
    Draft::create(disk, dir, duplicates_name(number))
}

/// Begins the list of forms of generation `number`.
pub(super) fn draft_forms(disk: &dyn Disk, dir: &Path, number: u64) -> Result<Draft, Error> {
    Draft::create(disk, dir, forms_name(number))
}

/// Begins the dictionaries of generation `number`.
pub(super) fn draft_dictionaries(disk: &dyn Disk, dir: &Path, number: u64) -> Result<Draft, Error> {
    Draft::create(disk, dir, dictionaries_name(number))
}

/// The file that holds the manifest of generation `number`.
pub(super) fn manifest_name(number: u64) -> String {
    format!("{MANIFEST}{number}{MANIFEST_END}")
}

/// The file that holds the copies of generation `number`.
pub(super) fn duplicates_name(number: u64) -> String {
    format!("{DUPLICATES}{number}{DUPLICATES_END}")
}

/// The file that holds the forms of generation `number`.
pub(super) fn forms_name(number: u64) -> String {
    format!("{FORMS}{number}{FORMS_END}")
}

/// The file that holds the dictionaries of generation `number`.
pub(super) fn dictionaries_name(number: u64) -> String {
    format!("{DICTIONARIES}{number}{DICTIONARIES_END}")
}

const DICTIONARIES: &str = "dictionaries-";
const DICTIONARIES_END: &str = ".bin";
const FORMS: &str = "forms-";
const FORMS_END: &str = ".fst";
const DUPLICATES: &str = "duplicates-";
const DUPLICATES_END: &str = ".bin";
const NOTES: &str = "notes-";
const NOTES_END: &str = ".json";
const MANIFEST: &str = "manifest-";
const MANIFEST_END: &str = ".jsonl.zst";

/// Deletes the notes, manifests, lists of copies and of forms, and dictionaries of all generations, but for those that are `kept`, and no other
/// file that has a name like theirs; and what a publication that was not finished left.
pub(super) fn sweep_notes(disk: &dyn Disk, dir: &Path, kept: &[&str]) {
    for place in litter(dir, kept) {
        // What cannot be deleted now is tried again at the next publication.
        let _ = disk.remove(&place);
    }
}

/// Deletes the segments' files in `folder` that no generation names.
pub(super) fn sweep_segments(disk: &dyn Disk, folder: &Path, kept: &BTreeSet<PathBuf>) -> io::Result<()> {
    for name in super::directory::segment_files(folder)? {
        if !kept.contains(Path::new(&name)) {
            disk.remove(&folder.join(name))?;
        }
    }
    Ok(())
}

/// Makes the folders of an index, durably.
pub(super) fn make_folders(disk: &dyn Disk, dir: &Path) -> Result<(), Error> {
    for folder in [dir.to_owned(), dir.join(ARTICLES), dir.join(QUOTES)] {
        disk::make_folders(disk, &folder).map_err(Error::io("create", &folder))?;
    }
    Ok(())
}

/// A lock on a file, given back when it is dropped, and by death too.
///
/// Closing the file is not enough: a child process that is just being started may hold a copy of its handle for a moment.
pub(super) struct Held(File);

impl Drop for Held {
    fn drop(&mut self) {
        // What cannot be unlocked is unlocked when the last handle is closed.
        let _ = self.0.unlock();
    }
}

/// The lock of the one writer.
pub(super) fn lock_writer(dir: &Path) -> Result<Held, Error> {
    let place = dir.join(WRITER);
    let file = open_lock(&place).map_err(Error::io("create", &place))?;
    match file.try_lock() {
        Ok(()) => Ok(Held(file)),
        Err(TryLockError::WouldBlock) => Err(Error::Busy { dir: dir.to_owned() }),
        Err(TryLockError::Error(error)) => Err(Error::io("lock", &place)(error)),
    }
}

/// Keeps all files where they are until it is dropped. In a folder without that lock nobody deletes anything.
pub(super) fn keep_files(dir: &Path) -> Option<Held> {
    let file = File::open(dir.join(READERS)).ok()?;
    file.lock_shared().ok()?;
    Some(Held(file))
}

/// The right to delete files until it is dropped; `None` while a reader opens files.
pub(super) fn may_delete(dir: &Path) -> Option<Held> {
    let file = open_lock(&dir.join(READERS)).ok()?;
    file.try_lock().ok()?;
    Some(Held(file))
}

/// Makes the readers' lock, so that readers find it from the first generation on.
pub(super) fn make_readers_lock(dir: &Path) -> Result<(), Error> {
    let place = dir.join(READERS);
    open_lock(&place).map(drop).map_err(Error::io("create", &place))
}

fn open_lock(place: &Path) -> io::Result<File> {
    File::options().read(true).write(true).create(true).truncate(false).open(place)
}
