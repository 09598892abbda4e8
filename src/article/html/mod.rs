//! Web pages: the article in them, and what they say about it.
//!
//! What a page says of itself comes in layers, surest first: JSON-LD ([`linked`]), meta elements
//! ([`meta`]), then what stands on the page ([`page`]). The text is built paragraph by paragraph
//! ([`blocks`]) from what [`content`] takes for the article; a quotation is never glued to its neighbour.

mod blocks;
mod content;
mod linked;
mod meta;
mod page;
mod tame;
mod titles;

use dom_query::Document;

use super::facts::Facts;
use super::fields::Field;
use super::read::ReadOptions;
use super::{Article, Reading, Source, charset};
use crate::text::problem::{Place, Problem};

/// Reads the article of a page.
pub(super) fn read(source: Source, bytes: Vec<u8>, options: &ReadOptions) -> Reading {
    let declared = options.charset.clone().or_else(|| meta::charset(&bytes));
    let (text, problem) = charset::decode(bytes, declared.as_deref());
    let mut problems: Vec<Problem> = problem.into_iter().collect();
    let document = Document::from(tame::tame(&text).as_ref());
    drop(text);

    let mut facts = Facts::default();
    let linked = linked::read(&document, &mut facts);
    let titles = titles::Titles::of(&document, linked.headline.as_deref());
    if let Some(title) = titles.best() {
        facts.offer(Field::Title, title);
    }
    meta::read(&document, &mut facts);
    page::read(&document, &mut facts);
    let whole = document.body().map(|body| blocks::text(&body)).unwrap_or_default();
    page::near_headline(&whole, &mut facts);
    if let Some(url) = &options.url {
        facts.offer(Field::Url, url.as_str());
    }

    let body = content::read(document, whole, facts.get(Field::Title), linked.body.as_deref());
    if body.is_empty() && facts.get(Field::Title).is_none() {
        return Reading::Skipped(Problem::new(Place::Whole, "no article in this page: neither a text nor a title"));
    }
    let mut article = Article::from_text(source, body);
    problems.extend(facts.onto(&mut article, options));
    Reading::Article(Box::new(article), problems)
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
    let document = Document::fragment(tame::tame(html).as_ref());
    blocks::text(&document.root())
}
