//! `onrecord search`: quotations, or articles, that answer a query.

use std::path::Path;

use crate::archive::speakers::{Speakers, SpeakersFile};
use crate::desk::passage::give_passages;
use crate::desk::question::{Question, Wish};
use crate::desk::reasons::give_reasons;
use crate::desk::speakers::clauses::SpeakerMatch;
use crate::desk::stream::Asked;
use crate::index::hit::{ArticleHit, Grounds, QuoteHit};
use crate::index::{Answer, Reader};
use crate::render::number::{counted, grouped};
use crate::render::sheet::{Carded, Sheet};

use super::extras::Extras;
use super::output::Output;
use super::plan::{SearchPlan, Shape, Wanted};
use super::{Ending, Said, clock, hits, saved};

/// How many names are told of those that match a speaker clause.
const NAMES_TOLD: usize = 5;

pub(crate) fn run(plan: &SearchPlan, output: &mut Output) -> anyhow::Result<Ending> {
    let question = understood(&plan.query, &plan.index, output)?;
    let reader = Reader::open(&plan.index)?;
    let speakers = SpeakersFile::beside(&plan.index).read()?;
    let question = question.knowing(speakers.clone());
    let wish = Wish {
        limit: if plan.answer == Wanted::Hits { plan.limit } else { 1 },
        count: plan.answer != Wanted::ExitCode,
        sort: plan.sort,
        group: plan.group,
        today: clock::today()?,
    };
    if plan.explain {
        return super::explain::run(&question, &reader, wish, matches!(plan.shape, Shape::Articles(_)), output);
    }
    if plan.answer == Wanted::Hits && (plan.limit == usize::MAX || plan.offset > 0) {
        return run_through(plan, &question, &speakers, (&reader, wish), output);
    }
    match &plan.shape {
        Shape::Quotes(sheet) => {
            let mut answer = question.quotes(&reader, wish)?;
            if let Some(around) = plan.context.filter(|_| plan.answer == Wanted::Hits) {
                give_passages(&mut answer.hits, around, &reader)?;
            }
            if plan.why && plan.answer == Wanted::Hits {
                give_reasons(&mut answer.hits, &speakers, &reader)?;
                note_outdated(&answer.hits, &plan.index, output);
            }
            let mut extras = Extras::of(&[sheet], Some(&question), &reader);
            answer.hits.iter_mut().try_for_each(|hit| extras.give(hit))?;
            write(&answer, sheet, plan.answer, output)?;
            if plan.answer == Wanted::Hits {
                let people = question.speakers(&reader, wish)?;
                let told = summary("quote", (&answer).into(), &people);
                output.note(&(told + &meant(&question, (&reader, wish), &answer, false)));
            }
            Ok(ending(&answer))
        }
        Shape::Articles(sheet) => {
            let mut answer = question.articles(&reader, wish)?;
            if sheet.has_marks() {
                answer.hits.iter_mut().for_each(|hit| question.mark_article(hit, &reader));
            }
            if plan.snippets {
                question.give_snippets(&mut answer.hits, &reader);
            }
            write(&answer, sheet, plan.answer, output)?;
            if plan.answer == Wanted::Hits {
                let told = summary("article", (&answer).into(), &[]);
                output.note(&(told + &meant(&question, (&reader, wish), &answer, true)));
            }
            Ok(ending(&answer))
        }
    }
}

/// The question that was typed; what is wrong with it has been said.
pub(super) fn understood(query: &str, index: &Path, output: &mut Output) -> anyhow::Result<Question> {
    Question::parse_with(query, &saved::library(index)).map_err(|problems| {
        output.problems(query, &problems);
        Said.into()
    })
}

/// All results, or those of a later page, written as they are read.
fn run_through(
    plan: &SearchPlan,
    question: &Question,
    speakers: &Speakers,
    (reader, wish): (&Reader, Wish),
    output: &mut Output,
) -> anyhow::Result<Ending> {
    let asked = Asked { question: Some(question), speakers };
    let (noun, written, people) = match &plan.shape {
        Shape::Quotes(sheet) if plan.why || plan.context.is_some() => {
            let mut extras = Extras::of(&[sheet], Some(question), reader);
            let mut prepare = |hits: &mut Vec<QuoteHit>, output: &mut Output| {
                if let Some(around) = plan.context {
                    give_passages(hits, around, reader)?;
                }
                if plan.why {
                    give_reasons(hits, speakers, reader)?;
                    note_outdated(hits, &plan.index, output);
                }
                hits.iter_mut().try_for_each(|hit| extras.give(hit))?;
                Ok(())
            };
            let hits = asked.quotes(reader, wish, plan.offset)?;
            ("quote", hits::write_each(hits, sheet, Some(&mut prepare), output)?, question.speakers(reader, wish)?)
        }
        Shape::Quotes(sheet) => {
            let mut extras = Extras::of(&[sheet], Some(question), reader);
            let hits = asked.quotes(reader, wish, plan.offset)?.map(|hit| {
                let mut hit = hit?;
                extras.give(&mut hit)?;
                Ok(hit)
            });
            ("quote", hits::write_each(hits, sheet, None, output)?, question.speakers(reader, wish)?)
        }
        Shape::Articles(sheet) => {
            let mut snippets = |hits: &mut Vec<ArticleHit>, _: &mut Output| {
                question.give_snippets(hits, reader);
                Ok(())
            };
            let prepare: Option<hits::Prepare<'_, ArticleHit>> = if plan.snippets { Some(&mut snippets) } else { None };
            let hits = asked.articles(reader, wish, plan.offset)?.map(|hit| {
                hit.map(|mut hit| {
                    if sheet.has_marks() {
                        question.mark_article(&mut hit, reader);
                    }
                    hit
                })
            });
            ("article", hits::write_each(hits, sheet, prepare, output)?, Vec::new())
        }
    };
    let total = if plan.offset == 0 && plan.limit == usize::MAX {
        written
    } else {
        let count = Wish { limit: 0, ..wish };
        let total = match &plan.shape {
            Shape::Quotes(_) => question.quotes(reader, count)?.total,
            Shape::Articles(_) => question.articles(reader, count)?.total,
        };
        total.unwrap_or(written)
    };
    output.note(&summary(noun, Shown { written, offset: plan.offset, total }, &people));
    Ok(if written > 0 { Ending::Done } else { Ending::NothingFound })
}

fn write<F: Carded>(
    answer: &Answer<F::Hit>,
    sheet: &Sheet<F>,
    wanted: Wanted,
    output: &mut Output,
) -> anyhow::Result<()> {
    match wanted {
        Wanted::ExitCode => Ok(()),
        Wanted::Count => output.data(format!("{}\n", answer.total.unwrap_or(0))),
        Wanted::Hits => hits::write_all(&answer.hits, sheet, output),
    }
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

/// Where nothing was found, what may have been meant; nothing, where that is too much to ask.
fn meant<H>(question: &Question, (reader, wish): (&Reader, Wish), answer: &Answer<H>, articles: bool) -> String {
    if answer.total != Some(0) {
        return String::new();
    }
    let advice = question.read_otherwise(reader, wish, articles).ok().flatten();
    let noun = if articles { "article" } else { "quote" };
    advice.map_or_else(String::new, |advice| {
        format!(" · did you mean `{}`? {}", advice.query, counted(advice.count, noun))
    })
}

/// Which of how many results were written.
struct Shown {
    written: u64,
    offset: usize,
    total: u64,
}

impl<H> From<&Answer<H>> for Shown {
    fn from(answer: &Answer<H>) -> Self {
        let written = answer.hits.len() as u64;
        Self { written, offset: 0, total: answer.total.unwrap_or(written) }
    }
}

/// How many there are, how many of them are shown, and who it is that a speaker clause found.
fn summary(noun: &str, Shown { written, offset, total }: Shown, people: &[SpeakerMatch]) -> String {
    let mut parts = vec![counted(total, noun)];
    if total == 0 {
        parts = vec![format!("no {noun}s found")];
    } else if offset > 0 && written == 0 {
        parts = vec![format!("nothing behind the first {}", counted(total, noun))];
    } else if offset > 0 {
        let last = offset as u64 + written;
        parts = vec![format!("{} to {} of {}", grouped(offset as u64 + 1), grouped(last), counted(total, noun))];
    } else if written < total {
        parts = vec![format!("{} of {}: `-n N` shows more, `--all` all", grouped(written), counted(total, noun))];
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
