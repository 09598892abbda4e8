//! When two records are copies, and by which numbers records are brought together to be compared.
//!
//! Where the numbers come from, and what becomes of copies, is not known here.

use crate::text::claim::Brief;
use crate::text::sketch::{LONG_BINS, SHORT_BINS, bin_of};

use super::bands;
use super::glance::Layout;

/// When two records are copies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alike {
    /// Articles: half of the bins agree, and at least four.
    Articles,
    /// Quotations: three eighths of the bins agree, and at least three, where a speaker of the same last name said both; else five
    /// eighths, and at least five. What they say must go together, too ([`Claim`](crate::text::claim::Claim)).
    Quotes,
}

/// What records have in common, by which they are brought together to be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Common {
    /// Of texts of the same words, the same.
    Same,
    /// Bands of the sketch.
    Bands(Alike),
}

/// What is seen of articles: five bits of each bin.
const ARTICLES: Layout = Layout::of(LONG_BINS, 5);

/// Bits of each bin of a quotation.
const QUOTE_BITS: u32 = 14;
const QUOTES: Layout = Layout::of(SHORT_BINS, QUOTE_BITS);

/// Above the bins of a quotation stands something of its speaker.
const SPEAKER: u32 = SHORT_BINS * QUOTE_BITS;

impl Common {
    /// Those of a record, of what its column says.
    pub(super) fn each(self, values: &[u64], take: &mut dyn FnMut(u64)) {
        match self {
            Self::Same => values.iter().for_each(|&value| take(value)),
            Self::Bands(Alike::Articles) => bands::of_long(values, take),
            Self::Bands(Alike::Quotes) => bands::of_short(bins(values), take),
        }
    }

    /// What is seen of a record at a glance; `speaker` gives a hash of the last name of who said it.
    pub(super) fn glance(self, values: &[u64], speaker: impl FnOnce() -> Option<u64>) -> u128 {
        match self {
            Self::Same => 0,
            Self::Bands(Alike::Articles) => ARTICLES.glance(values),
            Self::Bands(Alike::Quotes) => {
                let speaker = speaker().map_or(0, |speaker| 1 + speaker % 0xFFFF);
                QUOTES.glance(bins(values)) | u128::from(speaker) << SPEAKER
            }
        }
    }

    /// What is seen at a glance of what a record claims; nothing, where that does not matter.
    pub(super) fn brief(self, values: &[u64]) -> Brief {
        match self {
            Self::Bands(Alike::Quotes) => Brief::of(values.iter().copied()),
            Self::Same | Self::Bands(Alike::Articles) => Brief::default(),
        }
    }

    /// Whether two records may be copies, for all that is seen at a glance.
    pub(super) fn may_hold(self, one: u128, other: u128) -> bool {
        match self {
            Self::Same => true,
            Self::Bands(Alike::Articles) => Alike::Articles.holds(ARTICLES.agreement(one, other), || false),
            Self::Bands(Alike::Quotes) => Alike::Quotes
                .holds(QUOTES.agreement(one, other), || one >> SPEAKER != 0 && one >> SPEAKER == other >> SPEAKER),
        }
    }
}

/// The numbers of the sketch of a quotation, without what is kept behind them.
fn bins(values: &[u64]) -> &[u64] {
    values.get(..values.partition_point(|&value| bin_of(value) < SHORT_BINS)).unwrap_or_default()
}

impl Alike {
    /// Whether two records are copies, which agree in so many bins of so many; `by_one` says whether one said both.
    pub(super) fn holds(self, (agree, of): (u32, u32), by_one: impl FnOnce() -> bool) -> bool {
        match self {
            Self::Articles => agree >= 4 && agree * 2 >= of,
            Self::Quotes if agree >= 5 => agree * 8 >= of * 5,
            Self::Quotes => agree >= 3 && agree * 8 >= of * 3 && by_one(),
        }
    }
}
