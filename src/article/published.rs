//! The day of publication as metadata, headers and datelines write it.
//!
//! One place for every spelling: ISO 8601, RFC 2822, English and some other languages' dates, numbers
//! with points, slashes or dashes, years and months alone, seconds since 1970. The day is the local day
//! as written, unless the user names a zone: then an instant is the day that it is there. It does not
//! know "yesterday": what a text says about other days is for `extract`.

use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

use super::instant;
use crate::text::day::{Day, PartialDate};
use crate::text::zone::Zone;

/// The years in which an article can have come out: from the first newspapers to the last day that every program can count to.
pub(crate) const YEARS: RangeInclusive<i32> = 1600..=2262;

/// What a written date turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    /// A day, a month or a year.
    Date(PartialDate),
    /// Day and month can be read in two ways; only the year is sure.
    Ambiguous {
        /// As the day comes first.
        day_first: Day,
        /// As the month comes first.
        month_first: Day,
    },
}

static MONTHS: LazyLock<HashMap<&'static str, u32>> = LazyLock::new(|| {
    let lines = include_str!("months.txt").lines().filter(|line| !line.starts_with('#'));
    (1..).zip(lines).flat_map(|(month, names)| names.split_whitespace().map(move |name| (name, month))).collect()
});

/// The month (1 to 12) of this name or abbreviation.
pub(crate) fn month_named(word: &str) -> Option<u32> {
    if word.len() < 3 || word.len() > 16 {
        return None;
    }
    MONTHS.get(word.to_lowercase().as_str()).copied()
}

/// Reads a date, whatever stands behind it (a time, a zone).
pub(crate) fn read(text: &str) -> Option<Written> {
    let text = text.trim();
    // Longer than any date with its time and zone in words.
    if text.is_empty() || text.len() > 120 {
        return None;
    }
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return digits_only(text).map(Written::Date);
    }
    numeric(text).or_else(|| in_words(text).or_else(|| short(text)).map(Written::Date)).or_else(|| {
        // Thu, 25.09.2025 10:15
        let (weekday, rest) = text.split_once([',', ' '])?;
        let plain = (2..=12).contains(&weekday.len()) && weekday.chars().all(char::is_alphabetic);
        let date = if plain { numeric(rest.trim_start_matches([',', ' '])) } else { None };
        date.filter(|date| !matches!(date, Written::Date(PartialDate::Month(..) | PartialDate::Year(_))))
    })
}

/// Reads a date as [`read`] does; where it is an instant, with a clock time and a zone of its own, the day is that in `zone`.
pub(crate) fn read_in(text: &str, zone: Option<Zone>) -> Option<Written> {
    let written = read(text)?;
    let (Some(zone), Written::Date(PartialDate::Day(day))) = (zone, written) else { return Some(written) };
    let text = text.trim();
    let number = text.split('.').next().filter(|number| number.bytes().all(|b| b.is_ascii_digit()));
    let moved = match number.and_then(seconds_since_1970) {
        Some(seconds) => zone.day_of(seconds),
        None => instant::day_in(text, day, zone),
    };
    Some(Written::Date(PartialDate::Day(moved.unwrap_or(day))))
}

/// Whether a date cannot be read because no article came out in its year.
pub(crate) fn is_outside(text: &str) -> bool {
    let years = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 4);
    let mut years = years.filter_map(|digits| digits.parse::<u32>().ok());
    read(text).is_none() && years.next().is_some_and(|year| year_of(year).is_none())
}

/// Reads a date and gives what is sure of it: of a day that can be read in two ways, the year.
pub(crate) fn read_sure(text: &str) -> Option<PartialDate> {
    match read(text)? {
        Written::Date(date) => Some(date),
        Written::Ambiguous { day_first, .. } => Some(PartialDate::Year(day_first.year())),
    }
}

/// Digits that are a number of seconds or milliseconds since 1970 (UTC), in seconds.
fn seconds_since_1970(digits: &str) -> Option<i64> {
    if compact(digits).is_some() {
        return None;
    }
    // Smaller numbers are more likely counts or ids; larger ones are milliseconds.
    match digits.parse().ok()? {
        seconds @ 100_000_000..100_000_000_000 => Some(seconds),
        milliseconds @ 100_000_000_000..100_000_000_000_000 => Some(milliseconds / 1000),
        _ => None,
    }
}

fn year_of(number: u32) -> Option<i32> {
    // `0001-01-01` is a program's way to say "none".
    i32::try_from(number).ok().filter(|year| YEARS.contains(year))
}

fn day_of(year: u32, month: u32, day: u32) -> Option<PartialDate> {
    Day::new(year_of(year)?, month, day).map(PartialDate::Day)
}

/// 20190305, 201903051015 and 20190305101530.
fn compact(digits: &str) -> Option<PartialDate> {
    let number = |range: std::ops::Range<usize>| digits.get(range).and_then(|part| part.parse::<u32>().ok());
    let fits = matches!(digits.len(), 8 | 12 | 14);
    if fits { day_of(number(0..4)?, number(4..6)?, number(6..8)?) } else { None }
}

fn digits_only(text: &str) -> Option<PartialDate> {
    if text.len() == 4 {
        return year_of(text.parse().ok()?).map(PartialDate::Year);
    }
    compact(text).or_else(|| {
        let day = i32::try_from(seconds_since_1970(text)?.div_euclid(86_400)).ok().map(Day::from_number)?;
        YEARS.contains(&day.year()).then_some(PartialDate::Day(day))
    })
}

/// Dates whose first part is digits: year first, or day or month first.
fn numeric(text: &str) -> Option<Written> {
    // 1551780000.25: seconds since 1970 with a fraction.
    let width = text.bytes().take_while(u8::is_ascii_digit).count();
    if width >= 9 {
        let (seconds, fraction) = text.split_at_checked(width)?;
        let fraction = fraction.strip_prefix('.').is_some_and(|tail| tail.bytes().all(|b| b.is_ascii_digit()));
        return if fraction { digits_only(seconds).map(Written::Date) } else { None };
    }
    let (first, rest) = leading_number(text)?;
    let first_digits = text.get(..text.len() - rest.len())?;
    if first_digits.len() == 8 {
        let date = digits_only(first_digits)?;
        return rest.starts_with(['T', 't', ' ', 'Z', '_', '-']).then_some(Written::Date(date));
    }
    let separator = rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.'))?;
    let (second, after) = leading_number(rest.get(1..)?.trim_start_matches(' '))?;
    let third = after.strip_prefix(separator).map(|tail| tail.trim_start_matches(' ')).and_then(leading_number);
    if first_digits.len() == 4 {
        let year = year_of(first)?;
        return Some(Written::Date(match third {
            Some((day, _)) => day_of(first, second, day)?,
            None if (1..=12).contains(&second) && !after.starts_with(|c: char| c.is_alphanumeric()) => {
                PartialDate::Month(year, second)
            }
            None => return None,
        }));
    }
    if first_digits.len() > 2 {
        return None;
    }
    let Some((year, behind)) = third else {
        // 03/2019
        let month = (1..=12).contains(&first) && second > 31;
        return year_of(second).filter(|_| month).map(|year| Written::Date(PartialDate::Month(year, first)));
    };
    let (day_first, month_first) = match year_in_two(year, after, behind).filter(|_| separator != '-') {
        // Points are written where the day comes first.
        Some(year) if separator == '.' => (day_of(year, second, first), None),
        whole => {
            let year = whole.unwrap_or(year);
            (day_of(year, second, first), day_of(year, first, second))
        }
    };
    match (day_first, month_first) {
        // Points are written where the day comes first.
        (Some(date), _) if separator == '.' => Some(Written::Date(date)),
        (Some(PartialDate::Day(day_first)), Some(PartialDate::Day(month_first))) if day_first != month_first => {
            Some(Written::Ambiguous { day_first, month_first })
        }
        (one, other) => one.or(other).map(Written::Date),
    }
}

/// The whole year of the two digits that stand between `before` (from the sign before them on) and `behind`: of 1950 to 2049, as RFC
/// 2822 has it. What ends otherwise than a date is no date.
fn year_in_two(number: u32, before: &str, behind: &str) -> Option<u32> {
    let digits = before.len() - behind.len();
    let digits = before.get(..digits)?.bytes().filter(u8::is_ascii_digit).count();
    let ends = behind.is_empty() || behind.starts_with([' ', ',', ';', ')', 'T']);
    (digits == 2 && ends).then_some(if number < 50 { 2000 + number } else { 1900 + number })
}

/// A day as RFC 822 and RFC 850 write it, with two digits of the year and perhaps a clock time behind them:
/// `Mon, 14 Sep 15 10:00:00 GMT`, `Monday, 14-Sep-15 10:00:00 GMT`, `14-Sep-15`.
fn short(text: &str) -> Option<PartialDate> {
    let date = match text.split_once(',') {
        Some((weekday, rest)) if weekday.chars().all(char::is_alphabetic) => rest.trim_start(),
        _ => text,
    };
    let (day, rest) = leading_number(date)?;
    let separator = rest.chars().next().filter(|sign| matches!(sign, ' ' | '-'))?;
    let (month, rest) = rest.get(1..)?.split_once(separator)?;
    let (year, behind) = leading_number(rest)?;
    let clock = behind.trim_start_matches([' ', ',']).split([':', '.']).next().unwrap_or_default();
    let timed = matches!(clock.len(), 1 | 2) && clock.bytes().all(|b| b.is_ascii_digit());
    let year = year_in_two(year, rest, behind).filter(|_| behind.trim().is_empty() || timed)?;
    day_of(year, month_named(month.trim_end_matches('.'))?, day)
}

fn leading_number(text: &str) -> Option<(u32, &str)> {
    let width = text.bytes().take_while(u8::is_ascii_digit).count();
    let number = text.get(..width).filter(|digits| digits.len() < 10)?.parse().ok()?;
    Some((number, text.get(width..)?))
}

/// A piece of a date in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    Month(u32),
    Number(u32, usize),
    Other,
}

fn piece(word: &str) -> Piece {
    if let Some(month) = month_named(word) {
        return Piece::Month(month);
    }
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == 'º' || c == 'ª');
    let ordinal = word.get(digits.len()..).unwrap_or_default();
    let ending = matches!(ordinal, "" | "st" | "nd" | "rd" | "th" | "ST" | "ND" | "RD" | "TH" | "er" | "º" | "ª");
    let whole = !digits.is_empty() && digits.len() <= 4 && digits.bytes().all(|b| b.is_ascii_digit());
    match digits.parse() {
        Ok(number) if whole && ending => Piece::Number(number, digits.len()),
        _ => Piece::Other,
    }
}

fn pieces(text: &str) -> Vec<Piece> {
    text.split(|c: char| !c.is_alphanumeric() && c != 'º' && c != 'ª')
        .filter(|word| !word.is_empty() && !matches!(*word, "of" | "the" | "de" | "del" | "den" | "di"))
        .map(piece)
        .collect()
}

/// `March 5, 2019`, `Tue, 5 Mar 2019 10:00:00 +0100`, `5. März 2019`, `March 2019`, `2019 March 5`.
fn in_words(text: &str) -> Option<PartialDate> {
    let pieces = pieces(text);
    let mut found = None;
    for (at, piece) in pieces.iter().enumerate() {
        let Piece::Month(month) = *piece else { continue };
        let before = at.checked_sub(1).and_then(|at| pieces.get(at)).copied();
        let after = pieces.get(at + 1).copied();
        let next = pieces.get(at + 2).copied();
        let year = |piece: Option<Piece>| match piece {
            Some(Piece::Number(number, 4)) => year_of(number),
            _ => None,
        };
        let day = |piece: Option<Piece>| match piece {
            Some(Piece::Number(number @ 1..=31, 1..=2)) => Some(number),
            _ => None,
        };
        let made = if let (Some(day), Some(year)) = (day(before), year(after)) {
            Day::new(year, month, day).map(PartialDate::Day)
        } else if let (Some(day), Some(year)) = (day(after), year(next).or_else(|| year(before))) {
            Day::new(year, month, day).map(PartialDate::Day)
        } else {
            // `Mar 5 10:00:00 2019`: the year stands last, behind the time.
            let last = pieces.iter().rev().find_map(|piece| year(Some(*piece)));
            match (day(after).or_else(|| day(before)), last) {
                (Some(day), Some(year)) => Day::new(year, month, day).map(PartialDate::Day),
                _ => year(after).or_else(|| year(before)).map(|year| PartialDate::Month(year, month)),
            }
        };
        match made {
            Some(PartialDate::Day(_)) => return made,
            _ => found = found.or(made),
        }
    }
    found
}

/// A month and a day of it without a year, or with one: `Sept 18`, `18 September`, `Sept. 18, 2015`.
pub(crate) fn month_and_day(text: &str) -> Option<(Option<i32>, u32, u32)> {
    let pieces = pieces(text);
    let at = pieces.iter().position(|piece| matches!(piece, Piece::Month(_)))?;
    let Some(Piece::Month(month)) = pieces.get(at).copied() else { return None };
    let day = |piece: Option<&Piece>| match piece {
        Some(Piece::Number(number @ 1..=31, 1..=2)) => Some(*number),
        _ => None,
    };
    let before = at.checked_sub(1).and_then(|at| pieces.get(at));
    let day = day(pieces.get(at + 1)).or_else(|| day(before))?;
    let year = pieces.iter().find_map(|piece| match piece {
        Piece::Number(number, 4) => year_of(*number),
        _ => None,
    });
    // Any leap year will do to see whether the month has that day.
    Day::new(year.unwrap_or(2000), month, day)?;
    Some((year, month, day))
}

#[cfg(test)]
mod tests {
    use super::{Written, month_and_day, read};

    fn check(text: &str, expected: &str) {
        let got = match read(text) {
            Some(Written::Date(date)) => date.to_string(),
            Some(Written::Ambiguous { day_first, .. }) => format!("{}?", day_first.year()),
            None => "none".to_owned(),
        };
        assert_eq!(got, expected, "{text}");
    }

    #[test]
    fn written_dates() {
        let cases = include_str!("published_cases.txt");
        let mut seen = 0;
        for line in cases.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let (text, expected) = line.split_once(" ==> ").expect("`written ==> value`");
            check(text, expected);
            seen += 1;
        }
        assert!(seen > 50, "the table has been read");
        check("", "none");
        check(&"9".repeat(200), "none");
    }

    #[test]
    fn datelines() {
        assert_eq!(month_and_day("Sept 18"), Some((None, 9, 18)));
        assert_eq!(month_and_day("18 September"), Some((None, 9, 18)));
        assert_eq!(month_and_day("Sept. 18, 2015"), Some((Some(2015), 9, 18)));
        assert_eq!(month_and_day("Feb 30"), None);
        assert_eq!(month_and_day("May"), None);
    }
}
