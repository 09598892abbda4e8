//! Whether an index is whole: its files, its two indexes held against each other and against the manifest and, where it is
//! asked for, the manifest against the files of the archive as they are now.
//!
//! What is damaged and what has only changed since are two things: the first is a fault of the index, the second is work for
//! the next run.

use std::path::{Path, PathBuf};

use crate::archive::content::content_of;
use crate::archive::manifest::{Damage, Kind, Row, Rows};
use crate::archive::{Met, look};
use crate::article::Which;
use crate::index::{self, Checked, Files, Notes, Reader};
use crate::text::id::Id;

use super::fault;
use super::place::Namer;

/// Of one kind of fault so many are told, and how many more there are.
const TOLD: u64 = 5;

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The id of the index.
    pub uuid: String,
    /// Which generation was looked at.
    pub generation: u64,
    /// Segments whose checksums are right.
    pub segments: u64,
    /// Articles.
    pub articles: u64,
    /// Quotations.
    pub quotes: u64,
    /// Whether there is a manifest for them to match.
    pub manifest: bool,
    /// What is wrong with the index.
    pub faults: Vec<String>,
    /// The files of the archive, where they were asked for.
    pub files: Option<OnDisk>,
    /// The files and folders that the index was made of, as far as that is known.
    pub roots: Vec<PathBuf>,
}

/// The files of the archive beside what the manifest says of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OnDisk {
    /// They hold what they held.
    pub same: u64,
    /// They were changed since, and show it.
    pub changed: u64,
    /// They are not there any more.
    pub gone: u64,
    /// They hold something else, or cannot be read any more, and do not show it: no run would notice.
    pub unseen: Vec<String>,
}

/// What is looked at, while it goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looking<'a> {
    /// A part of the index.
    Index(&'a str),
    /// A file of the archive.
    File(&'a str),
}

/// Looks at all of what is published in `dir`, while others may read and write it.
///
/// # Errors
/// Where there is no index, it is another version's, or so damaged that it cannot be opened at all.
pub fn verify(dir: &Path, with_files: bool, told: &mut dyn FnMut(Looking<'_>)) -> Result<Report, index::Error> {
    let reader = Reader::open_pinned(dir)?;
    verify_reader(&reader, dir, with_files, told)
}

/// The same, of a generation that is open, and pinned.
pub(super) fn verify_reader(
    reader: &Reader,
    dir: &Path,
    with_files: bool,
    told: &mut dyn FnMut(Looking<'_>),
) -> Result<Report, index::Error> {
    let contained = fault::contain(|| reader.check(&mut |part| told(Looking::Index(part))));
    // What has every checksum right and cannot be read all the same was written wrong.
    let checked = match contained {
        Ok(checked) => checked?,
        Err(fault) => Checked { faults: vec![fault.to_string()], ..Checked::default() },
    };
    let failed = |source| index::Error::Io { doing: "find", path: dir.to_owned(), source };
    let namer = Namer::new(dir).map_err(failed)?;
    let notes = reader.notes();
    let mut report = Report {
        uuid: reader.uuid().to_owned(),
        generation: reader.generation(),
        segments: checked.segments,
        articles: checked.articles.len() as u64,
        quotes: checked.quotes,
        manifest: reader.sealed_manifest().is_some(),
        faults: checked.faults,
        files: None,
        roots: notes.iter().flat_map(|notes| &notes.roots).map(|root| namer.path(root)).collect(),
    };
    // Where the index is damaged, its articles are not known, and the manifest cannot be held against them.
    if !report.faults.is_empty() {
        return Ok(report);
    }
    let notes = match notes {
        Ok(notes) => notes,
        Err(error) => {
            report.faults.push(error.to_string());
            return Ok(report);
        }
    };
    let Some(manifest) = reader.manifest()? else { return Ok(report) };
    let mut beside = Beside {
        articles: &checked.articles,
        met: vec![false; checked.articles.len()],
        faults: Vec::new(),
        wrong: 0,
        disk: with_files.then(OnDisk::default),
        namer: &namer,
        unseen: 0,
    };
    match Rows::open(manifest).and_then(|rows| beside.take_all(rows, &notes, told)) {
        Ok(()) => {}
        Err(damage) => beside.faults.push(format!("the manifest is damaged: {damage}")),
    }
    (report.faults, report.files) = beside.finish();
    Ok(report)
}

/// The manifest, beside the articles of the index and the files of the archive.
struct Beside<'a> {
    articles: &'a [Id],
    /// Of each article, whether the manifest names it.
    met: Vec<bool>,
    faults: Vec<String>,
    wrong: u64,
    disk: Option<OnDisk>,
    namer: &'a Namer,
    unseen: u64,
}

impl Beside<'_> {
    fn take_all(&mut self, mut rows: Rows, notes: &Notes, told: &mut dyn FnMut(Looking<'_>)) -> Result<(), Damage> {
        while let Some(row) = rows.row()? {
            let mut count = row.records.len();
            row.records.iter().for_each(|record| self.article(&row, None, record));
            while let Some(entry) = rows.entry()? {
                count += entry.records.len();
                entry.records.iter().for_each(|record| self.article(&row, Some(&entry.entry), record));
            }
            if count != row.articles {
                let path = &row.path;
                self.tell(|| format!("the manifest says of {path} both {} and {count} articles", row.articles));
            }
            if row.kind == Kind::File && !row.gone {
                self.file(&row, told);
            }
        }
        let told = rows.totals().unwrap_or_default();
        let Files { indexed, skipped, ignored, gone, places, reasons, odd } = notes.files;
        if (told.indexed, told.skipped, told.ignored) != (indexed, skipped, ignored)
            || (told.gone, told.places, told.skips, told.odd) != (gone, places, reasons, odd)
        {
            self.tell(|| "the manifest counts other files than the notes do".to_owned());
        }
        Ok(())
    }

    fn article(&mut self, row: &Row, entry: Option<&str>, record: Which) {
        let id = row.source(entry, record).id();
        match self.articles.binary_search(&id) {
            Ok(place) => {
                if let Some(met) = self.met.get_mut(place) {
                    *met = true;
                }
            }
            Err(_) => {
                let entry = entry.map(|entry| format!("!/{entry}")).unwrap_or_default();
                self.tell(|| format!("article {id} of {}{entry} is in the manifest and not in the index", row.path));
            }
        }
    }

    fn file(&mut self, row: &Row, told: &mut dyn FnMut(Looking<'_>)) {
        let (Some(disk), namer) = (&mut self.disk, self.namer) else { return };
        told(Looking::File(&row.path));
        let path = namer.path(&row.path);
        let found = match look(&path) {
            Some(Met::File(found)) => found,
            _ if path.symlink_metadata().is_err() => {
                disk.gone += 1;
                return;
            }
            _ => {
                disk.changed += 1;
                return;
            }
        };
        let looks_the_same = found.size == row.size && found.modified == row.modified;
        let Some(content) = row.content.filter(|_| found.size == row.size) else {
            if looks_the_same {
                disk.same += 1
            } else {
                disk.changed += 1
            }
            return;
        };
        let unseen = match content_of(&path) {
            Ok((now, _)) if now == content => {
                disk.same += 1;
                return;
            }
            // What shows its change, or is to be read again anyhow, hides nothing.
            _ if !looks_the_same || row.again || row.unsure || row.partial => {
                disk.changed += 1;
                return;
            }
            Ok(_) => "it holds something else than it did, and its size and time do not show it".to_owned(),
            Err(error) => format!("cannot be read: {error}"),
        };
        self.unseen += 1;
        if self.unseen <= TOLD {
            disk.unseen.push(format!("{}: {unseen}", row.path));
        }
    }

    fn tell(&mut self, fault: impl FnOnce() -> String) {
        self.wrong += 1;
        if self.wrong <= TOLD {
            self.faults.push(fault());
        }
    }

    fn finish(mut self) -> (Vec<String>, Option<OnDisk>) {
        let lost: Vec<Id> =
            self.articles.iter().zip(&self.met).filter(|(_, met)| !**met).map(|(article, _)| *article).collect();
        for article in lost {
            self.tell(|| format!("article {article} is in the index and not in the manifest"));
        }
        if self.wrong > TOLD {
            self.faults.push(format!("and {} more places where manifest and index differ", self.wrong - TOLD));
        }
        if let Some(disk) = &mut self.disk
            && self.unseen > TOLD
        {
            disk.unseen.push(format!("and {} more such files", self.unseen - TOLD));
        }
        (self.faults, self.disk)
    }
}
