//! Which blocks of a page are the article, and its text.
//!
//! Each block is weighed by its features with the trees of `weights.txt`; what weighs enough is taken, in the order of the page.
//! A page of which nothing or next to nothing is taken is read by what its elements say, or whole: rather too much than an
//! article lost.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::blocks::{Block, Outline};
use super::clues::Clues;
use super::features;
use super::layout::Layout;
use super::marks;
use super::weights::Trees;
use super::{bylines, dates};

static WEIGHTS: LazyLock<Trees> = LazyLock::new(|| {
    let trees = Trees::parse(include_str!("weights.txt"), &features::names());
    trees.expect("the trees in the repository parse; a test reads them")
});

/// A page's blocks, weighed or to be weighed.
pub(super) struct Page<'a> {
    pub(super) outline: &'a Outline,
    pub(super) rows: Vec<Vec<u8>>,
    title: Option<&'a str>,
    /// The words that JSON-LD gives.
    given: Option<&'a str>,
}

impl<'a> Page<'a> {
    /// The page with this headline, the summary that it gives of itself, and the words that its JSON-LD gives.
    pub(super) fn new(
        outline: &'a Outline,
        title: Option<&'a str>,
        summary: Option<&str>,
        given: Option<&'a str>,
    ) -> Self {
        let rows = if outline.blocks.len() <= MOST_BLOCKS && outline.elements.len() <= MOST_ELEMENTS {
            features::of(&Layout::of(outline, title), &Clues::new(summary, given))
        } else {
            Vec::new()
        };
        Self { outline, rows, title, given }
    }

    /// The text of its article, by the weights that are shipped.
    pub(super) fn text(&self) -> String {
        self.text_by(&WEIGHTS)
    }

    /// The text of its article, by these weights.
    pub(super) fn text_by(&self, weights: &Trees) -> String {
        let chosen = self.outline.blocks.iter().zip(&self.rows).filter(|(_, row)| weights.score(row) > ENOUGH);
        let chosen = self.joined(chosen.map(|(block, _)| block));
        let given = self.given.map(paragraphs).unwrap_or_default();
        let words = |text: &str| text.split_whitespace().count();
        if words(&chosen) >= FEW && words(&chosen) * 4 >= words(&given) {
            return chosen;
        }
        // Little or nothing: a short notice, or a page like none that the weights were learnt from.
        let plain = self.joined(self.outline.blocks.iter().filter(|block| self.is_plain(block)));
        let whole = || self.joined(self.outline.blocks.iter());
        let most = [chosen, plain, given].into_iter().max_by_key(|text| words(text)).unwrap_or_default();
        if most.is_empty() { whole() } else { most }
    }

    /// Whether a block stands in nothing that is made for other things than the article.
    fn is_plain(&self, block: &Block) -> bool {
        const OTHER: [u8; 6] = [marks::NAV, marks::FOOTER, marks::ASIDE, marks::FORM, marks::BUTTON, marks::HIDDEN];
        block.linked * 5 <= block.text.len() * 4 && !OTHER.iter().any(|mark| self.outline.has(block, *mark))
    }

    /// The words of blocks, a blank line between, without the headline, the byline and the day at their head.
    fn joined<'b>(&self, blocks: impl Iterator<Item = &'b Block>) -> String {
        let mut text = String::new();
        let mut once = HashSet::new();
        for block in blocks {
            let again = !once.insert(block.text.as_str());
            // Pages for several sizes of screens hold their text several times.
            if again && (block.text.len() >= REPEATED || self.outline.has(block, marks::HIDDEN)) {
                continue;
            }
            let title = || self.title.is_some_and(|title| title.trim() == block.text);
            if text.is_empty() && (title() || bylines::is_byline(&block.text) || dates::is_day(&block.text)) {
                continue;
            }
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            text.push_str(&block.text);
        }
        text
    }
}

/// What a block must weigh more than, in thousandths: rather a line too much than a quotation lost.
const ENOUGH: i32 = -300;

/// Pages of more are lists, and are read by what their elements say alone.
const MOST_BLOCKS: usize = 50_000;
const MOST_ELEMENTS: usize = 400_000;

/// What is said twice and is no shorter, in bytes, is said once.
const REPEATED: usize = 60;

/// Fewer words than these are no article that one could be sure of.
const FEW: usize = 40;

/// The text that JSON-LD gives, as paragraphs.
fn paragraphs(given: &str) -> String {
    if super::looks_marked_up(given) {
        return super::words_of(given);
    }
    let lines = given.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::{Trees, features};

    #[test]
    fn the_weights_in_the_repository_parse() {
        assert!(Trees::parse(include_str!("weights.txt"), &features::names()).is_some());
        let names = features::names();
        let mut once = names.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), names.len(), "names are names of one thing");
    }
}
