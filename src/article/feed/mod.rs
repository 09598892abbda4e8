//! RSS of every version, RDF and Atom: an item an article, one after another.
//!
//! What the feed says of itself (its title, its language, its author) holds for its items, also where it stands behind
//! them. An item gives its whole text, else its summary, else its headline alone; only one without any words is none.

mod item;
mod link;

use std::io::{BufRead, Cursor};

use item::Kept;
pub(super) use link::whole;

use super::facts::Facts;
use super::fields::Field;
use super::read::ReadOptions;
use super::story::Stories;
use super::xml::{self, Around, Branch, Branches, Node, Pick, Step, Tag, Tree};
use super::{Reading, Source};

/// Reads the items of a feed.
pub(super) fn read<'a>(
    place: Source,
    input: Box<dyn BufRead + 'a>,
    head: &[u8],
    options: &'a ReadOptions,
) -> impl Iterator<Item = Reading> + 'a {
    let mut feed = Channel::default();
    feed.kept.fetched.clone_from(&options.url);
    feed.kept.base = base(head).and_then(|base| whole(&base, options.url.as_deref()));
    // Small feeds that speak of themselves at their end are whole in the head.
    let (markup, _) = xml::markup(Box::new(Cursor::new(head.to_vec())), head);
    for branch in Branches::new(markup, pick) {
        if let Branch::Grown(tree, lang, _) = branch {
            feed.note(&tree, lang.as_deref());
        }
    }
    let (markup, guessed) = xml::markup(input, head);
    Stories::new(
        (Branches::new(markup, pick), guessed),
        || "no item in this feed".to_owned(),
        move |tree, lang| {
            if !is_item(tree.root().name()) {
                feed.note(tree, lang);
                return None;
            }
            Some(vec![item::story(tree.root(), lang, &feed.kept).into_reading(&place, options)])
        },
    )
}

/// The `xml:base` of the outermost element.
fn base(head: &[u8]) -> Option<String> {
    let (mut markup, _) = xml::markup(Box::new(Cursor::new(head.to_vec())), head);
    loop {
        match markup.step() {
            Step::Open(tag) => return tag.attribute("base"),
            Step::End(_) => return None,
            _ => {}
        }
    }
}

fn is_item(name: &str) -> bool {
    matches!(name, "item" | "entry")
}

fn pick(around: &[Around], tag: &Tag<'_>) -> Pick {
    match tag.local() {
        // An item holds no other; RDF lists them by reference before they come.
        name if is_item(name) => Pick::TakeFlat,
        "items" => Pick::Take,
        "title" | "language" | "link" | "author" | "publisher"
            if matches!(around.last().map(Around::name), Some("channel" | "feed")) =>
        {
            Pick::Take
        }
        _ => Pick::Into,
    }
}

/// What a feed says of itself.
#[derive(Default)]
struct Channel {
    kept: Kept,
}

impl Channel {
    fn note(&mut self, tree: &Tree, lang: Option<&str>) {
        let node: Node<'_> = tree.root();
        let facts: &mut Facts = &mut self.kept.facts;
        let words = || item::line(node);
        let plain = matches!(node.prefix(), "" | "atom" | "rss" | "a" | "a10");
        match node.name() {
            "title" if plain => facts.offer(Field::Outlet, words()),
            "publisher" => facts.offer_ranked(Field::Outlet, 5, &words()),
            "language" => facts.offer(Field::Lang, words()),
            "author" if plain => facts.offer(Field::Byline, item::author(node).unwrap_or_default()),
            "link" if self.kept.address.is_none() => {
                self.kept.address = link::of(node, self.kept.base.as_deref().or(self.kept.fetched.as_deref()))
            }
            _ => {}
        }
        facts.offer_ranked(Field::Lang, 1, lang.unwrap_or_default());
    }
}
