//! From our query tree to the engine's queries.
//!
//! A search for quotations asks each quotation: words, speaker, role, kind and confidence hold for the same one; headline,
//! body, byline and days spoken of are asked of its article. A search for articles asks each article: what is
//! asked of quotations inside one AND must hold for one and the same quotation of it, and NOT means that it has
//! no such quotation. Outlet and day of publication are known to both. What is asked of the other index is
//! answered there first and comes back as a set of article ids.

use std::ops::Bound;

use tantivy::query::{
    AllQuery, BooleanQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query as Engine, RangeQuery, TermQuery,
};
use tantivy::schema::{self as engine, IndexRecordOption};
use tantivy::{Searcher, Term};

use crate::query::ast::{Field, KindValue, Node, Query, Share, Shares, Value, When};
use crate::text::analysis;
use crate::text::day::Day;

use super::collect::Ids;
use super::denied::denied;
use super::error::Error;
use super::marked;
use super::read::Reader;
use super::schema::{ARTICLES, QUOTES, SharedFields, column, exact_term};

type Compiled = Result<Box<dyn Engine>, Error>;

type Clauses = Vec<(Occur, Box<dyn Engine>)>;

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
                Ok(all_of(clauses))
            }
            Node::Or(parts) => any_of(parts, |part| self.quotes(part)),
            Node::Not(part) => Ok(all_of(vec![(Occur::MustNot, denied(self.quotes(part)?))])),
            Node::Near(..) | Node::AtLeast(..) | Node::Boost(..) => Ok(Box::new(EmptyQuery)),
            Node::Leaf(field, value) => self.quote_leaf(field.unwrap_or(Field::Quote), value),
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
                Ok(all_of(clauses))
            }
            Node::Or(parts) => any_of(parts, |part| self.articles(part)),
            Node::Not(part) => Ok(all_of(vec![(Occur::MustNot, denied(self.articles(part)?))])),
            Node::Near(..) | Node::AtLeast(..) | Node::Boost(..) => Ok(Box::new(EmptyQuery)),
            Node::Leaf(field, value) => self.article_leaf(*field, value, query),
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
        Ok(unranked(marked::one_of(QUOTES.article, column::ARTICLE, ids)))
    }

    /// The articles with a quotation that `query` asks for.
    fn in_quotes(&self, query: &Query) -> Compiled {
        let ids = self.ids(self.reader.quote_searcher()?, &*self.quotes(query)?, column::ARTICLE)?;
        Ok(unranked(marked::one_of(ARTICLES.id, column::ID, ids)))
    }

    fn ids(&self, searcher: &Searcher, query: &dyn Engine, column: &'static str) -> Result<Vec<u64>, Error> {
        searcher.search(query, &Ids(column)).map_err(Error::engine(self.reader.dir()))
    }

    fn quote_leaf(&self, field: Field, value: &Value) -> Compiled {
        let fields = &*QUOTES;
        Ok(match (field, value) {
            (Field::Quote, Value::Word(text) | Value::Phrase(text)) => words(fields.words, text),
            (Field::Speaker, Value::Word(text) | Value::Phrase(text)) => unranked(words(fields.speaker, text)),
            (Field::Speaker, Value::Exact(text)) => whole(fields.speaker_exact, text),
            (Field::Role, Value::Word(text) | Value::Phrase(text)) => unranked(words(fields.role, text)),
            (Field::Quote | Field::Role, Value::Exact(text)) => hashed(fields.shared.exact, field, text),
            (Field::Kind, Value::Kind(kind)) => whole(fields.kind, kind_name(*kind)),
            (Field::Kind, Value::Exact(text)) => whole(fields.kind, text),
            (Field::Conf, Value::Shares(shares)) => between(fields.conf, *shares),
            _ => self.shared_leaf(&fields.shared, field, value),
        })
    }

    fn article_leaf(&self, field: Option<Field>, value: &Value, query: &Query) -> Compiled {
        let fields = &*ARTICLES;
        let Some(field) = field else {
            return any_of(&[Field::Title, Field::Body], |&field| self.article_leaf(Some(field), value, query));
        };
        Ok(match (field, value) {
            (Field::Title, Value::Word(text) | Value::Phrase(text)) => words(fields.title, text),
            (Field::Body, Value::Word(text) | Value::Phrase(text)) => words(fields.body, text),
            (Field::Byline, Value::Word(text) | Value::Phrase(text)) => unranked(words(fields.byline, text)),
            (Field::Title | Field::Body | Field::Byline, Value::Exact(text)) => {
                hashed(fields.shared.exact, field, text)
            }
            (Field::Mentions, Value::Days { from, to }) => self.days(fields.mentioned, *from, *to),
            // A single test of quotations needs no look at them: the article has what it holds of them itself.
            (Field::Quote, Value::Word(text) | Value::Phrase(text)) => words(fields.quotes, text),
            (Field::Speaker, Value::Word(text) | Value::Phrase(text)) => unranked(words(fields.speaker, text)),
            (Field::Speaker, Value::Exact(text)) => whole(fields.speaker_exact, text),
            (Field::Quote | Field::Role | Field::Kind | Field::Conf, _) => self.in_quotes(query)?,
            _ => self.shared_leaf(&fields.shared, field, value),
        })
    }

    fn shared_leaf(&self, fields: &SharedFields, field: Field, value: &Value) -> Box<dyn Engine> {
        match (field, value) {
            (Field::Outlet, Value::Word(text) | Value::Phrase(text)) => unranked(words(fields.outlet, text)),
            (Field::Outlet, Value::Exact(text)) => whole(fields.outlet_exact, text),
            (Field::Date, Value::Days { from, to }) => self.days(fields.published, *from, *to),
            // The parser lets no other pair of field and value through; it would stand for nothing.
            _ => Box::new(EmptyQuery),
        }
    }

    fn days(&self, field: engine::Field, from: Option<When>, to: Option<When>) -> Box<dyn Engine> {
        let from = from.map(|when| when.days(self.today).0);
        let to = to.map(|when| when.days(self.today).1);
        match (from, to) {
            (Some(from), Some(to)) if from > to => Box::new(EmptyQuery),
            _ => unranked(marked::within(field, from, to)),
        }
    }
}

/// Whether the matches of `query` differ in rank: whether it asks for words in ranked fields, other than by NOT.
pub(super) fn ranks(query: &Query, of_articles: bool) -> bool {
    match &query.node {
        Node::And(parts) | Node::Or(parts) => parts.iter().any(|part| ranks(part, of_articles)),
        Node::Not(_) | Node::Near(..) | Node::AtLeast(..) | Node::Boost(..) => false,
        Node::Leaf(field, value) => {
            let ranked = match field {
                None | Some(Field::Quote) => true,
                Some(Field::Title | Field::Body) => of_articles,
                Some(_) => false,
            };
            ranked && matches!(value, Value::Word(_) | Value::Phrase(_))
        }
    }
}

/// Which index knows the answer to `query`, where a leaf without a field is of the level `free`.
fn level(query: &Query, free: Level) -> Level {
    match &query.node {
        Node::Not(part) => level(part, free),
        Node::And(parts) | Node::Or(parts) => {
            let levels = parts.iter().map(|part| level(part, free));
            let join = |one: Level, other: Level| match (one, other) {
                (Level::Both, level) | (level, Level::Both) => level,
                (one, other) if one == other => one,
                _ => Level::Mixed,
            };
            levels.fold(Level::Both, join)
        }
        Node::Near(..) | Node::AtLeast(..) | Node::Boost(..) => Level::Mixed,
        Node::Leaf(field, _) => match field {
            None => free,
            Some(Field::Quote | Field::Speaker | Field::Role | Field::Kind | Field::Conf) => Level::Quote,
            Some(Field::Title | Field::Body | Field::Byline | Field::Mentions) => Level::Article,
            Some(Field::Outlet | Field::Date) => Level::Both,
            Some(_) => Level::Mixed,
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
        Node::Not(_) | Node::Near(..) | Node::AtLeast(..) | Node::Boost(..) => false,
        Node::Or(parts) => parts.iter().all(asks_quotation),
        Node::And(parts) => parts.iter().any(asks_quotation),
        Node::Leaf(..) => level(query, Level::Article) == Level::Quote,
    }
}

fn known_to_quotations(query: &Query) -> bool {
    match &query.node {
        Node::Not(_) | Node::Near(..) | Node::AtLeast(..) | Node::Boost(..) => false,
        Node::And(parts) | Node::Or(parts) => parts.iter().all(known_to_quotations),
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

/// An AND; where nothing is demanded, everything but what is denied.
fn all_of(mut clauses: Clauses) -> Box<dyn Engine> {
    if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
        clauses.push((Occur::Must, unranked(Box::new(AllQuery))));
    }
    Box::new(BooleanQuery::new(clauses))
}

fn any_of<T>(parts: &[T], compile: impl Fn(&T) -> Compiled) -> Compiled {
    let clauses: Result<Vec<_>, Error> = parts.iter().map(|part| Ok((Occur::Should, compile(part)?))).collect();
    Ok(Box::new(BooleanQuery::new(clauses?)))
}

fn unranked(query: Box<dyn Engine>) -> Box<dyn Engine> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

/// One word, or several in a row; nothing where there is no word at all.
fn words(field: engine::Field, text: &str) -> Box<dyn Engine> {
    let mut words: Vec<(usize, Term)> = analysis::asked(text)
        .into_iter()
        .map(|(position, word)| (position as usize, Term::from_field_text(field, &word)))
        .collect();
    match words.len() {
        0 => Box::new(EmptyQuery),
        1 => Box::new(TermQuery::new(words.remove(0).1, IndexRecordOption::WithFreqs)),
        _ => Box::new(PhraseQuery::new_with_offset(words)),
    }
}

fn whole(field: engine::Field, text: &str) -> Box<dyn Engine> {
    unranked(Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::Basic)))
}

fn hashed(exact: engine::Field, field: Field, text: &str) -> Box<dyn Engine> {
    unranked(Box::new(TermQuery::new(exact_term(exact, field, text), IndexRecordOption::Basic)))
}

/// The records whose number in the column `field` lies in a range of confidences.
fn between(field: engine::Field, shares: Shares) -> Box<dyn Engine> {
    let Some((first, last)) = shares.range() else { return Box::new(EmptyQuery) };
    let end = |share: Share| Bound::Included(Term::from_field_u64(field, u64::from(share.millionths())));
    unranked(Box::new(RangeQuery::new(end(first), end(last))))
}

fn kind_name(kind: KindValue) -> &'static str {
    match kind {
        KindValue::Direct => "direct",
        KindValue::Mixed => "mixed",
        KindValue::Indirect => "indirect",
    }
}
