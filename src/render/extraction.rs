//! One article's extraction as one JSON line: the schema `onrecord.extraction/1`.
//!
//! The structs here borrow from article and extraction, so that a line is made without a copy of the text.
//! Spans are byte offsets into the UTF-8 of the article's text. Fields are only ever added within a version.

use std::io;

use serde::Serialize;
use serde::ser::{SerializeSeq, Serializer};

use crate::article::Article;
use crate::extract::date::{DateMention, DateValue};
use crate::extract::{Extraction, Person, Quote, Speaker};
use crate::text::span::Span;

use super::field::thousandths;

/// What a line holds besides the findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// The article as well: its path, its text and what is known about it.
    pub text: bool,
    /// The rule behind each date as well (a quotation's rule is always there).
    pub why: bool,
}

/// Appends the JSON line of one article, its line feed included.
///
/// # Errors
/// None in practice: `out` takes all bytes. The signature is that of the serialiser.
pub fn write_line(out: &mut Vec<u8>, article: &Article, found: &Extraction, extent: Extent) -> io::Result<()> {
    let own_id;
    let id = match &article.given_id {
        Some(id) => id,
        None => {
            own_id = article.id().to_string();
            &own_id
        }
    };
    let line = ExtractionLine {
        schema: "onrecord.extraction/1",
        id,
        path: extent.text.then_some(PathText(article)),
        text: extent.text.then_some(&article.text),
        article: extent.text.then(|| ArticlePart::of(article)),
        quotes: Quotes(found),
        people: People(&found.people),
        dates: Dates { article, mentions: &found.dates, why: extent.why },
    };
    serde_json::to_writer(&mut *out, &line)?;
    out.push(b'\n');
    Ok(())
}

#[derive(Serialize)]
struct ExtractionLine<'a> {
    schema: &'static str,
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<PathText<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    article: Option<ArticlePart<'a>>,
    quotes: Quotes<'a>,
    people: People<'a>,
    dates: Dates<'a>,
}

/// The path as it is shown: an entry of a container after `!/`.
struct PathText<'a>(&'a Article);

impl Serialize for PathText<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let source = &self.0.source;
        match &source.entry {
            None => serializer.serialize_str(&source.path),
            Some(entry) => serializer.collect_str(&format_args!("{}!/{entry}", source.path)),
        }
    }
}

#[derive(Serialize)]
struct ArticlePart<'a> {
    title: Option<&'a str>,
    byline: Option<&'a str>,
    outlet: Option<&'a str>,
    section: Option<&'a str>,
    date: Option<String>,
    url: Option<&'a str>,
    lang: Option<&'a str>,
    body: Range,
}

impl<'a> ArticlePart<'a> {
    fn of(article: &'a Article) -> Self {
        Self {
            title: article.headline(),
            byline: article.byline(),
            outlet: article.outlet.as_deref(),
            section: article.section.as_deref(),
            date: article.published.map(|date| date.to_string()),
            url: article.url.as_deref(),
            lang: article.lang.as_deref(),
            body: Range(article.body),
        }
    }
}

/// A span as `[start,end]`.
struct Range(Span);

impl Serialize for Range {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        [self.0.start(), self.0.end()].serialize(serializer)
    }
}

struct Ranges<'a>(&'a [Span]);

impl Serialize for Ranges<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|&span| Range(span)))
    }
}

struct Quotes<'a>(&'a Extraction);

impl Serialize for Quotes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.quotes.iter().map(|quote| QuoteJson::of(quote, self.0)))
    }
}

#[derive(Serialize)]
struct QuoteJson<'a> {
    spans: Ranges<'a>,
    kind: &'static str,
    speaker: Option<SpeakerJson<'a>>,
    cue: Option<Range>,
    rule: &'static str,
    confidence: f32,
}

#[derive(Serialize)]
struct SpeakerJson<'a> {
    name: Option<&'a str>,
    mention: Option<Range>,
    role: Option<&'a str>,
}

impl<'a> QuoteJson<'a> {
    fn of(quote: &'a Quote, found: &'a Extraction) -> Self {
        let by = &quote.attribution;
        let (name, role) = match &by.speaker {
            Speaker::Named(person) => {
                let person = found.people.get(*person);
                (person.map(|p| p.name.as_str()), person.and_then(|p| p.roles.first()).map(String::as_str))
            }
            Speaker::Described(description) => (Some(description.as_str()), None),
            Speaker::Unknown => (None, None),
        };
        let mention = by.mention.map(Range);
        let speaker = (name.is_some() || mention.is_some()).then_some(SpeakerJson { name, mention, role });
        Self {
            spans: Ranges(&quote.spans),
            kind: quote.kind.name(),
            speaker,
            cue: by.cue.map(Range),
            rule: by.rule,
            confidence: thousandths(by.confidence),
        }
    }
}

struct People<'a>(&'a [Person]);

impl Serialize for People<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct PersonJson<'a> {
            name: &'a str,
            roles: &'a [String],
            mentions: Ranges<'a>,
        }
        serializer.collect_seq(self.0.iter().map(|person| PersonJson {
            name: &person.name,
            roles: &person.roles,
            mentions: Ranges(&person.mentions),
        }))
    }
}

struct Dates<'a> {
    article: &'a Article,
    mentions: &'a [DateMention],
    why: bool,
}

impl Serialize for Dates<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.mentions.len()))?;
        for mention in self.mentions {
            list.serialize_element(&DateJson::of(mention, &self.article.text, self.why))?;
        }
        list.end()
    }
}

#[derive(Serialize)]
struct DateJson<'a> {
    span: Range,
    text: &'a str,
    #[serde(flatten)]
    value: ValueJson,
    grain: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum ValueJson {
    One { value: Option<String> },
    Range { from: String, to: String },
}

impl<'a> DateJson<'a> {
    fn of(mention: &DateMention, text: &'a str, why: bool) -> Self {
        let (value, grain) = match mention.value {
            DateValue::At(stretch) => (ValueJson::One { value: Some(stretch.to_string()) }, Some(stretch.grain())),
            DateValue::Range(from, to) => {
                (ValueJson::Range { from: from.to_string(), to: to.to_string() }, Some("range"))
            }
            DateValue::Unresolved => (ValueJson::One { value: None }, None),
        };
        Self { span: Range(mention.span), text: mention.span.of(text), value, grain, rule: why.then_some(mention.rule) }
    }
}
