//! Where what is reported ends and the writer's own words go on: "but did not elaborate", ", citing its cost".
//!
//! Only what can hardly have been said is taken for the writer's; a clause of saying that follows is `bounds`' matter.

use super::super::lexicon::{class as c, groups};
use super::bounds::Bounds;
use super::reports::{
    ASKED, CONTRAST, DECLINES, DRAWS, ELABORATES, FEW, GIVES, NOISE, OCCASION, PAUSES, PLACES, PRONOUN, SPEAKS, STUNS,
    TIMES, VIEW,
};
use crate::text::word::Shape;

impl Bounds<'_, '_> {
    /// Where the writer's own words begin in the clause `start..stop`, which goes to the end of its sentence if `whole`.
    pub(super) fn own_words(&self, start: u32, stop: u32, whole: bool) -> Option<u32> {
        let comma = |at: u32| self.tok(at - 1).is_some_and(|tok| tok.narrative() && tok.sign(b','));
        (start + 2..stop)
            .filter(|&at| self.tok(at).is_some_and(|tok| tok.narrative() && tok.shape == Shape::Lower))
            .find(|&at| {
                let own = self.is_withheld(at, stop)
                    || comma(at) && self.is_remark(at, stop)
                    || whole && (self.is_occasion(start, at, stop) || self.is_moment(start, at, stop));
                own && self.says_something(start, at)
            })
    }

    /// "but did not elaborate", "though she gave no details", ", without giving details"
    fn is_withheld(&self, at: u32, stop: u32) -> bool {
        let comma = self.tok(at - 1).is_some_and(|tok| tok.sign(b','));
        if comma && self.is_word(at, "without") {
            return self.says(at + 1, ELABORATES);
        }
        if !self.says(at, CONTRAST) && !self.is_word(at, "and") {
            return false;
        }
        let skips = |i: &u32| {
            self.says(*i, PRONOUN) || self.tok(*i).is_some_and(|tok| tok.is(c::ADVERB) && !self.is_word(*i, "not"))
        };
        let Some(verb) = (at + 1..stop.min(at + 4)).find(|i| !skips(i)) else { return false };
        let helps = self.tok(verb).is_some_and(|tok| tok.is(c::AUXILIARY));
        let negated = self.page.words(verb).ends_with('t') && self.page.words(verb).contains(['\'', '’']);
        match () {
            () if helps && negated => self.says(verb + 1, ELABORATES),
            () if helps => self.is_word(verb + 1, "not") && self.says(verb + 2, ELABORATES),
            () if self.says(verb, DECLINES) => {
                self.is_word(verb + 1, "to") && (self.says(verb + 2, ELABORATES) || self.is_word(verb + 2, "be"))
            }
            () => self.says(verb, GIVES) && self.says(verb + 1, FEW),
        }
    }

    /// What the writer remarks behind a comma: ", according to ...", ", citing its cost", ", a view that Oakes shares".
    fn is_remark(&self, at: u32, stop: u32) -> bool {
        let near = |far: u32, classes| (at + 1..stop.min(at + far)).any(|i| self.says(i, classes));
        let tok = |at: u32| self.tok(at);
        if self.is_word(at, "according") && self.is_word(at + 1, "to") || self.says(at, PAUSES) {
            return true;
        }
        if self.says(at, DRAWS) {
            return near(5, NOISE);
        }
        if self.says(at, TIMES) && self.page.words(at + 1).ends_with("ing") || self.is_word(at, "which") {
            return !self.is_word(at, "which") || self.says(at + 1, STUNS);
        }
        let view = tok(at).is_some_and(|tok| tok.is(c::ARTICLE)) && near(3, VIEW);
        view && (at + 2..stop.min(at + 4)).any(|i| {
            self.says(i - 1, VIEW)
                && tok(i).is_some_and(|tok| {
                    tok.is(c::THAT)
                        || self.is_word(i, "which")
                        || self.page.words(i).ends_with("ed") && tok.shape == Shape::Lower
                })
        })
    }

    /// Where it was said, at the end of the sentence: "in a statement released Monday", unless the clause itself tells of speech.
    fn is_occasion(&self, start: u32, at: u32, stop: u32) -> bool {
        const FAR: u32 = 6;
        let opens = self.says(at, PLACES)
            && self.tok(at + 1).is_some_and(|tok| tok.is(c::ARTICLE | c::POSSESSIVE))
            && !self.is_word(at + 1, "the");
        if !opens || self.tells_of_speech(start, at) {
            return false;
        }
        let Some(noun) = (at + 2..stop.min(at + FAR)).find(|&i| self.says(i, OCCASION)) else { return false };
        let plain = (at + 2..noun).all(|i| {
            self.tok(i)
                .is_some_and(|tok| tok.shape.is_word() && !tok.is(groups::FUNCTION) || tok.shape == Shape::Number)
        });
        let behind = noun + 1;
        let free = behind >= stop
            || self.tok(behind).is_some_and(|tok| {
                tok.is(c::PREPOSITION | c::WEEKDAY | c::MONTH | c::ADVERB) || self.page.words(behind).ends_with("ed")
            });
        plain && free && !self.goes_on(behind, stop)
    }

    /// When it was said: "when she spoke to reporters", "when asked about it".
    fn is_moment(&self, start: u32, at: u32, stop: u32) -> bool {
        let spoken = self.says(at, TIMES)
            && (self.says(at + 1, ASKED) || self.says(at + 1, PRONOUN) && self.says(at + 2, SPEAKS));
        spoken && !self.tells_of_speech(start, at) && !self.goes_on(at + 3, stop)
    }

    /// Whether a clause tells of speech itself, or of what is to come, so that the occasion may belong to it.
    fn tells_of_speech(&self, start: u32, end: u32) -> bool {
        (start..end).any(|at| {
            self.says(at, SPEAKS)
                || self.is_word(at, "will")
                || self.is_word(at, "would")
                || self.tok(at).is_some_and(|tok| tok.is(groups::CUE) && tok.shape == Shape::Lower)
                    && !self.tok(at - 1).is_some_and(|tok| tok.is(c::DETERMINER | c::POSSESSIVE | c::MODIFIER))
        })
    }

    /// Whether another clause follows.
    fn goes_on(&self, from: u32, stop: u32) -> bool {
        (from..stop).any(|at| {
            self.tok(at).is_some_and(|tok| {
                tok.is(c::AUXILIARY | c::CONJUNCTION | c::THAT) || matches!(tok.shape, Shape::Sign(b',' | b';' | b'-'))
            })
        })
    }
}
