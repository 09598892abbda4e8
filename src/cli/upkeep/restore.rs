//! `onrecord restore`: an index back from a file.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::process;

use anyhow::Context;

use crate::archive::beside::PutBack;
use crate::desk::backup;
use crate::render::number::{counted, took};

use super::super::output::Output;
use super::super::{Ending, clock, progress};
use super::args::RestoreArgs;
use super::typed;

pub(super) fn run(index: &Path, args: &RestoreArgs, output: &mut Output) -> anyhow::Result<Ending> {
    let watch = clock::Watch::start();
    let file: Box<dyn Read> = match args.file.as_path() {
        file if file == Path::new("-") => Box::new(io::stdin().lock()),
        file => Box::new(File::open(file).with_context(|| format!("cannot read {}", file.display()))?),
    };
    let bar = progress::bar(output.shows_progress());
    let seed = format!("{} {}", clock::now_text(), process::id());
    let done = backup::restore(file, index, args.force, &seed, &mut |part| bar.set_message(part.to_owned()));
    bar.finish_and_clear();
    let report = done.with_context(|| args.file.display().to_string())?;
    for (name, put) in &report.beside {
        match put {
            PutBack::Written => output.note(&format!("put back {name}")),
            PutBack::Same => {}
            PutBack::Kept => output.note(&format!(
                "kept your {name}, which is not as in the backup: `tar --zstd -xOf {} {name}` shows that one",
                typed(&args.file)
            )),
        }
    }
    let id: String = report.uuid.chars().take(4).collect();
    let (articles, quotes) = (counted(report.articles, "article"), counted(report.quotes, "quote"));
    let batch = report.generation;
    output.note(&format!("restored index {id}… batch {batch} · {articles} · {quotes} · {}", took(watch.passed())));
    Ok(Ending::Done)
}
