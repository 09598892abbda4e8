//! Reading: one published generation, whole, as it was when it was opened.

use std::path::Path;

use crate::query::ast::Query;

use super::ask::{Answer, Ask, Found, SpeakerMatch};
use super::error::Error;
use super::hit::{ArticleHit, QuoteHit};
use super::notes::Status;

/// A reader of one generation: what is published later is seen by a reader opened later.
pub struct Reader {}

impl Reader {
    /// Opens what is published in `dir`.
    pub fn open(dir: &Path) -> Result<Self, Error> {
        Err(Error::Missing { dir: dir.to_owned() })
    }

    /// The quotations that `query` asks for; without a query, all.
    pub fn quotes(&self, query: Option<&Query>, ask: &Ask) -> Result<Answer<QuoteHit>, Error> {
        let _ = (query, ask);
        Ok(Answer { hits: Vec::new(), total: None })
    }

    /// The articles that `query` asks for; without a query, all.
    pub fn articles(&self, query: Option<&Query>, ask: &Ask) -> Result<Answer<ArticleHit>, Error> {
        let _ = (query, ask);
        Ok(Answer { hits: Vec::new(), total: None })
    }

    /// What the id, or the beginning of an id (4 hex digits or more), stands for.
    pub fn find(&self, id: &str) -> Result<Found, Error> {
        let _ = id;
        Ok(Found::Nothing)
    }

    /// Whom each positive `speaker:` clause stands for, among the quotations that `query` finds.
    pub fn speakers_matching(&self, query: &Query, ask: &Ask) -> Result<Vec<SpeakerMatch>, Error> {
        let _ = (query, ask);
        Ok(Vec::new())
    }

    /// What the index holds.
    pub fn status(&self) -> Result<Status, Error> {
        Err(Error::Missing { dir: Path::new("").to_owned() })
    }
}
