//! How alike two texts are, from a few numbers of each: MinHash (Broder 1997) by one permutation (Li, Owen and Zhang 2012).
//!
//! A text is a set of features, each feature a hash that falls into one of a few bins, and the least of each bin is kept. The share
//! of bins in which two texts keep the same number is an estimate of what they have in common of all that either has (Jaccard). It
//! knows nothing of articles and quotations, and of nothing that is stored.

use xxhash_rust::xxh3::xxh3_64;

use super::analysis::{self, Form};
use super::claim::Claim;

/// Bins of a long text.
pub const LONG_BINS: u32 = 24;

/// Bins of a short one.
pub const SHORT_BINS: u32 = 8;

/// Bits of a number that say in which bin it is kept.
pub(super) const BIN_BITS: u32 = 5;

/// Bits of a number in all, at most.
pub(super) const BITS: u32 = 18;

/// Bits that are kept of the least hash of a bin (b-bit MinHash; Li and König 2010), of so many bins: two texts agree in one of 24 by chance
/// once in 1,024 times, where twelve have to agree, and in one of eight once in 4,096, where three have to.
fn kept_bits(bins: usize) -> u32 {
    if bins == LONG_BINS as usize { 10 } else { 12 }
}

/// A phrase has so many words.
const PHRASE: usize = 3;

/// A word of so many letters says what a text is about.
const TELLING: usize = 9;

/// With fewer telling words than this, phrases count too.
const FEW: usize = 24;

/// A text of fewer words has no sketch: hardly anything of it would be kept.
pub const FEWEST_WORDS: usize = 8;

/// What a text is compared by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Features {
    /// The number that stands for the words in their order, whatever their case, accents and punctuation; `None` where there
    /// are none. It has 48 bits.
    pub key: Option<u64>,
    /// How many words there are, as they are counted here.
    pub words: usize,
    /// The numbers that its bins keep, and behind them, of a short text, those of what it says ([`Claim`]); none, where there are
    /// hardly any words.
    pub sketch: Vec<u32>,
}

/// The features of a long text. Its sketch is of the words that tell it from others, which are numbers, words with a capital and
/// long words. Texts after one pattern (prices of shares, the weather) differ in just these, and a copy with changes keeps
/// most of them.
pub fn of_long(text: &str) -> Features {
    Gathered::of_long(text).with_words(text)
}

/// The features of a short text. Its sketch is of its phrases of three words.
pub fn of_short(text: &str) -> Features {
    Gathered::of_short(text).with_words(text)
}

/// Words of a text, for its features: those that another walk over the text comes upon, too.
#[derive(Clone, Debug)]
pub struct Gathered {
    hashes: Vec<u64>,
    sketch: Sketch,
    claim: Claim,
    /// Whether phrases always count.
    short: bool,
    /// How many words tell the text from others.
    telling: usize,
}

impl Gathered {
    /// None yet, of this long text.
    pub fn of_long(text: &str) -> Self {
        Self::of(text, false, LONG_BINS)
    }

    /// None yet, of this short text.
    pub fn of_short(text: &str) -> Self {
        Self::of(text, true, SHORT_BINS)
    }

    fn of(text: &str, short: bool, bins: u32) -> Self {
        Self {
            hashes: Vec::with_capacity(text.len() / 5),
            sketch: Sketch::new(bins),
            claim: Claim::default(),
            short,
            telling: 0,
        }
    }

    /// Adds the next word: as it is folded, with its hash ([`hash`]), and as it stands in the text. A compound is given by its parts,
    /// and each in one spelling.
    #[inline]
    pub fn add(&mut self, word: &str, hash: u64, written: &str) {
        self.hashes.push(hash);
        if self.short {
            self.claim.add(word, hash);
        } else if tells(word, written) {
            self.telling += 1;
            self.sketch.add(hash);
        }
    }

    /// Their features.
    pub fn features(mut self) -> Features {
        if self.short || self.telling < FEW {
            self.sketch.add_phrases(&self.hashes);
        }
        let words = self.hashes.len();
        let key = self.hashes.iter().fold(0, |mixed: u64, word| spread(mixed.rotate_left(21) ^ word));
        let mut sketch = Vec::new();
        if words >= FEWEST_WORDS {
            sketch = self.sketch.numbers();
            sketch.extend(self.claim.kept().filter(|_| self.short));
        }
        Features { key: (words > 0).then_some(key >> 16), words, sketch }
    }

    fn with_words(mut self, text: &str) -> Features {
        let (mut walk, mut word) = (analysis::words(text), String::new());
        while let Some((_, start, end, form)) = walk.next_into(&mut word) {
            if form == Form::Plain {
                self.add(&word, hash(&word), text.get(start..end).unwrap_or_default());
            }
        }
        self.features()
    }
}

/// The hash of a word.
#[inline]
pub fn hash(word: &str) -> u64 {
    xxh3_64(word.as_bytes())
}

/// Whether a word tells a text from others.
#[inline]
fn tells(word: &str, written: &str) -> bool {
    (word.len() >= TELLING && (word.is_ascii() || word.chars().count() >= TELLING))
        || written.chars().next().is_some_and(char::is_uppercase)
        || word.bytes().any(|byte| byte.is_ascii_digit())
}

/// The numbers of a sketch by their bins, to be compared with others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bins([u32; LONG_BINS as usize]);

/// A bin that keeps nothing: more than any number.
const EMPTY: u32 = u32::MAX;

/// The bin in which a number is kept.
pub fn bin_of(number: u64) -> u32 {
    (number & ((1 << BIN_BITS) - 1)) as u32
}

impl Bins {
    /// Of the numbers that a sketch was kept as.
    pub fn of(numbers: impl IntoIterator<Item = u32>) -> Self {
        let mut bins = [EMPTY; LONG_BINS as usize];
        for number in numbers {
            if let Some(bin) = bins.get_mut(bin_of(number.into()) as usize) {
                *bin = number;
            }
        }
        Self(bins)
    }

    /// In how many bins two sketches agree, and in how many at least one of them keeps anything.
    pub fn agreement(&self, other: &Self) -> (u32, u32) {
        let pairs = self.0.iter().zip(&other.0);
        pairs.fold((0, 0), |(agree, of), (&one, &other)| {
            let kept = u32::from(one != EMPTY || other != EMPTY);
            (agree + (u32::from(one == other) & kept), of + kept)
        })
    }
}

/// What is written down of one of so many bins where it keeps nothing; what is kept is below.
fn nothing(bins: usize) -> u32 {
    (1 << kept_bits(bins)) - 1
}

/// What is written down of a sketch of so many bins: of each in turn what it keeps, without saying which it is; and behind that, in a list
/// of its own, what is kept behind them. A sketch that keeps nothing is not written down.
pub fn in_turn(sketch: &[u32], bins: u32) -> (Vec<u32>, &[u32]) {
    let own = sketch.partition_point(|&number| bin_of(number.into()) < bins);
    let (own, behind) = sketch.split_at(own);
    let mut all = vec![nothing(bins as usize); if own.is_empty() { 0 } else { bins as usize }];
    for &number in own {
        if let Some(bin) = all.get_mut(bin_of(number.into()) as usize) {
            *bin = number >> BIN_BITS;
        }
    }
    (all, behind)
}

/// The numbers of a sketch of which this was written down in turn.
pub fn of_turn(written: &[u64]) -> impl Iterator<Item = u64> {
    let nothing = u64::from(nothing(written.len()));
    let kept = (0..).zip(written).filter(move |(_, number)| **number < nothing);
    kept.map(|(bin, &number): (u64, _)| number << BIN_BITS | bin)
}

/// The least of each bin.
#[derive(Clone, Debug)]
struct Sketch(Vec<Option<u32>>);

impl Sketch {
    fn new(bins: u32) -> Self {
        Self(vec![None; bins as usize])
    }

    #[expect(clippy::cast_possible_truncation, reason = "the halves of a hash are taken on purpose")]
    fn add(&mut self, hash: u64) {
        let bin = ((u64::from(hash as u32) * self.0.len() as u64) >> 32) as usize;
        let hash = (hash >> 32) as u32;
        if let Some(least) = self.0.get_mut(bin) {
            *least = Some(least.map_or(hash, |least| least.min(hash)));
        }
    }

    fn add_phrases(&mut self, words: &[u64]) {
        for phrase in words.windows(PHRASE) {
            let mixed = phrase.iter().fold(0_u64, |mixed, word| spread(mixed.rotate_left(21) ^ word));
            self.add(mixed ^ (mixed >> 29));
        }
    }

    /// In the order of the bins, each with its bin. The least hash of many is small, so its bits are spread first.
    #[expect(clippy::cast_possible_truncation, reason = "no more bits are left than are kept")]
    fn numbers(&self) -> Vec<u32> {
        let bins = self.0.len();
        let short = |hash: u32| ((spread(hash.into()) >> (64 - kept_bits(bins))) as u32).min(nothing(bins) - 1);
        let kept = (0..).zip(&self.0).filter_map(|(bin, least): (u32, _)| Some(short((*least)?) << BIN_BITS | bin));
        kept.collect()
    }
}

/// An odd number whose bits are spread: that of the golden section.
const MIX: u64 = 0x9E37_79B9_7F4A_7C15;

/// A number whose high bits depend on all of the one that is given.
pub fn spread(number: u64) -> u64 {
    number.wrapping_mul(MIX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_signs_are_no_words() {
        let words_key = |text: &str| of_short(text).key;
        let key = words_key("“The harbour will open – in May,” he said");
        assert_eq!(key, words_key("the HARBOUR will open in may he said…"));
        assert_eq!(words_key("Müller's café"), words_key("Muller’s cafe\u{301}"));
        assert_ne!(key, words_key("the harbour will not open in may he said"));
        assert_ne!(words_key("a bc"), words_key("ab c"));
        assert_eq!(words_key(" … “” "), None);
        assert!(key.is_some_and(|key| key < 1 << 48));
    }

    fn agreement(one: &str, other: &str) -> (u32, u32) {
        Bins::of(of_long(one).sketch).agreement(&Bins::of(of_long(other).sketch))
    }

    #[test]
    fn what_a_sketch_keeps_is_in_the_order_of_bins() {
        let text: String = (0..400).map(|n| format!("Word{n} ")).collect();
        let sketch = of_long(&text).sketch;
        assert_eq!(sketch.len(), LONG_BINS as usize);
        assert!(sketch.iter().zip(0..).all(|(number, bin)| number & 31 == bin && *number < 1 << BITS));
        assert_eq!(agreement(&text, &text), (24, 24));
        assert_eq!(of_long("too few words for it").sketch, Vec::<u32>::new());
        assert_eq!(agreement(&text, ""), (0, 24));
    }

    #[test]
    fn what_is_written_down_gives_the_sketch_again() {
        for text in [
            "one two three four five six seven eight nine",
            "too few",
            &"Word1 Word2 ".repeat(90),
            "in 1990 not 12 men and 14 women were there",
        ] {
            for (sketch, bins) in [(of_long(text).sketch, LONG_BINS), (of_short(text).sketch, SHORT_BINS)] {
                let (written, behind) = in_turn(&sketch, bins);
                assert!(written.is_empty() || written.len() == bins as usize, "{written:?}");
                let written: Vec<u64> = written.into_iter().map(u64::from).collect();
                let again = of_turn(&written).chain(behind.iter().map(|&number| number.into()));
                assert_eq!(again.collect::<Vec<_>>(), sketch.into_iter().map(u64::from).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn the_share_of_bins_is_about_what_is_common() {
        let words = |range: std::ops::Range<u32>| range.map(|n| format!("Word{n} ")).collect::<String>();
        let mut shares = 0;
        for part in 0..100 {
            // A third of all the words of both.
            let (one, other) = (words(part * 1000..part * 1000 + 200), words(part * 1000 + 100..part * 1000 + 300));
            shares += agreement(&one, &other).0;
        }
        assert!((700..900).contains(&shares), "{shares} of 2400");
    }

    #[test]
    fn a_pattern_is_not_its_contents() {
        let dividend = |name: &str, cents: u32, day: &str| {
            format!(
                "{name} said it would pay a regular dividend of {cents} cents a share on {day} to those who hold it"
            )
        };
        let one = dividend("Lindqvist Cordage", 14, "April 3");
        let other = dividend("Ostrava Milling", 22, "June 17");
        let (agree, of) = agreement(&one, &other);
        assert!(agree * 2 < of, "{agree} of {of}");
    }
}
