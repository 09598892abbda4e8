//! What one question may cost: words that stand for too many, and what is said of it.

use onrecord::query::ast::{Node, Query, Value};
use onrecord::query::parse;
use onrecord::text::span::Span;

use super::clip::{Archive, ask, clip};

fn archive() -> Archive {
    let words: Vec<String> = (0..5000).map(|number| format!("tide{number:04}")).collect();
    Archive::of(&[clip("long", &words.join(" ")), clip("short", "Two tides and a harbour.")])
}

fn found(archive: &Archive, query: &str) -> Result<Vec<String>, String> {
    let query = parse(query).expect("it is a query");
    let answer = archive.reader().articles(Some(&query), &ask());
    answer.map(|answer| answer.hits.into_iter().map(|hit| hit.path).collect()).map_err(|error| error.to_string())
}

#[test]
fn a_word_that_stands_for_too_many_is_refused_with_its_name() {
    let archive = archive();
    assert_eq!(found(&archive, "tide00*"), Ok(vec!["long".to_owned()]));
    let refused = |clause: &str| {
        Err(format!("`{clause}` stands for more than 4096 words of this index; more letters make it fewer"))
    };
    assert_eq!(found(&archive, "tide*"), refused("tide*"));
    assert_eq!(found(&archive, "harbour w/3 /t.+/"), refused("/t.+/"));
    assert_eq!(found(&archive, "-body:\"two ti\"*"), refused("body:\"two ti\"*"));
    // All clauses of a question together stand for no more than four times as many.
    let most = "tide0* tide1* tide2* ".repeat(6);
    let error = found(&archive, &most).expect_err("it is refused");
    assert!(error.starts_with("this question is too much for one search"), "{error}");
}

#[test]
fn the_largest_questions_are_answered() {
    let archive = archive();
    let leaf = |number: usize| Query {
        node: Node::Leaf(None, Value::Word(format!("tide{:04}", number % 5000))),
        span: Span::whole(""),
    };
    let words: Vec<String> = (0..800).map(|number| leaf(number).to_string()).collect();
    for between in [" ", " OR ", " w/9 "] {
        let query: String = words.iter().take(600).map(String::as_str).collect::<Vec<_>>().join(between);
        assert_eq!(found(&archive, &query), Ok(vec!["long".to_owned()]), "600 words with{between}between");
    }
    let deep = format!("{}tide0001{}", "-(harbour OR ".repeat(30), ")".repeat(30));
    assert!(found(&archive, &deep).is_ok());
}
