//! Key words in context: each match in each quotation that answers a question, one after another.

use crate::index::hit::{KwicHit, QuoteHit};

use super::marks::{asks_for_words, places};
use super::question::Question;

impl Question {
    /// Whether it asks for words of quotations, so that there is something to align.
    pub fn asks_for_words(&self) -> bool {
        asks_for_words(self.query())
    }

    /// The matches in a quotation, in order; none where it answers the question by something else than its words.
    pub fn matches<'a>(&self, quote: &'a QuoteHit) -> Vec<KwicHit<'a>> {
        places(self.query(), &quote.quote).into_iter().map(|span| KwicHit { quote, span }).collect()
    }
}
