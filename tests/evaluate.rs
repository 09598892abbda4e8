//! Tests: evaluation. The figures of `onrecord eval` against numbers reckoned by hand, and against the scorer of the shared
//! folder on all of its annotated articles.
//!
//! `evaluate/gold.jsonl` and `evaluate/found.jsonl` are annotated articles and predictions of them, written for this; what is
//! to come out of them is told at each test.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use expect_test::expect_file;
use serde_json::{Value, json};

use crate::support::{shared, skipped};

fn package(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Runs the program in the folder of these tests: its exit code, stdout and stderr.
fn onrecord(args: &[&str], input: &str) -> (Option<i32>, String, String) {
    let mut run = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .args(args)
        .current_dir(package("tests/evaluate"))
        .env_remove("CLICOLOR_FORCE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut stdin = run.stdin.take().expect("it has a stdin");
    stdin.write_all(input.as_bytes()).expect("it reads");
    drop(stdin);
    let ran = run.wait_with_output().expect("the program ends");
    (
        ran.status.code(),
        String::from_utf8_lossy(&ran.stdout).into_owned(),
        String::from_utf8_lossy(&ran.stderr).into_owned(),
    )
}

fn evaluated(args: &[&str]) -> Value {
    let (code, out, said) = onrecord(&[&["eval", "--json"], args].concat(), "");
    assert_eq!((code, said.as_str()), (Some(0), ""));
    read(&out)
}

fn figure(right: f64, found: f64, gold: f64) -> Value {
    let (p, r) = (right / found, right / gold);
    read(&json!({ "precision": p, "recall": r, "f1": 2.0 * p * r / (p + r) }).to_string())
}

/// Reading JSON may take a number for its neighbour: what is compared has been read, both sides of it.
fn read(json: &str) -> Value {
    serde_json::from_str(json).expect("one JSON object")
}

/// ferry: one right; right words and the wrong man; a ship's name taken for a quotation; half of one found (15 of 30).
/// faehre: one right; one that lies over indirect speech, which is not asked for.
/// sign: right words of nobody; one missed; one where nobody spoke.
#[test]
fn figures_are_as_reckoned_by_hand() {
    let report = evaluated(&["gold.jsonl", "--from", "found.jsonl"]);
    let expected = json!({
        "articles": 3,
        "gold": 6,
        "found": 7,
        "span_exact": figure(4.0, 7.0, 6.0),
        "span_relaxed": figure(4.0, 7.0, 6.0),
        "attr_mention": { "share": 1.0, "right": 3, "of": 3, "silent": 0 },
        "attr_resolved": { "share": 0.5, "right": 1, "of": 2, "silent": 0 },
        "joint": figure(3.0, 7.0, 6.0),
        "covered_0.3": figure(5.0, 7.0, 6.0),
        "covered_0.8": figure(4.0, 7.0, 6.0),
        "kind": { "share": 0.75, "right": 3, "of": 4, "silent": 0 },
    });
    assert_eq!(report.get("total"), Some(&expected));
    let wrong = json!({ "speaker": 1, "span": 1, "missed": 1, "no-quotation": 1, "extra": 1 });
    assert_eq!(report.get("wrong"), Some(&wrong));
    let rules = json!([
        { "rule": null, "decided": 1, "span": 1, "both": 1 },
        { "rule": "colon", "decided": 1, "span": 0, "both": 0 },
        { "rule": "nearest-mention", "decided": 1, "span": 0, "both": 0 },
        { "rule": "quote-verb-speaker", "decided": 2, "span": 2, "both": 2 },
        { "rule": "speaker-verb-quote", "decided": 2, "span": 1, "both": 0 },
    ]);
    assert_eq!(report.get("rules"), Some(&rules));
}

/// With indirect speech, two more are asked for and one of them is found; the one over the other half counts as wrong.
#[test]
fn other_kinds_may_be_asked_for() {
    let report = evaluated(&["gold.jsonl", "--from", "found.jsonl", "--kinds", "direct,mixed,indirect"]);
    let total = |key: &str| report.pointer(&format!("/total/{key}"));
    assert_eq!((total("gold"), total("found")), (Some(&json!(8)), Some(&json!(9))));
    assert_eq!(total("span_relaxed"), Some(&figure(5.0, 9.0, 8.0)));
    assert_eq!(total("joint"), Some(&figure(4.0, 9.0, 8.0)));
    let report = evaluated(&["gold.jsonl", "--from", "found.jsonl", "--kinds", "mixed"]);
    let total = |key: &str| report.pointer(&format!("/total/{key}"));
    assert_eq!((total("gold"), total("found")), (Some(&json!(1)), Some(&json!(1))));
    assert_eq!(total("joint"), Some(&json!({ "precision": 0.0, "recall": 0.0, "f1": 0.0 })));
}

/// Right ones: 0.95 and 0.62; wrong ones: 0.62, 0.31, 0.85, 0.05. Of the 8 pairs, 0.95 wins 4, 0.62 wins 2 and draws 1.
#[test]
fn confidence_is_held_against_truth() {
    let report = evaluated(&["gold.jsonl", "--from", "found.jsonl"]);
    assert_eq!(report.pointer("/reliability/auroc"), Some(&json!(6.5 / 8.0)));
    assert_eq!(report.pointer("/reliability/without_confidence"), Some(&json!(1)));
    let bins = report.pointer("/reliability/bins").and_then(Value::as_array).expect("there are bins");
    let shown: Vec<Value> =
        bins.iter().map(|bin| json!([bin.get("count"), bin.get("predicted"), bin.get("observed")])).collect();
    let none = json!([0, null, null]);
    let expected = [
        json!([1, 0.05, 0.0]),
        none.clone(),
        none.clone(),
        json!([1, 0.31, 0.0]),
        none.clone(),
        none.clone(),
        json!([2, 0.62, 0.5]),
        none,
        json!([1, 0.85, 0.0]),
        json!([1, 0.95, 1.0]),
    ];
    assert_eq!(shown, expected);
}

#[test]
fn tables_and_mistakes_are_for_people() {
    let (code, out, said) = onrecord(&["eval", "gold.jsonl", "--from", "found.jsonl", "--errors"], "");
    assert_eq!((code, said.as_str()), (Some(0), ""));
    expect_file!["evaluate/table.txt"].assert_eq(&out);
    let listed = |args: &[&str]| {
        let report = evaluated(&[&["gold.jsonl", "--from", "found.jsonl"], args].concat());
        report.get("errors").and_then(Value::as_array).map(Vec::len)
    };
    assert_eq!((listed(&[]), listed(&["--errors", "2"]), listed(&["--errors"])), (None, Some(2), Some(5)));
}

#[test]
fn articles_are_extracted_where_no_predictions_are_given() {
    let text = "“We sail no more,” said Tilda Marsh.";
    let mention = json!({ "start": 24, "end": 35 });
    let quote = json!({ "start": 1, "end": 17, "kind": "direct", "speaker_mention": mention, "speaker_resolved": "Tilda Marsh" });
    let gold = json!({ "id": "1", "text": text, "quotes": [quote] }).to_string();
    let (code, out, said) = onrecord(&["eval", "-", "--json", "--errors"], &gold);
    assert_eq!((code, said.as_str()), (Some(0), ""));
    let report = read(&out);
    assert_eq!(report.pointer("/total/joint"), Some(&figure(1.0, 1.0, 1.0)));
    assert_eq!(report.get("errors"), Some(&json!([])));
}

/// What is said of these lines of annotated articles, each exit code 2.
fn check(gold: &str, expected: &str) {
    let (code, out, said) = onrecord(&["eval", "-"], gold);
    let told = "help: `onrecord help evaluation` tells the form of a line\n";
    assert_eq!((code, out.as_str(), said.replace(told, "").as_str()), (Some(2), "", expected), "{gold}");
}

#[test]
fn bad_lines_are_named() {
    let good = r#"{"id":"1","text":"ab","quotes":[]}"#;
    check("", "error: no annotated article in -\n");
    check(&format!("{good}\n\nhello\n"), "error: -: line 3: it is no JSON object: expected value (column 1)\n");
    check(
        "{\"id\":\"1\",\"text\":\"ab\"}\n",
        "error: -: line 1: it has not the form of an annotated article: missing field `quotes` (column 22)\n",
    );
    check("{\"id\":\"1\",\"quotes\":[]}\n", "error: -: line 1: it has no `text`\n");
    check(&format!("{good}\n{good}\n"), "error: -: line 2: the id 1 stands in line 1 as well\n");
    check(
        r#"{"id":"1","text":"äb","quotes":[{"start":0,"end":2,"kind":"direct"},{"start":0,"end":3,"kind":"direct"}]}"#,
        "error: -: line 1: quotation 2: its place 0..3 is no place in a text of 2 characters\n",
    );
    check(
        r#"{"id":"1","text":"ab","quotes":[{"start":0,"end":1,"kind":"direct","speaker_mention":{"text":"b"}}]}"#,
        "error: -: line 1: quotation 1: its speaker_mention has no place\n",
    );
    check(
        r#"{"id":"1","text":"ab","quotes":[{"start":-1,"end":1,"kind":"direct"}]}"#,
        "error: -: line 1: it has not the form of an annotated article: invalid value: integer `-1`, expected usize (column 43)\n",
    );
    let many = "x\n".repeat(12);
    let lines: String =
        (1..=10).map(|n| format!("error: -: line {n}: it is no JSON object: expected value (column 1)\n")).collect();
    check(&many, &format!("{lines}and 2 more lines\n"));
}

#[test]
fn predictions_have_to_fit() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let file = folder.path().join("found.jsonl");
    let said = |predictions: &str| {
        fs::write(&file, predictions).expect("a file can be written");
        let path = file.to_string_lossy();
        let (code, _, said) = onrecord(&["eval", "gold.jsonl", "--from", &path], "");
        (code, said.replace(&*path, "FOUND"))
    };
    let (code, told) = said(r#"{"id":"sign","quotes":[{"start":0,"end":300,"kind":"direct"}]}"#);
    assert_eq!(code, Some(2));
    assert!(
        told.contains("error: FOUND: line 1: quotation 1: its place 0..300 is no place in a text of 75 characters\n"),
        "{told}"
    );
    let (code, told) = said(r#"{"id":"sign","quotes":[]}"#);
    assert_eq!(
        (code, told.as_str()),
        (Some(0), "no predictions for 2 articles (ferry first): counted as without quotations\n")
    );
    let (code, told) = said(r#"{"id":"elsewhere","quotes":[]}"#);
    assert_eq!((code, told.as_str()), (Some(2), "error: FOUND has predictions for none of the articles\n"));
    let (code, told) = said(r#"{"id":"sign","quotes":[{"start":0,"end":3,"kind":"direct","confidence":1.5}]}"#);
    assert_eq!(code, Some(2));
    assert!(told.contains("line 1: quotation 1: its confidence is not between 0 and 1"), "{told}");
    let folder = tempfile::tempdir().expect("a folder can be made");
    let gold = folder.path().join("gold.jsonl");
    let line = r#"{"id":"a","text":"“Aye,” she said.","quotes":[{"start":0,"end":5,"kind":"dirct"}]}"#;
    std::fs::write(&gold, line).expect("a file can be written");
    let (code, _, told) = onrecord(&["eval", &gold.to_string_lossy()], "");
    assert_eq!(code, Some(2));
    let kinds = "line 1: quotation 1: unknown kind `dirct`; the kinds are direct, mixed, indirect, unattributed";
    assert!(told.contains(kinds), "{told}");
    let (code, _, told) = onrecord(&["eval", "nowhere.jsonl"], "");
    assert_eq!((code, told.as_str()), (Some(2), "error: cannot read nowhere.jsonl: there is no such file\n"));
}

/// The folder of shared data with a Python to score by, or `None` with a word about what is absent.
fn scorer() -> Option<PathBuf> {
    let folder = shared("eval/score.py")?.parent()?.to_owned();
    let python = Command::new("python3").arg("--version").output().is_ok_and(|ran| ran.status.success());
    if !python {
        skipped("python3");
    }
    python.then_some(folder)
}

/// Every figure for these predictions is the scorer's, to the last digit: the numbers, and those of the table.
fn check_scored(scorer: &Path, gold: &Path, found: &Path, kinds: &str) -> Value {
    let score = |json: &[&str]| {
        let mut python = Command::new("python3");
        python.arg(scorer.join("score.py")).args([gold, found]).args(["--kinds", kinds, "--pred-kinds", kinds]);
        let ran = python.args(json).output().expect("python runs");
        String::from_utf8(ran.stdout).expect("the scorer writes UTF-8")
    };
    let (gold_path, found_path) = (gold.to_string_lossy(), found.to_string_lossy());
    let args = ["eval", &gold_path, "--from", &found_path, "--kinds", kinds];
    let (_, table, _) = onrecord(&args, "");
    let theirs = score(&[]);
    // The percentages behind these words, in the first line that begins with them.
    let numbers = |text: &str, row: &str| -> Vec<String> {
        let rest = text.lines().find_map(|line| line.strip_prefix(row)).expect("there is such a line");
        rest.split(' ').filter(|word| word.contains('.')).map(|word| word.trim_end_matches('%').to_owned()).collect()
    };
    for (row, name) in [("span exact ", "span, exact "), ("span relaxed ", "span  "), ("JOINT ", "span and speaker ")] {
        assert_eq!(numbers(&theirs, row), numbers(&table, name), "{} {kinds}: {name}", gold.display());
    }
    for (row, name) in [("attr mention ", "mention of the speaker "), ("attr resolved ", "name of the speaker ")] {
        if theirs.contains(row) {
            assert_eq!(numbers(&theirs, row), numbers(&table, name), "{} {kinds}: {name}", gold.display());
        }
    }
    let scored = read(&score(&["--json"]));
    let report = evaluated(args.get(1..).expect("the arguments"));
    let ours = |key: &str| report.pointer(&format!("/total/{key}")).cloned().unwrap_or_default();
    let name = format!("{} {kinds}", gold.display());
    for (theirs, key) in [
        ("span_exact", "span_exact"),
        ("span_relaxed", "span_relaxed"),
        ("joint", "joint"),
        ("ggt_0.3", "covered_0.3"),
        ("ggt_0.8", "covered_0.8"),
    ] {
        let figure = ours(key);
        let figure = json!([figure.get("precision"), figure.get("recall"), figure.get("f1")]);
        assert_eq!(scored.get(theirs), Some(&figure), "{name}: {key}");
    }
    let count = |key: &str| scored.pointer(&format!("/counts/{key}")).cloned().unwrap_or(json!(0));
    for (key, short) in [("attr_mention", "attr_m"), ("attr_resolved", "attr_r")] {
        let share = ours(key);
        assert_eq!(scored.get(key), share.get("share"), "{name}: {key}");
        for (theirs, field) in [("n", "of"), ("ok", "right"), ("abstain", "silent")] {
            assert_eq!(Some(&count(&format!("{short}_{theirs}"))), share.get(field), "{name}: {key} {field}");
        }
    }
    assert_eq!((count("gold"), count("pred")), (ours("gold"), ours("found")), "{name}");
    report
}

/// The predictions of `extract --json` in the scorer's form: one record for each span, places in code points.
fn predictions(gold: &Path) -> String {
    let gold: Vec<Value> = fs::read_to_string(gold)
        .expect("the annotated articles can be read")
        .lines()
        .map(|line| serde_json::from_str(line).expect("annotated articles are JSON"))
        .collect();
    let field = |article: &Value, key: &str| article.get(key).cloned().unwrap_or_default();
    let input: String = gold
        .iter()
        .map(|a| json!({ "id": field(a, "id"), "text": field(a, "text"), "title": field(a, "title"), "date": field(a, "date"), "outlet": field(a, "source") }))
        .map(|line| format!("{line}\n"))
        .collect();
    let folder = tempfile::tempdir().expect("a folder can be made");
    let file = folder.path().join("articles.jsonl");
    fs::write(&file, input).expect("a file can be written");
    let (code, out, _) = onrecord(&["extract", "--from", "jsonl", "--json", &file.to_string_lossy()], "");
    assert_eq!(code, Some(0), "everything was extracted");
    let mut lines = String::new();
    for (article, found) in gold.iter().zip(out.lines()) {
        let found: Value = serde_json::from_str(found).expect("extractions are JSON");
        let text = article.get("text").and_then(Value::as_str).expect("there is a text");
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let point = |byte: Option<&Value>| {
            let byte = byte.and_then(Value::as_u64).and_then(|byte| usize::try_from(byte).ok()).expect("a place");
            starts.binary_search(&byte).expect("on a character")
        };
        let mut quotes = Vec::new();
        for quote in found.get("quotes").and_then(Value::as_array).expect("there are quotes") {
            let mention = quote.pointer("/speaker/mention").filter(|mention| mention.is_array()).map(|mention| {
                let (start, end) = (point(mention.get(0)), point(mention.get(1)));
                let bytes = |at: usize| starts.get(at).copied().expect("in the text");
                json!({ "start": start, "end": end, "text": text.get(bytes(start)..bytes(end)) })
            });
            for span in quote.get("spans").and_then(Value::as_array).expect("there are spans") {
                quotes.push(json!({
                    "start": point(span.get(0)), "end": point(span.get(1)), "kind": quote.get("kind"),
                    "speaker_mention": mention, "speaker_resolved": quote.pointer("/speaker/name"),
                    "rule": quote.get("rule"), "confidence": quote.get("confidence"),
                }));
            }
        }
        lines += &format!("{}\n", json!({ "id": field(article, "id"), "quotes": quotes }));
    }
    lines
}

#[test]
fn figures_are_those_of_the_shared_scorer() {
    let Some(scorer) = scorer() else { return };
    let folder = tempfile::tempdir().expect("a folder can be made");
    for (set, kinds) in [
        ("polnear_segments", "direct,mixed"),
        ("ggt_segments", "direct,mixed"),
        ("ggt", "direct,mixed,indirect"),
        ("german_wikinews_segments", "direct,mixed"),
    ] {
        let gold = scorer.join("gold").join(set).with_extension("jsonl");
        let found = folder.path().join(set);
        fs::write(&found, predictions(&gold)).expect("a file can be written");
        let scored = check_scored(&scorer, &gold, &found, kinds);
        let extracted = evaluated(&[&gold.to_string_lossy(), "--kinds", kinds]);
        assert_eq!(extracted, scored, "{set}: what is extracted is what is written by `extract`");
    }
}

#[test]
fn hand_made_figures_are_those_of_the_shared_scorer() {
    let Some(scorer) = scorer() else { return };
    for kinds in ["direct,mixed", "direct", "mixed,indirect", "direct,mixed,indirect"] {
        let file = |name: &str| package("tests/evaluate").join(name);
        check_scored(&scorer, &file("gold.jsonl"), &file("found.jsonl"), kinds);
    }
}
