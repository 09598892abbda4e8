//! Days of the calendar, and dates of which only the year or the month is known.
//!
//! The one module of the library that names chrono: what goes to disk and to users are these types.
//! It knows the calendar and nothing of clocks, time zones or English.

use std::fmt;

use chrono::{Datelike, NaiveDate};

/// One day of the (proleptic Gregorian) calendar, kept as days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

/// Days from 0001-01-01 to 1970-01-01: what chrono's count from the common era has to be shifted by.
const EPOCH: i32 = 719_163;

impl Day {
    /// The day with this number (days since 1970-01-01; negative before).
    pub const fn from_number(days: i32) -> Self {
        Self(days)
    }

    /// Days since 1970-01-01.
    pub const fn number(self) -> i32 {
        self.0
    }

    /// The day `year-month-day`, where there is one.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day).map(|date| Self(date.num_days_from_ce() - EPOCH))
    }

    fn date(self) -> NaiveDate {
        NaiveDate::from_num_days_from_ce_opt(self.0.saturating_add(EPOCH)).unwrap_or_default()
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.date().year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u32 {
        self.date().month()
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u32 {
        self.date().day()
    }

    /// The day of the week: 0 for Monday to 6 for Sunday.
    pub fn weekday(self) -> u32 {
        self.date().weekday().num_days_from_monday()
    }

    /// The ISO 8601 year and week (1 to 53) that this day lies in.
    pub fn iso_week(self) -> (i32, u32) {
        let week = self.date().iso_week();
        (week.year(), week.week())
    }

    /// The Monday of an ISO 8601 week, where the year has that week.
    pub fn of_iso_week(year: i32, week: u32) -> Option<Self> {
        NaiveDate::from_isoywd_opt(year, week, chrono::Weekday::Mon).map(|date| Self(date.num_days_from_ce() - EPOCH))
    }

    /// This many days later (earlier where negative).
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// This many months later (earlier where negative), on the last day of the month where it is shorter.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        let step = chrono::Months::new(months.unsigned_abs());
        let date = self.date();
        let moved = if months < 0 { date.checked_sub_months(step) } else { date.checked_add_months(step) };
        moved.map_or(self, |date| Self(date.num_days_from_ce() - EPOCH))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.date();
        write!(f, "{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
    }
}

/// A date of which only what is known is kept: a year, a month of a year, or a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PartialDate {
    /// A whole year.
    Year(i32),
    /// A month (1 to 12) of a year.
    Month(i32, u32),
    /// One day.
    Day(Day),
}

impl PartialDate {
    /// Reads `2014`, `2014-03` or `2014-03-01`; years have four digits.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let mut number = |width: usize| -> Option<Option<u32>> {
            let Some(part) = parts.next() else { return Some(None) };
            let digits = part.len() == width && part.bytes().all(|b| b.is_ascii_digit());
            digits.then(|| part.parse().ok()).flatten().map(Some)
        };
        let year = i32::try_from(number(4)??).ok()?;
        let (month, day) = (number(2)?, number(2)?);
        if parts.next().is_some() {
            return None;
        }
        match (month, day) {
            (None, _) => Some(Self::Year(year)),
            (Some(month), None) => (1..=12).contains(&month).then_some(Self::Month(year, month)),
            (Some(month), Some(day)) => Day::new(year, month, day).map(Self::Day),
        }
    }

    /// The first day it covers.
    pub fn first_day(self) -> Day {
        let day = match self {
            Self::Year(year) => Day::new(year, 1, 1),
            Self::Month(year, month) => Day::new(year, month, 1),
            Self::Day(day) => Some(day),
        };
        day.unwrap_or(Day(0))
    }

    /// The last day it covers.
    pub fn last_day(self) -> Day {
        let next = match self {
            Self::Year(year) => Day::new(year + 1, 1, 1),
            Self::Month(year, 12) => Day::new(year + 1, 1, 1),
            Self::Month(year, month) => Day::new(year, month + 1, 1),
            Self::Day(day) => return day,
        };
        next.map_or(Day(0), |next| next.plus(-1))
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Day(day) => day.fmt(f),
        }
    }
}
