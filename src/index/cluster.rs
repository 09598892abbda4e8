//! Finds the records that are copies of one another, when a run publishes its last generation.
//!
//! Only what the run brought is compared: with all that shares a number of its sketch. Groups of which a record was
//! removed or replaced are taken apart and found anew, so that what is found never depends on the order in which an
//! archive was indexed. Two records are in one group where a chain of pairs leads from one to the other, each pair alike
//! (single linkage). The first of a group is that of the earliest day, then of the least id.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet, VecDeque};
use std::ops::Range;

use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, Searcher, SegmentReader, TantivyError};

use crate::text::name;
use crate::text::sketch::Bins;

use super::collect::{Keys, UNDATED};
use super::columns;
use super::duplicates::{Copies, Groups};
use super::schema::column;
use super::union::Union;

/// Of records that share a number, each is compared with so many of the first and so many right before it: all pairs among few,
/// and no more than in proportion to them among many.
const COMPARED: usize = 6;

/// So many numbers of records are held at a time, 16 bytes each: the more there are, the more often all are read.
const HELD: u64 = 1 << 22;

/// So many numbers of a column are read at once.
const BLOCK: u32 = 1 << 10;

/// When two records are copies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alike {
    /// Articles: half of the bins agree, and at least four.
    Articles,
    /// Quotations: three eighths of the bins agree, and at least three, where a speaker of the same last name said both; else five
    /// eighths, and at least five.
    Quotes,
}

/// Finds the copies among the records of `searcher`, of which those of later generations than `since` are new: of the others, `before`
/// was found. Without it, all are new.
pub(super) fn copies(
    searcher: &Searcher,
    since: u64,
    before: Option<&Copies>,
    alike: Alike,
) -> tantivy::Result<Copies> {
    let archive = Archive::open(searcher, alike)?;
    let none = Copies::default();
    let known = before.unwrap_or(&none);
    let seen = archive.look(before.map(|_| since), known);
    let mut exact = archive.apart();
    let changed = seen.keep(&known.exact, &mut exact);
    archive.join(Numbers::Same, &changed, &|_| (), &|(), ()| true, &mut exact);
    let mut near = exact.clone();
    let exact = archive.groups(exact);
    let changed = seen.keep(&known.near, &mut near);
    archive.join(
        Numbers::Sketch,
        &changed,
        &|record| archive.facts(record),
        &|one, other| alike.holds(one, other),
        &mut near,
    );
    Ok(Copies { exact, near: archive.groups(near) })
}

/// Of what was found before, the groups of which no record was removed or replaced.
pub(super) fn still_whole(
    searcher: &Searcher,
    since: u64,
    before: Option<&Copies>,
    alike: Alike,
) -> tantivy::Result<Copies> {
    let Some(known) = before.filter(|known| **known != Copies::default()) else { return Ok(Copies::default()) };
    let archive = Archive::open(searcher, alike)?;
    let seen = archive.look(Some(since), known);
    let [exact, near] = [&known.exact, &known.near].map(|groups| {
        let mut union = archive.apart();
        seen.keep(groups, &mut union);
        archive.groups(union)
    });
    Ok(Copies { exact, near })
}

impl Alike {
    fn holds(self, one: &Facts, other: &Facts) -> bool {
        let (agree, of) = one.bins.agreement(&other.bins);
        match self {
            Self::Articles => agree >= 4 && agree * 2 >= of,
            Self::Quotes if agree >= 5 => agree * 8 >= of * 5,
            Self::Quotes => {
                let by_one = one.speaker.is_some() && one.speaker == other.speaker;
                by_one && agree >= 3 && agree * 8 >= of * 3
            }
        }
    }
}

/// By what a record is compared.
struct Facts {
    bins: Bins,
    /// A hash of the last name.
    speaker: Option<u64>,
}

/// What copies have in common.
#[derive(Clone, Copy)]
enum Numbers {
    /// What texts of the same words have.
    Same,
    /// What texts of much the same words mostly have.
    Sketch,
}

/// The columns of one segment.
struct Part<'a> {
    segment: &'a SegmentReader,
    /// The number of its first record among all.
    first: u32,
    keys: Keys,
    batch: Column<u64>,
    same: Option<Column<u64>>,
    sketch: Option<Column<u64>>,
    speakers: Option<StrColumn>,
    /// Of each speaker, by ordinal, a hash of the last name.
    names: Vec<u64>,
}

impl Part<'_> {
    fn numbers(&self, of: Numbers) -> Option<&Column<u64>> {
        match of {
            Numbers::Same => self.same.as_ref(),
            Numbers::Sketch => self.sketch.as_ref(),
        }
    }

    /// The numbers of its records, of those that are there.
    fn records(&self) -> impl Iterator<Item = (u32, DocId)> {
        self.segment.doc_ids_alive().map(|doc| (self.first + doc, doc))
    }
}

/// All records, numbered from the first of the first segment on.
struct Archive<'a> {
    parts: Vec<Part<'a>>,
    records: u32,
}

/// What a first look over the records found.
struct Seen {
    new: Changed,
    /// Records that had copies, and are still there as they were, by their ids.
    old: HashMap<u64, u32>,
}

/// Records whose copies have to be found.
#[derive(Clone)]
enum Changed {
    All,
    These(Vec<u32>),
}

impl<'a> Archive<'a> {
    fn open(searcher: &'a Searcher, alike: Alike) -> tantivy::Result<Self> {
        let mut records = 0_u32;
        let mut parts = Vec::new();
        for segment in searcher.segment_readers() {
            let columns = segment.fast_fields();
            let speakers = match alike {
                Alike::Articles => None,
                Alike::Quotes => columns.str(column::SPEAKER)?,
            };
            parts.push(Part {
                segment,
                first: records,
                keys: Keys::open(segment)?,
                batch: columns.u64(column::BATCH)?,
                same: columns.column_opt(columns::SAME)?,
                sketch: columns.column_opt(columns::SKETCH)?,
                names: speakers.as_ref().map_or_else(|| Ok(Vec::new()), last_names)?,
                speakers,
            });
            let many = || TantivyError::InternalError("more records than 32 bits can number".to_owned());
            records = records.checked_add(segment.max_doc()).ok_or_else(many)?;
        }
        Ok(Self { parts, records })
    }

    /// No record joined to any other.
    fn apart(&self) -> Union {
        Union::of(self.records)
    }

    /// The segment of a record, and its number there.
    fn place(&self, record: u32) -> Option<(&Part<'a>, DocId)> {
        let after = self.parts.partition_point(|part| part.first <= record);
        let part = self.parts.get(after.checked_sub(1)?)?;
        Some((part, record - part.first))
    }

    fn id(&self, record: u32) -> u64 {
        self.place(record).map_or(0, |(part, doc)| part.keys.id(doc))
    }

    fn day(&self, record: u32) -> u64 {
        self.place(record).and_then(|(part, doc)| part.keys.day(doc)).unwrap_or(UNDATED)
    }

    /// Which records are new, and which had copies before.
    fn look(&self, since: Option<u64>, known: &Copies) -> Seen {
        // Whatever has a copy of the same words has one of much the same.
        let members: HashSet<u64> = known.near.pairs().iter().map(|(member, _)| *member).collect();
        let Some(since) = since else { return Seen { new: Changed::All, old: HashMap::new() } };
        let (mut new, mut old, mut all) = (Vec::new(), HashMap::new(), true);
        for part in &self.parts {
            for (record, doc) in part.records() {
                if part.batch.first(doc).is_none_or(|batch| batch > since) {
                    new.push(record);
                    continue;
                }
                all = false;
                let id = if members.is_empty() { continue } else { part.keys.id(doc) };
                if members.contains(&id) {
                    old.insert(id, record);
                }
            }
        }
        Seen { new: if all { Changed::All } else { Changed::These(new) }, old }
    }

    /// Compares records that share a number of the column `of`, at least one of them `changed`; and joins those of
    /// which `alike` says so by what `facts` tells of each.
    fn join<T>(
        &self,
        of: Numbers,
        changed: &Changed,
        facts: &dyn Fn(u32) -> T,
        alike: &dyn Fn(&T, &T) -> bool,
        union: &mut Union,
    ) {
        let wanted = match changed {
            Changed::All => None,
            Changed::These(changed) => Some(self.wanted(of, changed)),
        };
        let is_wanted = |number: u64| wanted.as_ref().is_none_or(|wanted| wanted.holds(number));
        let mut found = 0;
        match &wanted {
            None => {
                found = self
                    .parts
                    .iter()
                    .filter_map(|part| part.numbers(of))
                    .map(|column| u64::from(column.values.num_vals()))
                    .sum()
            }
            Some(_) => self.each_number(of, &mut |_, number| found += u64::from(is_wanted(number))),
        }
        let rounds = found / HELD + 1;
        for round in 0..rounds {
            let mut entries: Vec<(u64, u32)> = Vec::new();
            self.each_number(of, &mut |record, number| {
                if (rounds == 1 || (spread(number) >> 32) % rounds == round) && is_wanted(number) {
                    entries.push((number, record));
                }
            });
            entries.sort_unstable();
            for run in entries.chunk_by_mut(|one, next| one.0 == next.0).filter(|run| run.len() > 1) {
                self.join_run(run, facts, alike, union);
            }
        }
    }

    /// The numbers of some records.
    fn wanted(&self, of: Numbers, records: &[u32]) -> Marks {
        let column = |record: &u32| {
            let (part, doc) = self.place(*record)?;
            part.numbers(of).map(|column| (column, doc))
        };
        let count = records.iter().filter_map(column).map(|(column, doc)| column.index.value_row_ids(doc).len()).sum();
        let mut wanted = Marks::of(count);
        for (column, doc) in records.iter().filter_map(column) {
            column.values_for_doc(doc).for_each(|number| wanted.set(number));
        }
        wanted
    }

    /// Gives each number of a column with its record, in the order of records.
    fn each_number(&self, of: Numbers, take: &mut dyn FnMut(u32, u64)) {
        for part in &self.parts {
            let Some(column) = part.numbers(of) else { continue };
            let mut block = Block::of(column);
            for (record, doc) in part.records() {
                block.read(column.index.value_row_ids(doc)).iter().for_each(|&number| take(record, number));
            }
        }
    }

    /// Compares records that share a number; where they are many, in the order of ids, which no history can change.
    fn join_run<T>(
        &self,
        run: &mut [(u64, u32)],
        facts: &dyn Fn(u32) -> T,
        alike: &dyn Fn(&T, &T) -> bool,
        union: &mut Union,
    ) {
        if run.len() > 2 * COMPARED + 1 {
            run.sort_by_cached_key(|&(_, record)| self.id(record));
        }
        // What the next record is compared with: the first ones, and the last ones.
        let mut compared: VecDeque<(u32, OnceCell<T>)> = VecDeque::with_capacity(2 * COMPARED);
        for &mut (_, record) in run {
            let own = OnceCell::new();
            for (other, known) in &compared {
                let same = || alike(own.get_or_init(|| facts(record)), known.get_or_init(|| facts(*other)));
                if !union.joined(record, *other) && same() {
                    union.join(record, *other);
                }
            }
            if compared.len() == 2 * COMPARED {
                compared.remove(COMPARED);
            }
            compared.push_back((record, own));
        }
    }

    fn facts(&self, record: u32) -> Facts {
        let Some((part, doc)) = self.place(record) else { return Facts { bins: Bins::of([]), speaker: None } };
        let numbers = part.sketch.iter().flat_map(|sketch| sketch.values_for_doc(doc));
        let bins = Bins::of(numbers.filter_map(|number| u32::try_from(number).ok()));
        let ordinal = part.speakers.as_ref().and_then(|speakers| speakers.ords().first(doc));
        let speaker = ordinal.and_then(|ordinal| part.names.get(usize::try_from(ordinal).ok()?).copied());
        Facts { bins, speaker }
    }

    /// The groups, as they are kept: by ids.
    fn groups(&self, union: Union) -> Groups {
        let mut pairs = Vec::new();
        for group in union.groups() {
            let ids: Vec<u64> = group.iter().map(|&record| self.id(record)).collect();
            let days = group.iter().map(|&record| self.day(record));
            let Some((_, first)) = days.zip(ids.iter().copied()).min() else { continue };
            pairs.extend(ids.into_iter().map(|id| (id, first)));
        }
        Groups::of(pairs)
    }
}

impl Seen {
    /// Joins the groups that are still whole and unchanged; gives the records whose copies have to be found: the new ones, and
    /// those of groups that are not whole any more.
    fn keep(&self, before: &Groups, union: &mut Union) -> Changed {
        let Changed::These(new) = &self.new else { return Changed::All };
        let broken: HashSet<u64> = before
            .pairs()
            .iter()
            .filter(|(member, _)| !self.old.contains_key(member))
            .map(|(_, first)| *first)
            .collect();
        let mut changed = new.clone();
        for (member, first) in before.pairs() {
            match (self.old.get(member), self.old.get(first)) {
                (Some(&member), Some(&other)) if !broken.contains(first) => union.join(member, other),
                (Some(&member), _) => changed.push(member),
                (None, _) => {}
            }
        }
        Changed::These(changed)
    }
}

/// A stretch of the numbers of a column: records are gone through in their order, and so are their numbers.
struct Block<'a> {
    column: &'a Column<u64>,
    rows: Range<u32>,
    numbers: Vec<u64>,
}

impl<'a> Block<'a> {
    fn of(column: &'a Column<u64>) -> Self {
        Self { column, rows: 0..0, numbers: Vec::new() }
    }

    /// The numbers in these rows, which are few.
    fn read(&mut self, rows: Range<u32>) -> &[u64] {
        if rows.is_empty() {
            return &[];
        }
        if rows.start < self.rows.start || rows.end > self.rows.end {
            let end = rows.start.saturating_add(BLOCK).min(self.column.values.num_vals()).max(rows.end);
            self.rows = rows.start..end;
            self.numbers.resize(self.rows.len(), 0);
            self.column.values.get_range(u64::from(rows.start), &mut self.numbers);
        }
        let from = (rows.start - self.rows.start) as usize;
        self.numbers.get(from..from + rows.len()).unwrap_or_default()
    }
}

/// Numbers that were marked, and a few others that cannot be told from them.
struct Marks(Vec<u64>);

/// So many bits for each number, so that no more than one in so many others is taken for one of them.
const MARK_BITS: usize = 16;

impl Marks {
    /// Room for so many numbers.
    fn of(numbers: usize) -> Self {
        Self(vec![0; (numbers.saturating_mul(MARK_BITS) / 64).next_power_of_two()])
    }

    fn set(&mut self, number: u64) {
        let (place, bit) = self.place(number);
        if let Some(word) = self.0.get_mut(place) {
            *word |= bit;
        }
    }

    fn holds(&self, number: u64) -> bool {
        let (place, bit) = self.place(number);
        self.0.get(place).is_some_and(|word| word & bit != 0)
    }

    /// The word and the bit that stand for a number.
    fn place(&self, number: u64) -> (usize, u64) {
        let mixed = spread(number);
        ((mixed >> 32) as usize & (self.0.len() - 1), 1 << (mixed >> 58))
    }
}

/// A number whose high bits depend on all of it.
fn spread(number: u64) -> u64 {
    number.wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Of each name, a hash of its last word.
fn last_names(speakers: &StrColumn) -> tantivy::Result<Vec<u64>> {
    let mut names = Vec::with_capacity(speakers.num_terms());
    let mut texts = speakers.dictionary().stream()?;
    while texts.advance() {
        let words = name::words(std::str::from_utf8(texts.key()).unwrap_or_default());
        let last = words.iter().rev().find(|word| !name::is_generation(word));
        names.push(crate::text::id::Id::of_parts([last.map_or(texts.key(), |word| word.as_bytes())]).0);
    }
    Ok(names)
}
