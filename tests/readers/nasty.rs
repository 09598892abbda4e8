//! More files that mean harm: nested without end in formats that are not markup, lines without end, and what no text should hold.

use std::io::{BufReader, Read};

use onrecord::article::{Format, ReadOptions, Reading, Source, read};
use onrecord::query;
use onrecord::text::marks::regions;
use onrecord::text::paragraph::paragraphs;

use super::{check, check_with, readings};

#[test]
fn nested_a_hundred_thousand_deep() {
    let deep = |open: &str, close: &str| format!("{}{}", open.repeat(100_000), close.repeat(100_000));
    for format in [Format::Json, Format::JsonLines, Format::Ninjs, Format::JsonFeed] {
        let options = ReadOptions { format: Some(format), ..ReadOptions::default() };
        for nested in [deep("[", "]"), deep("{\"a\":", "}"), deep("[{\"text\":", "}]"), "[".repeat(100_000)] {
            // A file of such records, and one between two good ones.
            assert!(!readings("a.json", &nested, &options).is_empty());
            let file = format!("{{\"title\":\"A\"}}\n{{\"title\":\"B\",\"x\":{nested}}}\n{{\"title\":\"C\"}}\n");
            let all = readings("a.json", file, &options);
            if format == Format::JsonLines {
                let titles: Vec<_> = all.iter().map(title).collect();
                assert!(titles.first() == Some(&Some("A")) && titles.last() == Some(&Some("C")), "{titles:?}");
            }
        }
    }
    // A mailbox in which each message quotes the one before.
    let quoted: String = (0..2_000)
        .map(|n| format!("From a Tue Mar  5 10:00:00 2019\nSubject: {n}\n\n{}One.\n\n", ">".repeat(n)))
        .collect();
    assert_eq!(readings("a.mbox", quoted, &ReadOptions::default()).len(), 2_000);
    let list = format!("# A\n\n{}One.\n", "> - ".repeat(100_000));
    assert_eq!(readings("a.md", list, &ReadOptions::default()).len(), 1);
    for (open, close) in [("(", ")"), ("NOT ", ""), ("-", ""), ("\"", "")] {
        let problems = query::parse(&format!("{}a{}", open.repeat(100_000), close.repeat(100_000)));
        assert!(problems.is_err_and(|problems| problems.len() < 100), "{open}");
    }
}

fn title(reading: &Reading) -> Option<&str> {
    match reading {
        Reading::Article(article, _) => article.headline(),
        Reading::Skipped(_) => None,
    }
}

#[test]
fn a_line_of_a_gigabyte() {
    const GIGABYTE: u64 = 1 << 30;
    let line = |format: Format, head: &'static str, byte: u8, tail: &'static str| -> Vec<String> {
        let input = head.as_bytes().chain(std::io::repeat(byte).take(GIGABYTE)).chain(tail.as_bytes());
        let options = ReadOptions { format: Some(format), ..ReadOptions::default() };
        let input = Box::new(BufReader::with_capacity(1 << 20, input));
        let said = |reading| match reading {
            Reading::Article(article, _) => article.headline().unwrap_or("untitled").to_owned(),
            Reading::Skipped(problem) => problem.to_string(),
        };
        read(Source::file("a"), input, &options).map(said).collect()
    };
    let large = "larger than 8 MB: not one article";
    assert_eq!(line(Format::Text, "Town\n\n", b'a', ""), [large]);
    assert_eq!(line(Format::Markdown, "# Town\n\n", 0, ""), [large]);
    assert_eq!(line(Format::Html, "<p>", b'a', ""), ["larger than 32 MB: not one article"]);
    let records = line(Format::JsonLines, "{\"title\":\"A\"}\n{\"text\":\"", b'a', "\"}\n{\"title\":\"B\"}\n");
    assert_eq!(records, ["A", "record 2: a line larger than 16 MB: not one article", "B"]);
    let rows = line(Format::Table, "title,text\nA,One\nB,\"", b'a', "\"\nC,Three\n");
    assert_eq!(rows, ["A", "record 2: a row larger than 16 MB"]);
}

#[test]
fn articles_larger_than_any() {
    let text = "The slip is closed. ".repeat(450_000);
    let large = "larger than 8 MB: not one article";
    check("a.txt", &text, &format!("skipped: {large}"));
    check("a.json", format!("{{\"title\":\"A\",\"text\":\"{text}\"}}"), &format!("skipped: {large}"));
    let options = ReadOptions { largest: Some(16 << 20), ..ReadOptions::default() };
    assert!(matches!(readings("a.txt", &text, &options).as_slice(), [Reading::Article(..)]));
    check_with(
        &ReadOptions { largest: Some(10), ..options },
        "a.txt",
        "The slip is closed.",
        "skipped: larger than 10 bytes: not one article",
    );
}

#[test]
fn pages_of_more_elements_than_any() {
    let many = "skipped: a page of more than 400000 elements: not one article";
    check("a.html", "<p>a".repeat(400_001), many);
    check("a.html", format!("<p {}>a", "a=".repeat(400_001)), many);
    // In a record its words are kept.
    let record = format!("{{\"title\":\"A\",\"html\":\"{}\"}}", "<b>a</b>".repeat(400_001));
    let all = readings("a.json", record, &ReadOptions::default());
    assert!(matches!(all.as_slice(), [Reading::Article(article, _)] if article.body().matches('a').count() == 400_001));
}

#[test]
fn halves_of_surrogates_and_other_signs_that_are_none() {
    check("a.json", r#"{"title":"A","text":"One \ud83d two \ude00."}"#, "#0 A: \"One \u{fffd} two \u{fffd}.\"");
    check(
        "a.jsonl",
        "{\"title\":\"A\",\"text\":\"One \\u0000 \\ud83d\\ud83d\\ude42.\"}\n{\"title\":\"B\"}\n",
        "#0 A: \"One \\0 \u{fffd}🙂.\"\n#1 B: \"\"",
    );
}

#[test]
fn records_of_more_values_than_any() {
    let file = format!("{{\"title\":\"A\",\"x\":[{}1]}}", "1,".repeat(2_000_001));
    check("a.json", file, "skipped: a record of more than 2000000 values: not one article");
}

#[test]
fn marks_by_the_million() {
    for mark in ["“", "”", "\"", " \"a", "'", "‘a ", "«", "» ", "„", "``", "''", "=\"", "“a ‘b ", "a’ "]
    {
        let text = mark.repeat(if mark == "“" { 1_000_000 } else { 40_000 });
        let found = regions(&text, &paragraphs(&text));
        assert!(found.iter().all(|region| region.open < region.close), "{mark}");
    }
}

#[test]
fn what_is_told_is_short() {
    let options = ReadOptions { format: Some(Format::Mets), ..ReadOptions::default() };
    let file = format!("<mets LABEL='{}'/>", "a ".repeat(50_000));
    for reading in readings("a.xml", file, &options) {
        let Reading::Skipped(problem) = reading else { panic!("an article") };
        assert!(problem.message.len() < 2_100, "{} bytes", problem.message.len());
    }
    let long = onrecord::text::problem::Problem::new(onrecord::text::problem::Place::Whole, "é".repeat(10_000));
    assert_eq!(long.message.chars().count(), 501);
}
