//! Making an index small: its segments merged into one of each kind, without what was deleted.
//!
//! What is damaged is not merged, since what comes of it would have checksums that are right.

use std::path::Path;

use crate::index::{self, Bulk, Reader, Writer, WriterOptions};

use super::verify::{Looking, verify_reader};

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Report {
    /// How much there was.
    pub before: Bulk,
    /// How much there is.
    pub after: Bulk,
    /// Whether there was anything to merge.
    pub merged: bool,
}

/// Why it was not done.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The index failed.
    #[error(transparent)]
    Index(#[from] index::Error),
    /// It is damaged.
    #[error("the index in {0} is damaged ({what}); `onrecord verify -i {0}` says what to do", .dir.display())]
    Damaged {
        /// The folder of the index.
        dir: std::path::PathBuf,
        /// The first thing that is wrong.
        what: String,
    },
}

/// Does it; others may read meanwhile. `told` hears of each part that is looked at, and of the merging.
///
/// # Errors
/// Where there is no index, it is damaged, somebody else writes to it, or writing fails; what is published then stays.
pub fn compact(dir: &Path, told: &mut dyn FnMut(&str)) -> Result<Report, Failure> {
    // Opened first: where there is none, none is made.
    let before = Reader::open(dir)?.bulk()?;
    let mut writer = Writer::open(dir, &WriterOptions::default())?;
    let reader = Reader::open(dir)?;
    check(&reader, dir, told)?;
    let notes = reader.notes()?;
    drop(reader);
    told("merging");
    let merged = writer.compact()?;
    if merged {
        writer.publish(&notes)?;
    }
    Ok(Report { before, after: Reader::open(dir)?.bulk()?, merged })
}

/// Refuses what is damaged.
pub(super) fn check(reader: &Reader, dir: &Path, told: &mut dyn FnMut(&str)) -> Result<(), Failure> {
    let report = verify_reader(reader, dir, false, &mut |looking| {
        if let Looking::Index(part) = looking {
            told(&format!("checking {part}"));
        }
    })?;
    match report.faults.into_iter().next() {
        Some(what) => Err(Failure::Damaged { dir: dir.to_owned(), what }),
        None => Ok(()),
    }
}
