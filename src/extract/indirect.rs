//! Speech that is reported without marks: "said that ...", "..., he said", "according to ...".
//!
//! A clause of saying gives the speaker and the cue; here it is decided whether a reported clause stands with it, and
//! where. Sentences with quoted speech under the same cue are left alone: their words are a quotation already. Where a
//! clause begins and ends is `bounds`' matter; languages whose verb stands second have rules of their own (`second`).

mod behind;
mod bounds;
mod ending;
mod grammar;
mod opening;
mod reports;
mod second;

use self::bounds::Bounds;
use self::reports::{AFTER, BARE, CLAUSE, CONTINUES, FINDS, NOBODY, TELL, VERB, YARDSTICK};
pub(super) use self::reports::{ENGLISH, GERMAN, Reports};
use super::attribution::{Decision, LIKELY, Scene};
use super::clause::{Clause, Way};
use super::lexicon::{class as c, groups, hash};
use super::mention::{Form, Mention};
use super::page::{NONE, Page};
use super::person::Meaning;
use super::quote::{attribution, behind_determiner};
use super::{Kind, Quote, Speaker};
use crate::text::span::Span;
use crate::text::word::Shape;

/// A rule, and how often it was right: the share of its quotations with more than 0.8 of a gold clause covered and the right
/// mention of the speaker, in the 42 Canadian articles (259 found in all; one added to hits and misses each, as some rules have few).
/// Nothing was fitted by machine; what the rules found in 792 US articles was read for errors.
#[derive(Clone, Copy)]
struct Rule {
    name: &'static str,
    precision: f32,
}

const fn rule(name: &'static str, precision: f32) -> Rule {
    Rule { name, precision }
}

const SAID_THAT: Rule = rule("indirect-that", 0.77);
const SAID: Rule = rule("indirect-said", 0.91);
const CLAIMED: Rule = rule("indirect-clause", 0.73);
const TOLD: Rule = rule("indirect-told", 0.67);
const SAYING: Rule = rule("indirect-saying", 0.67);
const COMMA_SAID: Rule = rule("indirect-comma-said", 0.91);
const SPLIT: Rule = rule("indirect-split", 0.94);
const ACCORDING: Rule = rule("indirect-according-to", 0.91);

/// Reported words: one stretch of tokens, or two around the clause of saying.
#[derive(Clone, Copy)]
struct Reported {
    spans: [Option<(u32, u32)>; 2],
    rule: Rule,
}

/// The indirect quotations of a page, in order; `decisions` are those about its marked regions.
pub(super) fn find(scene: &Scene<'_, '_>, decisions: &[Decision], reports: &Reports) -> Vec<Quote> {
    if scene.page.grammar.verb_second {
        return second::find(scene, decisions, reports);
    }
    let according = hash("according");
    let mut finder = Finder::new(scene, decisions, reports);
    let mut next = 0;
    for (at, tok) in (0u32..).zip(&scene.page.toks) {
        let mut subject = false;
        while let Some(clause) = scene.clauses.get(next).filter(|clause| clause.cue <= at) {
            next += 1;
            subject = true;
            if clause.cue == at && clause.way != Way::According {
                finder.clause(clause);
            }
        }
        if tok.hash == according && tok.narrative() && scene.page.words(at + 1) == "to" {
            finder.according(at);
        }
        let may = tok.is(c::STRONG) || reports.of(tok.hash) & FINDS != 0;
        if !subject && may && tok.is(c::CUE_PAST | c::CUE_THIRD) {
            finder.unnamed(at);
        }
    }
    finder.found
}

struct Finder<'a, 't> {
    scene: &'a Scene<'a, 't>,
    page: &'a Page<'t>,
    bounds: Bounds<'a, 't>,
    /// One past the last token that is reported already.
    until: u32,
    /// The cue that the last quotation took.
    taken: u32,
    found: Vec<Quote>,
}

impl<'a, 't> Finder<'a, 't> {
    fn new(scene: &'a Scene<'a, 't>, decisions: &[Decision], reports: &'a Reports) -> Self {
        let page = scene.page;
        let mut speech = vec![false; page.regions.len()];
        let mut claimed = Vec::new();
        for decision in decisions.iter().filter(|decision| decision.speech >= LIKELY) {
            if let Some(slot) = speech.get_mut(decision.region as usize) {
                *slot = true;
            }
            let sentence = page.regions.get(decision.region as usize).map(|quoted| quoted.sentence);
            claimed.extend(
                decision
                    .clause
                    .map(|clause| clause.cue)
                    .filter(|&cue| page.tok(cue).map(|tok| tok.sentence) == sentence),
            );
        }
        claimed.sort_unstable();
        let bounds = Bounds { page, clauses: scene.clauses, mentions: scene.mentions, reports, speech, claimed };
        Self { scene, page, bounds, until: 0, taken: NONE, found: Vec::new() }
    }

    fn clause(&mut self, clause: &Clause) {
        let Some(clause) = self.reading(clause) else { return };
        let mention = self.scene.mentions.get(clause.mention as usize);
        if let Some(reported) = mention.and_then(|mention| self.reported(&clause, mention)) {
            self.push(reported, clause);
        }
    }

    /// A verb whose subject is nobody known: "The man in the blue hat said it rained".
    fn unnamed(&mut self, cue: u32) {
        let said = self.bounds.says(cue, BARE | TELL | FINDS);
        let Some(subject) = Some(cue).filter(|_| said).and_then(|cue| self.bounds.plain_subject(cue)) else { return };
        let clause = Clause { cue, last: cue + 1, mention: NONE, way: Way::Before };
        if let Some(reported) = self.reported(&clause, &subject) {
            self.push(reported, clause);
            self.describe(subject.first, subject.last);
        }
    }

    /// Gives the last quotation a speaker that is no mention.
    fn describe(&mut self, first: u32, last: u32) {
        if let (Some(quote), Some(span)) = (self.found.last_mut(), self.page.span(first, last)) {
            let words = self.page.slice(behind_determiner(self.page, first, last), last);
            quote.attribution.speaker = Speaker::Described(words.split_whitespace().collect::<Vec<_>>().join(" "));
            quote.attribution.mention = Some(span);
        }
    }

    /// The clause with its subject as reported speech has it.
    fn reading(&self, clause: &Clause) -> Option<Clause> {
        let page = self.page;
        let mention = self.scene.mentions.get(clause.mention as usize)?;
        let comma = clause.cue.checked_sub(1).and_then(|at| page.tok(at)).is_some_and(|tok| tok.sign(b','));
        match clause.way {
            // "went home and said he was tired": the one behind the verb is no speaker.
            Way::Behind if self.bounds.has_verb(mention) || mention.form == Form::It => {
                let subject = self.bounds.subject(clause.cue)?;
                Some(Clause { mention: subject, way: Way::Sentence, ..*clause })
            }
            Way::Before | Way::Across if let Some(host) = self.bounds.described_by(mention, clause.cue) => {
                Some(Clause { mention: host, way: Way::Across, ..*clause })
            }
            // "Lind, who left, said"
            Way::Across if comma && mention.form == Form::Who => {
                Some(Clause { mention: self.bounds.antecedent(clause.mention).unwrap_or(clause.mention), ..*clause })
            }
            Way::Across if comma && let Some(name) = self.bounds.name_between(mention.last + 1, clause.cue - 1) => {
                Some(Clause { mention: name, ..*clause })
            }
            // "The roof, a landmark, was gone, said Mayor Lind": the comma ends the reported words.
            Way::Across | Way::Sentence if comma => {
                let Some(speaker) = self.bounds.beginning(clause.last) else { return Some(*clause) };
                let said = self.bounds.predicate(mention.last, clause.cue);
                let behind = self
                    .scene
                    .mentions
                    .get(speaker as usize)
                    .is_some_and(|speaker| self.bounds.closes(speaker) || said && !self.bounds.has_verb(speaker));
                Some(if behind { Clause { mention: speaker, way: Way::Behind, ..*clause } } else { *clause })
            }
            // "said it was dead and added that": whoever said it adds it.
            Way::Sentence => {
                Some(Clause { mention: self.bounds.said_before(clause.cue).unwrap_or(clause.mention), ..*clause })
            }
            _ => Some(*clause),
        }
    }

    /// What the clause of saying reports, if anything.
    fn reported(&self, clause: &Clause, mention: &Mention) -> Option<Reported> {
        let page = self.page;
        let free = clause.cue >= self.until && clause.cue != self.taken && !self.bounds.claimed(clause.cue);
        let spoken = matches!(clause.way, Way::Before | Way::Behind | Way::Across | Way::Sentence);
        let tok = page.tok(clause.cue)?;
        let verb = self.bounds.reports.of(tok.hash) & VERB;
        if !free
            || !spoken
            || verb == 0
            || tok.shape != Shape::Lower
            || mention.form == Form::First
            || !self.bounds.agrees(clause, mention)
            || self.bounds.says(clause.cue, FINDS) && !self.bounds.finds(mention)
            || !(self.asserted(clause, mention) || self.bounds.announces(clause.cue) && tok.is(c::CUE_ING))
        {
            return None;
        }
        let (first, last) = self.bounds.sentence(clause.cue)?;
        if self.bounds.asks_or_labels(first, last) {
            return None;
        }
        let ing = !tok.is(groups::FINITE);
        // "the war continued"
        let names = matches!(mention.form, Form::Name | Form::HeShe) || !self.bounds.says(clause.cue, CONTINUES);
        if verb & AFTER != 0
            && !ing
            && names
            && mention.form != Form::Who
            && let Some(reported) = self.around(clause, mention, first, last)
        {
            return Some(reported);
        }
        if clause.way == Way::Behind {
            return None;
        }
        let (start, that) = self.bounds.complement(clause.last, last, verb)?;
        let inserted = self.bounds.inserted(clause, mention)?;
        let last = if inserted { self.bounds.comma(start, last) } else { last };
        let end = self.bounds.end(start, last, clause.cue)?;
        let enough = match () {
            () if that => end > start + 2,
            () if verb & BARE != 0 => self.bounds.says_something(start, end) && !self.bounds.only_leads(start, end),
            () => self.bounds.is_clause(start, end),
        };
        if !enough || !that && self.bounds.is_hollow(start, end) {
            return None;
        }
        let rule = match () {
            () if ing => SAYING,
            () if verb & TELL != 0 && verb & (BARE | CLAUSE) == 0 => TOLD,
            () if that => SAID_THAT,
            () if verb & BARE != 0 => SAID,
            () => CLAIMED,
        };
        Some(Reported { spans: [Some((start, end)), None], rule })
    }

    /// "It rained, he said", "It rained, he said, and it was cold".
    fn around(&self, clause: &Clause, mention: &Mention, first: u32, last: u32) -> Option<Reported> {
        let page = self.page;
        let behind = clause.way == Way::Behind;
        let head = if behind { clause.cue } else { self.bounds.head(mention.first.min(clause.cue), first)? };
        // "..., a plan announced in May": a participle.
        let noun = page.is(mention.head, c::DOCUMENT | c::CLAIM_NOUN) && mention.form == Form::Nominal;
        if noun && page.tok(clause.cue).is_some_and(|tok| self.bounds.reports.of(tok.hash) & (BARE | CLAUSE) == CLAUSE)
        {
            return None;
        }
        let comma = head.checked_sub(1).filter(|&comma| comma > first)?;
        if !page.tok(comma).is_some_and(|tok| tok.narrative() && (tok.sign(b',') || tok.sign(b'-')))
            || head > clause.cue
        {
            return None;
        }
        let from = if behind { mention.last } else { clause.last };
        let tells = page.tok(clause.cue).is_some_and(|tok| self.bounds.reports.of(tok.hash) & TELL != 0);
        let closing = self.bounds.closing(from, last, behind || tells)?;
        let start = self.bounds.opening(first.max(self.until), comma);
        if start >= comma || self.bounds.quotes_within(start, comma) {
            return None;
        }
        let before = (start, comma);
        let whole = self.bounds.says_something(before.0, before.1);
        let tail = self.bounds.tail(closing, last, clause.cue, behind || whole, Some(mention));
        let words = self.bounds.words(before);
        match tail {
            Some(tail) if whole || words + self.bounds.words(tail) > 2 && self.bounds.holds_verb(tail.0, tail.1) => {
                // "However, he said, it rained"
                let lone = words == 1 && page.is(start, c::ADVERB | c::CONJUNCTION);
                Some(Reported { spans: [Some(before).filter(|_| words > 0 && !lone), Some(tail)], rule: SPLIT })
            }
            _ if whole && !self.bounds.only_leads(before.0, before.1) => {
                Some(Reported { spans: [Some(before), None], rule: COMMA_SAID })
            }
            _ => None,
        }
    }

    /// Whether the saying is told as a fact: not denied, not wished for, not passive.
    fn asserted(&self, clause: &Clause, mention: &Mention) -> bool {
        let page = self.page;
        // "No one said"
        let nobody = page.before(mention.first).is_some_and(|(at, _)| page.words(at).eq_ignore_ascii_case("no"));
        if (nobody || self.bounds.says(mention.head, NOBODY)) && mention.form == Form::Someone {
            return false;
        }
        let from = if mention.last <= clause.cue && clause.way != Way::Sentence {
            // "sources close to Lind said": what is unsaid stands behind the whole subject.
            let mentions = self.scene.mentions.get(..self.scene.mentions.partition_point(|m| m.first < clause.cue));
            let near = mentions.into_iter().flatten().rev().take(4).map(|m| m.last).filter(|last| *last <= clause.cue);
            let last = if clause.way == Way::Across { near.max() } else { None };
            mention.last.max(last.unwrap_or(0)).max(clause.cue.saturating_sub(6))
        } else {
            clause.cue.saturating_sub(3)
        };
        let ing = page.tok(clause.cue).is_some_and(|tok| !tok.is(groups::FINITE));
        let near = |at: &u32| {
            let nor = self.bounds.unsays(*at, ing);
            page.tok(*at).is_some_and(|tok| {
                tok.narrative() && !matches!(tok.shape, Shape::Sign(_)) && (nor || !tok.is(c::CONJUNCTION))
            })
        };
        (from..clause.cue).rev().take_while(near).all(|at| !self.bounds.unsays(at, ing))
    }

    fn according(&mut self, at: u32) {
        if at < self.until || self.bounds.claimed(at) {
            return;
        }
        let Some((first, last)) = self.bounds.sentence(at) else { return };
        if self.bounds.asks_or_labels(first, last) {
            return;
        }
        let Some((source, close)) = self.bounds.source(at + 2, last) else { return };
        let clause = self
            .scene
            .clauses
            .iter()
            .skip(self.scene.clauses.partition_point(|clause| clause.cue < at))
            .find(|clause| clause.cue == at);
        // "According to the treasurer, Maud Lind, ...": the name in apposition belongs to the source.
        let named = clause.and_then(|clause| self.scene.mentions.get(clause.mention as usize));
        let close = named.filter(|m| m.first == close + 1 && m.last <= last).map_or(close, |m| m.last);
        let opens = self.bounds.opening(first.max(self.until), at) >= at || page_opens(self.page, first, at);
        let spans = if opens {
            [self.bounds.tail(close, last, at, false, named), None]
        } else {
            let comma = self.page.tok(at - 1).is_some_and(|tok| tok.sign(b','));
            if !comma && self.is_yardstick(source) {
                return;
            }
            let end = if comma { at - 1 } else { at };
            let start = self.bounds.opening(first.max(self.until), end);
            if start >= end || self.bounds.quotes_within(start, end) {
                return;
            }
            let whole = self.bounds.says_something(start, end);
            [Some((start, end)), self.bounds.tail(close, last, at, whole, named)]
        };
        let few = spans.iter().flatten().map(|span| self.bounds.words(*span)).sum::<usize>() < 3;
        if few && !spans.iter().flatten().any(|&(start, end)| self.bounds.says_something(start, end)) {
            return;
        }
        let reported = Reported { spans, rule: ACCORDING };
        let mention = clause.map_or(NONE, |clause| clause.mention);
        self.push(reported, Clause { cue: at, last: at + 2, mention, way: Way::According });
        if mention == NONE {
            self.describe(source.0, source.1);
        }
    }

    /// Whether things are done by it and nobody says them: "sorted according to the size of the stones".
    fn is_yardstick(&self, (first, last): (u32, u32)) -> bool {
        let goes_on = |&at: &u32| self.page.tok(at).is_some_and(|tok| !tok.is(c::PREPOSITION) && tok.shape.is_word());
        let head = (first..last).take_while(goes_on).last().and_then(|head| self.page.tok(head));
        head.is_some_and(|head| self.bounds.reports.of(head.hash) & YARDSTICK != 0)
    }

    fn push(&mut self, reported: Reported, clause: Clause) {
        let spans: Vec<Span> =
            reported.spans.iter().flatten().filter_map(|&(start, end)| self.bounds.span(start, end)).collect();
        if spans.is_empty() {
            return;
        }
        let mention = clause.mention;
        let meaning = self.scene.cast.meaning(mention);
        self.taken = clause.cue;
        self.until = reported.spans.iter().flatten().map(|(_, end)| *end).fold(clause.last, u32::max).max(self.until);
        let decision = decision(clause, meaning, reported.rule);
        self.found.push(Quote { spans, kind: Kind::Indirect, attribution: attribution(self.scene, &decision) });
    }
}

/// Whether nothing but a conjunction or an adverb stands before token `at` in its sentence.
fn page_opens(page: &Page<'_>, first: u32, at: u32) -> bool {
    at - first <= 3
        && (first..at)
            .all(|at| page.tok(at).is_some_and(|tok| tok.is(c::CONJUNCTION | c::ADVERB) || !tok.shape.is_word()))
}

fn decision(clause: Clause, meaning: Meaning, rule: Rule) -> Decision {
    Decision {
        region: NONE,
        speech: rule.precision,
        direct: 0.0,
        mention: clause.mention,
        clause: Some(clause),
        meaning,
        rule: rule.name,
        confidence: rule.precision * meaning.certainty,
    }
}
