//! JSON: an object, an array of objects, or an object that holds such an array; streamed record by record.
//!
//! The text is the member's value, byte for byte. Names of members are the usual ones or a user's own;
//! the nesting that news APIs have (`"headline": {"main": ...}`, `"source": {"name": ...}`) is looked into. Items of
//! [`ninjs`] and of JSON [`feed`]s are told by their members, wherever they stand.

mod feed;
mod ninjs;
mod surrogates;
mod values;

use std::io::BufRead;

use serde_json::{Map, Value};

use values::Values;

use super::charset::Records;
use super::facts::Facts;
use super::fields::{self, Field};
use super::read::{NO_WORDS, ReadOptions};
use super::{Article, Reading, Source, tags};
use crate::text::problem::{Place, Problem};
use crate::text::span::Span;

/// Parses one JSON value; the error is a sentence for the file's owner.
pub(super) fn parse(text: &str) -> Result<Value, String> {
    let error = match serde_json::from_str(text) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    // What Python's and R's writers put where a value is missing.
    if (text.contains("NaN") || text.contains("Infinity"))
        && let Ok(value) = serde_json::from_str(&without_nan(text))
    {
        return Ok(value);
    }
    if let Some(value) = surrogates::mended(text).and_then(|mended| serde_json::from_str(&mended).ok()) {
        return Ok(value);
    }
    let said = error.to_string();
    let said = said.split(" at line ").next().unwrap_or(&said);
    Err(match error.line() {
        1 => format!("not JSON: {said} at column {}", error.column()),
        line => format!("not JSON: {said} at its line {line}, column {}", error.column()),
    })
}

fn without_nan(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (index, piece) in text.split('"').enumerate() {
        if index > 0 {
            out.push('"');
        }
        // Good enough for a second try: strings with `\"` in them only shift which pieces are strings,
        // and then it stays an error.
        if index % 2 == 0 {
            out.push_str(&piece.replace("-Infinity", "null").replace("Infinity", "null").replace("NaN", "null"));
        } else {
            out.push_str(piece);
        }
    }
    out
}

/// Members that hold an array of articles, in an object that is none itself.
const WRAPPERS: [&str; 14] = [
    "articles",
    "items",
    "docs",
    "results",
    "stories",
    "news",
    "entries",
    "posts",
    "documents",
    "records",
    "rows",
    "data",
    "response",
    "hits",
];

/// What the objects of a document are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// What their members say.
    Told,
    /// Items of ninjs.
    Ninjs,
    /// Feeds.
    Feed,
}

/// The articles of a document.
pub(super) fn document<'a>(
    place: Source,
    input: Box<dyn BufRead + 'a>,
    head: &[u8],
    options: &'a ReadOptions,
) -> impl Iterator<Item = Reading> + 'a {
    read(place, input, head, options, Kind::Told)
}

/// The articles of a document of ninjs.
pub(super) fn ninjs<'a>(
    place: Source,
    input: Box<dyn BufRead + 'a>,
    head: &[u8],
    options: &'a ReadOptions,
) -> impl Iterator<Item = Reading> + 'a {
    read(place, input, head, options, Kind::Ninjs)
}

/// The articles of a JSON Feed.
pub(super) fn feed<'a>(
    place: Source,
    input: Box<dyn BufRead + 'a>,
    head: &[u8],
    options: &'a ReadOptions,
) -> impl Iterator<Item = Reading> + 'a {
    read(place, input, head, options, Kind::Feed)
}

fn read<'a>(
    place: Source,
    input: Box<dyn BufRead + 'a>,
    head: &[u8],
    options: &'a ReadOptions,
    kind: Kind,
) -> impl Iterator<Item = Reading> + 'a {
    let records = Records::new(head);
    let mut count = 0;
    Values::new(input).flat_map(move |value| {
        let bytes = match value {
            Ok(bytes) => bytes,
            Err(mut problem) => {
                problem.at = if count == 0 { Place::Whole } else { Place::Record(count + 1) };
                return vec![Reading::Skipped(problem)];
            }
        };
        let (text, guessed) = records.decode(&bytes);
        let mut channel = None;
        let values: Vec<Result<Value, String>> = match parse(&text) {
            Ok(value) if kind == Kind::Feed || feed::is_feed(&value) => {
                let (opened, items) = feed::open(value);
                channel = Some(opened);
                if items.is_empty() {
                    vec![Err("a feed without items".to_owned())]
                } else {
                    items.into_iter().map(Ok).collect()
                }
            }
            Ok(value) if kind == Kind::Ninjs => vec![Ok(value)],
            Ok(value) => unwrap(value).into_iter().map(Ok).collect(),
            Err(message) => vec![Err(message)],
        };
        let mut readings = Vec::new();
        for value in values {
            let source = Source { record: count, ..place.clone() };
            count += 1;
            let at = Place::Record(count);
            let mut reading = match (value, &channel) {
                (Ok(item), Some(channel)) => channel.article(&item, &source, options),
                (Ok(Value::Object(map)), None) if kind == Kind::Ninjs => ninjs::article(&map, &source, options),
                (Ok(value), None) => article(value, source, options),
                (Err(message), _) => Reading::Skipped(Problem::new(at, message)),
            };
            match &mut reading {
                Reading::Article(_, problems) => {
                    problems.extend(guessed.clone());
                    problems.iter_mut().for_each(|problem| problem.at = at);
                }
                Reading::Skipped(problem) => problem.at = at,
            }
            readings.push(reading);
        }
        readings
    })
}

/// The records of a value: itself, or those of the array that it wraps.
fn unwrap(value: Value) -> Vec<Value> {
    let Value::Object(mut map) = value else { return vec![value] };
    let own = map.iter().any(|(name, value)| {
        let says = !value.is_object() && !value.is_array() && words(value).is_some();
        says && matches!(fields::usual(name), Some((Field::Text | Field::Html, _)))
    });
    if own || ninjs::is_item(&map) {
        return vec![Value::Object(map)];
    }
    for name in WRAPPERS {
        match map.get_mut(name) {
            Some(Value::Array(list)) if list.iter().any(Value::is_object) => return std::mem::take(list),
            Some(inner @ Value::Object(_)) if WRAPPERS.iter().any(|name| inner.get(name).is_some()) => {
                return unwrap(inner.take());
            }
            _ => {}
        }
    }
    vec![Value::Object(map)]
}

/// The article that a value holds.
pub(super) fn article(value: Value, source: Source, options: &ReadOptions) -> Reading {
    let Value::Object(map) = value else {
        let kind = match value {
            Value::Array(_) => "an array",
            Value::String(_) => "a string",
            Value::Null => "null",
            _ => "a number or a truth value",
        };
        return Reading::Skipped(Problem::new(Place::Whole, format!("not a JSON object but {kind}")));
    };
    if map.get("$schema").and_then(Value::as_str).is_some_and(|schema| schema.contains("json-schema.org")) {
        return Reading::Skipped(Problem::new(Place::Whole, "a JSON Schema: no article"));
    }
    if options.map.is_none() && ninjs::is_item(&map) {
        return ninjs::article(&map, &source, options);
    }
    let mut found = Found { facts: Facts::default(), text: None, html: None };
    if let Some(map_given) = &options.map {
        for (field, names) in map_given.names() {
            if let Some((name, value)) = names.iter().find_map(|name| Some((name, lookup(&map, name)?))) {
                found.take(field, 0, name, value.clone());
            }
        }
    }
    found.members(map, 1);
    found.into_article(source, options)
}

/// The value at a path of names with points between them; a name may hold points itself.
fn lookup<'a>(map: &'a Map<String, Value>, path: &str) -> Option<&'a Value> {
    if let Some(value) = map.get(path) {
        return Some(value);
    }
    let (first, rest) = path.split_once('.')?;
    match map.get(first)? {
        Value::Object(inner) => lookup(inner, rest),
        Value::Array(list) => list.iter().find_map(|item| lookup(item.as_object()?, rest)),
        _ => None,
    }
}

/// What was found in one object so far.
struct Found {
    facts: Facts,
    text: Option<(usize, String)>,
    html: Option<(usize, String)>,
}

/// Members whose members are those of the article itself.
const INNER: [&str; 5] = ["fields", "_source", "article", "attributes", "metadata"];

impl Found {
    fn members(&mut self, map: Map<String, Value>, rank: usize) {
        let mut inner = Vec::new();
        for (name, value) in map {
            if value.is_object() && INNER.contains(&name.as_str()) {
                inner.push(value);
            } else if let Some((field, order)) = fields::usual(&name) {
                self.take(field, rank + order, &name, value);
            }
        }
        for value in inner {
            if let Value::Object(map) = value
                && rank == 1
            {
                self.members(map, 100);
            }
        }
    }

    fn take(&mut self, field: Field, rank: usize, name: &str, value: Value) {
        match field {
            Field::Text | Field::Html => {
                // WordPress: {"content": {"rendered": "<p>..."}}
                let rendered = value.get("rendered").is_some();
                let Some(words) = long_words(value) else { return };
                let marked = field == Field::Html || rendered || (name != "text" && tags::are_in(&words));
                let place = if marked { &mut self.html } else { &mut self.text };
                if place.as_ref().is_none_or(|(kept, _)| rank < *kept) && !words.trim().is_empty() {
                    *place = Some((rank, words));
                }
            }
            _ => {
                if let Some(words) = words(&value) {
                    self.facts.offer_ranked(field, rank, &words);
                }
            }
        }
    }

    fn into_article(self, source: Source, options: &ReadOptions) -> Reading {
        let text = match (self.text, self.html) {
            (Some((_, text)), _) => text,
            (None, Some((_, page))) => tags::words_of(&page),
            (None, None) => match self.facts.get(Field::Lead) {
                Some(lead) if tags::are_in(lead) => tags::words_of(lead),
                lead => lead.map(str::to_owned).unwrap_or_default(),
            },
        };
        if text.trim().is_empty() && self.facts.get(Field::Title).is_none_or(|title| title.trim().is_empty()) {
            return Reading::Skipped(
                Problem::new(Place::Whole, NO_WORDS).hint("name the members that hold them in a --map file"),
            );
        }
        if u32::try_from(text.len()).is_err() {
            return Reading::Skipped(Problem::new(Place::Whole, "a text of 4 GB or more"));
        }
        let mut article = Article::from_text(source, text);
        article.body = Span::whole(&article.text);
        let problems = self.facts.onto(&mut article, options);
        Reading::Article(Box::new(article), problems)
    }
}

/// The words of a member that names something: of an object its name, of an array all of them.
fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(words) => Some(words.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(map) => {
            ["name", "main", "original", "value", "rendered", "title", "content", "$date", "$oid", "@id"]
                .iter()
                .find_map(|name| map.get(*name).filter(|value| value.is_string() || value.is_number()))
                .and_then(words)
        }
        Value::Array(list) => {
            let all: Vec<String> = list.iter().filter(|item| !item.is_array()).filter_map(words).collect();
            (!all.is_empty()).then(|| all.join(", "))
        }
        Value::Null | Value::Bool(_) => None,
    }
}

/// The words of a member that holds a text: an array's are paragraphs.
fn long_words(value: Value) -> Option<String> {
    match value {
        Value::String(words) => Some(words),
        Value::Array(list) => {
            let all: Vec<String> = list.iter().filter(|item| !item.is_array()).filter_map(words).collect();
            (!all.is_empty()).then(|| all.join("\n\n"))
        }
        Value::Object(mut map) => {
            ["rendered", "value", "text", "plain", "content", "body"].iter().find_map(|name| match map.get_mut(*name) {
                Some(Value::String(words)) => Some(std::mem::take(words)),
                _ => None,
            })
        }
        _ => None,
    }
}
