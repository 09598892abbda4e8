//! Which sketches are compared at all: those that share a band, which is two numbers of a sketch taken together (banding; Leskovec,
//! Rajaraman and Ullman). One number is a word or a phrase, and many texts share one; two say much more.
//!
//! How much has to agree for two texts to be copies is decided elsewhere; the bands are chosen so that no such pair is missed, or
//! hardly any.

use crate::text::sketch::{LONG_BINS, SHORT_BINS, bin_of, spread};

/// Of a text with empty bins at least so many bins agree in a copy, however few there are.
const LEAST: u32 = 4;

/// Gives the bands of a long text, of which half of the bins that keep anything have to agree in a copy. Where all 24 do, a band is two
/// neighbours: that twelve agree and no two neighbours do happens once in 660 times. Where some are empty, a band is any two bins that
/// are so near one another that, of two such texts, two of those that agree must be.
pub(super) fn of_long(numbers: &[u64], take: &mut dyn FnMut(u64)) {
    let kept = u32::try_from(numbers.len()).unwrap_or(LONG_BINS);
    if kept < LONG_BINS {
        let agree = kept.div_ceil(2).max(LEAST);
        let reach = LONG_BINS.div_ceil(agree - 1) - 1;
        for (place, &one) in numbers.iter().enumerate() {
            let others = numbers.iter().skip(place + 1).take_while(|&&other| bin_of(other) <= bin_of(one) + reach);
            others.for_each(|&other| take(both(one, other)));
        }
        return;
    }
    for pair in numbers.windows(2) {
        if let [one, next] = *pair
            && bin_of(one).is_multiple_of(2)
        {
            take(both(one, next));
        }
    }
}

/// Gives the bands of a short text, of whose eight bins at least three have to agree in a copy: each two of the first four, and each
/// two of the last four. Of any three, two are in the same half.
pub(super) fn of_short(numbers: &[u64], take: &mut dyn FnMut(u64)) {
    let half = |number: u64| bin_of(number) / (SHORT_BINS / 2);
    for (place, &one) in numbers.iter().enumerate() {
        let others = numbers.iter().skip(place + 1);
        others.filter(|&&other| half(other) == half(one)).for_each(|&other| take(both(one, other)));
    }
}

/// A number that stands for two.
fn both(one: u64, other: u64) -> u64 {
    let mixed = spread(one << 32 | other);
    mixed ^ (mixed >> 29)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn bands(of: fn(&[u64], &mut dyn FnMut(u64)), numbers: &[u64]) -> BTreeSet<u64> {
        let mut bands = BTreeSet::new();
        of(numbers, &mut |band| {
            bands.insert(band);
        });
        bands
    }

    /// Sketches of so many bins of which these agree.
    fn two(bins: u64, agree: &BTreeSet<u64>) -> [Vec<u64>; 2] {
        [0, 1]
            .map(|text| (0..bins).map(|bin| if agree.contains(&bin) { bin } else { (text + 1) << 20 | bin }).collect())
    }

    proptest! {
        #[test]
        fn short_texts_that_agree_in_three_bins_share_a_band(agree in prop::collection::btree_set(0_u64..8, 3..=8)) {
            let [one, other] = two(8, &agree);
            prop_assert!(!bands(of_short, &one).is_disjoint(&bands(of_short, &other)));
        }

        #[test]
        fn long_texts_with_empty_bins_share_a_band_where_they_are_copies(
            bins in prop::collection::vec(0_u8..7, 24).prop_filter("copies", |bins| {
                let count = |of: &[u8]| bins.iter().filter(|bin| of.contains(bin)).count();
                // What both keep and agree in; what both or only one of them keeps; in the rest neither keeps anything.
                let (agree, kept) = (count(&[0, 1, 2]), 24 - count(&[6]));
                agree >= 4 && 2 * agree >= kept && count(&[5, 6]) > 0 && count(&[4, 6]) > 0
            }),
        ) {
            let numbers = |text: u8| -> Vec<u64> {
                let number = |(bin, &kept): (u64, &u8)| match kept {
                    0..3 => Some(bin),
                    3 => Some(u64::from(text + 1) << 20 | bin),
                    kept => (kept == 4 + text).then_some(bin),
                };
                (0..).zip(&bins).filter_map(number).collect()
            };
            prop_assert!(!bands(of_long, &numbers(0)).is_disjoint(&bands(of_long, &numbers(1))));
        }
    }

    #[test]
    fn long_texts_share_a_band_where_neighbours_agree() {
        let shared = |agree: &[u64]| {
            let [one, other] = two(24, &agree.iter().copied().collect());
            bands(of_long, &one).intersection(&bands(of_long, &other)).count()
        };
        assert_eq!(shared(&[4, 5]), 1);
        assert_eq!(shared(&[5, 6]), 0);
        assert_eq!(shared(&(0..24).collect::<Vec<u64>>()), 12);
        assert_eq!(shared(&(0..13).collect::<Vec<u64>>()), 6);
    }
}
