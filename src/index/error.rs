//! What can go wrong with an index as a machine's failure: the folder, its files, the engine.
//!
//! Each message says what to do where something can be done. A question that finds nothing, or an id that
//! several things share, is an answer and no error.

use std::io;
use std::path::{Path, PathBuf};

use super::budget::TOO_MUCH;

/// A failure of the index.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nothing has been published in this folder.
    #[error("no index in {0}; `onrecord index FOLDER -i {0}` makes one of the articles in FOLDER", .dir.display())]
    Missing {
        /// The folder of the index.
        dir: PathBuf,
    },
    /// What is published cannot be read.
    #[error("the index in {} is damaged ({what}); `onrecord index FOLDER -i {} --rebuild` makes it anew of the articles in FOLDER", .dir.display(), .dir.display())]
    Damaged {
        /// The folder of the index.
        dir: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// It was made by a version that lays its fields out otherwise.
    #[error(
        "the index in {0} was made by another version of onrecord; `onrecord index FOLDER -i {0} --rebuild` makes it anew of the articles in FOLDER",
        .dir.display()
    )]
    OtherSchema {
        /// The folder of the index.
        dir: PathBuf,
    },
    /// Another process is writing to it.
    #[error("another `onrecord index` is writing to {}; try again when it is done", .dir.display())]
    Busy {
        /// The folder of the index.
        dir: PathBuf,
    },
    /// Writing failed before, so that nothing more can be built on it; what is published is whole.
    #[error("writing to the index in {} failed before; run `onrecord index` again", .dir.display())]
    Unfinished {
        /// The folder of the index.
        dir: PathBuf,
    },
    /// A folder into which a backup is to be restored is not empty.
    #[error("{what} {} already; `--force` puts the backup in place of it, `-i DIR` chooses another folder", .dir.display())]
    Occupied {
        /// The folder.
        dir: PathBuf,
        /// What is in it, as the beginning of a sentence.
        what: &'static str,
    },
    /// A backup cannot be restored.
    #[error("the backup cannot be restored: {what}")]
    Backup {
        /// Why not.
        what: String,
    },
    /// The system refused to read or write.
    #[error("cannot {doing} {}: {source}", .path.display())]
    Io {
        /// What was tried, as a verb: `read`, `write`, `create`.
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The question would have taken too long, or too much memory.
    #[error("this question is too much for one search; more words, or a narrower date, make it smaller")]
    TooMuch,
    /// A word of the question that is not quite known stands for too many.
    #[error("`{clause}` stands for more than {most} words of this index; more letters make it fewer")]
    TooManyWords {
        /// The clause as a query has it.
        clause: String,
        /// How many are allowed.
        most: usize,
    },
    /// The engine failed while writing or searching.
    #[error("the index in {} failed: {source}", .dir.display())]
    Engine {
        /// The folder of the index.
        dir: PathBuf,
        /// What it said.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl Error {
    pub(super) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { doing, path, source }
    }

    pub(super) fn damaged(dir: &Path, what: impl Into<String>) -> Self {
        Self::Damaged { dir: dir.to_owned(), what: what.into() }
    }

    pub(super) fn backup(what: impl Into<String>) -> Self {
        Self::Backup { what: what.into() }
    }

    pub(super) fn engine(dir: &Path) -> impl Fn(tantivy::TantivyError) -> Self {
        let dir = dir.to_owned();
        move |source| match source {
            tantivy::TantivyError::InvalidArgument(what) if what == TOO_MUCH => Self::TooMuch,
            source => Self::Engine { dir: dir.clone(), source: Box::new(source) },
        }
    }
}
