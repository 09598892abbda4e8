//! What a query may have meant that was understood otherwise: a name of several words behind a field, of which only the first
//! belongs to it, and `or` where `OR` was meant.
//!
//! It looks at the tree alone; whether such a query finds anything, the index knows.

use crate::query::ast::{Field, Node, Query, Value};

/// So many words behind a field may belong to its value.
const WORDS: usize = 3;

/// The queries that this one may have been meant as, at most `most`: each is as long as the query.
pub(super) fn readings(query: &Query, most: usize) -> Vec<Query> {
    let mut found: Vec<Query> = operators(query).into_iter().collect();
    found.extend(values(query, most));
    found.truncate(most);
    found
}

/// The query with one field taking the words behind it, too: `speaker:Ada Lund` as `speaker:"Ada Lund"`. Longer values come first.
fn values(query: &Query, most: usize) -> Vec<Query> {
    let mut found = Vec::new();
    let with = |node| Query { node, span: query.span };
    match &query.node {
        Node::And(parts) => {
            let places = (0..parts.len()).flat_map(|number| (1..=WORDS).rev().map(move |words| (number, words)));
            for (number, words) in places {
                if found.len() == most {
                    break;
                }
                let Some(taken) = parts.get(number..=number + words).and_then(joined) else { continue };
                let (before, after) = (parts.iter().take(number), parts.iter().skip(number + words + 1));
                let others: Vec<Query> = before.cloned().chain([taken]).chain(after.cloned()).collect();
                found.push(with(single_or(others, Node::And)));
            }
            found.extend(inside(parts, most).map(|parts| with(Node::And(parts))));
        }
        Node::Or(parts) => found.extend(inside(parts, most).map(|parts| with(Node::Or(parts)))),
        Node::Not(part) => found.extend(values(part, most).into_iter().map(|part| with(Node::Not(Box::new(part))))),
        Node::AtLeast(..) | Node::Near(..) | Node::Boost(..) | Node::Leaf(..) => {}
    }
    found
}

/// The parts with one of them read otherwise.
fn inside(parts: &[Query], most: usize) -> impl Iterator<Item = Vec<Query>> {
    let read = parts.iter().enumerate().flat_map(move |(number, part)| {
        values(part, most).into_iter().map(move |other| {
            let mut parts = parts.to_vec();
            if let Some(part) = parts.get_mut(number) {
                *part = other;
            }
            parts
        })
    });
    read.take(most)
}

/// A word of a field and the words without one behind it, as one value of that field.
fn joined(parts: &[Query]) -> Option<Query> {
    let (first, others) = parts.split_first()?;
    let Node::Leaf(Some(field), value) = &first.node else { return None };
    let names = matches!(
        field,
        Field::Speaker
            | Field::Role
            | Field::About
            | Field::Outlet
            | Field::Byline
            | Field::Section
            | Field::Title
            | Field::Hlead
            | Field::Body
    );
    let (word, exact) = match value {
        Value::Word(word) => (word, false),
        Value::Exact(word) => (word, true),
        _ => return None,
    };
    let mut words = vec![word.as_str()];
    for other in others {
        let Node::Leaf(None, Value::Word(word)) = &other.node else { return None };
        words.push(word);
    }
    let words = words.join(" ");
    let value = if exact { Value::Exact(words) } else { Value::Phrase(words) };
    names.then_some(Query { node: Node::Leaf(Some(*field), value), span: first.span })
}

/// The query with `or`, `and` and `not` as operators, where it has any of them.
fn operators(query: &Query) -> Option<Query> {
    let with = |node| Query { node, span: query.span };
    match &query.node {
        Node::And(parts) => {
            let parts = parts.iter().map(|part| (operators(part), part));
            let mut changed = false;
            let (mut sides, mut negated) = (vec![Vec::new()], false);
            for (other, part) in parts {
                let word = match &part.node {
                    Node::Leaf(None, Value::Word(word)) => word.as_str(),
                    _ => "",
                };
                changed |= other.is_some() || matches!(word, "or" | "and" | "not");
                match word {
                    "or" => sides.push(Vec::new()),
                    "and" => {}
                    "not" => negated = true,
                    _ => {
                        let part = other.unwrap_or_else(|| part.clone());
                        let part = if negated { with(Node::Not(Box::new(part))) } else { part };
                        negated = false;
                        sides.last_mut()?.push(part);
                    }
                }
            }
            if !changed || negated || sides.iter().any(Vec::is_empty) {
                return None;
            }
            let sides = sides.into_iter().map(|side| with(single_or(side, Node::And))).collect();
            Some(with(single_or(sides, Node::Or)))
        }
        Node::Or(parts) => {
            let others: Vec<Option<Query>> = parts.iter().map(operators).collect();
            let changed = others.iter().any(Option::is_some);
            let parts = others.into_iter().zip(parts).map(|(other, part)| other.unwrap_or_else(|| part.clone()));
            changed.then(|| with(Node::Or(parts.collect())))
        }
        Node::Not(part) => operators(part).map(|part| with(Node::Not(Box::new(part)))),
        Node::AtLeast(..) | Node::Near(..) | Node::Boost(..) | Node::Leaf(..) => None,
    }
}

/// The one part, or several put together.
fn single_or(mut parts: Vec<Query>, together: impl Fn(Vec<Query>) -> Node) -> Node {
    match parts.pop() {
        Some(only) if parts.is_empty() => only.node,
        Some(last) => {
            parts.push(last);
            together(parts)
        }
        None => together(parts),
    }
}

#[cfg(test)]
mod tests {
    use super::readings;
    use crate::query::parse;

    fn check(typed: &str, expected: &[&str]) {
        let query = parse(typed).expect("it is a query");
        let found: Vec<String> = readings(&query, 9).iter().map(ToString::to_string).collect();
        assert_eq!(found, expected, "{typed}");
        // What is printed means what is advised.
        for (reading, printed) in readings(&query, 9).iter().zip(&found) {
            assert_eq!(parse(printed).expect("it can be typed").to_string(), reading.to_string());
        }
    }

    #[test]
    fn a_field_may_take_the_words_behind_it() {
        check("speaker:Ada Lund", &["speaker:\"Ada Lund\""]);
        check(
            "tide speaker:Ada Lund gale date:2014",
            &["tide speaker:\"Ada Lund gale\" date:2014", "tide speaker:\"Ada Lund\" gale date:2014"],
        );
        check("speaker:=Ada Lund", &["speaker:=\"Ada Lund\""]);
        check("gale OR (outlet:Bay Post)", &["gale OR outlet:\"Bay Post\""]);
        check("-(speaker:Ada Lund) gale", &["-speaker:\"Ada Lund\" gale"]);
        check("date:2014 Lund", &[]);
        check("speaker:Ada -Lund", &[]);
        check("speaker:Ad* Lund", &[]);
        check("tide gale", &[]);
    }

    #[test]
    fn a_long_query_has_few_readings() {
        let long = "speaker:a b ".repeat(600);
        assert_eq!(readings(&parse(&long).expect("it is a query"), 4).len(), 4);
    }

    #[test]
    fn small_letters_may_be_operators() {
        check("tide or gale", &["tide OR gale"]);
        check("tide and gale", &["tide gale"]);
        check("tide not gale", &["tide -gale"]);
        check("tide rose or gale and not fog", &["tide rose OR gale -fog"]);
        check("-(tide or gale)", &["-(tide OR gale)"]);
        check("or gale", &[]);
        check("tide not", &[]);
        check("\"tide or gale\"", &[]);
        check("title:(tide or gale)", &[]);
    }
}
