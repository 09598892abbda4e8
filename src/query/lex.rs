//! A query cut into operators, parentheses and tests; what is wrong inside a test is reported here.
//!
//! It reads from left to right, each byte a bounded number of times, and does not know how operators bind. A field
//! before a parenthesis is given to each test inside.

use crate::text::problem::{Place, Problem};
use crate::text::span::Span;

use super::ast::{Field, Reach, Value, Weight};
use super::field::Holds;
use super::trouble;
use super::{phrase, scalar, word};

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
    /// `w/5` and the like
    Near(Reach),
    /// `atleast5`; an [`Token::Open`] follows
    AtLeast(u32),
    Leaf(Option<Field>, Value, Option<Weight>),
    /// A test that could not be read; why has been reported.
    Broken,
}

/// The pieces of `query`, with their places, and what is wrong inside them.
pub(super) fn lex(query: &str) -> (Vec<(Token, Span)>, Vec<Problem>) {
    let mut lexer = Lexer {
        query,
        at: 0,
        tokens: Vec::new(),
        problems: Vec::new(),
        regex_closes: true,
        regexes: 0,
        field: None,
        groups: Vec::new(),
    };
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
    /// How many there were.
    regexes: usize,
    /// The field of the parentheses that this stands in.
    field: Option<Field>,
    /// The fields of the parentheses around those.
    groups: Vec<Option<Field>>,
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
                '(' => self.open(self.field),
                ')' => self.close(),
                '|' if next == Some('|') => self.two_bars(),
                '|' => self.step(c, Token::Or),
                '-' if next.is_some_and(|next| next != ')' && next != '|' && !next.is_whitespace()) => {
                    self.step(c, Token::Not)
                }
                _ => self.test(c, next),
            };
            self.push(start, token);
        }
    }

    fn push(&mut self, start: usize, token: Token) {
        if let Some(span) = Span::new(self.query, start, self.at) {
            self.tokens.push((token, span));
        }
    }

    fn open(&mut self, field: Option<Field>) -> Token {
        self.groups.push(self.field);
        self.field = field;
        self.step('(', Token::Open)
    }

    /// `||` and more of them, which are meant as one `|`.
    fn two_bars(&mut self) -> Token {
        let start = self.at;
        self.take_while(|c| c == '|');
        self.problems.push(trouble::two_bars(self.place(start)));
        Token::Or
    }

    fn close(&mut self) -> Token {
        self.field = self.groups.pop().flatten();
        let token = self.step(')', Token::Close);
        if self.rest().starts_with('^') {
            let start = self.at;
            self.take_while(|c| !word::is_end(c));
            self.problems.push(trouble::weight_of_group(self.place(start)));
        }
        token
    }

    /// A test, or an operator of letters; `c` comes next, and `next` after it.
    fn test(&mut self, c: char, next: Option<char>) -> Token {
        let start = self.at;
        let text = self.field.is_none_or(|field| field.holds() == Holds::Text);
        match c {
            '/' if text && self.take_regex() => self.regex(self.field, start),
            '=' if text && next.is_some_and(word::is_mark) => {
                self.at += 1;
                self.phrase(self.field, true)
            }
            c if word::is_mark(c) => self.phrase(self.field, false),
            _ => self.word(),
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
        if let Some(reach) = word::reach(typed) {
            let at = self.place(start);
            return match reach {
                Ok(reach) => Token::Near(reach),
                Err(()) => self.fail(trouble::bad_reach(at, typed)),
            };
        }
        if self.rest().starts_with('(')
            && let Some(least) = word::at_least(typed)
        {
            return least.map_or_else(|()| self.fail(trouble::bad_least(self.place(start))), Token::AtLeast);
        }
        if let Some((name, rest)) = word::split_name(typed).filter(|_| !word::is_url(typed)) {
            if rest.starts_with(':') {
                self.at = start + name.len() + 1;
                return self.named(name);
            }
            if self.field.is_none()
                && let Some(token) = self.compared(start, name, rest)
            {
                return token;
            }
        }
        match self.field {
            Some(field) => self.value(field, start, typed),
            None => self.text(None, start, typed),
        }
    }

    /// `conf>0.9`, and `speaker=Kerry`, which lacks a colon; of any other name it is text, as `3>2` is.
    fn compared(&mut self, start: usize, name: &str, rest: &str) -> Option<Token> {
        let known = Field::named(name);
        if rest.starts_with(['<', '>']) {
            if let Some(field) = known {
                self.at = start + name.len();
                return Some(self.comparison(field, start));
            }
            if name.eq_ignore_ascii_case("confidence") {
                let at = trouble::place(self.query, start, start + name.len());
                return Some(self.fail(trouble::unknown_field(at, name)));
            }
        }
        let field = known.filter(|_| rest.starts_with('='))?;
        Some(self.fail(trouble::no_colon(self.place(start), field)))
    }

    /// What follows `name:`; the lexer stands right after the colon.
    fn named(&mut self, name: &str) -> Token {
        let start = self.at - name.len() - 1;
        let known = Field::named(name);
        let Some(field) = known.filter(|_| self.field.is_none()) else {
            let at = trouble::place(self.query, start, self.at - 1);
            self.problems.push(match (known, self.field) {
                (Some(_), Some(outer)) => trouble::field_in_group(at, outer),
                _ => trouble::unknown_field(at, name),
            });
            // Its value is no trouble of its own, unless it is a phrase without an end.
            match self.rest().chars().next() {
                Some(c) if word::is_mark(c) => drop(self.take_phrase()),
                _ => drop(self.take_while(|c| !word::is_end(c))),
            }
            return Token::Broken;
        };
        if self.rest().starts_with('=') {
            self.at += 1;
            return self.exact(field, start);
        }
        let value = self.at;
        match self.rest().chars().next() {
            Some('<' | '>') => self.comparison(field, start),
            None | Some(')' | '|') => self.fail(trouble::empty_value(self.place(start), field)),
            Some(c) if c.is_whitespace() => self.fail(trouble::empty_value(self.place(start), field)),
            Some('(') => self.open(Some(field)),
            Some(c) if word::is_mark(c) => self.phrase(Some(field), false),
            Some('/') if field.holds() == Holds::Text && self.take_regex() => self.regex(Some(field), value),
            Some(_) => {
                let typed = self.take_while(|c| !word::is_end(c));
                self.value(field, value, typed)
            }
        }
    }

    /// What follows `name:=`, where `start` is the beginning of the name.
    fn exact(&mut self, field: Field, start: usize) -> Token {
        let value = self.at;
        if field.holds() != Holds::Text {
            self.take_while(|c| !word::is_end(c));
            let at = trouble::place(self.query, start, value);
            return self.fail(trouble::no_exact(at, field));
        }
        match self.rest().chars().next() {
            Some(c) if word::is_mark(c) => match self.take_phrase() {
                None => Token::Broken,
                Some(words) if words.trim().is_empty() => self.fail(trouble::empty_phrase(self.place(value))),
                Some(words) => Token::Leaf(Some(field), Value::Exact(words), None),
            },
            Some(c) if c.is_whitespace() || word::is_end(c) => {
                self.fail(trouble::empty_value(self.place(start), field))
            }
            None => self.fail(trouble::empty_value(self.place(start), field)),
            Some(_) => {
                let typed = self.take_while(|c| !word::is_end(c));
                match scalar::exact(typed, self.place(value)) {
                    Ok(found) => Token::Leaf(Some(field), found, None),
                    Err(problem) => self.fail(problem),
                }
            }
        }
    }

    /// A comparison and the scalar behind it; the lexer stands at its sign, and the test begins at `start`.
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
        if !field.is_compared() {
            return self.fail(trouble::no_comparison(sign_at, field));
        }
        if typed.is_empty() {
            return self.fail(trouble::empty_value(self.place(start), field));
        }
        match scalar::compare(field, sign, &typed, sign_at, self.place(value)) {
            Ok(value) => Token::Leaf(Some(field), value, None),
            Err(problem) => self.fail(problem),
        }
    }

    /// A value without quotation marks, which begins at `start`.
    fn value(&mut self, field: Field, start: usize, typed: &str) -> Token {
        let at = self.place(start);
        if typed.starts_with(['<', '>']) {
            self.at = start;
            return self.comparison(field, start);
        }
        if typed.starts_with('-') && word::has_letters(typed) && field.holds() != Holds::Share {
            return self.fail(trouble::minus_after_colon(at, field));
        }
        let named = word::split_name(typed).is_some_and(|(_, rest)| rest.starts_with(':'));
        if named && !word::is_url(typed) && field.holds() != Holds::Id {
            return self.fail(trouble::field_in_field(at, field));
        }
        match field.holds() {
            Holds::Text => self.text(Some(field), start, typed),
            _ => self.scalar(field, typed, at),
        }
    }

    fn scalar(&mut self, field: Field, typed: &str, at: Place) -> Token {
        match scalar::read(field, typed, at) {
            Ok(value) => Token::Leaf(Some(field), value, None),
            Err(problem) => self.fail(problem),
        }
    }

    /// A word to be searched for.
    fn text(&mut self, field: Option<Field>, start: usize, typed: &str) -> Token {
        let at = self.place(start);
        match word::read(typed) {
            Err(mistake) => self.fail(trouble::mistaken_word(at, mistake, typed)),
            Ok((Value::Any, weight)) => Token::Leaf(field, Value::Any, weight),
            Ok(_) if !word::has_letters(typed) => self.fail(trouble::no_letters(at, typed)),
            Ok((value, weight)) => Token::Leaf(field, value, weight),
        }
    }

    /// A phrase, whose opening mark comes next, with what hangs on its closing mark; `form` where a `=` stands before it.
    fn phrase(&mut self, field: Option<Field>, form: bool) -> Token {
        let start = self.at;
        let Some(words) = self.take_phrase() else { return Token::Broken };
        let at = self.place(start);
        let tail = match self.rest().chars().next() {
            Some('~' | '*' | '^') => self.take_while(|c| !word::is_end(c)),
            _ => "",
        };
        let whole = self.place(start);
        if words.trim().is_empty() {
            return self.fail(trouble::empty_phrase(at));
        }
        if let Some(field) = field.filter(|field| field.holds() != Holds::Text) {
            return match tail {
                "" => self.scalar(field, words.trim(), at),
                _ => self.fail(trouble::tail_of_scalar(whole, field)),
            };
        }
        match phrase::read(words, tail, form) {
            Ok((value, weight)) => Token::Leaf(field, value, weight),
            Err(mistake) => {
                let at = if tail.is_empty() { at } else { whole };
                self.fail(trouble::mistaken_phrase(at, mistake))
            }
        }
    }

    /// A regular expression with whatever hangs on it, which begins at `start` and has been taken.
    fn regex(&mut self, field: Option<Field>, start: usize) -> Token {
        self.regexes += 1;
        if self.regexes > super::MAX_REGEXES {
            return self.fail(trouble::many_regexes(self.place(start), super::MAX_REGEXES));
        }
        let typed = self.query.get(start..self.at).unwrap_or_default();
        match phrase::read_regex(typed, self.place(start)) {
            Ok((value, weight)) => Token::Leaf(field, value, weight),
            Err(problem) => self.fail(problem),
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
}
