//! The SGML of the collection Reuters-21578: a thousand articles a file.
//!
//! Its tags are regular, but it is older than XML: nothing closes itself, and control characters mark where a text
//! begins and ends. The dateline, which it keeps apart, stands before the first words again, as it was sent.

use std::io::BufRead;

use super::fields::Field;
use super::read::ReadOptions;
use super::story::{Stories, Story};
use super::xml::{self, Branches, Node, Pick, Tree};
use super::{Reading, Source, prose};

/// Reads the articles of a file.
pub(super) fn read<'a>(
    place: Source,
    input: Box<dyn BufRead + 'a>,
    head: &[u8],
    options: &'a ReadOptions,
) -> impl Iterator<Item = Reading> + 'a {
    let (markup, guessed) = xml::markup(input, head);
    let branches = Branches::new(markup, |_, tag| match tag.local() {
        "REUTERS" => Pick::TakeFlat,
        _ => Pick::Into,
    });
    let nothing = || "no article in it: there is no element <REUTERS>".to_owned();
    let make = move |tree: &Tree, _: Option<&str>| Some(vec![story(tree.root()).into_reading(&place, options)]);
    Stories::new((branches, guessed), nothing, make).numbered()
}

fn story(item: Node<'_>) -> Story {
    let mut story = Story::default();
    let line = |node: Node<'_>| node.text().split_whitespace().collect::<Vec<_>>().join(" ");
    let facts = &mut story.facts;
    facts.offer(Field::Outlet, "Reuters");
    facts.offer(Field::Lang, "en");
    facts.offer(Field::Date, item.child("DATE").map(line).unwrap_or_default());
    facts.offer(Field::Id, item.attribute("NEWID").unwrap_or_default());
    facts.offer(Field::Section, item.at(&["TOPICS", "D"]).map(line).unwrap_or_default());
    // It stands in the text, but some copies keep it outside.
    let find = |name: &str| item.at(&["TEXT", name]).or_else(|| item.child(name));
    // Flashes have asterisks before their title.
    let title = find("TITLE").map(line).unwrap_or_default();
    facts.offer(Field::Title, title.trim_start_matches(['*', ' ']));
    facts.offer(Field::Byline, find("AUTHOR").map(line).unwrap_or_default());
    let body = find("BODY").map(Node::text);
    let text = match body {
        Some(body) => format!("{}{body}", find("DATELINE").map(Node::text).unwrap_or_default()),
        // Without any structure; of what has one, a text that is not there.
        None if title.is_empty() => item.child("TEXT").map(Node::text).unwrap_or_default(),
        None => String::new(),
    };
    story.text = without_mark(prose::kept(&text));
    story
}

/// The text without the agency's mark at its end.
fn without_mark(mut text: String) -> String {
    let last = text.rsplit('\n').next().unwrap_or_default().trim();
    if matches!(last, "Reuter" | "REUTER" | "Reuters" | "REUTERS") {
        text.truncate(text.rfind('\n').unwrap_or(0));
        text.truncate(text.trim_end().len());
    }
    text
}
