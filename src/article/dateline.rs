//! The dateline that opens a news story: `LONDON, Sept 18 (Agency) -`.
//!
//! It gives the day of publication where its year is known; it does not place the town on a map.

use super::published;
use crate::text::day::{Day, PartialDate};

/// A dateline at the head of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dateline {
    /// The day that it gives, where it gives one: perhaps a year, a month, a day.
    pub(super) day: Option<(Option<i32>, u32, u32)>,
    /// Whether it names an agency in brackets.
    pub(super) agency: bool,
}

/// No dateline is longer, in bytes.
const LONGEST: usize = 120;

/// The dateline that `text` begins with.
pub(super) fn read(text: &str) -> Option<Dateline> {
    let mut limit = LONGEST.min(text.len());
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    let head = text.get(..limit)?;
    let head = head.split('\n').next().unwrap_or(head);
    // It opens with a town in capitals or at least with a capital.
    let first = head.chars().next()?;
    if !first.is_uppercase() {
        return None;
    }
    let (line, agency) = close(head)?;
    let (town, rest) = line.split_once(',').unwrap_or((line, ""));
    let capitals = |words: &str| {
        let mut letters = words.chars().filter(|c| c.is_alphabetic()).peekable();
        letters.peek().is_some() && letters.all(|c| !c.is_lowercase())
    };
    let named = |words: &str| {
        let words: Vec<&str> = words.split_whitespace().collect();
        !words.is_empty() && words.len() <= 5 && words.iter().all(|word| word.starts_with(|c: char| !c.is_lowercase()))
    };
    let day = published::month_and_day(rest);
    // `LONDON -`, `LONDON, Sept 18 -`, `LONDON (Agency) -`, `London, 18 September -`.
    let town_in_capitals = capitals(town);
    let fits = named(town) && (town_in_capitals || day.is_some() || agency);
    let dull = rest.split(|c: char| c.is_whitespace() || c == ',').all(|word| {
        let month = published::month_named(word.trim_end_matches('.')).is_some();
        word.is_empty() || month || !word.starts_with(char::is_lowercase)
    });
    (fits && dull).then_some(Dateline { day, agency })
}

/// The dateline up to the dash or bracket that closes it, and whether an agency stands in brackets.
fn close(head: &str) -> Option<(&str, bool)> {
    let mut agency = false;
    let mut end = None;
    for (at, c) in head.char_indices() {
        match c {
            '(' => {
                end = end.or(Some(at));
                agency = true;
            }
            '—' | '–' => return head.get(..end.unwrap_or(at)).map(|line| (line, agency)),
            '-' => {
                let before = head.get(..at)?.ends_with([' ', ')', '-']);
                let after = head.get(at + 1..)?;
                if before || after.starts_with("- ") {
                    return head.get(..end.unwrap_or(at)).map(|line| (line, agency));
                }
            }
            '"' | '“' | '”' | ':' | ';' | '?' | '!' => return None,
            _ => {}
        }
    }
    None
}

/// The day of publication by a dateline, and whether it names the year itself; else its year is taken from what is
/// `known`, and only where it then fits: stories come out on the day of their dateline or within a week of it.
pub(super) fn published(line: Dateline, known: Option<PartialDate>) -> Option<(PartialDate, bool)> {
    let (year, month, day) = line.day?;
    if let Some(year) = year {
        return Day::new(year, month, day).map(|day| (PartialDate::Day(day), true));
    }
    let known = known?;
    let (first, last) = (known.first_day(), known.last_day());
    // The year before, for a dateline of December in a paper of January.
    let mut days =
        [first.year(), first.year() - 1, last.year() + 1].into_iter().filter_map(|year| Day::new(year, month, day));
    days.find(|day| first.plus(-7) <= *day && *day <= last.plus(1)).map(|day| (PartialDate::Day(day), false))
}
