//! The top of an article on its page: the blocks around the headline, where readers look for the writer and the day.

use super::blocks::{Block, Outline};
use super::marks;

/// The blocks around the headline.
pub(super) struct Top<'a> {
    outline: &'a Outline,
    /// The block that is the headline.
    headline: Option<usize>,
    first: usize,
    end: usize,
}

/// How many blocks before the headline still belong to it.
const BEFORE: usize = 6;

/// How many behind it, at most.
const BEHIND: usize = 30;

/// So many paragraphs of text, and it has begun.
const PARAGRAPHS: usize = 3;

impl<'a> Top<'a> {
    /// That of the article with this headline.
    pub(super) fn of(outline: &'a Outline, title: Option<&str>) -> Self {
        let headline = headline(outline, title);
        let at = headline.unwrap_or_else(|| outline.blocks.iter().position(is_paragraph).unwrap_or(0));
        let mut paragraphs = 0;
        let behind = outline.blocks.iter().skip(at + 1).take(BEHIND).take_while(|block| {
            paragraphs += usize::from(is_paragraph(block));
            paragraphs < PARAGRAPHS
        });
        Self {
            outline,
            headline,
            first: at.saturating_sub(BEFORE),
            end: (at + 1 + behind.count()).min(outline.blocks.len()),
        }
    }

    /// The blocks with their places, in the order in which they are believed: the headline, what follows it, then what
    /// stands before it, the nearest first.
    pub(super) fn blocks(&self) -> impl Iterator<Item = (usize, &'a Block)> {
        let at = self.headline.unwrap_or(self.first);
        let outline = self.outline;
        let places = (at..self.end).chain((self.first..at).rev());
        places.filter_map(move |place| Some((place, outline.blocks.get(place)?)))
    }

    /// The place of the headline.
    pub(super) fn headline(&self) -> Option<usize> {
        self.headline
    }
}

/// Whether a block is a paragraph of text rather than a label.
pub(super) fn is_paragraph(block: &Block) -> bool {
    let words = block.text.split_whitespace().count();
    words >= 20 && block.linked * 2 < block.text.len()
}

/// Letters and digits in lower case: what titles are compared by.
pub(super) fn folded(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn headline(outline: &Outline, title: Option<&str>) -> Option<usize> {
    let title = folded(title?);
    let mut found = None;
    for (place, block) in outline.blocks.iter().enumerate() {
        if block.text.len() > title.len() * 2 + 40 || title.is_empty() {
            continue;
        }
        let words = folded(&block.text);
        if words != title && !(words.len() > 15 && (title.starts_with(&words) || words.starts_with(&title))) {
            continue;
        }
        if outline.has(block, marks::H1) {
            return Some(place);
        }
        // A breadcrumb or a link to the page itself may say the same words before.
        found = found.filter(|_| block.linked > 0).or(Some(place));
    }
    found
}
