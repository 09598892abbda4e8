//! One item of a feed: which of its elements is the text, and what it is written in.
//!
//! RSS leaves open whether a text is words or HTML, and says neither; Atom says it. Elements of other vocabularies
//! (media, podcasts) are told from the feed's own by their prefix.

use super::link;
use crate::article::facts::Facts;
use crate::article::fields::Field;
use crate::article::story::Story;
use crate::article::xml::Node;
use crate::article::{entities, html, prose, tags, wire};

/// What the feed says for all its items.
#[derive(Default)]
pub(super) struct Kept {
    pub(super) facts: Facts,
    /// Where it lies on the web.
    pub(super) address: Option<String>,
    /// What it names as that which relative addresses are relative to.
    pub(super) base: Option<String>,
    /// Where it was fetched from.
    pub(super) fetched: Option<String>,
}

/// The story in an item.
pub(super) fn story(item: Node<'_>, lang: Option<&str>, feed: &Kept) -> Story {
    let mut story = Story::default();
    let facts = &mut story.facts;
    let mut texts: Vec<(u8, Node<'_>)> = Vec::new();
    let mut names: Vec<String> = Vec::new();
    let around = feed.base.as_deref().or(feed.address.as_deref()).or(feed.fetched.as_deref());
    let own = item.attribute("base").and_then(|own| link::whole(own, around));
    let base = own.as_deref().or(around);
    for node in item.children() {
        let own = node.prefix() == item.prefix() || node.prefix() == "atom";
        let prefix = node.prefix();
        let words = || node.text().trim().to_owned();
        match node.name() {
            "title" if own => facts.offer_ranked(Field::Title, 0, &title(node)),
            "title" => facts.offer_ranked(Field::Title, 1, &title(node)),
            "encoded" if prefix != "excerpt" => texts.push((0, node)),
            "body" => texts.push((1, node)),
            "content" if own => texts.push((2, node)),
            "description" if own => texts.push((4, node)),
            "fulltext" | "full-text" => texts.push((3, node)),
            "summary" if prefix != "itunes" => texts.push((5, node)),
            "abstract" | "description" => texts.push((6, node)),
            "summary" | "encoded" => texts.push((7, node)),
            "group" => texts.extend(node.child("description").map(|node| (8, node))),
            "published" | "pubDate" => facts.offer_ranked(Field::Date, 0, &words()),
            "issued" | "date" => facts.offer_ranked(Field::Date, 1, &words()),
            "created" => facts.offer_ranked(Field::Date, 2, &words()),
            "updated" | "modified" => facts.offer_ranked(Field::Date, 3, &words()),
            "creator" => names.extend(author(node)),
            "author" if own => names.extend(author(node)),
            "author" => facts.offer_ranked(Field::Byline, 2, &author(node).unwrap_or_default()),
            "category" | "subject" => {
                let label = ["label", "term"].iter().find_map(|name| node.attribute(name)).map(str::to_owned);
                facts.offer(Field::Section, label.unwrap_or_else(words));
            }
            "link" if own => facts.offer_ranked(Field::Url, 0, &link::of(node, base).unwrap_or_default()),
            "origLink" => facts.offer_ranked(Field::Url, 0, &words()),
            "guid" | "id" => {
                facts.offer(Field::Id, words());
                if node.attribute("isPermaLink") != Some("false") {
                    facts.offer_ranked(Field::Url, 1, &link::whole(&words(), None).unwrap_or_default());
                }
            }
            // Where the item was taken over from.
            "source" => {
                let name = node.child("title").map_or_else(|| line(node), line);
                facts.offer(Field::Outlet, if wire::is_address(&name) { "" } else { &name });
            }
            "language" => facts.offer(Field::Lang, words()),
            _ => {}
        }
    }
    let about = item.attribute("about").unwrap_or_default();
    facts.offer_ranked(Field::Url, 2, &link::whole(about, None).unwrap_or_default());
    facts.offer_ranked(Field::Id, 1, about);
    names.dedup();
    facts.offer(Field::Byline, names.join(", "));
    texts.sort_by_key(|(rank, _)| *rank);
    for (_, node) in texts {
        let text = text(node);
        if !text.trim().is_empty() {
            facts.offer(Field::Lang, node.attribute("lang").unwrap_or_default());
            story.text = text;
            break;
        }
    }
    let facts = &mut story.facts;
    facts.offer(Field::Lang, item.attribute("lang").or(lang).unwrap_or_default());
    // Most feeds of one author are named after him.
    let others = &feed.facts;
    let named_after = others.get(Field::Byline) == others.get(Field::Outlet);
    for field in [Field::Outlet, Field::Lang, Field::Byline] {
        let known = others.get(field).filter(|_| field != Field::Byline || !named_after);
        if facts.get(field).is_none() {
            facts.offer(field, known.unwrap_or_default());
        }
    }
    story
}

/// The words of an element on one line, with the references of HTML that RSS hides in words resolved.
pub(super) fn line(node: Node<'_>) -> String {
    let words = node.text();
    entities::decode(&words).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn line_of(node: Node<'_>) -> Option<String> {
    Some(line(node)).filter(|line| !line.is_empty())
}

/// A title, which may be HTML or hide it.
fn title(node: Node<'_>) -> String {
    if node.children().next().is_some() {
        return tags::words_of(&node.to_html());
    }
    let words = node.text();
    if tags::are_in(&words) { tags::words_of(&words) } else { words }
}

/// Who an element `author` names: Atom in an element of its own, RSS behind an address: `desk@x.example (Ada Bell)`.
pub(super) fn author(node: Node<'_>) -> Option<String> {
    if let Some(name) = node.child("name") {
        return line_of(name);
    }
    let words = line_of(node)?;
    if !words.contains('@') {
        return Some(words);
    }
    // Or the other way round: `Ada Bell (mailto:ada@x.example)`.
    let parts = words.split(['(', ')', '<', '>']).map(str::trim);
    parts.into_iter().find(|part| !part.is_empty() && !part.contains('@')).map(str::to_owned)
}

/// The text in an element.
fn text(node: Node<'_>) -> String {
    if node.attribute("src").is_some() && node.text().trim().is_empty() {
        return String::new();
    }
    if node.children().next().is_some() {
        return tags::words_of(&node.to_html());
    }
    let words = node.text();
    match node.attribute("type") {
        Some("text" | "text/plain") => prose::set(&words),
        // A picture, or a document of another kind, packed in letters.
        Some(kind) if kind.contains('/') && !["text", "html", "xml"].iter().any(|text| kind.contains(text)) => {
            String::new()
        }
        Some("html" | "text/html" | "xhtml") => page(&words),
        _ if tags::are_in(&words) => page(&words),
        _ => prose::set(&entities::decode(&words)),
    }
}

/// Words of HTML; without any paragraphs in it, blank lines are the ends of paragraphs.
fn page(words: &str) -> String {
    if html::looks_marked_up(words) || !words.trim().contains("\n\n") {
        return tags::words_of(words);
    }
    tags::words_of(&format!("<p>{}</p>", words.trim().replace("\r\n", "\n").replace("\n\n", "</p><p>")))
}
