//! One JSON object a line (NDJSON, JSON Lines), streamed.
//!
//! A line that is no object is skipped under its number; the lines after it are read as if nothing had
//! been. It holds one line in memory, and no line larger than any article.

use std::io::{self, BufRead};

use super::charset::Records;
use super::read::{ReadOptions, broken};
use super::{Reading, Source, json};
use crate::text::problem::{Place, Problem};

/// A line beyond this is not one article, and is not held in memory.
pub(super) const LARGEST_RECORD: usize = 16 * 1024 * 1024;

/// The articles of a file with an object a line.
pub(super) struct Objects<'a> {
    place: Source,
    input: Box<dyn BufRead + 'a>,
    records: Records,
    options: &'a ReadOptions,
    line: Vec<u8>,
    number: u64,
    any: bool,
    ended: bool,
}

impl<'a> Objects<'a> {
    /// For the file that begins with `head`.
    pub(super) fn new(place: Source, input: Box<dyn BufRead + 'a>, head: &[u8], options: &'a ReadOptions) -> Self {
        let records = Records::new(head);
        Self { place, input, records, options, line: Vec::new(), number: 0, any: false, ended: false }
    }

    fn reading(&self) -> Option<Reading> {
        let at = Place::Record(self.number);
        let (text, guessed) = self.records.decode(&self.line);
        // U+001E opens a record of a JSON text sequence (RFC 7464).
        let text = text.trim_matches(|c: char| c.is_ascii_whitespace() || c == '\u{1e}');
        if text.is_empty() {
            return None;
        }
        let source = Source { record: self.number - 1, ..self.place.clone() };
        let mut reading = match json::parse(text) {
            Ok(value) => json::article(value, source, self.options),
            Err(message) => Reading::Skipped(Problem::new(at, message)),
        };
        match &mut reading {
            Reading::Article(_, problems) => {
                problems.extend(guessed);
                problems.iter_mut().for_each(|problem| problem.at = at);
            }
            Reading::Skipped(problem) => problem.at = at,
        }
        Some(reading)
    }
}

impl Iterator for Objects<'_> {
    type Item = Reading;

    fn next(&mut self) -> Option<Reading> {
        while !self.ended {
            self.number += 1;
            let length = match read_line(&mut self.input, &mut self.line) {
                Ok(length) => length,
                Err(error) => {
                    self.ended = true;
                    let mut problem = broken(&error);
                    problem.at = Place::Record(self.number);
                    return Some(Reading::Skipped(problem));
                }
            };
            if length == 0 {
                self.ended = true;
                return (!self.any).then(|| Reading::Skipped(Problem::new(Place::Whole, "no text: only blanks")));
            }
            let reading = if length > LARGEST_RECORD as u64 {
                let said = format!("a line larger than {} MB: not one article", LARGEST_RECORD >> 20);
                Some(Reading::Skipped(Problem::new(Place::Record(self.number), said)))
            } else {
                self.reading()
            };
            if reading.is_some() {
                self.any = true;
                return reading;
            }
        }
        None
    }
}

/// A text whose lines end as those of old Macs, in carriage returns alone, with the line feeds of today: byte for byte.
pub(super) fn of_today(text: String) -> String {
    if text.contains('\r') && !text.contains('\n') { text.replace('\r', "\n") } else { text }
}

/// Reads one line into `line`; of a line that is too large only its length. 0 is the end.
pub(super) fn read_line(input: &mut dyn BufRead, line: &mut Vec<u8>) -> io::Result<u64> {
    line.clear();
    let mut length = 0;
    loop {
        let block = match input.fill_buf() {
            Ok(block) => block,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let (taken, done) = match memchr::memchr(b'\n', block) {
            Some(at) => (at + 1, true),
            None => (block.len(), block.is_empty()),
        };
        if length <= LARGEST_RECORD as u64 {
            line.extend_from_slice(block.get(..taken).unwrap_or_default());
        }
        length += taken as u64;
        input.consume(taken);
        if done {
            return Ok(length);
        }
    }
}
