//! The records of an archive, already extracted: what every peer is given, as lines of JSON, articles and quotations in a file each.
//!
//! They are read back out of an index, so that all hold the same. What is done with them is not known here.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use onrecord::archive::speakers::Speakers;
use onrecord::desk::question::Wish;
use onrecord::desk::stream::Asked;
use onrecord::index::{Grouping, Reader, Sort};
use onrecord::text::day::Day;
use serde::{Deserialize, Serialize};

/// The file of articles, and that of quotations.
pub(crate) const ARTICLES: &str = "articles.jsonl";
pub(crate) const QUOTES: &str = "quotes.jsonl";

/// An article.
#[derive(Serialize, Deserialize)]
pub(crate) struct Article {
    pub(crate) id: u64,
    pub(crate) title: String,
    pub(crate) byline: String,
    pub(crate) outlet: String,
    pub(crate) section: String,
    pub(crate) date: String,
    /// Days since 1970.
    pub(crate) day: i64,
    pub(crate) lang: String,
    pub(crate) path: String,
    pub(crate) words: u64,
    pub(crate) speakers: Vec<String>,
    pub(crate) quotes: Vec<String>,
    pub(crate) text: String,
    pub(crate) body: (usize, usize),
}

/// A quotation, with what a list shows of its article.
#[derive(Serialize, Deserialize)]
pub(crate) struct Quote {
    pub(crate) id: u64,
    pub(crate) article: u64,
    pub(crate) words: String,
    pub(crate) spans: Vec<(u32, u32)>,
    pub(crate) kind: String,
    pub(crate) speaker: String,
    pub(crate) role: String,
    pub(crate) cue: String,
    pub(crate) rule: String,
    pub(crate) confidence: f32,
    pub(crate) title: String,
    pub(crate) byline: String,
    pub(crate) outlet: String,
    pub(crate) section: String,
    pub(crate) date: String,
    pub(crate) day: i64,
    pub(crate) lang: String,
    pub(crate) path: String,
    pub(crate) length: u64,
}

/// All that there is, in any order.
pub(crate) fn everything(sort: Sort) -> Wish {
    Wish { limit: usize::MAX, count: false, sort: Some(sort), group: Grouping::None, today: Day::from_number(20_000) }
}

/// Writes all records of an index into `folder`.
pub(crate) fn write(index: &Path, folder: &Path) -> io::Result<()> {
    let reader = Reader::open_pinned(index).map_err(io::Error::other)?;
    let speakers = Speakers::default();
    let asked = Asked { question: None, speakers: &speakers };
    let mut articles = BufWriter::with_capacity(1 << 18, File::create(folder.join(ARTICLES))?);
    let mut quotes = BufWriter::with_capacity(1 << 18, File::create(folder.join(QUOTES))?);
    for hit in asked.articles(&reader, everything(Sort::Id), 0).map_err(io::Error::other)? {
        let hit = hit.map_err(io::Error::other)?;
        let day = hit.date.map_or(0, |date| i64::from(date.first_day().number()));
        let date = hit.date.map(|date| date.to_string()).unwrap_or_default();
        let mut article = Article {
            id: hit.id.0,
            title: hit.title.unwrap_or_default(),
            byline: hit.byline.unwrap_or_default(),
            outlet: hit.outlet.unwrap_or_default(),
            section: hit.section.unwrap_or_default(),
            date,
            day,
            lang: hit.lang.unwrap_or_default(),
            path: hit.path,
            words: u64::from(hit.words),
            speakers: hit.speakers,
            quotes: Vec::new(),
            text: hit.text,
            body: (hit.body.0 as usize, hit.body.1 as usize),
        };
        for hit in reader.quotes_of(hit.id).map_err(io::Error::other)? {
            let quote = Quote {
                id: hit.id.0,
                article: article.id,
                words: hit.quote,
                spans: hit.spans,
                kind: hit.kind.name().to_owned(),
                speaker: hit.speaker.unwrap_or_default(),
                role: hit.role.unwrap_or_default(),
                cue: hit.cue.unwrap_or_default(),
                rule: hit.rule,
                confidence: hit.confidence,
                title: article.title.clone(),
                byline: article.byline.clone(),
                outlet: article.outlet.clone(),
                section: article.section.clone(),
                date: article.date.clone(),
                day,
                lang: article.lang.clone(),
                path: article.path.clone(),
                length: article.words,
            };
            serde_json::to_writer(&mut quotes, &quote)?;
            quotes.write_all(b"\n")?;
            article.quotes.push(quote.words);
        }
        serde_json::to_writer(&mut articles, &article)?;
        articles.write_all(b"\n")?;
    }
    articles.flush()?;
    quotes.flush()
}
