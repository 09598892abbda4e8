//! Reads files one after another, without an index: every article with what was found in it, in the order of the input.
//!
//! It opens nothing itself: the caller says how a file is opened, so that stdin is a file like others.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek};
use std::ops::ControlFlow;
use std::path::Path;

use crate::archive::container::{self, Hint, Inside, Limits};
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
    /// Opens it, as it lies there.
    pub open: Box<dyn FnOnce() -> io::Result<Opened> + Send + 'a>,
}

/// An input that has been opened.
pub enum Opened {
    /// A file, in which one can go back and forth.
    File(File),
    /// A stream, such as stdin.
    Stream(Box<dyn Read>),
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

impl Outcome {
    /// About how many bytes it takes.
    fn weight(&self) -> usize {
        match self {
            Self::Made(_, made, _) => made.len(),
            _ => 256,
        }
    }
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
    let weigh = |outcomes: &Vec<Outcome>| outcomes.iter().map(Outcome::weight).sum();
    ordered::run(how.jobs, source, work, weigh, |outcomes| outcomes.into_iter().try_for_each(&mut sink))
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
    let whole = Source::file(input.path);
    let opened = (input.open)().and_then(|opened| match opened {
        Opened::File(mut file) => {
            let mut head = Vec::new();
            (&mut file).take(8).read_to_end(&mut head)?;
            file.rewind()?;
            Ok((Opened::File(file), container::is_zip(&head)))
        }
        stream => Ok((stream, false)),
    });
    let opened = match opened {
        Ok(opened) => opened,
        Err(error) => return take(&whole, Err(error)),
    };
    let mut each = |thing: Inside<'_>| {
        let (name, found) = match thing {
            Inside::File(name, hint, bytes) => (name, Ok((hint, bytes))),
            Inside::Passed(name, why) => (name, Err(why)),
        };
        let place = Source { entry: name.map(str::to_owned), ..whole.clone() };
        match found {
            Err(why) => take(&place, Ok(Reading::Skipped(why))),
            Ok((hint, bytes)) => each_reading(&place, bytes, &hinted(options, hint), &mut take),
        }
    };
    let limits = Limits::default();
    match opened {
        (Opened::File(file), true) => container::visit_zip(BufReader::new(file), input.size, &limits, &mut each),
        (Opened::File(file), false) => container::visit(file, input.size, &limits, &mut each),
        (Opened::Stream(stream), _) => container::visit(stream, input.size, &limits, &mut each),
    }
}

/// The options, with what is known of an entry.
fn hinted(options: &ReadOptions, hint: Hint) -> ReadOptions {
    let mut options = options.clone();
    options.format = options.format.or(hint.format);
    options.charset = hint.charset.or(options.charset);
    options.url = hint.url.or(options.url);
    options
}

/// Takes what was read at a place, or why it could not be opened.
type Take<'a> = dyn FnMut(&Source, Result<Reading, io::Error>) -> ControlFlow<()> + 'a;

/// Every record of a file or an entry.
fn each_reading(
    place: &Source,
    bytes: Box<dyn BufRead + '_>,
    options: &ReadOptions,
    take: &mut Take<'_>,
) -> ControlFlow<()> {
    let read = fault::contain(|| {
        for reading in article::read(place.clone(), bytes, options) {
            take(place, Ok(reading))?;
        }
        ControlFlow::Continue(())
    });
    read.unwrap_or_else(|problem| take(place, Ok(Reading::Skipped(problem))))
}
