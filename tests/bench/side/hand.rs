//! An index made by hand: what somebody would write who has the records already and knows the engine, with the same fields, terms, store and
//! threads as the program's own. It extracts nothing, replaces nothing and publishes nothing.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::thread;

use onrecord::index::words::WORDS;
use onrecord::text::id::Id;
use onrecord::text::running::Setting;
use tantivy::indexer::IndexWriterOptions;
use tantivy::schema::{FAST, Field, IndexRecordOption, NumericOptions, STORED, Schema, TextFieldIndexing, TextOptions};
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{IndexBuilder, IndexSettings, IndexWriter, TantivyDocument};

use super::analysis::{RUNNING, set, tokenizers};
use super::records::{ARTICLES, Article, QUOTES, Quote};

/// Bytes of memory for both writers, shared as the program shares them.
const MEMORY: usize = 160 << 20;

fn indexed(tokenizer: &str, norms: bool) -> TextOptions {
    let option = IndexRecordOption::WithFreqsAndPositions;
    let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(option).set_fieldnorms(norms);
    TextOptions::default().set_indexing_options(indexing)
}

/// A number as a term, without how many there are in a record.
fn number() -> NumericOptions {
    NumericOptions::default().set_indexed()
}

/// A value as one term, in the same way.
fn whole() -> TextOptions {
    let option = IndexRecordOption::Basic;
    let indexing = TextFieldIndexing::default().set_tokenizer("raw").set_index_option(option).set_fieldnorms(false);
    TextOptions::default().set_indexing_options(indexing)
}

fn settings(block: usize) -> IndexSettings {
    IndexSettings {
        docstore_compression: Compressor::Zstd(ZstdCompressor { compression_level: Some(3) }),
        docstore_blocksize: block,
        ..IndexSettings::default()
    }
}

/// Makes both indexes of the records in `records`, each on a thread of its own, into `folder`.
pub(crate) fn index(records: &Path, folder: &Path) -> io::Result<()> {
    thread::scope(|scope| {
        let articles = scope.spawn(|| index_articles(&records.join(ARTICLES), &folder.join("articles")));
        let quotes = scope.spawn(|| index_quotes(&records.join(QUOTES), &folder.join("quotes")));
        let joined = [articles.join(), quotes.join()];
        joined.into_iter().try_for_each(|done| done.unwrap_or_else(|_| Err(io::Error::other("a writer panicked"))))
    })
}

fn writer(folder: &Path, schema: Schema, block: usize, memory: usize) -> io::Result<IndexWriter> {
    fs::create_dir_all(folder)?;
    let builder = IndexBuilder::new().schema(schema).settings(settings(block)).tokenizers(tokenizers());
    let index = builder.create_in_dir(folder).map_err(io::Error::other)?;
    let options = IndexWriterOptions::builder()
        .memory_budget_per_thread(memory)
        .num_worker_threads(1)
        .num_merge_threads(1)
        .build();
    index.writer_with_options(options).map_err(io::Error::other)
}

fn finish(mut writer: IndexWriter) -> io::Result<()> {
    writer.commit().map_err(io::Error::other)?;
    writer.wait_merging_threads().map_err(io::Error::other)
}

/// The fields that both have.
struct Shared {
    outlet: Field,
    outlet_exact: Field,
    first_day: Field,
    last_day: Field,
    section: Field,
    section_column: Field,
    byline_column: Field,
    lang: Field,
    length: Field,
    batch: Field,
    exact: Field,
}

impl Shared {
    fn add_to(schema: &mut tantivy::schema::SchemaBuilder) -> Self {
        let column = || TextOptions::default() | FAST;
        Self {
            outlet: schema.add_text_field("outlet", indexed(WORDS, false)),
            outlet_exact: schema.add_text_field("outlet_exact", whole() | FAST),
            first_day: schema.add_i64_field("first_day", FAST),
            last_day: schema.add_i64_field("last_day", FAST),
            section: schema.add_text_field("section", indexed(WORDS, false)),
            section_column: schema.add_text_field("section_column", column()),
            byline_column: schema.add_text_field("byline_column", column()),
            lang: schema.add_text_field("lang", indexed(WORDS, false)),
            length: schema.add_u64_field("length", FAST),
            batch: schema.add_u64_field("batch", FAST),
            exact: schema.add_u64_field("exact", number()),
        }
    }

    fn fill(&self, document: &mut TantivyDocument, (outlet, section, byline): (&str, &str, &str), day: i64) {
        document.add_text(self.outlet, outlet);
        document.add_text(self.outlet_exact, outlet);
        document.add_i64(self.first_day, day);
        document.add_i64(self.last_day, day);
        document.add_text(self.section, section);
        document.add_text(self.section_column, section);
        document.add_text(self.byline_column, byline);
        document.add_u64(self.batch, 1);
        for (field, value) in [("section", section), ("byline", byline)] {
            self.whole(document, field, value);
        }
        for field in ["outlet", "date", "lang"] {
            document.add_u64(self.exact, Id::of_parts([field.as_bytes()]).0);
        }
    }

    /// A value that is compared as a whole, and that there is one.
    fn whole(&self, document: &mut TantivyDocument, field: &str, value: &str) {
        if !value.is_empty() {
            document.add_u64(self.exact, Id::of_parts([field.as_bytes(), value.as_bytes()]).0);
            document.add_u64(self.exact, Id::of_parts([field.as_bytes()]).0);
        }
    }
}

fn each_line<T: serde::de::DeserializeOwned>(
    file: &Path,
    mut take: impl FnMut(T, &str) -> io::Result<()>,
) -> io::Result<()> {
    let mut lines = BufReader::with_capacity(1 << 18, File::open(file)?);
    let mut line = String::new();
    loop {
        line.clear();
        if lines.read_line(&mut line)? == 0 {
            return Ok(());
        }
        take(serde_json::from_str(&line)?, line.trim_end())?;
    }
}

fn index_articles(file: &Path, folder: &Path) -> io::Result<()> {
    let mut schema = Schema::builder();
    let shared = Shared::add_to(&mut schema);
    let id = schema.add_u64_field("id", number().set_fast());
    let facts = schema.add_text_field("facts", STORED);
    let text = schema.add_text_field("text", STORED);
    let title = schema.add_text_field("title", indexed(RUNNING, true));
    let body = schema.add_text_field("body", indexed(RUNNING, true));
    let byline = schema.add_text_field("byline", indexed(WORDS, false));
    let speaker = schema.add_text_field("speaker", indexed(WORDS, false));
    let speaker_exact = schema.add_text_field("speakers_exact", whole());
    let first_speaker = schema.add_text_field("speaker_exact", TextOptions::default() | FAST);
    let people = schema.add_text_field("people_column", TextOptions::default() | FAST);
    let path = schema.add_text_field("path", indexed(WORDS, false));
    let format = schema.add_text_field("format", whole());
    let writer = writer(folder, schema.build(), 128 << 10, MEMORY / 4 * 3)?;
    each_line(file, |record: Article, _| {
        let mut document = TantivyDocument::default();
        document.add_u64(id, record.id);
        let own = record.text.get(record.body.0..record.body.1).unwrap_or_default();
        document.add_text(title, set(&record.title, Setting::Lines));
        document.add_text(body, set(own, Setting::Body));
        document.add_u64(shared.exact, Id::of_parts([b"title".as_slice()]).0);
        document.add_text(byline, &record.byline);
        document.add_text(path, &record.path);
        document.add_text(format, "jsonl");
        for (place, name) in record.speakers.iter().enumerate() {
            document.add_text(speaker, name);
            document.add_text(speaker_exact, name);
            document.add_text(people, name);
            if place == 0 {
                document.add_text(first_speaker, name);
            }
        }
        document.add_u64(shared.length, record.words);
        document.add_text(shared.lang, &record.lang);
        shared.fill(&mut document, (&record.outlet, &record.section, &record.byline), record.day);
        let Article { text: whole, quotes, .. } = &record;
        let kept = serde_json::json!([
            record.title,
            record.byline,
            record.outlet,
            record.section,
            record.date,
            "metadata",
            record.lang,
            record.path,
            record.speakers,
            quotes.len(),
            record.words,
            record.body
        ]);
        document.add_text(facts, kept.to_string());
        document.add_text(text, whole);
        writer.add_document(document).map(drop).map_err(io::Error::other)
    })?;
    finish(writer)
}

fn index_quotes(file: &Path, folder: &Path) -> io::Result<()> {
    let mut schema = Schema::builder();
    let shared = Shared::add_to(&mut schema);
    let id = schema.add_u64_field("id", FAST);
    let article = schema.add_u64_field("article", number().set_fast());
    let facts = schema.add_text_field("facts", STORED);
    let words = schema.add_text_field("words", indexed(RUNNING, true));
    let speaker = schema.add_text_field("speaker", indexed(WORDS, false));
    let speaker_exact = schema.add_text_field("speaker_exact", whole() | FAST);
    let role = schema.add_text_field("role", indexed(WORDS, false));
    let role_column = schema.add_text_field("role_column", TextOptions::default() | FAST);
    let cue = schema.add_text_field("cue", indexed(WORDS, false));
    let kind = schema.add_text_field("kind", whole());
    let kind_column = schema.add_text_field("kind_column", TextOptions::default() | FAST);
    let conf = schema.add_u64_field("conf", FAST);
    let writer = writer(folder, schema.build(), 16 << 10, MEMORY / 4)?;
    each_line(file, |record: Quote, _| {
        let mut document = TantivyDocument::default();
        document.add_u64(id, record.id);
        document.add_u64(article, record.article);
        document.add_text(words, set(&record.words, Setting::Lines));
        document.add_text(kind, &record.kind);
        document.add_text(kind_column, &record.kind);
        #[expect(clippy::cast_possible_truncation, reason = "from 0 to 1000 when it is cast")]
        document.add_u64(conf, (record.confidence * 1000.0).round().clamp(0.0, 1000.0) as u64 * 1000);
        if !record.speaker.is_empty() {
            document.add_text(speaker, &record.speaker);
            document.add_text(speaker_exact, &record.speaker);
        }
        if !record.role.is_empty() {
            document.add_text(role, &record.role);
            document.add_text(role_column, &record.role);
            shared.whole(&mut document, "role", &record.role);
        }
        document.add_text(cue, &record.cue);
        shared.whole(&mut document, "cue", &record.cue);
        document.add_u64(shared.length, record.length);
        document.add_text(shared.lang, &record.lang);
        shared.fill(&mut document, (&record.outlet, &record.section, &record.byline), record.day);
        let kept = serde_json::json!([
            record.words,
            record.spans,
            record.kind,
            record.speaker,
            record.role,
            record.cue,
            record.rule,
            record.confidence,
            record.date,
            "metadata",
            record.outlet,
            record.title,
            record.path,
            record.lang
        ]);
        document.add_text(facts, kept.to_string());
        writer.add_document(document).map(drop).map_err(io::Error::other)
    })?;
    finish(writer)
}
