//! Who or what a text is about at one place, and how much: what pronouns are resolved by.

use super::mention::Gender;

/// Who or what is spoken of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Referent {
    /// An entity.
    Named(u32),
    /// Somebody or something without a name, by the mention that first described it.
    Described(u32),
}

pub(super) struct Salient {
    pub(super) who: Referent,
    /// What pronouns have shown of it: of somebody whose name tells nothing.
    pub(super) gender: Gender,
    /// Whether it is the subject of a verb of saying somewhere above.
    pub(super) spoke: bool,
    pub(super) weight: f32,
    /// One past the last token of its last mention.
    pub(super) last: u32,
}
