//! Who wrote the article that a quotation stands in, and in which section it ran.
//!
//! The index keeps neither with the quotation, so both are read from its article, where they are asked for.

use crate::index::hit::{ArticleHit, QuoteHit};
use crate::index::{self, Reader};

/// Reads them from an index.
pub struct Credits<'a> {
    reader: &'a Reader,
    /// Quotations of one article are often side by side.
    last: Option<ArticleHit>,
}

impl<'a> Credits<'a> {
    /// Those of the articles of this index.
    pub fn of(reader: &'a Reader) -> Self {
        Self { reader, last: None }
    }

    /// Gives a quotation those of its article.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn give(&mut self, hit: &mut QuoteHit) -> Result<(), index::Error> {
        if self.last.as_ref().is_none_or(|article| article.id != hit.article) {
            self.last = self.reader.article(hit.article)?;
        }
        if let Some(article) = &self.last {
            hit.byline.clone_from(&article.byline);
            hit.section.clone_from(&article.section);
        }
        Ok(())
    }
}
