//! Real files of the shared folder: each is read, or skipped for a reason that is true of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use onrecord::article::{ReadOptions, Reading};

use crate::support::shared;

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder can be read") {
            let path = entry.expect("an entry").path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

/// How many articles and how many skips of each reason the files with this ending give.
fn count(folder: &Path, ending: &str) -> (usize, usize, BTreeMap<String, usize>) {
    let (mut read, mut articles, mut skips) = (0, 0, BTreeMap::new());
    for path in files(folder).iter().filter(|path| path.to_string_lossy().ends_with(ending)) {
        read += 1;
        let name = path.to_string_lossy();
        let all = super::readings(&name, fs::read(path).expect("a file"), &ReadOptions::default());
        assert!(!all.is_empty(), "{name} gives nothing");
        for reading in all {
            match reading {
                Reading::Article(article, _) => {
                    articles += 1;
                    assert!(
                        !article.text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')),
                        "{name}: control characters"
                    );
                    assert!(
                        !["<p>", "&amp;", "<br", "&lt;"].iter().any(|sign| article.text.contains(sign)),
                        "{name}: marked up: {}",
                        article.text
                    );
                    assert!(article.headline().is_some() || !article.body().is_empty(), "{name}: an empty article");
                }
                Reading::Skipped(problem) => {
                    let reason = problem.message.split(" at ").next().unwrap_or_default().to_owned();
                    *skips.entry(reason).or_default() += 1;
                }
            }
        }
    }
    (read, articles, skips)
}

#[track_caller]
fn check(folder: &str, ending: &str, expected: (usize, usize), reasons: &[(&str, usize)]) {
    let Some(root) = shared(&format!("data/{folder}")) else { return };
    let (files, articles, skips) = count(&root, ending);
    let reasons: BTreeMap<String, usize> =
        reasons.iter().map(|(reason, count)| ((*reason).to_owned(), *count)).collect();
    assert_eq!((files, articles, skips), (expected.0, expected.1, reasons), "{folder}");
}

#[test]
fn items_of_newsml_g2() {
    check(
        "newsml_g2",
        ".xml",
        (151, 7),
        &[
            ("a news item without a text or a headline", 82),
            ("a package: it lists other items and has no text of its own", 15),
            ("a vocabulary: no article", 13),
            ("a concept of a vocabulary: no article", 12),
            ("a plan of coverage: it has no text of its own", 8),
            ("its content is not in this file but", 6),
            ("not an article format that onrecord reads: XML of another kind (its root is <catalog>)", 4),
            ("a catalogue of vocabularies: no article", 3),
            ("a video, not an article", 1),
        ],
    );
}

#[test]
fn items_of_ninjs() {
    check(
        "ninjs",
        ".json",
        (43, 27),
        &[
            ("a picture, not an article", 7),
            ("an entry of a calendar, not an article", 3),
            ("a sound recording, not an article", 2),
            ("a video, not an article", 2),
            ("a JSON Schema: no article", 1),
            ("each of its 14 records is an entry of a calendar, not an article", 1),
        ],
    );
}

#[test]
fn items_of_the_old_newsml() {
    check("ninjs/NewsML", ".xml", (4, 4), &[]);
}

#[test]
fn feeds_of_every_kind() {
    check("feeds/rss0", ".xml", (5, 8), &[]);
    check("feeds/rss1", ".xml", (7, 9), &[]);
    check("feeds/rss2", ".xml", (32, 33), &[("no item in this feed", 1)]);
    check("feeds/atom", ".xml", (18, 46), &[]);
}

#[test]
fn json_feeds_and_dumps_of_feeds() {
    check("feeds", ".json", (67, 108), &[]);
}

#[test]
fn scans() {
    check(
        "ocr_alto",
        ".xml",
        (9, 1),
        &[
            ("not an article format that onrecord reads: XML of another kind (its root is <record>)", 3),
            (
                "not an article format that onrecord reads: XML of another kind (its root is <searchRetrieveResponse>)",
                3,
            ),
            ("not an article format that onrecord reads: XML of another kind (its root is <records>)", 2),
        ],
    );
}
