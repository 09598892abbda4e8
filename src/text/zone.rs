//! Time zones: on which day an instant falls for the people of a place.
//!
//! The one module that names chrono-tz. It knows no clock and does not read dates: who found an instant asks for its day.

use std::fmt;

use chrono::{DateTime, Datelike, FixedOffset, Offset, TimeZone, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};

use super::day::Day;

/// A time zone: a place with its summer times, or hours ahead of UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone(Kind);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Named(Tz),
    Fixed(FixedOffset),
}

impl Zone {
    /// Reads a name of the IANA database in any case (`America/New_York`), or an offset: `Z`, `UTC`, `+01:00`, `-0500`, `UTC+2`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let named = || Tz::from_str_insensitive(text).ok().map(Kind::Named);
        offset(text).map(Kind::Fixed).or_else(named).map(Self)
    }

    /// The day of the instant that is so many seconds after the beginning of 1970, UTC.
    pub fn day_of(self, seconds: i64) -> Option<Day> {
        let instant = DateTime::<Utc>::from_timestamp(seconds, 0)?;
        let offset = match self.0 {
            Kind::Named(zone) => zone.offset_from_utc_datetime(&instant.naive_utc()).fix(),
            Kind::Fixed(offset) => offset,
        };
        let local = instant.with_timezone(&offset);
        Day::new(local.year(), local.month(), local.day())
    }

    /// The name that was perhaps meant: one that differs in few letters, whole or in the name of the town.
    pub fn nearest(text: &str) -> Option<&'static str> {
        let typed = text.trim().to_lowercase().replace(' ', "_");
        let town = |name: &str| name.rsplit('/').next().unwrap_or(name).to_owned();
        let distance = |name: &str| {
            let name = name.to_lowercase();
            strsim::osa_distance(&typed, &name).min(strsim::osa_distance(&town(&typed), &town(&name)) + 1)
        };
        let nearest = TZ_VARIANTS.iter().map(|zone| (distance(zone.name()), zone.name())).min()?;
        (nearest.0 <= 1 + typed.len() / 6).then_some(nearest.1)
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Kind::Named(zone) => f.write_str(zone.name()),
            Kind::Fixed(offset) => offset.fmt(f),
        }
    }
}

/// How many seconds ahead of UTC a clock is by an offset as [`Zone::parse`] reads it.
pub fn seconds_ahead(text: &str) -> Option<i64> {
    offset(text).map(|offset| i64::from(offset.local_minus_utc()))
}

/// `+01:00`, `-0500`, `+1`, with `UTC` or `GMT` before it or not; `Z`, `UTC` and `GMT` alone.
fn offset(text: &str) -> Option<FixedOffset> {
    let named = ["UTC", "GMT"].iter().find_map(|name| {
        let head = text.get(..3).filter(|head| head.eq_ignore_ascii_case(name))?;
        text.get(head.len()..)
    });
    let rest = named.unwrap_or(text);
    if (named.is_some() && rest.is_empty()) || rest.eq_ignore_ascii_case("z") {
        return FixedOffset::east_opt(0);
    }
    let sign = match rest.chars().next()? {
        '+' => 1,
        '-' | '−' => -1,
        _ => return None,
    };
    let digits = rest.strip_prefix(['+', '-', '−'])?;
    let (hours, minutes) = match digits.split_once(':') {
        Some((hours, minutes)) if minutes.len() == 2 => (hours, minutes),
        Some(_) => return None,
        None if digits.len() > 2 => digits.split_at_checked(digits.len() - 2)?,
        None => (digits, "0"),
    };
    let number = |part: &str, most: i32| {
        let plain = !part.is_empty() && part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit());
        part.parse::<i32>().ok().filter(|number| plain && *number <= most)
    };
    // No place has been further from UTC than 15 hours and some minutes.
    FixedOffset::east_opt(sign * (number(hours, 15)? * 3600 + number(minutes, 59)? * 60))
}

#[cfg(test)]
mod tests {
    use super::Zone;

    #[test]
    fn an_instant_has_its_day_by_the_zone() {
        // 2016-03-04T01:30:00Z and 2016-07-04T03:30:00Z.
        let (winter, summer) = (1_457_055_000, 1_467_603_000);
        for (zone, in_winter, in_summer) in [
            ("UTC", "2016-03-04", "2016-07-04"),
            ("z", "2016-03-04", "2016-07-04"),
            ("America/New_York", "2016-03-03", "2016-07-03"),
            ("america/new_york", "2016-03-03", "2016-07-03"),
            // Four hours behind in summer, five in winter.
            ("-03:30", "2016-03-03", "2016-07-04"),
            ("-0330", "2016-03-03", "2016-07-04"),
            ("UTC-2", "2016-03-03", "2016-07-04"),
            ("GMT+1", "2016-03-04", "2016-07-04"),
            ("+01", "2016-03-04", "2016-07-04"),
            ("Asia/Tokyo", "2016-03-04", "2016-07-04"),
        ] {
            let zone = Zone::parse(zone).expect("a zone");
            let day = |seconds| zone.day_of(seconds).expect("a day").to_string();
            assert_eq!((day(winter).as_str(), day(summer).as_str()), (in_winter, in_summer), "{zone}");
        }
        assert_eq!(Zone::nearest("America/NewYork"), Some("America/New_York"));
        assert_eq!(Zone::nearest("berlin"), Some("Europe/Berlin"));
        assert_eq!(Zone::nearest("Nowhere"), None);
        for wrong in ["", "Mars/Olympus", "+25", "+1:0", "5", "UTC5", "+01:60", "--1"] {
            assert_eq!(Zone::parse(wrong), None, "{wrong}");
        }
    }
}
