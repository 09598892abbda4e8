//! The one place that reads the clock.
//!
//! Everything below takes the day as an argument, so that the same question on the same index has one answer.

use chrono::{Datelike, Local};

use crate::text::day::Day;

/// The day it is where the user is. `ONRECORD_TODAY` (a day as `2016-03-01`) says otherwise.
pub fn today() -> Day {
    let told = std::env::var("ONRECORD_TODAY").ok();
    let told = told.as_deref().and_then(crate::text::day::PartialDate::parse);
    told.map_or_else(now, crate::text::day::PartialDate::last_day)
}

fn now() -> Day {
    let date = Local::now().date_naive();
    Day::new(date.year(), date.month(), date.day()).unwrap_or(Day::from_number(0))
}
