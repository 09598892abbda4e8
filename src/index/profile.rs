//! What the quotations say of each name they are stored under: how many, in which outlets and articles, on which days.
//!
//! Read from columns, in one pass, without opening a record. That two names may be one person is not known here.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::query::{BooleanQuery, Occur, Query as Engine, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader, Term};

use crate::query::ast::Query;
use crate::text::day::Day;

use super::ask::Ask;
use super::collect::Speakers;
use super::error::Error;
use super::opened::Columns;
use super::read::Reader;
use super::schema::{QUOTES, column};

/// The quotations stored under one name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// How many.
    pub quotes: u64,
    /// How many in each outlet.
    pub outlets: BTreeMap<String, u64>,
    /// How many on each day of publication; of a date that is a month or a year, on its first.
    pub days: BTreeMap<Day, u64>,
    /// Ids of the articles.
    pub articles: BTreeSet<u64>,
}

impl Profile {
    /// This and the other together.
    pub fn absorb(&mut self, other: Self) {
        self.quotes += other.quotes;
        for (outlet, quotes) in other.outlets {
            *self.outlets.entry(outlet).or_default() += quotes;
        }
        for (day, quotes) in other.days {
            *self.days.entry(day).or_default() += quotes;
        }
        self.articles.extend(other.articles);
    }
}

impl Reader {
    /// How many of the quotations that `query` asks for (without one, of all) are stored under each name.
    pub fn speaker_counts(&self, query: Option<&Query>, ask: &Ask) -> Result<BTreeMap<String, u64>, Error> {
        let compiled = self.compiled_quotes(query, ask)?;
        self.quote_searcher()?.search(&*compiled, &Speakers(self.columns().clone())).map_err(Error::engine(self.dir()))
    }

    /// What the quotations that `query` asks for (without one, all) say of each name that they are stored under.
    pub fn profiles(&self, query: Option<&Query>, ask: &Ask) -> Result<BTreeMap<String, Profile>, Error> {
        let compiled = self.compiled_quotes(query, ask)?;
        self.quote_searcher()?.search(&*compiled, &Profiles).map_err(Error::engine(self.dir()))
    }

    /// The names that quotations are stored under and that hold each of these words (folded, as analysis gives them),
    /// in order; without a word, none.
    pub fn names_with(&self, words: &[String]) -> Result<Vec<String>, Error> {
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let clause = |word: &String| -> (Occur, Box<dyn Engine>) {
            let term = Term::from_field_text(QUOTES.speaker, word);
            (Occur::Must, Box::new(TermQuery::new(term, IndexRecordOption::Basic)))
        };
        let query = BooleanQuery::new(words.iter().map(clause).collect());
        let names = self
            .quote_searcher()?
            .search(&query, &Speakers(self.columns().clone()))
            .map_err(Error::engine(self.dir()))?;
        Ok(names.into_keys().collect())
    }
}

struct Profiles;

impl Collector for Profiles {
    type Fruit = BTreeMap<String, Profile>;
    type Child = ProfilesOfSegment;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<ProfilesOfSegment> {
        let columns = segment.fast_fields();
        Ok(ProfilesOfSegment {
            names: columns.str(column::SPEAKER)?,
            outlets: columns.str(column::OUTLET)?,
            days: columns.column_opt(column::FIRST_DAY)?,
            articles: Columns::default().u64(segment, column::ARTICLE)?,
            found: BTreeMap::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(
        &self,
        fruits: Vec<tantivy::Result<Vec<(String, Profile)>>>,
    ) -> tantivy::Result<BTreeMap<String, Profile>> {
        let mut all: BTreeMap<String, Profile> = BTreeMap::new();
        for fruit in fruits {
            for (name, profile) in fruit? {
                all.entry(name).or_default().absorb(profile);
            }
        }
        Ok(all)
    }
}

#[derive(Default)]
struct Found {
    quotes: u64,
    /// By the ordinals of the segment.
    outlets: BTreeMap<u64, u64>,
    days: BTreeMap<Day, u64>,
    articles: BTreeSet<u64>,
}

struct ProfilesOfSegment {
    names: Option<StrColumn>,
    outlets: Option<StrColumn>,
    days: Option<Column<i64>>,
    articles: Column<u64>,
    found: BTreeMap<u64, Found>,
}

impl SegmentCollector for ProfilesOfSegment {
    type Fruit = tantivy::Result<Vec<(String, Profile)>>;

    fn collect(&mut self, doc: DocId, _: Score) {
        let Some(name) = self.names.as_ref().and_then(|names| names.ords().first(doc)) else { return };
        let found = self.found.entry(name).or_default();
        found.quotes += 1;
        if let Some(outlet) = self.outlets.as_ref().and_then(|outlets| outlets.ords().first(doc)) {
            *found.outlets.entry(outlet).or_default() += 1;
        }
        let day = self.days.as_ref().and_then(|days| days.first(doc)).and_then(|day| i32::try_from(day).ok());
        if let Some(day) = day {
            *found.days.entry(Day::from_number(day)).or_default() += 1;
        }
        found.articles.extend(self.articles.first(doc));
    }

    fn harvest(self) -> Self::Fruit {
        let Some(names) = self.names else { return Ok(Vec::new()) };
        let text = |column: &StrColumn, ordinal: u64| {
            let mut text = String::new();
            column.ord_to_str(ordinal, &mut text).map(|_| text)
        };
        let mut profiles = Vec::with_capacity(self.found.len());
        for (name, found) in self.found {
            let mut outlets = BTreeMap::new();
            if let Some(column) = &self.outlets {
                for (outlet, quotes) in found.outlets {
                    outlets.insert(text(column, outlet)?, quotes);
                }
            }
            let Found { quotes, days, articles, .. } = found;
            profiles.push((text(&names, name)?, Profile { quotes, outlets, days, articles }));
        }
        Ok(profiles)
    }
}
