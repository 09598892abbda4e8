//! Years, decades, quarters and halves that are named in figures: "2014", "the 1990s", "'82", "Q3 2015", "FY2015".
//!
//! Most of the work is to tell a year from a count, a page, a price or a time.

use super::lexicon::Class;
use super::phrase::{Found, Phrase, Unit, Which, Year, is_unit};
use super::relative::{FOLLOWING, SAME, THAT};
use super::scan::{CAPITAL, SPACED, Token, Words};
use super::tense;
use super::{Language, Stretch};

/// The value of "rose" and of other verbs that lead to a level.
const MOVED: u16 = 2;

/// The value of nouns of which there is one every year.
const YEARLY: u16 = 1;

/// The value of "holds" and of other verbs that a count follows.
const HOLDS: u16 = 4;

/// The value of "only", "than" and others that stand before any number.
const COUNTING: u16 = 2;

/// The value of "highs" and "lows".
const WEATHER: u16 = 12;

/// The value of "code", "version" and others that a number is said of; and of "pages".
const NUMBERED: u16 = 9;
const LISTED: u16 = 9;

/// A number of four digits that can be a year.
pub(super) fn year_number(token: Token) -> Option<i32> {
    let year = i32::from(token.value);
    (token.class == Class::Number && token.len() == 4 && (1600..=2262).contains(&year)).then_some(year)
}

/// The year after a day or a month (", 2015", "of 2015", "last year"), and the token after it.
pub(super) fn year_after(words: &Words, at: usize) -> (Year, usize) {
    let mut next = at;
    if words.at(next).is_mark(b',') {
        next += 1;
    }
    if let Some(year) = year_number(words.at(next)) {
        let counted = next > at && words.class(next + 1) == Class::Count;
        if !counted && !clocked(words, next) {
            return (Year::Is(year), next + 1);
        }
    }
    let of = if words.class(at) == Class::Of { at + 1 } else { at };
    if of > at
        && let Some(year) = year_number(words.at(of))
    {
        return (Year::Is(year), of + 1);
    }
    // "summer of '69", "May '68", "June 5, '71"
    let short = if next > at && words.before(at, 1).class == Class::Number { next } else { of };
    if words.at(short).is(SPACED)
        && let Some(year) = short_year_number(words, short)
    {
        return (Year::Short(year), short + 2);
    }
    let german = words.language == Language::German;
    // "im Jahr 2014".
    if german
        && words.class(at) == Class::In
        && is_unit(words, at + 1, Unit::Year)
        && let Some(year) = year_number(words.at(at + 2))
    {
        return (Year::Is(year), at + 3);
    }
    let of = if of > at && words.class(of) == Class::The { of + 1 } else { of };
    // "des Jahres 2014", "des Jahres".
    if (of > at + 1 || german && of > at) && is_unit(words, of, Unit::Year) {
        return match year_number(words.at(of + 1)).filter(|_| german) {
            Some(year) => (Year::Is(year), of + 2),
            None => (Year::From(0), of + 1),
        };
    }
    if of > at && words.class(of) == Class::UnitBefore && Unit::numbered(words.at(of).number()) == Some(Unit::Year) {
        return (Year::From(-1), of + 1);
    }
    if words.class(of) == Class::Which && is_unit(words, of + 1, Unit::Year) {
        match words.at(of).value {
            SAME | THAT => return (Year::Beside(0), of + 2),
            FOLLOWING => return (Year::Beside(1), of + 2),
            _ => {}
        }
        let years = match words.at(of).value {
            0 | 2 => Some(-1),
            3 | 4 => Some(1),
            6 | 7 => Some(0),
            _ => None,
        };
        if let Some(years) = years {
            return (Year::From(years), of + 2);
        }
    }
    (Year::Unsaid, at)
}

fn clocked(words: &Words, at: usize) -> bool {
    words.class(at + 1) == Class::Clock
}

/// Four digits that are a year, or the first of "2010-14", "2014 Q3", "the 1980's".
pub(super) fn year(words: &Words, at: usize) -> Option<Found> {
    let token = words.at(at);
    let led = |back| matches!(words.before(at, back).class, Class::The | Class::Part);
    let led = led(1) || words.before(at, 1).is_mark(b'-') && led(2);
    let tens = token.class == Class::Number && token.value.is_multiple_of(10) && possessive(words, at);
    if tens && led && token.len() == 2 && token.value >= 50 {
        let decade = Phrase::ShortDecade(i32::from(token.value) / 10);
        return Some(Found::new(decade, at, at + 3, "decade"));
    }
    let year = year_number(token)?;
    // "2015 September 18" and "September 2015" are met from the month; a year may be half of a range.
    let behind = words.at(at + 1);
    if (behind.is_mark(b'-') || matches!(behind.class, Class::To))
        && let Some(last) = short_year(words, at + 2, year)
    {
        let range = Phrase::FixedRange(Stretch::Year(year), Stretch::Year(last));
        return Some(Found::new(range, at, at + 3, "years"));
    }
    if let [b'Q', quarter @ b'1'..=b'4'] = words.words(at + 1).as_bytes() {
        let quarter = Stretch::Quarter(year, u32::from(quarter - b'0'));
        return Some(Found::new(Phrase::Fixed(quarter), at, at + 2, "quarter-code"));
    }
    if tens && led {
        return Some(Found::new(Phrase::Fixed(Stretch::Decade(year / 10)), at, at + 3, "decade"));
    }
    stands_for_year(words, at, year).then(|| Found::new(Phrase::Fixed(Stretch::Year(year)), at, at + 1, "year"))
}

/// The last year of "2010 - 14".
fn short_year(words: &Words, at: usize, first: i32) -> Option<i32> {
    let token = words.at(at);
    let year = first / 100 * 100 + i32::from(token.value);
    let spaced = words.before(at, 1).is(SPACED);
    (token.class == Class::Number && token.len() == 2 && year > first && !spaced).then_some(year)
}

/// Whether four digits alone are a year and no count, page, price or time.
fn stands_for_year(words: &Words, at: usize, year: i32) -> bool {
    let (before, after) = (words.before(at, 1), words.at(at + 1));
    let glued = !words.at(at).is(SPACED);
    if glued && before.class == Class::Mark {
        let mark = u8::try_from(before.value).unwrap_or(0);
        let after_part = mark == b'-' && matches!(words.before(at, 2).class, Class::Part | Class::YearLead);
        let open = matches!(mark, b'(' | b'"' | b'\'' | b'[' | b',' | b'.' | b';' | b':');
        if !after_part && !open {
            return false;
        }
    }
    if before.is_mark(b'$') || after.is_mark(b'%') || after.is_mark(b'$') {
        return false;
    }
    // "2015 -year" and figures before it ("12 2015").
    if after.is_mark(b'-') && !after.is(SPACED) && words.at(at + 2).is_word() {
        return false;
    }
    if after.is_mark(b'/') || before.is_mark(b'/') || before.is_mark(b'#') || before.is_mark(b'@') {
        return false;
    }
    if matches!(after.class, Class::Clock | Class::Count)
        || matches!(before.class, Class::NumberLead | Class::At | Class::Vague)
    {
        return false;
    }
    // "is about 1900", but "in about 1900"; a book's name; "the 2000 block".
    let (about, verb) = (words.says(at.wrapping_sub(1), "about"), words.before(at, 2));
    let about =
        about && (verb.class == Class::Is || tense::is_auxiliary(verb) || words.says(at.wrapping_sub(2), "has"));
    let quoted =
        (before.is_mark(b'"') || before.is_mark(b'\'')) && glued && after.is_mark(before.value.to_le_bytes()[0]);
    if about || quoted || words.says(at + 1, "block") || counts(words, at) || level(words, at) {
        return false;
    }
    if is_numbered(words, at) || tally(words, at, year) {
        return false;
    }
    if is_unit(words, at + 1, Unit::Year)
        || matches!(after.class, Class::Units | Class::Junk | Class::Number | Class::Figures)
    {
        return false;
    }
    if after.class == Class::Make && matches!(before.class, Class::A | Class::Person | Class::Other | Class::Clause) {
        return false;
    }
    if matches!(before.class, Class::Number | Class::Figures) && !before.is_mark(b',') {
        return false;
    }
    if (1900..=2059).contains(&year) {
        return true;
    }
    matches!(
        before.class,
        Class::In
            | Class::Since
            | Class::Until
            | Class::By
            | Class::From
            | Class::Between
            | Class::Part
            | Class::YearLead
    ) || words.before(at, 1).is_mark(b'(')
        || is_unit(words, at.saturating_sub(1), Unit::Year)
}

/// Whether a word before the figures says that they number something: "area code 1901", "Pop. 1950", "Rule 2015-04", "pages 1990-1995".
pub(super) fn is_numbered(words: &Words, at: usize) -> bool {
    let dot = usize::from(words.before(at, 1).is_mark(b'.') && words.before(at, 2).len() <= 3);
    let lead = words.before(at, 1 + dot);
    lead.class == Class::NumberLead && lead.value != COUNTING
        || lead.class == Class::Other && lead.value == NUMBERED
        || lead.class == Class::Count && lead.value == LISTED
}

/// "The vote was 2012 to 1987": the larger before the smaller.
fn tally(words: &Words, at: usize, year: i32) -> bool {
    let joins = |at: usize| matches!(words.class(at), Class::To) || words.at(at).is_mark(b'-');
    let behind = joins(at + 1) && year_number(words.at(at + 2)).is_some_and(|other| other < year);
    let before = at >= 2 && joins(at - 1) && year_number(words.at(at - 2)).is_some_and(|other| other > year);
    behind || before
}

/// A plural in small letters that years do not go with, behind a verb of having: "has 1900 beds", but "saw 2015 sales fall".
fn counts(words: &Words, at: usize) -> bool {
    let word = words.words(at + 1);
    let plural = words.class(at + 1) == Class::Other
        && words.at(at + 1).value != YEARLY
        && !words.at(at + 1).is(CAPITAL)
        && word.len() > 3
        && word.ends_with('s')
        && !["ss", "us", "is"].iter().any(|end| word.ends_with(end));
    let before = words.before(at, 1);
    let holds = matches!(before.class, Class::Other | Class::Plans | Class::Count) && before.value == HOLDS;
    // "the top 2000 songs", but "the top 2014 songs".
    let top = words.at(at).value.is_multiple_of(100) && words.says(at.wrapping_sub(1), "top");
    plural && (holds || top || before.class == Class::Past)
}

/// "rose 12 points to 1967": the end of a move, not of years.
fn level(words: &Words, at: usize) -> bool {
    let from_year = (2..8).any(|back| year_number(words.before(at, back)).is_some());
    let to = matches!(words.before(at, 1).class, Class::To) && !from_year;
    to && tense::sentence(words, at).take(8).any(|at| words.class(at) == Class::Past && words.at(at).value == MOVED)
}

/// Whether "'s" is glued to the token.
fn possessive(words: &Words, at: usize) -> bool {
    let (mark, s) = (words.at(at + 1), words.at(at + 2));
    mark.is_mark(b'\'') && words.says(at + 2, "s") && !mark.is(SPACED) && !s.is(SPACED)
}

/// "the 1990s", "the '90s", "the eighties", "70s and 80s".
pub(super) fn decade(words: &Words, at: usize) -> Option<Found> {
    let token = words.at(at);
    let mut from = at;
    let mut before = words.before(at, 1);
    if before.is_mark(b'\'') && !token.is(SPACED) {
        from -= 1;
        before = words.before(from, 1);
    }
    if before.class == Class::Person {
        return None;
    }
    let decade = i32::from(token.value) / 10;
    if token.len() == 5 && token.class == Class::Decade {
        let century = i32::from(token.value) / 100;
        let known = (160..=226).contains(&decade) && !words.at(at).is_mark(b'$');
        let rounded = token.value.is_multiple_of(100) && century < 20;
        // "the 1800s"
        if known && rounded && matches!(before.class, Class::The | Class::Part) {
            let first = century * 100;
            let years = Phrase::FixedRange(Stretch::Year(first), Stretch::Year(first + 99));
            return Some(Found::new(years, from, at + 1, "century"));
        }
        return (known && !rounded).then(|| Found::new(Phrase::Fixed(Stretch::Decade(decade)), from, at + 1, "decade"));
    }
    let dash = before.is_mark(b'-') && words.before(from, 2).class == Class::Part;
    let decades_and = matches!(before.class, Class::And | Class::Or | Class::To)
        && matches!(words.before(from, 2).class, Class::Decade | Class::DecadeWord);
    let person = |back| words.before(from, back).class == Class::Person;
    // Small ones without an apostrophe are ages, temperatures and shares: "in his early 60s", "in the mid-30s".
    let age = person(2) || dash && person(3) || token.class == Class::Decade && from == at && decade < 5;
    let led = matches!(before.class, Class::The | Class::Part) || dash || decades_and || from < at;
    // "Highs in the mid 70s".
    let weather = |at: usize| words.class(at) == Class::Other && words.at(at).value == WEATHER;
    let degrees =
        age || decade < 2 || words.says(at + 1, "degrees") || from == at && tense::sentence(words, from).any(weather);
    (led && !degrees).then(|| Found::new(Phrase::ShortDecade(decade), from, at + 1, "decade"))
}

/// "Q3 2015", "FY2015", "'82".
pub(super) fn code(words: &Words, at: usize) -> Option<Found> {
    let token = words.at(at);
    if token.is_mark(b'\'') {
        return year_of_two_digits(words, at);
    }
    let name = words.words(at).as_bytes();
    match name {
        [b'Q', quarter @ b'1'..=b'4'] => {
            let (year, to) = year_after(words, at + 1);
            let quarter = u32::from(quarter - b'0');
            Some(Found::new(Phrase::Quarter { quarter, which: Which::Unsaid, year }, at, to, "quarter-code"))
        }
        [b'H', half @ b'1'..=b'2'] => match year_after(words, at + 1) {
            (Year::Unsaid, _) => None,
            (year, to) => Some(Found::new(Phrase::Half { half: u32::from(half - b'0'), year }, at, to, "half-year")),
        },
        [b'F', b'Y', digits @ ..] => {
            let number = std::str::from_utf8(digits).ok()?.parse::<i32>().ok()?;
            let year = match digits.len() {
                2 => 2000 + number,
                4 if (1900..=2100).contains(&number) => number,
                _ => return None,
            };
            Some(Found::new(Phrase::Fixed(Stretch::Year(year)), at, at + 1, "fiscal-year"))
        }
        _ => None,
    }
}

/// "since '82": an apostrophe and two digits after a preposition.
fn year_of_two_digits(words: &Words, at: usize) -> Option<Found> {
    let led = matches!(
        words.before(at, 1).class,
        Class::In
            | Class::Since
            | Class::Of
            | Class::From
            | Class::Until
            | Class::By
            | Class::Month
            | Class::Season
            | Class::Part
    );
    let year = short_year_number(words, at).filter(|_| led)?;
    Some(Found::new(Phrase::ShortYear(year), at, at + 2, "year-of-two-digits"))
}

/// The two digits behind an apostrophe: "'82".
fn short_year_number(words: &Words, at: usize) -> Option<i32> {
    let token = words.at(at + 1);
    let two = words.at(at).is_mark(b'\'') && token.class == Class::Number && token.len() == 2 && !token.is(SPACED);
    let other = words.at(at + 2).is_mark(b'\'') || matches!(words.class(at + 2), Class::Count | Class::Units);
    (two && !other).then_some(i32::from(token.value))
}
