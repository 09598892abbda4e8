//! The names of fields and kinds: written, read, and the one that was probably meant.
//!
//! It does not know what a field is tested for beyond "text, kind, days or a share".

use super::ast::{Field, KindValue};

/// Names that the language will have, but has not yet: they get another message than a typing error.
const PLANNED: [&str; 12] =
    ["about", "batch", "cue", "dup", "hlead", "id", "lang", "path", "saved", "section", "url", "words"];

/// What the values of a field are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    Text,
    Kind,
    Days,
    Share,
}

impl Field {
    /// All fields, in the order in which help lists them.
    pub const ALL: [Self; 11] = [
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
        }
    }

    /// The field of this name, in capitals or not.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name().eq_ignore_ascii_case(name))
    }

    pub(super) fn holds(self) -> Holds {
        match self {
            Self::Kind => Holds::Kind,
            Self::Mentions | Self::Date => Holds::Days,
            Self::Conf => Holds::Share,
            _ => Holds::Text,
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

/// Whether this is the name of a field that is still to come.
pub(super) fn is_planned(name: &str) -> bool {
    PLANNED.iter().any(|planned| planned.eq_ignore_ascii_case(name))
}

/// The field that was probably meant by `name`.
pub(super) fn field_near(name: &str) -> Option<&'static str> {
    // What JSON calls it.
    if name.eq_ignore_ascii_case("confidence") {
        return Some(Field::Conf.name());
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
