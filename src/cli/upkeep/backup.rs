//! `onrecord backup`: an index as one file.

use std::io::{self, Write};
use std::path::Path;

use anyhow::bail;

use crate::desk::backup::{self, Report};
use crate::render::number::{bytes, counted, took};

use super::super::output::Output;
use super::super::{Ending, clock, progress};
use super::args::BackupArgs;

pub(super) fn run(index: &Path, args: &BackupArgs, output: &mut Output) -> anyhow::Result<Ending> {
    let watch = clock::Watch::start();
    let bar = progress::bar(output.shows_progress());
    let mut told = |part: &str| bar.set_message(part.to_owned());
    if args.file == Path::new("-") {
        if output.is_terminal() {
            bail!("a backup is nothing for a terminal\nhelp: name a file, or send it on: `onrecord backup - | …`");
        }
        let done = backup::backup(index, io::stdout().lock(), "to stdout", &mut told);
        bar.finish_and_clear();
        let (report, mut stdout) = done?;
        stdout.flush()?;
        output.note(&format!("{} · {}", copied(&report), took(watch.passed())));
        return Ok(Ending::Done);
    }
    let done = backup::backup_to(index, &args.file, &mut told);
    bar.finish_and_clear();
    let (report, size) = done?;
    let size = size.map(|size| format!("{} · ", bytes(size))).unwrap_or_default();
    output.note(&format!("{} · {size}{}", copied(&report), took(watch.passed())));
    Ok(Ending::Done)
}

/// `copied 18,204 articles, 61,377 quotes and .onrecord/speakers.toml, batch 41`
fn copied(report: &Report) -> String {
    let mut parts = vec![counted(report.articles, "article"), counted(report.quotes, "quote")];
    match report.beside.as_slice() {
        [] => {}
        [(name, _)] => parts.push(name.clone()),
        several => parts.push(format!("{} of .onrecord", counted(several.len() as u64, "file"))),
    }
    let last = parts.pop().unwrap_or_default();
    format!("copied {} and {last}, batch {}", parts.join(", "), report.generation)
}
