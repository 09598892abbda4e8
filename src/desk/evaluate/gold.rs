//! Annotated articles and predictions, one JSON object a line, and what is wrong with such a line.
//!
//! Both have the same form; a prediction needs no text. Every place is checked against the text here, so that nothing
//! behind it has to.

use std::collections::BTreeMap;
use std::io::BufRead;

use serde::Deserialize;
use serde_json::Value;

use crate::text::order_mark::unmarked;
use crate::text::problem::{Place, Problem};

use super::token::Reach;

/// What an annotation can be.
const KINDS: [&str; 4] = ["direct", "mixed", "indirect", "unattributed"];

/// An annotated article.
#[derive(Clone, Debug)]
pub struct Annotated {
    /// Its id.
    pub id: String,
    /// Its outlet, or nothing.
    pub source: String,
    /// Its text.
    pub text: String,
    /// Title and day of publication, as far as the line has them.
    pub facts: Facts,
    /// The quotations in it, and what is none.
    pub quotes: Vec<Marked>,
}

/// What is known about an annotated article.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The headline.
    pub title: Option<Value>,
    /// The day of publication.
    pub date: Option<Value>,
}

/// A marked stretch of a text: annotated or found.
#[derive(Clone, Debug)]
pub struct Marked {
    /// Where.
    pub at: Reach,
    /// `direct`, `mixed`, `indirect`; in annotations also `unattributed`, for what is no quotation.
    pub kind: String,
    /// The words that name the speaker.
    pub mention: Option<Mention>,
    /// The speaker's full name.
    pub resolved: Option<String>,
    /// By which rule it was found.
    pub rule: Option<String>,
    /// How likely it is right.
    pub confidence: Option<f64>,
}

/// The words that name a speaker.
#[derive(Clone, Debug, Default)]
pub struct Mention {
    /// Where; a prediction may give only the words.
    pub at: Option<Reach>,
    /// The words.
    pub text: Option<String>,
    /// The parts of a mention that is not in one piece.
    pub fragments: Vec<Reach>,
}

/// Predictions of many articles, by id.
#[derive(Clone, Debug, Default)]
pub struct Predictions {
    articles: BTreeMap<String, (u64, Vec<RawMarked>)>,
}

impl Predictions {
    /// Whether there are any for the article of this id.
    pub fn holds(&self, id: &str) -> bool {
        self.articles.contains_key(id)
    }

    /// What was found in each of these articles; nothing in those that the predictions leave out.
    ///
    /// # Errors
    /// Every prediction whose place is not in its article.
    pub fn lay_over(&self, gold: &[Annotated]) -> Result<Vec<Vec<Marked>>, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut laid = Vec::with_capacity(gold.len());
        for article in gold {
            let mut quotes = Vec::new();
            if let Some((line, raw)) = self.articles.get(&article.id) {
                match checked(raw, article.text.chars().count(), false) {
                    Ok(checked) => quotes = checked,
                    Err(message) => problems.push(Problem::new(Place::Line(*line), message)),
                }
            }
            laid.push(quotes);
        }
        if problems.is_empty() { Ok(laid) } else { Err(problems) }
    }
}

/// Reads annotated articles.
///
/// # Errors
/// Every line that is none.
pub fn read(input: impl BufRead) -> Result<Vec<Annotated>, Vec<Problem>> {
    let mut articles: Vec<Annotated> = Vec::new();
    let mut lines = BTreeMap::new();
    each_line(input, |number, line| {
        let raw: RawArticle = parse(line)?;
        let text = raw.text.ok_or("it has no `text`")?;
        let quotes = checked(&raw.quotes, text.chars().count(), true)?;
        if let Some(before) = lines.insert(raw.id.clone(), number) {
            return Err(format!("the id {} stands in line {before} as well", raw.id));
        }
        let facts = Facts { title: raw.title, date: raw.date };
        articles.push(Annotated {
            id: raw.id,
            source: raw.source.or(raw.outlet).unwrap_or_default(),
            text,
            facts,
            quotes,
        });
        Ok(())
    })?;
    Ok(articles)
}

/// Reads predictions.
///
/// # Errors
/// Every line that is none.
pub fn read_predictions(input: impl BufRead) -> Result<Predictions, Vec<Problem>> {
    let mut read = Predictions::default();
    each_line(input, |number, line| {
        let raw: RawArticle = parse(line)?;
        match read.articles.insert(raw.id.clone(), (number, raw.quotes)) {
            Some((before, _)) => Err(format!("the id {} stands in line {before} as well", raw.id)),
            None => Ok(()),
        }
    })?;
    Ok(read)
}

fn each_line(
    mut input: impl BufRead,
    mut take: impl FnMut(u64, &str) -> Result<(), String>,
) -> Result<(), Vec<Problem>> {
    let mut problems = Vec::new();
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        match input.read_until(b'\n', &mut line) {
            Ok(0) => break,
            Ok(_) => {}
            Err(error) => {
                problems.push(Problem::new(Place::Line(number), format!("cannot be read: {error}")));
                break;
            }
        }
        let taken = match std::str::from_utf8(&line).map(|text| if number == 1 { unmarked(text) } else { text }) {
            Err(_) => Err("it is not UTF-8".to_owned()),
            Ok(text) if text.trim().is_empty() => Ok(()),
            Ok(text) => take(number, text.trim()),
        };
        problems.extend(taken.err().map(|message| Problem::new(Place::Line(number), message)));
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

fn parse(line: &str) -> Result<RawArticle, String> {
    serde_json::from_str(line).map_err(|error| {
        let said = error.to_string();
        let said = said.split_once(" at line ").map_or(said.as_str(), |(said, _)| said);
        let what = if error.is_data() { "it has not the form of an annotated article" } else { "it is no JSON object" };
        format!("{what}: {said} (column {})", error.column())
    })
}

#[derive(Deserialize)]
struct RawArticle {
    id: String,
    source: Option<String>,
    outlet: Option<String>,
    text: Option<String>,
    title: Option<Value>,
    date: Option<Value>,
    quotes: Vec<RawMarked>,
}

#[derive(Clone, Debug, Deserialize)]
struct RawMarked {
    start: usize,
    end: usize,
    kind: String,
    speaker_mention: Option<RawMention>,
    speaker_resolved: Option<String>,
    rule: Option<String>,
    confidence: Option<f64>,
}

#[derive(Clone, Debug, Deserialize)]
struct RawMention {
    start: Option<usize>,
    end: Option<usize>,
    text: Option<String>,
    fragments: Option<Vec<(usize, usize)>>,
}

/// The quotations with their places checked against a text of `length` code points; an annotation's mention needs a place.
fn checked(raw: &[RawMarked], length: usize, annotation: bool) -> Result<Vec<Marked>, String> {
    let reach = |n: usize, what: &str, start: usize, end: usize| {
        if start > end || end > length {
            return Err(format!(
                "quotation {}: its {what} {start}..{end} is no place in a text of {length} characters",
                n + 1
            ));
        }
        Ok(Reach { start, end })
    };
    let mention = |n: usize, raw: &RawMention| {
        let at = match (raw.start, raw.end) {
            (Some(start), Some(end)) => Some(reach(n, "speaker_mention", start, end)?),
            _ if annotation => return Err(format!("quotation {}: its speaker_mention has no place", n + 1)),
            _ => None,
        };
        let parts = raw.fragments.iter().flatten();
        let fragments = parts.map(|&(start, end)| reach(n, "fragment", start, end)).collect::<Result<_, _>>()?;
        Ok(Mention { at, text: raw.text.clone(), fragments })
    };
    let marked = |(n, raw): (usize, &RawMarked)| {
        if annotation && !KINDS.contains(&raw.kind.as_str()) {
            let kinds = KINDS.join(", ");
            return Err(format!(
                "quotation {}: unknown kind `{}`; the kinds are {kinds}",
                n + 1,
                raw.kind.escape_debug()
            ));
        }
        if raw.confidence.is_some_and(|confidence| !(0.0..=1.0).contains(&confidence)) {
            return Err(format!("quotation {}: its confidence is not between 0 and 1", n + 1));
        }
        Ok(Marked {
            at: reach(n, "place", raw.start, raw.end)?,
            kind: raw.kind.clone(),
            mention: raw.speaker_mention.as_ref().map(|raw| mention(n, raw)).transpose()?,
            resolved: raw.speaker_resolved.clone(),
            rule: raw.rule.clone(),
            confidence: raw.confidence,
        })
    };
    raw.iter().enumerate().map(marked).collect()
}
