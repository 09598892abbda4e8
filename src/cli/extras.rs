//! What is added to quotations before they are written, where a form shows it: which words answer, who wrote the article.
//!
//! What the index keeps with each quotation is there anyway.

use crate::desk::credits::Credits;
use crate::desk::question::Question;
use crate::index::hit::QuoteHit;
use crate::index::{Error, Reader};
use crate::render::sheet::{Carded, Sheet};

/// What forms of results need.
pub(super) struct Extras<'a> {
    marking: Option<&'a Question>,
    reader: &'a Reader,
    credits: Option<Credits<'a>>,
}

impl<'a> Extras<'a> {
    /// What these forms need of quotations, and the question that they answer, where they answer one.
    pub(super) fn of<F: Carded>(sheets: &[&Sheet<F>], question: Option<&'a Question>, reader: &'a Reader) -> Self {
        Self {
            marking: question.filter(|_| sheets.iter().any(|sheet| sheet.has_marks())),
            reader,
            credits: sheets.iter().any(|sheet| sheet.has_credits()).then(|| Credits::of(reader)),
        }
    }

    /// Adds it to a quotation.
    pub(super) fn give(&mut self, hit: &mut QuoteHit) -> Result<(), Error> {
        if let Some(question) = self.marking {
            question.mark_quote(hit, self.reader);
        }
        self.credits.as_mut().map_or(Ok(()), |credits| credits.give(hit))
    }
}
