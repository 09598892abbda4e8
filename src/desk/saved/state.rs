//! What the runs of a saved query have seen: one file for each index, name and set of given values, in `.onrecord/runs`.
//!
//! Whoever runs a query holds the lock of its file from reading to writing, so that of two runs at once the second sees what the
//! first has seen. A file is replaced in one step, and is whole whenever a process is killed. What is done with it is not known here.

use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::archive::{beside, whole};
use crate::extract::Kind;
use crate::index::hit::QuoteHit;
use crate::text::day::PartialDate;
use crate::text::id::Id;

/// The version of the form.
const VERSION: u32 = 1;

/// A first line is no longer than this: a query is at most 8 KiB, and so is a value.
const LONGEST_HEAD: u64 = 16 << 20;

/// What was seen.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// When the last run that moved it was.
    pub ran: String,
    /// The generation of the index that it read.
    pub batch: u64,
    /// What it asked.
    pub query: String,
    /// The quotations that have been reported, or were there when something was.
    pub seen: BTreeMap<Id, Seen>,
}

/// A quotation that was seen, as it was then.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Seen {
    id: String,
    article: String,
    /// The day on which it was new.
    pub first: String,
    quote: String,
    kind: String,
    speaker: Option<String>,
    role: Option<String>,
    cue: Option<String>,
    confidence: f32,
    date: Option<String>,
    outlet: Option<String>,
    title: Option<String>,
    url: Option<String>,
    path: String,
}

impl Seen {
    /// This quotation, which is new on that day.
    pub fn of(hit: &QuoteHit, first: String) -> Self {
        Self {
            id: hit.id.to_string(),
            article: hit.article.to_string(),
            first,
            quote: hit.quote.clone(),
            kind: hit.kind.name().to_owned(),
            speaker: hit.speaker.clone(),
            role: hit.role.clone(),
            cue: hit.cue.clone(),
            confidence: hit.confidence,
            date: hit.date.map(|date| date.to_string()),
            outlet: hit.outlet.clone(),
            title: hit.title.clone(),
            url: hit.url.clone(),
            path: hit.path.clone(),
        }
    }

    /// The words.
    pub fn quote(&self) -> &str {
        &self.quote
    }

    /// The article's id.
    pub fn article(&self) -> Option<Id> {
        Id::parse(&self.article)
    }

    /// What was other than it is now: `speaker: Ada Lund; date: 2016-02`; nothing where nothing was.
    pub fn other_than(&self, hit: &QuoteHit) -> Option<String> {
        let now = Self::of(hit, self.first.clone());
        let none = || "none".to_owned();
        let text = |text: &Option<String>| text.clone().unwrap_or_else(none);
        let mut was = Vec::new();
        let mut compare = |name: &str, before: &str, after: &str| {
            if before != after {
                was.push(format!("{name}: {before}"));
            }
        };
        compare("quote", &self.quote, &now.quote);
        compare("speaker", &text(&self.speaker), &text(&now.speaker));
        compare("role", &text(&self.role), &text(&now.role));
        compare("kind", &self.kind, &now.kind);
        compare("date", &text(&self.date), &text(&now.date));
        compare("outlet", &text(&self.outlet), &text(&now.outlet));
        compare("title", &text(&self.title), &text(&now.title));
        compare("url", &text(&self.url), &text(&now.url));
        (!was.is_empty()).then(|| was.join("; "))
    }

    /// The quotation as it was: without its place in a text that may be gone.
    pub fn hit(&self, id: Id) -> QuoteHit {
        QuoteHit {
            id,
            article: self.article().unwrap_or(id),
            quote: self.quote.clone(),
            spans: Vec::new(),
            kind: [Kind::Direct, Kind::Mixed, Kind::Indirect]
                .into_iter()
                .find(|kind| kind.name() == self.kind)
                .unwrap_or(Kind::Direct),
            speaker: self.speaker.clone(),
            role: self.role.clone(),
            cue: self.cue.clone(),
            rule: String::new(),
            confidence: self.confidence,
            context: String::new(),
            date: self.date.as_deref().and_then(PartialDate::parse),
            date_source: None,
            outlet: self.outlet.clone(),
            byline: None,
            section: None,
            title: self.title.clone(),
            url: self.url.clone(),
            path: self.path.clone(),
            lang: None,
            score: 0.0,
            marks: Vec::new(),
            why: None,
            repeats: None,
        }
    }
}

/// The first line of a file.
#[derive(Serialize, Deserialize)]
struct Head {
    version: u32,
    name: String,
    params: BTreeMap<String, String>,
    index: String,
    ran: String,
    batch: u64,
    query: String,
    seen: usize,
}

/// Why a state cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// The system says no.
    #[error("cannot {doing} {}: {source}", .path.display())]
    Io {
        /// Read, write, lock.
        doing: &'static str,
        /// What.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It is not what was written.
    #[error("{}, line {line}, is not what `onrecord run` wrote\nhelp: `--reset` begins anew; put the file back to go on from it", .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The line.
        line: usize,
    },
    /// A newer program wrote it.
    #[error("{} was written by another version of onrecord\nhelp: `--reset` begins anew", .path.display())]
    Version {
        /// The file.
        path: PathBuf,
    },
}

/// The place of a state.
#[derive(Clone, Debug)]
pub struct Store {
    /// The folder of all states.
    runs: PathBuf,
    folder: PathBuf,
    /// The file's name without its ending.
    stem: String,
    /// The name of the index's folder.
    index: String,
    name: String,
    params: BTreeMap<String, String>,
}

/// A state that nobody else reads or writes until this is dropped, by death too.
#[derive(Debug)]
pub struct Held<'a> {
    store: &'a Store,
    _lock: File,
}

/// The folder of the states that belong to the index in this folder, and the name of that.
fn places(index: &Path) -> (PathBuf, String) {
    let index = beside::real(index);
    let name = index.file_name().unwrap_or_default().to_string_lossy().into_owned();
    (beside::folder(&index).join("runs"), name)
}

impl Store {
    /// That of a saved query with these values given, on the index of this uuid in this folder.
    pub fn of(index: &Path, uuid: &str, name: &str, given: &[(String, String)]) -> Self {
        let params: BTreeMap<String, String> = given.iter().cloned().collect();
        let parts: Vec<&[u8]> = params.iter().flat_map(|(name, value)| [name.as_bytes(), value.as_bytes()]).collect();
        let (runs, index) = places(index);
        let folder = runs.join(uuid);
        Self { folder, runs, stem: format!("{name}.{}", Id::of_parts(parts)), index, name: name.to_owned(), params }
    }

    /// Takes it, or gives `None` where somebody else has it.
    ///
    /// # Errors
    /// Where its folder cannot be made or locked.
    pub fn try_hold(&self) -> Result<Option<Held<'_>>, StateError> {
        let file = self.open_lock()?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Held { store: self, _lock: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(source)) => Err(failed("lock", &self.folder)(source)),
        }
    }

    /// Takes it, when nobody else has it.
    ///
    /// # Errors
    /// As [`Store::try_hold`].
    pub fn hold(&self) -> Result<Held<'_>, StateError> {
        let file = self.open_lock()?;
        file.lock().map_err(failed("lock", &self.folder))?;
        Ok(Held { store: self, _lock: file })
    }

    fn open_lock(&self) -> Result<File, StateError> {
        fs::create_dir_all(&self.folder).map_err(failed("make", &self.folder))?;
        let path = self.folder.join(format!("{}.lock", self.stem));
        File::options().create(true).truncate(false).write(true).open(&path).map_err(failed("lock", &path))
    }

    /// What was seen in this index; `None` where nothing was ever run.
    ///
    /// # Errors
    /// Where it cannot be read, or is damaged.
    pub fn read(&self) -> Result<Option<State>, StateError> {
        read(&self.path())
    }

    /// What was last seen in an index that was in the same folder before this one.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub fn read_earlier(&self) -> Result<Option<State>, StateError> {
        let mut last: Option<State> = None;
        for path in self.earlier()? {
            let state = read(&path)?;
            if state.as_ref().is_some_and(|state| last.as_ref().is_none_or(|last| last.ran < state.ran)) {
                last = state;
            }
        }
        Ok(last)
    }

    fn path(&self) -> PathBuf {
        self.folder.join(self.file_name())
    }

    fn file_name(&self) -> String {
        format!("{}.jsonl", self.stem)
    }

    /// The files of the same query and values, of indexes that were in this folder before; among them those that do not say of
    /// which index they are.
    fn earlier(&self) -> Result<Vec<PathBuf>, StateError> {
        let mut paths = Vec::new();
        for folder in entries(&self.runs)? {
            let path = folder.join(self.file_name());
            if folder != self.folder && self.may_be_earlier(&path).map_err(failed("read", &path))? {
                paths.push(path);
            }
        }
        paths.sort();
        Ok(paths)
    }

    /// Whether there is such a file, and it is not that of an index in another folder.
    fn may_be_earlier(&self, path: &Path) -> io::Result<bool> {
        let mut head = Vec::new();
        match File::open(path) {
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Ok(false);
            }
            file => BufReader::new(file?.take(LONGEST_HEAD)).read_until(b'\n', &mut head)?,
        };
        let head: serde_json::Value = serde_json::from_slice(&head).unwrap_or_default();
        Ok(head.get("index").and_then(|index| index.as_str()).is_none_or(|index| index == self.index))
    }
}

/// What is in a folder; nothing where it is not there.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, StateError> {
    let read = match folder.read_dir() {
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(Vec::new()),
        entries => entries.and_then(|entries| entries.map(|entry| entry.map(|entry| entry.path())).collect()),
    };
    read.map_err(failed("read", folder))
}

impl Held<'_> {
    /// Puts it in place of what there was; it is on the disk when this returns.
    ///
    /// # Errors
    /// Where it cannot be written; it is then as it was.
    pub fn write(&self, state: &State) -> Result<(), StateError> {
        let path = self.store.path();
        let store = self.store;
        let head = Head {
            version: VERSION,
            name: store.name.clone(),
            params: store.params.clone(),
            index: store.index.clone(),
            ran: state.ran.clone(),
            batch: state.batch,
            query: state.query.clone(),
            seen: state.seen.len(),
        };
        let mut text = Vec::new();
        let written = serde_json::to_writer(&mut text, &head).and_then(|()| {
            text.push(b'\n');
            state.seen.values().try_for_each(|seen| {
                serde_json::to_writer(&mut text, seen)?;
                text.push(b'\n');
                Ok(())
            })
        });
        written.map_err(io::Error::from).and_then(|()| whole::replace(&path, &text)).map_err(failed("write", &path))?;
        self.tidy();
        Ok(())
    }

    /// Removes what runs that were killed have left half written.
    fn tidy(&self) {
        let begin = format!("{}.", self.store.file_name());
        for entry in self.store.folder.read_dir().into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with(&begin) && name.ends_with(whole::PASSING) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// Forgets it, with what was seen in earlier indexes of the folder; gives whether there was anything.
    ///
    /// # Errors
    /// Where it cannot be found out or removed.
    pub fn forget(&self) -> Result<bool, StateError> {
        let mut any = false;
        for path in self.store.earlier()?.into_iter().chain([self.store.path()]) {
            match fs::remove_file(&path) {
                Ok(()) => any = true,
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(failed("remove", &path)(error)),
            }
        }
        Ok(any)
    }
}

fn read(path: &Path) -> Result<Option<State>, StateError> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed("read", path)(error)),
    };
    let damaged = |line: usize| StateError::Damaged { path: path.to_owned(), line };
    let mut lines = text.lines();
    let head: serde_json::Value =
        lines.next().and_then(|line| serde_json::from_str(line).ok()).ok_or_else(|| damaged(1))?;
    if head.get("version") != Some(&VERSION.into()) {
        return Err(StateError::Version { path: path.to_owned() });
    }
    let head: Head = serde_json::from_value(head).map_err(|_| damaged(1))?;
    let mut seen = BTreeMap::new();
    for (number, line) in (2..).zip(lines) {
        let entry: Seen = serde_json::from_str(line).map_err(|_| damaged(number))?;
        seen.insert(Id::parse(&entry.id).ok_or_else(|| damaged(number))?, entry);
    }
    if seen.len() != head.seen {
        return Err(damaged(seen.len() + 2));
    }
    Ok(Some(State { ran: head.ran, batch: head.batch, query: head.query, seen }))
}

/// Removes what the runs of a saved query have seen, with whatever values, in every index of the folder.
///
/// # Errors
/// Where it cannot be found out or removed.
pub fn forget_all(index: &Path, name: &str) -> Result<u64, StateError> {
    let (runs, _) = places(index);
    let mut removed = 0;
    for folder in entries(&runs)? {
        for entry in entries(&folder)? {
            let file = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let stem = file.strip_suffix(".jsonl").or_else(|| file.strip_suffix(".lock"));
            let of = stem.and_then(|stem| stem.rsplit_once('.')).map(|(of, _)| of);
            if of == Some(name) {
                fs::remove_file(&entry).map_err(failed("remove", &entry))?;
                removed += u64::from(file.ends_with(".jsonl"));
            }
        }
    }
    Ok(removed)
}

fn failed(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> StateError {
    move |source| StateError::Io { doing, path: path.to_owned(), source }
}
