//! From text to tree: how operators bind, and what is wrong with them.
//!
//! `NOT` binds before adjacency (which is `AND`), that before `OR`; parentheses before all. The parser
//! goes on after a problem, so that one pass reports all of them; it does not look inside a test.

use crate::text::problem::{Place, Problem};
use crate::text::span::Span;

use super::ast::{Node, Query, Value};
use super::lex::{Token, lex};
use super::{MAX_BYTES, MAX_DEPTH, trouble};

/// Reads a query; or says all that is wrong with it, in the order in which it stands there.
///
/// # Errors
/// At least one problem, each with its place in `text` where it has one (bytes).
pub fn parse(text: &str) -> Result<Query, Vec<Problem>> {
    if text.len() > MAX_BYTES {
        return Err(vec![trouble::too_long(text.len())]);
    }
    let (tokens, problems) = lex(text);
    if tokens.is_empty() {
        return Err(vec![trouble::empty()]);
    }
    let mut parser = Parser { text, tokens, at: 0, open: 0, depth: 0, problems, gave_up: false };
    let query = parser.or().unwrap_or_else(|| placeholder(Span::whole(text)));
    let mut problems = parser.problems;
    if problems.is_empty() {
        return Ok(query);
    }
    problems.sort_by_key(|problem| match problem.at {
        Place::Span(span) => span.start(),
        _ => 0,
    });
    Err(problems)
}

struct Parser<'a> {
    text: &'a str,
    tokens: Vec<(Token, Span)>,
    at: usize,
    /// Parentheses that are open here.
    open: usize,
    /// Parentheses and negations that this stands in.
    depth: usize,
    problems: Vec<Problem>,
    /// Too deep: the rest was left unread, so nothing is said about what is missing there.
    gave_up: bool,
}

/// What stands in the tree for a part whose trouble has been reported.
fn placeholder(span: Span) -> Query {
    Query { node: Node::Leaf(None, Value::Word(String::new())), span }
}

impl Parser<'_> {
    /// `None` where there is nothing, and nothing has been said about it.
    fn or(&mut self) -> Option<Query> {
        let mut parts: Vec<Query> = self.and().into_iter().collect();
        while let Some((Token::Or, span)) = self.peek() {
            self.at += 1;
            if parts.is_empty() {
                self.report(trouble::nothing_before(Place::Span(span), span.of(self.text)));
                parts.push(placeholder(span));
            }
            let part = self.and().unwrap_or_else(|| {
                self.report(trouble::nothing_after(Place::Span(span), span.of(self.text)));
                placeholder(span)
            });
            parts.push(part);
        }
        join(parts, |node| match node {
            Node::Or(parts) => Ok(parts),
            other => Err(other),
        })
        .map(|(mut parts, span)| match parts.len() {
            1 => parts.remove(0),
            _ => Query { node: Node::Or(parts), span },
        })
    }

    /// `None` as in `or`.
    fn and(&mut self) -> Option<Query> {
        let mut parts: Vec<Query> = Vec::new();
        let mut operator: Option<Span> = None;
        while let Some((token, span)) = self.peek() {
            match token {
                Token::Or => break,
                Token::Close if self.open > 0 => break,
                Token::Close => {
                    self.at += 1;
                    self.report(trouble::unopened(Place::Span(span)));
                    parts.push(placeholder(span));
                }
                Token::And => {
                    self.at += 1;
                    if parts.is_empty() {
                        self.report(trouble::nothing_before(Place::Span(span), span.of(self.text)));
                        parts.push(placeholder(span));
                    } else if let Some(earlier) = operator.replace(span) {
                        self.report(trouble::nothing_after(Place::Span(earlier), earlier.of(self.text)));
                    }
                }
                _ => {
                    operator = None;
                    let part = self.not();
                    parts.push(part);
                }
            }
        }
        if let Some(span) = operator {
            self.report(trouble::nothing_after(Place::Span(span), span.of(self.text)));
        }
        join(parts, |node| match node {
            Node::And(parts) => Ok(parts),
            other => Err(other),
        })
        .map(|(mut parts, span)| match parts.len() {
            1 => parts.remove(0),
            _ => Query { node: Node::And(parts), span },
        })
    }

    fn not(&mut self) -> Query {
        let Some((Token::Not, span)) = self.peek() else { return self.unit() };
        self.at += 1;
        if let None | Some((Token::And | Token::Or | Token::Close, _)) = self.peek() {
            self.report(trouble::nothing_after(Place::Span(span), span.of(self.text)));
            return placeholder(span);
        }
        if !self.enter(span) {
            return placeholder(span);
        }
        let inner = self.not();
        self.depth -= 1;
        let span = span.to(inner.span);
        Query { node: Node::Not(Box::new(inner)), span }
    }

    fn unit(&mut self) -> Query {
        let Some((token, span)) = self.peek() else { return placeholder(Span::whole(self.text)) };
        self.at += 1;
        match token {
            Token::Leaf(field, value) => Query { node: Node::Leaf(field, value), span },
            Token::Open => self.group(span),
            // `and` and `not` keep the others from coming here.
            _ => placeholder(span),
        }
    }

    fn group(&mut self, open: Span) -> Query {
        if !self.enter(open) {
            return placeholder(open);
        }
        self.open += 1;
        let inner = self.or();
        self.open -= 1;
        self.depth -= 1;
        let close = match self.peek() {
            Some((Token::Close, span)) => {
                self.at += 1;
                span
            }
            _ => {
                self.report(trouble::unclosed(Place::Span(open)));
                return placeholder(open);
            }
        };
        let span = open.to(close);
        match inner {
            Some(inner) => Query { span, ..inner },
            None => {
                self.report(trouble::empty_group(Place::Span(span)));
                placeholder(span)
            }
        }
    }

    /// Goes one level deeper; or reports that this is too deep and leaves the rest unread.
    fn enter(&mut self, span: Span) -> bool {
        if self.depth < MAX_DEPTH {
            self.depth += 1;
            return true;
        }
        self.report(trouble::too_deep(Place::Span(span)));
        self.at = self.tokens.len();
        self.gave_up = true;
        false
    }

    fn peek(&self) -> Option<(Token, Span)> {
        self.tokens.get(self.at).cloned()
    }

    fn report(&mut self, problem: Problem) {
        if !self.gave_up {
            self.problems.push(problem);
        }
    }
}

/// Joins parts to one list with the span of all; parts that are such a list themselves dissolve in it, as parentheses
/// that change nothing.
fn join(parts: Vec<Query>, dissolve: impl Fn(Node) -> Result<Vec<Query>, Node>) -> Option<(Vec<Query>, Span)> {
    let span = parts.first()?.span.to(parts.last()?.span);
    if parts.len() == 1 {
        return Some((parts, span));
    }
    let mut all = Vec::with_capacity(parts.len());
    for Query { node, span } in parts {
        match dissolve(node) {
            Ok(inner) => all.extend(inner),
            Err(node) => all.push(Query { node, span }),
        }
    }
    Some((all, span))
}
