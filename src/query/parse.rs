//! From text to tree: how operators bind, and what is wrong with them.
//!
//! Distances bind first, then `NOT`, then adjacency (which is `AND`), then `OR`; parentheses before all. The parser
//! goes on after a problem, so that one pass reports all of them; of a test it only asks whether it has places.

use crate::text::problem::{Place, Problem};
use crate::text::span::Span;

use super::ast::{Field, Node, Query, Reach, Value};
use super::field::Holds;
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
        let first = self.and();
        self.or_after(first)
    }

    /// The alternatives that follow `first`, joined with it.
    fn or_after(&mut self, first: Option<Query>) -> Option<Query> {
        let mut parts: Vec<Query> = first.into_iter().collect();
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
        and_of(self.parts())
    }

    /// What stands side by side, not yet joined.
    fn parts(&mut self) -> Vec<Query> {
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
                Token::Near(_) => {
                    self.at += 1;
                    self.report(trouble::nothing_before(Place::Span(span), span.of(self.text)));
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
        parts
    }

    fn not(&mut self) -> Query {
        let Some((Token::Not, span)) = self.peek() else { return self.near() };
        self.at += 1;
        if let None | Some((Token::And | Token::Or | Token::Close | Token::Near(_), _)) = self.peek() {
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

    /// A unit, and those that follow it at a distance.
    fn near(&mut self) -> Query {
        let first = self.unit();
        let mut others: Vec<(Reach, Query)> = Vec::new();
        while let Some((Token::Near(reach), span)) = self.peek() {
            self.at += 1;
            match self.peek() {
                None | Some((Token::And | Token::Or | Token::Close | Token::Near(_), _)) => {
                    self.report(trouble::nothing_after(Place::Span(span), span.of(self.text)));
                    others.push((reach, placeholder(span)));
                }
                Some((Token::Not, minus)) => {
                    self.at += 1;
                    self.report(trouble::not_placed(Place::Span(minus), reach));
                }
                Some(_) => {
                    let unit = self.unit();
                    others.push((reach, unit));
                }
            }
        }
        let Some((reach, last)) = others.last() else { return first };
        let span = first.span.to(last.span);
        let reach = others.first().map_or(*reach, |(reach, _)| *reach);
        let (mut field, mut problems) = (None, Vec::new());
        for unit in [&first].into_iter().chain(others.iter().map(|(_, unit)| unit)) {
            check_places(unit, reach, &mut field, &mut problems);
        }
        problems.into_iter().for_each(|problem| self.report(problem));
        Query { node: Node::Near(Box::new(first), others), span }
    }

    fn unit(&mut self) -> Query {
        let Some((token, span)) = self.peek() else { return placeholder(Span::whole(self.text)) };
        self.at += 1;
        match token {
            Token::Leaf(field, value, weight) => {
                let leaf = Query { node: Node::Leaf(field, value), span };
                match weight {
                    Some(weight) => Query { node: Node::Boost(Box::new(leaf), weight), span },
                    None => leaf,
                }
            }
            Token::Open => self.group(span),
            Token::AtLeast(least) => self.at_least(least, span),
            // `and`, `not` and `near` keep the others from coming here.
            _ => placeholder(span),
        }
    }

    /// `atleast3(…)`: what stands side by side in it are its parts.
    fn at_least(&mut self, least: u32, name: Span) -> Query {
        let Some((Token::Open, open)) = self.peek() else { return placeholder(name) };
        self.at += 1;
        if !self.enter(open) {
            return placeholder(open);
        }
        self.open += 1;
        let mut parts = self.parts();
        if let Some((Token::Or, _)) = self.peek() {
            parts = self.or_after(and_of(parts)).into_iter().collect();
        }
        let Some(close) = self.leave(open) else { return placeholder(open) };
        let span = name.to(close);
        if parts.is_empty() {
            self.report(trouble::empty_group(Place::Span(open.to(close))));
        }
        let most = parts.len();
        if let [part] = parts.as_slice() {
            let (mut field, mut problems) = (None, Vec::new());
            check_places(part, Reach::Paragraph, &mut field, &mut problems);
            if !problems.is_empty() {
                self.report(trouble::not_counted(Place::Span(part.span)));
            }
        } else if most > 0 && usize::try_from(least).is_ok_and(|least| least > most) {
            self.report(trouble::few_parts(Place::Span(span), least, most));
        }
        Query { node: Node::AtLeast(least, parts), span }
    }

    fn group(&mut self, open: Span) -> Query {
        if !self.enter(open) {
            return placeholder(open);
        }
        self.open += 1;
        let inner = self.or();
        let Some(close) = self.leave(open) else { return placeholder(open) };
        let span = open.to(close);
        match inner {
            Some(inner) => Query { span, ..inner },
            None => {
                self.report(trouble::empty_group(Place::Span(span)));
                placeholder(span)
            }
        }
    }

    /// Takes the parenthesis that closes the group opened at `open`; or reports that there is none.
    fn leave(&mut self, open: Span) -> Option<Span> {
        self.open -= 1;
        self.depth -= 1;
        match self.peek() {
            Some((Token::Close, span)) => {
                self.at += 1;
                Some(span)
            }
            _ => {
                self.report(trouble::unclosed(Place::Span(open)));
                None
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

/// All of the parts; none where there are none.
fn and_of(parts: Vec<Query>) -> Option<Query> {
    join(parts, |node| match node {
        Node::And(parts) => Ok(parts),
        other => Err(other),
    })
    .map(|(mut parts, span)| match parts.len() {
        1 => parts.remove(0),
        _ => Query { node: Node::And(parts), span },
    })
}

/// Whether a unit of a distance, or what is counted, has places in one text: of one field, which is that of the first
/// leaf found.
fn check_places(unit: &Query, reach: Reach, field: &mut Option<Option<Field>>, problems: &mut Vec<Problem>) {
    let at = Place::Span(unit.span);
    match &unit.node {
        Node::Or(parts) => parts.iter().for_each(|part| check_places(part, reach, field, problems)),
        Node::Boost(part, _) => check_places(part, reach, field, problems),
        // Its units have been checked against each other, and are of one field.
        Node::Near(first, _) => check_places(first, reach, field, problems),
        Node::Leaf(own, value) => {
            if !value.has_places() || own.is_some_and(|own| own.holds() != Holds::Text) {
                problems.push(trouble::not_placed(at, reach));
            } else if *field.get_or_insert(*own) != *own {
                problems.push(trouble::fields_apart(at, field.flatten(), *own));
            }
        }
        Node::And(_) => problems.push(trouble::and_in_distance(at, reach)),
        Node::Not(_) | Node::AtLeast(..) => problems.push(trouble::not_placed(at, reach)),
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
