//! What words on and around bylines are for: the lists of `byline_words.txt`, looked up by the word.
//!
//! What a line is that holds such words, others decide.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Sets of classes, one bit each.
pub(super) type Classes = u16;

pub(super) const LABEL: Classes = 1;
pub(super) const OPENING: Classes = 1 << 1;
pub(super) const JOIN: Classes = 1 << 2;
pub(super) const LINK: Classes = 1 << 3;
pub(super) const OCCUPATION: Classes = 1 << 4;
pub(super) const ROLE: Classes = 1 << 5;
pub(super) const BESIDES: Classes = 1 << 6;
pub(super) const ACCOUNT: Classes = 1 << 7;
pub(super) const WEEKDAY: Classes = 1 << 8;
pub(super) const STAMP: Classes = 1 << 9;
pub(super) const CLOCK: Classes = 1 << 10;
pub(super) const CHROME: Classes = 1 << 11;
pub(super) const FRONT: Classes = 1 << 12;

/// The names of the sections.
const SECTIONS: [(&str, Classes); 13] = [
    ("label", LABEL),
    ("opening", OPENING),
    ("join", JOIN),
    ("link", LINK),
    ("occupation", OCCUPATION),
    ("role", ROLE),
    ("front", FRONT),
    ("besides", BESIDES),
    ("account", ACCOUNT),
    ("weekday", WEEKDAY),
    ("stamp", STAMP),
    ("clock", CLOCK),
    ("chrome", CHROME),
];

static WORDS: LazyLock<HashMap<&'static str, Classes>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for (section, word) in listed() {
        let class = SECTIONS.iter().find(|(name, _)| *name == section).map_or(0, |(_, class)| *class);
        *words.entry(word).or_default() |= class;
    }
    words
});

/// The words with their sections, in their order.
fn listed() -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut section = "";
    let lines = include_str!("byline_words.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(move |line| {
        let name = line.strip_prefix("= ");
        section = name.unwrap_or(section);
        let words = if name.is_some() { "" } else { line };
        let own = section;
        words.split(',').map(str::trim).filter(|word| !word.is_empty()).map(move |word| (own, word))
    })
}

/// Whether this word, as it is written, is of one of these classes.
pub(super) fn is(word: &str, classes: Classes) -> bool {
    WORDS.get(word).is_some_and(|known| known & classes != 0)
}

/// Whether this word is of one of these classes, whatever its case.
pub(super) fn is_folded(word: &str, classes: Classes) -> bool {
    is(&word.to_lowercase(), classes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_is_known_and_has_its_words_once() {
        let mut seen = std::collections::BTreeSet::new();
        for (section, word) in listed() {
            assert!(SECTIONS.iter().any(|(name, _)| *name == section), "no section {section:?}: {word}");
            assert!(seen.insert((section, word)), "{word} stands twice in {section}");
            assert!(section == "opening" || word.to_lowercase() == word, "{word} is not in lower case");
        }
        for (name, _) in SECTIONS {
            assert!(seen.iter().any(|(section, _)| *section == name), "{name} is empty");
        }
    }

    #[test]
    fn a_word_is_of_its_classes() {
        assert!(is("Von", OPENING) && is("von", JOIN | LABEL) && !is("von", OPENING));
        assert!(is("written by", LABEL) && is_folded("Staff", OCCUPATION) && !is("Staff", OCCUPATION));
        assert!(!is("", Classes::MAX));
    }
}
