//! What a page's own titles and addresses are, by which its article is told from others that it describes for programs: related
//! stories, the next one, all of a day.

use dom_query::Document;
use serde_json::{Map, Value};

use super::site::MARKS;
use super::top::folded;

/// The titles of a page, folded, and its addresses.
pub(super) struct Own {
    titles: Vec<String>,
    /// What stands before the last sign in a title, where the name of the site may stand behind it.
    parts: Vec<String>,
    addresses: Vec<String>,
}

/// More headings than these are a list.
const MOST: usize = 8;

/// In bytes: shorter titles stand in others by chance, longer ones are none.
const SHORTEST: usize = 12;
const LONGEST: usize = 1000;

impl Own {
    /// Those of a page with these meta elements, which was fetched from `address`.
    pub(super) fn of(document: &Document, metas: &[(String, String)], address: Option<&str>) -> Self {
        let headings = document.select("h1, title");
        let words = headings.nodes().iter().take(MOST).map(|node| node.text().to_string());
        let told = |names: &'static [&str]| {
            metas.iter().filter(|(name, _)| names.contains(&name.as_str())).map(|(_, value)| value.clone())
        };
        let titles = words.chain(told(&["og:title", "twitter:title"]));
        let titles: Vec<String> = titles.filter(|title| title.len() <= LONGEST).collect();
        let split = |title: &String| {
            let at = MARKS.iter().filter_map(|mark| title.rsplit_once(mark)).map(|(words, _)| folded(words));
            at.collect::<Vec<_>>()
        };
        let parts = titles.iter().flat_map(split).collect();
        let titles = titles.iter().map(|title| folded(title));
        let canonical = document.select(r#"link[rel="canonical"]"#);
        let canonical = canonical.nodes().iter().take(1).map(|link| link.attr_or("href", "").to_string());
        let addresses = canonical.chain(told(&["og:url"])).chain(address.map(str::to_owned));
        Self {
            titles: titles.filter(|title| !title.is_empty()).collect(),
            parts,
            addresses: addresses.filter(|address| !address.trim().is_empty()).collect(),
        }
    }

    /// How much of what a node of JSON-LD says is said of this page: its headline counts more than its address, which some systems
    /// set to that of the page in every node.
    pub(super) fn likeness(&self, node: &Map<String, Value>) -> u8 {
        let headline = ["headline", "name"].iter().find_map(|name| node.get(*name)?.as_str());
        let headline = headline.filter(|words| words.len() <= LONGEST).map(folded).unwrap_or_default();
        let titled = self.titles.iter().any(|title| {
            *title == headline
                || headline.len() >= SHORTEST && title.contains(&headline)
                || title.len() >= SHORTEST && headline.contains(title.as_str())
        });
        let address = |value: &Value| {
            let value = value.as_str().or_else(|| value.get("@id")?.as_str()).unwrap_or_default();
            self.addresses.iter().any(|own| is_same(own, value))
        };
        let here = ["url", "mainEntityOfPage", "@id"].iter().filter_map(|name| node.get(*name)).any(address);
        let titled = titled || self.parts.contains(&headline);
        2 * u8::from(titled && !headline.is_empty()) + u8::from(here)
    }
}

/// Whether two addresses lead to the same page: scheme, `www.`, a place in the page and a slash at the end do not count, and one of
/// them may be without a host.
fn is_same(one: &str, other: &str) -> bool {
    let bare = |address: &str| {
        let address = address.trim().split('#').next().unwrap_or_default();
        let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
        rest.strip_prefix("www.").unwrap_or(rest).trim_end_matches('/').to_owned()
    };
    let (one, other) = (bare(one), bare(other));
    let path = |address: &str| address.find('/').and_then(|at| address.get(at..)).unwrap_or_default().to_owned();
    match (one.starts_with('/'), other.starts_with('/')) {
        _ if one.is_empty() || other.is_empty() => false,
        (true, false) => path(&other) == one,
        (false, true) => path(&one) == other,
        _ => one == other,
    }
}

#[cfg(test)]
mod tests {
    use super::is_same;

    #[test]
    fn addresses_of_one_page() {
        for (one, other, same) in [
            ("https://www.x.example/a/", "http://x.example/a#top", true),
            ("https://x.example/a", "/a", true),
            ("https://x.example/a", "/b", false),
            ("https://x.example/a?id=1", "https://x.example/a?id=2", false),
            ("", "", false),
            ("https://x.example", "/", false),
        ] {
            assert_eq!(is_same(one, other), same, "{one} {other}");
        }
    }
}
