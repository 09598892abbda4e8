//! A stream of markup as tags and words: quick-xml under our own rules.
//!
//! Nothing in a file stops it: tags need not match, ampersands may be bare, and a section that is never closed
//! gives what it holds. What it takes in one go is bounded by fuel, whatever stands in the file. Names of
//! characters are HTML's and those that the file declares itself; nothing is fetched. It does not know what any
//! element means.

use std::borrow::Cow;
use std::io::{self, BufRead, Read};

use quick_xml::Reader;
use quick_xml::errors::{Error, SyntaxError};
use quick_xml::events::{BytesEnd, BytesStart, Event};

use super::declared::Declared;

/// A tree takes some ten times the size of its markup in memory; no article is larger.
pub(in crate::article) const LARGEST_BRANCH: u64 = 16 * 1024 * 1024;

/// Elements of HTML that have no end.
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "wbr"];

/// So many tags may stay open before the reader, which keeps their names, is made anew.
const MOST_OPEN: u32 = 100_000;

/// A stream of markup.
pub(in crate::article) struct Markup<'a> {
    reader: Reader<Fuelled<'a>>,
    buffer: Vec<u8>,
    declared: Declared,
    /// HTML, where some elements have no end.
    html: bool,
    opened: u32,
    /// quick-xml has given up at what lies in the buffer, where we can go on.
    stumbled: bool,
    ended: Option<Ending>,
}

/// What comes next.
pub(in crate::article) enum Step<'b> {
    /// A tag that opens an element.
    Open(Tag<'b>),
    /// A tag that closes an element.
    Shut(BytesEnd<'b>),
    /// Words between tags.
    Words(Cow<'b, str>),
    /// Nothing of interest.
    Aside,
    /// The end.
    End(Ending),
}

/// How markup ends.
#[derive(Clone, Debug)]
pub(in crate::article) enum Ending {
    /// Where the file ends.
    Whole,
    /// Inside a tag or a section: which.
    Broken(&'static str),
    /// The fuel is spent.
    TooLarge,
    /// The file cannot be read on.
    Failed(io::ErrorKind, String),
}

/// A tag that opens an element.
pub(in crate::article) struct Tag<'b> {
    start: BytesStart<'b>,
    declared: &'b Declared,
    /// Whether it closes itself.
    pub(in crate::article) empty: bool,
}

impl Tag<'_> {
    /// Its name, with its prefix.
    pub(in crate::article) fn name(&self) -> &str {
        self.start.name().0
    }

    /// Its name without the prefix.
    pub(in crate::article) fn local(&self) -> &str {
        local(self.name())
    }

    /// Its attributes: whole names, and values with their references resolved.
    pub(in crate::article) fn attributes(&self) -> impl Iterator<Item = (&str, String)> {
        let mut attributes = self.start.html_attributes();
        attributes.with_checks(false);
        attributes.flatten().map(|attribute| (attribute.key.0, self.declared.decode(&attribute.value).into_owned()))
    }

    /// The value of an attribute, by its name without prefix.
    pub(in crate::article) fn attribute(&self, name: &str) -> Option<String> {
        self.attributes().find(|(whole, _)| local(whole) == name).map(|(_, value)| value)
    }
}

/// A name without its prefix.
pub(in crate::article) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

impl<'a> Markup<'a> {
    /// For a stream in UTF-8.
    pub(in crate::article) fn new(input: Box<dyn BufRead + 'a>) -> Self {
        let reader = reader(Fuelled { input, fuel: LARGEST_BRANCH });
        let declared = Declared::default();
        Self { reader, buffer: Vec::new(), declared, html: false, opened: 0, stumbled: false, ended: None }
    }

    /// The same, where the markup is HTML.
    pub(in crate::article) fn of_html(input: Box<dyn BufRead + 'a>) -> Self {
        Self { html: true, ..Self::new(input) }
    }

    /// Gives it fuel for one more branch.
    pub(in crate::article) fn refuel(&mut self) {
        self.reader.get_mut().fuel = LARGEST_BRANCH;
    }

    /// What comes next.
    pub(in crate::article) fn step(&mut self) -> Step<'_> {
        if let Some(ending) = &self.ended {
            return Step::End(ending.clone());
        }
        if self.stumbled && self.buffer.starts_with(b"<![CDATA[") {
            self.ended = Some(Ending::Broken("a CDATA section"));
            return Step::Words(String::from_utf8_lossy(self.buffer.get(9..).unwrap_or_default()));
        }
        if self.opened >= MOST_OPEN || self.stumbled {
            (self.opened, self.stumbled) = (0, false);
            let input = std::mem::replace(self.reader.get_mut(), Fuelled { input: Box::new(io::empty()), fuel: 0 });
            self.reader = reader(input);
        }
        self.buffer.clear();
        match self.reader.read_event_into(&mut self.buffer) {
            Ok(Event::Start(start)) => {
                self.opened += 1;
                let empty = self.html && VOID.contains(&start.name().0);
                Step::Open(Tag { start, declared: &self.declared, empty })
            }
            Ok(Event::Empty(start)) => Step::Open(Tag { start, declared: &self.declared, empty: true }),
            Ok(Event::End(end)) => {
                self.opened = self.opened.saturating_sub(1);
                Step::Shut(end)
            }
            Ok(Event::Text(words)) => Step::Words(words.into_inner()),
            Ok(Event::CData(words)) => Step::Words(words.into_inner()),
            Ok(Event::GeneralRef(name)) => Step::Words(self.declared.resolve(&name)),
            Ok(Event::DocType(text)) => {
                self.declared.read(&text);
                Step::Aside
            }
            Ok(Event::Decl(_) | Event::PI(_) | Event::Comment(_)) => Step::Aside,
            Ok(Event::Eof) => {
                let ending = if self.reader.get_ref().fuel == 0 { Ending::TooLarge } else { Ending::Whole };
                self.ended = Some(ending.clone());
                Step::End(ending)
            }
            Err(error) => {
                let spent = self.reader.get_ref().fuel == 0;
                let ending = match error {
                    // quick-xml has stepped over what it could not take.
                    Error::IllFormed(_) => return Step::Aside,
                    Error::Io(error) => Ending::Failed(error.kind(), error.to_string()),
                    _ if spent => Ending::TooLarge,
                    // A section that is never closed, or one that no XML has.
                    Error::Syntax(SyntaxError::UnclosedCData | SyntaxError::InvalidBangMarkup) => {
                        self.stumbled = true;
                        return Step::Aside;
                    }
                    Error::Syntax(SyntaxError::UnclosedComment) => Ending::Broken("a comment"),
                    _ => Ending::Broken("a tag"),
                };
                self.ended = Some(ending.clone());
                Step::End(ending)
            }
        }
    }

    /// Goes on behind the next tag that closes `name`, after a branch that was too large; whether there is one.
    pub(in crate::article) fn resume(&mut self, name: &str) -> io::Result<bool> {
        let closing = format!("/{name}");
        let input = &mut self.reader.get_mut().input;
        loop {
            if input.skip_until(b'<')? == 0 {
                return Ok(false);
            }
            let mut seen = 0;
            let found = loop {
                let Some(byte) = input.fill_buf()?.first().copied() else { return Ok(false) };
                match closing.as_bytes().get(seen) {
                    Some(expected) if *expected == byte => seen += 1,
                    None if byte == b'>' => break true,
                    None if byte.is_ascii_whitespace() => {}
                    _ => break false,
                }
                input.consume(1);
            };
            if found {
                input.consume(1);
                break;
            }
        }
        let rest = std::mem::replace(input, Box::new(io::empty()));
        self.reader = reader(Fuelled { input: rest, fuel: LARGEST_BRANCH });
        (self.opened, self.ended) = (0, None);
        Ok(true)
    }
}

fn reader(input: Fuelled<'_>) -> Reader<Fuelled<'_>> {
    let mut reader = Reader::from_reader(input);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    reader
}

/// A stream that ends when its fuel is spent.
struct Fuelled<'a> {
    input: Box<dyn BufRead + 'a>,
    fuel: u64,
}

impl BufRead for Fuelled<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.fuel == 0 {
            return Ok(&[]);
        }
        let block = self.input.fill_buf()?;
        let room = usize::try_from(self.fuel).unwrap_or(usize::MAX).min(block.len());
        Ok(block.get(..room).unwrap_or_default())
    }

    fn consume(&mut self, count: usize) {
        self.fuel = self.fuel.saturating_sub(count as u64);
        self.input.consume(count);
    }
}

impl Read for Fuelled<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let mut block = self.fill_buf()?;
        let count = block.read(out)?;
        self.consume(count);
        Ok(count)
    }
}
