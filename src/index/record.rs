//! What an article and its extraction become in the index: one record of the article, one of each quotation.
//!
//! Pure, and free of the engine: the same article and extraction give the same record on every machine.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use crate::article::{Article, DateSource, Format};
use crate::extract::date::{DateValue, Season, Stretch};
use crate::extract::{Extraction, Kind, Person, Quote, Speaker, language_of};
use crate::text::day::{Day, PartialDate};
use crate::text::id::Id;
use crate::text::paragraph::paragraphs;
use crate::text::running::Setting;
use crate::text::sketch::{self, Features, Gathered};
use crate::text::span::Span;
use crate::text::stem::Language;

use super::context;
use super::forms::Met;
use super::spelled::{Speller, Spellers};
use super::stored;

/// Everything that both indexes need to know of one article.
#[derive(Clone, Debug)]
pub struct Record {
    pub(super) article: ArticleRecord,
    pub(super) quotes: Vec<QuoteRecord>,
    /// What is stored of all of it.
    pub(super) text: String,
    /// Where the forms of its words went.
    pub(super) met: Arc<Met>,
}

#[derive(Clone, Debug)]
pub(super) struct ArticleRecord {
    pub(super) id: Id,
    pub(super) title: Option<String>,
    pub(super) byline: Option<String>,
    pub(super) outlet: Option<String>,
    pub(super) section: Option<String>,
    pub(super) published: Option<PartialDate>,
    pub(super) date_source: Option<DateSource>,
    pub(super) lang: Option<String>,
    pub(super) url: Option<String>,
    pub(super) format: Option<Format>,
    pub(super) path: String,
    /// Each once, in the order in which they first speak.
    pub(super) speakers: Vec<String>,
    /// The first and the last day of each stretch spoken of, in order, each once.
    pub(super) mentioned: Vec<(Day, Day)>,
    pub(super) words: u32,
    pub(super) body: Span,
    pub(super) terms: ArticleTerms,
    pub(super) likeness: Likeness,
}

/// Running texts of an article as they are searched.
#[derive(Clone, Debug)]
pub(super) struct ArticleTerms {
    pub(super) title: String,
    pub(super) body: String,
}

#[derive(Clone, Debug)]
pub(super) struct QuoteRecord {
    pub(super) id: Id,
    pub(super) words: String,
    pub(super) spans: Vec<(u32, u32)>,
    pub(super) kind: Kind,
    pub(super) speaker: Option<String>,
    pub(super) role: Option<String>,
    pub(super) cue: Option<String>,
    pub(super) rule: &'static str,
    pub(super) confidence: f32,
    /// The words as they are searched, with the ends of the article's paragraphs.
    pub(super) terms: String,
    /// The people and bodies named in it, each once, in order.
    pub(super) about: Vec<String>,
    pub(super) likeness: Likeness,
}

/// By what copies of a text are found.
#[derive(Clone, Debug)]
pub(super) struct Likeness {
    /// What texts of the same words have in common; none, where there are no words.
    pub(super) same: Option<u64>,
    /// What texts of much the same words have mostly in common.
    pub(super) sketch: Vec<u32>,
}

impl Record {
    /// The record of `article`, in which `extraction` was found, spelled out by those of the writer that will take it. Another one
    /// takes it too, as long as that writer has not published since, and has to look through all that they have met.
    pub fn new(article: &Article, extraction: &Extraction, spellers: &Spellers) -> Self {
        let paragraphs = paragraphs(&article.text);
        let lang = language_of(article);
        let language = lang.and_then(Language::tagged);
        let within =
            Within { text: &article.text, extraction, named: Named::of(extraction), paragraphs: &paragraphs, language };
        // Most are named in full where they are named first.
        let firsts =
            extraction.people.iter().filter_map(|person| Some((person.name.as_str(), *person.mentions.first()?)));
        let named: HashMap<&str, Span> = firsts.collect();
        let record = spellers.with(|speller| {
            let quotes = extraction.quotes.iter().map(|quote| quote_record(&within, quote, speller));
            let quotes: Vec<QuoteRecord> = quotes.collect();
            let record = article_record(article, extraction, (&quotes, lang), speller);
            let named = |name: &str| named.get(name).copied();
            let text = stored::store(&record, &quotes, &article.text, named);
            Self { article: record, quotes, text, met: Arc::clone(spellers.met()) }
        });
        record.under(article.id())
    }

    /// About how many bytes it takes in memory.
    pub fn weight(&self) -> usize {
        let quote = |quote: &QuoteRecord| size_of::<QuoteRecord>() + quote.words.len() + quote.terms.len() + 64;
        let terms = &self.article.terms;
        let article = self.text.len() + terms.title.len() + terms.body.len();
        size_of::<Self>() + article + self.quotes.iter().map(quote).sum::<usize>()
    }

    /// The same under another id: that of a file which lay elsewhere when its articles got theirs.
    #[must_use]
    pub fn under(mut self, id: Id) -> Self {
        let mut ordinals = Ordinals::of(id);
        self.article.id = id;
        for QuoteRecord { id: own, words, .. } in &mut self.quotes {
            *own = ordinals.id_of(words);
        }
        self
    }

    /// The article's id.
    pub fn id(&self) -> Id {
        self.article.id
    }

    /// How many quotations it holds.
    pub fn quotes(&self) -> usize {
        self.quotes.len()
    }
}

/// The id of a quotation: made of its article's id, its words, and its ordinal among those of the article with equal words.
pub fn quote_id(article: Id, words: &str, ordinal: u64) -> Id {
    Id::of_parts([article.0.to_be_bytes().as_slice(), words.as_bytes(), &ordinal.to_be_bytes()])
}

/// Gives the quotations of an article their ids, one after another.
pub(super) struct Ordinals<'a> {
    article: Id,
    /// How many there were of these words.
    met: HashMap<&'a str, u64>,
}

impl<'a> Ordinals<'a> {
    pub(super) fn of(article: Id) -> Self {
        Self { article, met: HashMap::new() }
    }

    /// The id of the next one.
    pub(super) fn id_of(&mut self, words: &'a str) -> Id {
        let ordinal = self.met.entry(words).or_insert(0);
        *ordinal += 1;
        quote_id(self.article, words, *ordinal - 1)
    }
}

/// The words of a quotation: white space folded, its spans joined by ` … `.
pub fn quote_words(text: &str, spans: &[Span]) -> String {
    let mut words = String::new();
    for span in spans {
        if !words.is_empty() {
            words.push_str(" … ");
        }
        words.push_str(&fold_space(span.of(text)));
    }
    words
}

/// One space where there is any white space, and none at the ends.
pub(super) fn fold_space(text: &str) -> String {
    if is_folded(text) {
        return text.to_owned();
    }
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

/// Whether the white space of a text is folded as it stands; most is.
fn is_folded(text: &str) -> bool {
    let mut before = ' ';
    let folded = text.chars().all(|c| {
        let fits = !c.is_whitespace() || (c == ' ' && before != ' ');
        before = c;
        fits
    });
    folded && (before != ' ' || text.is_empty())
}

/// How many words there are with white space between them.
fn count_spaced(text: &str) -> usize {
    let mut between = true;
    let mut count = 0;
    for c in text.chars() {
        let space = c.is_whitespace();
        count += usize::from(between & !space);
        between = space;
    }
    count
}

/// Folded, where that leaves anything.
fn folded(text: Option<&str>) -> Option<String> {
    text.map(fold_space).filter(|text| !text.is_empty())
}

fn article_record(
    article: &Article,
    extraction: &Extraction,
    (quotes, lang): (&[QuoteRecord], Option<&str>),
    speller: &mut Speller,
) -> ArticleRecord {
    let mut seen = HashSet::new();
    let speakers = quotes.iter().filter_map(|quote| quote.speaker.as_ref());
    let speakers = speakers.filter(|&speaker| seen.insert(speaker)).cloned().collect();
    let mut mentioned: Vec<(Day, Day)> = extraction.dates.iter().filter_map(|date| days_of(date.value)).collect();
    mentioned.sort_unstable();
    mentioned.dedup();
    let language = lang.and_then(Language::tagged);
    let title = folded(article.headline());
    let mut gathered = Gathered::of_long(article.body());
    let body = speller.spell_into(article.body(), Setting::Body, language, &mut gathered);
    let features = gathered.features();
    ArticleRecord {
        id: Id(0),
        terms: ArticleTerms {
            title: title.as_deref().map(|title| speller.spell(title, Setting::Lines, language)).unwrap_or_default(),
            body,
        },
        title,
        byline: folded(article.byline()),
        outlet: folded(article.outlet.as_deref()),
        section: folded(article.section.as_deref()),
        published: article.published,
        date_source: article.date_source,
        lang: lang.map(str::to_owned),
        url: article.url.clone(),
        format: article.format,
        path: match &article.source.entry {
            Some(entry) => format!("{}!/{entry}", article.source.path),
            None => article.source.path.clone(),
        },
        speakers,
        mentioned,
        words: u32::try_from(count_spaced(article.body())).unwrap_or(u32::MAX),
        body: article.body,
        likeness: Likeness { same: features.key, sketch: features.sketch },
    }
}

/// Fewer words are said by many, and again by the same: a quotation of them is the same only where its speaker is, or where it has
/// none, the sentence around it.
const OWN_WORDS: usize = 5;

fn likeness_of_quote(words: &str, features: Features, speaker: Option<&str>, context: impl Fn() -> String) -> Likeness {
    let same = match features.words {
        0..OWN_WORDS => features.key.and_then(|_| {
            let beside = speaker.map_or_else(|| format!("in {}", context()), |speaker| format!("by {speaker}"));
            sketch::of_short(&format!("{words} {beside}")).key
        }),
        _ => features.key,
    };
    Likeness { same, sketch: features.sketch }
}

/// The article that quotations lie in, as far as all of their records need it.
struct Within<'a> {
    text: &'a str,
    extraction: &'a Extraction,
    named: Named<'a>,
    paragraphs: &'a [Span],
    language: Option<Language>,
}

fn quote_record(within: &Within<'_>, quote: &Quote, speller: &mut Speller) -> QuoteRecord {
    let &Within { text, extraction, paragraphs, language, .. } = within;
    let attribution = &quote.attribution;
    let (speaker, role) = match &attribution.speaker {
        Speaker::Named(person) => extraction.people.get(*person).map_or((None, None), |person| {
            (folded(Some(&person.name)), folded(person.roles.first().map(String::as_str)))
        }),
        Speaker::Described(description) => (folded(Some(description)), None),
        Speaker::Unknown => (None, None),
    };
    let words = quote_words(text, &quote.spans);
    let mut gathered = Gathered::of_short(&words);
    let lines = quote_lines(text, &quote.spans, paragraphs);
    let terms = speller.spell_into(&lines, Setting::Lines, language, &mut gathered);
    let context = || context::around(text, &quote.spans, paragraphs);
    QuoteRecord {
        id: Id(0),
        likeness: likeness_of_quote(&words, gathered.features(), speaker.as_deref(), context),
        words,
        spans: quote.spans.iter().map(|&span| place(span)).collect(),
        kind: quote.kind,
        speaker,
        role,
        cue: folded(attribution.cue.map(|cue| cue.of(text))),
        rule: attribution.rule,
        confidence: attribution.confidence,
        terms,
        about: within.named.inside(&quote.spans),
    }
}

/// The words of a quotation as [`quote_words`] gives them, but for a line end where a paragraph of the text begins.
fn quote_lines(text: &str, spans: &[Span], paragraphs: &[Span]) -> String {
    // The first bytes of paragraphs behind `from` and before `to`.
    let begin = |from: usize, to: usize| {
        let first = paragraphs.partition_point(|paragraph| paragraph.start() <= from);
        paragraphs.iter().skip(first).map(|paragraph| paragraph.start()).take_while(move |start| *start < to)
    };
    let mut lines = String::new();
    let mut end = None;
    for span in spans {
        match end.is_some_and(|end| begin(end, span.start() + 1).next().is_some()) {
            _ if lines.is_empty() => {}
            true => lines.push_str(" …\n"),
            false => lines.push_str(" … "),
        }
        let mut from = span.start();
        for start in begin(span.start(), span.end()) {
            lines.push_str(&fold_space(text.get(from..start).unwrap_or_default()));
            lines.push('\n');
            from = start;
        }
        lines.push_str(&fold_space(text.get(from..span.end()).unwrap_or_default()));
        end = Some(span.end());
    }
    lines
}

/// Where people and bodies are named in an article: bytes, and whose name it is.
struct Named<'a> {
    extraction: &'a Extraction,
    /// In order.
    mentions: Vec<(usize, usize, usize)>,
}

impl<'a> Named<'a> {
    fn of(extraction: &'a Extraction) -> Self {
        let of_each = extraction.people.iter().enumerate();
        let mentions = of_each.flat_map(|(person, Person { mentions, .. })| {
            mentions.iter().map(move |mention| (mention.start(), mention.end(), person))
        });
        let mut mentions: Vec<_> = mentions.collect();
        mentions.sort_unstable();
        Self { extraction, mentions }
    }

    /// The names of those who are named inside one of the spans, each once, in the order in which the article names them.
    fn inside(&self, spans: &[Span]) -> Vec<String> {
        let mut people = BTreeSet::new();
        for span in spans {
            let first = self.mentions.partition_point(|mention| mention.0 < span.start());
            let near = self.mentions.iter().skip(first).take_while(|mention| mention.0 < span.end());
            people.extend(near.filter(|mention| mention.1 <= span.end()).map(|mention| mention.2));
        }
        let named = people.into_iter().filter_map(|person| self.extraction.people.get(person));
        let mut seen = HashSet::new();
        named.filter_map(|person| folded(Some(&person.name))).filter(|name| seen.insert(name.clone())).collect()
    }
}

pub(super) fn place(span: Span) -> (u32, u32) {
    let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    (byte(span.start()), byte(span.end()))
}

/// The first and the last day that a date covers, where it is known.
fn days_of(value: DateValue) -> Option<(Day, Day)> {
    match value {
        DateValue::At(stretch) => days_of_stretch(stretch),
        DateValue::Range(from, to) => {
            let days = (days_of_stretch(from)?.0, days_of_stretch(to)?.1);
            (days.0 <= days.1).then_some(days)
        }
        DateValue::Unresolved => None,
    }
}

fn days_of_stretch(stretch: Stretch) -> Option<(Day, Day)> {
    let months = |year: i32, month: u32, count: i32| {
        let first = Day::new(year, month, 1)?;
        Some((first, first.plus_months(count).plus(-1)))
    };
    match stretch {
        Stretch::Day(day) => Some((day, day)),
        Stretch::Week(year, week) => Day::of_iso_week(year, week).map(|monday| (monday, monday.plus(6))),
        Stretch::Month(year, month) => months(year, month, 1),
        Stretch::Quarter(year, quarter) => months(year, quarter.checked_mul(3)?.checked_sub(2)?, 3),
        Stretch::Season(year, season) => {
            let month = match season {
                Season::Spring => 3,
                Season::Summer => 6,
                Season::Autumn => 9,
                Season::Winter => 12,
            };
            months(year, month, 3)
        }
        Stretch::Year(year) => months(year, 1, 12),
        Stretch::Decade(decade) => months(decade.checked_mul(10)?, 1, 120),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn span(text: &str, within: &str) -> Span {
        let start = text.find(within).expect("it stands there");
        Span::new(text, start, start + within.len()).expect("whole letters")
    }

    #[test]
    fn who_is_named_inside_is_named_once_and_whole() {
        let text = "Ada Lind told Tom Rae that Bo Holt, Ada Lind and Tom Rae were out";
        let person = |name: &str| {
            let spans = text.match_indices(name).filter_map(|(at, name)| Span::new(text, at, at + name.len()));
            Person { name: name.to_owned(), roles: Vec::new(), mentions: spans.collect() }
        };
        let people = ["Ada Lind", "Tom Rae", "Bo Holt"].map(person).into();
        let extraction = Extraction { people, quotes: Vec::new(), dates: Vec::new() };
        let inside = |spans: &[&str]| {
            Named::of(&extraction).inside(&spans.iter().map(|words| span(text, words)).collect::<Vec<_>>())
        };
        assert_eq!(inside(&["Bo Holt, Ada Lind and Tom Rae"]), ["Ada Lind", "Tom Rae", "Bo Holt"]);
        assert_eq!(inside(&["Bo Holt", "told Tom Rae", "Holt, Ada Lind and"]), ["Ada Lind", "Tom Rae", "Bo Holt"]);
        assert_eq!(inside(&["Lind told Tom"]), Vec::<String>::new());
    }

    #[test]
    fn a_quotation_has_a_line_for_each_paragraph() {
        for (text, lines) in [
            ("One\n\ntwo\n\r\nthree", "One\ntwo\nthree"),
            ("One.\nTwo.\r\nThree.", "One.\nTwo.\nThree."),
            ("One \n\n", "One"),
            (
                "We sail\nno more, and\nnobody pays.\n   The quay\nis shut.",
                "We sail no more, and nobody pays.\nThe quay is shut.",
            ),
        ] {
            assert_eq!(quote_lines(text, &[span(text, text)], &paragraphs(text)), lines, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn words_are_as_white_space_parts_them(text in "([ab]|[ab\u{a0}\u{2003}\u{200b}\u{85}\u{1c} \t\n’é]){0,8}") {
            let words: Vec<&str> = text.split_whitespace().collect();
            prop_assert_eq!(count_spaced(&text), words.len());
            prop_assert_eq!(fold_space(&text), words.join(" "));
        }
    }
}
