//! The engine's view of a folder: for its writer one that shows nothing until a generation is published, for its
//! reader one that stands still.
//!
//! What the engine calls `meta.json` never lies on disk: a writer keeps it in memory, a reader gets the one that
//! its generation names. A writer's deletions wait until the generation without those files is visible.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, DirectoryLock, FileHandle, Lock, MmapDirectory, OwnedBytes, TerminatingWrite, WatchCallback,
    WatchHandle, WritePtr,
};
use tantivy::{Directory, IndexMeta, SegmentMeta};

use super::disk::{Disk, DiskFile};
use super::draft::Sealed;

/// The file in which the engine says which segments there are.
pub(super) const META: &str = "meta.json";

/// The file in which the engine lists what it made.
const MANAGED: &str = ".managed.json";

/// Where a writer writes.
#[derive(Clone, Debug)]
pub(super) struct WriteDirectory {
    disk: Arc<dyn Disk>,
    files: MmapDirectory,
    path: PathBuf,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    /// The files that are kept in memory.
    small: BTreeMap<PathBuf, Vec<u8>>,
    /// The files that the engine has deleted.
    doomed: BTreeSet<PathBuf>,
    /// Where writing first failed, and why: the engine tells only that it stopped.
    failure: Option<(PathBuf, io::Error)>,
}

impl WriteDirectory {
    /// The folder `path` as a generation left it: with this `meta`, and with the files that lie there.
    pub(super) fn open(disk: Arc<dyn Disk>, path: &Path, meta: Option<&str>) -> Result<Self, OpenDirectoryError> {
        let files = MmapDirectory::open(path)?;
        let mut state = State::default();
        if let Some(meta) = meta {
            state.small.insert(META.into(), meta.as_bytes().to_vec());
        }
        let managed: Vec<String> = segment_files(path).unwrap_or_default().into_iter().collect();
        state.small.insert(MANAGED.into(), serde_json::to_vec(&managed).unwrap_or_default());
        Ok(Self { disk, files, path: path.to_owned(), state: Arc::new(Mutex::new(state)) })
    }

    /// What the engine says there is now.
    pub(super) fn meta(&self) -> Option<String> {
        let meta = self.state().small.get(Path::new(META)).cloned();
        meta.and_then(|meta| String::from_utf8(meta).ok())
    }

    /// Deletes what the engine has deleted, but for the files in `kept`. What cannot be deleted waits for the next time.
    pub(super) fn sweep(&self, kept: &BTreeSet<PathBuf>) {
        let mut state = self.state();
        state.doomed.retain(|file| {
            let removed = || self.disk.remove(&self.path.join(file));
            !kept.contains(file) && removed().is_err_and(|error| error.kind() != io::ErrorKind::NotFound)
        });
    }

    /// Where writing failed, and why; told once.
    pub(super) fn failure(&self) -> Option<(PathBuf, io::Error)> {
        self.state().failure.take()
    }

    /// Keeps the first failure in mind.
    fn noted<T>(&self, path: &Path, done: io::Result<T>) -> io::Result<T> {
        if let Err(error) = &done {
            let again = error.raw_os_error().map(io::Error::from_raw_os_error);
            let again = again.unwrap_or_else(|| io::Error::new(error.kind(), error.to_string()));
            self.state().failure.get_or_insert((self.path.join(path), again));
        }
        done
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Names of the files in an index's folder that belong to segments, told by their names: a folder called `articles` may
/// well have been somebody's archive before.
pub(super) fn segment_files(path: &Path) -> io::Result<BTreeSet<String>> {
    let mut files = BTreeSet::new();
    for entry in path.read_dir()? {
        if let Ok(name) = entry?.file_name().into_string()
            && is_segment_file(&name)
        {
            files.insert(name);
        }
    }
    Ok(files)
}

/// The engine names all files of a segment by its id, 32 hex digits, and an ending.
pub(super) fn is_segment_file(name: &str) -> bool {
    const DIGITS: usize = 32;
    name.split_once('.').is_some_and(|(id, _)| id.len() == DIGITS && id.bytes().all(|digit| digit.is_ascii_hexdigit()))
}

/// The files of each segment, in the same order on every machine. The engine names more: those of deletions that nobody asked
/// for, and what it needs while it writes.
pub(super) fn due_files(meta: &IndexMeta) -> Vec<Vec<PathBuf>> {
    let files: BTreeSet<PathBuf> = meta.list_segment_files().into_iter().collect();
    let of = |segment: &SegmentMeta| {
        let id = segment.id().uuid_string();
        let is_due = |file: &&PathBuf| match file.extension().and_then(|end| end.to_str()) {
            Some("del") => segment.has_deletes(),
            Some("temp") => false,
            _ => true,
        };
        let own = files.iter().filter(|file| file.to_str().is_some_and(|file| file.starts_with(&id)));
        own.filter(is_due).cloned().collect()
    };
    meta.segments.iter().map(of).collect()
}

fn is_small(path: &Path) -> bool {
    path == Path::new(META) || path == Path::new(MANAGED)
}

impl Directory for WriteDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.files.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.state().doomed.insert(path.to_owned());
        Ok(())
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        let state = self.state();
        if is_small(path) {
            return Ok(state.small.contains_key(path));
        }
        Ok(!state.doomed.contains(path) && self.files.exists(path)?)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.state().doomed.remove(path);
        // A writer that was killed may have left a file of this name. No generation names it: names of deletions
        // grow with each generation, all others are random.
        let place = self.path.join(path);
        let created = match self.disk.remove(&place) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => self.disk.create(&place),
        };
        let file = self.noted(path, created).map_err(|error| OpenWriteError::wrap_io_error(error, path.to_owned()))?;
        Ok(io::BufWriter::new(Box::new(Written { file, path: path.to_owned(), directory: self.clone() })))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        if is_small(path) {
            let found = self.state().small.get(path).cloned();
            return found.ok_or_else(|| OpenReadError::FileDoesNotExist(path.to_owned()));
        }
        self.files.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        if is_small(path) {
            self.state().small.insert(path.to_owned(), data.to_vec());
            return Ok(());
        }
        // The engine writes no other file this way.
        Err(io::ErrorKind::Unsupported.into())
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.noted(Path::new(""), self.disk.sync_folder(&self.path))
    }

    fn acquire_lock(&self, _: &Lock) -> Result<DirectoryLock, LockError> {
        // The whole folder is locked already, by a lock that is given back even while a child process is being started.
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, _: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}

/// A file of the engine's: durable when it is ended.
struct Written {
    file: Box<dyn DiskFile>,
    path: PathBuf,
    directory: WriteDirectory,
}

impl io::Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes);
        self.directory.noted(&self.path, written)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.file.flush();
        self.directory.noted(&self.path, flushed)
    }
}

impl TerminatingWrite for Written {
    fn terminate_ref(&mut self, _: AntiCallToken) -> io::Result<()> {
        let ended = self.file.flush().and_then(|()| self.file.sync());
        self.directory.noted(&self.path, ended)
    }
}

/// What a reader reads: the files of one generation.
#[derive(Clone, Debug)]
pub(super) struct ReadDirectory {
    disk: MmapDirectory,
    meta: Arc<[u8]>,
}

impl ReadDirectory {
    /// The folder `path` with the segments that `meta` names.
    pub(super) fn open(path: &Path, meta: &str) -> Result<Self, OpenDirectoryError> {
        Ok(Self { disk: MmapDirectory::open(path)?, meta: meta.as_bytes().into() })
    }
}

/// The bytes of a file in the folder of an index, mapped: they stay when the file is deleted. An error where it is not there, or has not the
/// size that it was sealed with.
pub(super) fn mapped(dir: &Path, sealed: &Sealed) -> io::Result<OwnedBytes> {
    let file = MmapDirectory::open(dir).map_err(io::Error::other)?.open_read(Path::new(&sealed.file));
    let bytes = file.map_err(io::Error::other)?.read_bytes()?;
    if bytes.len() as u64 != sealed.bytes {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "it has not the size that was written"));
    }
    Ok(bytes)
}

fn read_only() -> io::Error {
    io::ErrorKind::ReadOnlyFilesystem.into()
}

impl Directory for ReadDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.disk.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::IoError { io_error: Arc::new(read_only()), filepath: path.to_owned() })
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        if path == Path::new(META) { Ok(true) } else { self.disk.exists(path) }
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::wrap_io_error(read_only(), path.to_owned()))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        if path == Path::new(META) {
            return Ok(self.meta.to_vec());
        }
        Err(OpenReadError::FileDoesNotExist(path.to_owned()))
    }

    fn atomic_write(&self, _: &Path, _: &[u8]) -> io::Result<()> {
        Err(read_only())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    fn acquire_lock(&self, _: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, _: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}
