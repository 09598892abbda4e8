//! Speech without marks in a language whose finite verb stands second, as German: "Lind sagte, die Brücke sei sicher", "Laut Lind
//! ist die Brücke sicher", "..., wie Lind mitteilte".
//!
//! Only forms that can hardly mean anything else are taken: a clause with "dass" or "ob" or in the subjunctive behind the comma of
//! a verb of saying, a statement before ", sagte Lind", and what a source is named for.

use super::super::attribution::{Decision, Scene};
use super::super::clause::{Clause, Way};
use super::super::lexicon::{class as c, groups};
use super::super::mention::{Form, Mention};
use super::super::page::{NONE, Tok};
use super::reports::{
    APART, BARE, COORDINATE, DENIES, HOW, OBJECT, PARTICLE, PASSIVE, PERFECT, Report, Reports, SUBJUNCTIVE, SUPPOSED,
    WORDS, YARDSTICK,
};
use super::{Finder, Quote, Reported, Rule, rule};
use crate::text::word::Shape;

// How often each rule was right, words and mention, on the pieces that it found in 850 German Wikinews articles (769 in all). What the
// rules found there was read for errors.
const THAT: Rule = rule("indirect-that", 0.89);
const SUBJUNCTIVE_CLAUSE: Rule = rule("indirect-said", 0.83);
const COMMA_SAID: Rule = rule("indirect-comma-said", 0.93);
const SPLIT: Rule = rule("indirect-split", 0.5);
const SOURCE: Rule = rule("indirect-according-to", 0.87);

/// Tokens of a stretch: first, and one past the last.
type Stretch = (u32, u32);

/// The indirect quotations of a page, in order.
pub(super) fn find(scene: &Scene<'_, '_>, decisions: &[Decision], reports: &Reports) -> Vec<Quote> {
    let mut finder = Finder::new(scene, decisions, reports);
    let mut next = 0;
    for (at, tok) in (0u32..).zip(&scene.page.toks) {
        // A cue may have several readings, surest first.
        let mut named = false;
        while let Some(clause) = scene.clauses.get(next).filter(|clause| clause.cue <= at) {
            next += 1;
            if clause.cue == at && !named {
                named = true;
                finder.second(clause);
            }
        }
        if !named && tok.narrative() && tok.is(c::ACCORDING | c::ACCORDING_BEHIND) {
            finder.unnamed_source(at);
        }
    }
    finder.found
}

impl Finder<'_, '_> {
    fn second(&mut self, clause: &Clause) {
        let Some(mention) = self.scene.mentions.get(clause.mention as usize) else { return };
        let Some((first, last)) = self.bounds.sentence(clause.cue) else { return };
        let sentence = self.page.tok(clause.cue).map(|tok| tok.sentence);
        let near = self.page.tok(mention.first).map(|tok| tok.sentence) == sentence && mention.region == NONE;
        let free = clause.cue >= self.until && !self.bounds.claimed(clause.cue);
        if !near || !free || matches!(mention.form, Form::First | Form::It) || self.bounds.asks_or_labels(first, last) {
            return;
        }
        let first = first.max(self.until);
        let found = match clause.way {
            Way::According => self.source(clause, mention, first, last),
            Way::Before | Way::Behind | Way::Across | Way::Sentence => self.saying(clause, mention, first, last),
            Way::Colon | Way::Dash | Way::Owner => None,
        };
        let Some(reported) = found else { return };
        let spans = || reported.spans.iter().flatten();
        let words: usize = spans().map(|&span| self.bounds.words(span)).sum();
        if words > 2 && !spans().any(|&(start, end)| self.bounds.quotes_within(start, end)) {
            self.push(reported, *clause);
        }
    }

    /// What a verb of saying reports.
    fn saying(&self, clause: &Clause, mention: &Mention, first: u32, last: u32) -> Option<Reported> {
        let tok = self.page.tok(clause.cue)?;
        let from = if mention.first > clause.cue { mention.last } else { clause.last };
        let comma = self.comma_behind(from, last);
        let end = comma.unwrap_or(last);
        let said =
            self.says(clause.cue, BARE) || self.says(clause.cue, APART) && self.says(end.checked_sub(1)?, PARTICLE);
        let opens = self.clause_start(clause.cue.min(mention.first), first);
        if !said || tok.shape != Shape::Lower || self.says(opens, SUPPOSED) || !self.told(clause, opens, end) {
            return None;
        }
        if self.says(opens, HOW) {
            return (clause.cue + 1 == end).then(|| self.about(first, opens, end, last, COMMA_SAID)).flatten();
        }
        let before = (clause.way == Way::Behind && opens == clause.cue && opens > first)
            .then(|| self.statement(first, opens))
            .flatten();
        let leads = opens == first && self.page.is(opens, c::CONJUNCTION) && !self.coordinates(opens);
        // "Lind, die sagte, dass ..., ging"
        let relative = self.clause_start(clause.cue, first);
        let set_in =
            leads || relative > first && relative < clause.cue && clause.cue + 1 == end && !self.coordinates(relative);
        let behind = comma.and_then(|comma| self.clause_behind(comma, last, set_in));
        match (before, behind) {
            (Some(before), Some((after, _))) if self.holds(before, SUBJUNCTIVE) => {
                Some(Reported { spans: [Some(before), Some(after)], rule: SPLIT })
            }
            (_, Some((after, rule))) => Some(Reported { spans: [Some(after), None], rule }),
            (Some(before), None) if !self.goes_on(from, last) => {
                Some(Reported { spans: [Some(before), None], rule: COMMA_SAID })
            }
            _ => None,
        }
    }

    /// The clause behind a comma, if it opens with "dass" or "ob" or stands in the subjunctive; to the next comma, where it is `set_in`.
    fn clause_behind(&self, comma: u32, last: u32, set_in: bool) -> Option<(Stretch, Rule)> {
        let start = comma + 1;
        let stop = if set_in { self.bounds.comma(start, last) } else { last };
        let stop = self.next_said(start, self.pause(start, stop));
        let that = self.page.is(start, c::THAT) || self.says(start, OBJECT);
        let rule = if that { THAT } else { SUBJUNCTIVE_CLAUSE };
        let told = || self.holds((start, stop), SUBJUNCTIVE) && !self.is_relative(start, stop);
        (that || told()).then_some(((start, stop), rule))
    }

    /// Whether a clause begins with what takes up a noun and ends with its verb: "einen Vorschlag, der alles ändern werde".
    fn is_relative(&self, start: u32, stop: u32) -> bool {
        let end = self.bounds.comma(start, stop);
        self.page.is(start, c::DETERMINER | c::PREPOSITION)
            && end.checked_sub(1).is_some_and(|at| self.says(at, SUBJUNCTIVE))
    }

    /// The first semicolon or colon behind `from`, or `last`.
    fn pause(&self, from: u32, last: u32) -> u32 {
        let sign =
            |at: &u32| self.page.tok(*at).is_some_and(|tok| tok.narrative() && (tok.sign(b';') || tok.sign(b':')));
        (from..last).find(sign).unwrap_or(last)
    }

    /// Where the next clause of saying begins, with what joins it.
    fn next_said(&self, start: u32, stop: u32) -> u32 {
        let from = self.scene.clauses.partition_point(|clause| clause.cue <= start);
        let rest = self.scene.clauses.get(from..).unwrap_or_default().iter().take_while(|clause| clause.cue < stop);
        let head = |clause: &Clause| {
            let mention = self.scene.mentions.get(clause.mention as usize)?;
            let own = matches!(clause.way, Way::Before | Way::Behind) && mention.first > start;
            (own && self.says(clause.cue, BARE)).then_some(clause.cue.min(mention.first))
        };
        let Some(mut cut) = rest.filter_map(head).next() else { return stop };
        while cut > start
            && self.page.tok(cut - 1).is_some_and(|tok| matches!(tok.shape, Shape::Sign(_)) || tok.is(c::CONJUNCTION))
        {
            cut -= 1;
        }
        if cut > start + 2 { cut } else { stop }
    }

    /// The words around an insertion `opens..close` of the sentence: ", wie Lind mitteilte,".
    fn about(&self, first: u32, opens: u32, close: u32, last: u32, rule: Rule) -> Option<Reported> {
        if opens == self.bounds.opening(first, last) {
            return (close < last).then_some(Reported { spans: [Some((close + 1, last)), None], rule });
        }
        let before = self.statement(first, opens);
        let start = self.bounds.opening(first, opens);
        // "..., so Lind, die Leiterin": what follows belongs to the source.
        let beside = close < last
            && self.page.is(opens, c::ACCORDING)
            && self.page.tok(close + 1).is_some_and(|tok| tok.is(c::DETERMINER) || tok.shape.is_capital());
        match before {
            Some(before) if close >= last || beside => Some(Reported { spans: [Some(before), None], rule }),
            _ if close < last && start + 1 < opens => {
                Some(Reported { spans: [Some((start, opens - 1)), Some((close + 1, last))], rule: SPLIT })
            }
            _ => None,
        }
    }

    /// The statement before the comma in front of `opens`: with a verb, and no clause that only leads to the next.
    fn statement(&self, first: u32, opens: u32) -> Option<Stretch> {
        let comma = opens.checked_sub(1).filter(|&at| self.page.tok(at).is_some_and(|tok| tok.sign(b',')))?;
        let start = self.bounds.opening(first, comma);
        let leads = self.page.is(start, c::CONJUNCTION | c::THAT) && !self.coordinates(start);
        (start < comma && !leads && self.has_main_clause(start, comma)).then_some((start, comma))
    }

    /// Whether a piece between commas has a verb and does not begin as one that hangs on another.
    fn has_main_clause(&self, start: u32, end: u32) -> bool {
        let mut from = start;
        while from < end {
            let comma = self.bounds.comma(from, end);
            let hangs = from > start
                && self.page.is(from, c::DETERMINER | c::PREPOSITION | c::CONJUNCTION | c::THAT | c::WHO)
                && !self.coordinates(from);
            if !hangs && (from..comma).any(|at| self.is_verb(at)) {
                return true;
            }
            from = comma + 1;
        }
        false
    }

    /// What a source is named for: "laut Lind", "dem Bericht zufolge", "so Lind".
    fn source(&self, clause: &Clause, mention: &Mention, first: u32, last: u32) -> Option<Reported> {
        let tok = self.page.tok(clause.cue)?;
        let start = self.bounds.opening(first, last);
        let opens = clause.cue.min(mention.first);
        let close = clause.last.max(mention.last);
        if self.says(mention.head, YARDSTICK) || tok.is(groups::CUE) {
            return None;
        }
        let far = close - opens > 12;
        if self.bounds.is_word(clause.cue, "so") {
            let comma = opens.checked_sub(1).and_then(|at| self.page.tok(at)).is_some_and(|tok| tok.sign(b','));
            let names = !matches!(mention.form, Form::Someone | Form::Who)
                && !mention.owner
                && !(clause.last..mention.first).any(|at| self.is_verb(at) || self.page.is(at, c::ADVERB));
            let close = self.comma_behind(close, last).unwrap_or(last);
            return (comma && names && !far).then(|| self.about(first, opens, close, last, SOURCE)).flatten();
        }
        let words = (clause.cue..close).any(|at| self.says(at, WORDS));
        if far || self.bounds.is_word(clause.cue, "nach") && !words {
            return None;
        }
        let behind = tok.is(c::ACCORDING_BEHIND) && mention.first < clause.cue;
        let leads = (start..opens).all(|at| match behind {
            true => !self.is_verb(at) && self.page.tok(at).is_some_and(|tok| tok.shape.is_word()),
            false => self.page.is(at, c::ADVERB | c::CONJUNCTION),
        });
        if leads {
            let verb = self.verb_behind(close, last)?;
            return Some(Reported { spans: [Some((verb, self.pause(verb, last))), None], rule: SOURCE });
        }
        // A clause in the middle of the sentence has bounds of its own, and so has a source that goes on.
        let sign = |at: u32| self.page.tok(at).is_some_and(|tok| matches!(tok.shape, Shape::Sign(b',' | b';' | b':')));
        let cut =
            (start..opens).any(sign) || (close..last).any(|at| self.page.tok(at).is_some_and(|tok| tok.sign(b';')));
        let goes_on = self.says(mention.head, WORDS) && self.page.is(close, c::DETERMINER | c::POSSESSIVE)
            || self.page.tok(close).is_some_and(|tok| tok.shape.is_capital() || tok.sign(b','));
        let verb = (start..opens).chain(close..last).any(|at| self.is_verb(at));
        (!cut && verb && !goes_on).then_some(Reported {
            spans: [Some((start, opens)), Some((close, last)).filter(|(from, to)| from < to)],
            rule: SOURCE,
        })
    }

    /// A source that is no mention and opens its sentence: "Laut Pressemitteilung ist", "Medienberichten zufolge ist".
    fn unnamed_source(&mut self, at: u32) {
        let Some((first, last)) = self.bounds.sentence(at) else { return };
        if at < self.until || self.bounds.claimed(at) || self.bounds.asks_or_labels(first, last) {
            return;
        }
        let start = self.bounds.opening(first, last);
        let plain = |from: u32, to: u32| {
            (from..to).all(|at| self.page.tok(at).is_some_and(|tok| tok.narrative() && !tok.sign(b',')))
        };
        let front = at == start && (self.bounds.is_word(at, "laut") || self.bounds.is_word(at, "nach"));
        let behind = at > start
            && self.bounds.is_word(at, "zufolge")
            && (start..at).all(|at| !self.is_verb(at) && self.page.tok(at).is_some_and(|tok| tok.shape.is_word()));
        let Some(verb) = self.verb_behind(at + 1, last).filter(|&verb| front || behind && verb == at + 1) else {
            return;
        };
        let source = if front { (at + 1, verb) } else { (start, at) };
        let within = |classes| (source.0..source.1).any(|at| self.says(at, classes));
        let unsaid = self.bounds.is_word(at, "nach") && !within(WORDS) || within(YARDSTICK);
        let short = source.0 >= source.1 || self.bounds.words((verb, last)) < 3;
        if unsaid || short || !plain(source.0, source.1) || self.bounds.quotes_within(verb, last) {
            return;
        }
        let clause = Clause { cue: at, last: at + 1, mention: NONE, way: Way::According };
        self.push(Reported { spans: [Some((verb, last)), None], rule: SOURCE }, clause);
        self.describe(source.0, source.1);
    }

    /// The finite verb behind a source that opens the sentence, past what else belongs to it.
    fn verb_behind(&self, close: u32, last: u32) -> Option<u32> {
        const FAR: u32 = 12;
        let mut at = close;
        if self.page.tok(at).is_some_and(|tok| tok.sign(b',')) {
            at = self.comma_behind(at + 1, last)? + 1;
        }
        (at..last.min(at + FAR))
            .take_while(|&at| {
                self.page.tok(at).is_some_and(|tok| tok.narrative() && !tok.sign(b':') && !tok.sign(b';'))
            })
            .find(|&at| self.is_verb(at))
    }

    /// Whether saying is told as a fact: not denied, nor done by somebody else.
    fn told(&self, clause: &Clause, opens: u32, end: u32) -> bool {
        let finite = self.page.is(clause.cue, groups::FINITE);
        let within = |classes| (opens..end).any(|at| self.says(at, classes));
        !within(DENIES) && !within(PASSIVE) && (finite || within(PERFECT))
    }

    /// Whether more than the day and the place follows ", sagte Lind".
    fn goes_on(&self, from: u32, last: u32) -> bool {
        const FAR: u32 = 14;
        last - from > FAR
            || (from..last).any(|at| {
                self.page
                    .tok(at)
                    .is_some_and(|tok| tok.is(c::AUXILIARY | c::THAT) || tok.sign(b':') || !tok.narrative())
            })
    }

    /// The first token of the clause around `at`.
    fn clause_start(&self, at: u32, first: u32) -> u32 {
        let inside = |at: &u32| {
            self.page
                .tok(*at)
                .is_some_and(|tok| !matches!(tok.shape, Shape::Sign(b',' | b';' | b':' | b'-')) && tok.narrative())
        };
        (first..at).rev().take_while(inside).last().unwrap_or(at)
    }

    /// The comma that ends the clause of saying, if no other sign comes first.
    fn comma_behind(&self, from: u32, last: u32) -> Option<u32> {
        const FAR: u32 = 16;
        let sign = |tok: &Tok| matches!(tok.shape, Shape::Sign(_)) || !tok.narrative();
        let found = (from..last.min(from + FAR)).find(|&at| self.page.tok(at).is_some_and(sign))?;
        self.page.tok(found).is_some_and(|tok| tok.sign(b',')).then_some(found)
    }

    fn holds(&self, (start, end): Stretch, classes: Report) -> bool {
        (start..end).any(|at| self.says(at, classes) && self.page.tok(at).is_some_and(|tok| tok.shape == Shape::Lower))
    }

    /// Whether the word at `at` looks like a finite verb.
    fn is_verb(&self, at: u32) -> bool {
        self.page.tok(at).is_some_and(|tok| {
            tok.narrative() && tok.shape == Shape::Lower && (tok.is(c::AUXILIARY | groups::FINITE) || tok.classes == 0)
        })
    }

    fn coordinates(&self, at: u32) -> bool {
        self.says(at, COORDINATE)
    }

    fn says(&self, at: u32, classes: Report) -> bool {
        self.bounds.says(at, classes)
    }
}
