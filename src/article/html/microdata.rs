//! Microdata: what a page marks in its own elements as schema.org's properties of its article.

use dom_query::{Document, NodeRef};

use crate::article::facts::{Facts, one_line};
use crate::article::feed::whole;
use crate::article::fields::Field;

/// More elements than these are a list of articles.
const MOST: usize = 50;

/// No name, section or language is longer, in bytes.
const LONGEST: usize = 120;

/// Offers the outlet, the section, the language and the address that they give; a relative address is made whole by `base`.
pub(super) fn read(document: &Document, base: Option<&str>, facts: &mut Facts) {
    let first = |property: &str, value: &dyn Fn(&NodeRef<'_>) -> Option<String>| {
        let found = document.select(&format!("[itemprop~=\"{property}\"]"));
        let mut values = found.nodes().iter().take(MOST).filter(|node| is_of_article(node)).filter_map(value);
        values.next().unwrap_or_default()
    };
    facts.offer(Field::Outlet, first("publisher", &publisher));
    facts.offer(Field::Section, first("articleSection", &words));
    facts.offer(Field::Lang, first("inLanguage", &words));
    let address = |node: &NodeRef<'_>| {
        let given = ["href", "content", "itemid"].into_iter().find_map(|name| node.attr(name));
        whole(&given?, base)
    };
    facts.offer(Field::Url, first("url", &address));
    facts.offer(Field::Url, first("mainEntityOfPage", &address));
}

/// Whether the thing whose property this is is an article.
fn is_of_article(node: &NodeRef<'_>) -> bool {
    let thing = node.ancestors_it(None).find(|around| around.has_attr("itemscope"));
    let kind = thing.and_then(|thing| thing.attr("itemtype")).unwrap_or_default();
    ["Article", "BlogPosting", "Report"].iter().any(|name| kind.trim().ends_with(name))
}

/// The words of a property: those made for programs, else those that readers see.
fn words(node: &NodeRef<'_>) -> Option<String> {
    let words = node.attr("content").map_or_else(|| node.text().to_string(), |content| content.to_string());
    one_line(&words).filter(|words| words.len() <= LONGEST && !words.contains("://"))
}

/// The name of a publisher: a property of it, where it is a thing of its own.
fn publisher(node: &NodeRef<'_>) -> Option<String> {
    if !node.has_attr("itemscope") {
        return words(node);
    }
    let inner = node.descendants_it().take(MOST).find(|inner| inner.attr("itemprop").as_deref() == Some("name"));
    inner.as_ref().and_then(words)
}
