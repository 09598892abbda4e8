//! Phrases whose day hangs on another: on the day of publication ("last month", "next Friday", "two years ago") or on the
//! date last spoken of ("the following day").

use super::lexicon::Class;
use super::phrase::{Found, Phrase, Unit, Which, Year, is_unit};
use super::scan::{CAPITAL, HOLIDAY, SPACED, Token, Words};
use super::year::year_after;
use super::{Season, Stretch, absolute, count, holiday, no_day, tense};

/// The words "last", "past", "previous", ... by their values in the lexicon.
pub(super) const LAST: u16 = 0;
pub(super) const PAST: u16 = 1;
pub(super) const PREVIOUS: u16 = 2;
pub(super) const NEXT: u16 = 3;
pub(super) const COMING: u16 = 4;
pub(super) const FOLLOWING: u16 = 5;
pub(super) const THIS: u16 = 6;
pub(super) const SAME: u16 = 8;
pub(super) const THAT: u16 = 9;
const WHOLE: u16 = 10;

/// The value of titles of papers that come out "on Sunday".
pub(super) const PAPER: u16 = 1;

/// The value of "leaders" and others that tomorrow has.
const GENERATION: u16 = 11;

/// The value of "scored" and other words of games.
const GAME: u16 = 10;

fn which_of(token: Token) -> Which {
    match token.value {
        LAST => Which::Last,
        PAST => Which::Past,
        NEXT => Which::Next,
        COMING => Which::Coming,
        THAT | SAME => Which::That,
        _ => Which::This,
    }
}

/// The steps from the date last spoken of: "the previous", "the following", "the same", "that".
pub(super) fn steps(token: Token) -> Option<i32> {
    match token.value {
        PREVIOUS => Some(-1),
        FOLLOWING => Some(1),
        SAME | THAT => Some(0),
        _ => None,
    }
}

/// A phrase that begins with "last", "next", "this", "the previous", ...
pub(super) fn which(words: &Words, at: usize) -> Option<Found> {
    let token = words.at(at);
    let next = words.at(at + 1);
    if token.value == WHOLE && next.class != Class::Unit {
        return None;
    }
    match next.class {
        // "this past Friday", "this coming week".
        Class::Which if token.value == THIS && matches!(next.value, LAST | PAST | NEXT | COMING) => {
            which(words, at + 1).map(|found| Found { from: at, ..found })
        }
        Class::Unit => which_unit(words, at),
        Class::Other if token.value == SAME => same_period(words, at),
        Class::Fiscal if words.says(at + 2, "year") => {
            Some(Found::new(Phrase::Unit { unit: Unit::Year, which: which_of(token) }, at, at + 3, "fiscal-year"))
        }
        Class::Weekday => which_weekday(words, at),
        Class::Month | Class::MonthShort => which_month(words, at),
        Class::Season if token.value == THAT && joins_clause(words, at) => None,
        Class::Season if !matches!(token.value, PREVIOUS | FOLLOWING) => season(words, at, at + 1, which_of(token)),
        Class::Daypart => which_daypart(words, at),
        Class::NumberWord | Class::Number | Class::A => count::window(words, at),
        _ if next.is(HOLIDAY) && next.is(CAPITAL) && steps(token).is_none() => which_holiday(words, at),
        _ => None,
    }
}

fn which_unit(words: &Words, at: usize) -> Option<Found> {
    let token = words.at(at);
    let unit = Unit::numbered(words.at(at + 1).number())?;
    let to = at + 2;
    if words.at(to).is_mark(b'-') && !words.at(to).is(SPACED) {
        return None;
    }
    if token.value == SAME
        && let Some(found) = same_period(words, at)
    {
        return Some(found);
    }
    // "the last week of March", but "profit for the last year of $2 million".
    let amount =
        words.class(to + 1) == Class::Mark || (words.at(to + 1).is(CAPITAL) && words.class(to + 1) == Class::Other);
    if words.class(to) == Class::Of && !amount {
        return last_of(words, at, unit);
    }
    // "the last weekend in August"
    if words.class(to) == Class::In
        && words.before(at, 1).class == Class::The
        && matches!(unit, Unit::Week | Unit::Weekend)
        && let Some(found) = last_of(words, at, unit)
    {
        return Some(found);
    }
    // "next week on Friday", "last week Tuesday".
    let on = if words.class(to) == Class::On { to + 1 } else { to };
    if unit == Unit::Week && words.class(on) == Class::Weekday {
        let weeks = match which_of(token) {
            Which::Last | Which::Past => -1,
            Which::Next | Which::Coming => 1,
            _ => 0,
        };
        let phrase = Phrase::WeekdayOf { weekday: words.at(on).number(), weeks };
        return Some(Found::new(phrase, at, on + 1, "weekday-of-week"));
    }
    if token.value == WHOLE {
        let year = words.before(at, 1).class == Class::The && matches!(unit, Unit::Year | Unit::Quarter);
        return year.then(|| Found::new(Phrase::Shift { count: 0, unit }, at, to, "from-last-date"));
    }
    if let Some(count) = steps(token) {
        return Some(Found::new(Phrase::Shift { count, unit }, at, to, "from-last-date"));
    }
    match (token.value, unit) {
        (NEXT, Unit::Day) => Some(Found::new(Phrase::Shift { count: 1, unit }, at, to, "from-last-date")),
        // "The next year she left", but "over the next year".
        (NEXT, Unit::Week | Unit::Month | Unit::Year)
            if words.before(at, 1).class == Class::The
                && !matches!(words.before(at, 2).class, Class::For | Class::In | Class::By | Class::Until) =>
        {
            Some(Found::new(Phrase::NextOne(unit), at, to, "which-unit"))
        }
        (PAST, Unit::Weekend) => Some(Found::new(Phrase::Unit { unit, which: Which::Last }, at, to, "last-unit")),
        (PAST, Unit::Day) => None,
        (PAST, _) => Some(Found::new(Phrase::Window { count: -1, unit }, at, to, "window")),
        (_, Unit::Day) => None,
        _ => Some(Found::new(Phrase::Unit { unit, which: which_of(token) }, at, to, "which-unit")),
    }
}

/// "the last week of March", "the last quarter of 2014"; of other wholes the part is not known.
fn last_of(words: &Words, at: usize, unit: Unit) -> Option<Found> {
    let token = words.at(at);
    let of = at + 2;
    let last = token.value == LAST;
    match unit {
        Unit::Day | Unit::Week | Unit::Weekend if last && words.class(of + 1) == Class::Month => {
            let (year, to) = year_after(words, of + 2);
            let month = words.at(of + 1).number();
            let (phrase, rule) = match unit {
                Unit::Day => (Phrase::LastDay { month, year }, "day-of-month"),
                Unit::Weekend => (Phrase::NthWeekend { nth: 99, month, year }, "weekend-of-month"),
                _ => (Phrase::NthWeek { nth: 99, month, year }, "week-of-month"),
            };
            Some(Found::new(phrase, at, to, rule))
        }
        Unit::Quarter if last => match year_after(words, of) {
            (Year::Unsaid, _) => None,
            (year, to) => {
                Some(Found::new(Phrase::Quarter { quarter: 4, which: Which::Unsaid, year }, at, to, "quarter-of-year"))
            }
        },
        _ => None,
    }
}

/// "the same period last year", "the same quarter a year earlier".
fn same_period(words: &Words, at: usize) -> Option<Found> {
    let period = ["period", "time", "month", "quarter", "week", "day", "point", "stage"];
    if !period.iter().any(|word| words.says(at + 1, word)) {
        return None;
    }
    let mut to = at + 2;
    while matches!(words.class(to), Class::In | Class::Of | Class::The) && to < at + 4 {
        to += 1;
    }
    let last_year =
        words.class(to) == Class::Which && matches!(words.at(to).value, LAST | PREVIOUS) && words.says(to + 1, "year");
    let year_ago = words.class(to) == Class::A
        && words.says(to + 1, "year")
        && (words.class(to + 2) == Class::Ago || words.says(to + 2, "earlier") || words.says(to + 2, "before"));
    let to = if last_year {
        to + 2
    } else if year_ago {
        to + 3
    } else {
        return None;
    };
    Some(Found::new(Phrase::SamePeriod, at, to, "same-period"))
}

fn which_weekday(words: &Words, at: usize) -> Option<Found> {
    let token = words.at(at);
    if token.value == PAST && words.before(at, 1).class != Class::Which && words.before(at, 1).class != Class::The {
        return None;
    }
    let day = words.at(at + 1).number();
    if token.value == LAST
        && matches!(words.class(at + 2), Class::Of | Class::In)
        && words.class(at + 3) == Class::Month
    {
        let (year, to) = year_after(words, at + 4);
        let phrase = Phrase::Nth { nth: 99, weekday: day, month: words.at(at + 3).number(), year };
        return Some(Found::new(phrase, at, to, "weekday-of-month"));
    }
    // "the following Friday", but "following Friday's vote".
    if let Some(side) = steps(token).filter(|side| *side != 0 && words.before(at, 1).class == Class::The) {
        let phrase = Phrase::WeekdayBeside { weekday: day, side };
        return Some(Found::new(phrase, at, at + 2, "from-last-date"));
    }
    if token.value == THAT && joins_clause(words, at) {
        return None;
    }
    let which = if matches!(token.value, FOLLOWING | PREVIOUS) { Which::Unsaid } else { which_of(token) };
    weekday(words, at, at + 1, which)
}

/// Whether "that" only joins a clause: "said that Thursday's vote was close", but "fired that June." and "That Friday he left".
fn joins_clause(words: &Words, at: usize) -> bool {
    let (before, after) = (words.before(at, 1), words.at(at + 2));
    let opens = words.at(at).is(CAPITAL)
        || !before.is_word()
        || matches!(before.class, Class::On | Class::In | Class::And | Class::By | Class::Since | Class::Until);
    let closes = !after.is_word() && !after.is_mark(b'\'');
    let said = before.class == Class::Past && before.value == tense::REPORTING;
    said || !opens && !closes
}

fn which_month(words: &Words, at: usize) -> Option<Found> {
    let token = words.at(at);
    let month = words.at(at + 1);
    if token.value == PAST && words.before(at, 1).class != Class::Which || !month.is(CAPITAL) {
        return None;
    }
    if token.value == THAT && joins_clause(words, at) {
        return None;
    }
    match absolute::month(words, at + 1)? {
        Found { phrase: Phrase::Month { month, year: Year::Unsaid, .. }, to, .. } => {
            let phrase = Phrase::Month { month, which: which_of(token), year: Year::Unsaid };
            Some(Found::new(phrase, at, to, "which-month"))
        }
        found => Some(Found { from: at, ..found }),
    }
}

fn which_daypart(words: &Words, at: usize) -> Option<Found> {
    let phrase = match words.at(at).value {
        LAST => Phrase::Today(-1),
        THIS => Phrase::Today(0),
        NEXT | FOLLOWING => Phrase::Shift { count: 1, unit: Unit::Day },
        PREVIOUS => Phrase::Shift { count: -1, unit: Unit::Day },
        SAME | THAT => Phrase::Shift { count: 0, unit: Unit::Day },
        _ => return None,
    };
    Some(Found::new(phrase, at, at + 2, "part-of-day"))
}

fn which_holiday(words: &Words, at: usize) -> Option<Found> {
    let found = holiday::here(words, at + 1)?;
    let Phrase::Holiday { index, year, .. } = found.phrase else { return None };
    let phrase = Phrase::Holiday { index, which: which_of(words.at(at)), year };
    Some(Found { phrase, from: at, ..found })
}

/// "today", "yesterday morning", "tomorrow".
pub(super) fn today(words: &Words, at: usize) -> Option<Found> {
    let token = words.at(at);
    let before = words.before(at, 1);
    // "USA Today" is a newspaper.
    let name = token.is(CAPITAL)
        && before.is(CAPITAL)
        && before.class == Class::Other
        && !tense::ends_sentence(words, at.saturating_sub(1));
    // "Tomorrow's leaders", "the leaders of tomorrow".
    let to_be = |at: usize| words.class(at) == Class::Other && words.at(at).value == GENERATION;
    let owned = words.at(at + 1).is_mark(b'\'') && words.says(at + 2, "s") && to_be(at + 3);
    let far = owned || before.class == Class::Of && to_be(at.wrapping_sub(2));
    let to = if words.class(at + 1) == Class::Daypart { at + 2 } else { at + 1 };
    (!name && !far).then(|| Found::new(Phrase::Today(i32::from(token.value) - 10), at, to, "today"))
}

/// A weekday at `at`, after the words from `from` on that say which.
pub(super) fn weekday(words: &Words, from: usize, at: usize, which: Which) -> Option<Found> {
    if no_day::is_none(words, from, at) {
        return None;
    }
    let next = words.at(at + 1);
    let weekday = words.at(at).number();
    let to = if next.class == Class::Daypart { at + 2 } else { at + 1 };
    let of = if words.class(to) == Class::Of { to + 1 } else { to };
    let the = usize::from(of > to && words.class(of) == Class::The);
    let week = words.class(of + the) == Class::Which && words.says(of + the + 1, "week");
    // "Thursday of that week", "Thursday of the following week"
    if which == Which::Unsaid
        && week
        && let Some(weeks) = steps(words.at(of + the)).filter(|weeks| the == 1 || *weeks == 0)
    {
        let phrase = Phrase::WeekdayOfThat { weekday, weeks };
        return Some(Found::new(phrase, from, of + the + 2, "weekday-of-week"));
    }
    if which == Which::Unsaid && words.class(of) == Class::Which && words.says(of + 1, "week") {
        let weeks = match words.at(of).value {
            LAST | PAST | PREVIOUS => -1,
            NEXT | COMING | FOLLOWING => 1,
            _ => 0,
        };
        return Some(Found::new(Phrase::WeekdayOf { weekday, weeks }, from, of + 2, "weekday-of-week"));
    }
    let rule = if which == Which::Unsaid { "weekday" } else { "which-weekday" };
    Some(Found::new(Phrase::Weekday { weekday, which }, from, to, rule))
}

/// A season at `at`, after the words from `from` on that say which: "last summer", "spring 2014", "in the autumn".
pub(super) fn season(words: &Words, from: usize, at: usize, which: Which) -> Option<Found> {
    let token = words.at(at);
    let season = Season::of_number(token.number());
    let (year, to) = year_after(words, at + 1);
    let verb = words.says(at, "fall") && matches!(words.before(at, 1).class, Class::Future | Class::To | Class::Be);
    if year != Year::Unsaid && !verb {
        return Some(Found::new(Phrase::Season { season, which, year }, from, to, "season-year"));
    }
    if which != Which::Unsaid {
        return Some(Found::new(Phrase::Season { season, which, year }, from, to, "which-season"));
    }
    let next = words.at(at + 1);
    let the = words.before(at, 1).class == Class::The;
    let lead = words.before(at, if the { 2 } else { 1 }).class;
    let led = matches!(lead, Class::In | Class::Since | Class::Until | Class::By | Class::Part);
    let bare_fall = words.says(at, "fall") && !the;
    let name = next.class == Class::Of
        || next.is_mark(b'-')
        || (next.is(CAPITAL) && next.is_word())
        || (token.is(CAPITAL) && next.is_mark(b','));
    (led && !bare_fall && !name).then(|| Found::new(Phrase::Season { season, which, year }, from, to, "season"))
}

/// "the third quarter of 2015", "the first half of next year", "the first Friday in July", "the second week of March".
pub(super) fn ordinal(words: &Words, at: usize) -> Option<Found> {
    let nth = words.at(at).number();
    let mut next = at + 1;
    if words.at(next).is_mark(b'-') || words.class(next) == Class::Fiscal {
        next += 1;
    }
    let token = words.at(next);
    match token.class {
        Class::Unit if is_unit(words, next, Unit::Quarter) => {
            let quarter = if nth == 99 { 4 } else { nth };
            let (year, to) = year_after(words, next + 1);
            // "In the fourth quarter, the Hawks scored".
            let game = |at: usize| words.class(at) == Class::Other && words.at(at).value == GAME;
            let behind = (to..to + 14).take_while(|at| !tense::ends_sentence(words, *at)).any(game);
            let played = year == Year::Unsaid && (behind || tense::sentence(words, at).any(game));
            let final_whole = nth == 99 && year == Year::Unsaid || played;
            ((1..=4).contains(&quarter) && !final_whole).then(|| {
                let which = match words.before(at, 1) {
                    token if token.class == Class::Which => which_of(token),
                    _ => Which::Unsaid,
                };
                Found::new(Phrase::Quarter { quarter, which, year }, at, to, "quarter")
            })
        }
        Class::Half if nth <= 2 => match year_after(words, next + 1) {
            (Year::Unsaid, _) => None,
            (year, to) => Some(Found::new(Phrase::Half { half: nth, year }, at, to, "half-year")),
        },
        Class::Weekday
            if matches!(words.class(next + 1), Class::Of | Class::In)
                && matches!(words.class(next + 2), Class::Month | Class::MonthShort) =>
        {
            let (year, to) = year_after(words, next + 3);
            let phrase = Phrase::Nth { nth, weekday: token.number(), month: words.at(next + 2).number(), year };
            Some(Found::new(phrase, at, to, "weekday-of-month"))
        }
        Class::Unit
            if (is_unit(words, next, Unit::Week) || is_unit(words, next, Unit::Weekend))
                && matches!(words.class(next + 1), Class::Of | Class::In)
                && matches!(words.class(next + 2), Class::Month | Class::MonthShort) =>
        {
            let (year, to) = year_after(words, next + 3);
            let month = words.at(next + 2).number();
            if is_unit(words, next, Unit::Weekend) {
                return Some(Found::new(Phrase::NthWeekend { nth, month, year }, at, to, "weekend-of-month"));
            }
            Some(Found::new(Phrase::NthWeek { nth, month, year }, at, to, "week-of-month"))
        }
        _ => None,
    }
}

/// "fiscal 2015", "the fiscal year 2015".
pub(super) fn fiscal(words: &Words, at: usize) -> Option<Found> {
    let next = if words.says(at + 1, "year") { at + 2 } else { at + 1 };
    let token = words.at(next);
    let year = i32::from(token.value);
    (token.class == Class::Number && token.len() == 4 && (1900..=2100).contains(&year))
        .then(|| Found::new(Phrase::Fixed(Stretch::Year(year)), at, next + 1, "fiscal-year"))
}
