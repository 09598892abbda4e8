//! What is written of days in German: "am 3. Mai 2014", "vom 3. bis 5. Mai", "im vergangenen Jahr", "vor drei Tagen", "Anfang Mai".
//!
//! Nouns have capitals, the day stands before its month with a full stop, and "vor" before what is counted; so a name of a month alone
//! counts only where a word leads to it. What the phrases mean is the same as in English.

use super::absolute::{date, day_pair, month_name};
use super::anchor::Anchor;
use super::figures::{self, Run};
use super::lexicon::Class;
use super::phrase::{Found, Phrase, Unit, Which, Year, is_unit};
use super::relative::{self, LAST, NEXT};
use super::scan::{CAPITAL, HOLIDAY, SPACED, Words};
use super::tense;
use super::year::{self, year_after};
use super::{Stretch, count, german_units, holiday, names};

/// The phrase that begins at this very token.
pub(super) fn here(words: &Words, at: usize) -> Option<Found> {
    let token = words.at(at);
    if token.is(HOLIDAY)
        && let Some(found) = holiday::here(words, at)
    {
        return Some(found);
    }
    match token.class {
        Class::Other | Class::Mark => year::code(words, at),
        Class::Month | Class::MonthShort => month(words, at),
        Class::Weekday => weekday(words, at),
        Class::Number => number(words, at),
        Class::NumberWord | Class::A | Class::Vague => german_units::counted(words, at),
        Class::Figures => figures(words, at),
        Class::Ordinal => german_units::ordinal(words, at),
        Class::Decade | Class::DecadeWord => german_units::decade(words, at),
        Class::Today => today(words, at),
        Class::TodayLike => {
            let day = words.class(at + 1) == Class::Weekday || words.class(at + 1) == Class::Unit;
            day.then(|| Found::new(Phrase::Today(i32::from(token.value) - 10), at, at + 2, "today"))
        }
        Class::Which => german_units::which(words, at),
        Class::Unit => german_units::part_of(words, at),
        Class::UnitBefore | Class::UnitAfter => german_units::beside(words, at),
        Class::UnitEnd => {
            let unit = Unit::numbered(token.number())?;
            match year_after(words, at + 1) {
                (Year::Is(year), to) if unit == Unit::Year => {
                    Some(Found::new(Phrase::Fixed(Stretch::Year(year)), at, to, "part-of-unit"))
                }
                _ => Some(Found::new(Phrase::Unit { unit, which: Which::This }, at, at + 1, "part-of-unit")),
            }
        }
        Class::Season => german_units::season(words, at),
        _ => None,
    }
}

/// The token behind a day of the month in figures and its full stop, and the day.
fn dotted_day(words: &Words, at: usize) -> Option<(u32, usize)> {
    let token = words.at(at);
    let day = token.class == Class::Number && token.len() <= 2 && (1..=31).contains(&token.value);
    let dot = words.at(at + 1);
    (day && dot.is_mark(b'.') && !dot.is(SPACED)).then_some((token.number(), at + 2))
}

/// "3. Mai 2014", "3. bis 5. Mai", "3./4. Mai"; a year; or what is counted.
fn number(words: &Words, at: usize) -> Option<Found> {
    if let Some((day, next)) = dotted_day(words, at) {
        let joint = words.at(next);
        let joins =
            matches!(joint.class, Class::To | Class::And | Class::Or) || joint.is_mark(b'-') || joint.is_mark(b'/');
        let skipped = next + 1 + usize::from(matches!(words.class(next + 1), Class::On | Class::The));
        if let Some((last, to)) = dotted_day(words, skipped).filter(|(last, _)| joins && *last > day)
            && let Some(month) = month_name(words.at(to))
        {
            let (year, to) = year_behind(words, to + 1);
            return Some(Found::new(Phrase::Dates { month, first: day, last, year }, at, to, "days-of-month"));
        }
        if let Some(month) = month_name(words.at(next)) {
            let (year, to) = year_behind(words, next + 1);
            return Some(Found::new(date(month, day, None, year), at, to, "day-month"));
        }
        // "am 3. 5. 2014", "am Montag, dem 3."
        if let Some((month, next)) = dotted_day(words, next).filter(|(month, _)| *month <= 12) {
            let (year, to) = year_behind(words, next);
            return Some(Found::new(date(month, day, None, year), at, to, "day-month"));
        }
        let led = words.class(at.wrapping_sub(1)) == Class::On;
        let noun = words.at(next).is_word() && words.at(next).is(CAPITAL);
        return (led && !noun).then(|| Found::new(Phrase::DayNumber { day, weekday: None }, at, at + 1, "day-number"));
    }
    let token = words.at(at);
    // "5 Mai 2014", and "3 bis 5. Mai".
    if token.len() <= 2
        && (1..=31).contains(&token.value)
        && words.at(at + 1).is(CAPITAL)
        && let Some(month) = month_name(words.at(at + 1))
    {
        let (year, to) = year_behind(words, at + 2);
        return Some(Found::new(date(month, token.number(), None, year), at, to, "day-month"));
    }
    year(words, at).or_else(|| german_units::counted(words, at))
}

/// The year behind a month, also behind the full stop of a short name.
pub(super) fn year_behind(words: &Words, at: usize) -> (Year, usize) {
    let dot = words.before(at, 1).class == Class::MonthShort && words.at(at).is_mark(b'.');
    let (year, to) = year_after(words, at + usize::from(dot));
    if year == Year::Unsaid { (year, at) } else { (year, to) }
}

/// Four digits that are a year, where no noun is counted with them: "2000 Menschen", "1900 Betten".
fn year(words: &Words, at: usize) -> Option<Found> {
    let next = words.at(at + 1);
    let before = words.before(at, 1);
    let led = matches!(
        before.class,
        Class::In
            | Class::Since
            | Class::Part
            | Class::Season
            | Class::Unit
            | Class::UnitEnd
            | Class::Month
            | Class::Which
    );
    let round = words.at(at).value.is_multiple_of(50);
    let noun = next.class == Class::Other && next.is(CAPITAL) && round && !led;
    if noun || before.class == Class::By {
        return None;
    }
    year::year(words, at)
}

/// "Mai 2014", "im Mai", "Anfang Mai", "Mai vergangenen Jahres".
fn month(words: &Words, at: usize) -> Option<Found> {
    let token = words.at(at);
    let month = token.number();
    // "jeden Mai", "im Mai jeden Jahres".
    let every = |at: usize| words.class(at) == Class::Every;
    if !token.is(CAPITAL) || at > 0 && every(at - 1) || every(at + 1) {
        return None;
    }
    match year_behind(words, at + 1) {
        (Year::Unsaid, _) => {}
        (Year::Is(year), to) => {
            return Some(Found::new(Phrase::Fixed(Stretch::Month(year, month)), at, to, "month-year"));
        }
        (year, to) => {
            return Some(Found::new(Phrase::Month { month, which: Which::Unsaid, year }, at, to, "month-year"));
        }
    }
    let before = words.before(at, 1);
    let joined = matches!(before.class, Class::And | Class::Or) || before.is_mark(b'-') || before.is_mark(b'/');
    let led = matches!(
        before.class,
        Class::In | Class::Since | Class::To | Class::From | Class::Between | Class::Part | Class::Of | Class::On
    ) || joined && matches!(words.before(at, 2).class, Class::Month)
        || before.class == Class::To && words.before(at, 2).class == Class::Month;
    (led && token.class == Class::Month)
        .then(|| Found::new(Phrase::Month { month, which: Which::Unsaid, year: Year::Unsaid }, at, at + 1, "month"))
}

/// "Montag", "Montagabend", "Montag, dem 5. Mai", "Montag vergangener Woche".
fn weekday(words: &Words, at: usize) -> Option<Found> {
    let token = words.at(at);
    if !token.is(CAPITAL) || words.before(at, 1).class == Class::Every || names::is_surname(words, at) {
        return None;
    }
    // "Montags geschlossen", but "im Verlauf des Montags"; "es war ein Montag".
    let genitive = words.words(at).ends_with('s');
    if genitive && words.before(at, 1).class != Class::Of || words.before(at, 1).class == Class::A {
        return None;
    }
    // "Bild am Sonntag", "„Rundschau am Sonntag“".
    let paper = words.before(at, 1).class == Class::On && words.before(at, 2).class == Class::Title;
    let closes = words.at(at + 1).is_mark(b'"') && !words.at(at + 1).is(SPACED);
    if paper || closes && (2..5).any(|back| words.before(at, back).is_mark(b'"')) {
        return None;
    }
    weekday_from(words, at, at, Which::Unsaid)
}

pub(super) fn weekday_from(words: &Words, from: usize, at: usize, which: Which) -> Option<Found> {
    let weekday = words.at(at).number();
    let part = words.class(at + 1) == Class::Daypart || words.says(at + 1, "Morgen");
    let to = at + 1 + usize::from(part);
    let mut next = to + usize::from(words.at(to).is_mark(b',') || words.at(to).is_mark(b'('));
    next += usize::from(matches!(words.class(next), Class::The | Class::On));
    let inner = match words.class(next) {
        Class::Number => number(words, next),
        Class::Figures => figures(words, next),
        Class::Ordinal => german_units::ordinal(words, next),
        _ => None,
    };
    if words.class(next.wrapping_sub(1)) == Class::The
        && inner.is_none()
        && let Some((day, _)) = dotted_day(words, next)
    {
        let phrase = Phrase::DayNumber { day, weekday: Some(weekday) };
        return Some(Found::new(phrase, from, next + 1, "weekday-day"));
    }
    if let Some(inner) = inner {
        let phrase = match inner.phrase {
            Phrase::Date { month, day, year, .. } => Some(date(month, day, Some(weekday), year)),
            Phrase::DayNumber { day, .. } => Some(Phrase::DayNumber { day, weekday: Some(weekday) }),
            Phrase::Fixed(Stretch::Day(_)) => Some(inner.phrase),
            _ => None,
        };
        if let Some(phrase) = phrase {
            return Some(Found::new(phrase, from, inner.to, "weekday-date"));
        }
    }
    if which == Which::Unsaid && words.class(to) == Class::Which && is_unit(words, to + 1, Unit::Week) {
        let weeks = match words.at(to).value {
            LAST => -1,
            NEXT | relative::COMING => 1,
            _ => 0,
        };
        return Some(Found::new(Phrase::WeekdayOf { weekday, weeks }, from, to + 2, "weekday-of-week"));
    }
    let rule = if which == Which::Unsaid { "weekday" } else { "which-weekday" };
    Some(Found::new(Phrase::Weekday { weekday, which }, from, to, rule))
}

/// "heute", "gestern Abend"; "Morgen" with a capital is tomorrow only at the head of a sentence.
fn today(words: &Words, at: usize) -> Option<Found> {
    let token = words.at(at);
    let opens = at == 0 || tense::ends_sentence(words, at - 1) || words.before(at, 1).is_mark(b'"');
    if token.value == 11 && token.is(CAPITAL) && !opens {
        return None;
    }
    // "der heute 45-Jährige"
    let hyphen = words.at(at + 2).is_mark(b'-');
    if words.class(at + 1) == Class::Number && hyphen && words.words(at + 3).to_lowercase().starts_with("jährig") {
        return None;
    }
    let part = words.class(at + 1) == Class::Daypart || words.says(at + 1, "Morgen") && words.at(at + 1).is(CAPITAL);
    // "heute vor 75 Jahren"
    let number = at + 2 + usize::from(words.says(at + 2, "genau"));
    if words.class(at + 1) == Class::Before
        && let Some((count, to)) = count::amount(words, number)
        && matches!(words.class(to), Class::Unit | Class::Units)
        && let Some(unit) = Unit::numbered(words.at(to).number())
    {
        let phrase = Phrase::Counted { count: -count, unit, exact: true };
        let anchor = Anchor { phrase: Phrase::Today(i32::from(token.value) - 10), from: at, to: to + 1 };
        return Some(Found { anchor: Some(anchor), ..Found::new(phrase, at, to + 1, "from-named-day") });
    }
    Some(Found::new(Phrase::Today(i32::from(token.value) - 10), at, at + 1 + usize::from(part), "today"))
}

/// "3.5.2014", "03.05.14", "3.5.", and runs that mean the same in English.
fn figures(words: &Words, at: usize) -> Option<Found> {
    let run = Run::read(words.words(at));
    let dot = words.at(at + 1).is_mark(b'.') && !words.at(at + 1).is(SPACED);
    if let Some(Run { numbers: [day, month, year], digits: [1..=2, 1..=2, long], count, mark: b'.' }) = run {
        let clock = words.class(at + 1) == Class::Clock;
        if count == 3 && long == 2 {
            let year = i32::try_from(year).ok()?;
            let year = if year < 50 { 2000 + year } else { 1900 + year };
            let day = crate::text::day::Day::new(year, month, day)?;
            return Some(Found::new(Phrase::Fixed(Stretch::Day(day)), at, at + 1, "figures"));
        }
        let led = matches!(words.before(at, 1).class, Class::On | Class::From | Class::To | Class::Since | Class::The)
            || [b',', b'('].iter().any(|mark| words.before(at, 1).is_mark(*mark))
                && words.before(at, 2).class == Class::Weekday;
        let on = words.before(at, 1).class == Class::On;
        if count == 2 && !clock && led && (dot || on) {
            let possible = (1..=12).contains(&month) && (1..=31).contains(&day);
            let to = at + 1 + usize::from(dot && !tense::ends_sentence(words, at + 1));
            let (year, to) = year_behind(words, to);
            return possible.then(|| Found::new(date(month, day, None, year), at, to, "figures"));
        }
        if count == 2 {
            return None;
        }
    }
    // "3.-5. Mai" is one run only without full stops: "3-5. Mai".
    if let Some((first, last)) = day_pair(words, at)
        && dot
        && let Some(month) = month_name(words.at(at + 2))
    {
        let (year, to) = year_behind(words, at + 3);
        return Some(Found::new(Phrase::Dates { month, first, last, year }, at, to, "days-of-month"));
    }
    figures::figures(words, at)
}
