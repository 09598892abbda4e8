//! What a query may ask and the index cannot answer: said before a search, with its place.

use crate::query::ast::{Field, Node, Open, Query, Value};
use crate::text::problem::{Place, Problem};

/// What in `query` cannot be answered, each with its place in what was typed; none where all can.
pub fn unready(query: &Query) -> Vec<Problem> {
    let mut problems = Vec::new();
    look(query, &mut problems);
    problems
}

fn look(query: &Query, problems: &mut Vec<Problem>) {
    match &query.node {
        Node::And(parts) | Node::Or(parts) => parts.iter().for_each(|part| look(part, problems)),
        Node::Not(part) => look(part, problems),
        Node::Leaf(_, Value::Open(open)) => problems.push(parameter(query, open)),
        Node::Leaf(field, value) => {
            let known = !value.has_places() || matches!(value, Value::Word(_) | Value::Phrase(_));
            let field = field.unwrap_or(Field::Quote);
            if !known || Field::ALL.iter().position(|other| *other == field).is_none_or(|place| place > 10) {
                problems.push(Problem::new(Place::Span(query.span), "not available yet"));
            }
        }
        Node::Near(..) | Node::AtLeast(..) | Node::Boost(..) => {
            problems.push(Problem::new(Place::Span(query.span), "not available yet"));
        }
    }
}

fn parameter(query: &Query, open: &Open) -> Problem {
    Problem::new(Place::Span(query.span), format!("the parameter `{open}` has no value"))
        .hint("parameters are for saved queries; write the value itself")
}
