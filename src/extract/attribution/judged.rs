//! Whose judgement it is in German, where the verb of saying and its subject stand apart from the words or there is none: "wurde von Lind als
//! „Unsinn“ bezeichnet", "Für Lind ist der Plan „Unsinn“", "Von einem „Erfolg“ sprach Lind", "Lind warf ihm „Verrat“ vor".

use std::sync::LazyLock;

use super::super::clause::Way;
use super::super::lexicon::{WordSet, class as c, groups, words_of};
use super::super::mention::{Form, Mention};
use super::super::page::{NONE, Quoted, Tok};
use super::Scene;
use crate::text::word::Shape;

const JUDGED: &str = include_str!("../lexicon/de/judged.txt");

static AS: LazyLock<WordSet> = LazyLock::new(|| words_of(JUDGED, "as"));
static VIEW: LazyLock<WordSet> = LazyLock::new(|| words_of(JUDGED, "view"));
static IN_VIEW: LazyLock<WordSet> = LazyLock::new(|| words_of(JUDGED, "in_view"));
static TO: LazyLock<WordSet> = LazyLock::new(|| words_of(JUDGED, "to"));
static IS: LazyLock<WordSet> = LazyLock::new(|| words_of(JUDGED, "is"));
static HEAD: LazyLock<WordSet> = LazyLock::new(|| words_of(JUDGED, "head"));
static PARTICLE: LazyLock<WordSet> = LazyLock::new(|| words_of(JUDGED, "particle"));
static REPROACH: LazyLock<WordSet> = LazyLock::new(|| words_of(JUDGED, "reproach"));
static CONVINCED: LazyLock<WordSet> = LazyLock::new(|| words_of(JUDGED, "convinced"));
static WORDS: LazyLock<WordSet> = LazyLock::new(|| words_of(JUDGED, "words"));
static REPROACHED: LazyLock<WordSet> = LazyLock::new(|| words_of(JUDGED, "reproached"));

impl Scene<'_, '_> {
    /// Who judges so, by one of these frames.
    pub(super) fn judges(&self, quoted: &Quoted) -> Option<u32> {
        if !self.page.grammar.verb_second {
            return None;
        }
        let agent = self.labels_as_agent(quoted);
        agent
            .or_else(|| self.views(quoted))
            .or_else(|| self.has_verb_behind(quoted))
            .or_else(|| self.has_participle(quoted))
            .or_else(|| self.has_label(quoted))
            .or_else(|| self.is_convinced(quoted))
            .or_else(|| self.has_words(quoted))
    }

    /// "wurde von Lind als „Unsinn“ bezeichnet", "der von Lind als „Unsinn“ bezeichnete Plan".
    fn labels_as_agent(&self, quoted: &Quoted) -> Option<u32> {
        const FAR: u32 = 3;
        let page = self.page;
        let named = self.opened_by(quoted, &AS)?;
        let number = self.mentions_before(named).checked_sub(1)?;
        let agent = self.agent(number).filter(|m| m.last <= named && named - m.last <= FAR)?;
        let article = page.before(agent.first).filter(|(_, tok)| tok.is(c::DETERMINER | c::POSSESSIVE));
        let by = page.before(article.map_or(agent.first, |(at, _)| at)).is_some_and(|(_, tok)| tok.is(c::AGENT));
        // "bezeichnet", "bezeichnete"
        let (participle, ends) =
            (page.words(quoted.last), ["t", "en", "te", "ten", "ter", "tes", "tem", "ene", "enen"]);
        let lower = page.tok(quoted.last).is_some_and(|tok| tok.narrative() && tok.shape == Shape::Lower);
        let plain =
            (agent.last..named).all(|at| page.tok(at).is_some_and(|tok| tok.narrative() && tok.shape.is_word()));
        (by && lower && plain && ends.iter().any(|end| participle.ends_with(end))).then_some(number)
    }

    /// "Für Lind ist der Plan „Unsinn“", "Aus Sicht von Lind", "in den Augen der Ministerin".
    fn views(&self, quoted: &Quoted) -> Option<u32> {
        const NEAR: usize = 5;
        let page = self.page;
        let sentence = page.tok(quoted.first)?.sentence;
        let until = self.mentions.partition_point(|m| m.first < quoted.first);
        let near = self.mentions.get(..until)?.iter().enumerate().rev().take(NEAR);
        let mut near = near.take_while(|(_, m)| page.tok(m.first).is_some_and(|tok| tok.sentence == sentence));
        let plain = |from: u32| {
            (from..quoted.first).all(|at| {
                page.tok(at).is_some_and(|tok| tok.narrative() && tok.shape.is_word() && !tok.is(groups::FINITE))
            })
        };
        near.find_map(|(n, m)| {
            let number = u32::try_from(n).ok()?;
            self.judge(number)?;
            let is = page.tok(m.last).is_some_and(|tok| IS.contains(&tok.hash));
            let ends = page.tok(quoted.last).is_none_or(|tok| matches!(tok.shape, Shape::Sign(_)) || tok.opens);
            let led = self.led_by(m).filter(|(_, tok)| TO.contains(&tok.hash));
            let to = ends && is && led.is_some_and(|(_, tok)| tok.opens);
            // "Was für Lind ein „Modell“ ist, war für Oakes „Wortbruch“"
            let verb = |at: u32| page.tok(at).is_some_and(|tok| tok.narrative() && IS.contains(&tok.hash));
            let beside = m.last == quoted.first || self.opened_by_article(quoted) == Some(m.last);
            let for_them = led.is_some_and(|(at, _)| verb(at.saturating_sub(1)) || verb(quoted.last)) && beside;
            (plain(m.last) && (to || for_them || self.in_view(m))).then_some(number)
        })
    }

    /// Whether a mention stands in "aus Sicht von", "in den Augen der".
    fn in_view(&self, m: &Mention) -> bool {
        let page = self.page;
        let is_view = |at: u32| page.tok(at).is_some_and(|tok| VIEW.contains(&tok.hash));
        let led = |at: u32| {
            let article = page.before(at).filter(|(_, tok)| tok.is(c::DETERMINER));
            page.before(article.map_or(at, |(before, _)| before)).is_some_and(|(_, tok)| IN_VIEW.contains(&tok.hash))
        };
        // The mention may be the view with whose it is, or whoever has it.
        if (m.first..m.last).take(2).any(|at| is_view(at) && (led(at) || at == m.first && led(m.first))) {
            return true;
        }
        let mut at = m.first;
        while let Some((before, tok)) = page.before(at)
            && (tok.is(c::DETERMINER | c::AGENT) || is_view(before))
        {
            if is_view(before) {
                return led(before);
            }
            at = before;
        }
        false
    }

    /// "Von einem „Erfolg“ sprach Lind", "Als „Unsinn“ bezeichnete Lind den Plan".
    fn has_verb_behind(&self, quoted: &Quoted) -> Option<u32> {
        let head = self.opened_by(quoted, &HEAD)?;
        let clause = self.clauses.get(self.clauses_around(quoted).1?.1 as usize)?;
        let opens = self.page.tok(head).is_some_and(|tok| tok.opens);
        let behind = clause.cue == quoted.last && clause.way == Way::Behind;
        (opens && behind && self.subject(clause).is_some()).then_some(clause.mention)
    }

    /// "Lind hat „Nein“ gerufen", "hat ihn als „Unsinn“ bezeichnet".
    fn has_participle(&self, quoted: &Quoted) -> Option<u32> {
        let clause = self.clauses.get(self.clauses_around(quoted).1?.1 as usize)?;
        let page = self.page;
        let says = page.is(clause.cue, c::STRONG | c::LABEL) && page.is(clause.cue, c::CUE_ING);
        let frames = clause.cue == quoted.last && clause.way == Way::Across && says;
        // "hat, wie er „stets“ gesagt hat"
        let plain = |from: u32| {
            (from..quoted.first).all(|at| page.tok(at).is_some_and(|tok| tok.narrative() && !tok.sign(b',')))
        };
        self.subject(clause).filter(|m| frames && m.last <= quoted.first && plain(m.last)).map(|_| clause.mention)
    }

    /// "Lind warf ihm „Verrat“ vor", "stufte ihn als „Unsinn“ ein".
    fn has_label(&self, quoted: &Quoted) -> Option<u32> {
        let page = self.page;
        let clause = self.clauses.get(self.clauses_around(quoted).0?.1 as usize)?;
        let is = |at: u32, list: &WordSet| page.tok(at).is_some_and(|tok| tok.narrative() && list.contains(&tok.hash));
        // Behind the verb may stand what is judged: "bezeichnete das Opfer als".
        let label = || page.is(clause.cue, c::LABEL) && matches!(clause.way, Way::Before | Way::Across);
        let labels = || (is(quoted.last, &PARTICLE) || label()) && self.opened_by(quoted, &AS).is_some();
        // "und warfen der Regierung „Wortbruch“ vor"
        let accused = |m: &Mention| clause.way == Way::Behind && page.words(m.first) == "der";
        let reproaches = is(clause.cue, &REPROACH) && is(quoted.last, &REPROACHED);
        // "Den Plan nannte Lind „Unsinn“"
        let names = page.is(clause.cue, c::LABEL) && self.subject(clause).is_some_and(|m| m.last == quoted.first);
        let particle = names || reproaches && !self.subject(clause).is_some_and(accused) || labels();
        let ends = page
            .after(quoted.last)
            .is_none_or(|(_, tok)| matches!(tok.shape, Shape::Sign(_)) || tok.is(c::CONJUNCTION));
        let plain = |tok: &Tok| tok.narrative() && tok.shape.is_word() && !tok.is(groups::FINITE);
        let one = (clause.last..quoted.first).all(|at| page.tok(at).is_some_and(plain));
        let finite =
            page.is(clause.cue, groups::FINITE) && matches!(clause.way, Way::Before | Way::Behind | Way::Across);
        (particle && (ends || names || label()) && one && finite && self.subject(clause).is_some())
            .then_some(clause.mention)
    }

    /// "Lind ist überzeugt, dass es „bald vorbei“ sei", "ist der Meinung, das sei „Unsinn“".
    fn is_convinced(&self, quoted: &Quoted) -> Option<u32> {
        const FAR: u32 = 24;
        let page = self.page;
        let sentence = page.tok(quoted.first)?.sentence;
        let inside = |at: &u32| page.tok(*at).is_some_and(|tok| tok.sentence == sentence && tok.narrative());
        let comma = (quoted.first.saturating_sub(FAR)..quoted.first).rev().take_while(inside);
        let comma = comma.filter(|&at| page.tok(at).is_some_and(|tok| tok.sign(b','))).last()?;
        page.before(comma).filter(|(_, tok)| CONVINCED.contains(&tok.hash) && tok.sentence == sentence)?;
        // The first of the sentence, and its verb right behind it.
        let first = (0..comma).rev().take_while(inside).last()?;
        let number = self.mentions_before(first);
        let m = self.mentions.get(number as usize).filter(|m| m.first <= first + 1 && m.last < comma)?;
        let pronoun = m.form == Form::HeShe;
        let verb = page.tok(m.last).is_some_and(|tok| IS.contains(&tok.hash) || tok.is(groups::CUE));
        (verb && (pronoun || self.judge(number).is_some())).then_some(number)
    }

    /// "„Es ist Zeit“ – mit diesen Worten eröffnete Lind die Sitzung": whose words they are, in the sentence or the dash behind.
    fn has_words(&self, quoted: &Quoted) -> Option<u32> {
        const FAR: u32 = 4;
        let page = self.page;
        let paragraph = quoted.region.paragraph;
        let here = |at: u32| page.tok(at).filter(|tok| tok.narrative() && tok.paragraph == paragraph);
        let words =
            (quoted.last..quoted.last + FAR).find(|&at| here(at).is_some_and(|tok| WORDS.contains(&tok.hash)))?;
        let with =
            words.checked_sub(2).filter(|&at| at >= quoted.last && here(at).is_some_and(|tok| tok.is(c::PREPOSITION)));
        let number = self.mentions_before(words);
        let m = self.mentions.get(number as usize)?;
        // A verb stands between, and perhaps an article.
        let verb = here(words + 1).is_some_and(|tok| tok.shape == Shape::Lower);
        let near = (words + 2..=words + 3).contains(&m.first);
        (verb && near && with.is_some() && (m.form == Form::HeShe || self.judge(number).is_some())).then_some(number)
    }

    /// Where the article begins that stands right before the words.
    fn opened_by_article(&self, quoted: &Quoted) -> Option<u32> {
        let before = quoted.first.checked_sub(1)?;
        self.page.tok(before).filter(|tok| tok.narrative() && tok.is(c::DETERMINER)).map(|_| before)
    }

    /// Where a word of `list` stands right before the words, or an article and what goes with it.
    pub(super) fn opened_by(&self, quoted: &Quoted, list: &WordSet) -> Option<u32> {
        const FAR: usize = 3;
        let mut at = quoted.first.checked_sub(1)?;
        for _ in 0..FAR {
            let tok = self.page.tok(at).filter(|tok| tok.narrative() && tok.paragraph == quoted.region.paragraph)?;
            if list.contains(&tok.hash) {
                return Some(at);
            }
            if !tok.is(c::DETERMINER) && (tok.shape != Shape::Lower || tok.classes != 0) {
                return None;
            }
            at = at.checked_sub(1)?;
        }
        None
    }

    /// The word before a mention and its article.
    pub(super) fn led_by(&self, m: &Mention) -> Option<(u32, &Tok)> {
        let article = self.page.before(m.first).filter(|(_, tok)| tok.is(c::DETERMINER | c::POSSESSIVE));
        self.page.before(article.map_or(m.first, |(at, _)| at))
    }

    /// Anybody in the narrative who may be named behind "von".
    pub(super) fn agent(&self, number: u32) -> Option<&Mention> {
        let named = self.mentions.get(number as usize).filter(|m| m.form == Form::Name && m.region == NONE);
        named.filter(|m| m.beside == NONE).or_else(|| self.judge(number))
    }

    /// A person, an office or a body in the narrative.
    pub(super) fn judge(&self, number: u32) -> Option<&Mention> {
        let known = self.cast.entity(self.cast.meaning(number).entity);
        let person = known.is_some_and(|known| known.person || known.organisation);
        self.mentions.get(number as usize).filter(|m| {
            let sort = match m.form {
                Form::Name => person,
                Form::Organisation => true,
                Form::Nominal => self.page.is(m.head, c::ROLE | c::ROLES | c::BODY),
                _ => false,
            };
            sort && m.region == NONE && m.beside == NONE
        })
    }
}
