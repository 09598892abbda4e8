//! What is stored of articles and quotations, fetched for those that are shown.
//!
//! A quotation is stored with its article, which is looked for by its id. Those that were fetched last are at hand: whoever is asked
//! the same again, or for the next quotation of an article, reads nothing.

use std::sync::{Arc, Mutex, PoisonError};

use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, Searcher, TERMINATED, Term};

use crate::text::id::Id;

use super::collect::Row;
use super::error::Error;
use super::hit::{ArticleHit, QuoteHit};
use super::owned::Owners;
use super::read::Reader;
use super::schema::{ARTICLES, column};
use super::stored::{Packed, Stored};

/// So many articles are kept at hand.
const PLACES: usize = 256;

/// And so many bytes of them: the largest article among them, of which each quotation would have to be read anew.
const MOST: usize = 64 << 20;

/// Articles that were fetched lately, each at its own place.
#[derive(Default)]
pub(super) struct AtHand(Mutex<Shelf>);

/// An article with its id, where there was one that belongs there.
type Place = Option<(u64, Arc<Stored>)>;

#[derive(Default)]
struct Shelf {
    places: Vec<Place>,
    bytes: usize,
}

impl AtHand {
    fn get(&self, id: u64) -> Option<Arc<Stored>> {
        let shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (own, stored) = shelf.places.get(place(id))?.as_ref()?;
        (*own == id).then(|| Arc::clone(stored))
    }

    fn put(&self, id: u64, stored: &Arc<Stored>) {
        let mut shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes = stored.weight();
        if shelf.bytes.saturating_add(bytes) > MOST {
            *shelf = Shelf::default();
        }
        shelf.places.resize(PLACES, None);
        let before = shelf.places.get_mut(place(id)).and_then(|place| place.replace((id, Arc::clone(stored))));
        shelf.bytes += bytes;
        shelf.bytes -= before.map_or(0, |(_, before)| before.weight());
    }
}

/// Ids are hashes.
fn place(id: u64) -> usize {
    usize::try_from(id % PLACES as u64).unwrap_or_default()
}

impl Reader {
    /// The quotation of a row of their index.
    pub(super) fn quote_hit(&self, row: &Row) -> Result<QuoteHit, Error> {
        let segment = self.quote_searcher()?.segment_reader(row.address.segment_ord);
        let doc = row.address.doc_id;
        let garbled = || self.damaged("a quotation is garbled");
        let owners = Owners::open(self.columns(), segment).map_err(Error::engine(self.dir()))?;
        let (article, place) = owners.of(doc).ok_or_else(garbled)?;
        let stored = self.stored_of(Id(article))?.ok_or_else(garbled)?;
        let confidence = self.columns().u64(segment, column::CONF).map_err(Error::engine(self.dir()))?.first(doc);
        let quote = stored.quote(place, (Id(row.id), Id(article))).ok_or_else(garbled)?;
        Ok(QuoteHit { confidence: share(confidence.unwrap_or_default()), score: row.score(), ..quote })
    }

    /// The article of a row of their index.
    pub(super) fn article_hit(&self, row: &Row) -> Result<ArticleHit, Error> {
        Ok(self.stored_at(row.id, row.address)?.article(Id(row.id), row.score()))
    }

    /// The article of this id.
    pub fn article(&self, id: Id) -> Result<Option<ArticleHit>, Error> {
        Ok(self.stored_of(id)?.map(|stored| stored.article(id, 0.0)))
    }

    fn stored_of(&self, id: Id) -> Result<Option<Arc<Stored>>, Error> {
        if let Some(stored) = self.at_hand.get(id.0) {
            return Ok(Some(stored));
        }
        let address = address_of(self.article_searcher()?, id.0).map_err(Error::engine(self.dir()))?;
        address.map(|address| self.stored_at(id.0, address)).transpose()
    }

    fn stored_at(&self, id: u64, address: DocAddress) -> Result<Arc<Stored>, Error> {
        if let Some(stored) = self.at_hand.get(id) {
            return Ok(stored);
        }
        let stored = Arc::new(self.unpacked(address)?);
        self.at_hand.put(id, &stored);
        Ok(stored)
    }

    /// What is stored there in the index of articles.
    pub(super) fn unpacked(&self, address: DocAddress) -> Result<Stored, Error> {
        let searcher = self.article_searcher()?;
        let Packed(bytes) = searcher.doc(address).map_err(|error| self.damaged(error.to_string()))?;
        let text = self.unpacker()?.unpack(&bytes);
        text.and_then(|text| Stored::read(&text)).ok_or_else(|| self.damaged("an article is garbled"))
    }
}

/// A confidence as it is kept in its column.
fn share(millionths: u64) -> f32 {
    f32::from(u16::try_from(millionths / 1000).unwrap_or_default()) / 1000.0
}

/// Where the article of this id is.
fn address_of(searcher: &Searcher, id: u64) -> tantivy::Result<Option<DocAddress>> {
    let term = Term::from_field_u64(ARTICLES.id, id);
    for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
        let postings = segment.inverted_index(ARTICLES.id)?.read_postings(&term, IndexRecordOption::Basic)?;
        let Some(mut postings) = postings else { continue };
        while postings.doc() != TERMINATED {
            if !segment.is_deleted(postings.doc()) {
                return Ok(Some(DocAddress::new(ordinal, postings.doc())));
            }
            postings.advance();
        }
    }
    Ok(None)
}
