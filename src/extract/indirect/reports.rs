//! The words that report and those around them: the classes of a language's `reports.txt`.
//!
//! Knows words by their hashes; what they do in a sentence is the matter of the modules beside it.

use std::sync::LazyLock;

use super::super::lexicon::{WordMap, hash, section};

/// What a word may do around reported speech, one bit each.
pub(super) type Report = u64;

macro_rules! reports {
    ($($(#[$doc:meta])* $constant:ident = $name:literal),* $(,)?) => {
        #[expect(non_camel_case_types, clippy::upper_case_acronyms, reason = "only counts the constants in order")]
        enum Order { $($constant),* }
        $($(#[$doc])* pub(super) const $constant: Report = 1 << (Order::$constant as u32);)*
        const NAMES: &[(&str, Report)] = &[$(($name, $constant)),*];
    };
}

reports! {
    BARE = "bare", CLAUSE = "clause", THAT = "that", TELL = "tell", AFTER = "after",
    HOLLOW = "hollow", YARDSTICK = "yardstick", PAST = "past", NOUN = "noun", SHORT_IS = "short_is",
    CONTRACTION = "contraction", PRONOUN = "pronoun", DEPENDENT = "dependent", COORDINATE = "coordinate",
    JOINS = "joins", ABOUT = "about", WHEN = "when", DAYTIME = "daytime", SUPPOSED = "supposed", EMBEDS = "embeds",
    BROKEN = "broken", LEAVES = "leaves", DENIES = "denies", PASSIVE = "passive",
    GOES_ON = "goes_on", TIMES = "times", WITH = "with", CONTRAST = "contrast", ASKED = "asked", ACTS = "acts",
    GESTURE = "gesture", PRESENT = "present", QUANTITY = "quantity", ASKS = "asks", INFINITE = "infinite", UNIT = "unit",
    AGO = "ago", FACT = "fact", ELABORATES = "elaborates", DECLINES = "declines", GIVES = "gives", FEW = "few",
    PAUSES = "pauses", DRAWS = "draws", NOISE = "noise", STUNS = "stuns", VIEW = "view", OCCASION = "occasion",
    SPEAKS = "speaks", FINDS = "finds", FINDER = "finder", OUT = "out", NOBODY = "nobody", PLACES = "places",
    ISSUES = "issues", BEGINS = "begins", APART = "apart", PARTICLE = "particle",
    SUBJUNCTIVE = "subjunctive", OBJECT = "object", HOW = "how", PERFECT = "perfect", WORDS = "words", CONTINUES = "continues",
}

/// Any verb that reports.
pub(super) const VERB: Report = BARE | CLAUSE | THAT | TELL | AFTER;

/// The words of one language, by hash.
pub(in crate::extract) struct Reports(WordMap<Report>);

/// English.
pub(in crate::extract) static ENGLISH: LazyLock<Reports> = LazyLock::new(|| {
    Reports::read(include_str!("../lexicon/en/reports.txt"), include_str!("../lexicon/en/function.txt"))
});

/// German.
pub(in crate::extract) static GERMAN: LazyLock<Reports> = LazyLock::new(|| {
    Reports::read(include_str!("../lexicon/de/reports.txt"), include_str!("../lexicon/de/function.txt"))
});

impl Reports {
    /// The past forms of the words of closed classes are among them.
    fn read(text: &str, function: &'static str) -> Self {
        let mut words: WordMap<Report> = WordMap::default();
        let mut open = 0;
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            match line.strip_prefix("= ") {
                Some(name) => open = NAMES.iter().find(|(known, _)| *known == name).map_or(0, |(_, bit)| *bit),
                None => line.split_whitespace().for_each(|word| *words.entry(hash(word)).or_default() |= open),
            }
        }
        for word in section(function, "past").flat_map(str::split_whitespace) {
            *words.entry(hash(word)).or_default() |= PAST;
        }
        Self(words)
    }

    pub(super) fn of(&self, hash: u64) -> Report {
        self.0.get(&hash).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{ENGLISH, GERMAN, NAMES};
    use crate::extract::lexicon::hash;

    #[test]
    fn every_class_of_a_list_is_known_and_none_is_empty() {
        let lists = [include_str!("../lexicon/en/reports.txt"), include_str!("../lexicon/de/reports.txt")];
        let named = || lists.iter().flat_map(|list| list.lines()).filter_map(|line| line.strip_prefix("= "));
        for name in named() {
            assert!(NAMES.iter().any(|(known, _)| *known == name), "{name} is no class");
        }
        for (name, _) in NAMES {
            assert!(named().any(|known| known == *name), "{name} has no words");
        }
        for list in lists {
            let mut words = HashSet::new();
            for line in list.lines().filter(|line| !line.starts_with('#')) {
                match line.strip_prefix("= ") {
                    Some(_) => words.clear(),
                    None => line.split_whitespace().for_each(|word| assert!(words.insert(word), "{word} stands twice")),
                }
            }
        }
        assert_ne!(ENGLISH.of(hash("Said")), 0);
        assert_ne!(GERMAN.of(hash("sagte")), 0);
        assert_eq!(ENGLISH.of(hash("xyzzy")), 0);
    }
}
