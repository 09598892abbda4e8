//! What a run has to do: the archive as it is now beside the manifest of what it was.
//!
//! No file is opened for it; of each the system was asked once. A folder that cannot be read, or in which nothing is left at
//! all (a drive that is not there looks like that), says nothing about what was in it.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io;
use std::path::{Component, PathBuf};
use std::sync::atomic::Ordering::Relaxed;

use crate::archive::manifest::{Kind, Row, Rows, is_below};
use crate::archive::{self, Found, Met, is_ignored};
use crate::text::id::Id;

use super::super::place::Namer;
use super::fingerprint::Fingerprint;
use super::lockstep::{Lockstep, Side};
use super::sheaf::{Item, Sheaf, Verdict};
use super::{Failure, Order, Progress, Tally};

/// A change within this time before a run began may have been followed by another that bears the same time: file systems
/// count in steps of up to two seconds.
const UNSURE: i64 = 2_000_000_000;

/// A folder or file that is looked at.
pub(super) struct Root {
    pub(super) path: PathBuf,
    pub(super) name: String,
    /// Whether all that is below it was looked at, or only what was listed.
    whole: bool,
    /// The files that were found there.
    files: u64,
}

/// What was found, and what is to be done.
pub(super) struct Survey {
    pub(super) sheaf: Sheaf,
    pub(super) roots: Vec<Root>,
    by_name: BTreeMap<String, usize>,
    /// Places that could not be entered: what was below them may still be there.
    closed: BTreeSet<String>,
    /// What was listed and is not there.
    missing: BTreeSet<String>,
    /// The part of that which has no row in the manifest.
    pub(super) unknown: BTreeSet<String>,
    /// Hashes of the paths that ids of files in other places are made of.
    pub(super) foreign: HashSet<u64>,
    /// Sizes and times of the files that have to be opened, sorted.
    pub(super) due: Vec<(u64, Option<i64>)>,
    pub(super) counts: Tally,
    /// Whether the manifest has to be written anew whatever comes of the files.
    pub(super) news: bool,
}

/// The paths of a list, as absolute ones.
pub(super) type List<'a> = dyn Iterator<Item = io::Result<PathBuf>> + 'a;

/// Looks at everything; `None` where it was told to stop.
pub(super) fn survey(
    order: &Order,
    namer: &Namer,
    (mut folders, list): (Vec<PathBuf>, Option<&mut List<'_>>),
    known_roots: &[String],
    told: &mut dyn FnMut(Progress),
) -> Result<Option<Survey>, Failure> {
    let mut survey = Survey {
        sheaf: Sheaf::default(),
        roots: Vec::new(),
        by_name: BTreeMap::new(),
        closed: BTreeSet::new(),
        missing: BTreeSet::new(),
        unknown: BTreeSet::new(),
        foreign: HashSet::new(),
        due: Vec::new(),
        counts: Tally::default(),
        news: false,
    };
    if let Some(list) = list {
        for path in list {
            if order.stop.load(Relaxed) {
                return Ok(None);
            }
            let path = settle(namer, path.map_err(Failure::List)?);
            if let Some(folder) = survey.take_listed(namer, known_roots, path) {
                folders.push(folder);
            }
        }
    }
    folders.sort_by(|one, other| archive::manifest::compare(&namer.name(one), &namer.name(other)));
    folders.dedup();
    let mut seen = 0;
    for folder in folders.iter().filter(|folder| !namer.is_own(folder)) {
        let root = survey.root(namer.name(folder), folder.clone(), true);
        for met in archive::walk(std::slice::from_ref(folder), namer.index()) {
            if order.stop.load(Relaxed) {
                return Ok(None);
            }
            survey.take(namer, root, met);
            seen += 1;
            if seen % 1000 == 0 {
                told(Progress { found: seen, ..Progress::default() });
            }
        }
    }
    survey.sheaf.sort();
    Ok(Some(survey))
}

impl Survey {
    /// A file of a list; a folder is given back, to be walked.
    fn take_listed(&mut self, namer: &Namer, known: &[String], path: PathBuf) -> Option<PathBuf> {
        let name = namer.name(&path);
        if namer.is_own(&path) {
            return None;
        }
        let Some(met) = archive::look(&path) else { return Some(path) };
        // As the file would be called when its folder is walked, so that a pattern reads the same of its path.
        let above = known.iter().filter(|root| is_below(&name, root)).max_by_key(|root| root.len());
        let above =
            above.cloned().unwrap_or_else(|| if name.starts_with('/') { "/".to_owned() } else { String::new() });
        let root = self.root(above.clone(), namer.path(&above), false);
        if let Met::Unreadable(_) = &met
            && path.symlink_metadata().is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
        {
            self.unknown.insert(name.clone());
            self.missing.insert(name);
            return None;
        }
        let met = if ignored_between(&above, &name) { Met::Ignored(archive::Ignored { path, files: 1 }) } else { met };
        self.take(namer, root, met);
        None
    }

    /// The names of the roots below which everything was looked at.
    pub(super) fn whole_roots(&self) -> impl Iterator<Item = String> {
        self.roots.iter().filter(|root| root.whole).map(|root| root.name.clone())
    }

    fn root(&mut self, name: String, path: PathBuf, whole: bool) -> usize {
        let next = self.roots.len();
        let number = *self.by_name.entry(name.clone()).or_insert(next);
        match self.roots.get_mut(number) {
            Some(root) => root.whole |= whole,
            None => self.roots.push(Root { path, name, whole, files: 0 }),
        }
        number
    }

    fn take(&mut self, namer: &Namer, root: usize, met: Met) {
        let mut item = Item {
            name: String::new(),
            kind: Kind::File,
            root,
            size: 0,
            modified: None,
            reason: String::new(),
            verdict: Verdict::New,
        };
        let path = match met {
            Met::File(found) => {
                if let Some(root) = self.roots.get_mut(root) {
                    root.files += 1;
                }
                (item.size, item.modified) = (found.size, found.modified);
                found.path
            }
            Met::Ignored(ignored) => {
                (item.kind, item.size, item.verdict) = (Kind::Ignored, ignored.files, Verdict::Other);
                ignored.path
            }
            Met::Unreadable(place) => {
                (item.kind, item.verdict) = (Kind::Place, Verdict::Other);
                item.reason = place.problem.to_string();
                self.closed.insert(namer.name(&place.path));
                place.path
            }
        };
        item.name = match self.roots.get(root) {
            Some(root) => namer.name_below(&root.path, &root.name, &path),
            None => namer.name(&path),
        };
        self.sheaf.push(&item);
    }

    /// What was found, as the walk gave it.
    pub(super) fn found(&self, namer: &Namer, item: &Item) -> Found {
        Found { size: item.size, modified: item.modified, ..self.found_at(namer, &item.name, item.root) }
    }

    /// The same, of a file of which only the name and the root are known.
    pub(super) fn found_at(&self, namer: &Namer, name: &str, root: usize) -> Found {
        let path = namer.path(name);
        let root = self.roots.get(root).map_or_else(|| path.clone(), |root| root.path.clone());
        Found { path, root, size: 0, modified: None }
    }

    /// Compares what was found with the manifest, and judges each file.
    pub(super) fn compare(&mut self, order: &Order, namer: &Namer, rows: Rows) -> Result<(), Failure> {
        let fingerprint = Fingerprint::new(order);
        let sheaf = std::mem::take(&mut self.sheaf);
        let mut verdicts = Vec::new();
        let mut steps = Lockstep::new(&sheaf, rows);
        while let Some(side) = steps.next().map_err(|damage| Failure::damaged(order, damage))? {
            let verdict = match side {
                Side::Found(item) => Some(self.judge_new(order, item)),
                Side::Both(item, row) => {
                    let place = fingerprint.asks_places().then(|| self.found(namer, item));
                    Some(self.judge(order, item, &row, fingerprint.of(place.as_ref(), row.entries > 0)))
                }
                Side::Known(row) => {
                    self.note_missing(order, &row);
                    None
                }
            };
            verdicts.extend(verdict);
        }
        self.sheaf = sheaf;
        self.sheaf.judge(verdicts);
        self.due.sort_unstable();
        Ok(())
    }

    fn judge_new(&mut self, order: &Order, item: &Item) -> Verdict {
        match item.kind {
            Kind::Ignored => self.counts.ignored += item.size,
            Kind::Place => {
                self.news = true;
                return Verdict::New;
            }
            Kind::File if is_older(order, item) => {
                self.counts.passed += 1;
                return Verdict::Passed;
            }
            Kind::File => {
                self.counts.new += 1;
                self.due.push((item.size, item.modified));
                return Verdict::New;
            }
        }
        self.news = true;
        Verdict::Other
    }

    fn judge(&mut self, order: &Order, item: &Item, row: &Row, reading: Id) -> Verdict {
        self.note_origin(row);
        match item.kind {
            Kind::Ignored => {
                self.news |= row.kind != item.kind;
                self.counts.ignored += item.size;
                return Verdict::Other;
            }
            Kind::Place if row.skipped.told.contains(&item.reason) => {
                self.counts.known_skips += 1;
                return Verdict::Other;
            }
            Kind::Place => {
                self.news = true;
                return Verdict::New;
            }
            Kind::File => {}
        }
        let same =
            row.kind == Kind::File && row.size == item.size && row.modified == item.modified && item.modified.is_some();
        let whole = !row.partial && !row.again && !row.gone && row.kind == Kind::File;
        let verdict = match () {
            () if row.kind != Kind::File => Verdict::New,
            () if row.reading != Some(reading) => Verdict::Reread,
            () if !whole => Verdict::Unfinished,
            () if !same => Verdict::Altered,
            () if row.unsure => Verdict::Unsure,
            () => Verdict::Unchanged,
        };
        if verdict != Verdict::Unchanged && is_older(order, item) {
            self.counts.passed += 1;
            return Verdict::Passed;
        }
        match verdict {
            Verdict::Unchanged => {
                self.counts.unchanged += 1;
                self.counts.known_skips += row.skips;
            }
            Verdict::New => self.counts.new += 1,
            Verdict::Reread => self.counts.reread += 1,
            _ => self.counts.altered += 1,
        }
        if verdict != Verdict::Unchanged {
            self.due.push((item.size, item.modified));
        }
        verdict
    }

    /// A row of which nothing was found.
    fn note_missing(&mut self, order: &Order, row: &Row) {
        self.note_origin(row);
        self.unknown.remove(&row.path);
        if self.covers(&row.path) {
            self.counts.gone += u64::from(row.articles > 0);
            // Without articles there is nothing to keep it for.
            self.news |= !row.gone || row.articles == 0 || order.prune;
        } else if let Some(root) = self.emptied(&row.path)
            && row.articles > 0
        {
            *self.counts.emptied.entry(root).or_insert(0) += 1;
        }
    }

    fn note_origin(&mut self, row: &Row) {
        if let Some(origin) = &row.origin {
            self.foreign.insert(hash(origin));
        }
    }

    /// Whether there is anything to be read or told.
    pub(super) fn has_work(&self) -> bool {
        self.news || !self.due.is_empty()
    }

    /// Whether a file of this size has to be opened.
    pub(super) fn is_due(&self, size: u64) -> bool {
        let at = self.due.partition_point(|(other, _)| *other < size);
        self.due.get(at).is_some_and(|(other, _)| *other == size)
    }

    /// How many files of this size that were changed at this time have to be opened.
    pub(super) fn due_like(&self, size: u64, modified: Option<i64>) -> usize {
        let key = (size, modified);
        self.due.partition_point(|due| *due <= key) - self.due.partition_point(|due| *due < key)
    }

    /// Whether a file of this name would have been found if it were there.
    pub(super) fn covers(&self, name: &str) -> bool {
        if self.missing.contains(name) {
            return true;
        }
        let whole = |above: &&str| {
            let root = self.by_name.get(*above).and_then(|number| self.roots.get(*number));
            root.is_some_and(|root| root.whole && root.files > 0) && !ignored_between(above, name)
        };
        !above(name).any(|above| self.closed.contains(above)) && above(name).any(|above| whole(&above))
    }

    /// The root above this name in which nothing was found at all.
    fn emptied(&self, name: &str) -> Option<String> {
        let empty = |above: &&str| {
            let root = self.by_name.get(*above).and_then(|number| self.roots.get(*number));
            root.is_some_and(|root| root.whole && root.files == 0 && !self.closed.contains(*above))
        };
        above(name).find(|above| empty(above)).map(str::to_owned)
    }
}

/// The path as a walk would have it: what leads up and down again is undone, and so are links on the way to the archive.
fn settle(namer: &Namer, path: PathBuf) -> PathBuf {
    let winds = path.components().any(|part| part == Component::ParentDir);
    if !winds && !namer.name(&path).starts_with('/') {
        return path;
    }
    let settled = path.parent().and_then(|parent| parent.canonicalize().ok()).zip(path.file_name());
    settled.map_or_else(|| path.clone(), |(parent, own)| parent.join(own))
}

/// The hash of a path that ids are made of.
pub(super) fn hash(origin: &str) -> u64 {
    Id::of_parts([origin.as_bytes()]).0
}

fn is_older(order: &Order, item: &Item) -> bool {
    order.since.is_some_and(|since| item.modified.is_some_and(|modified| modified < since))
}

/// Whether a change at this time may have been followed by another that cannot be told from it.
pub(super) fn is_unsure(order: &Order, modified: Option<i64>) -> bool {
    modified.is_some_and(|modified| modified >= order.began.saturating_sub(UNSURE))
}

/// The name itself and every folder above it.
fn above(name: &str) -> impl Iterator<Item = &str> {
    let folders = name.char_indices().rev().filter(|(_, letter)| *letter == '/');
    let folders = folders.filter_map(|(at, _)| name.get(..at.max(usize::from(name.starts_with('/')))));
    let top = if name.starts_with('/') { None } else { Some("") };
    std::iter::once(name).chain(folders).chain(top)
}

/// Whether a part of the name below `root` says that it is to be ignored.
fn ignored_between(root: &str, name: &str) -> bool {
    let below = name.strip_prefix(root).unwrap_or_default();
    let parts: Vec<&str> = below.split('/').filter(|part| !part.is_empty()).collect();
    let last = parts.len().saturating_sub(1);
    parts.iter().enumerate().any(|(place, part)| is_ignored(part.as_ref(), place < last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_and_what_is_above_it() {
        assert_eq!(above("a/b/c").collect::<Vec<_>>(), ["a/b/c", "a/b", "a", ""]);
        assert_eq!(above("/a/b").collect::<Vec<_>>(), ["/a/b", "/a", "/"]);
    }

    #[test]
    fn ignored_below_a_root() {
        for (root, name, expected) in [
            ("a", "a/b.txt", false),
            ("a", "a/.git/x", true),
            ("a/.git", "a/.git/x", false),
            ("a", "a/README.md", true),
            ("a", "a/README/x.txt", false),
            ("", ".onrecord/x", true),
            ("a/README.md", "a/README.md", false),
        ] {
            assert_eq!(ignored_between(root, name), expected, "{name} in {root}");
        }
    }
}
