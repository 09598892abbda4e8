//! An indexing run: a folder of files to a generation of the index, of which only what changed is read.
//!
//! First the archive is looked at as it is now, beside the manifest of what it was; then the files that are due are read and
//! their articles extracted on several threads, and one writer puts them in the order of the files, so that the threads'
//! timing leaves no trace. What is odd about a file is told and kept in the manifest, and never ends the run. It shows no
//! progress itself: it tells of each step to who wants it.

mod current;
mod feed;
mod fingerprint;
mod gate;
mod ledger;
mod load;
mod lockstep;
mod moves;
mod preview;
mod reader;
mod rewrite;
mod sheaf;
mod survey;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{DirEntry, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use crate::archive::container::Limits;
use crate::archive::manifest::Damage;
use crate::archive::{PathPattern, is_ignored};
use crate::article::ReadOptions;
use crate::index::{self, Disk, Notes, Reader, System, Writer, WriterOptions};

use super::ordered;
use super::place::Namer;
use feed::{Event, Feed};
use gate::Gate;
use ledger::{Ledger, open_manifest};
use moves::Moves;
use survey::survey;

pub use preview::{Outlook, What, preview};

/// A result takes a millisecond or two to put, but for one at which the index is published in the middle of a run: then all that was put
/// is written, and articles are read on.
const PATIENCE: Duration = Duration::from_millis(30);

/// What is to be indexed, and how.
pub struct Order {
    /// Files and folders.
    pub roots: Vec<PathBuf>,
    /// The folder of the index.
    pub index: PathBuf,
    /// Begin a new index.
    pub rebuild: bool,
    /// Take out what is not there any more.
    pub prune: bool,
    /// Read only what was changed at this time or later: nanoseconds since 1970.
    pub since: Option<i64>,
    /// How many articles are worked on at the same time.
    pub jobs: usize,
    /// How many articles are put before they are made visible, at least.
    pub batch: u64,
    /// What is known of the files from outside them.
    pub read: ReadOptions,
    /// How far containers are followed.
    pub limits: Limits,
    /// Where the day stands in a path.
    pub date_from_path: Option<PathPattern>,
    /// Where the outlet stands in a path.
    pub outlet_from_path: Option<PathPattern>,
    /// When the run began: nanoseconds since 1970.
    pub began: i64,
    /// The same as it is to be noted.
    pub when: String,
    /// What no other index shares: time, process.
    pub seed: String,
    /// Set to true to end the run early, with what is done made visible.
    pub stop: Arc<AtomicBool>,
}

/// How far a run is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Files found so far, while the archive is looked at.
    pub found: u64,
    /// Files that have to be opened.
    pub files: u64,
    /// Of those, the ones that are done.
    pub files_done: u64,
    /// Articles put into the index.
    pub articles: u64,
    /// Of those, the ones that were in it before.
    pub replaced: u64,
    /// Articles that were taken out, with no other in their places.
    pub dropped: u64,
    /// Quotations in the articles put.
    pub quotes: u64,
    /// Files that were touched, with their content as it was.
    pub touched: u64,
    /// Files that might have changed unseen, and have not.
    pub sure: u64,
    /// Files that were found again in other places.
    pub moved: u64,
    /// Files, places and records that were skipped now.
    pub skipped: u64,
    /// How often something was odd about an article that was put.
    pub odd: u64,
    /// Reasons for skipping something that are known from earlier runs, in files that hold what they held.
    pub known_skips: u64,
}

/// What a look at the archive came to, in files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Not known before.
    pub new: u64,
    /// Of another size or time, not read to their ends, or perhaps changed unseen.
    pub altered: u64,
    /// Read before with other options or by another version.
    pub reread: u64,
    /// As they were.
    pub unchanged: u64,
    /// New or altered, and older than what is asked for.
    pub passed: u64,
    /// Passed over by their names.
    pub ignored: u64,
    /// Not there any more, with articles in the index.
    pub gone: u64,
    /// Reasons for skipping something in what is unchanged.
    pub known_skips: u64,
    /// Roots in which nothing is left, with the number of files that were there: their articles are kept in any case.
    pub emptied: BTreeMap<String, u64>,
}

impl Tally {
    /// Files that have to be opened.
    pub fn due(&self) -> u64 {
        self.new + self.altered + self.reread
    }

    /// All files that were found, but for those that are ignored.
    pub fn files(&self) -> u64 {
        self.due() + self.unchanged + self.passed
    }
}

/// What a run tells while it goes on.
pub enum Told<'a> {
    /// It has begun; and whether the index stays as it was where the run is stopped.
    Begun(bool),
    /// How far it is.
    Progress(Progress),
    /// A file or place, and why it, or a record of it, was skipped.
    Skipped(&'a str, &'a str),
    /// A file or place, and what is odd about an article in it: the first of its kind there.
    Odd(&'a str, &'a str),
}

/// What came of a run.
#[derive(Clone, Debug)]
pub struct Report {
    /// What was done.
    pub done: Progress,
    /// What there was to do.
    pub tally: Tally,
    /// Files that are not there any more, whose articles stay.
    pub gone: u64,
    /// Files that are not there any more, whose articles were taken out.
    pub pruned: u64,
    /// Whether it was told to stop before its end.
    pub interrupted: bool,
    /// Whether the index was left as it was for that.
    pub left: bool,
    /// Articles in the whole index.
    pub articles: u64,
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
    /// The list of files cannot be read.
    #[error("cannot read the list of files: {0}")]
    List(io::Error),
    /// The folder of the index cannot be used.
    #[error("cannot use {} for the index: {source}", .path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The index would lie among the articles.
    #[error("{} holds articles of the archive, and an index needs a folder of its own\nhelp: name another one, as `-i index`", .path.display())]
    AmongArticles {
        /// The folder.
        path: PathBuf,
    },
    /// The list of what the index was made of is damaged.
    #[error(
        "the manifest of the index in {0} is damaged ({damage}); `onrecord index FOLDER -i {0} --rebuild` makes it anew of the articles in FOLDER",
        .dir.display()
    )]
    Manifest {
        /// The folder of the index.
        dir: PathBuf,
        /// What is wrong.
        damage: Damage,
    },
    /// The list of what the index is made of cannot be written.
    #[error("cannot write the manifest of the index in {}: {source}", .dir.display())]
    Write {
        /// The folder of the index.
        dir: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The index failed.
    #[error(transparent)]
    Index(#[from] index::Error),
}

impl Failure {
    fn damaged(order: &Order, damage: Damage) -> Self {
        Self::Manifest { dir: order.index.clone(), damage }
    }

    fn manifest(order: &Order) -> impl Fn(io::Error) -> Self {
        move |source| Self::Write { dir: order.index.clone(), source }
    }
}

/// Does it, for the roots of the order and for what is listed. `told` hears of every article and every skipped file.
///
/// # Errors
/// Where a root cannot be read at all, or the index fails; what was published before then stays as it was.
pub fn run(
    order: &Order,
    list: Option<&mut dyn Iterator<Item = io::Result<PathBuf>>>,
    told: &mut dyn FnMut(Told<'_>),
) -> Result<Report, Failure> {
    run_on(System::shared(), order, list, told)
}

/// The same, with the index on this disk.
///
/// # Errors
/// As [`run`].
pub fn run_on(
    disk: Arc<dyn Disk>,
    order: &Order,
    list: Option<&mut dyn Iterator<Item = io::Result<PathBuf>>>,
    told: &mut dyn FnMut(Told<'_>),
) -> Result<Report, Failure> {
    let folder = |source| Failure::Folder { path: order.index.clone(), source };
    let roots = roots(order)?;
    let options = WriterOptions { rebuild: order.rebuild, seed: order.seed.clone(), disk, ..WriterOptions::default() };
    let writer = Writer::open(&order.index, &options)?;
    told(Told::Begun(writer.is_aside()));
    let namer = Namer::new(&order.index).map_err(folder)?;
    let mut notes = known(order)?.map_or_else(|| Ok(Notes::default()), |reader| reader.notes())?;
    let looked = survey(order, &namer, (roots, list), &notes.roots, &mut |progress| told(Told::Progress(progress)))?;
    let Some(mut survey) = looked else {
        let fate = rewrite::Fate { left: writer.is_aside(), ..Default::default() };
        return report(order, (Progress::default(), Tally::default(), fate));
    };
    survey.compare(order, &namer, open_manifest(order, &writer)?)?;
    let moves = Moves::find(order, &namer, &mut survey, &|| open_manifest(order, &writer))?;
    let movable = moves.sizes().to_vec();
    let rows = open_manifest(order, &writer)?;
    notes.roots.extend(survey.whole_roots());
    notes.roots.sort_unstable();
    notes.roots.dedup();
    notes.when = Some(order.when.clone());
    let feed = Feed {
        order,
        namer: &namer,
        survey: &survey,
        movable,
        gate: Gate::new(order.jobs),
        spellers: writer.spellers(),
    };
    let mut ledger = Ledger::new(order, &namer, &survey, writer, moves, notes, told);
    ledger.tell_unknown();
    if survey.has_work() {
        ordered::run_by(
            order.jobs,
            ordered::Limits { items_per_job: ordered::ITEMS_PER_JOB / load::MOST, patience: Some(PATIENCE) },
            |push| feed.push_all(rows, push),
            |tasks| feed.work(tasks),
            |events| events.iter().map(Event::weight).sum(),
            |events| events.into_iter().try_for_each(|event| ledger.take(event)),
        )?;
    }
    let (done, fate) = ledger.finish()?;
    report(order, (done, survey.counts.clone(), fate))
}

fn report(order: &Order, (done, tally, fate): (Progress, Tally, rewrite::Fate)) -> Result<Report, Failure> {
    let interrupted = order.stop.load(Relaxed);
    let rewrite::Fate { gone, pruned, mut left } = fate;
    let status = match Reader::open(&order.index).and_then(|reader| reader.status()) {
        Err(index::Error::Missing { .. }) if interrupted => None,
        // A rebuild of what cannot be read was stopped before there was anything in its place.
        Err(_) if interrupted && order.rebuild => {
            left = true;
            None
        }
        status => Some(status?),
    };
    let counts = status.map(|status| (status.articles, status.quotes, status.speakers));
    let (articles, quotes, speakers) = counts.unwrap_or_default();
    Ok(Report { done, tally, gone, pruned, interrupted, left, articles, quotes, speakers })
}

/// The index as it is, where it is not to be made anew and there is one.
fn known(order: &Order) -> Result<Option<Reader>, index::Error> {
    match Reader::open(&order.index) {
        _ if order.rebuild => Ok(None),
        Err(index::Error::Missing { .. }) => Ok(None),
        reader => reader.map(Some),
    }
}

/// The roots as absolute paths, each once, in order.
fn roots(order: &Order) -> Result<Vec<PathBuf>, Failure> {
    let mut roots = BTreeSet::new();
    for path in &order.roots {
        let fail = |source| Failure::Root { path: path.clone(), source };
        let root = path.canonicalize().map_err(fail)?;
        // Opened now: an archive that cannot be read at all is a mistake, not a file to be skipped.
        if root.is_dir() { root.read_dir().map(drop) } else { File::open(&root).map(drop) }.map_err(fail)?;
        roots.insert(root);
    }
    if let Ok(index) = order.index.canonicalize()
        && (roots.contains(&index) || roots.iter().any(|root| index.starts_with(root)) && has_articles(&index))
    {
        return Err(Failure::AmongArticles { path: order.index.clone() });
    }
    Ok(roots.into_iter().collect())
}

/// Whether a folder that is no index holds files that could be articles.
fn has_articles(folder: &Path) -> bool {
    let could = |entry: &DirEntry| {
        let name = entry.file_name();
        let own = index::is_own_name(&name.to_string_lossy());
        !own && !is_ignored(&name, false) && entry.file_type().is_ok_and(|of| of.is_file())
    };
    !index::is_published(folder) && folder.read_dir().into_iter().flatten().flatten().any(|entry| could(&entry))
}
