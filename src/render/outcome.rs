//! What a saved query came to: quotations, each with what happened to it since the last run.
//!
//! The fields are those of a quotation, with the name of the saved query, what happened, and what was there before.

use crate::index::hit::QuoteHit;

use super::card::{self, Look, QUIET};
use super::cell::Cell;
use super::field::{Fields, QuoteField};
use super::sheet::Carded;

/// A quotation that a saved query found, or no longer finds.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The name of the saved query.
    pub saved: String,
    /// `new`, `changed` or `disappeared`; `None` where nothing was compared.
    pub change: Option<&'static str>,
    /// What was there before, of what has changed: `speaker: Ada Lund; date: 2016-02`.
    pub was: Option<String>,
    /// The quotation; of one that has disappeared, what is known of it.
    pub quote: QuoteHit,
}

/// A field of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutcomeField {
    /// The name of the saved query.
    Saved,
    /// What happened.
    Change,
    /// What was there before.
    Was,
    /// A field of the quotation.
    Quote(QuoteField),
}

use OutcomeField::Quote;

impl Fields for OutcomeField {
    type Hit = Outcome;
    const SCHEMA: &'static str = QuoteField::SCHEMA;
    const NAMED: &'static [(&'static str, Self)] = &[
        ("saved", Self::Saved),
        ("change", Self::Change),
        ("was", Self::Was),
        ("id", Quote(QuoteField::Id)),
        ("quote", Quote(QuoteField::Quote)),
        ("spans", Quote(QuoteField::Spans)),
        ("kind", Quote(QuoteField::Kind)),
        ("speaker", Quote(QuoteField::Speaker)),
        ("role", Quote(QuoteField::Role)),
        ("cue", Quote(QuoteField::Cue)),
        ("rule", Quote(QuoteField::Rule)),
        ("confidence", Quote(QuoteField::Confidence)),
        ("context", Quote(QuoteField::Context)),
        ("date", Quote(QuoteField::Date)),
        ("date_source", Quote(QuoteField::DateSource)),
        ("outlet", Quote(QuoteField::Outlet)),
        ("byline", Quote(QuoteField::Byline)),
        ("section", Quote(QuoteField::Section)),
        ("lang", Quote(QuoteField::Lang)),
        ("title", Quote(QuoteField::Title)),
        ("url", Quote(QuoteField::Url)),
        ("path", Quote(QuoteField::Path)),
        ("article", Quote(QuoteField::Article)),
        ("score", Quote(QuoteField::Score)),
        ("marks", Quote(QuoteField::Marks)),
    ];
    const LINE: &'static [Self] = &[
        Quote(QuoteField::Id),
        Quote(QuoteField::Quote),
        Quote(QuoteField::Spans),
        Quote(QuoteField::Kind),
        Quote(QuoteField::Speaker),
        Quote(QuoteField::Role),
        Quote(QuoteField::Cue),
        Quote(QuoteField::Confidence),
        Quote(QuoteField::Date),
        Quote(QuoteField::Outlet),
        Quote(QuoteField::Title),
        Quote(QuoteField::Url),
        Quote(QuoteField::Path),
        Quote(QuoteField::Article),
    ];
    const COLUMNS: &'static [Self] = &[
        Quote(QuoteField::Id),
        Quote(QuoteField::Date),
        Quote(QuoteField::Outlet),
        Quote(QuoteField::Speaker),
        Quote(QuoteField::Quote),
        Quote(QuoteField::Path),
    ];

    fn of(self, hit: &Outcome) -> Cell<'_> {
        match self {
            Self::Saved => Cell::text(&hit.saved),
            Self::Change => Cell::maybe(hit.change),
            Self::Was => Cell::maybe(hit.was.as_deref()),
            Self::Quote(field) => field.of(&hit.quote),
        }
    }
}

impl Carded for OutcomeField {
    const ID: Self = Quote(QuoteField::Id);
    const MARKS: &'static [Self] = &[Quote(QuoteField::Marks)];
    const CREDITS: &'static [Self] =
        &[Quote(QuoteField::Context), Quote(QuoteField::Byline), Quote(QuoteField::Section)];

    fn card(hit: &Outcome, look: Look) -> String {
        let card = card::quote(&hit.quote, look);
        let Some(change) = hit.change else { return card };
        let was = hit.was.as_ref().map_or_else(String::new, |was| format!(" · was {was}"));
        format!("{}\n{card}", look.paint(QUIET, &format!("{change}{was}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_has_the_fields_of_a_quotation() {
        let known = |name: &str| OutcomeField::named(name).is_some();
        let missing: Vec<&str> = QuoteField::NAMED.iter().map(|(name, _)| *name).filter(|name| !known(name)).collect();
        // Who was weighed is not asked for each time that a query is run, and copies are not put together.
        assert_eq!(missing, ["why", "first", "copies", "outlets"]);
        let line: Vec<&str> = OutcomeField::LINE.iter().map(|field| field.name()).collect();
        assert_eq!(line, QuoteField::LINE.iter().map(|field| field.name()).collect::<Vec<_>>());
        let columns: Vec<&str> = OutcomeField::COLUMNS.iter().map(|field| field.name()).collect();
        assert_eq!(columns, QuoteField::COLUMNS.iter().map(|field| field.name()).collect::<Vec<_>>());
    }
}
