//! Many hits in one form, from the first to the last: what stands before, between and behind them.
//!
//! It appends to a buffer, one hit at a time, and keeps none of them.

use std::io;

use crate::index::hit::{ArticleHit, QuoteHit};

use super::card::{self, Look};
use super::field::{ArticleField, Fields, QuoteField};
use super::{csv, line, tsv};

/// A form of results, with its fields.
#[derive(Clone, Debug, PartialEq)]
pub enum Sheet<F> {
    /// For people.
    Cards,
    /// The same with all of the context.
    Passages,
    /// TSV without a header.
    Columns(Vec<F>),
    /// CSV with a header.
    Csv(Vec<F>),
    /// JSON lines.
    Lines(Vec<F>),
    /// Ids, one a line.
    Ids,
}

/// What has an id and a card.
pub trait Carded: Fields {
    /// The field of the id.
    const ID: Self;
    /// The fields that say where the words stand that answer the question.
    const MARKS: &'static [Self];
    /// The fields that have to be read from the article that a quotation stands in.
    const CREDITS: &'static [Self];

    /// The card of a hit, its last line feed included.
    fn card(hit: &Self::Hit, look: Look) -> String;

    /// The card with all of the context.
    fn passage(hit: &Self::Hit, look: Look) -> String {
        Self::card(hit, look)
    }
}

impl Carded for QuoteField {
    const ID: Self = Self::Id;
    const MARKS: &'static [Self] = &[Self::Marks];
    const CREDITS: &'static [Self] = &[Self::Context, Self::Byline, Self::Section];

    fn card(hit: &QuoteHit, look: Look) -> String {
        card::quote(hit, look)
    }

    fn passage(hit: &QuoteHit, look: Look) -> String {
        card::passage(hit, look)
    }
}

impl Carded for ArticleField {
    const ID: Self = Self::Id;
    const MARKS: &'static [Self] = &[Self::TitleMarks, Self::SnippetMarks];
    const CREDITS: &'static [Self] = &[];

    fn card(hit: &ArticleHit, look: Look) -> String {
        card::article(hit, look)
    }
}

impl Sheet<ArticleField> {
    /// Whether the sentence of each article that answers best is shown, or where the words stand in it that answer.
    pub fn has_snippets(&self) -> bool {
        matches!(self, Self::Cards | Self::Passages)
            || self.has_any(&[ArticleField::Snippet, ArticleField::SnippetMarks])
    }
}

impl<F: Carded> Sheet<F> {
    /// The names of its fields, where it has any.
    pub fn fields(&self) -> Option<Vec<&'static str>> {
        match self {
            Self::Cards | Self::Passages | Self::Ids => None,
            Self::Columns(fields) | Self::Csv(fields) | Self::Lines(fields) => {
                Some(fields.iter().map(|field| field.name()).collect())
            }
        }
    }

    /// Whether it says where the words stand that answer the question: on cards, and where a field for it was asked for.
    pub fn has_marks(&self) -> bool {
        matches!(self, Self::Cards | Self::Passages) || self.has_any(F::MARKS)
    }

    /// Whether it says what has to be read from the article that a quotation stands in: on cards, and where a field for it was
    /// asked for.
    pub fn has_credits(&self) -> bool {
        match self {
            Self::Cards | Self::Passages => !F::CREDITS.is_empty(),
            _ => self.has_any(F::CREDITS),
        }
    }

    fn has_any(&self, wanted: &[F]) -> bool {
        match self {
            Self::Columns(fields) | Self::Csv(fields) | Self::Lines(fields) => {
                fields.iter().any(|field| wanted.contains(field))
            }
            Self::Cards | Self::Passages | Self::Ids => false,
        }
    }

    /// Appends what stands before the first hit.
    pub fn begin(&self, out: &mut Vec<u8>) {
        if let Self::Csv(columns) = self {
            csv::write_header(out, columns);
        }
    }

    /// Appends the `n`th hit, from 0.
    ///
    /// # Errors
    /// None in practice: `out` takes all bytes.
    pub fn hit(&self, out: &mut Vec<u8>, n: u64, hit: &F::Hit, look: Look) -> io::Result<()> {
        match self {
            Self::Cards | Self::Passages => {
                if n > 0 {
                    out.push(b'\n');
                }
                let card = if *self == Self::Cards { F::card } else { F::passage };
                out.extend_from_slice(card(hit, look).as_bytes());
            }
            Self::Columns(columns) => tsv::write_line(out, hit, columns),
            Self::Csv(columns) => csv::write_line(out, hit, columns),
            Self::Lines(fields) => line::write_line(out, hit, fields)?,
            Self::Ids => tsv::write_line(out, hit, &[F::ID]),
        }
        Ok(())
    }
}
