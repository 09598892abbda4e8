//! What stands on the page itself: `<time>` elements, and elements that are marked as byline or date.

use dom_query::{Document, NodeRef};

use crate::article::facts::Facts;
use crate::article::fields::Field;
use crate::article::{facts, plain, published};

/// Elements that are marked as holding the byline, surest first.
const BYLINES: [&str; 8] = [
    "[itemprop='author'] [itemprop='name']",
    "[itemprop='author']",
    "a[rel='author']",
    "[class*='byline'] a",
    "[class*='byline']",
    "[class*='author-name'], [class*='author__name'], [class*='authorName'], [class*='author_name']",
    "[data-testid*='author'], [data-testid*='byline']",
    "[class='author'], [class*='post-author'], [class*='entry-author'], .author a",
];

/// Elements that are marked as holding the day of publication, surest first.
const DATES: [&str; 5] = [
    "[itemprop='datePublished']",
    "time[pubdate], time[class*='publish'], time.entry-date, time[class*='posted']",
    "[class*='publish'] time, [class*='byline'] time, [class*='date'] time, header time, article time",
    "[class*='publish-date'], [class*='published'], [class*='pub-date'], [class*='pubdate'], [class*='post-date'], [class*='entry-date'], \
     [class*='article-date'], [class*='article__date'], [class*='article-meta'], [class*='posted-on'], [class*='timestamp'], [class*='dateline']",
    "[class*='date'], [class*='meta'], [class*='byline'], [id*='date']",
];

/// Reads what the elements do not say: only facts that are still missing.
pub(super) fn read(document: &Document, found: &mut Facts) {
    if found.get(Field::Byline).is_none()
        && let Some(names) = BYLINES.iter().find_map(|selector| byline(document, selector))
    {
        found.offer(Field::Byline, names);
    }
    if found.get(Field::Date).is_none() {
        let marked = DATES
            .iter()
            .find_map(|selector| document.select(selector).nodes().iter().take(12).find_map(|node| day_at(node)));
        let lone = || {
            let times = document.select("time");
            let first = times.nodes().first()?;
            day_at(first)
        };
        if let Some(date) = marked.or_else(lone) {
            found.offer(Field::Date, date);
        }
    }
}

/// Reads bylines and dates off the lines around the headline: what nothing marks but readers see.
pub(super) fn near_headline(whole: &str, found: &mut Facts) {
    let Some(title) = found.get(Field::Title).and_then(facts::one_line) else { return };
    if found.get(Field::Byline).is_some() && found.get(Field::Date).is_some() {
        return;
    }
    let lines: Vec<&str> = whole.lines().map(str::trim).filter(|line| !line.is_empty()).take(400).collect();
    let at = lines.iter().position(|line| *line == title).unwrap_or(0);
    let around = lines.iter().skip(at.saturating_sub(4)).take(20).filter(|line| line.len() <= 120);
    let mut changed = None;
    for line in around {
        if plain::is_byline(line) {
            // `By Ada Bell | March 5, 2019`
            let names = line.split(['|', '•', '·']).next().unwrap_or(line);
            found.offer(Field::Byline, names);
        }
        if line.bytes().filter(u8::is_ascii_digit).count() >= 5 && is_day(line) {
            let lower = line.to_lowercase();
            if lower.contains("updated") || lower.contains("modified") || lower.contains("reviewed") {
                changed = changed.or(Some(*line));
            } else if line.split_whitespace().count() <= 14 {
                found.offer_near(line);
            }
        }
    }
    if let Some(line) = changed {
        found.offer_near(line);
    }
}

fn byline(document: &Document, selector: &str) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    for node in document.select(selector).nodes().iter().take(4) {
        let text = node.attr("content").unwrap_or_else(|| node.text());
        let Some(line) = facts::byline(&text) else { continue };
        // Longer ones are the author's life, not name.
        let name = line.len() <= 80 && line.split_whitespace().count() <= 8 && line.contains(char::is_alphabetic);
        if name && !names.contains(&line) {
            names.push(line);
        }
    }
    (!names.is_empty()).then(|| names.join(", "))
}

/// The date that an element gives in its attributes or its words.
fn day_at(node: &NodeRef<'_>) -> Option<String> {
    let attributes = ["datetime", "content", "title", "data-date", "data-timestamp"];
    let given = attributes.iter().filter_map(|name| node.attr(name)).map(|value| value.to_string());
    let mut given = given.filter(|value| published::read(value).is_some());
    given.next().or_else(|| {
        let words = facts::one_line(&node.text())?;
        // The day that a page was changed is not the day it came out.
        let changed = ["Updated", "updated", "Modified", "modified"].iter().filter_map(|word| words.find(word)).min();
        let words = words.get(..changed.unwrap_or(words.len())).filter(|words| words.len() > 5)?;
        let days = words.len() <= 100 && words.bytes().any(|b| b.is_ascii_digit());
        (days && is_day(words)).then(|| words.to_owned())
    })
}

fn is_day(words: &str) -> bool {
    matches!(published::read_sure(words), Some(crate::text::day::PartialDate::Day(_)))
}
