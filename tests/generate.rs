//! Generated archives: the same bytes for the same seed, words as often as in a language, and an index of them that holds what is known to
//! stand in them, to the last quotation.

#[path = "bench/generate/news.rs"]
mod news;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use super::fuzz::mutate;
use news::truth::{PLANTED, WITNESS};
use news::{News, form};

fn lines(seed: u64, articles: u64) -> String {
    let mut out = Vec::new();
    form::lines(&News::new(seed), articles, &mut out).expect("it is made");
    String::from_utf8(out).expect("it is made")
}

#[test]
fn a_seed_gives_the_same_bytes_on_every_machine() {
    let bytes = lines(1, 50);
    assert_eq!(bytes, lines(1, 50));
    assert_ne!(bytes, lines(2, 50));
    assert_eq!(
        blake3::hash(bytes.as_bytes()).to_hex().as_str(),
        "5ef43fc0ab8df4fa2b9f63e3c58a2af6833473c0769df3a1f0d1bdc5e1725d20"
    );
}

#[test]
fn a_larger_archive_begins_with_the_smaller() {
    assert!(lines(7, 40).starts_with(&lines(7, 15)));
}

#[test]
fn files_hold_what_lines_hold() {
    let folder = tempfile::tempdir().expect("it is made");
    let truth = form::files(&News::new(3), 20, folder.path()).expect("it is made");
    let read = |number| fs::read_to_string(form::place(folder.path(), number)).expect("it is made");
    assert_eq!((0..20).map(read).collect::<String>(), lines(3, 20));
    assert_eq!(truth.articles, 20);
}

#[test]
fn words_are_as_often_as_in_a_language() {
    let text = lines(1, 400);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    text.split(|sign: char| !sign.is_ascii_alphabetic()).for_each(|word| *counts.entry(word).or_default() += 1);
    let total: usize = counts.values().sum();
    let mut sorted: Vec<usize> = counts.into_values().collect();
    sorted.sort_unstable_by(|one, other| other.cmp(one));
    // The hundred most common make about half of a text, and half of the words stand there once or twice.
    let common = sorted.iter().take(100).sum::<usize>() * 100 / total;
    assert!((40..70).contains(&common), "{common} %");
    let rare = sorted.iter().filter(|count| **count <= 2).count() * 100 / sorted.len();
    assert!((35..75).contains(&rare), "{rare} %");
}

#[test]
fn nobody_shares_a_name() {
    let news = News::new(1);
    let names: BTreeSet<String> = (0..50_000).map(|number| news.name(number)).collect();
    assert_eq!(names.len(), 50_000);
    assert!(!names.contains(WITNESS));
}

#[test]
fn planted_words_are_counted_without_reading() {
    for planted in PLANTED {
        for articles in [0, 1, planted.every / 2, planted.every / 2 + 1, planted.every, 3 * planted.every + 7] {
            let found = (0..articles).filter(|number| planted.stands_in(*number)).count();
            assert_eq!(planted.count(articles), found as u64, "{} in {articles}", planted.word);
        }
    }
}

fn asked(folder: &Path, words: &[&str]) -> u64 {
    let output =
        Command::new(env!("CARGO_BIN_EXE_onrecord")).args(words).current_dir(folder).output().expect("it is made");
    String::from_utf8(output.stdout).expect("it is made").trim().parse().expect("a number")
}

#[test]
fn an_index_holds_what_is_known_to_stand_there() {
    const ARTICLES: u64 = 300;
    let folder = tempfile::tempdir().expect("it is made");
    let news = News::new(5);
    let mut out = Vec::new();
    let truth = form::lines(&news, ARTICLES, &mut out).expect("it is made");
    fs::write(folder.path().join("news.ndjson"), out).expect("it is made");
    let index = ["index", "news.ndjson", "--quiet", "-i", "index"];
    let status = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .args(index)
        .current_dir(folder.path())
        .status()
        .expect("it is made");
    assert!(status.success());
    let count = |query: &str| asked(folder.path(), &["search", "-i", "index", "-c", query]);
    let articles = |query: &str| asked(folder.path(), &["search", "-i", "index", "--articles", "-c", query]);
    assert_eq!((articles("*"), truth.articles), (ARTICLES, ARTICLES));
    assert_eq!(count("*"), truth.quotations);
    for (number, known) in truth.speakers.iter().enumerate().take(12) {
        let name = news.name(number);
        assert_eq!(count(&format!("speaker:=\"{name}\"")), *known, "{name}");
    }
    for planted in &PLANTED {
        assert_eq!(articles(planted.word), planted.count(ARTICLES), "{}", planted.word);
        assert_eq!(count(&format!("speaker:Thistlewood {}", planted.word)), planted.count(ARTICLES));
    }
    let mut written = Vec::new();
    truth.write(&news, &mut written).expect("it is made");
    let written: serde_json::Value = serde_json::from_slice(&written).expect("it is made");
    assert_eq!(written["articles_with"]["quorndale"], 30);
    assert_eq!(written["quotations_of"][news.name(0)], truth.speakers[0]);
}
