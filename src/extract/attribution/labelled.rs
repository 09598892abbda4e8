//! Whose judgement it is in English in the passive ("dubbed “a joke” by Lind", "derided by Lind as “a joke”") and where no verb of saying gives it
//! ("For Lind, the plan is “a joke”").

use std::sync::LazyLock;

use super::super::lexicon::{WordSet, class as c, groups, words_of};
use super::super::page::{NONE, Quoted};
use super::Scene;

pub(super) const JUDGED: &str = include_str!("../lexicon/en/judged.txt");

static LABELLED: LazyLock<WordSet> = LazyLock::new(|| words_of(JUDGED, "labelled"));
static BY: LazyLock<WordSet> = LazyLock::new(|| words_of(JUDGED, "by"));
static AS: LazyLock<WordSet> = LazyLock::new(|| words_of(JUDGED, "as"));
static TO: LazyLock<WordSet> = LazyLock::new(|| words_of(JUDGED, "to"));
static IS: LazyLock<WordSet> = LazyLock::new(|| words_of(JUDGED, "is"));
static EYES: LazyLock<WordSet> = LazyLock::new(|| words_of(JUDGED, "eyes"));

impl Scene<'_, '_> {
    /// Who judges so, by one of these frames.
    pub(super) fn labels(&self, quoted: &Quoted) -> Option<u32> {
        if self.page.grammar.verb_second {
            return None;
        }
        self.labels_behind(quoted)
            .or_else(|| self.labels_before(quoted))
            .or_else(|| self.has_view(quoted))
            .or_else(|| self.verdict(quoted))
    }

    /// "dubbed “a joke” by Lind"
    fn labels_behind(&self, quoted: &Quoted) -> Option<u32> {
        const NEAR: u32 = 4;
        let page = self.page;
        let plain = |at: &u32| page.tok(*at).is_some_and(|tok| tok.narrative() && tok.shape.is_word());
        let mut before = (quoted.first.saturating_sub(NEAR)..quoted.first).rev().take_while(plain);
        if !self.stands(quoted.last, &BY) || !before.any(|at| self.stands(at, &LABELLED)) {
            return None;
        }
        let number = self.mentions_before(quoted.last);
        let article = page.is(quoted.last + 1, c::DETERMINER);
        let agent = self.agent(number).filter(|m| m.first <= quoted.last + 1 + u32::from(article));
        agent.map(|_| number)
    }

    /// "derided by Lind as “a joke”"
    fn labels_before(&self, quoted: &Quoted) -> Option<u32> {
        let page = self.page;
        let (number, agent) = self.agent_before(quoted, &AS)?;
        let (by, _) = self.led_by(agent).filter(|(_, tok)| BY.contains(&tok.hash))?;
        let labelled = page.before(by).is_some_and(|(_, tok)| LABELLED.contains(&tok.hash));
        let plain = (agent.last..quoted.first).all(|at| page.tok(at).is_some_and(|tok| tok.shape.is_word()));
        (labelled && plain).then_some(number)
    }

    /// "For Lind, the plan is “a joke”", "In the eyes of Lind, the plan is “a joke”".
    fn has_view(&self, quoted: &Quoted) -> Option<u32> {
        const FAR: u32 = 12;
        let page = self.page;
        let is = self.opened_by(quoted, &IS)?;
        let sentence = page.tok(is)?.sentence;
        let inside = |at: &u32| page.tok(*at).is_some_and(|tok| tok.sentence == sentence && tok.narrative());
        let mut before = (is.saturating_sub(FAR)..is).rev().take_while(inside);
        let comma = before.find(|&at| page.tok(at).is_some_and(|tok| tok.sign(b',')))?;
        // "the plan": a noun.
        let says = (comma + 1..is).any(|at| page.is(at, groups::FINITE | c::WHO) && !page.is(at - 1, c::DETERMINER));
        let number = self.mentions_before(comma).checked_sub(1)?;
        let m = self.judge(number).filter(|m| m.last == comma && m.region == NONE && !says)?;
        let (at, led) = self.led_by(m)?;
        let to = led.opens && TO.contains(&led.hash);
        let eyes = || page.before(at).is_some_and(|(_, tok)| EYES.contains(&tok.hash));
        (to || eyes()).then_some(number)
    }
}
