//! ARC files of web crawlers, the older form: a line for each answer, and the answer.

use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

use super::Visit;
use super::http::{Block, Head, LARGEST_HEAD};
use super::warc::Crawl;
use crate::text::problem::{Place, Problem};

/// Fields behind the address in a record's line: in the first version, and in the second.
const FIELDS: [usize; 2] = [4, 9];

/// What addresses begin with; in a file that is damaged, many a line has as many words and a number at its end.
const SCHEMES: [&str; 8] = ["http", "https", "ftp", "dns", "filedesc", "file", "whois", "warcinfo"];

pub(super) fn read(
    visit: &mut Visit<'_, '_>,
    above: Option<&str>,
    mut input: Box<dyn BufRead + '_>,
    resumes: bool,
) -> ControlFlow<()> {
    let mut crawl = Crawl::default();
    let mut fields = FIELDS[0];
    let mut number = 0_u64;
    let mut lost = false;
    loop {
        let line = match next_line(&mut input) {
            Ok(None) => break,
            Ok(Some(line)) => line,
            Err(error) => {
                visit.passed(above, damaged(&error, number + 1))?;
                if !resumes || visit.budget.is_spent() {
                    break;
                }
                lost = true;
                continue;
            }
        };
        if line.trim_ascii().is_empty() {
            continue;
        }
        let Some(head) = Line::of(&line, fields) else {
            if !std::mem::replace(&mut lost, true) {
                let said = "what stands here is no record: passed over to the next";
                visit.passed(above, Problem::new(Place::Record(number + 1), said))?;
            }
            continue;
        };
        lost = false;
        number += 1;
        let mut block = Block::new(&mut input, head.length);
        let done = if head.address.starts_with("filedesc:") {
            version(&mut block).map(|version| {
                fields = if version == b'2' { FIELDS[1] } else { FIELDS[0] };
                crawl.pass("description of the file")
            })
        } else if head.address.starts_with("http") {
            Head::read(&mut block).map(|answer| crawl.answer(visit, above, &head.address, &answer, &mut block))
        } else {
            let kind = head.address.split(':').next().unwrap_or_default();
            Ok(crawl.pass(kind))
        };
        let done = done.and_then(|flow| block.finish().map(|()| flow));
        match done {
            Ok(flow) => flow?,
            Err(error) => {
                visit.passed(above, damaged(&error, number))?;
                if !resumes || visit.budget.is_spent() {
                    break;
                }
                lost = true;
            }
        }
    }
    crawl.tell(visit, above)
}

fn next_line(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let read = input.take(LARGEST_HEAD).read_until(b'\n', &mut line)?;
    Ok((read > 0).then_some(line))
}

/// The line before an answer.
struct Line {
    address: String,
    length: u64,
}

impl Line {
    /// Reads `ADDRESS IP DATE KIND LENGTH`, with more in between in the second version. There may be spaces in the address.
    fn of(line: &[u8], fields: usize) -> Option<Self> {
        let text = String::from_utf8_lossy(line);
        let text = text.trim();
        let mut parts = text.rsplitn(fields + 1, ' ');
        let length = parts.next()?.parse().ok()?;
        let address = parts.last()?.trim();
        let (scheme, _) = address.split_once(':')?;
        SCHEMES.contains(&scheme).then(|| Self { address: address.to_owned(), length })
    }
}

/// The version of the form, which the first line of the file's own record begins with.
fn version(block: &mut impl BufRead) -> io::Result<u8> {
    Ok(block.fill_buf()?.trim_ascii_start().first().copied().unwrap_or(b'1'))
}

fn damaged(error: &io::Error, number: u64) -> Problem {
    let said = match error.kind() {
        io::ErrorKind::UnexpectedEof => "this record breaks off".to_owned(),
        _ => format!("this record is damaged: {error}"),
    };
    Problem::new(Place::Record(number), said)
}
