//! Which part of a page is the article.
//!
//! The choice is `dom_smoothie`'s, which follows Mozilla's Readability; the text is then built by our own
//! [`blocks`], so that paragraphs stay apart.

use dom_query::Document;
use dom_smoothie::{Config, Readability};

use super::blocks;

/// Readability weighs every element; pages of more are lists and forums, read by their words alone.
const MOST_ELEMENTS: usize = 100_000;

/// The text of the article in `document`.
///
/// `whole` is the text of the whole page; `title` is taken off where it stands at the head; `given` is the text
/// that the page's JSON-LD gives.
pub(super) fn read(document: Document, whole: String, title: Option<&str>, given: Option<&str>) -> String {
    let marked = marked(&document);
    let config = Config { max_elements_to_parse: MOST_ELEMENTS, disable_json_ld: true, ..Config::default() };
    let found = Readability::with_document(document, None, Some(config))
        .and_then(|mut page| page.parse())
        .map(|article| blocks::text(&Document::fragment(article.content).root()))
        .unwrap_or_default();
    let given = given.map(paragraphs).unwrap_or_default();
    // Readability sometimes settles on one block of many: then the page's own marks are the better guide.
    let text = if found.len() * 3 < marked.len() {
        marked
    } else if found.len() < 200 && found.len() * 2 < whole.len() {
        if given.len() > found.len() { given } else { whole }
    } else {
        found
    };
    without_title(text, title)
}

/// The longest element that is marked as the article or the main part.
fn marked(document: &Document) -> String {
    for selector in ["[itemprop='articleBody']", "article, main, [role='main']"] {
        let texts = document.select(selector);
        let longest = texts.nodes().iter().take(20).map(blocks::text).max_by_key(String::len);
        if let Some(text) = longest.filter(|text| text.len() > 500) {
            return text;
        }
    }
    String::new()
}

/// The text that JSON-LD gives, as paragraphs.
fn paragraphs(given: &str) -> String {
    if super::looks_marked_up(given) {
        return super::words_of(given);
    }
    let lines = given.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n\n")
}

fn without_title(text: String, title: Option<&str>) -> String {
    let first = text.split("\n\n").next().unwrap_or_default();
    match title {
        Some(title) if title.trim() == first.trim() => {
            text.get(first.len()..).unwrap_or_default().trim_start().to_owned()
        }
        _ => text,
    }
}
