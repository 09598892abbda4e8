//! JSON Feed (versions 1 and 1.1): what a feed of RSS holds, as one object with a list of items.

use serde_json::{Map, Value};

use crate::article::fields::Field;
use crate::article::read::ReadOptions;
use crate::article::story::Story;
use crate::article::{Reading, Source, prose, tags, wire};
use crate::text::problem::{Place, Problem};

/// Whether an object is a feed.
pub(super) fn is_feed(value: &Value) -> bool {
    let version = value.get("version").and_then(Value::as_str).unwrap_or_default();
    version.contains("jsonfeed.org/version/") && value.get("items").is_some_and(Value::is_array)
}

/// A feed without its items.
pub(super) struct Channel(Map<String, Value>);

/// Takes a feed apart.
pub(super) fn open(value: Value) -> (Channel, Vec<Value>) {
    let Value::Object(mut map) = value else { return (Channel(Map::new()), vec![value]) };
    let items = match map.get_mut("items") {
        Some(Value::Array(items)) => std::mem::take(items),
        _ => Vec::new(),
    };
    (Channel(map), items)
}

fn said<'a>(map: &'a Map<String, Value>, name: &str) -> &'a str {
    map.get(name).and_then(Value::as_str).map(str::trim).unwrap_or_default()
}

/// The names of the authors: a list, or in version 1 one.
fn authors(map: &Map<String, Value>) -> String {
    let name = |author: &Value| author.get("name").and_then(Value::as_str).map(|name| name.trim().to_owned());
    let mut names: Vec<String> = match map.get("authors") {
        Some(Value::Array(list)) => list.iter().filter_map(name).collect(),
        _ => Vec::new(),
    };
    if names.is_empty() {
        names.extend(map.get("author").and_then(name));
    }
    names.retain(|name| !name.is_empty());
    names.join(", ")
}

impl Channel {
    /// The reading of an item.
    pub(super) fn article(&self, item: &Value, source: &Source, options: &ReadOptions) -> Reading {
        let Value::Object(item) = item else {
            return Reading::Skipped(Problem::new(Place::Whole, "not an item of a feed but something else"));
        };
        let mut story = Story::default();
        let facts = &mut story.facts;
        facts.offer(Field::Title, said(item, "title"));
        facts.offer_ranked(Field::Date, 0, said(item, "date_published"));
        facts.offer_ranked(Field::Date, 1, said(item, "date_modified"));
        facts.offer(Field::Byline, authors(item));
        facts.offer(Field::Byline, authors(&self.0));
        facts.offer(Field::Outlet, said(&self.0, "title"));
        facts.offer(Field::Lang, said(item, "language"));
        facts.offer(Field::Lang, said(&self.0, "language"));
        facts.offer(Field::Lead, prose::kept(said(item, "summary")));
        facts.offer(Field::Url, said(item, "url"));
        let id = match item.get("id") {
            Some(Value::Number(number)) => number.to_string(),
            _ => said(item, "id").to_owned(),
        };
        if wire::is_address(&id) {
            facts.offer(Field::Url, &id);
        }
        facts.offer(Field::Url, said(item, "external_url"));
        facts.offer(Field::Id, id);
        let tag = item.get("tags").and_then(Value::as_array).and_then(|tags| tags.first()?.as_str());
        facts.offer(Field::Section, tag.unwrap_or_default());
        let (text, page) = (said(item, "content_text"), said(item, "content_html"));
        story.text = if text.is_empty() { tags::words_of(page) } else { prose::kept(text) };
        story.into_reading(source, options)
    }
}
