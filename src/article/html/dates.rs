//! The day that a page came out, out of the many that pages name: what they say of themselves for programs, what stands beside the
//! headline for readers, and which of the two is believed where they differ.
//!
//! The rules are measured on annotated pages: each says how often it was right where it decided.

use std::sync::LazyLock;

use super::Outlined;
use super::blocks::{Block, Outline};
use super::top::Top;
use crate::article::address;
use crate::article::facts::{Facts, one_line};
use crate::article::fields::Field;
use crate::article::published::{self, Written};
use crate::text::day::{Day, PartialDate};

/// Names of meta elements that give the day of publication, best first.
const PUBLISHED: [&str; 32] = [
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "og:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dcterms.date",
    "dc.date",
    "dcsext.articlefirstpublished",
    "citation_publication_date",
    "citation_date",
    "cxenseparse:recs:publishtime",
    "article.published",
    "published",
    "published-date",
    "w-published-date",
    "publish-date",
    "publish_date",
    "publishdate",
    "pubdate",
    "publication_date",
    "publicationdate",
    "originalpublicationdate",
    "article_date_original",
    "article:post_date",
    "rnews:datepublished",
    "bt:pubdate",
    "displaydate",
];

/// Names that may mean any day of the page; taken where nothing better is there.
const SOME_DAY: [&str; 4] = ["ptime", "datecreated", "created", "date"];

/// Names of meta elements that give the day of the last change.
const CHANGED: [&str; 9] = [
    "article:modified_time",
    "og:updated_time",
    "og:article:modified_time",
    "datemodified",
    "item:datemodified",
    "last-modified",
    "dcterms.modified",
    "dc.date.modified",
    "updated",
];

/// What is said of a day that stands beside the headline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    Published,
    Changed,
    Nothing,
}

/// A day beside the headline.
#[derive(Clone, Debug)]
struct Shown {
    said: Said,
    day: Day,
    /// What an element gives for programs, where it is from that and not from words.
    moment: Option<String>,
}

static WORDS: LazyLock<[Vec<&'static str>; 2]> = LazyLock::new(|| {
    let words = |name: &str| {
        let lines = include_str!("day_words.txt").lines();
        let mut words = lines.filter_map(move |line| line.strip_prefix(name)?.strip_prefix(": "));
        words.next().unwrap_or_default().split(' ').collect()
    };
    [words("published"), words("changed")]
});

/// Offers the day of publication.
pub(super) fn read(page: &Outlined, top: &Top<'_>, zoned: bool, facts: &mut Facts) {
    let Outlined { outline, metas, linked, .. } = page;
    let order = Order::of(page);
    let meta = |names: &[&str]| {
        let mut values = names.iter().flat_map(|name| metas.iter().filter(move |(known, _)| known == name));
        values.find(|(_, value)| published::read(value).is_some()).map(|(_, value)| value.as_str())
    };
    let social = meta(&PUBLISHED);
    let marked = outline.moments.iter().find(|moment| moment.names.starts_with("datePublished"));
    let marked = marked.map(|moment| moment.value.as_str()).filter(|value| published::read(value).is_some());
    let marked = meta(&["item:datepublished", "datepublished"]).or(marked);
    let readable = |value: &&str| published::read(value).is_some();
    let told = [linked.published.as_deref(), social, marked].into_iter().flatten().find(readable);
    let by_url = facts.get(Field::Url).and_then(address::date);
    let mut shown = shown(outline, top, order, zoned);
    if let Some(PartialDate::Month(..)) = by_url {
        shown.retain(|shown| {
            by_url.is_some_and(|month| month.first_day() <= shown.day && shown.day <= month.last_day())
        });
    }
    if shown.is_empty() {
        shown.extend(elsewhere(outline, order));
    }
    let Some(told) = told else {
        // Nothing for programs: what readers see, and last what may be any day.
        let best = [Said::Published, Said::Nothing, Said::Changed]
            .iter()
            .find_map(|said| shown.iter().find(|shown| shown.said == *said));
        match best {
            Some(Shown { moment: Some(moment), .. }) => facts.offer(Field::Date, moment),
            Some(shown) => facts.offer_near(&shown.day.to_string()),
            None => {
                // A date that cannot be read is offered too, so that it is told why there is none.
                let odd = || {
                    metas.iter().find(|(name, _)| PUBLISHED.contains(&name.as_str())).map(|(_, value)| value.as_str())
                };
                if let Some(value) = meta(&SOME_DAY).or(linked.published.as_deref()).or_else(odd) {
                    facts.offer(Field::Date, value);
                }
            }
        }
        return;
    };
    let believed = match order.day(told) {
        Some(told) => {
            let changed = linked
                .changed
                .as_deref()
                .into_iter()
                .chain(meta(&CHANGED))
                .filter_map(|value| order.day(value))
                .collect();
            let told = Told { day: told, social: social.is_some(), changed, zoned };
            told.against(&shown, facts)
        }
        None => None,
    };
    match believed {
        Some(shown) => facts.offer_near(&shown.to_string()),
        // Numbers of which only the page's language says what is the month.
        None => match (published::read(told), order.day(told)) {
            (Some(Written::Ambiguous { .. }), Some(day)) => facts.offer(Field::Date, day.to_string()),
            _ => facts.offer(Field::Date, told),
        },
    }
}

/// The day that a page tells to programs.
struct Told {
    day: Day,
    /// Whether it is told to more programs than search engines.
    social: bool,
    /// The days of its last change.
    changed: Vec<Day>,
    /// Whether the user has said in which zone days count.
    zoned: bool,
}

impl Told {
    /// The day beside the headline that is believed rather than this one, if any.
    fn against(&self, shown: &[Shown], facts: &Facts) -> Option<Day> {
        let by_url = facts.get(Field::Url).and_then(address::date);
        if by_url == Some(PartialDate::Day(self.day)) {
            return None;
        }
        if shown.iter().any(|shown| shown.day == self.day || swapped(shown.day) == Some(self.day)) {
            // Readers are told that it is the day of a change, and another one.
            let here = shown.iter().find(|shown| shown.day == self.day);
            let first = shown.iter().find(|shown| shown.said == Said::Published && shown.day < self.day);
            return first.filter(|_| here.is_some_and(|here| here.said == Said::Changed)).map(|first| first.day);
        }
        // Programs count days in UTC; readers live elsewhere.
        let near = |day: Day| !self.zoned && (day.number() - self.day.number()).abs() <= 1;
        if let Some(PartialDate::Day(day)) = by_url
            && near(day)
        {
            return Some(day);
        }
        if let Some(shown) = shown.iter().find(|shown| near(shown.day) && !self.social) {
            return Some(shown.day);
        }
        let mut days: Vec<&Shown> = shown.iter().filter(|shown| shown.said != Said::Changed).collect();
        days.dedup_by_key(|shown| shown.day);
        if let [one] = days.as_slice()
            && !self.changed.contains(&one.day)
            && (!self.social || one.day.number() < self.day.number() - 1)
        {
            return Some(one.day);
        }
        // Told only to search engines, while readers see another day alone: that of the text as it stands.
        match shown {
            [one] if !self.social && one.day.number() >= self.day.number() + 7 => Some(one.day),
            _ => None,
        }
    }
}

/// The day with its month for its day, where there is one.
fn swapped(day: Day) -> Option<Day> {
    Day::new(day.year(), day.day(), day.month())
}

/// The days beside the headline, in the order in which they are believed.
fn shown(outline: &Outline, top: &Top<'_>, order: Order, zoned: bool) -> Vec<Shown> {
    let mut all: Vec<Shown> = Vec::new();
    for (place, block) in top.blocks() {
        let before = place.checked_sub(1).and_then(|place| outline.blocks.get(place));
        let words = days_in(block, before, order);
        for moment in outline.moments.iter().filter(|moment| moment.block == place) {
            let Some(day) = order.day(&moment.value) else { continue };
            // What readers see is in their own zone, unless the user names another.
            let apart = |days: i32| words.iter().any(|shown| (shown.day.number() - day.number()).abs() == days);
            if !zoned && apart(1) && !apart(0) {
                continue;
            }
            let said = if block.text.len() <= 200 { said(&block.text) } else { Said::Nothing };
            let said = if said == Said::Nothing { said_by_names(&moment.names) } else { said };
            all.push(Shown { said, day, moment: Some(moment.value.clone()) });
        }
        all.extend(words);
    }
    let mut known: Vec<Day> = Vec::new();
    all.retain(|shown| {
        let fresh = !known.contains(&shown.day);
        known.push(shown.day);
        fresh
    });
    all
}

/// More words than stand around a date that is shown on its own.
const MOST_WORDS: usize = 25;

/// The days that a short block names.
fn days_in(block: &Block, before: Option<&Block>, order: Order) -> Vec<Shown> {
    let mut found: Vec<Shown> = Vec::new();
    if block.text.len() > 400
        || block.text.split_whitespace().count() > MOST_WORDS
        || block.text.bytes().filter(u8::is_ascii_digit).count() < 5
    {
        return found;
    }
    for piece in block.pieces().flat_map(pieces) {
        let Some(day) = order.day(piece) else { continue };
        let mut meant = said(piece);
        if meant == Said::Nothing
            && let Some(label) = before.filter(|before| before.text.split_whitespace().count() <= 4)
            && found.is_empty()
        {
            meant = said(&label.text);
        }
        // `March 4, 2016. Updated March 6`
        if meant == Said::Changed
            && let Some(first) = found.last_mut().filter(|first| first.said == Said::Nothing)
        {
            first.said = Said::Published;
        }
        found.push(Shown { said: meant, day, moment: None });
    }
    found
}

/// A line at its bars and points, and before words that say what a date means.
fn pieces(line: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    for line in line.split(['|', '•', '·', '—', '[', ']', '(', ')']) {
        let mut from = 0;
        for (at, _) in line.match_indices(char::is_whitespace) {
            let rest = line.get(at..).unwrap_or_default().trim_start();
            let head = line.get(from..at).unwrap_or_default();
            if said_by(rest) != Said::Nothing && head.bytes().any(|b| b.is_ascii_digit()) {
                pieces.push(head);
                from = at;
            }
        }
        pieces.push(line.get(from..).unwrap_or_default());
    }
    pieces
}

/// Whether a short line is a day and what is said of it.
pub(super) fn is_day(line: &str) -> bool {
    let letters = line.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() > 2).count();
    let day = || matches!(published::read(line), Some(Written::Date(PartialDate::Day(_)) | Written::Ambiguous { .. }));
    line.len() <= 60 && letters <= 4 && line.bytes().any(|b| b.is_ascii_digit()) && day()
}

/// What the words of a piece say of its date.
fn said(text: &str) -> Said {
    let mut best = Said::Nothing;
    for (at, _) in std::iter::once((0, "")).chain(text.match_indices(|c: char| !c.is_alphanumeric())) {
        let word = text.get(at..).unwrap_or_default().trim_start_matches(|c: char| !c.is_alphanumeric());
        match said_by(word) {
            Said::Changed => return Said::Changed,
            Said::Published => best = Said::Published,
            Said::Nothing => {}
        }
    }
    best
}

/// What the classes of an element say: they often say both, as it is published before it is changed.
fn said_by_names(names: &str) -> Said {
    let all = |what: Said| names.split(|c: char| !c.is_alphanumeric()).any(|name| said_by(name) == what);
    if all(Said::Published) {
        Said::Published
    } else if all(Said::Changed) {
        Said::Changed
    } else {
        Said::Nothing
    }
}

/// What the word that these words begin with says of a date.
fn said_by(words: &str) -> Said {
    let head: String = words.chars().take(16).flat_map(char::to_lowercase).collect();
    let begins = |list: &[&str]| list.iter().any(|known| head.starts_with(known));
    let [published, changed] = &*WORDS;
    if begins(changed) {
        Said::Changed
    } else if begins(published) {
        Said::Published
    } else {
        Said::Nothing
    }
}

/// The one day that short blocks with a word about it give anywhere on the page, such as a line at its end.
fn elsewhere(outline: &Outline, order: Order) -> Option<Shown> {
    let mut found: Vec<Shown> = Vec::new();
    for (place, block) in outline.blocks.iter().enumerate() {
        if block.text.len() <= 120 {
            let before = place.checked_sub(1).and_then(|place| outline.blocks.get(place));
            found.extend(days_in(block, before, order).into_iter().filter(|shown| shown.said != Said::Nothing));
        }
    }
    let one = |said: Said| {
        let mut days = found.iter().filter(|shown| shown.said == said);
        let first = days.next()?;
        days.all(|other| other.day == first.day).then(|| first.clone())
    };
    one(Said::Published)
        .or_else(|| one(Said::Changed).filter(|_| found.iter().all(|shown| shown.said == Said::Changed)))
}

/// Which of day and month comes first where a page writes both as numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    DayFirst,
    MonthFirst,
    Unknown,
}

impl Order {
    /// As people write it where the page says that it is at home.
    fn of(page: &Outlined) -> Self {
        let locale = || page.metas.iter().find(|(name, _)| name == "og:locale").map(|(_, value)| value.clone());
        let of = |tag: String| {
            let mut parts = tag.split(['-', '_']);
            let (lang, land) = (parts.next().unwrap_or_default().to_lowercase(), parts.next().map(str::to_uppercase));
            match (lang.as_str(), land.as_deref()) {
                ("en", Some("US" | "PH")) => Self::MonthFirst,
                ("en", None) => Self::Unknown,
                ("", _) => Self::Unknown,
                _ => Self::DayFirst,
            }
        };
        match page.lang.clone().map_or(Self::Unknown, of) {
            Self::Unknown => locale().map_or(Self::Unknown, of),
            order => order,
        }
    }

    fn day(self, text: &str) -> Option<Day> {
        let text = one_line(text)?;
        let starts = text.char_indices().zip(text.chars().skip(1)).filter(|((_, before), after)| {
            !before.is_alphanumeric() && !matches!(before, '/' | '-' | '.' | ':') && after.is_ascii_digit()
        });
        let starts = starts.map(|((at, before), _)| at + before.len_utf8());
        [0].into_iter().chain(starts).find_map(|at| match published::read(text.get(at..)?)? {
            Written::Date(PartialDate::Day(day)) => Some(day),
            Written::Ambiguous { day_first, month_first } => match self {
                Self::DayFirst => Some(day_first),
                Self::MonthFirst => Some(month_first),
                Self::Unknown => None,
            },
            Written::Date(_) => None,
        })
    }
}
