//! Addresses in feeds: which link leads to the article, and what a relative one is relative to.

use crate::article::wire;
use crate::article::xml::Node;

/// The address that a link gives: RSS as words, Atom in an attribute and only where it leads to the article itself.
pub(super) fn of(link: Node<'_>, base: Option<&str>) -> Option<String> {
    let href = match link.attribute("href") {
        Some(href) if matches!(link.attribute("rel"), None | Some("alternate")) => href.to_owned(),
        Some(_) => return None,
        None => link.text().trim().to_owned(),
    };
    let own = link.attribute("base").and_then(|own| whole(own, base));
    whole(&href, own.as_deref().or(base))
}

/// An address made whole by that of what it stands in; nothing, where it cannot be.
pub(in crate::article) fn whole(href: &str, base: Option<&str>) -> Option<String> {
    let href = href.trim();
    if wire::is_address(href) {
        return Some(href.to_owned());
    }
    if href.is_empty() || href.contains(char::is_whitespace) || href.split(['/', '?', '#']).next()?.contains(':') {
        return None;
    }
    let base = base.map(str::trim).filter(|base| wire::is_address(base))?;
    let (scheme, rest) = base.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    if let Some(other) = href.strip_prefix("//") {
        return Some(format!("{scheme}://{other}"));
    }
    if href.starts_with('/') {
        return Some(format!("{scheme}://{host}{href}"));
    }
    let path = rest.get(host.len()..)?.split(['?', '#']).next()?;
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    Some(format!("{scheme}://{host}{folder}/{href}"))
}

#[cfg(test)]
mod tests {
    use super::whole;

    #[test]
    fn relative_addresses() {
        let check = |href: &str, base: &str, expected: &str| {
            assert_eq!(whole(href, Some(base)).unwrap_or_default(), expected, "{href} in {base}");
        };
        check("https://x.example/a", "https://y.example/", "https://x.example/a");
        check("/a?b#c", "https://y.example/feed/all.xml", "https://y.example/a?b#c");
        check("a.html", "https://y.example/feed/all.xml?x=/", "https://y.example/feed/a.html");
        check("a.html", "https://y.example", "https://y.example/a.html");
        check("//x.example/a", "https://y.example/", "https://x.example/a");
        check("mailto:a@x.example", "https://y.example/", "");
        check("a", "somewhere", "");
        check("tag:x.example,2019:1", "https://y.example/", "");
    }
}
