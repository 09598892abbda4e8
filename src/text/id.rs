//! Ids of articles and quotations: 64 bits, written as 16 hex digits.

use std::fmt;

/// The id of an article or of a quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub u64);

impl Id {
    /// The id of these parts: the first 64 bits of a BLAKE3 hash over them, each with its length before it.
    pub fn of_parts<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Self {
        // The hash takes a state of some size to begin and to end: all at once is less work than part by part.
        let mut joined = Vec::with_capacity(256);
        for part in parts {
            joined.extend_from_slice(&(part.len() as u64).to_le_bytes());
            joined.extend_from_slice(part);
        }
        let hash = blake3::hash(&joined);
        Self(hash.as_bytes().first_chunk().map_or(0, |head| u64::from_be_bytes(*head)))
    }

    /// Reads 16 hex digits.
    pub fn parse(digits: &str) -> Option<Self> {
        let hex = digits.len() == 16 && digits.bytes().all(|b| b.is_ascii_hexdigit());
        hex.then(|| u64::from_str_radix(digits, 16).ok().map(Self)).flatten()
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}
