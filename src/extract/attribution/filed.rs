//! Whose words a paper gives that itself says nothing: "According to the complaint, Lind told a clerk that she “wanted him gone”".

use std::sync::LazyLock;

use super::super::clause::{Clause, Way};
use super::super::lexicon::{WordSet, class as c, words_of};
use super::super::mention::Form;
use super::super::page::Quoted;
use super::Scene;
use super::labelled::JUDGED;

static FILED: LazyLock<WordSet> = LazyLock::new(|| words_of(JUDGED, "filed"));

impl Scene<'_, '_> {
    /// Who speaks in a sentence that opens with where it is written.
    pub(super) fn filed(&self, quoted: &Quoted) -> Option<u32> {
        const FAR: u32 = 24;
        const NEAR: usize = 3;
        let page = self.page;
        let sentence = |at: u32| page.tok(at).map(|tok| tok.sentence);
        let here = |clause: &&Clause| sentence(clause.cue) == Some(quoted.sentence);
        let at = self.clauses_around(quoted).0?.1 as usize;
        // "Nach Angaben der Polizei rief der Mann: „…“" has a clause at its colon as well.
        let colon = self.clauses.get(at).is_some_and(|clause| clause.way == Way::Colon);
        let at = at.checked_sub(usize::from(colon))?;
        let clause = self.clauses.get(at).filter(here)?;
        let subject = self.subject(clause)?;
        let says = matches!(clause.way, Way::Before | Way::Behind | Way::Across)
            && page.is(clause.cue, c::STRONG | c::LABEL)
            && quoted.first.saturating_sub(clause.last) <= FAR;
        let person = matches!(subject.form, Form::Name | Form::HeShe)
            || subject.form == Form::Nominal && !page.is(subject.head, c::DOCUMENT | c::CLAIM_NOUN | c::SPEECH_NOUN);
        let comma = |from: u32| (from..subject.first).any(|at| page.tok(at).is_some_and(|tok| tok.sign(b',')));
        let written = |clause: &&Clause| {
            clause.way == Way::According
                && page.tok(clause.cue).is_some_and(|tok| tok.opens)
                && self.mentions.get(clause.mention as usize).is_some_and(|m| {
                    let second = page.grammar.verb_second && m.last <= subject.first;
                    second || self.stands(m.head, &FILED) && comma(m.last)
                })
        };
        let before = self.clauses.get(at.saturating_sub(NEAR)..at)?;
        (says && person && before.iter().filter(here).any(|clause| written(&clause))).then_some(clause.mention)
    }
}
