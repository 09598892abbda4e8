//! The stem that the forms of a word share, by the rules of its language: `promised`, `promises`, `promise`.
//!
//! The rules are those of Snowball for English and German, on folded words. It knows no texts and no other language.

use std::cell::RefCell;

use frostem::{Algorithm, Stemmer};
use xxhash_rust::xxh3::xxh3_64;

/// A language whose words are stemmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    English,
    /// German.
    German,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// The language with this tag (`en`, `de-AT`), where its words are stemmed.
    pub fn tagged(tag: &str) -> Option<Self> {
        match tag.split(['-', '_']).next().unwrap_or_default() {
            tag if tag.eq_ignore_ascii_case("en") => Some(Self::English),
            tag if tag.eq_ignore_ascii_case("de") => Some(Self::German),
            _ => None,
        }
    }

    /// Writes the stem of a folded word into `into`; `false`, and nothing is written, where the word has none: it holds
    /// anything but letters.
    pub fn stem_into(self, word: &str, into: &mut String) -> bool {
        let ascii = word.bytes().all(|byte| byte.is_ascii_alphabetic());
        if word.is_empty() || !(ascii || word.chars().all(char::is_alphabetic)) {
            return false;
        }
        into.clear();
        KNOWN.with_borrow_mut(|known| {
            let known = match self {
                Self::English => &mut known.english,
                Self::German => &mut known.german,
            };
            known.resize(PLACES, Found::default());
            let hash = xxh3_64(word.as_bytes());
            let place = usize::try_from(hash % PLACES as u64).unwrap_or_default();
            let Some(known) = known.get_mut(place) else { return };
            if known.hash != hash || !known.write(word, into) {
                into.clear();
                into.push_str(&self.stemmed(word));
                *known = Found::new(hash, word, into).unwrap_or_default();
            }
        });
        !into.is_empty()
    }

    fn stemmed(self, word: &str) -> String {
        Stemmer::new(self.algorithm()).stem(word).to_string()
    }

    fn algorithm(self) -> Algorithm {
        match self {
            Self::English => Algorithm::English,
            Self::German => Algorithm::German,
        }
    }
}

/// Stems that were found before: most words of a text are few, and a look is far shorter than the rules. A word has one place, which
/// the next one of that place takes over.
#[derive(Default)]
struct Known {
    english: Vec<Found>,
    german: Vec<Found>,
}

/// Places for words of a language: 256 KB a thread, so that they stay near.
const PLACES: usize = 16 << 10;

/// How a word becomes its stem. It is known by its hash of 64 bits, which no two words of an archive can be expected to share.
#[derive(Clone, Copy, Default)]
struct Found {
    /// 0 where there is none.
    hash: u64,
    /// So many of its bytes stay.
    kept: u8,
    /// And so many of these come behind them.
    added: u8,
    tail: [u8; 6],
}

impl Found {
    /// `None` where it does not fit.
    fn new(hash: u64, word: &str, stem: &str) -> Option<Self> {
        let mut kept = word.bytes().zip(stem.bytes()).take_while(|(one, other)| one == other).count();
        while !word.is_char_boundary(kept) || !stem.is_char_boundary(kept) {
            kept -= 1;
        }
        let rest = stem.as_bytes().get(kept..)?;
        let (kept, added) = (u8::try_from(kept).ok()?, u8::try_from(rest.len()).ok()?);
        let mut found = Self { hash, kept, added, ..Self::default() };
        found.tail.get_mut(..rest.len())?.copy_from_slice(rest);
        Some(found)
    }

    /// Writes the stem of `word`, which has this hash; `false` where it cannot be that word.
    fn write(&self, word: &str, into: &mut String) -> bool {
        let tail = self.tail.get(..usize::from(self.added)).and_then(|tail| std::str::from_utf8(tail).ok());
        let (Some(kept), Some(tail)) = (word.get(..usize::from(self.kept)), tail) else { return false };
        into.push_str(kept);
        into.push_str(tail);
        !into.is_empty()
    }
}

thread_local! {
    static KNOWN: RefCell<Known> = RefCell::default();
}

/// The stems of a folded word in all languages, each once: a question does not say in which language it is put.
pub fn stems(word: &str) -> Vec<String> {
    let mut stems = Vec::new();
    for language in Language::ALL {
        let mut stem = String::new();
        if language.stem_into(word, &mut stem) && !stems.contains(&stem) {
            stems.push(stem);
        }
    }
    stems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stem_is_the_same_whatever_was_asked_before() {
        let letter = |n: usize| char::from(b'a' + u8::try_from(n % 26).unwrap_or_default());
        let word = |n: usize| format!("{}{}{}{}ings", letter(n), letter(n / 26), letter(n / 676), letter(n / 17_576));
        let mut words: Vec<String> = (0..3 * PLACES).map(word).collect();
        words.push("donaudampfschifffahrtsgesellschaften".to_owned());
        words.extend(["žáby", "дорогами", "dying"].map(str::to_owned));
        let mut stem = String::new();
        for language in Language::ALL {
            for word in words.iter().chain(&words) {
                assert!(language.stem_into(word, &mut stem), "{word}");
                assert_eq!(stem, language.stemmed(word), "{word}");
            }
        }
    }

    #[test]
    fn what_is_no_word_has_no_stem() {
        let mut stem = "before".to_owned();
        assert!(!Language::English.stem_into("2nd", &mut stem));
        assert!(!Language::English.stem_into("", &mut stem));
        assert_eq!(stem, "before");
    }
}
