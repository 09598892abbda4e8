//! Whom the speaker clauses of a query stand for: "2 people match `kerry`", and who they are.

use crate::archive::speakers::Speakers;
use crate::index::{self, Ask, Reader, Records};
use crate::query::ast::{Field, Node, Query, Value};
use crate::text::name::holds;

use super::apply::{apply, spellings};
use super::roster::gather;

/// Of the people who match a speaker clause, this many are told.
const MOST_NAMES: usize = 20;

/// Whom a speaker clause stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeakerMatch {
    /// The clause's value as typed.
    pub asked: String,
    /// The people among the hits who match it, each with their quotations: most quoted first, then A to Z.
    pub names: Vec<(String, u64)>,
    /// How many people match in all, where `names` had to be cut.
    pub total: usize,
}

/// Whom each positive clause for words of a speaker's name stands for, among the quotations that `query` finds.
///
/// # Errors
/// Where the index cannot be read.
pub fn people_matching(
    query: &Query,
    reader: &Reader,
    speakers: &Speakers,
    ask: &Ask,
) -> Result<Vec<SpeakerMatch>, index::Error> {
    let mut clauses = Vec::new();
    gather_clauses(query, &mut clauses);
    if clauses.is_empty() {
        return Ok(Vec::new());
    }
    let widened = apply(query, speakers, &spellings(query, speakers, reader)?, Records::Quotes);
    let counts = reader.speaker_counts(Some(&widened), ask)?;
    let profiles = counts.into_iter().map(|(name, quotes)| (name, index::Profile { quotes, ..Default::default() }));
    let people = gather(profiles.collect(), speakers);
    let matches = clauses.into_iter().map(|asked| {
        let matching = people.iter().filter(|identity| identity.names().any(|name| holds(name, asked)));
        let mut names: Vec<_> = matching.map(|identity| (identity.name.clone(), identity.profile.quotes)).collect();
        let total = names.len();
        names.truncate(MOST_NAMES);
        SpeakerMatch { asked: asked.to_owned(), names, total }
    });
    Ok(matches.collect())
}

/// The values of the clauses for a speaker's words that stand outside any NOT, each once.
fn gather_clauses<'a>(query: &'a Query, clauses: &mut Vec<&'a str>) {
    match &query.node {
        Node::And(parts) | Node::Or(parts) => parts.iter().for_each(|part| gather_clauses(part, clauses)),
        Node::Boost(part, _) => gather_clauses(part, clauses),
        Node::Leaf(Some(Field::Speaker), Value::Word(text) | Value::Phrase(text)) => {
            if !clauses.contains(&text.as_str()) {
                clauses.push(text);
            }
        }
        Node::Not(_) | Node::Near(..) | Node::AtLeast(..) | Node::Leaf(..) => {}
    }
}
