//! How a question is put and answered, beside the query itself: how many hits, from which on, in what order.

use crate::text::day::Day;
use crate::text::id::Id;

use super::hit::{ArticleHit, QuoteHit};

/// How hits are to be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask {
    /// At most this many hits.
    pub limit: usize,
    /// Leave out this many hits first.
    pub offset: usize,
    /// Whether to count all that match; costs a visit to every match.
    pub count: bool,
    /// The order.
    pub sort: Sort,
    /// Which copies are put together.
    pub group: Grouping,
    /// The day that relative dates are seen from.
    pub today: Day,
}

/// Which hits are put together as copies of one another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Grouping {
    /// None.
    #[default]
    None,
    /// Those of the same words, whatever their case, accents and punctuation.
    Exact,
    /// Those of the same words or much the same.
    Near,
}

impl Ask {
    /// The first 20, newest first, seen from `today`.
    pub fn new(today: Day) -> Self {
        Self { limit: 20, offset: 0, count: false, sort: Sort::DateDescending, group: Grouping::None, today }
    }
}

/// An order of hits. Equal ones are put newest first, then by id; what has no date (outlet, speaker) comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sort {
    /// Best match first.
    Score,
    /// Oldest first.
    Date,
    /// Newest first.
    DateDescending,
    /// By outlet, A to Z.
    Outlet,
    /// By speaker, A to Z; an article counts by the first who speaks in it.
    Speaker,
    /// By id: the same whenever and in what order things were indexed.
    Id,
}

/// Hits, and how many there are in all where that was asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer<H> {
    /// The hits asked for, in order.
    pub hits: Vec<H>,
    /// How many match in all, where [`Ask::count`] was set.
    pub total: Option<u64>,
}

/// What an id, or the beginning of one, stands for.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// An article, with its quotations in the order in which they begin.
    Article(Box<ArticleHit>, Vec<QuoteHit>),
    /// A quotation.
    Quote(Box<QuoteHit>),
    /// More than one thing: the first few ids, in order.
    Several(Vec<Id>),
    /// Nothing in this index.
    Nothing,
    /// Not 4 to 16 hex digits.
    NotAnId,
}
