//! From phrases to mentions: two phrases that are the ends of a range, and the value of each.
//!
//! It knows the words that join two dates ("from ... to", "between ... and"), and gives an end without a year the year of the other.

use super::lexicon::Class;
use super::phrase::{self, Found, Phrase, Which, Year};
use super::resolve::Calendar;
use super::scan::Words;
use super::tale::Tale;
use super::tense::{self, Tense};
use super::{DateMention, DateValue, Stretch, absolute, steps};
use crate::text::span::Span;

/// Adds what `found` means to `mentions`; where a range begins with it, also the range and its other end, and moves `at` past it.
pub(super) fn add(
    words: &Words,
    calendar: &mut Calendar,
    found: &Found,
    mentions: &mut Vec<DateMention>,
    at: &mut usize,
) {
    let found = &with_shared_year(words, found);
    let value = value_of(words, calendar, found);
    if let Some(other) = other_end(words, found) {
        if custom(words, calendar, found, &other) {
            *at = other.to;
            return;
        }
        let last = value_of(words, calendar, &other);
        if let (Some((first, last)), Some(span)) =
            (ends(calendar, found, value, &other, last), span(words, found.from, other.to))
        {
            let rule = "range";
            mentions.push(DateMention { span, value: DateValue::Range(first, last), rule });
            push(words, found, DateValue::At(first), mentions);
            push(words, &other, DateValue::At(last), mentions);
            calendar.remember(DateValue::At(last));
            calendar.tale = None;
            *at = other.to;
            return;
        }
    }
    calendar.remember(value);
    calendar.tale = Tale::after(words, found, value, reached(words, calendar, found).and(calendar.tale));
    push(words, found, value, mentions);
}

/// "The clinic is open Monday to Friday": five days or more of every week.
fn custom(words: &Words, calendar: &Calendar, found: &Found, other: &Found) -> bool {
    let (Phrase::Weekday { weekday: first, .. }, Phrase::Weekday { weekday: last, .. }) = (found.phrase, other.phrase)
    else {
        return false;
    };
    let open = words.says(found.from.wrapping_sub(1), "open") || words.says(found.from.wrapping_sub(1), "closed");
    let untold = [found, other].into_iter().all(|end| tense_of(words, calendar, end) == Tense::Unknown);
    last >= first + 4 && (open || untold)
}

/// "March and April 2005": the first has the year of the second.
fn with_shared_year(words: &Words, found: &Found) -> Found {
    let shared = |month: u32| {
        let other = phrase::here(words, found.to + 1)?;
        let Phrase::Fixed(stretch @ (Stretch::Month(..) | Stretch::Day(_))) = other.phrase else { return None };
        let (year, last) = (stretch.days().0.year(), stretch.days().0.month());
        Some(year - i32::from(month > last))
    };
    let joined = matches!(words.class(found.to), Class::And | Class::Or);
    let phrase = match found.phrase {
        Phrase::Month { month, which: Which::Unsaid, year: Year::Unsaid } if joined => {
            shared(month).map(|year| Phrase::Fixed(Stretch::Month(year, month)))
        }
        Phrase::Date { month, day, weekday, year: Year::Unsaid } if joined => {
            shared(month).map(|year| absolute::date(month, day, weekday, Year::Is(year)))
        }
        _ => None,
    };
    Found { phrase: phrase.unwrap_or(found.phrase), ..*found }
}

/// What a phrase means where it stands.
fn value_of(words: &Words, calendar: &Calendar, found: &Found) -> DateValue {
    if let (Phrase::Counted { count, unit, exact }, Some(anchor)) = (found.phrase, found.anchor) {
        let one = anchor.to == found.to;
        let tense = match anchor.phrase {
            Phrase::Weekday { .. } if one && count > 0 => Tense::Future,
            Phrase::Weekday { .. } if one => Tense::Past,
            _ => tense::around(words, anchor.from, anchor.to),
        };
        return calendar.counted(calendar.value(anchor.phrase, tense), count, unit, exact);
    }
    if let (Phrase::WeekdayFrom { weekday, side }, Some(anchor)) = (found.phrase, found.anchor) {
        return match calendar.value(anchor.phrase, tense::around(words, anchor.from, anchor.to)) {
            DateValue::At(Stretch::Day(day)) => DateValue::At(Stretch::Day(steps::beside(day, weekday, side))),
            _ => DateValue::Unresolved,
        };
    }
    let tense = tense_of(words, calendar, found);
    let value = calendar.value(found.phrase, tense);
    let bare = matches!(found.phrase, Phrase::Month { .. })
        && !matches!(words.before(found.from, 1).class, Class::In | Class::By | Class::Until);
    match reached(words, calendar, found).filter(|_| tense == Tense::Past && !bare) {
        Some(reached) => calendar.in_tale(found.phrase, reached, value),
        None if since(words, found) => calendar.begun(found.phrase, value),
        None => value,
    }
}

/// "since Nov. 9", but "since Nov. 9 is a holiday".
fn since(words: &Words, found: &Found) -> bool {
    let reason = matches!(words.class(found.to), Class::Is | Class::Future);
    words.before(found.from, 1).class == Class::Since && !reason
}

/// What the tale has reached in which a phrase stands.
fn reached(words: &Words, calendar: &Calendar, found: &Found) -> Option<Stretch> {
    calendar.tale.and_then(|tale| tale.reached(words, found.from))
}

fn push(words: &Words, found: &Found, value: DateValue, mentions: &mut Vec<DateMention>) {
    if let Some(span) = span(words, found.from, found.to) {
        mentions.push(DateMention { span, value, rule: found.rule });
    }
}

fn span(words: &Words, from: usize, to: usize) -> Option<Span> {
    let last = words.before(to, 1);
    Span::new(words.text, words.at(from).start as usize, last.end as usize)
}

fn tense_of(words: &Words, calendar: &Calendar, found: &Found) -> Tense {
    if !calendar.is_dated()
        || matches!(found.phrase, Phrase::Fixed(_) | Phrase::ShortYear(_) | Phrase::ShortDecade(_) | Phrase::Today(_))
    {
        return Tense::Unknown;
    }
    tense::around(words, found.from, found.to)
}

/// The phrase that ends a range which begins with `found`.
fn other_end(words: &Words, found: &Found) -> Option<Found> {
    let lead = words.before(found.from, 1).class;
    // "vom Freitag, 9. Mai, bis Sonntag", "Dec. 28, 2013, to Jan. 3"
    let comma = words.at(found.to).is_mark(b',')
        && matches!(words.class(found.to + 1), Class::To | Class::Through)
        && (lead == Class::From || matches!(found.phrase, Phrase::Fixed(Stretch::Day(_))));
    let end = found.to + usize::from(comma);
    let joint = words.at(end);
    let dash = joint.is_mark(b'-');
    let joined = match joint.class {
        Class::And => lead == Class::Between,
        Class::To | Class::Through => true,
        Class::Until => lead == Class::From,
        _ => dash,
    };
    if !joined {
        return None;
    }
    let mut at = end + 1;
    for _ in 0..3 {
        let between = matches!(words.class(at), Class::The | Class::On | Class::Part) || words.at(at).is_mark(b'-');
        if !between || phrase::here(words, at).is_some() {
            break;
        }
        at += 1;
    }
    let other = phrase::here(words, at)?;
    let alike = std::mem::discriminant(&found.phrase) == std::mem::discriminant(&other.phrase);
    (alike || matches!(lead, Class::From | Class::Between) || named(&found.phrase) && named(&other.phrase))
        .then_some(other)
}

/// Whether the phrase names its month or year itself.
fn named(phrase: &Phrase) -> bool {
    matches!(
        phrase,
        Phrase::Fixed(_) | Phrase::ShortYear(_) | Phrase::ShortDecade(_) | Phrase::Date { .. } | Phrase::Month { .. }
    )
}

/// The two ends, in order; the one without a year is moved to the year, or the last to the week, that makes them so.
fn ends(
    calendar: &Calendar,
    one: &Found,
    first: DateValue,
    other: &Found,
    last: DateValue,
) -> Option<(Stretch, Stretch)> {
    let DateValue::At(last) = last else { return None };
    if let Some(last) = carried_on(calendar, one.phrase, other.phrase)
        && let DateValue::At(first) = first
    {
        return Some((first, last));
    }
    let year = Year::Is(last.days().0.year());
    let first = match one.phrase {
        Phrase::Date { month, day, weekday, year: Year::Unsaid } => {
            calendar.value(Phrase::Date { month, day, weekday, year }, Tense::Unknown)
        }
        Phrase::Month { month, which, year: Year::Unsaid } => {
            calendar.value(Phrase::Month { month, which, year }, Tense::Unknown)
        }
        _ => first,
    };
    let DateValue::At(first) = first else { return None };
    if first.days().0 <= last.days().0 {
        return Some((first, last));
    }
    match (one.phrase, other.phrase, first, last) {
        (Phrase::Weekday { .. }, Phrase::Weekday { .. }, _, Stretch::Day(day)) => {
            Some((first, Stretch::Day(day.plus(7))))
        }
        (Phrase::Month { .. }, _, month @ Stretch::Month(..), _) => Some((month.step(-12), last)),
        (Phrase::Date { .. }, _, Stretch::Day(day), _) => Some((Stretch::Day(day.plus_months(-12)), last)),
        _ => None,
    }
}

/// "Dec. 28, 2013, to Jan. 3": the last end without a year is the first such that does not lie before the other.
fn carried_on(calendar: &Calendar, one: Phrase, other: Phrase) -> Option<Stretch> {
    let Phrase::Fixed(first @ (Stretch::Day(_) | Stretch::Month(..))) = one else { return None };
    let begun = first.days().0;
    let last = |year| {
        let phrase = match other {
            Phrase::Date { month, day, weekday, year: Year::Unsaid } => {
                Phrase::Date { month, day, weekday, year: Year::Is(year) }
            }
            Phrase::Month { month, which: Which::Unsaid, year: Year::Unsaid } => {
                Phrase::Month { month, which: Which::Unsaid, year: Year::Is(year) }
            }
            _ => return None,
        };
        match calendar.value(phrase, Tense::Unknown) {
            DateValue::At(last) if last.days().1 >= begun => Some(last),
            _ => None,
        }
    };
    last(begun.year()).or_else(|| last(begun.year() + 1))
}
