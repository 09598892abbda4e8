//! WARC files of web crawlers, versions 1.0 and 1.1 (ISO 28500): pages that were answered with, and resources.
//!
//! What holds no page (requests, answers that are images, what the crawler says of itself) is passed over, and told once a
//! file with its numbers. A record that is broken is told, and reading goes on at the next that can be found.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, BufRead, Cursor, Read};
use std::ops::ControlFlow;

use super::super::name;
use super::http::{Block, Fields, Head, LARGEST_HEAD};
use super::{Hint, Names, Visit};
use crate::article::Format;
use crate::text::problem::{Place, Problem};

/// Kinds of content of which articles may be made; of the others none are.
const READABLE: [&str; 8] = [
    "text/plain",
    "application/json",
    "text/xml",
    "application/xml",
    "text/markdown",
    "text/csv",
    "message/rfc822",
    "application/rss+xml",
];

pub(super) fn read(
    visit: &mut Visit<'_, '_>,
    above: Option<&str>,
    mut input: Box<dyn BufRead + '_>,
    resumes: bool,
) -> ControlFlow<()> {
    let mut crawl = Crawl::default();
    let mut number = 0;
    let mut lost = false;
    loop {
        let found = next_version(&mut input, &mut lost);
        if std::mem::take(&mut lost) {
            let said = "what stands here is no record: passed over to the next";
            visit.passed(above, Problem::new(Place::Record(number + 1), said))?;
        }
        let done = match found {
            Ok(false) => break,
            Ok(true) => {
                number += 1;
                record(visit, above, &mut input, &mut crawl, number)
            }
            Err(error) => Err(error),
        };
        match done {
            Ok(flow) => flow?,
            Err(error) => {
                visit.passed(above, broken(&error, number.max(1)))?;
                if !resumes || visit.budget.is_spent() {
                    break;
                }
            }
        }
    }
    crawl.tell(visit, above)
}

/// Goes behind the line that begins the next record, where there is one; says whether anything but blank lines was `lost` on
/// the way.
fn next_version(input: &mut impl BufRead, lost: &mut bool) -> io::Result<bool> {
    loop {
        let Some(line) = next_line(input)? else { return Ok(false) };
        if line.starts_with(b"WARC/") {
            return Ok(true);
        }
        *lost |= !line.trim_ascii().is_empty();
    }
}

/// A line, or a piece of one that is very long.
fn next_line(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let read = input.take(LARGEST_HEAD).read_until(b'\n', &mut line)?;
    Ok((read > 0).then_some(line))
}

/// One record, behind its first line.
fn record(
    visit: &mut Visit<'_, '_>,
    above: Option<&str>,
    input: &mut impl BufRead,
    crawl: &mut Crawl,
    number: u64,
) -> io::Result<ControlFlow<()>> {
    let fields = Fields::read(input)?;
    let at = Place::Record(number);
    let Some(length) = fields.get("content-length").and_then(|length| length.parse::<u64>().ok()) else {
        let said = "a record that does not say how long it is: passed over to the next";
        return Ok(visit.passed(above, Problem::new(at, said)));
    };
    let mut block = Block::new(input, length);
    let kind = fields.get("warc-type").unwrap_or("unknown").to_lowercase();
    // Some crawlers put the address between angle brackets, as the standard once showed it.
    let target = fields.get("warc-target-uri").unwrap_or_default().trim_matches(['<', '>']).to_owned();
    let flow = match kind.as_str() {
        "response" if target.starts_with("http") => {
            let head = Head::read(&mut block)?;
            crawl.answer(visit, above, &target, &head, &mut block)
        }
        "resource" | "conversion" => {
            let (content, charset) = fields.content_type();
            crawl.resource(visit, above, &target, &content, charset, &mut block)
        }
        _ if target.starts_with("dns:") => crawl.pass("dns"),
        _ => crawl.pass(&kind),
    };
    if flow.is_continue() {
        block.finish()?;
    }
    Ok(flow)
}

fn broken(error: &io::Error, number: u64) -> Problem {
    let said = match error.kind() {
        io::ErrorKind::UnexpectedEof => "this record breaks off".to_owned(),
        _ => format!("this record is damaged: {error}"),
    };
    Problem::new(Place::Record(number), said)
}

/// The address as it may be followed: some crawlers keep the spaces in it.
fn address(target: &str) -> String {
    let mut address = String::with_capacity(target.len());
    for ch in target.chars() {
        match u8::try_from(ch) {
            Ok(byte) if byte == b' ' || byte.is_ascii_control() => address.push_str(&format!("%{byte:02X}")),
            _ => address.push(ch),
        }
    }
    address
}

/// The address as a name: signs that nobody can print are written out.
fn named(target: &str) -> Cow<'_, str> {
    if target.contains(char::is_control) { name::printable(target.as_bytes()) } else { Cow::Borrowed(target) }
}

/// What a crawler brought home, so far.
#[derive(Default)]
pub(super) struct Crawl {
    names: Names,
    /// What was passed over, counted.
    passed: BTreeMap<String, u64>,
}

impl Crawl {
    /// An answer of a web server, behind its head.
    pub(super) fn answer(
        &mut self,
        visit: &mut Visit<'_, '_>,
        above: Option<&str>,
        target: &str,
        head: &Head,
        body: &mut impl BufRead,
    ) -> ControlFlow<()> {
        let (kind, charset) = head.content_type();
        match head.status {
            Some(200) => {}
            Some(status) => return self.pass(&format!("answer with status {status}")),
            None => return self.pass("answer that is none"),
        }
        let page = match kind.as_str() {
            "text/html" | "application/xhtml+xml" => true,
            // Many a server does not say what it sends.
            "" => body.fill_buf().is_ok_and(|begin| begin.trim_ascii_start().starts_with(b"<")),
            _ => false,
        };
        if !page {
            return self.pass(&format!("answer of {}", if kind.is_empty() { "unknown kind" } else { &kind }));
        }
        let name = self.names.unique(above, &named(target));
        match head.body(body, &visit.budget) {
            Ok(bytes) => {
                let hint = Hint { format: Some(Format::Html), charset, url: Some(address(target)) };
                (visit.each)(super::Inside::File(Some(&name), hint, Box::new(Cursor::new(bytes))))
            }
            Err(said) => visit.passed(Some(&name), Problem::new(Place::Whole, said)),
        }
    }

    /// What was kept without the answer that it came in.
    fn resource(
        &mut self,
        visit: &mut Visit<'_, '_>,
        above: Option<&str>,
        target: &str,
        kind: &str,
        charset: Option<String>,
        block: &mut dyn BufRead,
    ) -> ControlFlow<()> {
        // What crawlers keep of their own (logs, thumbnails, the words of pages) has addresses of other kinds.
        let scheme = target.split(':').next().unwrap_or_default();
        if !matches!(scheme, "http" | "https" | "ftp" | "file") {
            return self.pass("resource of the crawler's own");
        }
        let format = match kind {
            "text/html" | "application/xhtml+xml" => Some(Format::Html),
            "text/plain" => Some(Format::Text),
            kind if READABLE.contains(&kind) => None,
            kind => return self.pass(&format!("resource of {}", if kind.is_empty() { "unknown kind" } else { kind })),
        };
        let name = self.names.unique(above, &named(target));
        let hint = Hint { format, charset, url: scheme.starts_with("http").then(|| address(target)) };
        (visit.each)(super::Inside::File(Some(&name), hint, Box::new(block)))
    }

    /// Passes a record over.
    pub(super) fn pass(&mut self, what: &str) -> ControlFlow<()> {
        *self.passed.entry(what.to_owned()).or_insert(0) += 1;
        ControlFlow::Continue(())
    }

    /// Tells what was passed over: the most frequent kinds first.
    pub(super) fn tell(self, visit: &mut Visit<'_, '_>, above: Option<&str>) -> ControlFlow<()> {
        const MOST: usize = 8;
        let all: u64 = self.passed.values().sum();
        if all == 0 {
            return ControlFlow::Continue(());
        }
        let mut kinds: Vec<(String, u64)> = self.passed.into_iter().collect();
        kinds.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        let others: u64 = kinds.iter().skip(MOST).map(|(_, count)| count).sum();
        let mut told: Vec<String> = kinds.iter().take(MOST).map(|(kind, count)| format!("{count} {kind}")).collect();
        if others > 0 {
            told.push(format!("{others} others"));
        }
        let records = if all == 1 { "1 record that holds" } else { &format!("{all} records that hold") };
        let said = format!("passed over {records} no page: {}", told.join(", "));
        visit.passed(above, Problem::new(Place::Whole, said))
    }
}
