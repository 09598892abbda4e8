//! Confidences of a query: numbers from 0 to 1, compared or as a range; read from what was typed, and written back.
//!
//! They are kept as whole millionths, so that a number reads back as it was written. This file does not know how sure
//! anything is.

use std::fmt;

use crate::text::problem::{Place, Problem};

use super::ast::{Share, Shares};
use super::trouble::{self, shown};

const FORMS: &str = "confidence is a number from 0 to 1, as in `conf:>=0.9`, `conf:<0.3` or `conf:0.5..0.8`";

/// How many decimals a share has.
const DECIMALS: usize = 6;

/// Reads `0.9`, `0.5..0.8`, `0.5..` and `..0.8`.
pub(super) fn read(typed: &str, at: Place) -> Result<Shares, Problem> {
    let Some((from, to)) = typed.split_once("..") else {
        return read_one(typed, at).map(|share| Shares::Between(share, share));
    };
    let end = |typed: &str| if typed.is_empty() { Ok(None) } else { read_one(typed, at).map(Some) };
    match (end(from)?, end(to)?) {
        (None, None) => Err(Problem::new(at, "a range needs a beginning or an end").hint(FORMS)),
        (Some(first), None) => Ok(Shares::AtLeast(first)),
        (None, Some(last)) => Ok(Shares::AtMost(last)),
        (Some(first), Some(last)) if first > last => {
            Err(Problem::new(at, "the range ends before it begins").hint(format!("did you mean `{last}..{first}`?")))
        }
        (Some(first), Some(last)) => Ok(Shares::Between(first, last)),
    }
}

/// Reads the number behind a sign of comparison; each has its place.
pub(super) fn compare(sign: &str, typed: &str, sign_at: Place, at: Place) -> Result<Shares, Problem> {
    let shares = match sign {
        ">=" => Shares::AtLeast,
        ">" => Shares::Above,
        "<=" => Shares::AtMost,
        "<" => Shares::Below,
        _ => return Err(trouble::no_sign(sign_at, sign)),
    };
    read_one(typed, at).map(shares)
}

fn read_one(typed: &str, at: Place) -> Result<Share, Problem> {
    if let Some(share) = share(typed) {
        return Ok(share);
    }
    let number = typed.parse::<f64>().ok().filter(|number| number.is_finite());
    let message = match number {
        Some(number) if !(0.0..=1.0).contains(&number) => format!("`{}` is not between 0 and 1", shown(typed)),
        Some(_) => format!("`{}` is not written as a number with up to {DECIMALS} decimals", shown(typed)),
        None => format!("`{}` is not a number", shown(typed)),
    };
    Err(Problem::new(at, message).hint(match meant(typed) {
        Some(meant) => format!("did you mean `{meant}`? {FORMS}"),
        None => FORMS.to_owned(),
    }))
}

/// A number from 0 to 1: digits, and a point among them.
fn share(typed: &str) -> Option<Share> {
    let (whole, decimals) = typed.split_once('.').unwrap_or((typed, ""));
    let decimals = decimals.trim_end_matches('0');
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let number = digits(whole) && digits(decimals) && typed.contains(|c: char| c.is_ascii_digit());
    if !number || decimals.len() > DECIMALS {
        return None;
    }
    let whole: u32 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let part: u32 = format!("{decimals:0<DECIMALS$}").parse().ok()?;
    Share::new(whole.checked_mul(Share::WHOLE)?.checked_add(part)?)
}

/// What was probably meant: `90%` and `90` for `0.9`, `0,9` for `0.9`, `0.5-0.8` for `0.5..0.8`.
fn meant(typed: &str) -> Option<String> {
    if let Some(share) = share(&typed.replace(',', ".")) {
        return Some(share.to_string());
    }
    if let Some((from, to)) = typed.split_once(['-', '–', '—'])
        && let (Some(from), Some(to)) = (share(from), share(to))
    {
        return Some(format!("{from}..{to}"));
    }
    // Hundredths, from 10 on: a lower number is more likely a slip.
    let hundredths: u32 = typed.trim_end_matches('%').parse().ok()?;
    let percent = typed.ends_with('%') || hundredths >= 10;
    Share::new(hundredths.checked_mul(Share::WHOLE / 100)?).filter(|_| percent).map(|share| share.to_string())
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.millionths() / Self::WHOLE, self.millionths() % Self::WHOLE);
        match part {
            0 => write!(f, "{whole}"),
            _ => {
                let decimals = format!("{part:0>DECIMALS$}");
                write!(f, "{whole}.{}", decimals.trim_end_matches('0'))
            }
        }
    }
}

impl fmt::Display for Shares {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtLeast(share) => write!(f, ">={share}"),
            Self::Above(share) => write!(f, ">{share}"),
            Self::AtMost(share) => write!(f, "<={share}"),
            Self::Below(share) => write!(f, "<{share}"),
            Self::Between(first, last) if first == last => write!(f, "{first}"),
            Self::Between(first, last) => write!(f, "{first}..{last}"),
        }
    }
}
