//! NewsML 1: items of components in components, of which some hold a text.
//!
//! An article is a component with a headline, or the outermost one where none has; its text is what is found in
//! it and belongs to no other. Components play roles, and only those of a text are read: captions, contacts and style
//! sheets are not. Of several forms of one text, the richest is taken.

use std::io::BufRead;
use std::rc::Rc;

use super::{line, packed, take_text};
use crate::article::facts::Facts;
use crate::article::fields::Field;
use crate::article::read::ReadOptions;
use crate::article::story::{Stories, Story};
use crate::article::xml::{self, Branches, Node, Pick, Tree};
use crate::article::{Reading, Source, wire};
use crate::text::problem::{Place, Problem};

/// Roles of components whose words are not the article's, in lower case.
const ASIDE: [&str; 19] = [
    "stylesheet",
    "headline",
    "contact",
    "contacts",
    "logo",
    "photo",
    "picture",
    "image",
    "graphic",
    "video",
    "audio",
    "caption",
    "thumbnail",
    "preview",
    "quicklook",
    "icon",
    "related",
    "relateddocuments",
    "boilerplate",
];

/// Reads the items of a file.
pub(in crate::article) fn read<'a>(
    place: Source,
    input: Box<dyn BufRead + 'a>,
    head: &[u8],
    options: &'a ReadOptions,
) -> impl Iterator<Item = Reading> + 'a {
    let (markup, guessed) = xml::markup(input, head);
    let branches = Branches::new(markup, |_, tag| match tag.local() {
        "NewsItem" | "NewsEnvelope" => Pick::Take,
        _ => Pick::Into,
    });
    let mut sender = String::new();
    let mut sent = String::new();
    Stories::new(
        (branches, guessed),
        || "no news item in it".to_owned(),
        move |tree: &Tree, lang| {
            let root = tree.root();
            if root.name() == "NewsEnvelope" {
                sender = root
                    .at(&["SentFrom", "Party"])
                    .and_then(|party| party.attribute("FormalName"))
                    .unwrap_or_default()
                    .to_owned();
                sent = root.child("DateAndTime").map(line).unwrap_or_default();
                return None;
            }
            let stories = match stories(root) {
                Ok(stories) => stories,
                Err(problem) => return Some(vec![Reading::Skipped(problem)]),
            };
            let finish = |mut story: Story| {
                story.facts.offer_ranked(Field::Outlet, 1, &sender);
                story.facts.offer_ranked(Field::Date, 3, &wire::moment(&sent));
                story.facts.offer(Field::Lang, lang.unwrap_or_default());
                story.into_reading(&place, options)
            };
            Some(stories.into_iter().map(finish).collect())
        },
    )
}

/// The articles in an item, or why there is none.
fn stories(item: Node<'_>) -> Result<Vec<Story>, Problem> {
    let said = |message: &str| Problem::new(Place::Whole, message);
    let management = item.child("NewsManagement");
    let status = management.and_then(|node| node.child("Status")).and_then(|node| node.attribute("FormalName"));
    if let Some(problem) = status.and_then(wire::withdrawn) {
        return Err(problem);
    }
    if item.child("NewsComponent").is_none() {
        let what = match item.children().map(Node::name).find(|name| matches!(*name, "Update" | "TopicSet")) {
            Some("Update") => "a change to an item that lies elsewhere: it has no text of its own",
            Some(_) => "a vocabulary: no article",
            None => "a news item without content",
        };
        return Err(said(what));
    }
    let mut common = Facts::default();
    let facts = &mut common;
    let moment = |name: &str| management.and_then(|node| node.child(name)).map(|node| wire::moment(&line(node)));
    let made = moment("ThisRevisionCreated").or_else(|| moment("FirstCreated"));
    let change = management.and_then(|node| node.at(&["StatusWillChange", "DateAndTime"]));
    let until = change.filter(|_| status.is_some_and(wire::embargoed)).map(|node| wire::moment(&line(node)));
    facts.offer_ranked(Field::Date, 0, &wire::released(made, until).unwrap_or_default());
    facts.offer_ranked(Field::Date, 1, &moment("FirstCreated").unwrap_or_default());
    if let Some(identifier) = item.at(&["Identification", "NewsIdentifier"]) {
        let of = |name: &str| identifier.child(name).map(line).unwrap_or_default();
        facts.offer_ranked(Field::Date, 2, &of("DateId"));
        facts.offer_ranked(Field::Id, 0, &of("PublicIdentifier"));
        facts.offer_ranked(Field::Id, 1, &of("NewsItemId"));
        facts.offer_ranked(Field::Outlet, 4, &of("ProviderId"));
    }
    let mut walk = Walk { common: Rc::new(common), found: Vec::new(), other: None };
    for component in item.children().filter(|child| child.name() == "NewsComponent") {
        walk.component(component);
    }
    let mut stories = walk.found;
    // A text is an article; where there is none, a headline may be.
    if stories.iter().any(Story::has_text) {
        stories.retain(Story::has_text);
    } else {
        stories.truncate(1);
        if let Some(problem) = walk.other {
            return Err(problem);
        }
        if stories.first().is_none_or(|story| story.facts.get(Field::Title).is_none()) {
            return Err(said("a news item without a text or a headline"));
        }
    }
    Ok(stories)
}

/// What is found in the components of an item.
struct Walk {
    /// What holds for all of them.
    common: Rc<Facts>,
    found: Vec<Story>,
    /// What it is, where it is no text.
    other: Option<Problem>,
}

/// A component whose parts are still to be read.
struct Open<'t> {
    node: Node<'t>,
    /// The story that it belongs to.
    story: usize,
    /// What those around it say.
    around: Rc<Facts>,
}

impl Walk {
    /// Reads a component and those in it, outermost first, without going deeper for deeper ones.
    fn component(&mut self, outermost: Node<'_>) {
        self.found.push(Story::default());
        let around = Rc::clone(&self.common);
        let mut open = vec![Open { node: outermost, story: self.found.len() - 1, around }];
        while let Some(Open { node, mut story, around }) = open.pop() {
            let role =
                node.child("Role").and_then(|role| role.attribute("FormalName")).map(wire::code).unwrap_or_default();
            let role = role.to_lowercase();
            if ASIDE.contains(&role.as_str()) {
                let kind = wire::other_than_text(&role);
                self.other = self.other.take().or(kind);
                continue;
            }
            let mut facts = Facts::clone(&around);
            let above = describe(node, &mut facts);
            let headed = node.at(&["NewsLines", "HeadLine"]).is_some();
            let taken = |story: &Story| story.has_text() || story.facts.get(Field::Title).is_some();
            if headed && self.found.get(story).is_some_and(taken) {
                self.found.push(Story::default());
                story = self.found.len() - 1;
            }
            let before = self.found.get(story).map_or(0, |own| own.text.len());
            self.take(node, story);
            if let Some(own) = self.found.get_mut(story) {
                own.facts.offer_all(&facts);
                super::add(&mut own.above, &above);
                if role == "subheadline" {
                    let words = own.text.split_off(before);
                    super::add(&mut own.above, &words);
                }
            }
            let around = Rc::new(facts);
            let inner: Vec<Node<'_>> = node.children().filter(|child| child.name() == "NewsComponent").collect();
            open.extend(inner.into_iter().rev().map(|node| Open { node, story, around: Rc::clone(&around) }));
        }
    }

    /// Takes the text out of the items of content of a component.
    fn take(&mut self, node: Node<'_>, at: usize) {
        let mut forms: Vec<(u8, Node<'_>, bool)> = Vec::new();
        for item in node.children().filter(|child| child.name() == "ContentItem") {
            let of = |name: &str| {
                item.child(name).and_then(|node| node.attribute("FormalName")).unwrap_or_default().to_lowercase()
            };
            let kind = format!("{} {} {}", of("Format"), of("MimeType"), of("MediaType"));
            if ["css", "javascript", "jpeg", "gif", "png", "image"].iter().any(|other| kind.contains(other)) {
                self.other = self.other.take().or_else(|| wire::other_than_text(&of("MediaType")));
                continue;
            }
            let packed = item.child("Encoding").filter(|_| item.child("DataContent").is_none());
            let notation = packed.and_then(|packed| packed.attribute("Notation")).unwrap_or_default();
            let Some(content) = packed.unwrap_or(item).child("DataContent") else {
                self.other = self.other.take().or_else(|| wire::other_than_text(&of("MediaType"))).or_else(|| {
                    let address = item.attribute("Href")?;
                    Some(Problem::new(Place::Whole, format!("its content is not in this file but at {address}")))
                });
                continue;
            };
            let rank = match content.children().next().map(Node::name) {
                Some("nitf" | "body.content") => 0,
                Some(_) => 1,
                None => 2,
            };
            forms.push((rank, content, packed::is_base64(notation)));
        }
        // Items side by side are one text in several forms, where their forms differ or the component says so.
        let best = forms.iter().map(|(rank, ..)| *rank).min();
        let equal = node.attribute("EquivalentsList") == Some("yes");
        let kept = forms.into_iter().filter(|(rank, ..)| Some(*rank) == best).take(if equal { 1 } else { usize::MAX });
        if let Some(story) = self.found.get_mut(at) {
            for (_, content, packed) in kept {
                if packed {
                    super::add(&mut story.text, &packed::words(&content.text(), "").unwrap_or_default());
                } else {
                    take_text(content, story);
                }
            }
        }
    }
}

/// Reads what a component says of itself; returns what is printed above its text.
fn describe(node: Node<'_>, facts: &mut Facts) -> String {
    let mut above = String::new();
    for child in node.child("NewsLines").into_iter().flat_map(Node::children) {
        match child.name() {
            "HeadLine" => facts.replace(Field::Title, &line(child)),
            "SubHeadLine" => super::add(&mut above, &line(child)),
            "ByLine" => facts.offer(Field::Byline, wire::names(&line(child))),
            _ => {}
        }
    }
    let formal = |path: &[&str]| node.at(path).and_then(|node| node.attribute("FormalName")).unwrap_or_default();
    facts.offer_ranked(Field::Outlet, 0, formal(&["AdministrativeMetadata", "Provider", "Party"]));
    facts.offer_ranked(Field::Outlet, 2, formal(&["AdministrativeMetadata", "Source", "Party"]));
    // What stands nearer to the text is surer.
    for lang in [formal(&["DescriptiveMetadata", "Language"]), node.attribute("lang").unwrap_or_default()] {
        if !lang.is_empty() {
            facts.replace(Field::Lang, lang);
            break;
        }
    }
    above
}
