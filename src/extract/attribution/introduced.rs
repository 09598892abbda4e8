//! Who speaks beyond doubt in German: where a colon opens the quotation ("Oakes fragte: „…“ Lind entgegnete: „…“"), where a clause behind it
//! says so ("…, wie die Polizei mitteilte"), and where one verb is for two ("Oakes sprach von einem „…“, Lind von einem „…“").

use super::super::clause::{Clause, Way};
use super::super::lexicon::{class as c, groups};
use super::super::mention::Form;
use super::super::page::{NONE, Quoted};
use super::Scene;
use crate::text::word::Shape;

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
        let subject = |clause: &&Clause| self.subject(clause).is_some_and(|m| m.first >= behind && here(m.first));
        let index = self.clauses.partition_point(|clause| clause.cue < quoted.first);
        let near = self.clauses.get(..index)?.iter().rev().take(NEAR).take_while(|clause| here(clause.cue));
        let says = |clause: &&Clause| self.says_first(clause, colon) || self.stands_alone(clause, colon);
        near.filter(subject).find(says).map(|clause| clause.mention).or_else(|| self.feels(quoted, colon))
    }

    /// "Auch Torwart Tom Lind war enttäuscht: „…“": the one person in a main clause before the colon, and whole sentences behind it.
    fn feels(&self, quoted: &Quoted, colon: u32) -> Option<u32> {
        const FAR: u32 = 12;
        const LEAST: u32 = 3;
        let page = self.page;
        let inside = quoted.region.inside.of(page.text);
        let whole = quoted.last - quoted.first >= LEAST
            && inside.ends_with(['.', '!', '?'])
            && inside.starts_with(|c: char| !c.is_lowercase());
        let opens = (colon.saturating_sub(FAR)..colon).rev().find(|&at| page.tok(at).is_some_and(|tok| tok.opens))?;
        let first = opens + u32::from(page.is(opens, c::ADVERB | c::CONJUNCTION));
        let number = self.mentions_before(first);
        let m = self
            .mentions
            .get(number as usize)
            .filter(|m| m.first == first && m.form == Form::Name && m.beside == NONE)?;
        let known = self.cast.entity(self.cast.meaning(number).entity)?;
        let plain = |at: u32| page.tok(at).is_some_and(|tok| tok.narrative() && tok.shape.is_word());
        let verb =
            page.tok(m.last).is_some_and(|tok| tok.shape == Shape::Lower && !tok.is(c::PREPOSITION | c::CONJUNCTION));
        let alone = self.narrative_mentions(number + 1, self.mentions_before(colon)) == 0;
        let person = known.person && !known.organisation;
        (whole && person && verb && alone && (m.last..colon).all(plain)).then_some(number)
    }

    /// "Der Fahrer sei „zu schnell“ gewesen, wie die Polizei mitteilte": the subject of the clause behind a region that says whose it is, where
    /// none of its sentence does before it.
    pub(super) fn told_behind(&self, quoted: &Quoted) -> Option<u32> {
        const NEAR: usize = 8;
        const FAR: u32 = 24;
        let page = self.page;
        let sentence = page.tok(quoted.first).filter(|_| page.grammar.verb_second)?.sentence;
        let here = |at: u32| page.tok(at).is_some_and(|tok| tok.sentence == sentence && tok.narrative());
        let index = self.clauses.partition_point(|clause| clause.cue < quoted.first);
        let (before, behind) = self.clauses.split_at_checked(index)?;
        let reported = |clause: &Clause| page.is(clause.cue, c::REPORTED) && clause.way == Way::Owner;
        if before.iter().rev().take(NEAR).take_while(|clause| here(clause.cue)).any(|clause| !reported(clause)) {
            return None;
        }
        let near = behind.iter().take_while(|clause| clause.cue < quoted.last + FAR && here(clause.cue));
        let mut near = near.filter(|clause| !reported(clause));
        let clause = near.find(|clause| page.is(clause.cue, groups::FINITE))?;
        let mention = self.subject(clause)?;
        let mut marks = quoted.last..clause.cue;
        let quoted_on = marks.by_ref().any(|at| page.tok(at).is_some_and(|tok| !tok.narrative()));
        // ", wie die Polizei am Abend mitteilte"
        let article =
            page.before(mention.first).filter(|(_, tok)| tok.is(c::DETERMINER)).map_or(mention.first, |(at, _)| at);
        let how = page.before(article).filter(|&(at, _)| page.words(at) == "wie");
        let how = how.is_some_and(|(at, _)| at > quoted.last && page.tok(at - 1).is_some_and(|tok| tok.sign(b',')));
        let verb = page.is(clause.cue, c::STRONG) && matches!(clause.way, Way::Before | Way::Across);
        (how && verb && !quoted_on).then_some(clause.mention)
    }

    /// "Während Oakes von einem „Erfolg“ sprach, nannte Lind ihn „enttäuschend“": the subject of the clause that the words stand in.
    pub(super) fn contrasted(&self, quoted: &Quoted) -> Option<u32> {
        const FAR: u32 = 4;
        let page = self.page;
        let sentence = page.tok(quoted.first).filter(|_| page.grammar.verb_second)?.sentence;
        let around = self.clauses_around(quoted);
        let clause = |near: super::Near| self.clauses.get(near?.1 as usize);
        let mention = |clause: &Clause| self.subject(clause);
        let framed = clause(around.1).filter(|clause| clause.cue == quoted.last && clause.way == Way::Across);
        if let Some(clause) = framed.filter(|clause| mention(clause).is_some_and(|m| m.last <= quoted.first)) {
            return Some(clause.mention);
        }
        let second = clause(around.0).filter(|clause| clause.way == Way::Behind)?;
        let subject = mention(second).filter(|m| m.first == second.last && quoted.first <= m.last + FAR)?;
        let (comma, tok) = page.before(second.cue)?;
        let plain = |at: u32| page.tok(at).is_some_and(|tok| tok.narrative() && !tok.sign(b','));
        let index = page.tok(quoted.first)?.region.checked_sub(1)?;
        let before = page.regions.get(index as usize).filter(|before| before.last <= comma)?;
        let one = page.tok(before.first).is_some_and(|tok| tok.sentence == sentence) && tok.sign(b',');
        let says = page.is(second.cue, c::STRONG | c::LABEL) && (subject.last..quoted.first).all(plain);
        (one && says).then_some(second.mention)
    }

    /// "Oakes sprach von einem „Erfolg“, Lind von einem „Debakel“": a name behind a comma, and no verb of its own.
    pub(super) fn shares_verb(&self, quoted: &Quoted) -> Option<u32> {
        const FAR: u32 = 6;
        let page = self.page;
        let index = page.tok(quoted.first).filter(|_| page.grammar.verb_second)?.region.checked_sub(1)?;
        let before = page.regions.get(index as usize).filter(|r| r.region.paragraph == quoted.region.paragraph)?;
        let comma = page.tok(before.last).is_some_and(|tok| tok.sign(b','));
        let first = self.mentions.partition_point(|m| m.first <= before.last);
        let mention = self.mentions.get(first).filter(|m| {
            comma && m.form == Form::Name && m.first == before.last + 1 && m.beside == NONE && m.last < quoted.first
        })?;
        let mut between = mention.last..quoted.first;
        let short = between.end - between.start <= FAR;
        let of = c::PREPOSITION | c::DETERMINER | c::ADVERB | c::POSSESSIVE;
        let plain = between.all(|at| page.tok(at).is_some_and(|tok| tok.is(of) && !tok.is(groups::CUE | c::AUXILIARY)));
        let led = page.is(mention.last, c::PREPOSITION | c::ADVERB);
        (short && plain && led).then(|| u32::try_from(first).unwrap_or(NONE))
    }

    /// "Wie Chefarzt Tom Lind erklärte, geht es ihr „gut“": the subject of the clause that opens the sentence.
    pub(super) fn told_before(&self, quoted: &Quoted) -> Option<u32> {
        const NEAR: usize = 6;
        const NEAR_HEAD: u32 = 12;
        let page = self.page;
        let sentence = page.tok(quoted.first).filter(|_| page.grammar.verb_second)?.sentence;
        let here = |at: u32| page.tok(at).is_some_and(|tok| tok.sentence == sentence);
        let word = |at: u32| page.tok(at).is_some_and(|tok| tok.narrative() && tok.shape.is_word());
        let index = self.clauses.partition_point(|clause| clause.cue < quoted.first);
        let mut near = self.clauses.get(..index)?.iter().rev().take(NEAR).take_while(|clause| here(clause.cue));
        let clause = near.find(|clause| page.is(clause.cue, groups::FINITE) && page.is(clause.cue, c::STRONG))?;
        let mention = self.subject(clause)?;
        // "In ihrer Erklärung sagte Ministerin Nina Lind, das Land stehe „vor großen Aufgaben“"
        let comma = page.tok(mention.last).is_some_and(|tok| tok.sign(b',')) && mention.first == clause.last;
        let opens =
            (clause.cue.saturating_sub(NEAR_HEAD)..clause.cue).rev().find(|&at| page.tok(at).is_some_and(|t| t.opens));
        let led = opens.is_some_and(|first| page.is(first, c::PREPOSITION) && (first..clause.cue).all(word));
        if clause.way == Way::Behind && comma && led {
            return Some(clause.mention);
        }
        let (how, tok) = page.before(mention.first)?;
        let surest = matches!(clause.way, Way::Before | Way::Across) && here(how);
        (surest && tok.opens && page.words(how) == "Wie").then_some(clause.mention)
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
                    // "Auf die Frage, ob es reiche, entgegnete Lind: „…“"
                    let before = page.before(clause.cue);
                    let led = before.is_some_and(|(at, tok)| {
                        tok.opens && tok.is(c::ADVERB) || tok.sign(b',') && self.opens_with_clause(at)
                    });
                    led && m.first == clause.last
                }
                _ => false,
            };
            verb && !comma && person && first
        })
    }

    /// Whether the sentence of the comma at `at` begins with what a preposition or a conjunction opens, so that its verb stands behind a comma.
    fn opens_with_clause(&self, at: u32) -> bool {
        const FAR: u32 = 40;
        let page = self.page;
        let opens = (at.saturating_sub(FAR)..at).rev().find(|&at| page.tok(at).is_some_and(|tok| tok.opens));
        opens.is_some_and(|first| page.is(first, c::PREPOSITION | c::SUBORDINATE | c::CONJUNCTION))
    }

    /// "Lind: „…“", "Darauf Lind: „…“": a name between the head of the sentence and the colon, and no more than a word with it.
    fn stands_alone(&self, clause: &Clause, colon: u32) -> bool {
        let page = self.page;
        let opens = |at: u32| page.tok(at).is_some_and(|tok| tok.opens);
        let claim = c::CLAIM_NOUN | c::DOCUMENT | c::SPEECH_NOUN;
        self.mentions.get(clause.mention as usize).is_some_and(|m| {
            let before = page.before(m.first).filter(|(_, tok)| tok.opens);
            let led = before.is_some_and(|(_, tok)| tok.is(c::ADVERB));
            // "Linds Antwort: „…“"
            let owned = before.is_some_and(|(at, _)| page.is_genitive(at));
            let made = page.is(m.head, claim) && self.cast.meaning(clause.mention).known();
            let name = m.form == Form::Name && (opens(m.first) || led);
            clause.way == Way::Colon && m.last == colon && (name || made && (opens(m.first) || owned))
        })
    }
}
