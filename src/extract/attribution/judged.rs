//! Whose judgement it is in German, where the verb of saying and its subject stand apart from the words or there is none: "wurde von Lind als
//! „Unsinn“ bezeichnet", "Für Lind ist der Plan ein „Skandal“", "Von einem „Erfolg“ sprach Lind", "Lind warf ihm „Verrat“ vor".

use std::sync::LazyLock;

use super::super::clause::{Clause, Way};
use super::super::lexicon::{WordSet, class as c, groups, hash, words_of};
use super::super::mention::{Form, Mention};
use super::super::page::{Quoted, Tok};
use super::Scene;
use crate::text::word::Shape;

/// So many words stand between the parts of a frame.
const FAR: u32 = 24;

macro_rules! lists {
    ($($list:ident = $section:literal),* $(,)?) => {
        $(static $list: LazyLock<WordSet> = LazyLock::new(|| words_of(include_str!("../lexicon/de/judged.txt"), $section));)*
    };
}

lists! {
    AS = "as", LABELLED = "labelled", LABELLED_ENDING = "labelled_ending", VIEW = "view", IN_VIEW = "in_view", TO = "to", IS = "is",
    FROM = "from", SPEAKS = "speaks", CALLED = "called", SEES = "sees", SPLIT = "split", REPROACH = "reproach", REPROACHED = "reproached",
    CONVINCED = "convinced", HOLDS = "holds", THAT = "that", NOT = "not", WORDS = "words", THESE = "these", WITH = "with",
}

impl Scene<'_, '_> {
    /// Who judges so, by one of these frames.
    pub(super) fn judges(&self, quoted: &Quoted) -> Option<u32> {
        if !self.page.grammar.verb_second || self.is_doubted(quoted) {
            return None;
        }
        self.labels_as_agent(quoted)
            .or_else(|| self.views(quoted))
            .or_else(|| self.has_verb_behind(quoted))
            .or_else(|| self.has_participle(quoted))
            .or_else(|| self.has_label(quoted))
            .or_else(|| self.is_convinced(quoted))
            .or_else(|| self.has_words(quoted))
    }

    /// Whether only words stand from token `from` up to the quotation, few of them, and no verb of saying.
    fn is_plain(&self, from: u32, quoted: &Quoted) -> bool {
        let plain = |tok: &Tok| tok.narrative() && tok.shape.is_word() && !tok.is(groups::FINITE);
        from <= quoted.first
            && quoted.first - from <= FAR
            && (from..quoted.first).all(|at| self.page.tok(at).is_some_and(plain))
    }

    /// Whether the sentence asks for it or denies it: "Hat Lind „Unsinn“ gesagt?", "hat nie „Unsinn“ gesagt".
    fn is_doubted(&self, quoted: &Quoted) -> bool {
        const NEAR: u32 = 8;
        let page = self.page;
        let behind = (quoted.last..quoted.last + NEAR).map_while(|at| page.tok(at).filter(|tok| tok.narrative()));
        let mut ends = behind.take_while(|tok| tok.paragraph == quoted.region.paragraph && !tok.sign(b'.'));
        let before = quoted.first.checked_sub(1);
        ends.any(|tok| tok.sign(b'?')) || before.is_some_and(|at| self.stands(at, &NOT))
    }

    /// Whether the words read as a name: few, and none but small ones without a capital.
    fn reads_as_name(&self, quoted: &Quoted) -> bool {
        const LONGEST: u32 = 5;
        let page = self.page;
        let name = |at: u32| {
            page.tok(at).is_some_and(|tok| {
                tok.shape.is_capital()
                    || tok.shape == Shape::Number
                    || at > quoted.first && tok.is(c::DETERMINER | c::PREPOSITION | c::CONJUNCTION)
            })
        };
        quoted.last - quoted.first <= LONGEST && (quoted.first..quoted.last).all(name)
    }

    /// Whether the sentence has a clause of saying found in a way up to `surest`, before the words or behind them, that is not `own`.
    fn is_said(&self, quoted: &Quoted, surest: Way, own: Option<&Clause>) -> bool {
        let Some(sentence) = self.page.tok(quoted.first).map(|tok| tok.sentence) else { return false };
        let says = |clause: &&Clause| {
            let here = self.page.tok(clause.cue).is_some_and(|tok| tok.sentence == sentence);
            let other = own.is_none_or(|own| own.cue != clause.cue);
            let sure = clause.way <= surest && clause.cue.abs_diff(quoted.first) <= 2 * FAR;
            here && other && sure && self.subject(clause).is_some()
        };
        self.clauses_near(quoted).any(|clause| says(&clause))
    }

    /// "wurde von Lind als „Unsinn“ bezeichnet", "der von Lind als „Unsinn“ bezeichnete Plan".
    fn labels_as_agent(&self, quoted: &Quoted) -> Option<u32> {
        let page = self.page;
        let (number, agent) = self.agent_before(quoted, &AS)?;
        let by = self.led_by(agent).is_some_and(|(_, tok)| tok.is(c::AGENT));
        let participle =
            page.tok(quoted.last).is_some_and(|tok| tok.narrative()) && is_labelled(page.words(quoted.last));
        (by && participle && self.is_plain(agent.last, quoted)).then_some(number)
    }

    /// "Für Lind ist der Plan ein „Skandal“", "Aus Sicht von Lind", "in den Augen der Ministerin".
    fn views(&self, quoted: &Quoted) -> Option<u32> {
        const NEAR: usize = 5;
        let page = self.page;
        let sentence = page.tok(quoted.first)?.sentence;
        // "nach „Nordlicht“", "die Liste „Zukunft“"
        let before = quoted.first.checked_sub(1).and_then(|at| page.tok(at))?;
        let name = self.reads_as_name(quoted) && !before.is(c::DETERMINER);
        if name || before.is(c::PREPOSITION) || self.is_said(quoted, Way::According, None) {
            return None;
        }
        let until = self.mentions.partition_point(|m| m.first < quoted.first);
        let near = self.mentions.get(..until)?.iter().enumerate().rev().take(NEAR);
        let mut near = near.take_while(|(_, m)| page.tok(m.first).is_some_and(|tok| tok.sentence == sentence));
        near.find_map(|(n, m)| {
            let number = u32::try_from(n).ok()?;
            self.judge(number).filter(|_| self.is_plain(m.last, quoted))?;
            let ends = page.tok(quoted.last).is_none_or(|tok| matches!(tok.shape, Shape::Sign(_)) || tok.opens);
            let led = self.led_by(m).filter(|(_, tok)| TO.contains(&tok.hash));
            let to = ends && self.stands(m.last, &IS) && led.is_some_and(|(_, tok)| tok.opens);
            // "Was für Lind ein „Modell“ ist, war für Oakes „Wortbruch“"
            let article = before.is(c::DETERMINER).then(|| quoted.first - 1);
            let beside = m.last == quoted.first || article == Some(m.last);
            let is = |at: u32| ends && at.checked_sub(1).is_some_and(|verb| self.stands(verb, &IS));
            let for_them = beside && led.is_some_and(|(at, _)| is(at) || self.stands(quoted.last, &IS));
            // "Für die Polizei sei die Lage „ernst“", where somebody says so in the sentence before.
            let reported = self.clauses_near(quoted).any(|clause| clause.way == Way::Owner && clause.cue >= m.first);
            (!reported && (to || for_them || self.in_view(m))).then_some(number)
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
        if (m.first..m.last).take(2).any(|at| is_view(at) && led(at)) {
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
        let page = self.page;
        let clause = self.clauses.get(self.clauses_around(quoted).1?.1 as usize)?;
        let subject = self.subject(clause).filter(|_| clause.cue == quoted.last && clause.way == Way::Behind)?;
        let opens = |at: u32| page.tok(at).is_some_and(|tok| tok.opens);
        // "Von der „Aurora“ sprach": of whom.
        let from = self.opened_by(quoted, &FROM).filter(|&at| opens(at) && at + 1 < quoted.first);
        let from = from.is_some_and(|at| !page.is(at + 1, c::DEFINITE)) && self.stands(clause.cue, &SPEAKS);
        let labels = page.is(clause.cue, c::LABEL) || self.stands(clause.cue, &SEES);
        let named = labels && self.opened_by(quoted, &AS).is_some_and(opens);
        let denied = self.stands(subject.last, &NOT) || page.words(subject.last) == "sich";
        // "„Eine echte Sensation“ nannte Lind den Fund"
        let heads = opens(quoted.first) && self.stands(clause.cue, &CALLED);
        let article = page.is(quoted.first, c::ARTICLE | c::DETERMINER);
        let called = heads && page.is(subject.last, c::DETERMINER) && (article || !self.reads_as_name(quoted));
        ((from || named || called) && !denied).then_some(clause.mention)
    }

    /// "Lind hat „Nein“ gerufen", "hat ihn als „Unsinn“ bezeichnet".
    fn has_participle(&self, quoted: &Quoted) -> Option<u32> {
        let page = self.page;
        let clause = self.clauses.get(self.clauses_around(quoted).1?.1 as usize)?;
        let says = page.is(clause.cue, c::STRONG | c::LABEL)
            && page.is(clause.cue, c::CUE_ING)
            && !page.is(clause.cue, c::WRITE);
        let subject = self.subject(clause).filter(|m| says && m.last <= quoted.first)?;
        let frames = clause.cue == quoted.last && clause.way == Way::Across;
        let ends = page.tok(clause.last).is_none_or(|tok| tok.sign(b'.') || tok.sign(b'!') || tok.is(c::CONJUNCTION));
        // "hat den Preis „Goldene Eule“ angekündigt", "hat der „Post“ gesagt"
        let before = page.tok(quoted.first - 1)?;
        let named = self.reads_as_name(quoted)
            && (before.shape.is_capital() && quoted.first > subject.last || before.is(c::DEFINITE));
        let denied = (subject.last..quoted.first).any(|at| self.stands(at, &NOT));
        (frames
            && ends
            && !named
            && self.is_plain(subject.last, quoted)
            && !denied
            && !self.is_said(quoted, Way::Across, Some(clause)))
        .then_some(clause.mention)
    }

    /// "Lind warf ihm „Verrat“ vor", "stufte ihn als „Unsinn“ ein", "nannte ihn „ziemlich dumm“".
    fn has_label(&self, quoted: &Quoted) -> Option<u32> {
        let page = self.page;
        let clause = self.clauses.get(self.clauses_around(quoted).0?.1 as usize)?;
        let finite =
            page.is(clause.cue, groups::FINITE) && matches!(clause.way, Way::Before | Way::Behind | Way::Across);
        let subject = self.subject(clause).filter(|_| finite && self.is_plain(clause.last, quoted))?;
        let after = page.after(quoted.last).map(|(_, tok)| tok);
        let ends = after.is_none_or(|tok| matches!(tok.shape, Shape::Sign(_)) || tok.is(c::CONJUNCTION));
        let reproaches = ends && self.stands(clause.cue, &REPROACH) && self.stands(quoted.last, &REPROACHED);
        let split = || SPLIT.contains(&hash(&format!("{}{}", page.words(clause.cue), page.words(quoted.last))));
        let label = page.is(clause.cue, c::LABEL);
        // "In einem Brief bezeichnet Lind den Plan als „Unsinn“", "nennt Lind ihn einen „Witz“"
        let second = || clause.way == Way::Behind && self.is_second(clause.cue);
        let labels = self.opened_by(quoted, &AS).is_some()
            && (label && (clause.way != Way::Behind || second()) || ends && split());
        // "Den Plan nannte Lind „ziemlich dumm“"
        let names = label && (subject.last == quoted.first) && !self.reads_as_name(quoted);
        if !(reproaches || labels || names) {
            return None;
        }
        // "Der Regierung wirft die Opposition „Wortbruch“ vor", "Die Tat stuft die Polizei als „Mordversuch“ ein"
        let judges = |number: u32| {
            self.judge(number).is_some() || self.mentions.get(number as usize).is_some_and(|m| m.form == Form::HeShe)
        };
        let number = self.mentions_before(clause.last);
        let behind = self.mentions.get(number as usize).filter(|m| {
            let nominative = !page.is(m.first, c::OBLIQUE) && page.words(m.first) != "der";
            clause.way == Way::Before && m.first == clause.last && nominative && judges(number)
        });
        let article = self.article(subject);
        let dative = reproaches && article.is_some_and(|at| page.words(at).eq_ignore_ascii_case("der"));
        match behind {
            Some(_) if dative || !judges(clause.mention) => Some(number),
            _ => Some(clause.mention).filter(|&m| judges(m) && !(dative && clause.way == Way::Behind)),
        }
    }

    /// Whether a preposition or an adverb opens the sentence of the verb at `at`, and no other verb stands between.
    fn is_second(&self, at: u32) -> bool {
        let page = self.page;
        let sentence = page.tok(at).map(|tok| tok.sentence);
        let inside = |at: &u32| page.tok(*at).is_some_and(|tok| Some(tok.sentence) == sentence);
        let mut before = (at.saturating_sub(FAR)..at).rev().take_while(inside);
        let verb =
            |at: u32| page.is(at, groups::FINITE | c::AUXILIARY) || page.tok(at).is_some_and(|tok| tok.sign(b','));
        before.clone().all(|at| !verb(at))
            && before.find(|&at| page.tok(at).is_some_and(|tok| tok.opens)).is_some_and(|first| {
                page.is(first, c::PREPOSITION | c::ADVERB) && self.page.tok(at).is_some_and(|tok| !tok.opens)
            })
    }

    /// "Lind ist überzeugt, dass es „bald vorbei“ sei", "ist der Meinung, das sei „Unsinn“".
    fn is_convinced(&self, quoted: &Quoted) -> Option<u32> {
        let page = self.page;
        let sentence = page.tok(quoted.first)?.sentence;
        let inside = |at: &u32| page.tok(*at).is_some_and(|tok| tok.sentence == sentence && tok.narrative());
        let before = || (quoted.first.saturating_sub(FAR)..quoted.first).rev().take_while(inside);
        let comma = before().find(|&at| page.tok(at).is_some_and(|tok| tok.sign(b',')))?;
        page.before(comma).filter(|(at, tok)| CONVINCED.contains(&tok.hash) && inside(at))?;
        let reported = |at: u32| page.is(at, c::REPORTED | c::AUXILIARY);
        let clause = self.stands(comma + 1, &THAT) || (comma + 1..quoted.first).any(reported);
        if !clause || !self.is_plain(comma + 1, quoted) {
            return None;
        }
        let mut head = (comma.saturating_sub(FAR)..comma).rev().take_while(inside);
        let denied = head.clone().any(|at| self.stands(at, &NOT));
        let first = head.find(|&at| page.tok(at).is_some_and(|tok| tok.opens)).filter(|_| !denied)?;
        let number = self.mentions_before(first);
        let m = self.mentions.get(number as usize).filter(|m| m.first <= first + 1 && m.last < comma)?;
        let verb = self.stands(m.last, &IS) || self.stands(m.last, &HOLDS);
        (verb && (m.form == Form::HeShe || self.judge(number).is_some())).then_some(number)
    }

    /// "„Es ist Zeit“ – mit diesen Worten eröffnete Lind die Sitzung": whose words they are, in the sentence or the dash behind.
    fn has_words(&self, quoted: &Quoted) -> Option<u32> {
        const NEAR: u32 = 4;
        let page = self.page;
        let here = |at: u32| page.tok(at).filter(|tok| tok.narrative() && tok.paragraph == quoted.region.paragraph);
        let words =
            (quoted.last..quoted.last + NEAR).find(|&at| here(at).is_some_and(|tok| WORDS.contains(&tok.hash)))?;
        let with = words.checked_sub(2).filter(|&at| at >= quoted.last && self.stands(at, &WITH))?;
        let number = self.mentions_before(words);
        let m = self.mentions.get(number as usize).filter(|m| !page.is(m.first, c::POSSESSIVE))?;
        let verb = here(words + 1).is_some_and(|tok| tok.shape == Shape::Lower && !tok.is(c::PASSIVE));
        let near = m.first == words + 2 || m.first == words + 3 && page.is(words + 2, c::DETERMINER);
        let who = m.form == Form::HeShe || self.judge(number).is_some();
        (verb && near && who && self.stands(with + 1, &THESE)).then_some(number)
    }

    /// The article with which a mention begins, or that stands before it.
    fn article(&self, m: &Mention) -> Option<u32> {
        let own = self.page.is(m.first, c::DETERMINER).then_some(m.first);
        own.or_else(|| self.page.before(m.first).filter(|(_, tok)| tok.is(c::DETERMINER)).map(|(at, _)| at))
    }
}

/// Whether a word is a participle of judging, or an adjective made of it: "bezeichnet", "bezeichnete".
fn is_labelled(word: &str) -> bool {
    let adjective = |(at, _): (usize, char)| {
        word.split_at_checked(at)
            .is_some_and(|(stem, ending)| LABELLED.contains(&hash(stem)) && LABELLED_ENDING.contains(&hash(ending)))
    };
    LABELLED.contains(&hash(word)) || word.char_indices().rev().take(2).any(adjective)
}
