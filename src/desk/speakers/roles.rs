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
        let spoken = spoken(person, spellings)?;
        // Beside each test of days stand the speaker's quotations, so that it is asked of these alone.
        any(person.roles.iter().map(|role| all(vec![spoken.clone(), held(role)])).collect())
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
    let tests = std::iter::once(stored).chain(given(speakers, spellings, of, &passes)).collect();
    let whole = any(tests).unwrap_or_else(|| leaf.clone());
    Query { span: leaf.span, ..whole }
}

/// The quotations that show a role of the file that passes: a query for each that somebody has who is quoted.
fn given(speakers: &Speakers, spellings: &Spellings, of: Records, passes: &dyn Fn(&str) -> bool) -> Vec<Query> {
    let mut given = Vec::new();
    for person in people(speakers).filter(|person| person.roles.iter().any(|role| passes(&role.role))) {
        let Some(spoken) = spoken(person, spellings) else { continue };
        let on = |role: &Role| vec![spoken.clone(), held(role)];
        for (n, role) in person.roles.iter().enumerate().filter(|(_, role)| passes(&role.role)) {
            let mut parts = on(role);
            if of == Records::Quotes {
                // Of two that are held on one day, the first is shown.
                parts.extend(person.roles.iter().take(n).map(|before| not(all(on(before)))));
            }
            given.push(all(parts));
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
