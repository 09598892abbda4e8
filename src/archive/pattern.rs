//! Patterns that read days and outlets out of the places of files: `{outlet}/{year}/{month}/**`.
//!
//! It looks at names only and opens nothing.

use std::path::{Component, Path};

use crate::text::day::{Day, PartialDate};
use crate::text::problem::{Place, Problem};
use crate::text::span::Span;

/// A pattern for the path of a file, for `--date-from-path` and `--outlet-from-path`.
///
/// A pattern is a row of names between slashes, matched against the folders and the name of a file. It may
/// begin at any folder of the path, and reaches to the file: where names of the pattern run out before those
/// of the path do, write `**`. In a pattern
///
/// - `{date}` reads a day, a month or a year: `19161106`, `1916-11-06`, `1916_11_06`, `1916.11.06`,
///   `1916-11`, `1916`;
/// - `{year}` reads four digits, `{month}` one or two digits or an English name (`Nov`), `{day}` one or two digits;
/// - `{outlet}` reads a name;
/// - `*` stands for any letters in one name, `?` for one letter, `**` as a name of its own for any number of folders,
///   one at least where the pattern ends with it;
/// - all else stands for itself. A file's ending need not be written: `{outlet}-{date}` reads
///   `courier-1916-11-06.txt.gz`.
///
/// ```
/// use std::path::Path;
/// use onrecord::archive::PathPattern;
///
/// let pattern = PathPattern::parse("{outlet}/{year}/{month}/**")?;
/// let path = Path::new("archive/courier/1916/11/06/page-1.txt");
/// assert_eq!(pattern.outlet(path).as_deref(), Some("courier"));
/// assert_eq!(pattern.date(path).map(|date| date.to_string()).as_deref(), Some("1916-11"));
/// # Ok::<(), onrecord::text::problem::Problem>(())
/// ```
///
/// Of several ways to match, the one that begins at the topmost folder is taken; give it the path below the
/// archive's root ([`Found::below`](super::Found::below)), so that the folder an archive lies in does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathPattern {
    names: Vec<Name>,
}

/// One name of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Name {
    /// `**`
    AnyFolders,
    Pieces(Vec<Piece>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Exactly(String),
    AnyLetters,
    AnyLetter,
    Read(What),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Date,
    Year,
    Month,
    Day,
    Outlet,
}

const KNOWN: [(&str, What); 5] =
    [("date", What::Date), ("year", What::Year), ("month", What::Month), ("day", What::Day), ("outlet", What::Outlet)];

/// What a path was found to say.
#[derive(Clone, Debug, Default)]
struct Said {
    date: Option<PartialDate>,
    year: Option<i32>,
    month: Option<u32>,
    day: Option<u32>,
    outlet: Option<String>,
}

impl PathPattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// An unknown or unclosed `{...}`, `**` inside a name, a part that is read twice, or nothing to read at all.
    pub fn parse(pattern: &str) -> Result<Self, Problem> {
        let problem = |start: usize, end: usize, message: String| {
            let at = Span::new(pattern, start, end).map_or(Place::Whole, Place::Span);
            let example =
                "a pattern reads {date} or {year}/{month}/{day}, {outlet}, and * for the rest: {outlet}/{date}/**";
            Problem::new(at, message).hint(example)
        };
        let mut names = Vec::new();
        let mut read = Vec::new();
        let mut at = 0;
        for name in pattern.split('/') {
            let start = at;
            at += name.len() + 1;
            if name.is_empty() || name == "." {
                continue;
            }
            if name == "**" {
                // Two in a row say no more than one.
                if names.last() != Some(&Name::AnyFolders) {
                    names.push(Name::AnyFolders);
                }
                continue;
            }
            if let Some(found) = name.find("**") {
                return Err(problem(
                    start + found,
                    start + found + 2,
                    "`**` stands for whole folders, between slashes".to_owned(),
                ));
            }
            let mut pieces = Vec::new();
            let mut rest = name;
            while let Some(c) = rest.chars().next() {
                let from = start + name.len() - rest.len();
                let mut taken = c.len_utf8();
                match c {
                    '*' => pieces.push(Piece::AnyLetters),
                    '?' => pieces.push(Piece::AnyLetter),
                    '{' => {
                        let end = rest.find('}').ok_or_else(|| {
                            problem(from, start + name.len(), "`{` is not closed in the pattern".to_owned())
                        })?;
                        let word = rest.get(1..end).unwrap_or_default();
                        taken = end + 1;
                        let known = KNOWN.iter().find(|(name, _)| *name == word);
                        let (_, what) = known.ok_or_else(|| {
                            problem(from, from + taken, format!("`{{{word}}}` is not known in a pattern"))
                        })?;
                        if read.contains(what) {
                            return Err(problem(
                                from,
                                from + taken,
                                format!("`{{{word}}}` stands twice in the pattern"),
                            ));
                        }
                        if matches!(pieces.last(), Some(Piece::Read(What::Outlet))) && *what == What::Outlet {
                            return Err(problem(from, from + taken, "two names to read stand side by side".to_owned()));
                        }
                        read.push(*what);
                        pieces.push(Piece::Read(*what));
                    }
                    c => match pieces.last_mut() {
                        Some(Piece::Exactly(letters)) => letters.push(c),
                        _ => pieces.push(Piece::Exactly(c.to_string())),
                    },
                }
                rest = rest.get(taken..).unwrap_or_default();
            }
            names.push(Name::Pieces(pieces));
        }
        if read.is_empty() {
            return Err(problem(0, pattern.len(), "the pattern reads nothing".to_owned()));
        }
        let has = |what| read.contains(&what);
        if (has(What::Month) || has(What::Day)) && !has(What::Year) && !has(What::Date) {
            return Err(problem(0, pattern.len(), "a month or a day without its year".to_owned()));
        }
        if has(What::Day) && !has(What::Month) && !has(What::Date) {
            return Err(problem(0, pattern.len(), "a day without its month".to_owned()));
        }
        Ok(Self { names })
    }

    /// The day, month or year that the place of a file gives.
    pub fn date(&self, path: &Path) -> Option<PartialDate> {
        let said = self.read(path)?;
        if said.date.is_some() {
            return said.date;
        }
        let year = said.year?;
        match (said.month, said.day) {
            (None, _) => Some(PartialDate::Year(year)),
            (Some(month), None) => Some(PartialDate::Month(year, month)),
            (Some(month), Some(day)) => Day::new(year, month, day).map(PartialDate::Day),
        }
    }

    /// The outlet that the place of a file gives.
    pub fn outlet(&self, path: &Path) -> Option<String> {
        self.read(path)?.outlet.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty())
    }

    fn read(&self, path: &Path) -> Option<Said> {
        let parts: Vec<String> = path
            .components()
            .filter_map(|part| match part {
                Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
                _ => None,
            })
            .collect();
        (0..parts.len()).find_map(|start| {
            let mut said = Said::default();
            let mut steps = MOST_STEPS;
            names_match(&self.names, parts.get(start..)?, &mut said, &mut steps).then_some(said)
        })
    }
}

/// Ways tried before a pattern of many stars is given up on one path.
const MOST_STEPS: usize = 20_000;

fn names_match(names: &[Name], parts: &[String], said: &mut Said, steps: &mut usize) -> bool {
    match names.split_first() {
        None => parts.is_empty(),
        Some((Name::AnyFolders, [])) => !parts.is_empty(),
        Some((Name::AnyFolders, rest)) => (0..=parts.len()).any(|count| {
            let mut trial = said.clone();
            let fits = parts.get(count..).is_some_and(|parts| names_match(rest, parts, &mut trial, steps));
            if fits {
                *said = trial;
            }
            fits
        }),
        Some((Name::Pieces(pieces), rest)) => {
            let Some((part, parts)) = parts.split_first() else { return false };
            let forms = if parts.is_empty() { forms(part) } else { vec![part.as_str()] };
            forms.into_iter().any(|form| {
                let mut trial = said.clone();
                let fits = pieces_match(pieces, form, &mut trial, steps) && names_match(rest, parts, &mut trial, steps);
                if fits {
                    *said = trial;
                }
                fits
            })
        }
    }
}

/// A file's own name: without its ending, without that of its compression, whole.
fn forms(name: &str) -> Vec<&str> {
    let unpacked = [".gz", ".zst"].iter().find_map(|tail| name.strip_suffix(tail)).unwrap_or(name);
    let stem = unpacked.rsplit_once('.').filter(|(stem, ending)| {
        let letters = ending.len() <= 8 && ending.bytes().all(|b| b.is_ascii_alphanumeric());
        !stem.is_empty() && letters && ending.bytes().any(|b| b.is_ascii_alphabetic())
    });
    vec![stem.map_or(unpacked, |(stem, _)| stem), unpacked, name]
}

fn pieces_match(pieces: &[Piece], text: &str, said: &mut Said, steps: &mut usize) -> bool {
    if *steps == 0 {
        return false;
    }
    *steps -= 1;
    let Some((piece, rest)) = pieces.split_first() else { return text.is_empty() };
    let ends = || text.char_indices().map(|(at, _)| at).chain([text.len()]);
    match piece {
        Piece::Exactly(letters) => match text.get(..letters.len()) {
            Some(head) if head.eq_ignore_ascii_case(letters) => {
                pieces_match(rest, text.get(letters.len()..).unwrap_or_default(), said, steps)
            }
            _ => false,
        },
        Piece::AnyLetter => {
            let mut chars = text.chars();
            chars.next().is_some() && pieces_match(rest, chars.as_str(), said, steps)
        }
        Piece::AnyLetters => ends().any(|end| pieces_match(rest, text.get(end..).unwrap_or_default(), said, steps)),
        // The longest reading first: `1916-11-06` before `1916`.
        Piece::Read(what) => {
            let ends: Vec<usize> = ends().filter(|end| *end > 0).collect();
            ends.into_iter().rev().any(|end| {
                let mut trial = said.clone();
                let (word, tail) = text.split_at_checked(end).unwrap_or_default();
                let fits = take(*what, word, &mut trial) && pieces_match(rest, tail, &mut trial, steps);
                if fits {
                    *said = trial;
                }
                fits
            })
        }
    }
}

/// Reads one word of a name; false where it does not fit.
fn take(what: What, word: &str, said: &mut Said) -> bool {
    let digits = |widths: std::ops::RangeInclusive<usize>| {
        let fits = widths.contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| word.parse::<u32>().ok()).flatten()
    };
    match what {
        What::Outlet => {
            said.outlet = Some(word.to_owned());
            true
        }
        What::Year => {
            said.year = digits(4..=4).and_then(|year| i32::try_from(year).ok());
            said.year.is_some()
        }
        What::Month => {
            said.month = digits(1..=2)
                .filter(|month| (1..=12).contains(month))
                .or_else(|| crate::article::published::month_named(word));
            said.month.is_some()
        }
        What::Day => {
            said.day = digits(1..=2).filter(|day| (1..=31).contains(day));
            said.day.is_some()
        }
        What::Date => {
            said.date = date(word);
            said.date.is_some()
        }
    }
}

/// `19161106`, `1916-11-06` and the like, `1916-11`, `191611` never (it could be half of a number), `1916`.
fn date(word: &str) -> Option<PartialDate> {
    if word.len() == 8
        && let (Some(year), Some(month), Some(day)) = (word.get(..4), word.get(4..6), word.get(6..))
        && word.bytes().all(|b| b.is_ascii_digit())
    {
        return PartialDate::parse(&format!("{year}-{month}-{day}"));
    }
    let plain: String = word.chars().map(|c| if matches!(c, '_' | '.') { '-' } else { c }).collect();
    PartialDate::parse(&plain)
}
