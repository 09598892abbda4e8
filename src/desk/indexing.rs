//! An indexing run: a folder of files to a generation of the index.
//!
//! Files are read and their articles extracted on several threads; one writer puts them in the order in
//! which they were found, so that the threads' timing leaves no trace. What is odd about a file goes into
//! the report and never ends the run. It shows no progress itself: it tells of each step to who wants it.

use std::collections::BTreeSet;
use std::fs::File;
use std::io;
use std::ops::ControlFlow;
use std::path::PathBuf;

use crate::archive::{self, Found, PathPattern};
use crate::article::{self, ReadOptions, Reading, Source};
use crate::extract;
use crate::index::{self, Notes, Reader, Record, Skipped, Writer, WriterOptions};

use super::place::Namer;
use super::{fault, ordered, share};

/// What is to be indexed, and how.
pub struct Order {
    /// Files and folders.
    pub roots: Vec<PathBuf>,
    /// The folder of the index.
    pub index: PathBuf,
    /// Begin a new index.
    pub rebuild: bool,
    /// How many articles are worked on at the same time.
    pub jobs: usize,
    /// What is known of the files from outside them.
    pub read: ReadOptions,
    /// Where the day stands in a path.
    pub date_from_path: Option<PathPattern>,
    /// Where the outlet stands in a path.
    pub outlet_from_path: Option<PathPattern>,
    /// When the run began, as it is to be noted.
    pub when: String,
    /// What no other index shares: time, process.
    pub seed: String,
}

/// How far a run is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Articles put into the index.
    pub articles: u64,
    /// Of those, the ones that were in it before.
    pub replaced: u64,
    /// Quotations in them.
    pub quotes: u64,
    /// Files and records that were skipped.
    pub skipped: u64,
}

/// What came of a run.
#[derive(Clone, Debug)]
pub struct Report {
    /// What was done.
    pub done: Progress,
    /// What was skipped in this run, in the order in which it was found.
    pub skipped: Vec<Skipped>,
    /// Quotations in the whole index.
    pub quotes: u64,
    /// Speakers in the whole index.
    pub speakers: u64,
}

/// What ends a run.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A file or folder that was to be indexed cannot be read.
    #[error("cannot read {}: {source}", .path.display())]
    Root {
        /// The path as it was given.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The folder of the index cannot be used.
    #[error("cannot use {} for the index: {source}", .path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The index failed.
    #[error(transparent)]
    Index(#[from] index::Error),
}

/// Does it. `told` hears of every article and every skipped file.
///
/// # Errors
/// Where a root cannot be read at all, or the index fails; what was published before then stays as it was.
pub fn run(order: &Order, told: &mut dyn FnMut(Progress)) -> Result<Report, Failure> {
    let roots = roots(&order.roots)?;
    let options = WriterOptions { rebuild: order.rebuild, seed: order.seed.clone(), ..WriterOptions::default() };
    let mut writer = Writer::open(&order.index, &options)?;
    let namer = Namer::new(&order.index).map_err(|source| Failure::Folder { path: order.index.clone(), source })?;
    let mut done = Progress::default();
    let mut skipped = Vec::new();
    ordered::run(
        order.jobs,
        |push| find(order, &namer, &roots, push),
        |task| work(order, task),
        |pieces: Vec<Piece>| {
            for piece in pieces {
                match piece {
                    Piece::Record(record) => {
                        done.articles += 1;
                        done.replaced += u64::from(writer.holds(record.id())?);
                        done.quotes += record.quotes() as u64;
                        writer.put(*record)?;
                    }
                    Piece::Skipped(what) => {
                        done.skipped += 1;
                        skipped.push(what);
                    }
                }
                told(done);
            }
            Ok::<(), index::Error>(())
        },
    )?;
    let names: Vec<String> = roots.iter().map(|root| namer.name(root)).collect();
    let notes = notes(order, &names, &skipped);
    writer.publish(&notes)?;
    drop(writer);
    let status = Reader::open(&order.index)?.status()?;
    Ok(Report { done, skipped, quotes: status.quotes, speakers: status.speakers })
}

/// The roots as absolute paths, each once, in order.
fn roots(given: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut roots = BTreeSet::new();
    for path in given {
        let fail = |source| Failure::Root { path: path.clone(), source };
        let root = path.canonicalize().map_err(fail)?;
        // Opened now: an archive that cannot be read at all is a mistake, not a file to be skipped.
        if root.is_dir() { root.read_dir().map(drop) } else { File::open(&root).map(drop) }.map_err(fail)?;
        roots.insert(root);
    }
    Ok(roots.into_iter().collect())
}

/// What is to be kept beside the index: of earlier runs, what this one has not looked at again.
fn notes(order: &Order, roots: &[String], skipped: &[Skipped]) -> Notes {
    let below = |path: &str, root: &str| {
        path.strip_prefix(root).is_some_and(|rest| root.is_empty() || rest.is_empty() || rest.starts_with(['/', '!']))
    };
    let earlier = if order.rebuild { None } else { Reader::open(&order.index).and_then(|reader| reader.status()).ok() };
    let mut notes = earlier.map(|status| status.notes).unwrap_or_default();
    notes.skipped.retain(|old| !roots.iter().any(|root| below(&old.path, root)));
    notes.skipped.extend_from_slice(skipped);
    notes.roots.extend_from_slice(roots);
    notes.roots.sort_unstable();
    notes.roots.dedup();
    notes.when = Some(order.when.clone());
    notes
}

/// A piece of work.
enum Task {
    /// A file that one worker takes whole.
    File(Found, Source),
    /// A record of another.
    Reading(Source, Reading),
    /// What is known without work.
    Known(Skipped),
}

/// What came of it.
enum Piece {
    Record(Box<Record>),
    Skipped(Skipped),
}

fn find(order: &Order, namer: &Namer, roots: &[PathBuf], push: &mut ordered::Push<'_, Task>) {
    for found in archive::walk(roots) {
        let pushed = match found {
            Err(unreadable) => {
                let path = namer.name(&unreadable.path);
                push(Task::Known(Skipped { path, reason: unreadable.problem.to_string() }), 0)
            }
            Ok(found) if namer.is_own(&found.path) => ControlFlow::Continue(()),
            Ok(found) => find_in(order, namer, found, push),
        };
        if pushed.is_break() {
            return;
        }
    }
}

fn find_in(order: &Order, namer: &Namer, found: Found, push: &mut ordered::Push<'_, Task>) -> ControlFlow<()> {
    let source = Source::file(namer.name(&found.path));
    if share::is_whole(&found.path, found.size) {
        let weight = usize::try_from(found.size).unwrap_or(usize::MAX);
        return push(Task::File(found, source), weight);
    }
    each_reading(order, &found, &source, |reading| {
        let weight = match &reading {
            Reading::Article(article, _) => article.text.len(),
            Reading::Skipped(_) => 0,
        };
        push(Task::Reading(source.clone(), reading), weight)
    })
}

fn work(order: &Order, task: Task) -> Vec<Piece> {
    match task {
        Task::Known(skipped) => vec![Piece::Skipped(skipped)],
        Task::Reading(source, reading) => vec![piece(&source, reading)],
        Task::File(found, source) => {
            let mut pieces = Vec::new();
            let _ = each_reading(order, &found, &source, |reading| {
                pieces.push(piece(&source, reading));
                ControlFlow::Continue(())
            });
            pieces
        }
    }
}

/// Every record of a file; at least one, which says why where there is none.
fn each_reading(
    order: &Order,
    found: &Found,
    source: &Source,
    mut each: impl FnMut(Reading) -> ControlFlow<()>,
) -> ControlFlow<()> {
    use crate::text::problem::{Place, Problem};
    let skip = |reason: String| Reading::Skipped(Problem::new(Place::Whole, reason));
    let input = match archive::open(&found.path) {
        Ok(input) => input,
        Err(error) => return each(skip(format!("cannot be read: {error}"))),
    };
    let mut options = order.read.clone();
    options.published =
        order.date_from_path.as_ref().and_then(|pattern| pattern.date(found.below())).or(options.published);
    options.outlet =
        order.outlet_from_path.as_ref().and_then(|pattern| pattern.outlet(found.below())).or(options.outlet);
    let mut any = false;
    let read = fault::contain(|| {
        for reading in article::read(source.clone(), input, &options) {
            any = true;
            each(reading)?;
        }
        ControlFlow::Continue(())
    });
    match read {
        Err(problem) => each(Reading::Skipped(problem)),
        Ok(ControlFlow::Continue(())) if !any => each(skip("no article in it".to_owned())),
        Ok(read) => read,
    }
}

fn piece(source: &Source, reading: Reading) -> Piece {
    match reading {
        Reading::Article(article, _) => {
            let found = extract::extract(&article);
            Piece::Record(Box::new(Record::new(&article, &found)))
        }
        Reading::Skipped(problem) => Piece::Skipped(Skipped { path: source.path.clone(), reason: problem.to_string() }),
    }
}
