//! The numbers of the records of a file of which there are articles, as ranges: `0-999,1001`.
//!
//! A file of a million records has one range or a few.

use std::fmt::{self, Write};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A set of record numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Records {
    /// First and last of each range, ascending, with a gap between one and the next.
    ranges: Vec<(u64, u64)>,
}

impl Records {
    /// Adds a number.
    pub fn insert(&mut self, number: u64) {
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

    /// Whether the number is among them.
    pub fn contains(&self, number: u64) -> bool {
        let at = self.ranges.partition_point(|(_, last)| *last < number);
        self.ranges.get(at).is_some_and(|(first, _)| *first <= number)
    }

    /// The numbers, ascending.
    pub fn iter(&self) -> impl Iterator<Item = u64> {
        self.ranges.iter().flat_map(|(first, last)| *first..=*last)
    }

    /// How many there are.
    pub fn len(&self) -> u64 {
        self.ranges.iter().map(|(first, last)| (last - first).saturating_add(1)).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// Reads what `Display` writes.
    pub fn parse(text: &str) -> Option<Self> {
        let mut ranges: Vec<(u64, u64)> = Vec::new();
        for part in text.split(',').filter(|part| !part.is_empty()) {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            let (first, last) = (first.parse().ok()?, last.parse().ok()?);
            let follows = ranges.last().is_none_or(|(_, before)| before.checked_add(1).is_some_and(|end| end < first));
            if first > last || !follows {
                return None;
            }
            ranges.push((first, last));
        }
        Some(Self { ranges })
    }
}

impl FromIterator<u64> for Records {
    fn from_iter<I: IntoIterator<Item = u64>>(numbers: I) -> Self {
        let mut records = Self::default();
        numbers.into_iter().for_each(|number| records.insert(number));
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
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ranges_are_written_and_read() {
        for (numbers, written) in [
            (vec![], ""),
            (vec![0], "0"),
            (vec![0, 1, 2, 4], "0-2,4"),
            (vec![7, 5, 6, 0], "0,5-7"),
            (vec![u64::MAX - 1, u64::MAX], "18446744073709551614-18446744073709551615"),
        ] {
            let records: Records = numbers.into_iter().collect();
            assert_eq!(records.to_string(), written);
            assert_eq!(Records::parse(written), Some(records));
        }
        for wrong in ["a", "2-1", "1,2", "3,1", "1-", "-1"] {
            assert_eq!(Records::parse(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn a_set_in_any_order(numbers in prop::collection::vec(0_u64..30, 0..40)) {
            let records: Records = numbers.iter().copied().collect();
            let set: BTreeSet<u64> = numbers.into_iter().collect();
            prop_assert!(records.iter().eq(set.iter().copied()));
            prop_assert_eq!(records.len(), set.len() as u64);
            prop_assert!((0..30).all(|number| records.contains(number) == set.contains(&number)));
            prop_assert_eq!(Records::parse(&records.to_string()), Some(records));
        }
    }
}
