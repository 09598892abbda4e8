//! Runs of figures: "2015-09-18", "18/09/2015", "9/11", "2010-2014", "2014/15".
//!
//! A run that two days fit is given both; runs that are scores, prices or telephone numbers are nothing.

use super::absolute::{day_pair, month_name};
use super::lexicon::Class;
use super::phrase::{Found, Phrase};
use super::scan::{CAPITAL, SPACED, Token, Words};
use super::year::{is_numbered, year_after};
use super::{Language, Stretch};
use crate::text::day::Day;

/// A run of figures: "2015-09-18", "18/09/2015", "9/11", "2010-2014", "2010/11".
pub(super) fn figures(words: &Words, at: usize) -> Option<Found> {
    let (before, after) = (words.before(at, 1), words.at(at + 1));
    let glued = |token: Token, spaced: bool| {
        !spaced && token.class == Class::Mark && b"/-_=#@$+".contains(&u8::try_from(token.value).unwrap_or(0))
    };
    if glued(before, words.at(at).is(SPACED)) || glued(after, after.is(SPACED)) || after.is_mark(b'%') {
        return None;
    }
    let dates = words.words(at);
    let dates = dates.get(..usize::from(words.at(at).value)).unwrap_or(dates);
    if dates == "9/11" {
        return Some(Found::new(Phrase::Fixed(Stretch::Day(Day::new(2001, 9, 11)?)), at, at + 1, "figures"));
    }
    if words.language == Language::English && is_numbered(words, at) {
        return None;
    }
    if let Some((first, last)) = day_pair(words, at) {
        let of = if words.class(at + 1) == Class::Of { at + 2 } else { at + 1 };
        if let Some(month) = month_name(words.at(of)).filter(|_| words.at(of).is(CAPITAL)) {
            let (year, to) = year_after(words, of + 1);
            return Some(Found::new(Phrase::Dates { month, first, last, year }, at, to, "days-of-month"));
        }
    }
    let phrase = Run::read(dates)?.meaning()?;
    Some(Found::new(phrase, at, at + 1, "figures"))
}

/// Numbers with one kind of mark between them.
pub(super) struct Run {
    pub(super) numbers: [u32; 3],
    pub(super) digits: [usize; 3],
    pub(super) count: usize,
    pub(super) mark: u8,
}

impl Run {
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut run = Self { numbers: [0; 3], digits: [0; 3], count: 1, mark: 0 };
        for c in text.chars() {
            if let Some(digit) = c.to_digit(10) {
                let at = run.count - 1;
                run.numbers[at] = run.numbers[at].saturating_mul(10).saturating_add(digit);
                run.digits[at] += 1;
                continue;
            }
            let mark = if c.is_ascii() { u8::try_from(c).ok()? } else { b'-' };
            if run.count == 3 || (run.mark != 0 && run.mark != mark) {
                return None;
            }
            run.mark = mark;
            run.count += 1;
        }
        Some(run)
    }

    fn meaning(&self) -> Option<Phrase> {
        let [a, b, c] = self.numbers;
        let year = |number: u32| i32::try_from(number).ok().filter(|year| (1600..=2262).contains(year));
        let day = |year: i32, month: u32, day: u32| Day::new(year, month, day);
        let at = |day: Day| Phrase::Fixed(Stretch::Day(day));
        match (self.count, self.mark, self.digits) {
            (3, b'-' | b'/' | b'.', [4, 1..=2, 1..=2]) => day(year(a)?, b, c).map(at),
            (3, b'-' | b'/' | b'.', [1..=2, 1..=2, long @ (2 | 4)]) => {
                if self.mark == b'.' && long == 2 {
                    return None;
                }
                let century = if c < 50 { 2000 } else { 1900 };
                let year = if long == 4 { year(c)? } else { year(c + century)? };
                let (american, european) = (day(year, a, b), day(year, b, a));
                match (american, european) {
                    _ if self.mark == b'.' => european.map(at),
                    (Some(one), Some(other)) if one != other => Some(Phrase::Either(one, other)),
                    (one, other) => one.or(other).map(at),
                }
            }
            (2, b'-' | b'/', [4, 4, _]) => {
                let (first, last) = (year(a)?, year(b)?);
                let years = first < last && last <= first + 300 && (1900..=2100).contains(&last);
                years.then_some(Phrase::FixedRange(Stretch::Year(first), Stretch::Year(last)))
            }
            (2, b'-' | b'/', [4, 2, _]) if (1..=12).contains(&b) && a % 100 >= b => {
                Some(Phrase::Fixed(Stretch::Month(year(a)?, b)))
            }
            (2, b'/' | b'-', [1..=2, 4, _]) if (1..=12).contains(&a) => {
                Some(Phrase::Fixed(Stretch::Month(year(b)?, a)))
            }
            (2, b'-', [4, 2, _]) => {
                let first = year(a)?;
                let last = first / 100 * 100 + i32::try_from(b).ok()?;
                let span = last > first && (1900..=2100).contains(&first);
                span.then_some(Phrase::FixedRange(Stretch::Year(first), Stretch::Year(last)))
            }
            (2, b'/', [4, 2, _]) => {
                let first = year(a)?;
                let next = u32::try_from((first + 1) % 100).ok()? == b && (1900..=2100).contains(&first);
                next.then_some(Phrase::FixedRange(Stretch::Year(first), Stretch::Year(first + 1)))
            }
            _ => None,
        }
    }
}
