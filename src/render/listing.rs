//! An article's extraction for a reader: what was found, where, and by which rule.
//!
//! This is the middle of the pipe made visible: each finding with its bytes, its words and its reason.

use std::fmt::Write;

use crate::article::Article;
use crate::extract::why::Why;
use crate::extract::{Extraction, Quote, Speaker};
use crate::text::span::Span;

use super::card::{Look, NAME, QUIET, WORDS};
use super::{why, wrap};

/// Appends the listing of one article; `why` adds the rule and the bytes of each finding, and who was weighed for each quotation.
pub fn write_listing(out: &mut String, article: &Article, found: &Extraction, why: Option<&[Option<Why>]>, look: Look) {
    let title = article.headline().unwrap_or("(no headline)");
    let _ = write!(out, "{}", look.paint(NAME, &one_line(title)));
    for fact in [article.published.map(|date| date.to_string()), article.outlet.clone()].into_iter().flatten() {
        let _ = write!(out, " · {}", one_line(&fact));
    }
    let _ = writeln!(out, "  {}", look.paint(QUIET, &place(article)));
    for (n, quote) in found.quotes.iter().enumerate() {
        write_quote(out, article, found, quote, look);
        if let Some(whys) = why {
            write_why(out, article, quote, whys.get(n).and_then(Option::as_ref), look);
        }
    }
    for mention in &found.dates {
        let value = mention.value;
        let words = one_line(mention.span.of(&article.text));
        let _ = write!(out, "  {words} = {value}");
        if why.is_some() {
            let reason = format!("  [{} at {}]", mention.rule, bytes(mention.span));
            let _ = write!(out, "{}", look.paint(QUIET, &reason));
        }
        out.push('\n');
    }
}

fn write_quote(out: &mut String, article: &Article, found: &Extraction, quote: &Quote, look: Look) {
    let by = &quote.attribution;
    let speaker = match &by.speaker {
        Speaker::Named(person) => {
            found.people.get(*person).map_or_else(String::new, |person| match person.roles.first() {
                Some(role) => format!("{}, {role}", person.name),
                None => person.name.clone(),
            })
        }
        Speaker::Described(description) => description.clone(),
        Speaker::Unknown => "(speaker not known)".to_owned(),
    };
    let _ = writeln!(out, "  {}: {}", look.paint(NAME, &one_line(&speaker)), quote.kind.name());
    let words: Vec<&str> = quote.spans.iter().map(|span| span.of(&article.text)).collect();
    let words = format!("“{}”", one_line(&words.join(" … ")));
    for line in wrap::wrap(&words, look.columns() - 4) {
        let _ = writeln!(out, "    {}", look.paint(WORDS, &line));
    }
}

fn write_why(out: &mut String, article: &Article, quote: &Quote, why: Option<&Why>, look: Look) {
    let by = &quote.attribution;
    let spans: Vec<String> = quote.spans.iter().map(|&span| bytes(span)).collect();
    let mut reason = format!("rule {} {:.2}, words at {}", by.rule, by.confidence, spans.join(" and "));
    for (what, span) in [("mention", by.mention), ("cue", by.cue)] {
        if let Some(span) = span {
            let _ = write!(reason, ", {what} “{}” at {}", one_line(span.of(&article.text)), bytes(span));
        }
    }
    let _ = writeln!(out, "    {}", look.paint(QUIET, &reason));
    for line in why::lines(why, by.rule, true) {
        let _ = writeln!(out, "      {}", look.paint(QUIET, &line));
    }
}

fn place(article: &Article) -> String {
    let source = &article.source;
    let mut place = source.path.clone();
    if let Some(entry) = &source.entry {
        let _ = write!(place, "!/{entry}");
    }
    if source.record > 0 {
        let _ = write!(place, " record {}", source.record + 1);
    }
    one_line(&place)
}

fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    wrap::tame(&words.join(" "))
}

fn bytes(span: Span) -> String {
    format!("{}-{}", span.start(), span.end())
}
