//! Stretches of the calendar: how they are written, which days they cover, and the neighbours of each.
//!
//! Arithmetic only: nothing here knows words or the day of publication.

use std::fmt;

use super::{DateValue, Season, Stretch};
use crate::text::day::{Day, PartialDate};

impl Stretch {
    /// `day`, `week`, `month`, `quarter`, `season`, `year` or `decade`.
    pub fn grain(self) -> &'static str {
        match self {
            Self::Day(_) => "day",
            Self::Week(..) => "week",
            Self::Month(..) => "month",
            Self::Quarter(..) => "quarter",
            Self::Season(..) => "season",
            Self::Year(_) => "year",
            Self::Decade(_) => "decade",
        }
    }

    /// Its first and its last day.
    pub fn days(self) -> (Day, Day) {
        match self {
            Self::Day(day) => (day, day),
            Self::Week(year, week) => {
                let monday = Day::of_iso_week(year, week).unwrap_or(Day::from_number(0));
                (monday, monday.plus(6))
            }
            Self::Month(year, month) => months(year, month, 1),
            Self::Quarter(year, quarter) => months(year, quarter.clamp(1, 4) * 3 - 2, 3),
            Self::Season(year, season) => months(year, season.number() * 3 + 3, 3),
            Self::Year(year) => months(year, 1, 12),
            Self::Decade(decade) => {
                let first = decade.saturating_mul(10);
                (months(first, 1, 1).0, months(first.saturating_add(9), 12, 1).1)
            }
        }
    }

    /// The stretch of the same kind that lies this many steps later (earlier where negative).
    #[must_use]
    pub(super) fn step(self, steps: i32) -> Self {
        match self {
            Self::Day(day) => Self::Day(day.plus(steps)),
            Self::Week(..) => Self::week_of(self.days().0.plus(steps.saturating_mul(7))),
            Self::Month(year, month) => {
                let count =
                    year.saturating_mul(12).saturating_add(number(month)).saturating_add(steps).saturating_sub(1);
                Self::Month(count.div_euclid(12), count.rem_euclid(12).unsigned_abs() + 1)
            }
            Self::Quarter(year, quarter) => {
                let count =
                    year.saturating_mul(4).saturating_add(number(quarter)).saturating_add(steps).saturating_sub(1);
                Self::Quarter(count.div_euclid(4), count.rem_euclid(4).unsigned_abs() + 1)
            }
            Self::Season(year, season) => {
                let count = year.saturating_mul(4).saturating_add(number(season.number())).saturating_add(steps);
                Self::Season(count.div_euclid(4), Season::of_number(count.rem_euclid(4).unsigned_abs()))
            }
            Self::Year(year) => Self::Year(year.saturating_add(steps)),
            Self::Decade(decade) => Self::Decade(decade.saturating_add(steps)),
        }
    }

    /// The ISO week that a day lies in.
    pub(super) fn week_of(day: Day) -> Self {
        let (year, week) = day.iso_week();
        Self::Week(year, week)
    }

    /// The season that a month lies in.
    pub(super) fn season_of(year: i32, month: u32) -> Self {
        match month {
            1 | 2 => Self::Season(year - 1, Season::Winter),
            _ => Self::Season(year, Season::of_number((month / 3).saturating_sub(1))),
        }
    }

    /// What a date of publication covers.
    pub(super) fn of_date(date: PartialDate) -> Self {
        match date {
            PartialDate::Day(day) => Self::Day(day),
            PartialDate::Month(year, month) => Self::Month(year, month),
            PartialDate::Year(year) => Self::Year(year),
        }
    }
}

/// First and last day of `count` months (up to 12) from a month of a year; months past December are the next year's.
fn months(year: i32, month: u32, count: i32) -> (Day, Day) {
    let (year, month) = if month > 12 { (year + 1, month - 12) } else { (year, month) };
    let first = Day::new(year, month, 1).unwrap_or(Day::from_number(0));
    (first, first.plus_months(count).plus(-1))
}

fn number(small: u32) -> i32 {
    i32::try_from(small).unwrap_or(0)
}

impl Season {
    /// 0 for spring to 3 for winter.
    pub(super) fn number(self) -> u32 {
        match self {
            Self::Spring => 0,
            Self::Summer => 1,
            Self::Autumn => 2,
            Self::Winter => 3,
        }
    }

    /// The season of that number.
    pub(super) fn of_number(number: u32) -> Self {
        match number {
            0 => Self::Spring,
            1 => Self::Summer,
            2 => Self::Autumn,
            _ => Self::Winter,
        }
    }
}

impl DateValue {
    /// The grain of its stretch, or of the first of a range.
    pub fn grain(self) -> Option<&'static str> {
        match self {
            Self::At(stretch) | Self::Range(stretch, _) => Some(stretch.grain()),
            Self::Unresolved => None,
        }
    }

    /// Its first and its last day, where they are known.
    pub fn days(self) -> Option<(Day, Day)> {
        match self {
            Self::At(stretch) => Some(stretch.days()),
            Self::Range(from, to) => Some((from.days().0, to.days().1)),
            Self::Unresolved => None,
        }
    }
}

impl fmt::Display for Stretch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => day.fmt(f),
            Self::Week(year, week) => write!(f, "{year:04}-W{week:02}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Quarter(year, quarter) => write!(f, "{year:04}-Q{quarter}"),
            Self::Season(year, season) => {
                let name = match season {
                    Season::Spring => "SP",
                    Season::Summer => "SU",
                    Season::Autumn => "FA",
                    Season::Winter => "WI",
                };
                write!(f, "{year:04}-{name}")
            }
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Decade(decade) => write!(f, "{decade:03}"),
        }
    }
}

impl fmt::Display for DateValue {
    /// A stretch as it is written, a range as `FROM/TO`, and `?` for what is not known.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::At(stretch) => stretch.fmt(f),
            Self::Range(from, to) => write!(f, "{from}/{to}"),
            Self::Unresolved => f.write_str("?"),
        }
    }
}
