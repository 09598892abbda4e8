//! The stem that the forms of a word share, by the rules of its language: `promised`, `promises`, `promise`.
//!
//! The rules are those of Snowball for English and German, on folded words. It knows no texts and no other language.

use frostem::{Algorithm, Stemmer};

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
        let algorithm = match self {
            Self::English => Algorithm::English,
            Self::German => Algorithm::German,
        };
        into.clear();
        into.push_str(&Stemmer::new(algorithm).stem(word));
        !into.is_empty()
    }
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
