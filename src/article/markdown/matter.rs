//! Front matter: the YAML between `---` lines or the TOML between `+++` lines that opens a post.
//!
//! Front matter that is broken costs its facts and is said; the post is read all the same.

use serde_json::Value;

use crate::article::facts::Facts;
use crate::article::fields;
use crate::article::read::ReadOptions;
use crate::text::problem::{Place, Problem};

/// Front matter as written.
pub(super) enum Matter<'a> {
    Yaml(&'a str),
    Toml(&'a str),
}

/// The front matter of a post, and what comes behind it.
pub(super) fn split(file: &str) -> Option<(Matter<'_>, &str)> {
    let file = file.trim_start();
    let first = file.lines().next()?;
    let fence = first.trim_end();
    if fence != "---" && fence != "+++" {
        return None;
    }
    let start = first.len() + file.get(first.len()..)?.find('\n')? + 1;
    let mut at = start;
    for line in file.get(start..)?.split_inclusive('\n') {
        let bare = line.trim_end();
        if bare == fence || (fence == "---" && bare == "...") {
            let (matter, body) = (file.get(start..at)?, file.get(at + line.len()..)?);
            return Some((if fence == "---" { Matter::Yaml(matter) } else { Matter::Toml(matter) }, body));
        }
        at += line.len();
    }
    None
}

/// The facts that front matter states, and what is wrong with it.
pub(super) fn facts(matter: &Matter<'_>, options: &ReadOptions) -> (Facts, Option<Problem>) {
    let mut facts = Facts::default();
    let parsed = match matter {
        Matter::Yaml(text) if text.trim().is_empty() => return (facts, None),
        Matter::Yaml(text) => match serde_saphyr::from_str_with_options::<Value>(text, lenient()) {
            Ok(value) => Ok(value),
            Err(error) => {
                // A colon in an unquoted title is the usual mistake: line by line it can still be read.
                by_line(text, &mut facts);
                Err(error.to_string())
            }
        },
        Matter::Toml(text) => match text.parse::<toml::Table>() {
            Ok(table) => Ok(of_toml(toml::Value::Table(table))),
            Err(error) => Err(error.message().to_owned()),
        },
    };
    match parsed {
        Ok(Value::Object(map)) => {
            if let Some(names) = &options.map {
                for (field, names) in names.names() {
                    if let Some(words) = names.iter().find_map(|name| words(map.get(name)?)) {
                        facts.offer_ranked(field, 0, &words);
                    }
                }
            }
            for (name, value) in &map {
                if let (Some((field, rank)), Some(words)) = (fields::usual(name), words(value)) {
                    facts.offer_ranked(field, rank + 1, &words);
                }
                // Hugo's own extras stand under `params`, Jekyll's taxonomies under `taxonomies`.
                if let (Value::Object(inner), "params" | "taxonomies" | "extra") = (value, name.as_str()) {
                    for (name, value) in inner {
                        if let (Some((field, rank)), Some(words)) = (fields::usual(name), words(value)) {
                            facts.offer_ranked(field, rank + 100, &words);
                        }
                    }
                }
            }
            (facts, None)
        }
        Ok(_) => (facts, Some(Problem::new(Place::Whole, "the front matter names no fields"))),
        Err(message) => {
            let message = message.lines().next().unwrap_or_default();
            let message = message.strip_prefix("error: ").unwrap_or(message).to_owned();
            let said = format!("the front matter is broken: {message}");
            (facts, Some(Problem::new(Place::Whole, said).hint("put values that hold a colon in quotation marks")))
        }
    }
}

/// A key that stands twice is no reason to lose the others: the first counts.
fn lenient() -> serde_saphyr::Options {
    serde_saphyr::options! { duplicate_keys: serde_saphyr::options::DuplicateKeyPolicy::FirstWins }
}

fn by_line(text: &str, facts: &mut Facts) {
    for line in text.lines().filter(|line| !line.starts_with([' ', '\t', '-', '#'])) {
        let Some((name, value)) = line.split_once(':') else { continue };
        if let Some((field, rank)) = fields::usual(name) {
            let value = value.trim();
            let bare = ['"', '\''].iter().find_map(|mark| value.strip_prefix(*mark)?.strip_suffix(*mark));
            facts.offer_ranked(field, rank + 1, bare.unwrap_or(value));
        }
    }
}

/// TOML as JSON, its days as they are written.
fn of_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::String(words) => Value::String(words),
        toml::Value::Datetime(day) => Value::String(day.to_string()),
        toml::Value::Integer(number) => Value::from(number),
        toml::Value::Float(number) => Value::from(number),
        toml::Value::Boolean(truth) => Value::Bool(truth),
        toml::Value::Array(list) => Value::Array(list.into_iter().map(of_toml).collect()),
        toml::Value::Table(table) => {
            Value::Object(table.into_iter().map(|(name, value)| (name, of_toml(value))).collect())
        }
    }
}

/// The words of a value; of a list all of them, except that of sections the first is enough.
fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(words) => Some(words.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(list) => {
            let all: Vec<String> = list.iter().filter(|item| !item.is_array()).filter_map(words).collect();
            (!all.is_empty()).then(|| all.join(", "))
        }
        Value::Object(map) => ["name", "title"].iter().find_map(|name| map.get(*name)?.as_str().map(str::to_owned)),
        Value::Null | Value::Bool(_) => None,
    }
}
