//! Whose words they are where no verb says so: "according to Kerry", "in the words of Kerry", and who sent a letter that says something.

use super::super::lexicon::class as c;
use super::super::mention::{Form, Mention};
use super::super::page::behind_preposition;
use super::{Clause, Finder, Way, verb_like};
use crate::text::word::Shape;

impl Finder<'_, '_> {
    /// "according to Kerry".
    pub(super) fn according(&self, at: u32, found: &mut Vec<Clause>) {
        if self.page.words(at + 1) == "to"
            && let Some(mention) = self.beginning(at + 2)
        {
            found.push(Clause { cue: at, last: at + 2, mention, way: Way::According });
        }
    }

    /// "in the words of Kerry".
    pub(super) fn in_words(&self, at: u32, found: &mut Vec<Clause>) {
        let page = self.page;
        let phrase = at.checked_sub(2).is_some_and(|first| {
            page.words(first).eq_ignore_ascii_case("in") && page.words(first + 1) == "the" && page.words(at + 1) == "of"
        });
        if phrase && let Some(mention) = self.beginning(at + 2) {
            found.push(Clause { cue: at, last: at + 2, mention, way: Way::According });
        }
    }

    /// Who sent what `inner` got: "Lind" in "an email from Lind to staff said", the email where it says no more.
    pub(super) fn sender(&self, inner: &Mention) -> Option<u32> {
        let to = inner.first.checked_sub(1).filter(|&at| self.page.words(at) == "to")?;
        let sender = self.ending(to)?;
        let message = |m: &Mention| {
            m.form == Form::Nominal
                && !behind_preposition(self.page, m.first)
                && self.page.is(m.head, c::DOCUMENT | c::SPEECH_NOUN)
        };
        let from = self.mention(sender)?.first.checked_sub(1).filter(|&at| self.page.words(at) == "from");
        let from = from.and_then(|at| self.ending(at));
        from.or(Some(sender)).and_then(|m| self.mention(m)).is_some_and(message).then_some(sender)
    }

    /// Who is told more of by a clause that ends with `inner`: "a diplomat who attended the talks said".
    pub(super) fn relative(&self, inner: &Mention) -> Option<u32> {
        const FAR: u32 = 12;
        let page = self.page;
        let sentence = page.tok(inner.first)?.sentence;
        let clause = |at: &u32| {
            page.tok(*at).is_some_and(|tok| {
                // "who resigned after Lind said"
                let another =
                    tok.is(c::SUBORDINATE | c::CONJUNCTION) || matches!(page.words(*at), "as" | "after" | "before");
                tok.narrative() && tok.sentence == sentence && tok.shape.is_word() && !another
            })
        };
        let who =
            (inner.first.saturating_sub(FAR)..inner.first).rev().take_while(clause).find(|&at| page.is(at, c::WHO))?;
        let verb = page.tok(who + 1).filter(|tok| verb_like(page, tok, who + 1) && who + 1 < inner.first);
        let outer = self.ending(who).filter(|_| verb.is_some())?;
        // "a friend who said Lind"
        let says = verb.is_some_and(|tok| tok.is(c::STRONG) && !tok.is(c::AUXILIARY));
        self.mention(outer).filter(|m| m.form != Form::Who && !says).map(|_| outer)
    }

    /// Who comes from where the preposition at `at` says, behind a comma or an age: "Lind, of Dovar,", "Lind, 52, from Dovar,".
    pub(super) fn hails(&self, at: u32) -> Option<u32> {
        let page = self.page;
        let comma = |at: u32| page.tok(at).is_some_and(|tok| tok.sign(b','));
        let number = |at: u32| page.tok(at).is_some_and(|tok| tok.shape == Shape::Number);
        let end = at.checked_sub(1).filter(|&end| comma(end) && matches!(page.words(at), "of" | "from"))?;
        let aged = end.checked_sub(2).filter(|&before| comma(before) && number(before + 1));
        let who = self.ending(aged.unwrap_or(end))?;
        self.mention(who).filter(|m| m.form == Form::Name && m.core < m.head).map(|_| who)
    }

    /// Who does what the participle at `at` says, which opens its sentence: "Citing “a loss of trust”, Lind left".
    pub(super) fn fronted(&self, at: u32) -> Option<u32> {
        const FAR: u32 = 60;
        let page = self.page;
        let here = page.tok(at).filter(|tok| tok.opens && tok.is(c::CUE_ING))?;
        let ends = |i: &u32| {
            let outside = page.tok(i + 1).is_some_and(|tok| tok.narrative() && tok.sentence == here.sentence);
            outside && page.tok(*i).is_some_and(|tok| tok.sign(b','))
        };
        let near = (at + 1..at + FAR).take_while(|&i| page.tok(i).is_some_and(|tok| tok.paragraph == here.paragraph));
        near.filter(ends).find_map(|comma| {
            let who = self.beginning(comma + 1)?;
            let end = self.mention(who)?.last;
            page.after(end - 1).is_some_and(|(_, tok)| verb_like(page, tok, end) || tok.sign(b',')).then_some(who)
        })
    }
}
