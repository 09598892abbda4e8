//! Quotations that fill a paragraph, to which the one above leads up without a verb of saying: "Nina Lind is angry."

use std::sync::LazyLock;

use super::super::clause::Way;
use super::super::lexicon::{WordSet, class as c, groups, words_of};
use super::super::mention::{Form, Gender, Mention};
use super::super::page::{NONE, Quoted, Tok, behind_preposition};
use super::super::person::Entity;
use super::super::referent::SECOND_REFERENCES;
use super::Scene;

/// What befalls those who seldom speak behind it.
static BEFALLEN: LazyLock<WordSet> = LazyLock::new(|| words_of(SECOND_REFERENCES, "befallen"));

impl Scene<'_, '_> {
    /// The first of the paragraph above whom no preposition governs, where a quotation fills its own and is not about them: and whether
    /// nobody is quoted there, or said to say something.
    pub(super) fn lead(&self, quoted: &Quoted) -> Option<(u32, bool)> {
        let page = self.page;
        let paragraph = quoted.region.paragraph;
        let &(begins, ends) = page.paragraphs.get(paragraph as usize)?;
        let fills = quoted.first <= begins + 1 && ends <= quoted.last + 1;
        let above = paragraph.checked_sub(1).filter(|_| fills)?;
        let &(first, last) = page.paragraphs.get(above as usize)?;
        // "For Nina Lind, the news came as a shock."
        let free =
            |m: &Mention| !behind_preposition(page, m.first) || m.first == first + 1 && page.words(first) == "For";
        let from = self.mentions_before(first);
        let here = self.mentions.get(from as usize..).unwrap_or_default().iter().take_while(|m| m.first < last);
        let lead = here.zip(from..).find(|(m, _)| m.region == NONE && m.beside == NONE && !m.owner && free(m));
        let lead = lead.filter(|&(m, number)| {
            let befallen = (m.last..last).any(|at| page.tok(at).is_some_and(|tok| BEFALLEN.contains(&tok.hash)));
            let known = self.cast.entity(self.cast.meaning(number).entity);
            !befallen && !known.is_some_and(|known| self.tells_of(quoted, known, m))
        });
        let quiet = self.regions_between(first, last) == 0 && self.last_clause_above(paragraph).is_none();
        lead.map(|(_, number)| (number, quiet))
    }

    /// The person whom the paragraph above introduces, and nobody else, where nothing else tells who speaks.
    pub(super) fn led_in(&self, quoted: &Quoted) -> Option<u32> {
        const LEAST: u32 = 6;
        const LONGEST: u32 = 60;
        let page = self.page;
        let (number, _) = self.lead(quoted).filter(|&(_, quiet)| quiet)?;
        let lead = self.mentions.get(number as usize).filter(|m| m.form == Form::Name)?;
        let entity = self.cast.meaning(number).entity;
        let known = self.cast.entity(entity).filter(|known| known.person && !known.organisation)?;
        let full = self.mentions.get(known.fullest as usize).is_some_and(|m| m.core < m.head);
        let &(first, last) = page.paragraphs.get(page.tok(lead.first)?.paragraph as usize)?;
        let inside = quoted.region.inside.of(page.text);
        let sentence = quoted.region.closed
            && quoted.last - quoted.first >= LEAST
            && inside.ends_with(['.', '!', '?'])
            && inside.starts_with(|c: char| !c.is_lowercase());
        // Somebody else who is named there acts as well: "Lind and Oakes met."
        let acts = |m: &Mention| {
            m.form == Form::Name
                && m.region == NONE
                && m.beside == NONE
                && !behind_preposition(page, m.first)
                && !m.owner
        };
        let from = self.mentions_before(first);
        let others = self.mentions.get(from as usize..).unwrap_or_default().iter().take_while(|m| m.first < last);
        let alone = others.zip(from..).all(|(m, n)| !acts(m) || self.cast.meaning(n).entity == entity);
        let fits = full && sentence && alone && last - first <= LONGEST;
        (fits && !self.told_below(quoted)).then_some(number)
    }

    /// Whether a quotation is about whom the paragraph above names: it has the name, or "he" or "she".
    fn tells_of(&self, quoted: &Quoted, known: &Entity, lead: &Mention) -> bool {
        let page = self.page;
        let name = |hash: u64| (lead.core..lead.last).any(|at| page.tok(at).is_some_and(|tok| tok.hash == hash));
        let other = |tok: &Tok| {
            tok.is(c::HE) && known.gender == Gender::Female || tok.is(c::SHE) && known.gender == Gender::Male
        };
        (quoted.first..quoted.last)
            .filter_map(|at| page.tok(at))
            .any(|tok| tok.shape.is_capital() && name(tok.hash) || tok.is(c::HE | c::SHE) && !other(tok))
    }

    /// Whether the next paragraph tells whose a quotation is: "That was how Nina Lind put it.", "Nina Lind said so twice."
    fn told_below(&self, quoted: &Quoted) -> bool {
        let page = self.page;
        let Some(&(first, last)) = page.paragraphs.get(quoted.region.paragraph as usize + 1) else { return false };
        let from = self.clauses.partition_point(|clause| clause.cue < first);
        let clauses = self.clauses.get(from..).unwrap_or_default().iter().take_while(|clause| clause.cue < last);
        clauses.filter(|clause| clause.way <= Way::Colon && page.is(clause.cue, groups::FINITE)).any(|clause| {
            self.mentions.get(clause.mention as usize).is_some_and(|m| m.first >= first)
                && !self.says_else(clause.mention, quoted)
        })
    }
}
