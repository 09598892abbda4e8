//! Putting a generation back, part by part, into a folder where there is none, or beside the one that is there: it becomes visible
//! only when all of it has been written and looked at.
//!
//! Where another generation lies in the folder, the segments that are put back get new ids, so that no file of what is published
//! is touched.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::Index;

use super::directory::{ReadDirectory, due_files, is_segment_file, segment_files};
use super::disk::Disk;
use super::draft::Sealed;
use super::error::Error;
use super::generation::{self, GENERATION, Generation, Held};
use super::read::Reader;
use super::write::WriterOptions;

/// The largest part of those that say what the others are.
const MOST_TEXT: u64 = 256 << 20;

/// A generation that is being put back. Dropped before it is published, it leaves no trace.
pub struct Restoration {
    dir: PathBuf,
    disk: Arc<dyn Disk>,
    /// As it was when it was copied.
    saved: Generation,
    /// As it will be published.
    own: Generation,
    /// Parts that are still to come, and where they go.
    due: BTreeMap<String, PathBuf>,
    written: Vec<PathBuf>,
    published: bool,
    _lock: Held,
}

impl Restoration {
    /// Begins to put back the generation that `text` describes, the first of its parts, into `dir`; where there is an index, only
    /// if `force` says so.
    ///
    /// # Errors
    /// Where the folder is in use or not empty, or it is no generation of this version's.
    pub fn begin(dir: &Path, text: &mut dyn Read, force: bool, options: &WriterOptions) -> Result<Self, Error> {
        let saved = parse(text)?;
        let (lock, occupied) = occupy(&*options.disk, dir, force)?;
        let mut own = saved.clone();
        // Where another generation lies, no file of it may be touched.
        if occupied {
            renumber(&mut own, saved.number.max(Generation::number(dir)) + 1);
        }
        let mut due = BTreeMap::new();
        for (from, to) in saved.names().into_iter().zip(own.names()) {
            if !is_plain(from) || from == GENERATION || to == GENERATION {
                return Err(Error::backup(format!("it names a file {from:?}")));
            }
            due.insert(from.to_owned(), dir.join(to));
        }
        let seed = occupied.then(|| format!("{} {}", options.seed, own.number));
        for (folder, meta) in [(generation::ARTICLES, &mut own.articles), (generation::QUOTES, &mut own.quotes)] {
            for (from, to) in segments(&dir.join(folder), folder, meta, seed.as_deref())? {
                due.insert(format!("{folder}/{from}"), to);
            }
        }
        own.sum = None;
        let (dir, disk) = (dir.to_owned(), Arc::clone(&options.disk));
        Ok(Self { dir, disk, saved, own, due, written: Vec::new(), published: false, _lock: lock })
    }

    /// Writes a part, durably; false where this generation has no such part, or has it already.
    ///
    /// # Errors
    /// Where it cannot be read or written.
    pub fn take(&mut self, name: &str, bytes: &mut dyn Read) -> Result<bool, Error> {
        let Some(place) = self.due.remove(name) else { return Ok(false) };
        self.written.push(place.clone());
        let failed = |error| Error::io("write", &place)(error);
        // A reader of what was there before keeps what it has open.
        let _ = self.disk.remove(&place);
        let mut file = self.disk.create(&place).map_err(failed)?;
        let mut piece = vec![0; 256 << 10];
        loop {
            let read =
                bytes.read(&mut piece).map_err(|error| Error::backup(format!("{name} cannot be read: {error}")))?;
            if read == 0 {
                break;
            }
            file.write_all(piece.get(..read).unwrap_or_default()).map_err(failed)?;
        }
        file.sync().map_err(failed)?;
        Ok(true)
    }

    /// A reader of what has been put back, which nobody else sees yet.
    ///
    /// # Errors
    /// Where a part is missing, or is not what was copied.
    pub fn reader(&mut self) -> Result<Reader, Error> {
        if let Some(name) = self.due.keys().next() {
            return Err(Error::backup(format!("it lacks {name}")));
        }
        for folder in [self.dir.clone(), self.dir.join(generation::ARTICLES), self.dir.join(generation::QUOTES)] {
            self.disk.sync_folder(&folder).map_err(Error::io("write", &folder))?;
        }
        let place = self.dir.join(&self.own.notes);
        let notes = std::fs::read(&place).map_err(Error::io("read", &place))?;
        if self.saved.sum.as_ref().is_some_and(|sum| *sum != self.saved.sum_with(&notes)) {
            return Err(Error::backup("it is not what was copied"));
        }
        self.own.sum = Some(self.own.sum_with(&notes));
        Ok(Reader::of(&self.dir, self.own.clone(), None, true))
    }

    /// Makes it visible, in place of what was there.
    ///
    /// # Errors
    /// Where that cannot be written.
    pub fn publish(mut self) -> Result<(), Error> {
        if !self.due.is_empty() || self.own.sum.is_none() {
            return Err(Error::backup("it was not looked at"));
        }
        self.own.publish(&*self.disk, &self.dir)?;
        self.published = true;
        if let Some(_alone) = generation::may_delete(&self.dir) {
            let kept = self.written.iter().filter_map(|path| path.file_name()).map(PathBuf::from).collect();
            for folder in [generation::ARTICLES, generation::QUOTES].map(|folder| self.dir.join(folder)) {
                generation::sweep_segments(&*self.disk, &folder, &kept).map_err(Error::io("tidy", &folder))?;
            }
            generation::sweep_notes(&*self.disk, &self.dir, &self.own.names());
        }
        Ok(())
    }
}

impl Drop for Restoration {
    fn drop(&mut self) {
        if !self.published {
            for path in &self.written {
                // What cannot be removed is swept by the next writer.
                let _ = self.disk.remove(path);
            }
        }
    }
}

/// The generation that these bytes describe.
fn parse(text: &mut dyn Read) -> Result<Generation, Error> {
    let mut bytes = Vec::new();
    let read = text.take(MOST_TEXT).read_to_end(&mut bytes);
    read.map_err(|error| Error::backup(format!("cannot be read: {error}")))?;
    generation::parse_saved(&bytes)
}

/// Takes the folder for itself; gives whether there is an index in it.
fn occupy(disk: &dyn Disk, dir: &Path, force: bool) -> Result<(Held, bool), Error> {
    refuse_occupied(dir, force)?;
    generation::make_folders(disk, dir)?;
    let lock = generation::lock_writer(dir)?;
    generation::make_readers_lock(dir)?;
    // Somebody else may have been there before the lock was.
    refuse_occupied(dir, force)?;
    Ok((lock, generation::is_published(dir)))
}

/// Gives a generation another number, and other names to the files that are named after it.
fn renumber(own: &mut Generation, number: u64) {
    own.number = number;
    own.notes = generation::notes_name(number);
    let rename = |sealed: &mut Option<Sealed>, name: String| {
        if let Some(sealed) = sealed {
            sealed.file = name;
        }
    };
    rename(&mut own.manifest, generation::manifest_name(number));
    rename(&mut own.duplicates, generation::duplicates_name(number));
    rename(&mut own.forms, generation::forms_name(number));
    rename(&mut own.dictionaries, generation::dictionaries_name(number));
}

/// Whether it names a file in a folder, and no other place.
fn is_plain(name: &str) -> bool {
    Path::new(name).components().count() == 1 && !name.contains(['/', '\\'])
}

/// The files of the segments that an index has by its `meta`: what each is called there, and where it goes. With a `seed`, the segments
/// get new ids, in `meta` too.
fn segments(
    place: &Path,
    folder: &str,
    meta: &mut String,
    seed: Option<&str>,
) -> Result<Vec<(String, PathBuf)>, Error> {
    let described = ReadDirectory::open(place, meta).map_err(tantivy::TantivyError::from).and_then(Index::open);
    let metas = described.and_then(|index| index.load_metas());
    let metas = metas.map_err(|error| Error::backup(format!("what it says of {folder} is garbled: {error}")))?;
    let files: Vec<PathBuf> = due_files(&metas).into_iter().flatten().collect();
    let names = files.iter().map(|file| file.display().to_string());
    let mut names: Vec<(String, String)> = names.map(|name| (name.clone(), name)).collect();
    if let Some(seed) = seed {
        for id in metas.segments.iter().map(|segment| segment.id()) {
            let (long, short) = (dashed(&id.uuid_string()), id.uuid_string());
            let hash = blake3::hash(format!("{seed} {short}").as_bytes());
            let fresh: String = hash.to_hex().chars().take(short.len()).collect();
            *meta = meta.replace(&long, &dashed(&fresh));
            for (_, name) in &mut names {
                *name = name.replace(&short, &fresh);
            }
        }
    }
    let placed = names.into_iter().map(|(from, to)| match is_segment_file(&to) {
        true => Ok((from, place.join(to))),
        false => Err(Error::backup(format!("it names a file {from:?}"))),
    });
    placed.collect()
}

/// Refuses a folder with an index in it, and one that holds anything else, unless it is meant.
fn refuse_occupied(dir: &Path, force: bool) -> Result<(), Error> {
    if force {
        return Ok(());
    }
    let occupied = |what| Err(Error::Occupied { dir: dir.to_owned(), what });
    if generation::is_published(dir) {
        return occupied("there is an index in");
    }
    let Ok(entries) = dir.read_dir() else { return Ok(()) };
    for entry in entries.flatten() {
        let name = entry.file_name();
        // What an earlier trial left is no obstacle.
        let own = name.to_str().is_some_and(generation::is_own_name);
        let empty = || {
            segment_files(&entry.path())
                .is_ok_and(|own| entry.path().read_dir().is_ok_and(|all| all.count() == own.len()))
        };
        if !own || (entry.path().is_dir() && !empty()) {
            return occupied("there is something else in");
        }
    }
    Ok(())
}

/// An id as the engine writes it where it describes a segment.
fn dashed(id: &str) -> String {
    let mut dashed = String::with_capacity(id.len() + 4);
    for (place, digit) in id.chars().enumerate() {
        if matches!(place, 8 | 12 | 16 | 20) {
            dashed.push('-');
        }
        dashed.push(digit);
    }
    dashed
}
