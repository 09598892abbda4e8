//! Records that belong together, by their numbers: which group each is in, while pairs of them are joined (union–find).
//!
//! What a record is, and why two are joined, is not known here. It takes four bytes a record.

/// Records from 0 on; each points at one of its group with a number no larger than its own.
#[derive(Clone)]
pub(super) struct Partition(Vec<u32>);

impl Partition {
    /// So many records, each by itself.
    pub(super) fn of(records: u32) -> Self {
        Self((0..records).collect())
    }

    fn above(&self, record: u32) -> u32 {
        self.0.get(record as usize).copied().unwrap_or(record)
    }

    fn root(&mut self, mut record: u32) -> u32 {
        loop {
            let above = self.above(record);
            if above == record {
                return record;
            }
            // Halves the way for who comes next.
            let next = self.above(above);
            if let Some(place) = self.0.get_mut(record as usize) {
                *place = next;
            }
            record = next;
        }
    }

    /// Whether two records are in one group.
    pub(super) fn joined(&mut self, one: u32, other: u32) -> bool {
        self.root(one) == self.root(other)
    }

    /// Makes one group of those of two records.
    pub(super) fn join(&mut self, one: u32, other: u32) {
        let (one, other) = (self.root(one), self.root(other));
        if let Some(place) = self.0.get_mut(one.max(other) as usize) {
            *place = one.min(other);
        }
    }

    /// The groups of more than one.
    pub(super) fn groups(mut self) -> Vec<Vec<u32>> {
        let mut joined: Vec<(u32, u32)> = Vec::new();
        for record in (0..).take(self.0.len()) {
            let root = self.root(record);
            if root != record {
                joined.push((root, record));
            }
        }
        joined.sort_unstable();
        let groups = joined.chunk_by(|one, next| one.0 == next.0);
        groups
            .map(|group| group.iter().take(1).map(|pair| pair.0).chain(group.iter().map(|pair| pair.1)).collect())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn chains_of_pairs_are_groups(pairs in prop::collection::vec((0_u32..40, 0_u32..40), 0..40)) {
            let mut partition = Partition::of(40);
            // The group of each, named after its least.
            let mut names: Vec<u32> = (0..40).collect();
            for &(one, other) in &pairs {
                prop_assert_eq!(partition.joined(one, other), names[one as usize] == names[other as usize]);
                partition.join(one, other);
                let (from, to) = (names[one as usize], names[other as usize]);
                names.iter_mut().filter(|name| **name == from.max(to)).for_each(|name| *name = from.min(to));
            }
            let members = |name: &u32| (0..40).filter(|&record| names.get(record as usize) == Some(name)).collect();
            let mut expected: Vec<Vec<u32>> = (0..40).map(|name| members(&name)).collect();
            expected.retain(|group| group.len() > 1);
            prop_assert_eq!(partition.groups(), expected);
        }
    }
}
