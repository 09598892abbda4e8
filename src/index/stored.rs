//! Articles as they are stored, with their quotations, and hits as they come back: the text, two compact lines of JSON, and one of
//! numbers.
//!
//! The words of a quotation stand in its article, so they are not stored once more: it is known by its place among the quotations of
//! its article, and made of that.

use std::borrow::Cow;
use std::str::Chars;

use memchr::memmem;
use serde::{Deserialize, Serialize};
use tantivy::schema::document::{
    DeserializeError, DocumentDeserialize, DocumentDeserializer, ValueDeserialize, ValueDeserializer,
};

use crate::article::DateSource;
use crate::extract::Kind;
use crate::text::day::PartialDate;
use crate::text::id::Id;
use crate::text::span::Span;

use super::hit::{ArticleHit, QuoteHit};
use super::record::{ArticleRecord, Ordinals, QuoteRecord, place, quote_words};

/// Title and byline are looked for in so many bytes of the text.
const HEAD: usize = 4 << 10;

/// What a name is told by: that there is none, that it is the next of those that are written out, or how far behind these two the byte
/// of the text lies at which it begins, and how long it is.
const NONE: u32 = 0;
const WRITTEN_OUT: u32 = 1;
const IN_TEXT: u32 = 2;

/// What is stored of one record, as it is packed; nothing of a quotation.
pub(super) struct Packed(pub(super) Vec<u8>);

impl DocumentDeserialize for Packed {
    fn deserialize<'de, D: DocumentDeserializer<'de>>(mut document: D) -> Result<Self, DeserializeError> {
        let first: Option<(_, Bytes)> = document.next_field()?;
        Ok(Self(first.map(|(_, Bytes(bytes))| bytes).unwrap_or_default()))
    }
}

struct Bytes(Vec<u8>);

impl ValueDeserialize for Bytes {
    fn deserialize<'de, D: ValueDeserializer<'de>>(value: D) -> Result<Self, DeserializeError> {
        value.deserialize_bytes().map(Self)
    }
}

/// An article but for its text and its numbers: language, where its date was found, address, section, outlet, path, date; and of title,
/// byline and speakers, those that do not stand in its text. What many articles have alike comes first.
#[derive(Serialize, Deserialize)]
struct Facts<'a>(
    Option<Cow<'a, str>>,
    Option<Cow<'a, str>>,
    Option<Cow<'a, str>>,
    Option<Cow<'a, str>>,
    Option<Cow<'a, str>>,
    Cow<'a, str>,
    Option<Cow<'a, str>>,
    Vec<Cow<'a, str>>,
);

/// A quotation but for its confidence, which is a column, and its numbers: kind, role, cue, rule.
#[derive(Serialize, Deserialize)]
struct Said<'a>(Cow<'a, str>, Option<Cow<'a, str>>, Option<Cow<'a, str>>, Cow<'a, str>);

/// Numbers as letters, which takes half the room of digits: those below the first of these in one, larger ones in several, the lowest
/// part first.
mod numbers {
    /// Letters of a last part begin here, and those of the parts before it behind them; all are below the surrogates.
    const FIRST: u32 = 0x100;
    const PARTS: u32 = 1 << 14;

    pub(super) fn put(text: &mut String, mut number: u32) {
        while number >= PARTS {
            text.extend(char::from_u32(FIRST + PARTS + number % PARTS));
            number /= PARTS;
        }
        text.extend(char::from_u32(FIRST + number));
    }

    /// The next one; none where what stands there is none.
    pub(super) fn take(text: &mut std::str::Chars<'_>) -> Option<u32> {
        let (mut number, mut worth) = (0_u32, 1_u32);
        loop {
            let part = u32::from(text.next()?).checked_sub(FIRST).filter(|part| *part < 2 * PARTS)?;
            number = number.checked_add((part % PARTS).checked_mul(worth)?)?;
            if part < PARTS {
                return Some(number);
            }
            worth = worth.checked_mul(PARTS)?;
        }
    }
}

fn borrowed(text: &Option<String>) -> Option<Cow<'_, str>> {
    text.as_deref().map(Cow::Borrowed)
}

fn owned(text: Option<Cow<'_, str>>) -> Option<String> {
    text.map(Cow::into_owned)
}

/// The article, its quotations and its text, to be packed; `named` tells where in the text a name of somebody stands.
pub(super) fn store(
    article: &ArticleRecord,
    quotes: &[QuoteRecord],
    text: &str,
    named: impl Fn(&str) -> Option<Span>,
) -> String {
    let mut names = Names { literal: Vec::new(), numbers: String::new() };
    let head = text.as_bytes().get(..HEAD).unwrap_or(text.as_bytes());
    for name in [&article.title, &article.byline] {
        let name = name.as_deref();
        names.put(name, name.and_then(|name| memmem::find(head, name.as_bytes())));
    }
    let count = |number: usize| u32::try_from(number).unwrap_or_default();
    numbers::put(&mut names.numbers, count(article.speakers.len()));
    for speaker in &article.speakers {
        names.put(Some(speaker), named(speaker).filter(|span| span.of(text) == speaker).map(Span::start));
    }
    let Names { literal, mut numbers } = names;
    let (start, end) = place(article.body);
    [article.words, start, end].into_iter().for_each(|number| numbers::put(&mut numbers, number));
    quotes.iter().for_each(|quote| put_numbers(article, quote, &mut numbers));
    let facts = Facts(
        borrowed(&article.lang),
        article.date_source.map(|source| Cow::Borrowed(source.name())),
        borrowed(&article.url),
        borrowed(&article.section),
        borrowed(&article.outlet),
        Cow::Borrowed(&article.path),
        article.published.map(|date| Cow::Owned(date.to_string())),
        literal,
    );
    let said: Vec<Said<'_>> = quotes.iter().map(said).collect();
    let facts = serde_json::to_string(&facts).unwrap_or_default();
    let said = serde_json::to_string(&said).unwrap_or_default();
    [text, &facts, &said, &numbers].join("\n")
}

struct Names<'a> {
    literal: Vec<Cow<'a, str>>,
    numbers: String,
}

impl<'a> Names<'a> {
    fn put(&mut self, name: Option<&'a str>, at: Option<usize>) {
        let at = at.and_then(|at| u32::try_from(at).ok()?.checked_add(IN_TEXT));
        let length = name.and_then(|name| u32::try_from(name.len()).ok());
        match (name, at.zip(length)) {
            (None, _) => numbers::put(&mut self.numbers, NONE),
            (Some(_), Some((at, length))) => {
                numbers::put(&mut self.numbers, at);
                numbers::put(&mut self.numbers, length);
            }
            (Some(name), None) => {
                numbers::put(&mut self.numbers, WRITTEN_OUT);
                self.literal.push(Cow::Borrowed(name));
            }
        }
    }
}

/// The next name, or that there is none; `None` where what stands there is neither.
fn take_name(
    numbers: &mut Chars<'_>,
    literal: &mut impl Iterator<Item = String>,
    text: &str,
) -> Option<Option<String>> {
    match numbers::take(numbers)? {
        NONE => Some(None),
        WRITTEN_OUT => literal.next().map(Some),
        at => {
            let start = (at - IN_TEXT) as usize;
            let end = start.checked_add(numbers::take(numbers)? as usize)?;
            text.get(start..end).map(|name| Some(name.to_owned()))
        }
    }
}

fn said(quote: &QuoteRecord) -> Said<'_> {
    Said(Cow::Borrowed(quote.kind.name()), borrowed(&quote.role), borrowed(&quote.cue), Cow::Borrowed(quote.rule))
}

/// Which of the article's speakers said it, from 1, or 0 for none of them; how many spans it has; and of each how far behind the end of the
/// one before it begins and how long it is.
fn put_numbers(article: &ArticleRecord, quote: &QuoteRecord, into: &mut String) {
    let speaker = quote.speaker.as_ref().and_then(|speaker| article.speakers.iter().position(|name| name == speaker));
    let number = |number: usize| u32::try_from(number).unwrap_or_default();
    numbers::put(into, speaker.map_or(0, |place| number(place + 1)));
    numbers::put(into, number(quote.spans.len()));
    let mut last = 0;
    for &(start, end) in &quote.spans {
        numbers::put(into, start.wrapping_sub(last));
        numbers::put(into, end.wrapping_sub(start));
        last = end;
    }
}

/// What is stored of an article and its quotations.
#[derive(Debug)]
pub(super) struct Stored {
    /// Without what it is asked for by.
    article: ArticleHit,
    /// Without what their article tells of them, and without their confidence.
    quotes: Vec<QuoteHit>,
}

impl Stored {
    /// What [`store`] made; `None` where it is anything else.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (text, numbers) = text.rsplit_once('\n')?;
        let (text, quotes) = text.rsplit_once('\n')?;
        let (text, facts) = text.rsplit_once('\n')?;
        let Facts(lang, from, url, section, outlet, path, date, literal) = serde_json::from_str(facts).ok()?;
        let quotes: Vec<Said<'_>> = serde_json::from_str(quotes).ok()?;
        let (mut numbers, mut literal) = (numbers.chars(), literal.into_iter().map(Cow::into_owned));
        let mut name = |numbers: &mut Chars<'_>| take_name(numbers, &mut literal, text);
        let (title, byline) = (name(&mut numbers)?, name(&mut numbers)?);
        let count = numbers::take(&mut numbers)?;
        let speakers: Option<Vec<String>> = (0..count).map(|_| name(&mut numbers)?).collect();
        let words = numbers::take(&mut numbers)?;
        let body = (numbers::take(&mut numbers)?, numbers::take(&mut numbers)?);
        let article = ArticleHit {
            id: Id(0),
            title,
            byline,
            outlet: owned(outlet),
            section: owned(section),
            date: date.and_then(|date| PartialDate::parse(&date)),
            date_source: from.and_then(|name| DateSource::named(&name)),
            lang: owned(lang),
            url: owned(url),
            path: path.into_owned(),
            speakers: speakers?,
            quotes: u32::try_from(quotes.len()).ok()?,
            words,
            text: text.to_owned(),
            body,
            snippet: None,
            snippet_marks: Vec::new(),
            score: 0.0,
            marks: Vec::new(),
            repeats: None,
        };
        let quotes: Option<Vec<_>> = quotes.into_iter().map(|said| quote_of(said, &mut numbers, &article)).collect();
        Some(Self { quotes: quotes?, article })
    }

    /// The article as a hit.
    pub(super) fn article(&self, id: Id, score: f32) -> ArticleHit {
        ArticleHit { id, score, ..self.article.clone() }
    }

    /// One of its quotations as a hit; `None` where there are not so many.
    pub(super) fn quote(&self, place: usize, (id, article): (Id, Id)) -> Option<QuoteHit> {
        let quote = self.quotes.get(place)?;
        Some(QuoteHit {
            id,
            article,
            date: self.article.date,
            date_source: self.article.date_source,
            outlet: self.article.outlet.clone(),
            title: self.article.title.clone(),
            url: self.article.url.clone(),
            path: self.article.path.clone(),
            lang: self.article.lang.clone(),
            ..quote.clone()
        })
    }

    /// The same without an id of anything, for what it holds.
    pub(super) fn facts(&self) -> &ArticleHit {
        &self.article
    }

    /// The words of its quotations.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.quotes.iter().map(|quote| quote.quote.as_str())
    }

    /// The ids of its quotations, where it has this one.
    pub(super) fn ids(&self, article: Id) -> impl Iterator<Item = Id> {
        let mut ordinals = Ordinals::of(article);
        self.words().map(move |words| ordinals.id_of(words))
    }

    /// About how many bytes it takes.
    pub(super) fn weight(&self) -> usize {
        2 * self.article.text.len() + 512 * (self.quotes.len() + 1)
    }
}

/// A quotation of an article; `None` where its spans do not lie in it.
fn quote_of(said: Said<'_>, numbers: &mut Chars<'_>, article: &ArticleHit) -> Option<QuoteHit> {
    let Said(kind, role, cue, rule) = said;
    let speaker = match numbers::take(numbers)? {
        0 => None,
        place => Some(article.speakers.get(place as usize - 1)?.clone()),
    };
    let (mut spans, mut last) = (Vec::new(), 0_u32);
    for _ in 0..numbers::take(numbers)? {
        let start = last.wrapping_add(numbers::take(numbers)?);
        last = start.checked_add(numbers::take(numbers)?)?;
        spans.push(Span::new(&article.text, start as usize, last as usize)?);
    }
    Some(QuoteHit {
        id: Id(0),
        article: Id(0),
        quote: quote_words(&article.text, &spans),
        spans: spans.into_iter().map(place).collect(),
        kind: kind_of(&kind)?,
        speaker,
        role: owned(role),
        cue: owned(cue),
        rule: rule.into_owned(),
        confidence: 0.0,
        context: String::new(),
        date: None,
        date_source: None,
        outlet: None,
        byline: None,
        section: None,
        title: None,
        url: None,
        path: String::new(),
        lang: None,
        score: 0.0,
        marks: Vec::new(),
        why: None,
        repeats: None,
    })
}

/// A confidence to three decimals, which is all that is shown of it.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 1000 when it is cast")]
pub(super) fn thousandths(confidence: f32) -> u16 {
    (confidence * 1000.0).round().clamp(0.0, 1000.0) as u16
}

fn kind_of(name: &str) -> Option<Kind> {
    [Kind::Direct, Kind::Mixed, Kind::Indirect].into_iter().find(|kind| kind.name() == name)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::numbers;

    proptest! {
        #[test]
        fn numbers_come_back(all in prop::collection::vec(prop_oneof![0_u32..300, any::<u32>()], 0..9)) {
            let mut text = String::new();
            all.iter().for_each(|&number| numbers::put(&mut text, number));
            prop_assert!(!text.contains('\n'));
            let mut rest = text.chars();
            let back: Vec<u32> = all.iter().filter_map(|_| numbers::take(&mut rest)).collect();
            prop_assert_eq!(back, all);
            prop_assert_eq!(rest.next(), None);
        }

        #[test]
        fn what_are_no_numbers_is_refused_or_read(text in "([a-z]|\\PC){0,4}") {
            let mut rest = text.chars();
            while numbers::take(&mut rest).is_some() {}
        }
    }
}
