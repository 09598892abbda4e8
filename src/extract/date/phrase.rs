//! What is written: the phrases that speak of days, found in the words of a text.
//!
//! The day of publication is not known here, and no phrase is given a day that it does not itself name.

use super::anchor::Anchor;
use super::lexicon::Class;
use super::scan::{CAPITAL, HOLIDAY, Words};
use super::{Language, Season, Stretch, absolute, count, figures, german, holiday, relative, year};

/// A unit of the calendar, numbered as in the lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Weekend,
}

impl Unit {
    /// The unit of that number; hours and centuries are none.
    pub(super) fn numbered(number: u32) -> Option<Self> {
        let units = [Self::Day, Self::Week, Self::Month, Self::Quarter, Self::Year, Self::Decade, Self::Weekend];
        units.get(number as usize).copied()
    }
}

/// Whether the token is the word for a unit, in the singular.
pub(super) fn is_unit(words: &Words, at: usize, unit: Unit) -> bool {
    words.class(at) == Class::Unit && Unit::numbered(words.at(at).number()) == Some(unit)
}

/// The same in the plural.
pub(super) fn is_units(words: &Words, at: usize, unit: Unit) -> bool {
    words.class(at) == Class::Units && Unit::numbered(words.at(at).number()) == Some(unit)
}

/// Which of several: "last", "next", "this".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    /// Nothing said: the clause decides.
    Unsaid,
    /// "last".
    Last,
    /// "past": the latest, up to now.
    Past,
    /// "next".
    Next,
    /// "coming": the nearest to come.
    Coming,
    /// "this", "the current".
    This,
    /// "that", "the same": of the time last spoken of.
    That,
}

/// The year of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Year {
    /// None is said.
    Unsaid,
    /// This one.
    Is(i32),
    /// So many years from that of publication.
    From(i32),
    /// So many years from that last spoken of ("of that year").
    Beside(i32),
    /// The last two digits alone ("'69").
    Short(i32),
}

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phrase {
    /// "2014-03-01", "March 2014", "the 1990s".
    Fixed(Stretch),
    /// "since '82": the last two digits.
    ShortYear(i32),
    /// "the '80s", "the eighties": the last but one digit of its years.
    ShortDecade(i32),
    /// "2010-2014".
    FixedRange(Stretch, Stretch),
    /// Figures that two days fit ("3/4/2015"): the American reading first.
    Either(crate::text::day::Day, crate::text::day::Day),
    /// "September 18", "Friday, Sept. 18".
    Date { month: u32, day: u32, weekday: Option<u32>, year: Year },
    /// "May 3-5".
    Dates { month: u32, first: u32, last: u32, year: Year },
    /// "in March", "last March", "March of next year".
    Month { month: u32, which: Which, year: Year },
    /// "the 18th", "Friday the 18th".
    DayNumber { day: u32, weekday: Option<u32> },
    /// "the 14th of last month": months from this one, or from that last spoken of.
    DayOfMonth { day: u32, months: i32, that: bool },
    /// "Friday", "next Friday".
    Weekday { weekday: u32, which: Which },
    /// "Friday of last week": weeks from this one.
    WeekdayOf { weekday: u32, weeks: i32 },
    /// "Thursday of that week": weeks from that of the date last spoken of.
    WeekdayOfThat { weekday: u32, weeks: i32 },
    /// "the following Friday" (1), "the previous Friday" (-1): from the date last spoken of.
    WeekdayBeside { weekday: u32, side: i32 },
    /// "the Monday after Thanksgiving" (1), "the Friday before Christmas" (-1): from the phrase's anchor.
    WeekdayFrom { weekday: u32, side: i32 },
    /// "two Fridays ago".
    WeekdaysAgo { weekday: u32, count: i32 },
    /// "yesterday": days from today.
    Today(i32),
    /// "last month".
    Unit { unit: Unit, which: Which },
    /// "three days ago" (-3), "two weeks from now" (2).
    Ago { count: i32, unit: Unit },
    /// "two years later", "the following day": from the date last spoken of.
    Shift { count: i32, unit: Unit },
    /// "a week from Friday", "ten days after the Sept. 2 crash": from the phrase's anchor; where exact, to the day.
    Counted { count: i32, unit: Unit, exact: bool },
    /// "the next year": from the date last spoken of in a tale, else from the present one.
    NextOne(Unit),
    /// "the same period last year": a year before the date last spoken of.
    SamePeriod,
    /// "the past five days" (-5), "the next two weeks" (2).
    Window { count: i32, unit: Unit },
    /// "the third quarter".
    Quarter { quarter: u32, which: Which, year: Year },
    /// "the first half of 2015".
    Half { half: u32, year: Year },
    /// "last summer", "spring 2014".
    Season { season: Season, which: Which, year: Year },
    /// "Christmas Day".
    Holiday { index: usize, which: Which, year: Year },
    /// "the first Friday in July"; 99 is the last.
    Nth { nth: u32, weekday: u32, month: u32, year: Year },
    /// "the last day of August".
    LastDay { month: u32, year: Year },
    /// "the last weekend in August"; 99 is the last.
    NthWeekend { nth: u32, month: u32, year: Year },
    /// "the last week of March"; 99 is the last.
    NthWeek { nth: u32, month: u32, year: Year },
    /// "several days ago".
    Vague,
}

/// A phrase, and the tokens `from..to` in which it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) phrase: Phrase,
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) rule: &'static str,
    /// What a `Counted` or `WeekdayFrom` phrase counts from.
    pub(super) anchor: Option<Anchor>,
}

impl Found {
    pub(super) fn new(phrase: Phrase, from: usize, to: usize, rule: &'static str) -> Self {
        Self { phrase, from, to, rule, anchor: None }
    }
}

/// The first phrase at or after the token `start`, with the words before it that belong to it ("on", "late", "the end of").
pub(super) fn next(words: &Words, start: usize) -> Option<Found> {
    words.beginnings(start).find_map(|at| here(words, at)).map(|found| widen(words, found, start))
}

/// The phrase that begins at this very token.
pub(super) fn here(words: &Words, at: usize) -> Option<Found> {
    if words.language == Language::German {
        return german::here(words, at);
    }
    let token = words.at(at);
    if token.is(HOLIDAY)
        && token.is(CAPITAL)
        && let Some(found) = holiday::here(words, at)
    {
        return Some(found);
    }
    match token.class {
        Class::Other | Class::Mark => year::code(words, at),
        Class::Month | Class::MonthShort => absolute::month(words, at),
        Class::Weekday | Class::WeekdayShort => absolute::weekday(words, at),
        Class::Number => absolute::number(words, at).or_else(|| count::count(words, at)),
        Class::NumberWord => absolute::spelled(words, at).or_else(|| count::count(words, at)),
        Class::A | Class::Vague => count::count(words, at),
        Class::Figures => figures::figures(words, at),
        Class::Ordinal => relative::ordinal(words, at).or_else(|| absolute::ordinal(words, at)),
        Class::Decade | Class::DecadeWord => year::decade(words, at),
        Class::Today => relative::today(words, at),
        Class::Which => relative::which(words, at),
        Class::Unit => count::part_of(words, at),
        Class::The => count::the(words, at),
        Class::Season => relative::season(words, at, at, Which::Unsaid),
        Class::Fiscal => relative::fiscal(words, at),
        _ => None,
    }
}

/// Takes in the words before a phrase that belong to it, as far as `limit`.
fn widen(words: &Words, mut found: Found, limit: usize) -> Found {
    let step = |from: usize, tokens: usize| from.checked_sub(tokens).filter(|from| *from >= limit);
    let class = |from: usize, back: usize| words.before(from, back).class;
    // In German, "die 2014 eröffnete Brücke", "das gestern eröffnete Haus".
    let german = words.language == Language::German;
    let article = !(german && matches!(found.phrase, Phrase::Fixed(Stretch::Year(_)) | Phrase::Today(_)));
    if class(found.from, 1) == Class::The && article {
        found.from = step(found.from, 1).unwrap_or(found.from);
    }
    let part = |back: usize| {
        let token = words.before(found.from, back);
        // "lessons start Thursday"
        token.class == Class::Part && !(back == 1 && token.value == 1 && matches!(found.phrase, Phrase::Weekday { .. }))
    };
    // "mid-2015" and "late last year"; "the end of March".
    let taken = if words.before(found.from, 1).is_mark(b'-') && part(2) {
        2
    } else if part(1) || (class(found.from, 1) == Class::Of && part(2)) {
        if part(1) { 1 } else { 2 }
    } else {
        0
    };
    if taken > 0 {
        found.from = step(found.from, taken).unwrap_or(found.from);
        if class(found.from, 1) == Class::The {
            found.from = step(found.from, 1).unwrap_or(found.from);
        }
    }
    if taken == 0 && class(found.from, 1) == Class::On && is_day(&found.phrase) {
        found.from = step(found.from, 1).unwrap_or(found.from);
    }
    found
}

/// Whether the phrase means a single day.
fn is_day(phrase: &Phrase) -> bool {
    matches!(
        phrase,
        Phrase::Date { .. }
            | Phrase::Dates { .. }
            | Phrase::DayNumber { .. }
            | Phrase::Weekday { .. }
            | Phrase::WeekdayOf { .. }
            | Phrase::WeekdayOfThat { .. }
            | Phrase::DayOfMonth { .. }
            | Phrase::WeekdayBeside { .. }
            | Phrase::WeekdayFrom { .. }
            | Phrase::LastDay { .. }
            | Phrase::Holiday { .. }
            | Phrase::Nth { .. }
            | Phrase::Either(..)
            | Phrase::Fixed(Stretch::Day(_))
    )
}
