//! Markdown, with YAML or TOML front matter (Hugo, Jekyll and their kin) or without.
//!
//! Quotations in running text must come out whole, so the text that is kept is the words a reader sees:
//! links, emphasis, shortcodes, images and code are taken out ([`words`]) and every paragraph stands on
//! a line of its own. Spans refer to that text. A first-level heading is the headline where the front
//! matter has none.

mod inline;
mod matter;
mod words;

use super::facts::Facts;
use super::fields::Field;
use super::read::ReadOptions;
use super::{Article, Part, Reading, Source, charset, credit, lines};
use crate::text::problem::{Place, Problem};
use crate::text::span::Span;

/// Reads the article.
pub(super) fn read(source: Source, bytes: Vec<u8>, options: &ReadOptions) -> Reading {
    let (file, problem) = charset::decode(bytes, None);
    let file = lines::of_today(file);
    let mut problems: Vec<Problem> = problem.into_iter().collect();
    let (mut facts, body) = match matter::split(&file) {
        None => (Facts::default(), file.as_str()),
        Some((matter, body)) => {
            let (facts, problem) = matter::facts(&matter, options);
            problems.extend(problem);
            (facts, body)
        }
    };
    let (text, heading) = words::read(body);
    if facts.get(Field::Title).is_none() && text.is_empty() {
        return Reading::Skipped(Problem::new(Place::Whole, "no text: neither a body nor a title"));
    }
    let mut start = 0;
    let mut headline = None;
    if let Some(range) = heading {
        let words = text.get(range.clone()).unwrap_or_default();
        let same = facts.get(Field::Title).is_none_or(|title| title.trim() == words);
        if same {
            headline = Span::new(&text, range.start, range.end).map(Part::Here);
            start = text.len() - text.get(range.end..).unwrap_or_default().trim_start().len();
        }
    }
    let mut article = Article::from_text(source, text);
    article.headline = headline;
    article.body = Span::new(&article.text, start, article.text.len()).unwrap_or(Span::whole(""));
    if facts.get(Field::Date).is_none()
        && let Some(day) = day_in_name(&article.source)
    {
        facts.offer(Field::Date, day);
    }
    if facts.get(Field::Byline).is_none() && (article.headline.is_some() || facts.get(Field::Title).is_some()) {
        credit(&mut article, &mut facts);
    }
    problems.extend(facts.onto(&mut article, options));
    Reading::Article(Box::new(article), problems)
}

/// The day of a Jekyll post: `2014-05-01-some-words.md`.
fn day_in_name(source: &Source) -> Option<String> {
    let name = source.entry.as_deref().unwrap_or(&source.path).rsplit(['/', '\\']).next()?;
    let day = name.get(..10).filter(|_| name.get(10..11) == Some("-"))?;
    crate::text::day::PartialDate::parse(day).map(|_| day.to_owned())
}

/// `By Ada Bell` as a paragraph of its own under the headline, perhaps with the day behind it.
fn credit(article: &mut Article, facts: &mut Facts) {
    let start = article.body.start();
    let line = article.body().split('\n').next().unwrap_or_default();
    let Some(found) = credit::read(line) else { return };
    if let Some(day) = found.day {
        facts.offer_near(day);
    }
    let rest = article.text.get(start + line.len()..).unwrap_or_default();
    let next = article.text.len() - rest.trim_start().len();
    article.byline = Span::new(&article.text, start + found.names.start, start + found.names.end).map(Part::Here);
    article.body = Span::new(&article.text, next, article.text.len()).unwrap_or(article.body);
}
