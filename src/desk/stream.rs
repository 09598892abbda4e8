//! All that answers a question, one hit after another: for what is written out whole, and for pages far behind the first.
//!
//! It holds a bounded number of hits at any time, whatever their number. What is done with them is not known here.

use crate::archive::speakers::Speakers;
use crate::index::hit::{ArticleHit, QuoteHit};
use crate::index::{self, Ask, Reader, Records, Sample};
use crate::query::ast::Query;
use crate::text::id::Id;

use super::question::{Question, Wish};
use super::speakers::apply::{name_article, name_quote};

/// What is asked of an index: a question, or everything; of people as a file of speakers knows them.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The question; without one, everything is meant.
    pub question: Option<&'a Question>,
    /// Who is who.
    pub speakers: &'a Speakers,
}

impl<'a> Asked<'a> {
    /// All quotations that answer it, in order, from the `offset`th on, at most `wish.limit`.
    ///
    /// # Errors
    /// Where the index cannot be read; an error among the hits is the last of them.
    pub fn quotes(
        self,
        reader: &'a Reader,
        wish: Wish,
        offset: usize,
    ) -> Result<impl Iterator<Item = Result<QuoteHit, index::Error>> + use<'a>, index::Error> {
        let (query, ask) = self.put(reader, Records::Quotes, wish, offset)?;
        let stream = reader.quote_stream(query.as_ref(), &ask, &|name| self.shown(name))?;
        Ok(stream.map(move |hit| {
            let mut hit = hit?;
            name_quote(&mut hit, self.speakers);
            Ok(hit)
        }))
    }

    /// All articles that answer it, in the same way.
    ///
    /// # Errors
    /// As [`Asked::quotes`].
    pub fn articles(
        self,
        reader: &'a Reader,
        wish: Wish,
        offset: usize,
    ) -> Result<impl Iterator<Item = Result<ArticleHit, index::Error>> + use<'a>, index::Error> {
        let (query, ask) = self.put(reader, Records::Articles, wish, offset)?;
        let stream = reader.article_stream(query.as_ref(), &ask, &|name| self.shown(name))?;
        Ok(stream.map(move |hit| {
            let mut hit = hit?;
            name_article(&mut hit, self.speakers);
            Ok(hit)
        }))
    }

    /// A sample of what answers it, in proportion to outlets and years; the seed says which.
    ///
    /// # Errors
    /// As [`Asked::quotes`].
    pub fn sample(
        self,
        reader: &Reader,
        wish: Wish,
        records: Records,
        (most, seed): (u64, u64),
    ) -> Result<Sample, index::Error> {
        let (query, ask) = self.put(reader, records, wish, 0)?;
        reader.sample(records, query.as_ref(), &ask, (most, seed))
    }

    /// The quotations of these ids, in order.
    ///
    /// # Errors
    /// As [`Asked::quotes`].
    pub fn quotes_of(
        self,
        reader: &'a Reader,
        wish: Wish,
        ids: &[Id],
    ) -> Result<impl Iterator<Item = Result<QuoteHit, index::Error>> + use<'a>, index::Error> {
        let (_, ask) = self.put(reader, Records::Quotes, wish, 0)?;
        let stream = reader.quote_stream_of(ids, &ask, &|name| self.shown(name))?;
        Ok(stream.map(move |hit| {
            let mut hit = hit?;
            name_quote(&mut hit, self.speakers);
            Ok(hit)
        }))
    }

    /// The articles of these ids, in order.
    ///
    /// # Errors
    /// As [`Asked::quotes`].
    pub fn articles_of(
        self,
        reader: &'a Reader,
        wish: Wish,
        ids: &[Id],
    ) -> Result<impl Iterator<Item = Result<ArticleHit, index::Error>> + use<'a>, index::Error> {
        let (_, ask) = self.put(reader, Records::Articles, wish, 0)?;
        let stream = reader.article_stream_of(ids, &ask, &|name| self.shown(name))?;
        Ok(stream.map(move |hit| {
            let mut hit = hit?;
            name_article(&mut hit, self.speakers);
            Ok(hit)
        }))
    }

    /// The query as the index is to answer it of these records, and how.
    pub(super) fn put(
        self,
        reader: &Reader,
        of: Records,
        wish: Wish,
        offset: usize,
    ) -> Result<(Option<Query>, Ask), index::Error> {
        let query = self.question.map(|question| question.widened(reader, of)).transpose()?;
        let sort = self.question.map_or_else(|| Question::order_of_all(wish), |question| question.order(wish));
        let ask = Ask { limit: wish.limit, offset, count: wish.count, sort, group: wish.group, today: wish.today };
        Ok((query, ask))
    }

    /// The name that is shown for this one, where it is another.
    fn shown(self, name: &str) -> Option<String> {
        let person = self.speakers.person_of(name)?;
        (person.name != name).then(|| person.name.clone())
    }
}
