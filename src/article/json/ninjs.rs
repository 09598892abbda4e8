//! ninjs, the JSON of news agencies (versions 1 to 3): one item an object, its members under known names.
//!
//! Version 2 turned members such as `headline` and `body_text` into lists (`headlines`, `bodies`) and version 3
//! writes capitals inside their names; all are read alike. Pictures, sound and entries of a calendar are no articles,
//! unless they carry a text of their own; nor is what its agency has withdrawn.

use serde_json::{Map, Value};

use crate::article::fields::Field;
use crate::article::read::ReadOptions;
use crate::article::story::Story;
use crate::article::{Reading, Source, nitf, prose, tags, wire, xml};
use crate::text::problem::Problem;

/// Members of which one shows that an object with a `uri` is an item of ninjs.
const SIGNS: [&str; 11] = [
    "versioncreated",
    "firstcreated",
    "contentcreated",
    "pubstatus",
    "representationtype",
    "bodies",
    "headlines",
    "renditions",
    "body_text",
    "body_xhtml",
    "eventdetails",
];

/// Whether an object is an item of ninjs.
pub(super) fn is_item(map: &Map<String, Value>) -> bool {
    let standard = ["standard", "$standard"].iter().filter_map(|name| map.get(*name)?.get("name")?.as_str());
    let named = standard.into_iter().any(|name| name.to_ascii_lowercase().contains("ninjs"));
    map.get("uri").is_some_and(Value::is_string) && (named || SIGNS.iter().any(|name| member(map, name).is_some()))
}

/// The reading of an item.
pub(super) fn article(map: &Map<String, Value>, source: &Source, options: &ReadOptions) -> Reading {
    match story(map) {
        Ok(story) => story.into_reading(source, options),
        Err(problem) => Reading::Skipped(problem),
    }
}

/// A member by its name in small letters.
fn member<'a>(map: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    map.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

fn said<'a>(map: &'a Map<String, Value>, name: &str) -> &'a str {
    member(map, name).and_then(Value::as_str).map(str::trim).unwrap_or_default()
}

fn story(map: &Map<String, Value>) -> Result<Story, Problem> {
    if let Some(problem) = wire::withdrawn(said(map, "pubstatus")) {
        return Err(problem);
    }
    let mut story = Story::default();
    let facts = &mut story.facts;
    let mut above = Vec::new();
    facts.offer(Field::Title, said(map, "headline"));
    for Piece { role, words, .. } in pieces(map, "headline") {
        if role.contains("sub") {
            above.push(words.to_owned());
        } else {
            facts.offer_ranked(Field::Title, if role == "main" { 0 } else { 1 }, words);
        }
    }
    facts.offer_ranked(Field::Title, 2, said(map, "title"));
    facts.offer(Field::Byline, wire::names(said(map, "byline")));
    facts.offer(Field::Byline, wire::names(said(map, "by")));
    facts.offer(Field::Lang, said(map, "language"));
    let moment = |name: &str| Some(wire::moment(said(map, name))).filter(|moment| !moment.is_empty());
    facts.offer_ranked(
        Field::Date,
        0,
        &wire::released(moment("versioncreated"), moment("embargoed")).unwrap_or_default(),
    );
    facts.offer_ranked(Field::Date, 1, &moment("firstcreated").unwrap_or_default());
    facts.offer_ranked(Field::Date, 2, &moment("contentcreated").unwrap_or_default());
    let names = |name: &str| match member(map, name) {
        Some(Value::Array(list)) => {
            list.iter().find_map(|item| item.get("name")?.as_str()).unwrap_or_default().to_owned()
        }
        Some(Value::Object(inner)) => said(inner, "name").to_owned(),
        Some(Value::String(name)) => name.clone(),
        _ => String::new(),
    };
    for name in ["infosources", "infosource", "source", "copyrightholder", "provider"] {
        facts.offer(Field::Outlet, names(name));
    }
    let uri = said(map, "uri");
    facts.offer(Field::Id, uri);
    if wire::is_address(uri) {
        facts.offer(Field::Url, uri);
    }
    let title = facts.get(Field::Title).unwrap_or_default().to_owned();
    above.retain(|line| *line != title);
    story.above = above.join("\n\n");
    story.text = best(pieces(map, "body")).map(|text| without_title(text, &title)).unwrap_or_default();
    if !story.has_text() {
        let event = member(map, "eventdetails").is_some().then_some("event");
        let kind = Some(said(map, "type")).filter(|kind| !kind.is_empty()).or(event);
        if let Some(problem) = kind.and_then(wire::other_than_text) {
            return Err(problem);
        }
        story.facts.offer(Field::Lead, best(pieces(map, "description")).unwrap_or_default());
    }
    Ok(story)
}

/// One of several forms of a text.
struct Piece<'a> {
    role: &'a str,
    kind: &'a str,
    words: &'a str,
}

/// The forms of a text: members `body_text`, `body_xhtml` and the like, and those of the list `bodies`.
fn pieces<'a>(map: &'a Map<String, Value>, name: &str) -> Vec<Piece<'a>> {
    let mut found = Vec::new();
    for (key, value) in map {
        let form =
            key.get(..name.len()).filter(|head| head.eq_ignore_ascii_case(name)).and_then(|_| key.get(name.len()..));
        match (form, value) {
            (Some(form), Value::String(words)) if form.is_empty() || form.starts_with('_') => {
                let role = form.trim_start_matches('_');
                found.push(Piece { role, kind: role, words });
            }
            _ => {}
        }
    }
    let listed = match name {
        "body" => "bodies".to_owned(),
        name => format!("{name}s"),
    };
    for item in member(map, &listed).and_then(Value::as_array).into_iter().flatten() {
        if let Value::Object(item) = item {
            found.push(Piece { role: said(item, "role"), kind: said(item, "contenttype"), words: said(item, "value") });
        }
    }
    found.retain(|piece| !piece.words.trim().is_empty());
    found
}

/// The text of the main role, in the form that says most plainly what it is: words, then NITF, then HTML; of one form the longest.
/// Teasers come after all others, and captions after them. Words that are one block say less than paragraphs do.
fn best(mut pieces: Vec<Piece<'_>>) -> Option<String> {
    pieces.retain(|piece| form(piece) != Form::Other);
    pieces.sort_by_key(|piece| (aside(piece), form(piece), std::cmp::Reverse(piece.words.len())));
    let mut texts = pieces.iter().filter_map(|piece| Some((piece, text(piece)?)));
    let (first, words) = texts.next()?;
    let block = !words.trim().contains('\n');
    let more = |piece: &Piece<'_>| piece.words.len() > 2 * words.len();
    if form(first) != Form::Words || !pieces.iter().any(|piece| block || more(piece)) {
        return Some(words);
    }
    let same = texts.filter(|(piece, _)| aside(piece) == aside(first) && form(piece) != Form::Words);
    let mut richer = same.map(|(_, text)| text);
    let found = richer.find(|text| text.len() > 2 * words.len() || block && text.trim().contains('\n'));
    Some(found.unwrap_or(words))
}

/// What a text is written in, the plainest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    Words,
    Nitf,
    Html,
    Other,
}

fn form(piece: &Piece<'_>) -> Form {
    let kind = format!("{} {}", piece.kind, piece.role).to_ascii_lowercase();
    match () {
        () if kind.contains("ttnitf") => Form::Other,
        () if kind.contains("nitf") => Form::Nitf,
        () if kind.contains("html") || tags::are_in(piece.words) => Form::Html,
        () => Form::Words,
    }
}

/// How far a text is from the article by its role: the main one, any, in short, beside it.
fn aside(piece: &Piece<'_>) -> u8 {
    let role = piece.role.to_ascii_lowercase();
    let is = |names: &[&str]| names.iter().any(|name| role.contains(name));
    match () {
        () if is(&["caption", "credit", "writer", "note"]) => 3,
        () if is(&["teaser", "summary", "abstract", "short", "push", "social"]) => 2,
        () => u8::from(!is(&["main"])),
    }
}

/// The words of a text, where it has any.
fn text(piece: &Piece<'_>) -> Option<String> {
    let text = match form(piece) {
        Form::Words => prose::kept(piece.words),
        Form::Nitf => nitf::story(xml::parse(piece.words)?.root()).ok()?.text,
        Form::Html => tags::words_of(piece.words),
        Form::Other => return None,
    };
    (!text.trim().is_empty()).then_some(text)
}

/// Without the headline, where it stands again as the first line.
fn without_title(text: String, title: &str) -> String {
    let first = text.lines().next().unwrap_or_default();
    if !title.is_empty() && first.trim() == title {
        return prose::kept(text.get(first.len()..).unwrap_or_default());
    }
    text
}
