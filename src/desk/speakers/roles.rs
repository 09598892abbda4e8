//! Roles as the file of speakers gives them: a test of a role is passed by what is shown, and so it is counted.
//!
//! The index knows the role that an article gives. Where the file gives the speaker one on the day of the article, that is
//! shown instead; here are the quotations of which that is so, as queries.

use crate::archive::speakers::{Person, Role, Speakers};
use crate::index::Records;
use crate::query::ast::{Field, Node, Query, Value, When};
use crate::text::name::key;
use crate::text::span::Span;

use super::apply::{Spellings, answers, any_of};

/// The people of the file who have roles there.
pub(crate) fn people(speakers: &Speakers) -> impl Iterator<Item = &Person> {
    speakers.people().iter().filter(|person| !person.roles.is_empty())
}

/// The quotations of people who have roles in the file, on whatever day; `None` where there are none.
pub(crate) fn spoken_by_any(speakers: &Speakers, spellings: &Spellings) -> Option<Query> {
    any(people(speakers).filter_map(|person| spoken(person, spellings)).collect())
}

/// The quotations whose speaker has a role from the file on their day; `None` where there are none.
fn covered(speakers: &Speakers, spellings: &Spellings) -> Option<Query> {
    let of_one = |person: &Person| {
        let held = person.roles.iter().map(held).collect();
        Some(all(vec![spoken(person, spellings)?, any(held)?]))
    };
    any(people(speakers).filter_map(of_one).collect())
}

/// The test of a role, of what is shown: the file's role, or where it gives none, the article's.
///
/// An article passes where one of its quotations does. What is denied would be denied of all of these, so nothing is denied
/// there: an article passes too where only the role that it gives itself does.
pub(super) fn shown(leaf: &Query, value: &Value, speakers: &Speakers, spellings: &Spellings, of: Records) -> Query {
    let stored = match covered(speakers, spellings) {
        None => return leaf.clone(),
        Some(covered) if of == Records::Quotes => all(vec![leaf.clone(), not(covered)]),
        Some(_) => leaf.clone(),
    };
    let passes = |role: &str| match value {
        Value::Any => true,
        Value::Exact(asked) => asked == role,
        _ => answers((Field::Role, role), value),
    };
    let given = given(speakers, spellings, of).into_iter().filter(|(role, _)| passes(role));
    let tests = std::iter::once(stored).chain(given.map(|(_, query)| query)).collect();
    let whole = any(tests).unwrap_or_else(|| leaf.clone());
    Query { span: leaf.span, ..whole }
}

/// Each role that the file gives somebody who is quoted, with the quotations that show it.
fn given<'a>(speakers: &'a Speakers, spellings: &Spellings, of: Records) -> Vec<(&'a str, Query)> {
    let mut given = Vec::new();
    for person in people(speakers) {
        let Some(spoken) = spoken(person, spellings) else { continue };
        for (n, role) in person.roles.iter().enumerate() {
            let mut parts = vec![spoken.clone(), held(role)];
            // Of two that are held on one day, the first is shown.
            let before = any(person.roles.iter().take(n).map(held).collect());
            parts.extend(before.filter(|_| of == Records::Quotes).map(not));
            given.push((role.role.as_str(), all(parts)));
        }
    }
    given
}

/// What is stored under a name of the person; `None` where nothing is.
fn spoken(person: &Person, spellings: &Spellings) -> Option<Query> {
    let stored: Vec<String> =
        person.names().filter_map(|name| spellings.get(&key(name))).flatten().map(String::to_owned).collect();
    any_of(&stored)
}

/// Articles of days on which a role was held.
fn held(role: &Role) -> Query {
    let days = match (role.from.map(When::At), role.to.map(When::At)) {
        (None, None) => Value::Any,
        (from, to) => Value::Days { from, to },
    };
    node(Node::Leaf(Some(Field::Date), days))
}

fn node(node: Node) -> Query {
    Query { node, span: Span::whole("") }
}

fn not(part: Query) -> Query {
    node(Node::Not(Box::new(part)))
}

fn all(parts: Vec<Query>) -> Query {
    node(Node::And(parts))
}

fn any(mut parts: Vec<Query>) -> Option<Query> {
    match parts.len() {
        0 => None,
        1 => parts.pop(),
        _ => Some(node(Node::Or(parts))),
    }
}
