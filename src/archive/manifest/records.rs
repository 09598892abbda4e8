//! The records of a file of which there are articles: the numbers of those that are told by their places, as ranges, and the
//! hashes of those that have identifiers of their own: `0-999,1001,#00c5a0ff31d2e489`.
//!
//! A file of a million records has one range or a few, or a million hashes.

use std::collections::BTreeSet;
use std::fmt::{self, Write};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::article::Which;
use crate::text::id::Id;

/// A set of records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Records {
    /// First and last of each range, ascending, with a gap between one and the next.
    ranges: Vec<(u64, u64)>,
    /// Hashes of identifiers.
    own: BTreeSet<u64>,
}

impl Records {
    /// Adds a record.
    pub fn insert(&mut self, record: Which) {
        match record {
            Which::Nth(number) => self.insert_number(number),
            Which::Own(hash) => {
                self.own.insert(hash);
            }
        }
    }

    fn insert_number(&mut self, number: u64) {
        // Readers count upwards: nearly always it comes behind all others.
        if let Some((_, last)) = self.ranges.last_mut()
            && *last < number
        {
            if number - *last == 1 {
                *last = number
            } else {
                self.ranges.push((number, number))
            }
            return;
        }
        let at = self.ranges.partition_point(|(_, last)| *last < number);
        if self.ranges.get(at).is_some_and(|(first, _)| *first <= number) {
            return;
        }
        self.ranges.insert(at, (number, number));
        self.ranges = self.ranges.drain(..).fold(Vec::new(), |mut joined: Vec<(u64, u64)>, (first, last)| {
            match joined.last_mut() {
                Some((_, before)) if first - *before == 1 => *before = last,
                _ => joined.push((first, last)),
            }
            joined
        });
    }

    /// Whether the record is among them.
    pub fn contains(&self, record: Which) -> bool {
        match record {
            Which::Nth(number) => {
                let at = self.ranges.partition_point(|(_, last)| *last < number);
                self.ranges.get(at).is_some_and(|(first, _)| *first <= number)
            }
            Which::Own(hash) => self.own.contains(&hash),
        }
    }

    /// The records: numbers, then hashes, each ascending.
    pub fn iter(&self) -> impl Iterator<Item = Which> {
        let numbers = self.ranges.iter().flat_map(|(first, last)| *first..=*last);
        numbers.map(Which::Nth).chain(self.own.iter().copied().map(Which::Own))
    }

    /// How many there are.
    pub fn len(&self) -> u64 {
        let numbers: u64 = self.ranges.iter().map(|(first, last)| (last - first).saturating_add(1)).sum();
        numbers + self.own.len() as u64
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty() && self.own.is_empty()
    }

    /// Reads what `Display` writes.
    pub fn parse(text: &str) -> Option<Self> {
        let mut ranges: Vec<(u64, u64)> = Vec::new();
        let mut own: Vec<u64> = Vec::new();
        for part in text.split(',').filter(|part| !part.is_empty()) {
            if let Some(digits) = part.strip_prefix('#') {
                let hash = Id::parse(digits)?.0;
                if own.last().is_some_and(|before| *before >= hash) {
                    return None;
                }
                own.push(hash);
                continue;
            }
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            let (first, last) = (first.parse().ok()?, last.parse().ok()?);
            let follows = ranges.last().is_none_or(|(_, before)| before.checked_add(1).is_some_and(|end| end < first));
            if first > last || !follows || !own.is_empty() {
                return None;
            }
            ranges.push((first, last));
        }
        Some(Self { ranges, own: own.into_iter().collect() })
    }
}

impl FromIterator<Which> for Records {
    fn from_iter<I: IntoIterator<Item = Which>>(all: I) -> Self {
        let mut records = Self::default();
        all.into_iter().for_each(|record| records.insert(record));
        records
    }
}

impl fmt::Display for Records {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, (first, last)) in self.ranges.iter().enumerate() {
            if place > 0 {
                f.write_char(',')?;
            }
            if first == last { write!(f, "{first}")? } else { write!(f, "{first}-{last}")? }
        }
        for (place, hash) in self.own.iter().enumerate() {
            if place > 0 || !self.ranges.is_empty() {
                f.write_char(',')?;
            }
            write!(f, "#{}", Id(*hash))?;
        }
        Ok(())
    }
}

impl Serialize for Records {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'a> Deserialize<'a> for Records {
    fn deserialize<D: Deserializer<'a>>(from: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'a, str>>::deserialize(from)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not a list of records"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn records_are_written_and_read() {
        for (numbers, hashes, written) in [
            (vec![], vec![], ""),
            (vec![0], vec![], "0"),
            (vec![0, 1, 2, 4], vec![], "0-2,4"),
            (vec![7, 5, 6, 0], vec![255, 1], "0,5-7,#0000000000000001,#00000000000000ff"),
            (vec![], vec![u64::MAX], "#ffffffffffffffff"),
            (vec![u64::MAX - 1, u64::MAX], vec![], "18446744073709551614-18446744073709551615"),
        ] {
            let numbers = numbers.into_iter().map(Which::Nth);
            let records: Records = numbers.chain(hashes.into_iter().map(Which::Own)).collect();
            assert_eq!(records.to_string(), written);
            assert_eq!(Records::parse(written), Some(records));
        }
        let (one, two) = ("#0000000000000001", "#0000000000000002");
        let unordered = [format!("{two},{one}"), format!("{one},{one}"), format!("{one},5")];
        let wrong = ["a", "2-1", "1,2", "3,1", "1-", "-1", "#", "#1"].map(str::to_owned);
        for wrong in wrong.iter().chain(&unordered) {
            assert_eq!(Records::parse(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn a_set_in_any_order(all in prop::collection::vec((any::<bool>(), 0_u64..30), 0..40)) {
            let which = |(own, number)| if own { Which::Own(number) } else { Which::Nth(number) };
            let set: BTreeSet<Which> = all.iter().copied().map(which).collect();
            let records: Records = all.into_iter().map(which).collect();
            prop_assert!(records.iter().eq(set.iter().copied()));
            prop_assert_eq!(records.len(), set.len() as u64);
            let tried = (0..30).flat_map(|number| [Which::Nth(number), Which::Own(number)]);
            prop_assert!(tried.into_iter().all(|which| records.contains(which) == set.contains(&which)));
            prop_assert_eq!(Records::parse(&records.to_string()), Some(records));
        }
    }
}
