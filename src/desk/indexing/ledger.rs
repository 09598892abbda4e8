//! The one who writes: takes what becomes of each file, in order, puts it into the index, and keeps account of it in the
//! manifest; makes visible what is done, every so often and at the end.
//!
//! It decides which ids a file's articles get: those of its own path, or those that a file brings along which was moved.

use std::sync::atomic::Ordering::Relaxed;

use crate::archive::manifest::{Records, Row, Rows, compare};
use crate::article::Source;
use crate::index::{Files, Notes, Publication, Record, Writer};
use crate::text::problem::Problem;

use super::super::place::Namer;
use super::feed::{Begin, End, Event};
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
    /// What the run has to say of itself.
    notes: Notes,
    /// Articles put since the last publication.
    unseen: u64,
    published: bool,
    fate: Fate,
}

/// The file that is being read.
struct Current {
    row: Row,
    /// What was known of it, unless its ids were given to another file.
    old: Option<Row>,
    /// The records of which there were articles before, under the ids that it has now.
    held: Records,
    verdict: Verdict,
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
            notes,
            unseen: 0,
            published: false,
            fate: Fate { gone: survey.counts.gone, pruned: 0 },
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
        match event {
            Event::Failed(failure) => return Err(failure),
            Event::Begin(begin) => self.begin(*begin)?,
            Event::Same => self.same()?,
            Event::Record(record, number) => self.put(*record, number)?,
            Event::Skipped(problem) => self.skip(&problem),
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
        let Begin { item, row: known, content, from } = begin;
        let taker = self.moves.taker(&item.name).map(str::to_owned);
        // Where another file has its ids already, it has none; where one will have them, it gives them up now.
        let mut old = known.filter(|_| taker.as_ref().is_none_or(|taker| compare(taker, &item.name).is_gt()));
        let place = self.fingerprint.asks_places().then(|| self.survey.found(self.namer, &item));
        let mut row = Row {
            path: item.name.clone(),
            size: item.size,
            modified: item.modified,
            reading: Some(self.fingerprint.of(place.as_ref())),
            generation: self.writer.next(),
            unsure: is_unsure(self.order, item.modified),
            ..Row::default()
        };
        let other = content.filter(|content| old.as_ref().is_none_or(|row| row.content != Some(*content)));
        let claim: Option<Claim> = self.moves.claim(other, &item.name, self.namer);
        row.origin = match (&claim, &old) {
            (Some(claim), _) => Some(claim.origin.clone()).filter(|origin| *origin != item.name),
            (None, Some(old)) if taker.is_none() => old.origin.clone(),
            _ if self.moves.is_foreign(&item.name) => Some(self.moves.fresh_origin(&item.name)),
            _ => None,
        };
        if let Some(claim) = &claim {
            self.done.moved += 1;
            let emptied = Row { path: claim.name.clone(), again: true, ..Row::default() };
            match self.moves.taker(&claim.name) {
                None => self.changes.insert(Key(claim.name.clone()), Change::Removed),
                Some(_) if compare(&claim.name, &item.name).is_gt() => {
                    self.changes.insert(Key(claim.name.clone()), Change::written(emptied))
                }
                Some(_) => None,
            };
        }
        if let Some(other) = old.take_if(|old| old.origin() != row.origin()) {
            self.remove(other.origin(), other.records.iter())?;
        }
        let held = claim.map(|claim| claim.records).or_else(|| old.as_ref().map(|old| old.records.clone()));
        let held = held.unwrap_or_default();
        // The run goes on where another was interrupted: what that one did is as good as done now.
        row.records = held.iter().take_while(|number| *number < from).collect();
        row.articles = row.records.len();
        self.current = Some(Current { row, old, held, verdict: item.verdict });
        Ok(())
    }

    fn put(&mut self, record: Record, number: u64) -> Result<(), Failure> {
        let Some(current) = &mut self.current else { return Ok(()) };
        let record = match &current.row.origin {
            Some(_) => record.under(current.row.source(None, number).id()),
            None => record,
        };
        current.row.records.insert(number);
        current.row.articles += 1;
        self.done.articles += 1;
        self.done.replaced += u64::from(self.writer.holds(record.id())?);
        self.done.quotes += record.quotes() as u64;
        self.writer.put(record)?;
        self.unseen += 1;
        // Sooner in the middle of a file only where that is a very large one.
        if self.unseen >= self.batch().saturating_mul(4) {
            self.changes.extend(self.unfinished());
            self.publish(true)?;
        }
        Ok(())
    }

    fn skip(&mut self, problem: &Problem) {
        let Some(current) = &mut self.current else { return };
        let reason = problem.to_string();
        self.done.skipped += 1;
        current.row.skips += 1;
        (self.told)(Told::Skipped(&current.row.path, &reason));
        current.row.skipped.push(reason);
    }

    /// What is in the file is what was in it.
    fn same(&mut self) -> Result<(), Failure> {
        let Some(Current { row, old: Some(old), verdict, .. }) = self.current.take() else { return Ok(()) };
        if verdict == Verdict::Unsure {
            self.done.sure += 1;
        } else {
            self.done.touched += 1;
        }
        self.done.known_skips += old.skips;
        let Row { size, modified, unsure, .. } = row;
        let row = Row { size, modified, unsure, gone: false, ..old };
        self.changes.insert(Key(row.path.clone()), Change::same_entries(row));
        self.finish_file()
    }

    fn end(&mut self, end: End) -> Result<(), Failure> {
        if end.cut {
            self.changes.extend(self.unfinished());
            self.current = None;
            return Ok(());
        }
        let Some(Current { mut row, old, held, .. }) = self.current.take() else { return Ok(()) };
        row.content = end.content;
        row.again = end.again;
        if end.again
            && row.articles == 0
            && let Some(old) = old
        {
            // What cannot be read now is not forgotten for that.
            let row = Row { again: true, skips: row.skips, skipped: row.skipped, ..old };
            self.changes.insert(Key(row.path.clone()), Change::same_entries(row));
            return self.finish_file();
        }
        self.remove(row.origin(), held.iter().filter(|record| !row.records.contains(*record)))?;
        self.changes.insert(Key(row.path.clone()), Change::written(row));
        self.finish_file()
    }

    /// Takes the articles of these records out of the index.
    fn remove(&mut self, origin: &str, records: impl Iterator<Item = u64>) -> Result<(), Failure> {
        for record in records {
            self.done.dropped += 1;
            self.writer.remove(Source { path: origin.to_owned(), entry: None, record }.id())?;
        }
        Ok(())
    }

    /// The row of the file that is being read, as far as it has been.
    fn unfinished(&self) -> Option<(Key, Change)> {
        let Current { row, held, .. } = self.current.as_ref()?;
        let mut row = Row { partial: true, content: None, ..row.clone() };
        row.through = row.records.iter().last().map_or(0, |last| last + 1);
        held.iter().for_each(|record| row.records.insert(record));
        row.articles = row.records.len();
        Some((Key(row.path.clone()), Change::written(row)))
    }

    fn finish_file(&mut self) -> Result<(), Failure> {
        self.done.files_done += 1;
        // What has changed is in memory until it is published, files without articles among it.
        let many = self.changes.len() as u64 >= self.batch().saturating_mul(8);
        if many || self.unseen >= self.batch() { self.publish(true) } else { Ok(()) }
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
        };
        let publication = Publication { notes: &notes, manifest: Some(draft), more_follows: more_follows || stopped };
        self.writer.publish_by_steps(publication, &mut |_| {})?;
        self.changes.clear();
        self.unseen = 0;
        self.published = true;
        Ok(())
    }

    /// Makes the rest visible, where there is any.
    pub(super) fn finish(mut self) -> Result<(Progress, Fate), Failure> {
        let new = self.order.rebuild || self.writer.next() == 1;
        if new || self.published || self.survey.news || !self.changes.is_empty() {
            self.publish(false)?;
        }
        Ok((self.done, self.fate))
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
