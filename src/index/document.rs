//! Records as the engine takes them.

use tantivy::TantivyDocument;

use crate::query::ast::Field;

use super::record::{ArticleRecord, QuoteRecord, Record, fold_space};
use super::schema::{ARTICLES, QUOTES, SharedFields, exact_hash, stretch_term};
use super::stored;

/// The record of an article.
pub(super) fn of_article(record: Record) -> TantivyDocument {
    let Record { article, quotes } = record;
    let fields = &*ARTICLES;
    let mut document = TantivyDocument::default();
    document.add_u64(fields.id, article.id.0);
    document.add_bytes(fields.facts, &stored::store_article(&article, quotes.len()));
    let body = article.body.of(&article.text);
    document.add_text(fields.body, body);
    document.add_u64(fields.shared.exact, exact_hash(Field::Body, &fold_space(body)));
    if let Some(title) = &article.title {
        document.add_text(fields.title, title);
        document.add_u64(fields.shared.exact, exact_hash(Field::Title, title));
    }
    if let Some(byline) = &article.byline {
        document.add_text(fields.byline, byline);
        document.add_u64(fields.shared.exact, exact_hash(Field::Byline, byline));
    }
    for quote in &quotes {
        document.add_text(fields.quotes, &quote.words);
    }
    for (place, speaker) in article.speakers.iter().enumerate() {
        document.add_text(fields.speaker, speaker);
        document.add_text(fields.speaker_exact, speaker);
        if place == 0 {
            document.add_text(fields.first_speaker, speaker);
        }
    }
    for &(first, last) in &article.mentioned {
        document.add_bytes(fields.mentioned, &stretch_term(first, last));
    }
    fields.columns.fill(&mut document, &article);
    add_shared(&mut document, &fields.shared, &article);
    document.add_text(fields.text, article.text);
    document
}

/// The record of a quotation in `article`.
pub(super) fn of_quote(article: &ArticleRecord, quote: &QuoteRecord) -> TantivyDocument {
    let fields = &*QUOTES;
    let mut document = TantivyDocument::default();
    document.add_u64(fields.id, quote.id.0);
    document.add_u64(fields.article, article.id.0);
    document.add_bytes(fields.facts, &stored::store_quote(article, quote));
    document.add_text(fields.words, &quote.words);
    document.add_u64(fields.shared.exact, exact_hash(Field::Quote, &quote.words));
    document.add_text(fields.kind, quote.kind.name());
    document.add_u64(fields.conf, millionths(quote.confidence));
    if let Some(speaker) = &quote.speaker {
        document.add_text(fields.speaker, speaker);
        document.add_text(fields.speaker_exact, speaker);
    }
    if let Some(role) = &quote.role {
        document.add_text(fields.role, role);
        document.add_u64(fields.shared.exact, exact_hash(Field::Role, role));
    }
    fields.columns.fill(&mut document, quote);
    add_shared(&mut document, &fields.shared, article);
    document
}

/// A confidence to three decimals, which is all that is shown of it, in millionths.
#[expect(clippy::cast_possible_truncation, reason = "from 0 to 1000 when it is cast")]
fn millionths(confidence: f32) -> u64 {
    (confidence * 1000.0).round().clamp(0.0, 1000.0) as u64 * 1000
}

fn add_shared(document: &mut TantivyDocument, fields: &SharedFields, article: &ArticleRecord) {
    fields.columns.fill(document, article);
    if let Some(outlet) = &article.outlet {
        document.add_text(fields.outlet, outlet);
        document.add_text(fields.outlet_exact, outlet);
    }
    if let Some(date) = article.published {
        let (first, last) = (date.first_day(), date.last_day());
        document.add_bytes(fields.published, &stretch_term(first, last));
        document.add_i64(fields.first_day, i64::from(first.number()));
    }
}
