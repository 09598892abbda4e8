//! `onrecord status`: what the index holds, and what was skipped and why.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::desk::holdings::{self, Remarks};
use crate::desk::place::Namer;
use crate::index::{Bulk, Files, Reader, Status};
use crate::render::number::{bytes, counted, grouped};
use crate::render::tsv;

use super::Ending;
use super::output::Output;
use super::plan::StatusPlan;
use super::upkeep::index_command;

pub(crate) fn run(plan: &StatusPlan, output: &mut Output) -> anyhow::Result<Ending> {
    let reader = Reader::open(&plan.index)?;
    if let Some(asked) = plan.remarks {
        let schema = match asked {
            Remarks::Skipped => "onrecord.skipped/1",
            Remarks::Odd => "onrecord.odd/1",
        };
        holdings::remarks(&reader, asked, &mut |path, reason| {
            let mut line = Vec::new();
            if plan.json {
                serde_json::to_writer(&mut line, &RemarkLine { schema, path, reason })?;
                line.push(b'\n');
            } else {
                tsv::write_cells(&mut line, &[path, reason]);
            }
            output.data(line)
        })?;
        return Ok(Ending::Done);
    }
    let status = reader.status()?;
    if plan.json {
        output.data(serde_json::to_string(&StatusLine::of(&status, plan))? + "\n")?;
    } else {
        output.data(told(&status, plan))?;
    }
    Ok(Ending::Done)
}

fn told(status: &Status, plan: &StatusPlan) -> String {
    let days = status.days.map_or_else(|| "none known".to_owned(), |(first, last)| format!("{first} to {last}"));
    let files = status.notes.files;
    let skipped = match files.reasons {
        0 => "0".to_owned(),
        some => format!("{} (`onrecord status --skipped` lists them)", grouped(some)),
    };
    let odd = match files.odd {
        0 => String::new(),
        some => format!("{} on articles (`onrecord status --odd` lists them)", counted(some, "remark")),
    };
    let formats: Vec<String> =
        status.formats.iter().map(|(format, count)| format!("{} {format}", grouped(*count))).collect();
    let Bulk { segments, deleted, litter, .. } = status.bulk;
    let mut room = grouped(segments);
    if deleted > 0 {
        room += &format!(", {} (`onrecord compact` drops them)", counted(deleted, "deleted record"));
    }
    if litter > 0 {
        room += &format!(", and {} of no generation, which the next run deletes", bytes(litter));
    }
    // Seconds are enough for who reads it.
    let when = status.notes.when.as_deref().unwrap_or_default();
    let when = when.split_once('.').map_or_else(|| when.to_owned(), |(before, _)| format!("{before}Z"));
    let copies = match status.copies_due {
        true => "not yet looked for in all of it (`onrecord index` does so at the end of a run)",
        false => "",
    };
    let prune = || {
        let namer = Namer::new(&plan.index);
        let roots = namer.map(|namer| status.notes.roots.iter().map(|root| namer.path(root)).collect::<Vec<_>>());
        index_command(&roots.unwrap_or_default(), &plan.index, " --prune")
    };
    let mut facts = vec![
        ("index", format!("{}, {}", plan.index.display(), bytes(status.bulk.bytes))),
        ("id", format!("{}, generation {}", status.uuid, status.generation)),
        ("articles", grouped(status.articles)),
        ("quotes", grouped(status.quotes)),
        ("speakers", grouped(status.speakers)),
        ("days", days),
        ("formats", formats.join(", ")),
        ("read", status.notes.roots.join(", ")),
        ("files", told_files(files, prune)),
        ("skipped", skipped),
        ("odd", odd),
        ("indexed", when),
        ("segments", room),
        ("copies", copies.to_owned()),
    ];
    facts.retain(|(_, fact)| !fact.is_empty());
    facts.iter().map(|(name, fact)| format!("{name:<10}{fact}\n")).collect()
}

/// `4,695: 4,210 indexed, 473 skipped, 12 ignored`
fn told_files(files: Files, prune: impl FnOnce() -> String) -> String {
    let all = files.indexed + files.skipped + files.ignored;
    let mut told = format!("{}: {} indexed", grouped(all), grouped(files.indexed));
    for (number, what) in [(files.skipped, "skipped"), (files.ignored, "ignored")] {
        if number > 0 {
            told += &format!(", {} {what}", grouped(number));
        }
    }
    if files.places > 0 {
        told += &format!("; and {} that could not be entered", counted(files.places, "place"));
    }
    if files.gone > 0 {
        told += &format!("; and {} gone, whose articles stay (`{}` drops them)", grouped(files.gone), prune());
    }
    told
}

#[derive(Serialize)]
struct RemarkLine<'a> {
    schema: &'static str,
    path: &'a str,
    reason: &'a str,
}

#[derive(Serialize)]
struct StatusLine<'a> {
    schema: &'static str,
    index: String,
    uuid: &'a str,
    generation: u64,
    copies_due: bool,
    bytes: u64,
    articles: u64,
    quotes: u64,
    speakers: u64,
    first_day: Option<String>,
    last_day: Option<String>,
    roots: &'a [String],
    files: Files,
    skipped: u64,
    odd: u64,
    formats: &'a BTreeMap<String, u64>,
    indexed: Option<&'a str>,
    segments: u64,
    deleted: u64,
    litter: u64,
}

impl<'a> StatusLine<'a> {
    fn of(status: &'a Status, plan: &StatusPlan) -> Self {
        Self {
            schema: "onrecord.status/1",
            index: plan.index.display().to_string(),
            uuid: &status.uuid,
            generation: status.generation,
            copies_due: status.copies_due,
            bytes: status.bulk.bytes,
            articles: status.articles,
            quotes: status.quotes,
            speakers: status.speakers,
            first_day: status.days.map(|(first, _)| first.to_string()),
            last_day: status.days.map(|(_, last)| last.to_string()),
            roots: &status.notes.roots,
            files: status.notes.files,
            skipped: status.notes.files.reasons,
            odd: status.notes.files.odd,
            formats: &status.formats,
            indexed: status.notes.when.as_deref(),
            segments: status.bulk.segments,
            deleted: status.bulk.deleted,
            litter: status.bulk.litter,
        }
    }
}
