//! What a field is tested for where it does not hold running text: days, numbers, kinds, ids, names; and parameters
//! in their place.
//!
//! It reads one value as typed; which field stands before it, and where, it is told.

use crate::text::problem::{Place, Problem};

use super::ast::{Field, KindValue, Open, Scalar, Sign, Value};
use super::field::Holds;
use super::trouble;
use super::{number, share, when, word};

/// Reads a value: `2014-03`, `0.5..0.8`, `direct`, `*`, `{from}..{to}`.
pub(super) fn read(field: Field, typed: &str, at: Place) -> Result<Value, Problem> {
    match field.holds() {
        Holds::Name | Holds::Dup | Holds::Id => {}
        _ if typed == "*" => return Ok(Value::Any),
        _ => {}
    }
    if typed.contains(['{', '}']) {
        return open(field, typed, at).map(Value::Open);
    }
    match field.holds() {
        Holds::Text => Ok(Value::Word(typed.to_owned())),
        Holds::Kind => match KindValue::named(typed) {
            Some(kind) => Ok(Value::Kind(kind)),
            None => Err(trouble::unknown_kind(at, typed)),
        },
        Holds::Days => when::read(typed, at),
        Holds::Share => share::read(typed, at).map(Value::Shares),
        Holds::Number => number::read(field, typed, at),
        Holds::Id => {
            let digits = typed.strip_prefix("q:").or_else(|| typed.strip_prefix("a:")).unwrap_or(typed);
            match (1..=16).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_hexdigit()) {
                true => Ok(Value::Word(digits.to_ascii_lowercase())),
                false => Err(trouble::no_id(at, typed)),
            }
        }
        Holds::Dup if typed.eq_ignore_ascii_case("first") => Ok(Value::First),
        Holds::Dup => Err(trouble::no_dup(at, typed)),
        Holds::Name => {
            let names = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
            match word::has_letters(typed) && typed.chars().all(names) {
                true => Ok(Value::Word(typed.to_owned())),
                false => Err(trouble::no_name(at, typed)),
            }
        }
    }
}

/// Reads the scalar behind a sign of comparison; each has its place.
pub(super) fn compare(field: Field, sign: &str, typed: &str, sign_at: Place, at: Place) -> Result<Value, Problem> {
    let known = match sign {
        ">" => Sign::Above,
        ">=" => Sign::AtLeast,
        "<" => Sign::Below,
        "<=" => Sign::AtMost,
        _ => return Err(trouble::no_sign(sign_at, sign)),
    };
    if typed.contains(['{', '}']) {
        let name = word::parameter(typed).ok_or_else(|| trouble::mistaken_word(at, word::Mistake::Parameter, typed))?;
        return Ok(Value::Open(Open::Compared(known, name.to_owned())));
    }
    match field.holds() {
        Holds::Days => when::compare(known, typed, at),
        Holds::Number => number::compare(field, sign, typed, at),
        _ => share::compare(sign, typed, sign_at, at).map(Value::Shares),
    }
}

/// Reads what follows `:=` without quotation marks: it is compared as it stands, so what looks like syntax is none.
pub(super) fn exact(typed: &str, at: Place) -> Result<Value, Problem> {
    if let Some(name) = word::parameter(typed) {
        return Ok(Value::Open(Open::Exact(name.to_owned())));
    }
    match word::plain(typed) {
        true => Ok(Value::Exact(typed.to_owned())),
        false => Err(trouble::inexact(at, typed)),
    }
}

/// A value with parameters in it: one alone, or as an end of a range.
fn open(field: Field, typed: &str, at: Place) -> Result<Open, Problem> {
    if let Some(name) = word::parameter(typed) {
        return Ok(Open::Value(name.to_owned()));
    }
    let mistaken = || trouble::mistaken_word(at, word::Mistake::Parameter, typed);
    let (from, to) = typed.split_once("..").filter(|_| field.is_compared()).ok_or_else(mistaken)?;
    let end = |typed: &str| {
        if typed.is_empty() {
            return Ok(None);
        }
        if typed.contains(['{', '}']) {
            let name = word::parameter(typed).ok_or_else(mistaken)?;
            return Ok(Some(Scalar::Named(name.to_owned())));
        }
        // It must be right by itself, and one end only.
        if typed == "*" || typed.contains("..") {
            return Err(mistaken());
        }
        read(field, typed, at).map(|_| Some(Scalar::Typed(typed.to_owned())))
    };
    Ok(Open::Range(end(from)?, end(to)?))
}
