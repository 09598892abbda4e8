//! What a name or a description of a body is beside a speaker: a country, a place where something is, a body of its own.

use super::super::lexicon::{class as c, groups};
use super::super::mention::Mention;
use super::super::person::Entity;
use super::Resolver;

impl Resolver<'_, '_> {
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
