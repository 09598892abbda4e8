//! The headline of a page, out of the several that pages have: JSON-LD's, OpenGraph's, the first heading,
//! and the window title with the site's name behind it.

use dom_query::Document;

use super::{blocks, meta};
use crate::article::facts::one_line;

/// The titles that a page gives itself.
pub(super) struct Titles {
    headline: Option<String>,
    social: Option<String>,
    heading: Option<String>,
    window: Option<String>,
    site: Option<String>,
}

/// What stands between the headline and the site's name in a window title.
const MARKS: [&str; 8] = [" | ", " – ", " — ", " - ", " · ", " » ", " :: ", " • "];

impl Titles {
    /// Those of `document`, with the headline that its JSON-LD gives.
    pub(super) fn of(document: &Document, headline: Option<&str>) -> Self {
        let metas = meta::metas(document);
        let meta = |names: &[&str]| {
            let mut found = names.iter().filter_map(|name| metas.iter().find(|(known, _)| known == name));
            found.find_map(|(_, value)| one_line(value))
        };
        let social = meta(&[
            "og:title",
            "twitter:title",
            "parsely-title",
            "sailthru.title",
            "dc.title",
            "dcterms.title",
            "headline",
        ]);
        let window = one_line(&document.select_single("title").text());
        let site = meta(&["og:site_name", "application-name"]);
        // `Words of the headline - The Site`: a heading that is only the end of it is the site's.
        let tail = window.as_deref().and_then(|title| MARKS.iter().find_map(|mark| title.rsplit_once(mark)));
        let named = [headline, social.as_deref()];
        let of_site = |words: &str| {
            let ends = tail.is_some_and(|(_, tail)| alike(tail, words));
            site.as_deref().is_some_and(|site| alike(site, words))
                || (ends && !named.iter().flatten().any(|title| alike(title, words)))
        };
        let headings: Vec<String> = document
            .select("h1")
            .nodes()
            .iter()
            .take(12)
            .filter_map(|heading| one_line(&blocks::text(heading)))
            .filter(|words| words.len() > 3 && words.len() < 400 && !of_site(words))
            .collect();
        // Of several first-level headings, the one that the other titles speak of.
        let known: Vec<&str> = [headline, social.as_deref(), window.as_deref()].into_iter().flatten().collect();
        let rank = |heading| known.iter().map(|title| share(heading, title)).max().unwrap_or(0);
        let best = headings
            .iter()
            .map(|heading| (rank(heading), heading))
            .reduce(|best, next| if next.0 > best.0 { next } else { best });
        let lone = headings.len() == 1;
        let alone = headline.is_none() && social.is_none();
        let heading = best
            .filter(|(shared, heading)| {
                *shared >= 50 || (lone && (*shared >= 25 || alone || heading.split(' ').count() >= 4))
            })
            .map(|(_, heading)| heading.clone());
        Self { headline: headline.and_then(one_line), social, heading, window, site }
    }

    /// The one that is most likely the headline.
    pub(super) fn best(&self) -> Option<String> {
        // What readers see above the article is its headline; the others are for search engines and friends.
        if let Some(heading) = &self.heading {
            return Some(heading.clone());
        }
        let clean = |title: &Option<String>| title.as_deref().map(|title| self.without_site(title));
        clean(&self.headline).or_else(|| clean(&self.social)).or_else(|| clean(&self.window))
    }

    /// `Words of the headline - The Site` without the site.
    fn without_site(&self, title: &str) -> String {
        for mark in MARKS {
            if let Some((words, tail)) = title.rsplit_once(mark) {
                let site = self.site.as_deref().is_some_and(|site| alike(site, tail));
                let short = tail.split_whitespace().count() <= 4 && words.split_whitespace().count() >= 3;
                if site
                    || (mark != " - " && mark != " – " && mark != " — " && short)
                    || (short && tail.contains(".com"))
                {
                    return self.without_site(words);
                }
            }
        }
        title.to_owned()
    }
}

/// How many of a heading's words a title has, in hundredths.
fn share(heading: &str, title: &str) -> usize {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .take(60)
            .collect()
    };
    let (heading, title) = (words(heading), words(title));
    let shared = heading.iter().filter(|word| title.contains(word)).count();
    shared * 100 / heading.len().max(1)
}

/// Whether one title is the other, or begins with it.
fn alike(one: &str, other: &str) -> bool {
    let fold = |words: &str| -> String {
        words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let (one, other) = (fold(one), fold(other));
    let (short, long) = if one.len() < other.len() { (&one, &other) } else { (&other, &one) };
    !short.is_empty() && (short == long || (short.len() >= 12 && long.contains(short.as_str())))
}
