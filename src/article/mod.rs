//! Layer 1: an article, however it was stored.
//!
//! Readers turn bytes into [`Article`]s and [`Problem`]s; they never fail and never stop at a bad record.
//! This layer knows formats and character sets; it does not walk folders or open files (that is `archive`),
//! and it does not look for quotations (that is `extract`).

mod charset;
mod dateline;
mod entities;
mod facts;
mod feed;
mod fields;
mod format;
mod headers;
mod html;
mod json;
mod lines;
mod mail;
mod markdown;
mod newsml;
mod nitf;
mod plain;
mod prose;
pub(crate) mod published;
mod read;
mod recode;
mod reuters;
mod scan;
mod story;
mod table;
mod tags;
mod twice;
mod wire;
mod xml;

pub use fields::{Field, FieldMap};
pub use format::{FORMATS, Format};
pub use read::{ReadOptions, read};
pub use scan::{Issue, is_scan};

use crate::text::day::PartialDate;
use crate::text::id::Id;
use crate::text::problem::Problem;
use crate::text::span::Span;

/// Raised when the same bytes give other articles than before: an archive is then read again by the next run of `index`.
pub const VERSION: u32 = 1;

/// Where an article came from: enough to find it again, and what its id is made of.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Source {
    /// The file, as the index names it.
    pub path: String,
    /// The entry inside a container, where the file is one.
    pub entry: Option<String>,
    /// The record inside that file or entry, counted from 0; 0 where there is but one.
    pub record: u64,
}

impl Source {
    /// The one article of a file.
    pub fn file(path: impl Into<String>) -> Self {
        Self { path: path.into(), entry: None, record: 0 }
    }

    /// The id of the article at this place: the same as long as path, entry and record are.
    pub fn id(&self) -> Id {
        let entry = self.entry.as_deref().unwrap_or_default();
        Id::of_parts([self.path.as_bytes(), entry.as_bytes(), &self.record.to_le_bytes()])
    }
}

/// A piece of an article that may stand in its text, or beside it in metadata.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// These bytes of the text.
    Here(Span),
    /// Words that the text does not hold.
    Beside(String),
}

/// One article: a text that is kept as it was read, and what is known about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// Where it came from.
    pub source: Source,
    /// The id that its own archive gave it, where there is one; kept to be shown, never used as ours.
    pub given_id: Option<String>,
    /// The headline.
    pub headline: Option<Part>,
    /// Who wrote it, without the word "By".
    pub byline: Option<Part>,
    /// The newspaper, agency or site.
    pub outlet: Option<String>,
    /// The section or category.
    pub section: Option<String>,
    /// The day, month or year of publication.
    pub published: Option<PartialDate>,
    /// The language, as a BCP 47 primary tag (`en`, `de`), where the source says it.
    pub lang: Option<String>,
    /// Its address on the web.
    pub url: Option<String>,
    /// The text. All spans refer to this string.
    pub text: String,
    /// The part of the text that is the article itself, without headline, byline and the like.
    pub body: Span,
}

impl Article {
    /// An article of which only the text is known; the whole text is its body.
    pub fn from_text(source: Source, text: impl Into<String>) -> Self {
        let text = text.into();
        let body = Span::whole(&text);
        Self {
            source,
            given_id: None,
            headline: None,
            byline: None,
            outlet: None,
            section: None,
            published: None,
            lang: None,
            url: None,
            text,
            body,
        }
    }

    /// The id: made of where it came from.
    pub fn id(&self) -> Id {
        self.source.id()
    }

    /// The words of the headline.
    pub fn headline(&self) -> Option<&str> {
        self.headline.as_ref().map(|part| self.words(part))
    }

    /// The words of the byline.
    pub fn byline(&self) -> Option<&str> {
        self.byline.as_ref().map(|part| self.words(part))
    }

    /// The words of the body.
    pub fn body(&self) -> &str {
        self.body.of(&self.text)
    }

    fn words<'a>(&'a self, part: &'a Part) -> &'a str {
        match part {
            Part::Here(span) => span.of(&self.text),
            Part::Beside(words) => words,
        }
    }
}

/// What a reader makes of one record.
#[derive(Clone, Debug)]
pub enum Reading {
    /// An article, with what was odd about it.
    Article(Box<Article>, Vec<Problem>),
    /// A record from which no article could be made, and why.
    Skipped(Problem),
}
