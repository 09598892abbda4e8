//! The files that are due, opened one after another, and what becomes of each, as events for the one who writes.
//!
//! A small file is read whole by the worker that extracts it; a large one is read here, record by record, and extracted by
//! all. Events come in the order of the files, and those of one file together.

use std::fs::File;
use std::io::{self, BufRead, Cursor, Read};
use std::ops::ControlFlow;
use std::sync::atomic::Ordering::Relaxed;

use crate::archive::content::{Content, Tap, content_of};
use crate::archive::manifest::{Kind, Row, Rows};
use crate::archive::{self, Found};
use crate::article::{self, ReadOptions, Reading, Source};
use crate::extract;
use crate::index::Record;
use crate::text::problem::{Place, Problem};

use super::super::place::Namer;
use super::super::{fault, ordered, share};
use super::fingerprint::options;
use super::lockstep::{Lockstep, Side};
use super::sheaf::{Item, Verdict};
use super::survey::Survey;
use super::{Failure, Order};

/// A piece of work.
pub(super) enum Task {
    /// A file that one worker takes whole.
    Whole(Box<Job>),
    /// A record of another.
    Record(Reading),
    /// What is known without work.
    Known(Event),
}

/// A file that is due.
pub(super) struct Job {
    item: Item,
    row: Option<Row>,
    found: Found,
}

/// What happens to a file; those between [`Event::Begin`] and [`Event::End`] happen to the same one.
pub(super) enum Event {
    /// It is opened.
    Begin(Box<Begin>),
    /// What it holds is what it held: nothing else happens to it.
    Same,
    /// An article, and the number of its record.
    Record(Box<Record>, u64),
    /// Something of it could not be indexed.
    Skipped(Problem),
    /// It has been read, as far as it will be.
    End(End),
    /// A place that is no file cannot be read.
    Place(String, String),
    /// The manifest cannot be read.
    Failed(Failure),
}

/// A file at its opening.
pub(super) struct Begin {
    pub(super) item: Item,
    pub(super) row: Option<Row>,
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
}

impl Feed<'_> {
    /// Pushes all that is to be done.
    pub(super) fn push_all(&self, rows: Rows, push: &mut ordered::Push<'_, Task>) {
        let mut steps = Lockstep::new(&self.survey.sheaf, rows);
        loop {
            let side = match steps.next() {
                Ok(Some(side)) => side,
                Ok(None) => return,
                Err(damage) => {
                    let _ = push(Task::Known(Event::Failed(Failure::damaged(self.order, damage))), 0);
                    return;
                }
            };
            let (item, row) = match side {
                Side::Found(item) => (item, None),
                Side::Both(item, row) => (item, Some(row)),
                Side::Known(_) => continue,
            };
            if self.stopped() {
                return;
            }
            if item.kind == Kind::Place && item.verdict == Verdict::New {
                let place = Event::Place(item.name.clone(), item.reason.clone());
                if push(Task::Known(place), 0).is_break() {
                    return;
                }
            }
            if !item.is_due() {
                continue;
            }
            let item = item.clone();
            let found = self.survey.found(self.namer, &item);
            let job = Job { item, row, found };
            let pushed = if share::is_whole(&job.found.path, job.found.size) {
                let weight = usize::try_from(job.found.size).unwrap_or(usize::MAX);
                push(Task::Whole(Box::new(job)), weight)
            } else {
                self.push_records(job, push)
            };
            if pushed.is_break() {
                return;
            }
        }
    }

    /// Does a piece of work.
    pub(super) fn work(&self, task: Task) -> Vec<Event> {
        match task {
            Task::Known(event) => vec![event],
            Task::Record(reading) => vec![event(reading)],
            Task::Whole(job) => self.read_whole(*job),
        }
    }

    fn stopped(&self) -> bool {
        self.order.stop.load(Relaxed)
    }

    fn read_whole(&self, job: Job) -> Vec<Event> {
        let Job { item, row, found } = job;
        let mut bytes = Vec::new();
        // One byte more than there should be: it shows that the file has grown.
        let read = File::open(&found.path).and_then(|file| file.take(found.size + 1).read_to_end(&mut bytes));
        let begin = |content| Event::Begin(Box::new(Begin { item: item.clone(), row: row.clone(), content, from: 0 }));
        if let Err(error) = read {
            return vec![
                begin(None),
                Event::Skipped(unreadable(&error)),
                Event::End(End { again: true, ..End::default() }),
            ];
        }
        let content = Content::of(&bytes);
        let steady = bytes.len() as u64 == found.size;
        if steady && is_same(&item, row.as_ref(), content) {
            return vec![begin(Some(content)), Event::Same];
        }
        let mut events = vec![begin(steady.then_some(content))];
        let place = Source::file(item.name.clone());
        let options = options(self.order, &found);
        let _ = each_reading(&place, archive::unpack(Cursor::new(bytes)), &options, |reading| {
            events.push(event(reading));
            ControlFlow::Continue(())
        });
        if !steady {
            events.push(Event::Skipped(unsteady()));
        }
        events.push(Event::End(End { content: steady.then_some(content), again: !steady, cut: false }));
        events
    }

    fn push_records(&self, job: Job, push: &mut ordered::Push<'_, Task>) -> ControlFlow<()> {
        let Job { item, row, found } = job;
        let mut known = |event| push(Task::Known(event), 0);
        let held = row.as_ref().is_some_and(|row| row.content.is_some() && row.size == item.size);
        let content = if held || self.movable.binary_search(&found.size).is_ok() {
            // Nobody can tell what it is without reading all of it once.
            content_of(&found.path).ok().filter(|(_, size)| *size == found.size).map(|(content, _)| content)
        } else {
            None
        };
        let same = content.is_some_and(|content| is_same(&item, row.as_ref(), content));
        let from = if same { 0 } else { resumed(&item, row.as_ref()) };
        let place = Source::file(item.name.clone());
        known(Event::Begin(Box::new(Begin { item, row, content, from })))?;
        if same {
            return known(Event::Same);
        }
        let file = match File::open(&found.path) {
            Ok(file) => file,
            Err(error) => {
                known(Event::Skipped(unreadable(&error)))?;
                return known(Event::End(End { again: true, ..End::default() }));
            }
        };
        let mut tap = Tap::new(file);
        let options = options(self.order, &found);
        let (mut any, mut cut) = (from > 0, false);
        let read = each_reading(&place, archive::unpack(&mut tap), &options, |reading| {
            cut = self.stopped();
            if cut {
                return ControlFlow::Break(());
            }
            let weight = match &reading {
                Reading::Article(article, _) if article.source.record < from => return ControlFlow::Continue(()),
                Reading::Article(article, _) => article.text.len(),
                Reading::Skipped(_) => 0,
            };
            any |= matches!(reading, Reading::Article(..));
            push(Task::Record(reading), weight)
        });
        if read.is_break() && !cut {
            return ControlFlow::Break(());
        }
        let mut end = End { cut, again: tap.failed(), ..End::default() };
        // What turned out to be no article need not be read to its end for that.
        if !cut && !end.again && any {
            end.content = tap.finish().ok().filter(|(_, bytes)| *bytes == found.size).map(|(content, _)| content);
            end.again = end.content.is_none();
        }
        if end.again {
            push(Task::Known(Event::Skipped(unsteady())), 0)?;
        }
        push(Task::Known(Event::End(end)), 0)
    }
}

/// Whether a file that was altered holds what it held.
fn is_same(item: &Item, row: Option<&Row>, content: Content) -> bool {
    let whole = |row: &&Row| !row.partial && !row.again && item.verdict != Verdict::Reread;
    row.filter(whole).is_some_and(|row| row.content == Some(content))
}

/// How many records of the file are in the index already, where a run was interrupted in the middle of it.
fn resumed(item: &Item, row: Option<&Row>) -> u64 {
    let untouched = |row: &&Row| {
        let same = row.size == item.size && row.modified == item.modified && item.modified.is_some();
        row.partial && same && !row.unsure && item.verdict == Verdict::Unfinished
    };
    row.filter(untouched).map_or(0, |row| row.through)
}

fn unreadable(error: &io::Error) -> Problem {
    Problem::new(Place::Whole, format!("cannot be read: {error}"))
}

fn unsteady() -> Problem {
    Problem::new(Place::Whole, "it was changed while it was read").hint("the next run reads it again")
}

/// An article with what is found in it, or why there is none.
fn event(reading: Reading) -> Event {
    match reading {
        Reading::Skipped(problem) => Event::Skipped(problem),
        Reading::Article(article, _) => {
            let number = article.source.record;
            match fault::contain(|| Record::new(&article, &extract::extract(&article))) {
                Ok(record) => Event::Record(Box::new(record), number),
                Err(problem) => Event::Skipped(problem),
            }
        }
    }
}

/// Every record of a file; at least one, which says why where there is none.
fn each_reading<'a>(
    place: &Source,
    input: io::Result<Box<dyn BufRead + Send + 'a>>,
    options: &'a ReadOptions,
    mut each: impl FnMut(Reading) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let input = match input {
        Ok(input) => input,
        Err(error) => return each(Reading::Skipped(unreadable(&error))),
    };
    let mut any = false;
    let read = fault::contain(|| {
        for reading in article::read(place.clone(), input, options) {
            any = true;
            each(reading)?;
        }
        ControlFlow::Continue(())
    });
    match read {
        Err(problem) => each(Reading::Skipped(problem)),
        Ok(ControlFlow::Continue(())) if !any => each(Reading::Skipped(Problem::new(Place::Whole, "no article in it"))),
        Ok(read) => read,
    }
}
