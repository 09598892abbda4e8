//! The names of fields and kinds: written, read, and the one that was probably meant.
//!
//! It does not know what a field is tested for beyond "text, kind, days or a share".

use super::ast::{Field, KindValue};

/// What the values of a field are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    Text,
    Kind,
    Days,
    Share,
    Number,
    /// An id, or the beginning of one.
    Id,
    /// `first`
    Dup,
    /// The name of a saved query.
    Name,
}

impl Field {
    /// All fields, in the order in which help lists them.
    pub const ALL: [Self; 23] = [
        Self::Quote,
        Self::Speaker,
        Self::Role,
        Self::Kind,
        Self::Title,
        Self::Body,
        Self::Outlet,
        Self::Byline,
        Self::Mentions,
        Self::Date,
        Self::Conf,
        Self::Cue,
        Self::About,
        Self::Hlead,
        Self::Section,
        Self::Lang,
        Self::Words,
        Self::Url,
        Self::Path,
        Self::Id,
        Self::Dup,
        Self::Batch,
        Self::Saved,
    ];

    /// The name that stands before the colon.
    pub fn name(self) -> &'static str {
        match self {
            Self::Quote => "quote",
            Self::Speaker => "speaker",
            Self::Role => "role",
            Self::Kind => "kind",
            Self::Title => "title",
            Self::Body => "body",
            Self::Outlet => "outlet",
            Self::Byline => "byline",
            Self::Mentions => "mentions",
            Self::Date => "date",
            Self::Conf => "conf",
            Self::Cue => "cue",
            Self::About => "about",
            Self::Hlead => "hlead",
            Self::Section => "section",
            Self::Lang => "lang",
            Self::Words => "words",
            Self::Url => "url",
            Self::Path => "path",
            Self::Id => "id",
            Self::Dup => "dup",
            Self::Batch => "batch",
            Self::Saved => "saved",
        }
    }

    /// The field of this name, in capitals or not.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name().eq_ignore_ascii_case(name))
    }

    /// Whether its values have an order, so that `>` and ranges have a meaning.
    pub(super) fn is_compared(self) -> bool {
        matches!(self.holds(), Holds::Days | Holds::Share | Holds::Number)
    }

    pub(super) fn holds(self) -> Holds {
        match self {
            Self::Kind => Holds::Kind,
            Self::Mentions | Self::Date => Holds::Days,
            Self::Conf => Holds::Share,
            Self::Words | Self::Batch => Holds::Number,
            Self::Id => Holds::Id,
            Self::Dup => Holds::Dup,
            Self::Saved => Holds::Name,
            Self::Quote | Self::Speaker | Self::Role | Self::Cue | Self::About => Holds::Text,
            Self::Title | Self::Body | Self::Hlead | Self::Byline | Self::Outlet => Holds::Text,
            Self::Section | Self::Lang | Self::Url | Self::Path => Holds::Text,
        }
    }
}

impl KindValue {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Direct, Self::Mixed, Self::Indirect];

    /// `direct`, `mixed` or `indirect`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Mixed => "mixed",
            Self::Indirect => "indirect",
        }
    }

    /// The kind of this name, in capitals or not.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name().eq_ignore_ascii_case(name))
    }
}

/// The field that was probably meant by `name`.
pub(super) fn field_near(name: &str) -> Option<&'static str> {
    // What JSON, cards and other languages call them.
    let others = [
        ("confidence", Field::Conf),
        ("headline", Field::Title),
        ("language", Field::Lang),
        ("text", Field::Body),
        ("content", Field::Body),
        ("source", Field::Outlet),
        ("author", Field::Byline),
        ("published", Field::Date),
        ("from", Field::Date),
        ("since", Field::Date),
        ("after", Field::Date),
        ("before", Field::Date),
        ("until", Field::Date),
        ("year", Field::Date),
        ("day", Field::Date),
        ("q", Field::Id),
        ("a", Field::Id),
        ("who", Field::Speaker),
        ("said", Field::Speaker),
        ("by", Field::Speaker),
        ("hl", Field::Title),
        ("hlp", Field::Hlead),
        ("file", Field::Path),
    ];
    if let Some((_, field)) = others.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)) {
        return Some(field.name());
    }
    nearest(name, Field::ALL.into_iter().map(Field::name))
}

/// The kind that was probably meant by `name`.
pub(super) fn kind_near(name: &str) -> Option<&'static str> {
    nearest(name, KindValue::ALL.into_iter().map(KindValue::name))
}

/// The name nearest to `typed`: its beginning, or at most a third of it mistyped.
pub(super) fn nearest<'a>(typed: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    let length = typed.chars().count();
    // The longest name has nine letters, and edit distance costs the product of both lengths.
    if length > 16 {
        return None;
    }
    let distance = |name: &str| match name.starts_with(&typed) && length >= 2 {
        true => 0,
        false => strsim::osa_distance(&typed, name),
    };
    let (distance, name) = names.map(|name| (distance(name), name)).min_by_key(|(distance, _)| *distance)?;
    (distance <= ((length + 1) / 3).min(3) && distance < length).then_some(name)
}
