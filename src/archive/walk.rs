//! Finds the files of an archive: sorted by name, links followed, loops told.
//!
//! What is no article by its name (README, LICENSE, names with a leading dot) is ignored below the roots;
//! a root is always taken. What cannot be read is reported with its path, and the walk goes on.

use std::io;
use std::path::{Path, PathBuf};

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
    pub modified: Option<i128>,
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
/// each folder.
///
/// Links are followed; a folder that is reached through itself is an [`Unreadable`], once. A file that is
/// no regular file (a socket, a pipe) is one as well. A name that is not UTF-8 stays what it is in
/// [`Found::path`]; whoever shows it replaces what cannot be shown.
pub fn walk(roots: &[PathBuf]) -> impl Iterator<Item = Result<Found, Unreadable>> {
    roots.iter().flat_map(|root| {
        let entries = WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter();
        let entries = entries.filter_entry(|entry| entry.depth() == 0 || !is_ignored(entry));
        entries.filter_map(move |entry| match entry {
            Ok(entry) => found(root, &entry),
            Err(error) => Some(Err(unreadable(root, &error))),
        })
    })
}

fn found(root: &Path, entry: &DirEntry) -> Option<Result<Found, Unreadable>> {
    if entry.file_type().is_dir() {
        return None;
    }
    let wrong = |message: String| {
        Some(Err(Unreadable { path: entry.path().to_owned(), problem: Problem::new(Place::Whole, message) }))
    };
    if !entry.file_type().is_file() {
        return wrong("not a file but a pipe, a socket or a device".to_owned());
    }
    match entry.metadata() {
        Ok(metadata) => {
            let modified = metadata.modified().ok().and_then(|time| {
                let since = time.duration_since(std::time::UNIX_EPOCH);
                match since {
                    Ok(after) => i128::try_from(after.as_nanos()).ok(),
                    Err(before) => i128::try_from(before.duration().as_nanos()).ok().map(|nanos| -nanos),
                }
            });
            Some(Ok(Found { path: entry.path().to_owned(), root: root.to_owned(), size: metadata.len(), modified }))
        }
        Err(error) => wrong(why(error.io_error())),
    }
}

/// Whether a name says that its file or folder holds no articles.
fn is_ignored(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let upper = name.to_uppercase();
    let document = !entry.file_type().is_dir()
        && (titled(&upper, "README") || titled(&upper, "LICENSE") || titled(&upper, "LICENCE"));
    name.starts_with('.') || document
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
