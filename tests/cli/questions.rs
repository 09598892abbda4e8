//! `src/cli/help/questions.md`: forty questions with their answers on `corpus/`, and whether they ask in every way there is.

use std::collections::BTreeSet;
use std::fs;

use onrecord::query;
use onrecord::query::ast::{Node, Query, Reach, Value};

use super::console;

const PAGE: &str = "src/cli/help/questions.md";

fn page() -> String {
    fs::read_to_string(console::package(PAGE)).expect("it can be read")
}

#[test]
fn answers() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    console::copy(&console::package("corpus"), &folder.path().join("corpus"));
    console::check(&console::package(PAGE), folder.path());
}

#[test]
fn forty_of_them_and_each_is_answered() {
    let page = page();
    let mut asked = Vec::new();
    let mut of_section = Vec::new();
    for line in page.lines() {
        let number = line.split_once(". ").and_then(|(number, _)| number.parse::<usize>().ok());
        if line.starts_with("## ") {
            of_section.push(0);
        } else if line.starts_with("$ ") {
            asked.last_mut().into_iter().for_each(|commands| *commands += 1);
        } else if let Some(number) = number {
            asked.push(0);
            assert_eq!(number, asked.len(), "{line}");
            *of_section.last_mut().expect("a section comes first") += 1;
        }
    }
    assert_eq!(of_section, [10; 4]);
    assert!(asked.iter().all(|commands: &i32| *commands > 0), "{asked:?}");
}

/// What a query asks with: the names of the parts of its tree.
fn ways(query: &Query, found: &mut BTreeSet<String>) {
    let name = |debug: String| debug.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_owned();
    match &query.node {
        Node::And(parts) | Node::Or(parts) | Node::AtLeast(_, parts) => parts.iter().for_each(|part| ways(part, found)),
        Node::Not(part) | Node::Boost(part, _) => ways(part, found),
        Node::Near(first, others) => {
            ways(first, found);
            for (reach, part) in others {
                let reach = match reach {
                    Reach::Within(_) => "w/",
                    Reach::Before(_) => "pre/",
                    Reach::Sentence => "w/s",
                    Reach::Paragraph => "w/p",
                };
                found.insert(reach.to_owned());
                ways(part, found);
            }
        }
        Node::Leaf(field, value) => {
            found.extend(field.map(|field| format!("{field:?}:")));
            match value {
                Value::Loose { prefix: true, .. } => found.insert("prefix".to_owned()),
                Value::Loose { slop: 1.., .. } => found.insert("slop".to_owned()),
                Value::Open(open) => found.insert(format!("{{}} {}", name(format!("{open:?}")))),
                value => found.insert(name(format!("{value:?}"))),
            };
        }
    }
    found.insert(name(format!("{:?}", query.node)));
}

#[test]
fn they_ask_in_every_way_there_is() {
    let page = page();
    let commands: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("$ ")).collect();
    let mut found = BTreeSet::new();
    for command in &commands {
        // What stands in single quotation marks, and the flags and commands themselves.
        for (at, piece) in command.split('\'').enumerate() {
            match query::parse(piece) {
                Ok(query) if at % 2 == 1 && !command.starts_with("printf") => {
                    ways(&query, &mut found);
                    // `-date:*` and the like: nothing but a negation.
                    if matches!(query.node, Node::Not(_)) {
                        found.insert("negation alone".to_owned());
                    }
                }
                _ => found.extend(piece.split_whitespace().map(str::to_owned)),
            }
        }
    }
    let every = "And Or Not Near AtLeast Boost Leaf \
        w/ pre/ w/s w/p slop prefix \
        Word Phrase Form Pattern Fuzzy Regex Any Exact Kind Days Shares Numbers \
        Speaker: Role: Kind: Title: Body: Outlet: Byline: Mentions: Date: Conf: Cue: About: Hlead: Section: Lang: Words: \
        Url: Path: Id: Batch: Saved: \
        index search count kwic timeline export extract show like saved run speakers status verify \
        --articles --by --per --sort --explain --why -C -c -q -n --json --format --fields --new --diff --sample --seed \
        --manifest csv bibtex csl-json ids - table cards";
    let missing: Vec<&str> = every.split_whitespace().filter(|way| !found.contains(*way)).collect();
    assert!(missing.is_empty(), "nothing on the page asks with {missing:?}: it has {found:?}");
    assert!(found.contains("negation alone") && found.contains("{} Value"), "{found:?}");
}
