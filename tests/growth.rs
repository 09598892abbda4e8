//! Time grows with the length of an article, and not with its square: what was found to take more, at lengths at which it would
//! take minutes. `cargo run --release --example growth` looks for more of it.

use std::io::Cursor;

use onrecord::article::{Article, Format, ReadOptions, Reading, Source, read};
use onrecord::extract::{Attribution, Extraction, Kind, Person, Quote, Speaker, extract};
use onrecord::index::Record;
use onrecord::text::span::Span;

fn found(text: &str) -> Extraction {
    extract(&Article::from_text(Source::file("a"), format!("Town\n\n{text}")))
}

/// The text of a page with this body.
fn page(body: &str) -> String {
    let options = ReadOptions { format: Some(Format::Html), ..ReadOptions::default() };
    let input = Cursor::new(format!("<title>Town</title><body>{body}").into_bytes());
    match read(Source::file("a"), Box::new(input), &options).next() {
        Some(Reading::Article(article, _)) => article.text,
        other => panic!("no article but {other:?}"),
    }
}

#[test]
fn rare_marks_without_common_ones() {
    for mark in ["« ", "\u{a0}", "` "] {
        assert_eq!(found(&mark.repeat(100_000)).quotes.len(), 0, "{mark:?}");
    }
    assert_eq!(found(&"«We wait», said Anna Lind. ".repeat(2_000)).quotes.len(), 2_000);
}

#[test]
fn names_with_very_many_parts() {
    let nicknames = found(&"Anna “Bell” Lind ran.\n\n".repeat(30_000));
    assert_eq!(nicknames.people.len(), 1);
    let suffixes = found(&format!("Anna Lind{} ran.\n\n{}", " Jr".repeat(30_000), "Anna Lind ran.\n\n".repeat(30_000)));
    assert_eq!(suffixes.people.first().map(|person| person.mentions.len()), Some(30_001));
}

#[test]
fn one_sentence_of_very_many_clauses() {
    // Each clause of saying could be for one behind it, each "who" for any name before.
    assert_eq!(found(&"when Oakes said, ".repeat(100_000)).quotes.len(), 0);
    assert!(found(&"Nina Lind, a surveyor at Dovar, who said, ".repeat(50_000)).quotes.is_empty());
}

#[test]
fn very_many_who_have_no_name() {
    // Each could be the one that a name behind it tells, or the one that was described before.
    assert_eq!(found(&"A farmer saw the dam. ".repeat(60_000)).quotes.len(), 0);
    assert_eq!(found(&"a farmer spoke and the farmer said, ".repeat(30_000)).quotes.len(), 0);
    assert!(found(&"It leaks, the farmer said. “It leaks,” he said. ".repeat(10_000)).quotes.len() >= 10_000);
}

#[test]
fn blocks_of_which_none_is_a_paragraph() {
    assert_eq!(page(&"<p>‘".repeat(25_000)).matches('‘').count(), 25_000);
}

#[test]
fn letters_set_in_ways_that_never_end() {
    // Opened again in each paragraph: more of them in each.
    for end in ["</x>", "</p>", ""] {
        let letters: String = (0..8_000).map(|n| format!("<font size={n}>{end}a")).collect();
        let words = page(&letters).matches('a').count();
        assert!(words > 7_500, "{words} words of 8,000 with {end:?}");
    }
    assert!(page(&"<div></x>a".repeat(8_000)).matches('a').count() > 7_500);
}

#[test]
fn many_quotations_in_which_nobody_is_named() {
    let (said, times) = ("“We wait”, said Anna Lind. ", 100_000);
    let article = Article::from_text(Source::file("a"), said.repeat(times));
    let span = |within: &str, number: usize| {
        let start = number * said.len() + said.find(within).expect("it stands there");
        Span::new(&article.text, start, start + within.len()).expect("whole letters")
    };
    let attribution =
        Attribution { speaker: Speaker::Named(0), mention: None, cue: None, rule: "made", confidence: 1.0 };
    let quote =
        |number| Quote { spans: vec![span("We wait", number)], kind: Kind::Direct, attribution: attribution.clone() };
    let mentions = (0..times).map(|number| span("Anna Lind", number)).collect();
    let found = Extraction {
        quotes: (0..times).map(quote).collect(),
        people: vec![Person { name: "Anna Lind".to_owned(), roles: Vec::new(), mentions }],
        dates: Vec::new(),
    };
    assert_eq!(Record::new(&article, &found, &onrecord::index::Spellers::default()).quotes(), times);
}
