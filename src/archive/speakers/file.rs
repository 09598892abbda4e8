//! The file of speakers on disk: where it lies, and how it is changed so that nobody ever sees half of it.
//!
//! Whoever changes it holds a lock from reading to writing, so that of two changes at once neither is lost. A file
//! that is not there says nothing; one that is broken is an error, whatever was asked.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::text::order_mark::unmarked;
use crate::text::problem::Problem;

use super::super::{beside, whole};
use super::edit::Refusal;
use super::roll::Speakers;

/// The file in the folder of what people write themselves.
const NAME: &str = "speakers.toml";

/// Locked by the one who changes the file.
const LOCK: &str = "speakers.lock";

/// Why the file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
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
    /// It does not say what it should.
    #[error("{}", told(.path, .problem))]
    Broken {
        /// The file.
        path: PathBuf,
        /// Where and what.
        problem: Problem,
    },
}

/// Why a change was not made.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// The file cannot be used.
    #[error(transparent)]
    File(#[from] FileError),
    /// The change makes no sense.
    #[error(transparent)]
    Refused(#[from] Refusal),
}

fn told(path: &Path, problem: &Problem) -> String {
    format!("{}: {problem}{}", path.display(), problem.help())
}

/// The file, there or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeakersFile {
    path: PathBuf,
}

impl SpeakersFile {
    /// The file that belongs to the index in this folder: `.onrecord/speakers.toml` in the folder that holds it.
    pub fn beside(index: &Path) -> Self {
        Self { path: beside::folder(index).join(NAME) }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What it says; nothing where there is none.
    ///
    /// # Errors
    /// Where it cannot be read, or is broken.
    pub fn read(&self) -> Result<Speakers, FileError> {
        self.parse(self.text()?.as_deref().unwrap_or_default())
    }

    /// Changes it: `edit` gets its text and what that says, and gives the new text, which is on disk when this returns.
    ///
    /// # Errors
    /// Where it cannot be read or written, is broken, or `edit` refuses; the file is then as it was.
    pub fn change(&self, edit: impl FnOnce(&str, &Speakers) -> Result<String, Refusal>) -> Result<(), ChangeError> {
        let _lock = self.lock()?;
        let text = self.text()?.unwrap_or_default();
        let changed = edit(unmarked(&text), &self.parse(&text)?)?;
        whole::replace(&self.path, changed.as_bytes()).map_err(failed("write", &self.path))?;
        Ok(())
    }

    /// What this text of it says.
    ///
    /// # Errors
    /// Where it is broken.
    pub fn parse(&self, text: &str) -> Result<Speakers, FileError> {
        Speakers::parse(unmarked(text)).map_err(|problem| FileError::Broken { path: self.path.clone(), problem })
    }

    /// Its text as it stands there; nothing where there is none.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn text(&self) -> Result<Option<String>, FileError> {
        match fs::read_to_string(&self.path) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(failed("read", &self.path)(error)),
        }
    }

    /// Held until it is dropped, by death too.
    fn lock(&self) -> Result<File, FileError> {
        let folder = self.folder();
        fs::create_dir_all(folder).map_err(failed("make", folder))?;
        let path = folder.join(LOCK);
        let open = File::options().create(true).truncate(false).write(true).open(&path);
        open.and_then(|file| file.lock().map(|()| file)).map_err(failed("lock", &path))
    }

    fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new("."))
    }
}

fn failed(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> FileError {
    move |source| FileError::Io { doing, path: path.to_owned(), source }
}
