//! What one word of a query is: text that is searched for as it stands, or syntax that only looks like it.
//!
//! A URL, a time, `9/11`, `AT&T`, `C++` and `#metoo` are text. It does not know fields, and does not cut
//! words into the tokens of an index.

use super::trouble::Later;

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

/// The syntax in a word that is not there yet.
pub(super) fn later(word: &str) -> Option<Later> {
    if is_url(word) {
        return None;
    }
    if let Some(sign) = word.chars().find(|c| matches!(c, '*' | '?')) {
        return Some(Later::Wildcard(sign));
    }
    if word.starts_with('{') && word.contains('}') {
        return Some(Later::Parameter);
    }
    let before = word.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    if before.strip_suffix('^').is_some_and(has_letters) && before.len() < word.len() {
        return Some(Later::Weight);
    }
    before.strip_suffix('~').is_some_and(has_letters).then_some(Later::Fuzzy)
}

/// Whether the word is an operator of distance: `w/5`, `near/5`, `pre/5`, `w/s`, `w/p`, in capitals or not.
pub(super) fn is_distance(word: &str) -> bool {
    let Some((name, reach)) = word.split_once('/') else { return false };
    let within = name.eq_ignore_ascii_case("w");
    let named = within || name.eq_ignore_ascii_case("near") || name.eq_ignore_ascii_case("pre");
    let number = !reach.is_empty() && reach.bytes().all(|b| b.is_ascii_digit());
    named && number || within && matches!(reach, "s" | "S" | "p" | "P")
}

/// Whether a word right before `(` is the operator `atleast5`.
pub(super) fn is_at_least(word: &str) -> bool {
    let digits = word.get(..7).filter(|head| head.eq_ignore_ascii_case("atleast")).and_then(|_| word.get(7..));
    digits.is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_digit()))
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
