//! Reads files one after another, without an index: every article with what was found in it, in the order of the input.
//!
//! It opens nothing itself: the caller says how a file is opened, so that stdin is a file like others.

use std::io::{self, BufRead};
use std::ops::ControlFlow;

use crate::article::{self, Article, ReadOptions, Reading, Source};
use crate::extract::{self, Extraction};
use crate::text::problem::Problem;

use super::{fault, ordered};

/// A file to read: its name as given, and how it is opened.
pub struct Input<'a> {
    /// The path as the user wrote it.
    pub path: String,
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

/// Reads all `inputs`; `make` turns each article and its extraction into bytes, `sink` gets everything in input order.
///
/// # Errors
/// The first error of `sink`.
pub fn run<E: Send>(
    inputs: Vec<Input<'_>>,
    how: &How,
    make: impl Fn(&Article, &Extraction) -> Vec<u8> + Sync,
    sink: impl FnMut(Outcome) -> Result<(), E>,
) -> Result<(), E> {
    let source = |push: &mut ordered::Push<'_, Step>| {
        for Input { path, open } in inputs {
            let input = match open() {
                Ok(input) => input,
                Err(error) => {
                    if push(Step::Unreadable(path, error), 0).is_break() {
                        return;
                    }
                    continue;
                }
            };
            let place = Source::file(path);
            let pushed = fault::contain(|| {
                for reading in article::read(place.clone(), input, &how.read) {
                    let weight = match &reading {
                        Reading::Article(article, _) => article.text.len(),
                        Reading::Skipped(_) => 0,
                    };
                    push(Step::Read(place.clone(), reading), weight)?;
                }
                ControlFlow::Continue(())
            });
            let pushed = pushed.unwrap_or_else(|problem| push(Step::Read(place, Reading::Skipped(problem)), 0));
            if pushed.is_break() {
                return;
            }
        }
    };
    let work = |step| match step {
        Step::Unreadable(path, error) => Outcome::Unreadable(path, error),
        Step::Read(place, Reading::Skipped(problem)) => Outcome::Skipped(place, problem),
        Step::Read(_, Reading::Article(article, problems)) => {
            match fault::contain(|| make(&article, &extract::extract(&article))) {
                Ok(made) => Outcome::Made(article.source, made, problems),
                Err(problem) => Outcome::Skipped(article.source, problem),
            }
        }
    };
    ordered::run(how.jobs, source, work, sink)
}

enum Step {
    Read(Source, Reading),
    Unreadable(String, io::Error),
}
