//! Tables: CSV, TSV and their kin, a row an article, columns found by their names.
//!
//! Cells may hold line ends; rows may be short. Rows are streamed, and a quotation mark that is never
//! closed costs the rows behind it, not the memory.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use csv::{ByteRecord, ReaderBuilder};

use super::charset::Records;
use super::facts::Facts;
use super::fields::{self, Field};
use super::lines::LARGEST_RECORD;
use super::read::{NO_WORDS, ReadOptions, broken};
use super::{Article, Reading, Source, html};
use crate::text::problem::{Place, Problem};

/// Reads the articles of a table that begins with `head`.
pub(super) fn read<'a>(
    place: Source,
    mut input: Box<dyn BufRead + 'a>,
    head: &[u8],
    options: &'a ReadOptions,
) -> Box<dyn Iterator<Item = Reading> + 'a> {
    // What Excel writes and reads: `sep=;` on a line of its own.
    let mut shown = head;
    if shown.get(..4).is_some_and(|start| start.eq_ignore_ascii_case(b"sep=")) {
        let length = memchr::memchr(b'\n', shown).map_or(shown.len(), |at| at + 1);
        input.consume(length);
        shown = shown.get(length..).unwrap_or_default();
    }
    let style = Style::of(shown, options);
    let fuel = Rc::new(Cell::new(LARGEST_RECORD));
    let quotes = Rc::new(Cell::new(Quotes::new(&style)));
    let mut reader = ReaderBuilder::new()
        .delimiter(style.delimiter)
        .quoting(style.quoting)
        .escape(style.escape)
        .flexible(true)
        .from_reader(Fuelled { input, fuel: Rc::clone(&fuel), quotes: Rc::clone(&quotes) });
    let skip = |problem| Box::new(std::iter::once(Reading::Skipped(problem))) as Box<dyn Iterator<Item = Reading>>;
    let records = Records::new(head);
    let names: Vec<String> = match reader.byte_headers() {
        Ok(names) => names.iter().map(|name| records.decode(name).0.trim().to_owned()).collect(),
        Err(error) => return skip(trouble(error)),
    };
    let columns = columns(&names, options);
    if !columns.iter().flatten().any(|(field, _)| matches!(field, Field::Text | Field::Html | Field::Title)) {
        return skip(no_column("a text or a title", &names));
    }
    let read = |(field, _): &(Field, usize)| matches!(field, Field::Text | Field::Html | Field::Lead);
    let textless = (!columns.iter().flatten().any(read)).then(|| no_column("a text", &names));
    Box::new(Rows {
        place,
        reader,
        fuel,
        records,
        columns,
        options,
        number: 0,
        quotes,
        textless,
        filled: false,
        ended: false,
    })
}

/// That no column has a name by which it holds `what`.
fn no_column(what: &str, names: &[String]) -> Problem {
    let shown: Vec<&str> = names.iter().map(String::as_str).filter(|name| !name.is_empty()).take(8).collect();
    let said = format!("no column holds {what}; the columns are: {}", shown.join(", "));
    let said = if said.len() > 300 { format!("the first row does not name {what}") } else { said };
    Problem::new(Place::Whole, said).hint("say which column holds what in a --map file")
}

/// How a table is written.
struct Style {
    delimiter: u8,
    quoting: bool,
    escape: Option<u8>,
}

impl Style {
    fn of(head: &[u8], options: &ReadOptions) -> Self {
        let line = head.split(|b| *b == b'\n').next().unwrap_or_default();
        let line = String::from_utf8_lossy(line);
        let known = |delimiter: char| {
            let cells = line.split(delimiter).map(|cell| cell.trim().trim_matches('"'));
            let names: Vec<String> = cells.map(str::to_owned).collect();
            let fits = columns(&names, options).iter().flatten().count();
            (fits, names.len())
        };
        let best = [',', '\t', ';', '|'].into_iter().rev().max_by_key(|delimiter| known(*delimiter)).unwrap_or(',');
        let delimiter = u8::try_from(best).unwrap_or(b',');
        // Databases write tabs without quoting: there a quotation mark that opens a cell belongs to it.
        let count = |pattern: &[u8]| memchr::memmem::find_iter(head, pattern).count();
        let opened = count(&[delimiter, b'"']) + count(b"\n\"");
        let closed = count(&[b'"', delimiter]) + count(b"\"\n") + count(b"\"\r\n");
        let quoting = delimiter != b'\t' || opened.abs_diff(closed) <= 1 + opened / 20;
        let escape = (count(b"\\\"") > 0 && count(b"\"\"") == 0).then_some(b'\\');
        Self { delimiter, quoting, escape }
    }
}

/// What each column holds, and how good its name is for it.
fn columns(names: &[String], options: &ReadOptions) -> Vec<Option<(Field, usize)>> {
    let own = |name: &str| {
        let map = options.map.as_ref()?;
        let mut fits =
            map.names().filter_map(|(field, names)| Some((field, names.iter().position(|own| own == name)?)));
        fits.next()
    };
    names.iter().map(|name| own(name).or_else(|| fields::usual(name).map(|(field, rank)| (field, rank + 50)))).collect()
}

/// The rows as articles.
struct Rows<'a> {
    place: Source,
    reader: csv::Reader<Fuelled<'a>>,
    fuel: Rc<Cell<usize>>,
    records: Records,
    columns: Vec<Option<(Field, usize)>>,
    options: &'a ReadOptions,
    number: u64,
    quotes: Rc<Cell<Quotes>>,
    /// That no column holds a text: said of the first row.
    textless: Option<Problem>,
    /// There was a row with anything in it.
    filled: bool,
    ended: bool,
}

impl Iterator for Rows<'_> {
    type Item = Reading;

    fn next(&mut self) -> Option<Reading> {
        let mut row = ByteRecord::new();
        while !self.ended {
            self.fuel.set(LARGEST_RECORD);
            let at = Place::Record(self.number + 1);
            match self.reader.read_byte_record(&mut row) {
                Ok(false) => {
                    self.ended = true;
                    return (!self.filled)
                        .then(|| Reading::Skipped(Problem::new(Place::Whole, "no rows under the column names")));
                }
                Err(error) => {
                    self.ended = true;
                    let mut problem = trouble(error);
                    problem.at = at;
                    return Some(Reading::Skipped(problem));
                }
                Ok(true) => {}
            }
            self.number += 1;
            if self.fuel.get() == 0 {
                self.ended = true;
                let said = format!("a row larger than {} MB", LARGEST_RECORD >> 20);
                return Some(Reading::Skipped(
                    Problem::new(at, said).hint("look for a quotation mark that is not closed"),
                ));
            }
            if row.iter().all(<[u8]>::is_empty) {
                continue;
            }
            self.filled = true;
            let mut reading = self.article(&row);
            if let Reading::Article(_, problems) = &mut reading {
                problems.extend(self.textless.take());
                if self.quotes.get().left_open() {
                    let said = "a quotation mark opens a cell and is not closed: the rest of the file is in that cell";
                    problems.push(Problem::new(at, said).hint("close it, or double it where it belongs to the words"));
                }
            }
            match &mut reading {
                Reading::Article(_, problems) => problems.iter_mut().for_each(|problem| problem.at = at),
                Reading::Skipped(problem) => problem.at = at,
            }
            return Some(reading);
        }
        None
    }
}

impl Rows<'_> {
    fn article(&self, row: &ByteRecord) -> Reading {
        let mut problems = Vec::new();
        let mut facts = Facts::default();
        let mut text: Option<(usize, String)> = None;
        for (cell, column) in row.iter().zip(&self.columns) {
            let Some((field, rank)) = *column else { continue };
            let (words, guessed) = self.records.decode(cell);
            problems.extend(guessed.filter(|_| problems.is_empty()));
            if !matches!(field, Field::Text | Field::Html) {
                // What data tools write for "nothing".
                if !matches!(words.trim(), "NaN" | "nan" | "NULL" | "null" | "None" | "\\N" | "N/A") {
                    facts.offer_ranked(field, rank, &words);
                }
                continue;
            }
            let better = text.as_ref().is_none_or(|(kept, _)| rank < *kept);
            if better && !words.trim().is_empty() {
                let marked = field == Field::Html || (rank > 50 && html::looks_marked_up(&words));
                text = Some((rank, if marked { html::words_of(&words) } else { words.into_owned() }));
            }
        }
        let lead = || facts.get(Field::Lead).map(str::to_owned);
        let text = text.map(|(_, text)| text).or_else(lead).unwrap_or_default();
        if text.trim().is_empty() && facts.get(Field::Title).is_none() {
            return Reading::Skipped(Problem::new(Place::Whole, NO_WORDS));
        }
        if row.len() > self.columns.len() {
            let said = format!("{} cells under {} column names", row.len(), self.columns.len());
            problems.push(Problem::new(Place::Whole, said).hint("quote cells that hold the delimiter"));
        }
        let source = Source { record: self.number - 1, ..self.place.clone() };
        let mut article = Article::from_text(source, text);
        problems.extend(facts.onto(&mut article, self.options));
        Reading::Article(Box::new(article), problems)
    }
}

/// Ends when a row has taken all its fuel.
struct Fuelled<'a> {
    input: Box<dyn BufRead + 'a>,
    fuel: Rc<Cell<usize>>,
    quotes: Rc<Cell<Quotes>>,
}

impl Read for Fuelled<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let room = out.len().min(self.fuel.get());
        let count = match out.get_mut(..room) {
            Some(out) => self.input.read(out)?,
            None => 0,
        };
        self.fuel.set(self.fuel.get() - count);
        let mut quotes = self.quotes.get();
        quotes.read(out.get(..count).unwrap_or_default(), room > 0);
        self.quotes.set(quotes);
        Ok(count)
    }
}

/// Whether a quotation mark that opens a cell is closed, byte by byte: which the rows themselves do not tell.
#[derive(Clone, Copy)]
struct Quotes {
    delimiter: u8,
    quoting: bool,
    escape: Option<u8>,
    state: State,
    ended: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// A cell begins.
    Start,
    /// In a cell without quotation marks, or behind the one that closes it.
    Bare,
    Quoted,
    /// Behind a sign that makes the next one a word of the cell.
    Escaped,
    /// Behind a quotation mark that closes the cell, unless there is another.
    Closing,
}

impl Quotes {
    fn new(style: &Style) -> Self {
        let Style { delimiter, quoting, escape } = *style;
        Self { delimiter, quoting, escape, state: State::Start, ended: false }
    }

    /// Sees the next bytes, of which there are none at the end.
    fn read(&mut self, bytes: &[u8], asked: bool) {
        self.ended |= bytes.is_empty() && asked;
        if !self.quoting {
            return;
        }
        for byte in bytes {
            let ends = *byte == self.delimiter || matches!(byte, b'\n' | b'\r');
            self.state = match (self.state, byte) {
                (State::Start, b'"') | (State::Closing, b'"') | (State::Escaped, _) => State::Quoted,
                (State::Quoted, b'"') => State::Closing,
                (State::Quoted, byte) if Some(*byte) == self.escape => State::Escaped,
                (State::Quoted, _) => State::Quoted,
                _ if ends => State::Start,
                _ => State::Bare,
            };
        }
    }

    /// Whether the file has ended inside quotation marks.
    fn left_open(self) -> bool {
        self.ended && matches!(self.state, State::Quoted | State::Escaped)
    }
}

fn trouble(error: csv::Error) -> Problem {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => broken(&error),
        kind => Problem::new(Place::Whole, format!("not a table: {kind:?}")),
    }
}
