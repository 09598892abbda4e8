//! `saved:NAME` inside a query: the named query, with the defaults of its parameters, stands in its place.
//!
//! Named queries may name others. One that leads back to itself is an error with the way that it took; so is one that grows without
//! measure, or is wrong in itself.

use crate::archive::saved::Library;
use crate::query::ast::{Field, Node, Query, Value};
use crate::query::fill;
use crate::query::{MAX_DEPTH, MAX_REGEXES};
use crate::text::problem::{Place, Problem};
use crate::text::span::Span;

use super::load::{Trouble, load, values};

/// The most tests in a query, all saved ones in their places.
const MOST_LEAVES: usize = 4096;

/// The query with every `saved:NAME` replaced; `chain` names the saved queries in which this one stands, outermost first.
///
/// # Errors
/// Every name that stands for no query, or leads back; each with its place in `query`.
pub fn expand(query: &Query, library: &Library, chain: &[String]) -> Result<Query, Vec<Problem>> {
    let mut leaves = 0;
    let whole = put(query, library, chain, &mut leaves)?;
    let at = Place::Span(query.span);
    if named(query) && depth(&whole) > MAX_DEPTH {
        return Err(vec![
            Problem::new(at, format!("with the saved queries in it, it is nested more than {MAX_DEPTH} deep"))
                .hint("write one of the saved queries without others in it"),
        ]);
    }
    let mut regexes = 0;
    whole.each_leaf(&mut |_, _, value| regexes += usize::from(matches!(value, Value::Regex(_))));
    if regexes > MAX_REGEXES {
        let what = format!("with the saved queries in it, it holds more than {MAX_REGEXES} regular expressions");
        return Err(vec![Problem::new(at, what).hint("join some of them with `|`: `/coal.*|oil.*/`")]);
    }
    Ok(whole)
}

fn put(query: &Query, library: &Library, chain: &[String], leaves: &mut usize) -> Result<Query, Vec<Problem>> {
    let mut problems = Vec::new();
    let whole = query.map_leaves(&mut |leaf, field, value| {
        *leaves += 1;
        let at = Place::Span(leaf.span);
        if *leaves > MOST_LEAVES {
            if *leaves == MOST_LEAVES + 1 {
                let what = format!("with the saved queries in it, it makes more than {MOST_LEAVES} tests");
                problems.push(Problem::new(at, what).hint("name fewer of them"));
            }
            return None;
        }
        let (Some(Field::Saved), Value::Word(name)) = (field, value) else { return None };
        match stands_for(name, at, library, chain, leaves) {
            Ok(inner) => Some(respan(&inner, leaf.span).node),
            Err(problem) => {
                problems.push(problem);
                None
            }
        }
    });
    if problems.is_empty() { Ok(whole) } else { Err(problems) }
}

/// The query of this name, with its defaults and all that it names.
fn stands_for(
    name: &str,
    at: Place,
    library: &Library,
    chain: &[String],
    leaves: &mut usize,
) -> Result<Query, Problem> {
    if chain.iter().any(|outer| outer == name) {
        let way: Vec<&str> = chain.iter().map(String::as_str).chain([name]).collect();
        return Err(Problem::new(at, format!("saved queries lead back to themselves: {}", way.join(" → ")))
            .hint("take one of them out of another"));
    }
    if chain.len() >= MAX_DEPTH {
        return Err(Problem::new(at, format!("saved queries name each other more than {MAX_DEPTH} deep"))
            .hint("write one of them without others in it"));
    }
    let inside = |what: String, hint: Option<String>| {
        let problem = Problem::new(at, what);
        match hint {
            Some(hint) => problem.hint(hint),
            None => problem,
        }
    };
    let loaded = load(library, name).map_err(|trouble| match trouble {
        Trouble::Library(error) => {
            let told = error.to_string();
            let (what, hint) = told.split_once("\nhelp: ").unwrap_or((&told, ""));
            inside(what.to_owned(), Some(hint.to_owned()).filter(|hint| !hint.is_empty()))
        }
        Trouble::Faults(faults) => {
            let told = faults.first().map(|fault| fault.told()).unwrap_or_default();
            let more = if faults.len() > 1 { format!(", and {} more", faults.len() - 1) } else { String::new() };
            inside(
                format!("`saved:{name}` is wrong: {told}{more}"),
                Some(format!("`onrecord saved lint {name}` shows it")),
            )
        }
    })?;
    let values = values(&loaded, &[]).map_err(|problems| {
        let what = problems.first().map(|problem| problem.message.clone()).unwrap_or_default();
        inside(what, Some("inside another query, each parameter needs a default".to_owned()))
    })?;
    let of = |problems: Vec<Problem>| {
        let first = problems.into_iter().next();
        let (what, hint) = first.map(|problem| (problem.message, problem.hint)).unwrap_or_default();
        // Of a chain, the way says it all; what is deeper has been worded there.
        inside(what, hint)
    };
    let filled = fill::fill(&loaded.query, &values).map_err(of)?;
    let mut chain = chain.to_vec();
    chain.push(name.to_owned());
    put(&filled, library, &chain, leaves).map_err(of)
}

/// The same tree at one place: what a name stands for is where the name is.
fn respan(query: &Query, span: Span) -> Query {
    let each = |parts: &[Query]| parts.iter().map(|part| respan(part, span)).collect();
    let node = match &query.node {
        Node::And(parts) => Node::And(each(parts)),
        Node::Or(parts) => Node::Or(each(parts)),
        Node::AtLeast(least, parts) => Node::AtLeast(*least, each(parts)),
        Node::Not(part) => Node::Not(Box::new(respan(part, span))),
        Node::Boost(part, weight) => Node::Boost(Box::new(respan(part, span)), *weight),
        Node::Near(first, others) => Node::Near(
            Box::new(respan(first, span)),
            others.iter().map(|(reach, part)| (*reach, respan(part, span))).collect(),
        ),
        Node::Leaf(..) => query.node.clone(),
    };
    Query { node, span }
}

fn named(query: &Query) -> bool {
    let mut found = false;
    query.each_leaf(&mut |_, field, _| found |= field == Some(Field::Saved));
    found
}

fn depth(query: &Query) -> usize {
    let deepest = |parts: &[Query]| parts.iter().map(depth).max().unwrap_or(0);
    1 + match &query.node {
        Node::And(parts) | Node::Or(parts) | Node::AtLeast(_, parts) => deepest(parts),
        Node::Not(part) | Node::Boost(part, _) => depth(part),
        Node::Near(first, others) => {
            others.iter().map(|(_, part)| depth(part)).chain([depth(first)]).max().unwrap_or(0)
        }
        Node::Leaf(..) => 0,
    }
}
