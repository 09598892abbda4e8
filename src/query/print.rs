//! A tree written as text: the shortest form that reads back to the same tree.
//!
//! Parentheses stand only where the tree needs them, and words get quotation marks only where they would not
//! read back as words. It does not keep what was typed: `NOT` becomes `-`, and every mark becomes `"`.

use std::fmt;

use super::ast::{Field, Node, Query, Value};
use super::lex::{Token, lex};
use super::{when, word};

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write(f, &self.node, Inside::Nothing)
    }
}

/// What a part stands in, loosest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Inside {
    Nothing,
    Or,
    And,
    Not,
}

fn write(f: &mut fmt::Formatter<'_>, node: &Node, inside: Inside) -> fmt::Result {
    match node {
        Node::Or(parts) => write_list(f, parts, " OR ", Inside::Or, inside),
        Node::And(parts) => write_list(f, parts, " ", Inside::And, inside),
        Node::Not(part) => {
            f.write_str("-")?;
            write(f, &part.node, Inside::Not)
        }
        Node::Leaf(field, value) => write_leaf(f, *field, value),
    }
}

fn write_list(f: &mut fmt::Formatter<'_>, parts: &[Query], between: &str, own: Inside, inside: Inside) -> fmt::Result {
    let parentheses = inside >= own;
    if parentheses {
        f.write_str("(")?;
    }
    for (position, part) in parts.iter().enumerate() {
        if position > 0 {
            f.write_str(between)?;
        }
        write(f, &part.node, own)?;
    }
    if parentheses {
        f.write_str(")")?;
    }
    Ok(())
}

fn write_leaf(f: &mut fmt::Formatter<'_>, field: Option<Field>, value: &Value) -> fmt::Result {
    let name = field.map_or(String::new(), |field| format!("{}:", field.name()));
    f.write_str(&name)?;
    match value {
        Value::Word(typed) => match reads_back(&format!("{name}{typed}"), field, value) {
            true => f.write_str(typed),
            false => write_phrase(f, typed),
        },
        Value::Phrase(words) => write_phrase(f, words),
        Value::Exact(whole) => {
            f.write_str("=")?;
            match reads_back(&format!("{name}={whole}"), field, value) {
                true => f.write_str(whole),
                false => write_phrase(f, whole),
            }
        }
        Value::Kind(kind) => f.write_str(kind.name()),
        Value::Days { from, to } => when::write_days(f, *from, *to),
        Value::Shares(shares) => write!(f, "{shares}"),
    }
}

/// Whether `printed` reads back as just this test.
fn reads_back(printed: &str, field: Option<Field>, value: &Value) -> bool {
    let (tokens, problems) = lex(printed);
    problems.is_empty() && matches!(tokens.as_slice(), [(Token::Leaf(f, v), _)] if *f == field && v == value)
}

fn write_phrase(f: &mut fmt::Formatter<'_>, words: &str) -> fmt::Result {
    f.write_str("\"")?;
    for c in words.chars() {
        if c == '\\' || word::is_mark(c) {
            f.write_str("\\")?;
        }
        write!(f, "{c}")?;
    }
    f.write_str("\"")
}
