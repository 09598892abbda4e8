//! JSON lines only, until the readers are here.

use std::io::BufRead;

use super::{Article, Part, Reading, Source};
use crate::text::day::PartialDate;
use crate::text::problem::{Place, Problem};

/// A format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// JSON lines.
    Jsonl,
}

impl Format {
    /// The names.
    pub const NAMES: &'static [&'static str] = &["jsonl"];
    /// The format of that name.
    pub fn named(name: &str) -> Option<Self> {
        (name == "jsonl").then_some(Self::Jsonl)
    }
}

/// Which column is what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldMap {}

impl FieldMap {
    /// Reads it.
    pub fn parse(_text: &str) -> Result<Self, Problem> {
        Ok(Self {})
    }
}

/// How to read.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// The format.
    pub format: Option<Format>,
    /// The map.
    pub map: Option<FieldMap>,
    /// The day.
    pub published: Option<PartialDate>,
    /// The outlet.
    pub outlet: Option<String>,
}

/// Reads JSON lines.
pub fn read<'a>(
    place: Source,
    input: Box<dyn BufRead + 'a>,
    options: &'a ReadOptions,
) -> Box<dyn Iterator<Item = Reading> + 'a> {
    Box::new(input.lines().enumerate().map(move |(n, line)| {
        let skip = |message: String| Reading::Skipped(Problem::new(Place::Line(n as u64 + 1), message));
        let line = match line {
            Ok(line) => line,
            Err(error) => return skip(error.to_string()),
        };
        let value: serde_json::Value = match serde_json::from_str(&line) {
            Ok(value) => value,
            Err(error) => return skip(error.to_string()),
        };
        let text = |name: &str| value.get(name).and_then(|v| v.as_str()).map(str::to_owned);
        let source = Source { record: n as u64, ..place.clone() };
        let mut article = Article::from_text(source, text("text").unwrap_or_default());
        article.given_id = text("id");
        article.headline = text("title").map(Part::Beside);
        article.published =
            text("date").and_then(|date| PartialDate::parse(date.get(..10).unwrap_or(&date))).or(options.published);
        article.outlet = text("outlet");
        Reading::Article(Box::new(article), Vec::new())
    }))
}
