//! The file of speakers on disk: where it lies, and how it is changed so that nobody ever sees half of it.
//!
//! Whoever changes it holds a lock from reading to writing, so that of two changes at once neither is lost. A file
//! that is not there says nothing; one that is broken is an error, whatever was asked.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::text::problem::Problem;

use super::edit::Refusal;
use super::roll::Speakers;

/// Folder beside the index for what people write themselves.
const FOLDER: &str = ".onrecord";

/// The file in it.
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
    let hint = problem.hint.as_ref().map(|hint| format!("\nhelp: {hint}")).unwrap_or_default();
    format!("{}: {problem}{hint}", path.display())
}

/// The file, there or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeakersFile {
    path: PathBuf,
}

impl SpeakersFile {
    /// The file that belongs to the index in this folder: `.onrecord/speakers.toml` in the folder that holds it.
    pub fn beside(index: &Path) -> Self {
        let index = index.canonicalize().unwrap_or_else(|_| index.to_owned());
        Self { path: index.parent().unwrap_or(&index).join(FOLDER).join(NAME) }
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
        self.parse(&self.text()?)
    }

    /// Changes it: `edit` gets its text and what that says, and gives the new text, which is on disk when this returns.
    ///
    /// # Errors
    /// Where it cannot be read or written, is broken, or `edit` refuses; the file is then as it was.
    pub fn change(&self, edit: impl FnOnce(&str, &Speakers) -> Result<String, Refusal>) -> Result<(), ChangeError> {
        let _lock = self.lock()?;
        let text = self.text()?;
        let changed = edit(&text, &self.parse(&text)?)?;
        self.replace(&changed)?;
        Ok(())
    }

    fn parse(&self, text: &str) -> Result<Speakers, FileError> {
        Speakers::parse(text).map_err(|problem| FileError::Broken { path: self.path.clone(), problem })
    }

    fn text(&self) -> Result<String, FileError> {
        match fs::read_to_string(&self.path) {
            // An editor's byte-order mark is no part of TOML.
            Ok(text) => Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
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

    /// Written beside it, made durable, then put in its place in one step.
    fn replace(&self, text: &str) -> Result<(), FileError> {
        // A link to a file that is kept elsewhere stays a link.
        let path = self.path.canonicalize().unwrap_or_else(|_| self.path.clone());
        let folder = path.parent().unwrap_or(Path::new("."));
        let temporary = folder.join(format!("{NAME}.new"));
        let written = File::create(&temporary).and_then(|mut file| {
            if let Ok(old) = path.metadata() {
                file.set_permissions(old.permissions())?;
            }
            file.write_all(text.as_bytes())?;
            file.sync_all()
        });
        written.and_then(|()| fs::rename(&temporary, &path)).map_err(failed("write", &path))?;
        // The new name is durable with its folder; where folders cannot be opened, the system sees to it.
        File::open(folder).and_then(|folder| folder.sync_all()).or_else(|error| match error.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput => Ok(()),
            _ => Err(failed("write", &path)(error)),
        })
    }
}

fn failed(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> FileError {
    move |source| FileError::Io { doing, path: path.to_owned(), source }
}
