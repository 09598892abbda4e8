//! What is written of units of the calendar in German: "letzte Woche", "vor drei Tagen", "Ende des Jahres", "im ersten Quartal", "Sommer 2014".
//!
//! Days and months that are named are in `german`.

use super::absolute::date;
use super::anchor;
use super::figures::Run;
use super::german::{weekday_from, year_behind};
use super::lexicon::Class;
use super::phrase::{Found, Phrase, Unit, Which, Year, is_unit, is_units};
use super::relative::{self, LAST, NEXT};
use super::scan::{CAPITAL, HOLIDAY, Token, Words};
use super::tense::{self, Tense};
use super::year::{year_after, year_number};
use super::{Season, Stretch, count, german_tense, holiday};

/// "vorletzte" and "übernächste", by their values in the lexicon.
const LAST_BUT_ONE: u16 = 11;
const NEXT_BUT_ONE: u16 = 12;

/// The value of "danach" and "zuvor", which stand behind a unit without a number, too.
const BARE: u16 = 0;

/// "letzte Woche", "kommenden Freitag", "vergangenen Mai", "die nächsten drei Tage", "am folgenden Tag".
pub(super) fn which(words: &Words, at: usize) -> Option<Found> {
    let value = words.at(at).value;
    let next = words.at(at + 1);
    let twice = matches!(value, LAST_BUT_ONE | NEXT_BUT_ONE);
    match next.class {
        Class::Unit if is_unit(words, at + 1, Unit::Week) && week(words, at).is_some() => week(words, at),
        Class::Unit if twice => {
            let unit = Unit::numbered(next.number())?;
            let count = if value == LAST_BUT_ONE { -2 } else { 2 };
            Some(Found::new(Phrase::Ago { count, unit }, at, at + 2, "which-unit"))
        }
        Class::Unit => {
            let unit = Unit::numbered(next.number())?;
            // "am nächsten Tag", "das letzte Jahr des Krieges", "diese Tage".
            let (phrase, rule) = match (value, unit) {
                (relative::FOLLOWING, _) => (Phrase::Shift { count: 1, unit }, "from-last-date"),
                (relative::SAME | relative::THAT, _) => (Phrase::Shift { count: 0, unit }, "from-last-date"),
                (NEXT, Unit::Day) if words.says(at + 1, "Tag") => (Phrase::Shift { count: 1, unit }, "from-last-date"),
                (_, Unit::Day) => return None,
                _ if words.class(at + 2) == Class::Of => return None,
                _ => (Phrase::Unit { unit, which: which_of(value) }, "which-unit"),
            };
            Some(Found::new(phrase, at, at + 2, rule))
        }
        Class::Half => Some(Found::new(Phrase::Vague, at, at + 2, "which-unit")).filter(|_| value != relative::SAME),
        Class::Weekday if !twice && next.is(CAPITAL) => match value {
            relative::FOLLOWING => {
                let phrase = Phrase::WeekdayBeside { weekday: next.number(), side: 1 };
                Some(Found::new(phrase, at, at + 2, "from-last-date"))
            }
            _ => weekday_from(words, at, at + 1, which_of(value)),
        },
        Class::Month if next.is(CAPITAL) => {
            let phrase = Phrase::Month { month: next.number(), which: which_of(value), year: Year::Unsaid };
            Some(Found::new(phrase, at, at + 2, "which-month"))
        }
        Class::Season if !twice => {
            let phrase =
                Phrase::Season { season: Season::of_number(next.number()), which: which_of(value), year: Year::Unsaid };
            Some(Found::new(phrase, at, at + 2, "which-season"))
        }
        Class::NumberWord | Class::Number => count::window(words, at),
        _ if next.is(HOLIDAY) && next.is(CAPITAL) => {
            let found = holiday::here(words, at + 1)?;
            let Phrase::Holiday { index, year, .. } = found.phrase else { return None };
            Some(Found { phrase: Phrase::Holiday { index, which: which_of(value), year }, from: at, ..found })
        }
        _ => None,
    }
}

/// "nächste Woche Montag", "übernächste Woche am Freitag", "die letzte Woche im Juli".
fn week(words: &Words, at: usize) -> Option<Found> {
    let value = words.at(at).value;
    let month = words.at(at + 3);
    if value == LAST && matches!(words.class(at + 2), Class::In | Class::Of) && month.class == Class::Month {
        let (year, to) = year_behind(words, at + 4);
        let phrase = Phrase::NthWeek { nth: 99, month: month.number(), year };
        return Some(Found::new(phrase, at, to, "week-of-month"));
    }
    let day = at + 2 + usize::from(words.class(at + 2) == Class::On);
    let weeks = match value {
        LAST => -1,
        NEXT | relative::COMING => 1,
        relative::THIS => 0,
        LAST_BUT_ONE => -2,
        NEXT_BUT_ONE => 2,
        _ => return None,
    };
    let phrase = Phrase::WeekdayOf { weekday: words.at(day).number(), weeks };
    (words.class(day) == Class::Weekday).then(|| Found::new(phrase, at, day + 1, "weekday-of-week"))
}

fn which_of(value: u16) -> Which {
    match value {
        LAST => Which::Last,
        NEXT => Which::Next,
        relative::COMING => Which::Coming,
        relative::SAME | relative::THAT => Which::That,
        _ => Which::This,
    }
}

/// "vor drei Tagen", "zwei Jahre später", "drei Tage nach dem 3. Mai", "in zwei Wochen".
pub(super) fn counted(words: &Words, at: usize) -> Option<Found> {
    let vague = words.class(at) == Class::Vague || words.class(at) == Class::A && words.class(at + 1) == Class::Vague;
    let (count, to) = match vague {
        true => (1, at + 1 + usize::from(words.class(at) == Class::A)),
        false => count::amount(words, at)?,
    };
    if !matches!(words.class(to), Class::Unit | Class::Units) {
        return None;
    }
    let unit = Unit::numbered(words.at(to).number())?;
    let to = to + 1;
    let found = |phrase: Phrase, from: usize, to: usize, rule| {
        Some(Found::new(if vague { Phrase::Vague } else { phrase }, from, to, rule))
    };
    // "einen Tag zuvor", "zwei Wochen später"; a week is to the day.
    let (shift, shifted) = if unit == Unit::Week && count == 1 { (7, Unit::Day) } else { (count, unit) };
    if let Some(sign) = side(words.at(to)) {
        return found(Phrase::Shift { count: sign * shift, unit: shifted }, at, to + 1, "from-last-date");
    }
    let lead = at.wrapping_sub(1);
    // "vor zwei Jahren", "vor rund zwei Jahren"
    let lead = if words.class(lead) == Class::NumberLead { lead.wrapping_sub(1) } else { lead };
    if words.class(lead) == Class::Before {
        return found(Phrase::Ago { count: -count, unit }, lead, to, "ago");
    }
    if vague {
        return None;
    }
    let counted = anchor::Count { count, unit, to };
    if let Some(found) = anchor::beside(words, at, counted, false) {
        return Some(found);
    }
    let first = |at: usize| words.class(at) == Class::Ordinal || words.words(at).ends_with("sten");
    let ahead = words.says(lead, "in")
        && !tense::sentence(words, lead).take(6).any(first)
        && (german_tense::around(words, lead, to) == Tense::Future || words.class(to) == Class::Is);
    ahead.then(|| Found::new(Phrase::Ago { count, unit }, lead, to, "from-now"))
}

/// To which side of the date last spoken of "später" (1) and "zuvor" (-1) count.
fn side(token: Token) -> Option<i32> {
    match token.class {
        Class::Later => Some(1),
        Class::Earlier => Some(-1),
        _ => None,
    }
}

/// "Ende des Jahres", "Mitte der Woche", "am Wochenende", "der Tag nach dem 3. Mai", "am Tag darauf".
pub(super) fn part_of(words: &Words, at: usize) -> Option<Found> {
    let unit = Unit::numbered(words.at(at).number())?;
    let before = words.before(at, 1);
    if unit == Unit::Weekend {
        let led = matches!(before.class, Class::On | Class::The | Class::Of | Class::To | Class::For | Class::From);
        return led.then(|| Found::new(Phrase::Unit { unit, which: Which::Unsaid }, at, at + 1, "weekend"));
    }
    let of = matches!(before.class, Class::The | Class::Of) && words.before(at, 2).class == Class::Part;
    if of && year_number(words.at(at + 1)).is_none() && unit != Unit::Day {
        return Some(Found::new(Phrase::Unit { unit, which: Which::This }, at, at + 1, "part-of-unit"));
    }
    if unit != Unit::Day && unit != Unit::Year {
        return None;
    }
    let next = words.at(at + 1);
    if let Some(count) = side(next).filter(|_| next.value == BARE) {
        return Some(Found::new(Phrase::Shift { count, unit }, at, at + 2, "from-last-date"));
    }
    anchor::beside(words, at, anchor::Count { count: 1, unit, to: at + 1 }, false).filter(|_| unit == Unit::Day)
}

/// "im Vorjahr", "am Vortag", "im Folgejahr".
pub(super) fn beside(words: &Words, at: usize) -> Option<Found> {
    let token = words.at(at);
    let unit = Unit::numbered(token.number())?;
    let after = token.class == Class::UnitAfter;
    let phrase = if after || unit == Unit::Day {
        Phrase::Shift { count: if after { 1 } else { -1 }, unit }
    } else {
        Phrase::Unit { unit, which: Which::Last }
    };
    Some(Found::new(phrase, at, at + 1, if after { "from-last-date" } else { "which-unit" }))
}

/// "im Sommer", "Sommer 2014", "im Winter 2013/14".
pub(super) fn season(words: &Words, at: usize) -> Option<Found> {
    let season = Season::of_number(words.at(at).number());
    let phrase = |year| Phrase::Season { season, which: Which::Unsaid, year };
    if let (year @ (Year::Is(_) | Year::From(_)), to) = year_after(words, at + 1) {
        return Some(Found::new(phrase(year), at, to, "season-year"));
    }
    let winter = Run::read(words.words(at + 1)).filter(|_| words.class(at + 1) == Class::Figures);
    if let Some(year) = winter.filter(|run| run.mark == b'/' && run.count == 2 && run.digits[0] == 4) {
        let year = Year::Is(i32::try_from(year.numbers[0]).ok()?);
        return Some(Found::new(phrase(year), at, at + 2, "season-year"));
    }
    let led = matches!(words.before(at, 1).class, Class::In | Class::Since | Class::To | Class::Part);
    led.then(|| Found::new(phrase(Year::Unsaid), at, at + 1, "season"))
}

/// "im ersten Quartal 2014", "das zweite Halbjahr", "am ersten Mai", "am ersten Montag im Mai".
pub(super) fn ordinal(words: &Words, at: usize) -> Option<Found> {
    let nth = words.at(at).number();
    let next = words.at(at + 1);
    let of_month = || {
        let month = words.at(at + 3);
        let joint = matches!(words.class(at + 2), Class::In | Class::Of);
        (joint && month.class == Class::Month).then(|| (month.number(), year_behind(words, at + 4)))
    };
    match next.class {
        Class::Unit if is_unit(words, at + 1, Unit::Quarter) && nth <= 4 => {
            let (year, to) = year_after(words, at + 2);
            Some(Found::new(Phrase::Quarter { quarter: nth, which: Which::Unsaid, year }, at, to, "quarter"))
        }
        Class::Half if nth <= 2 => match year_after(words, at + 2) {
            (Year::Unsaid, to) => {
                Some(Found::new(Phrase::Half { half: nth, year: Year::From(0) }, at, to, "half-year"))
            }
            (year, to) => Some(Found::new(Phrase::Half { half: nth, year }, at, to, "half-year")),
        },
        Class::Month if next.is(CAPITAL) => {
            let (year, to) = year_behind(words, at + 2);
            Some(Found::new(date(next.number(), nth, None, year), at, to, "day-month"))
        }
        Class::Weekday => {
            let (month, (year, to)) = of_month()?;
            let phrase = Phrase::Nth { nth, weekday: next.number(), month, year };
            Some(Found::new(phrase, at, to, "weekday-of-month"))
        }
        Class::Unit if is_unit(words, at + 1, Unit::Week) => {
            let (month, (year, to)) = of_month()?;
            Some(Found::new(Phrase::NthWeek { nth, month, year }, at, to, "week-of-month"))
        }
        _ => None,
    }
}

/// "in den 1990er Jahren", "die 90er", "in den neunziger Jahren".
pub(super) fn decade(words: &Words, at: usize) -> Option<Found> {
    let token = words.at(at);
    let hyphen = usize::from(words.at(at + 1).is_mark(b'-'));
    let noun = at + 1 + hyphen;
    let years = is_unit(words, noun, Unit::Year) || is_units(words, noun, Unit::Year);
    let to = if years { at + 2 + hyphen } else { at + 1 };
    let decade = i32::from(token.value) / 10;
    let long = token.class == Class::Decade && token.value >= 1000;
    let led = matches!(words.before(at, 1).class, Class::The | Class::Of | Class::Part);
    // "in ihren 50ern", "Er ist in den Achtzigern." are ages.
    let is = words.before(at, 2).class == Class::In && words.before(at, 3).class == Class::Is;
    let age = is && !years && !words.at(to).is_word();
    if !(years || led) || words.before(at, 1).class == Class::Person || age {
        return None;
    }
    let phrase = if long { Phrase::Fixed(Stretch::Decade(decade)) } else { Phrase::ShortDecade(decade) };
    (!long || (160..=226).contains(&decade)).then(|| Found::new(phrase, at, to, "decade"))
}
