//! A question: from the words that were typed to the hits that answer it. The one executor, for whoever asks.
//!
//! It knows neither how the question was put (command line, page, saved query) nor how hits are shown.

use crate::index::hit::{ArticleHit, QuoteHit};
use crate::index::{self, Answer, Ask, Reader, Sort, SpeakerMatch};
use crate::query;
use crate::query::ast::{Field, Node, Query, Value};
use crate::text::day::Day;
use crate::text::problem::Problem;

/// A question that was understood.
#[derive(Clone, Debug)]
pub struct Question {
    query: Query,
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
    /// The day that relative dates are seen from.
    pub today: Day,
}

impl Question {
    /// Understands what was typed.
    ///
    /// # Errors
    /// Everything that is wrong with it, each with its place.
    pub fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        query::parse(text).map(|query| Self { query })
    }

    /// The quotations that answer it.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn quotes(&self, reader: &Reader, wish: Wish) -> Result<Answer<QuoteHit>, index::Error> {
        reader.quotes(Some(&self.query), &self.ask(wish))
    }

    /// The articles that answer it.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn articles(&self, reader: &Reader, wish: Wish) -> Result<Answer<ArticleHit>, index::Error> {
        reader.articles(Some(&self.query), &self.ask(wish))
    }

    /// Whom its speaker clauses stand for.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn speakers(&self, reader: &Reader, wish: Wish) -> Result<Vec<SpeakerMatch>, index::Error> {
        reader.speakers_matching(&self.query, &self.ask(wish))
    }

    fn ask(&self, wish: Wish) -> Ask {
        let usual = if ranks(&self.query) { Sort::Score } else { Sort::DateDescending };
        Ask { limit: wish.limit, offset: 0, count: wish.count, sort: wish.sort.unwrap_or(usual), today: wish.today }
    }
}

/// Whether one match can be better than another: whether it asks for words of running text.
fn ranks(query: &Query) -> bool {
    match &query.node {
        Node::And(parts) | Node::Or(parts) => parts.iter().any(ranks),
        Node::Not(_) => false,
        Node::Leaf(field, value) => {
            let running = matches!(field, None | Some(Field::Quote | Field::Title | Field::Body));
            running && matches!(value, Value::Word(_) | Value::Phrase(_))
        }
    }
}
