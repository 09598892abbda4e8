//! The columns by which records are counted and copies are found, and by nothing else: whole values, as they were written, and the
//! numbers of [sketches](crate::text::sketch).
//!
//! What is also sorted by or searched for (speaker, outlet, first day) has its columns in `schema`.

use tantivy::columnar::Column;
use tantivy::schema::{FAST, Field, SchemaBuilder, TextOptions};
use tantivy::{DocId, SegmentReader, TantivyDocument};

use super::opened::Columns;
use super::record::{ArticleRecord, Likeness, QuoteRecord};
use super::schema::column;

pub(super) const SECTION: &str = "section_column";
pub(super) const BYLINE: &str = "byline_column";
/// The last day that a date of publication covers: with the first one it tells a day from a month and a year.
pub(super) const LAST_DAY: &str = "last_day";
pub(super) const KIND: &str = "kind_column";
pub(super) const ROLE: &str = "role_column";
/// All who speak in an article.
pub(super) const PEOPLE: &str = "people_column";

/// What records of the same words have in common.
pub(super) const SAME: &str = "same";
/// The numbers of the sketch.
pub(super) const SKETCH: &str = "sketch";

/// The columns that the index of articles and that of quotations both have.
#[derive(Clone, Copy)]
pub(super) struct SharedColumns {
    section: Field,
    byline: Field,
    last_day: Field,
    same: Field,
    sketch: Field,
}

impl SharedColumns {
    pub(super) fn add_to(schema: &mut SchemaBuilder) -> Self {
        Self {
            section: schema.add_text_field(SECTION, text()),
            byline: schema.add_text_field(BYLINE, text()),
            last_day: schema.add_i64_field(LAST_DAY, FAST),
            same: schema.add_u64_field(SAME, FAST),
            sketch: schema.add_u64_field(SKETCH, FAST),
        }
    }

    fn fill_likeness(self, document: &mut TantivyDocument, likeness: &Likeness) {
        if let Some(same) = likeness.same {
            document.add_u64(self.same, same);
        }
        for &number in &likeness.sketch {
            document.add_u64(self.sketch, u64::from(number));
        }
    }

    pub(super) fn fill(self, document: &mut TantivyDocument, article: &ArticleRecord, likeness: &Likeness) {
        self.fill_likeness(document, likeness);
        if let Some(section) = &article.section {
            document.add_text(self.section, section);
        }
        if let Some(byline) = &article.byline {
            document.add_text(self.byline, byline);
        }
        if let Some(date) = article.published {
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

/// The columns of articles alone.
#[derive(Clone, Copy)]
pub(super) struct ArticleColumns {
    people: Field,
}

impl ArticleColumns {
    pub(super) fn add_to(schema: &mut SchemaBuilder) -> Self {
        Self { people: schema.add_text_field(PEOPLE, text()) }
    }

    pub(super) fn fill(self, document: &mut TantivyDocument, article: &ArticleRecord) {
        for speaker in &article.speakers {
            document.add_text(self.people, speaker);
        }
    }
}

fn text() -> TextOptions {
    TextOptions::default() | FAST
}

/// The days that dates of publication cover, in one segment.
pub(super) struct Published(Option<(Column<i64>, Column<i64>)>);

impl Published {
    pub(super) fn open(columns: &Columns, segment: &SegmentReader) -> tantivy::Result<Self> {
        Ok(Self(columns.i64(segment, column::FIRST_DAY)?.zip(columns.i64(segment, LAST_DAY)?)))
    }

    /// The first and the last, by their numbers.
    pub(super) fn of(&self, doc: DocId) -> Option<(i64, i64)> {
        let (first, last) = self.0.as_ref()?;
        first.first(doc).zip(last.first(doc))
    }

    /// Whether all of them are from `from` to `to`.
    pub(super) fn are_within(&self, doc: DocId, from: i64, to: i64) -> bool {
        let Some((first, last)) = &self.0 else { return false };
        first.first(doc).is_some_and(|day| (from..=to).contains(&day)) && last.first(doc).is_some_and(|day| day <= to)
    }
}
