//! What a name or a description of a body is beside a speaker: a country, a place where something is, a body of its own.

use super::super::clause::verb_like;
use super::super::lexicon::{class as c, groups};
use super::super::mention::{Gender, Mention};
use super::super::page::{NONE, behind_preposition};
use super::super::person::Entity;
use super::super::salient::{Referent, Salient};
use super::Resolver;
use crate::text::word::Shape;

/// What rises and falls of a company in front of its name.
const SHARES: &[&str] = &["Shares", "Stock", "Aktien"];

/// What a company is called where its name is not said again.
const FIRMS: &[&str] = &[
    "company",
    "firm",
    "carrier",
    "airline",
    "concern",
    "retailer",
    "maker",
    "manufacturer",
    "bank",
    "insurer",
    "operator",
    "supplier",
    "chain",
    "startup",
    "start-up",
    "charity",
    "unternehmen",
    "konzern",
    "firma",
    "betrieb",
    "hersteller",
];

impl Resolver<'_, '_> {
    /// Whether a preposition governs a mention, and no more is said of it than that: "Shares of Lind Corp fell" is about Lind Corp.
    pub(super) fn governed(&self, mention: &Mention) -> bool {
        let page = self.page;
        let opens = |at: u32| page.tok(at).is_some_and(|tok| tok.opens);
        let shares = mention.first.checked_sub(2).is_some_and(|at| opens(at) && SHARES.contains(&page.words(at)));
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
        let firm = FIRMS.contains(&&*page.words(body.head).to_lowercase());
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

    /// Whether its name is that of a country, a town or a nation: no company, army or agency.
    pub(super) fn is_place(&self, entity: &Entity) -> bool {
        let place = |m: &Mention| (m.core..m.last).all(|at| self.page.is(at, c::PLACE | c::DEMONYM));
        self.mentions.get(entity.fullest as usize).is_some_and(place)
    }

    /// Whether a name of one word only ever says where: "in Dovar", "near Dovar".
    pub(super) fn is_where(&self, entity: &Entity) -> bool {
        const WHERE: &[&str] = &["in", "at", "near", "outside"];
        const ENOUGH: usize = 16;
        let where_at = |m: &Mention| {
            m.first
                .checked_sub(1)
                .is_some_and(|at| WHERE.iter().any(|word| self.page.words(at).eq_ignore_ascii_case(word)))
        };
        entity.mentions.iter().take(ENOUGH).filter_map(|&m| self.mentions.get(m as usize)).all(where_at)
    }

    /// Whether a name makes it a body of its own, and no other word for what is spoken of: "the Dovar government", and not "the
    /// Dovar-based company" or "the Dutch airline".
    pub(super) fn of_its_own(&self, body: &Mention) -> bool {
        const CONCERNS: &[&str] = &["company", "firm", "carrier", "airline", "group", "concern"];
        let page = self.page;
        let mut named = (body.first..body.head).filter(|&at| {
            page.tok(at).is_some_and(|tok| {
                tok.is(c::PLACE | c::DEMONYM) || tok.shape.is_capital() && !tok.opens && !tok.is(groups::FUNCTION)
            })
        });
        let based = (body.first..body.head).any(|at| page.words(at).ends_with("-based"));
        let generic = CONCERNS.contains(&page.words(body.head));
        !based && named.any(|at| !generic || !page.is(at, c::DEMONYM))
    }
}
