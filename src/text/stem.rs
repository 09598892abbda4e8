//! The stem that the forms of a word share, by the rules of its language: `promised`, `promises`, `promise`.
//!
//! The rules are those of Snowball for English and German, on folded words. It knows no texts and no other language.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use frostem::{Algorithm, Stemmer};
use xxhash_rust::xxh3::xxh3_64_with_seed;

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
        if word.is_empty() || !word.chars().all(char::is_alphabetic) {
            return false;
        }
        into.clear();
        KNOWN.with_borrow_mut(|known| {
            let known = match self {
                Self::English => &mut known.english,
                Self::German => &mut known.german,
            };
            if let Some(stem) = known.get(word) {
                into.push_str(stem);
                return;
            }
            into.push_str(&Stemmer::new(self.algorithm()).stem(word));
            if known.len() >= MOST_KNOWN {
                known.clear();
            }
            known.insert(word.to_owned(), into.clone());
        });
        !into.is_empty()
    }

    fn algorithm(self) -> Algorithm {
        match self {
            Self::English => Algorithm::English,
            Self::German => Algorithm::German,
        }
    }
}

/// Stems that were found before: most words of a text are few, and a look is far shorter than the rules.
#[derive(Default)]
struct Known {
    english: Stems,
    german: Stems,
}

type Stems = HashMap<String, String, BuildHasherDefault<Quick>>;

/// A hash that is quick to reckon of a short word.
#[derive(Default)]
struct Quick(u64);

impl Hasher for Quick {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxh3_64_with_seed(bytes, self.0);
    }

    /// The end of a word, which its length tells already.
    fn write_u8(&mut self, _: u8) {}
}

/// Words of a language that are kept, a few megabytes a thread.
const MOST_KNOWN: usize = 32 << 10;

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
