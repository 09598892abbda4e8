//! `onrecord status`: what the index holds, and what was skipped and why.

use serde::Serialize;

use crate::index::{Reader, Status};
use crate::render::number::{bytes, grouped};
use crate::render::tsv;

use super::Ending;
use super::output::Output;
use super::plan::StatusPlan;

pub(crate) fn run(plan: &StatusPlan, output: &mut Output) -> anyhow::Result<Ending> {
    let status = Reader::open(&plan.index)?.status()?;
    match (plan.skipped, plan.json) {
        (true, true) => {
            for skipped in &status.notes.skipped {
                let line = SkippedLine { schema: "onrecord.skipped/1", path: &skipped.path, reason: &skipped.reason };
                output.data(serde_json::to_string(&line)? + "\n")?;
            }
        }
        (true, false) => {
            for skipped in &status.notes.skipped {
                let mut line = Vec::new();
                tsv::write_cells(&mut line, &[&skipped.path, &skipped.reason]);
                output.data(line)?;
            }
        }
        (false, true) => output.data(serde_json::to_string(&StatusLine::of(&status, plan))? + "\n")?,
        (false, false) => output.data(told(&status, plan))?,
    }
    Ok(Ending::Done)
}

fn told(status: &Status, plan: &StatusPlan) -> String {
    let days = status.days.map_or_else(|| "none known".to_owned(), |(first, last)| format!("{first} to {last}"));
    let skipped = match status.notes.skipped.len() as u64 {
        0 => "0".to_owned(),
        some => format!("{} (`onrecord status --skipped` lists them)", grouped(some)),
    };
    let mut facts = vec![
        ("index", format!("{}, {}", plan.index.display(), bytes(status.bytes))),
        ("id", format!("{}, generation {}", status.uuid, status.generation)),
        ("articles", grouped(status.articles)),
        ("quotes", grouped(status.quotes)),
        ("speakers", grouped(status.speakers)),
        ("days", days),
        ("read", status.notes.roots.join(", ")),
        ("skipped", skipped),
    ];
    facts.retain(|(_, fact)| !fact.is_empty());
    facts.iter().map(|(name, fact)| format!("{name:<10}{fact}\n")).collect()
}

#[derive(Serialize)]
struct SkippedLine<'a> {
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
    bytes: u64,
    articles: u64,
    quotes: u64,
    speakers: u64,
    first_day: Option<String>,
    last_day: Option<String>,
    roots: &'a [String],
    skipped: u64,
}

impl<'a> StatusLine<'a> {
    fn of(status: &'a Status, plan: &StatusPlan) -> Self {
        Self {
            schema: "onrecord.status/1",
            index: plan.index.display().to_string(),
            uuid: &status.uuid,
            generation: status.generation,
            bytes: status.bytes,
            articles: status.articles,
            quotes: status.quotes,
            speakers: status.speakers,
            first_day: status.days.map(|(first, _)| first.to_string()),
            last_day: status.days.map(|(_, last)| last.to_string()),
            roots: &status.notes.roots,
            skipped: status.notes.skipped.len() as u64,
        }
    }
}
