//! Companies of which nothing shows what they are: who "the company" is where an article begins with a bare name, and what a headline on
//! shares is about.

use std::sync::LazyLock;

use super::super::clause::verb_like;
use super::super::lexicon::{WordSet, groups, words_of};
use super::super::mention::{Gender, Mention};
use super::super::page::{NONE, behind_preposition};
use super::super::person::Entity;
use super::super::salient::{Referent, Salient};
use super::Resolver;
use super::rivals::SECOND_REFERENCES;
use crate::text::word::Shape;

/// What rises and falls of a company, in front of its name.
static SHARES: LazyLock<WordSet> = LazyLock::new(|| words_of(SECOND_REFERENCES, "shares"));

/// What a company is called where its name is not said again.
static FIRMS: LazyLock<WordSet> = LazyLock::new(|| words_of(SECOND_REFERENCES, "firm"));

impl Resolver<'_, '_> {
    /// Whether a preposition governs a mention, and no more is said of it than that: "Shares of Lind Corp fell" is about Lind Corp.
    pub(super) fn governed(&self, mention: &Mention) -> bool {
        let page = self.page;
        let shares = |at: u32| page.tok(at).is_some_and(|tok| tok.opens && SHARES.contains(&tok.hash));
        let shares = mention.first.checked_sub(2).is_some_and(shares);
        behind_preposition(page, mention.first) && !(shares && matches!(page.words(mention.first - 1), "of" | "in"))
    }

    /// The name of one word of which nothing shows what it is and with which the article begins, where no body is spoken of: "Tarvex will close two
    /// plants", "the company".
    pub(super) fn firm(&self, body: &Mention) -> Option<u32> {
        const FIRST: u32 = 2;
        let page = self.page;
        let name = |m: &Mention| m.core == m.head && m.core + 1 == m.last && !page.is(m.head, groups::GIVEN);
        let may = |known: &Salient| {
            let Referent::Named(who) = known.who else { return None };
            let entity = self.entities.get(who as usize)?;
            let unknown = !entity.person && !entity.organisation && entity.gender == Gender::Unknown;
            let word = self.mentions.get(entity.fullest as usize).is_some_and(name);
            let paragraph = |at: u32| page.tok(at).map(|tok| tok.paragraph);
            // "William C." at the end of a line
            let initial = |at: u32| page.tok(at).is_some_and(|tok| tok.shape == Shape::Initial);
            let opens = |m: &Mention| {
                let before = m.first.checked_sub(1).and_then(paragraph);
                before != paragraph(m.first) && !m.first.checked_sub(2).is_some_and(initial)
            };
            let first = entity.mentions.first().filter(|&&number| number <= FIRST);
            let first = first.and_then(|&m| self.mentions.get(m as usize)).is_some_and(opens);
            (unknown && entity.roles.is_empty() && word && first && self.acts(entity)).then_some(who)
        };
        let firm = page.tok(body.head).is_some_and(|tok| FIRMS.contains(&tok.hash));
        self.salient.iter().filter(|_| firm).find_map(may)
    }

    /// Whether a verb stands right behind its name somewhere, and no preposition before it.
    fn acts(&self, entity: &Entity) -> bool {
        const ENOUGH: usize = 16;
        let page = self.page;
        let acts = |m: &Mention| {
            let verb = page.after(m.last - 1).is_some_and(|(_, tok)| verb_like(page, tok, m.last));
            verb && m.region == NONE && !self.governed(m)
        };
        entity.mentions.iter().take(ENOUGH).filter_map(|&m| self.mentions.get(m as usize)).any(acts)
    }
}
