//! The day that an address on the web gives: `/2016/03/04/`, `/2016/mar/04/`, `/20160304/`, `/2016-03-04-words`.
//!
//! It knows addresses as archives and publishing systems make them and nothing of what stands at them.

use super::published;
use crate::text::day::{Day, PartialDate};

/// The date in the path of `url`: a day, or the month where only that is given.
pub(super) fn date(url: &str) -> Option<PartialDate> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    // The host's name is no part of it, nor is what comes behind the path.
    let path = path.split(['?', '#']).next()?.split_once('/')?.1;
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let mut rough = None;
    for (at, part) in parts.iter().enumerate() {
        let next = |step: usize| parts.get(at + step).copied().unwrap_or_default();
        if let Some(year) = year(part)
            && let Some(month) = month(next(1))
        {
            if let Some(day) = number(next(2)).and_then(|day| Day::new(year, month, day)) {
                return Some(PartialDate::Day(day));
            }
            // `/2016/03/04-words-of-the-headline`
            let leading = next(2).split_once('-').filter(|(day, _)| day.len() == 2).and_then(|(day, _)| number(day));
            if let Some(day) = leading.and_then(|day| Day::new(year, month, day)) {
                return Some(PartialDate::Day(day));
            }
            rough = rough.or(Some(PartialDate::Month(year, month)));
        }
        if let Some(day) = inside(part) {
            return Some(PartialDate::Day(day));
        }
    }
    rough
}

/// A day inside one part of a path, with no digit on either side: `2016-03-04-words`, `words-20160304`, `words_2016_03_04.html`.
fn inside(part: &str) -> Option<Day> {
    let mut at = 0;
    let bytes = part.as_bytes();
    while at < bytes.len() {
        let run = bytes.iter().skip(at).take_while(|b| b.is_ascii_digit()).count();
        if run == 0 {
            at += 1;
            continue;
        }
        let digits = part.get(at..at + run)?;
        if run == 8
            && let (Some(head), Some(month), Some(day)) = (digits.get(..4), digits.get(4..6), digits.get(6..))
        {
            // Eight digits may be a number like any other: only of years that had the web.
            let found = year(head).filter(|year| (1990..=2100).contains(year));
            if let Some(day) =
                found.zip(month.parse().ok()).zip(day.parse().ok()).and_then(|((y, m), d)| Day::new(y, m, d))
            {
                return Some(day);
            }
        }
        if let Some(year) = year(digits) {
            let rest = part.get(at + 4..)?;
            let mut pieces = rest.split(|c: char| !c.is_ascii_alphanumeric());
            let (before, month, day) = (pieces.next(), pieces.next(), pieces.next());
            if before == Some("")
                && let (Some(month), Some(day)) =
                    (month.filter(|m| m.len() == 2).and_then(number), day.filter(|d| d.len() == 2).and_then(number))
                && let Some(day) = Day::new(year, month, day)
            {
                return Some(day);
            }
        }
        at += run;
    }
    None
}

fn number(digits: &str) -> Option<u32> {
    let plain = (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|_| plain)
}

fn year(digits: &str) -> Option<i32> {
    let plain = digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|year| plain && published::YEARS.contains(year))
}

fn month(part: &str) -> Option<u32> {
    number(part).filter(|month| (1..=12).contains(month)).or_else(|| published::month_named(part))
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn days_in_addresses() {
        for (url, expected) in [
            ("https://x.example/2016/03/04/slip-closed", "2016-03-04"),
            ("https://x.example/news/2016/3/4/slip-closed.html", "2016-03-04"),
            ("http://x.example/news/2016/mar/04/slip-closed", "2016-03-04"),
            ("http://x.example/2016/march/04/slip-closed", "2016-03-04"),
            ("https://x.example/2016/03/04-slip-closed", "2016-03-04"),
            ("https://x.example/2016/03/slip-closed", "2016-03"),
            ("https://x.example/2016/slip-closed", "none"),
            ("https://x.example/20160304/slip", "2016-03-04"),
            ("https://x.example/slip-20160304", "2016-03-04"),
            ("https://x.example/news/2016-03-04-slip-closed", "2016-03-04"),
            ("https://x.example/slip_2016_03_04.html?page=2", "2016-03-04"),
            ("https://x.example/lccn/sn1/1916-11-06/ed-1/", "1916-11-06"),
            ("https://x.example/id/19161106", "none"),
            ("https://x.example/id/120160304", "none"),
            ("https://x.example/2016/13/04/slip", "none"),
            ("https://x.example/2016/02/30/slip", "2016-02"),
            ("https://x.example/slip?date=2016-03-04", "none"),
            ("https://2016.03.04.example/slip", "none"),
            ("https://x.example/1234/05/06/slip", "none"),
            ("https://x.example/2016/03/4-ways-to-save", "2016-03"),
            ("/2016/03/04/slip", "2016-03-04"),
            ("", "none"),
        ] {
            let got = date(url).map_or_else(|| "none".to_owned(), |date| date.to_string());
            assert_eq!(got, expected, "{url}");
        }
    }
}
