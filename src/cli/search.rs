//! `onrecord search`: quotations, or articles, that answer a query.

use std::path::Path;

use crate::archive::speakers::SpeakersFile;
use crate::desk::question::{Question, Wish};
use crate::desk::reasons::give_reasons;
use crate::desk::speakers::clauses::SpeakerMatch;
use crate::index::hit::{ArticleHit, Grounds, QuoteHit};
use crate::index::{Answer, Reader};
use crate::query::report::report;
use crate::render::card::{self, Look};
use crate::render::field::{ArticleField, Fields, QuoteField};
use crate::render::number::{counted, grouped};
use crate::render::{line, tsv};

use super::output::Output;
use super::plan::{SearchPlan, Shape, Wanted, Written};
use super::{Ending, Said, clock};

/// How many names are told of those that match a speaker clause.
const NAMES_TOLD: usize = 5;

pub(crate) fn run(plan: &SearchPlan, output: &mut Output) -> anyhow::Result<Ending> {
    let question = match Question::parse(&plan.query) {
        Ok(question) => question,
        Err(problems) => {
            output.complain(&report(&plan.query, &problems));
            return Err(Said.into());
        }
    };
    let reader = Reader::open(&plan.index)?;
    let speakers = SpeakersFile::beside(&plan.index).read()?;
    let question = question.knowing(speakers.clone());
    let wish = Wish {
        limit: if plan.answer == Wanted::Hits { plan.limit } else { 1 },
        count: plan.answer != Wanted::ExitCode,
        sort: plan.sort,
        today: clock::today(),
    };
    match &plan.shape {
        Shape::Quotes(written) => {
            let mut answer = question.quotes(&reader, wish)?;
            if plan.why && plan.answer == Wanted::Hits {
                give_reasons(&mut answer.hits, &speakers, &reader)?;
                note_outdated(&answer.hits, &plan.index, output);
            }
            write(&answer, written, card::quote, plan.answer, output)?;
            if plan.answer == Wanted::Hits {
                let people = question.speakers(&reader, wish)?;
                output.note(&summary("quote", &answer, &people));
            }
            Ok(ending(&answer))
        }
        Shape::Articles(written) => {
            let answer = question.articles(&reader, wish)?;
            write(&answer, written, card::article, plan.answer, output)?;
            if plan.answer == Wanted::Hits {
                output.note(&summary("article", &answer, &[]));
            }
            Ok(ending(&answer))
        }
    }
}

/// What has an id and a card.
trait Shown {
    type Field: Fields<Hit = Self>;
    const ID: Self::Field;
}

impl Shown for QuoteHit {
    type Field = QuoteField;
    const ID: QuoteField = QuoteField::Id;
}

impl Shown for ArticleHit {
    type Field = ArticleField;
    const ID: ArticleField = ArticleField::Id;
}

fn write<H: Shown>(
    answer: &Answer<H>,
    written: &Written<H::Field>,
    card: impl Fn(&H, Look) -> String,
    wanted: Wanted,
    output: &mut Output,
) -> anyhow::Result<()> {
    match wanted {
        Wanted::ExitCode => return Ok(()),
        Wanted::Count => return output.data(format!("{}\n", answer.total.unwrap_or(0))),
        Wanted::Hits => {}
    }
    let mut bytes = Vec::new();
    for (n, hit) in answer.hits.iter().enumerate() {
        bytes.clear();
        match written {
            Written::Cards => {
                if n > 0 {
                    bytes.push(b'\n');
                }
                bytes.extend_from_slice(card(hit, output.look()).as_bytes());
            }
            Written::Columns(columns) => tsv::write_line(&mut bytes, hit, columns),
            Written::Lines(fields) => line::write_line(&mut bytes, hit, fields)?,
            Written::Ids => tsv::write_line(&mut bytes, hit, &[H::ID]),
        }
        output.data(&bytes)?;
    }
    Ok(())
}

fn ending<H>(answer: &Answer<H>) -> Ending {
    let found = !answer.hits.is_empty() || answer.total.is_some_and(|total| total > 0);
    if found { Ending::Done } else { Ending::NothingFound }
}

/// Says where reasons are missing because the index is of another version, and what gives them.
pub(super) fn note_outdated(hits: &[QuoteHit], index: &Path, output: &mut Output) {
    let outdated = hits.iter().filter(|hit| hit.why == Some(Grounds::Outdated)).count() as u64;
    if outdated > 0 {
        let (quotes, index) = (counted(outdated, "quote"), index.display());
        output.note(&format!(
            "{quotes} of another version of onrecord, whose reasons are not known; `onrecord index FOLDER -i {index} --rebuild` \
             makes the index anew of the articles in FOLDER"
        ));
    }
}

/// How many there are, how many of them are shown, and who it is that a speaker clause found.
fn summary<H>(noun: &str, answer: &Answer<H>, people: &[SpeakerMatch]) -> String {
    let shown = answer.hits.len() as u64;
    let total = answer.total.unwrap_or(shown);
    let mut parts = vec![counted(total, noun)];
    if total == 0 {
        parts = vec![format!("no {noun}s found")];
    } else if shown < total {
        parts = vec![format!("{} of {}: `-n N` shows more, `--all` all", grouped(shown), counted(total, noun))];
    }
    for clause in people.iter().filter(|clause| clause.total > 1) {
        let told: Vec<String> =
            clause.names.iter().take(NAMES_TOLD).map(|(name, quotes)| format!("{name} {}", grouped(*quotes))).collect();
        let more = if clause.total > told.len() { ", …" } else { "" };
        let first = clause.names.first().map_or("", |(name, _)| name);
        let people = format!("{} people match “{}”", grouped(clause.total as u64), clause.asked);
        parts.push(format!("{people}: {}{more} → speaker:=\"{first}\"", told.join(", ")));
    }
    parts.join(" · ")
}
