//! The one who writes: takes what becomes of each file, in order, puts it into the index, and keeps account of it in the
//! manifest; makes visible what is done, every so often and at the end.
//!
//! It decides which ids a file's articles get: those of its own path, or those that a file brings along which was moved.

use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

use crate::archive::manifest::{Row, Rows, compare};
use crate::article::{Source, Which};
use crate::index::{Files, Notes, Publication, Record, Writer};
use crate::text::id::Id;
use crate::text::problem::Problem;

use super::super::place::Namer;
use super::current::{Current, Held};
use super::feed::{Begin, End, Entries, Event, entries};
use super::fingerprint::Fingerprint;
use super::moves::{Claim, Moves};
use super::rewrite::{Change, Changes, Fate, Key, rewrite};
use super::sheaf::Verdict;
use super::survey::{Survey, is_unsure};
use super::{Failure, Order, Progress, Told};

/// Writes what is read.
pub(super) struct Ledger<'a> {
    pub(super) order: &'a Order,
    pub(super) namer: &'a Namer,
    pub(super) survey: &'a Survey,
    pub(super) writer: Writer,
    pub(super) changes: Changes,
    pub(super) done: Progress,
    pub(super) told: &'a mut dyn FnMut(Told<'_>),
    moves: Moves,
    fingerprint: Fingerprint<'a>,
    current: Option<Current>,
    /// The manifest as it is published, behind the row of this name.
    scan: Option<(Rows, String)>,
    /// What the run has to say of itself.
    notes: Notes,
    /// Articles put since the last publication.
    unseen: u64,
    /// Whether they are to be published before anything else happens. Where nothing does, the run has come to its end, and publishes
    /// once, not twice.
    due: bool,
    published: bool,
    fate: Fate,
}

impl<'a> Ledger<'a> {
    pub(super) fn new(
        order: &'a Order,
        namer: &'a Namer,
        survey: &'a Survey,
        writer: Writer,
        moves: Moves,
        notes: Notes,
        told: &'a mut dyn FnMut(Told<'_>),
    ) -> Self {
        Self {
            order,
            namer,
            survey,
            writer,
            changes: Changes::default(),
            done: Progress { files: survey.counts.due(), ..Progress::default() },
            told,
            moves,
            fingerprint: Fingerprint::new(order),
            current: None,
            scan: None,
            notes,
            unseen: 0,
            due: false,
            published: false,
            fate: Fate { gone: survey.counts.gone, ..Fate::default() },
        }
    }

    /// Tells of what was listed and is nowhere.
    pub(super) fn tell_unknown(&mut self) {
        for path in &self.survey.unknown {
            self.done.skipped += 1;
            (self.told)(Told::Skipped(path, "there is no such file"));
        }
    }

    /// Takes what happened next.
    pub(super) fn take(&mut self, event: Event) -> Result<(), Failure> {
        if self.due {
            self.publish(true)?;
        }
        match event {
            Event::Failed(failure) => return Err(failure),
            Event::Begin(begin) => self.begin(*begin)?,
            Event::Same => self.same(),
            Event::Open(name) => {
                if let Some(current) = &mut self.current {
                    current.open(name);
                }
            }
            Event::Record(record, which, number, odd) => self.put(*record, which, number, &odd)?,
            Event::Passed(record) => {
                if let Some(current) = &mut self.current {
                    current.pass(record);
                }
            }
            Event::Skipped(problem) => self.skip(&problem),
            Event::Close(content) => {
                let gone = self.current.as_mut().map(|current| current.close(content)).transpose();
                self.remove(gone.map_err(Failure::manifest(self.order))?.unwrap_or_default())?;
            }
            Event::Kept(name) => {
                let kept = self.current.as_mut().map(|current| current.keep(&name)).transpose();
                self.done.known_skips += kept.map_err(Failure::manifest(self.order))?.unwrap_or_default();
            }
            Event::Place(path, reason) => {
                self.done.skipped += 1;
                (self.told)(Told::Skipped(&path, &reason));
            }
            Event::End(end) => self.end(end)?,
        }
        (self.told)(Told::Progress(self.done));
        Ok(())
    }

    fn begin(&mut self, begin: Begin) -> Result<(), Failure> {
        let Begin { item, row: known, entries: known_entries, content, from } = begin;
        let taker = self.moves.taker(&item.name).map(str::to_owned);
        // Where another file has its ids already, it has none; where one will have them, it gives them up now.
        let mut old = known.filter(|_| taker.as_ref().is_none_or(|taker| compare(taker, &item.name).is_gt()));
        let mut row = Row {
            path: item.name.clone(),
            size: item.size,
            modified: item.modified,
            generation: self.writer.next(),
            unsure: is_unsure(self.order, item.modified),
            ..Row::default()
        };
        let other = content.filter(|content| old.as_ref().is_none_or(|row| row.content != Some(*content)));
        // A container that was changed keeps its own: some of its entries may be as they were.
        let claim: Option<Claim> = match &known_entries {
            Some(_) => None,
            None => self.moves.claim(other, &item.name, self.namer),
        };
        row.origin = match (&claim, &old) {
            (Some(claim), _) => Some(claim.origin.clone()).filter(|origin| *origin != item.name),
            (None, Some(old)) if taker.is_none() => old.origin.clone(),
            _ if self.moves.is_foreign(&item.name) => Some(self.moves.fresh_origin(&item.name)),
            _ => None,
        };
        if let Some(claim) = &claim {
            self.done.moved += 1;
            self.take_over(claim, &item.name);
        }
        if let Some(other) = old.take_if(|old| old.origin() != row.origin()) {
            let ids = other.records.iter().map(|record| other.source(None, record).id()).collect();
            self.remove(ids)?;
        }
        let held = match (claim, &old) {
            (Some(claim), _) if claim.container => {
                Held { records: claim.records, entries: self.entries_of(&claim.name)? }
            }
            (Some(claim), _) => Held { records: claim.records, entries: None },
            (None, Some(old)) => Held { records: old.records.clone(), entries: known_entries },
            (None, None) => Held::default(),
        };
        self.current = Some(Current::new(row, old, held, &item, from));
        Ok(())
    }

    /// The row that a file brings its ids from has them no more.
    fn take_over(&mut self, claim: &Claim, name: &str) {
        let key = Key(claim.name.clone());
        match self.moves.taker(&claim.name) {
            None => {
                self.changes.insert(key, Change::Removed);
            }
            // Another file lies there. Its turn may have come already.
            Some(_) if compare(&claim.name, name).is_gt() => {
                let emptied = Row { path: claim.name.clone(), again: true, ..Row::default() };
                self.changes.insert(key, Change::written(emptied));
            }
            Some(_) => {}
        }
    }

    /// The entries of a row of what is published.
    fn entries_of(&mut self, name: &str) -> Result<Option<Arc<Entries>>, Failure> {
        let order = self.order;
        let damaged = |damage| Failure::damaged(order, damage);
        // Files that were moved together are asked for in order: the manifest is gone through once for all of them.
        if !self.scan.as_ref().is_some_and(|(_, last)| compare(last, name).is_lt()) {
            self.scan = Some((open_manifest(order, &self.writer)?, String::new()));
        }
        let Some((rows, last)) = &mut self.scan else { return Ok(None) };
        while let Some(row) = rows.row().map_err(damaged)? {
            let found = compare(&row.path, name);
            *last = row.path;
            if found.is_eq() {
                return Ok(Some(Arc::new(entries(rows).map_err(damaged)?)));
            }
            if found.is_gt() {
                return Ok(None);
            }
        }
        Ok(None)
    }

    fn put(&mut self, record: Record, which: Which, number: u64, odd: &[Problem]) -> Result<(), Failure> {
        let Some(current) = &mut self.current else { return Ok(()) };
        let record = match current.id(which) {
            Some(id) => record.under(id),
            None => record,
        };
        current.add(which, number);
        self.done.articles += 1;
        self.done.replaced += u64::from(self.writer.holds(record.id())?);
        self.done.quotes += record.quotes() as u64;
        self.writer.put(record)?;
        self.unseen += 1;
        // Before it is published: the next run passes what is in the index, and says nothing of it.
        odd.iter().for_each(|problem| self.note(problem));
        // Sooner in the middle of a file only where that is a very large one.
        if self.unseen >= self.batch().saturating_mul(4) || self.writer.is_full() {
            self.keep_unfinished()?;
            self.publish(true)?;
        }
        Ok(())
    }

    fn skip(&mut self, problem: &Problem) {
        let Some(current) = &mut self.current else { return };
        let reason = problem.to_string();
        self.done.skipped += 1;
        (self.told)(Told::Skipped(&current.place(), &reason));
        current.skip(reason);
    }

    /// Something is odd about an article: told once a kind for each file and entry.
    fn note(&mut self, problem: &Problem) {
        let Some(current) = &mut self.current else { return };
        let odd = problem.to_string();
        self.done.odd += 1;
        if current.note(&odd) {
            (self.told)(Told::Odd(&current.place(), &odd));
        }
    }

    /// What is in the file is what was in it.
    fn same(&mut self) {
        let Some(Current { row, old: Some(old), verdict, .. }) = self.current.take() else { return };
        if verdict == Verdict::Unsure {
            self.done.sure += 1;
        } else {
            self.done.touched += 1;
        }
        self.done.known_skips += old.skips;
        let Row { size, modified, unsure, .. } = row;
        let row = Row { size, modified, unsure, gone: false, ..old };
        self.changes.insert(Key(row.path.clone()), Change::same_entries(row));
        self.finish_file();
    }

    fn end(&mut self, end: End) -> Result<(), Failure> {
        if end.cut {
            self.keep_unfinished()?;
            self.current = None;
            return Ok(());
        }
        let Some(mut current) = self.current.take() else { return Ok(()) };
        if end.again
            && current.row.articles == 0
            && let Some(old) = current.old.take()
        {
            // What cannot be read now is not forgotten for that.
            let Row { skips, skipped, .. } = current.row;
            let row = Row { again: true, skips, skipped, ..old };
            self.changes.insert(Key(row.path.clone()), Change::same_entries(row));
            self.finish_file();
            return Ok(());
        }
        let root = current.root;
        let (row, entries, gone) = current.finish().map_err(Failure::manifest(self.order))?;
        self.remove(gone)?;
        let reading = Some(self.reading(&row, root));
        let row = Row { content: end.content, again: end.again, reading, ..row };
        self.changes.insert(Key(row.path.clone()), Change::Written(Box::new(row), Some(entries)));
        self.finish_file();
        Ok(())
    }

    /// What decided how a file was read.
    fn reading(&self, row: &Row, root: usize) -> Id {
        let found = self.fingerprint.asks_places().then(|| self.survey.found_at(self.namer, &row.path, root));
        self.fingerprint.of(found.as_ref(), row.entries > 0)
    }

    /// Takes these articles out of the index.
    fn remove(&mut self, ids: Vec<Id>) -> Result<(), Failure> {
        for id in ids {
            self.done.dropped += 1;
            self.writer.remove(id)?;
        }
        Ok(())
    }

    /// Notes the file that is being read as far as it has been.
    fn keep_unfinished(&mut self) -> Result<(), Failure> {
        let Some(current) = &mut self.current else { return Ok(()) };
        let root = current.root;
        let (row, entries) = current.unfinished().map_err(Failure::manifest(self.order))?;
        let row = Row { reading: Some(self.reading(&row, root)), ..row };
        self.changes.insert(Key(row.path.clone()), Change::Written(Box::new(row), Some(entries)));
        Ok(())
    }

    fn finish_file(&mut self) {
        self.done.files_done += 1;
        // What has changed is in memory until it is published, files without articles among it.
        let many = self.changes.len() as u64 >= self.batch().saturating_mul(8);
        self.due = many || self.unseen >= self.batch() || self.writer.is_full();
    }

    /// Makes all that was done visible, with its manifest.
    pub(super) fn publish(&mut self, more_follows: bool) -> Result<(), Failure> {
        let before = open_manifest(self.order, &self.writer)?;
        let draft = self.writer.draft()?;
        let stopped = self.order.stop.load(Relaxed);
        let (writer, done) = (&mut self.writer, &mut self.done);
        let mut prune = |row: &Row, rows: &mut Rows| {
            let mut remove = |source: Source| {
                done.dropped += 1;
                writer.remove(source.id())
            };
            row.records.iter().try_for_each(|record| remove(row.source(None, record)))?;
            while let Some(entry) = rows.entry().map_err(|damage| Failure::damaged(self.order, damage))? {
                entry.records.iter().try_for_each(|record| remove(row.source(Some(&entry.entry), record)))?;
            }
            Ok(())
        };
        let prunes = self.order.prune && !more_follows && !stopped;
        let prune: Option<&mut super::rewrite::Prune<'_>> = if prunes { Some(&mut prune) } else { None };
        let (draft, totals, fate) = rewrite(self.order, self.survey, before, &self.changes, draft, prune)?;
        self.fate = fate;
        let mut notes = self.notes.clone();
        notes.files = Files {
            indexed: totals.indexed,
            skipped: totals.skipped,
            ignored: totals.ignored,
            gone: totals.gone,
            places: totals.places,
            reasons: totals.skips,
            odd: totals.odd,
        };
        let publication = Publication { notes: &notes, manifest: Some(draft), more_follows: more_follows || stopped };
        self.writer.publish_by_steps(publication, &mut |_| {})?;
        self.changes.clear();
        self.scan = None;
        (self.unseen, self.due) = (0, false);
        self.published = true;
        Ok(())
    }

    /// Makes the rest visible, where there is any.
    pub(super) fn finish(mut self) -> Result<(Progress, Fate), Failure> {
        // Nobody is to find half of an index where there was a whole one.
        let given_up = self.order.stop.load(Relaxed) && self.writer.is_aside();
        let new = self.order.rebuild || self.writer.next() == 1;
        let due = new || self.published || self.survey.news || self.writer.copies_due() || !self.changes.is_empty();
        if due && !given_up {
            self.publish(false)?;
        }
        Ok((self.done, Fate { left: self.writer.is_aside(), ..self.fate }))
    }

    /// How many articles are put before they are made visible: each time the whole manifest is written, so more of them where
    /// that is long.
    fn batch(&self) -> u64 {
        self.order.batch.max(self.survey.counts.files() / 16)
    }
}

/// The rows of what is published.
pub(super) fn open_manifest(order: &Order, writer: &Writer) -> Result<Rows, Failure> {
    let manifest = writer.manifest()?.map(Rows::open).transpose();
    Ok(manifest.map_err(|damage| Failure::damaged(order, damage))?.unwrap_or_else(Rows::none))
}
