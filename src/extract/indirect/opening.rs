//! Where a reported clause begins behind its verb of saying: past the listener, the day and what else stands between.
//!
//! Knows connectives, phrases of time and objects that are no clauses; where the clause ends is `bounds`' matter.

use super::super::clause::verb_like;
use super::super::lexicon::{class as c, groups};
use super::super::page::Tok;
use super::bounds::Bounds;
use super::reports::{
    AGO, ASKS, BARE, BROKEN, CLAUSE, DAYTIME, DEPENDENT, FACT, HOLLOW, INFINITE, PAST, PRESENT, PRONOUN, QUANTITY,
    Report, TELL, UNIT, WHEN,
};
use crate::text::word::Shape;

/// How far "that" may stand behind its verb where something stands between.
const FAR: u32 = 12;

impl Bounds<'_, '_> {
    /// Where a reported clause begins behind its cue, and whether at "that".
    pub(super) fn complement(&self, from: u32, last: u32, verb: Report) -> Option<(u32, bool)> {
        const NEAR: u32 = 3;
        let mut at = from;
        if self.is_word(at, "out") {
            at += 1;
        }
        let tells = verb & TELL != 0;
        if tells && verb & (BARE | CLAUSE) == 0 {
            if let Some(that) = self.that(at, last, FAR) {
                return Some((that, true));
            }
            at = self.listener(at, last)?;
        } else {
            let between = self.tok(at)?.is(c::PREPOSITION | c::ADVERB | c::WEEKDAY) || self.tok(at)?.sign(b',');
            let behind = self.adverbial(at, last);
            let that = self.that(at, last, if between || tells { FAR } else { NEAR });
            if let Some(that) = that.or_else(|| self.that(behind, last, NEAR).filter(|_| behind > at)) {
                return (tells || verb & BARE != 0 || !self.is_object(at, that)).then_some((that, true));
            }
            if verb & (BARE | CLAUSE) == 0 {
                return None;
            }
            // "warned residents the river would rise"
            let listener = self.listener(at, last).filter(|&next| tells && next > at && self.begins_clause(next, last));
            at = listener.unwrap_or(at);
        }
        at = self.adverbial(at, last);
        let tok = self.tok(at).filter(|_| at < last)?;
        let opens = tok.narrative() && (tok.shape.is_word() || tok.shape == Shape::Number || tok.sign(b'$'));
        let noun = self.says(at, BROKEN) && !self.tok(at + 1).is_some_and(|tok| tok.shape == Shape::Number);
        (opens && !noun).then_some((at, false))
    }

    /// "that" within a few words, with no other clause before it.
    fn that(&self, from: u32, last: u32, far: u32) -> Option<u32> {
        // "boasted of a plan that"
        if self.is_word(from, "of") {
            return None;
        }
        for at in from..last.min(from + far) {
            let tok = self.tok(at)?;
            if self.is_word(at, "that") {
                // "hinted at that", "a reporter that appeared"
                // "that prices would rise"
                let helped = self.tok(at + 2).is_some_and(|tok| tok.is(c::AUXILIARY)) || self.says(at + 2, PAST);
                let verb = |next: &Tok| next.is(c::AUXILIARY) || verb_like(self.page, next, at + 1) && !helped;
                let noun = at > from && (self.is_word(at - 1, "way") || self.is_word(at - 1, "condition"));
                let governed = at > from && self.tok(at - 1).is_some_and(|tok| tok.is(c::PREPOSITION));
                let relative = at > from && (noun || governed || self.tok(at + 1).is_some_and(verb));
                return (!relative).then_some(at);
            }
            // "too often, that's not so"
            let that =
                self.is_word(at + 1, "that") && !self.tok(at + 2).is_some_and(|tok| tok.shape == Shape::Possessive);
            if tok.narrative() && tok.sign(b',') && !that {
                return self.behind_insertion(at, last);
            }
            let held = at > from && self.tok(at - 1).is_some_and(|tok| tok.is(c::DETERMINER | c::POSSESSIVE));
            let noun = held || tok.is(c::DOCUMENT | c::SPEECH_NOUN);
            let verb = tok.narrative() && (tok.is(c::AUXILIARY) || tok.is(groups::FINITE) && !noun);
            if self.is_speech(tok)
                || verb
                || matches!(tok.shape, Shape::Sign(b'.' | b';' | b':' | b'-'))
                || tok.is(c::HE | c::SHE | c::THEY) && !tok.is(c::POSSESSIVE) && at > from
            {
                return None;
            }
        }
        None
    }

    /// The "that" behind an insertion that the comma at `comma` opens: ", without giving details, that".
    fn behind_insertion(&self, comma: u32, last: u32) -> Option<u32> {
        let inside = |at: &u32| {
            self.tok(*at).is_some_and(|tok| {
                tok.narrative()
                    && !matches!(tok.shape, Shape::Sign(_))
                    && !(tok.is(groups::FINITE) && tok.is(c::STRONG) && tok.shape == Shape::Lower)
            })
        };
        let close = (comma + 1..last.min(comma + FAR)).find(|at| !inside(at))?;
        (self.tok(close)?.sign(b',') && self.is_word(close + 1, "that")).then_some(close + 1)
    }

    /// Whether a verb takes what stands before "that" for its object: "explained the rules that govern it", but not "the fact that".
    fn is_object(&self, from: u32, that: u32) -> bool {
        let opens = that > from && self.tok(from).is_some_and(|tok| tok.is(c::DETERMINER | c::POSSESSIVE));
        let noun = that.checked_sub(1).filter(|&at| at > from && opens);
        noun.is_some_and(|noun| {
            !self.says(noun, FACT | UNIT | AGO)
                && self.tok(noun).is_some_and(|tok| tok.shape == Shape::Lower && !tok.is(groups::FUNCTION))
        })
    }

    /// Whether a clause begins with what can only be its subject.
    fn begins_clause(&self, at: u32, last: u32) -> bool {
        let opens = |tok: &Tok| tok.is(c::DETERMINER | c::POSSESSIVE | c::IT) && !tok.is(c::THAT);
        (self.tok(at).is_some_and(opens) || self.says(at, PRONOUN)) && self.is_clause(at, last)
    }

    /// Behind whoever is told.
    fn listener(&self, at: u32, last: u32) -> Option<u32> {
        let from = self.mentions.partition_point(|mention| mention.first < at);
        let mention = self
            .mentions
            .get(from..)?
            .iter()
            .take_while(|mention| mention.first == at)
            .map(|mention| mention.last)
            .max();
        let next = mention.unwrap_or_else(|| {
            let mut end = at;
            while end < last
                && end - at < 3
                && self.tok(end).is_some_and(|tok| tok.is(c::DETERMINER | c::POSSESSIVE | c::MODIFIER))
            {
                end += 1;
            }
            while end < last
                && end - at < 6
                && self.tok(end).is_some_and(|tok| tok.shape.is_capital() && !tok.is(c::WEEKDAY))
            {
                end += 1;
            }
            if end == at || self.tok(end - 1).is_some_and(|tok| tok.is(c::DETERMINER | c::POSSESSIVE)) {
                end + 1
            } else {
                end
            }
        });
        (next < last && !self.tok(at)?.is(c::PREPOSITION)).then_some(next)
    }

    /// Behind "on Friday", "in a statement", "two years ago", "later".
    fn adverbial(&self, from: u32, last: u32) -> u32 {
        const LONGEST: u32 = 8;
        let mut at = from;
        for _ in 0..3 {
            let Some(tok) = self.tok(at).filter(|_| at < last) else { break };
            if let Some(end) = self.time(at, last) {
                at = end;
                continue;
            }
            let owner = self.tok(at + 1).is_some_and(|tok| tok.shape == Shape::Possessive);
            if !owner && (tok.is(c::WEEKDAY) || self.says(at, DAYTIME)) {
                at += 1;
                continue;
            }
            let phrase = tok.is(c::PREPOSITION) || tok.is(c::DETERMINER) && self.says(at, WHEN);
            if !phrase {
                break;
            }
            let noun = (at + 1..last.min(at + LONGEST))
                .take_while(|&i| {
                    self.tok(i).is_some_and(|tok| {
                        tok.narrative()
                            && !matches!(tok.shape, Shape::Sign(_))
                            && !tok.is(c::AUXILIARY | c::HE | c::SHE | c::THEY)
                    })
                })
                .find(|&i| {
                    self.tok(i).is_some_and(|tok| tok.is(c::WEEKDAY | c::MONTH | c::SPEECH_NOUN))
                        && !self.tok(i + 1).is_some_and(|tok| tok.is(c::SPEECH_NOUN) || tok.shape == Shape::Possessive)
                });
            match noun {
                Some(noun) => at = noun + 1,
                None => break,
            }
        }
        at
    }

    /// Behind a phrase of time at `from`: "last month", "earlier this week", "two years ago", unless it is a subject or an owner.
    fn time(&self, from: u32, last: u32) -> Option<u32> {
        const LONGEST: u32 = 4;
        let word = |at: &u32| self.says(*at, WHEN);
        let unit = (from..last.min(from + LONGEST)).find(|at| !word(at))?;
        if unit > from && self.tok(unit).is_some_and(|tok| self.says(unit, UNIT) || tok.is(c::WEEKDAY | c::MONTH)) {
            let subject = self.tok(unit + 1).is_none_or(|tok| {
                tok.is(c::AUXILIARY) || self.says(unit + 1, PAST | PRESENT) || tok.shape == Shape::Possessive
            });
            return (!subject).then_some(unit + 1);
        }
        let many = self.tok(from).is_some_and(|tok| tok.shape == Shape::Number || tok.is(c::DETERMINER));
        let unit = (from..last.min(from + LONGEST)).find(|&at| self.says(at, UNIT))?;
        (self.says(unit + 1, AGO) && (many || unit == from)).then_some(unit + 2)
    }

    /// Whether what begins at `start` is no clause but what was said of something: "said nothing", "said how it began".
    pub(super) fn is_hollow(&self, start: u32, end: u32) -> bool {
        if self.is_word(start, "if") {
            let comma = self.comma(start, end);
            return comma == end || !self.is_clause(comma + 1, end);
        }
        self.says(start, HOLLOW)
            || self.says(start, QUANTITY) && !self.counts(start, end)
            || self.says(start, ASKS) && !self.is_asked_of(start, end)
    }

    /// Whether a word of quantity is a subject: "nothing had been decided", "more people would come".
    fn counts(&self, start: u32, end: u32) -> bool {
        const LONGEST: u32 = 9;
        for at in start + 1..end.min(start + LONGEST) {
            let Some(tok) = self.tok(at).filter(|tok| tok.narrative()) else { return false };
            let linked = self.is_word(at, "of") || self.is_word(at, "than");
            let stops = tok.is(c::PREPOSITION) && !linked
                || tok.is(c::CONJUNCTION) && !self.is_word(at, "and")
                || tok.is(c::THAT | c::WHO)
                || self.says(at, ASKS | DEPENDENT)
                || matches!(tok.shape, Shape::Sign(_));
            // "something she had heard"
            let clause = at == start + 1
                && (tok.is(c::DETERMINER | c::POSSESSIVE | c::IT) || self.says(at, PRONOUN) || tok.shape.is_capital());
            if stops || clause {
                return false;
            }
            let past = at == start + 1 && self.page.words(at).ends_with("ed");
            if tok.is(c::AUXILIARY) || self.says(at, PAST | PRESENT) || past {
                return true;
            }
        }
        false
    }

    /// Whether a clause with "how" or "what" is itself the subject: "how it began was unclear".
    fn is_asked_of(&self, start: u32, end: u32) -> bool {
        const LONGEST: u32 = 20;
        let (mut verbs, mut helped, mut finite) = (0, false, false);
        for at in start + 1..end.min(start + LONGEST) {
            let Some(tok) = self.tok(at) else { return false };
            let clause = self.says(at, DEPENDENT) || verbs > 0 && self.says(at, PRONOUN);
            if clause || matches!(tok.shape, Shape::Sign(_)) || tok.is(c::CONJUNCTION) {
                break;
            }
            let helps = tok.is(c::AUXILIARY);
            finite = helps && !self.says(at, INFINITE);
            let main = !helps
                && tok.shape == Shape::Lower
                && (self.says(at, PAST) || tok.is(c::CUE_PAST) || self.page.words(at).ends_with("ed"));
            if finite || main && !helped {
                verbs += 1;
            }
            if finite && verbs > 1 {
                return true;
            }
            helped = helps || helped && tok.is(c::ADVERB);
        }
        finite && verbs > 1
    }
}
