//! `onrecord run`: what a saved query finds, or all of them; what is new of it is for `news`.

mod news;

use clap::ValueEnum;

use crate::archive::saved::{Library, Shape};
use crate::archive::speakers::SpeakersFile;
use crate::desk::question::{Question, Wish};
use crate::desk::saved::{Loaded, expand, load, values};
use crate::desk::stream::Asked;
use crate::index::{Grouping, Reader, Sort};
use crate::query::fill::fill;
use crate::render::field::Fields;
use crate::render::number::counted;
use crate::render::outcome::{Outcome, OutcomeField};
use crate::render::sheet::Sheet;
use crate::text::problem::{Place, Problem};

use super::args::{Form, FormArgs, Order};
use super::extras::Extras;
use super::output::{Closed, Output};
use super::plan::{Compared, RunPlan, sort, written};
use super::saved::{library, loaded};
use super::{Ending, Said, clock, hits, told};

/// The forms that results of saved queries may have, as their files name them.
fn form(name: &str) -> Option<Form> {
    Form::from_str(name, false).ok()
}

fn order(name: &str) -> Option<Order> {
    Order::from_str(name, false).ok()
}

/// What of an output is not known, with its line.
pub(super) fn shape_problems(shape: &Shape) -> Vec<(u64, Problem)> {
    let names = |values: Vec<Option<clap::builder::PossibleValue>>| {
        values.into_iter().flatten().map(|value| value.get_name().to_owned()).collect::<Vec<_>>().join(", ")
    };
    let mut problems = Vec::new();
    let mut wrong = |line: u64, what: String, hint: String| {
        problems.push((line, Problem::new(Place::Line(line), what).hint(hint)));
    };
    if let Some((name, line)) = &shape.format
        && form(name).is_none()
    {
        let known = names(Form::value_variants().iter().map(ValueEnum::to_possible_value).collect());
        wrong(*line, format!("unknown form `{name}` in `format`"), format!("the forms are {known}"));
    }
    if let Some((fields, line)) = &shape.fields {
        for name in fields.iter().filter(|name| OutcomeField::named(name).is_none()) {
            let known: Vec<&str> = OutcomeField::NAMED.iter().map(|(known, _)| *known).collect();
            wrong(*line, format!("unknown field `{name}` in `fields`"), format!("the fields are {}", known.join(", ")));
        }
    }
    if let Some((name, line)) = &shape.sort
        && order(name).is_none()
    {
        let known = names(Order::value_variants().iter().map(ValueEnum::to_possible_value).collect());
        wrong(*line, format!("unknown order `{name}` in `sort`"), format!("the orders are {known}"));
    }
    problems
}

pub(crate) fn run(plan: &RunPlan, output: &mut Output) -> anyhow::Result<Ending> {
    let library = library(&plan.index);
    match &plan.args.name {
        Some(name) => one(name, plan, &library, output),
        None => all(plan, &library, output),
    }
}

/// Runs each, whatever becomes of the others.
fn all(plan: &RunPlan, library: &Library, output: &mut Output) -> anyhow::Result<Ending> {
    let mut ending = Ending::NothingFound;
    for place in library.list()? {
        let open = load(library, &place.name)
            .is_ok_and(|loaded| loaded.form.params.iter().any(|param| param.default.is_none()));
        if open {
            output.note(&format!("{}: left out, since it needs a value", place.name));
            continue;
        }
        match one(&place.name, plan, library, output) {
            Ok(Ending::Done) if ending == Ending::NothingFound => ending = Ending::Done,
            Ok(_) => {}
            Err(failure) if failure.is::<Closed>() => return Err(failure),
            Err(failure) => {
                if !failure.is::<Said>() {
                    output.error(&format!("{}: {}", place.name, told(&failure)));
                }
                ending = Ending::Failed;
            }
        }
    }
    Ok(ending)
}

fn one(name: &str, plan: &RunPlan, library: &Library, output: &mut Output) -> anyhow::Result<Ending> {
    let loaded = loaded(library, name, output)?;
    let (question, text) = question(&loaded, library, &plan.params, output)?;
    let shape = &loaded.form.output;
    let mut sheet = sheet(&plan.args.form, shape, output.is_terminal())?;
    if let Sheet::Columns(fields) | Sheet::Csv(fields) | Sheet::Lines(fields) = &mut sheet
        && plan.args.form.fields.is_empty()
    {
        complete(fields, plan, shape.fields.is_none());
    }
    let wish = Wish {
        limit: usize::MAX,
        count: false,
        sort: Some(sort_of(plan, shape)),
        group: Grouping::None,
        today: clock::today()?,
    };
    if plan.compared != Compared::Nothing {
        let job = news::Job { plan, loaded: &loaded, sheet: &sheet, wish, text };
        return job.run(question, output);
    }
    let reader = Reader::open(&plan.index)?;
    let speakers = SpeakersFile::beside(&plan.index).read()?;
    let question = question.knowing(speakers.clone());
    let asked = Asked { question: Some(&question), speakers: &speakers };
    let wish = Wish { limit: plan.args.limit.unwrap_or(usize::MAX), ..wish };
    let mut extras = Extras::of(&[&sheet], Some(&question), &reader);
    let outcomes = asked.quotes(&reader, wish, 0)?.map(|hit| {
        let mut quote = hit?;
        extras.give(&mut quote)?;
        Ok(Outcome { saved: name.to_owned(), change: None, was: None, quote })
    });
    let count = hits::write_each(outcomes, &sheet, None, output)?;
    output.flush()?;
    let found = if count == 0 { "no quotes found".to_owned() } else { counted(count, "quote") };
    output.note(&if plan.args.all { format!("{name}: {found}") } else { found });
    Ok(if count > 0 { Ending::Done } else { Ending::NothingFound })
}

/// Adds the fields without which results of this kind cannot be understood, where they were not typed: behind the others, whose
/// places are fixed.
fn complete(fields: &mut Vec<OutcomeField>, plan: &RunPlan, usual: bool) {
    if plan.compared == Compared::Diff {
        fields.retain(|field| !matches!(field, OutcomeField::Change | OutcomeField::Was));
        fields.extend([OutcomeField::Change, OutcomeField::Was]);
    }
    if plan.args.all && usual {
        fields.push(OutcomeField::Saved);
    }
}

fn sort_of(plan: &RunPlan, shape: &Shape) -> Sort {
    let named = || shape.sort.as_ref().and_then(|(name, _)| order(name));
    plan.args.sort.or_else(named).map_or(Sort::DateDescending, sort)
}

/// What a saved query asks with these values of its parameters, and that as text; what is wrong with it has been said.
fn question(
    loaded: &Loaded,
    library: &Library,
    given: &[(String, String)],
    output: &mut Output,
) -> anyhow::Result<(Question, String)> {
    let say = |problems: Vec<Problem>, output: &mut Output| {
        let name = &loaded.place.name;
        for problem in problems {
            match problem.at {
                Place::Span(_) => output.problems(&loaded.form.query, &[problem]),
                _ => output.error(&format!("{}{}", problem.message, problem.help())),
            }
        }
        output.note(&format!("`{name}` is in {}", loaded.place.path.display()));
        anyhow::Error::from(Said)
    };
    let made = values(loaded, given)
        .and_then(|values| fill(&loaded.query, &values))
        .and_then(|query| expand(&query, library, std::slice::from_ref(&loaded.place.name)))
        .and_then(Question::of);
    match made {
        Ok(question) => {
            let text = question.to_string();
            Ok((question, text))
        }
        Err(problems) => Err(say(problems, output)),
    }
}

/// The form of the results: as typed, else as the saved query says, else as usual.
fn sheet(typed: &FormArgs, shape: &Shape, terminal: bool) -> anyhow::Result<Sheet<OutcomeField>> {
    if let Some((line, problem)) = shape_problems(shape).into_iter().next() {
        anyhow::bail!("line {line} of the saved query: {}{}", problem.message, problem.help());
    }
    let named = shape.format.as_ref().and_then(|(name, _)| form(name)).unwrap_or_default();
    let format = match typed.format {
        _ if typed.json => Form::Jsonl,
        Form::Auto => named,
        format => format,
    };
    let fields = match (&shape.fields, format) {
        _ if !typed.fields.is_empty() => typed.fields.clone(),
        (Some((fields, _)), Form::Auto | Form::Tsv | Form::Csv | Form::Jsonl) => fields.clone(),
        _ => Vec::new(),
    };
    written(&FormArgs { format, json: false, fields }, terminal)
}
