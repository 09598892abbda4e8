//! Reads files one after another, without an index: every article with what was found in it, in the order of the input.
//!
//! It opens nothing itself: the caller says how a file is opened, so that stdin is a file like others.

use std::io::{self, BufRead};
use std::ops::ControlFlow;
use std::path::Path;

use crate::article::{self, Article, ReadOptions, Reading, Source};
use crate::extract::why::Why;
use crate::extract::{self, Extraction};
use crate::text::problem::Problem;

use super::{fault, ordered, share};

/// A file to read: its name as given, and how it is opened.
pub struct Input<'a> {
    /// The path as the user wrote it.
    pub path: String,
    /// Its size in bytes as it lies there; the largest number where that is not known.
    pub size: u64,
    /// Opens it, with compression undone.
    pub open: Box<dyn FnOnce() -> io::Result<Box<dyn BufRead>> + Send + 'a>,
}

/// How files are read.
#[derive(Default)]
pub struct How {
    /// What is known of the files from outside them.
    pub read: ReadOptions,
    /// How many articles are worked on at the same time.
    pub jobs: usize,
    /// Whether the reasons of each quotation are wanted too.
    pub why: bool,
}

/// What became of a piece of the input.
pub enum Outcome {
    /// An article was read; this is what was made of it, and what was odd about it.
    Made(Source, Vec<u8>, Vec<Problem>),
    /// Nothing could be made of a file or a record.
    Skipped(Source, Problem),
    /// The file could not be opened.
    Unreadable(String, io::Error),
}

/// Reads all `inputs`; `make` turns each article, its extraction and the reasons of its quotations (none, where they are not
/// wanted) into bytes, `sink` gets everything in input order.
///
/// # Errors
/// The first error of `sink`.
pub fn run<'a, E: Send>(
    inputs: Vec<Input<'a>>,
    how: &How,
    make: impl Fn(&Article, &Extraction, &[Option<Why>]) -> Vec<u8> + Sync,
    mut sink: impl FnMut(Outcome) -> Result<(), E>,
) -> Result<(), E> {
    let source = |push: &mut ordered::Push<'_, Step<'a>>| {
        for input in inputs {
            let pushed = if share::is_whole(Path::new(&input.path), input.size) {
                let weight = usize::try_from(input.size).unwrap_or(usize::MAX);
                push(Step::Whole(input), weight)
            } else {
                each(input, &how.read, |place, read| {
                    let weight = match &read {
                        Ok(Reading::Article(article, _)) => article.text.len(),
                        _ => 0,
                    };
                    push(Step::Read(place.clone(), read), weight)
                })
            };
            if pushed.is_break() {
                return;
            }
        }
    };
    let finish = |place: Source, read: Result<Reading, io::Error>| match read {
        Err(error) => Outcome::Unreadable(place.path, error),
        Ok(Reading::Skipped(problem)) => Outcome::Skipped(place, problem),
        Ok(Reading::Article(article, problems)) => {
            let made = fault::contain(|| match how.why {
                true => {
                    let (found, whys) = extract::explain(&article);
                    make(&article, &found, &whys)
                }
                false => make(&article, &extract::extract(&article), &[]),
            });
            match made {
                Ok(made) => Outcome::Made(article.source, made, problems),
                Err(problem) => Outcome::Skipped(article.source, problem),
            }
        }
    };
    let work = |step| match step {
        Step::Read(place, read) => vec![finish(place, read)],
        Step::Whole(input) => {
            let mut outcomes = Vec::new();
            let _ = each(input, &how.read, |place, read| {
                outcomes.push(finish(place.clone(), read));
                ControlFlow::Continue(())
            });
            outcomes
        }
    };
    ordered::run(how.jobs, source, work, |outcomes| outcomes.into_iter().try_for_each(&mut sink))
}

enum Step<'a> {
    /// A file that one worker takes whole.
    Whole(Input<'a>),
    /// A record of another, or why it could not be opened.
    Read(Source, Result<Reading, io::Error>),
}

/// Every record of an input.
fn each(
    input: Input<'_>,
    options: &ReadOptions,
    mut take: impl FnMut(&Source, Result<Reading, io::Error>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let place = Source::file(input.path);
    let bytes = match (input.open)() {
        Ok(bytes) => bytes,
        Err(error) => return take(&place, Err(error)),
    };
    let read = fault::contain(|| {
        for reading in article::read(place.clone(), bytes, options) {
            take(&place, Ok(reading))?;
        }
        ControlFlow::Continue(())
    });
    read.unwrap_or_else(|problem| take(&place, Ok(Reading::Skipped(problem))))
}
