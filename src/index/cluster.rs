//! Finds the records that are copies of one another, when a run publishes its last generation.
//!
//! Only what the run brought is compared: with all that shares a number of its sketch. Groups of which a record was
//! removed or replaced are taken apart and found anew, so that what is found never depends on the order in which an
//! archive was indexed. Two records are in one group where a chain of pairs leads from one to the other, each pair alike
//! (single linkage). The first of a group is that of the earliest day, then of the least id.

use std::collections::{HashMap, HashSet, VecDeque};
use std::ops::Range;

use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, Searcher, SegmentReader, TantivyError};

use crate::text::claim::{Brief, Claim};
use crate::text::name;
use crate::text::sketch::{Bins, of_turn, spread};

use super::alike::{Alike, Common};
use super::collect::{Keys, UNDATED};
use super::columns;
use super::duplicates::{Copies, Groups};
use super::opened::Columns;
use super::partition::Partition;
use super::schema::column;

/// Of so many records that share a number all pairs are compared, so that which are joined hangs on nothing but what they are.
const FEW: usize = 256;

/// Of more than these, each is compared, among those that claim the same, with so many of the first and so many right before it: no
/// more than in proportion to them.
const COMPARED: usize = 6;

/// So many numbers of records are held at a time, 32 bytes each: the more there are, the more often all are read.
const HELD: u64 = 3 << 19;

/// So many numbers of a column are read at once.
const BLOCK: u32 = 1 << 10;

/// What is known of copies before they are looked for.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    /// The copies among the records of the generations up to this one; nothing, where these are not known either.
    pub(super) copies: Option<&'a Copies>,
    pub(super) since: u64,
}

/// Finds the copies among the records of `searcher`.
pub(super) fn copies(searcher: &Searcher, known: Known<'_>, alike: Alike) -> tantivy::Result<Copies> {
    let archive = Archive::open(searcher, alike)?;
    let since = known.copies.map(|_| known.since);
    let none = Copies::default();
    let known = known.copies.unwrap_or(&none);
    let seen = archive.look(since, known);
    let mut exact = archive.apart();
    let changed = seen.keep(&known.exact, &mut exact);
    archive.join(Common::Same, &changed, &mut exact);
    let mut near = exact.clone();
    let exact = archive.groups(exact);
    let changed = seen.keep(&known.near, &mut near);
    archive.join(Common::Bands(alike), &changed, &mut near);
    Ok(Copies { exact, near: archive.groups(near) })
}

/// Of what is known, the groups of which no record was removed or replaced.
pub(super) fn still_whole(searcher: &Searcher, known: Known<'_>, alike: Alike) -> tantivy::Result<Copies> {
    let since = Some(known.since);
    let Some(known) = known.copies.filter(|known| **known != Copies::default()) else { return Ok(Copies::default()) };
    let archive = Archive::open(searcher, alike)?;
    let seen = archive.look(since, known);
    let [exact, near] = [&known.exact, &known.near].map(|groups| {
        let mut partition = archive.apart();
        seen.keep(groups, &mut partition);
        archive.groups(partition)
    });
    Ok(Copies { exact, near })
}

/// A record under a number that it may share with others.
struct Entry {
    number: u64,
    record: u32,
    brief: Brief,
    glance: u128,
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
    claim: Option<Column<u64>>,
    speakers: Option<StrColumn>,
    /// Of each speaker, by ordinal, a hash of the last name.
    names: Vec<u64>,
}

impl Part<'_> {
    /// What records are compared by, `least` numbers of a column read at once.
    fn numbers(&self, of: Common, least: u32) -> Numbers<'_> {
        let block = |column| Block::of(column, least);
        match of {
            Common::Same => Numbers::Same(self.same.as_ref().map(block)),
            Common::Bands(_) => Numbers::Sketch {
                bins: self.sketch.as_ref().map(block),
                claim: self.claim.as_ref().map(block),
                room: Vec::new(),
            },
        }
    }

    /// A hash of the last name of who said it.
    fn speaker(&self, doc: DocId) -> Option<u64> {
        let ordinal = self.speakers.as_ref()?.ords().first(doc)?;
        self.names.get(usize::try_from(ordinal).ok()?).copied()
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
                keys: Keys::open(&Columns::default(), segment)?,
                batch: columns.u64(column::BATCH)?,
                same: columns.column_opt(columns::SAME)?,
                sketch: columns.column_opt(columns::SKETCH)?,
                claim: columns.column_opt(columns::CLAIM)?,
                names: speakers.as_ref().map_or_else(|| Ok(Vec::new()), last_names)?,
                speakers,
            });
            let many = || TantivyError::InternalError("more records than 32 bits can number".to_owned());
            records = records.checked_add(segment.max_doc()).ok_or_else(many)?;
        }
        Ok(Self { parts, records })
    }

    /// No record joined to any other.
    fn apart(&self) -> Partition {
        Partition::of(self.records)
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

    /// Compares records that share a number, at least one of them `changed`, and joins those that are copies by what the numbers
    /// are `of`.
    fn join(&self, of: Common, changed: &Changed, partition: &mut Partition) {
        let wanted = match changed {
            Changed::All => None,
            Changed::These(changed) => Some(self.wanted(of, changed)),
        };
        let is_wanted = |number: u64| wanted.as_ref().is_none_or(|wanted| wanted.holds(number));
        let mut found = 0;
        self.each(of, &mut |_, _, values| of.each(values, &mut |number| found += u64::from(is_wanted(number))));
        let rounds = found / HELD + 1;
        for round in 0..rounds {
            let mut entries: Vec<Entry> = Vec::with_capacity(usize::try_from(found.min(HELD)).unwrap_or_default());
            self.each(of, &mut |part, doc, values| {
                let mut seen = None;
                of.each(values, &mut |number| {
                    if (rounds == 1 || (spread(number) >> 32) % rounds == round) && is_wanted(number) {
                        let at_a_glance = || (of.brief(values), of.glance(values, || part.speaker(doc)));
                        let (brief, glance) = *seen.get_or_insert_with(at_a_glance);
                        entries.push(Entry { number, record: part.first + doc, brief, glance });
                    }
                });
            });
            entries.sort_unstable_by_key(|entry| (entry.number, entry.record));
            let runs = entries.chunk_by_mut(|one, next| one.number == next.number);
            runs.filter(|run| run.len() > 1).for_each(|run| self.join_run(of, run, partition));
        }
    }

    /// The numbers of some records.
    fn wanted(&self, of: Common, records: &[u32]) -> Marks {
        let each = |take: &mut dyn FnMut(u64)| {
            for &record in records {
                let Some((part, doc)) = self.place(record) else { continue };
                of.each(part.numbers(of, 0).of(doc), take);
            }
        };
        let mut count = 0;
        each(&mut |_| count += 1);
        let mut wanted = Marks::of(count);
        each(&mut |number| wanted.set(number));
        wanted
    }

    /// Gives each record that is there with what its column says, in order.
    fn each(&self, of: Common, take: &mut dyn FnMut(&Part<'a>, DocId, &[u64])) {
        for part in &self.parts {
            let mut numbers = part.numbers(of, BLOCK);
            for doc in part.segment.doc_ids_alive() {
                take(part, doc, numbers.of(doc));
            }
        }
    }

    /// Compares records that share a number; where they are many, in the order of ids, which no history can change.
    fn join_run(&self, of: Common, run: &mut [Entry], partition: &mut Partition) {
        let Common::Bands(alike) = of else {
            // Of the same words are all of them.
            run.iter().zip(run.iter().skip(1)).for_each(|(one, next)| partition.join(one.record, next.record));
            return;
        };
        if run.len() <= FEW {
            let mut rest = &*run;
            while let [entry, others @ ..] = rest {
                others.iter().for_each(|other| self.join_alike(alike, entry, other, partition));
                rest = others;
            }
            return;
        }
        run.sort_by_cached_key(|entry| (entry.brief.key(), self.id(entry.record)));
        for run in run.chunk_by(|one, next| one.brief.key() == next.brief.key()) {
            // What the next record is compared with: the first ones, and the last ones.
            let mut compared: VecDeque<&Entry> = VecDeque::with_capacity(2 * COMPARED);
            for entry in run {
                compared.iter().for_each(|other| self.join_alike(alike, entry, other, partition));
                if compared.len() == 2 * COMPARED {
                    compared.remove(COMPARED);
                }
                compared.push_back(entry);
            }
        }
    }

    /// Joins two records that share a number where they are copies.
    fn join_alike(&self, alike: Alike, one: &Entry, other: &Entry, partition: &mut Partition) {
        if one.brief.may_go_with(other.brief)
            && Common::Bands(alike).may_hold(one.glance, other.glance)
            && !partition.joined(one.record, other.record)
            && self.are_alike(alike, one.record, other.record)
        {
            partition.join(one.record, other.record);
        }
    }

    fn are_alike(&self, alike: Alike, one: u32, other: u32) -> bool {
        let speaker = |record: u32| self.place(record).and_then(|(part, doc)| part.speaker(doc));
        let by_one = || speaker(one).is_some_and(|name| speaker(other) == Some(name));
        let (ones, others) = (self.kept(alike, one), self.kept(alike, other));
        let bins = |kept: &[u32]| Bins::of(kept.iter().copied());
        let claim = |kept: &[u32]| Claim::of(kept.iter().copied());
        alike.holds(bins(&ones).agreement(&bins(&others)), by_one)
            && (alike == Alike::Articles || claim(&ones).goes_with(&claim(&others)))
    }

    /// What a record is compared by.
    fn kept(&self, alike: Alike, record: u32) -> Vec<u32> {
        let Some((part, doc)) = self.place(record) else { return Vec::new() };
        let mut numbers = part.numbers(Common::Bands(alike), 0);
        numbers.of(doc).iter().filter_map(|&number| u32::try_from(number).ok()).collect()
    }

    /// The groups, as they are kept: by ids.
    fn groups(&self, partition: Partition) -> Groups {
        let mut pairs = Vec::new();
        for group in partition.groups() {
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
    fn keep(&self, before: &Groups, partition: &mut Partition) -> Changed {
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
                (Some(&member), Some(&other)) if !broken.contains(first) => partition.join(member, other),
                (Some(&member), _) => changed.push(member),
                (None, _) => {}
            }
        }
        Changed::These(changed)
    }
}

/// The numbers that records are compared by.
enum Numbers<'a> {
    Same(Option<Block<'a>>),
    /// Those of the bins of a sketch, and what is kept behind them.
    Sketch {
        bins: Option<Block<'a>>,
        claim: Option<Block<'a>>,
        room: Vec<u64>,
    },
}

impl Numbers<'_> {
    /// Those of a record.
    fn of(&mut self, doc: DocId) -> &[u64] {
        match self {
            Self::Same(same) => same.as_mut().map_or(&[], |same| same.of_record(doc)),
            Self::Sketch { bins, claim, room } => {
                room.clear();
                room.extend(of_turn(bins.as_mut().map_or(&[], |bins| bins.of_record(doc))));
                room.extend_from_slice(claim.as_mut().map_or(&[], |claim| claim.of_record(doc)));
                room
            }
        }
    }
}

/// A stretch of the numbers of a column: records are gone through in their order, and so are their numbers.
struct Block<'a> {
    column: &'a Column<u64>,
    /// So many are read at once, or as many as are asked for.
    least: u32,
    rows: Range<u32>,
    numbers: Vec<u64>,
}

impl<'a> Block<'a> {
    fn of(column: &'a Column<u64>, least: u32) -> Self {
        Self { column, least, rows: 0..0, numbers: Vec::new() }
    }

    /// The numbers of a record, which are few.
    fn of_record(&mut self, doc: DocId) -> &[u64] {
        let rows = self.column.index.value_row_ids(doc);
        if rows.is_empty() {
            return &[];
        }
        if rows.start < self.rows.start || rows.end > self.rows.end {
            let end = rows.start.saturating_add(self.least).min(self.column.values.num_vals()).max(rows.end);
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
