//! A sketch in 128 bits: enough to see that two records are no copies, which most that are compared are not, without a look at
//! their columns.
//!
//! How much has to agree is not known here. It may see an agreement where there is none, and never misses one.

use crate::text::sketch::{bin_of, spread};

/// How the bits are shared out: so many bins of so many bits each, and what else a record is told by in the bits above.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    bits: u32,
    /// The lowest bit of each bin.
    lowest: u128,
}

impl Layout {
    /// For so many bins of so many bits.
    pub(super) const fn of(bins: u32, bits: u32) -> Self {
        let (mut lowest, mut bin) = (0, 0);
        while bin < bins {
            lowest |= 1 << (bin * bits);
            bin += 1;
        }
        Self { bits, lowest }
    }

    /// The bins in which there is anything, by their highest bits.
    const fn filled(self, bins: u128) -> u128 {
        let highest = self.lowest << (self.bits - 1);
        let rest = highest - self.lowest;
        (((bins & rest) + rest) | bins) & highest
    }

    /// The bins, each with bits of its number, of which none is zero.
    pub(super) fn glance(self, numbers: &[u64]) -> u128 {
        let most = (1_u64 << self.bits) - 1;
        numbers.iter().fold(0, |bins, &number| {
            let mixed = spread(number) >> 32;
            bins | u128::from(1 + mixed % most) << (bin_of(number) * self.bits)
        })
    }

    /// In how many bins two may agree, and in how many at least one of them keeps anything.
    pub(super) const fn agreement(self, one: u128, other: u128) -> (u32, u32) {
        let all = self.lowest * ((1 << self.bits) - 1);
        let (one, other) = (one & all, other & all);
        let differ = self.filled(one ^ other);
        let (ones, others) = (self.filled(one), self.filled(other));
        ((ones & others & !differ).count_ones(), (ones | others).count_ones())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::sketch::Bins;

    proptest! {
        #[test]
        fn it_misses_no_agreement(
            one in prop::collection::btree_map(0_u64..24, 0_u64..5, 0..24),
            other in prop::collection::btree_map(0_u64..24, 0_u64..5, 0..24),
            above in any::<u8>(),
        ) {
            for (layout, bins) in [(Layout::of(24, 5), 24), (Layout::of(8, 14), 8)] {
                let numbers = |map: &std::collections::BTreeMap<u64, u64>| -> Vec<u64> {
                    map.iter().filter(|(bin, _)| **bin < bins).map(|(bin, number)| number << 5 | bin).collect()
                };
                let (one, other) = (numbers(&one), numbers(&other));
                let bins = |numbers: &[u64]| Bins::of(numbers.iter().map(|&number| u32::try_from(number).expect("it is small")));
                let (agree, of) = bins(&one).agreement(&bins(&other));
                let glances = (layout.glance(&one), layout.glance(&other) | u128::from(above) << 120);
                let (most, of_most) = layout.agreement(glances.0, glances.1);
                prop_assert_eq!(of_most, of);
                prop_assert!(most >= agree, "{} {}", most, agree);
            }
        }
    }

    #[test]
    fn other_numbers_are_seen_to_be_others() {
        let layout = Layout::of(8, 14);
        let numbers = |from: u64| -> Vec<u64> { (0..8).map(|bin| (from + 7 * bin) << 5 | bin).collect() };
        let agreement = layout.agreement(layout.glance(&numbers(100)), layout.glance(&numbers(5000)));
        assert_eq!(agreement, (0, 8));
    }
}
