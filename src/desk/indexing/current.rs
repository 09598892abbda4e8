//! The file that is being read: its row in the manifest as it grows, and what is left of what was there before.

use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;

use crate::archive::content::Content;
use crate::archive::manifest::{Bundle, Closed, Entry, Records, Row};
use crate::article::Which;
use crate::text::id::Id;

use super::feed::Entries;
use super::sheaf::{Item, Verdict};

/// What is in the index from before, under the ids that the file has now.
#[derive(Default)]
pub(super) struct Held {
    pub(super) records: Records,
    pub(super) entries: Option<Arc<Entries>>,
}

/// The file that is being read.
pub(super) struct Current {
    pub(super) row: Row,
    /// What was known of it, unless its ids were given to another file.
    pub(super) old: Option<Row>,
    pub(super) verdict: Verdict,
    /// The root that it was found under, as a place in the survey's list.
    pub(super) root: usize,
    held: Held,
    /// The entries that have been read or kept: the other held ones are not there any more.
    met: BTreeSet<String>,
    bundle: Bundle,
    open: Option<Entry>,
}

impl Current {
    /// The file at its opening; its records below `from` are in the index from a run that was interrupted in the middle of it:
    /// they will be [passed](Self::pass).
    pub(super) fn new(mut row: Row, old: Option<Row>, held: Held, item: &Item, from: u64) -> Self {
        row.through = from;
        // What was odd about those is told by no one else: they are not read again.
        if let Some(old) = old.as_ref().filter(|_| from > 0) {
            (row.oddities, row.odd) = (old.oddities, old.odd.clone());
        }
        let (met, bundle) = (BTreeSet::new(), Bundle::default());
        Self { row, old, verdict: item.verdict, root: item.root, held, met, bundle, open: None }
    }

    /// What it is called when something is told of it.
    pub(super) fn place(&self) -> String {
        match &self.open {
            Some(entry) => format!("{}!/{}", self.row.path, entry.entry),
            None => self.row.path.clone(),
        }
    }

    /// The id of the article of this record, where it is not that of its place.
    pub(super) fn id(&self, record: Which) -> Option<Id> {
        let entry = self.open.as_ref().map(|entry| entry.entry.as_str());
        self.row.origin.as_ref().map(|_| self.row.source(entry, record).id())
    }

    /// There is an article of this record, which is the one of that number.
    pub(super) fn add(&mut self, record: Which, number: u64) {
        match &mut self.open {
            Some(entry) => entry.records.insert(record),
            None => {
                self.row.records.insert(record);
                self.row.through = self.row.through.max(number + 1);
            }
        }
        self.row.articles += 1;
    }

    /// The article of this record is in the index as it is.
    pub(super) fn pass(&mut self, record: Which) {
        if self.held.records.contains(record) {
            self.row.records.insert(record);
            self.row.articles += 1;
        }
    }

    /// Something could not be indexed.
    pub(super) fn skip(&mut self, reason: String) {
        self.row.skips += 1;
        match &mut self.open {
            Some(entry) => entry.skipped.push(reason),
            None => self.row.skipped.push(reason),
        }
    }

    /// Something is odd about an article; true where nothing of that kind was in this file or entry before.
    pub(super) fn note(&mut self, odd: &str) -> bool {
        self.row.oddities += 1;
        match &mut self.open {
            Some(entry) => entry.odd.push_kind(odd),
            None => self.row.odd.push_kind(odd),
        }
    }

    /// An entry begins.
    pub(super) fn open(&mut self, name: String) {
        self.open = Some(Entry { entry: name, ..Entry::default() });
    }

    /// The entry ends; gives the ids of the articles that it does not have any more.
    pub(super) fn close(&mut self, content: Option<Content>) -> io::Result<Vec<Id>> {
        let Some(entry) = self.open.take() else { return Ok(Vec::new()) };
        let entry = Entry { content, ..entry };
        self.push(&entry)?;
        let old = self.held_entry(&entry.entry);
        let lost = old.iter().flat_map(|old| old.records.iter().filter(|record| !entry.records.contains(*record)));
        Ok(lost.map(|record| self.row.source(Some(&entry.entry), record).id()).collect())
    }

    /// An entry is as it was; gives how many reasons it has for skipping something.
    pub(super) fn keep(&mut self, name: &str) -> io::Result<u64> {
        let Some(entry) = self.held_entry(name) else { return Ok(0) };
        self.row.articles += entry.records.len();
        self.row.skips += entry.skipped.len();
        self.row.oddities += entry.odd.len();
        self.push(&entry)?;
        Ok(entry.skipped.len())
    }

    fn push(&mut self, entry: &Entry) -> io::Result<()> {
        self.met.insert(entry.entry.clone());
        self.row.entries += 1;
        self.bundle.push(entry)
    }

    fn held_entry(&self, name: &str) -> Option<Entry> {
        self.held.entries.as_ref().and_then(|entries| entries.get(name)).cloned()
    }

    /// The row of a file that has been read to its end, with its entries, and the ids of the articles that it does not have
    /// any more.
    pub(super) fn finish(self) -> io::Result<(Row, Closed, Vec<Id>)> {
        let Self { mut row, held, met, bundle, .. } = self;
        row.through = 0;
        let records = held.records.iter().filter(|record| !row.records.contains(*record));
        let mut gone: Vec<Id> = records.map(|record| row.source(None, record).id()).collect();
        for entry in unmet(&held, &met) {
            gone.extend(entry.records.iter().map(|record| row.source(Some(&entry.entry), record).id()));
        }
        Ok((row, bundle.close()?, gone))
    }

    /// The row as far as the file has been read, with all that is in the index of it: what was read, and what is still there
    /// from before.
    pub(super) fn unfinished(&mut self) -> io::Result<(Row, Closed)> {
        let mut row = Row { partial: true, content: None, ..self.row.clone() };
        let read = row.records.len();
        self.held.records.iter().for_each(|record| row.records.insert(record));
        row.articles += row.records.len() - read;
        let mut open = self.open.clone();
        if let Some(open) = &mut open {
            let read = open.records.len();
            let old = self.held_entry(&open.entry);
            old.iter().flat_map(|old| old.records.iter()).for_each(|record| open.records.insert(record));
            row.articles += open.records.len() - read;
            row.entries += 1;
        }
        let others = unmet(&self.held, &self.met);
        let others = others.filter(|entry| open.as_ref().is_none_or(|open| open.entry != entry.entry));
        for entry in others.clone() {
            row.articles += entry.records.len();
            row.skips += entry.skipped.len();
            row.oddities += entry.odd.len();
            row.entries += 1;
        }
        let entries = self.bundle.so_far(open.iter().chain(others))?;
        Ok((row, entries))
    }
}

/// The held entries that have not been met.
fn unmet<'a>(held: &'a Held, met: &'a BTreeSet<String>) -> impl Iterator<Item = &'a Entry> + Clone {
    let entries = held.entries.iter().flat_map(|entries| entries.values());
    entries.filter(|entry| !met.contains(&entry.entry))
}
