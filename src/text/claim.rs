//! What a short text says that much the same words can say otherwise: its numbers, and how often it denies.
//!
//! “Eleven were hurt” and “twelve were hurt” have nearly all their words in common, and so have what somebody said and its contrary. It
//! knows English and German words, and keeps a few small numbers, which stand beside those of a [sketch](super::sketch).

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

use super::sketch::{BIN_BITS, BITS, bin_of, hash, spread};

/// The words that are numbers, by their hashes, each with the hash of the number in digits.
static NUMBERS: LazyLock<HashMap<u64, u64>> = LazyLock::new(|| {
    let pairs = lines(include_str!("numbers.txt")).filter_map(|line| line.split_once(": "));
    pairs.flat_map(|(number, words)| words.split(' ').map(move |word| (hash(word), hash(number)))).collect()
});

/// The words that deny, by their hashes.
static DENIALS: LazyLock<HashSet<u64>> =
    LazyLock::new(|| lines(include_str!("denials.txt")).flat_map(str::split_whitespace).map(hash).collect());

fn lines(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().filter(|line| !line.starts_with('#'))
}

/// What is kept stands as if in bins of its own, behind those of any sketch: a number, how often is denied, how many words there are.
const NUMBER: u32 = 29;
const DENIED: u32 = 30;
const WORDS: u32 = 31;

/// Of more numbers than this the rest says nothing.
const MOST: usize = 24;

/// What a text says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claim {
    numbers: BTreeSet<u32>,
    denied: u32,
    words: u32,
}

impl Claim {
    /// Adds the next word, folded, with its hash.
    pub(super) fn add(&mut self, word: &str, hash_of_word: u64) {
        self.words += 1;
        let number = match word.bytes().any(|byte| byte.is_ascii_digit()) {
            true if word.contains(',') => Some(hash(&word.replace(',', ""))),
            true => Some(hash_of_word),
            false => NUMBERS.get(&hash_of_word).copied(),
        };
        if let Some(number) = number
            && self.numbers.len() < MOST
        {
            self.numbers.insert(short(number));
        }
        self.denied += u32::from(DENIALS.contains(&hash_of_word));
    }

    /// The numbers that it is kept as.
    pub(super) fn kept(&self) -> impl Iterator<Item = u32> {
        let of = |bin: u32, value: u32| value.min((1 << (BITS - BIN_BITS)) - 1) << BIN_BITS | bin;
        let numbers = self.numbers.iter().map(move |&number| of(NUMBER, number));
        let denied = (self.denied > 0).then_some(of(DENIED, self.denied));
        numbers.chain(denied).chain([of(WORDS, self.words)])
    }

    /// Of the numbers that it was kept as, with those of a sketch among them.
    pub fn of(kept: impl IntoIterator<Item = u32>) -> Self {
        let mut claim = Self::default();
        for number in kept {
            let value = number >> BIN_BITS;
            match bin_of(number.into()) {
                NUMBER => drop(claim.numbers.insert(value)),
                DENIED => claim.denied = value,
                WORDS => claim.words = value,
                _ => {}
            }
        }
        claim
    }

    /// Whether both may be one thing said: they name the same numbers and deny as often; or one is much shorter, so that what
    /// it lacks may have been left out, and says nothing that the other does not.
    pub fn goes_with(&self, other: &Self) -> bool {
        if self.numbers == other.numbers && self.denied == other.denied {
            return true;
        }
        let (short, long) = if self.words <= other.words { (self, other) } else { (other, self) };
        short.words * 4 <= long.words * 3 && short.denied <= long.denied && short.numbers.is_subset(&long.numbers)
    }
}

/// So many bits of what is seen at a glance are for numbers, for how often is denied, and for how many words there are.
const SEEN_NUMBERS: u32 = 20;
const SEEN_DENIED: u32 = 3;
const SEEN_WORDS: u32 = u32::BITS - SEEN_NUMBERS - SEEN_DENIED;

/// A claim in 32 bits: enough to see that most claims do not go together, without a look at what is kept.
///
/// Of claims that go together it never says that they do not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Brief(u32);

impl Brief {
    /// Of the numbers that a claim was kept as, with those of a sketch among them.
    pub fn of(kept: impl IntoIterator<Item = u64>) -> Self {
        let most = |value: u64, bits: u32| u32::try_from(value).unwrap_or(u32::MAX).min((1 << bits) - 1);
        let bits = kept.into_iter().fold(0, |bits, number| {
            let value = number >> BIN_BITS;
            bits | match bin_of(number) {
                NUMBER => 1 << (value % u64::from(SEEN_NUMBERS)),
                DENIED => most(value, SEEN_DENIED) << SEEN_NUMBERS,
                WORDS => most(value, SEEN_WORDS) << (SEEN_NUMBERS + SEEN_DENIED),
                _ => 0,
            }
        });
        Self(bits)
    }

    /// The same for claims that name the same numbers and deny as often.
    pub const fn key(self) -> u32 {
        self.0 & ((1 << (SEEN_NUMBERS + SEEN_DENIED)) - 1)
    }

    const fn words(self) -> u32 {
        self.0 >> (SEEN_NUMBERS + SEEN_DENIED)
    }

    /// Whether the claims may go together ([`Claim::goes_with`]).
    pub fn may_go_with(self, other: Self) -> bool {
        if self.key() == other.key() {
            return true;
        }
        let (short, long) = if self.words() <= other.words() { (self, other) } else { (other, self) };
        let numbers = |of: Self| of.0 & ((1 << SEEN_NUMBERS) - 1);
        // Of very long ones is not seen how many words they have.
        long.words() == (1 << SEEN_WORDS) - 1
            || short.words() * 4 <= long.words() * 3
                && short.key() >> SEEN_NUMBERS <= long.key() >> SEEN_NUMBERS
                && numbers(short) & !numbers(long) == 0
    }
}

fn short(number: u64) -> u32 {
    (spread(number) >> (64 - BITS + BIN_BITS)) as u32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::sketch::of_short;

    fn check(one: &str, other: &str, expected: bool) {
        let claim = |text: &str| Claim::of(of_short(text).sketch);
        let brief = |text: &str| Brief::of(of_short(text).sketch.into_iter().map(u64::from));
        assert_eq!(claim(one).goes_with(&claim(other)), expected, "{one} | {other}");
        assert_eq!(claim(other).goes_with(&claim(one)), expected, "{other} | {one}");
        assert!(!expected || brief(one).may_go_with(brief(other)), "{one} | {other}");
        assert!(!expected || brief(other).may_go_with(brief(one)), "{other} | {one}");
    }

    #[test]
    fn numbers_and_denials_tell_what_is_said_apart() {
        let hurt = "11 people were hurt when the ferry struck the quay on Monday night";
        check(hurt, "“11 people were hurt, when the ferry struck the quay on Monday night”", true);
        check(hurt, "Eleven people had been hurt when the ferry struck the quay on Monday", true);
        check(hurt, "22 people were hurt when the ferry struck the quay on Monday night", false);
        check(hurt, "11 people were hurt when the 2 ferries struck the quay on Monday night", false);
        check(hurt, "people were hurt when the ferry struck the quay on Monday night", false);
        check(hurt, "people were hurt when the ferry struck the quay", true);
        check(hurt, "12 people were hurt when the ferry struck", false);
        check(
            "We sold 1,100 tonnes of herring in the first week",
            "We sold 1100 tonnes of herring that first week",
            true,
        );
        check("The loss came to 5 million crowns in a year", "The loss came to 5 billion crowns in a year", false);
        check(
            "The fare will rise in May, the city has to live",
            "The fare will not rise in May, the city has to live",
            false,
        );
        check("I do not want the bridge to be closed in May", "I don't want the bridge to be closed in May", true);
        check(
            "Nobody will pay for it twice in one single winter",
            "No one will pay for it twice in one single winter",
            true,
        );
        check(
            "We shall build the wall before the storms come, and we are not going to ask the harbour for the money",
            "We shall build the wall before the storms come",
            true,
        );
        check("Die Brücke wird im Mai nicht gesperrt, sagte sie", "Die Brücke wird im Mai gesperrt, sagte sie", false);
    }

    proptest! {
        #[test]
        fn a_glance_at_claims_hides_none_that_go_together(
            numbers in [prop::collection::btree_set(0_u32..40, 0..5), prop::collection::btree_set(0_u32..40, 0..5)],
            denied in [0_u32..10, 0_u32..10],
            words in [0_u32..5000, 0_u32..5000],
        ) {
            let [one, other] = [0, 1].map(|text: usize| Claim {
                numbers: numbers.get(text).into_iter().flatten().copied().collect(),
                denied: denied.get(text).copied().unwrap_or_default(),
                words: words.get(text).copied().unwrap_or_default(),
            });
            let brief = |claim: &Claim| Brief::of(claim.kept().map(u64::from));
            let all = Claim { numbers: &one.numbers | &other.numbers, ..other.clone() };
            for other in [other, all, Claim { words: words[1], ..one.clone() }] {
                prop_assert!(!one.goes_with(&other) || brief(&one).may_go_with(brief(&other)), "{:?} {:?}", one, other);
                prop_assert!(!other.goes_with(&one) || brief(&other).may_go_with(brief(&one)), "{:?} {:?}", one, other);
            }
        }
    }

    #[test]
    fn at_a_glance_most_claims_are_seen_not_to_go_together() {
        let brief = |text: &str| Brief::of(of_short(text).sketch.into_iter().map(u64::from));
        let rise = |number: u32| brief(&format!("The fare will rise by {number} per cent, the city has to live"));
        let apart = (21..=40).filter(|&number| !rise(number).may_go_with(rise(20))).count();
        assert!(apart >= 17, "{apart}");
        assert!(!brief("The fare will rise in May, the city has to live").may_go_with(rise(20)));
        assert!(
            !brief("The fare will not rise in May, the city has to live")
                .may_go_with(brief("The fare will rise in May, the city has to live"))
        );
    }

    #[test]
    fn what_is_kept_is_read_back() {
        let mut claim = Claim::default();
        for word in "no more than 30 of 2,000 and not one of them in two years".split(' ') {
            claim.add(word, hash(word));
        }
        assert_eq!((claim.numbers.len(), claim.denied, claim.words), (3, 2, 14));
        assert_eq!(Claim::of(claim.kept()), claim);
        assert!(claim.kept().all(|number| number < 1 << BITS));
    }
}
