//! Records as they are stored, and hits as they come back: one compact line of JSON beside the fields searched.
//!
//! A quotation repeats the few facts of its article that a list of hits shows. What stands around it is read from its article,
//! where that is shown.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::article::DateSource;
use crate::extract::Kind;
use crate::text::day::PartialDate;
use crate::text::id::Id;

use super::hit::{ArticleHit, QuoteHit};
use super::record::{ArticleRecord, QuoteRecord, place};

type Text<'a> = Cow<'a, str>;

/// A quotation: words, spans, kind, speaker, role, cue, rule, confidence, and of its
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
    f32,
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

pub(super) fn store_quote(article: &ArticleRecord, quote: &QuoteRecord) -> Vec<u8> {
    let stored = StoredQuote(
        Cow::Borrowed(&quote.words),
        quote.spans.clone(),
        Cow::Borrowed(quote.kind.name()),
        borrowed(&quote.speaker),
        borrowed(&quote.role),
        borrowed(&quote.cue),
        Cow::Borrowed(quote.rule),
        quote.confidence,
        written(article.published),
        found_in(article.date_source),
        borrowed(&article.outlet),
        borrowed(&article.title),
        borrowed(&article.url),
        Cow::Borrowed(&article.path),
        borrowed(&article.lang),
    );
    serde_json::to_vec(&stored).unwrap_or_default()
}

/// The hit that was stored as `bytes`; `None` where they are not what [`store_quote`] writes.
pub(super) fn quote_hit(bytes: &[u8], id: Id, article: Id, score: f32) -> Option<QuoteHit> {
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
    ) = serde_json::from_slice(bytes).ok()?;
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
        confidence,
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

pub(super) fn store_article(article: &ArticleRecord, quotes: usize) -> Vec<u8> {
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
    serde_json::to_vec(&stored).unwrap_or_default()
}

/// The hit that was stored as `bytes` and `text`; `None` where they are not what [`store_article`] writes.
pub(super) fn article_hit(bytes: &[u8], text: String, id: Id, score: f32) -> Option<ArticleHit> {
    let StoredArticle(title, byline, outlet, section, date, from, lang, url, path, speakers, quotes, words, body) =
        serde_json::from_slice(bytes).ok()?;
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

fn kind_of(name: &str) -> Option<Kind> {
    [Kind::Direct, Kind::Mixed, Kind::Indirect].into_iter().find(|kind| kind.name() == name)
}
