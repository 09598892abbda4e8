//! `onrecord extract`: quotations, speakers and dates of texts, without an index.

use std::fmt::Write;
use std::fs::File;
use std::io::{self, IsTerminal};
use std::path::Path;

use crate::article::{Article, Source};
use crate::desk::reading::{self, How, Input, Opened, Outcome};
use crate::extract::Extraction;
use crate::extract::why::Why;
use crate::render::extraction::{Extent, write_line};
use crate::render::listing::write_listing;
use crate::text::problem::Problem;

use super::Ending;
use super::output::Output;
use super::plan::ExtractPlan;

pub(crate) fn run(plan: &ExtractPlan, output: &mut Output) -> anyhow::Result<Ending> {
    let look = output.look();
    let extent = Extent { text: plan.with_text, why: plan.why };
    let make = |article: &Article, found: &Extraction, whys: &[Option<Why>]| {
        if plan.listing {
            let mut listing = String::new();
            write_listing(&mut listing, article, found, plan.why.then_some(whys), look);
            return listing.into_bytes();
        }
        // A line of JSON is seldom longer than this; the text is the larger part where it is asked for.
        let mut line =
            Vec::with_capacity(1024 + if plan.with_text { article.text.len() } else { article.text.len() / 4 });
        write_line(&mut line, article, found, whys, extent).expect("a vector takes all bytes");
        line
    };
    if plan.files.iter().any(|file| file == Path::new("-")) && io::stdin().is_terminal() {
        output.note("reading from the terminal; Ctrl-D ends the text");
    }
    let how = How { read: plan.read.clone(), jobs: plan.jobs, why: plan.why };
    let inputs = plan.files.iter().map(|path| input(path)).collect();
    let mut ending = Ending::Done;
    reading::run(inputs, &how, make, |outcome| {
        match outcome {
            Outcome::Made(source, bytes, problems) => {
                output.data(&bytes)?;
                if plan.verbose {
                    problems.iter().for_each(|problem| output.note(&shown(&source, problem)));
                }
            }
            Outcome::Skipped(source, problem) => {
                output.note(&format!("skipped {}", shown(&source, &problem)));
                if ending == Ending::Done {
                    ending = Ending::SomeSkipped;
                }
            }
            Outcome::Unreadable(path, error) => {
                output.error(&format!("cannot read {path}: {}", reason(&error)));
                ending = Ending::Failed;
            }
        }
        Ok::<(), anyhow::Error>(())
    })?;
    Ok(ending)
}

fn input(path: &Path) -> Input<'_> {
    if path == Path::new("-") {
        let open = || Ok(Opened::Stream(Box::new(io::stdin())));
        return Input { path: "-".to_owned(), size: u64::MAX, open: Box::new(open) };
    }
    let size = std::fs::metadata(path).map_or(u64::MAX, |known| known.len());
    let open = move || {
        let file = File::open(path)?;
        match file.metadata()?.is_dir() {
            true => Err(io::ErrorKind::IsADirectory.into()),
            false => Ok(Opened::File(file)),
        }
    };
    Input { path: path.to_string_lossy().into_owned(), size, open: Box::new(open) }
}

/// Why a file cannot be read, without the system's number.
pub(super) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder (`onrecord index` reads folders)".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

fn shown(source: &Source, problem: &Problem) -> String {
    let mut shown = source.path.clone();
    if let Some(entry) = &source.entry {
        let _ = write!(shown, "!/{entry}");
    }
    let _ = write!(shown, ": {problem}");
    shown
}
