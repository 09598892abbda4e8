//! Finding what an id, or the beginning of one, stands for.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use tantivy::collector::DocSetCollector;
use tantivy::{DocAddress, Searcher};

use crate::text::id::Id;
use crate::text::paragraph::paragraphs;

use super::ask::Found;
use super::budget::Budget;
use super::collect::{Row, ranked_rows};
use super::context::surroundings;
use super::error::Error;
use super::hit::QuoteHit;
use super::owned;
use super::read::Reader;
use super::schema::column;

/// Fewer digits are no id.
const FEWEST_DIGITS: usize = 4;

/// So many ids are looked for one by one, in all of the ids; when there are more, these are put in order first.
const FEW: u32 = 8;

/// Of an id that stands for several things, this many are told.
const MOST_IDS: usize = 8;

impl Reader {
    /// What the id, or the beginning of an id (4 hex digits or more), stands for: a quotation with what stands around it.
    pub fn find(&self, id: &str) -> Result<Found, Error> {
        let Some(range) = id_range(id) else { return Ok(Found::NotAnId) };
        let engine = Error::engine(self.dir());
        let often = self.ids.asked.fetch_add(1, Ordering::Relaxed) >= FEW;
        let articles = self.ids.articles.between(self.article_searcher()?, often, range).map_err(&engine)?;
        let quotes = self.ids.quotes.between(self.quote_searcher()?, often, range).map_err(&engine)?;
        match (articles.as_slice(), quotes.as_slice()) {
            ([], []) => Ok(Found::Nothing),
            (&[(_, address)], []) => {
                let hit = self.article_hit(&self.row(self.article_searcher()?, address)?)?;
                let mut quotes = self.quotes_of(hit.id)?;
                let paragraphs = paragraphs(&hit.text);
                quotes.iter_mut().for_each(|quote| quote.context = surroundings(&hit.text, &quote.spans, &paragraphs));
                Ok(Found::Article(Box::new(hit), quotes))
            }
            ([], &[(_, address)]) => {
                let mut hit = self.quote_hit(&self.row(self.quote_searcher()?, address)?)?;
                if let Some(article) = self.article(hit.article)? {
                    hit.context = surroundings(&article.text, &hit.spans, &paragraphs(&article.text));
                }
                Ok(Found::Quote(Box::new(hit)))
            }
            _ => {
                let mut ids: Vec<Id> = articles.iter().chain(&quotes).map(|&(id, _)| Id(id)).collect();
                ids.sort_unstable();
                ids.truncate(MOST_IDS);
                Ok(Found::Several(ids))
            }
        }
    }

    /// The quotations of an article, in the order in which they begin, without what stands around them.
    pub fn quotes_of(&self, article: Id) -> Result<Vec<QuoteHit>, Error> {
        let searcher = self.quote_searcher()?;
        let query = owned::quotes_of(vec![article.0], &Budget::new());
        let found = searcher.search(&*query, &DocSetCollector).map_err(Error::engine(self.dir()))?;
        let mut addresses: Vec<DocAddress> = found.into_iter().collect();
        addresses.sort_unstable();
        let hits: Result<Vec<QuoteHit>, Error> =
            addresses.into_iter().map(|address| self.quote_hit(&self.row(searcher, address)?)).collect();
        let mut hits = hits?;
        hits.sort_by(|one, other| (&one.spans, one.id).cmp(&(&other.spans, other.id)));
        Ok(hits)
    }

    pub(super) fn row(&self, searcher: &Searcher, address: DocAddress) -> Result<Row, Error> {
        let rows = ranked_rows(searcher.segment_readers(), self.columns(), &[(0.0, address)])
            .map_err(Error::engine(self.dir()))?;
        rows.into_iter().next().ok_or_else(|| self.damaged("a record has no id"))
    }
}

/// The ids that begin with these digits, from the first to the last.
fn id_range(digits: &str) -> Option<(u64, u64)> {
    let fits = (FEWEST_DIGITS..=16).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_hexdigit());
    let head = fits.then(|| u64::from_str_radix(digits, 16).ok()).flatten()?;
    let open = 4 * (16 - u32::try_from(digits.len()).ok()?);
    Some((head << open, (head << open) | u64::MAX.checked_shr(64 - open).unwrap_or(0)))
}

/// Where the records of all ids are, once a reader has been asked for many.
#[derive(Default)]
pub(super) struct Ids {
    asked: AtomicU32,
    articles: Places,
    quotes: Places,
}

/// The ids of one index in order, each with its place: made when it is first needed, 16 bytes a record.
#[derive(Default)]
struct Places(OnceLock<Vec<(u64, DocAddress)>>);

impl Places {
    /// The records with ids in this range, in the order of ids, up to one more than are told.
    fn between(
        &self,
        searcher: &Searcher,
        often: bool,
        (first, last): (u64, u64),
    ) -> tantivy::Result<Vec<(u64, DocAddress)>> {
        let mut found = match (self.0.get(), often) {
            (None, false) => ids_between(searcher, first, last)?,
            (Some(all), _) => within(all, first, last),
            (None, true) => {
                let all = ids_between(searcher, 0, u64::MAX)?;
                within(self.0.get_or_init(|| all), first, last)
            }
        };
        found.truncate(MOST_IDS + 1);
        Ok(found)
    }
}

fn within(all: &[(u64, DocAddress)], first: u64, last: u64) -> Vec<(u64, DocAddress)> {
    let begin = all.partition_point(|(id, _)| *id < first);
    all.iter().skip(begin).take_while(|(id, _)| *id <= last).take(MOST_IDS + 1).copied().collect()
}

/// The records with ids in this range, in the order of ids.
fn ids_between(searcher: &Searcher, first: u64, last: u64) -> tantivy::Result<Vec<(u64, DocAddress)>> {
    let mut found = Vec::new();
    for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
        let ids = segment.fast_fields().u64(column::ID)?;
        let with_ids = segment.doc_ids_alive().filter_map(|doc| Some((ids.first(doc)?, doc)));
        let inside = with_ids.filter(|(id, _)| (first..=last).contains(id));
        found.extend(inside.map(|(id, doc)| (id, DocAddress::new(ordinal, doc))));
    }
    found.sort_unstable();
    Ok(found)
}
