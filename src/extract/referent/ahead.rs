//! Pronouns that stand before the name: "“Look at this,” she says.", and in the next paragraph who she is.

use super::super::lexicon::class as c;
use super::super::mention::{Form, Gender, Mention};
use super::super::page::NONE;
use super::super::person::Meaning;
use super::Resolver;

/// How sure it is that who is named next was meant.
const AHEAD: f32 = 0.6;

impl Resolver<'_, '_> {
    /// Gives pronouns at the beginning of a text, before anybody is named whom they could mean, to the first person named behind
    /// them who fits.
    pub(super) fn look_ahead(&mut self) {
        const FAR: u32 = 2;
        const PEOPLE: usize = 3;
        const LEAST: f32 = 0.3;
        let governed = |m: &Mention| self.page.before(m.first).is_some_and(|(_, tok)| tok.is(c::PREPOSITION));
        let person = |n: &usize| {
            let entity = self.named.get(*n).and_then(|&entity| self.entities.get(entity as usize));
            let narrative = self.mentions.get(*n).is_some_and(|m| m.region == NONE && m.beside == NONE && !governed(m));
            narrative && entity.is_some_and(|entity| !entity.organisation && (entity.person || self.full_name(entity)))
        };
        let people: Vec<usize> = (0..self.mentions.len()).filter(person).take(PEOPLE).collect();
        let Some(&first) = people.first() else { return };
        // "The thief did not get far. “I give up,” he said."
        let Some(told) = self.mentions.get(first).map(|m| m.first) else { return };
        let somebody = |at: u32| {
            self.page.tok(at).is_some_and(|tok| tok.narrative() && tok.opens && tok.is(c::DETERMINER | c::POSSESSIVE))
        };
        let described = (0..told).find(|&at| somebody(at)).unwrap_or(told);
        let role = |m: &&Mention| m.form == Form::Nominal && m.region == NONE && !m.plural && self.person_like(m);
        let described = self.mentions.iter().take(first).find(role).map_or(described, |m| m.first.min(described));
        let paragraph = |n: usize| {
            let tok = self.mentions.get(n).and_then(|m| self.page.tok(m.first));
            tok.map_or(NONE, |tok| tok.paragraph)
        };
        for n in 0..first {
            let unknown = self.meanings.get(n).is_some_and(|m| m.entity == NONE && m.described == NONE);
            let spoken = |m: &&Mention| unknown && m.form == Form::HeShe && m.region == NONE && m.first < described;
            let pronoun = self.mentions.get(n).filter(spoken);
            let Some(pronoun) = pronoun else { continue };
            let near = |p: &&usize| paragraph(**p).saturating_sub(paragraph(n)) <= FAR;
            let known = people.iter().filter(near).filter_map(|&p| self.named.get(p).copied());
            let who = known.into_iter().find(|&entity| self.fits_named(pronoun, entity) >= LEAST);
            if let (Some(who), Some(meaning)) = (who, self.meanings.get_mut(n)) {
                *meaning = Meaning::named(who, AHEAD);
            }
        }
    }

    fn person_like(&self, m: &Mention) -> bool {
        m.gender != Gender::Unknown || self.page.is(m.head, c::ROLE | c::NAME_ROLE)
    }
}
