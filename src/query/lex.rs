//! A query cut into operators, parentheses and tests; what is wrong inside a test is reported here.
//!
//! It reads from left to right, each byte a bounded number of times, and does not know how operators bind.

use crate::text::problem::{Place, Problem};
use crate::text::span::Span;

use super::ast::{Field, KindValue, Value};
use super::field::{self, Holds, is_planned};
use super::trouble::{self, Later};
use super::{share, when, word};

/// A piece of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Open,
    Close,
    And,
    /// `OR` or `|`
    Or,
    /// `NOT` or `-`
    Not,
    Leaf(Option<Field>, Value),
    /// A test that could not be read; why has been reported.
    Broken,
}

/// The pieces of `query`, with their places, and what is wrong inside them.
pub(super) fn lex(query: &str) -> (Vec<(Token, Span)>, Vec<Problem>) {
    let mut lexer = Lexer { query, at: 0, tokens: Vec::new(), problems: Vec::new(), regex_closes: true };
    lexer.run();
    (lexer.tokens, lexer.problems)
}

struct Lexer<'a> {
    query: &'a str,
    at: usize,
    tokens: Vec<(Token, Span)>,
    problems: Vec<Problem>,
    /// Whether the closing `/` of a regular expression may still follow: looked for once, not once a slash.
    regex_closes: bool,
}

impl<'a> Lexer<'a> {
    fn run(&mut self) {
        loop {
            self.take_while(char::is_whitespace);
            let start = self.at;
            let mut ahead = self.rest().chars();
            let Some(c) = ahead.next() else { return };
            let next = ahead.next();
            let token = match c {
                '(' => self.step(c, Token::Open),
                ')' => self.step(c, Token::Close),
                '|' => self.step(c, Token::Or),
                '-' if next.is_some_and(|next| next != ')' && next != '|' && !next.is_whitespace()) => {
                    self.step(c, Token::Not)
                }
                '/' if self.take_regex() => self.fail_later(start, Later::Regex),
                c if word::is_mark(c) => self.phrase(None),
                _ => self.word(),
            };
            if let Some(span) = Span::new(self.query, start, self.at) {
                self.tokens.push((token, span));
            }
        }
    }

    /// A word without quotation marks: an operator, a field with its value, or text.
    fn word(&mut self) -> Token {
        let start = self.at;
        let typed = self.take_while(|c| !word::is_end(c));
        match typed {
            "AND" => return Token::And,
            "OR" => return Token::Or,
            "NOT" => return Token::Not,
            _ => {}
        }
        if word::is_distance(typed) {
            return self.fail_later(start, Later::Near);
        }
        if self.rest().starts_with('(') && word::is_at_least(typed) {
            return self.fail_later(start, Later::AtLeast);
        }
        if let Some((name, rest)) = word::split_name(typed).filter(|_| !word::is_url(typed)) {
            if rest.starts_with(':') {
                self.at = start + name.len() + 1;
                return self.field(name);
            }
            let known = Field::named(name);
            if rest.starts_with(['<', '>']) {
                if let Some(field) = known.filter(|field| field.holds() == Holds::Share) {
                    self.at = start + name.len();
                    return self.comparison(field, start);
                }
                // `confidence>0.9`; with another unknown name it is text, as `3>2` is.
                if known.is_none() && field::field_near(name) == Some(Field::Conf.name()) {
                    let at = trouble::place(self.query, start, start + name.len());
                    return self.fail(trouble::unknown_field(at, name));
                }
            }
            if rest.starts_with(['<', '>']) && (known.is_some() || is_planned(name)) {
                return self.fail_later(start, Later::Comparison(known));
            }
            if let Some(field) = known.filter(|_| rest.starts_with('=')) {
                return self.fail(trouble::no_colon(self.place(start), field));
            }
        }
        self.text(None, start, typed)
    }

    /// What follows `name:`; the lexer stands right after the colon.
    fn field(&mut self, name: &str) -> Token {
        let start = self.at - name.len() - 1;
        let Some(field) = Field::named(name) else {
            let problem = trouble::unknown_field(trouble::place(self.query, start, self.at - 1), name);
            self.problems.push(problem);
            // Its value is no trouble of its own, unless it is a phrase without an end.
            match self.rest().chars().next() {
                Some(c) if word::is_mark(c) => drop(self.take_phrase()),
                _ => drop(self.take_while(|c| !word::is_end(c))),
            }
            return Token::Broken;
        };
        let exact = self.rest().starts_with('=');
        if exact {
            self.at += 1;
            if field.holds() != Holds::Text {
                let at = self.place(start);
                self.take_while(|c| !word::is_end(c));
                return self.fail(trouble::no_exact(at, field));
            }
        }
        let value = self.at;
        match self.rest().chars().next() {
            Some('<' | '>') if field.holds() == Holds::Share => self.comparison(field, start),
            None | Some(')' | '|') => self.fail(trouble::empty_value(self.place(start), field)),
            Some(c) if c.is_whitespace() => self.fail(trouble::empty_value(self.place(start), field)),
            Some('(') => self.fail_later(start, Later::Group(field)),
            Some(c) if word::is_mark(c) => match exact {
                true => self.exact_phrase(field),
                false => self.phrase(Some(field)),
            },
            Some('/') if !exact && self.take_regex() => self.fail_later(value, Later::Regex),
            Some(_) => {
                let typed = self.take_while(|c| !word::is_end(c));
                self.value(field, exact, value, typed)
            }
        }
    }

    /// A comparison and the number behind it; the lexer stands at its sign, and the test begins at `start`.
    fn comparison(&mut self, field: Field, start: usize) -> Token {
        let signs = self.at;
        let sign = self.take_while(|c| matches!(c, '<' | '>' | '='));
        let sign_at = self.place(signs);
        let value = self.at;
        let typed = match self.rest().chars().next() {
            Some(c) if word::is_mark(c) => match self.take_phrase() {
                Some(words) => words.trim().to_owned(),
                None => return Token::Broken,
            },
            _ => self.take_while(|c| !word::is_end(c)).to_owned(),
        };
        if typed.is_empty() {
            return self.fail(trouble::empty_value(self.place(start), field));
        }
        match share::compare(sign, &typed, sign_at, self.place(value)) {
            Ok(shares) => Token::Leaf(Some(field), Value::Shares(shares)),
            Err(problem) => self.fail(problem),
        }
    }

    /// A value without quotation marks, which begins at `start`.
    fn value(&mut self, field: Field, exact: bool, start: usize, typed: &str) -> Token {
        let at = self.place(start);
        if exact {
            return match word::later(typed) {
                Some(later) => self.fail_later(start, later),
                None => Token::Leaf(Some(field), Value::Exact(typed.to_owned())),
            };
        }
        if typed.starts_with(['<', '>']) {
            return self.fail_later(start, Later::Comparison(Some(field)));
        }
        let number = field.holds() == Holds::Share;
        if typed.starts_with('-') && word::has_letters(typed) && !number {
            return self.fail(trouble::minus_after_colon(at, field));
        }
        let name = word::split_name(typed).filter(|(_, rest)| rest.starts_with(':') && !word::is_url(typed));
        if name.is_some() {
            return self.fail(trouble::field_in_field(at, field));
        }
        self.scalar(field, start, typed)
    }

    fn scalar(&mut self, field: Field, start: usize, typed: &str) -> Token {
        let at = self.place(start);
        match field.holds() {
            Holds::Text => self.text(Some(field), start, typed),
            Holds::Kind => match KindValue::named(typed) {
                Some(kind) => Token::Leaf(Some(field), Value::Kind(kind)),
                None => self.fail(trouble::unknown_kind(at, typed)),
            },
            Holds::Days => match when::read(typed, at) {
                Ok(days) => Token::Leaf(Some(field), days),
                Err(problem) => self.fail(problem),
            },
            Holds::Share => match share::read(typed, at) {
                Ok(shares) => Token::Leaf(Some(field), Value::Shares(shares)),
                Err(problem) => self.fail(problem),
            },
        }
    }

    /// A word to be searched for.
    fn text(&mut self, field: Option<Field>, start: usize, typed: &str) -> Token {
        if let Some(later) = word::later(typed) {
            return self.fail_later(start, later);
        }
        if !word::has_letters(typed) {
            return self.fail(trouble::no_letters(self.place(start), typed));
        }
        Token::Leaf(field, Value::Word(typed.to_owned()))
    }

    fn phrase(&mut self, field: Option<Field>) -> Token {
        let start = self.at;
        let Some(words) = self.take_phrase() else { return Token::Broken };
        // What hangs on the closing mark will have a meaning: `"a b"~3`, `"weapon of mass des"*`, `"a b"^2`.
        let later = match self.rest().chars().next() {
            Some('~') => Some(Later::Loose),
            Some('*') => Some(Later::Wildcard('*')),
            Some('^') => Some(Later::Weight),
            _ => None,
        };
        if let Some(later) = later {
            self.take_while(|c| !word::is_end(c));
            return self.fail_later(start, later);
        }
        let at = self.place(start);
        if words.trim().is_empty() {
            return self.fail(trouble::empty_phrase(at));
        }
        match field {
            Some(field) if field.holds() != Holds::Text => self.scalar(field, start, words.trim()),
            _ if word::has_wildcard(&words) => self.fail_later(start, Later::Wildcard('*')),
            _ if !word::has_letters(&words) => self.fail(trouble::no_letters(at, &words)),
            _ => Token::Leaf(field, Value::Phrase(words)),
        }
    }

    fn exact_phrase(&mut self, field: Field) -> Token {
        let start = self.at;
        match self.take_phrase() {
            None => Token::Broken,
            Some(words) if words.trim().is_empty() => self.fail(trouble::empty_phrase(self.place(start))),
            Some(words) => Token::Leaf(Some(field), Value::Exact(words)),
        }
    }

    /// The words of the phrase whose opening mark comes next. In it, `\` makes a mark or another `\` text.
    /// `None`, and all the rest is taken, where it has no closing mark.
    fn take_phrase(&mut self) -> Option<String> {
        let start = self.at;
        let mut words = String::new();
        let mut chars = self.rest().char_indices().skip(1).peekable();
        while let Some((offset, c)) = chars.next() {
            if word::is_mark(c) {
                self.at = start + offset + c.len_utf8();
                return Some(words);
            }
            let escaped =
                if c == '\\' { chars.next_if(|(_, next)| *next == '\\' || word::is_mark(*next)) } else { None };
            words.push(escaped.map_or(c, |(_, escaped)| escaped));
        }
        let mark = self.rest().chars().next().map_or(0, char::len_utf8);
        self.problems.push(trouble::unclosed_phrase(trouble::place(self.query, start, start + mark)));
        self.at = self.query.len();
        None
    }

    /// Takes `/…/` with whatever hangs on it, where the `/` that comes next opens a regular expression:
    /// something stands between two of them, and no letter follows the second.
    fn take_regex(&mut self) -> bool {
        if !self.regex_closes {
            return false;
        }
        let mut slashes = self.rest().char_indices().skip(1).filter(|(_, c)| *c == '/').map(|(offset, _)| offset);
        let ends = |offset: &usize| {
            let after = self.rest().get(offset + 1..).and_then(|rest| rest.chars().next());
            *offset > 1 && after.is_none_or(|c| word::is_end(c) || c == '^')
        };
        match slashes.find(ends) {
            Some(offset) => {
                self.at += offset + 1;
                self.take_while(|c| !word::is_end(c));
                true
            }
            None => {
                self.regex_closes = false;
                false
            }
        }
    }

    fn rest(&self) -> &'a str {
        self.query.get(self.at..).unwrap_or_default()
    }

    fn take_while(&mut self, keep: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c| !keep(c)).unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).unwrap_or_default()
    }

    fn step(&mut self, c: char, token: Token) -> Token {
        self.at += c.len_utf8();
        token
    }

    /// From `start` to where the lexer stands.
    fn place(&self, start: usize) -> Place {
        trouble::place(self.query, start, self.at)
    }

    fn fail(&mut self, problem: Problem) -> Token {
        self.problems.push(problem);
        Token::Broken
    }

    fn fail_later(&mut self, start: usize, later: Later) -> Token {
        let problem = trouble::not_yet(self.place(start), later);
        self.fail(problem)
    }
}
