//! Finds the records that are copies of one another, when a generation is published.
//!
//! Only what the generation brought is compared: with all that shares a number of its sketch. Groups of which a record was
//! removed or replaced are taken apart and found anew, so that what is found never depends on the order in which an
//! archive was indexed. Two records are in one group where a chain of pairs leads from one to the other, each pair alike
//! (single linkage). The first of a group is that of the earliest day, then of the least id.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, DocId, Searcher, SegmentReader};

use crate::text::name;
use crate::text::sketch::{LONG_BINS, SHORT_BINS, agreement};

use super::collect::{Keys, UNDATED};
use super::columns;
use super::duplicates::{Copies, Groups};
use super::schema::column;

/// Of records that share a number, each is compared with so many of the first and so many right before it: all pairs among few,
/// and no more than in proportion to them among many.
const COMPARED: usize = 6;

/// So many records that share numbers are held at a time, 24 bytes each.
const HELD: usize = 1 << 20;

/// When two records are copies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alike {
    /// Articles: half of the bins agree, and at least four.
    Articles,
    /// Quotations: three eighths of the bins agree, and at least three, where a speaker of the same last name said both; else five
    /// eighths, and at least five.
    Quotes,
}

/// Finds the copies among the records of `searcher`, of which those of `batch` are new since `before` was found; without it, all.
pub(super) fn copies(
    searcher: &Searcher,
    batch: u64,
    before: Option<&Copies>,
    alike: Alike,
) -> tantivy::Result<Copies> {
    let archive = Archive::open(searcher, alike)?;
    let none = Copies::default();
    let known = before.unwrap_or(&none);
    let seen = archive.look(before.map(|_| batch), known);
    let mut exact = Union::default();
    let changed = seen.keep(&known.exact, &mut exact);
    archive.join_same(&changed, &mut exact);
    let mut near = exact.clone();
    let changed = seen.keep(&known.near, &mut near);
    archive.join_alike(&changed, &mut near);
    Ok(Copies { exact: exact.groups(), near: near.groups() })
}

/// The columns of one segment.
struct Part<'a> {
    segment: &'a SegmentReader,
    keys: Keys,
    batch: Column<u64>,
    same: Option<Column<u64>>,
    sketch: Option<Column<u64>>,
    speakers: Option<StrColumn>,
    /// Of each speaker, by ordinal, a hash of the last name.
    names: Vec<u64>,
}

struct Archive<'a> {
    parts: Vec<Part<'a>>,
    alike: Alike,
}

/// What a first look over the records found.
struct Seen {
    /// New records.
    new: Vec<DocAddress>,
    /// Records that had copies, and are still there as they were; with their days.
    old: HashMap<u64, (DocAddress, u64)>,
}

impl<'a> Archive<'a> {
    fn open(searcher: &'a Searcher, alike: Alike) -> tantivy::Result<Self> {
        let part = |segment: &'a SegmentReader| {
            let columns = segment.fast_fields();
            let speakers = match alike {
                Alike::Articles => None,
                Alike::Quotes => columns.str(column::SPEAKER)?,
            };
            Ok(Part {
                segment,
                keys: Keys::open(segment)?,
                batch: columns.u64(column::BATCH)?,
                same: columns.column_opt(columns::SAME)?,
                sketch: columns.column_opt(columns::SKETCH)?,
                names: speakers.as_ref().map_or_else(|| Ok(Vec::new()), last_names)?,
                speakers,
            })
        };
        let parts: tantivy::Result<Vec<Part<'_>>> = searcher.segment_readers().iter().map(part).collect();
        Ok(Self { parts: parts?, alike })
    }

    /// All records that are there, by their places.
    fn each(&self) -> impl Iterator<Item = (&Part<'a>, DocAddress)> {
        (0..).zip(&self.parts).flat_map(|(ordinal, part)| {
            part.segment.doc_ids_alive().map(move |doc| (part, DocAddress::new(ordinal, doc)))
        })
    }

    /// Which records are new, and which had copies before.
    fn look(&self, batch: Option<u64>, known: &Copies) -> Seen {
        let mut seen = Seen { new: Vec::new(), old: HashMap::new() };
        // Whatever has a copy of the same words has one of much the same.
        let members: HashSet<u64> = known.near.pairs().iter().map(|(member, _)| *member).collect();
        for (part, address) in self.each() {
            if batch.is_none_or(|batch| part.batch.first(address.doc_id) == Some(batch)) {
                seen.new.push(address);
            } else if !members.is_empty() {
                let id = part.keys.id(address.doc_id);
                if members.contains(&id) {
                    seen.old.insert(id, (address, part.keys.day(address.doc_id).unwrap_or(UNDATED)));
                }
            }
        }
        seen
    }

    fn part(&self, address: DocAddress) -> Option<&Part<'a>> {
        self.parts.get(address.segment_ord as usize)
    }

    /// Joins records of the same words, of which at least one is among `changed`.
    fn join_same(&self, changed: &[DocAddress], union: &mut Union) {
        let values = |part: &Part<'_>, doc: DocId, take: &mut dyn FnMut(u64)| {
            part.same.iter().filter_map(|same| same.first(doc)).for_each(take);
        };
        self.join(changed, values, |_| (), |(), ()| true, union);
    }

    /// Joins records that are alike, of which at least one is among `changed`.
    fn join_alike(&self, changed: &[DocAddress], union: &mut Union) {
        let values = |part: &Part<'_>, doc: DocId, take: &mut dyn FnMut(u64)| {
            part.sketch.iter().flat_map(|sketch| sketch.values_for_doc(doc)).for_each(take);
        };
        self.join(changed, values, |address| self.facts(address), |one, other| self.are_alike(one, other), union);
    }

    /// Compares records that share one of the numbers which `values` gives, and joins those of which `alike` says so by what `facts`
    /// tells of each.
    fn join<T>(
        &self,
        changed: &[DocAddress],
        values: impl Fn(&Part<'_>, DocId, &mut dyn FnMut(u64)),
        facts: impl Fn(DocAddress) -> T,
        alike: impl Fn(&T, &T) -> bool,
        union: &mut Union,
    ) {
        let bins = match self.alike {
            Alike::Articles => LONG_BINS,
            Alike::Quotes => SHORT_BINS,
        };
        let numbers = changed.len().saturating_mul(bins as usize);
        let (mut wanted, mut once, mut twice) = (Marks::of(numbers), Marks::of(numbers), Marks::of(numbers));
        for &address in changed {
            if let Some(part) = self.part(address) {
                values(part, address.doc_id, &mut |number| {
                    wanted.set(number);
                });
            }
        }
        // Most numbers stand for one record: these need not be remembered.
        let mut shared = 0;
        for (part, address) in self.each() {
            values(part, address.doc_id, &mut |number| {
                if wanted.holds(number) && once.set(number) {
                    shared += 1;
                    twice.set(number);
                }
            });
        }
        drop((wanted, once));
        // However many there are, no more than so many at a time are held: a number is looked at in one of several rounds.
        let rounds = (shared / HELD + 1) as u64;
        for round in 0..rounds {
            let mut entries: Vec<(u64, u64, DocAddress)> = Vec::new();
            for (part, address) in self.each() {
                values(part, address.doc_id, &mut |number| {
                    if (spread(number) >> 32) % rounds == round && twice.holds(number) {
                        entries.push((number, part.keys.id(address.doc_id), address));
                    }
                });
            }
            entries.sort_unstable();
            for run in entries.chunk_by(|one, next| one.0 == next.0).filter(|run| run.len() > 1) {
                self.join_run(run, &facts, &alike, union);
            }
        }
    }

    /// Compares records that share a number, in the order of ids.
    fn join_run<T>(
        &self,
        run: &[(u64, u64, DocAddress)],
        facts: &impl Fn(DocAddress) -> T,
        alike: &impl Fn(&T, &T) -> bool,
        union: &mut Union,
    ) {
        // What the next record is compared with: the first ones, and the last ones.
        let mut compared: VecDeque<(u64, DocAddress, T)> = VecDeque::with_capacity(2 * COMPARED);
        for &(_, id, address) in run {
            let own = facts(address);
            for (other_id, other, facts) in &compared {
                if *other_id != id && !union.joined(id, *other_id) && alike(&own, facts) {
                    union.join((id, self.day(address)), (*other_id, self.day(*other)));
                }
            }
            if compared.len() == 2 * COMPARED {
                compared.remove(COMPARED);
            }
            compared.push_back((id, address, own));
        }
    }

    fn day(&self, address: DocAddress) -> u64 {
        self.part(address).and_then(|part| part.keys.day(address.doc_id)).unwrap_or(UNDATED)
    }

    fn are_alike(&self, one: &Facts, other: &Facts) -> bool {
        let (agree, of) = agreement(&one.sketch, &other.sketch);
        match self.alike {
            Alike::Articles => agree >= 4 && agree * 2 >= of,
            Alike::Quotes if agree >= 5 => agree * 8 >= of * 5,
            Alike::Quotes => {
                let by_one = one.speaker.is_some() && one.speaker == other.speaker;
                by_one && agree >= 3 && agree * 8 >= of * 3
            }
        }
    }

    fn facts(&self, address: DocAddress) -> Facts {
        let sketch = self.part(address).and_then(|part| part.sketch.as_ref());
        let values = sketch.into_iter().flat_map(|sketch| sketch.values_for_doc(address.doc_id));
        let sketch = values.filter_map(|number| u32::try_from(number).ok()).collect();
        Facts { sketch, speaker: self.speaker(address) }
    }

    fn speaker(&self, address: DocAddress) -> Option<u64> {
        let part = self.part(address)?;
        let ordinal = part.speakers.as_ref()?.ords().first(address.doc_id)?;
        part.names.get(usize::try_from(ordinal).ok()?).copied()
    }
}

impl Seen {
    /// Joins the groups that are still whole and unchanged; gives the records whose copies have to be found: the new ones, and
    /// those of groups that are not whole any more.
    fn keep(&self, before: &Groups, union: &mut Union) -> Vec<DocAddress> {
        let broken: HashSet<u64> = before
            .pairs()
            .iter()
            .filter(|(member, _)| !self.old.contains_key(member))
            .map(|(_, first)| *first)
            .collect();
        let mut changed = self.new.clone();
        for (member, first) in before.pairs() {
            match (self.old.get(member), self.old.get(first)) {
                (Some((_, day)), Some((_, first_day))) if !broken.contains(first) => {
                    union.join((*member, *day), (*first, *first_day));
                }
                (Some((address, _)), _) => changed.push(*address),
                (None, _) => {}
            }
        }
        changed
    }
}

/// By what a record is compared.
struct Facts {
    sketch: Vec<u32>,
    /// A hash of the last name.
    speaker: Option<u64>,
}

/// Numbers that were marked, and a few others that cannot be told from them.
struct Marks(Vec<u64>);

/// So many bits for each number, so that no more than one in so many others is taken for one of them.
const MARK_BITS: usize = 8;

impl Marks {
    /// Room for so many numbers.
    fn of(numbers: usize) -> Self {
        Self(vec![0; (numbers.saturating_mul(MARK_BITS) / 64).next_power_of_two()])
    }

    /// Marks a number; whether it was marked already.
    fn set(&mut self, number: u64) -> bool {
        let (place, bit) = self.place(number);
        let Some(word) = self.0.get_mut(place) else { return false };
        let marked = *word & bit != 0;
        *word |= bit;
        marked
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

/// Records that have been joined: each points at another of its group, or is its own.
#[derive(Clone, Default)]
struct Union {
    above: HashMap<u64, u64>,
    days: HashMap<u64, u64>,
}

impl Union {
    fn root(&mut self, id: u64) -> u64 {
        let mut root = id;
        while let Some(&above) = self.above.get(&root)
            && above != root
        {
            root = above;
        }
        let mut at = id;
        while at != root {
            let Some(above) = self.above.insert(at, root) else { break };
            at = above;
        }
        root
    }

    fn joined(&mut self, one: u64, other: u64) -> bool {
        self.above.contains_key(&one) && self.above.contains_key(&other) && self.root(one) == self.root(other)
    }

    /// Joins the groups of two records, given with their days.
    fn join(&mut self, one: (u64, u64), other: (u64, u64)) {
        for (id, day) in [one, other] {
            self.above.entry(id).or_insert(id);
            self.days.insert(id, day);
        }
        let (one, other) = (self.root(one.0), self.root(other.0));
        self.above.insert(one.max(other), one.min(other));
    }

    fn groups(mut self) -> Groups {
        let mut members: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
        let mut ids: Vec<u64> = self.above.keys().copied().collect();
        ids.sort_unstable();
        for id in ids {
            members.entry(self.root(id)).or_default().push(id);
        }
        let mut pairs = Vec::new();
        for group in members.into_values().filter(|group| group.len() > 1) {
            let day = |id: &u64| self.days.get(id).copied().unwrap_or(UNDATED);
            let Some(&first) = group.iter().min_by_key(|&id| (day(id), *id)) else { continue };
            pairs.extend(group.into_iter().map(|id| (id, first)));
        }
        Groups::of(pairs)
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
