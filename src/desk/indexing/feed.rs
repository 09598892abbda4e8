//! The files that are due, opened one after another, and what becomes of each, as events for the one who writes.
//!
//! A small file is read whole by the worker that extracts it; a large one, and a container, is read here, record by record and
//! entry by entry, and extracted by all. Events come in the order of the files, and those of one file together. How one file
//! is read is said in [`super::reader`].

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

use crate::archive::Found;
use crate::archive::content::Content;
use crate::archive::manifest::{Entry, Kind, Row, Rows};
use crate::article::Which;
use crate::index::{Record, Spellers};
use crate::text::problem::Problem;

use super::super::place::Namer;
use super::super::{ordered, share};
use super::gate::Gate;
use super::load::{FULL, Loader};
use super::lockstep::{Lockstep, Side};
use super::reader::Piece;
use super::sheaf::{Item, Verdict};
use super::survey::Survey;
use super::{Failure, Order};

/// A piece of work.
pub(super) enum Task {
    /// A file that one worker takes whole.
    Whole(Box<Job>),
    /// A piece of another.
    Piece(Piece),
}

/// A file that is due.
pub(super) struct Job {
    pub(super) item: Item,
    pub(super) row: Option<Row>,
    /// Its entries as they were, where it is a container.
    pub(super) entries: Option<Arc<Entries>>,
    pub(super) found: Found,
}

/// Entries of a container, by name.
pub(super) type Entries = BTreeMap<String, Entry>;

/// What happens to a file; those between [`Event::Begin`] and [`Event::End`] happen to the same one.
pub(super) enum Event {
    /// It is opened.
    Begin(Box<Begin>),
    /// What it holds is what it held: nothing else happens to it.
    Same,
    /// The entry of this name is opened; what comes next happens to it.
    Open(String),
    /// An article, which record it is of, the number of that, and what is odd about it: that is kept where the article is.
    Record(Box<Record>, Which, u64, Vec<Problem>),
    /// The article of this record is in the index already: an interrupted run put it.
    Passed(Which),
    /// Something could not be indexed.
    Skipped(Problem),
    /// The entry has been read, to its end where its content is known.
    Close(Option<Content>),
    /// The entry of this name holds what it held.
    Kept(String),
    /// The file has been read, as far as it will be.
    End(End),
    /// A place that is no file cannot be read.
    Place(String, String),
    /// The manifest cannot be read.
    Failed(Failure),
}

impl Event {
    /// About how many bytes it takes.
    pub(super) fn weight(&self) -> usize {
        match self {
            Self::Record(record, _, _, odd) => record.weight() + odd.iter().map(Problem::weight).sum::<usize>(),
            // Entries that were known have their records.
            Self::Begin(begin) => 256 * (1 + begin.entries.as_ref().map_or(0, |entries| entries.len())),
            _ => 256,
        }
    }
}

/// A file at its opening.
pub(super) struct Begin {
    pub(super) item: Item,
    pub(super) row: Option<Row>,
    pub(super) entries: Option<Arc<Entries>>,
    /// What it holds, where that is known already.
    pub(super) content: Option<Content>,
    /// Records below this number are in the index: an interrupted run got so far.
    pub(super) from: u64,
}

/// A file after its reading.
#[derive(Default)]
pub(super) struct End {
    /// What it holds, where it was read to its end.
    pub(super) content: Option<Content>,
    /// It could not be read as it should, for a reason that may pass.
    pub(super) again: bool,
    /// The run was interrupted in the middle of it.
    pub(super) cut: bool,
}

/// What is known of the run by those who read.
pub(super) struct Feed<'a> {
    pub(super) order: &'a Order,
    pub(super) namer: &'a Namer,
    pub(super) survey: &'a Survey,
    /// Sizes of files that may be found again elsewhere, sorted.
    pub(super) movable: Vec<u64>,
    /// Where large things are one at a time.
    pub(super) gate: Gate,
    pub(super) spellers: Spellers,
}

impl Feed<'_> {
    /// Pushes all that is to be done.
    pub(super) fn push_all(&self, rows: Rows, push: &mut ordered::Push<'_, Vec<Task>>) {
        let mut steps = Lockstep::new(&self.survey.sheaf, rows);
        let mut loader = Loader::new(self.order.jobs, push);
        loop {
            match self.push_next(&mut steps, &mut loader) {
                Ok(Some(ControlFlow::Continue(()))) => {}
                Ok(Some(ControlFlow::Break(()))) => return,
                Ok(None) => break,
                Err(failure) => {
                    let _ = loader.add(Task::Piece(Piece::Known(Event::Failed(failure))), 0);
                    break;
                }
            }
        }
        let _ = loader.send();
    }

    /// Pushes what is to be done of one name; nothing where there is none left.
    fn push_next(
        &self,
        steps: &mut Lockstep<'_>,
        loader: &mut Loader<'_, '_, Task>,
    ) -> Result<Option<ControlFlow<()>>, Failure> {
        let damaged = |damage| Failure::damaged(self.order, damage);
        let go_on = Ok(Some(ControlFlow::Continue(())));
        let (item, row) = match steps.next().map_err(damaged)? {
            None => return Ok(None),
            _ if self.stopped() => return Ok(None),
            Some(Side::Found(item)) => (item, None),
            Some(Side::Both(item, row)) => (item, Some(row)),
            Some(Side::Known(_)) => return go_on,
        };
        if item.kind == Kind::Place && item.verdict == Verdict::New {
            let place = Event::Place(item.name.clone(), item.reason.clone());
            return Ok(Some(loader.add(Task::Piece(Piece::Known(place)), 0)));
        }
        if !item.is_due() {
            return go_on;
        }
        let item = item.clone();
        let entries = match &row {
            Some(row) if row.entries > 0 => Some(Arc::new(entries(steps.rows()).map_err(damaged)?)),
            _ => None,
        };
        let found = self.survey.found(self.namer, &item);
        let job = Job { item, row, entries, found };
        if share::is_whole(&job.found.path, job.found.size) {
            let weight = weight(&job.found.path, job.found.size);
            return Ok(Some(loader.add(Task::Whole(Box::new(job)), weight)));
        }
        Ok(Some(self.read_large(job, &mut |piece| {
            let weight = piece.weight();
            loader.add(Task::Piece(piece), weight)
        })))
    }

    /// Does some pieces of work, in their order.
    pub(super) fn work(&self, tasks: Vec<Task>) -> Vec<Event> {
        // A file is opened, and ended, and has an article.
        let mut events = Vec::with_capacity(tasks.len() * 3);
        for task in tasks {
            match task {
                Task::Piece(piece) => self.make(piece, &mut events),
                Task::Whole(job) => {
                    let _ = self.read_small(*job, &mut |piece| {
                        self.make(piece, &mut events);
                        ControlFlow::Continue(())
                    });
                }
            }
        }
        events
    }

    pub(super) fn stopped(&self) -> bool {
        self.order.stop.load(Relaxed)
    }
}

/// What a file that is taken whole weighs beside others: of one that is packed nobody knows how much it holds, so it waits for no more.
fn weight(path: &Path, size: u64) -> usize {
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    if share::is_packed(path) { size.max(FULL) } else { size }
}

/// The entries of the row that was read last.
pub(super) fn entries(rows: &mut Rows) -> Result<Entries, crate::archive::manifest::Damage> {
    let mut entries = Entries::new();
    while let Some(entry) = rows.entry()? {
        entries.insert(entry.entry.clone(), entry);
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_packed_file_is_handed_over_as_a_large_one() {
        assert_eq!(weight(Path::new("a/page.html"), 900), 900);
        assert_eq!(weight(Path::new("a/page.html.gz"), 900), FULL);
        assert_eq!(weight(Path::new("a/page.txt.ZST"), 2 * FULL as u64), 2 * FULL);
    }
}
