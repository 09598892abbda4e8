//! Phrases that count from a day that they name: "a week from Friday", "two weeks ago Sunday", "the day after the Sept. 2 crash"; and those
//! that count ahead of the day of publication without saying so: "in two weeks", "three weeks away".
//!
//! The day counted from is a phrase like any other, met by `phrase`.

use super::lexicon::Class;
use super::phrase::{self, Found, Phrase, Unit, Which};
use super::scan::Words;
use super::{Stretch, tense};

/// What is counted, and the token behind its unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Count {
    pub(super) count: i32,
    pub(super) unit: Unit,
    pub(super) to: usize,
}

/// The day that a phrase counts from, and where its words stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Anchor {
    pub(super) phrase: Phrase,
    pub(super) from: usize,
    pub(super) to: usize,
}

impl Anchor {
    fn of(found: Found) -> Self {
        Self { phrase: found.phrase, from: found.from, to: found.to }
    }
}

/// A phrase that begins at `at` and counts from a day that it names.
pub(super) fn anchored(words: &Words, at: usize, counted: Count) -> Option<Found> {
    with_anchor(words, at, counted).or_else(|| beside(words, at, counted, false))
}

/// "a week from Friday", "two weeks ago Sunday", "50 years ago today": one phrase with its anchor.
fn with_anchor(words: &Words, at: usize, counted: Count) -> Option<Found> {
    let Count { count, unit, to } = counted;
    let (next, sign) = match words.class(to) {
        Class::From => (to + 1, 1),
        Class::Ago => (to + 1, -1),
        _ => return None,
    };
    let on = next + usize::from(words.class(next) == Class::On);
    let anchor = named(words, on)?;
    let fits = match anchor.phrase {
        Phrase::Weekday { which, .. } => which == Which::Unsaid && unit != Unit::Day,
        Phrase::Today(_) => true,
        Phrase::Unit { which, .. } | Phrase::Month { which, .. } => sign < 0 && which == Which::This,
        _ => false,
    };
    let phrase = Phrase::Counted { count: count * sign, unit, exact: true };
    let found = Found::new(phrase, at, anchor.to, "from-named-day");
    fits.then_some(Found { anchor: Some(Anchor::of(anchor)), ..found })
}

/// "ten days after the Sept. 2 crash", "the day before Christmas": the words of the count alone, as the day behind them is spoken of, too.
/// `whole` is a week that is counted as such ("the week before Christmas").
pub(super) fn beside(words: &Words, at: usize, counted: Count, whole: bool) -> Option<Found> {
    let Count { count, unit, to } = counted;
    let sign = match words.class(to) {
        Class::After => 1,
        Class::Before => -1,
        _ => return None,
    };
    let the = matches!(words.class(to + 1), Class::The | Class::A | Class::Person);
    let anchor = named(words, if the { to + 2 } else { to + 1 })?;
    let day = matches!(
        anchor.phrase,
        Phrase::Date { .. } | Phrase::Fixed(Stretch::Day(_)) | Phrase::Weekday { .. } | Phrase::Holiday { .. }
    );
    // "Three weeks before Christmas" names no day that could be told.
    let week = unit == Unit::Week && count == 1;
    let phrase = Phrase::Counted { count: count * sign, unit, exact: week && !whole };
    let found = Found::new(phrase, at, to + 1, "beside-named-day");
    (day && (week || unit == Unit::Day)).then_some(Found { anchor: Some(Anchor::of(anchor)), ..found })
}

/// "the Monday after Thanksgiving": its words alone, as the day behind them is spoken of, too.
pub(super) fn weekday(words: &Words, at: usize) -> Option<Found> {
    let side = match words.class(at + 2) {
        Class::After => 1,
        Class::Before => -1,
        _ => return None,
    };
    let anchor = named(words, at + 3)?;
    let day = matches!(anchor.phrase, Phrase::Date { .. } | Phrase::Fixed(Stretch::Day(_)) | Phrase::Holiday { .. });
    let phrase = Phrase::WeekdayFrom { weekday: words.at(at + 1).number(), side };
    let found = Found::new(phrase, at, at + 3, "beside-named-day");
    day.then_some(Found { anchor: Some(Anchor::of(anchor)), ..found })
}

/// The phrase at a token, where it counts nothing itself: a chain of such phrases has no anchor, however long it is.
fn named(words: &Words, at: usize) -> Option<Found> {
    let counts = |class: Class| matches!(class, Class::Unit | Class::Units | Class::And);
    let chained = match words.class(at) {
        Class::A | Class::Vague | Class::NumberWord | Class::The | Class::Unit | Class::Units => true,
        Class::Number => counts(words.class(at + 1)),
        _ => false,
    };
    if chained { None } else { phrase::here(words, at) }
}

/// "in two weeks", where a clause that looks ahead ends with it; "three weeks away".
pub(super) fn ahead(words: &Words, at: usize, counted: Count) -> Option<Found> {
    let Count { count, unit, to } = counted;
    let lead = at.checked_sub(1)?;
    let phrase = Phrase::Ago { count, unit };
    if words.says(to, "away") {
        let is = words.class(lead) == Class::Is;
        return (is && !words.says(to + 1, "from")).then(|| Found::new(phrase, at, to + 1, "from-now"));
    }
    let after = words.at(to);
    let ends = after.class == Class::Gap || after.class == Class::Mark && !after.is_mark(b'-') && !after.is_mark(b'\'');
    // "the first vote in 20 years"
    let of_all = |at: usize| {
        let word = words.words(at);
        words.class(at) == Class::Ordinal
            || word.len() > 4 && word.ends_with("est")
            || ["only", "most", "best", "twice", "times", "hasn", "haven"].contains(&word)
    };
    let plain = words.says(lead, "in") && ends && !tense::sentence(words, at).any(of_all);
    (plain && tense::around(words, lead, to) == tense::Tense::Future).then(|| Found::new(phrase, lead, to, "from-now"))
}
