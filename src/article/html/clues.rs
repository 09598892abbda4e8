//! What a page says of its article beside the text: a summary, and sometimes the words themselves, which tell its blocks from others.

use std::collections::HashSet;

use super::top::folded;

/// What a page says of its article, as far as it helps to find it.
pub(super) struct Clues {
    /// The summary that the page gives of itself, folded.
    summary: String,
    /// All runs of letters in the words that its JSON-LD gives as the article's, as hashes; empty where it gives none.
    given: HashSet<u64>,
}

impl Clues {
    /// Letters of a run.
    const RUN: usize = 24;
    /// A summary is no longer, in letters.
    const SUMMARY: usize = 600;
    /// Less than this is no text of an article.
    const SHORTEST: usize = 200;

    /// Those of a page with this summary and these words in its JSON-LD.
    pub(super) fn new(summary: Option<&str>, given: Option<&str>) -> Self {
        let given = given.map(folded).filter(|given| given.len() >= Self::SHORTEST).unwrap_or_default();
        Self {
            summary: summary.map(folded).unwrap_or_default().chars().take(Self::SUMMARY).collect(),
            given: given.as_bytes().windows(Self::RUN).map(hash).collect(),
        }
    }

    /// Whether a block is the summary (1) or begins with it (2), and whether it stands in the words given (3 yes, 2 no, 1 not known,
    /// 0 where none are given).
    pub(super) fn of(&self, words: &str) -> (u8, u8) {
        let summary = match () {
            () if words.len() < 20 || self.summary.is_empty() => 0,
            () if self.summary.contains(words) => 1,
            () => {
                let head: String = self.summary.chars().take(60).collect();
                2 * u8::from(words.contains(&head))
            }
        };
        let bytes = words.as_bytes();
        let run = |run: Option<&[u8]>| run.is_some_and(|run| self.given.contains(&hash(run)));
        let given = match () {
            () if self.given.is_empty() => 0,
            () if bytes.len() < Self::RUN => 1,
            () => 2 + u8::from(run(bytes.get(..Self::RUN)) && run(bytes.get(bytes.len() - Self::RUN..))),
        };
        (summary, given)
    }
}

/// FNV-1a: quick over few bytes, and the same everywhere.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::Clues;

    #[test]
    fn blocks_are_found_in_what_the_page_says() {
        let given =
            "The board voted to close the slip. ".repeat(8) + "Nobody knows what will become of the waiting room.";
        let clues = Clues::new(Some("The board voted to close the slip."), Some(&given));
        assert_eq!(clues.of("theboardvotedtoclosetheslip"), (1, 3));
        assert_eq!(clues.of("theboardvotedtoclosetheslipontuesday"), (2, 2));
        assert_eq!(clues.of("nobodyknowswhatwillbecomeofthewaitingroom"), (0, 3));
        assert_eq!(clues.of("millsoldtonordhagenfirm"), (0, 1));
        assert_eq!(clues.of("signupforournewsletterandnevermissastory"), (0, 2));
        assert_eq!(Clues::new(None, Some("Short.")).of("signupforournewsletterandnevermissastory"), (0, 0));
    }
}
