//! NewsML-G2: one item a file, or a message of several.
//!
//! A text item is an article, with the headline, the names and the days of its metadata. Items that only list or
//! describe others (packages, concepts, plans, catalogues) are none, nor are pictures and sound, nor what its agency
//! has withdrawn. The collection RCV1 calls its own, simpler element `newsitem`, and is read here too.

use std::io::BufRead;

use super::{add, line, packed, take_text};
use crate::article::fields::Field;
use crate::article::read::ReadOptions;
use crate::article::story::{Stories, Story};
use crate::article::xml::{self, Around, Branches, Node, Pick, Tag};
use crate::article::{Reading, Source, prose, tags, wire};
use crate::text::problem::{Place, Problem};

/// Items of other kinds, and what they are.
const OTHERS: [(&str, &str); 6] = [
    ("packageItem", "a package: it lists other items and has no text of its own"),
    ("conceptItem", "a concept of a vocabulary: no article"),
    ("knowledgeItem", "a vocabulary: no article"),
    ("planningItem", "a plan of coverage: it has no text of its own"),
    ("catalogItem", "a catalogue of vocabularies: no article"),
    ("itemRef", "a reference to an item that lies elsewhere"),
];

/// Reads the items of a file.
pub(in crate::article) fn read<'a>(
    place: Source,
    input: Box<dyn BufRead + 'a>,
    head: &[u8],
    options: &'a ReadOptions,
) -> impl Iterator<Item = Reading> + 'a {
    let (markup, guessed) = xml::markup(input, head);
    let branches = Branches::new(markup, pick);
    Stories::new(
        (branches, guessed),
        || "no news item in it".to_owned(),
        move |tree, lang| {
            let reading = match story(tree.root(), lang) {
                Ok(story) => story.into_reading(&place, options),
                Err(problem) => Reading::Skipped(problem),
            };
            Some(vec![reading])
        },
    )
}

fn pick(_: &[Around], tag: &Tag<'_>) -> Pick {
    let item = matches!(tag.local(), "newsItem" | "newsitem") || OTHERS.iter().any(|(name, _)| *name == tag.local());
    if item { Pick::Take } else { Pick::Into }
}

/// The article in an item, or why it is none.
fn story(item: Node<'_>, lang: Option<&str>) -> Result<Story, Problem> {
    let said = |message: &str| Problem::new(Place::Whole, message);
    if let Some((_, what)) = OTHERS.iter().find(|(name, _)| *name == item.name()) {
        return Err(said(what));
    }
    let own = item.child("itemMeta");
    if own.is_none() && item.child("text").is_some() {
        return Ok(of_corpus(item));
    }
    if let Some(problem) = own.and_then(|own| own.child("pubStatus")).and_then(coded).and_then(wire::withdrawn) {
        return Err(problem);
    }
    let mut story = Story::default();
    let content = item.child("contentMeta");
    read_item(item, own, &mut story);
    if let Some(content) = content {
        read_content(content, item.attribute("lang").or(lang), &mut story);
    }
    story.facts.offer(Field::Lang, item.attribute("lang").or(lang).unwrap_or_default());
    if let Some(title) = own.and_then(|own| own.child("title")) {
        story.facts.offer_ranked(Field::Title, 2, &line(title));
    }
    let elsewhere = read_text(item, &mut story);
    if story.has_text() {
        return Ok(story);
    }
    let class = own.and_then(|own| own.child("itemClass")).and_then(coded).unwrap_or_default();
    if let Some(problem) = wire::other_than_text(class) {
        return Err(problem);
    }
    if let Some(address) = elsewhere {
        return Err(said(&format!("its content is not in this file but at {address}")));
    }
    if story.facts.get(Field::Title).is_none() && story.facts.get(Field::Lead).is_none() {
        return Err(said("a news item without a text or a headline"));
    }
    Ok(story)
}

/// The code or the address in which an element says what it is.
fn coded(node: Node<'_>) -> Option<&str> {
    ["qcode", "uri", "literal", "code"].into_iter().find_map(|name| node.attribute(name))
}

/// The name of whom an element means: spelt out, else its code.
fn named(node: Node<'_>) -> Option<String> {
    if let Some(name) = node.child("name").map(line).filter(|name| !name.is_empty()) {
        return Some(name);
    }
    if let Some(literal) = node.attribute("literal") {
        return Some(literal.to_owned());
    }
    let written = coded(node)?;
    let host = written.split_once("://").and_then(|(_, rest)| rest.split('/').next());
    Some(host.unwrap_or_else(|| wire::code(written)).to_owned())
}

/// What an item says of itself as a delivery.
fn read_item(item: Node<'_>, own: Option<Node<'_>>, story: &mut Story) {
    let facts = &mut story.facts;
    let moment = |name: &str| own.and_then(|own| own.child(name)).map(|node| wire::moment(&line(node)));
    let made = wire::released(moment("versionCreated"), moment("embargoed"));
    facts.offer_ranked(Field::Date, 0, &made.unwrap_or_default());
    facts.offer_ranked(Field::Date, 1, &moment("firstCreated").unwrap_or_default());
    if let Some(own) = own {
        let provider = own.child("provider").and_then(named);
        facts.offer_ranked(Field::Outlet, 0, &provider.unwrap_or_default());
        let service = own.child("service").and_then(|service| service.child("name")).map(line);
        facts.offer(Field::Section, service.unwrap_or_default());
    }
    let guid = item.attribute("guid").unwrap_or_default();
    facts.offer(Field::Id, guid);
    if wire::is_address(guid) {
        facts.offer(Field::Url, guid);
    }
}

/// Of the headlines of an item in this language, the one that is printed over the text, and those that are printed below it.
fn headlines(content: Node<'_>, lang: Option<&str>) -> (String, Vec<String>) {
    let lang = content.child("language").and_then(|language| language.attribute("tag")).or(lang);
    let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let mut best: Option<((bool, u8), String)> = None;
    let mut others: Vec<(bool, String)> = Vec::new();
    for node in content.children().filter(|node| node.name() == "headline") {
        let (role, words) = (node.attribute("role").map(wire::code).unwrap_or_default(), line(node));
        let foreign = node.attribute("lang").zip(lang).is_some_and(|(own, lang)| primary(own) != primary(lang));
        let rank = match role.to_ascii_lowercase().as_str() {
            "main" => 0,
            "" => 1,
            role if role.contains("short") => 3,
            role if role.contains("sub") => 4,
            _ => 2,
        };
        if words.is_empty() {
            continue;
        }
        let better = rank < 4 && best.as_ref().is_none_or(|(kept, _)| (foreign, rank) < *kept);
        let beaten = if better { best.replace(((foreign, rank), words)) } else { Some(((foreign, rank), words)) };
        others.extend(beaten.map(|((foreign, rank), words)| (foreign || rank == 3, words)));
    }
    let title = best.map(|(_, words)| words).unwrap_or_default();
    others.retain(|(aside, words)| !aside && *words != title);
    (title, others.into_iter().map(|(_, words)| words).collect())
}

/// What it says of its content.
fn read_content(content: Node<'_>, lang: Option<&str>, story: &mut Story) {
    let mut names: Vec<String> = Vec::new();
    let (title, above) = headlines(content, lang);
    story.facts.offer(Field::Title, title);
    story.above = above.join("\n\n");
    for node in content.children() {
        let words = || line(node);
        match node.name() {
            "by" => story.facts.offer(Field::Byline, wire::names(&words())),
            "creator" => names.extend(named(node)),
            "language" => story.facts.offer(Field::Lang, node.attribute("tag").unwrap_or_default()),
            "contentModified" => story.facts.offer_ranked(Field::Date, 2, &wire::moment(&words())),
            "contentCreated" => story.facts.offer_ranked(Field::Date, 3, &wire::moment(&words())),
            "infoSource" => story.facts.offer_ranked(Field::Outlet, 1, &named(node).unwrap_or_default()),
            "description" => story.facts.offer(Field::Lead, prose::kept(&node.text())),
            _ => {}
        }
    }
    story.facts.offer(Field::Byline, names.join(", "));
}

/// What a text is packed in.
fn encoding(form: Node<'_>) -> Option<&str> {
    form.attribute("encoding").or_else(|| form.attribute("encodinguri"))
}

/// Takes the text of an item; returns the address of one that lies elsewhere.
fn read_text(item: Node<'_>, story: &mut Story) -> Option<String> {
    let mut elsewhere = None;
    for set in item.children().filter(|child| child.name() == "contentSet") {
        // What stands side by side is the same text in other forms: the first that has words is taken.
        for form in set.children() {
            if story.has_text() {
                break;
            }
            match form.name() {
                "inlineXML" => take_text(form, story),
                "inlineData" if encoding(form).is_some_and(packed::is_base64) => {
                    let kind = form.attribute("contenttype").unwrap_or_default();
                    add(&mut story.text, &packed::words(&form.text(), kind).unwrap_or_default());
                }
                "inlineData" if encoding(form).is_none() => {
                    let words = form.text();
                    let page = form.attribute("contenttype").is_some_and(|kind| kind.contains("html"));
                    let text = if page || tags::are_in(&words) { tags::words_of(&words) } else { prose::kept(&words) };
                    add(&mut story.text, &text);
                }
                "remoteContent" => {
                    let at = form.attribute("href").or_else(|| form.attribute("residref"));
                    elsewhere = elsewhere.or_else(|| at.map(str::to_owned));
                }
                _ => {}
            }
        }
    }
    elsewhere
}

/// An item of RCV1, which has the text in paragraphs and little else.
fn of_corpus(item: Node<'_>) -> Story {
    let mut story = Story::default();
    let facts = &mut story.facts;
    for (rank, name) in [(0, "headline"), (1, "title")] {
        facts.offer_ranked(Field::Title, rank, &item.child(name).map(line).unwrap_or_default());
    }
    facts.offer(Field::Byline, item.child("byline").map(line).unwrap_or_default());
    facts.offer(Field::Date, item.attribute("date").unwrap_or_default());
    facts.offer(Field::Lang, item.attribute("lang").unwrap_or_default());
    facts.offer(Field::Id, item.attribute("itemid").unwrap_or_default());
    let source = item.inside(&["dc"]).into_iter().find(|dc| dc.attribute("element") == Some("dc.source"));
    facts.offer(Field::Outlet, source.and_then(|dc| dc.attribute("value")).unwrap_or_default());
    if let Some(text) = item.child("text") {
        story.text = super::nitf::text(text);
    }
    story
}
