//! Copies of an index: one generation, with the files that its user keeps beside it, as one bundle; and back again.
//!
//! A generation never changes, so it is copied while others read and write. What is damaged is not copied, so that a good copy is
//! never replaced by a bad one; and what is put back is looked at before anybody sees it.
//!
//! In the bundle the index lies in `index/` and what is beside it in `.onrecord/`: unpacked by hand it is an index as well.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use crate::archive::beside::{self, Own, PutBack};
use crate::archive::bundle::{Broken, Packer, unpack};
use crate::archive::whole;
use crate::index::{self, PartBytes, Reader, Restoration, WriterOptions};

use super::compact;
use super::verify::{Looking, verify_reader};

/// Before the names of the index's own files.
const INDEX: &str = "index/";

/// The part of an index that says what the others are.
const FIRST: &str = "index/generation.json";

/// The largest file of the user's.
const LARGEST: u64 = 64 << 20;

/// What was copied, or put back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The id of the index.
    pub uuid: String,
    /// The generation.
    pub generation: u64,
    /// Articles.
    pub articles: u64,
    /// Quotations.
    pub quotes: u64,
    /// The user's files, and what became of them when they were put back.
    pub beside: Vec<(String, PutBack)>,
}

/// Why it was not done.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The index failed, or the folder cannot be used.
    #[error(transparent)]
    Index(#[from] index::Error),
    /// The index is damaged.
    #[error(transparent)]
    Damaged(#[from] compact::Failure),
    /// The backup cannot be written.
    #[error("cannot write {place}: {source}")]
    Write {
        /// Where to.
        place: String,
        /// Why not.
        source: io::Error,
    },
    /// Another backup is being written to the same file.
    #[error("another `onrecord backup` is writing to {0}")]
    Busy(PathBuf),
    /// A file of the index, or one beside it, cannot be read or written.
    #[error("cannot {doing} {}: {source}", .path.display())]
    File {
        /// What was tried.
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// What was to be put back is broken.
    #[error("the backup cannot be restored: {0}")]
    Broken(#[from] Broken),
    /// What was put back is not whole.
    #[error("the backup cannot be restored: {0}")]
    Unsound(String),
}

/// The name in a bundle of a file of the user's.
fn own_name(name: &str) -> String {
    format!("{}/{name}", beside::FOLDER)
}

/// Copies what is published in `dir` to `to`, which is `place` to those who read of it. `told` hears of each part.
///
/// # Errors
/// Where there is no index, it is damaged, or `to` fails.
pub fn backup<W: Write>(dir: &Path, to: W, place: &str, told: &mut dyn FnMut(&str)) -> Result<(Report, W), Failure> {
    let reader = Reader::open_pinned(dir)?;
    pack(&reader, dir, to, place, told)
}

fn pack<W: Write>(
    reader: &Reader,
    dir: &Path,
    to: W,
    place: &str,
    told: &mut dyn FnMut(&str),
) -> Result<(Report, W), Failure> {
    compact::check(reader, dir, told)?;
    let status = reader.status()?;
    let mut report = Report {
        uuid: status.uuid,
        generation: status.generation,
        articles: status.articles,
        quotes: status.quotes,
        beside: Vec::new(),
    };
    let failed = |source| Failure::Write { place: place.to_owned(), source };
    let mut packer = Packer::new(to).map_err(failed)?;
    for part in reader.parts()? {
        told(&format!("copying {}", part.name));
        let name = format!("{INDEX}{}", part.name);
        match part.bytes {
            PartBytes::Held(bytes) => packer.add(&name, bytes.len() as u64, bytes.as_slice()).map_err(failed)?,
            PartBytes::File(path) => {
                let opened = File::open(&path).and_then(|file| Ok((file.metadata()?.len(), file)));
                let (bytes, file) = opened.map_err(|source| Failure::File { doing: "read", path, source })?;
                packer.add(&name, bytes, file).map_err(failed)?;
            }
        }
    }
    let folder = beside::folder(dir);
    let own = beside::own_files(&folder);
    for Own { name, bytes } in own.map_err(|source| Failure::File { doing: "read", path: folder, source })? {
        let name = own_name(&name);
        packer.add(&name, bytes.len() as u64, bytes.as_slice()).map_err(failed)?;
        report.beside.push((name, PutBack::Same));
    }
    let to = packer.finish().map_err(failed)?;
    Ok((report, to))
}

/// Copies what is published in `dir` to a file, which is there as a whole or not at all; gives its size in bytes too. A device or a
/// pipe, which has no size, gets what can be written.
///
/// # Errors
/// As [`backup`]; what the file held before then stays.
pub fn backup_to(dir: &Path, file: &Path, told: &mut dyn FnMut(&str)) -> Result<(Report, Option<u64>), Failure> {
    let place = file.display().to_string();
    let failed = |source| Failure::Write { place: place.clone(), source };
    // Opened first: where there is no index, no file is made.
    let reader = Reader::open_pinned(dir)?;
    if whole::passes_on(file) {
        let to = File::options().write(true).open(file).map_err(failed)?;
        return Ok((pack(&reader, dir, to, &place, told)?.0, None));
    }
    let file = &whole::end_of_links(file);
    let Some(name) = file.file_name().filter(|_| !file.is_dir()) else {
        return Err(failed(io::ErrorKind::IsADirectory.into()));
    };
    let mut part = name.to_owned();
    part.push(".part");
    let part = file.with_file_name(part);
    let open = File::options().write(true).create(true).truncate(false).open(&part).map_err(failed)?;
    if let Err(error) = open.try_lock() {
        return Err(match error {
            fs::TryLockError::WouldBlock => Failure::Busy(file.to_owned()),
            fs::TryLockError::Error(source) => failed(source),
        });
    }
    let written = open.set_len(0).map_err(failed).and_then(|()| {
        let (report, open) = pack(&reader, dir, open, &place, told)?;
        open.sync_all().map_err(failed)?;
        let bytes = open.metadata().map_err(failed)?.len();
        whole::put(&part, file).map_err(failed)?;
        Ok((report, Some(bytes)))
    });
    if written.is_err() {
        // What could not be finished is of no use, and the next one begins anew anyhow.
        let _ = fs::remove_file(&part);
    }
    written
}

/// Puts a backup into `dir`: into a new or empty folder, or with `force` in place of the index that is there. `seed` is what no
/// other process shares.
///
/// # Errors
/// Where the folder is not empty, the backup is broken, or writing fails; what is in the folder then stays as it was.
pub fn restore(
    from: impl Read,
    dir: &Path,
    force: bool,
    seed: &str,
    told: &mut dyn FnMut(&str),
) -> Result<Report, Failure> {
    let options = WriterOptions { seed: seed.to_owned(), ..WriterOptions::default() };
    let mut restoration: Option<Restoration> = None;
    let mut own = Vec::new();
    unpack(from, &mut |name, bytes, input: &mut dyn Read| {
        told(&format!("unpacking {name}"));
        let unknown = || Err(Failure::Unsound(format!("it holds {name:?}, which is no part of an index")));
        if let Some(name) = name.strip_prefix(beside::FOLDER).and_then(|name| name.strip_prefix('/')) {
            if bytes > LARGEST || !beside::is_name(name) {
                return unknown();
            }
            let mut bytes = Vec::new();
            input.read_to_end(&mut bytes).map_err(Broken::from)?;
            own.push(Own { name: name.to_owned(), bytes });
            return Ok(());
        }
        match (&mut restoration, name.strip_prefix(INDEX)) {
            (None, Some(_)) if name == FIRST => {
                restoration = Some(Restoration::begin(dir, input, force, &options)?);
                Ok(())
            }
            (Some(restoration), Some(part)) => match restoration.take(part, input)? {
                true => Ok(()),
                false => unknown(),
            },
            _ => unknown(),
        }
    })?;
    let Some(mut restoration) = restoration else {
        return Err(Failure::Unsound("there is no index in it".to_owned()));
    };
    let verified = verify_reader(&restoration.reader()?, dir, false, &mut |looking| {
        if let Looking::Index(part) = looking {
            told(&format!("checking {part}"));
        }
    })?;
    if let Some(fault) = verified.faults.into_iter().next() {
        return Err(Failure::Unsound(fault));
    }
    restoration.publish()?;
    let mut report = Report {
        uuid: verified.uuid,
        generation: verified.generation,
        articles: verified.articles,
        quotes: verified.quotes,
        beside: Vec::new(),
    };
    let folder = beside::folder(dir);
    for own in own {
        let put = beside::put_back(&folder, &own);
        let path = folder.join(&own.name);
        let put = put.map_err(|source| Failure::File { doing: "write", path, source })?;
        report.beside.push((own_name(&own.name), put));
    }
    Ok(report)
}
