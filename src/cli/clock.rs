//! The one place that reads the clock.
//!
//! Everything below takes the day as an argument, so that the same question on the same index has one answer.

#![expect(clippy::disallowed_methods, reason = "this is the file that asks the clock")]

use std::time::{Duration, Instant};

use chrono::{Datelike, Local, SecondsFormat, Utc};

use crate::text::day::{Day, PartialDate};

/// The day it is where the user is. `ONRECORD_TODAY` (a day as `2016-03-01`) says otherwise.
pub(crate) fn today() -> Day {
    let told = std::env::var("ONRECORD_TODAY").ok();
    let told = told.as_deref().and_then(PartialDate::parse);
    told.map_or_else(now, PartialDate::last_day)
}

/// The moment it is, in UTC: `2016-03-01T09:30:00.123456789Z`.
pub(crate) fn now_text() -> String {
    Utc::now().to_rfc3339_opts(SecondsFormat::Nanos, true)
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
