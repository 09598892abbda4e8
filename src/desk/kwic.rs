//! Key words in context: each match in each quotation that answers a question, one after another.

use crate::index::Reader;
use crate::index::hit::{KwicHit, QuoteHit};
use crate::query::ast::Field;
use crate::query::mark::{Shown, asks_for_words, mark};

use super::question::Question;

impl Question {
    /// Whether it asks for words of quotations, so that there is something to align.
    pub fn asks_for_words(&self) -> bool {
        asks_for_words(self.query())
    }

    /// The matches in a quotation, in order; none where it answers the question by something else than its words.
    pub fn matches<'a>(&self, quote: &'a QuoteHit, reader: &Reader) -> Vec<KwicHit<'a>> {
        let lang = quote.lang.as_deref();
        let shown = Shown { field: Field::Quote, of_article: false, text: &quote.quote, lang };
        mark(self.query(), shown, &|stem| reader.forms_of(stem))
            .into_iter()
            .map(|span| KwicHit { quote, span })
            .collect()
    }
}
