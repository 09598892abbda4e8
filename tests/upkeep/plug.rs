//! A disk that obeys until its plug is pulled, or until it is full: what was not synced by then may be lost.
//!
//! It does what it is told on the real disk, since the engine reads there, and keeps account of what would be left: of a file
//! what was synced, of a folder the names that it had when it was last synced. What came later is lost, or is there, in part
//! or as a whole, as chance has it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use onrecord::index::{Disk, DiskFile};

use super::growing::Chance;

/// What a disk leaves undone that it says it has done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Sloppy {
    #[default]
    Nothing,
    /// Syncing files.
    Files,
    /// Syncing folders.
    Folders,
}

/// What happens when the count of operations is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// Nothing.
    Never,
    /// The plug is pulled: nothing works any more.
    Cut(u64),
    /// The disk is full: nothing more can be written, and what is there can be renamed and removed.
    Full(u64),
    /// It lets nobody write, for want of permission.
    Denied(u64),
}

/// What is left of what was not synced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rest {
    /// Nothing: neither bytes nor names.
    Nothing,
    /// Every name, and no byte.
    Names,
    /// Some, as chance has it, also in the midst of a file, and some bytes as zeros.
    Some,
}

#[derive(Clone)]
pub(crate) struct Plug(Arc<Mutex<State>>);

struct State {
    fate: Fate,
    sloppy: Sloppy,
    count: u64,
    files: Vec<Kept>,
    /// Which file has which name, as the system says now.
    now: BTreeMap<PathBuf, usize>,
    /// The same as it will be if nothing else is synced.
    durable: BTreeMap<PathBuf, usize>,
    durable_folders: BTreeSet<PathBuf>,
    /// What was done to the names in each folder since it was synced.
    pending: BTreeMap<PathBuf, Vec<Change>>,
}

#[derive(Default)]
struct Kept {
    bytes: Vec<u8>,
    synced: usize,
}

#[derive(Clone)]
enum Change {
    Named(PathBuf, usize),
    Renamed(PathBuf, PathBuf),
    Removed(PathBuf),
    Folder(PathBuf),
}

impl fmt::Debug for Plug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Plug({:?})", self.state().fate)
    }
}

impl Plug {
    /// Over what lies in `root`, all of which is durable.
    pub(crate) fn over(root: &Path, fate: Fate, sloppy: Sloppy) -> Self {
        let mut state = State {
            fate,
            sloppy,
            count: 0,
            files: Vec::new(),
            now: BTreeMap::new(),
            durable: BTreeMap::new(),
            durable_folders: BTreeSet::from([root.parent().expect("it lies in a folder").to_owned()]),
            pending: BTreeMap::new(),
        };
        let mut folders = vec![root.to_owned()];
        while let Some(folder) = folders.pop() {
            let Ok(entries) = fs::read_dir(&folder) else { continue };
            state.durable_folders.insert(folder);
            for path in entries.map(|entry| entry.expect("an entry").path()) {
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let bytes = fs::read(&path).expect("it can be read");
                state.durable.insert(path, state.files.len());
                state.files.push(Kept { synced: bytes.len(), bytes });
            }
        }
        state.now = state.durable.clone();
        Self(Arc::new(Mutex::new(state)))
    }

    /// How many operations there have been.
    pub(crate) fn count(&self) -> u64 {
        self.state().count
    }

    /// What is left of `root` when the plug has been pulled, in its place.
    pub(crate) fn leave(&self, root: &Path, rest: Rest, chance: &mut Chance) {
        let state = self.state();
        let (mut names, mut folders) = (state.durable.clone(), state.durable_folders.clone());
        for change in state.pending.values().flatten() {
            let stays = match rest {
                Rest::Nothing => false,
                Rest::Names => true,
                Rest::Some => chance.below(2) == 0,
            };
            if stays {
                change.apply(&mut names, &mut folders);
            }
        }
        fs::remove_dir_all(root).unwrap_or_default();
        for folder in &folders {
            // A folder whose own name is lost is lost with all that is in it.
            if folder.starts_with(root) && folder.parent().is_some_and(Path::is_dir) {
                fs::create_dir(folder).expect("it can be made");
            }
        }
        for (path, file) in names {
            if !path.parent().is_some_and(Path::is_dir) {
                continue;
            }
            let Kept { bytes, synced } = state.files.get(file).expect("it is known");
            let mut left = bytes.get(..*synced).expect("it was written").to_vec();
            if rest == Rest::Some {
                let more = chance.below((bytes.len() - synced + 1) as u64);
                let end = synced + usize::try_from(more).expect("a small number");
                left.extend_from_slice(bytes.get(*synced..end).expect("it was written"));
                if chance.below(3) == 0 {
                    left.iter_mut().skip(*synced).for_each(|byte| *byte = 0);
                }
            }
            fs::write(path, left).expect("it can be written");
        }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().expect("nobody fails while they hold it")
    }

    /// One more operation, which is the last where the plug is pulled.
    fn count_one(&self, writes: bool) -> io::Result<()> {
        let mut state = self.state();
        state.count += 1;
        match state.fate {
            Fate::Cut(at) if state.count >= at => Err(io::Error::other("the plug is pulled")),
            Fate::Full(at) if writes && state.count >= at => Err(io::Error::from_raw_os_error(28)),
            Fate::Denied(at) if writes && state.count >= at => Err(io::Error::from_raw_os_error(13)),
            _ => Ok(()),
        }
    }
}

impl Change {
    fn apply(&self, names: &mut BTreeMap<PathBuf, usize>, folders: &mut BTreeSet<PathBuf>) {
        match self {
            Self::Named(path, file) => {
                names.insert(path.clone(), *file);
            }
            Self::Renamed(from, to) => {
                if let Some(file) = names.remove(from) {
                    names.insert(to.clone(), file);
                }
            }
            Self::Removed(path) => {
                names.remove(path);
            }
            Self::Folder(path) => {
                folders.insert(path.clone());
            }
        }
    }
}

impl State {
    fn change(&mut self, path: &Path, change: Change) {
        change.apply(&mut self.now, &mut BTreeSet::new());
        self.pending.entry(folder_of(path)).or_default().push(change);
    }
}

fn folder_of(path: &Path) -> PathBuf {
    path.parent().expect("it lies in a folder").to_owned()
}

impl Disk for Plug {
    fn create(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        self.count_one(true)?;
        let real = File::create(path)?;
        let mut state = self.state();
        let file = match state.now.get(path).copied() {
            // It is emptied, and nobody knows when.
            Some(file) => {
                *state.files.get_mut(file).expect("it is known") = Kept::default();
                file
            }
            None => {
                state.files.push(Kept::default());
                let file = state.files.len() - 1;
                state.change(path, Change::Named(path.to_owned(), file));
                file
            }
        };
        drop(state);
        Ok(Box::new(Open { plug: self.clone(), real, file }))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.count_one(false)?;
        fs::rename(from, to)?;
        self.state().change(from, Change::Renamed(from.to_owned(), to.to_owned()));
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.count_one(false)?;
        fs::remove_file(path)?;
        self.state().change(path, Change::Removed(path.to_owned()));
        Ok(())
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.count_one(true)?;
        fs::create_dir(path)?;
        self.state().change(path, Change::Folder(path.to_owned()));
        Ok(())
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.count_one(true)?;
        let mut state = self.state();
        let State { sloppy, pending, durable, durable_folders, .. } = &mut *state;
        if *sloppy != Sloppy::Folders {
            for change in pending.remove(path).unwrap_or_default() {
                change.apply(durable, durable_folders);
            }
        }
        Ok(())
    }
}

struct Open {
    plug: Plug,
    real: File,
    file: usize,
}

impl Write for Open {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.plug.count_one(true)?;
        let written = self.real.write(bytes)?;
        let mut state = self.plug.state();
        let file = state.files.get_mut(self.file).expect("it is known");
        file.bytes.extend_from_slice(bytes.get(..written).expect("no more than was given"));
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl DiskFile for Open {
    fn sync(&mut self) -> io::Result<()> {
        self.plug.count_one(true)?;
        let mut state = self.plug.state();
        if state.sloppy != Sloppy::Files {
            let file = state.files.get_mut(self.file).expect("it is known");
            file.synced = file.bytes.len();
        }
        Ok(())
    }
}
