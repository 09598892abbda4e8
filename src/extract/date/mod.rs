//! The days that a text speaks of, and what day each means, given the day of publication.
//!
//! `scan` cuts the text into words, `phrase` says what is written, `anchor` what counts from a day named beside it, and `range` which two
//! phrases are the ends of one stretch; `no_day` and `names` say which weekdays are no days. `tense` says what a clause tells of past or
//! future, `plan` what is to come though told in the present, `tale` which past year a day without one belongs to; `resolve` says which
//! day is meant, by the `steps` to it, and `calendar` which days that are.
//!
//! Phrases and tenses are read by the grammar of English; where that of German differs, by `german`, `german_units` and `german_tense`.
//! Both have most of their words from the lexicon; `resolve`, `steps` and `calendar` know no language. Nothing here knows quotations.

use crate::text::day::{Day, PartialDate};
use crate::text::span::Span;

mod absolute;
mod anchor;
mod calendar;
mod count;
mod figures;
mod german;
mod german_tense;
mod german_units;
mod holiday;
mod lexicon;
mod names;
mod no_day;
mod phrase;
mod plan;
mod range;
mod relative;
mod resolve;
mod scan;
mod steps;
mod tale;
mod tense;
mod year;

/// The language whose words a text speaks of days with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// German.
    German,
    /// Any other: days in figures, years, and months of the English names beside a day or a year, which many languages share.
    Other,
}

/// A place where the text speaks of a day, and the day that it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateMention {
    /// The words ("on Friday", "last month").
    pub span: Span,
    /// What they mean.
    pub value: DateValue,
    /// The rule that decided.
    pub rule: &'static str,
}

/// What a phrase means: its grain is in the type, so that "in March" never becomes 1 March.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateValue {
    /// One stretch of the calendar.
    At(Stretch),
    /// From one stretch to another, both included.
    Range(Stretch, Stretch),
    /// It speaks of a day, but which is not known (no day of publication, or too vague).
    Unresolved,
}

/// A stretch of the calendar, from a day to a decade.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stretch {
    /// One day.
    Day(Day),
    /// An ISO 8601 week: year and number.
    Week(i32, u32),
    /// A month of a year.
    Month(i32, u32),
    /// A quarter (1 to 4) of a year.
    Quarter(i32, u32),
    /// A season of a year; winter belongs to the year in which it begins.
    Season(i32, Season),
    /// A year.
    Year(i32),
    /// A decade: 201 is the 2010s.
    Decade(i32),
}

/// A season of the northern year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Season {
    /// March to May, `SP`.
    Spring,
    /// June to August, `SU`.
    Summer,
    /// September to November, `FA`.
    Autumn,
    /// December to February, `WI`.
    Winter,
}

/// The dates that `text` speaks of in a language, in order; without a day of publication, only absolute ones have a value.
///
/// A range of two whole dates ("from March to May 2014") is one mention, followed by those of its two ends.
pub fn find(text: &str, published: Option<PartialDate>, language: Language) -> Vec<DateMention> {
    let words = scan::Words::of(text, language);
    let mut calendar = resolve::Calendar::new(published);
    let mut mentions = Vec::new();
    let mut at = 0;
    while let Some(found) = phrase::next(&words, at) {
        at = found.to;
        range::add(&words, &mut calendar, &found, &mut mentions, &mut at);
    }
    mentions
}
