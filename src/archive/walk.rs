//! Finds the files of an archive: sorted by name, links followed, loops told.
//!
//! What is no article by its name (README, LICENSE, names with a leading dot) is ignored below the roots and only counted;
//! a root is always taken. What cannot be read is reported with its path, and the walk goes on.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use walkdir::{DirEntry, WalkDir};

use crate::text::problem::{Place, Problem};

/// A file of the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it is: the root as given, with the path below it.
    pub path: PathBuf,
    /// The root that it was found under; the file itself where the root is a file.
    pub root: PathBuf,
    /// Its size in bytes, as it lies there.
    pub size: u64,
    /// When it was last changed: nanoseconds since 1970, where the file system knows.
    pub modified: Option<i64>,
}

/// What a walk comes upon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Met {
    /// A file.
    File(Found),
    /// A file or folder that is ignored by its name.
    Ignored(Ignored),
    /// A place that cannot be read.
    Unreadable(Unreadable),
}

/// A file or folder that is ignored by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ignored {
    /// Where.
    pub path: PathBuf,
    /// How many files it is or holds.
    pub files: u64,
}

impl Found {
    /// The path below its root; the file's name where the root is the file.
    pub fn below(&self) -> &Path {
        match self.path.strip_prefix(&self.root) {
            Ok(below) if !below.as_os_str().is_empty() => below,
            _ => self.path.file_name().map_or(self.path.as_path(), Path::new),
        }
    }
}

/// A place in the archive that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Where.
    pub path: PathBuf,
    /// Why.
    pub problem: Problem,
}

/// Finds the files under `roots`, in the order of the roots and sorted by the bytes of their names inside
/// each folder. The folder `except` is not entered, unless it is a root.
///
/// Links are followed; a folder that is reached through itself is an [`Unreadable`], once. A file that is
/// no regular file (a socket, a pipe) is one as well. Of each file the system is asked once, and no file is opened.
pub fn walk<'a>(roots: &'a [PathBuf], except: &'a Path) -> impl Iterator<Item = Met> + 'a {
    roots.iter().flat_map(move |root| {
        let mut entries = WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter();
        std::iter::from_fn(move || {
            loop {
                match entries.next()? {
                    Err(error) => return Some(Met::Unreadable(unreadable(root, &error))),
                    Ok(entry) if entry.depth() > 0 && is_ignored(entry.file_name(), entry.file_type().is_dir()) => {
                        if entry.file_type().is_dir() {
                            entries.skip_current_dir();
                        }
                        return Some(Met::Ignored(ignored(&entry)));
                    }
                    Ok(entry) if !entry.file_type().is_dir() => return Some(met(root, &entry)),
                    Ok(entry) if entry.depth() > 0 && entry.path() == except => entries.skip_current_dir(),
                    Ok(_) => {}
                }
            }
        })
    })
}

/// The file at `path`, which is a root of its own, or why it cannot be read; `None` where it is a folder.
pub fn look(path: &Path) -> Option<Met> {
    let wrong = |message| {
        Some(Met::Unreadable(Unreadable { path: path.to_owned(), problem: Problem::new(Place::Whole, message) }))
    };
    match path.metadata() {
        Ok(known) if known.is_file() => Some(Met::File(Found {
            path: path.to_owned(),
            root: path.to_owned(),
            size: known.len(),
            modified: known.modified().ok().map(nanoseconds),
        })),
        Ok(known) if known.is_dir() => None,
        Ok(_) => wrong(NO_FILE.to_owned()),
        Err(error) => wrong(why(Some(&error))),
    }
}

const NO_FILE: &str = "not a file but a pipe, a socket or a device";

fn met(root: &Path, entry: &DirEntry) -> Met {
    let wrong = |message: String| {
        Met::Unreadable(Unreadable { path: entry.path().to_owned(), problem: Problem::new(Place::Whole, message) })
    };
    if !entry.file_type().is_file() {
        return wrong(NO_FILE.to_owned());
    }
    match entry.metadata() {
        Ok(metadata) => Met::File(Found {
            path: entry.path().to_owned(),
            root: root.to_owned(),
            size: metadata.len(),
            modified: metadata.modified().ok().map(nanoseconds),
        }),
        Err(error) => wrong(why(error.io_error())),
    }
}

/// Since 1970; what lies outside the years 1677 to 2262 is put at their ends.
fn nanoseconds(time: SystemTime) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_nanos()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |before| -before),
    }
}

/// What is ignored, with the files in it counted; links in it are not followed.
fn ignored(entry: &DirEntry) -> Ignored {
    let files = if entry.file_type().is_dir() {
        let below = WalkDir::new(entry.path()).into_iter().filter_map(Result::ok);
        below.filter(|entry| entry.file_type().is_file()).count() as u64
    } else {
        1
    };
    Ignored { path: entry.path().to_owned(), files }
}

/// Whether a name says that its file or folder holds no articles.
pub fn is_ignored(name: &OsStr, folder: bool) -> bool {
    let name = name.to_string_lossy();
    let document = || {
        // Most names are seen through by their first letter.
        if !name.starts_with(['R', 'r', 'L', 'l']) {
            return false;
        }
        let upper = name.to_uppercase();
        titled(&upper, "README") || titled(&upper, "LICENSE") || titled(&upper, "LICENCE")
    };
    name.starts_with('.') || (!folder && document())
}

/// `README`, `README.md`, `README-de.txt`, but not `READMEN`.
fn titled(name: &str, title: &str) -> bool {
    name.strip_prefix(title).is_some_and(|tail| !tail.starts_with(char::is_alphanumeric))
}

fn unreadable(root: &Path, error: &walkdir::Error) -> Unreadable {
    let path = error.path().unwrap_or(root).to_owned();
    let problem = match error.loop_ancestor() {
        Some(ancestor) => Problem::new(Place::Whole, format!("a loop: this link leads back to {}", ancestor.display()))
            .hint("its articles are read once, where they lie"),
        None => Problem::new(Place::Whole, why(error.io_error())),
    };
    Unreadable { path, problem }
}

fn why(error: Option<&io::Error>) -> String {
    match error.map(io::Error::kind) {
        Some(io::ErrorKind::NotFound) => "not found, or a link to nothing".to_owned(),
        Some(io::ErrorKind::PermissionDenied) => "not readable: permission denied".to_owned(),
        _ => match error {
            Some(error) => format!("not readable: {error}"),
            None => "not readable".to_owned(),
        },
    }
}
