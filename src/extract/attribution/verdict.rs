//! Whose words a quotation at the head of an English sentence is, where what follows tells what it was: "“Smoke and mirrors” was the verdict of
//! Lind", "“A disgrace” is how Lind described it"; and whose reaction a colon gives: "Lind's reaction was swift: “No.”"

use std::sync::LazyLock;

use super::super::lexicon::{WordSet, class as c, words_of};
use super::super::mention::{Form, Mention};
use super::super::page::Quoted;
use super::Scene;
use super::labelled::JUDGED;

static IS: LazyLock<WordSet> = LazyLock::new(|| words_of(JUDGED, "is"));
static VERDICT: LazyLock<WordSet> = LazyLock::new(|| words_of(JUDGED, "verdict"));
static PUT: LazyLock<WordSet> = LazyLock::new(|| words_of(JUDGED, "put"));

impl Scene<'_, '_> {
    /// Whose verdict it is, by one of these frames.
    pub(super) fn verdict(&self, quoted: &Quoted) -> Option<u32> {
        self.told_after(quoted).or_else(|| self.reacts(quoted))
    }

    /// "“…” was the verdict of Lind", "“…” is how Lind put it", "“…” — that was the promise of Lind".
    fn told_after(&self, quoted: &Quoted) -> Option<u32> {
        const NEAR: u32 = 4;
        const FAR: u32 = 14;
        let page = self.page;
        let word = |at: u32| if page.tok(at).is_some_and(|tok| tok.narrative()) { page.words(at) } else { "" };
        let head = page.tok(quoted.first)?.opens;
        let dash =
            page.tok(quoted.last).is_some_and(|tok| tok.sign(b'-')) && matches!(word(quoted.last + 1), "that" | "this");
        let is = quoted.last + if dash { 2 } else { 0 };
        if !head || !self.stands(is, &IS) {
            return None;
        }
        if word(is + 1) == "how" {
            let (number, m) = self.next(is + 2)?;
            let put = (m.last..m.last + FAR).take_while(|&at| !word(at).is_empty() && word(at) != ".");
            return put.into_iter().any(|at| self.stands(at, &PUT)).then_some(number);
        }
        let noun = (is + 2..is + 2 + NEAR).find(|&at| self.stands(at, &VERDICT))?;
        let the = page.is(is + 1, c::DEFINITE) && matches!(word(noun + 1), "of" | "from");
        if !the {
            return None;
        }
        self.next(noun + 2).map(|(number, _)| number)
    }

    /// "Lind's reaction was swift: “No.”"
    fn reacts(&self, quoted: &Quoted) -> Option<u32> {
        const FAR: u32 = 12;
        let page = self.page;
        let colon = quoted.first.checked_sub(1).filter(|&at| page.tok(at).is_some_and(|tok| tok.sign(b':')))?;
        let first = (colon.saturating_sub(FAR)..colon).rev().find(|&at| page.tok(at).is_some_and(|tok| tok.opens))?;
        let (number, m) = self.next(first).filter(|(_, m)| m.owner && m.form == Form::Name)?;
        let noun = (m.last + 1..m.last + 4).find(|&at| self.stands(at, &VERDICT))?;
        let plain = (noun + 1..colon).all(|at| page.tok(at).is_some_and(|tok| tok.narrative() && tok.shape.is_word()));
        let alone = self.narrative_mentions(number + 1, self.mentions_before(colon)) == 0;
        (plain && alone && self.stands(noun + 1, &IS)).then_some(number)
    }

    /// The person or body that begins at `at`, or behind an article there.
    fn next(&self, at: u32) -> Option<(u32, &Mention)> {
        let number = self.mentions_before(at);
        let m = self.agent(number)?;
        let article = self.page.is(at, c::DETERMINER);
        (m.first == at || article && m.first == at + 1).then_some((number, m))
    }
}
