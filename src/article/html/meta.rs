//! Meta elements, links and the language of a page: OpenGraph, Dublin Core, and what newspapers' own systems write.

use dom_query::Document;

use crate::article::facts::Facts;
use crate::article::feed::whole;
use crate::article::fields::Field;

/// Names of meta elements (`name`, `property` or `itemprop`), by what they give, best first.
const NAMES: &[(Field, &[&str])] = &[
    (
        Field::Outlet,
        &[
            "og:site_name",
            "application-name",
            "dc.publisher",
            "dcterms.publisher",
            "publisher",
            "citation_journal_title",
        ],
    ),
    (
        Field::Section,
        &["article:section", "og:article:section", "parsely-section", "section", "category", "dc.subject"],
    ),
    (Field::Lang, &["og:locale", "language", "dc.language", "content-language"]),
    (Field::Url, &["og:url", "twitter:url", "parsely-link"]),
];

/// The address by which relative ones are made whole: that which the page names for it, else the one that it was fetched from.
pub(super) fn base(document: &Document, address: Option<&str>) -> Option<String> {
    let named = document.select_single("base[href]").attr("href");
    named.and_then(|href| whole(&href, address)).or_else(|| address.map(str::to_owned))
}

/// Reads them, with the language of the root element, and the address that makes relative ones whole.
pub(super) fn read(
    document: &Document,
    metas: &[(String, String)],
    (lang, base): (Option<&str>, Option<&str>),
    facts: &mut Facts,
) {
    for link in document.select("link[rel]").iter() {
        let canonical =
            link.attr_or("rel", "").split_ascii_whitespace().any(|rel| rel.eq_ignore_ascii_case("canonical"));
        let to = link.attr_or("href", "");
        if canonical && let Some(address) = whole(&to, base) {
            facts.offer(Field::Url, address);
        }
    }
    for (field, names) in NAMES {
        for name in *names {
            let mut values = metas.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str());
            let value = match field {
                Field::Url => values.find(|value| value.starts_with("http")).map(str::to_owned),
                _ => values.next().map(str::to_owned),
            };
            if let Some(value) = value {
                facts.offer(*field, value);
                break;
            }
        }
    }
    if let Some(lang) = lang {
        facts.offer(Field::Lang, lang);
    }
}

/// The names that a page gives its site.
pub(super) fn sites(metas: &[(String, String)], facts: &Facts) -> Vec<String> {
    let names = ["og:site_name", "application-name"];
    let told = metas.iter().filter(|(name, _)| names.contains(&name.as_str())).map(|(_, value)| value.as_str());
    told.chain(facts.get(Field::Outlet)).map(str::to_owned).collect()
}

/// What stands before the name of a meta element that is a schema.org property (`itemprop`): those are for search engines, as JSON-LD is.
pub(super) const ITEM: &str = "item:";

/// Name in lower case and content of every meta element that has both.
pub(super) fn metas(document: &Document) -> Vec<(String, String)> {
    let mut metas = Vec::new();
    for meta in document.select("meta[content]").iter() {
        let content = meta.attr_or("content", "");
        let property = || meta.attr("itemprop").map(|name| format!("{ITEM}{name}").into());
        let name = ["property", "name"].iter().find_map(|attribute| meta.attr(attribute)).or_else(property);
        if let Some(name) = name
            && !content.trim().is_empty()
        {
            metas.push((name.trim().to_ascii_lowercase(), content.trim().to_owned()));
        }
    }
    metas
}

/// The charset that a page declares in its first kilobytes.
pub(super) fn charset(bytes: &[u8]) -> Option<String> {
    let head: Vec<u8> = bytes.iter().take(8192).map(u8::to_ascii_lowercase).collect();
    let mut from = 0;
    while let Some(found) = head.get(from..).and_then(|rest| memchr::memmem::find(rest, b"charset")) {
        let rest = head.get(from + found + 7..)?.trim_ascii_start();
        from += found + 7;
        let Some(value) = rest.strip_prefix(b"=") else { continue };
        let label: Vec<u8> = value
            .iter()
            .copied()
            .skip_while(|b| matches!(b, b'"' | b'\'' | b' '))
            .take_while(|b| b.is_ascii_alphanumeric() || b"-_:.".contains(b))
            .collect();
        if !label.is_empty() {
            return String::from_utf8(label).ok();
        }
    }
    // <?xml version="1.0" encoding="iso-8859-1"?>
    let declaration = head.strip_prefix(b"<?xml")?.split(|b| *b == b'>').next()?;
    let at = memchr::memmem::find(declaration, b"encoding=")?;
    let quoted = declaration.get(at + 10..)?;
    let label: Vec<u8> = quoted.iter().copied().take_while(|b| !matches!(b, b'"' | b'\'')).collect();
    String::from_utf8(label).ok()
}
