//! METS: what a library says of an issue, whose pages lie in files beside it or, rarely, in it.
//!
//! Of pages inside it, title and day of the issue are those of each. A file that only names its pages has no text, and
//! says so, with what it knows of the issue.

use std::cell::RefCell;
use std::io::BufRead;
use std::rc::Rc;

use super::alto;
use crate::article::facts::{self, Facts};
use crate::article::fields::Field;
use crate::article::read::ReadOptions;
use crate::article::story::Stories;
use crate::article::xml::{self, Branch, Branches, Node, Pick};
use crate::article::{Reading, Source, published};
use crate::text::day::PartialDate;

/// What is known of an issue of a newspaper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Issue {
    /// The newspaper.
    pub outlet: Option<String>,
    /// The day of the issue.
    pub published: Option<PartialDate>,
}

impl Issue {
    /// The issue that a METS file describes; nothing where it is none, or says neither title nor day.
    pub fn read(mut input: Box<dyn BufRead + '_>) -> Option<Self> {
        let head = input.fill_buf().ok()?.to_vec();
        let root = xml::root(&head).filter(|root| root.name.eq_ignore_ascii_case("mets"))?;
        let mut facts = Facts::default();
        read_label(root.attribute("LABEL").unwrap_or_default(), &mut facts);
        let (markup, _) = xml::markup(input, &head);
        for branch in Branches::new(markup, |_, tag| if tag.local() == "dmdSec" { Pick::Take } else { Pick::Into }) {
            if let Branch::Grown(tree, _, _) = branch {
                describe(tree.root(), &mut facts);
            }
            // The sections come first; what follows is long, and of the pages.
            if facts.get(Field::Outlet).is_some() && facts.get(Field::Date).is_some() {
                break;
            }
        }
        let published = facts.get(Field::Date).and_then(published::read_sure);
        let outlet = facts.get(Field::Outlet).and_then(facts::one_line);
        (outlet.is_some() || published.is_some()).then_some(Self { outlet, published })
    }
}

/// Reads the pages in a file.
pub(in crate::article) fn read<'a>(
    place: Source,
    input: Box<dyn BufRead + 'a>,
    head: &[u8],
    options: &'a ReadOptions,
) -> impl Iterator<Item = Reading> + 'a {
    let mut facts = Facts::default();
    if let Some(label) = xml::root(head).as_ref().and_then(|root| root.attribute("LABEL")) {
        read_label(label, &mut facts);
    }
    let issue = Rc::new(RefCell::new(facts));
    let (markup, guessed) = xml::markup(input, head);
    let branches = Branches::new(markup, |_, tag| match tag.local() {
        "dmdSec" | "Page" | "ReadingOrder" => Pick::Take,
        _ => Pick::Into,
    });
    let mut order = Vec::new();
    let known = Rc::clone(&issue);
    let nothing = move || {
        let known = known.borrow();
        let named: Vec<&str> = [Field::Outlet, Field::Date].iter().filter_map(|field| known.get(*field)).collect();
        let named = if named.is_empty() { String::new() } else { format!(" of {}", named.join(", ")) };
        format!("METS{named}: it lists pages, whose text lies in other files")
    };
    Stories::new((branches, guessed), nothing, move |tree, lang| {
        let root = tree.root();
        match root.name() {
            "ReadingOrder" => order = alto::ordered(root),
            "dmdSec" => describe(root, &mut issue.borrow_mut()),
            _ => {
                let mut story = alto::page(root, &order);
                story.facts.offer_all(&issue.borrow());
                story.facts.offer(Field::Lang, lang.unwrap_or_default());
                return Some(vec![alto::finish(story, &place, options)]);
            }
        }
        None
    })
}

/// A label such as `Ellery Courier, 1916-11-06`.
fn read_label(label: &str, facts: &mut Facts) {
    let parts: Vec<&str> = label.split(", ").collect();
    // The day may hold a comma itself: `Ellery Courier, November 6, 1916`.
    let dated = |count: usize| {
        let (title, day) = parts.split_at_checked(parts.len().checked_sub(count)?)?;
        let day = day.join(", ");
        let date = published::read_sure(&day).filter(|_| day.bytes().any(|b| b.is_ascii_digit()))?;
        Some((title.join(", "), day, matches!(date, PartialDate::Day(_))))
    };
    let found: Vec<_> = (1..parts.len().min(4)).filter_map(dated).collect();
    match found.iter().find(|(_, _, whole)| *whole).or(found.first()) {
        Some((title, day, _)) => {
            facts.offer_ranked(Field::Date, 2, day);
            facts.offer_ranked(Field::Outlet, 1, title);
        }
        None => facts.offer_ranked(Field::Outlet, 1, label),
    }
}

/// What a section of metadata (MODS or Dublin Core) says of the issue.
fn describe(section: Node<'_>, facts: &mut Facts) {
    let line = |node: Node<'_>| node.text().split_whitespace().collect::<Vec<_>>().join(" ");
    for host in section.inside(&["relatedItem"]) {
        if let Some(title) = host.at(&["titleInfo", "title"]).filter(|_| host.attribute("type") == Some("host")) {
            facts.offer_ranked(Field::Outlet, 0, &line(title));
        }
    }
    for node in section.inside(&["dateIssued", "date", "title", "languageTerm", "language"]) {
        let doubtful = node.attribute("qualifier").is_some() || node.attribute("qualifer").is_some();
        match node.name() {
            "dateIssued" if !doubtful => facts.offer_ranked(Field::Date, 0, &line(node)),
            "date" | "dateIssued" => facts.offer_ranked(Field::Date, 1, &line(node)),
            "title" => facts.offer_ranked(Field::Outlet, 2, &line(node)),
            _ => facts.offer(Field::Lang, line(node)),
        }
    }
}
