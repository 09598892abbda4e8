//! Search against a linear scan: random questions of every kind over random archives of several generations, both
//! languages, with articles replaced and removed. What the scan knows of a word stands in a table made by hand, and it
//! tries all ways in which words can stand; it shares nothing with the index but the tree of the question.
//!
//! `ORACLE=200000` asks that many questions instead of the usual number.

mod archive;
mod questions;
mod scan;
mod words;

use std::collections::BTreeMap;

use onrecord::index::{Ask, Notes, Publication, Reader, Sort};
use onrecord::query::ast::{Field, Query};
use onrecord::query::{parse, report::report};

use crate::index::clip::{Archive, ask};

use archive::{Piece, piece};
use questions::question;
use scan::{Quoted, Scan};

/// Questions asked of one archive.
const EACH: usize = 250;

/// Numbers that follow from a seed: the same on every machine.
pub(crate) struct Dice(u64);

impl Dice {
    /// Those of this seed.
    pub(crate) fn of(seed: u64) -> Self {
        let mut dice = Self(0x9e37_79b9_7f4a_7c15 ^ seed);
        for _ in 0..8 {
            dice.roll(2);
        }
        dice
    }

    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        // xorshift64*, whose high bits are good.
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(number).expect("31 bits") % sides
    }

    pub(crate) fn one_in(&mut self, sides: usize) -> bool {
        self.roll(sides) == 0
    }

    pub(crate) fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.roll(of.len())]
    }
}

/// Two to four generations, of which some replace or remove articles of earlier ones.
/// An archive, what is in it, and all that ever was.
fn archive(dice: &mut Dice) -> (Archive, BTreeMap<usize, Piece>, Vec<Piece>) {
    let archive = Archive::empty();
    let (mut pieces, mut ever) = (BTreeMap::new(), Vec::new());
    let generations = 2 + dice.roll(3);
    for batch in 1..=generations {
        let mut writer = archive.writer();
        for _ in 0..4 + dice.roll(6) {
            let mut piece = piece(dice, u64::try_from(batch).expect("a few"));
            if dice.one_in(3)
                && let Some(other) = pieces.values().nth(dice.roll(pieces.len().max(1)))
            {
                piece.reprint(other, dice);
            }
            writer.put(piece.clip().record()).expect("a record is taken");
            ever.push(piece.clone());
            pieces.insert(piece.path, piece);
        }
        if dice.one_in(2)
            && let Some((&path, piece)) = pieces.iter().nth(dice.roll(pieces.len()))
        {
            writer.remove(piece.clip().article.id()).expect("it is removed");
            pieces.remove(&path);
        }
        let notes = Notes::default();
        // Where more is to follow, segments stay apart.
        let publication = Publication { notes: &notes, manifest: None, more_follows: !dice.one_in(3) };
        writer.publish_by_steps(publication, &mut |_| {}).expect("a generation is published");
        // Copies are known when a run has come to its end.
        if batch == generations && writer.copies_due() {
            writer.publish(&notes).expect("a generation is published");
        }
    }
    (archive, pieces, ever)
}

fn asks_for(query: &Query, asked: Field) -> bool {
    let mut found = false;
    query.each_leaf(&mut |_, field, _| found |= field == Some(asked));
    found
}

fn agree(question: &Query, reader: &Reader, scan: &Scan<'_>, seen: &mut [usize; 2]) {
    let shown = question.to_string();
    let read = parse(&shown).unwrap_or_else(|problems| panic!("{shown} should parse:\n{}", report(&shown, &problems)));
    assert_eq!(read.to_string(), shown);

    let mut expected = scan.quotes(&read);
    let found = reader.quotes(Some(&read), &ask()).unwrap_or_else(|error| panic!("{shown}: {error}"));
    let order: Vec<Quoted> = found.hits.iter().map(|hit| Quoted::of(hit.id, hit.date)).collect();
    expected.sort();
    assert_eq!(order, expected, "quotations of {shown}\n{read:?}");
    assert_eq!(found.total, Some(expected.len() as u64), "quotations of {shown}");
    let best = reader.quotes(Some(&read), &Ask { sort: Sort::Score, ..ask() }).expect("an answer");
    let mut best: Vec<Quoted> = best.hits.iter().map(|hit| Quoted::of(hit.id, hit.date)).collect();
    best.sort();
    assert_eq!(best, expected, "quotations of {shown}, best first");

    // Which articles are copies is an estimate, and tested elsewhere.
    if asks_for(&read, Field::Dup) {
        return;
    }
    let mut articles = scan.articles(&read);
    let found = reader.articles(Some(&read), &ask()).unwrap_or_else(|error| panic!("{shown}: {error}"));
    let order: Vec<Quoted> = found.hits.iter().map(|hit| Quoted::of(hit.id, hit.date)).collect();
    articles.sort();
    assert_eq!(order, articles, "articles of {shown}\n{read:?}");
    assert_eq!(found.total, Some(articles.len() as u64), "articles of {shown}");
    seen[0] += usize::from(!expected.is_empty());
    seen[1] += usize::from(!articles.is_empty());
}

#[test]
fn search_finds_what_a_linear_scan_finds() {
    let wanted = std::env::var("ORACLE").ok().and_then(|number| number.parse().ok()).unwrap_or(5500);
    let (mut asked, mut seen) = (0, [0, 0]);
    let mut seed = 1;
    while asked < wanted {
        let mut dice = Dice::of(seed);
        let (archive, pieces, ever) = archive(&mut dice);
        let (reader, scan) = (archive.reader(), Scan::of(pieces.values(), &ever));
        for _ in 0..EACH.min(wanted - asked) {
            agree(&question(&mut dice), &reader, &scan, &mut seen);
            asked += 1;
        }
        seed += 1;
    }
    // A scan that finds nothing agrees with anything.
    assert!(seen.iter().all(|found| *found * 4 > asked), "{seen:?} of {asked} questions have an answer");
}
