//! Steps between stretches of the calendar: which of several days or months is meant, by the tense and by how far each lies.
//!
//! It knows neither words nor the day of publication.

use super::Stretch;
use super::phrase::{Unit, Which};
use super::tense::Tense;
use crate::text::day::Day;

/// The first such month that does not lie before a stretch.
pub(super) fn after(last: Stretch, month: u32) -> Stretch {
    let first = last.days().0;
    Stretch::Month(first.year() + i32::from(month < first.month() && !matches!(last, Stretch::Year(_))), month)
}

/// The unit that a stretch lies in, where it is not longer than that unit.
pub(super) fn whole(stretch: Stretch, unit: Unit) -> Option<Stretch> {
    let (year, month) = match stretch {
        Stretch::Year(year) => (year, None),
        Stretch::Decade(_) => return None,
        _ => {
            let first = stretch.days().0;
            (first.year(), Some(first.month()))
        }
    };
    let fine = matches!(stretch, Stretch::Day(_) | Stretch::Week(..) | Stretch::Month(..));
    match unit {
        Unit::Day => matches!(stretch, Stretch::Day(_)).then_some(stretch),
        Unit::Week => match stretch {
            Stretch::Day(day) => Some(Stretch::week_of(day)),
            Stretch::Week(..) => Some(stretch),
            _ => None,
        },
        Unit::Month => month.filter(|_| fine).map(|month| Stretch::Month(year, month)),
        Unit::Quarter if matches!(stretch, Stretch::Quarter(..)) => Some(stretch),
        Unit::Quarter => month.filter(|_| fine).map(|month| Stretch::Quarter(year, month.div_ceil(3))),
        Unit::Year => Some(Stretch::Year(year)),
        Unit::Decade => Some(Stretch::Decade(year.div_euclid(10))),
        Unit::Weekend => None,
    }
}

/// Steps to the one that the tense means, where the last one of that name began `back` steps ago, of `cycle`; without a
/// tense it is that one, unless it lies `far` steps or more back.
pub(super) fn by_tense(back: i32, cycle: i32, far: i32, tense: Tense) -> i32 {
    match tense {
        Tense::Past => -back,
        Tense::Future if back == 0 => 0,
        Tense::Future => cycle - back,
        Tense::Meant if back * 2 > cycle => cycle - back,
        Tense::Unknown if back >= far => cycle - back,
        Tense::Unknown | Tense::Meant => -back,
    }
}

/// Steps to "last" and "next": never to the present one.
pub(super) fn by_which(back: i32, cycle: i32, which: Which) -> i32 {
    match which {
        Which::Last | Which::Past if back == 0 => -cycle,
        Which::Last | Which::Past => -back,
        _ => cycle - back,
    }
}

/// The nearest of some days to the day of publication; days against the tense count `weight` times as far.
pub(super) fn nearest(today: Day, tense: Tense, weight: i64, days: impl Iterator<Item = Day>) -> Option<Day> {
    days.min_by_key(|day| {
        let ahead = i64::from(day.number()) - i64::from(today.number());
        match tense {
            Tense::Past if ahead > 0 => ahead * weight,
            Tense::Future if ahead < 0 => -ahead * weight,
            _ => ahead.abs(),
        }
    })
}

/// How many years past the present one "'25" may lie.
const AHEAD: i32 = 15;

/// The year of those two digits, seen from this year: the latest that is not far ahead. Without a year of publication, one of our time.
pub(super) fn short_year(this: Option<i32>, year: i32) -> i32 {
    let latest = this.map_or(2039, |this| this + AHEAD);
    latest - (latest - year).rem_euclid(100)
}

/// The same of a decade, by the last but one digit of its years: it has begun.
pub(super) fn short_decade(this: Option<i32>, tens: i32) -> i32 {
    let latest = this.map_or(199, |this| this.div_euclid(10));
    latest - (latest - tens).rem_euclid(10)
}

/// The first such weekday after a day, or the last before it where `side` is negative.
pub(super) fn beside(day: Day, weekday: u32, side: i32) -> Day {
    let step = match (side > 0, ahead(day, weekday)) {
        (true, 0) => 7,
        (true, ahead) => ahead,
        (false, ahead) => ahead - 7,
    };
    day.plus(step)
}

pub(super) fn monday(day: Day) -> Day {
    day.plus(-small(day.weekday()))
}

/// Days from `day` to the next such weekday, 0 where it is one.
pub(super) fn ahead(day: Day, weekday: u32) -> i32 {
    small((weekday + 7 - day.weekday()) % 7)
}

pub(super) fn small(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(0)
}
