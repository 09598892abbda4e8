//! An archive that grows and changes from round to round, by a seed; and all that an index of it holds, to be compared.

use std::collections::BTreeSet;
use std::fmt::Write;

use onrecord::archive::manifest::Rows;
use onrecord::index::hit::Repeats;
use onrecord::index::{Ask, Grouping, Reader};
use onrecord::text::day::Day;

use crate::again::newsroom::{Newsroom, THEN, article};
use crate::fuzz::mutate::Lot;

/// The lots of a seed, as a growing archive draws them.
#[derive(Clone, Debug)]
pub(crate) struct Chance(Lot);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(Lot::new(seed))
    }

    /// Below `end`.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.0.next() % end.max(1)
    }

    pub(crate) fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        self.0.pick(from).clone()
    }
}

pub(crate) struct Growing {
    pub(crate) room: Newsroom,
    pub(crate) chance: Chance,
    files: Vec<String>,
    round: u64,
}

impl Growing {
    /// A small archive.
    pub(crate) fn new(seed: u64) -> Self {
        let mut growing = Self { room: Newsroom::empty(), chance: Chance::new(seed), files: Vec::new(), round: 0 };
        growing.room.write("picture.png", b"\x89PNG\r\n");
        growing.grow();
        growing
    }

    /// New files, and some that are changed, moved, and deleted; a feed that grows at its end, and a container in which a file
    /// is exchanged.
    pub(crate) fn grow(&mut self) {
        self.round += 1;
        let round = self.round;
        for n in 0..4 + self.chance.below(5) {
            let path = format!("{:02}/{round:03}-{n}.txt", self.chance.below(4));
            self.room.write_at(&path, article(&format!("It is number {n} of round {round}")), THEN + round);
            self.files.push(path);
        }
        for n in 0..self.chance.below(3) {
            let path = self.chance.pick(&self.files);
            self.room.write_at(&path, article(&format!("It was {n} before round {round}")), THEN + round);
        }
        if self.chance.below(2) == 0 {
            let from = self.chance.pick(&self.files);
            let to = format!("moved/{round:03}.txt");
            self.room.rename(&from, &to);
            self.files.retain(|file| *file != from);
            self.files.push(to);
        }
        if self.files.len() > 8 && self.chance.below(3) == 0 {
            let path = self.chance.pick(&self.files);
            self.room.delete(&path);
            self.files.retain(|file| *file != path);
        }
        let line = |n: u64| format!("{{\"title\":\"Report {n}\",\"text\":\"\\\"It is {n},\\\" said Tilda Marsh.\"}}\n");
        let feed = (0..round * 3).fold(String::new(), |mut feed, n| {
            let _ = feed.write_str(&line(n));
            feed
        });
        self.room.write_at("feed.jsonl", feed, THEN + round);
        let mut tar = tar::Builder::new(Vec::new());
        for n in round.saturating_sub(3)..=round {
            let text = article(&format!("It is entry {n}"));
            let mut head = tar::Header::new_gnu();
            head.set_size(text.len() as u64);
            tar.append_data(&mut head, format!("{n}.txt"), text.as_bytes()).expect("memory does not fail");
        }
        self.room.write_at("day.tar", tar.into_inner().expect("memory does not fail"), THEN + round);
    }
}

/// The files that have ids which they would not have if they were indexed anew where they are: those that were moved.
pub(crate) fn moved(reader: &Reader) -> BTreeSet<String> {
    let mut rows = rows(reader);
    let mut moved = BTreeSet::new();
    while let Some(row) = rows.row().expect("it is whole") {
        moved.extend(row.origin.is_some().then_some(row.path));
    }
    moved
}

fn rows(reader: &Reader) -> Rows {
    Rows::open(reader.manifest().expect("it can be read").expect("there is a manifest")).expect("it is a manifest")
}

/// All articles and quotations with all that is known of them, but for the ids of what was `moved`, how many copies there are of
/// each, and what was skipped; sorted.
pub(crate) fn dump(reader: &Reader, moved: &BTreeSet<String>) -> Vec<String> {
    let mut rows = rows(reader);
    let mut lines = Vec::new();
    while let Some(row) = rows.row().expect("it is whole") {
        lines.push(format!("{} {:?} {} {} {:?}", row.path, row.kind, row.articles, row.gone, row.skipped));
        while let Some(entry) = rows.entry().expect("it is whole") {
            lines.push(format!("{}!/{} {} {:?}", row.path, entry.entry, entry.records, entry.skipped));
        }
    }
    let ask = Ask { limit: 1_000_000, ..Ask::new(Day::from_number(0)) };
    let mut ids = BTreeSet::new();
    for mut hit in reader.articles(None, &ask).expect("an answer").hits {
        assert!(ids.insert(hit.id), "{} is there twice", hit.id);
        if moved.contains(&hit.path) {
            hit.id.0 = 0;
        }
        lines.push(format!("{hit:?}"));
    }
    for mut hit in reader.quotes(None, &ask).expect("an answer").hits {
        assert!(ids.contains(&hit.article) && ids.insert(hit.id), "{}", hit.id);
        if moved.contains(&hit.path) {
            (hit.id.0, hit.article.0) = (0, 0);
        }
        lines.push(format!("{hit:?}"));
    }
    // Which is the first of its copies can hang on ids, and so on what was moved; how many they are cannot.
    for group in [Grouping::Exact, Grouping::Near] {
        let ask = Ask { group, ..ask };
        let told = |repeats: Option<Repeats>| repeats.map(|repeats| (repeats.count, repeats.outlets));
        let articles = reader.articles(None, &ask).expect("an answer").hits;
        lines.extend(articles.iter().map(|hit| format!("copies of an article, {group:?}: {:?}", told(hit.repeats))));
        let quotes = reader.quotes(None, &ask).expect("an answer").hits;
        lines.extend(quotes.iter().map(|hit| format!("copies of a quotation, {group:?}: {:?}", told(hit.repeats))));
    }
    lines.sort();
    lines
}

/// Both hold the same.
pub(crate) fn check_same(index: &Reader, fresh: &Reader, when: &str) {
    let moved = moved(index);
    let (found, expected) = (dump(index, &moved), dump(fresh, &moved));
    let longest = found.len().max(expected.len());
    if let Some(place) = (0..longest).find(|place| found.get(*place) != expected.get(*place)) {
        panic!("{when}: found {:?}, expected {:?}", found.get(place), expected.get(place));
    }
}
