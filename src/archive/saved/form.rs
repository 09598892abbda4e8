//! The form of a saved query's file: TOML to what it says, with everything that is wrong with it, each with its line.
//!
//! Whether its query is one is not known here; it is kept as it is written.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::query::fill::ParamType;
use crate::text::problem::{Place, Problem};

/// The version of the form.
const VERSION: &str = "1";

/// A saved query, as its file says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// What it is about, for people.
    pub title: Option<String>,
    /// The query.
    pub query: String,
    /// The line in which that stands, from 1.
    pub query_line: u64,
    /// Its parameters, in the order of the file.
    pub params: Vec<Param>,
    /// How its results are written.
    pub output: Shape,
    /// What is done about new ones.
    pub alert: Option<Alert>,
}

/// A parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Param {
    /// Its name.
    pub name: String,
    /// What its values are.
    pub of: ParamType,
    /// The value that it has where none is given; without one, it has to be given.
    pub default: Option<String>,
    /// The line in which it stands.
    pub line: u64,
}

/// How results are written; what is not said is as usual.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// The name of a form, with its line.
    pub format: Option<(String, u64)>,
    /// Names of fields, with their line.
    pub fields: Option<(Vec<String>, u64)>,
    /// The name of an order, with its line.
    pub sort: Option<(String, u64)>,
}

/// What is done about new results.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    /// So many have to be new.
    pub min_new: u64,
    /// The program to be run, with its arguments.
    pub exec: Option<Vec<String>>,
}

impl Form {
    /// Reads the text of a file: everything that is wrong with it, and what can be told of it all the same; of its parameters, some
    /// may then be lacking.
    pub fn recover(text: &str) -> (Option<Self>, Vec<Problem>) {
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut reading = Reading { text, problems: Vec::new() };
        for error in errors {
            let what = error.message().lines().next().unwrap_or("this is not TOML").to_owned();
            reading.wrong(
                error.span().unwrap_or(0..0),
                what,
                "strings stand between quotation marks: 'speaker:Kerry water'",
            );
        }
        let form = reading.form(table.get_ref());
        reading.problems.sort_by_key(|problem| match problem.at {
            Place::Line(line) => line,
            _ => 0,
        });
        (form, reading.problems)
    }
}

struct Reading<'t> {
    text: &'t str,
    problems: Vec<Problem>,
}

type Value<'i> = Spanned<DeValue<'i>>;

impl Reading<'_> {
    fn line(&self, at: &Range<usize>) -> u64 {
        1 + self.text.bytes().take(at.start).filter(|byte| *byte == b'\n').count() as u64
    }

    fn wrong(&mut self, at: Range<usize>, what: impl Into<String>, hint: impl Into<String>) {
        let line = self.line(&at);
        self.problems.push(Problem::new(Place::Line(line), what).hint(hint));
    }

    fn form(&mut self, table: &DeTable<'_>) -> Option<Form> {
        const KEYS: &[&str] = &["version", "title", "query", "params", "output", "alert"];
        self.known(table, "", KEYS);
        match get(table, "version") {
            None => self.wrong(0..0, "`version` is missing", format!("the first line is `version = {VERSION}`")),
            Some(value) => match value.get_ref().as_integer() {
                Some(number) if number.as_str() == VERSION => {}
                _ => self.wrong(
                    value.span(),
                    "this version of the form is not known",
                    format!("`version = {VERSION}` is; a newer `onrecord` may know others"),
                ),
            },
        }
        let title = get(table, "title").and_then(|value| self.string(value, "title"));
        let query = get(table, "query");
        if query.is_none() {
            self.wrong(0..0, "`query` is missing", "write `query = 'speaker:Kerry water'`");
        }
        let query_line = query.map_or(1, |value| self.line(&value.span()));
        let query = query.and_then(|value| self.string(value, "query"));
        let params = self.table(table, "params").map(|params| self.params(params)).unwrap_or_default();
        let output = self.table(table, "output").map(|output| self.output(output)).unwrap_or_default();
        let alert = self.table(table, "alert").map(|alert| self.alert(alert));
        Some(Form { title, query: query?, query_line, params, output, alert })
    }

    /// Says which keys are not known.
    fn known(&mut self, table: &DeTable<'_>, of: &str, keys: &[&str]) {
        let mut unknown: Vec<(Range<usize>, String)> = table
            .iter()
            .filter(|(key, _)| !keys.contains(&key.get_ref().as_ref()))
            .map(|(key, _)| (key.span(), key.get_ref().to_string()))
            .collect();
        unknown.sort_by_key(|(at, _)| at.start);
        for (at, key) in unknown {
            let near = keys.iter().min_by_key(|known| strsim::osa_distance(known, &key));
            let near = near.filter(|known| strsim::osa_distance(known, &key) <= 2);
            let hint = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("there {}", listed(keys)),
            };
            self.wrong(at, format!("unknown key `{of}{key}`"), hint);
        }
    }

    fn string(&mut self, value: &Value<'_>, key: &str) -> Option<String> {
        let text = value.get_ref().as_str().map(str::to_owned);
        if text.is_none() {
            self.wrong(value.span(), format!("`{key}` is no text"), format!("write `{key} = \"…\"`"));
        }
        text
    }

    fn strings(&mut self, value: &Value<'_>, key: &str) -> Option<Vec<String>> {
        let list = value.get_ref().as_array();
        let texts = list.and_then(|list| list.iter().map(|text| text.get_ref().as_str().map(str::to_owned)).collect());
        if texts.is_none() {
            self.wrong(value.span(), format!("`{key}` is no list of texts"), format!("write `{key} = [\"…\", \"…\"]`"));
        }
        texts
    }

    fn table<'v, 'i>(&mut self, table: &'v DeTable<'i>, key: &str) -> Option<&'v DeTable<'i>> {
        let value = get(table, key)?;
        let inner = value.get_ref().as_table();
        if inner.is_none() {
            self.wrong(value.span(), format!("`{key}` is no table"), format!("write `[{key}]`, and its keys below"));
        }
        inner
    }

    fn params(&mut self, table: &DeTable<'_>) -> Vec<Param> {
        let mut params: Vec<_> = table.iter().collect();
        params.sort_by_key(|(key, _)| key.span().start);
        params.into_iter().filter_map(|(key, value)| self.param(key.get_ref(), key.span(), value)).collect()
    }

    fn param(&mut self, name: &str, at: Range<usize>, value: &Value<'_>) -> Option<Param> {
        let letters = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        if !name.starts_with(char::is_alphabetic) || !name.chars().all(letters) {
            self.wrong(
                at.clone(),
                format!("`{name}` is no name of a parameter"),
                "a name is a letter, then letters, digits, `_`, `-`",
            );
        }
        let form = format!("write `{name} = {{ type = \"phrase\", required = true }}`");
        let Some(table) = value.get_ref().as_table() else {
            self.wrong(at, format!("the parameter `{name}` has no type"), form);
            return None;
        };
        self.known(table, &format!("{name}."), &["type", "default", "required"]);
        let of = match get(table, "type") {
            None => {
                self.wrong(at.clone(), format!("the parameter `{name}` has no type"), form);
                None
            }
            Some(value) => self.string(value, "type").and_then(|of| match ParamType::named(&of) {
                Ok(of) => Some(of),
                Err(problem) => {
                    self.wrong(value.span(), problem.message, problem.hint.unwrap_or_default());
                    None
                }
            }),
        };
        let required = get(table, "required").and_then(|value| {
            let required = value.get_ref().as_bool();
            if required.is_none() {
                self.wrong(value.span(), "`required` is neither `true` nor `false`", "write `required = true`");
            }
            required
        });
        let default = get(table, "default").and_then(|value| self.default(value, of));
        if required == Some(true) && default.is_some() {
            let what = format!("the parameter `{name}` is required and has a default");
            self.wrong(at.clone(), what, "leave out one of them");
        }
        if required == Some(false) && default.is_none() && get(table, "default").is_none() {
            let what = format!("the parameter `{name}` is not required and has no default");
            self.wrong(at.clone(), what, "write the value that it has where none is given: `default = \"…\"`");
        }
        Some(Param { name: name.to_owned(), of: of?, default, line: self.line(&at) })
    }

    fn default(&mut self, value: &Value<'_>, of: Option<ParamType>) -> Option<String> {
        let text = match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Integer(number) if number.radix() == 10 => number.as_str().to_owned(),
            DeValue::Float(number) => number.as_str().to_owned(),
            DeValue::Datetime(date) => date.to_string(),
            _ => {
                self.wrong(value.span(), "`default` is no text and no number", "write `default = \"…\"`");
                return None;
            }
        };
        if let Some(Err(problem)) = of.map(|of| of.check(&text)) {
            self.wrong(value.span(), format!("the default: {}", problem.message), problem.hint.unwrap_or_default());
        }
        Some(text)
    }

    fn output(&mut self, table: &DeTable<'_>) -> Shape {
        self.known(table, "output.", &["format", "fields", "sort"]);
        let format = get(table, "format");
        let format = format.and_then(|value| Some((self.string(value, "format")?, self.line(&value.span()))));
        let fields = get(table, "fields");
        let fields = fields.and_then(|value| Some((self.strings(value, "fields")?, self.line(&value.span()))));
        let sort = get(table, "sort");
        let sort = sort.and_then(|value| Some((self.string(value, "sort")?, self.line(&value.span()))));
        Shape { format, fields, sort }
    }

    fn alert(&mut self, table: &DeTable<'_>) -> Alert {
        self.known(table, "alert.", &["min_new", "exec"]);
        let min_new = get(table, "min_new").map_or(1, |value| {
            let number = value.get_ref().as_integer().and_then(|number| number.as_str().parse().ok());
            number.filter(|number| *number > 0).unwrap_or_else(|| {
                self.wrong(value.span(), "`min_new` is no whole number above 0", "write `min_new = 1`");
                1
            })
        });
        let exec = get(table, "exec").and_then(|value| {
            let exec = self.strings(value, "exec")?;
            if exec.first().is_none_or(|program| program.is_empty()) {
                self.wrong(
                    value.span(),
                    "`exec` names no program",
                    "write `exec = [\"mail\", \"-s\", \"{title}\", \"desk@example.org\"]`",
                );
            }
            Some(exec)
        });
        Alert { min_new, exec }
    }
}

fn get<'v, 'i>(table: &'v DeTable<'i>, key: &str) -> Option<&'v Value<'i>> {
    table.iter().find(|(known, _)| known.get_ref().as_ref() == key).map(|(_, value)| value)
}

fn listed(keys: &[&str]) -> String {
    let keys: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
    format!("can stand {}", keys.join(", "))
}
