//! An evaluation: annotated articles are extracted, or predictions taken, and compared, in order.
//!
//! What is extracted from an article is what `onrecord extract` finds in a JSON line with its id, text, title, date and outlet.

use serde_json::json;

use crate::article::{self, Article, Format, ReadOptions, Reading, Source};
use crate::desk::{fault, ordered};
use crate::extract::{self, Extraction, Kind, Speaker};
use crate::text::problem::Problem;
use crate::text::span::Span;

use super::gold::{Annotated, Marked, Mention};
use super::report::Report;
use super::token::Reach;

/// What is to be evaluated, and how.
#[derive(Clone, Debug)]
pub struct Order {
    /// The kinds asked for. Others are ignored in the annotation, and left out of what was found.
    pub kinds: Vec<Kind>,
    /// How many mistakes are to be listed.
    pub mistakes: usize,
    /// How many articles are worked on at the same time.
    pub jobs: usize,
}

/// Extracts from the articles and compares. `told` hears of those on which extraction failed: they count as without quotations.
pub fn extracted(gold: &[Annotated], order: &Order, told: &mut dyn FnMut(&str, &Problem)) -> Report {
    let mut report = Report::default();
    let kinds: Vec<&str> = order.kinds.iter().map(|kind| kind.name()).collect();
    let Ok(()) = ordered::run(
        order.jobs,
        |push| {
            for article in gold {
                if push(article, article.text.len()).is_break() {
                    return;
                }
            }
        },
        |annotated: &Annotated| (annotated, fault::contain(|| find(annotated))),
        // All articles are in memory, and what is found is little beside them.
        |_| 0,
        |(annotated, found)| {
            let found = found.unwrap_or_else(|problem| {
                told(&annotated.id, &problem);
                Vec::new()
            });
            report.add(annotated, &found, &kinds, order.mistakes);
            Ok::<(), std::convert::Infallible>(())
        },
    );
    report
}

/// Compares predictions, one list an article.
pub fn predicted(gold: &[Annotated], predictions: &[Vec<Marked>], order: &Order) -> Report {
    let mut report = Report::default();
    let kinds: Vec<&str> = order.kinds.iter().map(|kind| kind.name()).collect();
    for (annotated, found) in gold.iter().zip(predictions) {
        report.add(annotated, found, &kinds, order.mistakes);
    }
    report
}

fn find(annotated: &Annotated) -> Vec<Marked> {
    let article = read(annotated);
    let found = extract::extract(&article);
    marked(&article.text, &found)
}

/// The article as the reader of JSON lines makes it, dates and all.
fn read(annotated: &Annotated) -> Article {
    let Annotated { id, source, text, facts, .. } = annotated;
    let line =
        json!({ "id": id, "text": text, "title": facts.title, "date": facts.date, "outlet": source }).to_string();
    let options = ReadOptions { format: Some(Format::JsonLines), ..ReadOptions::default() };
    let reading = article::read(Source::file("-"), Box::new(line.as_bytes()), &options).next();
    match reading {
        Some(Reading::Article(article, _)) if article.text == *text => *article,
        // Nothing to read in it, or not in this form; its text is all the same.
        _ => Article::from_text(Source::file(id.as_str()), text.as_str()),
    }
}

/// An extraction as marked stretches: one for each span of a quotation.
fn marked(text: &str, found: &Extraction) -> Vec<Marked> {
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let point = |byte: usize| starts.partition_point(|&start| start < byte);
    let reach = |span: Span| Reach { start: point(span.start()), end: point(span.end()) };
    let mut all = Vec::new();
    for quote in &found.quotes {
        let by = &quote.attribution;
        let name = match &by.speaker {
            Speaker::Named(person) => found.people.get(*person).map(|person| person.name.clone()),
            Speaker::Described(words) => Some(words.clone()),
            Speaker::Unknown => None,
        };
        let mention =
            |span: Span| Mention { at: Some(reach(span)), text: Some(span.of(text).to_owned()), fragments: Vec::new() };
        all.extend(quote.spans.iter().map(|&span| Marked {
            at: reach(span),
            kind: quote.kind.name().to_owned(),
            mention: by.mention.map(mention),
            resolved: name.clone(),
            rule: Some(by.rule.to_owned()),
            confidence: Some(thousandths(by.confidence)),
        }));
    }
    all
}

/// As it is written in a line of `extract --json`.
fn thousandths(confidence: f32) -> f64 {
    f64::from((confidence * 1000.0).round()) / 1000.0
}
