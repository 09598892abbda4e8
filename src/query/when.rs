//! Dates of a query: read from what was typed, written back, and a step to try where they are wrong.
//!
//! A relative date stays relative; this file does not know what day it is.

use std::fmt;

use crate::text::day::{Day, PartialDate};
use crate::text::problem::{Place, Problem};

use super::ast::{Sign, Unit, Value, When};
use super::field::nearest;
use super::trouble::shown;

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const TODAY: &str = "today";
const YESTERDAY: &str = "yesterday";
const FORMS: &str =
    "dates are like `2014`, `2014-03`, `2014-03-01`, `2014..2016`, `today`, `monday`, `30d`, `6mo`, `2y`";

/// Looking back further than this many units is a typing error, and would leave the calendar.
const FURTHEST: u32 = 99_999;

/// Reads `2014`, `2014-02..2014-04`, `..2014`, `monday..`, `30d` and the like.
pub(super) fn read(typed: &str, at: Place) -> Result<Value, Problem> {
    let Some((from, to)) = typed.split_once("..") else {
        let when = read_one(typed, at)?;
        // Looked back from today, a stretch ends today.
        let to = if matches!(when, When::Back(..)) { When::Today } else { when };
        return Ok(Value::Days { from: Some(when), to: Some(to) });
    };
    let end = |typed: &str| if typed.is_empty() { Ok(None) } else { read_one(typed, at).map(Some) };
    let (from, to) = (end(from)?, end(to)?);
    match (from, to) {
        (None, None) => Err(Problem::new(at, "a range needs a beginning or an end").hint(FORMS)),
        (Some(first), Some(last)) if is_reversed(first, last) => {
            Err(Problem::new(at, "the range ends before it begins").hint(format!("did you mean `{last}..{first}`?")))
        }
        _ => Ok(Value::Days { from, to }),
    }
}

/// Reads the date behind a sign of comparison.
pub(super) fn compare(sign: Sign, typed: &str, at: Place) -> Result<Value, Problem> {
    let when = read_one(typed, at)?;
    Ok(match sign {
        Sign::Above => Value::After(when),
        Sign::Below => Value::Before(when),
        Sign::AtLeast => Value::Days { from: Some(when), to: None },
        Sign::AtMost => Value::Days { from: None, to: Some(when) },
    })
}

/// The first day from what was typed on, `2014-03`, `monday`, `30d` and the like, seen from `today`.
///
/// # Errors
/// It is no date.
pub fn since(typed: &str, today: Day) -> Result<Day, Problem> {
    read_one(typed, Place::Whole).map(|when| when.first(today))
}

/// Whether it is one date.
pub(super) fn one(typed: &str) -> Result<(), Problem> {
    read_one(typed, Place::Whole).map(|_| ())
}

fn read_one(typed: &str, at: Place) -> Result<When, Problem> {
    let lower = typed.to_ascii_lowercase();
    if lower == TODAY {
        return Ok(When::Today);
    }
    if lower == YESTERDAY {
        return Ok(When::Yesterday);
    }
    if let Some(weekday) = (0..).zip(WEEKDAYS).find_map(|(number, name)| (lower == name).then_some(number)) {
        return Ok(When::Weekday(weekday));
    }
    if let Some(date) = PartialDate::parse(typed) {
        return Ok(When::At(date));
    }
    read_back(&lower).ok_or_else(|| {
        let shape: String = typed.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
        let message = match shape.as_str() {
            "0000-00" => format!("there is no month `{typed}`"),
            "0000-00-00" => format!("there is no day `{typed}`"),
            _ => format!("`{}` is not a date", shown(typed)),
        };
        Problem::new(at, message).hint(match meant(&lower) {
            Some(date) => format!("did you mean `{date}`?"),
            None => FORMS.to_owned(),
        })
    })
}

/// `30d`, `6w`, `6mo`, `2y`.
fn read_back(lower: &str) -> Option<When> {
    let digits = lower.find(|c: char| !c.is_ascii_digit())?;
    let (count, unit) = lower.split_at_checked(digits)?;
    let unit = match unit {
        "d" => Unit::Days,
        "w" => Unit::Weeks,
        "mo" => Unit::Months,
        "y" => Unit::Years,
        _ => return None,
    };
    let count = count.parse().ok().filter(|count| *count <= FURTHEST)?;
    Some(When::Back(count, unit))
}

/// What was probably meant: `2014/3/1` for `2014-03-01`, `mondy` for `monday`, `30days` for `30d`.
fn meant(lower: &str) -> Option<String> {
    let parts: Vec<&str> = lower.split(['-', '/', '.']).collect();
    if (2..=3).contains(&parts.len()) && lower.len() <= 10 {
        let padded: Vec<String> = parts.iter().map(|part| format!("{part:0>2}")).collect();
        if let Some(date) = PartialDate::parse(&padded.join("-")) {
            return Some(date.to_string());
        }
    }
    if lower.starts_with(|c: char| c.is_ascii_digit()) {
        let digits = lower.find(|c: char| !c.is_ascii_digit())?;
        let (count, unit) = lower.split_at_checked(digits)?;
        let unit = match unit {
            "day" | "days" => "d",
            "wk" | "week" | "weeks" => "w",
            "m" | "mon" | "month" | "months" => "mo",
            "yr" | "yrs" | "year" | "years" => "y",
            _ => return None,
        };
        return Some(format!("{count}{unit}"));
    }
    nearest(lower, WEEKDAYS.into_iter().chain([TODAY, YESTERDAY])).map(str::to_owned)
}

/// Whether a range surely ends before it begins, whatever day it is today.
fn is_reversed(first: When, last: When) -> bool {
    match (first, last) {
        (When::At(first), When::At(last)) => first.first_day() > last.last_day(),
        _ => match (back(first), back(last)) {
            (Some((first, true)), Some((last, true))) | (Some((first, false)), Some((last, false))) => first < last,
            _ => false,
        },
    }
}

/// How far back: a number of days (`true`) or of months (`false`).
fn back(when: When) -> Option<(u32, bool)> {
    match when {
        When::Today => Some((0, true)),
        When::Yesterday => Some((1, true)),
        When::Back(count, Unit::Days) => Some((count, true)),
        When::Back(count, Unit::Weeks) => Some((count.saturating_mul(7), true)),
        When::Back(count, Unit::Months) => Some((count, false)),
        When::Back(count, Unit::Years) => Some((count.saturating_mul(12), false)),
        When::At(_) | When::Weekday(_) => None,
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::At(date) => date.fmt(f),
            Self::Today => f.write_str(TODAY),
            Self::Yesterday => f.write_str(YESTERDAY),
            Self::Weekday(weekday) => f.write_str(WEEKDAYS.into_iter().nth(weekday as usize).unwrap_or(TODAY)),
            Self::Back(count, unit) => {
                let unit = match unit {
                    Unit::Days => "d",
                    Unit::Weeks => "w",
                    Unit::Months => "mo",
                    Unit::Years => "y",
                };
                write!(f, "{count}{unit}")
            }
        }
    }
}

/// Writes the days that a field is tested for, in the shortest form that reads back the same.
pub(super) fn write_days(f: &mut fmt::Formatter<'_>, from: Option<When>, to: Option<When>) -> fmt::Result {
    match (from, to) {
        (Some(from @ When::Back(..)), Some(When::Today)) => write!(f, "{from}"),
        (Some(from), Some(to)) if from == to && !matches!(from, When::Back(..)) => write!(f, "{from}"),
        _ => {
            from.map_or(Ok(()), |from| write!(f, "{from}"))?;
            f.write_str("..")?;
            to.map_or(Ok(()), |to| write!(f, "{to}"))
        }
    }
}
