//! A tree written as text: the shortest form that reads back to the same tree.
//!
//! Parentheses stand only where the tree needs them, a field before parentheses where all inside is asked of it, and
//! words get quotation marks only where they would not read back as words. It does not keep what was typed: `NOT`
//! becomes `-`, and every mark becomes `"`.

use std::fmt;

use super::ast::{Field, Node, Open, Query, Reach, Scalar, Sign, Value, Weight};
use super::lex::{Token, lex};
use super::{number, when, word};

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write(f, &self.node, Inside::Nothing, None)
    }
}

/// What a part stands in, loosest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Inside {
    Nothing,
    Or,
    And,
    Not,
    Near,
}

/// Writes a part; `group` is the field of the parentheses around it.
fn write(f: &mut fmt::Formatter<'_>, node: &Node, inside: Inside, group: Option<Field>) -> fmt::Result {
    if group.is_none()
        && let Some(field) = field_of_all(node)
    {
        write!(f, "{}:(", field.name())?;
        write(f, node, Inside::Nothing, Some(field))?;
        return f.write_str(")");
    }
    match node {
        Node::Or(parts) => write_list(f, parts, " OR ", Inside::Or, inside, group),
        Node::And(parts) => write_list(f, parts, " ", Inside::And, inside, group),
        Node::Not(part) => {
            let parentheses = inside > Inside::Not;
            f.write_str(if parentheses { "(-" } else { "-" })?;
            write(f, &part.node, Inside::Not, group)?;
            f.write_str(if parentheses { ")" } else { "" })
        }
        Node::Near(first, others) => {
            let parentheses = inside >= Inside::Near;
            f.write_str(if parentheses { "(" } else { "" })?;
            write(f, &first.node, Inside::Near, group)?;
            for (reach, part) in others {
                write!(f, " {reach} ")?;
                write(f, &part.node, Inside::Near, group)?;
            }
            f.write_str(if parentheses { ")" } else { "" })
        }
        Node::AtLeast(least, parts) => {
            write!(f, "atleast{least}(")?;
            let own = if parts.len() == 1 { Inside::Nothing } else { Inside::And };
            write_parts(f, parts, " ", own, group)?;
            f.write_str(")")
        }
        Node::Boost(part, weight) => {
            write(f, &part.node, Inside::Near, group)?;
            write!(f, "^{weight}")
        }
        Node::Leaf(field, value) => write_leaf(f, *field, value, group),
    }
}

fn write_list(
    f: &mut fmt::Formatter<'_>,
    parts: &[Query],
    between: &str,
    own: Inside,
    inside: Inside,
    group: Option<Field>,
) -> fmt::Result {
    let parentheses = inside >= own;
    f.write_str(if parentheses { "(" } else { "" })?;
    write_parts(f, parts, between, own, group)?;
    f.write_str(if parentheses { ")" } else { "" })
}

fn write_parts(
    f: &mut fmt::Formatter<'_>,
    parts: &[Query],
    between: &str,
    own: Inside,
    group: Option<Field>,
) -> fmt::Result {
    for (position, part) in parts.iter().enumerate() {
        f.write_str(if position > 0 { between } else { "" })?;
        write(f, &part.node, own, group)?;
    }
    Ok(())
}

/// The field that stands before parentheses around a part: that of all its leaves, where it has several.
fn field_of_all(node: &Node) -> Option<Field> {
    match node {
        Node::And(parts) | Node::Or(parts) | Node::AtLeast(_, parts) if parts.len() > 1 => field_of(node),
        Node::Near(..) => field_of(node),
        // Behind a colon, `=` means the whole value; in parentheses it does not.
        Node::Leaf(field, Value::Form(_)) => *field,
        Node::Boost(part, _) => field_of_all(&part.node),
        _ => None,
    }
}

fn field_of(node: &Node) -> Option<Field> {
    match node {
        Node::And(parts) | Node::Or(parts) | Node::AtLeast(_, parts) => {
            let (first, others) = parts.split_first()?;
            let field = field_of(&first.node)?;
            others.iter().all(|part| field_of(&part.node) == Some(field)).then_some(field)
        }
        Node::Near(first, others) => {
            let field = field_of(&first.node)?;
            others.iter().all(|(_, part)| field_of(&part.node) == Some(field)).then_some(field)
        }
        Node::Not(part) | Node::Boost(part, _) => field_of(&part.node),
        Node::Leaf(_, Value::Exact(_) | Value::Open(Open::Exact(_))) => None,
        // Right behind a colon it is a word, in parentheses an operator.
        Node::Leaf(_, Value::Word(word)) if matches!(word.as_str(), "AND" | "OR" | "NOT") => None,
        Node::Leaf(_, Value::Word(word)) if word::reach(word).is_some() => None,
        Node::Leaf(field, _) => *field,
    }
}

fn write_leaf(f: &mut fmt::Formatter<'_>, field: Option<Field>, value: &Value, group: Option<Field>) -> fmt::Result {
    let grouped = group.is_some();
    if let Some(field) = field.filter(|_| !grouped) {
        write!(f, "{}:", field.name())?;
    }
    match value {
        Value::Word(typed) => match reads_back(typed, field, value, grouped) {
            true => f.write_str(typed),
            false => write_phrase(f, typed),
        },
        Value::Phrase(words) => write_phrase(f, words),
        Value::Form(words) => {
            f.write_str("=")?;
            match reads_back(&format!("={words}"), field, value, grouped) {
                true => f.write_str(words),
                false => write_phrase(f, words),
            }
        }
        Value::Pattern(typed) => f.write_str(typed),
        Value::Fuzzy(typed, edits) => write!(f, "{typed}~{edits}"),
        Value::Loose { words, slop, prefix } => {
            write_phrase(f, words)?;
            if *slop > 0 {
                write!(f, "~{slop}")?;
            }
            f.write_str(if *prefix { "*" } else { "" })
        }
        Value::Regex(body) => write!(f, "/{body}/"),
        Value::Any => f.write_str("*"),
        Value::Exact(whole) => {
            f.write_str("=")?;
            match reads_back(&format!("={whole}"), field, value, grouped) {
                true => f.write_str(whole),
                false => write_phrase(f, whole),
            }
        }
        Value::Kind(kind) => f.write_str(kind.name()),
        Value::Days { from, to } => when::write_days(f, *from, *to),
        Value::After(when) => write!(f, ">{when}"),
        Value::Before(when) => write!(f, "<{when}"),
        Value::Shares(shares) => write!(f, "{shares}"),
        Value::Numbers(from, to) => number::write_numbers(f, *from, *to),
        Value::First => f.write_str("first"),
        Value::Open(open) => write!(f, "{open}"),
    }
}

/// Whether `printed` reads back as just this test, behind its field or, where `grouped` holds, in parentheses behind it.
fn reads_back(printed: &str, field: Option<Field>, value: &Value, grouped: bool) -> bool {
    let text = match field {
        Some(field) if grouped => format!("{}:({printed})", field.name()),
        Some(field) => format!("{}:{printed}", field.name()),
        None => printed.to_owned(),
    };
    let (tokens, problems) = lex(&text);
    let tests = match tokens.as_slice() {
        [(Token::Open, _), inner @ .., (Token::Close, _)] if grouped => inner,
        tokens => tokens,
    };
    problems.is_empty() && matches!(tests, [(Token::Leaf(f, v, None), _)] if *f == field && v == value)
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

impl fmt::Display for Reach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Within(words) => write!(f, "w/{words}"),
            Self::Before(words) => write!(f, "pre/{words}"),
            Self::Sentence => f.write_str("w/s"),
            Self::Paragraph => f.write_str("w/p"),
        }
    }
}

impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.thousandths() / 1000, self.thousandths() % 1000);
        match part {
            0 => write!(f, "{whole}"),
            _ => write!(f, "{whole}.{}", format!("{part:0>3}").trim_end_matches('0')),
        }
    }
}

impl fmt::Display for Open {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(name) => write!(f, "{{{name}}}"),
            Self::Exact(name) => write!(f, "={{{name}}}"),
            Self::Range(from, to) => {
                from.as_ref().map_or(Ok(()), |from| write!(f, "{from}"))?;
                f.write_str("..")?;
                to.as_ref().map_or(Ok(()), |to| write!(f, "{to}"))
            }
            Self::Compared(sign, name) => write!(f, "{sign}{{{name}}}"),
        }
    }
}

impl fmt::Display for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Typed(text) => f.write_str(text),
            Self::Named(name) => write!(f, "{{{name}}}"),
        }
    }
}

impl fmt::Display for Sign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Above => ">",
            Self::AtLeast => ">=",
            Self::Below => "<",
            Self::AtMost => "<=",
        })
    }
}
