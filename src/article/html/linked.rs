//! JSON-LD: what a page says of itself in schema.org's words.
//!
//! A page may hold several blocks, arrays and `@graph`s; the article that the page is of is taken, and people
//! and publishers that are only referred to by `@id` are looked up.

use std::collections::HashMap;

use dom_query::Document;
use serde_json::{Map, Value};

use super::own::Own;
use crate::article::facts::Facts;
use crate::article::fields::Field;
use crate::article::published;

/// What JSON-LD says that is no plain fact.
#[derive(Default)]
pub(super) struct Linked {
    /// The headline.
    pub(super) headline: Option<String>,
    /// The words of the article, where the page gives them.
    pub(super) body: Option<String>,
    /// The day of publication.
    pub(super) published: Option<String>,
    /// The day of the last change.
    pub(super) changed: Option<String>,
    /// The persons who wrote it.
    pub(super) persons: Vec<String>,
    /// Who wrote it without being a person: the house, an agency.
    pub(super) houses: Vec<String>,
}

/// Enough for any page; more is a program running wild.
const MOST_NODES: usize = 5000;

/// Reads the page's JSON-LD; `own` tells its article from others that are described beside it.
pub(super) fn read(document: &Document, own: &Own, facts: &mut Facts) -> Linked {
    let mut blocks = Vec::new();
    for script in document.select("script").iter() {
        let kind = script.attr_or("type", "").to_ascii_lowercase();
        if !kind.contains("ld+json") && !kind.contains("json+ld") {
            continue;
        }
        if let Some(value) = parse(&script.text()) {
            blocks.push(value);
        }
    }
    let mut nodes = Vec::new();
    for block in &blocks {
        collect(block, &mut nodes);
    }
    let mut by_id: HashMap<&str, &Map<String, Value>> = HashMap::new();
    for node in nodes.iter().filter(|node| node.len() > 1) {
        let Some(id) = node.get("@id").and_then(Value::as_str) else { continue };
        // What gives a name says most.
        let known = by_id.entry(id).or_insert(node);
        if !known.contains_key("name") && node.contains_key("name") {
            *known = node;
        }
    }
    let ranked = nodes.iter().filter_map(|node| Some((rank(node)?, *node))).map(|(rank, node)| {
        let article = rank >= 3;
        ((article, if article { own.likeness(node) } else { 0 }, rank), node)
    });
    // The first of the best.
    let Some(((.., rank), article)) = ranked.reduce(|best, next| if next.0 > best.0 { next } else { best }) else {
        return Linked::default();
    };
    let text = |name: &str| article.get(name).and_then(|value| name_of(value, &by_id));
    let mut linked = Linked::default();
    if rank >= 2 {
        linked.headline = text("headline").or_else(|| text("name"));
        linked.body = text("articleBody").or_else(|| text("text"));
    }
    let readable = |name: &&str| text(name).filter(|date| published::read(date).is_some());
    let published = ["datePublished", "dateCreated", "uploadDate"];
    linked.published = published.iter().find_map(readable).or_else(|| text("datePublished"));
    linked.changed = readable(&"dateModified");
    if let Some(value) = article.get("author").or_else(|| article.get("creator")) {
        people(value, &by_id, &mut linked);
    }
    let houses = ["publisher", "sourceOrganization"];
    if let Some(outlet) = houses.iter().find_map(|name| house(article.get(*name)?, &by_id)) {
        facts.offer(Field::Outlet, outlet);
    }
    if let Some(section) = text("articleSection") {
        facts.offer(Field::Section, section);
    }
    if let Some(lang) = text("inLanguage") {
        facts.offer(Field::Lang, lang);
    }
    if let Some(url) = text("url").or_else(|| text("mainEntityOfPage")).filter(|url| url.starts_with("http")) {
        facts.offer(Field::Url, url);
    }
    linked
}

/// Parses a block as it is found on pages: with comments around it, raw line ends in strings, or a stray
/// semicolon behind.
fn parse(text: &str) -> Option<Value> {
    let text = text.trim().trim_start_matches("<!--").trim_start_matches("//<![CDATA[").trim_start_matches("<![CDATA[");
    let text =
        text.trim_end_matches("-->").trim_end_matches("//]]>").trim_end_matches("]]>").trim().trim_end_matches(';');
    serde_json::from_str(text).ok().or_else(|| {
        let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&clean).ok()
    })
}

/// All objects of a block that have a type, without recursion.
fn collect<'a>(block: &'a Value, nodes: &mut Vec<&'a Map<String, Value>>) {
    let mut waiting = vec![block];
    while let Some(value) = waiting.pop() {
        if nodes.len() >= MOST_NODES {
            return;
        }
        match value {
            Value::Array(list) => waiting.extend(list.iter().rev()),
            Value::Object(map) => {
                if map.contains_key("@type") || map.contains_key("@id") {
                    nodes.push(map);
                }
                let inner = ["hasPart", "mainEntity", "mainEntityOfPage", "@graph", "author", "publisher", "review"];
                waiting.extend(inner.iter().filter_map(|name| map.get(*name)).filter(|value| !value.is_string()));
            }
            _ => {}
        }
    }
}

/// How likely a node is the article: 3 an article by type, 2 much like one, 1 the page itself.
fn rank(node: &Map<String, Value>) -> Option<u8> {
    let types: Vec<&str> = match node.get("@type")? {
        Value::String(name) => vec![name.as_str()],
        Value::Array(list) => list.iter().filter_map(Value::as_str).collect(),
        _ => return None,
    };
    let dated = node.contains_key("datePublished") || node.contains_key("headline") || node.contains_key("articleBody");
    let is = |names: &[&str]| types.iter().any(|kind| names.iter().any(|name| kind.ends_with(name)));
    if is(&["Article", "BlogPosting", "Posting", "Report", "LiveBlogPosting", "Review", "Recipe", "HowTo"]) && dated {
        return Some(if is(&["Article", "BlogPosting", "Report", "Posting"]) { 4 } else { 3 });
    }
    if is(&["VideoObject", "PodcastEpisode", "CreativeWork", "TechArticle", "Book", "Course", "Event"]) && dated {
        return Some(2);
    }
    is(&["WebPage", "ItemPage", "FAQPage", "AboutPage", "CollectionPage"]).then_some(1)
}

/// The words of a value, or the name of what it is or refers to.
fn name_of(value: &Value, by_id: &HashMap<&str, &Map<String, Value>>) -> Option<String> {
    let said = |words: &str| (!words.trim().is_empty()).then(|| words.trim().to_owned());
    match value {
        Value::String(words) => said(words),
        Value::Array(list) => list.iter().find_map(|item| name_of(item, by_id)),
        Value::Object(map) => {
            let named = |map: &Map<String, Value>| {
                ["name", "@value", "url"].iter().find_map(|name| match map.get(*name)? {
                    Value::String(words) => said(words),
                    Value::Array(list) => list.iter().find_map(|item| said(item.as_str()?)),
                    _ => None,
                })
            };
            let referred = || by_id.get(map.get("@id")?.as_str()?).and_then(|map| named(map));
            named(map).or_else(referred).or_else(|| said(map.get("@id")?.as_str()?))
        }
        _ => None,
    }
}

/// The name of a publisher, without quotation marks around it: never its address, nor the id that it is referred to by.
fn house(value: &Value, by_id: &HashMap<&str, &Map<String, Value>>) -> Option<String> {
    let of = |map: &Map<String, Value>| ["name", "@value"].iter().find_map(|name| name_of(map.get(*name)?, by_id));
    let name = match value {
        Value::String(words) => by_id.get(words.as_str()).and_then(|map| of(map)).unwrap_or_else(|| words.clone()),
        Value::Array(list) => return list.iter().find_map(|item| house(item, by_id)),
        Value::Object(map) => of(map).or_else(|| of(by_id.get(map.get("@id")?.as_str()?)?))?,
        _ => return None,
    };
    const MARKS: [char; 9] = ['"', '\'', '“', '”', '„', '«', '»', '‘', '’'];
    let name = name.trim();
    let name = name.strip_prefix(MARKS).and_then(|inner| inner.strip_suffix(MARKS)).unwrap_or(name).trim();
    let address = name.contains("://") || name.starts_with(['#', '/']) || name.starts_with("_:");
    (!address && !name.is_empty()).then(|| name.to_owned())
}

/// The names of the authors.
fn people(value: &Value, by_id: &HashMap<&str, &Map<String, Value>>, linked: &mut Linked) {
    let list = match value {
        Value::Array(list) => list.as_slice(),
        one => std::slice::from_ref(one),
    };
    for item in list {
        let Some(name) = name_of(item, by_id) else { continue };
        let address = name.starts_with("http") || name.starts_with('#') || name.contains('@');
        let referred = item.get("@id").and_then(Value::as_str).and_then(|id| by_id.get(id));
        let kind = item.get("@type").or_else(|| referred?.get("@type"));
        let house = match kind {
            Some(Value::String(kind)) => kind.ends_with("Organization") || kind.ends_with("Corporation"),
            _ => false,
        };
        let names = if house { &mut linked.houses } else { &mut linked.persons };
        if !address && !names.contains(&name) {
            names.push(name);
        }
    }
}
