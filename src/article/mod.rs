//! Layer 1: an article, however it was stored.
//!
//! Readers turn bytes into [`Article`]s and [`Problem`]s; they never fail and never stop at a bad record.
//! This layer knows formats and character sets; it does not walk folders or open files (that is `archive`),
//! and it does not look for quotations (that is `extract`).

mod address;
mod byline_words;
mod charset;
mod credit;
mod dateline;
mod entities;
mod facts;
mod feed;
mod fields;
mod format;
mod headers;
mod html;
mod identified;
mod instant;
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
mod utf32;
mod wire;
mod xml;

pub use fields::{Field, FieldMap};
pub use format::{FORMATS, Format};
pub use html::lesson;
pub use read::{ReadOptions, read};
pub use scan::{Issue, is_scan};

use crate::text::day::PartialDate;
use crate::text::id::Id;
use crate::text::problem::Problem;
use crate::text::span::Span;

/// Raised when the same bytes give other articles than before: an archive is then read again by the next run of `index`.
pub const VERSION: u32 = 5;

/// Where an article came from: enough to find it again, and what its id is made of.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Source {
    /// The file, as the index names it.
    pub path: String,
    /// The entry inside a container, where the file is one.
    pub entry: Option<String>,
    /// The record inside that file or entry, counted from 0; 0 where there is but one.
    pub record: u64,
    /// The hash of the identifier that the record has of its own, where it is one of several and none before it has the same.
    pub own: Option<u64>,
}

/// What tells a record from the others of its file or entry, wherever ids are made of that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Which {
    /// Its place among them, counted from 0.
    Nth(u64),
    /// The hash of its own identifier.
    Own(u64),
}

impl Source {
    /// The one article of a file.
    pub fn file(path: impl Into<String>) -> Self {
        Self { path: path.into(), entry: None, record: 0, own: None }
    }

    /// Which record of its file or entry it is.
    pub fn which(&self) -> Which {
        self.own.map_or(Which::Nth(self.record), Which::Own)
    }

    /// The id of the article at this place: the same as long as path and entry are, and the identifier that the record has
    /// of its own or, where it has none, its number.
    pub fn id(&self) -> Id {
        let (path, entry) = (self.path.as_bytes(), self.entry.as_deref().unwrap_or_default().as_bytes());
        match self.which() {
            Which::Nth(number) => Id::of_parts([path, entry, &number.to_le_bytes()]),
            Which::Own(hash) => Id::of_parts([path, entry, &hash.to_le_bytes(), b"own"]),
        }
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

/// Where the day of publication was found; where several give one, the first of these is believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DateSource {
    /// A column, a member, a header line or an element made for it.
    Metadata,
    /// The place of the file (`--date-from-path`).
    Path,
    /// The dateline that opens the story.
    Dateline,
    /// The article's address on the web.
    Url,
    /// Words beside the headline.
    Text,
    /// The command line (`--date`).
    Option,
}

impl DateSource {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Metadata, Self::Path, Self::Dateline, Self::Url, Self::Text, Self::Option];

    /// Its name: `metadata`, `path`, `dateline`, `url`, `text` or `option`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Metadata => "metadata",
            Self::Path => "path",
            Self::Dateline => "dateline",
            Self::Url => "url",
            Self::Text => "text",
            Self::Option => "option",
        }
    }

    /// The source of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.name() == name)
    }
}

/// One article: a text that is kept as it was read, and what is known about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// Where it came from.
    pub source: Source,
    /// The id that its own archive gave it, where there is one; kept to be shown. Ours is made of it where one file holds several
    /// articles (see [`Source::own`]).
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
    /// Where that was found.
    pub date_source: Option<DateSource>,
    /// The language, as a BCP 47 primary tag (`en`, `de`), where the source says it.
    pub lang: Option<String>,
    /// Its address on the web.
    pub url: Option<String>,
    /// The format that it was read in, where it was read.
    pub format: Option<Format>,
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
            date_source: None,
            lang: None,
            url: None,
            format: None,
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
