//! The fields of the two indexes, and the fingerprint that tells one layout from another.
//!
//! A field is fast (a column) only where a sort, a join or a comparison reads it. Whole values are compared where `:=` asks for
//! them: names and outlets as terms, anything longer as a term that is a hash of field and value.

use std::sync::LazyLock;

use tantivy::schema::{
    BytesOptions, FAST, Field, IndexRecordOption, NumericOptions, STORED, Schema, SchemaBuilder, TextFieldIndexing,
    TextOptions,
};
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{IndexSettings, Term};
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use crate::query::ast;
use crate::text::analysis;
use crate::text::day::Day;
use crate::text::running;
use crate::text::sketch::{LONG_BINS, SHORT_BINS};

use super::columns::{QuoteColumns, SharedColumns};
use super::words::{RUNNING, WORDS};

/// Names of the columns, which the engine finds by name.
pub(super) mod column {
    pub(crate) const ID: &str = "id";
    pub(crate) const ARTICLE: &str = "article";
    pub(crate) const PLACE: &str = "place";
    pub(crate) const FIRST_DAY: &str = "first_day";
    pub(crate) const OUTLET: &str = "outlet_exact";
    pub(crate) const SPEAKER: &str = "speaker_exact";
    pub(crate) const CONF: &str = "conf";
    pub(crate) const LENGTH: &str = "length";
    pub(crate) const BATCH: &str = "batch";
}

/// Raised when records are stored or terms are made otherwise, although the fields are the same.
const LAYOUT: u32 = 15;

/// Bytes of packed articles in a block.
const BLOCK: usize = 8 << 10;

/// Bytes of records of which nothing is stored in a block.
const EMPTY_BLOCK: usize = 4 << 20;

/// The fields of the index of articles.
pub(super) struct ArticleFields {
    pub(super) schema: Schema,
    pub(super) id: Field,
    /// What is stored of an article and of its quotations.
    pub(super) stored: Field,
    pub(super) title: Field,
    pub(super) body: Field,
    pub(super) byline: Field,
    pub(super) speaker: Field,
    pub(super) speaker_exact: Field,
    /// Only a column: all who speak in it, in order. Articles are sorted by the first.
    pub(super) speakers: Field,
    pub(super) mentioned: Field,
    pub(super) url: Field,
    pub(super) path: Field,
    /// Only to be counted.
    pub(super) format: Field,
    pub(super) shared: SharedFields,
}

/// The fields of the index of quotations.
pub(super) struct QuoteFields {
    pub(super) schema: Schema,
    pub(super) id: Field,
    /// Only a column, of the first of those quotations of an article that stand side by side.
    pub(super) article: Field,
    /// The same: how manyth it is in its article, from 0.
    pub(super) place: Field,
    pub(super) words: Field,
    pub(super) speaker: Field,
    pub(super) speaker_exact: Field,
    pub(super) role: Field,
    pub(super) cue: Field,
    /// People and bodies named in it.
    pub(super) about: Field,
    pub(super) kind: Field,
    /// Only a column: millionths, of the confidence to three decimals, as it is shown.
    pub(super) conf: Field,
    pub(super) columns: QuoteColumns,
    pub(super) shared: SharedFields,
}

/// The fields that mean the same in both.
pub(super) struct SharedFields {
    pub(super) outlet: Field,
    pub(super) outlet_exact: Field,
    pub(super) first_day: Field,
    pub(super) section: Field,
    pub(super) lang: Field,
    /// Only a column, of the first quotation of each article: the article's number of words.
    pub(super) length: Field,
    /// Only a column: the generation in which the article was put.
    pub(super) batch: Field,
    /// Hashes of field and whole value, and of the field alone where there is a value.
    pub(super) exact: Field,
    pub(super) columns: SharedColumns,
}

/// The index of articles.
pub(super) static ARTICLES: LazyLock<ArticleFields> = LazyLock::new(|| {
    let mut schema = Schema::builder();
    let shared = add_shared(&mut schema, LONG_BINS);
    ArticleFields {
        id: schema.add_u64_field(column::ID, number().set_fast()),
        stored: schema.add_bytes_field("stored", STORED),
        title: schema.add_text_field("title", running_text()),
        body: schema.add_text_field("body", running_text()),
        byline: schema.add_text_field("byline", words()),
        speaker: schema.add_text_field("speaker", words()),
        speaker_exact: schema.add_text_field("speakers_exact", whole()),
        speakers: schema.add_text_field(column::SPEAKER, TextOptions::default() | FAST),
        mentioned: schema.add_bytes_field("mentioned", BytesOptions::default().set_indexed()),
        url: schema.add_text_field("url", words()),
        path: schema.add_text_field("path", words()),
        format: schema.add_text_field("format", whole()),
        shared,
        schema: schema.build(),
    }
});

/// The index of quotations.
pub(super) static QUOTES: LazyLock<QuoteFields> = LazyLock::new(|| {
    let mut schema = Schema::builder();
    let shared = add_shared(&mut schema, SHORT_BINS);
    QuoteFields {
        id: schema.add_u64_field(column::ID, FAST),
        article: schema.add_u64_field(column::ARTICLE, FAST),
        place: schema.add_u64_field(column::PLACE, FAST),
        words: schema.add_text_field("words", running_text()),
        speaker: schema.add_text_field("speaker", words()),
        speaker_exact: schema.add_text_field(column::SPEAKER, whole() | FAST),
        role: schema.add_text_field("role", words()),
        cue: schema.add_text_field("cue", words()),
        about: schema.add_text_field("about", words()),
        kind: schema.add_text_field("kind", whole()),
        conf: schema.add_u64_field(column::CONF, FAST),
        columns: QuoteColumns::add_to(&mut schema),
        shared,
        schema: schema.build(),
    }
});

fn add_shared(schema: &mut SchemaBuilder, bins: u32) -> SharedFields {
    SharedFields {
        outlet: schema.add_text_field("outlet", words()),
        outlet_exact: schema.add_text_field(column::OUTLET, whole() | FAST),
        first_day: schema.add_i64_field(column::FIRST_DAY, FAST),
        section: schema.add_text_field("section", words()),
        lang: schema.add_text_field("lang", words()),
        length: schema.add_u64_field(column::LENGTH, FAST),
        batch: schema.add_u64_field(column::BATCH, FAST),
        exact: schema.add_u64_field("exact", number()),
        columns: SharedColumns::add_to(schema, bins),
    }
}

/// A number as a term.
fn number() -> NumericOptions {
    // How many there are in a record matters to nobody.
    NumericOptions::default().set_indexed()
}

/// A value as one term.
fn whole() -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("raw")
        .set_index_option(IndexRecordOption::Basic)
        .set_fieldnorms(false);
    TextOptions::default().set_indexing_options(indexing)
}

/// Words with their places.
fn words() -> TextOptions {
    indexed(WORDS, false)
}

/// Words with their places, and where sentences and paragraphs begin; matches are ranked.
fn running_text() -> TextOptions {
    indexed(RUNNING, true)
}

fn indexed(tokenizer: &str, ranked: bool) -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(tokenizer)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions)
        .set_fieldnorms(ranked);
    TextOptions::default().set_indexing_options(indexing)
}

/// How articles are stored: as they are packed already (`packed`). A hit reads one block.
pub(super) fn articles_settings() -> IndexSettings {
    IndexSettings { docstore_compression: Compressor::None, docstore_blocksize: BLOCK, ..IndexSettings::default() }
}

/// How quotations are stored: nothing is stored of them, and what the engine writes down of that is packed in the largest blocks.
pub(super) fn quotes_settings() -> IndexSettings {
    let docstore_compression = Compressor::Zstd(ZstdCompressor::default());
    IndexSettings { docstore_compression, docstore_blocksize: EMPTY_BLOCK, ..IndexSettings::default() }
}

/// What tells this layout from any other.
pub(super) fn fingerprint() -> String {
    let mut hasher = blake3::Hasher::new();
    for schema in [&ARTICLES.schema, &QUOTES.schema] {
        hasher.update(serde_json::to_string(schema).unwrap_or_default().as_bytes());
    }
    hasher.update(&LAYOUT.to_le_bytes());
    hasher.update(&analysis::VERSION.to_le_bytes());
    hasher.update(&running::VERSION.to_le_bytes());
    hasher.finalize().to_hex().chars().take(32).collect()
}

/// The term of a stretch of days; terms are in the order of first days, then of last ones.
pub(super) fn stretch_term(first: Day, last: Day) -> [u8; 8] {
    let mut term = [0; 8];
    let (head, tail) = term.split_at_mut(4);
    head.copy_from_slice(&order_bytes(first));
    tail.copy_from_slice(&order_bytes(last));
    term
}

/// The days of such a term.
pub(super) fn stretch_of(term: &[u8]) -> Option<(Day, Day)> {
    let (head, tail) = (term.get(..4)?, term.get(4..8)?);
    let day = |bytes: &[u8]| Some(Day::from_number((u32::from_be_bytes(bytes.try_into().ok()?) ^ SIGN).cast_signed()));
    Some((day(head)?, day(tail)?))
}

const SIGN: u32 = 1 << 31;

fn order_bytes(day: Day) -> [u8; 4] {
    (day.number().cast_unsigned() ^ SIGN).to_be_bytes()
}

/// The hash that stands for the whole value of a field.
pub(super) fn exact_hash(field: ast::Field, value: &str) -> u64 {
    xxh3_64_with_seed(value.as_bytes(), present_hash(field))
}

/// The hash that says that a field has a value.
pub(super) fn present_hash(field: ast::Field) -> u64 {
    xxh3_64(field.name().as_bytes())
}

/// The term for the whole value of a field that is kept as a hash.
pub(super) fn exact_term(exact: Field, field: ast::Field, value: &str) -> Term {
    Term::from_field_u64(exact, exact_hash(field, value))
}
