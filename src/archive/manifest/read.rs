//! Reads a manifest, row after row.

use std::io::{self, BufRead, BufReader, Read};

use serde::Deserialize;

use super::{Entry, Row, SCHEMA, Totals};

/// What is wrong with a manifest.
#[derive(Debug, thiserror::Error)]
pub enum Damage {
    /// It cannot be read, or its compression is damaged.
    #[error("it cannot be read: {0}")]
    Io(#[from] io::Error),
    /// A line is not what should stand there; lines are counted from 1.
    #[error("line {0} is not what should stand there")]
    Line(u64),
    /// It was written by another version.
    #[error("another version of onrecord wrote it")]
    OtherSchema,
    /// It has no end.
    #[error("it breaks off")]
    BrokenOff,
}

/// The rows of a manifest, in order, each followed by its entries for whom wants them.
pub struct Rows {
    /// Nothing where there is no manifest, or where it has been read to its end.
    input: Option<Box<dyn BufRead + Send>>,
    line: Vec<u8>,
    number: u64,
    /// The line has been read and not yet given away.
    ahead: bool,
    counted: (u64, u64),
    totals: Option<Totals>,
}

#[derive(Deserialize)]
struct Head {
    schema: String,
}

impl Rows {
    /// No rows at all.
    pub fn none() -> Self {
        Self { input: None, line: Vec::new(), number: 0, ahead: false, counted: (0, 0), totals: None }
    }

    /// The rows of the manifest that `input` holds.
    ///
    /// # Errors
    /// It is no manifest, or one of another version.
    pub fn open(input: impl Read + Send + 'static) -> Result<Self, Damage> {
        let plain = BufReader::with_capacity(256 << 10, zstd::stream::read::Decoder::new(input)?);
        let mut rows = Self { input: Some(Box::new(plain)), ..Self::none() };
        rows.advance()?;
        let head: Head = rows.parse()?;
        if head.schema != SCHEMA {
            return Err(Damage::OtherSchema);
        }
        rows.ahead = false;
        Ok(rows)
    }

    /// The next row; entries of the one before that nobody asked for are passed over.
    ///
    /// # Errors
    /// Where the manifest is damaged.
    pub fn row(&mut self) -> Result<Option<Row>, Damage> {
        while self.entry_line()?.is_some() {}
        if !self.advance()? {
            return Ok(None);
        }
        if self.line.starts_with(b"{\"rows\":") {
            return self.end().map(|()| None);
        }
        let row = self.parse()?;
        self.ahead = false;
        self.counted.0 += 1;
        Ok(Some(row))
    }

    /// The next entry of the row that was read last.
    ///
    /// # Errors
    /// As [`Rows::row`].
    pub fn entry(&mut self) -> Result<Option<Entry>, Damage> {
        match self.entry_line()? {
            Some(_) => self.parse().map(Some),
            None => Ok(None),
        }
    }

    /// The next entry of the row that was read last, as it is written.
    ///
    /// # Errors
    /// As [`Rows::row`].
    pub fn entry_line(&mut self) -> Result<Option<&[u8]>, Damage> {
        if !self.advance()? || !self.line.starts_with(b"{\"entry\":") {
            return Ok(None);
        }
        self.ahead = false;
        self.counted.1 += 1;
        Ok(Some(&self.line))
    }

    /// What was read last, a row or an entry, as it is written.
    pub fn line(&self) -> &[u8] {
        &self.line
    }

    /// What it all comes to; known when the last row has been read.
    pub fn totals(&self) -> Option<Totals> {
        self.totals
    }

    /// Reads a line unless one waits; false at the end.
    fn advance(&mut self) -> Result<bool, Damage> {
        let Some(input) = &mut self.input else { return Ok(false) };
        if !self.ahead {
            self.line.clear();
            input.read_until(b'\n', &mut self.line)?;
            if self.line.pop() != Some(b'\n') {
                return Err(Damage::BrokenOff);
            }
            self.number += 1;
            self.ahead = true;
        }
        Ok(true)
    }

    fn parse<'a, T: Deserialize<'a>>(&'a self) -> Result<T, Damage> {
        serde_json::from_slice(&self.line).map_err(|_| Damage::Line(self.number))
    }

    /// The last line, and nothing behind it.
    fn end(&mut self) -> Result<(), Damage> {
        let totals: Totals = self.parse()?;
        if (totals.rows, totals.entries) != self.counted {
            return Err(Damage::Line(self.number));
        }
        // To the end of the compressed data, so that its checksum has been looked at.
        let rest = self.input.as_mut().map_or(Ok(0), |input| io::copy(input, &mut io::sink()))?;
        if rest > 0 {
            return Err(Damage::Line(self.number + 1));
        }
        (self.input, self.totals) = (None, Some(totals));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_another_schema_is_refused() {
        let open = |schema: &str| {
            let lines = format!("{{\"schema\":\"{schema}\"}}\n{{\"rows\":0,\"entries\":0}}\n");
            Rows::open(io::Cursor::new(zstd::encode_all(lines.as_bytes(), 1).expect("memory")))
        };
        assert!(open(SCHEMA).is_ok());
        // The last one is that of what `export --manifest` writes.
        for other in ["onrecord.files/2", "onrecord.manifest/2", "onrecord.manifest/1"] {
            assert!(matches!(open(other), Err(Damage::OtherSchema)), "{other}");
        }
    }
}
