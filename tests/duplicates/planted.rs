//! How many copies are found, of those that were planted and of those of a real archive.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader};

use onrecord::index::{Ask, Grouping};
use onrecord::text::id::Id;

use crate::index::clip::{Archive, Clip, ask, clip};
use crate::oracle::Dice;
use crate::support::shared;

/// Words that say little, and are in every article.
const LITTLE: [&str; 24] = [
    "the", "of", "and", "to", "in", "a", "that", "is", "was", "for", "on", "with", "he", "she", "they", "said",
    "would", "not", "but", "had", "more", "than", "after", "before",
];
const SYLLABLES: [&str; 16] =
    ["ka", "lor", "min", "tes", "ra", "vel", "dun", "hol", "ber", "sin", "gat", "por", "mel", "tor", "wic", "ned"];

/// Of a few thousand made-up words, the earlier ones oftener.
fn content(dice: &mut Dice) -> String {
    let most = 1 + dice.roll(4000);
    let number = dice.roll(most);
    let mut word: String = [number % 16, number / 16 % 16, number / 256].iter().map(|n| SYLLABLES[n % 16]).collect();
    if number.is_multiple_of(5) {
        word.get_mut(..1).expect("a letter").make_ascii_uppercase();
    }
    if number.is_multiple_of(17) {
        word = (number * 7 % 900).to_string();
    }
    word
}

fn any_word(dice: &mut Dice) -> String {
    if dice.one_in(2) { dice.pick(&LITTLE).to_owned() } else { content(dice) }
}

fn article(dice: &mut Dice) -> Vec<String> {
    (0..60 + dice.roll(340)).map(|_| any_word(dice)).collect()
}

/// A copy of which so many of a hundred words were replaced, left out or put in.
fn edited(words: &[String], percent: usize, dice: &mut Dice) -> Vec<String> {
    let mut copy = Vec::new();
    for word in words {
        match (dice.roll(100) < percent, dice.roll(5)) {
            (false, _) => copy.push(word.clone()),
            (true, 0..3) => copy.push(any_word(dice)),
            (true, 3) => copy.extend([word.clone(), any_word(dice)]),
            (true, _) => {}
        }
    }
    copy
}

/// Of each of these paths the first of its copies.
fn groups(archive: &Archive, paths: &[usize]) -> BTreeMap<usize, Id> {
    let reader = archive.reader();
    let first = |path: usize| {
        let only = onrecord::query::parse(&format!("path:=\"{path}\"")).expect("a query");
        let ask = Ask { group: Grouping::Near, ..ask() };
        let hits = reader.articles(Some(&only), &ask).expect("an answer").hits;
        let [hit] = hits.as_slice() else { panic!("{path} is there once") };
        (path, hit.repeats.expect("it was asked for").first)
    };
    paths.iter().copied().map(first).collect()
}

/// The pairs of paths that stand in one group.
fn pairs(archive: &Archive, all: usize) -> BTreeSet<(usize, usize)> {
    let mut members: BTreeMap<Id, Vec<usize>> = BTreeMap::new();
    for (path, first) in groups(archive, &(0..all).collect::<Vec<_>>()) {
        members.entry(first).or_default().push(path);
    }
    let pairs = members.values().flat_map(|group| {
        group.iter().enumerate().flat_map(|(place, one)| group.iter().skip(place + 1).map(move |other| (*one, *other)))
    });
    pairs.collect()
}

#[test]
fn planted_copies_are_found_and_nothing_else() {
    let mut dice = Dice::of(7);
    let mut clips: Vec<Clip> = Vec::new();
    let mut planted = BTreeSet::new();
    for _ in 0..400 {
        let words = article(&mut dice);
        let place = clips.len();
        clips.push(clip(&place.to_string(), &words.join(" ")));
        if dice.one_in(2) {
            let percent = 5 + dice.roll(16);
            let copy = edited(&words, percent, &mut dice);
            clips.push(clip(&(place + 1).to_string(), &copy.join(" ")));
            planted.insert((place, place + 1));
        }
    }
    let archive = Archive::of(&clips);
    let found = pairs(&archive, clips.len());
    let (right, all) = (found.intersection(&planted).count(), planted.len());
    let (recall, precision) = (right as f64 / all as f64, right as f64 / found.len() as f64);
    println!(
        "{right} of {all} planted pairs are found (recall {recall:.3}), among {} (precision {precision:.3})",
        found.len()
    );
    assert!(all > 150 && recall >= 0.95 && precision >= 0.95);
}

/// Five words in a row, of each text.
fn shingles(text: &str) -> BTreeSet<u64> {
    let folded = text.to_lowercase();
    let words: Vec<&str> =
        folded.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty()).collect();
    let hash = |row: &[&str]| {
        let bytes = *blake3::hash(row.join(" ").as_bytes()).as_bytes();
        u64::from_le_bytes(bytes[..8].try_into().expect("eight bytes"))
    };
    words.windows(5).map(hash).collect()
}

#[test]
fn copies_in_reuters_are_found() {
    let Some(place) = shared("data/reuters21578.ndjson.zst") else { return };
    let file = File::open(place).expect("it can be read");
    // A fifth of the archive, in time order: copies lie near one another.
    let lines = BufReader::new(zstd::Decoder::new(file).expect("it is compressed")).lines().take(4300);
    let texts: Vec<String> = lines
        .map(|line| serde_json::from_str::<serde_json::Value>(&line.expect("a line")).expect("it is JSON"))
        .map(|article| article["text"].as_str().unwrap_or_default().to_owned())
        .collect();
    let sets: Vec<BTreeSet<u64>> = texts.iter().map(|text| shingles(text)).collect();
    let mut holders: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (at, set) in sets.iter().enumerate() {
        set.iter().for_each(|shingle| holders.entry(*shingle).or_default().push(at));
    }
    let mut common: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for holders in holders.values() {
        for (place, one) in holders.iter().enumerate() {
            for other in &holders[place + 1..] {
                *common.entry((*one, *other)).or_default() += 1;
            }
        }
    }
    let alike = |(&(one, other), &common): (&(usize, usize), &usize)| {
        common * 10 >= (sets[one].len() + sets[other].len() - common) * 8
    };
    let copies: Vec<(usize, usize)> = common.iter().filter(|pair| alike(*pair)).map(|(pair, _)| *pair).collect();
    let wanted: BTreeSet<usize> = copies.iter().flat_map(|(one, other)| [*one, *other]).collect();
    let clips: Vec<Clip> = wanted.iter().map(|at| clip(&at.to_string(), &texts[*at])).collect();
    let groups = groups(&Archive::of(&clips), &wanted.into_iter().collect::<Vec<_>>());
    let found = copies.iter().filter(|(one, other)| groups[one] == groups[other]).count();
    println!("{found} of {} pairs whose five-word rows are common to eight tenths are found", copies.len());
    assert!(copies.len() > 50 && found * 10 >= copies.len() * 9);
}
