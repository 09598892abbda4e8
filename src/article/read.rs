//! A file's bytes to its articles: finds the format and hands over to its reader.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read};

use super::charset::{self, Transcoder};
use super::fields::FieldMap;
use super::format::{self, Format};
use super::identified::Identified;
use super::utf32::{self, Utf32};
use super::{
    Reading, Source, feed, html, json, lines, mail, markdown, newsml, nitf, plain, reuters, scan, table, wire, xml,
};
use crate::text::day::PartialDate;
use crate::text::order_mark;
use crate::text::problem::{Place, Problem};
use crate::text::zone::Zone;

/// What the reader is told about a file from outside it.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// The format; found out where it is not given.
    pub format: Option<Format>,
    /// Which column or member holds what, where it is not by the usual names.
    pub map: Option<FieldMap>,
    /// The day, month or year that the user gives, for articles that do not say it or say it more roughly; its
    /// year completes a dateline.
    pub published: Option<PartialDate>,
    /// The same, as the file's place gives it.
    pub published_by_path: Option<PartialDate>,
    /// The zone in which an instant becomes a day; without it, a day is the one that is written.
    pub zone: Option<Zone>,
    /// The outlet that the file's place gives, for articles that name none.
    pub outlet: Option<String>,
    /// The character set that the file was sent with, for formats that do not fix it; UTF-8 is found out before it.
    pub charset: Option<String>,
    /// The address that the file was fetched from, for articles that do not say theirs.
    pub url: Option<String>,
    /// No article is larger than this, in bytes; where it is not given, 8 MiB, and each format has a limit of its own
    /// for what holds it.
    pub largest: Option<u64>,
}

impl ReadOptions {
    /// The largest article, where a format takes none beyond `usual`.
    pub(super) fn largest(&self, usual: u64) -> u64 {
        self.largest.unwrap_or(usual)
    }
}

/// Enough to see what a file is.
const HEAD: u64 = 64 * 1024;

/// Most files of one article are no larger.
const USUAL: usize = 4096;

/// Larger than any article, several times: what is beyond it is a book or something else. What is found in a text takes some forty
/// times its length in memory for a while.
pub(crate) const LARGEST_ARTICLE: u64 = 8 << 20;

/// Pages may hold their pictures.
const LARGEST_PAGE: u64 = 32 << 20;

/// Reads the articles of one file, in order.
///
/// `place` names the file (and the entry, in a container); its record and identifier are set by the reader. `input` gives
/// bytes that are already decompressed; an error of it ends the reading with a [`Reading::Skipped`] that
/// says so, after the articles before it.
pub fn read<'a>(
    place: Source,
    mut input: Box<dyn BufRead + 'a>,
    options: &'a ReadOptions,
) -> Box<dyn Iterator<Item = Reading> + 'a> {
    let mut head = Vec::with_capacity(USUAL);
    if let Err(error) = input.by_ref().take(HEAD).read_to_end(&mut head) {
        if head.is_empty() {
            return skip(broken(&error));
        }
        // Met again where the head ends, after the records before it.
        input = Box::new(BufReader::new(Failing(Some(error))));
    }
    if head.is_empty() {
        return skip(Problem::new(Place::Whole, "empty file"));
    }
    let mut whole: Box<dyn BufRead + 'a> = Box::new(std::io::Cursor::new(head.clone()).chain(input));
    if let Some(order) = utf32::greater_first(&head) {
        let mut decoded = Vec::new();
        // Memory can be read; a character that the head breaks off is no matter there.
        let _ = Utf32::new(head.as_slice(), order).read_to_end(&mut decoded);
        head = decoded;
        whole = Box::new(BufReader::new(Utf32::new(whole, order)));
    } else if let Some(encoding) = charset::utf16(&head) {
        head = encoding.decode(&head).0.into_owned().into_bytes();
        whole = Box::new(BufReader::new(Transcoder::new(whole, encoding)));
    } else {
        let mark = order_mark::length(&head);
        whole.consume(mark);
        head.drain(..mark);
    }
    let name = place.entry.as_deref().unwrap_or(&place.path);
    let format = match options.format {
        Some(format) => format,
        None => match format::detect(name, &head) {
            Ok(format) => format,
            Err(reason) => return skip(Problem::new(Place::Whole, reason)),
        },
    };
    let readings: Box<dyn Iterator<Item = Reading> + 'a> = match format {
        Format::Text => one(whole, options.largest(LARGEST_ARTICLE), move |bytes| plain::read(place, bytes, options)),
        Format::Markdown => {
            one(whole, options.largest(LARGEST_ARTICLE), move |bytes| markdown::read(place, bytes, options))
        }
        Format::Html => {
            one(whole, options.largest(LARGEST_PAGE), move |bytes| html::read(place, xml::unprefixed(bytes), options))
        }
        Format::Json => Box::new(Records::new(json::document(place, whole, &head, options))),
        Format::JsonLines => Box::new(Records::new(lines::Objects::new(place, whole, &head, options))),
        Format::Table => Box::new(Records::new(table::read(place, whole, &head, options))),
        Format::Ninjs => Box::new(Records::new(json::ninjs(place, whole, &head, options))),
        Format::JsonFeed => Box::new(Records::new(json::feed(place, whole, &head, options))),
        Format::Nitf => Box::new(nitf::read(place, whole, &head, options)),
        Format::NewsMlG2 => Box::new(Records::new(newsml::g2::read(place, whole, &head, options))),
        Format::NewsMl => Box::new(newsml::old::read(place, whole, &head, options)),
        Format::Feed => Box::new(Records::new(feed::read(place, whole, &head, options))),
        Format::Reuters => Box::new(Records::new(reuters::read(place, whole, &head, options))),
        Format::Mail => one(whole, mail::LARGEST, move |bytes| mail::read(place, bytes, options)),
        Format::Mailbox => Box::new(mail::Mailbox::new(place, whole, options)),
        Format::Alto => Box::new(scan::alto::read(place, whole, &head, options)),
        Format::Mets => Box::new(scan::mets::read(place, whole, &head, options)),
        Format::Hocr => Box::new(scan::hocr::read(place, whole, &head, options)),
    };
    let largest = options.largest(LARGEST_ARTICLE);
    let readings = readings.map(move |reading| within(reading, largest, format));
    Box::new(Identified::new(readings, format, &head, options.url.as_deref()))
}

/// The article, with the format that it was read as, unless its text is larger than one may be.
fn within(reading: Reading, largest: u64, format: Format) -> Reading {
    match reading {
        Reading::Article(article, _) if article.text.len() as u64 > largest => Reading::Skipped(too_large(largest)),
        Reading::Article(mut article, problems) => {
            article.format = Some(format);
            Reading::Article(article, problems)
        }
        skipped => skipped,
    }
}

fn too_large(largest: u64) -> Problem {
    let (number, unit) = if largest >> 20 > 0 { (largest >> 20, "MB") } else { (largest, "bytes") };
    let said = format!("larger than {number} {unit}: not one article");
    Problem::new(Place::Whole, said).hint("`--max-article-bytes` takes larger ones")
}

/// The one article of a file that is read whole.
fn one<'a>(
    input: Box<dyn BufRead + 'a>,
    largest: u64,
    reader: impl FnOnce(Vec<u8>) -> Reading + 'a,
) -> Box<dyn Iterator<Item = Reading> + 'a> {
    let mut bytes = Vec::with_capacity(USUAL);
    match input.take(largest + 1).read_to_end(&mut bytes) {
        Err(error) => skip(broken(&error)),
        Ok(_) if bytes.len() as u64 > largest => skip(too_large(largest)),
        Ok(_) if bytes.iter().all(u8::is_ascii_whitespace) => skip(Problem::new(Place::Whole, "no text: only blanks")),
        Ok(_) => Box::new(std::iter::once_with(move || reader(bytes))),
    }
}

/// Why a record is skipped that is well formed but no article.
pub(super) const NO_WORDS: &str = "neither a text nor a title in this record";

/// Records held back before one turns out to be an article.
const MOST_HELD: usize = 10_000;

/// The records of a file, of which a file without any article (a configuration, a list of numbers) gives
/// one line to its owner and not thousands.
struct Records<I> {
    inner: I,
    held: VecDeque<Reading>,
    /// What is wrong with all of those.
    why: Option<String>,
    holding: bool,
}

impl<I> Records<I> {
    fn new(inner: I) -> Self {
        Self { inner, held: VecDeque::new(), why: None, holding: true }
    }
}

impl<I: Iterator<Item = Reading>> Iterator for Records<I> {
    type Item = Reading;

    fn next(&mut self) -> Option<Reading> {
        while self.holding {
            let next = self.inner.next();
            self.holding = match &next {
                Some(Reading::Skipped(problem)) => {
                    let all = self.why.get_or_insert_with(|| problem.message.clone());
                    (all == NO_WORDS || all.ends_with(wire::NO_ARTICLE))
                        && *all == problem.message
                        && self.held.len() < MOST_HELD
                }
                Some(Reading::Article(..)) => false,
                None if self.held.len() > 1 => {
                    let count = self.held.len();
                    self.held.clear();
                    self.holding = false;
                    let why = self.why.take().filter(|why| why != NO_WORDS);
                    return Some(Reading::Skipped(match why {
                        Some(why) => Problem::new(Place::Whole, format!("each of its {count} records is {why}")),
                        None => {
                            Problem::new(Place::Whole, format!("none of its {count} records has a text or a title"))
                                .hint("name the members or columns that hold them in a --map file")
                        }
                    }));
                }
                None => false,
            };
            self.held.extend(next);
        }
        self.held.pop_front().or_else(|| self.inner.next())
    }
}

fn skip<'a>(problem: Problem) -> Box<dyn Iterator<Item = Reading> + 'a> {
    Box::new(std::iter::once(Reading::Skipped(problem)))
}

/// A stream that has nothing but an error left.
struct Failing(Option<std::io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// The problem of a stream that could not be read to its end.
pub(super) fn broken(error: &std::io::Error) -> Problem {
    let said = match error.kind() {
        std::io::ErrorKind::UnexpectedEof => "the file breaks off: its compressed data is not complete".to_owned(),
        _ => format!("the file cannot be read: {error}"),
    };
    Problem::new(Place::Whole, said).hint("fetch or unpack the file again")
}
