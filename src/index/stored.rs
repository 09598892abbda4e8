//! Records as they are stored, and hits as they come back: one compact line of JSON beside the fields searched.
//!
//! A quotation repeats the few facts of its article that a list of hits shows. What stands around it is read from its article,
//! where that is shown.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use tantivy::schema::Field;
use tantivy::schema::document::{
    DeserializeError, DocumentDeserialize, DocumentDeserializer, ValueDeserialize, ValueDeserializer,
};

use crate::article::DateSource;
use crate::extract::Kind;
use crate::text::day::PartialDate;
use crate::text::id::Id;

use super::hit::{ArticleHit, QuoteHit};
use super::record::{ArticleRecord, QuoteRecord, place};

type Text<'a> = Cow<'a, str>;

/// An article has two texts, a quotation one.
const MOST_TEXTS: usize = 2;

/// What is stored of one record, read without a detour: texts alone.
pub(super) struct Stored(Vec<(Field, String)>);

impl Stored {
    /// The text of a field; empty where there is none.
    pub(super) fn text(&self, field: Field) -> &str {
        self.0.iter().find(|(at, _)| *at == field).map_or("", |(_, text)| text)
    }

    /// The same, taken out of it.
    pub(super) fn take(&mut self, field: Field) -> String {
        self.0.iter_mut().find(|(at, _)| *at == field).map(|(_, text)| std::mem::take(text)).unwrap_or_default()
    }
}

impl DocumentDeserialize for Stored {
    fn deserialize<'de, D: DocumentDeserializer<'de>>(mut document: D) -> Result<Self, DeserializeError> {
        // How many there are is said by the file, which may be garbled.
        let mut texts = Vec::with_capacity(document.size_hint().min(MOST_TEXTS));
        while let Some((field, StoredText(text))) = document.next_field()? {
            texts.push((field, text));
        }
        Ok(Self(texts))
    }
}

struct StoredText(String);

impl ValueDeserialize for StoredText {
    fn deserialize<'de, D: ValueDeserializer<'de>>(value: D) -> Result<Self, DeserializeError> {
        value.deserialize_string().map(Self)
    }
}

/// A quotation: words, spans, kind, speaker, role, cue, rule, confidence in thousandths, and of its
/// article: date, where that was found, outlet, title, address, path, language.
#[derive(Serialize, Deserialize)]
struct StoredQuote<'a>(
    Text<'a>,
    Vec<(u32, u32)>,
    Text<'a>,
    Option<Text<'a>>,
    Option<Text<'a>>,
    Option<Text<'a>>,
    Text<'a>,
    u16,
    Option<Text<'a>>,
    Option<Text<'a>>,
    Option<Text<'a>>,
    Option<Text<'a>>,
    Option<Text<'a>>,
    Text<'a>,
    Option<Text<'a>>,
);

/// An article but for its text: title, byline, outlet, section, date, where that was found, language, address, path, speakers, number
/// of quotations, number of words, body.
#[derive(Serialize, Deserialize)]
struct StoredArticle<'a>(
    Option<Text<'a>>,
    Option<Text<'a>>,
    Option<Text<'a>>,
    Option<Text<'a>>,
    Option<Text<'a>>,
    Option<Text<'a>>,
    Option<Text<'a>>,
    Option<Text<'a>>,
    Text<'a>,
    Vec<Text<'a>>,
    u32,
    u32,
    (u32, u32),
);

fn borrowed(text: &Option<String>) -> Option<Text<'_>> {
    text.as_deref().map(Cow::Borrowed)
}

fn owned(text: Option<Text<'_>>) -> Option<String> {
    text.map(Cow::into_owned)
}

fn written(date: Option<PartialDate>) -> Option<Text<'static>> {
    date.map(|date| Cow::Owned(date.to_string()))
}

fn found_in(source: Option<DateSource>) -> Option<Text<'static>> {
    source.map(|source| Cow::Borrowed(source.name()))
}

pub(super) fn store_quote(article: &ArticleRecord, quote: &QuoteRecord) -> String {
    let stored = StoredQuote(
        Cow::Borrowed(&quote.words),
        quote.spans.clone(),
        Cow::Borrowed(quote.kind.name()),
        borrowed(&quote.speaker),
        borrowed(&quote.role),
        borrowed(&quote.cue),
        Cow::Borrowed(quote.rule),
        thousandths(quote.confidence),
        written(article.published),
        found_in(article.date_source),
        borrowed(&article.outlet),
        borrowed(&article.title),
        borrowed(&article.url),
        Cow::Borrowed(&article.path),
        borrowed(&article.lang),
    );
    serde_json::to_string(&stored).unwrap_or_default()
}

/// The hit that was stored as `facts`; `None` where they are not what [`store_quote`] writes.
pub(super) fn quote_hit(facts: &str, id: Id, article: Id, score: f32) -> Option<QuoteHit> {
    let StoredQuote(
        quote,
        spans,
        kind,
        speaker,
        role,
        cue,
        rule,
        confidence,
        date,
        from,
        outlet,
        title,
        url,
        path,
        lang,
    ) = serde_json::from_str(facts).ok()?;
    Some(QuoteHit {
        id,
        article,
        quote: quote.into_owned(),
        spans,
        kind: kind_of(&kind)?,
        speaker: owned(speaker),
        role: owned(role),
        cue: owned(cue),
        rule: rule.into_owned(),
        confidence: f32::from(confidence) / 1000.0,
        context: String::new(),
        date: date.and_then(|date| PartialDate::parse(&date)),
        date_source: from.and_then(|name| DateSource::named(&name)),
        outlet: owned(outlet),
        byline: None,
        section: None,
        title: owned(title),
        url: owned(url),
        path: path.into_owned(),
        lang: owned(lang),
        score,
        marks: Vec::new(),
        why: None,
        repeats: None,
    })
}

pub(super) fn store_article(article: &ArticleRecord, quotes: usize) -> String {
    let stored = StoredArticle(
        borrowed(&article.title),
        borrowed(&article.byline),
        borrowed(&article.outlet),
        borrowed(&article.section),
        written(article.published),
        found_in(article.date_source),
        borrowed(&article.lang),
        borrowed(&article.url),
        Cow::Borrowed(&article.path),
        article.speakers.iter().map(|speaker| Cow::Borrowed(speaker.as_str())).collect(),
        u32::try_from(quotes).unwrap_or(u32::MAX),
        article.words,
        place(article.body),
    );
    serde_json::to_string(&stored).unwrap_or_default()
}

/// The hit that was stored as `facts` and `text`; `None` where they are not what [`store_article`] writes.
pub(super) fn article_hit(facts: &str, text: String, id: Id, score: f32) -> Option<ArticleHit> {
    let StoredArticle(title, byline, outlet, section, date, from, lang, url, path, speakers, quotes, words, body) =
        serde_json::from_str(facts).ok()?;
    Some(ArticleHit {
        id,
        title: owned(title),
        byline: owned(byline),
        outlet: owned(outlet),
        section: owned(section),
        date: date.and_then(|date| PartialDate::parse(&date)),
        date_source: from.and_then(|name| DateSource::named(&name)),
        lang: owned(lang),
        url: owned(url),
        path: path.into_owned(),
        speakers: speakers.into_iter().map(Cow::into_owned).collect(),
        quotes,
        words,
        text,
        body,
        snippet: None,
        snippet_marks: Vec::new(),
        score,
        marks: Vec::new(),
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
