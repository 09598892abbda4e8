//! Web pages: the article in them, and what they say about it.
//!
//! A page is read once into an outline of its blocks ([`blocks`]). What it says of itself comes in layers: JSON-LD ([`linked`]),
//! meta elements ([`meta`]), then what stands around the headline ([`top`]); each fact has its file. Which blocks are the article is
//! decided in [`content`]; a quotation is never glued to its neighbour.

mod blocks;
mod bylines;
mod clues;
mod content;
mod dates;
mod features;
mod headings;
mod hints;
mod layout;
pub mod lesson;
mod linked;
mod marks;
mod meta;
mod microdata;
mod own;
mod phrases;
mod site;
mod tame;
mod titles;
mod top;
mod weights;

use dom_query::Document;

use super::facts::Facts;
use super::fields::Field;
use super::read::ReadOptions;
use super::{Article, Reading, Source, charset};
use crate::text::problem::{Place, Problem};

/// A page of more elements is a list of everything. Its tree would take a hundred times its size in memory.
const MOST_ELEMENTS: usize = 400_000;

/// Reads the article of a page.
pub(super) fn read(source: Source, bytes: Vec<u8>, options: &ReadOptions) -> Reading {
    if tame::elements(&bytes) > MOST_ELEMENTS {
        let said = format!("a page of more than {MOST_ELEMENTS} elements: not one article");
        return Reading::Skipped(Problem::new(Place::Whole, said));
    }
    let (page, problem) = Outlined::read(bytes, options.charset.as_deref(), options.url.as_deref());
    let mut problems: Vec<Problem> = problem.into_iter().collect();
    let mut facts = page.facts.clone();
    let top = top::Top::of(&page.outline, page.seen.as_deref());
    bylines::read(&page.metas, &page.linked, &page.outline, &top, &mut facts);
    dates::read(&page, &top, options.zone.is_some(), &mut facts);
    let body = page.content().text();
    if body.is_empty() && page.facts.get(Field::Title).is_none() {
        return Reading::Skipped(Problem::new(Place::Whole, "no article in this page: neither a text nor a title"));
    }
    let mut article = Article::from_text(source, body);
    problems.extend(facts.onto(&mut article, options));
    Reading::Article(Box::new(article), problems)
}

/// A page taken apart: its blocks, and what it says of itself for programs.
struct Outlined {
    outline: blocks::Outline,
    /// Name and content of its meta elements.
    metas: Vec<(String, String)>,
    linked: linked::Linked,
    /// The language of its root element, as it is written.
    lang: Option<String>,
    /// What stands on it in the place of the headline.
    seen: Option<String>,
    /// The headline, and what the meta elements and JSON-LD say plainly.
    facts: Facts,
}

impl Outlined {
    /// Reads a page, in the character set that it came with, else in the one that it names, and from this address.
    fn read(bytes: Vec<u8>, charset: Option<&str>, address: Option<&str>) -> (Self, Option<Problem>) {
        let declared = charset.map(str::to_owned).or_else(|| meta::charset(&bytes));
        let (text, problem) = charset::decode(bytes, declared.as_deref());
        let document = Document::from(tame::tame(&text).as_ref());
        drop(text);
        let outline = document.body().map(|body| blocks::read(&body)).unwrap_or_default();
        let metas = meta::metas(&document);
        let lang = document.select_single("html[lang]").attr("lang").map(|lang| lang.to_string());
        let mut facts = Facts::default();
        let own = own::Own::of(&document, &metas, address);
        let linked = linked::read(&document, &own, &mut facts);
        let base = meta::base(&document, address);
        microdata::read(&document, base.as_deref(), &mut facts);
        meta::read(&document, &metas, (lang.as_deref(), base.as_deref()), &mut facts);
        if let Some(address) = address {
            facts.offer(Field::Url, address);
        }
        let site = site::Site::new(meta::sites(&metas, &facts), facts.get(Field::Url));
        let titles = titles::Titles::of(&document, &metas, linked.headline.as_deref(), site);
        if let Some(title) = titles.best() {
            facts.offer(Field::Title, title);
        }
        if let Some(site) = titles.site() {
            facts.offer(Field::Outlet, site);
        }
        let seen = titles.seen();
        (Self { outline, metas, linked, lang, seen, facts }, problem)
    }

    fn content(&self) -> content::Page<'_> {
        let summary = self.metas.iter().find(|(name, _)| name == "description" || name == "og:description");
        let summary = summary.map(|(_, value)| value.as_str());
        content::Page::new(&self.outline, self.seen.as_deref(), summary, self.linked.body.as_deref())
    }
}

/// Whether a text is HTML rather than words.
pub(super) fn looks_marked_up(text: &str) -> bool {
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find('<')) {
        let tag = text.get(at + found + 1..).unwrap_or_default();
        let tag = tag.strip_prefix('/').unwrap_or(tag);
        let named = ["p>", "p ", "br>", "br/", "br /", "div>", "div ", "h2>", "ul>", "blockquote>"];
        if named.iter().any(|name| tag.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name))) {
            return true;
        }
        at += found + 1;
    }
    false
}

/// The words of a piece of HTML, a blank line between paragraphs.
pub(super) fn words_of(html: &str) -> String {
    if tame::elements(html.as_bytes()) > MOST_ELEMENTS {
        return tame::bare(html);
    }
    let document = Document::fragment(tame::tame(html).as_ref());
    blocks::text(&document.root())
}
