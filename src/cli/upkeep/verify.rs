//! `onrecord verify`: whether an index is whole, and what to run where it is not.

use std::path::Path;

use serde::Serialize;

use crate::desk::verify::{self, Looking, OnDisk, Report};
use crate::index::Error;
use crate::render::number::counted;

use super::super::output::Output;
use super::super::{Ending, progress};
use super::args::VerifyArgs;
use super::{index_command, typed};

/// Of an id so many digits are told: an index is told from another by the first.
const DIGITS: usize = 4;

pub(super) fn run(index: &Path, args: &VerifyArgs, output: &mut Output) -> anyhow::Result<Ending> {
    let bar = progress::bar(output.shows_progress());
    let report = verify::verify(index, args.files, &mut |looking| {
        bar.set_message(match looking {
            Looking::Index(part) => format!("checking {part}"),
            Looking::File(path) => format!("reading {path}"),
        });
    });
    bar.finish_and_clear();
    let report = match report {
        // Nothing can be opened: that is damage like any other.
        Err(Error::Damaged { what, .. }) => Report { faults: vec![what], ..Report::default() },
        report => report?,
    };
    let unseen = report.files.as_ref().map_or(&[][..], |files| &files.unseen);
    let whole = report.faults.is_empty() && unseen.is_empty();
    if args.json {
        output.data(serde_json::to_string(&Line::of(&report, index, whole))? + "\n")?;
    } else if whole {
        output.data(told(&report) + "\n")?;
    }
    report.faults.iter().for_each(|fault| output.complain(&format!("damaged  {fault}")));
    unseen.iter().for_each(|file| output.complain(&format!("changed  {file}")));
    if let Some(files) = report.files.as_ref().filter(|files| files.changed + files.gone > 0) {
        let flags = if files.gone > 0 { " --prune" } else { "" };
        output.note(&format!("{}: `{}` takes that in", since(files), index_command(&report.roots, index, flags)));
    }
    if !report.faults.is_empty() {
        let anew = index_command(&report.roots, index, " --rebuild");
        output.error(&format!("the index in {} is damaged", index.display()));
        output.complain(&format!(
            "help: run `{anew}` to make it anew of its articles, or `onrecord restore FILE -i {} --force` to put back a backup",
            typed(index)
        ));
    } else if !unseen.is_empty() {
        output.error("files of the archive have changed, and their sizes and times do not show it");
        let again = index_command(&report.roots, index, "");
        output.complain(&format!("help: put them right, or `touch` them and run `{again}` to index them as they are"));
    }
    Ok(if whole { Ending::Done } else { Ending::Failed })
}

/// `ok  index 4f2c… batch 41 · 6 segments checksummed · 61,377 quotes match the manifest`
fn told(report: &Report) -> String {
    let id: String = report.uuid.chars().take(DIGITS).collect();
    let quotes = counted(report.quotes, "quote");
    let quotes = match report.manifest {
        true if report.quotes == 1 => format!("{quotes} matches the manifest"),
        true => format!("{quotes} match the manifest"),
        false => format!("{quotes}, and no manifest to match"),
    };
    let segments = counted(report.segments, "segment");
    let mut told = format!("ok  index {id}… batch {} · {segments} checksummed · {quotes}", report.generation);
    if let Some(files) = &report.files {
        told += &format!(" · {} as indexed", counted(files.same, "file"));
    }
    told
}

/// `3 files changed and 1 file gone since`
fn since(files: &OnDisk) -> String {
    let facts = [(files.changed, "changed"), (files.gone, "gone")];
    let facts = facts.into_iter().filter(|(count, _)| *count > 0);
    let facts: Vec<String> = facts.map(|(count, what)| format!("{} {what}", counted(count, "file"))).collect();
    format!("{} since", facts.join(" and "))
}

#[derive(Serialize)]
struct Line<'a> {
    schema: &'static str,
    ok: bool,
    index: String,
    uuid: &'a str,
    generation: u64,
    segments: u64,
    articles: u64,
    quotes: u64,
    faults: &'a [String],
    files: Option<FilesLine<'a>>,
}

#[derive(Serialize)]
struct FilesLine<'a> {
    same: u64,
    changed: u64,
    gone: u64,
    unseen: &'a [String],
}

impl<'a> Line<'a> {
    fn of(report: &'a Report, index: &Path, ok: bool) -> Self {
        let files = |files: &'a OnDisk| FilesLine {
            same: files.same,
            changed: files.changed,
            gone: files.gone,
            unseen: &files.unseen,
        };
        Self {
            schema: "onrecord.verify/1",
            ok,
            index: index.display().to_string(),
            uuid: &report.uuid,
            generation: report.generation,
            segments: report.segments,
            articles: report.articles,
            quotes: report.quotes,
            faults: &report.faults,
            files: report.files.as_ref().map(files),
        }
    }
}
