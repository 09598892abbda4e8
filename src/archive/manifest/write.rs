//! Writes a manifest, and counts what it comes to.

use std::io::{self, BufRead, BufReader, Write};

use serde::{Deserialize, Serialize};
use zstd::stream::read::Decoder;
use zstd::stream::write::Encoder;

use super::{Entry, Kind, Row, SCHEMA};

/// Of Zstandard: the fastest that still finds repeated folders.
const LEVEL: i32 = 1;

/// What the rows of a manifest come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Rows.
    pub rows: u64,
    /// Entries below them.
    pub entries: u64,
    /// Files with an article or more in the index.
    pub indexed: u64,
    /// Files without any.
    pub skipped: u64,
    /// Files that were ignored.
    pub ignored: u64,
    /// Places that are no file that can be opened.
    pub places: u64,
    /// Files that are not there any more, whose articles are in the index; not among `indexed`.
    pub gone: u64,
    /// Articles.
    pub articles: u64,
    /// Reasons for skipping a file, a place, an entry or a record.
    pub skips: u64,
    /// How often something was odd about an article.
    #[serde(default)]
    pub odd: u64,
}

impl Totals {
    fn add(&mut self, row: &Row) {
        self.rows += 1;
        self.articles += row.articles;
        self.skips += row.skips;
        self.odd += row.oddities;
        match row.kind {
            Kind::File if row.gone => self.gone += 1,
            Kind::File if row.articles > 0 => self.indexed += 1,
            Kind::File => self.skipped += 1,
            Kind::Place => self.places += 1,
            Kind::Ignored => self.ignored += row.ignored,
        }
    }
}

/// A manifest that is being written. Rows are to be given in the order of [`compare`](super::compare).
pub struct ManifestWriter<W: Write> {
    to: Encoder<'static, W>,
    totals: Totals,
    line: Vec<u8>,
}

impl<W: Write> ManifestWriter<W> {
    /// Begins a manifest in `to`.
    ///
    /// # Errors
    /// Where `to` fails, here and below.
    pub fn new(to: W) -> io::Result<Self> {
        let mut to = Encoder::new(to, LEVEL)?;
        to.include_checksum(true)?;
        writeln!(to, "{{\"schema\":\"{SCHEMA}\"}}")?;
        Ok(Self { to, totals: Totals::default(), line: Vec::new() })
    }

    /// Writes a row.
    pub fn row(&mut self, row: &Row) -> io::Result<()> {
        self.line.clear();
        serde_json::to_writer(&mut self.line, row)?;
        self.line.push(b'\n');
        self.totals.add(row);
        self.to.write_all(&self.line)
    }

    /// Writes a row of another manifest as it is written there.
    pub fn same_row(&mut self, row: &Row, line: &[u8]) -> io::Result<()> {
        self.totals.add(row);
        self.to.write_all(line)?;
        self.to.write_all(b"\n")
    }

    /// Writes an entry of the last row as it is written elsewhere.
    pub fn same_entry(&mut self, line: &[u8]) -> io::Result<()> {
        self.totals.entries += 1;
        self.to.write_all(line)?;
        self.to.write_all(b"\n")
    }

    /// Writes the entries of the last row.
    pub fn entries(&mut self, bundle: &Closed) -> io::Result<()> {
        if bundle.count == 0 {
            return Ok(());
        }
        let mut lines = BufReader::new(Decoder::with_buffer(bundle.frames.as_slice())?);
        loop {
            self.line.clear();
            if lines.read_until(b'\n', &mut self.line)? == 0 {
                return Ok(());
            }
            self.totals.entries += 1;
            self.to.write_all(&self.line)?;
        }
    }

    /// Ends it.
    pub fn finish(mut self) -> io::Result<(W, Totals)> {
        serde_json::to_writer(&mut self.to, &self.totals)?;
        self.to.write_all(b"\n")?;
        Ok((self.to.finish()?, self.totals))
    }
}

/// The entries of one container, kept in memory until its row can be written: compressed, as there may be millions.
#[derive(Default)]
pub struct Bundle {
    frames: Vec<u8>,
    open: Option<Encoder<'static, Vec<u8>>>,
    count: u64,
}

/// The same, when no more are to come for now.
#[derive(Default)]
pub struct Closed {
    frames: Vec<u8>,
    count: u64,
}

impl Bundle {
    /// Adds an entry. Memory does not fail; that the form of these functions allows for it is the compressor's.
    pub fn push(&mut self, entry: &Entry) -> io::Result<()> {
        let mut open = match self.open.take() {
            Some(open) => open,
            None => Encoder::new(Vec::new(), LEVEL)?,
        };
        serde_json::to_writer(&mut open, entry)?;
        open.write_all(b"\n")?;
        self.open = Some(open);
        self.count += 1;
        Ok(())
    }

    /// All that it holds so far, with `more`; entries can be added to it later.
    pub fn so_far<'a>(&mut self, more: impl IntoIterator<Item = &'a Entry>) -> io::Result<Closed> {
        if let Some(open) = self.open.take() {
            self.frames.extend(open.finish()?);
        }
        let mut copy = Self { frames: self.frames.clone(), open: None, count: self.count };
        for entry in more {
            copy.push(entry)?;
        }
        copy.close()
    }

    /// All that it holds.
    pub fn close(mut self) -> io::Result<Closed> {
        if let Some(open) = self.open.take() {
            self.frames.extend(open.finish()?);
        }
        Ok(Closed { frames: self.frames, count: self.count })
    }
}
