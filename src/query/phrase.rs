//! What stands between quotation marks or slashes, and what hangs on the closing one: `"a b"~3*^2`, `/clim.+/^2`.
//!
//! It does not know fields, and does not cut phrases into words.

use crate::text::problem::{Place, Problem};

use super::ast::{Value, Weight};
use super::pattern::Matcher;
use super::trouble;
use super::word;

/// What can be wrong with a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mistake {
    /// `"a b"~`, `"a b"~x`
    Slop,
    /// `"a b"^0`
    Weight,
    /// `="a b"~3`
    LooseForm,
    /// `"clim* change"`
    Wildcard,
    /// Nothing that could be searched for.
    NoLetters,
}

/// What a phrase of these words asks for, with `tail` on its closing mark and a `=` before it where `form` holds.
pub(super) fn read(words: String, tail: &str, form: bool) -> Result<(Value, Option<Weight>), Mistake> {
    if word::has_wildcard(&words) {
        return Err(Mistake::Wildcard);
    }
    if !word::has_letters(&words) {
        return Err(Mistake::NoLetters);
    }
    let (tail, weight) = match tail.split_once('^') {
        Some((tail, number)) => (tail, Some(word::weight(number).ok_or(Mistake::Weight)?)),
        None => (tail, None),
    };
    let (tail, prefix) = tail.strip_suffix('*').map_or((tail, false), |tail| (tail, true));
    let slop = match tail.strip_prefix('~') {
        Some(digits) if digits.bytes().all(|b| b.is_ascii_digit()) => {
            digits.parse().ok().filter(|slop| *slop <= word::FURTHEST).ok_or(Mistake::Slop)?
        }
        None if tail.is_empty() => 0,
        _ => return Err(Mistake::Slop),
    };
    let value = match (slop, prefix, form) {
        (0, false, true) => Value::Form(words),
        (0, false, false) => Value::Phrase(words),
        (_, _, true) => return Err(Mistake::LooseForm),
        (slop, prefix, false) => Value::Loose { words, slop, prefix },
    };
    Ok((value, weight))
}

/// What a regular expression asks for, typed with its slashes and what hangs on the second.
pub(super) fn read_regex(typed: &str, at: Place) -> Result<(Value, Option<Weight>), Problem> {
    let (body, tail) = typed.strip_prefix('/').and_then(|rest| rest.rsplit_once('/')).unwrap_or((typed, ""));
    let weight = match tail.strip_prefix('^') {
        Some(number) => {
            Some(word::weight(number).ok_or_else(|| trouble::mistaken_word(at, word::Mistake::Weight, typed))?)
        }
        None => None,
    };
    match Matcher::regex(body) {
        Ok(_) => Ok((Value::Regex(body.to_owned()), weight)),
        Err(error) => Err(trouble::bad_regex(at, &error)),
    }
}
