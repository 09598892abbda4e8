//! What a query may ask and the index cannot answer: said before a search, with its place.

use crate::query::ast::{Field, Open, Query, Value};
use crate::text::problem::{Place, Problem};

/// What in `query` cannot be answered, each with its place in what was typed; none where all can.
pub fn unready(query: &Query) -> Vec<Problem> {
    let mut problems = Vec::new();
    query.each_leaf(&mut |leaf, field, value| match (field, value) {
        (_, Value::Open(open)) => problems.push(parameter(leaf, open)),
        (Some(Field::Saved), _) => problems.push(later(leaf, "this saved query was not put in its place")),
        _ => {}
    });
    problems
}

fn later(query: &Query, what: &str) -> Problem {
    Problem::new(Place::Span(query.span), what).hint("leave it out")
}

fn parameter(query: &Query, open: &Open) -> Problem {
    Problem::new(Place::Span(query.span), format!("the parameter `{open}` has no value"))
        .hint("parameters are for saved queries; write the value itself")
}
