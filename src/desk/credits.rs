//! What stands around a quotation, who wrote its article, and in which section that ran.
//!
//! The index keeps none of it with the quotation, so it is read from the article, where it is asked for.

use crate::index::hit::{ArticleHit, QuoteHit};
use crate::index::{self, Reader, surroundings};
use crate::text::paragraph::paragraphs;
use crate::text::span::Span;

/// Reads them from an index.
pub struct Credits<'a> {
    reader: &'a Reader,
    /// With its paragraphs: quotations of one article are often side by side.
    last: Option<(ArticleHit, Vec<Span>)>,
}

impl<'a> Credits<'a> {
    /// Those of the articles of this index.
    pub fn of(reader: &'a Reader) -> Self {
        Self { reader, last: None }
    }

    /// Gives a quotation those of its article; what it has around it already stays.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn give(&mut self, hit: &mut QuoteHit) -> Result<(), index::Error> {
        if self.last.as_ref().is_none_or(|(article, _)| article.id != hit.article) {
            let article = self.reader.article(hit.article)?;
            self.last = article.map(|article| {
                let paragraphs = paragraphs(&article.text);
                (article, paragraphs)
            });
        }
        if let Some((article, paragraphs)) = &self.last {
            hit.byline.clone_from(&article.byline);
            hit.section.clone_from(&article.section);
            if hit.context.is_empty() {
                hit.context = surroundings(&article.text, &hit.spans, paragraphs);
            }
        }
        Ok(())
    }
}
