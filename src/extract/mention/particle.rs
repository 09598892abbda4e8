//! Particles of names: "van Lind" for "Nina van Lind".

use super::super::lexicon::class as c;
use super::{Finder, Form};
use crate::text::word::Shape;

impl Finder<'_, '_> {
    /// Where a name that begins at `at` begins with the particles before it: those with which it stood in a full name before.
    pub(in crate::extract) fn with_particle(&self, at: u32) -> u32 {
        const LOOK_BACK: usize = 40;
        const MOST: usize = 2;
        let page = self.page;
        let mut first = at;
        for _ in 0..MOST {
            let particle = |tok: &super::Tok| tok.is(c::PARTICLE) && tok.shape == Shape::Lower;
            let Some((before, tok)) = page.before(first).filter(|(_, tok)| particle(tok)) else { break };
            let Some(next) = page.tok(first) else { break };
            let pair = |i: u32| {
                page.tok(i).is_some_and(|known| known.hash == tok.hash)
                    && page.tok(i + 1).is_some_and(|known| known.hash == next.hash)
            };
            let names = self.found.iter().rev().take(LOOK_BACK).filter(|m| m.form == Form::Name);
            if !names.into_iter().any(|name| (name.core..name.last).any(pair)) {
                break;
            }
            first = before;
        }
        first
    }
}
