//! Families: whom a given name means behind a word for kin ("his sister, Ann"), and the surname that a couple shares ("Tom and Ann Lind").

use super::super::lexicon::{class as c, groups};
use super::super::mention::{Form, Mention};
use super::super::namesakes::Namesakes;
use super::Gatherer;

impl Gatherer<'_, '_> {
    /// Whether a given name alone may be that of this entity: nothing stands before it, or it is kin to somebody of the surname with whom it
    /// cannot be confused ("his sister, Ann", of Tom Lind).
    pub(super) fn may_be_given(&self, mention: &Mention, entity: u32) -> bool {
        let kin = |(first, last): (u32, u32)| (first..last).any(|at| self.page.is(at, c::KIN));
        mention
            .role
            .is_none_or(|role| mention.last == mention.core + 1 && kin(role) && self.has_family(mention, entity))
    }

    /// Whether others have the surname of this entity, all of the other sex.
    fn has_family(&self, mention: &Mention, entity: u32) -> bool {
        let full = self.entities.get(entity as usize).and_then(|known| self.mentions.get(known.fullest as usize));
        let surname = full.filter(|m| m.core < m.head).and_then(|m| self.page.tok(m.head));
        let all = surname.and_then(|surname| self.by_head.get(&surname.hash));
        let others = || all.into_iter().flat_map(Namesakes::iter).filter(|&&other| other != entity);
        let differs =
            |&other: &u32| self.entities.get(other as usize).is_some_and(|e| e.gender.differs(mention.gender));
        others().next().is_some() && others().all(differs)
    }

    /// The token of the surname that the given name of mention `number` shares with the full name behind it: "Tom" in "Tom and Ann Lind".
    pub(super) fn shared_surname(&self, number: u32, mention: &Mention) -> Option<u32> {
        let page = self.page;
        let alone = mention.form == Form::Name && mention.first + 1 == mention.last;
        let joined =
            alone && page.is(mention.core, groups::GIVEN) && matches!(page.words(mention.last), "and" | "und" | "&");
        let next = self.mentions.get(number as usize + 1).filter(|_| joined)?;
        let full = next.form == Form::Name && next.core + 1 == next.head && page.is(next.core, groups::GIVEN);
        (full && next.first == mention.last + 1 && next.core == next.first && next.region == mention.region)
            .then_some(next.head)
    }
}
