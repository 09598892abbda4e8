//! `onrecord eval`: how well extraction does on articles that somebody has annotated.

mod json;
mod table;

use std::io::{self, BufRead};
use std::path::Path;

use anyhow::bail;

use crate::archive;
use crate::desk::evaluate::gold::{self, Annotated, Predictions};
use crate::desk::evaluate::run::{extracted, predicted};
use crate::render::number::counted;
use crate::text::problem::Problem;

use super::extract::reason;
use super::output::Output;
use super::plan::EvalPlan;
use super::{Ending, Said};

/// So many bad lines of a file are shown; one is as good as a hundred where the form is another.
const SHOWN: usize = 10;

pub(crate) fn run(plan: &EvalPlan, output: &mut Output) -> anyhow::Result<Ending> {
    let mut articles = Vec::new();
    for path in &plan.gold {
        articles.extend(sound(gold::read(open(path)?), path, output)?);
    }
    if articles.is_empty() {
        let places: Vec<String> = plan.gold.iter().map(|path| path.display().to_string()).collect();
        bail!("no annotated article in {}", places.join(", "));
    }
    let mut ending = Ending::Done;
    let report = match &plan.predictions {
        None => extracted(&articles, &plan.order, &mut |id, problem| {
            output.complain(&format!("skipped {id}: {problem}"));
            ending = Ending::SomeSkipped;
        }),
        Some(path) => {
            let predictions = sound(gold::read_predictions(open(path)?), path, output)?;
            note_absent(&articles, &predictions, path, output)?;
            let found = sound(predictions.lay_over(&articles), path, output)?;
            predicted(&articles, &found, &plan.order)
        }
    };
    let told = if plan.json { json::write(&report, plan)? } else { table::write(&report, plan) };
    output.data(told)?;
    Ok(ending)
}

fn open(path: &Path) -> anyhow::Result<Box<dyn BufRead>> {
    let opened = if path == Path::new("-") {
        archive::unpack(io::stdin()).map(|input| Box::new(input) as Box<dyn BufRead>)
    } else {
        archive::open(path).map(|input| Box::new(input) as Box<dyn BufRead>)
    };
    match opened {
        Ok(input) => Ok(input),
        Err(error) => bail!("cannot read {}: {}", path.display(), reason(&error)),
    }
}

/// What was read, or an end of the run with each problem said.
fn sound<T>(read: Result<T, Vec<Problem>>, path: &Path, output: &mut Output) -> anyhow::Result<T> {
    let problems = match read {
        Ok(read) => return Ok(read),
        Err(problems) => problems,
    };
    for problem in problems.iter().take(SHOWN) {
        output.error(&format!("{}: {problem}", path.display()));
    }
    if let Some(more) = problems.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        output.complain(&format!("and {}", counted(more as u64, "more line")));
    }
    output.complain("help: `onrecord help evaluation` tells the form of a line");
    Err(Said.into())
}

/// Articles without predictions count as articles without quotations: that is to be known, and all of them is a mistake.
fn note_absent(
    articles: &[Annotated],
    predictions: &Predictions,
    path: &Path,
    output: &mut Output,
) -> anyhow::Result<()> {
    let absent: Vec<&str> =
        articles.iter().filter(|article| !predictions.holds(&article.id)).map(|article| article.id.as_str()).collect();
    let Some(first) = absent.first() else { return Ok(()) };
    if absent.len() == articles.len() {
        bail!("{} has predictions for none of the articles", path.display());
    }
    let count = counted(absent.len() as u64, "article");
    output.note(&format!("no predictions for {count} ({first} first): counted as without quotations"));
    Ok(())
}
