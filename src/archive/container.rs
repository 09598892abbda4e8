//! What is inside a file: the file itself, or, where it is a container, the files in it, one after another, as streams.
//!
//! Zip and tar archives, and the WARC and ARC files of web crawlers, compressed or not, one in another to a depth that is
//! given. What a file is, is told by its first bytes and not by its name. Nothing is ever written to disk: names are only
//! names, wherever they may point. What an entry holds is not looked at; that is for `article`.
#![doc = ""]
#![doc = include_str!("containers.md")]

mod arc;
mod budget;
mod http;
mod members;
mod tar;
mod warc;
mod zip;

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Chain, Cursor, Read, Seek};
use std::ops::ControlFlow;

use flate2::bufread::{GzDecoder, MultiGzDecoder};

use super::open::{self, Packing, Whole};
use super::walk::is_ignored;
use crate::article::Format;
use crate::text::id::Id;
use crate::text::problem::{Place, Problem};
use budget::{Budget, Metered};
use members::Members;

/// What is opened: a part of `onrecord help formats`.
pub const CONTAINERS: &str = include_str!("containers.md");

/// How far containers are followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// A file may come to this many times its size when it is unpacked, with all that is in it.
    pub ratio: u64,
    /// So many containers may lie one in another.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { ratio: 250, depth: 3 }
    }
}

/// What is known of an entry from outside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hint {
    /// Its format.
    pub format: Option<Format>,
    /// Its character set.
    pub charset: Option<String>,
    /// The address that it was fetched from.
    pub url: Option<String>,
}

/// A thing inside a file.
pub enum Inside<'a> {
    /// A file: without a name it is the file itself, else an entry.
    File(Option<&'a str>, Hint, Box<dyn BufRead + 'a>),
    /// What was not read, and why: the file itself, or an entry.
    Passed(Option<&'a str>, Problem),
}

/// Takes each thing; breaks where no more is wanted.
pub type Each<'a> = dyn FnMut(Inside<'_>) -> ControlFlow<()> + 'a;

/// Whether a file that begins like this is a zip archive, of which the end has to be read first.
pub fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") || head.starts_with(b"PK\x07\x08PK\x03\x04")
}

/// Calls `each` with what is inside the zip archive `input` of `size` bytes.
pub fn visit_zip(input: impl Read + Seek, size: u64, limits: &Limits, each: &mut Each<'_>) -> ControlFlow<()> {
    let mut visit = Visit { limits, budget: Budget::new(size, limits.ratio), each };
    if visit.open(Shape::Zip, None, 0)? { zip::read(&mut visit, None, 1, input) } else { ControlFlow::Continue(()) }
}

/// Calls `each` with what is inside the file of `size` bytes of which these are in memory.
pub fn visit_held(bytes: &[u8], size: u64, limits: &Limits, each: &mut Each<'_>) -> ControlFlow<()> {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    match is_zip(bytes) {
        true => visit_zip(Cursor::new(bytes), size, limits, each),
        // Nearly every small file is no more than itself: it is given as it lies there.
        false if open::packing(head).is_none() && shape(head).is_none() => {
            each(Inside::File(None, Hint::default(), Box::new(bytes)))
        }
        false => visit(bytes, size, limits, each),
    }
}

/// Calls `each` with what is inside the file `input` of `size` bytes; a zip archive is read into memory for it.
pub fn visit(input: impl Read, size: u64, limits: &Limits, each: &mut Each<'_>) -> ControlFlow<()> {
    let mut visit = Visit { limits, budget: Budget::new(size, limits.ratio), each };
    visit.stream(None, Hint::default(), 0, Box::new(BufReader::with_capacity(open::BUFFER, input)))
}

/// The kinds of containers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Zip,
    Tar,
    Warc,
    Arc,
}

/// As much of a file as shows what it is.
const HEAD: usize = 512;

/// As much of a packed file as shows what is in it.
const PACKED_HEAD: usize = 4096;

/// A zip archive in a stream is held in memory; none larger than this.
const LARGEST_ZIP: u64 = 64 << 20;

fn shape(head: &[u8]) -> Option<Shape> {
    match head {
        _ if is_zip(head) => Some(Shape::Zip),
        _ if head.get(257..262) == Some(b"ustar") => Some(Shape::Tar),
        _ if head.starts_with(b"WARC/") => Some(Shape::Warc),
        _ if head.starts_with(b"filedesc://") => Some(Shape::Arc),
        _ => None,
    }
}

/// Someone who goes through a file and what is inside it.
struct Visit<'a, 'e> {
    limits: &'a Limits,
    budget: Budget,
    each: &'a mut Each<'e>,
}

impl Visit<'_, '_> {
    /// A file, or an entry, of which only its bytes are known.
    fn stream(
        &mut self,
        name: Option<&str>,
        hint: Hint,
        depth: usize,
        input: Box<dyn BufRead + '_>,
    ) -> ControlFlow<()> {
        let (head, input) = match peek(input, PACKED_HEAD) {
            Ok(peeked) => peeked,
            Err(error) => return self.passed(name, unreadable(&error)),
        };
        let budget = self.budget.clone();
        let unpacked: Box<dyn BufRead + '_> = match open::packing(&head) {
            None => return self.unpacked(name, hint, depth, shape(&head), false, Box::new(input)),
            Some(Packing::Gzip) => {
                let inside = inflated_head(&head).as_deref().and_then(shape);
                if matches!(inside, Some(Shape::Warc | Shape::Arc)) {
                    let members = BufReader::with_capacity(open::BUFFER, Metered::new(Members::new(input), budget));
                    return self.unpacked(name, hint, depth, inside, true, Box::new(members));
                }
                let plain = Metered::new(Whole::new(MultiGzDecoder::new(input)), budget);
                Box::new(BufReader::with_capacity(open::BUFFER, plain))
            }
            Some(Packing::Zstd) => match zstd::stream::read::Decoder::with_buffer(input) {
                Ok(plain) => Box::new(BufReader::with_capacity(open::BUFFER, Metered::new(plain, budget))),
                Err(error) => return self.passed(name, unreadable(&error)),
            },
        };
        match peek(unpacked, HEAD) {
            Ok((head, input)) => self.unpacked(name, hint, depth, shape(&head), false, Box::new(input)),
            Err(error) => self.passed(name, unreadable(&error)),
        }
    }

    /// The same without its compression. `resumes` says that behind an error of the input there may be more to read.
    fn unpacked(
        &mut self,
        name: Option<&str>,
        hint: Hint,
        depth: usize,
        shape: Option<Shape>,
        resumes: bool,
        mut input: Box<dyn BufRead + '_>,
    ) -> ControlFlow<()> {
        let Some(shape) = shape else { return (self.each)(Inside::File(name, hint, input)) };
        if !self.open(shape, name, depth)? {
            return ControlFlow::Continue(());
        }
        match shape {
            Shape::Tar => tar::read(self, name, depth + 1, input),
            Shape::Warc => warc::read(self, name, input, resumes),
            Shape::Arc => arc::read(self, name, input, resumes),
            Shape::Zip => {
                let mut bytes = Vec::new();
                match input.by_ref().take(LARGEST_ZIP + 1).read_to_end(&mut bytes) {
                    Ok(_) if bytes.len() as u64 > LARGEST_ZIP => {
                        let said = format!("a zip archive in another file, and larger than {} MB", LARGEST_ZIP >> 20);
                        self.passed(name, Problem::new(Place::Whole, said).hint("unpack the file that it lies in"))
                    }
                    Ok(_) => zip::read(self, name, depth + 1, Cursor::new(bytes)),
                    Err(error) => self.passed(name, unreadable(&error)),
                }
            }
        }
    }

    /// Whether a container may be opened that lies in `depth` others.
    fn open(&mut self, shape: Shape, name: Option<&str>, depth: usize) -> ControlFlow<(), bool> {
        if depth < self.limits.depth {
            return ControlFlow::Continue(true);
        }
        let what = match shape {
            Shape::Zip => "a zip archive",
            Shape::Tar => "a tar archive",
            Shape::Warc => "a WARC file",
            Shape::Arc => "an ARC file",
        };
        let said = format!("{what} inside of {depth} others: not opened");
        self.passed(name, Problem::new(Place::Whole, said).hint("`--max-nesting` allows more")).map_continue(|()| false)
    }

    /// Says why something was not read.
    fn passed(&mut self, name: Option<&str>, why: Problem) -> ControlFlow<()> {
        (self.each)(Inside::Passed(name, why))
    }
}

/// Names of entries, each given once: a second entry of a name gets a number.
#[derive(Default)]
struct Names {
    /// By hashes of the names: how often there was one like it.
    given: HashMap<u64, u32>,
}

impl Names {
    /// The name of an entry, as it is known outside of its container, which has the name `above` where it lies in another.
    fn unique(&mut self, above: Option<&str>, own: &str) -> String {
        let hash = |name: &str| Id::of_parts([name.as_bytes()]).0;
        let mut count = self.given.get(&hash(own)).copied().unwrap_or(0);
        let numbered = loop {
            count += 1;
            let numbered = if count > 1 { format!("{own} ({count})") } else { own.to_owned() };
            if count == 1 || !self.given.contains_key(&hash(&numbered)) {
                break numbered;
            }
        };
        self.given.insert(hash(own), count);
        if count > 1 {
            self.given.insert(hash(&numbered), 1);
        }
        match above {
            Some(above) => format!("{above}!/{numbered}"),
            None => numbered,
        }
    }
}

/// Whether a name inside a container says that there is no article.
fn is_passed_by(name: &str) -> bool {
    let mut parts = name.split(['/', '\\']).filter(|part| !part.is_empty() && !matches!(*part, "." | "..")).peekable();
    while let Some(part) = parts.next() {
        if part == "__MACOSX" || is_ignored(part.as_ref(), parts.peek().is_some()) {
            return true;
        }
    }
    false
}

type Peeked<'a> = Chain<Cursor<Vec<u8>>, Box<dyn BufRead + 'a>>;

/// The first bytes of the input, and all of it.
fn peek<'a>(mut input: Box<dyn BufRead + 'a>, most: usize) -> io::Result<(Vec<u8>, Peeked<'a>)> {
    let mut head = Vec::new();
    let read = input.by_ref().take(most as u64).read_to_end(&mut head);
    // An error behind what shows enough is met again where it stands.
    if head.is_empty() {
        read?;
    }
    let whole = Cursor::new(head.clone()).chain(input);
    Ok((head, whole))
}

/// The beginning of what a gzip file holds, of whose packed beginning this is.
fn inflated_head(packed: &[u8]) -> Option<Vec<u8>> {
    let mut head = vec![0; HEAD];
    let mut decoder = GzDecoder::new(packed);
    let mut length = 0;
    while let Some(room) = head.get_mut(length..).filter(|room| !room.is_empty()) {
        match decoder.read(room) {
            Ok(0) | Err(_) => break,
            Ok(count) => length += count,
        }
    }
    head.truncate(length);
    (length > 0).then_some(head)
}

/// Why a stream cannot be read.
fn unreadable(error: &io::Error) -> Problem {
    let said: Cow<'_, str> = match error.kind() {
        io::ErrorKind::UnexpectedEof => "it breaks off: its data is not complete".into(),
        _ => format!("cannot be read: {error}").into(),
    };
    Problem::new(Place::Whole, said)
}
