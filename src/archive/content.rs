//! What a file holds, as a hash: how a file is known again that was touched, moved or copied.
//!
//! The bytes are hashed as they lie on the disk, compressed or not, while they are read for other purposes where that is
//! possible.

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

const PIECE: usize = 256 << 10;

/// The first half of the BLAKE3 hash of a file's or an entry's bytes; written as 32 hex digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Content(u128);

impl Content {
    /// The hash of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self::finish(blake3::Hasher::new().update(bytes))
    }

    /// Reads 32 hex digits.
    pub fn parse(digits: &str) -> Option<Self> {
        let hex = digits.len() == 32 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        hex.then(|| u128::from_str_radix(digits, 16).ok().map(Self)).flatten()
    }

    fn finish(hasher: &blake3::Hasher) -> Self {
        let mut head = [0; 16];
        hasher.finalize_xof().fill(&mut head);
        Self(u128::from_be_bytes(head))
    }
}

impl fmt::Display for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// Hashes what passes through it.
pub struct Tap<R> {
    inner: R,
    hasher: blake3::Hasher,
    bytes: u64,
    failed: bool,
}

impl<R: Read> Tap<R> {
    /// Reads from `inner`.
    pub fn new(inner: R) -> Self {
        Self { inner, hasher: blake3::Hasher::new(), bytes: 0, failed: false }
    }

    /// How many bytes have passed.
    pub fn passed(&self) -> u64 {
        self.bytes
    }

    /// Whether reading has failed: the disk, not what is made of its bytes.
    pub fn failed(&self) -> bool {
        self.failed
    }

    /// Reads what is left; gives the hash of all, and the number of bytes.
    ///
    /// # Errors
    /// Where the rest cannot be read.
    pub fn finish(mut self) -> io::Result<(Content, u64)> {
        // Large pieces: several lanes of the hash are made at once.
        let mut piece = vec![0; PIECE];
        while self.read(&mut piece)? > 0 {}
        Ok((Content::finish(&self.hasher), self.bytes))
    }
}

impl<R: Read> Read for Tap<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(out);
        self.failed |= read.as_ref().is_err_and(|error| error.kind() != io::ErrorKind::Interrupted);
        let count = read?;
        self.hasher.update(out.get(..count).unwrap_or_default());
        self.bytes += count as u64;
        Ok(count)
    }
}

/// The hash of the file at `path`, and its size.
///
/// # Errors
/// The file cannot be opened or read.
pub fn content_of(path: &Path) -> io::Result<(Content, u64)> {
    Tap::new(File::open(path)?).finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_does_not_depend_on_who_read_how_much() {
        let bytes = b"The slip is closed.".repeat(1000);
        let whole = Content::of(&bytes);
        let mut tap = Tap::new(bytes.as_slice());
        tap.read_exact(&mut [0; 7]).expect("there are so many");
        assert_eq!(tap.passed(), 7);
        assert_eq!(tap.finish().expect("memory can be read"), (whole, bytes.len() as u64));
        assert_eq!(Content::parse(&whole.to_string()), Some(whole));
        assert_ne!(Content::of(b"The slip is open."), whole);
        assert_eq!(Content::parse("12"), None);
    }
}
