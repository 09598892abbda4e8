//! A query as the file of speakers means it: tests of a speaker reach all names of the person, answers show the one.
//!
//! The index knows names as they were written. [`apply`] is a pure function from a query, the file and the spellings
//! that occur to a query that the index answers as it is; so a change to the file needs no indexing.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use crate::archive::speakers::{Person, Speakers};
use crate::index::hit::{ArticleHit, QuoteHit};
use crate::index::{self, Reader, Records};
use crate::query::ast::{Field, Node, Query, Value};
use crate::query::mark::{Shown, mark};
use crate::text::analysis;
use crate::text::name::{holds, key};
use crate::text::span::Span;

use super::roles;

/// The key of a name to the spellings under which quotations are stored.
pub type Spellings = BTreeMap<String, Vec<String>>;

/// The query with each test of a speaker widened to all names of the person or people that it means, and each test of a role
/// to the roles that the file gives; it is asked of these records.
///
/// `speaker:="A"` means one person: the one of the file who has that name, or else that name in any spelling.
/// `speaker:A` means everybody who has the word in one of their names; those who have it only in a name that the file
/// gives them are added by their stored names.
pub fn apply(query: &Query, speakers: &Speakers, spellings: &Spellings, of: Records) -> Query {
    let inner = |part: &Query| apply(part, speakers, spellings, of);
    let each = |parts: &[Query]| parts.iter().map(inner).collect();
    let node = match &query.node {
        Node::And(parts) => Node::And(each(parts)),
        Node::Or(parts) => Node::Or(each(parts)),
        Node::Not(part) => Node::Not(Box::new(inner(part))),
        Node::Boost(part, weight) => Node::Boost(Box::new(inner(part)), *weight),
        // What is measured or counted are words as they stand in one name.
        Node::AtLeast(least, parts) if parts.len() > 1 => Node::AtLeast(*least, each(parts)),
        Node::Near(..) | Node::AtLeast(..) => return query.clone(),
        Node::Leaf(Some(Field::Speaker), value) => {
            let mut stored: BTreeSet<&String> = BTreeSet::new();
            for name in names_meant(value, speakers) {
                stored.extend(spellings.get(&key(name)).into_iter().flatten());
            }
            let mut tests = Vec::new();
            if value.has_places() {
                stored.retain(|name| !answers((Field::Speaker, name), value));
                tests.push(value.clone());
            }
            tests.extend(stored.into_iter().map(|name| Value::Exact(name.clone())));
            let leaf = |value| Query { node: Node::Leaf(Some(Field::Speaker), value), span: query.span };
            match tests.len() {
                0 => return query.clone(),
                1 => return leaf(tests.remove(0)),
                _ => Node::Or(tests.into_iter().map(leaf).collect()),
            }
        }
        Node::Leaf(Some(Field::Role), value) => return roles::shown(query, value, speakers, spellings, of),
        Node::Leaf(..) => return query.clone(),
    };
    Query { node, span: query.span }
}

/// The spellings in the index that [`apply`] needs for this query.
///
/// # Errors
/// Where the index cannot be read.
pub fn spellings(query: &Query, speakers: &Speakers, reader: &Reader) -> Result<Spellings, index::Error> {
    let mut names = Vec::new();
    gather(query, speakers, &mut names);
    spellings_of(names, reader)
}

/// The spellings in the index of those to whom the file gives roles.
///
/// # Errors
/// Where the index cannot be read.
pub fn spellings_with_roles(speakers: &Speakers, reader: &Reader) -> Result<Spellings, index::Error> {
    spellings_of(roles::people(speakers).flat_map(Person::names).collect(), reader)
}

fn spellings_of(names: Vec<&str>, reader: &Reader) -> Result<Spellings, index::Error> {
    let mut spellings = Spellings::new();
    for name in names {
        if let Entry::Vacant(free) = spellings.entry(key(name)) {
            free.insert(stored(name, reader)?);
        }
    }
    Ok(spellings)
}

/// The spellings of this name under which quotations are stored, in order.
///
/// # Errors
/// Where the index cannot be read.
pub fn stored(name: &str, reader: &Reader) -> Result<Vec<String>, index::Error> {
    // One word is enough to find the few names to compare; the longest, as initials are written in many ways.
    let words = analysis::asked(name).into_iter().rev().map(|(_, word)| word);
    let longest: Vec<String> = words.max_by_key(|word| word.chars().count()).into_iter().collect();
    let own = key(name);
    let mut names = reader.names_with(&longest)?;
    names.retain(|other| key(other) == own);
    Ok(names)
}

/// A test that finds the quotations stored under any of these names; `None` without a name.
pub fn any_of(names: &[String]) -> Option<Query> {
    let span = Span::whole("");
    let leaf = |name: &String| Query { node: Node::Leaf(Some(Field::Speaker), Value::Exact(name.clone())), span };
    match names {
        [] => None,
        [name] => Some(leaf(name)),
        several => Some(Query { node: Node::Or(several.iter().map(leaf).collect()), span }),
    }
}

/// Shows the person's name, and the role that the file gives them on the day of the article.
pub fn name_quote(hit: &mut QuoteHit, speakers: &Speakers) {
    let Some(person) = hit.speaker.as_deref().and_then(|name| speakers.person_of(name)) else { return };
    if let Some(role) = hit.date.and_then(|date| person.role_on(date)) {
        hit.role = Some(role.to_owned());
    }
    hit.speaker = Some(person.name.clone());
}

/// Shows people's names, each once.
pub fn name_article(hit: &mut ArticleHit, speakers: &Speakers) {
    let mut seen = BTreeSet::new();
    for name in &mut hit.speakers {
        if let Some(person) = speakers.person_of(name) {
            *name = person.name.clone();
        }
    }
    hit.speakers.retain(|name| seen.insert(name.clone()));
}

/// Whether a test of words in a speaker's name or role is passed by this one.
pub(super) fn answers((field, text): (Field, &str), value: &Value) -> bool {
    if let Value::Word(asked) | Value::Phrase(asked) = value {
        return holds(text, asked);
    }
    let leaf = Query { node: Node::Leaf(Some(field), value.clone()), span: Span::whole("") };
    !mark(&leaf, Shown { field, of_article: false, text, lang: None }, &|_| Vec::new()).is_empty()
}

/// The names whose spellings a test reaches besides its own words.
fn names_meant<'a>(value: &'a Value, speakers: &'a Speakers) -> Vec<&'a str> {
    match value {
        Value::Exact(name) => match speakers.person_of(name) {
            Some(person) => person.names().collect(),
            None => vec![name.as_str()],
        },
        value if value.has_places() => {
            let meant = |person: &&Person| person.names().any(|name| answers((Field::Speaker, name), value));
            speakers.people().iter().filter(meant).flat_map(Person::names).collect()
        }
        _ => Vec::new(),
    }
}

/// Adds the names that tests of speakers and roles need.
fn gather<'a>(query: &'a Query, speakers: &'a Speakers, names: &mut Vec<&'a str>) {
    match &query.node {
        Node::And(parts) | Node::Or(parts) => parts.iter().for_each(|part| gather(part, speakers, names)),
        Node::Not(part) | Node::Boost(part, _) => gather(part, speakers, names),
        Node::AtLeast(_, parts) if parts.len() > 1 => parts.iter().for_each(|part| gather(part, speakers, names)),
        Node::Near(..) | Node::AtLeast(..) => {}
        Node::Leaf(Some(Field::Speaker), value) => names.extend(names_meant(value, speakers)),
        Node::Leaf(Some(Field::Role), _) => names.extend(roles::people(speakers).flat_map(Person::names)),
        Node::Leaf(..) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query;

    const FILE: &str = r#"
[[speaker]]
name = "John Kerry"
aliases = ["John F. Kerry", "Mr. Secretary"]

[[speaker]]
name = "Hillary Clinton"
aliases = ["Hillary Rodham"]
"#;

    const STORED: [&str; 9] = [
        "Hillary Clinton",
        "Hillary Rodham",
        "J. J. Abrams",
        "J.J. Abrams",
        "John F Kerry",
        "John F. Kerry",
        "John Kerry",
        "Mr. Secretary",
        "Peggy Kerry",
    ];

    fn check(asked: &str, expected: &str) {
        let speakers = Speakers::parse(FILE).expect("it is right");
        let mut spellings = Spellings::new();
        for name in STORED {
            spellings.entry(key(name)).or_default().push(name.to_owned());
        }
        let query = query::parse(asked).expect("it is a query");
        assert_eq!(apply(&query, &speakers, &spellings, Records::Quotes).to_string(), expected, "{asked}");
    }

    #[test]
    fn a_whole_name_means_one_person() {
        let kerry = r#"speaker:="John F Kerry" OR speaker:="John F. Kerry" OR speaker:="John Kerry" OR speaker:="Mr. Secretary""#;
        check(r#"speaker:="John Kerry""#, kerry);
        check(r#"speaker:="JOHN F KERRY""#, kerry);
        check(r#"speaker:="Peggy Kerry""#, r#"speaker:="Peggy Kerry""#);
        check(r#"speaker:="peggy kerry""#, r#"speaker:="Peggy Kerry""#);
        check(r#"speaker:="JJ Abrams""#, r#"speaker:="J. J. Abrams" OR speaker:="J.J. Abrams""#);
        check(r#"speaker:="Ada Lund""#, r#"speaker:="Ada Lund""#);
        check("speaker:=Kerry", "speaker:=Kerry");
    }

    #[test]
    fn a_word_means_everybody_who_has_it_in_a_name() {
        check("speaker:Kerry", r#"speaker:Kerry OR speaker:="Mr. Secretary""#);
        check("speaker:Rodham", r#"speaker:Rodham OR speaker:="Hillary Clinton""#);
        check("speaker:Hillary", "speaker:Hillary");
        check("speaker:Abrams", "speaker:Abrams");
        check(
            r#"speaker:"mr secretary""#,
            r#"speaker:"mr secretary" OR speaker:="John F Kerry" OR speaker:="John F. Kerry" OR speaker:="John Kerry""#,
        );
        check("speaker:Kerr", "speaker:Kerr");
        check("speaker:Rod*", r#"speaker:Rod* OR speaker:="Hillary Clinton""#);
        check("speaker:rodam~1", r#"speaker:rodam~1 OR speaker:="Hillary Clinton""#);
    }

    #[test]
    fn tests_are_widened_wherever_they_stand() {
        check("climate -speaker:Kerry", r#"climate -(speaker:Kerry OR speaker:="Mr. Secretary")"#);
        check("speaker:Kerry OR role:mayor", r#"(speaker:Kerry OR speaker:="Mr. Secretary") OR role:mayor"#);
        check("climate title:Kerry outlet:=Kerry", "climate title:Kerry outlet:=Kerry");
    }
}
