//! The headline of a page, out of the several that pages have: JSON-LD's, OpenGraph's, the first heading,
//! and the window title with the site's name behind it.

use dom_query::Document;

use super::headings::{self, Heading};
use super::site::{MARKS, Site};
use super::top::folded;
use crate::article::facts::one_line;

/// The titles that a page gives itself, without the name of the site.
pub(super) struct Titles {
    headline: Option<String>,
    social: Option<String>,
    window: Option<String>,
    /// The window's title as it is.
    whole: Option<String>,
    heading: Option<Heading>,
    /// One of those that programs are told, where readers see it in a heading that is not the first.
    shown: Option<String>,
    site: Site,
}

/// Names of the meta elements that give a headline, best first.
const NAMES: [&str; 8] = [
    "og:title",
    "twitter:title",
    "parsely-title",
    "sailthru.title",
    "dc.title",
    "dcterms.title",
    "headline",
    "item:headline",
];

impl Titles {
    /// Those of `document`, with the headline that its JSON-LD gives.
    pub(super) fn of(document: &Document, metas: &[(String, String)], headline: Option<&str>, mut site: Site) -> Self {
        let whole = one_line(&document.select_single("title").text());
        let (headings, names) = headings::first_level(document);
        names.iter().for_each(|name| site.add(name));
        let clean = |title: &str| one_line(title).map(|title| site.without(&title).to_owned());
        let named = |name: &str| {
            let values = metas.iter().filter(move |(known, _)| known == name);
            values.filter_map(|(_, value)| clean(value)).collect::<Vec<_>>()
        };
        let told: Vec<String> = NAMES.into_iter().flat_map(named).collect();
        let (headline, social) = (headline.and_then(clean), told.first().cloned());
        let window = whole.as_deref().and_then(clean);
        let mut titles = Self { headline, social, window, whole, heading: None, shown: None, site };
        titles.heading = titles.pick(headings);
        let known = |words: &str| titles.told().any(|title| same(title, words)) || titles.is_in_window(words);
        if !titles.heading.as_ref().is_some_and(|heading| known(&heading.words)) {
            let is_shown = |heading: &Heading| {
                let long = heading.words.split_whitespace().count() >= 3;
                let here = titles.heading.is_none() || !heading.linked;
                long && here
                    && !titles.site.is_named(&heading.words)
                    && (known(&heading.words) || told.iter().any(|title| same(title, &heading.words)))
            };
            titles.shown = headings::all(document).into_iter().find(is_shown).map(|heading| heading.words);
        }
        titles
    }

    /// Of several headings of the first level, the one that the other titles speak of.
    fn pick(&self, mut headings: Vec<Heading>) -> Option<Heading> {
        // `Words of the headline - The Site`: a heading that is only the end of it is the site's.
        let whole = self.whole.as_deref();
        let tail = whole.and_then(|title| MARKS.iter().find_map(|mark| title.rsplit_once(mark)));
        let tail = tail.map(|(_, tail)| folded(tail)).unwrap_or_default();
        headings.retain(|heading| {
            let (words, told) = (folded(&heading.words), [&self.headline, &self.social]);
            let ends = !words.is_empty() && tail.ends_with(&words);
            !(ends || self.site.is_named(&heading.words))
                || told.into_iter().flatten().any(|title| alike(title, &heading.words))
        });
        if headings.iter().any(|heading| !heading.beside) {
            headings.retain(|heading| !heading.beside);
        }
        let mut told: Vec<&str> = [&self.headline, &self.social].into_iter().flatten().map(String::as_str).collect();
        let alone = told.is_empty();
        // The window's title holds the site's name too: asked where nothing better is there.
        if alone {
            told.extend(whole);
        }
        let rank = |heading: &Heading| told.iter().map(|title| share(&heading.words, title)).max().unwrap_or(0);
        // One of several alike is the headline only where it is told to be.
        if headings.iter().any(|heading| !heading.repeated) {
            headings.retain(|heading| !heading.repeated || rank(heading) >= 80);
        }
        let lone = headings.iter().filter(|heading| !heading.repeated).count() == 1;
        let ranked = headings.into_iter().map(|heading| (rank(&heading), heading));
        let (shared, best) = ranked.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
        // A heading that shares no word with the window's title is the site's name, or a label.
        let strange = alone && whole.is_some_and(|title| share(&best.words, title) == 0);
        let lone = lone && !best.repeated;
        let likely = shared >= 50
            || self.site.is_slug(&best.words)
            || (lone && (shared >= 25 || alone || best.words.split(' ').count() >= 4));
        (likely && !strange).then_some(best)
    }

    fn told(&self) -> impl Iterator<Item = &str> {
        [&self.headline, &self.social, &self.window].into_iter().flatten().map(String::as_str)
    }

    /// Whether the window's title is these words, or these and a name before or behind them.
    fn is_in_window(&self, words: &str) -> bool {
        let before = |rest: &str| MARKS.iter().any(|mark| rest.starts_with(mark));
        let behind = |rest: &str| rest.ends_with(": ") || MARKS.iter().any(|mark| rest.ends_with(mark));
        self.window.as_deref().is_some_and(|window| same(words, window))
            || self.whole.as_deref().is_some_and(|whole| {
                whole.strip_prefix(words).is_some_and(before) || whole.strip_suffix(words).is_some_and(behind)
            })
    }

    /// The one that is most likely the headline.
    pub(super) fn best(&self) -> Option<String> {
        // Some systems cut the headline that they tell programs where they think that it is long.
        let cut = |headline: &&String| self.social.as_deref().is_some_and(|social| is_cut(headline, social));
        let headline = self.headline.as_ref();
        let told = headline.filter(|headline| !cut(headline)).or(self.social.as_ref()).or(self.window.as_ref());
        let shown = self.shown.as_ref();
        let Some(heading) = &self.heading else { return shown.or(told).cloned() };
        // What readers see above the article is its headline; the others are for search engines and friends. Only where all of
        // these say one thing, and the heading is no headline by its looks, are they believed.
        let agreed = self.social.as_ref().or(headline).filter(|title| self.is_in_window(title));
        let poor = |title: &&String| {
            let words = heading.words.as_str();
            (is_label(words, title) && !self.site.is_slug(words))
                || has_more(words, title)
                || is_numbered(title, words)
                || (heading.by_hand && title.split_whitespace().count() >= 3)
                || (heading.parts.len() > 1 && heading.parts.iter().any(|part| same(part, title)))
        };
        // Of a heading that was typed into the text the system knows nothing: it made the address of the page's own title. One
        // that holds the heading may hold the name of the site too.
        let typed = |title: &&String| {
            let words = heading.words.as_str();
            heading.plain && share(words, title) < 100 && self.site.is_nearer(title, words)
        };
        let title = shown.or(agreed.filter(poor)).or(told.filter(typed));
        Some(title.unwrap_or(&heading.words).clone())
    }

    /// The words that stand on the page in the place of the headline, which may be others.
    pub(super) fn seen(&self) -> Option<String> {
        let best = self.best()?;
        let whole = |heading: &&Heading| heading.parts.len() <= 1 && !is_label(&heading.words, &best);
        let heading = self.heading.as_ref().filter(whole).filter(|_| self.shown.is_none());
        Some(match heading {
            Some(heading) => heading.words.clone(),
            None => best,
        })
    }

    /// The name of the site: what stands behind the headline in the window's title.
    pub(super) fn site(&self) -> Option<String> {
        let (window, heading) = (self.whole.as_deref()?, self.heading.as_ref()?);
        let mut tails =
            MARKS.iter().filter_map(|mark| window.rsplit_once(mark)).filter(|(words, _)| same(words, &heading.words));
        let tail = tails.next()?.1.trim();
        (tail.split_whitespace().count() <= 5 && tail.starts_with(char::is_uppercase)).then(|| tail.to_owned())
    }
}

/// Whether a heading is a label rather than the headline: very short or very long, or about other things.
fn is_label(heading: &str, title: &str) -> bool {
    const LONGEST: usize = 6;
    let (words, whole) = (folded(heading), folded(title));
    if whole.starts_with(&words) || whole.ends_with(&words) {
        return false;
    }
    let (long, short) = (heading.split_whitespace().count(), title.split_whitespace().count());
    // A label about other things than the headline has few words.
    (long <= 3 && short >= 5) || long > 25 || (share(title, heading) <= 20 && short >= 3 && long <= LONGEST)
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
