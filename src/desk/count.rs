//! Counting what answers a question, by who said it, where and when, and how that compares with how much there is.
//!
//! Numbers are exact, and speakers are people: the names that the file of speakers gives one person count together, and so
//! do the spellings of one name.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::archive::speakers::Person;
use crate::index::hit::CountHit;
use crate::index::{self, Ask, Counts, Facet, Identity, Reader, Records, Sort};
use crate::query::ast::{Field, Node, Query};
use crate::text::day::PartialDate;
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
        let mut counts = reader.counts(records, query, by, ask, identity)?;
        if records == Records::Articles || !by.contains(&Facet::Role) {
            return Ok(counts);
        }
        let spellings = spellings_with_roles(self.speakers, reader)?;
        let Some(spoken) = roles::spoken_by_any(self.speakers, &spellings) else { return Ok(counts) };
        let span = spoken.span;
        let theirs = Query { node: Node::And(query.cloned().into_iter().chain([spoken]).collect()), span };
        // Which role is shown is told by who speaks and when; to ask the index for each role would take it ever longer.
        let finer: Vec<Facet> = by.iter().copied().chain([Facet::Speaker, Facet::Day]).collect();
        let theirs = reader.counts(records, Some(&theirs), &finer, ask, identity)?;
        let people: BTreeMap<String, &Person> =
            roles::people(self.speakers).map(|person| (identity(&person.name), person)).collect();
        for (mut values, times) in theirs.groups {
            let (day, speaker) = (values.pop().flatten(), values.pop().flatten());
            let date = day.and_then(|day| PartialDate::parse(&day));
            let person = speaker.and_then(|speaker| people.get(&speaker));
            let Some(role) = person.zip(date).and_then(|(person, date)| person.role_on(date)) else { continue };
            if let Some(count) = counts.groups.get_mut(&values) {
                *count = count.saturating_sub(times);
                if *count == 0 {
                    counts.groups.remove(&values);
                }
            }
            let places = values.iter_mut().zip(by).filter(|(_, facet)| **facet == Facet::Role);
            places.for_each(|(value, _)| *value = Some(role.to_owned()));
            *counts.groups.entry(values).or_default() += times;
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
