//! Whole numbers of a query, compared or as a range: read from what was typed, and written back.
//!
//! It does not know what is counted.

use std::fmt;

use crate::text::problem::{Place, Problem};

use super::ast::{Field, Value};
use super::trouble::shown;

/// Reads `500`, `500..800`, `500..` and `..800`.
pub(super) fn read(field: Field, typed: &str, at: Place) -> Result<Value, Problem> {
    let Some((from, to)) = typed.split_once("..") else {
        return read_one(field, typed, at).map(|number| Value::Numbers(Some(number), Some(number)));
    };
    let end = |typed: &str| if typed.is_empty() { Ok(None) } else { read_one(field, typed, at).map(Some) };
    match (end(from)?, end(to)?) {
        (None, None) => Err(Problem::new(at, "a range needs a beginning or an end").hint(forms(field))),
        (Some(first), Some(last)) if first > last => {
            Err(Problem::new(at, "the range ends before it begins").hint(format!("did you mean `{last}..{first}`?")))
        }
        (first, last) => Ok(Value::Numbers(first, last)),
    }
}

/// Reads the number behind a sign of comparison.
pub(super) fn compare(field: Field, sign: &str, typed: &str, at: Place) -> Result<Value, Problem> {
    let number = read_one(field, typed, at)?;
    match sign {
        ">=" => Ok(Value::Numbers(Some(number), None)),
        "<=" => Ok(Value::Numbers(None, Some(number))),
        ">" => Ok(Value::Numbers(Some(number.saturating_add(1)), None)),
        _ => match number.checked_sub(1) {
            Some(last) => Ok(Value::Numbers(None, Some(last))),
            None => Err(Problem::new(at, "no number is below 0").hint(forms(field))),
        },
    }
}

fn read_one(field: Field, typed: &str, at: Place) -> Result<u64, Problem> {
    let digits = !typed.is_empty() && typed.bytes().all(|b| b.is_ascii_digit());
    typed.parse().ok().filter(|_| digits).ok_or_else(|| {
        let plain = typed.replace([',', '.', '_', '\u{2019}', '\''], "");
        let hint = match plain.parse::<u64>() {
            Ok(number) if plain.bytes().all(|b| b.is_ascii_digit()) => {
                format!("did you mean `{number}`? {}", forms(field))
            }
            _ => forms(field),
        };
        Problem::new(at, format!("`{}` is not a whole number", shown(typed))).hint(hint)
    })
}

fn forms(field: Field) -> String {
    let name = field.name();
    format!("whole numbers are written `{name}:500`, `{name}:>=500` or `{name}:500..800`")
}

/// Writes a range in the shortest form that reads back the same.
pub(super) fn write_numbers(f: &mut fmt::Formatter<'_>, from: Option<u64>, to: Option<u64>) -> fmt::Result {
    match (from, to) {
        (Some(from), Some(to)) if from == to => write!(f, "{from}"),
        (Some(from), Some(to)) => write!(f, "{from}..{to}"),
        (Some(from), None) => write!(f, ">={from}"),
        (None, Some(to)) => write!(f, "<={to}"),
        (None, None) => f.write_str(".."),
    }
}
