//! Where a reported clause begins and ends in its sentence.
//!
//! Knows punctuation, connectives and what looks like a verb; who speaks is not asked here.

use super::super::clause::{Clause, Way};
use super::super::lexicon::{class as c, groups};
use super::super::mention::{Form, Mention};
use super::super::page::{NONE, Page, Tok};
use super::reports::{ABOUT, AFTER, BARE, EMBEDS, JOINS, OUT, Report, Reports, SUPPOSED, VERB, WHEN};
use crate::text::span::Span;
use crate::text::word::Shape;

/// No sentence is followed farther than this, so that a text without full stops costs no more than another.
const LONGEST: u32 = 240;

pub(super) struct Bounds<'a, 't> {
    pub(super) page: &'a Page<'t>,
    pub(super) clauses: &'a [Clause],
    pub(super) mentions: &'a [Mention],
    pub(super) reports: &'a Reports,
    /// Whether the region of that number is speech.
    pub(super) speech: Vec<bool>,
    /// Cues that introduce marked speech, sorted.
    pub(super) claimed: Vec<u32>,
}

impl<'t> Bounds<'_, 't> {
    pub(super) fn tok(&self, at: u32) -> Option<&Tok> {
        self.page.tok(at)
    }

    pub(super) fn claimed(&self, cue: u32) -> bool {
        self.claimed.binary_search(&cue).is_ok()
    }

    pub(super) fn is_word(&self, at: u32, word: &str) -> bool {
        self.page.words(at).eq_ignore_ascii_case(word)
    }

    /// Whether the word at `at` is of one of these classes.
    pub(super) fn says(&self, at: u32, classes: Report) -> bool {
        self.tok(at).is_some_and(|tok| self.reports.of(tok.hash) & classes != 0)
    }

    /// The tokens of the sentence around `at`: first, and one past the last, the full stop left out.
    pub(super) fn sentence(&self, at: u32) -> Option<(u32, u32)> {
        let here = self.tok(at)?;
        let same =
            |at: u32| self.tok(at).is_some_and(|tok| tok.sentence == here.sentence && tok.paragraph == here.paragraph);
        let mut first = at;
        while first > 0 && at - first < LONGEST && same(first - 1) {
            first -= 1;
        }
        let mut last = at + 1;
        while last - at < LONGEST && same(last) {
            last += 1;
        }
        while last > at + 1 && self.tok(last - 1).is_some_and(|tok| tok.narrative() && tok.sign(b'.')) {
            last -= 1;
        }
        Some((first, last))
    }

    /// Whether a sentence is a question, or a line such as "READ MORE: ..." that points elsewhere.
    pub(super) fn asks_or_labels(&self, first: u32, last: u32) -> bool {
        let asks = self.tok(last - 1).is_some_and(|tok| tok.narrative() && tok.sign(b'?'));
        let Some(&(start, _)) = self.tok(first).and_then(|tok| self.page.paragraphs.get(tok.paragraph as usize)) else {
            return true;
        };
        let colon = (start..start + 4).find(|&at| self.tok(at).is_some_and(|tok| tok.shape != Shape::Upper));
        asks || colon.is_some_and(|colon| colon > start && self.tok(colon).is_some_and(|tok| tok.sign(b':')))
    }

    /// Where the subject phrase before a cue begins: at `mention`, or a few words before it, behind a comma.
    pub(super) fn head(&self, mention: u32, first: u32) -> Option<u32> {
        const FAR: u32 = 5;
        let mut at = mention;
        while at > first && mention - at < FAR {
            let before = self.tok(at - 1)?;
            if matches!(before.shape, Shape::Sign(b',' | b'-')) || !before.narrative() {
                return Some(at);
            }
            // "police and witnesses said"
            let paired = self.is_word(at - 1, "and") && self.mentions_end(at - 1);
            let passes = paired
                || before.shape.is_word()
                    && !before.is(groups::FINITE | c::AUXILIARY | c::CONJUNCTION | c::THAT | c::WHO | c::PREPOSITION)
                    && !self.is_word(at - 1, "which")
                || before.shape == Shape::Possessive;
            if !passes {
                return None;
            }
            at -= 1;
        }
        None
    }

    /// Whether a mention ends right before `at`.
    pub(super) fn mentions_end(&self, at: u32) -> bool {
        const NEAR: usize = 4;
        let until = self.mentions.partition_point(|mention| mention.first < at);
        self.mentions.get(..until).unwrap_or_default().iter().rev().take(NEAR).any(|mention| mention.last == at)
    }

    /// The end of a clause of saying that nothing is reported behind: "said", "said on Friday", "told the court".
    pub(super) fn closing(&self, from: u32, last: u32, object: bool) -> Option<u32> {
        const FAR: u32 = 18;
        let mut at = from;
        let cue = from.saturating_sub(1);
        if self.says(cue, OUT) {
            if !self.is_word(from, "out") {
                return None;
            }
            return self.closing(from + 1, last, object);
        }
        // "continued to rise"
        let infinitive = self.is_word(from, "to")
            && self.beginning(from + 1).is_none()
            && self.tok(from + 1).is_some_and(|tok| {
                tok.shape == Shape::Lower
                    && !tok.is(c::DETERMINER | c::POSSESSIVE | c::HE | c::SHE | c::THEY | c::FIRST)
            });
        if infinitive {
            return None;
        }
        if !object && let Some(tok) = self.tok(from).filter(|_| from < last) {
            let about = self.says(from, ABOUT);
            let passes = self.says(from, WHEN)
                || tok.is(c::PREPOSITION | c::ADVERB | c::WEEKDAY | c::MONTH | c::CONJUNCTION)
                || matches!(tok.shape, Shape::Sign(_));
            if about || !passes {
                return None;
            }
        }
        while at < last {
            let tok = self.tok(at)?;
            if !tok.narrative() || at - from > FAR || tok.is(c::AUXILIARY | c::THAT) {
                return None;
            }
            if matches!(tok.shape, Shape::Sign(b',' | b';' | b'-' | b')')) {
                return Some(at);
            }
            if tok.sign(b':') {
                return None;
            }
            if tok.is(groups::FINITE)
                && tok.is(c::STRONG)
                && tok.shape == Shape::Lower
                && !self.tok(at - 1)?.is(c::DETERMINER | c::POSSESSIVE)
                || tok.is(c::HE | c::SHE | c::THEY)
            {
                return None;
            }
            at += 1;
        }
        Some(last)
    }

    /// Where reported words begin that stand before their cue: behind signs and brackets at the start.
    pub(super) fn opening(&self, first: u32, end: u32) -> u32 {
        let mut at = first;
        while at < end
            && self.tok(at).is_some_and(|tok| {
                tok.narrative() && !tok.shape.is_word() && tok.shape != Shape::Number && !tok.sign(b'$')
            })
        {
            at += 1;
        }
        at
    }

    /// Whether quoted speech stands between two places.
    pub(super) fn quotes_within(&self, from: u32, to: u32) -> bool {
        (from..to).any(|at| self.tok(at).is_some_and(|tok| self.is_speech(tok)))
    }

    /// Whether a token stands in quoted speech.
    pub(super) fn is_speech(&self, tok: &Tok) -> bool {
        tok.region != NONE && self.speech.get(tok.region as usize).copied().unwrap_or(true)
    }

    /// Whether the clause of saying is itself set into another ("who said he left, ...", "while Lind said ..., Orr"), so that a comma
    /// ends it; nothing where it is only supposed.
    pub(super) fn inserted(&self, clause: &Clause, mention: &Mention) -> Option<bool> {
        if mention.form == Form::Who {
            return Some(true);
        }
        if mention.first >= clause.cue || clause.way == Way::Sentence {
            return Some(false);
        }
        if self.is_word(mention.first, "which") {
            return Some(true);
        }
        let Some((before, tok)) = self.page.before(mention.first) else { return Some(false) };
        // "While the Lions said they would wait, ...": the article may be no part of the name.
        let before = if tok.is(c::ARTICLE) { before.saturating_sub(1) } else { before };
        (!self.says(before, SUPPOSED)).then(|| self.says(before, EMBEDS))
    }

    /// The first comma behind `from`, or `last`.
    pub(super) fn comma(&self, from: u32, last: u32) -> u32 {
        (from..last).find(|&at| self.tok(at).is_some_and(|tok| tok.narrative() && tok.sign(b','))).unwrap_or(last)
    }

    /// Where a clause that begins at `start` ends, or nothing where quoted speech stands in it.
    pub(super) fn end(&self, start: u32, last: u32, cue: u32) -> Option<u32> {
        let next = self.next_saying(start, cue, last);
        let stop = next.unwrap_or(last);
        let stop = self.own_words(start, stop, next.is_none()).unwrap_or(stop);
        let stop = self.trim(start, stop);
        (stop > start && !self.quotes_within(start, stop)).then_some(stop)
    }

    fn trim(&self, start: u32, end: u32) -> u32 {
        let mut end = end;
        while end > start
            && self.tok(end - 1).is_some_and(|tok| {
                tok.narrative() && matches!(tok.shape, Shape::Sign(sign) if !matches!(sign, b')' | b'%'))
            })
        {
            end -= 1;
        }
        end
    }

    /// Where the next clause of saying of the same sentence begins, with its comma and connective.
    fn next_saying(&self, start: u32, cue: u32, last: u32) -> Option<u32> {
        let from = self.clauses.partition_point(|clause| clause.cue <= start);
        let rest = self.clauses.get(from..)?.iter().take_while(|clause| clause.cue < last);
        rest.filter(|clause| {
            self.claimed(clause.cue)
                || self.tok(clause.cue).is_some_and(|tok| self.reports.of(tok.hash) & VERB != 0)
                    && self.mentions.get(clause.mention as usize).is_some_and(|mention| self.agrees(clause, mention))
        })
        .filter_map(|clause| {
            let subject = self.mentions.get(clause.mention as usize)?.first;
            let own = matches!(clause.way, Way::Before | Way::Across) && subject > cue;
            let verb = self.reports.of(self.tok(clause.cue)?.hash);
            let silent = verb & BARE == 0 && self.complement(clause.last, last, verb).is_none();
            if !self.claimed(clause.cue) && silent && !(own && self.closes_sentence(clause, subject, last)) {
                return None;
            }
            let mut head = if own { subject } else { clause.cue };
            while head > start
                && self.tok(head - 1).is_some_and(|tok| tok.narrative() && tok.is(c::ADVERB | c::AUXILIARY))
            {
                head -= 1;
            }
            let mut cut = head;
            while cut > start
                && self.tok(cut - 1).is_some_and(|tok| {
                    tok.narrative() && (matches!(tok.shape, Shape::Sign(_)) || cut == head && self.joins(cut - 1))
                })
            {
                cut -= 1;
            }
            (cut < head && self.says_something(start, cut)).then_some(cut)
        })
        .next()
    }

    /// Whether a clause of saying stands behind a comma and ends its sentence: ", the agency reported".
    fn closes_sentence(&self, clause: &Clause, subject: u32, last: u32) -> bool {
        let comma = subject.checked_sub(1).and_then(|at| self.tok(at)).is_some_and(|tok| tok.sign(b','));
        let says = self.says(clause.cue, AFTER) && self.closing(clause.last, last, false) == Some(last);
        comma && says
    }

    /// Whether the word at `at` sets a second main clause beside the first.
    pub(super) fn joins(&self, at: u32) -> bool {
        self.says(at, JOINS)
    }

    /// The source behind "according to": its tokens, and the sign or the end that closes it.
    pub(super) fn source(&self, from: u32, last: u32) -> Option<((u32, u32), u32)> {
        const FAR: u32 = 24;
        let mut at = from;
        while at < last && at - from < FAR {
            let tok = self.tok(at)?;
            if !tok.narrative() {
                return None;
            }
            if matches!(tok.shape, Shape::Sign(b',' | b';' | b':')) || tok.sign(b'-') && tok.spaced {
                break;
            }
            at += 1;
        }
        let end = at;
        // "according to the survey, published in May, ...": the insertion belongs to the source.
        let goes_on = |at: u32| {
            self.tok(at).is_some_and(|tok| tok.is(c::PREPOSITION | c::ADVERB | c::DETERMINER | c::WEEKDAY | c::MONTH))
        };
        // "armed men" are no insertion.
        let participle = self.page.words(at + 1).ends_with("ed") && goes_on(at + 2);
        let inserted = at < last && (participle || self.is_word(at + 1, "which") || self.is_word(at + 1, "who"));
        if inserted && let Some(Shape::Sign(sign)) = self.tok(at).map(|tok| tok.shape) {
            let comma = (at + 1..last.min(at + FAR)).find(|&at| self.tok(at).is_some_and(|tok| tok.sign(sign)));
            at = comma.unwrap_or(at);
        }
        (end > from).then_some(((from, end), at))
    }

    pub(super) fn span(&self, first: u32, end: u32) -> Option<Span> {
        let end = self.trim(first, end);
        self.page.span(first, end)
    }
}
