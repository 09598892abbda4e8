//! How many of the records that match there are of each speaker, outlet, day and so on: exact, from columns, no record opened.
//!
//! Names are brought together by whoever asks, since who is who is not known here. A date is counted under what is known of it:
//! by month, an article of which only the year is known counts under that year.

use std::collections::{BTreeMap, HashMap};

use tantivy::columnar::{Column, StrColumn};
use tantivy::error::DataCorruption;
use tantivy::query::{EnableScoring, Query as Engine, Weight};
use tantivy::{DocId, Searcher, SegmentReader};

use crate::query::ast::Query;
use crate::text::day::{Day, PartialDate};

use super::ask::Ask;
use super::budget::Budget;
use super::carried::carried;
use super::columns::{self, Published};
use super::error::Error;
use super::marked::one_of;
use super::opened::Columns;
use super::read::Reader;
use super::schema::{ARTICLES, column};

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Records {
    /// Quotations.
    Quotes,
    /// Articles.
    Articles,
}

/// What records are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Facet {
    /// Who said it; an article counts for each who speaks in it.
    Speaker,
    /// The outlet.
    Outlet,
    /// The section.
    Section,
    /// Who wrote the article.
    Byline,
    /// How a quotation is set; of quotations only.
    Kind,
    /// The speaker's role, as the article has it; of quotations only.
    Role,
    /// The year of publication.
    Year,
    /// The month.
    Month,
    /// The day.
    Day,
}

impl Facet {
    /// All of them with their names.
    pub const NAMED: [(&str, Self); 9] = [
        ("speaker", Self::Speaker),
        ("outlet", Self::Outlet),
        ("section", Self::Section),
        ("byline", Self::Byline),
        ("kind", Self::Kind),
        ("role", Self::Role),
        ("year", Self::Year),
        ("month", Self::Month),
        ("day", Self::Day),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::NAMED.iter().find(|(_, facet)| *facet == self).map_or("", |(name, _)| name)
    }

    /// Whether it is a stretch of time.
    pub fn is_time(self) -> bool {
        matches!(self, Self::Year | Self::Month | Self::Day)
    }

    /// Whether only quotations have it.
    pub fn is_of_quotes(self) -> bool {
        matches!(self, Self::Kind | Self::Role)
    }

    /// Whether an article has one of it, so that articles can be counted by it to compare with.
    pub fn is_of_article(self) -> bool {
        !matches!(self, Self::Kind | Self::Role | Self::Speaker)
    }
}

/// What names of one speaker have in common, made of each name.
pub type Identity<'a> = &'a dyn Fn(&str) -> String;

/// Numbers of records by the values of some facets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// By values, in the order of the facets asked for; `None` where a record has none. Speakers are under their identity.
    pub groups: BTreeMap<Vec<Option<String>>, u64>,
    /// How many records there are in all, each counted once.
    pub total: u64,
    /// The names of each identity, with the number of times that each was counted.
    pub names: BTreeMap<String, BTreeMap<String, u64>>,
}

impl Reader {
    /// How many of the records that `query` asks for (without one, of all) there are of each value of these facets.
    /// A facet that such records do not have has no value.
    pub fn counts(
        &self,
        records: Records,
        query: Option<&Query>,
        by: &[Facet],
        ask: &Ask,
        identity: Identity<'_>,
    ) -> Result<Counts, Error> {
        let (searcher, compiled) = match records {
            Records::Quotes => (self.quote_searcher()?, self.compiled_quotes(query, ask)?),
            Records::Articles => (self.article_searcher()?, self.compiled_articles(query, ask)?),
        };
        count((searcher, self.columns()), &*compiled, records, by, identity).map_err(Error::engine(self.dir()))
    }
}

impl Reader {
    /// In how many of these articles each speaker is quoted.
    pub fn speakers_in(&self, articles: Vec<u64>, identity: Identity<'_>) -> Result<Counts, Error> {
        let query = one_of(Some(ARTICLES.id), (self.columns(), column::ID), articles, &Budget::new());
        count((self.article_searcher()?, self.columns()), &*query, Records::Articles, &[Facet::Speaker], identity)
            .map_err(Error::engine(self.dir()))
    }
}

fn count(
    (searcher, columns): (&Searcher, &Columns),
    query: &dyn Engine,
    records: Records,
    by: &[Facet],
    identity: Identity<'_>,
) -> tantivy::Result<Counts> {
    let mut counts = Counts::default();
    let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
    for segment in searcher.segment_readers() {
        if by.is_empty() {
            counts.total += u64::from(weight.count(segment)?);
            continue;
        }
        let mut keys: Vec<Keys<'_>> = by
            .iter()
            .map(|facet| Keys::open(*facet, records, (segment, columns), identity))
            .collect::<Result<_, _>>()?;
        if let [Keys::Text(texts)] = keys.as_slice() {
            counts.add_texts(&*weight, segment, texts)?;
            continue;
        }
        let mut groups: HashMap<Vec<u64>, u64> = HashMap::new();
        let mut values: Vec<Vec<u64>> = vec![Vec::new(); keys.len()];
        let mut failed = None;
        weight.for_each_no_score(segment, &mut |docs| {
            for &doc in docs.iter().filter(|&&doc| !segment.is_deleted(doc)) {
                counts.total += 1;
                for (keys, values) in keys.iter_mut().zip(&mut values) {
                    if let Err(error) = keys.read(doc, values) {
                        failed.get_or_insert(error);
                    }
                }
                each_of(&values, &mut Vec::new(), &mut |group| match groups.get_mut(group) {
                    Some(count) => *count += 1,
                    None => {
                        groups.insert(group.to_vec(), 1);
                    }
                });
            }
        })?;
        if let Some(error) = failed {
            return Err(error);
        }
        #[expect(clippy::iter_over_hash_type, reason = "a sum is the same in any order")]
        for (group, count) in groups {
            let named: Vec<Option<String>> =
                group.iter().zip(&keys).map(|(&value, keys)| keys.name(value)).collect::<Result<_, _>>()?;
            *counts.groups.entry(named).or_default() += count;
        }
        for keys in &keys {
            if let Keys::People(people) = keys {
                people.add_names(&mut counts.names)?;
            }
        }
    }
    Ok(counts)
}

impl Counts {
    /// Adds how many of the records of a segment there are of each text of one column.
    fn add_texts(&mut self, weight: &dyn Weight, segment: &SegmentReader, texts: &StrColumn) -> tantivy::Result<()> {
        let mut counts = vec![0_u64; texts.num_terms()];
        let (mut all, mut without, mut found) = (0, 0, Vec::new());
        let deletes = segment.has_deletes();
        weight.for_each_no_score(segment, &mut |docs| {
            found.resize(docs.len(), None);
            texts.ords().first_vals(docs, &mut found);
            for (doc, ordinal) in docs.iter().zip(&found) {
                if deletes && segment.is_deleted(*doc) {
                    continue;
                }
                all += 1;
                match ordinal.and_then(|ordinal| counts.get_mut(usize::try_from(ordinal).ok()?)) {
                    Some(count) => *count += 1,
                    None => without += 1,
                }
            }
        })?;
        self.total += all;
        if without > 0 {
            *self.groups.entry(vec![None]).or_default() += without;
        }
        let (ordinals, counts): (Vec<u64>, Vec<u64>) = (0..).zip(counts).filter(|(_, count)| *count > 0).unzip();
        let mut counts = counts.into_iter();
        // Ordinals are in the order of the texts: these are read in one go.
        let mut readable = true;
        let whole = texts.dictionary().sorted_ords_to_term_cb(&ordinals, |text| match str::from_utf8(text) {
            Ok(text) => {
                *self.groups.entry(vec![Some(text.to_owned())]).or_default() += counts.next().unwrap_or_default();
            }
            Err(_) => readable = false,
        })?;
        match whole && readable {
            true => Ok(()),
            false => Err(DataCorruption::comment_only("a column has a text that its dictionary lacks").into()),
        }
    }
}

/// Calls `each` with every choice of one value of each facet; a facet without values has the choice of none.
fn each_of(values: &[Vec<u64>], chosen: &mut Vec<u64>, each: &mut dyn FnMut(&[u64])) {
    match values.split_first() {
        None => each(chosen),
        Some((first, rest)) => {
            for &value in if first.is_empty() { &[NONE][..] } else { first } {
                chosen.push(value);
                each_of(rest, chosen, each);
                chosen.pop();
            }
        }
    }
}

/// No value.
const NONE: u64 = u64::MAX;

/// How the records of a segment get their values of one facet, as numbers.
enum Keys<'a> {
    /// They have none.
    Nothing,
    /// Ordinals.
    Text(StrColumn),
    /// Ordinals of what quotations have from the first of their article, of which one may stand for none.
    Carried { texts: StrColumn, ordinals: Column<u64>, none: Option<u64> },
    /// Numbers of identities.
    People(People<'a>),
    /// Days and what is known of them.
    Time { facet: Facet, published: Published },
}

impl<'a> Keys<'a> {
    fn open(
        facet: Facet,
        records: Records,
        (segment, columns): (&SegmentReader, &Columns),
        identity: Identity<'a>,
    ) -> tantivy::Result<Self> {
        let name = match (facet, records) {
            (Facet::Speaker, _) => {
                let people =
                    columns.text(segment, column::SPEAKER)?.map(|names| Self::People(People::new(names, identity)));
                return Ok(people.unwrap_or(Self::Nothing));
            }
            (Facet::Year | Facet::Month | Facet::Day, _) => {
                return Ok(Self::Time { facet, published: Published::open(columns, segment)? });
            }
            (Facet::Outlet, _) => column::OUTLET,
            (Facet::Section, _) => columns::SECTION,
            (Facet::Byline, _) => columns::BYLINE,
            (Facet::Kind, Records::Quotes) => columns::KIND,
            (Facet::Role, Records::Quotes) => columns::ROLE,
            (Facet::Kind | Facet::Role, Records::Articles) => return Ok(Self::Nothing),
        };
        let Some(texts) = columns.text(segment, name)? else { return Ok(Self::Nothing) };
        Ok(match (facet, records) {
            (Facet::Section | Facet::Byline, Records::Quotes) => {
                let (ordinals, none) = (carried(texts.ords().clone()), texts.dictionary().term_ord("")?);
                Self::Carried { texts, ordinals, none }
            }
            _ => Self::Text(texts),
        })
    }

    /// Puts the values of a record in place of those that were there, each once.
    fn read(&mut self, doc: DocId, values: &mut Vec<u64>) -> tantivy::Result<()> {
        values.clear();
        match self {
            Self::Nothing => {}
            Self::Text(texts) => values.extend(texts.ords().first(doc)),
            Self::Carried { ordinals, none, .. } => {
                values.extend(ordinals.first(doc).filter(|ord| Some(*ord) != *none))
            }
            Self::People(people) => people.read(doc, values)?,
            Self::Time { facet, published } => {
                values.extend(published.days(doc).map(|(first, last)| pack(*facet, first, last)));
            }
        }
        Ok(())
    }

    fn name(&self, value: u64) -> tantivy::Result<Option<String>> {
        if value == NONE {
            return Ok(None);
        }
        Ok(match self {
            Self::Nothing => None,
            Self::Text(texts) | Self::Carried { texts, .. } => {
                let mut text = String::new();
                texts.ord_to_str(value, &mut text)?;
                Some(text)
            }
            Self::People(people) => people.identity_of(value),
            Self::Time { .. } => unpack(value),
        })
    }
}

/// The speakers of a segment, numbered as they are met.
struct People<'a> {
    names: StrColumn,
    identity: Identity<'a>,
    /// Of each ordinal that was met, the number of the identity, and how often it was met.
    met: HashMap<u64, (u64, u64)>,
    numbers: HashMap<String, u64>,
    identities: Vec<String>,
}

impl<'a> People<'a> {
    fn new(names: StrColumn, identity: Identity<'a>) -> Self {
        Self { names, identity, met: HashMap::new(), numbers: HashMap::new(), identities: Vec::new() }
    }

    fn read(&mut self, doc: DocId, values: &mut Vec<u64>) -> tantivy::Result<()> {
        for ordinal in self.names.ords().values_for_doc(doc) {
            let number = match self.met.get_mut(&ordinal) {
                Some((number, times)) => {
                    *times += 1;
                    *number
                }
                None => {
                    let identity = (self.identity)(&self.name(ordinal)?);
                    let next = self.identities.len() as u64;
                    let number = *self.numbers.entry(identity.clone()).or_insert(next);
                    if number == next {
                        self.identities.push(identity);
                    }
                    self.met.insert(ordinal, (number, 1));
                    number
                }
            };
            if !values.contains(&number) {
                values.push(number);
            }
        }
        Ok(())
    }

    fn name(&self, ordinal: u64) -> tantivy::Result<String> {
        let mut name = String::new();
        self.names.ord_to_str(ordinal, &mut name)?;
        Ok(name)
    }

    fn identity_of(&self, number: u64) -> Option<String> {
        usize::try_from(number).ok().and_then(|number| self.identities.get(number)).cloned()
    }

    /// Adds the names that were met, by their identities, with how often each was.
    fn add_names(&self, all: &mut BTreeMap<String, BTreeMap<String, u64>>) -> tantivy::Result<()> {
        #[expect(clippy::iter_over_hash_type, reason = "a sum is the same in any order")]
        for (&ordinal, &(number, times)) in &self.met {
            let names = all.entry(self.identity_of(number).unwrap_or_default()).or_default();
            *names.entry(self.name(ordinal)?).or_default() += times;
        }
        Ok(())
    }
}

/// What is known of a date, and no more than is asked for, as one number: year, month or 0, day or 0.
pub(super) fn pack(facet: Facet, first: Day, last: Day) -> u64 {
    let (year, month, day) = (first.year(), first.month(), first.day());
    let (has_month, has_day) = ((last.year(), last.month()) == (year, month), first == last);
    let month = if has_month && facet != Facet::Year { month } else { 0 };
    let day = if has_day && facet == Facet::Day { day } else { 0 };
    (u64::from(year.cast_unsigned()) << 16) | u64::from(month << 8) | u64::from(day)
}

pub(super) fn unpack(value: u64) -> Option<String> {
    let year = u32::try_from(value >> 16).ok()?.cast_signed();
    let (month, day) = (u32::try_from((value >> 8) & 0xff).ok()?, u32::try_from(value & 0xff).ok()?);
    let date = match (month, day) {
        (0, _) => PartialDate::Year(year),
        (month, 0) => PartialDate::Month(year, month),
        (month, day) => PartialDate::Day(Day::new(year, month, day)?),
    };
    Some(date.to_string())
}
