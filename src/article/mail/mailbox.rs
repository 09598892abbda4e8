//! A mailbox (mbox): messages one after another, each behind a line `From ...`; streamed.
//!
//! Lines of a text that begin so have a `>` before them, of which one is taken off (as `mboxo` and `mboxrd` write
//! them); where they have none, only a line with a time and a year behind an empty line opens a message.

use std::io::BufRead;

use super::{LARGEST, head};
use crate::article::lines::read_line;
use crate::article::read::{ReadOptions, broken};
use crate::article::{Reading, Source};
use crate::text::problem::{Place, Problem};

/// The messages of a mailbox.
pub(in crate::article) struct Mailbox<'a> {
    place: Source,
    input: Box<dyn BufRead + 'a>,
    options: &'a ReadOptions,
    line: Vec<u8>,
    /// The line that opened the message that comes next.
    postmark: Vec<u8>,
    count: u64,
    ended: bool,
}

impl<'a> Mailbox<'a> {
    /// For a file.
    pub(in crate::article) fn new(place: Source, input: Box<dyn BufRead + 'a>, options: &'a ReadOptions) -> Self {
        Self { place, input, options, line: Vec::new(), postmark: Vec::new(), count: 0, ended: false }
    }

    fn reading(&self, message: &[u8], postmark: &[u8], length: u64) -> Reading {
        let at = Place::Record(self.count);
        let source = Source { record: self.count - 1, ..self.place.clone() };
        if length > LARGEST {
            let said = format!("a message larger than {} MB", LARGEST >> 20);
            return Reading::Skipped(Problem::new(at, said).hint("look for large attachments"));
        }
        let mut reading = match super::story(message, Some(&head::posted(postmark))) {
            Ok(story) => story.into_reading(&source, self.options),
            Err(problem) => Reading::Skipped(problem),
        };
        match &mut reading {
            Reading::Article(_, problems) => problems.iter_mut().for_each(|problem| problem.at = at),
            Reading::Skipped(problem) => problem.at = at,
        }
        reading
    }
}

impl Iterator for Mailbox<'_> {
    type Item = Reading;

    fn next(&mut self) -> Option<Reading> {
        while !self.ended {
            let mut message: Vec<u8> = Vec::new();
            let mut length = 0;
            let mut empty = true;
            let postmark = std::mem::take(&mut self.postmark);
            loop {
                match read_line(&mut self.input, &mut self.line) {
                    Ok(0) => {
                        self.ended = true;
                        break;
                    }
                    Ok(more) => length += more,
                    Err(error) => {
                        self.ended = true;
                        self.count += 1;
                        let mut problem = broken(&error);
                        problem.at = Place::Record(self.count);
                        return Some(Reading::Skipped(problem));
                    }
                }
                if empty && head::is_postmark(&self.line) {
                    length -= self.line.len() as u64;
                    self.postmark = std::mem::take(&mut self.line);
                    break;
                }
                empty = self.line.trim_ascii().is_empty();
                let marks = self.line.iter().take_while(|b| **b == b'>').count();
                let escaped = marks > 0 && self.line.get(marks..).is_some_and(|rest| rest.starts_with(b"From "));
                if length <= LARGEST {
                    message.extend_from_slice(self.line.get(usize::from(escaped)..).unwrap_or_default());
                }
            }
            if length == 0 || (message.trim_ascii().is_empty() && length <= LARGEST) {
                continue;
            }
            self.count += 1;
            return Some(self.reading(&message, &postmark, length));
        }
        if self.count == 0 {
            self.count = 1;
            return Some(Reading::Skipped(Problem::new(Place::Whole, "no message in this mailbox")));
        }
        None
    }
}
