//! Records that are like another: by the words that they share, of which rare ones weigh more.
//!
//! The words of a text weigh by how often they stand in it and how few records have them (tf-idf). The engine finds the records
//! with most of the heaviest words; these are then compared whole, by the cosine of the angle between the weights, which is 1
//! for the same words and 0 for no word in common.

use std::collections::{BTreeMap, HashMap};

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query as Engine, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use crate::text::analysis::{self, Form};
use crate::text::id::Id;

use super::collect::ranked_rows;
use super::error::Error;
use super::hit::{ArticleHit, QuoteHit};
use super::read::Reader;
use super::schema::{ARTICLES, QUOTES};

/// So many of a text's heaviest words are looked for.
const LOOKED_FOR: usize = 24;

/// So many records with most of them are compared whole.
const COMPARED: usize = 200;

/// What has less in common is not like it.
const LEAST: f32 = 0.1;

/// Words of which nearly every record has one say nothing: those in more than this share of them.
const COMMON: u64 = 8;

impl Reader {
    /// The quotations whose words are most like those of `quote`, itself left out: the likest first, with the likeness as score.
    pub fn quotes_like(&self, quote: &QuoteHit, most: usize) -> Result<Vec<QuoteHit>, Error> {
        let searcher = self.quote_searcher()?;
        let mut likeness = Likeness::new(searcher, vec![QUOTES.words]);
        let engine = Error::engine(self.dir());
        let found = likeness.candidates(&quote.quote).map_err(&engine)?;
        let own = likeness.weights(&quote.quote).map_err(&engine)?;
        let mut like = Vec::new();
        for row in ranked_rows(searcher.segment_readers(), self.columns(), &found).map_err(&engine)? {
            if Id(row.id) == quote.id {
                continue;
            }
            let mut hit = self.quote_hit(&row)?;
            hit.score = cosine(&own, &likeness.weights(&hit.quote).map_err(&engine)?);
            like.push(hit);
        }
        like.retain(|hit| hit.score >= LEAST);
        like.sort_by(|one, other| other.score.total_cmp(&one.score).then(one.id.cmp(&other.id)));
        like.truncate(most);
        Ok(like)
    }

    /// The articles whose headline and body are most like those of `article`, in the same way.
    pub fn articles_like(&self, article: &ArticleHit, most: usize) -> Result<Vec<ArticleHit>, Error> {
        let searcher = self.article_searcher()?;
        let mut likeness = Likeness::new(searcher, vec![ARTICLES.title, ARTICLES.body]);
        let engine = Error::engine(self.dir());
        let found = likeness.candidates(&words_of(article)).map_err(&engine)?;
        let own = likeness.weights(&words_of(article)).map_err(&engine)?;
        let mut like = Vec::new();
        for row in ranked_rows(searcher.segment_readers(), self.columns(), &found).map_err(&engine)? {
            if Id(row.id) == article.id {
                continue;
            }
            let mut hit = self.article_hit(&row)?;
            hit.score = cosine(&own, &likeness.weights(&words_of(&hit)).map_err(&engine)?);
            like.push(hit);
        }
        like.retain(|hit| hit.score >= LEAST);
        like.sort_by(|one, other| other.score.total_cmp(&one.score).then(one.id.cmp(&other.id)));
        like.truncate(most);
        Ok(like)
    }
}

/// Headline and body.
fn words_of(article: &ArticleHit) -> String {
    let (start, end) = article.body;
    let body = article.text.get(start as usize..end as usize).unwrap_or_default();
    format!("{}\n{body}", article.title.as_deref().unwrap_or_default())
}

/// Each word that says something, with its weight.
type Weights = BTreeMap<String, f32>;

struct Likeness<'a> {
    searcher: &'a Searcher,
    fields: Vec<Field>,
    /// In how many records each word is, as far as that was asked.
    spread: HashMap<String, u64>,
}

impl<'a> Likeness<'a> {
    fn new(searcher: &'a Searcher, fields: Vec<Field>) -> Self {
        Self { searcher, fields, spread: HashMap::new() }
    }

    fn weights(&mut self, text: &str) -> tantivy::Result<Weights> {
        let mut times: BTreeMap<String, u32> = BTreeMap::new();
        for word in analysis::words(text).filter(|word| word.form == Form::Plain) {
            *times.entry(word.text).or_default() += 1;
        }
        let all = self.searcher.num_docs().max(1);
        let mut weights = Weights::new();
        for (word, times) in times {
            let records = self.spread_of(&word)?;
            // In an archive of a few records, every word is in a large share of them.
            if records > all / COMMON && all > 64 {
                continue;
            }
            #[expect(clippy::cast_precision_loss, reason = "a weight")]
            let rarity = (1.0 + all as f32 / (1.0 + records as f32)).ln();
            #[expect(clippy::cast_precision_loss, reason = "a weight")]
            weights.insert(word, (1.0 + (times as f32).ln()) * rarity);
        }
        Ok(weights)
    }

    fn spread_of(&mut self, word: &str) -> tantivy::Result<u64> {
        if let Some(records) = self.spread.get(word) {
            return Ok(*records);
        }
        let mut most = 0;
        for &field in &self.fields {
            most = most.max(self.searcher.doc_freq(&Term::from_field_text(field, word))?);
        }
        self.spread.insert(word.to_owned(), most);
        Ok(most)
    }

    /// The records with most of the heaviest words of the text.
    fn candidates(&mut self, text: &str) -> tantivy::Result<Vec<(f32, tantivy::DocAddress)>> {
        let mut heaviest: Vec<(f32, String)> =
            self.weights(text)?.into_iter().map(|(word, weight)| (weight, word)).collect();
        heaviest.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        heaviest.truncate(LOOKED_FOR);
        let mut clauses: Vec<(Occur, Box<dyn Engine>)> = Vec::new();
        for (_, word) in heaviest {
            for &field in &self.fields {
                let term = Term::from_field_text(field, &word);
                clauses.push((Occur::Should, Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))));
            }
        }
        if clauses.is_empty() {
            return Ok(Vec::new());
        }
        self.searcher.search(&BooleanQuery::new(clauses), &TopDocs::with_limit(COMPARED).order_by_score())
    }
}

fn cosine(one: &Weights, other: &Weights) -> f32 {
    let length = |weights: &Weights| weights.values().map(|weight| weight * weight).sum::<f32>().sqrt();
    let shared: f32 = one.iter().filter_map(|(word, weight)| Some(weight * other.get(word)?)).sum();
    let lengths = length(one) * length(other);
    if lengths > 0.0 { (shared / lengths).min(1.0) } else { 0.0 }
}
