//! Where saved queries lie: `.onrecord/queries` beside the archive, then the folder of the user.
//!
//! Of two of one name, the first counts. It reads and writes texts, and does not know what they say.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::super::{beside, whole};
use crate::text::order_mark::unmarked;

/// What a file's name ends with.
const END: &str = ".toml";

/// The longest name, in bytes: behind it come a few endings, and most systems take 255.
const LONGEST: usize = 100;

/// The largest file; a query is at most 8 KiB.
const LARGEST: u64 = 1 << 20;

/// Why the folders cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// The system says no.
    #[error("cannot {doing} {}: {source}", .path.display())]
    Io {
        /// Read, write, remove.
        doing: &'static str,
        /// What.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// There is none of this name.
    #[error("there is no saved query `{name}`\nhelp: {}", near.as_ref().map_or_else(|| "`onrecord saved list` lists them all".to_owned(), |near| format!("did you mean `{near}`?")))]
    Missing {
        /// The name.
        name: String,
        /// The one that was probably meant.
        near: Option<String>,
    },
    /// It is no name.
    #[error("`{0}` is no name for a saved query\nhelp: {NAMES}")]
    NoName(String),
    /// There is one already.
    #[error("there is a saved query `{name}` already: {}\nhelp: `onrecord saved edit {name}` changes it", .path.display())]
    There {
        /// The name.
        name: String,
        /// Its file.
        path: PathBuf,
    },
}

/// A saved query's name and file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The name.
    pub name: String,
    /// The file.
    pub path: PathBuf,
}

/// The folders of saved queries, the first that counts first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Library {
    folders: Vec<PathBuf>,
}

/// What [`is_name`] asks of a name.
pub const NAMES: &str = "names are letters, digits, `-`, `_` and `.`, and begin with a letter or a digit";

/// Whether a saved query may have this name.
pub fn is_name(name: &str) -> bool {
    let letters = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    name.starts_with(char::is_alphanumeric) && name.chars().all(letters) && name.len() <= LONGEST
}

impl Library {
    /// The folders that belong to the index in this folder, and to the user.
    pub fn of(index: &Path, user: Option<&Path>) -> Self {
        let archive = beside::folder(index).join("queries");
        Self { folders: std::iter::once(archive).chain(user.map(|user| user.join("queries"))).collect() }
    }

    /// The folders.
    pub fn folders(&self) -> &[PathBuf] {
        &self.folders
    }

    /// All saved queries, by name.
    ///
    /// # Errors
    /// Where a folder cannot be read.
    pub fn list(&self) -> Result<Vec<Place>, LibraryError> {
        let mut places: Vec<Place> = Vec::new();
        for folder in &self.folders {
            let entries = match folder.read_dir() {
                Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                    continue;
                }
                entries => entries.map_err(failed("read", folder))?,
            };
            for entry in entries {
                let entry = entry.map_err(failed("read", folder))?;
                let Ok(file) = entry.file_name().into_string() else { continue };
                let Some(name) = file.strip_suffix(END).filter(|name| is_name(name)) else { continue };
                if entry.path().is_file() && !places.iter().any(|place| place.name == name) {
                    places.push(Place { name: name.to_owned(), path: entry.path() });
                }
            }
        }
        places.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(places)
    }

    /// Files in the folders that would be saved queries if they had such a name.
    ///
    /// # Errors
    /// Where a folder cannot be read.
    pub fn strays(&self) -> Result<Vec<PathBuf>, LibraryError> {
        let mut strays = Vec::new();
        for folder in self.folders.iter().filter(|folder| folder.is_dir()) {
            for entry in folder.read_dir().map_err(failed("read", folder))? {
                let entry = entry.map_err(failed("read", folder))?;
                let file = entry.file_name().to_string_lossy().into_owned();
                if file.strip_suffix(END).is_some_and(|name| !is_name(name)) && entry.path().is_file() {
                    strays.push(entry.path());
                }
            }
        }
        strays.sort();
        Ok(strays)
    }

    /// The one of this name.
    ///
    /// # Errors
    /// Where there is none.
    pub fn find(&self, name: &str) -> Result<Place, LibraryError> {
        if is_name(name) {
            let file = format!("{name}{END}");
            let path = self.folders.iter().map(|folder| folder.join(&file)).find(|path| path.is_file());
            if let Some(path) = path {
                return Ok(Place { name: name.to_owned(), path });
            }
        }
        let known = self.list()?;
        let near = known.iter().map(|place| &place.name).min_by_key(|known| strsim::osa_distance(known, name));
        let near = near.filter(|near| strsim::osa_distance(near, name) <= 1 + name.chars().count() / 4).cloned();
        Err(LibraryError::Missing { name: name.to_owned(), near })
    }

    /// The place of a new one, beside the archive or in the user's folder.
    ///
    /// # Errors
    /// Where there is one of the name, or it is no name.
    pub fn free(&self, name: &str, of_user: bool) -> Result<Place, LibraryError> {
        if !is_name(name) {
            return Err(LibraryError::NoName(name.to_owned()));
        }
        if let Ok(place) = self.find(name) {
            return Err(LibraryError::There { name: place.name, path: place.path });
        }
        let folder = if of_user { self.folders.last() } else { self.folders.first() };
        let folder = folder.map_or(Path::new("."), PathBuf::as_path);
        Ok(Place { name: name.to_owned(), path: folder.join(format!("{name}{END}")) })
    }
}

impl Place {
    /// Its text.
    ///
    /// # Errors
    /// Where it cannot be read, or is no text.
    pub fn text(&self) -> Result<String, LibraryError> {
        let read = || {
            if self.path.metadata()?.len() > LARGEST {
                return Err(io::Error::other("it is larger than 1 MB"));
            }
            fs::read_to_string(&self.path)
        };
        let text = read().map_err(failed("read", &self.path))?;
        Ok(unmarked(&text).to_owned())
    }

    /// Where a text is kept that is to take its place.
    pub fn draft(&self) -> PathBuf {
        self.path.with_file_name(format!("{}{END}{}", self.name, whole::PASSING))
    }

    /// Puts this text in its place, in one step.
    ///
    /// # Errors
    /// Where it cannot be written; it is then as it was.
    pub fn replace(&self, text: &str) -> Result<(), LibraryError> {
        whole::replace(&self.path, text.as_bytes()).map_err(failed("write", &self.path))
    }

    /// Writes it where there is none, and its folder where that is missing.
    ///
    /// # Errors
    /// Where it cannot be written, or there is one by now.
    pub fn make(&self, text: &str) -> Result<(), LibraryError> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder).map_err(failed("make", folder))?;
        whole::create(&self.path, text.as_bytes()).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => LibraryError::There { name: self.name.clone(), path: self.path.clone() },
            _ => failed("write", &self.path)(error),
        })
    }

    /// Removes its file.
    ///
    /// # Errors
    /// Where it cannot be removed.
    pub fn remove(&self) -> Result<(), LibraryError> {
        fs::remove_file(&self.path).map_err(failed("remove", &self.path))
    }
}

fn failed(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> LibraryError {
    move |source| LibraryError::Io { doing, path: path.to_owned(), source }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_who_save_under_one_name_one_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let library = Library::of(&folder.path().join("index"), None);
        let (one, other) = (library.free("ferry", false).expect("none"), library.free("ferry", false).expect("none"));
        one.make("one").expect("it is saved");
        assert!(matches!(other.make("other"), Err(LibraryError::There { .. })));
        assert_eq!(one.text().expect("it is there"), "one");
        other.replace("other").expect("it is replaced");
        assert_eq!(one.text().expect("it is there"), "other");
    }
}
