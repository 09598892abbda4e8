//! Words that open what is no part of an article: `Read more`, `Leave a comment`, `About the author`.
//!
//! The words are in `phrases.txt`, by the kind of thing that they open.

use std::collections::HashMap;
use std::sync::LazyLock;

static PHRASES: LazyLock<HashMap<&'static str, u8>> = LazyLock::new(|| {
    let lines = include_str!("phrases.txt").lines().filter(|line| !line.starts_with('#'));
    let kinds = lines.filter_map(|line| line.split_once(": "));
    (1u8..)
        .zip(kinds)
        .flat_map(|(kind, (_, phrases))| phrases.split(" | ").map(move |phrase| (phrase.trim(), kind)))
        .collect()
});

/// A phrase that opens a block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Opening {
    /// The kind of the longest phrase that opens it, from 1; 0 where none does.
    pub(super) kind: u8,
    /// Whether it is all that the block says.
    pub(super) alone: bool,
}

/// No phrase has more words.
const MOST_WORDS: usize = 6;

/// No phrase is longer, in characters.
const LONGEST: usize = 60;

/// What opens these words.
pub(super) fn opening(words: &str) -> Opening {
    let head: String =
        words.chars().take(LONGEST).flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }).collect();
    let head = head.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '©').trim_end();
    let mut best = Opening::default();
    let breaks = head.char_indices().filter(|(_, c)| !c.is_alphanumeric() && !matches!(c, '\'' | '-'));
    for (at, c) in breaks.chain([(head.len(), ' ')]).take(MOST_WORDS) {
        // `photo:` is a phrase, and `photo` is one.
        for end in [at, at + c.len_utf8()] {
            if let Some(kind) = head.get(..end).and_then(|phrase| PHRASES.get(phrase)) {
                best = Opening { kind: *kind, alone: end + 1 >= head.len() };
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::{Opening, opening};

    #[test]
    fn the_longest_phrase_counts() {
        let kind = |words: &str| opening(words).kind;
        assert_eq!(opening("Read more"), Opening { kind: kind("Related"), alone: true });
        assert_eq!(opening("READ MORE:"), Opening { kind: kind("Related"), alone: true });
        assert_eq!(opening("Read more about ferries"), Opening { kind: kind("Related"), alone: false });
        assert_eq!(kind("Leave a comment"), kind("Comments"));
        assert_eq!(kind("© 2016 The Courier"), kind("All rights reserved"));
        assert_eq!(kind("Photo: Ada Bell"), kind("Getty Images"));
        assert_eq!(kind("Lesen Sie auch"), kind("Related"));
        for none in ["", "—", "Readers moored more boats than ever", "The harbour board voted on Tuesday."] {
            assert_eq!(opening(none), Opening::default(), "{none}");
        }
    }
}
