//! The clock time and the zone that stand behind a day, and the day that this instant falls on elsewhere.
//!
//! Only asked where the user names a zone (`--tz`): without one, a day is the day as it is written. A time of exactly midnight
//! moves no day, since that is how programs write a day without a time.

use crate::text::day::Day;
use crate::text::zone::{self, Zone};

const DAY: i64 = 86_400;

/// The day in `zone` of the instant that `text` writes, of which `day` is the day as written; `None` where no clock time with a
/// zone of its own stands there.
pub(super) fn day_in(text: &str, day: Day, zone: Zone) -> Option<Day> {
    let (seconds, rest) = clock(text)?;
    let ahead = ahead(rest)?;
    if seconds == 0 {
        return None;
    }
    zone.day_of(i64::from(day.number()) * DAY + seconds - ahead)
}

/// The seconds since midnight that `text` writes, and what stands behind them.
fn clock(text: &str) -> Option<(i64, &str)> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).filter(|b| b.is_ascii_digit()).map(|b| i64::from(b - b'0'));
    let pair = |at: usize| Some(digit(at)? * 10 + digit(at + 1)?);
    // 20160304T013000Z
    if let Some(at) = text.find(['T', 't']).filter(|at| *at == 8 && bytes.iter().take(8).all(u8::is_ascii_digit)) {
        let (hours, minutes) = (pair(at + 1)?, pair(at + 3)?);
        let seconds = pair(at + 5);
        let rest = text.get(at + if seconds.is_some() { 7 } else { 5 }..)?;
        return in_a_day(hours, minutes, seconds.unwrap_or(0)).map(|seconds| (seconds, rest));
    }
    // 01:30, 1:30:00.123 pm; 10.02 stands behind a blank, as otherwise it would be part of a date.
    let at = (1..bytes.len()).find(|&at| {
        let point = bytes.get(at) == Some(&b'.');
        let mark = bytes.get(at) == Some(&b':') || point;
        let from = if at >= 2 && digit(at - 2).is_some() { at - 2 } else { at - 1 };
        let free = from == 0 || !bytes.get(from - 1).is_some_and(|b| b.is_ascii_digit() || *b == b'.' || *b == b':');
        let alone = !point || (from > 0 && bytes.get(from - 1) == Some(&b' ') && bytes.get(at + 3) != Some(&b'.'));
        mark && free && alone && digit(at - 1).is_some() && pair(at + 1).is_some() && digit(at + 3).is_none()
    })?;
    let hours = digit(at - 1)? + if at >= 2 { digit(at - 2).unwrap_or(0) * 10 } else { 0 };
    let minutes = pair(at + 1)?;
    let seconds = pair(at + 4).filter(|_| bytes.get(at + 3) == bytes.get(at));
    let rest = text.get(at + if seconds.is_some() { 6 } else { 3 }..)?;
    let rest = match rest.strip_prefix('.') {
        Some(fraction) => fraction.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => rest,
    };
    let trimmed = rest.trim_start();
    let half = ["am", "pm", "a.m.", "p.m."].iter().find(|half| {
        let ends = !trimmed.get(half.len()..).unwrap_or_default().starts_with(|c: char| c.is_alphanumeric());
        ends && trimmed.get(..half.len()).is_some_and(|head| head.eq_ignore_ascii_case(half))
    });
    let (hours, rest) = match half {
        Some(half) => (hours % 12 + if half.starts_with('p') { 12 } else { 0 }, trimmed.get(half.len()..)?),
        None => (hours, rest),
    };
    in_a_day(hours, minutes, seconds.unwrap_or(0)).map(|seconds| (seconds, rest))
}

fn in_a_day(hours: i64, minutes: i64, seconds: i64) -> Option<i64> {
    (hours < 24 && minutes < 60 && seconds <= 60).then_some(hours * 3600 + minutes * 60 + seconds)
}

/// How many seconds ahead of UTC the clock is that shows a time with `rest` behind it.
fn ahead(rest: &str) -> Option<i64> {
    /// Letters that mean one zone wherever news is written in English; those that mean several are not here.
    const LETTERS: [(&str, i64); 24] = [
        ("Z", 0),
        ("UTC", 0),
        ("GMT", 0),
        ("WET", 0),
        ("WEST", 60),
        ("BST", 60),
        ("CET", 60),
        ("MEZ", 60),
        ("CEST", 120),
        ("MESZ", 120),
        ("EET", 120),
        ("EEST", 180),
        ("MSK", 180),
        ("JST", 540),
        ("AEST", 600),
        ("AEDT", 660),
        ("EST", -300),
        ("EDT", -240),
        ("CST", -360),
        ("CDT", -300),
        ("MST", -420),
        ("MDT", -360),
        ("PST", -480),
        ("PDT", -420),
    ];
    let rest = rest.trim_start_matches([' ', '\u{a0}', '(', ',']);
    let word = rest.split([' ', ',', ')', ';']).next().unwrap_or(rest);
    if word.starts_with(['+', '-', '−'])
        || (word.len() > 3 && word.get(..3).is_some_and(|head| head == "UTC" || head == "GMT"))
    {
        return zone::seconds_ahead(word);
    }
    LETTERS.iter().find(|(letters, _)| letters.eq_ignore_ascii_case(word)).map(|(_, minutes)| minutes * 60)
}

#[cfg(test)]
mod tests {
    use super::day_in;
    use crate::article::published::{Written, read};
    use crate::text::day::PartialDate;
    use crate::text::zone::Zone;

    /// `written ==> day in New York, day in Tokyo`
    const CASES: &str = "\
2016-03-04T01:30:00Z ==> 2016-03-03, 2016-03-04
2016-03-04T01:30Z ==> 2016-03-03, 2016-03-04
2016-03-04T20:30:00.123+00:00 ==> 2016-03-04, 2016-03-05
2016-03-04 20:30:00 +0000 ==> 2016-03-04, 2016-03-05
2016-03-04T23:30:00-05:00 ==> 2016-03-04, 2016-03-05
2016-03-04 23:30:00 UTC ==> 2016-03-04, 2016-03-05
20160304T013000Z ==> 2016-03-03, 2016-03-04
20160304T0130+0100 ==> 2016-03-03, 2016-03-04
Fri, 04 Mar 2016 01:30:00 GMT ==> 2016-03-03, 2016-03-04
Fri, 04 Mar 2016 16:30:00 +0100 ==> 2016-03-04, 2016-03-05
March 4, 2016 at 8:30 PM EST ==> 2016-03-04, 2016-03-05
March 4, 2016, 12:30 a.m. BST ==> 2016-03-03, 2016-03-04
Fri 4 Mar 2016 18.02 GMT ==> 2016-03-04, 2016-03-05
4. März 2016, 17:30 (MEZ) ==> 2016-03-04, 2016-03-05
4 Mar 2016 1:30 UTC+2 ==> 2016-03-03, 2016-03-04
2016-03-04T00:00:00Z ==> as written
2016-03-04T00:00:00-08:00 ==> as written
2016-03-04T01:30:00 ==> as written
2016-03-04 ==> as written
4.3.2016 ==> as written
4.3.2016 10:30 ==> as written
March 4, 2016 at 8:30 PM ==> as written
2016-03-04T25:30:00Z ==> as written
2016-03-04T01:30:00+99:00 ==> as written
2016-03-04 01:30 IST ==> as written";

    #[test]
    fn instants() {
        for line in CASES.lines() {
            let (text, expected) = line.split_once(" ==> ").expect("`written ==> days`");
            let Some(Written::Date(PartialDate::Day(day))) = read(text) else { panic!("{text} is no day") };
            assert_eq!(day.to_string(), "2016-03-04", "{text}");
            let days: Vec<String> = ["America/New_York", "Asia/Tokyo"]
                .iter()
                .filter_map(|zone| day_in(text, day, Zone::parse(zone).expect("a zone")))
                .map(|day| day.to_string())
                .collect();
            let got = if days.is_empty() { "as written".to_owned() } else { days.join(", ") };
            assert_eq!(got, expected, "{text}");
        }
    }
}
