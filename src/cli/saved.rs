//! `onrecord saved`: the saved queries, what they say, and what is wrong with them; `edit` makes and changes them.

mod edit;

use std::path::Path;

use serde::Serialize;

use crate::archive::saved::{Library, NAMES, Param, Place};
use crate::desk::question::Question;
use crate::desk::saved::{Fault, Loaded, Trouble, Wrong, expand, load, read};
use crate::query::fill::{Values, fill};
use crate::render::number::counted;
use crate::render::tsv;
use crate::text::problem::{self, Problem};

use super::args::saved::SavedCommand;
use super::output::Output;
use super::plan::SavedPlan;
use super::run::shape_problems;
use super::{Ending, Said, config, told};

/// The saved queries that belong to an index.
pub(super) fn library(index: &Path) -> Library {
    Library::of(index, config::user_folder().as_deref())
}

pub(crate) fn run(plan: &SavedPlan, output: &mut Output) -> anyhow::Result<Ending> {
    let library = library(&plan.index);
    match &plan.command {
        SavedCommand::List { json } => list(&library, *json, output),
        SavedCommand::Show { name, json } => show(&library, name, *json, output),
        SavedCommand::New { name, query, title, user } => {
            let new = edit::New { name, query, title: title.as_deref(), of_user: *user };
            edit::new(&library, &new, output)
        }
        SavedCommand::Edit { name } => edit::edit(&library, name, output),
        SavedCommand::Rm { name, force } => edit::remove(&library, (&plan.index, name), *force, output),
        SavedCommand::Lint { names } => lint(&library, names, output),
    }
}

#[derive(Serialize)]
struct Line<'a> {
    schema: &'static str,
    name: &'a str,
    path: String,
    title: Option<&'a str>,
    query: Option<&'a str>,
    params: Option<Vec<ParamLine<'a>>>,
    /// Whether it can be used.
    right: bool,
}

#[derive(Serialize)]
struct ParamLine<'a> {
    name: &'a str,
    r#type: &'static str,
    default: Option<&'a str>,
}

impl<'a> ParamLine<'a> {
    fn of(param: &'a Param) -> Self {
        Self { name: &param.name, r#type: param.of.name(), default: param.default.as_deref() }
    }
}

fn line(place: &Place, loaded: Option<&Loaded>, right: bool) -> anyhow::Result<String> {
    let params = loaded.map(|loaded| {
        let params = loaded.form.params.iter();
        params.map(ParamLine::of).collect()
    });
    let line = Line {
        schema: "onrecord.saved/1",
        name: &place.name,
        path: place.path.display().to_string(),
        title: loaded.and_then(|loaded| loaded.form.title.as_deref()),
        query: loaded.map(|loaded| loaded.form.query.as_str()),
        params,
        right,
    };
    Ok(serde_json::to_string(&line)? + "\n")
}

fn list(library: &Library, json: bool, output: &mut Output) -> anyhow::Result<Ending> {
    let places = library.list()?;
    for place in &places {
        let loaded = load(library, &place.name);
        let right = faults_of(library, &place.name).is_ok_and(|faults| faults.is_empty());
        if json {
            output.data(line(place, loaded.as_ref().ok(), right)?)?;
            continue;
        }
        let (title, query) = match &loaded {
            Ok(loaded) if right => (loaded.form.title.clone().unwrap_or_default(), loaded.form.query.clone()),
            _ => (String::new(), format!("(wrong: `onrecord saved lint {}`)", place.name)),
        };
        if output.is_terminal() {
            let title = if title.is_empty() { title } else { format!("  {title}") };
            output.data(format!("{}{title}\n    {query}\n", place.name))?;
        } else {
            let mut bytes = Vec::new();
            tsv::write_cells(&mut bytes, &[&place.name, &title, &query, &place.path.display().to_string()]);
            output.data(bytes)?;
        }
    }
    if places.is_empty() {
        let folder = library.folders().first().map(|folder| folder.display().to_string()).unwrap_or_default();
        output.note(&format!("no saved queries in {folder}"));
        return Ok(Ending::NothingFound);
    }
    Ok(Ending::Done)
}

fn show(library: &Library, name: &str, json: bool, output: &mut Output) -> anyhow::Result<Ending> {
    let place = library.find(name)?;
    if json {
        let loaded = loaded(library, name, output)?;
        let right = faults_of(library, name)?.is_empty();
        output.data(line(&place, Some(&loaded), right)?)?;
        return Ok(Ending::Done);
    }
    let text = place.text()?;
    output.data(if text.ends_with('\n') { text } else { text + "\n" })?;
    output.note(&place.path.display().to_string());
    Ok(Ending::Done)
}

/// The saved query of this name; what is wrong with it has been said.
pub(super) fn loaded(library: &Library, name: &str, output: &mut Output) -> anyhow::Result<Loaded> {
    load(library, name).map_err(|trouble| match trouble {
        Trouble::Library(error) => error.into(),
        Trouble::Faults(faults) => {
            say(&faults, output);
            Said.into()
        }
    })
}

/// Says what is wrong, each with its place.
pub(super) fn say(faults: &[Fault], output: &mut Output) {
    for fault in faults {
        let problem = Problem { message: fault.told(), ..fault.problem.clone() };
        match &fault.query {
            Some(query) if matches!(problem.at, problem::Place::Span(_)) => output.problems(query, &[problem]),
            _ => output.error(&format!("{}{}", problem.message, problem.help())),
        }
    }
}

fn lint(library: &Library, names: &[String], output: &mut Output) -> anyhow::Result<Ending> {
    let places = match names {
        [] => library.list()?,
        names => names.iter().map(|name| library.find(name)).collect::<Result<_, _>>()?,
    };
    let (mut faults, mut wrong) = (0, 0);
    for place in &places {
        let found = match faults_of(library, &place.name) {
            Ok(found) => found,
            Err(error) => {
                output.error(&told(&error));
                (faults, wrong) = (faults + 1, wrong + 1);
                continue;
            }
        };
        say(&found, output);
        faults += found.len() as u64;
        wrong += u64::from(!found.is_empty());
    }
    let strays = if names.is_empty() { library.strays()? } else { Vec::new() };
    for path in &strays {
        output.error(&format!("{}: no saved query has such a name\nhelp: {NAMES}", path.display()));
        faults += 1;
    }
    let all = counted(places.len() as u64, "saved query");
    if faults > 0 {
        let beside = if strays.is_empty() { "" } else { ", and beside them" };
        output.note(&format!("{} in {wrong} of {all}{beside}", counted(faults, "error")));
        return Ok(Ending::Failed);
    }
    output.note(&format!("{all}, nothing wrong"));
    Ok(Ending::Done)
}

/// All that is wrong with a saved query, with those that it names and with what it says of output among it.
pub(super) fn faults_of(library: &Library, name: &str) -> anyhow::Result<Vec<Fault>> {
    let place = library.find(name)?;
    let text = place.text()?;
    Ok(faults_in(library, place, &text))
}

/// All that is wrong with a text that is, or is to be, the file of a saved query.
pub(super) fn faults_in(library: &Library, place: Place, text: &str) -> Vec<Fault> {
    let Place { path, name, .. } = place.clone();
    let fault =
        |line, query: Option<&String>, problem| Fault { path: path.clone(), line, query: query.cloned(), problem };
    let (mut faults, form) = match read(place, text) {
        Ok(loaded) => (faults_beyond(library, &loaded), Some(loaded.form)),
        Err(wrong) => {
            let Wrong { mut faults, form, query } = *wrong;
            if let (Some(form), Some(query)) = (&form, query) {
                let problems = expand(&query, library, std::slice::from_ref(&name)).err().unwrap_or_default();
                faults.extend(problems.into_iter().map(|problem| fault(form.query_line, Some(&form.query), problem)));
            }
            (faults, form)
        }
    };
    let shape = form.map(|form| shape_problems(&form.output)).unwrap_or_default();
    faults.extend(shape.into_iter().map(|(line, problem)| fault(line, None, problem)));
    faults.sort_by_key(|fault| fault.line);
    faults
}

/// What is wrong with the query of one whose file is right by itself.
fn faults_beyond(library: &Library, loaded: &Loaded) -> Vec<Fault> {
    let path = &loaded.place.path;
    let fault = |line, query, problem| Fault { path: path.clone(), line, query, problem };
    let form = &loaded.form;
    let mut faults = Vec::new();
    let of_query = |problems: Vec<Problem>| {
        problems
            .into_iter()
            .map(|problem| fault(form.query_line, Some(form.query.clone()), problem))
            .collect::<Vec<_>>()
    };
    let expanded = expand(&loaded.query, library, std::slice::from_ref(&loaded.place.name));
    // Defaults may not go together; what has none is filled in by whoever runs it.
    let default = |param: &Param| Some((param.name.clone(), (param.of, param.default.clone()?)));
    let defaults: Option<Values> = form.params.iter().map(default).collect();
    let filled = defaults.as_ref().map(|defaults| fill(&loaded.query, defaults));
    match (expanded, defaults) {
        (Ok(query), Some(defaults)) => {
            let question = fill(&query, &defaults).and_then(Question::of);
            faults.extend(question.err().map(of_query).unwrap_or_default());
        }
        (Ok(_), None) => {}
        (Err(problems), _) => {
            faults.extend(of_query(problems));
            faults.extend(filled.and_then(Result::err).map(of_query).unwrap_or_default());
        }
    }
    faults
}
