//! The article that the project began with, where it lies beside the package.

use std::path::PathBuf;
use std::process::Command;

use super::console::{PROGRAM, isolate};
use crate::support::shared;

struct Index(tempfile::TempDir);

impl Index {
    /// Exit code and JSON lines of a search.
    fn search(&self, args: &[&str]) -> (Option<i32>, Vec<serde_json::Value>) {
        let mut command = Command::new(PROGRAM);
        let done = isolate(&mut command).arg("-i").arg(self.0.path().join("new")).arg("search").args(args).output();
        let done = done.expect("it starts");
        let lines = String::from_utf8(done.stdout).expect("JSON is UTF-8");
        let lines = lines.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect();
        (done.status.code(), lines)
    }

    fn found(&self, query: &str) -> Vec<serde_json::Value> {
        let (code, lines) = self.search(&[query, "--json"]);
        assert_eq!(code, Some(i32::from(lines.is_empty())), "{query}");
        lines
    }

    /// How many quotations are found, and of how many pieces each is.
    fn pieces(&self, query: &str) -> Vec<(String, usize)> {
        let shape = |hit: &serde_json::Value| {
            let kind = hit["kind"].as_str().expect("a kind").to_owned();
            (kind, hit["spans"].as_array().expect("spans").len())
        };
        self.found(query).iter().map(shape).collect()
    }
}

#[test]
fn the_seed_is_searched_by_speaker() {
    let Some(seed) = shared("seed") else { return };
    let index = Index(tempfile::tempdir().expect("a folder can be made"));
    let mut command = Command::new(PROGRAM);
    let done = isolate(&mut command).arg("index").arg(&seed).arg("-i").arg(index.0.path().join("new")).status();
    assert_eq!(done.expect("it starts").code(), Some(0));

    let kerry = index.found("speaker:Kerry kind:direct");
    assert_eq!(kerry.len(), 2, "{kerry:#?}");
    for hit in &kerry {
        assert_eq!(hit["speaker"], "John Kerry");
        assert!(hit["role"].as_str().expect("a role").contains("Secretary of State"), "{hit}");
        assert_eq!(hit["spans"].as_array().expect("spans").len(), 2, "{hit}");
    }
    let two = |kind: &str, pieces| vec![(kind.to_owned(), pieces)];
    assert_eq!(index.pieces("speaker:Peskov"), two("direct", 2));
    assert_eq!(index.pieces("speaker:Cook"), two("mixed", 1));
    assert_eq!(index.pieces("speaker:Zakharova"), two("mixed", 1));
    assert_eq!(index.pieces("speaker:Kerry Assad kind:direct").len(), 1);
    assert_eq!(index.search(&["speaker:Peskov ISIL", "--json"]), (Some(1), vec![]));
    assert_eq!(index.search(&["-n", "1", "speaker:Kerry", "kind:direct", "--json"]).1.len(), 1);
    assert_eq!(index.search(&["speaker:Kerry kind:direct", "-c"]), (Some(0), vec![serde_json::json!(2)]));
    assert_eq!(index.search(&["speaker:Kerry", "-q"]), (Some(0), vec![]));
    assert_eq!(index.search(&["speaker:Nobody", "-q"]), (Some(1), vec![]));
}

#[test]
fn the_seeds_days_need_a_day_of_publication() {
    let Some(seed) = shared("seed") else { return };
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(seed).expect("a folder").map(|e| e.expect("an entry").path()).collect();
    files.sort();
    let dates = |args: &[&str]| -> Vec<(String, serde_json::Value)> {
        let mut command = Command::new(PROGRAM);
        let done =
            isolate(&mut command).arg("extract").arg("--json").args(args).args(&files).output().expect("it starts");
        let line: serde_json::Value = serde_json::from_slice(&done.stdout).expect("a line is JSON");
        let dates = line["dates"].as_array().expect("dates").clone();
        dates
            .into_iter()
            .map(|date| (date["text"].as_str().expect("words").to_lowercase(), date["value"].clone()))
            .collect()
    };
    let value = |dates: &[(String, serde_json::Value)], words: &str| {
        dates.iter().find(|(text, _)| text.ends_with(words)).expect("it is found").1.clone()
    };
    let dated = dates(&["--date", "2015-09-18"]);
    assert_eq!(value(&dated, "friday"), "2015-09-18");
    assert_eq!(value(&dated, "wednesday"), "2015-09-16");
    let undated = dates(&[]);
    assert_eq!(value(&undated, "friday"), serde_json::Value::Null);
    assert_eq!(value(&undated, "wednesday"), serde_json::Value::Null);
}
