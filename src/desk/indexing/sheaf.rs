//! All files of an archive as a walk found them, small: two million of them have some 70 MB.
//!
//! Each name is written as what it shares with the one before it and what follows, so a sheaf is read from its beginning,
//! in the order of [`compare`]. What is thought of each file (its [`Verdict`]) is kept beside it and can be changed.

use std::cmp::Ordering;

use crate::archive::manifest::{Kind, compare};

/// A file, or another place, that the walk came upon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// How the index names it.
    pub(super) name: String,
    /// What it is.
    pub(super) kind: Kind,
    /// The root that it was found under, as a place in the survey's list.
    pub(super) root: usize,
    /// Bytes on the disk; of what is ignored, the number of files.
    pub(super) size: u64,
    /// When it was last changed: nanoseconds since 1970.
    pub(super) modified: Option<i64>,
    /// Why a place cannot be read.
    pub(super) reason: String,
    /// What is to be done with it.
    pub(super) verdict: Verdict,
}

/// What a file is, seen beside its row in the manifest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It has no row.
    #[default]
    New,
    /// Its size or its time is another.
    Altered,
    /// It may have been changed unseen.
    Unsure,
    /// It would be read otherwise now.
    Reread,
    /// It could not be read, or not to its end, or was thought to be gone.
    Unfinished,
    /// It is as it was.
    Unchanged,
    /// It is new or altered, and older than what is asked for.
    Passed,
    /// It is no file, and known.
    Other,
}

impl Item {
    /// Whether it is a file that has to be opened.
    pub(super) fn is_due(&self) -> bool {
        self.kind == Kind::File && !matches!(self.verdict, Verdict::Unchanged | Verdict::Passed | Verdict::Other)
    }
}

/// What a walk found.
#[derive(Default)]
pub(super) struct Sheaf {
    bytes: Vec<u8>,
    verdicts: Vec<Verdict>,
    last: String,
    unsorted: bool,
}

impl Sheaf {
    /// Adds what was found next.
    pub(super) fn push(&mut self, item: &Item) {
        if !self.verdicts.is_empty() && compare(&self.last, &item.name) != Ordering::Less {
            self.unsorted = true;
        }
        let shared = shared(&self.last, &item.name);
        let rest = item.name.get(shared..).unwrap_or_default();
        let kind = match item.kind {
            Kind::File => 0,
            Kind::Place => 1,
            Kind::Ignored => 2,
        };
        self.number(shared as u64);
        self.text(rest);
        self.number(kind << 1 | u64::from(item.modified.is_some()));
        self.number(item.root as u64);
        self.number(item.size);
        if let Some(time) = item.modified {
            // The sign last, so that times before 1970 are no longer than others.
            self.number((time.cast_unsigned() << 1) ^ (time >> 63).cast_unsigned());
        }
        self.text(&item.reason);
        self.verdicts.push(item.verdict);
        self.last.truncate(shared);
        self.last.push_str(rest);
    }

    /// Puts everything in order, each name once: of equal names the one that was added last.
    pub(super) fn sort(&mut self) {
        if !std::mem::take(&mut self.unsorted) {
            return;
        }
        let mut items = Vec::with_capacity(self.verdicts.len());
        let mut all = self.items();
        while let Some(item) = all.next() {
            items.push(item.clone());
        }
        items.reverse();
        items.sort_by(|one, other| compare(&one.name, &other.name));
        items.dedup_by(|later, earlier| later.name == earlier.name);
        *self = Self::default();
        items.iter().for_each(|item| self.push(item));
    }

    /// All of them, in order.
    pub(super) fn items(&self) -> Items<'_> {
        let item = Item {
            name: String::new(),
            kind: Kind::File,
            root: 0,
            size: 0,
            modified: None,
            reason: String::new(),
            verdict: Verdict::New,
        };
        Items { rest: &self.bytes, verdicts: &self.verdicts, number: 0, item }
    }

    /// Says what is to be done with each item.
    pub(super) fn judge(&mut self, verdicts: Vec<Verdict>) {
        self.verdicts = verdicts;
    }

    fn number(&mut self, mut number: u64) {
        loop {
            let [low, ..] = number.to_le_bytes();
            number >>= 7;
            if number == 0 {
                return self.bytes.push(low & 0x7F);
            }
            self.bytes.push(low | 0x80);
        }
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.bytes.extend_from_slice(text.as_bytes());
    }
}

/// How many bytes two names share at their beginnings, in whole letters.
fn shared(one: &str, other: &str) -> usize {
    let same = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    (0..=same).rev().find(|at| one.is_char_boundary(*at)).unwrap_or(0)
}

/// The items of a sheaf, one at a time.
pub(super) struct Items<'a> {
    rest: &'a [u8],
    verdicts: &'a [Verdict],
    number: usize,
    item: Item,
}

impl<'a> Items<'a> {
    /// The next one.
    pub(super) fn next(&mut self) -> Option<&Item> {
        let verdict = *self.verdicts.get(self.number)?;
        let shared = usize::try_from(self.take()?).ok()?;
        self.item.name.truncate(shared);
        let rest = self.text()?;
        self.item.name.push_str(rest);
        let kind = self.take()?;
        self.item.kind = match kind >> 1 {
            0 => Kind::File,
            1 => Kind::Place,
            _ => Kind::Ignored,
        };
        self.item.root = usize::try_from(self.take()?).ok()?;
        self.item.size = self.take()?;
        self.item.modified = match kind & 1 {
            0 => None,
            _ => self.take().map(|time| (time >> 1).cast_signed() ^ -(time & 1).cast_signed()),
        };
        self.item.reason = self.text()?.to_owned();
        self.item.verdict = verdict;
        self.number += 1;
        Some(&self.item)
    }

    /// The one that [`Items::next`] gave.
    pub(super) fn item(&self) -> &Item {
        &self.item
    }

    fn take(&mut self) -> Option<u64> {
        let mut number = 0;
        for place in 0..10 {
            let (byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            number |= u64::from(byte & 0x7F) << (7 * place);
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = usize::try_from(self.take()?).ok()?;
        let (text, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        std::str::from_utf8(text).ok()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn item(name: &str, size: u64, modified: Option<i64>) -> Item {
        Item {
            name: name.to_owned(),
            kind: Kind::File,
            root: 0,
            size,
            modified,
            reason: String::new(),
            verdict: Verdict::New,
        }
    }

    fn all(sheaf: &Sheaf) -> Vec<Item> {
        let mut items = sheaf.items();
        let mut all = Vec::new();
        while let Some(item) = items.next() {
            all.push(item.clone());
        }
        all
    }

    #[test]
    fn out_of_order_is_put_in_order_and_doubles_are_dropped() {
        let mut sheaf = Sheaf::default();
        for (name, size) in [("b", 1), ("a/c", 2), ("a.txt", 3), ("a/c", 4), ("é", 5), ("è", 6)] {
            sheaf.push(&item(name, size, Some(-1)));
        }
        sheaf.sort();
        let found: Vec<(String, u64)> = all(&sheaf).into_iter().map(|item| (item.name, item.size)).collect();
        let expected = [("a/c", 4), ("a.txt", 3), ("b", 1), ("è", 6), ("é", 5)];
        assert_eq!(found, expected.map(|(name, size)| (name.to_owned(), size)));
    }

    proptest! {
        #[test]
        fn what_goes_in_comes_out(given in prop::collection::vec(("[a-cé/]{0,6}", any::<u64>(), any::<Option<i64>>()), 0..20)) {
            let mut sheaf = Sheaf::default();
            let items: Vec<Item> = given.iter().map(|(name, size, time)| item(name, *size, *time)).collect();
            items.iter().for_each(|item| sheaf.push(item));
            prop_assert_eq!(all(&sheaf), items);
        }
    }
}
