//! The columns by which records are counted and copies are found, and by nothing else: whole values, as they were written, and the
//! numbers of [sketches](crate::text::sketch).
//!
//! What is also sorted by or searched for (speaker, outlet, first day) has its columns in `schema`.

use tantivy::columnar::Column;
use tantivy::schema::{FAST, Field, SchemaBuilder, TextOptions};
use tantivy::{DocId, SegmentReader, TantivyDocument};

use crate::text::day::Day;
use crate::text::sketch::in_turn;

use super::opened::Columns;
use super::record::{ArticleRecord, Likeness, QuoteRecord};
use super::schema::column;

/// Of quotations, section and byline are those of the first in an article, and empty where that has none.
pub(super) const SECTION: &str = "section_column";
pub(super) const BYLINE: &str = "byline_column";
/// The last day that a date of publication covers, where it covers more than one: it tells a day from a month and a year.
const LAST_DAY: &str = "last_day";
pub(super) const KIND: &str = "kind_column";
pub(super) const ROLE: &str = "role_column";

/// What records of the same words have in common.
pub(super) const SAME: &str = "same";
/// What is kept by the bins of the sketch, in turn.
pub(super) const SKETCH: &str = "sketch";
/// What is kept behind them.
pub(super) const CLAIM: &str = "claim";

/// The columns that the index of articles and that of quotations both have.
#[derive(Clone, Copy)]
pub(super) struct SharedColumns {
    section: Field,
    byline: Field,
    last_day: Field,
    same: Field,
    sketch: Field,
    claim: Field,
    /// How many bins a sketch has.
    bins: u32,
}

impl SharedColumns {
    pub(super) fn add_to(schema: &mut SchemaBuilder, bins: u32) -> Self {
        Self {
            bins,
            section: schema.add_text_field(SECTION, text()),
            byline: schema.add_text_field(BYLINE, text()),
            last_day: schema.add_i64_field(LAST_DAY, FAST),
            same: schema.add_u64_field(SAME, FAST),
            sketch: schema.add_u64_field(SKETCH, FAST),
            claim: schema.add_u64_field(CLAIM, FAST),
        }
    }

    fn fill_likeness(self, document: &mut TantivyDocument, likeness: &Likeness) {
        if let Some(same) = likeness.same {
            document.add_u64(self.same, same);
        }
        let (sketch, claim) = in_turn(&likeness.sketch, self.bins);
        sketch.into_iter().for_each(|number| document.add_u64(self.sketch, u64::from(number)));
        claim.iter().for_each(|&number| document.add_u64(self.claim, u64::from(number)));
    }

    /// The section and the byline of an article, or `none` where it has none.
    pub(super) fn fill_texts(self, document: &mut TantivyDocument, article: &ArticleRecord, none: Option<&str>) {
        for (column, text) in [(self.section, &article.section), (self.byline, &article.byline)] {
            if let Some(text) = text.as_deref().or(none) {
                document.add_text(column, text);
            }
        }
    }

    pub(super) fn fill(self, document: &mut TantivyDocument, article: &ArticleRecord, likeness: &Likeness) {
        self.fill_likeness(document, likeness);
        if let Some(date) = article.published.filter(|date| date.last_day() != date.first_day()) {
            document.add_i64(self.last_day, i64::from(date.last_day().number()));
        }
    }
}

/// The columns of quotations alone.
#[derive(Clone, Copy)]
pub(super) struct QuoteColumns {
    kind: Field,
    role: Field,
}

impl QuoteColumns {
    pub(super) fn add_to(schema: &mut SchemaBuilder) -> Self {
        Self { kind: schema.add_text_field(KIND, text()), role: schema.add_text_field(ROLE, text()) }
    }

    pub(super) fn fill(self, document: &mut TantivyDocument, quote: &QuoteRecord) {
        document.add_text(self.kind, quote.kind.name());
        if let Some(role) = &quote.role {
            document.add_text(self.role, role);
        }
    }
}

fn text() -> TextOptions {
    TextOptions::default() | FAST
}

/// The days that dates of publication cover, in one segment.
pub(super) struct Published {
    first: Option<Column<i64>>,
    /// None where all dates are days.
    last: Option<Column<i64>>,
}

impl Published {
    pub(super) fn open(columns: &Columns, segment: &SegmentReader) -> tantivy::Result<Self> {
        Ok(Self { first: columns.i64(segment, column::FIRST_DAY)?, last: columns.i64(segment, LAST_DAY)? })
    }

    /// The first and the last, by their numbers.
    pub(super) fn of(&self, doc: DocId) -> Option<(i64, i64)> {
        let first = self.first.as_ref()?.first(doc)?;
        Some((first, self.last.as_ref().and_then(|last| last.first(doc)).unwrap_or(first)))
    }

    /// The same as days.
    pub(super) fn days(&self, doc: DocId) -> Option<(Day, Day)> {
        let day = |number: i64| i32::try_from(number).ok().map(Day::from_number);
        let (first, last) = self.of(doc)?;
        day(first).zip(day(last))
    }

    /// Whether all of them are from `from` to `to`.
    pub(super) fn are_within(&self, doc: DocId, from: i64, to: i64) -> bool {
        self.of(doc).is_some_and(|(first, last)| first >= from && last <= to)
    }
}
