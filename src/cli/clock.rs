//! The one place that reads the clock.
//!
//! Everything below takes the day as an argument, so that the same question on the same index has one answer.

#![expect(clippy::disallowed_methods, reason = "this is the file that asks the clock")]

use std::time::{Duration, Instant};

use anyhow::Context;
use chrono::{Datelike, Local, NaiveDate, SecondsFormat, TimeZone, Utc};

use crate::text::day::{Day, PartialDate};

/// The day it is where the user is. `ONRECORD_TODAY` (a day as `2016-03-01`) says otherwise.
///
/// # Errors
/// `ONRECORD_TODAY` is set, and not to a day.
pub(crate) fn today() -> anyhow::Result<Day> {
    let Some(told) = std::env::var_os("ONRECORD_TODAY").filter(|told| !told.is_empty()) else { return Ok(now()) };
    let day = told.to_str().and_then(PartialDate::parse).and_then(|date| match date {
        PartialDate::Day(day) => Some(day),
        PartialDate::Month(..) | PartialDate::Year(_) => None,
    });
    day.with_context(|| {
        let told = told.to_string_lossy();
        format!("`{told}` is no day, and ONRECORD_TODAY is set to it\nhelp: write a day as 2016-03-01, or unset it")
    })
}

/// The moment it is, in UTC: `2016-03-01T09:30:00.123456789Z`.
pub(crate) fn now_text() -> String {
    Utc::now().to_rfc3339_opts(SecondsFormat::Nanos, true)
}

/// The moment it is: nanoseconds since 1970.
pub(crate) fn now_nanoseconds() -> i64 {
    Utc::now().timestamp_nanos_opt().unwrap_or(i64::MAX)
}

/// When this day begins where the user is: nanoseconds since 1970.
pub(crate) fn beginning(day: Day) -> i64 {
    let midnight =
        NaiveDate::from_ymd_opt(day.year(), day.month(), day.day()).and_then(|date| date.and_hms_opt(0, 0, 0));
    // Where the clocks were put forward at midnight, the day begins with the first hour that there is.
    let begins = midnight.and_then(|midnight| {
        let local = |hours| Local.from_local_datetime(&(midnight + chrono::TimeDelta::hours(hours))).earliest();
        (0..4).find_map(local)
    });
    begins.and_then(|time| time.timestamp_nanos_opt()).unwrap_or(i64::MIN)
}

fn now() -> Day {
    let date = Local::now().date_naive();
    Day::new(date.year(), date.month(), date.day()).unwrap_or(Day::from_number(0))
}

/// How long something takes.
pub(crate) struct Watch(Instant);

impl Watch {
    /// From now on.
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    /// The time since.
    pub(crate) fn passed(&self) -> Duration {
        self.0.elapsed()
    }
}
