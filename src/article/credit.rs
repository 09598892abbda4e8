//! Bylines as lines of a text: `By Ada Bell`, `Von Eva Muster und Jan Beispiel | 14.09.2015`.
//!
//! Whose names they are and what day stands behind them; where such a line may stand, readers know.

use std::ops::Range;

use super::byline_words as words;
use super::{facts, plain};

/// A byline taken apart.
pub(super) struct Credit<'a> {
    /// Where the names stand in the line, without the word before them.
    pub(super) names: Range<usize>,
    /// The day behind them, as it is written.
    pub(super) day: Option<&'a str>,
}

/// No byline is longer, in bytes.
const LONGEST: usize = 160;

/// The byline that a line is, and nothing else.
pub(super) fn read(line: &str) -> Option<Credit<'_>> {
    if line.len() > LONGEST {
        return None;
    }
    let (signed, day) = without_day(line);
    let names = Some(facts::without_by(signed)).filter(|names| names.len() < signed.len() && are_names(names));
    let names = names.or_else(|| behind_von(signed))?;
    Some(Credit { names: signed.len() - names.len()..signed.len(), day })
}

/// A line without the day at its end, and that day.
fn without_day(line: &str) -> (&str, Option<&str>) {
    let cut = line.match_indices(['|', '•', '·', '–', '—', ',']).find_map(|(at, sign)| {
        let day = line.get(at + sign.len()..)?.trim();
        let names = line.get(..at)?.trim_end();
        plain::whole_date(day).then_some((names, Some(day)))
    });
    cut.unwrap_or((line, None))
}

/// Whether what stands behind "By" is names, and what they are: `ADA BELL AND TOM REED`, `Ada Bell, Staff Writer`.
fn are_names(names: &str) -> bool {
    let small = words::JOIN | words::LINK | words::OCCUPATION;
    let mut named = false;
    let fits = names.split_whitespace().all(|word| {
        let lower = word.trim_matches(|c: char| !c.is_alphanumeric());
        let capital = word.chars().find(|c| c.is_alphanumeric()).is_none_or(|c| !c.is_lowercase());
        named |= capital && lower.len() > 1;
        capital || words::is(lower, small)
    });
    names.len() <= 100 && fits && named && (!names.ends_with('.') || names.split_whitespace().count() <= 5)
}

/// The names behind "Von", each of a first and a family name, as headlines begin with that word too: `Von Mäusen und Menschen`.
fn behind_von(line: &str) -> Option<&str> {
    let (opening, names) = line.split_once(' ')?;
    let names = names.trim_start();
    let mut parts = names.split(',');
    let people = parts.next()?.replace(" UND ", " und ");
    let is_name = |name: &str| {
        let all: Vec<&str> = name.split_whitespace().collect();
        let capital = |word: &&&str| word.starts_with(char::is_uppercase);
        (2..=5).contains(&all.len())
            && all.iter().filter(capital).count() >= 2
            && all.iter().all(|word| capital(&word) || words::is(word, words::JOIN))
            && name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '.' | '\'' | '’'))
            && all.last().is_some_and(|word| word.starts_with(char::is_uppercase))
    };
    let more = |part: &str| {
        part.split_whitespace().all(|word| word.starts_with(char::is_uppercase) || words::is(word, words::JOIN))
    };
    let fits = matches!(opening, "Von" | "VON")
        && names.len() <= 100
        && !names.ends_with(['.', ':', '?', '!'])
        && people.split(" und ").all(is_name)
        && parts.all(more);
    fits.then_some(names)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn bylines() {
        for (line, expected) in [
            ("By Ada Bell", "Ada Bell"),
            ("BY ADA BELL AND TOM REED", "ADA BELL AND TOM REED"),
            ("By Ada Bell, Staff Writer", "Ada Bell, Staff Writer"),
            ("By Jane Roe | September 14, 2015", "Jane Roe / September 14, 2015"),
            ("By Jane Roe, Sept. 14, 2015", "Jane Roe / Sept. 14, 2015"),
            ("Von Eva Muster", "Eva Muster"),
            ("VON EVA MUSTER", "EVA MUSTER"),
            ("Von Eva Muster und Jan Beispiel | 14.09.2015", "Eva Muster und Jan Beispiel / 14.09.2015"),
            ("Von Eva Muster, Jan von Beispiel und Dr. Ute Probe", "Eva Muster, Jan von Beispiel und Dr. Ute Probe"),
            ("Von Eva Muster, Bad Probe", "Eva Muster, Bad Probe"),
            ("Von Eva Muster – 14. September 2015", "Eva Muster / 14. September 2015"),
            ("By noon the slip was closed.", "none"),
            ("Von Mäusen und Menschen", "none"),
            ("Von Montag an fährt die Fähre wieder.", "none"),
            ("Von Ada Bell lernen", "none"),
            ("Von Eva Muster stammt der Plan.", "none"),
            ("Eva Muster", "none"),
            ("", "none"),
        ] {
            let credit = read(line);
            let names = credit.as_ref().and_then(|credit| line.get(credit.names.clone())).unwrap_or("none");
            let day = credit.as_ref().and_then(|credit| credit.day).map(|day| format!(" / {day}")).unwrap_or_default();
            assert_eq!(format!("{names}{day}"), expected, "{line}");
        }
    }
}
