//! What one word of a query is: text that is searched for as it stands, or syntax that only looks like it.
//!
//! A URL, a time, `9/11`, `AT&T`, `C++` and `#metoo` are text. It does not know fields, and does not cut
//! words into the tokens of an index.

use super::ast::{Open, Reach, Value, Weight};

/// The largest number of words in a distance, and of matches that are counted.
pub(super) const FURTHEST: u32 = 1000;

/// All quotation marks are equal: each opens a phrase and each closes it.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '"' | '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{ff02}')
}

/// Whether a word ends before this character.
pub(super) fn is_end(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | ')' | '|') || is_mark(c)
}

/// Whether there is anything to search for.
pub(super) fn has_letters(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// Cuts `name` from what follows it, where the word begins with a name (a letter; then letters, digits, `_`, `-`).
pub(super) fn split_name(word: &str) -> Option<(&str, &str)> {
    if !word.starts_with(char::is_alphabetic) {
        return None;
    }
    let end = word.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-'))).unwrap_or(word.len());
    word.split_at_checked(end)
}

/// Whether the word is an address on the web, in which no character is syntax.
pub(super) fn is_url(word: &str) -> bool {
    let www = word.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("www."));
    www || split_name(word).is_some_and(|(_, rest)| rest.starts_with("://"))
}

/// What a word asks for, and what it counts; or what is wrong with it.
pub(super) fn read(word: &str) -> Result<(Value, Option<Weight>), Mistake> {
    if is_url(word) {
        return Ok((Value::Word(word.to_owned()), None));
    }
    let (word, weight) = split_weight(word)?;
    if word.strip_prefix('!').is_some_and(has_letters) {
        return Err(Mistake::Exclamation);
    }
    if let Some(form) = word.strip_prefix('=').filter(|form| has_letters(form)) {
        return match plain(form) {
            true => Ok((Value::Form(form.to_owned()), weight)),
            false => Err(Mistake::InexactForm),
        };
    }
    if word.starts_with('{') && word.contains('}') {
        let name = parameter(word).ok_or(Mistake::Parameter)?;
        return Ok((Value::Open(Open::Value(name.to_owned())), weight));
    }
    if word == "*" {
        return if weight.is_none() { Ok((Value::Any, None)) } else { Err(Mistake::Weight) };
    }
    let wild = |text: &str| text.contains(['*', '?']);
    if let Some((before, edits)) = split_edits(word) {
        return match edits {
            "" | "1" | "2" if wild(before) => Err(Mistake::WildFuzzy),
            "" | "1" => Ok((Value::Fuzzy(before.to_owned(), 1), weight)),
            "2" => Ok((Value::Fuzzy(before.to_owned(), 2), weight)),
            _ => Err(Mistake::Edits),
        };
    }
    match wild(word) {
        true => Ok((Value::Pattern(word.to_owned()), weight)),
        false => Ok((Value::Word(word.to_owned()), weight)),
    }
}

/// What can be wrong with a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mistake {
    /// `coal~3`
    Edits,
    /// `coa*~1`
    WildFuzzy,
    /// `=coa*`
    InexactForm,
    /// `coal^0`, `*^2`
    Weight,
    /// `{topic}s`
    Parameter,
    /// `!coal`
    Exclamation,
}

/// Whether nothing in a word is syntax.
pub(super) fn plain(word: &str) -> bool {
    matches!(read(word), Ok((Value::Word(_), None)))
}

/// Cuts a number of letters that may differ from the word before it.
fn split_edits(word: &str) -> Option<(&str, &str)> {
    let (before, edits) = word.rsplit_once('~')?;
    (has_letters(before) && edits.bytes().all(|b| b.is_ascii_digit())).then_some((before, edits))
}

/// Cuts `^2` from the word before it.
fn split_weight(word: &str) -> Result<(&str, Option<Weight>), Mistake> {
    match word.rsplit_once('^').filter(|(before, _)| !before.is_empty()) {
        Some((before, number)) if number.bytes().any(|b| b.is_ascii_digit()) && is_number(number) => {
            let weight = weight(number).ok_or(Mistake::Weight)?;
            Ok((before, Some(weight)))
        }
        _ => Ok((word, None)),
    }
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

/// A weight with up to three decimals.
pub(super) fn weight(number: &str) -> Option<Weight> {
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    if !is_number(number) || decimals.len() > 3 || decimals.contains('.') || whole.is_empty() && decimals.is_empty() {
        return None;
    }
    let whole: u32 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let part: u32 = format!("{decimals:0<3}").parse().ok()?;
    Weight::new(whole.checked_mul(1000)?.checked_add(part)?)
}

/// The name in `{name}`.
pub(super) fn parameter(text: &str) -> Option<&str> {
    let name = text.strip_prefix('{')?.strip_suffix('}')?;
    split_name(name).filter(|(_, rest)| rest.is_empty()).map(|(name, _)| name)
}

/// The operator of distance that a word is: `w/5`, `near/5`, `pre/5`, `w/s`, `w/p`, in capitals or not; `Err` where
/// its number is none.
pub(super) fn reach(word: &str) -> Option<Result<Reach, ()>> {
    let (name, reach) = word.split_once('/')?;
    let is = |other: &str| name.eq_ignore_ascii_case(other);
    if is("w") && reach.eq_ignore_ascii_case("s") {
        return Some(Ok(Reach::Sentence));
    }
    if is("w") && reach.eq_ignore_ascii_case("p") {
        return Some(Ok(Reach::Paragraph));
    }
    let number = !reach.is_empty() && reach.bytes().all(|b| b.is_ascii_digit());
    if !number || !(is("w") || is("near") || is("pre")) {
        return None;
    }
    let words = reach.parse().ok().filter(|words| (1..=FURTHEST).contains(words)).ok_or(());
    Some(words.map(if is("pre") { Reach::Before } else { Reach::Within }))
}

/// The number in a word right before `(` that is the operator `atleast5`; `Err` where it is none.
pub(super) fn at_least(word: &str) -> Option<Result<u32, ()>> {
    let digits = word.get(..7).filter(|head| head.eq_ignore_ascii_case("atleast")).and_then(|_| word.get(7..))?;
    let number = digits.bytes().all(|b| b.is_ascii_digit());
    number.then(|| digits.parse().ok().filter(|least| (1..=FURTHEST).contains(least)).ok_or(()))
}

/// Whether a `*` in a phrase is meant as a wildcard: it touches a letter. A `?` in a phrase is punctuation.
pub(super) fn has_wildcard(phrase: &str) -> bool {
    let mut before = None;
    let mut chars = phrase.chars().peekable();
    while let Some(c) = chars.next() {
        let letter = |c: &char| c.is_alphanumeric();
        if c == '*' && (before.as_ref().is_some_and(letter) || chars.peek().is_some_and(letter)) {
            return true;
        }
        before = Some(c);
    }
    false
}
