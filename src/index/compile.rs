//! From our query tree to the engine's queries: which index knows the answer to which part.
//!
//! A search for quotations asks each quotation: words, speaker, role, kind and the like hold for the same one; headline,
//! body, byline and days spoken of are asked of its article. A search for articles asks each article: what is
//! asked of quotations inside one AND must hold for one and the same quotation of it, and NOT means that it has
//! no such quotation. Outlet, day of publication and others are known to both. What is asked of the other index is
//! answered there first and comes back as a set of article ids. Single tests are compiled in `leaf`.

use tantivy::Searcher;
use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, Occur, Query as Engine};

use crate::query::ast::{Field, Node, Query, Value};
use crate::query::unit::{Unit, WordTest, unit_of};
use crate::text::day::Day;

use super::budget::Budget;
use super::collect::Ids;
use super::denied::denied;
use super::error::Error;
use super::filtered::{Clauses, Filtered};
use super::marked;
use super::owned;
use super::plain::{FEW, Words};
use super::read::Reader;
use super::schema::{ARTICLES, column};

pub(super) type Compiled = Result<Box<dyn Engine>, Error>;

/// The quotations of so many articles are marked; of more, each quotation is asked whose it is.
const FEW_ARTICLES: usize = 512;

/// Which of the two indexes knows the answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Quote,
    Article,
    Both,
    Mixed,
}

/// The compiler of one question.
pub(super) struct Compiler<'a> {
    pub(super) reader: &'a Reader,
    pub(super) today: Day,
    pub(super) budget: Budget,
}

impl Compiler<'_> {
    /// The quotations that `query` asks for.
    pub(super) fn quotes(&self, query: &Query) -> Compiled {
        if level(query, Level::Quote) == Level::Article && !matches!(query.node, Node::Not(_)) {
            return self.in_articles(query);
        }
        match &query.node {
            Node::And(parts) => {
                let parts = flat(parts);
                let of_article =
                    |part: &Query| level(part, Level::Quote) == Level::Article && !matches!(part.node, Node::Not(_));
                let (article, quote): (Vec<&Query>, Vec<&Query>) = parts.into_iter().partition(|part| of_article(part));
                let mut clauses = self.clauses(&quote, Self::quotes)?;
                if !article.is_empty() {
                    clauses.push((Occur::Must, self.in_articles(&and_of(&article, query))?));
                }
                Ok(self.all_of_ranked(clauses, quote.iter().filter(|part| ranks(part, false)).count()))
            }
            Node::Or(parts) => any_of(parts, |part| self.quotes(part)),
            Node::Not(part) => Ok(self.all_of(vec![(Occur::MustNot, denied(self.quotes(part)?))])),
            Node::AtLeast(least, parts) if parts.len() > 1 => at_least(*least, parts, |part| self.quotes(part)),
            Node::Boost(part, weight) => Ok(boosted(self.quotes(part)?, weight.thousandths())),
            Node::Near(..) | Node::AtLeast(..) | Node::Leaf(..) => self.quote_test(query),
        }
    }

    /// The articles that `query` asks for.
    pub(super) fn articles(&self, query: &Query) -> Compiled {
        match &query.node {
            Node::And(parts) => {
                let parts = flat(parts);
                let (quote, rest): (Vec<&Query>, Vec<&Query>) = parts.into_iter().partition(|part| one_quotation(part));
                let mut clauses = self.clauses(&rest, Self::articles)?;
                match quote.as_slice() {
                    [] => {}
                    [single] => clauses.push((Occur::Must, self.articles(single)?)),
                    several => clauses.push((Occur::Must, self.in_quotes(&and_of(several, query))?)),
                }
                // What several tests find in quotations is not ranked.
                let alone = quote.iter().filter(|_| quote.len() == 1);
                let ranked = alone.chain(&rest).filter(|part| ranks(part, true)).count();
                Ok(self.all_of_ranked(clauses, ranked))
            }
            Node::Or(parts) => any_of(parts, |part| self.articles(part)),
            Node::Not(part) => Ok(self.all_of(vec![(Occur::MustNot, denied(self.articles(part)?))])),
            Node::AtLeast(_, parts) if parts.len() > 1 && one_quotation(query) => self.in_quotes(query),
            Node::AtLeast(least, parts) if parts.len() > 1 => at_least(*least, parts, |part| self.articles(part)),
            Node::Boost(part, weight) => Ok(boosted(self.articles(part)?, weight.thousandths())),
            Node::Near(..) | Node::AtLeast(..) | Node::Leaf(..) => self.article_test(query),
        }
    }

    /// The clauses of an AND.
    fn clauses(&self, parts: &[&Query], compile: impl Fn(&Self, &Query) -> Compiled) -> Result<Clauses, Error> {
        let clause = |part: &&Query| match &part.node {
            Node::Not(inner) => Ok((Occur::MustNot, denied(compile(self, inner)?))),
            _ => Ok((Occur::Must, compile(self, part)?)),
        };
        parts.iter().map(clause).collect()
    }

    /// The quotations of the articles that `query` asks for.
    fn in_articles(&self, query: &Query) -> Compiled {
        let ids = self.ids(self.reader.article_searcher()?, &*self.articles(query)?, column::ID)?;
        Ok(unranked(match ids.len() {
            0..=FEW_ARTICLES => owned::quotes_of(ids, &self.budget),
            _ => marked::one_of(None, (self.reader.columns(), column::ARTICLE), ids, &self.budget),
        }))
    }

    /// The articles with a quotation that `query` asks for.
    pub(super) fn in_quotes(&self, query: &Query) -> Compiled {
        let ids = self.ids(self.reader.quote_searcher()?, &*self.quotes(query)?, column::ARTICLE)?;
        Ok(unranked(marked::one_of(Some(ARTICLES.id), (self.reader.columns(), column::ID), ids, &self.budget)))
    }

    fn ids(&self, searcher: &Searcher, query: &dyn Engine, column: &'static str) -> Result<Vec<u64>, Error> {
        let found = searcher.search(query, &Ids(column, self.budget.clone(), self.reader.columns().clone()));
        let ids = found.map_err(Error::engine(self.reader.dir()))?;
        if self.budget.holds() { Ok(ids) } else { Err(Error::TooMuch) }
    }

    /// An AND of which so many parts rank.
    fn all_of_ranked(&self, clauses: Clauses, ranked: usize) -> Box<dyn Engine> {
        if ranked != 1 {
            return self.all_of(clauses);
        }
        match Filtered::of(clauses) {
            Ok(filtered) => Box::new(filtered),
            Err(clauses) => self.all_of(clauses),
        }
    }

    /// An AND; where nothing is demanded, everything but what is denied.
    fn all_of(&self, mut clauses: Clauses) -> Box<dyn Engine> {
        if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            clauses.push((Occur::Must, marked::everything(&self.budget)));
        }
        Box::new(BooleanQuery::new(clauses))
    }
}

/// Whether the matches of `query` differ in rank: whether it asks for words in ranked fields, other than by NOT.
pub(super) fn ranks(query: &Query, of_articles: bool) -> bool {
    match &query.node {
        Node::And(parts) | Node::Or(parts) | Node::AtLeast(_, parts) => {
            parts.iter().any(|part| ranks(part, of_articles))
        }
        Node::Not(_) => false,
        Node::Boost(part, _) | Node::Near(part, _) => ranks(part, of_articles),
        Node::Leaf(field, value) => {
            let ranked = match field {
                None | Some(Field::Quote) => true,
                Some(Field::Title | Field::Body | Field::Hlead) => of_articles,
                Some(_) => false,
            };
            ranked && value.has_places()
        }
    }
}

/// Of how many addends the score of a match is the sum, at most; `None` where matches do not differ in rank.
pub(super) fn addends(query: Option<&Query>, of_articles: bool) -> Option<u32> {
    query.filter(|query| ranks(query, of_articles)).map(|query| most_addends(query, of_articles))
}

/// A word adds up its forms, where these are few enough to be looked up one by one; whatever has places is one addend.
fn most_addends(query: &Query, of_articles: bool) -> u32 {
    match &query.node {
        Node::And(parts) | Node::Or(parts) | Node::AtLeast(_, parts) => {
            parts.iter().fold(0, |sum, part| most_addends(part, of_articles).saturating_add(sum))
        }
        Node::Not(_) => 0,
        Node::Boost(part, _) => most_addends(part, of_articles),
        Node::Near(..) => 1,
        Node::Leaf(field, _) => {
            let forms = match unit_of(query, true) {
                Some(Unit::Word(WordTest::Among { words, stems })) if stems.is_empty() => words.len(),
                Some(Unit::Word(_)) => FEW,
                _ => 1,
            };
            let forms = u32::try_from(forms).unwrap_or(u32::MAX);
            match ranks(query, of_articles) {
                false => 0,
                // The words of an article stand in two places.
                true if of_articles && matches!(field, None | Some(Field::Hlead)) => forms.saturating_mul(2),
                true => forms,
            }
        }
    }
}

/// Which index knows the answer to `query`, where a leaf without a field is of the level `free`.
fn level(query: &Query, free: Level) -> Level {
    match &query.node {
        Node::Not(part) | Node::Boost(part, _) | Node::Near(part, _) => level(part, free),
        Node::And(parts) | Node::Or(parts) | Node::AtLeast(_, parts) => {
            let levels = parts.iter().map(|part| level(part, free));
            let join = |one: Level, other: Level| match (one, other) {
                (Level::Both, level) | (level, Level::Both) => level,
                (one, other) if one == other => one,
                _ => Level::Mixed,
            };
            levels.fold(Level::Both, join)
        }
        Node::Leaf(None, Value::Any) => Level::Both,
        Node::Leaf(None, _) => free,
        Node::Leaf(Some(field), _) => match field {
            Field::Quote | Field::Speaker | Field::Role | Field::Kind => Level::Quote,
            Field::Conf | Field::Cue | Field::About => Level::Quote,
            Field::Title | Field::Body | Field::Hlead | Field::Byline => Level::Article,
            Field::Mentions | Field::Url | Field::Path => Level::Article,
            Field::Outlet | Field::Date | Field::Section | Field::Lang => Level::Both,
            Field::Words | Field::Batch | Field::Saved => Level::Both,
            // An article has the ids of its quotations, too; a quotation those of itself and of its article.
            Field::Id if free == Level::Quote => Level::Quote,
            // A quotation is asked whether it is a copy, or an article, by what is searched for.
            Field::Dup => free,
            Field::Id => Level::Both,
        },
    }
}

/// Whether it is a test that only a quotation can pass, which a search for articles makes on one and the same
/// quotation: in each of its alternatives something is asked of quotations, nothing is denied, and nothing is
/// asked that only articles know.
fn one_quotation(query: &Query) -> bool {
    asks_quotation(query) && known_to_quotations(query)
}

fn asks_quotation(query: &Query) -> bool {
    match &query.node {
        Node::Not(_) => false,
        Node::Or(parts) => parts.iter().all(asks_quotation),
        Node::And(parts) => parts.iter().any(asks_quotation),
        Node::AtLeast(least, parts) => {
            let others = parts.iter().filter(|part| !asks_quotation(part)).count();
            usize::try_from(*least).is_ok_and(|least| others < least)
        }
        Node::Boost(part, _) | Node::Near(part, _) => asks_quotation(part),
        Node::Leaf(..) => level(query, Level::Article) == Level::Quote,
    }
}

fn known_to_quotations(query: &Query) -> bool {
    match &query.node {
        Node::Not(_) => false,
        Node::And(parts) | Node::Or(parts) | Node::AtLeast(_, parts) => parts.iter().all(known_to_quotations),
        Node::Boost(part, _) | Node::Near(part, _) => known_to_quotations(part),
        Node::Leaf(..) => matches!(level(query, Level::Article), Level::Quote | Level::Both),
    }
}

/// The parts of an AND, those of an AND inside it among them.
fn flat(parts: &[Query]) -> Vec<&Query> {
    let mut all = Vec::new();
    for part in parts {
        match &part.node {
            Node::And(inner) => all.extend(flat(inner)),
            _ => all.push(part),
        }
    }
    all
}

fn and_of(parts: &[&Query], whole: &Query) -> Query {
    match parts {
        [single] => (*single).clone(),
        several => Query { node: Node::And(several.iter().map(|&part| part.clone()).collect()), span: whole.span },
    }
}

pub(super) fn any_of<T>(parts: &[T], compile: impl Fn(&T) -> Compiled) -> Compiled {
    let clauses = should(parts, compile)?;
    // Words of one list of alternatives are found together, so that records that cannot be among the best are passed over.
    let words: Option<Vec<&Words>> = clauses.iter().map(|(_, query)| query.downcast_ref()).collect();
    if let Some([first, others @ ..]) = words.as_deref()
        && others.iter().all(|other| other.ranked == first.ranked)
    {
        let words = words.iter().flatten().flat_map(|words| words.words.iter().cloned()).collect();
        return Ok(Box::new(Words { words, ..(*first).clone() }));
    }
    Ok(Box::new(BooleanQuery::new(clauses)))
}

/// At least so many of the parts.
fn at_least(least: u32, parts: &[Query], compile: impl Fn(&Query) -> Compiled) -> Compiled {
    let least = usize::try_from(least).unwrap_or(usize::MAX);
    Ok(Box::new(BooleanQuery::with_minimum_required_clauses(should(parts, compile)?, least)))
}

fn should<T>(parts: &[T], compile: impl Fn(&T) -> Compiled) -> Result<Clauses, Error> {
    parts.iter().map(|part| Ok((Occur::Should, compile(part)?))).collect()
}

#[expect(clippy::cast_precision_loss, reason = "thousandths of a weight, at most a million")]
fn boosted(query: Box<dyn Engine>, thousandths: u32) -> Box<dyn Engine> {
    Box::new(BoostQuery::new(query, thousandths as f32 / 1000.0))
}

pub(super) fn unranked(query: Box<dyn Engine>) -> Box<dyn Engine> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}
