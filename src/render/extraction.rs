//! One article's extraction as one JSON line: the schema `onrecord.extraction/1`.
//!
//! The structs here borrow from article and extraction, so that a line is made without a copy of the text.
//! Spans are byte offsets into the UTF-8 of the article's text. Fields are only ever added within a version.

use std::io::{self, Write};

use crate::article::{Article, DateSource};
use crate::extract::date::{DateMention, DateValue};
use crate::extract::why::Why;
use crate::extract::{Extraction, Person, Quote, Speaker, language_of};
use crate::text::span::Span;

use super::field::thousandths;
use super::why::WhyJson;

/// What a line holds besides the findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// The article as well: its path, its text and what is known about it.
    pub text: bool,
    /// The rule behind each date as well (a quotation's rule is always there), and who was weighed for each quotation.
    pub why: bool,
}

/// Appends the JSON line of one article, its line feed included.
///
/// # Errors
/// None in practice: `out` takes all bytes. The signature is that of the serialiser.
pub fn write_line(
    out: &mut Vec<u8>,
    article: &Article,
    found: &Extraction,
    whys: &[Option<Why>],
    extent: Extent,
) -> io::Result<()> {
    out.extend_from_slice(b"{\"schema\":\"onrecord.extraction/1\",\"id\":");
    match &article.given_id {
        Some(id) => text(out, id)?,
        None => text(out, &article.id().to_string())?,
    }
    if extent.text {
        out.extend_from_slice(b",\"path\":");
        let source = &article.source;
        match &source.entry {
            None => text(out, &source.path)?,
            // An entry of a container is shown behind `!/`.
            Some(entry) => text(out, &format!("{}!/{entry}", source.path))?,
        }
        out.extend_from_slice(b",\"text\":");
        text(out, &article.text)?;
        about(out, article)?;
    }
    out.extend_from_slice(b",\"quotes\":");
    let mut whys = whys.iter();
    list(out, &found.quotes, |out, quote| {
        let why = extent.why.then(|| WhyJson::of(whys.next().and_then(Option::as_ref)));
        write_quote(out, quote, found, why)
    })?;
    out.extend_from_slice(b",\"people\":");
    list(out, &found.people, write_person)?;
    out.extend_from_slice(b",\"dates\":");
    list(out, &found.dates, |out, mention| date(out, mention, &article.text, extent.why))?;
    out.extend_from_slice(b"}\n");
    Ok(())
}

/// What is known about an article.
fn about(out: &mut Vec<u8>, article: &Article) -> io::Result<()> {
    let day = article.published.map(|date| date.to_string());
    let members = [
        ("title", article.headline()),
        ("byline", article.byline()),
        ("outlet", article.outlet.as_deref()),
        ("section", article.section.as_deref()),
        ("date", day.as_deref()),
        ("date_source", article.date_source.map(DateSource::name)),
        ("url", article.url.as_deref()),
        ("lang", language_of(article)),
    ];
    out.extend_from_slice(b",\"article\":{");
    for (name, value) in members {
        text(out, name)?;
        out.push(b':');
        maybe(out, value, text)?;
        out.push(b',');
    }
    out.extend_from_slice(b"\"body\":");
    range(out, article.body)?;
    out.push(b'}');
    Ok(())
}

fn write_quote(out: &mut Vec<u8>, quote: &Quote, found: &Extraction, why: Option<WhyJson<'_>>) -> io::Result<()> {
    let by = &quote.attribution;
    let (name, role) = match &by.speaker {
        Speaker::Named(person) => {
            let person = found.people.get(*person);
            (person.map(|p| p.name.as_str()), person.and_then(|p| p.roles.first()).map(String::as_str))
        }
        Speaker::Described(description) => (Some(description.as_str()), None),
        Speaker::Unknown => (None, None),
    };
    out.extend_from_slice(b"{\"spans\":");
    list(out, &quote.spans, |out, span| range(out, *span))?;
    out.extend_from_slice(b",\"kind\":");
    text(out, quote.kind.name())?;
    out.extend_from_slice(b",\"speaker\":");
    if name.is_some() || by.mention.is_some() {
        out.extend_from_slice(b"{\"name\":");
        maybe(out, name, text)?;
        out.extend_from_slice(b",\"mention\":");
        maybe(out, by.mention, range)?;
        out.extend_from_slice(b",\"role\":");
        maybe(out, role, text)?;
        out.push(b'}');
    } else {
        out.extend_from_slice(b"null");
    }
    out.extend_from_slice(b",\"cue\":");
    maybe(out, by.cue, range)?;
    out.extend_from_slice(b",\"rule\":");
    text(out, by.rule)?;
    out.extend_from_slice(b",\"confidence\":");
    serde_json::to_writer(&mut *out, &thousandths(by.confidence))?;
    if let Some(why) = why {
        out.extend_from_slice(b",\"why\":");
        serde_json::to_writer(&mut *out, &why)?;
    }
    out.push(b'}');
    Ok(())
}

fn write_person(out: &mut Vec<u8>, person: &Person) -> io::Result<()> {
    out.extend_from_slice(b"{\"name\":");
    text(out, &person.name)?;
    out.extend_from_slice(b",\"roles\":");
    list(out, &person.roles, |out, role| text(out, role))?;
    out.extend_from_slice(b",\"mentions\":");
    list(out, &person.mentions, |out, span| range(out, *span))?;
    out.push(b'}');
    Ok(())
}

fn date(out: &mut Vec<u8>, mention: &DateMention, words: &str, why: bool) -> io::Result<()> {
    out.extend_from_slice(b"{\"span\":");
    range(out, mention.span)?;
    out.extend_from_slice(b",\"text\":");
    text(out, mention.span.of(words))?;
    // Stretches of the calendar are written in figures, dashes and capitals.
    match mention.value {
        DateValue::At(stretch) => write!(out, ",\"value\":\"{stretch}\",\"grain\":\"{}\"", stretch.grain())?,
        DateValue::Range(from, to) => {
            write!(out, ",\"value\":\"{from}/{to}\",\"from\":\"{from}\",\"to\":\"{to}\",\"grain\":\"range\"")?;
        }
        DateValue::Unresolved => out.extend_from_slice(b",\"value\":null,\"grain\":null"),
    }
    if why {
        out.extend_from_slice(b",\"rule\":");
        text(out, mention.rule)?;
    }
    out.push(b'}');
    Ok(())
}

fn list<T>(out: &mut Vec<u8>, items: &[T], mut item: impl FnMut(&mut Vec<u8>, &T) -> io::Result<()>) -> io::Result<()> {
    out.push(b'[');
    for (number, one) in items.iter().enumerate() {
        if number > 0 {
            out.push(b',');
        }
        item(out, one)?;
    }
    out.push(b']');
    Ok(())
}

fn maybe<T>(
    out: &mut Vec<u8>,
    value: Option<T>,
    write: impl FnOnce(&mut Vec<u8>, T) -> io::Result<()>,
) -> io::Result<()> {
    match value {
        Some(value) => write(out, value),
        None => {
            out.extend_from_slice(b"null");
            Ok(())
        }
    }
}

/// A span as `[start,end]`.
fn range(out: &mut Vec<u8>, span: Span) -> io::Result<()> {
    // From the back: two numbers of at most 20 figures, and three signs.
    let mut written = [b']'; 43];
    let mut at = number(&mut written, 42, span.end());
    at = sign(&mut written, at, b',');
    at = number(&mut written, at, span.start());
    at = sign(&mut written, at, b'[');
    out.extend_from_slice(written.get(at..).unwrap_or_default());
    Ok(())
}

/// Puts a number in figures before place `at`; where it begins.
fn number(written: &mut [u8; 43], at: usize, number: usize) -> usize {
    let (mut at, mut rest) = (at, number);
    loop {
        at = sign(written, at, b"0123456789"[rest % 10]);
        rest /= 10;
        if rest == 0 {
            return at;
        }
    }
}

/// Puts a byte before place `at`.
fn sign(written: &mut [u8; 43], at: usize, byte: u8) -> usize {
    let at = at.saturating_sub(1);
    written[at] = byte;
    at
}

/// A string between its marks.
fn text(out: &mut Vec<u8>, words: &str) -> io::Result<()> {
    if words.bytes().any(|byte| byte < b' ' || byte == b'"' || byte == b'\\') {
        return Ok(serde_json::to_writer(&mut *out, words)?);
    }
    out.push(b'"');
    out.extend_from_slice(words.as_bytes());
    out.push(b'"');
    Ok(())
}
