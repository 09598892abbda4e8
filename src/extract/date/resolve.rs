//! Which day a phrase means, given the day of publication, the tense of its clause and the date last spoken of.
//!
//! It does not look at the text. Where something it needs is not known, the phrase stays without a value: a month of
//! publication resolves "last month" but not "yesterday".

use super::holiday;
use super::phrase::{Phrase, Unit, Which, Year};
use super::steps::{after, ahead, beside, by_tense, by_which, monday, nearest, short_decade, short_year, small, whole};
use super::tale::Tale;
use super::tense::Tense;
use super::{DateValue, Season, Stretch};
use crate::text::day::{Day, PartialDate};

/// How much further away a date against the tense of its clause seems ("he announced a Sept. 25 hearing" looks ahead).
const DATES: i64 = 5;

/// The same for holidays, which look ahead less often.
const HOLIDAYS: i64 = 8;

/// What is known when a phrase is reached.
pub(super) struct Calendar {
    /// The day, month or year of publication.
    published: Option<Stretch>,
    /// What was last spoken of.
    last: Option<Stretch>,
    /// The day last spoken of.
    last_day: Option<Day>,
    /// The tale that is being told.
    pub(super) tale: Option<Tale>,
}

impl Calendar {
    /// Before the first phrase of an article of that day.
    pub(super) fn new(published: Option<PartialDate>) -> Self {
        Self { published: published.map(Stretch::of_date), last: None, last_day: None, tale: None }
    }

    /// Whether the day of publication is known at all.
    pub(super) fn is_dated(&self) -> bool {
        self.published.is_some()
    }

    /// Keeps what was spoken of for phrases that hang on it.
    pub(super) fn remember(&mut self, value: DateValue) {
        let (DateValue::At(stretch) | DateValue::Range(_, stretch)) = value else { return };
        self.last = Some(stretch);
        if let Stretch::Day(day) = stretch {
            self.last_day = Some(day);
        }
    }

    /// What the phrase means in a clause of that tense.
    pub(super) fn value(&self, phrase: Phrase, tense: Tense) -> DateValue {
        match phrase {
            Phrase::FixedRange(first, last) => DateValue::Range(first, last),
            Phrase::Dates { month, first, last, year } => self.dates(month, first, last, year, tense),
            Phrase::Window { count, unit } => self.window(count, unit),
            Phrase::Half { half, year } => match self.year(year) {
                Some(year) if half == 1 => DateValue::Range(Stretch::Quarter(year, 1), Stretch::Quarter(year, 2)),
                Some(year) => DateValue::Range(Stretch::Quarter(year, 3), Stretch::Quarter(year, 4)),
                None => DateValue::Unresolved,
            },
            Phrase::NthWeekend { nth, month, year } => {
                let saturday = Phrase::Nth { nth, weekday: 5, month, year };
                match self.stretch(saturday, tense) {
                    Some(Stretch::Day(day)) => DateValue::Range(Stretch::Day(day), Stretch::Day(day.plus(1))),
                    _ => DateValue::Unresolved,
                }
            }
            Phrase::Unit { unit: Unit::Weekend, which } => self.weekend(which, tense),
            _ => self.stretch(phrase, tense).map_or(DateValue::Unresolved, DateValue::At),
        }
    }

    /// What a phrase of a past clause means in a tale that has reached that far: the first such day or month from there on. `value` is
    /// what it means in the news of the day, which is kept where it lies near.
    pub(super) fn in_tale(&self, phrase: Phrase, reached: Stretch, value: DateValue) -> DateValue {
        let (Some(today), DateValue::At(news)) = (self.about_today(), value) else { return value };
        let years = today.year() - reached.days().0.year();
        if years < if matches!(reached, Stretch::Year(_)) { 2 } else { 1 } {
            return value;
        }
        let first = reached.days().0;
        let begun = news.days().0 <= today;
        let recent = |days: i32| begun && (today.plus(-days)..=today).contains(&news.days().1.min(today));
        let told = match phrase {
            Phrase::Date { month, day, weekday, year: Year::Unsaid } if !recent(14) => {
                let this = Day::new(first.year(), month, day).filter(|day| *day >= first);
                let told = this.or_else(|| Day::new(first.year() + 1, month, day));
                told.filter(|day| weekday.is_none_or(|weekday| day.weekday() == weekday)).map(Stretch::Day)
            }
            Phrase::Month { month, which: Which::Unsaid, year: Year::Unsaid } if !recent(35) => {
                Some(after(reached, month))
            }
            _ => None,
        };
        told.filter(|told| told.days().1 <= today).map_or(value, DateValue::At)
    }

    /// What a phrase means that has begun: a day or month of no year that would lie ahead is that of the year before.
    pub(super) fn begun(&self, phrase: Phrase, value: DateValue) -> DateValue {
        let (Some(published), DateValue::At(stretch)) = (self.published, value) else { return value };
        let ahead = stretch.days().0 > published.days().1;
        match (phrase, stretch) {
            (Phrase::Date { year: Year::Unsaid, .. }, Stretch::Day(day)) if ahead => {
                DateValue::At(Stretch::Day(day.plus_months(-12)))
            }
            (Phrase::Month { which: Which::Unsaid, year: Year::Unsaid, .. }, Stretch::Month(..)) if ahead => {
                DateValue::At(stretch.step(-12))
            }
            _ => value,
        }
    }

    fn stretch(&self, phrase: Phrase, tense: Tense) -> Option<Stretch> {
        match phrase {
            Phrase::Fixed(stretch) => Some(stretch),
            Phrase::ShortYear(year) => Some(Stretch::Year(short_year(self.this_year(), year))),
            Phrase::ShortDecade(tens) => Some(Stretch::Decade(short_decade(self.this_year(), tens))),
            Phrase::Either(one, other) => self.likelier(one, other).map(Stretch::Day),
            Phrase::Date { month, day, weekday, year } => self.date(month, day, weekday, year, tense).map(Stretch::Day),
            Phrase::Month { month, which, year } => self.month(month, which, year, tense),
            Phrase::DayNumber { day, weekday } => self.day_number(day, weekday, tense).map(Stretch::Day),
            Phrase::Weekday { weekday, which } => self.weekday(weekday, which, tense).map(Stretch::Day),
            Phrase::WeekdayOf { weekday, weeks } => {
                Some(Stretch::Day(monday(self.today()?).plus(weeks * 7 + small(weekday))))
            }
            Phrase::WeekdayOfThat { weekday, weeks } => {
                let day = self.last_day.or_else(|| self.today())?;
                Some(Stretch::Day(monday(day).plus(weeks * 7 + small(weekday))))
            }
            Phrase::DayOfMonth { day, months, that } => {
                let from = if that { self.last.or(self.published) } else { self.published };
                let Stretch::Month(year, month) = whole(from?, Unit::Month)?.step(months) else { return None };
                Day::new(year, month, day).map(Stretch::Day)
            }
            Phrase::WeekdayBeside { weekday, side } => {
                let day = self.last_day.or_else(|| self.today())?;
                Some(Stretch::Day(beside(day, weekday, side)))
            }
            Phrase::Today(days) => Some(Stretch::Day(self.today()?.plus(days))),
            Phrase::Unit { unit, which } => {
                let steps = match which {
                    Which::Last | Which::Past => -1,
                    Which::Next | Which::Coming => 1,
                    Which::This | Which::That | Which::Unsaid => 0,
                };
                Some(whole(self.published?, unit)?.step(steps))
            }
            Phrase::Ago { count, unit } => self.ago(count, unit),
            Phrase::Shift { count, unit } => self.shift(count, unit),
            // What is counted from is not known here.
            Phrase::Counted { .. } | Phrase::WeekdayFrom { .. } => None,
            Phrase::WeekdaysAgo { weekday, count } => {
                let today = self.today()?;
                Some(Stretch::Day(beside(today, weekday, -1).plus(count.saturating_sub(1).saturating_mul(-7))))
            }
            Phrase::LastDay { month, year } => {
                Some(Stretch::Day(self.month(month, Which::Unsaid, year, tense)?.days().1))
            }
            Phrase::NextOne(unit) => match self.last {
                Some(last) if tense == Tense::Past && self.is_before(last) => {
                    let day = self.last_day.map(Stretch::Day).filter(|_| unit == Unit::Week);
                    whole(day.unwrap_or(last), unit).map(|last| last.step(1))
                }
                _ => Some(whole(self.published?, unit)?.step(1)),
            },
            Phrase::SamePeriod => self.same_period(),
            Phrase::Quarter { quarter, which, year } => self.quarter(quarter, which, year, tense),
            Phrase::Season { season, which, year } => self.season(season, which, year, tense),
            Phrase::Holiday { index, which, year } => self.holiday(index, which, year, tense).map(Stretch::Day),
            Phrase::Nth { nth, weekday, month, year } => {
                let Stretch::Month(year, month) = self.month(month, Which::Unsaid, year, tense)? else { return None };
                let nth = if nth == 99 { -1 } else { small(nth) };
                holiday::nth_weekday(year, month, weekday, nth).map(Stretch::Day)
            }
            Phrase::NthWeek { nth, month, year } => {
                let Stretch::Month(year, month) = self.month(month, Which::Unsaid, year, tense)? else { return None };
                // A week belongs to the month of its Thursday, as ISO weeks belong to years.
                let nth = if nth == 99 { -1 } else { small(nth) };
                holiday::nth_weekday(year, month, 3, nth).map(Stretch::week_of)
            }
            _ => None,
        }
    }

    /// The day of publication.
    fn today(&self) -> Option<Day> {
        match self.published? {
            Stretch::Day(day) => Some(day),
            _ => None,
        }
    }

    /// The day of publication, or one in the middle of the month of publication.
    fn about_today(&self) -> Option<Day> {
        match self.published? {
            Stretch::Day(day) => Some(day),
            Stretch::Month(year, month) => Day::new(year, month, 15),
            _ => None,
        }
    }

    fn this_year(&self) -> Option<i32> {
        self.published.map(|published| published.days().0.year())
    }

    fn year(&self, year: Year) -> Option<i32> {
        match year {
            Year::Is(year) => Some(year),
            Year::From(years) => Some(self.this_year()?.saturating_add(years)),
            Year::Beside(years) => {
                let last = self.last.map(|last| last.days().0.year());
                Some(last.or_else(|| self.this_year())?.saturating_add(years))
            }
            Year::Short(year) => Some(short_year(self.this_year(), year)),
            Year::Unsaid => None,
        }
    }

    /// Whether what was last spoken of lies before the year of publication.
    fn is_before(&self, last: Stretch) -> bool {
        self.published.is_none_or(|published| last.days().0 < published.days().0)
    }

    /// What lies so far from a day, to the day or in its own unit.
    pub(super) fn counted(&self, from: DateValue, count: i32, unit: Unit, exact: bool) -> DateValue {
        let DateValue::At(from) = from else { return DateValue::Unresolved };
        let months = match unit {
            Unit::Month => Some(count),
            Unit::Year => count.checked_mul(12),
            Unit::Decade => count.checked_mul(120),
            _ => None,
        };
        let value = match (from, unit, months) {
            (Stretch::Day(day), Unit::Week, _) if exact => Some(Stretch::Day(day.plus(count.saturating_mul(7)))),
            (Stretch::Day(day), _, Some(months)) if exact => Some(Stretch::Day(day.plus_months(months))),
            (Stretch::Week(..), _, Some(months)) if exact => {
                Some(Stretch::week_of(from.days().0.plus(3).plus_months(months)))
            }
            (Stretch::Month(..), _, Some(months)) if exact => Some(from.step(months)),
            _ => whole(from, unit).map(|from| from.step(count)),
        };
        value.map_or(DateValue::Unresolved, DateValue::At)
    }

    fn likelier(&self, one: Day, other: Day) -> Option<Day> {
        let today = self.about_today()?;
        let distance = |day: Day| i64::from(day.number()).abs_diff(i64::from(today.number()));
        let (near, far) = if distance(one) <= distance(other) { (one, other) } else { (other, one) };
        (distance(near) * 4 < distance(far)).then_some(near)
    }

    fn date(&self, month: u32, day: u32, weekday: Option<u32>, year: Year, tense: Tense) -> Option<Day> {
        if let Some(year) = self.year(year) {
            return Day::new(year, month, day);
        }
        let (today, year) = (self.about_today()?, self.this_year()?);
        let fits = |day: &Day| weekday.is_none_or(|weekday| day.weekday() == weekday);
        let reach = |years: i32| (year - years..=year + years).filter_map(move |year| Day::new(year, month, day));
        // A weekday that no year nearby agrees with, or only one against the tense, is a slip of the pen; 29 February is eight years off.
        let fitting = nearest(today, tense, DATES, reach(1).filter(fits));
        let told = |day: &Day| match tense {
            Tense::Past => *day <= today.plus(180),
            Tense::Future => *day >= today.plus(-180),
            Tense::Meant | Tense::Unknown => true,
        };
        fitting.filter(told).or_else(|| nearest(today, tense, DATES, reach(8)))
    }

    fn dates(&self, month: u32, first: u32, last: u32, year: Year, tense: Tense) -> DateValue {
        let range = || {
            let last = self.date(month, last, None, year, tense)?;
            Some(DateValue::Range(Stretch::Day(Day::new(last.year(), month, first)?), Stretch::Day(last)))
        };
        range().unwrap_or(DateValue::Unresolved)
    }

    fn month(&self, month: u32, which: Which, year: Year, tense: Tense) -> Option<Stretch> {
        if let Some(year) = self.year(year) {
            return Some(Stretch::Month(year, month));
        }
        if which == Which::That
            && let Some(last) = self.last
        {
            return Some(after(last, month));
        }
        let this = whole(self.published?, Unit::Month)?;
        let Stretch::Month(this_year, this_month) = this else { return None };
        let back = small((this_month + 12 - month) % 12);
        let steps = match which {
            Which::This => return Some(Stretch::Month(this_year, month)),
            // "The February report will help" speaks of the last one until some months have passed.
            Which::Unsaid if back <= 2 => -back,
            Which::Unsaid | Which::That => by_tense(back, 12, 10, tense),
            which => by_which(back, 12, which),
        };
        Some(this.step(steps))
    }

    fn day_number(&self, day: u32, weekday: Option<u32>, tense: Tense) -> Option<Day> {
        let today = self.about_today()?;
        let Stretch::Month(..) = whole(Stretch::Day(today), Unit::Month)? else { return None };
        let this = whole(Stretch::Day(today), Unit::Month)?;
        let reach = if weekday.is_some() { 12 } else { 1 };
        let months = (-reach..=reach).filter_map(|steps| match this.step(steps) {
            Stretch::Month(year, month) => Day::new(year, month, day),
            _ => None,
        });
        nearest(today, tense, DATES, months.filter(|day| weekday.is_none_or(|weekday| day.weekday() == weekday)))
    }

    fn weekday(&self, weekday: u32, which: Which, tense: Tense) -> Option<Day> {
        if which == Which::That
            && let Some(day) = self.last_day
        {
            return Some(day.plus(ahead(day, weekday)));
        }
        let today = self.today()?;
        let ahead = ahead(today, weekday);
        let back = if ahead == 0 { 0 } else { ahead - 7 };
        let in_week = monday(today).plus(small(weekday));
        Some(match which {
            Which::Unsaid | Which::That => {
                let coming = tense == Tense::Future || tense == Tense::Meant && ahead + back < 0;
                today.plus(if coming { ahead } else { back })
            }
            Which::Last | Which::Past => today.plus(ahead - 7),
            Which::Next => in_week.plus(7),
            Which::Coming => today.plus(if ahead == 0 { 7 } else { ahead }),
            Which::This => match tense {
                Tense::Future if in_week < today => in_week.plus(7),
                Tense::Past if in_week > today => in_week.plus(-7),
                _ => in_week,
            },
        })
    }

    /// Saturday and Sunday.
    fn weekend(&self, which: Which, tense: Tense) -> DateValue {
        let Some(today) = self.today() else { return DateValue::Unresolved };
        let (saturday, weekday) = (monday(today).plus(5), today.weekday());
        let weeks = match which {
            Which::Last | Which::Past => -1,
            Which::Next => 1,
            Which::Coming => i32::from(weekday >= 5),
            Which::Unsaid | Which::That => -i32::from(weekday < 5 && tense != Tense::Future),
            Which::This => -i32::from(weekday < 2 && tense != Tense::Future || weekday < 5 && tense == Tense::Past),
        };
        let saturday = saturday.plus(weeks * 7);
        DateValue::Range(Stretch::Day(saturday), Stretch::Day(saturday.plus(1)))
    }

    fn ago(&self, count: i32, unit: Unit) -> Option<Stretch> {
        match unit {
            // "A week ago" speaks of a day, "three weeks ago" of a week.
            Unit::Week if count.abs() == 1 => Some(Stretch::Day(self.today()?.plus(count * 7))),
            Unit::Weekend => None,
            _ => Some(whole(self.published?, unit)?.step(count)),
        }
    }

    /// So many units from the date last spoken of; for months and longer, from the publication where none was.
    fn shift(&self, count: i32, unit: Unit) -> Option<Stretch> {
        let last = match unit {
            Unit::Day | Unit::Week => self.last_day.map(Stretch::Day).or(self.last),
            _ => self.last,
        };
        let lifted = last.and_then(|last| whole(last, unit));
        let long = !matches!(unit, Unit::Day | Unit::Week) && count != 0;
        let base = lifted.or_else(|| whole(self.published.filter(|_| long)?, unit))?;
        Some(base.step(count))
    }

    fn same_period(&self) -> Option<Stretch> {
        match self.last {
            Some(month @ Stretch::Month(..)) => Some(month.step(-12)),
            Some(quarter @ Stretch::Quarter(..)) => Some(quarter.step(-4)),
            _ => Some(Stretch::Year(self.this_year()? - 1)),
        }
    }

    fn window(&self, count: i32, unit: Unit) -> DateValue {
        let (unit, count) = if unit == Unit::Decade { (Unit::Year, count.saturating_mul(10)) } else { (unit, count) };
        let Some(now) = self.published.and_then(|published| whole(published, unit)) else {
            return DateValue::Unresolved;
        };
        let then = now.step(count);
        if count < 0 { DateValue::Range(then, now) } else { DateValue::Range(now, then) }
    }

    fn quarter(&self, quarter: u32, which: Which, year: Year, tense: Tense) -> Option<Stretch> {
        if let Some(year) = self.year(year) {
            return Some(Stretch::Quarter(year, quarter));
        }
        let this = whole(self.published?, Unit::Quarter)?;
        let Stretch::Quarter(this_year, this_quarter) = this else { return None };
        let back = small((this_quarter + 4 - quarter) % 4);
        let steps = match which {
            Which::This => return Some(Stretch::Quarter(this_year, quarter)),
            Which::Unsaid | Which::That => by_tense(back, 4, 3, tense),
            which => by_which(back, 4, which),
        };
        Some(this.step(steps))
    }

    fn season(&self, season: Season, which: Which, year: Year, tense: Tense) -> Option<Stretch> {
        if let Some(year) = self.year(year) {
            return Some(Stretch::Season(year, season));
        }
        if which == Which::That
            && let Some(last) = self.last
        {
            return Some(Stretch::Season(last.days().0.year(), season));
        }
        let day = self.about_today()?;
        let this = Stretch::season_of(day.year(), day.month());
        let Stretch::Season(_, this_season) = this else { return None };
        let back = small((this_season.number() + 4 - season.number()) % 4);
        let steps = match which {
            Which::This | Which::That | Which::Unsaid => by_tense(back, 4, 3, tense),
            // In May, "next summer" is not the one that begins in June.
            Which::Next if season != Season::Winter && this.step(4 - back).days().0.year() == day.year() => 8 - back,
            which => by_which(back, 4, which),
        };
        Some(this.step(steps))
    }

    fn holiday(&self, index: usize, which: Which, year: Year, tense: Tense) -> Option<Day> {
        if let Some(year) = self.year(year) {
            return holiday::day(index, year);
        }
        let (today, year) = (self.about_today()?, self.this_year()?);
        let mut days = (year - 1..=year + 1).filter_map(|year| holiday::day(index, year));
        match which {
            Which::This => holiday::day(index, year),
            Which::Unsaid | Which::That => nearest(today, tense, HOLIDAYS, days),
            Which::Last | Which::Past => days.rfind(|day| *day < today),
            Which::Next | Which::Coming => days.find(|day| *day > today),
        }
    }
}
