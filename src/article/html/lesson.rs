//! What can be learnt from annotated pages: the blocks of a page with their features, and the text that given weights choose.
//!
//! For those who train (`tests/train_pages`); reading an archive needs none of it.

use super::weights::Trees;
use super::{Outlined, features};

/// A page to learn from.
pub struct Lesson {
    page: Outlined,
}

impl Lesson {
    /// The lesson of a page as it was saved.
    pub fn new(bytes: Vec<u8>) -> Self {
        Self { page: Outlined::read(bytes, None, None).0 }
    }

    /// The words of each block, in reading order.
    pub fn blocks(&self) -> impl Iterator<Item = &str> {
        self.page.outline.blocks.iter().map(|block| block.text.as_str())
    }

    /// The features of each block: a byte below 64 for each name.
    pub fn rows(&self) -> Vec<Vec<u8>> {
        self.page.content().rows
    }

    /// The text of the article by these weights; `None` where they are damaged.
    pub fn text(&self, weights: &str) -> Option<String> {
        Some(self.page.content().text_by(&Trees::parse(weights, &features::names())?))
    }
}

/// The names of the features, in the order of a row.
pub fn feature_names() -> Vec<&'static str> {
    features::names()
}
