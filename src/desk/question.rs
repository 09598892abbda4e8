//! A question: from the words that were typed to the hits that answer it. The one executor, for whoever asks.
//!
//! It knows neither how the question was put (command line, page, saved query) nor how hits are shown.

use std::fmt;

use crate::archive::saved::Library;
use crate::archive::speakers::Speakers;
use crate::index::hit::{ArticleHit, QuoteHit};
use crate::index::{self, Answer, Ask, Grouping, Reader, Records, Sort};
use crate::query;
use crate::query::ast::{Field, Node, Query, Value};
use crate::query::mark::{Shown, mark};
use crate::text::day::Day;
use crate::text::problem::Problem;

use super::saved::expand;
use super::speakers::apply::{apply, name_article, name_quote, spellings};
use super::speakers::clauses::{SpeakerMatch, people_matching};
use super::stream::Asked;

/// A question that was understood.
#[derive(Clone, Debug)]
pub struct Question {
    query: Query,
    speakers: Speakers,
}

/// How the answer is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    /// At most this many hits.
    pub limit: usize,
    /// Whether to count all that match.
    pub count: bool,
    /// The order; without one, what suits the question.
    pub sort: Option<Sort>,
    /// Which copies are put together.
    pub group: Grouping,
    /// The day that relative dates are seen from.
    pub today: Day,
}

impl Question {
    /// Understands what was typed.
    ///
    /// # Errors
    /// Everything that is wrong with it, each with its place.
    pub fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        Self::of(query::parse(text)?)
    }

    /// Understands what was typed, with these saved queries in it.
    ///
    /// # Errors
    /// As [`Question::parse`]; and names that stand for no saved query, or for one that leads back to itself.
    pub fn parse_with(text: &str, library: &Library) -> Result<Self, Vec<Problem>> {
        Self::of(expand(&query::parse(text)?, library, &[])?)
    }

    /// The question that a tree is, with all its parameters filled in and all saved queries in their places.
    ///
    /// # Errors
    /// Everything in it that cannot be answered, each with its place.
    pub fn of(query: Query) -> Result<Self, Vec<Problem>> {
        let problems = index::unready(&query);
        if problems.is_empty() { Ok(Self { query, speakers: Speakers::default() }) } else { Err(problems) }
    }

    /// The same question of people as this file of speakers knows them.
    #[must_use]
    pub fn knowing(mut self, speakers: Speakers) -> Self {
        self.speakers = speakers;
        self
    }

    /// The quotations that answer it.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn quotes(&self, reader: &Reader, wish: Wish) -> Result<Answer<QuoteHit>, index::Error> {
        let mut answer = reader.quotes(Some(&self.widened(reader, Records::Quotes)?), &self.ask(wish))?;
        answer.hits.iter_mut().for_each(|hit| name_quote(hit, &self.speakers));
        if self.reorders(wish) {
            answer.hits = self.asked().quotes(reader, wish, 0)?.collect::<Result<_, _>>()?;
        }
        Ok(answer)
    }

    /// The articles that answer it.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn articles(&self, reader: &Reader, wish: Wish) -> Result<Answer<ArticleHit>, index::Error> {
        let mut answer = reader.articles(Some(&self.widened(reader, Records::Articles)?), &self.ask(wish))?;
        answer.hits.iter_mut().for_each(|hit| name_article(hit, &self.speakers));
        if self.reorders(wish) {
            answer.hits = self.asked().articles(reader, wish, 0)?.collect::<Result<_, _>>()?;
        }
        Ok(answer)
    }

    /// The same question of what came to the index after this batch.
    pub(super) fn after_batch(&self, batch: u64) -> Self {
        let span = self.query.span;
        let later = Node::Leaf(Some(Field::Batch), Value::Numbers(Some(batch.saturating_add(1)), None));
        let parts = vec![self.query.clone(), Query { node: later, span }];
        Self { query: Query { node: Node::And(parts), span }, speakers: self.speakers.clone() }
    }

    /// What was asked.
    pub(super) fn query(&self) -> &Query {
        &self.query
    }

    /// Who is who.
    pub(super) fn people(&self) -> &Speakers {
        &self.speakers
    }

    /// Marks the words of a quotation of this index that answer it.
    pub fn mark_quote(&self, hit: &mut QuoteHit, reader: &Reader) {
        let shown = Shown { field: Field::Quote, of_article: false, text: &hit.quote, lang: hit.lang.as_deref() };
        hit.marks = mark(&self.query, shown, &|stem| reader.forms_of(stem));
    }

    /// Marks the words of an article's headline that answer it, in the same way.
    pub fn mark_article(&self, hit: &mut ArticleHit, reader: &Reader) {
        let Some(title) = &hit.title else { return };
        let shown = Shown { field: Field::Title, of_article: true, text: title, lang: hit.lang.as_deref() };
        hit.marks = mark(&self.query, shown, &|stem| reader.forms_of(stem));
    }

    /// Whom its speaker clauses stand for.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn speakers(&self, reader: &Reader, wish: Wish) -> Result<Vec<SpeakerMatch>, index::Error> {
        people_matching(&self.query, reader, &self.speakers, &self.ask(wish))
    }

    /// The query as the index is to answer it: tests of speakers reach all names of the people whom they mean,
    /// and tests of roles what the file of speakers gives.
    pub(super) fn widened(&self, reader: &Reader, of: Records) -> Result<Query, index::Error> {
        Ok(apply(&self.query, &self.speakers, &spellings(&self.query, &self.speakers, reader)?, of))
    }

    fn asked(&self) -> Asked<'_> {
        Asked { question: Some(self), speakers: &self.speakers }
    }

    /// Whether the order is by names that the index does not know.
    fn reorders(&self, wish: Wish) -> bool {
        wish.sort == Some(Sort::Speaker) && !self.speakers.people().is_empty()
    }

    /// The order that is wished, else the one that suits the question.
    pub(super) fn order(&self, wish: Wish) -> Sort {
        let usual = if ranks(&self.query) { Sort::Score } else { Sort::DateDescending };
        wish.sort.unwrap_or(usual)
    }

    /// The order that is wished of everything, else newest first.
    pub(super) fn order_of_all(wish: Wish) -> Sort {
        wish.sort.unwrap_or(Sort::DateDescending)
    }

    fn ask(&self, wish: Wish) -> Ask {
        // The index orders by the names that it stores; a stream by those that are shown.
        let limit = if self.reorders(wish) { 0 } else { wish.limit };
        Ask { limit, offset: 0, count: wish.count, sort: self.order(wish), group: wish.group, today: wish.today }
    }
}

/// As it was understood: a query that means the same.
impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.query.fmt(f)
    }
}

/// Whether one match can be better than another: whether it asks for words of running text.
fn ranks(query: &Query) -> bool {
    match &query.node {
        Node::And(parts) | Node::Or(parts) | Node::AtLeast(_, parts) => parts.iter().any(ranks),
        Node::Not(_) => false,
        Node::Boost(part, _) | Node::Near(part, _) => ranks(part),
        Node::Leaf(field, value) => {
            let running = matches!(field, None | Some(Field::Quote | Field::Title | Field::Body | Field::Hlead));
            running && value.has_places()
        }
    }
}
