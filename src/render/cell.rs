//! One value of one field of a hit, on its way to JSON or to a column of TSV.
//!
//! Knows how a value is written in either form, and nothing of which fields there are.

use std::borrow::Cow;
use std::fmt::Display;

use serde::{Serialize, Serializer};

use crate::index::hit::QuoteHit;

use super::why;

/// A value of a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Not known: `null` in JSON, nothing in a column.
    Absent,
    /// Words.
    Text(Cow<'a, str>),
    /// A share or a score.
    Number(f32),
    /// A count.
    Count(u64),
    /// Byte ranges: `[[0,12],[20,31]]` in JSON, `0-12,20-31` in a column.
    Spans(&'a [(u32, u32)]),
    /// The same within words that are shown.
    Marks(&'a [(usize, usize)]),
    /// Several words: a list in JSON, joined by `; ` in a column.
    List(&'a [String]),
    /// Why a quotation is whose it is: an object in JSON, one line in a column.
    Why(&'a QuoteHit),
}

impl<'a> Cell<'a> {
    /// Borrowed words.
    pub fn text(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }

    /// Borrowed words, or nothing.
    pub fn maybe(text: Option<&'a str>) -> Self {
        text.map_or(Self::Absent, Self::text)
    }

    /// Words made for the occasion.
    pub fn shown(value: impl ToString) -> Self {
        Self::Text(Cow::Owned(value.to_string()))
    }

    /// The value as a column of TSV holds it, before escaping.
    pub fn column(&self) -> Cow<'_, str> {
        match self {
            Self::Absent => Cow::Borrowed(""),
            Self::Text(text) => Cow::Borrowed(text),
            Self::Number(number) => Cow::Owned(number.to_string()),
            Self::Count(count) => Cow::Owned(count.to_string()),
            Self::Spans(spans) => Cow::Owned(ranges(spans)),
            Self::Marks(marks) => Cow::Owned(ranges(marks)),
            Self::List(list) => Cow::Owned(list.join("; ")),
            Self::Why(hit) => Cow::Owned(why::column(hit)),
        }
    }
}

fn ranges(spans: &[(impl Display, impl Display)]) -> String {
    spans.iter().map(|(start, end)| format!("{start}-{end}")).collect::<Vec<_>>().join(",")
}

impl Serialize for Cell<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Absent => serializer.serialize_none(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Number(number) => serializer.serialize_f32(*number),
            Self::Count(count) => serializer.serialize_u64(*count),
            Self::Spans(spans) => serializer.collect_seq(spans.iter()),
            Self::Marks(marks) => serializer.collect_seq(marks.iter()),
            Self::List(list) => serializer.collect_seq(list.iter()),
            Self::Why(hit) => why::serialize(hit, serializer),
        }
    }
}
