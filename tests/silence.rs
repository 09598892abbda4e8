//! What stands between marks and is no quotation, each sentence beside a twin of much the same shape that is one.
//!
//! `silence.txt` holds the sentences. What the program gets wrong today is listed in `silence_misses.txt`; the test fails when
//! a line is wrong that is not listed there, and when a listed one has become right. `UPDATE_EXPECT=1` writes the list anew.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use onrecord::article::{Article, Source};
use onrecord::extract::{Kind, extract};

/// How many quotations with marks are found in a sentence.
fn quotations(sentence: &str) -> usize {
    let found = extract(&Article::from_text(Source::file("silence"), sentence));
    found.quotes.iter().filter(|quote| quote.kind != Kind::Indirect).count()
}

#[test]
fn only_quotations_are_quotations() {
    let cases = include_str!("silence.txt");
    let mut wrong = BTreeSet::new();
    let (mut silent, mut twins) = (0, 0);
    for line in cases.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        let parts: Vec<&str> = line.split(" | ").collect();
        let &[kind, quiet, twin] = parts.as_slice() else { panic!("not `KIND | silent | twin`: {line}") };
        silent += 1;
        if quotations(quiet) > 0 {
            wrong.insert(format!("{kind}: not silent: {quiet}"));
        }
        twins += 1;
        if quotations(twin) == 0 {
            wrong.insert(format!("{kind}: silent: {twin}"));
        }
    }
    assert!(silent >= 150, "only {silent} sentences");
    println!("{} of {} sentences are read wrongly", wrong.len(), silent + twins);
    let mut text =
        String::from("# What the program gets wrong in silence.txt today; silence.rs says how to keep this list.\n");
    for line in &wrong {
        writeln!(text, "{line}").expect("a String takes all");
    }
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/silence_misses.txt");
    if env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&list, &text).expect("the list can be written");
    }
    let listed = fs::read_to_string(&list).expect("the list can be read");
    assert_eq!(listed, text, "run with UPDATE_EXPECT=1 and read the difference");
}
