//! Phrases that name a day, a month, a year or a decade: "18 September 2015", "Sept. 18", "in March", "2015-09-18", "the 1990s".
//!
//! A year or a day may be left unsaid; what is meant then is not decided here.

use super::lexicon::Class;
use super::phrase::{Found, Phrase, Which, Year};
use super::scan::{CAPITAL, SPACED, Token, Words};
use super::{Stretch, relative};
use crate::text::day::Day;

/// A number of four digits that can be a year.
fn year_number(token: Token) -> Option<i32> {
    let year = i32::from(token.value);
    (token.class == Class::Number && token.len() == 4 && (1600..=2262).contains(&year)).then_some(year)
}

/// A day of the month in figures, or "18th".
fn day_number(token: Token) -> Option<u32> {
    let figures = token.class == Class::Number && token.len() <= 2;
    let ordinal = token.class == Class::Ordinal;
    ((figures || ordinal) && (1..=31).contains(&token.number())).then_some(token.number())
}

/// Whether the token is a month's name beside a day or a year, where short names and small letters count.
fn month_name(token: Token) -> Option<u32> {
    matches!(token.class, Class::Month | Class::MonthShort).then_some(token.number())
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
    let of = if of > at && words.class(of) == Class::The { of + 1 } else { of };
    if of > at + 1 && words.says(of, "year") {
        return (Year::From(0), of + 1);
    }
    if words.class(of) == Class::Which && words.says(of + 1, "year") {
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

/// A date that begins with a month: "September 18, 2015", "Sept. 3-5", "March 2014", "March".
pub(super) fn month(words: &Words, at: usize) -> Option<Found> {
    let token = words.at(at);
    let month = month_name(token)?;
    let mut next = at + 1;
    if token.class == Class::MonthShort && words.at(next).is_mark(b'.') {
        next += 1;
    }
    if words.class(next) == Class::The && words.class(next + 1) == Class::Ordinal {
        next += 1;
    }
    if let Some(found) = month_and_day(words, at, next, month) {
        return Some(found);
    }
    if let Some(found) = month_and_days(words, at, next, month) {
        return Some(found);
    }
    if !token.is(CAPITAL) && token.class == Class::Month {
        return None;
    }
    match year_after(words, next) {
        (Year::Unsaid, _) => {}
        (Year::Is(year), to) => {
            return Some(Found::new(Phrase::Fixed(Stretch::Month(year, month)), at, to, "month-year"));
        }
        (year, to) => {
            return Some(Found::new(Phrase::Month { month, which: Which::Unsaid, year }, at, to, "month-year"));
        }
    }
    (token.class == Class::Month && stands_for_month(words, at))
        .then(|| Found::new(Phrase::Month { month, which: Which::Unsaid, year: Year::Unsaid }, at, at + 1, "month"))
}

fn month_and_day(words: &Words, at: usize, next: usize, month: u32) -> Option<Found> {
    let day = day_number(words.at(next))?;
    if words.at(next).class == Class::Number && words.class(next + 1) == Class::Count {
        return None;
    }
    // "May 18-year-olds", "March 3.5".
    if words.at(next + 1).is_mark(b'-') && words.class(next + 2) == Class::Unit {
        return None;
    }
    let (to, last) = last_day(words, next + 1, day);
    let (year, to) = year_after(words, to);
    Some(match last {
        Some(last) => Found::new(Phrase::Dates { month, first: day, last, year }, at, to, "days-of-month"),
        None if (month, day, year) == (9, 11, Year::Unsaid) && attacks_follow(words, to) => {
            Found::new(Phrase::Fixed(Stretch::Day(Day::new(2001, month, day)?)), at, to, "known-day")
        }
        None => Found::new(date(month, day, None, year), at, to, "month-day"),
    })
}

/// "the September 11 terrorist attacks": a day that goes by its date alone.
fn attacks_follow(words: &Words, at: usize) -> bool {
    let near = |word| (at..at + 3).any(|at| words.says(at, word));
    near("attacks") || near("attack") || near("hijackings") || near("terrorist")
}

/// "May 3-5", where the two days are one run of figures.
fn month_and_days(words: &Words, at: usize, next: usize, month: u32) -> Option<Found> {
    let (first, last) = day_pair(words, next)?;
    let (year, to) = year_after(words, next + 1);
    Some(Found::new(Phrase::Dates { month, first, last, year }, at, to, "days-of-month"))
}

/// Two days in one run of figures: "3-5", "3–5".
fn day_pair(words: &Words, at: usize) -> Option<(u32, u32)> {
    if words.class(at) != Class::Figures {
        return None;
    }
    let run = Run::read(words.words(at))?;
    let (first, last) = (run.numbers[0], run.numbers[1]);
    let days = run.count == 2 && run.mark == b'-' && run.digits[0] <= 2 && run.digits[1] <= 2;
    (days && 1 <= first && first < last && last <= 31).then_some((first, last))
}

/// The second day of "3 to 5", where no month follows it.
fn last_day(words: &Words, at: usize, first: u32) -> (usize, Option<u32>) {
    let token = words.at(at);
    let joins = matches!(token.class, Class::To | Class::Through) || token.is_mark(b'-');
    let next = words.at(at + 1);
    match day_number(next) {
        Some(last) if joins && last > first && month_name(words.at(at + 2)).is_none() => (at + 2, Some(last)),
        _ => (at, None),
    }
}

pub(super) fn date(month: u32, day: u32, weekday: Option<u32>, year: Year) -> Phrase {
    if let Year::Is(year) = year
        && let Some(day) = Day::new(year, month, day)
    {
        return Phrase::Fixed(Stretch::Day(day));
    }
    Phrase::Date { month, day, weekday, year }
}

/// Whether a month's name alone, in capitals, is that month and no name or verb.
fn stands_for_month(words: &Words, at: usize) -> bool {
    let token = words.at(at);
    let (before, after) = (words.before(at, 1), words.at(at + 1));
    if !token.is(CAPITAL) {
        return false;
    }
    let clear =
        matches!(before.class, Class::In | Class::Since | Class::Until | Class::Which | Class::Part | Class::Through)
            || (before.class == Class::Of && words.before(at, 2).class == Class::Part);
    if clear {
        return true;
    }
    let weak = matches!(
        before.class,
        Class::By
            | Class::To
            | Class::From
            | Class::Of
            | Class::After
            | Class::Before
            | Class::Between
            | Class::And
            | Class::For
            | Class::Or
    );
    let possessive = after.is_mark(b'\'') && words.says(at + 2, "s");
    let follows_name =
        before.is(CAPITAL) && before.is_word() && !super::tense::ends_sentence(words, at.saturating_sub(1));
    let name_follows = after.is(CAPITAL) && after.is_word();
    match token.value {
        // "May" and "March" are verbs and names, too.
        3 | 5 => {
            let noun = matches!(before.class, Class::The | Class::A | Class::Person)
                && after.class == Class::Other
                && !after.is(CAPITAL)
                && !words.says(at + 1, "for");
            let verb = matches!(after.class, Class::Past | Class::Future) || possessive;
            (weak && !verb && !name_follows) || noun
        }
        // "April", "June" and "August" are names.
        4 | 6 | 8 => weak || possessive || !(follows_name || name_follows),
        _ => !follows_name || weak || possessive,
    }
}

/// "Friday", "Friday, Sept. 18", "Friday 18 September 2015", "Friday the 13th", "Friday of last week".
pub(super) fn weekday(words: &Words, at: usize) -> Option<Found> {
    let token = words.at(at);
    let weekday = token.number();
    let mut next = at + 1;
    let short = token.class == Class::WeekdayShort;
    if short && words.at(next).is_mark(b'.') {
        next += 1;
    }
    let open = next;
    if words.at(next).is_mark(b',') || words.at(next).is_mark(b'(') {
        next += 1;
    }
    if words.class(next) == Class::The {
        next += 1;
    }
    if words.class(next) == Class::Daypart && words.at(next + 1).is_mark(b',') {
        next += 2;
    }
    let inner = match words.class(next) {
        Class::Month | Class::MonthShort => month(words, next),
        Class::Number => number(words, next),
        Class::Ordinal => ordinal(words, next),
        _ => None,
    };
    if let Some(inner) = inner {
        let phrase = match inner.phrase {
            Phrase::Date { month, day, year, .. } => Some(date(month, day, Some(weekday), year)),
            Phrase::Fixed(Stretch::Day(_)) => Some(inner.phrase),
            _ => None,
        };
        if let Some(phrase) = phrase {
            return Some(Found::new(phrase, at, inner.to, "weekday-date"));
        }
    }
    let the = next > at + 1 && words.class(next - 1) == Class::The;
    if the && words.class(next) == Class::Ordinal && in_figures(words, next) && words.at(next).number() <= 31 {
        let phrase = Phrase::DayNumber { day: words.at(next).number(), weekday: Some(weekday) };
        return Some(Found::new(phrase, at, next + 1, "weekday-day"));
    }
    if short || open != at + 1 {
        return None;
    }
    relative::weekday(words, at, at, Which::Unsaid)
}

/// A date that begins with figures alone: a day before its month, or a year.
pub(super) fn number(words: &Words, at: usize) -> Option<Found> {
    let token = words.at(at);
    if let Some(day) = day_number(token) {
        return day_and_month(words, at, day);
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
    stands_for_year(words, at, year).then(|| Found::new(Phrase::Fixed(Stretch::Year(year)), at, at + 1, "year"))
}

/// The last year of "2010 - 14".
fn short_year(words: &Words, at: usize, first: i32) -> Option<i32> {
    let token = words.at(at);
    let year = first / 100 * 100 + i32::from(token.value);
    let spaced = words.before(at, 1).is(SPACED);
    (token.class == Class::Number && token.len() == 2 && year > first && !spaced).then_some(year)
}

/// "18 September 2015", "18th of September", "3 to 5 May".
fn day_and_month(words: &Words, at: usize, day: u32) -> Option<Found> {
    let (to, last) = match words.at(at + 1) {
        token if matches!(token.class, Class::To | Class::Through | Class::And) || token.is_mark(b'-') => {
            match day_number(words.at(at + 2)) {
                Some(last) if last > day => (at + 3, Some(last)),
                _ => (at + 1, None),
            }
        }
        _ => (at + 1, None),
    };
    let to = if words.class(to) == Class::Of { to + 1 } else { to };
    let month_token = words.at(to);
    let month = month_name(month_token)?;
    // "18 may" is a count and a verb; "at 18 March" is rare.
    if month_token.class == Class::Month && !month_token.is(CAPITAL) && matches!(month, 3 | 5) {
        return None;
    }
    if month_token.class == Class::MonthShort && !month_token.is(CAPITAL) && !month_token.is(SPACED) {
        return None;
    }
    let mut to = to + 1;
    if month_token.class == Class::MonthShort && words.at(to).is_mark(b'.') && year_number(words.at(to + 1)).is_some() {
        to += 1;
    }
    let (year, to) = year_after(words, to);
    Some(match last {
        Some(last) => Found::new(Phrase::Dates { month, first: day, last, year }, at, to, "days-of-month"),
        None => Found::new(date(month, day, None, year), at, to, "day-month"),
    })
}

/// "18th September", and "on the 18th" where no noun follows.
pub(super) fn ordinal(words: &Words, at: usize) -> Option<Found> {
    let token = words.at(at);
    let day = token.number();
    if !(1..=31).contains(&day) {
        return None;
    }
    if let Some(found) = day_and_month(words, at, day) {
        return Some(found);
    }
    let after = words.at(at + 1);
    let noun = after.is_word()
        && matches!(after.class, Class::Other | Class::Unit | Class::Units | Class::Count | Class::Half);
    let number = matches!(after.class, Class::Number | Class::Figures | Class::Junk) || after.is_mark(b'-');
    let lead = words.before(at, 2).class;
    let led =
        words.before(at, 1).class == Class::The && matches!(lead, Class::On | Class::Since | Class::Until | Class::By);
    (led && !noun && !number && in_figures(words, at))
        .then(|| Found::new(Phrase::DayNumber { day, weekday: None }, at, at + 1, "day-number"))
}

fn in_figures(words: &Words, at: usize) -> bool {
    words.words(at).starts_with(|c: char| c.is_ascii_digit())
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
    if matches!(after.class, Class::Unit | Class::Units | Class::Junk | Class::Number | Class::Figures) {
        return false;
    }
    if after.class == Class::Make && matches!(before.class, Class::A | Class::Person | Class::Other) {
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
        || words.says(at.saturating_sub(1), "year")
}

/// A run of figures: "2015-09-18", "18/09/2015", "9/11", "2010-2014", "2010/11".
pub(super) fn figures(words: &Words, at: usize) -> Option<Found> {
    let (before, after) = (words.before(at, 1), words.at(at + 1));
    let glued = |token: Token, spaced: bool| {
        !spaced && token.class == Class::Mark && b"/-_=#@$+".contains(&u8::try_from(token.value).unwrap_or(0))
    };
    if glued(before, words.at(at).is(SPACED)) || glued(after, after.is(SPACED)) || after.is_mark(b'%') {
        return None;
    }
    let dates = words.words(at);
    let dates = dates.get(..usize::from(words.at(at).value)).unwrap_or(dates);
    if dates == "9/11" {
        return Some(Found::new(Phrase::Fixed(Stretch::Day(Day::new(2001, 9, 11)?)), at, at + 1, "figures"));
    }
    if let Some((first, last)) = day_pair(words, at) {
        let of = if words.class(at + 1) == Class::Of { at + 2 } else { at + 1 };
        if let Some(month) = month_name(words.at(of)).filter(|_| words.at(of).is(CAPITAL)) {
            let (year, to) = year_after(words, of + 1);
            return Some(Found::new(Phrase::Dates { month, first, last, year }, at, to, "days-of-month"));
        }
    }
    let phrase = Run::read(dates)?.meaning()?;
    Some(Found::new(phrase, at, at + 1, "figures"))
}

/// Numbers with one kind of mark between them.
struct Run {
    numbers: [u32; 3],
    digits: [usize; 3],
    count: usize,
    mark: u8,
}

impl Run {
    fn read(text: &str) -> Option<Self> {
        let mut run = Self { numbers: [0; 3], digits: [0; 3], count: 1, mark: 0 };
        for c in text.chars() {
            if let Some(digit) = c.to_digit(10) {
                let at = run.count - 1;
                run.numbers[at] = run.numbers[at].saturating_mul(10).saturating_add(digit);
                run.digits[at] += 1;
                continue;
            }
            let mark = if c.is_ascii() { u8::try_from(c).ok()? } else { b'-' };
            if run.count == 3 || (run.mark != 0 && run.mark != mark) {
                return None;
            }
            run.mark = mark;
            run.count += 1;
        }
        Some(run)
    }

    fn meaning(&self) -> Option<Phrase> {
        let [a, b, c] = self.numbers;
        let year = |number: u32| i32::try_from(number).ok().filter(|year| (1600..=2262).contains(year));
        let day = |year: i32, month: u32, day: u32| Day::new(year, month, day);
        let at = |day: Day| Phrase::Fixed(Stretch::Day(day));
        match (self.count, self.mark, self.digits) {
            (3, b'-' | b'/' | b'.', [4, 1..=2, 1..=2]) => day(year(a)?, b, c).map(at),
            (3, b'-' | b'/' | b'.', [1..=2, 1..=2, long @ (2 | 4)]) => {
                if self.mark == b'.' && long == 2 {
                    return None;
                }
                let century = if c < 50 { 2000 } else { 1900 };
                let year = if long == 4 { year(c)? } else { year(c + century)? };
                let (american, european) = (day(year, a, b), day(year, b, a));
                match (american, european) {
                    _ if self.mark == b'.' => european.map(at),
                    (Some(one), Some(other)) if one != other => Some(Phrase::Either(one, other)),
                    (one, other) => one.or(other).map(at),
                }
            }
            (2, b'-' | b'/', [4, 4, _]) => {
                let (first, last) = (year(a)?, year(b)?);
                let years = first < last && last <= first + 300 && (1900..=2100).contains(&last);
                years.then_some(Phrase::FixedRange(Stretch::Year(first), Stretch::Year(last)))
            }
            (2, b'-', [4, 2, _]) if (13..=99).contains(&b) || (1..=12).contains(&b) => {
                let first = year(a)?;
                let last = first / 100 * 100 + i32::try_from(b).ok()?;
                let span = last > first && (1900..=2100).contains(&first);
                span.then_some(Phrase::FixedRange(Stretch::Year(first), Stretch::Year(last)))
            }
            (2, b'/', [4, 2, _]) => {
                let first = year(a)?;
                let next = u32::try_from((first + 1) % 100).ok()? == b && (1900..=2100).contains(&first);
                next.then_some(Phrase::FixedRange(Stretch::Year(first), Stretch::Year(first + 1)))
            }
            _ => None,
        }
    }
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
        return (known && !rounded).then(|| Found::new(Phrase::Fixed(Stretch::Decade(decade)), from, at + 1, "decade"));
    }
    let dash = before.is_mark(b'-') && words.before(from, 2).class == Class::Part;
    let decades_and = matches!(before.class, Class::And | Class::Or | Class::To)
        && matches!(words.before(from, 2).class, Class::Decade | Class::DecadeWord);
    let led = matches!(before.class, Class::The | Class::Part) || dash || decades_and || from < at;
    let degrees = token.class == Class::Decade && decade < 2 || words.says(at + 1, "degrees");
    let from = if from < at { from } else { at };
    (led && !degrees).then(|| Found::new(Phrase::Fixed(Stretch::Decade(190 + decade)), from, at + 1, "decade"))
}

/// "Q3 2015", "FY2015", "'82".
pub(super) fn code(words: &Words, at: usize) -> Option<Found> {
    let token = words.at(at);
    if token.is_mark(b'\'') {
        return year_of_two_digits(words, at);
    }
    if token.class != Class::Other || !token.is(CAPITAL) || token.len() > 6 {
        return None;
    }
    let name = words.words(at).as_bytes();
    match name {
        [b'Q', quarter @ b'1'..=b'4'] => {
            let (year, to) = year_after(words, at + 1);
            let quarter = u32::from(quarter - b'0');
            Some(Found::new(Phrase::Quarter { quarter, which: Which::Unsaid, year }, at, to, "quarter-code"))
        }
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
    let token = words.at(at + 1);
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
    let two = token.class == Class::Number && token.len() == 2 && !token.is(SPACED);
    if !led || !two || words.at(at + 2).is_mark(b'\'') || matches!(words.class(at + 2), Class::Count | Class::Units) {
        return None;
    }
    let short = i32::from(token.value);
    let year = if short < 40 { 2000 + short } else { 1900 + short };
    Some(Found::new(Phrase::Fixed(Stretch::Year(year)), at, at + 2, "year-of-two-digits"))
}
