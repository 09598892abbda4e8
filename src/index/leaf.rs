//! One test of a query as the engine's query: of a quotation, or of an article.

use tantivy::query::{EmptyQuery, Query as Engine};
use tantivy::schema as engine;
use tantivy::{Searcher, Term};

use crate::query::ast::{Field, KindValue, Node, Query, Value};
use crate::query::unit::{Unit, WordTest, unit_of};

use super::budget::Budget;
use super::compile::{Compiled, Compiler, any_of, unranked};
use super::duplicates::Groups;
use super::error::Error;
use super::forms::Forms;
use super::joined::Joined;
use super::marked;
use super::placed::Placed;
use super::plain::{FEW, Words};
use super::schema::{ARTICLES, QUOTES, SharedFields, column, exact_term, present_hash};
use super::terms::{MOST, Refused, terms};

/// A field of the engine, and how it is asked.
#[derive(Clone, Copy)]
struct Asked<'a> {
    searcher: &'a Searcher,
    field: engine::Field,
    /// Whether it is running text: words are found in all their forms, and matches are ranked.
    running: bool,
    lead: bool,
}

impl Compiler<'_> {
    /// The quotations that pass one test.
    pub(super) fn quote_test(&self, query: &Query) -> Compiled {
        let (field, value) = first_leaf(query);
        let field = match (field, value) {
            (None, Value::Any) => return Ok(marked::everything(&self.budget)),
            (field, _) => field.unwrap_or(Field::Quote),
        };
        let fields = &*QUOTES;
        let searcher = self.reader.quote_searcher()?;
        if value.has_places() && field != Field::Id {
            let (place, running) = match field {
                Field::Quote => (fields.words, true),
                Field::Speaker => (fields.speaker, false),
                Field::Role => (fields.role, false),
                Field::Cue => (fields.cue, false),
                Field::About => (fields.about, false),
                _ => match shared_place(&fields.shared, field) {
                    Some(place) => (place, false),
                    None => return Ok(Box::new(EmptyQuery)),
                },
            };
            return self.placed(query, Asked { searcher, field: place, running, lead: false });
        }
        match (field, value) {
            (Field::Quote | Field::Kind | Field::Conf, Value::Any) => Ok(marked::everything(&self.budget)),
            (Field::Speaker, Value::Exact(text)) => Ok(self.whole(fields.speaker_exact, text)),
            (Field::Quote, Value::Exact(text)) => self.whole_quotes(text),
            (Field::Role | Field::Cue | Field::About, Value::Exact(text)) => {
                Ok(self.term(exact_term(fields.shared.exact, field, text)))
            }
            (Field::Kind, Value::Kind(kind)) => Ok(self.whole(fields.kind, kind_name(*kind))),
            (Field::Conf, Value::Shares(shares)) => Ok(match shares.range() {
                Some((first, last)) => {
                    let share = |share: crate::query::ast::Share| u64::from(share.millionths());
                    marked::between((self.reader.columns(), column::CONF), share(first), share(last), &self.budget)
                }
                None => Box::new(EmptyQuery),
            }),
            (Field::Id, Value::Word(digits)) => match ids(digits) {
                Some((first, last)) => any_of(&[column::ID, column::ARTICLE], |column| {
                    Ok(marked::between((self.reader.columns(), column), first, last, &self.budget))
                }),
                None => Ok(Box::new(EmptyQuery)),
            },
            (Field::Dup, _) => Ok(self.first_of(&self.reader.duplicates()?.quotes.exact)),
            _ => Ok(self.shared_test(&fields.shared, field, value)),
        }
    }

    /// The articles with a quotation that passes a test, ranked by the best of these.
    fn best_quotes(&self, query: &Query) -> Compiled {
        let quotes = self.quote_test(query)?;
        Ok(Box::new(Joined::new((self.reader.quote_searcher()?, self.reader.columns()), quotes, &self.budget)))
    }

    /// The records that are no copies of an earlier one.
    fn first_of(&self, groups: &Groups) -> Box<dyn Engine> {
        marked::none_of((self.reader.columns(), column::ID), groups.repeats(), &self.budget)
    }

    /// The articles that pass one test.
    pub(super) fn article_test(&self, query: &Query) -> Compiled {
        let (field, value) = first_leaf(query);
        let fields = &*ARTICLES;
        let searcher = self.reader.article_searcher()?;
        let running = |field| Asked { searcher, field, running: true, lead: false };
        let plain = |field| Asked { searcher, field, running: false, lead: false };
        let Some(field) = field else {
            return match value {
                Value::Any => Ok(marked::everything(&self.budget)),
                _ => any_of(&[fields.title, fields.body], |&place| self.placed(query, running(place))),
            };
        };
        if value.has_places() && field != Field::Id {
            // Articles have the names of their speakers themselves.
            let simple = matches!(query.node, Node::Leaf(_, Value::Word(_) | Value::Phrase(_)));
            return match field {
                Field::Title => self.placed(query, running(fields.title)),
                Field::Body => self.placed(query, running(fields.body)),
                Field::Hlead => any_of(&[(fields.title, false), (fields.body, true)], |&(place, lead)| {
                    self.placed(query, Asked { lead, ..running(place) })
                }),
                Field::Byline => self.placed(query, plain(fields.byline)),
                Field::Url => self.placed(query, plain(fields.url)),
                Field::Path => self.placed(query, plain(fields.path)),
                Field::Quote if simple => self.best_quotes(query),
                Field::Speaker if simple => self.placed(query, plain(fields.speaker)),
                Field::Quote | Field::Speaker | Field::Role | Field::Cue | Field::About => self.in_quotes(query),
                _ => match shared_place(&fields.shared, field) {
                    Some(place) => self.placed(query, plain(place)),
                    None => Ok(Box::new(EmptyQuery)),
                },
            };
        }
        Ok(match (field, value) {
            (Field::Byline, Value::Exact(text)) => self.term(exact_term(fields.shared.exact, field, text)),
            (Field::Title | Field::Body | Field::Url | Field::Path, Value::Exact(text)) => {
                self.whole_articles(field, text)?
            }
            (Field::Hlead, Value::Exact(text)) => self.whole_articles(Field::Title, text)?,
            (Field::Body | Field::Hlead | Field::Path, Value::Any) => marked::everything(&self.budget),
            (Field::Kind | Field::Conf, Value::Any) => self.present(&fields.shared, Field::Quote),
            (Field::Quote | Field::Speaker | Field::Title | Field::Byline | Field::Url, Value::Any) => {
                self.present(&fields.shared, field)
            }
            (Field::Mentions, Value::Any) => self.present(&fields.shared, field),
            (Field::Mentions, Value::Days { .. } | Value::After(_) | Value::Before(_)) => {
                self.days(Some(fields.mentioned), value)
            }
            (Field::Speaker, Value::Exact(text)) => self.whole(fields.speaker_exact, text),
            (Field::Quote | Field::Role | Field::Kind | Field::Conf | Field::Cue | Field::About, _) => {
                self.in_quotes(query)?
            }
            (Field::Id, Value::Word(digits)) => match ids(digits) {
                Some((first, last)) => {
                    let quoted = self.in_quotes(query)?;
                    let own = marked::between((self.reader.columns(), column::ID), first, last, &self.budget);
                    Box::new(tantivy::query::BooleanQuery::union(vec![own, quoted]))
                }
                None => Box::new(EmptyQuery),
            },
            (Field::Dup, _) => self.first_of(&self.reader.duplicates()?.articles.near),
            _ => self.shared_test(&fields.shared, field, value),
        })
    }

    fn shared_test(&self, fields: &SharedFields, field: Field, value: &Value) -> Box<dyn Engine> {
        match (field, value) {
            (Field::Outlet, Value::Exact(text)) => self.whole(fields.outlet_exact, text),
            (Field::Section | Field::Lang, Value::Exact(text)) => self.term(exact_term(fields.exact, field, text)),
            (Field::Words | Field::Batch | Field::Id, Value::Any) => marked::everything(&self.budget),
            (_, Value::Any) => self.present(fields, field),
            (Field::Date, Value::Days { .. } | Value::After(_) | Value::Before(_)) => self.days(None, value),
            (Field::Words, Value::Numbers(from, to)) => marked::between(
                (self.reader.columns(), column::LENGTH),
                from.unwrap_or(0),
                to.unwrap_or(u64::MAX),
                &self.budget,
            ),
            (Field::Batch, Value::Numbers(from, to)) => marked::between(
                (self.reader.columns(), column::BATCH),
                from.unwrap_or(0),
                to.unwrap_or(u64::MAX),
                &self.budget,
            ),
            // The parser lets no other pair of field and value through; it would stand for nothing.
            _ => Box::new(EmptyQuery),
        }
    }

    /// The records in whose field the words of a test stand.
    fn placed(&self, query: &Query, asked: Asked<'_>) -> Compiled {
        let Some(unit) = unit_of(query, asked.running) else { return Ok(Box::new(EmptyQuery)) };
        let least = if let Node::AtLeast(least, _) = &query.node { *least } else { 1 };
        let refused = |refused: Refused| match refused {
            Refused::TooMany => Error::TooManyWords { clause: vaguest(query, asked), most: MOST },
            Refused::TooManyInAll | Refused::TooMuch => Error::TooMuch,
            Refused::Engine(error) => Error::engine(self.reader.dir())(error),
        };
        let (mut in_forms, none) = (false, Forms::default());
        unit.each(&mut |test| in_forms |= matches!(test, WordTest::Among { stems, .. } if !stems.is_empty()));
        let known = (asked.searcher, if in_forms { self.reader.forms()? } else { &none });
        let unit = unit.try_map(&mut |test| terms(known, asked.field, test, &self.budget)).map_err(refused)?;
        let Asked { field, running: ranked, lead, .. } = asked;
        if let Unit::Word(word) = &unit
            && least <= 1
            && !lead
            && word.terms.len() <= FEW
        {
            return Ok(self.words(word.terms.clone(), ranked));
        }
        Ok(Box::new(Placed { field, unit, least, lead, ranked, budget: self.budget.clone() }))
    }

    /// Records with such days in the field, or without one, published then.
    fn days(&self, field: Option<engine::Field>, value: &Value) -> Box<dyn Engine> {
        match (value.days(self.today), field) {
            (None, _) => Box::new(EmptyQuery),
            (Some((Some(from), Some(to))), _) if from > to => Box::new(EmptyQuery),
            (Some((from, to)), Some(field)) => unranked(marked::within(field, from, to, &self.budget)),
            (Some((from, to)), None) => marked::published(self.reader.columns(), from, to, &self.budget),
        }
    }

    fn present(&self, fields: &SharedFields, field: Field) -> Box<dyn Engine> {
        self.term(Term::from_field_u64(fields.exact, present_hash(field)))
    }

    fn whole(&self, field: engine::Field, text: &str) -> Box<dyn Engine> {
        self.term(Term::from_field_text(field, text))
    }

    fn term(&self, term: Term) -> Box<dyn Engine> {
        self.words(vec![term], false)
    }

    /// Records that hold a word, which is any of these terms.
    fn words(&self, terms: Vec<Term>, ranked: bool) -> Box<dyn Engine> {
        Box::new(Words { words: vec![terms], ranked, budget: self.budget.clone() })
    }
}

/// The field and value of the first leaf: those of a test are all of one field.
fn first_leaf(query: &Query) -> (Option<Field>, &Value) {
    match &query.node {
        Node::Leaf(field, value) => (*field, value),
        Node::Not(part) | Node::Boost(part, _) | Node::Near(part, _) => first_leaf(part),
        Node::And(parts) | Node::Or(parts) | Node::AtLeast(_, parts) => {
            parts.first().map_or((None, &Value::Any), first_leaf)
        }
    }
}

/// The leaf that stands for too many words, as a query has it.
fn vaguest(query: &Query, asked: Asked<'_>) -> String {
    let mut found = None;
    query.each_leaf(&mut |leaf, _, _| {
        let too_many =
            |test: &WordTest| match terms((asked.searcher, &Forms::default()), asked.field, test, &Budget::new()) {
                Err(Refused::TooMany) => Err(()),
                _ => Ok(()),
            };
        if found.is_none() && unit_of(leaf, asked.running).is_some_and(|unit| unit.try_map(&mut { too_many }).is_err())
        {
            found = Some(leaf.to_string());
        }
    });
    found.unwrap_or_else(|| query.to_string())
}

fn shared_place(fields: &SharedFields, field: Field) -> Option<engine::Field> {
    match field {
        Field::Outlet => Some(fields.outlet),
        Field::Section => Some(fields.section),
        Field::Lang => Some(fields.lang),
        _ => None,
    }
}

/// The first and the last id that begin with these digits.
fn ids(digits: &str) -> Option<(u64, u64)> {
    let first = format!("{digits:0<16}");
    let last = format!("{digits:f<16}");
    Some((u64::from_str_radix(&first, 16).ok()?, u64::from_str_radix(&last, 16).ok()?))
}

fn kind_name(kind: KindValue) -> &'static str {
    match kind {
        KindValue::Direct => "direct",
        KindValue::Mixed => "mixed",
        KindValue::Indirect => "indirect",
    }
}
