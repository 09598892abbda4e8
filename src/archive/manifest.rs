//! The manifest: every file that an index was made of, as it was when it was read, so that the next run knows what changed.
//!
//! It knows how such a list is written and read back, and neither how files are read nor what is decided by it. The list
//! itself lies with the generation of the index that it belongs to, as `manifest-N.jsonl.zst`, and becomes visible with it.
//!
//! # The form
//!
//! One Zstandard stream (several frames, each with its checksum) of JSON lines, so that `zstdcat` shows it.
//!
//! - The first line is `{"schema":"onrecord.files/1"}`. A reader refuses any other.
//! - A line that begins with `{"path":` is a [`Row`]: a file, a place that could not be read, or something that was
//!   ignored. Rows stand in the order of [`compare`], which is the order in which sorted folders are walked, each path once.
//! - A line that begins with `{"entry":` is an [`Entry`] of the container whose row stands above it, in the order in which
//!   the container holds them.
//! - The last line begins with `{"rows":` and counts both ([`Totals`]). A list without it broke off.
//!
//! Members that say nothing (nought, false, an empty list) are left out. A list of two million files has some 80 MB, and is
//! read and written as a stream: what is in memory is one line.
//!
//! # Which article ids a row has
//!
//! They are not listed, since a file may hold a million: an article's id is made of a path, an entry and the identifier or
//! the number of a record ([`Source::id`]), so a row keeps hashes and numbers of those ([`Records`]) and, where the file has
//! been moved since its ids were made, the path that they were made of ([`Row::origin`]). [`Row::source`] puts them together. No two rows have the same
//! origin, and a row whose file was replaced by another that brought its ids with it holds none.

mod read;
mod records;
mod write;

pub use read::{Damage, Rows};
pub use records::Records;
pub use write::{Bundle, Closed, ManifestWriter, Totals};

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use crate::article::{Source, Which};
use crate::text::id::Id;

use super::content::Content;

/// What the first line says.
const SCHEMA: &str = "onrecord.files/1";

/// Of what was skipped in one file or entry, so many reasons are kept; the others are counted.
const MOST_REASONS: usize = 100;

/// Of what is odd in one file or entry, so many kinds are kept.
const MOST_KINDS: usize = 10;

/// What a row stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A file that was read, or that could not be.
    #[default]
    File,
    /// A place that is no file that could be opened: a folder without permission, a loop, a socket, a link to nothing.
    Place,
    /// What is passed over by its name, a file or a folder.
    Ignored,
}

/// A file, as it was when it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// How the index names it.
    pub path: String,
    /// What it is.
    #[serde(default, skip_serializing_if = "is_default")]
    pub kind: Kind,
    /// Bytes on the disk.
    #[serde(default, skip_serializing_if = "is_default")]
    pub size: u64,
    /// When it was last changed: nanoseconds since 1970, where the file system knows.
    #[serde(default, skip_serializing_if = "is_default")]
    pub modified: Option<i64>,
    /// What it held; unknown where it was not read to its end.
    #[serde(default, skip_serializing_if = "is_default", with = "hex")]
    pub content: Option<Content>,
    /// A fingerprint of all that decides what is read out of these bytes: options, and versions of the readers.
    #[serde(default, skip_serializing_if = "is_default", with = "hex")]
    pub reading: Option<Id>,
    /// The generation of the index in which it was last read.
    #[serde(default, skip_serializing_if = "is_default")]
    pub generation: u64,
    /// The path that the ids of its articles are made of, where that is another.
    #[serde(default, skip_serializing_if = "is_default")]
    pub origin: Option<String>,
    /// The records of which there are articles; those of a container stand with its entries.
    #[serde(default, skip_serializing_if = "Records::is_empty")]
    pub records: Records,
    /// It was changed so shortly before it was read that another change may bear the same time: only its content tells.
    #[serde(default, skip_serializing_if = "is_default")]
    pub unsure: bool,
    /// It could not be read as it should, for a reason that may pass: it is to be read again.
    #[serde(default, skip_serializing_if = "is_default")]
    pub again: bool,
    /// It has not been read to its end: the run was interrupted, or is still going on. Its records are then those that were
    /// read and those that are in the index from before.
    #[serde(default, skip_serializing_if = "is_default")]
    pub partial: bool,
    /// Of a file that has not been read to its end: all records below this number have been.
    #[serde(default, skip_serializing_if = "is_default")]
    pub through: u64,
    /// It is not there any more, and its articles still are.
    #[serde(default, skip_serializing_if = "is_default")]
    pub gone: bool,
    /// How many articles there are of it, those of a container's entries included.
    #[serde(default, skip_serializing_if = "is_default")]
    pub articles: u64,
    /// How many entries there are of it, where it is a container: they stand below it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub entries: u64,
    /// How many reasons for skipping something in it, those of its entries included.
    #[serde(default, skip_serializing_if = "is_default")]
    pub skips: u64,
    /// How many files were ignored here.
    #[serde(default, skip_serializing_if = "is_default")]
    pub ignored: u64,
    /// What of it could not be indexed and why, but for what stands with its entries.
    #[serde(default, skip_serializing_if = "is_default")]
    pub skipped: Reasons,
    /// How often something was odd about an article of it, those of its entries included.
    #[serde(default, skip_serializing_if = "is_default")]
    pub oddities: u64,
    /// What was odd about its articles, but for what stands with its entries.
    #[serde(default, skip_serializing_if = "is_default")]
    pub odd: Reasons,
}

/// A file inside a container.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its name there.
    pub entry: String,
    /// What it held; unknown where it was not read to its end.
    #[serde(default, skip_serializing_if = "is_default", with = "hex")]
    pub content: Option<Content>,
    /// The records of which there are articles.
    #[serde(default, skip_serializing_if = "Records::is_empty")]
    pub records: Records,
    /// What of it could not be indexed and why.
    #[serde(default, skip_serializing_if = "is_default")]
    pub skipped: Reasons,
    /// What was odd about its articles.
    #[serde(default, skip_serializing_if = "is_default")]
    pub odd: Reasons,
}

/// Why something was skipped: the first hundred reasons, and how many more there are. Of what is odd, the first of each kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reasons {
    /// The first.
    pub told: Vec<String>,
    /// How many more.
    #[serde(default, skip_serializing_if = "is_default")]
    pub more: u64,
}

impl Row {
    /// Where the article of this record, in this entry, has its id from.
    pub fn source(&self, entry: Option<&str>, record: Which) -> Source {
        let path = self.origin.clone().unwrap_or_else(|| self.path.clone());
        let (record, own) = match record {
            Which::Nth(number) => (number, None),
            Which::Own(hash) => (0, Some(hash)),
        };
        Source { path, entry: entry.map(str::to_owned), record, own }
    }

    /// The path that its ids are made of.
    pub fn origin(&self) -> &str {
        self.origin.as_deref().unwrap_or(&self.path)
    }
}

impl Reasons {
    /// One more.
    pub fn push(&mut self, reason: String) {
        if self.told.len() < MOST_REASONS { self.told.push(reason) } else { self.more += 1 }
    }

    /// One more thing that is odd; true where it is the first of its kind here.
    pub fn push_kind(&mut self, odd: &str) -> bool {
        let new = self.told.len() < MOST_KINDS && self.told.iter().all(|told| !kind(told).eq(kind(odd)));
        if new {
            self.told.push(odd.to_owned())
        } else {
            self.more += 1
        }
        new
    }

    /// How many there are.
    pub fn len(&self) -> u64 {
        self.told.len() as u64 + self.more
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.told.is_empty()
    }
}

/// What a message has in common with others of its kind: all but what it shows of the file, in backquotes, and numbers.
fn kind(message: &str) -> impl Iterator<Item = char> {
    let mut shown = false;
    message.chars().filter(move |letter| {
        shown ^= *letter == '`';
        !shown && !letter.is_ascii_digit()
    })
}

/// The order of paths: that in which folders are walked with their entries sorted, so that what is below a folder stands
/// together, before `folder.txt`.
pub fn compare(one: &str, other: &str) -> Ordering {
    let key = |byte: u8| if byte == b'/' { 0 } else { byte };
    // Paths that are compared share their folders mostly: those go by eight bytes.
    let same =
        8 * one.as_bytes().chunks_exact(8).zip(other.as_bytes().chunks_exact(8)).take_while(|(a, b)| a == b).count();
    let (one, other) =
        (one.as_bytes().get(same..).unwrap_or_default(), other.as_bytes().get(same..).unwrap_or_default());
    match one.iter().zip(other).position(|(a, b)| a != b) {
        Some(at) => one.get(at).map(|byte| key(*byte)).cmp(&other.get(at).map(|byte| key(*byte))),
        None => one.len().cmp(&other.len()),
    }
}

/// Whether the path is `folder` itself, or lies below it; everything that is not absolute lies below the folder with no name.
pub fn is_below(path: &str, folder: &str) -> bool {
    match path.strip_prefix(folder) {
        Some(rest) if folder.is_empty() => !rest.starts_with('/'),
        Some(rest) => rest.is_empty() || rest.starts_with('/') || folder.ends_with('/'),
        None => false,
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Hashes as hex digits.
mod hex {
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::archive::content::Content;
    use crate::text::id::Id;

    pub(super) trait Digits: Sized + ToString {
        fn of(digits: &str) -> Option<Self>;
    }

    impl Digits for Content {
        fn of(digits: &str) -> Option<Self> {
            Self::parse(digits)
        }
    }

    impl Digits for Id {
        fn of(digits: &str) -> Option<Self> {
            Self::parse(digits)
        }
    }

    pub(super) fn serialize<T: Digits, S: Serializer>(value: &Option<T>, to: S) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => to.serialize_str(&value.to_string()),
            None => to.serialize_none(),
        }
    }

    pub(super) fn deserialize<'a, T: Digits, D: Deserializer<'a>>(from: D) -> Result<Option<T>, D::Error> {
        let digits = <std::borrow::Cow<'a, str>>::deserialize(from)?;
        T::of(&digits).map(Some).ok_or_else(|| serde::de::Error::custom("not a hash"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_in_the_order_of_a_walk() {
        let mut paths = ["b", "a.txt", "a/z", "/srv/x", "a/b.txt", "a/b/c", "a", "B", "a/b", "ab", "a-b"];
        paths.sort_by(|one, other| compare(one, other));
        assert_eq!(paths, ["/srv/x", "B", "a", "a/b", "a/b/c", "a/b.txt", "a/z", "a-b", "a.txt", "ab", "b"]);
        // The same order where they share a folder, of a name of any length.
        for length in 0..20 {
            let folder = "f".repeat(length);
            assert!(paths.windows(2).all(|pair| match pair {
                [one, other] => compare(&format!("{folder}/{one}"), &format!("{folder}/{other}")).is_lt(),
                _ => false,
            }));
        }
    }

    #[test]
    fn what_is_odd_is_kept_once_a_kind() {
        let mut odd = Reasons::default();
        let new = ["the date `1.2.` is not kept", "a row of 3 cells", "the date `2.` is not kept", "a row of 12 cells"]
            .map(|message| odd.push_kind(message));
        assert_eq!((new, odd.told.len(), odd.more), ([true, true, false, false], 2, 2));
        let kinds = ('a'..='z').filter(|letter| odd.push_kind(&letter.to_string())).count();
        assert_eq!((kinds, odd.len()), (MOST_KINDS - 2, 4 + 26));
    }

    #[test]
    fn what_is_below_a_folder() {
        for (path, folder, expected) in [
            ("a/b", "a", true),
            ("a", "a", true),
            ("ab", "a", false),
            ("a/b", "", true),
            ("/srv/a", "", false),
            ("/srv/a", "/srv", true),
            ("/srv/a", "/", true),
            ("a", "a/b", false),
        ] {
            assert_eq!(is_below(path, folder), expected, "{path} in {folder}");
        }
    }
}
