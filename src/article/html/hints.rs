//! What attributes of an element tell: that it is hidden, the moment that it gives for programs, that it links to a writer's page.

use dom_query::Element;

/// Whether a link leads to a page about a writer.
pub(super) fn leads_to_writer(element: &Element) -> bool {
    const PLACES: [&str; 22] = [
        "/author/",
        "/authors/",
        "/auteur/",
        "/auteurs/",
        "/autor/",
        "/autoren/",
        "/autores/",
        "/autore/",
        "/profile/",
        "/profiles/",
        "/people/",
        "/person/",
        "/staff/",
        "/contributor/",
        "/contributors/",
        "/writer/",
        "/writers/",
        "/by/",
        "/journalist/",
        "/journalists/",
        "/reporter/",
        "author=",
    ];
    element.attrs.iter().any(|attribute| match attribute.name.local.as_ref() {
        "rel" => attribute.value.split_ascii_whitespace().any(|rel| rel.eq_ignore_ascii_case("author")),
        "href" => PLACES.iter().any(|place| attribute.value.contains(place)),
        _ => false,
    })
}

/// The moment that an element gives, and the names that say what moment it is.
pub(super) fn moment(name: &str, element: &Element) -> Option<(String, String)> {
    let attribute = |name: &str| {
        let found = element.attrs.iter().find(|attribute| &*attribute.name.local == name);
        found.map(|attribute| attribute.value.trim()).filter(|value| !value.is_empty())
    };
    let property = attribute("itemprop").filter(|property| property.starts_with("date"));
    let made_for_it = matches!(name, "time" | "relative-time" | "local-time") || property.is_some();
    let names = ["datetime", "content", "data-datetime", "data-timestamp", "data-date"];
    let value = if made_for_it {
        names.iter().find_map(|name| attribute(name)).or_else(|| attribute("title"))
    } else if name == "abbr" {
        attribute("title")
    } else {
        attribute("data-timestamp").or_else(|| attribute("data-datetime"))
    };
    let value = value.filter(|value| value.len() <= 60 && value.bytes().any(|b| b.is_ascii_digit()))?;
    Some((value.to_owned(), format!("{} {}", property.unwrap_or_default(), attribute("class").unwrap_or_default())))
}

pub(super) fn hidden(element: &Element) -> bool {
    element.attrs.iter().any(|attribute| match attribute.name.local.as_ref() {
        "hidden" => true,
        "style" => {
            let style = attribute.value.to_ascii_lowercase();
            style.contains("display:none") || style.contains("display: none")
        }
        _ => false,
    })
}
