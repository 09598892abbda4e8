//! Which articles of a file are told from each other by identifiers of their own, and no longer by their places.
//!
//! Feeds have what is newest first, so that places change with each article that comes. It knows neither where a format keeps an
//! identifier (that is for its reader, which gives it as [`Article::given_id`]) nor what ids are made of ([`Source::id`]).
//!
//! [`Source::id`]: super::Source::id

use std::collections::HashSet;

use super::format::Format;
use super::{Article, Reading};
use crate::text::id::Id;

/// The readings of a file, each article with its own identifier where it is one of several.
pub(super) struct Identified<I> {
    inner: I,
    format: Format,
    /// The address that the whole file has, which is not that of an article in it.
    url: Option<String>,
    holds: Holds,
    /// What comes after the first, where it had to be known whether anything does.
    ahead: Option<Reading>,
    /// Hashes of the identifiers met: of one that comes again nobody knows which is which.
    met: HashSet<u64>,
}

/// How many articles there are in a file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// One, which keeps its place: its path tells it from others.
    One,
    /// Several, or as many as have come so far.
    Several,
    /// Nobody knows before the second.
    Unknown,
}

impl<I: Iterator<Item = Reading>> Identified<I> {
    /// Of a file of this format, of which the first bytes and the address are known.
    pub(super) fn new(inner: I, format: Format, head: &[u8], url: Option<&str>) -> Self {
        let list = head.trim_ascii_start().first() == Some(&b'[');
        let holds = match format {
            Format::JsonLines | Format::Table | Format::Feed | Format::JsonFeed | Format::Reuters | Format::Mailbox => {
                Holds::Several
            }
            Format::Json | Format::Ninjs if list => Holds::Several,
            Format::Json | Format::Ninjs | Format::NewsMl | Format::NewsMlG2 | Format::Nitf => Holds::Unknown,
            Format::Text
            | Format::Markdown
            | Format::Html
            | Format::Mail
            | Format::Alto
            | Format::Mets
            | Format::Hocr => Holds::One,
        };
        Self { inner, format, url: url.map(str::to_owned), holds, ahead: None, met: HashSet::new() }
    }

    /// The identifier of an article: in feeds that give none, its address.
    fn identifier<'a>(&self, article: &'a Article) -> Option<&'a str> {
        let address = || match self.format {
            Format::Feed | Format::JsonFeed => article.url.as_deref().filter(|url| Some(*url) != self.url.as_deref()),
            _ => None,
        };
        article.given_id.as_deref().or_else(address)
    }

    fn identified(&mut self, mut reading: Reading) -> Reading {
        if let Reading::Article(article, _) = &mut reading
            && self.holds == Holds::Several
            && let Some(identifier) = self.identifier(article)
        {
            let hash = Id::of_parts([identifier.as_bytes()]).0;
            article.source.own = Some(hash).filter(|hash| self.met.insert(*hash));
        }
        reading
    }
}

impl<I: Iterator<Item = Reading>> Iterator for Identified<I> {
    type Item = Reading;

    fn next(&mut self) -> Option<Reading> {
        let reading = self.ahead.take().or_else(|| self.inner.next())?;
        if self.holds == Holds::Unknown {
            self.ahead = self.inner.next();
            self.holds = if self.ahead.is_some() { Holds::Several } else { Holds::One };
        }
        Some(self.identified(reading))
    }
}
