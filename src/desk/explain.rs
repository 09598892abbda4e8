//! How a question was understood: its tree, whom and which days and words its clauses stand for, how many pass each of
//! them, which of them left nothing, and what else could be asked.
//!
//! It asks the index one question for each clause. It does not know how that is shown.

use std::collections::BTreeSet;

use crate::index::{self, Ask, Grouping, Reader, Records, Sort};
use crate::query::ast::{Field, Node, Query, Value};
use crate::query::pattern::Matcher;
use crate::query::unit::{WordTest, unit_of_value};
use crate::text::analysis;
use crate::text::day::Day;
use crate::text::name::key;
use crate::text::span::Span;

use super::misread::readings;
use super::question::{Question, Wish};
use super::speakers::apply::{apply, spellings};
use super::speakers::clauses::people_matching;

/// So many clauses are counted; of a larger question the first.
const CLAUSES: usize = 60;

/// So many names and words are told.
const TOLD: usize = 5;

/// So many other readings of a question are asked without being told to explain it.
const READINGS: usize = 4;

/// So many other questions are told.
const ADVICE: usize = 3;

/// How a question was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// The question first, then its parts, each below what it is a part of.
    pub clauses: Vec<Clause>,
    /// Whether there are more clauses than that.
    pub cut: bool,
    /// Where nothing answers it: the clause that left nothing.
    pub emptied: Option<Emptied>,
    /// What else could be asked, best first, each with how many answer that.
    pub advice: Vec<Advice>,
}

/// A part of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// How deep it stands: 0 is the whole.
    pub depth: usize,
    /// As it was understood.
    pub text: String,
    /// How many pass it alone.
    pub count: u64,
    /// What it stands for: people, days, words.
    pub means: Option<String>,
}

/// What left nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Emptied {
    /// Nothing passes this clause.
    Alone(String),
    /// Something passes it, but nothing of what passes these before it.
    After(String, String),
}

/// Another question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// Why it could be meant.
    pub kind: AdviceKind,
    /// The whole question.
    pub query: String,
    /// How many answer it.
    pub count: u64,
}

/// Why another question could be meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AdviceKind {
    /// A field takes the words behind it, or words in small letters are operators.
    Reading,
    /// A word is spelt otherwise.
    Spelling,
    /// A speaker has another name.
    Name,
    /// The words of a phrase need not stand side by side.
    Loose,
    /// A clause is left out.
    Without,
}

impl Question {
    /// How it was understood, asked of quotations or of articles.
    ///
    /// # Errors
    /// Where the index cannot be read, or a clause alone is too much to ask.
    pub fn explain(&self, reader: &Reader, wish: Wish, articles: bool) -> Result<Explained, index::Error> {
        let explainer = Explainer { question: self, reader, wish, articles };
        let mut clauses = Vec::new();
        explainer.clauses(self.query(), 0, &mut clauses)?;
        let cut = clauses.len() > CLAUSES;
        clauses.truncate(CLAUSES);
        let empty = clauses.first().is_some_and(|whole| whole.count == 0);
        let emptied = if empty { explainer.emptied(self.query())? } else { None };
        let advice = if empty { explainer.advice(self.query())? } else { Vec::new() };
        Ok(Explained { clauses, cut, emptied, advice })
    }

    /// Of a question that nothing answers, what it may have meant that something does answer: read otherwise, and no word changed.
    ///
    /// # Errors
    /// Where the index cannot be read, or that is too much to ask.
    pub fn read_otherwise(&self, reader: &Reader, wish: Wish, articles: bool) -> Result<Option<Advice>, index::Error> {
        let explainer = Explainer { question: self, reader, wish, articles };
        let mut advice = Vec::new();
        for reading in &readings(self.query(), READINGS) {
            explainer.add(AdviceKind::Reading, reading, &mut advice)?;
        }
        Ok(advice.into_iter().next())
    }
}

struct Explainer<'a> {
    question: &'a Question,
    reader: &'a Reader,
    wish: Wish,
    articles: bool,
}

impl Explainer<'_> {
    fn count(&self, query: &Query) -> Result<u64, index::Error> {
        let speakers = self.question.people();
        let of = if self.articles { Records::Articles } else { Records::Quotes };
        let widened = apply(query, speakers, &spellings(query, speakers, self.reader)?, of);
        let ask = self.ask();
        let total = match self.articles {
            true => self.reader.articles(Some(&widened), &ask)?.total,
            false => self.reader.quotes(Some(&widened), &ask)?.total,
        };
        Ok(total.unwrap_or(0))
    }

    fn ask(&self) -> Ask {
        Ask {
            limit: 0,
            offset: 0,
            count: true,
            sort: Sort::DateDescending,
            group: Grouping::None,
            today: self.wish.today,
        }
    }

    fn clauses(&self, query: &Query, depth: usize, clauses: &mut Vec<Clause>) -> Result<(), index::Error> {
        if clauses.len() > CLAUSES {
            return Ok(());
        }
        clauses.push(Clause { depth, text: query.to_string(), count: self.count(query)?, means: self.means(query)? });
        match &query.node {
            Node::And(parts) | Node::Or(parts) | Node::AtLeast(_, parts) if parts.len() > 1 => {
                parts.iter().try_for_each(|part| self.clauses(part, depth + 1, clauses))
            }
            Node::Near(first, others) => {
                self.clauses(first, depth + 1, clauses)?;
                others.iter().try_for_each(|(_, part)| self.clauses(part, depth + 1, clauses))
            }
            Node::Not(part) | Node::Boost(part, _) => self.clauses(part, depth + 1, clauses),
            Node::AtLeast(_, parts) => parts.iter().try_for_each(|part| self.clauses(part, depth + 1, clauses)),
            Node::And(_) | Node::Or(_) | Node::Leaf(..) => Ok(()),
        }
    }

    /// Whom, which days, or which words a leaf stands for.
    fn means(&self, query: &Query) -> Result<Option<String>, index::Error> {
        let Node::Leaf(field, value) = &query.node else { return Ok(None) };
        if let Some((from, to)) = value.days(self.wish.today) {
            let shown = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
            return Ok(Some(format!("{}..{}", shown(from), shown(to))));
        }
        match value {
            Value::Word(_) | Value::Phrase(_) if *field == Some(Field::Speaker) => self.people(query),
            Value::Exact(_) if *field == Some(Field::Speaker) => Ok(self.names(query)),
            Value::Pattern(_) | Value::Fuzzy(..) | Value::Regex(_) | Value::Loose { prefix: true, .. } => {
                self.words(*field, value)
            }
            _ => Ok(None),
        }
    }

    fn people(&self, query: &Query) -> Result<Option<String>, index::Error> {
        let found = people_matching(query, self.reader, self.question.people(), &self.ask())?;
        let Some(clause) = found.first() else { return Ok(None) };
        if clause.names.is_empty() {
            return Ok(Some("nobody".to_owned()));
        }
        let told: Vec<String> =
            clause.names.iter().take(TOLD).map(|(name, quotes)| format!("{name} {quotes}")).collect();
        let more =
            if clause.total > told.len() { format!(", and {} more", clause.total - told.len()) } else { String::new() };
        Ok(Some(told.join(", ") + &more))
    }

    /// The names that a whole name reaches by the file of speakers.
    fn names(&self, query: &Query) -> Option<String> {
        let Node::Leaf(_, Value::Exact(name)) = &query.node else { return None };
        let person = self.question.people().person_of(name)?;
        let names: Vec<&str> = person.names().collect();
        (names.len() > 1).then(|| names.join(", "))
    }

    fn words(&self, field: Option<Field>, value: &Value) -> Result<Option<String>, index::Error> {
        let Some(unit) = unit_of_value(value, false) else { return Ok(None) };
        let mut matchers = Vec::new();
        unit.each(&mut |test: &WordTest| {
            if let WordTest::Like(matcher) = test {
                matchers.push(matcher.clone());
            }
        });
        // Without a field, articles are asked by headline and body; the body tells enough.
        let field = if self.articles { field.or(Some(Field::Body)) } else { field };
        let mut told = Vec::new();
        for matcher in matchers {
            let words = self.reader.words_like(field, &matcher, usize::MAX)?;
            let mut shown: Vec<&str> = words.iter().take(TOLD).map(|(word, _)| word.as_str()).collect();
            let more = format!("and {} more", words.len().saturating_sub(TOLD));
            if words.len() > TOLD {
                shown.push(&more);
            }
            told.push(if shown.is_empty() { "no word".to_owned() } else { shown.join(", ") });
        }
        Ok(Some(told.join(" · ")))
    }

    /// The first clause of the question that nothing passes, or else nothing of what passes those before it.
    fn emptied(&self, query: &Query) -> Result<Option<Emptied>, index::Error> {
        let Node::And(parts) = &query.node else { return Ok(None) };
        for part in parts.iter().take(CLAUSES) {
            if self.count(part)? == 0 {
                return Ok(Some(Emptied::Alone(part.to_string())));
            }
        }
        for number in 2..=parts.len().min(CLAUSES) {
            let Some((part, before)) = parts.get(..number).and_then(|parts| parts.split_last()) else { break };
            if self.count(&and_of(parts.get(..number).unwrap_or_default()))? == 0 {
                return Ok(Some(Emptied::After(part.to_string(), and_of(before).to_string())));
            }
        }
        Ok(None)
    }

    /// Other questions that have an answer.
    fn advice(&self, query: &Query) -> Result<Vec<Advice>, index::Error> {
        let mut advice = Vec::new();
        for reading in &readings(query, ADVICE) {
            self.add(AdviceKind::Reading, reading, &mut advice)?;
        }
        for (kind, query) in self.corrected(query)? {
            self.add(kind, &query, &mut advice)?;
        }
        if let Node::And(parts) = &query.node {
            for number in 0..parts.len().min(CLAUSES) {
                let mut others = parts.clone();
                others.remove(number);
                self.add(AdviceKind::Without, &and_of(&others), &mut advice)?;
            }
        }
        // What changes no word comes first, then what keeps all clauses; of what leaves one out, what finds least says most.
        advice.sort_by_key(|advice| {
            let without = advice.kind == AdviceKind::Without;
            let otherwise = advice.kind != AdviceKind::Reading;
            (without, otherwise, if without { advice.count } else { u64::MAX - advice.count }, advice.query.clone())
        });
        advice.dedup_by(|one, other| one.query == other.query);
        advice.truncate(ADVICE);
        Ok(advice)
    }

    fn add(&self, kind: AdviceKind, query: &Query, advice: &mut Vec<Advice>) -> Result<(), index::Error> {
        let count = self.count(query)?;
        if count > 0 {
            advice.push(Advice { kind, query: query.to_string(), count });
        }
        Ok(())
    }

    /// The question with one leaf changed for what it may have meant.
    fn corrected(&self, query: &Query) -> Result<Vec<(AdviceKind, Query)>, index::Error> {
        let mut leaves = Vec::new();
        query.each_leaf(&mut |leaf, field, value| leaves.push((leaf, field, value)));
        let mut corrected = Vec::new();
        for (leaf, field, value) in leaves.into_iter().take(CLAUSES) {
            let others = match value {
                _ if self.count(leaf)? > 0 => continue,
                Value::Word(word) => self.spelt(field, word)?,
                Value::Exact(name) if field == Some(Field::Speaker) => self.spelt(field, name)?,
                Value::Phrase(words) if field == Some(Field::Speaker) => self.spelt(field, words)?,
                Value::Phrase(words) => {
                    let parts = words.split_whitespace().map(|word| leaf_of(field, Value::Word(word.to_owned())));
                    let parts: Vec<Query> = parts.collect();
                    vec![(AdviceKind::Loose, and_of(&parts).node)]
                }
                _ => Vec::new(),
            };
            for (kind, node) in others {
                let changed = query.map_leaves(&mut |other, own, old| {
                    (other.span == leaf.span && own == field && old == value).then(|| node.clone())
                });
                corrected.push((kind, changed));
            }
        }
        Ok(corrected)
    }

    /// What is spelt much like a word of this field, or like a name.
    fn spelt(&self, field: Option<Field>, typed: &str) -> Result<Vec<(AdviceKind, Node)>, index::Error> {
        let words: Vec<String> = analysis::asked(typed).into_iter().map(|(_, word)| word).collect();
        let mut near = Vec::new();
        for word in words.iter().take(TOLD) {
            for edits in 1..=if word.chars().count() > 4 { 2 } else { 1 } {
                let more = self.reader.words_like(field, &Matcher::fuzzy(word, edits), TOLD)?;
                let before = near.len();
                near.extend(more.into_iter().map(|(near, _)| near).filter(|near| near != word));
                if near.len() > before {
                    break;
                }
            }
        }
        if field == Some(Field::Speaker) && words.len() > 1 {
            return self.named_nearly(typed, words.into_iter().chain(near));
        }
        let node = |near| (AdviceKind::Spelling, Node::Leaf(field, Value::Word(near)));
        Ok(near.into_iter().map(node).collect())
    }

    /// The names with one of these words that are most like what was typed.
    fn named_nearly(
        &self,
        typed: &str,
        words: impl Iterator<Item = String>,
    ) -> Result<Vec<(AdviceKind, Node)>, index::Error> {
        let own = key(typed);
        let mut names = BTreeSet::new();
        for word in words {
            for name in self.reader.names_with(&[word])? {
                let apart = strsim::osa_distance(&own, &key(&name));
                if apart > 0 && apart * 2 <= own.chars().count() {
                    names.insert((apart, name));
                }
            }
        }
        let node = |(_, name)| (AdviceKind::Name, Node::Leaf(Some(Field::Speaker), Value::Exact(name)));
        Ok(names.into_iter().take(TOLD).map(node).collect())
    }
}

fn leaf_of(field: Option<Field>, value: Value) -> Query {
    Query { node: Node::Leaf(field, value), span: Span::whole("") }
}

fn and_of(parts: &[Query]) -> Query {
    match parts {
        [single] => single.clone(),
        several => Query { node: Node::And(several.to_vec()), span: Span::whole("") },
    }
}
