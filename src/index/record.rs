//! What an article and its extraction become in the index: one record of the article, one of each quotation.
//!
//! Pure, and free of the engine: the same article and extraction give the same record on every machine.

use crate::article::Article;
use crate::extract::Extraction;
use crate::text::id::Id;

/// Everything that both indexes need to know of one article.
#[derive(Clone, Debug)]
pub struct Record {
    id: Id,
}

impl Record {
    /// The record of `article`, in which `extraction` was found.
    pub fn new(article: &Article, extraction: &Extraction) -> Self {
        let _ = extraction;
        Self { id: article.id() }
    }

    /// The article's id.
    pub fn id(&self) -> Id {
        self.id
    }

    /// How many quotations it holds.
    pub fn quotes(&self) -> usize {
        0
    }
}
