//! Copies among what a question finds, put together: one hit for each group, and how many it stands for.
//!
//! Which records are copies was found when they were indexed. A group stands where the first of its hits in the order
//! stands, and is shown by it; the others are left out before anything is counted or given, so that pages, totals and streams
//! need to know nothing of groups.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use tantivy::columnar::StrColumn;
use tantivy::query::{BooleanQuery, EnableScoring, Occur, Query as Engine};
use tantivy::schema::Field;
use tantivy::{DocId, Score, Searcher};

use crate::text::id::Id;

use super::ask::{Ask, Grouping, Sort};
use super::budget::{Budget, guarded};
use super::collect::{Keys, Ranker, UNDATED};
use super::denied::denied;
use super::duplicates::Copies;
use super::error::Error;
use super::hit::{Repeats, Stands};
use super::marked::one_of;
use super::opened::Columns;
use super::schema::column;

/// What a question finds, with its copies put together.
pub(super) struct Grouped {
    /// The question, of which only one hit of each group is left.
    pub(super) query: Box<dyn Engine>,
    pub(super) groups: Groups,
}

/// What hits stand for, by their ids; nothing, where copies are not put together.
#[derive(Default)]
pub(super) struct Groups(Option<HashMap<u64, Repeats>>);

impl Grouped {
    /// A question of which nothing is put together.
    pub(super) fn not(query: Box<dyn Engine>) -> Self {
        Self { query, groups: Groups(None) }
    }
}

impl Groups {
    /// Tells a hit what it stands for.
    pub(super) fn tell(&self, id: u64, hit: &mut impl Stands) {
        if let Some(groups) = &self.0 {
            hit.stand_for(groups.get(&id).copied());
        }
    }
}

/// The hits of one group.
struct Group {
    /// The place in the order, and the id, of the hit that comes first.
    best: (u64, u64, u64),
    count: u64,
    /// Segments and ordinals.
    outlets: BTreeSet<(u32, u64)>,
}

/// Puts together the copies among the hits of `query` in the index in `dir`: `ids` is the field of the ids of its records, where
/// these are terms.
pub(super) fn group(
    dir: &Path,
    (searcher, columns): (&Searcher, &Columns),
    query: Box<dyn Engine>,
    copies: &Copies,
    (ask, ranked): (&Ask, Option<u32>),
    ids: Option<Field>,
) -> Result<Grouped, Error> {
    let groups = match ask.group {
        Grouping::None => return Ok(Grouped::not(query)),
        Grouping::Exact => &copies.exact,
        Grouping::Near => &copies.near,
    };
    if groups.pairs().is_empty() {
        return Ok(Grouped { query, groups: Groups(Some(HashMap::new())) });
    }
    let first_of = |id: u64| groups.first_of(id);
    let found = find((searcher, columns), &*query, &first_of, (ask.sort, ranked));
    let Found { groups, mut members } = found.map_err(Error::engine(dir))?;
    members.retain(|(member, first)| groups.get(first).is_some_and(|group| group.best.2 != *member));
    let hidden: Vec<u64> = members.into_iter().map(|(member, _)| member).collect();
    let mut repeats = HashMap::new();
    for (first, group) in groups {
        let outlets = names(searcher, &group.outlets).map_err(Error::engine(dir))?.len() as u64;
        repeats.insert(group.best.2, Repeats { first: Id(first), count: group.count, outlets });
    }
    if hidden.is_empty() {
        return Ok(Grouped { query, groups: Groups(Some(repeats)) });
    }
    let budget = Budget::new();
    let hidden = denied(one_of(ids, (columns, column::ID), hidden, &budget));
    let query = BooleanQuery::new(vec![(Occur::Must, query), (Occur::MustNot, hidden)]);
    Ok(Grouped { query: guarded(Box::new(query), budget), groups: Groups(Some(repeats)) })
}

struct Found {
    /// By the first of their copies.
    groups: BTreeMap<u64, Group>,
    /// All hits that have copies, each with the first of them.
    members: Vec<(u64, u64)>,
}

fn find(
    (searcher, columns): (&Searcher, &Columns),
    query: &dyn Engine,
    first_of: &dyn Fn(u64) -> Option<u64>,
    (sort, ranked): (Sort, Option<u32>),
) -> tantivy::Result<Found> {
    let scored = sort == Sort::Score && ranked.is_some();
    let scoring = match scored {
        true => EnableScoring::enabled_from_searcher(searcher),
        false => EnableScoring::disabled_from_searcher(searcher),
    };
    let weight = query.weight(scoring)?;
    let mut found = Found { groups: BTreeMap::new(), members: Vec::new() };
    for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
        let keys = Keys::open(columns, segment)?;
        let outlets: Option<StrColumn> = columns.text(segment, column::OUTLET)?;
        let ranker = Ranker::new(&*weight, segment, ranked.unwrap_or(0));
        let mut take = |doc: DocId, score: Score| {
            if segment.is_deleted(doc) {
                return;
            }
            let id = keys.id(doc);
            let Some(first) = first_of(id) else { return };
            let day = keys.day(doc);
            let newest = day.map_or(UNDATED, |day| !day);
            let best = match sort {
                Sort::Score if scored => (ranker.rank(doc, score), newest, id),
                Sort::Date => (day.unwrap_or(UNDATED), newest, id),
                Sort::Id => (0, 0, id),
                Sort::Score | Sort::DateDescending | Sort::Outlet | Sort::Speaker => (0, newest, id),
            };
            found.members.push((id, first));
            let group = found.groups.entry(first).or_insert(Group { best, count: 0, outlets: BTreeSet::new() });
            group.best = group.best.min(best);
            group.count += 1;
            if let Some(outlet) = outlets.as_ref().and_then(|outlets| outlets.ords().first(doc)) {
                group.outlets.insert((ordinal, outlet));
            }
        };
        match scored {
            true => weight.for_each(segment, &mut take)?,
            false => {
                weight.for_each_no_score(segment, &mut |docs| docs.iter().for_each(|&doc| take(doc, 0.0)))?;
            }
        }
    }
    Ok(found)
}

/// The names of these outlets, each once.
fn names(searcher: &Searcher, outlets: &BTreeSet<(u32, u64)>) -> tantivy::Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for &(segment, ordinal) in outlets {
        let mut name = String::new();
        if let Some(column) = searcher.segment_reader(segment).fast_fields().str(column::OUTLET)?
            && column.ord_to_str(ordinal, &mut name)?
        {
            names.insert(name);
        }
    }
    Ok(names)
}
