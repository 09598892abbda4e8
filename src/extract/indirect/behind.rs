//! The words behind ", he said,": whether they go on with what is said, or are the writer's own.
//!
//! Knows connectives and what looks like a verb; where a stretch ends is `bounds`' matter.

use super::super::lexicon::{class as c, groups};
use super::super::mention::{Form, Mention};
use super::bounds::Bounds;
use super::reports::{ACTS, ASKED, CONTRAST, GESTURE, GOES_ON, LEAVES, PAST, PRESENT, PRONOUN, TIMES, WITH};
use crate::text::word::Shape;

impl Bounds<'_, '_> {
    /// The words behind ", he said, ", if they go on with what is said: behind a `whole` statement, only what is joined to it.
    pub(super) fn tail(
        &self,
        closing: u32,
        last: u32,
        cue: u32,
        whole: bool,
        speaker: Option<&Mention>,
    ) -> Option<(u32, u32)> {
        let from = closing + 1;
        let comma =
            self.tok(closing).is_some_and(|tok| tok.narrative() && matches!(tok.shape, Shape::Sign(b',' | b'-')));
        let tok = self.tok(from).filter(|tok| tok.narrative() && comma && from < last)?;
        let word = self.page.words(from);
        // "The driver, police said, refused to stop": behind what is no statement yet, its predicate.
        let leaves =
            word.ends_with("ing") || whole && word.ends_with("ed") || tok.is(c::WHO) || self.says(from, LEAVES);
        if leaves || !(tok.shape.is_word() || tok.shape == Shape::Number || tok.sign(b'$')) {
            return None;
        }
        let end = self.end(from, last, cue)?;
        if self.is_own(from, end, speaker) {
            return None;
        }
        let joined = self.joins(from)
            || self.says(from, GOES_ON)
            || tok.is(c::AUXILIARY)
            || tok.is(c::THAT)
            || !tok.is(c::DETERMINER) && self.is_clause(from, end);
        (!whole || joined).then_some((from, end))
    }

    /// Whether what a connective at `from` opens is the writer's: what another does, or what was done while it was said.
    fn is_own(&self, from: u32, end: u32, speaker: Option<&Mention>) -> bool {
        let next = from + 1;
        let begins = self.beginning(next).and_then(|number| self.mentions.get(number as usize));
        // "but Oakes wants to settle"
        if self.says(from, CONTRAST)
            && let Some(other) = begins.filter(|other| other.form == Form::Name)
        {
            let head = |mention: &Mention| self.tok(mention.head).map(|tok| tok.hash);
            return speaker.is_some_and(|speaker| speaker.form != Form::Name || head(other) != head(speaker));
        }
        // "without giving details", "after leaving the hall", "when asked"
        let connects = self.says(from, TIMES | WITH);
        if connects && (self.page.words(next).ends_with("ing") || self.says(next, ASKED)) {
            return true;
        }
        if self.says(from, TIMES) {
            let acts = self.says(next, PRONOUN) && (next + 1..end.min(next + 3)).any(|at| self.says(at, ACTS));
            return acts || !self.has_predicate(next, end);
        }
        // "with a smile", "by telephone"
        self.says(from, WITH) && (next..end.min(next + 4)).any(|at| self.says(at, GESTURE))
    }

    /// Whether a verb stands behind what can be its subject.
    fn has_predicate(&self, first: u32, end: u32) -> bool {
        (first..end).any(|at| {
            let Some(tok) = self.tok(at).filter(|tok| tok.narrative()) else { return false };
            self.pronoun_verb(at, end)
                || at > first
                    && (tok.is(c::AUXILIARY)
                        || tok.is(groups::FINITE) && tok.is(c::STRONG)
                        || self.says(at, PAST | PRESENT)
                        || tok.shape == Shape::Lower
                            && tok.classes & !groups::CUE == 0
                            && self.page.words(at).ends_with("ed"))
        })
    }
}
