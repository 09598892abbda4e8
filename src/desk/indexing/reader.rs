//! How one file is read: what is in it, which of that is as it was, and the articles of the rest.
//!
//! Whoever reads, a worker or the one who feeds them, does it here, and gives away pieces: what is known at once, and what is
//! still to be read and extracted.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::ops::ControlFlow;

use crate::archive::content::{Content, Tap, content_of};
use crate::archive::manifest::Row;
use crate::archive::{
    self,
    container::{self, Hint, Inside},
};
use crate::article::{self, ReadOptions, Reading, Source};
use crate::extract;
use crate::index::Record;
use crate::text::problem::{Place, Problem};

use super::super::fault;
use super::feed::{Begin, End, Event, Feed, Job};
use super::fingerprint::{entry_options, options};
use super::gate::Gate;
use super::sheaf::{Item, Verdict};

/// An entry of at most this size is held in memory until a worker takes it, so that its content is known before it is read.
const HELD: u64 = 4 << 20;

/// A piece of a file.
pub(super) enum Piece {
    /// What is known without work.
    Known(Event),
    /// A record, to be extracted.
    Record(Reading),
    /// An entry, to be read.
    Entry(Box<Held>),
}

/// An entry in memory.
pub(super) struct Held {
    place: Source,
    options: ReadOptions,
    bytes: Vec<u8>,
    content: Content,
}

/// Takes the pieces.
type Emit<'a> = dyn FnMut(Piece) -> ControlFlow<()> + 'a;

impl Piece {
    /// What it weighs while it waits.
    pub(super) fn weight(&self) -> usize {
        match self {
            Self::Record(Reading::Article(article, odd)) => {
                article.text.len() + odd.iter().map(Problem::weight).sum::<usize>()
            }
            Self::Entry(held) => held.bytes.len(),
            Self::Known(_) | Self::Record(Reading::Skipped(_)) => 0,
        }
    }
}

impl Feed<'_> {
    /// Makes events of a piece.
    pub(super) fn make(&self, piece: Piece, events: &mut Vec<Event>) {
        match piece {
            Piece::Known(event) => events.push(event),
            Piece::Record(reading) => self.record(reading, events),
            Piece::Entry(held) => {
                let Held { place, options, bytes, content } = *held;
                events.push(Event::Open(place.entry.clone().unwrap_or_default()));
                let _ = each_reading(&self.gate, &place, Box::new(Cursor::new(bytes)), &options, &mut |reading| {
                    self.record(reading, events);
                    ControlFlow::Continue(())
                });
                events.push(Event::Close(Some(content)));
            }
        }
    }

    /// An article with what is found in it and what is odd about it, or why there is none.
    fn record(&self, reading: Reading, events: &mut Vec<Event>) {
        let (article, odd) = match reading {
            Reading::Skipped(problem) => return events.push(Event::Skipped(problem)),
            Reading::Article(article, odd) => (article, odd),
        };
        let (which, number) = (article.source.which(), article.source.record);
        let _alone = self.gate.enter(article.text.len());
        match fault::contain(|| Record::new(&article, &extract::extract(&article), &self.spellers)) {
            Ok(record) => events.push(Event::Record(Box::new(record), which, number, odd)),
            Err(problem) => events.push(Event::Skipped(problem)),
        }
    }

    /// Reads a file that is taken whole, and gives its pieces away.
    pub(super) fn read_small(&self, job: Job, emit: &mut Emit<'_>) -> ControlFlow<()> {
        // One byte more than there should be: it shows that the file has grown.
        let mut bytes = Vec::with_capacity(usize::try_from(job.found.size).unwrap_or_default().saturating_add(1));
        let read = File::open(&job.found.path).and_then(|file| file.take(job.found.size + 1).read_to_end(&mut bytes));
        if let Err(error) = read {
            return failed(job, &error, emit);
        }
        let steady = bytes.len() as u64 == job.found.size;
        let content = steady.then(|| Content::of(&bytes));
        if self.begin(&job, content, 0, emit)? {
            return ControlFlow::Continue(());
        }
        let mut inside = In { feed: self, job: &job, from: 0, emit, cut: false, small: true, any: false };
        let (size, limits) = (job.found.size, &self.order.limits);
        container::visit_held(&bytes, size, limits, &mut |thing| inside.take(thing))?;
        end(End { content, again: !steady, cut: false }, !steady, emit)
    }

    /// Reads any other.
    pub(super) fn read_large(&self, job: Job, emit: &mut Emit<'_>) -> ControlFlow<()> {
        let (path, size) = (&job.found.path, job.found.size);
        let zip = match begins_as_zip(path) {
            Ok(zip) => zip,
            Err(error) => return failed(job, &error, emit),
        };
        let held = job.row.as_ref().is_some_and(|row| row.content.is_some() && row.size == job.item.size);
        let mut content = None;
        if zip || held || self.movable.binary_search(&size).is_ok() {
            // Nobody can tell what it is without reading all of it once.
            content = content_of(path).ok().filter(|(_, bytes)| *bytes == size).map(|(content, _)| content);
        }
        let from = resumed(&job.item, job.row.as_ref());
        if self.begin(&job, content, from, emit)? {
            return ControlFlow::Continue(());
        }
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) => {
                emit(Piece::Known(Event::Skipped(unreadable(&error))))?;
                return emit(Piece::Known(Event::End(End { again: true, ..End::default() })));
            }
        };
        let mut inside = In { feed: self, job: &job, from, emit, cut: false, small: false, any: from > 0 };
        if zip {
            let input = BufReader::with_capacity(128 << 10, file);
            let flow = container::visit_zip(input, size, &self.order.limits, &mut |thing| inside.take(thing));
            let cut = inside.cut;
            let unsteady = content.is_none();
            return if flow.is_break() && !cut {
                flow
            } else {
                end(End { content, again: unsteady, cut }, unsteady, emit)
            };
        }
        let mut tap = Tap::new(file);
        let flow = container::visit(&mut tap, size, &self.order.limits, &mut |thing| inside.take(thing));
        let (cut, any) = (inside.cut, inside.any);
        if flow.is_break() && !cut {
            return flow;
        }
        let mut done = End { cut, again: tap.failed(), ..End::default() };
        let mut unsteady = false;
        // What turned out to be no article need not be read to its end for that.
        if !cut && !done.again && any {
            done.content = tap.finish().ok().filter(|(_, bytes)| *bytes == size).map(|(content, _)| content);
            unsteady = done.content.is_none();
            done.again = unsteady;
        }
        end(done, unsteady, emit)
    }

    /// Tells that a file is opened; true where it holds what it held, and nothing else is to be done.
    fn begin(&self, job: &Job, content: Option<Content>, from: u64, emit: &mut Emit<'_>) -> ControlFlow<(), bool> {
        let same = content.is_some_and(|content| is_same(&job.item, job.row.as_ref(), content));
        let begin = Begin {
            item: job.item.clone(),
            row: job.row.clone(),
            entries: job.entries.clone(),
            content,
            from: if same { 0 } else { from },
        };
        emit(Piece::Known(Event::Begin(Box::new(begin))))?;
        if same {
            emit(Piece::Known(Event::Same))?;
        }
        ControlFlow::Continue(same)
    }
}

/// What is inside a file that is being read.
struct In<'a, 'e> {
    feed: &'a Feed<'a>,
    job: &'a Job,
    from: u64,
    emit: &'a mut Emit<'e>,
    /// The run was to stop in the middle of it; what is small is finished.
    cut: bool,
    small: bool,
    /// There was an article or an entry.
    any: bool,
}

impl In<'_, '_> {
    fn take(&mut self, thing: Inside<'_>) -> ControlFlow<()> {
        self.stop()?;
        match thing {
            Inside::File(None, _, mut bytes) => {
                let mut options = options(self.feed.order, &self.job.found);
                // Of a scanned page, what the file of its issue says; where only that file changes, nothing is read again.
                if let Some(issue) = archive::issue(&self.job.found.path, &mut *bytes) {
                    let options = options.to_mut();
                    options.published_by_path = options.published_by_path.take().or(issue.published);
                    options.outlet = options.outlet.take().or(issue.outlet);
                }
                let place = Source::file(self.job.item.name.clone());
                each_reading(&self.feed.gate, &place, bytes, &options, &mut |reading| self.record(reading))
            }
            Inside::File(Some(name), hint, bytes) => {
                self.any = true;
                self.entry(name, hint, bytes)
            }
            Inside::Passed(None, why) => self.known(Event::Skipped(why)),
            Inside::Passed(Some(name), why) => {
                self.any = true;
                self.known(Event::Open(name.to_owned()))?;
                self.known(Event::Skipped(why))?;
                self.known(Event::Close(None))
            }
        }
    }

    fn entry(&mut self, name: &str, hint: Hint, mut bytes: Box<dyn BufRead + '_>) -> ControlFlow<()> {
        let mut held = Vec::new();
        let read = bytes.by_ref().take(HELD + 1).read_to_end(&mut held);
        let place = Source { entry: Some(name.to_owned()), ..Source::file(self.job.item.name.clone()) };
        let options = entry_options(self.feed.order, &self.job.found, name, hint);
        if read.is_ok() && held.len() as u64 <= HELD {
            let content = Content::of(&held);
            let old = self.job.entries.as_ref().and_then(|entries| entries.get(name));
            let same = old.is_some_and(|old| old.content == Some(content));
            if same && self.job.item.verdict != Verdict::Reread {
                return self.known(Event::Kept(name.to_owned()));
            }
            return (self.emit)(Piece::Entry(Box::new(Held { place, options, bytes: held, content })));
        }
        self.known(Event::Open(name.to_owned()))?;
        // What failed fails again where the head ends, and is said there.
        let rest: Box<dyn Read + '_> = match read {
            Ok(_) => Box::new(bytes),
            Err(error) => Box::new(Failing(Some(error))),
        };
        let mut tap = Tap::new(Cursor::new(held).chain(rest));
        let input = Box::new(BufReader::with_capacity(128 << 10, &mut tap));
        each_reading(&self.feed.gate, &place, input, &options, &mut |reading| {
            self.stop()?;
            (self.emit)(Piece::Record(reading))
        })?;
        let content = if tap.failed() { None } else { tap.finish().ok().map(|(content, _)| content) };
        self.known(Event::Close(content))
    }

    fn record(&mut self, reading: Reading) -> ControlFlow<()> {
        self.stop()?;
        if let Reading::Article(article, _) = &reading {
            if article.source.record < self.from {
                return self.known(Event::Passed(article.source.which()));
            }
            self.any = true;
        }
        (self.emit)(Piece::Record(reading))
    }

    fn known(&mut self, event: Event) -> ControlFlow<()> {
        (self.emit)(Piece::Known(event))
    }

    fn stop(&mut self) -> ControlFlow<()> {
        self.cut |= !self.small && self.feed.stopped();
        if self.cut { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

/// A file that could not be opened.
fn failed(job: Job, error: &io::Error, emit: &mut Emit<'_>) -> ControlFlow<()> {
    let Job { item, row, entries, .. } = job;
    emit(Piece::Known(Event::Begin(Box::new(Begin { item, row, entries, content: None, from: 0 }))))?;
    emit(Piece::Known(Event::Skipped(unreadable(error))))?;
    emit(Piece::Known(Event::End(End { again: true, ..End::default() })))
}

fn end(done: End, unsteady: bool, emit: &mut Emit<'_>) -> ControlFlow<()> {
    if unsteady {
        let said = Problem::new(Place::Whole, "it was changed while it was read").hint("the next run reads it again");
        emit(Piece::Known(Event::Skipped(said)))?;
    }
    emit(Piece::Known(Event::End(done)))
}

fn begins_as_zip(path: &std::path::Path) -> io::Result<bool> {
    let mut head = Vec::new();
    File::open(path)?.take(8).read_to_end(&mut head)?;
    Ok(container::is_zip(&head))
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

/// Every record of a file or an entry; at least one, which says why where there is none.
fn each_reading<'a>(
    gate: &'a Gate,
    place: &Source,
    input: Box<dyn BufRead + 'a>,
    options: &'a ReadOptions,
    each: &mut dyn FnMut(Reading) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut any = false;
    let (pass, input) = gate.watch(input);
    let read = fault::contain(|| {
        for reading in article::read(place.clone(), Box::new(input), options) {
            pass.leave();
            any = true;
            each(reading)?;
        }
        ControlFlow::Continue(())
    });
    pass.leave();
    match read {
        Err(problem) => each(Reading::Skipped(problem)),
        Ok(ControlFlow::Continue(())) if !any => each(Reading::Skipped(Problem::new(Place::Whole, "no article in it"))),
        Ok(read) => read,
    }
}

/// A stream that has nothing but an error left.
struct Failing(Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}
