//! What the frames of a judgement are made of in any language: who may judge, and the words that lead up to a quotation or to somebody.

use super::super::lexicon::{WordSet, class as c};
use super::super::mention::{Form, Mention};
use super::super::page::{NONE, Quoted, Tok};
use super::Scene;
use crate::text::word::Shape;

impl Scene<'_, '_> {
    /// Whether a word of `list` stands at `at`, outside of quotations.
    pub(super) fn stands(&self, at: u32, list: &WordSet) -> bool {
        self.page.tok(at).is_some_and(|tok| tok.narrative() && list.contains(&tok.hash))
    }

    /// Where a word of `list` stands right before the words, or an article and what goes with it.
    pub(super) fn opened_by(&self, quoted: &Quoted, list: &WordSet) -> Option<u32> {
        const NEAR: usize = 3;
        let mut at = quoted.first.checked_sub(1)?;
        for _ in 0..NEAR {
            let tok = self.page.tok(at).filter(|tok| tok.narrative() && tok.paragraph == quoted.region.paragraph)?;
            if list.contains(&tok.hash) {
                return Some(at);
            }
            if !tok.is(c::DETERMINER) && (tok.shape != Shape::Lower || tok.classes != 0) {
                return None;
            }
            at = at.checked_sub(1)?;
        }
        None
    }

    /// Who is named right before the word of `list` that leads up to the words: "Lind as “a joke”".
    pub(super) fn agent_before(&self, quoted: &Quoted, list: &WordSet) -> Option<(u32, &Mention)> {
        const NEAR: u32 = 3;
        let named = self.opened_by(quoted, list)?;
        let number = self.mentions_before(named).checked_sub(1)?;
        self.agent(number).filter(|m| m.last <= named && named - m.last <= NEAR).map(|agent| (number, agent))
    }

    /// The word before a mention and its article.
    pub(super) fn led_by(&self, m: &Mention) -> Option<(u32, &Tok)> {
        let article = self.page.before(m.first).filter(|(_, tok)| tok.is(c::DETERMINER | c::POSSESSIVE));
        self.page.before(article.map_or(m.first, |(at, _)| at))
    }

    /// Anybody in the narrative who may be named behind "von" or "by".
    pub(super) fn agent(&self, number: u32) -> Option<&Mention> {
        let named = self.mentions.get(number as usize).filter(|m| m.form == Form::Name && m.region == NONE);
        named.filter(|m| m.beside == NONE).or_else(|| self.judge(number))
    }

    /// A person, an office or a body in the narrative.
    pub(super) fn judge(&self, number: u32) -> Option<&Mention> {
        let known = self.cast.entity(self.cast.meaning(number).entity);
        let person = known.is_some_and(|known| known.person || known.organisation);
        self.mentions.get(number as usize).filter(|m| {
            let sort = match m.form {
                Form::Name => person,
                Form::Organisation => true,
                Form::Nominal => self.page.is(m.head, c::ROLE | c::ROLES | c::BODY | c::CROWD),
                _ => false,
            };
            sort && m.region == NONE && m.beside == NONE
        })
    }
}
