//! `onrecord speakers`: who is quoted, who may be one person, and the user's word on who is.

use anyhow::{anyhow, bail};

use crate::archive::speakers::edit::{self, Refusal};
use crate::archive::speakers::{Speakers, SpeakersFile};
use crate::desk::speakers::roster::{self, Unknown};
use crate::desk::speakers::suggest::suggest;
use crate::index::Reader;
use crate::render::number::{counted, grouped};
use crate::render::speaker;

use super::output::Output;
use super::plan::{SpeakersDeed, SpeakersPlan};
use super::{Ending, clock};

pub(crate) fn run(plan: &SpeakersPlan, output: &mut Output) -> anyhow::Result<Ending> {
    let reader = Reader::open(&plan.index)?;
    let file = SpeakersFile::beside(&plan.index);
    let speakers = file.read()?;
    match &plan.deed {
        SpeakersDeed::List { limit, described, json } => list(&reader, &speakers, (*limit, *described, *json), output),
        SpeakersDeed::Show { name, json } => {
            let hit = roster::page(name, &reader, &speakers, clock::today()?)?.map_err(explain)?;
            output.data(if *json { speaker::line(&hit, true) } else { speaker::page(&hit, output.look()) })?;
            Ok(Ending::Done)
        }
        SpeakersDeed::Suggest { limit, json } => propose(&reader, &speakers, (*limit, *json), output),
        SpeakersDeed::Merge(names) => {
            know_for_merge(names, &reader, &speakers)?;
            change(&file, |text, speakers| edit::merge(text, speakers, names))?;
            for (one, other) in pairs(names).filter(|(one, other)| speakers.are_different(one, other)) {
                output.note(&format!("`{one}` and `{other}` were split before: that is undone"));
            }
            told(names, &reader, &file, output)
        }
        SpeakersDeed::Split(names) => {
            know(names, &reader, &speakers)?;
            change(&file, |text, speakers| edit::split(text, speakers, names))?;
            let what = match names.as_slice() {
                [name] => format!("`{name}` stands apart now"),
                _ => format!("{} are different people now", listed(names)),
            };
            output.note(&format!("{what}: noted in {}", file.path().display()));
            Ok(Ending::Done)
        }
        SpeakersDeed::Alias { name, alias } => {
            know(std::slice::from_ref(name), &reader, &speakers)?;
            if alias.trim().is_empty() {
                bail!("an alias needs a letter");
            }
            change(&file, |text, speakers| edit::alias(text, speakers, name, alias))?;
            if roster::find(alias, &reader, &Speakers::default(), clock::today()?)?.is_err() {
                output.note(&format!("nobody is quoted under the name `{alias}` yet"));
            }
            told(std::slice::from_ref(name), &reader, &file, output)
        }
    }
}

fn list(
    reader: &Reader,
    speakers: &Speakers,
    (limit, described, json): (usize, bool, bool),
    output: &mut Output,
) -> anyhow::Result<Ending> {
    let mut hits = roster::list(reader, speakers, clock::today()?, described)?;
    let total = hits.len();
    hits.truncate(limit);
    if json || !output.is_terminal() {
        let mut bytes = Vec::new();
        for hit in &hits {
            if json {
                bytes.extend(speaker::line(hit, false).into_bytes());
            } else {
                speaker::write_columns(&mut bytes, hit);
            }
        }
        output.data(bytes)?;
    } else {
        output.data(speaker::listing(&hits, output.look()))?;
    }
    output.note(&summary(hits.len(), total, "speaker"));
    Ok(if total == 0 { Ending::NothingFound } else { Ending::Done })
}

fn propose(
    reader: &Reader,
    speakers: &Speakers,
    (limit, json): (usize, bool),
    output: &mut Output,
) -> anyhow::Result<Ending> {
    let (hits, total) = suggest(reader, speakers, clock::today()?, limit)?;
    let mut bytes = Vec::new();
    for (n, hit) in hits.iter().enumerate() {
        if json {
            bytes.extend(speaker::likeness_line(hit).into_bytes());
        } else if output.is_terminal() {
            let gap = if n > 0 { "\n" } else { "" };
            bytes.extend(format!("{gap}{}", speaker::likeness(hit, output.look())).into_bytes());
        } else {
            speaker::write_likeness_columns(&mut bytes, hit);
        }
    }
    output.data(bytes)?;
    output.note(&summary(hits.len(), total, "proposal"));
    if total > 0 {
        output.note("where two are not one person: `onrecord speakers split A B`");
    }
    Ok(if total == 0 { Ending::NothingFound } else { Ending::Done })
}

fn summary(shown: usize, total: usize, noun: &str) -> String {
    match (shown, total) {
        (_, 0) => format!("no {noun}s"),
        (shown, total) if shown < total => {
            format!("{} of {}: `-n N` shows more, `--all` all", grouped(shown as u64), counted(total as u64, noun))
        }
        (_, total) => counted(total as u64, noun),
    }
}

/// Names that nobody has are mistakes.
fn know(names: &[String], reader: &Reader, speakers: &Speakers) -> anyhow::Result<()> {
    for name in names {
        roster::find(name, reader, speakers, clock::today()?)?.map_err(explain)?;
    }
    Ok(())
}

/// The same for names to be merged: one that nobody is quoted under can be given all the same.
fn know_for_merge(names: &[String], reader: &Reader, speakers: &Speakers) -> anyhow::Result<()> {
    let first = names.first().map_or("", String::as_str);
    for (place, name) in names.iter().enumerate() {
        let known = roster::find(name, reader, speakers, clock::today()?)?;
        known.map_err(|unknown| match place {
            0 => explain(unknown),
            _ => anyhow!(
                "{}\nhelp: `onrecord speakers alias \"{first}\" \"{name}\"` gives a name that nobody is quoted under yet",
                explain(unknown)
            ),
        })?;
    }
    Ok(())
}

/// Each of these names with each behind it.
fn pairs(names: &[String]) -> impl Iterator<Item = (&String, &String)> {
    names.iter().enumerate().flat_map(|(n, one)| names.iter().skip(n + 1).map(move |other| (one, other)))
}

fn explain(unknown: Unknown) -> anyhow::Error {
    let Unknown { name, near } = unknown;
    match near.is_empty() {
        true => anyhow!("nobody is called `{name}`\nhelp: `onrecord speakers list --all` lists everybody"),
        false => anyhow!("nobody is called `{name}`\nhelp: did you mean {}?", near_names(&near)),
    }
}

fn near_names(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    names.join(" or ")
}

fn change(file: &SpeakersFile, edit: impl FnOnce(&str, &Speakers) -> Result<String, Refusal>) -> anyhow::Result<()> {
    Ok(file.change(edit)?)
}

/// Says whom the first name stands for now.
fn told(names: &[String], reader: &Reader, file: &SpeakersFile, output: &mut Output) -> anyhow::Result<Ending> {
    let name = names.first().map_or("", String::as_str);
    let hit = roster::page(name, reader, &file.read()?, clock::today()?)?.map_err(explain)?;
    let also = if hit.aliases.is_empty() { String::new() } else { format!(", also {}", hit.aliases.join(", ")) };
    output.note(&format!("{}{also}: {} · {}", hit.name, counted(hit.quotes, "quote"), file.path().display()));
    Ok(Ending::Done)
}

fn listed(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(" and ")
}
