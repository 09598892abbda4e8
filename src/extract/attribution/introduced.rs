//! Who speaks where a colon opens a German quotation, beyond doubt: "Oakes fragte: „…“ Lind entgegnete: „…“ Darauf Oakes: „…“".

use super::super::clause::{Clause, Way};
use super::super::lexicon::{class as c, groups};
use super::super::mention::Form;
use super::super::page::{NONE, Quoted};
use super::Scene;

impl Scene<'_, '_> {
    /// The subject of the verb of saying whose sentence ends in the colon before the marks; or the name that stands there alone.
    pub(super) fn introduced(&self, quoted: &Quoted) -> Option<u32> {
        const NEAR: usize = 6;
        let page = self.page;
        let colon = quoted.first.checked_sub(1).filter(|_| page.grammar.verb_second)?;
        let sign = page.tok(colon).filter(|tok| tok.narrative() && tok.sign(b':'))?;
        let here = |at: u32| {
            page.tok(at).is_some_and(|tok| tok.sentence == sign.sentence && tok.paragraph == quoted.region.paragraph)
        };
        let behind = page.tok(quoted.first)?.region.checked_sub(1).and_then(|before| page.regions.get(before as usize));
        let behind = behind.map_or(0, |before| before.last);
        let subject = |clause: &&Clause| {
            let mention = self.mentions.get(clause.mention as usize);
            mention.is_some_and(|m| m.region == NONE && m.beside == NONE && m.first >= behind && here(m.first))
        };
        let index = self.clauses.partition_point(|clause| clause.cue < quoted.first);
        let near = self.clauses.get(..index)?.iter().rev().take(NEAR).take_while(|clause| here(clause.cue));
        let says = |clause: &&Clause| self.says_first(clause, colon) || self.stands_alone(clause, colon);
        near.filter(subject).find(says).map(|clause| clause.mention)
    }

    /// "Oakes fragte: „…“", "Darauf antwortete die Ministerin: „…“": somebody and the verb at the head of the sentence, and no comma behind.
    fn says_first(&self, clause: &Clause, colon: u32) -> bool {
        let page = self.page;
        let opens = |at: u32| page.tok(at).is_some_and(|tok| tok.opens);
        let verb = page.is(clause.cue, groups::FINITE) && page.is(clause.cue, c::STRONG);
        let comma = (clause.cue..colon).any(|at| page.tok(at).is_some_and(|tok| tok.sign(b',')));
        self.mentions.get(clause.mention as usize).is_some_and(|m| {
            let person = matches!(m.form, Form::Name | Form::HeShe)
                || m.form == Form::Nominal && page.is(m.head, c::ROLE | c::ROLES);
            let first = match clause.way {
                Way::Before => opens(m.first) && m.last == clause.cue,
                Way::Behind => {
                    let led = page.before(clause.cue).is_some_and(|(_, tok)| tok.opens && tok.is(c::ADVERB));
                    led && m.first == clause.last
                }
                _ => false,
            };
            verb && !comma && person && first
        })
    }

    /// "Lind: „…“", "Darauf Lind: „…“": a name between the head of the sentence and the colon, and no more than a word with it.
    fn stands_alone(&self, clause: &Clause, colon: u32) -> bool {
        let page = self.page;
        let opens = |at: u32| page.tok(at).is_some_and(|tok| tok.opens);
        self.mentions.get(clause.mention as usize).is_some_and(|m| {
            let led =
                || page.before(m.first).is_some_and(|(at, tok)| tok.opens && tok.is(c::ADVERB) && at + 1 == m.first);
            clause.way == Way::Colon && m.last == colon && m.form == Form::Name && (opens(m.first) || led())
        })
    }
}
