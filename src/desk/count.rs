//! Counting what answers a question, by who said it, where and when, and how that compares with how much there is.
//!
//! Numbers are exact, and speakers are people: the names that the file of speakers gives one person count together, and so
//! do the spellings of one name.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::index::hit::CountHit;
use crate::index::{self, Ask, Counts, Facet, Identity, Reader, Records, Sort};
use crate::query::ast::{Field, Node, Query};
use crate::text::name::key;

use super::question::Wish;
use super::speakers::apply::spellings_with_roles;
use super::speakers::roles;
use super::stream::Asked;

/// What is to be counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counting {
    /// Quotations or articles.
    pub records: Records,
    /// By what, in this order.
    pub by: Vec<Facet>,
    /// Whether to say how many articles there are to compare with.
    pub per_articles: bool,
}

/// What was counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Where the first facet is a stretch of time, in its order; else the largest number first.
    pub rows: Vec<CountHit>,
    /// How many answer the question in all, each counted once.
    pub total: u64,
}

impl Asked<'_> {
    /// How many answer the question, of each value of the facets.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn count(self, reader: &Reader, wish: Wish, counting: &Counting) -> Result<Tally, index::Error> {
        let Counting { records, by, per_articles } = counting;
        let (query, ask) = self.put(reader, *records, Wish { sort: Some(Sort::Id), ..wish }, 0)?;
        let identity = |name: &str| key(self.speakers.shown(name));
        let counts = self.counts(reader, (*records, query.as_ref()), by, &ask, &identity)?;
        let total = counts.total;
        let mut rows = rows(counts, by, self);
        if *per_articles {
            let place = |facet: &Facet| facet.is_of_article();
            let shared: Vec<Facet> = by.iter().copied().filter(place).collect();
            let scope = self.question.and_then(|question| scope(question.query()));
            let all = reader.counts(Records::Articles, scope.as_ref(), &shared, &ask, &identity)?;
            for row in &mut rows {
                let values = row.values.iter().zip(by).filter(|(_, facet)| place(facet));
                let values: Vec<Option<String>> = values.map(|(value, _)| value.clone()).collect();
                let articles =
                    if shared.is_empty() { all.total } else { all.groups.get(&values).copied().unwrap_or(0) };
                row.articles = Some(articles);
            }
        }
        Ok(Tally { rows, total })
    }

    /// What the index counts, with the roles that the file of speakers gives in the places of those in articles.
    fn counts(
        self,
        reader: &Reader,
        (records, query): (Records, Option<&Query>),
        by: &[Facet],
        ask: &Ask,
        identity: Identity<'_>,
    ) -> Result<Counts, index::Error> {
        let count = |query: Option<&Query>| reader.counts(records, query, by, ask, identity);
        if records == Records::Articles || !by.contains(&Facet::Role) {
            return count(query);
        }
        let spellings = spellings_with_roles(self.speakers, reader)?;
        let Some(covered) = roles::covered(self.speakers, &spellings) else { return count(query) };
        let and = |part: Query| {
            let span = part.span;
            let parts = query.cloned().into_iter().chain([part]).collect();
            Query { node: Node::And(parts), span }
        };
        let span = covered.span;
        let mut counts = count(Some(&and(Query { node: Node::Not(Box::new(covered)), span })))?;
        for (role, test) in roles::given(self.speakers, &spellings) {
            let shown = |(value, facet): (Option<String>, &Facet)| match facet {
                Facet::Role => Some(role.to_owned()),
                _ => value,
            };
            let of_role = count(Some(&and(test)))?;
            counts.total += of_role.total;
            for (values, times) in of_role.groups {
                *counts.groups.entry(values.into_iter().zip(by).map(shown).collect()).or_default() += times;
            }
            for (identity, names) in of_role.names {
                let all = counts.names.entry(identity).or_default();
                names.into_iter().for_each(|(name, times)| *all.entry(name).or_default() += times);
            }
        }
        Ok(counts)
    }
}

fn rows(counts: Counts, by: &[Facet], asked: Asked<'_>) -> Vec<CountHit> {
    // Of each person the name that the file shows, else the one that is written most.
    let shown: BTreeMap<&String, String> = counts
        .names
        .iter()
        .map(|(identity, names)| {
            let most = names.iter().max_by_key(|(name, times)| (**times, Reverse(*name))).map_or("", |(name, _)| name);
            (identity, asked.speakers.shown(most).to_owned())
        })
        .collect();
    let hit = |(values, count): (&Vec<Option<String>>, &u64)| {
        let value = |(value, facet): (&Option<String>, &Facet)| match (value, facet) {
            (Some(identity), Facet::Speaker) => Some(shown.get(identity).unwrap_or(identity).clone()),
            (value, _) => value.clone(),
        };
        CountHit { values: values.iter().zip(by).map(value).collect(), count: *count, articles: None }
    };
    let mut rows: Vec<CountHit> = counts.groups.iter().map(hit).collect();
    let in_time = |row: &CountHit, place: usize| {
        let time = by.get(place).is_some_and(|facet| facet.is_time());
        let value = row.values.get(place).filter(|_| time).cloned();
        // What has no day comes last.
        value.map(|value| (value.is_none(), value))
    };
    rows.sort_by_cached_key(|row| {
        let nameless: Vec<bool> = row.values.iter().map(Option::is_none).collect();
        let second = in_time(row, 0).and_then(|_| in_time(row, 1));
        (in_time(row, 0), second, Reverse(row.count), nameless, row.values.clone())
    });
    rows
}

/// What the question asks of the part of the archive that articles stand in (outlet, section, writer, language, day, place),
/// beside all else: the articles to compare with.
fn scope(query: &Query) -> Option<Query> {
    let parts = match &query.node {
        Node::And(parts) => parts.iter().filter(|part| is_scope(part)).cloned().collect(),
        _ if is_scope(query) => vec![query.clone()],
        _ => Vec::new(),
    };
    match parts.as_slice() {
        [] => None,
        [part] => Some(part.clone()),
        _ => Some(Query { node: Node::And(parts), span: query.span }),
    }
}

fn is_scope(query: &Query) -> bool {
    match &query.node {
        Node::And(parts) | Node::Or(parts) => parts.iter().all(is_scope),
        Node::Not(part) => is_scope(part),
        Node::AtLeast(_, parts) => parts.len() > 1 && parts.iter().all(is_scope),
        // A distance holds units of one field, a weight one leaf.
        Node::Boost(part, _) | Node::Near(part, _) => is_scope(part),
        Node::Leaf(Some(field), _) => matches!(
            field,
            Field::Outlet
                | Field::Section
                | Field::Byline
                | Field::Lang
                | Field::Date
                | Field::Path
                | Field::Url
                | Field::Batch
        ),
        Node::Leaf(None, _) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query;

    #[test]
    fn only_what_is_asked_of_articles_is_compared_with() {
        let cases = [
            ("tide", None),
            ("tide outlet:Post", Some("outlet:Post")),
            ("outlet:Post", Some("outlet:Post")),
            ("tide date:2014 -outlet:Post speaker:Lund", Some("date:2014 -outlet:Post")),
            ("tide (date:2014 OR outlet:Post)", Some("date:2014 OR outlet:Post")),
            ("tide section:Sport -lang:de", Some("section:Sport -lang:de")),
            ("tide path:2014 url:example.org batch:2", Some("path:2014 url:example.org batch:2")),
            ("tide outlet:(harbour^2 w/2 post) byline:Osei", Some("outlet:(harbour^2 w/2 post) byline:Osei")),
            ("tide words:>500 mentions:2014 title:gale hlead:gale speaker:*", None),
            ("tide OR outlet:Post", None),
            ("tide (outlet:Post OR speaker:Lund)", None),
        ];
        for (text, expected) in cases {
            let query = query::parse(text).expect("it is a query");
            assert_eq!(scope(&query).map(|query| query.to_string()).as_deref(), expected, "{text}");
        }
    }
}
