//! A saved query, read whole: what its file says, the tree of its query, and everything that is wrong with either.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::archive::saved::{Alert, Form, Library, LibraryError, Place as File};
use crate::query;
use crate::query::ast::Query;
use crate::query::fill::{self, ParamType, Values};
use crate::text::problem::{Place, Problem};

/// A saved query that is right.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    /// Its name and file.
    pub place: File,
    /// What the file says.
    pub form: Form,
    /// Its query, with its parameters and the saved queries that it names still open.
    pub query: Query,
}

/// Something wrong with a saved query's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file.
    pub path: PathBuf,
    /// The line, from 1.
    pub line: u64,
    /// The query, where the problem has its place in that.
    pub query: Option<String>,
    /// What is wrong.
    pub problem: Problem,
}

/// A saved query that is wrong.
#[derive(Clone, Debug)]
pub struct Wrong {
    /// Everything that is.
    pub faults: Vec<Fault>,
    /// What can be told of its file all the same.
    pub form: Option<Form>,
    /// Its query, where that is one.
    pub query: Option<Query>,
}

/// Why a saved query cannot be used.
#[derive(Debug)]
pub enum Trouble {
    /// It is not there, or cannot be read.
    Library(LibraryError),
    /// It is wrong.
    Faults(Vec<Fault>),
}

impl From<LibraryError> for Trouble {
    fn from(error: LibraryError) -> Self {
        Self::Library(error)
    }
}

impl Fault {
    /// In one line.
    pub fn told(&self) -> String {
        format!("{}, line {}: {}", self.path.display(), self.line, self.problem.message)
    }
}

/// Reads the saved query of this name, with all that is wrong with it alone: not with those that it names.
///
/// # Errors
/// It is not there, cannot be read, or is wrong.
pub fn load(library: &Library, name: &str) -> Result<Loaded, Trouble> {
    let place = library.find(name)?;
    let text = place.text()?;
    read(place, &text).map_err(|wrong| Trouble::Faults(wrong.faults))
}

/// The saved query that a text is.
///
/// # Errors
/// Everything that is wrong with it, and what can be told of it.
pub fn read(place: File, text: &str) -> Result<Loaded, Box<Wrong>> {
    let fault = |line: u64, query: Option<&Form>, problem: Problem| Fault {
        path: place.path.clone(),
        line,
        query: query.map(|form| form.query.clone()),
        problem,
    };
    let (form, problems) = Form::recover(text);
    let line = |problem: &Problem| if let Place::Line(line) = problem.at { line } else { 1 };
    let mut faults: Vec<Fault> = problems.into_iter().map(|problem| fault(line(&problem), None, problem)).collect();
    let wrong = |faults, form, query| Err(Box::new(Wrong { faults, form, query }));
    let Some(form) = form else { return wrong(faults, None, None) };
    let of_query = |problems: Vec<Problem>| -> Vec<Fault> {
        problems.into_iter().map(|problem| fault(form.query_line, Some(&form), problem)).collect()
    };
    let query = match query::parse(&form.query) {
        Ok(query) => query,
        Err(problems) => {
            faults.extend(of_query(problems));
            return wrong(faults, Some(form), None);
        }
    };
    faults.extend(of_query(fill::stray_braces(&query)));
    faults.extend(form.alert.iter().flat_map(unknown_places).map(|problem| fault(exec_line(text), None, problem)));
    // Parameters that are wrong may be lacking, and what is declared is then not known.
    if !faults.is_empty() {
        return wrong(faults, Some(form), Some(query));
    }
    let declared: BTreeMap<String, ParamType> =
        form.params.iter().map(|param| (param.name.clone(), param.of)).collect();
    faults.extend(of_query(fill::check(&query, &declared)));
    let used = fill::parameters(&query);
    for param in form.params.iter().filter(|param| !used.iter().any(|(name, _)| *name == param.name)) {
        let what = format!("the parameter `{}` does not stand in the query", param.name);
        let problem = Problem::new(Place::Line(param.line), what)
            .hint(format!("write `{{{}}}` in the query, or leave the parameter out", param.name));
        faults.push(fault(param.line, None, problem));
    }
    if faults.is_empty() { Ok(Loaded { place, form, query }) } else { wrong(faults, Some(form), Some(query)) }
}

/// Names in braces that `exec` has no value for.
fn unknown_places(alert: &Alert) -> Vec<Problem> {
    let mut problems = Vec::new();
    for arg in alert.exec.iter().flatten().skip(1) {
        let pieces = arg.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0));
        let letters =
            |name: &&str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
        for name in pieces.filter(letters).filter(|name| !matches!(*name, "title" | "new")) {
            let what = format!("`{{{name}}}` in `exec` stands for nothing");
            problems.push(
                Problem::new(Place::Whole, what).hint("`{title}` and `{new}` stand for the title and how many are new"),
            );
        }
    }
    problems
}

/// The line in which `exec` stands, from 1.
fn exec_line(text: &str) -> u64 {
    let at = text.lines().position(|line| {
        let rest = line.trim_start().strip_prefix("exec");
        rest.is_some_and(|rest| rest.trim_start().starts_with('='))
    });
    at.map_or(1, |at| at as u64 + 1)
}

/// The values of all parameters: those given, then the defaults.
///
/// # Errors
/// Every parameter that there is not, has no value, or a wrong one; as problems of the command line.
pub fn values(loaded: &Loaded, given: &[(String, String)]) -> Result<Values, Vec<Problem>> {
    let (mut values, mut problems) = (Values::new(), Vec::new());
    let known: Vec<String> = loaded.form.params.iter().map(|param| format!("`{}`", param.name)).collect();
    for (name, value) in given {
        let Some(param) = loaded.form.params.iter().find(|param| param.name == *name) else {
            let hint = match known.is_empty() {
                true => "it has none".to_owned(),
                false => format!("it has {}", known.join(", ")),
            };
            let what = format!("`{}` has no parameter `{name}`", loaded.place.name);
            problems.push(Problem::new(Place::Whole, what).hint(hint));
            continue;
        };
        if let Err(problem) = param.of.check(value) {
            let message = format!("in `-p {name}={value}`: {}", problem.message);
            problems.push(Problem { message, ..problem });
        } else if values.insert(name.clone(), (param.of, value.clone())).is_some() {
            problems.push(Problem::new(Place::Whole, format!("`-p {name}=…` is given twice")));
        }
    }
    for param in &loaded.form.params {
        if given.iter().any(|(name, _)| *name == param.name) {
            continue;
        }
        match &param.default {
            Some(default) => {
                values.insert(param.name.clone(), (param.of, default.clone()));
            }
            None => problems.push(
                Problem::new(Place::Whole, format!("`{}` needs a value for `{}`", loaded.place.name, param.name))
                    .hint(format!("`-p {}=…`, a {}", param.name, param.of.name())),
            ),
        }
    }
    if problems.is_empty() { Ok(values) } else { Err(problems) }
}
