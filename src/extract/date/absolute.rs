//! Phrases that name a day or a month: "18 September 2015", "Sept. 18", "in March", "Friday, May 3".
//!
//! A year or a day may be left unsaid; what is meant then is not decided here.

use super::figures::Run;
use super::lexicon::Class;
use super::phrase::{Found, Phrase, Unit, Which, Year, is_unit};
use super::scan::{CAPITAL, SPACED, Token, Words};
use super::year::{year_after, year_number};
use super::{Stretch, names, no_day, relative, year};
use crate::text::day::Day;

/// A day of the month in figures, or "18th".
fn day_number(token: Token) -> Option<u32> {
    let figures = token.class == Class::Number && token.len() <= 2;
    let ordinal = token.class == Class::Ordinal;
    ((figures || ordinal) && (1..=31).contains(&token.number())).then_some(token.number())
}

/// Whether the token is a month's name beside a day or a year, where short names and small letters count.
pub(super) fn month_name(token: Token) -> Option<u32> {
    matches!(token.class, Class::Month | Class::MonthShort).then_some(token.number())
}

/// A date that begins with a month: "September 18, 2015", "Sept. 3-5", "March 2014", "March".
pub(super) fn month(words: &Words, at: usize) -> Option<Found> {
    let token = words.at(at);
    let month = month_name(token)?;
    // "every May 1" is no day that is known.
    if words.before(at, 1).class == Class::Every {
        return None;
    }
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
    // In small letters these are verbs and an adjective.
    if !token.is(CAPITAL) && matches!(month, 3 | 5 | 8) {
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
    let (day, next) = match spelled_day(words, next) {
        Some(spelled) => spelled,
        None => (day_number(words.at(next))?, next),
    };
    // "In May 20 people were hurt", but "On May 1 workers marched".
    let counted = words.at(next).class == Class::Number && words.class(next + 1) == Class::Count;
    let one = day == 1 && words.words(next + 1).ends_with('s');
    if counted && !one && !matches!(words.before(at, 1).class, Class::On | Class::By | Class::Until) {
        return None;
    }
    // "It may 2 be", but "on may 2".
    let verb = !words.at(at).is(CAPITAL) && matches!(month, 3 | 5);
    let before = words.before(at, 1);
    let led = matches!(
        before.class,
        Class::On
            | Class::By
            | Class::Until
            | Class::Since
            | Class::From
            | Class::Before
            | Class::After
            | Class::Weekday
    );
    if verb && !led && !before.is_mark(b',') && at > 0 {
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
pub(super) fn day_pair(words: &Words, at: usize) -> Option<(u32, u32)> {
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
    let joins = matches!(token.class, Class::To | Class::Through | Class::Until) || token.is_mark(b'-');
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
    if !token.is(CAPITAL) || names::is_titled(words, at) {
        return false;
    }
    let clear =
        matches!(before.class, Class::In | Class::Since | Class::Until | Class::Which | Class::Part | Class::Through)
            && !words.says(at.saturating_sub(1), "past")
            || (before.class == Class::Of && words.before(at, 2).class == Class::Part);
    let part = before.is_mark(b'-') && words.before(at, 2).class == Class::Part;
    // "The October Revolution", "Black September".
    let named =
        after.class == Class::Title && after.is(CAPITAL) || before.class == Class::DayName && before.is(CAPITAL);
    if clear || part || named {
        return !named;
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
        before.is(CAPITAL) && before.class == Class::Other && !super::tense::ends_sentence(words, at.saturating_sub(1));
    let name_follows = after.is(CAPITAL) && after.is_word();
    match token.value {
        // "May" and "March" are verbs and names, too.
        3 | 5 => {
            let noun = matches!(before.class, Class::The | Class::A | Class::Person)
                && matches!(after.class, Class::Other | Class::Clause | Class::Event | Class::Count | Class::Title)
                && !after.is(CAPITAL)
                && !words.says(at + 1, "for");
            let verb = matches!(after.class, Class::Past | Class::Future) || possessive;
            // Nobody is called March as readily as May.
            let subject = token.value == 3 && words.says(at + 1, "was") && before.class != Class::The && !follows_name;
            (weak && !verb && !name_follows) || noun || subject
        }
        // "April", "June" and "August" are names.
        4 | 6 | 8 => !name_follows && (weak || !speaks(words, at) && (possessive || !follows_name)),
        _ => !follows_name || weak || possessive,
    }
}

/// "April told", "April, 34,".
fn speaks(words: &Words, at: usize) -> bool {
    let (next, age) = (words.at(at + 1), words.at(at + 2));
    let aged = next.is_mark(b',') && age.class == Class::Number && age.len() <= 2 && words.at(at + 3).is_mark(b',');
    aged || next.class == Class::Past && next.value == super::tense::REPORTING
}

/// "Friday", "Friday, Sept. 18", "Friday 18 September 2015", "Friday the 13th", "Friday of last week".
pub(super) fn weekday(words: &Words, at: usize) -> Option<Found> {
    let token = words.at(at);
    let weekday = token.number();
    let mut next = at + 1;
    let short = token.class == Class::WeekdayShort;
    if short && no_day::is_sun(words, at) {
        return None;
    }
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
    if short && open == at + 2 && short_alone(words, at) {
        return Some(Found::new(Phrase::Weekday { weekday, which: Which::Unsaid }, at, at + 2, "weekday"));
    }
    if short || open != at + 1 {
        return None;
    }
    relative::weekday(words, at, at, Which::Unsaid)
}

/// Whether a short name with its full stop is a weekday without a day beside it: "on Mon.", "Mon. and Tues.", "Mon.-Fri."
fn short_alone(words: &Words, at: usize) -> bool {
    let joint = |at: usize| {
        let token = words.at(at);
        matches!(token.class, Class::And | Class::Or | Class::To | Class::Through) || token.is_mark(b'-')
    };
    let day = |at: usize| matches!(words.class(at), Class::Weekday | Class::WeekdayShort);
    let listed = at >= 3 && joint(at - 1) && (day(at - 2) || words.at(at - 2).is_mark(b'.') && day(at - 3));
    words.before(at, 1).class == Class::On || joint(at + 2) && day(at + 3) || listed
}

/// A date that begins with figures alone: a day before its month, or a year.
pub(super) fn number(words: &Words, at: usize) -> Option<Found> {
    let token = words.at(at);
    match day_number(token) {
        Some(day) => day_and_month(words, at, day),
        None => year::year(words, at),
    }
}

/// "twenty-first": the day, and the token of its ordinal.
fn spelled_day(words: &Words, at: usize) -> Option<(u32, usize)> {
    let tens = words.at(at);
    let next = if words.at(at + 1).is_mark(b'-') { at + 2 } else { at + 1 };
    let ones = words.at(next);
    let spelled = tens.class == Class::NumberWord && matches!(tens.value, 20 | 30) && ones.class == Class::Ordinal;
    let day = tens.number() + ones.number();
    (spelled && ones.value < 10 && day <= 31).then_some((day, next))
}

/// "the twenty-first of June".
pub(super) fn spelled(words: &Words, at: usize) -> Option<Found> {
    let (day, last) = spelled_day(words, at)?;
    day_and_month(words, last, day).map(|found| Found { from: at, ..found })
}

/// "18 September 2015", "18th of September", "3 to 5 May".
fn day_and_month(words: &Words, at: usize, day: u32) -> Option<Found> {
    let hyphen = |at: usize| words.at(at).is_mark(b'-') && !words.at(at).is(SPACED) && !words.at(at + 1).is(SPACED);
    // "14-Sep-2015"
    if hyphen(at + 1)
        && hyphen(at + 3)
        && let (Some(month), Some(year)) = (month_name(words.at(at + 2)), year_number(words.at(at + 4)))
    {
        return Some(Found::new(date(month, day, None, Year::Is(year)), at, at + 5, "day-month"));
    }
    let (to, last) = match words.at(at + 1) {
        token
            if matches!(token.class, Class::To | Class::Through | Class::Until | Class::And) || token.is_mark(b'-') =>
        {
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
    if let Some(found) = day_of_month(words, at, day) {
        return Some(found);
    }
    let (first, last) = listed(words, at);
    let after = words.at(last + 1);
    let noun = after.is_word()
        && matches!(after.class, Class::Other | Class::Unit | Class::Units | Class::Count | Class::Half);
    let number = matches!(after.class, Class::Number | Class::Figures | Class::Junk) || after.is_mark(b'-');
    let lead = words.before(first, 2).class;
    let led = words.before(first, 1).class == Class::The
        && matches!(lead, Class::On | Class::Since | Class::Until | Class::By);
    (led && !noun && !number && in_figures(words, at))
        .then(|| Found::new(Phrase::DayNumber { day, weekday: None }, at, at + 1, "day-number"))
}

/// "the 14th of last month", "the 14th of the following month", and "the 14th ult." in old papers.
fn day_of_month(words: &Words, at: usize, day: u32) -> Option<Found> {
    let found = |months, that, to| {
        let phrase = Phrase::DayOfMonth { day, months, that };
        in_figures(words, at).then(|| Found::new(phrase, at, to, "day-of-month"))
    };
    for (word, months) in [("inst", 0), ("ult", -1), ("prox", 1)] {
        if words.says(at + 1, word) {
            return found(months, false, at + 2);
        }
    }
    let the = usize::from(words.class(at + 2) == Class::The);
    let which = at + 2 + the;
    let token = words.at(which);
    if words.class(at + 1) != Class::Of || token.class != Class::Which || !is_unit(words, which + 1, Unit::Month) {
        return None;
    }
    let beside = relative::steps(token).filter(|months| the == 1 || *months == 0);
    match (beside, token.value) {
        (Some(months), _) => found(months, true, which + 2),
        (None, relative::LAST) => found(-1, false, which + 2),
        (None, relative::NEXT | relative::COMING) => found(1, false, which + 2),
        (None, relative::THIS) => found(0, false, which + 2),
        _ => None,
    }
}

/// The first and the last token of a list of days in which a day stands: "the 10th, 11th and 12th".
fn listed(words: &Words, at: usize) -> (usize, usize) {
    let day = |at: usize| words.class(at) == Class::Ordinal && in_figures(words, at);
    let joint = |at: usize| words.at(at).is_mark(b',') || matches!(words.class(at), Class::And | Class::Or);
    let joints = |ats: [usize; 2]| 1 + usize::from(joint(ats[1]));
    let (mut first, mut last) = (at, at);
    for _ in 0..6 {
        if joint(last + 1) {
            let next = last + 1 + joints([last + 1, last + 2]);
            last = if day(next) { next } else { last };
        }
        if first >= 3 && joint(first - 1) {
            let before = first - 1 - joints([first - 1, first - 2]);
            first = if day(before) { before } else { first };
        }
    }
    (first, last)
}

fn in_figures(words: &Words, at: usize) -> bool {
    words.words(at).starts_with(|c: char| c.is_ascii_digit())
}
