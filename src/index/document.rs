//! Records as the engine takes them.

use tantivy::TantivyDocument;
use tantivy::schema as engine;

use crate::query::ast::Field;

use super::record::{ArticleRecord, Likeness, QuoteRecord, Record};
use super::schema::{ARTICLES, QUOTES, SharedFields, exact_hash, present_hash, stretch_term};
use super::stored;

/// About how many bytes the record of an article comes to here.
pub(super) fn weight_of_article(record: &Record) -> usize {
    let names: usize = record.article.speakers.iter().map(String::len).sum();
    let searched = record.article.terms.body.len() + record.article.terms.title.len();
    2048 + record.text.len() + searched + 4 * names + 16 * record.article.mentioned.len()
}

/// And that of a quotation.
fn weight_of_quote(quote: &QuoteRecord) -> usize {
    1024 + quote.words.len() + quote.terms.len()
}

/// The record of an article, put in generation `batch`; `packed` is what is stored of it.
pub(super) fn of_article(record: &Record, packed: &[u8], batch: u64) -> TantivyDocument {
    let mut document = TantivyDocument::with_capacity(weight_of_article(record));
    let Record { article, quotes, .. } = record;
    let fields = &*ARTICLES;
    document.add_u64(fields.id, article.id.0);
    document.add_bytes(fields.stored, packed);
    document.add_text(fields.body, &article.terms.body);
    let exact = fields.shared.exact;
    if article.title.is_some() {
        document.add_text(fields.title, &article.terms.title);
        document.add_u64(exact, present_hash(Field::Title));
    }
    if let Some(byline) = &article.byline {
        document.add_text(fields.byline, byline);
        add_whole(&mut document, exact, Field::Byline, byline);
    }
    if let Some(url) = &article.url {
        document.add_text(fields.url, url);
        document.add_u64(exact, present_hash(Field::Url));
    }
    document.add_text(fields.path, &article.path);
    document.add_u64(fields.shared.length, u64::from(article.words));
    fields.shared.columns.fill_texts(&mut document, article, None);
    if !quotes.is_empty() {
        document.add_u64(exact, present_hash(Field::Quote));
    }
    for (place, speaker) in article.speakers.iter().enumerate() {
        document.add_text(fields.speaker, speaker);
        document.add_text(fields.speaker_exact, speaker);
        document.add_text(fields.speakers, speaker);
        if place == 0 {
            document.add_u64(exact, present_hash(Field::Speaker));
        }
    }
    if let Some(format) = article.format {
        document.add_text(fields.format, format.name());
    }
    for &(first, last) in &article.mentioned {
        document.add_bytes(fields.mentioned, &stretch_term(first, last));
    }
    if !article.mentioned.is_empty() {
        document.add_u64(exact, present_hash(Field::Mentions));
    }
    add_shared(&mut document, &fields.shared, article, (&article.likeness, batch));
    document
}

/// So many quotations of an article are put together: an article may have more than should be held as records at once.
const TOGETHER: usize = 256;

/// The records of the quotations in an article, put in generation `batch`: those that have to stand side by side together, each of about
/// so many bytes.
pub(super) fn of_quotes(record: &Record, batch: u64) -> impl Iterator<Item = Vec<(TantivyDocument, usize)>> {
    let article = &record.article;
    (0..).step_by(TOGETHER).zip(record.quotes.chunks(TOGETHER)).map(move |(first, quotes)| {
        let mut documents: Vec<_> =
            quotes.iter().map(|quote| (of_quote(article, quote, batch), weight_of_quote(quote))).collect();
        // The others have it from the first (`carried`).
        if let Some((document, _)) = documents.first_mut() {
            document.add_u64(QUOTES.article, article.id.0);
            document.add_u64(QUOTES.place, first);
            document.add_u64(QUOTES.shared.length, u64::from(article.words));
            QUOTES.shared.columns.fill_texts(document, article, Some(""));
        }
        documents
    })
}

fn of_quote(article: &ArticleRecord, quote: &QuoteRecord, batch: u64) -> TantivyDocument {
    let fields = &*QUOTES;
    let exact = fields.shared.exact;
    let mut document = TantivyDocument::with_capacity(weight_of_quote(quote));
    document.add_u64(fields.id, quote.id.0);
    document.add_text(fields.words, &quote.terms);
    document.add_text(fields.kind, quote.kind.name());
    document.add_u64(fields.conf, u64::from(stored::thousandths(quote.confidence)) * 1000);
    if let Some(speaker) = &quote.speaker {
        document.add_text(fields.speaker, speaker);
        document.add_text(fields.speaker_exact, speaker);
        document.add_u64(exact, present_hash(Field::Speaker));
    }
    if let Some(role) = &quote.role {
        document.add_text(fields.role, role);
        add_whole(&mut document, exact, Field::Role, role);
    }
    fields.columns.fill(&mut document, quote);
    if let Some(cue) = &quote.cue {
        document.add_text(fields.cue, cue);
        add_whole(&mut document, exact, Field::Cue, cue);
    }
    for (place, name) in quote.about.iter().enumerate() {
        document.add_text(fields.about, name);
        document.add_u64(exact, exact_hash(Field::About, name));
        if place == 0 {
            document.add_u64(exact, present_hash(Field::About));
        }
    }
    add_shared(&mut document, &fields.shared, article, (&quote.likeness, batch));
    document
}

/// A value that `:=` compares as a whole, and that there is one.
fn add_whole(document: &mut TantivyDocument, exact: engine::Field, field: Field, value: &str) {
    document.add_u64(exact, exact_hash(field, value));
    document.add_u64(exact, present_hash(field));
}

fn add_shared(
    document: &mut TantivyDocument,
    fields: &SharedFields,
    article: &ArticleRecord,
    (likeness, batch): (&Likeness, u64),
) {
    fields.columns.fill(document, article, likeness);
    if let Some(outlet) = &article.outlet {
        document.add_text(fields.outlet, outlet);
        document.add_text(fields.outlet_exact, outlet);
        document.add_u64(fields.exact, present_hash(Field::Outlet));
    }
    if let Some(date) = article.published {
        document.add_i64(fields.first_day, i64::from(date.first_day().number()));
        document.add_u64(fields.exact, present_hash(Field::Date));
    }
    if let Some(section) = &article.section {
        document.add_text(fields.section, section);
        add_whole(document, fields.exact, Field::Section, section);
    }
    if let Some(lang) = &article.lang {
        document.add_text(fields.lang, lang);
        add_whole(document, fields.exact, Field::Lang, lang);
    }
    document.add_u64(fields.batch, batch);
}
