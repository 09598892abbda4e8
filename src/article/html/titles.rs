//! The headline of a page, out of the several that pages have: JSON-LD's, OpenGraph's, the first heading,
//! and the window title with the site's name behind it.

use dom_query::Document;

use super::blocks;
use super::top::folded;
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
    pub(super) fn of(document: &Document, metas: &[(String, String)], headline: Option<&str>) -> Self {
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
            "item:headline",
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
        let told: Vec<&str> = [headline, social.as_deref()].into_iter().flatten().collect();
        // The window's title holds the site's name too: asked where nothing better is there.
        let known = if told.is_empty() { window.as_deref().into_iter().collect() } else { told };
        let rank = |heading| known.iter().map(|title| share(heading, title)).max().unwrap_or(0);
        let best = headings
            .iter()
            .map(|heading| (rank(heading), heading))
            .reduce(|best, next| if next.0 > best.0 { next } else { best });
        let lone = headings.len() == 1;
        let alone = headline.is_none() && social.is_none();
        // A heading that shares no word with the window's title is the site's name, or a label.
        let strange = |heading: &String| alone && window.as_deref().is_some_and(|window| share(heading, window) == 0);
        let heading = best
            .filter(|(_, heading)| !strange(heading))
            .filter(|(shared, heading)| {
                *shared >= 50 || (lone && (*shared >= 25 || alone || heading.split(' ').count() >= 4))
            })
            .map(|(_, heading)| heading.clone());
        Self { headline: headline.and_then(one_line), social, heading, window, site }
    }

    /// The one that is most likely the headline.
    pub(super) fn best(&self) -> Option<String> {
        let clean = |title: &Option<String>| title.as_deref().map(|title| self.without_site(title));
        let (headline, social, window) = (clean(&self.headline), clean(&self.social), clean(&self.window));
        // Some systems cut the headline that they tell programs where they think that it is long.
        let cut = |headline: &&String| social.as_deref().is_some_and(|social| is_cut(headline, social));
        let told = headline.as_ref().filter(|headline| !cut(headline)).or(social.as_ref()).or(window.as_ref()).cloned();
        let Some(heading) = &self.heading else { return told };
        // What readers see above the article is its headline; the others are for search engines and friends. Only where all of
        // these say one thing, and the heading is a label or has more in it than the headline, are they believed.
        let agreed = social.or(headline).filter(|title| window.as_deref().is_some_and(|window| same(title, window)));
        match agreed {
            Some(title) if is_label(heading, &title) || has_more(heading, &title) || is_numbered(&title, heading) => {
                Some(title)
            }
            _ => Some(heading.clone()),
        }
    }

    /// The name of the site: what stands behind the headline in the window's title.
    pub(super) fn site(&self) -> Option<String> {
        let (window, heading) = (self.window.as_deref()?, self.heading.as_deref()?);
        let mut tails =
            MARKS.iter().filter_map(|mark| window.rsplit_once(mark)).filter(|(words, _)| same(words, heading));
        let tail = tails.next()?.1.trim();
        (tail.split_whitespace().count() <= 5 && tail.starts_with(char::is_uppercase)).then(|| tail.to_owned())
    }

    /// `Words of the headline - The Site` without the site.
    fn without_site(&self, title: &str) -> String {
        // From its end on: a headline may hold such a sign itself.
        let mut ends: Vec<_> = MARKS.iter().filter_map(|mark| Some((title.rfind(mark)?, *mark))).collect();
        ends.sort_unstable_by(|one, other| other.cmp(one));
        for (at, mark) in ends {
            if let Some((words, tail)) = title.split_at_checked(at) {
                let tail = tail.get(mark.len()..).unwrap_or_default();
                let site = self.site.as_deref().is_some_and(|site| alike(site, tail));
                let short = tail.split_whitespace().count() <= 4 && words.split_whitespace().count() >= 2;
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

/// Whether a heading is a label rather than the headline: very short or very long, or about other things.
fn is_label(heading: &str, title: &str) -> bool {
    let (words, whole) = (folded(heading), folded(title));
    if whole.starts_with(&words) || whole.ends_with(&words) {
        return false;
    }
    let (long, short) = (heading.split_whitespace().count(), title.split_whitespace().count());
    (long <= 3 && short >= 5) || long > 25 || (share(title, heading) <= 20 && short >= 3)
}

/// Whether a headline breaks off in the middle of a longer one.
fn is_cut(headline: &str, whole: &str) -> bool {
    const SHORTEST: usize = 60;
    headline.len() >= SHORTEST
        && whole.strip_prefix(headline.trim_end_matches(['.', '…', ' '])).is_some_and(|rest| rest.len() > 3)
}

/// Whether a title is the heading with its number before it, which may be drawn beside the heading: `7 Ways to Close a Slip`.
fn is_numbered(title: &str, heading: &str) -> bool {
    let number = title.strip_suffix(heading).map(str::trim);
    number.is_some_and(|number| !number.is_empty() && number.len() <= 3 && number.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether a heading is the headline with a date, a number or the name of a site before or behind it.
fn has_more(heading: &str, title: &str) -> bool {
    let before = heading.strip_suffix(title);
    let Some(rest) = before.or_else(|| heading.strip_prefix(title)).map(str::trim) else { return false };
    let words = rest.split_whitespace().count();
    let mark = MARKS.iter().any(|mark| rest.starts_with(mark.trim()) && matches!(mark.trim(), "|" | "»" | "•" | "::"));
    (1..=8).contains(&words) && (mark || (words <= 4 && rest.bytes().any(|b| b.is_ascii_digit())))
}

/// Whether two titles have the same words.
fn same(one: &str, other: &str) -> bool {
    share(one, other) >= 90 && share(other, one) >= 90
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
    let (one, other) = (folded(one), folded(other));
    let (short, long) = if one.len() < other.len() { (&one, &other) } else { (&other, &one) };
    !short.is_empty() && (short == long || (short.len() >= 12 && long.contains(short.as_str())))
}
