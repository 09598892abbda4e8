//! Clauses of saying in the narrative: a cue ("said", "according to", ":") and the mention that is its subject.
//!
//! This is grammar without quotations: whether a clause introduces a quotation near it is decided in
//! `attribution`. A clause says how its subject was found, surest first.

mod retold;
mod second;
mod source;

use super::lexicon::{Classes, class as c, groups, hash};
use super::mention::{Form, Mention};
use super::page::{NONE, Page, Tok, behind_preposition};
use crate::text::word::Shape;

/// How the subject of a cue was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way {
    /// Right before the verb: "Kerry said", "Kerry also said".
    Before,
    /// Behind the verb: "said Kerry".
    Behind,
    /// Before the verb, across an apposition, a relative clause or a phrase: "Kerry, 72, said", "Kerry on Friday said".
    Across,
    /// "according to Kerry".
    According,
    /// "KERRY:", "Kerry:".
    Colon,
    /// "— Kerry", "[Example Post.]"
    Dash,
    /// "Kerry's claim that", "his promise to".
    Owner,
    /// The first mention of the sentence, for "..., saying" and "took the floor and said".
    Sentence,
}

/// A cue with its subject.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clause {
    /// First token of the cue.
    pub(super) cue: u32,
    /// One past its last token.
    pub(super) last: u32,
    /// Index of the mention that speaks.
    pub(super) mention: u32,
    pub(super) way: Way,
}

/// The words that a clause can begin at; "according" besides.
const CLAUSE: Classes = c::POSSESSIVE | c::ACCORDING | c::ACCORDING_BEHIND | groups::CUE | c::REPORTED;

/// All clauses of saying of a page, in order of their cues; a cue may have several readings.
pub(super) fn find(page: &Page<'_>, mentions: &[Mention]) -> Vec<Clause> {
    let finder = Finder::new(page, mentions);
    let (according, words) = (hash("according"), hash("words"));
    let mut found = Vec::new();
    for (at, tok) in (0u32..).zip(&page.toks) {
        if !tok.narrative() || tok.shape.is_word() && !tok.is(CLAUSE) && tok.hash != according && tok.hash != words {
            continue;
        }
        match tok.shape {
            Shape::Sign(b':') => finder.colon(at, &mut found),
            Shape::Sign(b'-' | b'[' | b'(') => finder.dash(at, &mut found),
            Shape::Possessive => finder.owner(at, &mut found),
            _ if tok.is(c::POSSESSIVE) => finder.owner(at, &mut found),
            _ if tok.is(c::ACCORDING | c::ACCORDING_BEHIND) => finder.according_word(at, &mut found),
            _ if tok.is(groups::CUE) && page.grammar.verb_second => finder.second(at, &mut found),
            _ if tok.is(c::REPORTED) => finder.reported(at, &mut found),
            _ if tok.is(groups::CUE) && tok.shape != Shape::Upper => finder.verb(at, &mut found),
            _ if tok.hash == according => finder.according(at, &mut found),
            _ if tok.hash == words => finder.in_words(at, &mut found),
            _ => {}
        }
    }
    let behind = |clause: usize| found.get(clause + 1..).unwrap_or_default();
    found
        .iter()
        .enumerate()
        .filter(|(n, clause)| !finder.is_aside(clause, behind(*n)))
        .map(|(_, clause)| *clause)
        .collect()
}

struct Finder<'a, 't> {
    page: &'a Page<'t>,
    mentions: &'a [Mention],
    /// For each token, the mention that ends right before it.
    ending: Vec<u32>,
    /// For each token, the mention that begins at it.
    beginning: Vec<u32>,
}

impl<'a, 't> Finder<'a, 't> {
    fn new(page: &'a Page<'t>, mentions: &'a [Mention]) -> Self {
        let mut ending = vec![NONE; page.toks.len() + 1];
        let mut beginning = vec![NONE; page.toks.len() + 1];
        for (number, mention) in (0u32..).zip(mentions) {
            if let Some(slot) = ending.get_mut(mention.last as usize) {
                *slot = if mention.beside == NONE { number } else { mention.beside };
            }
            let whole = if mention.beside == NONE { number } else { mention.beside };
            if let Some(slot) = beginning.get_mut(mention.first as usize) {
                let longer = mentions.get(*slot as usize).is_none_or(|before| before.last < mention.last);
                if longer {
                    *slot = whole;
                }
            }
        }
        Self { page, mentions, ending, beginning }
    }

    fn ending(&self, at: u32) -> Option<u32> {
        self.ending.get(at as usize).copied().filter(|&m| m != NONE)
    }

    fn beginning(&self, at: u32) -> Option<u32> {
        self.beginning.get(at as usize).copied().filter(|&m| m != NONE)
    }

    fn mention(&self, number: u32) -> Option<&'a Mention> {
        self.mentions.get(number as usize)
    }

    fn verb(&self, at: u32, found: &mut Vec<Clause>) {
        let page = self.page;
        let Some(tok) = page.tok(at) else { return };
        let clause = |mention, way| Clause { cue: at, last: at + 1, mention, way };
        // "the statement", "a promise": a noun.
        let before = page.before(at);
        if self.retold(at, found) {
            return;
        }
        if tok.is(groups::FINITE) {
            if let Some((mention, way)) = self.subject(at) {
                found.push(clause(mention, way));
                return;
            }
            let noun = before.is_some_and(|(_, t)| {
                t.is(c::DETERMINER | c::POSSESSIVE | c::PREPOSITION) || t.shape == Shape::Possessive
            });
            if noun {
                return;
            }
            if let Some(mention) = self.inverted(at) {
                found.push(clause(mention, Way::Behind));
                return;
            }
        }
        // Found with the verb before it.
        if tok.is(c::CUE_ING) && found.last().is_some_and(|clause| clause.cue == at) {
            return;
        }
        if tok.is(c::CUE_ING)
            && let Some(mention) = self.ending(at)
        {
            // "with Senator Lind calling it"
            found.push(clause(mention, Way::Before));
            return;
        }
        if let Some(mention) = self.sentence_subject(at).or_else(|| self.fronted(at)) {
            found.push(clause(mention, Way::Sentence));
        }
    }

    /// The subject before the verb at `at`.
    fn subject(&self, at: u32) -> Option<(u32, Way)> {
        let page = self.page;
        let mut end = at;
        // "has also", "has not yet"
        for _ in 0..5 {
            match page.before(end) {
                Some((before, tok)) if tok.is(c::ADVERB | c::AUXILIARY) && !tok.is(c::SOMEONE) => end = before,
                // "recently", and not "his family".
                Some((before, tok))
                    if tok.shape == Shape::Lower
                        && page.words(before).ends_with("ly")
                        && self.ending(end).is_none() =>
                {
                    end = before;
                }
                _ => break,
            }
        }
        if let Some(mention) = self.ending(end) {
            return Some(self.bearer(mention).map_or((mention, Way::Before), |bearer| (bearer, Way::Across)));
        }
        self.across(end).map(|mention| (mention, Way::Across))
    }

    /// The full name or the description in whose phrase mention `number` stands: "Nina Lind" for "Dovar" in "Nina Lind of Dovar
    /// said", "an aide" for "Lind" in "an aide to Lind said". A body or a document ("the city of Dovar") speaks for what it names.
    fn bearer(&self, number: u32) -> Option<u32> {
        let page = self.page;
        let inner = self.mention(number)?;
        if let Some(outer) = self.sender(inner).or_else(|| self.relative(inner)) {
            return Some(outer);
        }
        let number = self.governor(number, page.tok(inner.first)?.sentence).filter(|&bearer| bearer != number)?;
        let bearer = self.mention(number).filter(|bearer| !behind_preposition(page, bearer.first))?;
        // "Lord Lind of Dovar"
        let full =
            |m: &Mention| m.form == Form::Name && (m.core < m.head || m.role.is_some_and(|(first, _)| first < m.core));
        let people = page.is(bearer.head, c::ROLE | c::ROLES | c::CROWD) || self.links(bearer.last);
        // "vice minister of works Nina Lind": a role before its name has no article.
        let alone = !full(inner) || bearer.plural || page.is(bearer.first, c::DETERMINER | c::POSSESSIVE);
        (full(bearer) || bearer.form == Form::Nominal && people && alone).then_some(number)
    }

    /// Whether a clause says only when or why something is said in one of those behind it: "When Oakes objected, Lind said".
    fn is_aside(&self, clause: &Clause, behind: &[Clause]) -> bool {
        const FAR: u32 = 60;
        let page = self.page;
        let surest = |clause: &Clause| matches!(clause.way, Way::Before | Way::Behind | Way::Across);
        let Some(here) = page.tok(clause.cue).filter(|_| surest(clause)) else { return false };
        let begins = self.mention(clause.mention).and_then(|m| page.before(m.first));
        if !begins.is_some_and(|(_, tok)| tok.is(c::SUBORDINATE)) {
            return false;
        }
        let comma = |from: u32, to: u32| (from..to).any(|i| page.tok(i).is_some_and(|tok| tok.sign(b',')));
        // In the order of their cues, so that only what is near is looked at.
        // "While Oakes called it “a win”, Lind ..."
        let speaks = |from: u32, to: u32| (from..to).any(|i| page.tok(i).is_some_and(|tok| !tok.narrative()));
        behind.iter().take_while(|other| other.cue.saturating_sub(clause.cue) <= FAR).any(|other| {
            other.cue > clause.last
                && !self.mention(other.mention).is_some_and(|m| speaks(clause.last, m.first))
                && surest(other)
                && other.mention != clause.mention
                && page.tok(other.cue).is_some_and(|tok| tok.sentence == here.sentence)
                && self.mention(other.mention).is_some_and(|m| comma(clause.last, m.first))
        })
    }

    /// The bracket that the one at `close` closes.
    fn bracket(&self, close: u32) -> Option<u32> {
        const LONGEST: u32 = 8;
        (close.saturating_sub(LONGEST)..close).rev().find(|&at| self.page.tok(at).is_some_and(|tok| tok.sign(b'(')))
    }

    /// The subject to the left, across what may stand between it and its verb.
    fn across(&self, end: u32) -> Option<u32> {
        const FAR: u32 = 24;
        let page = self.page;
        let sentence = page.tok(end)?.sentence;
        let mut at = end;
        // "Kerry, ..., said" and "Kerry (D-Mass.) said": to the comma or bracket that opens the insertion.
        if let Some((close, tok)) = page.before(at)
            && let Shape::Sign(sign @ (b',' | b')' | b'-')) = tok.shape
        {
            let open = if sign == b')' { b'(' } else { sign };
            let mut i = close;
            while let Some((before, tok)) = page.before(i) {
                if tok.sentence != sentence || end - before > FAR {
                    return None;
                }
                // "Lind (Con, Dovar), a member of the board, said": what stands in brackets is passed over.
                if sign == b',' && tok.sign(b')') {
                    i = self.bracket(before).unwrap_or(before);
                    continue;
                }
                if tok.sign(open) {
                    let outer = self.ending(before);
                    let inserted =
                        self.inserted(before, close).filter(|_| outer.is_none_or(|outer| self.described(outer)));
                    if let Some(subject) = inserted.or_else(|| self.governor(outer?, sentence)) {
                        return Some(subject);
                    }
                }
                i = before;
            }
            return None;
        }
        // "officials in Washington said", "Kerry on Friday said": mentions behind a preposition are passed over.
        while let Some((before, tok)) = page.before(at) {
            if tok.sentence != sentence || end - before > FAR / 2 || matches!(tok.shape, Shape::Sign(_)) {
                return None;
            }
            if let Some(mention) = self.ending(at) {
                let first = self.mention(mention)?.first;
                // "As Lind used to say"
                let clause = first.checked_sub(1).is_some_and(|before| page.words(before) == "As");
                if clause || !behind_preposition(page, first) {
                    return (at < end).then_some(mention);
                }
                at = first;
                continue;
            }
            let passes = tok.is(c::PREPOSITION
                | c::DETERMINER
                | c::WEEKDAY
                | c::MONTH
                | c::ADVERB
                | c::POSSESSIVE
                | c::MODIFIER)
                || matches!(tok.shape, Shape::Number | Shape::Capital | Shape::Possessive)
                || tok.shape == Shape::Lower && !tok.is(groups::FUNCTION | groups::CUE);
            if !passes {
                return None;
            }
            at = before;
        }
        None
    }

    /// The full name that fills an insertion behind a description: "the director of works, Nina Lind, said".
    fn inserted(&self, open: u32, close: u32) -> Option<u32> {
        let number = self.ending(close)?;
        self.mention(number).filter(|m| m.form == Form::Name && m.first == open + 1 && m.core < m.head).map(|_| number)
    }

    /// Whether a mention describes, or is governed by what describes.
    fn described(&self, number: u32) -> bool {
        self.mention(number).is_some_and(|m| m.form == Form::Nominal || behind_preposition(self.page, m.first))
    }

    /// The mention whose phrase mention `number` stands in: "Lind" for "Dovar" in "Lind of Dovar"; itself, where it stands alone.
    fn governor(&self, number: u32, sentence: u32) -> Option<u32> {
        const DEEPEST: usize = 3;
        const FAR: u32 = 8;
        let mut number = number;
        for _ in 0..DEEPEST {
            let first = self.mention(number)?.first;
            if !behind_preposition(self.page, first) {
                break;
            }
            // Up to the preposition, and the mention that ends right before it.
            let mut at = first;
            let outer = loop {
                let Some((before, tok)) = self.page.before(at) else { break None };
                if tok.sentence != sentence || first - before > FAR || tok.is(groups::FINITE | c::AUXILIARY) {
                    break None;
                }
                if tok.is(c::PREPOSITION) {
                    // "sources close to Lind", "a study published in Dovar"; "a spokesman for the works at Dovar" has one more.
                    let linked =
                        || before.checked_sub(1).filter(|&tie| self.links(tie)).and_then(|tie| self.ending(tie));
                    if let Some(outer) = self.ending(before).or_else(linked).or_else(|| self.hails(before)) {
                        break Some(outer);
                    }
                }
                at = before;
            };
            match outer {
                Some(outer) => number = outer,
                None => break,
            }
        }
        Some(number)
    }

    /// Whether the word at `at` ties a phrase to what stands before it: "close" to somebody, "led" by somebody.
    fn links(&self, at: u32) -> bool {
        let word = self.page.words(at);
        let plain = self.page.tok(at).is_some_and(|tok| tok.shape == Shape::Lower && !tok.is(groups::FUNCTION));
        plain && (word.ends_with("ed") || matches!(word, "close" | "familiar" | "loyal" | "led" | "run" | "written"))
    }

    /// "said Kerry": behind the verb, where a quotation or nothing stands before it.
    fn inverted(&self, at: u32) -> Option<u32> {
        let page = self.page;
        let here = page.tok(at)?;
        let before =
            at.checked_sub(1).and_then(|before| page.tok(before)).filter(|tok| tok.paragraph == here.paragraph);
        let free = before.is_none_or(|tok| {
            !tok.narrative()
                || matches!(tok.shape, Shape::Sign(b',' | b'-' | b'.'))
                || tok.is(c::ADVERB | c::CONJUNCTION)
        });
        let mut next = at + 1;
        while page.tok(next).is_some_and(|tok| tok.is(c::ADVERB) && !tok.is(c::SOMEONE)) {
            next += 1;
        }
        // "chimed in Lind", "shot back Lind"
        if matches!(page.words(next), "in" | "on" | "back" | "out" | "up") && self.beginning(next + 1).is_some() {
            next += 1;
        }
        let mention = self.beginning(next)?;
        let paragraph = page.tok(next)?.paragraph == here.paragraph && page.tok(next)?.narrative();
        (free && paragraph).then_some(mention)
    }

    /// The subject of the sentence as far as `at`: the last mention that a verb follows, or else the first that no preposition
    /// stands before.
    fn sentence_subject(&self, at: u32) -> Option<u32> {
        let page = self.page;
        let here = page.tok(at)?;
        let first_at = self.mentions.partition_point(|m| m.first < at);
        let mut best = None;
        for number in (0..first_at).rev().take(12) {
            let mention = self.mentions.get(number)?;
            let Some(tok) = page.tok(mention.first) else { break };
            if tok.sentence != here.sentence || tok.paragraph != here.paragraph {
                break;
            }
            let may = tok.narrative() && mention.beside == NONE && !mention.owner && mention.form != Form::It;
            if !may || behind_preposition(page, mention.first) || page.is(mention.first, c::POSSESSIVE) {
                continue;
            }
            best = u32::try_from(number).ok();
            if self.behind_second(mention) {
                break;
            }
            if page.after(mention.last - 1).is_some_and(|(_, next)| verb_like(page, next, mention.last))
                && mention.form != Form::Who
            {
                break;
            }
        }
        best
    }

    fn colon(&self, at: u32, found: &mut Vec<Clause>) {
        if let Some(mention) = self.ending(at) {
            // "im Bericht heißt es: ..."
            if self.mention(mention).is_some_and(|m| m.form != Form::It) {
                found.push(Clause { cue: at, last: at + 1, mention, way: Way::Colon });
            }
        } else if let Some((close, tok)) = self.page.before(at)
            && tok.sign(b')')
        {
            // "REP. KERRY (D): ..."
            if let Some(mention) = self.bracket(close).and_then(|open| self.ending(open)) {
                found.push(Clause { cue: at, last: at + 1, mention, way: Way::Colon });
            }
        }
    }

    /// A dash or a bracket right behind a quotation, and a name behind it.
    fn dash(&self, at: u32, found: &mut Vec<Clause>) {
        let behind_quote =
            at.checked_sub(1).and_then(|before| self.page.tok(before)).is_some_and(|tok| !tok.narrative());
        if behind_quote && let Some(mention) = self.beginning(at + 1) {
            found.push(Clause { cue: at, last: at + 1, mention, way: Way::Dash });
        }
    }

    /// "Kerry's claim that", "his promise".
    fn owner(&self, at: u32, found: &mut Vec<Clause>) {
        let page = self.page;
        let mention = if page.is(at, c::POSSESSIVE) { self.beginning(at) } else { self.ending(at) };
        let Some(mention) = mention else { return };
        let noun = (at + 1..at + 4)
            .take_while(|&i| page.tok(i).is_some_and(|tok| tok.narrative() && tok.shape.is_word()))
            .find(|&i| page.is(i, c::CLAIM_NOUN | c::DOCUMENT | c::SPEECH_NOUN));
        if let Some(noun) = noun {
            found.push(Clause { cue: noun, last: noun + 1, mention, way: Way::Owner });
        }
    }
}

/// Whether token `at` looks like a verb whose subject stands before it.
pub(super) fn verb_like(page: &Page<'_>, tok: &Tok, at: u32) -> bool {
    if tok.is(groups::FINITE | c::AUXILIARY) || tok.is(c::PAST) && tok.shape == Shape::Lower {
        return true;
    }
    tok.shape == Shape::Lower && tok.classes & !groups::CUE == 0 && {
        let word = page.words(at);
        word.ends_with("ed") || word.ends_with('s') && !word.ends_with("ss")
    }
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::{ENGLISH, Lexicon};
    use super::super::mention;
    use super::*;

    /// The clauses of a text: subject and cue, and how the subject was found.
    pub(super) fn clauses(lexicon: &'static Lexicon, text: &str) -> Vec<(String, Way)> {
        let page = Page::read(text, lexicon);
        let mentions = mention::find(&page);
        let said = |clause: &Clause| {
            let subject = mentions.get(clause.mention as usize).map_or("", |m| page.slice(m.first, m.last));
            (format!("{subject} {}", page.slice(clause.cue, clause.last)), clause.way)
        };
        find(&page, &mentions).iter().map(said).collect()
    }

    #[test]
    fn a_clause_aside_is_none_where_a_later_one_says_it() {
        for (text, expected) in [
            ("When Oakes objected, Lind said, “Sit down.”", &["Lind said"][..]),
            ("Although Oakes insisted, Lind replied, “Sit down.”", &["Lind replied"]),
            ("Lind said, “Sit down,” when Oakes objected.", &["Lind said", "Oakes objected"]),
            ("When Oakes objected, “Sit down.”", &["Oakes objected"]),
            ("While Oakes called it “a win,” Lind called it “a loss.”", &["Oakes called", "Lind called"]),
            ("Oakes objected, and Lind said, “Sit down.”", &["Oakes objected", "Lind said"]),
        ] {
            let found: Vec<String> = clauses(&ENGLISH, text).into_iter().map(|(said, _)| said).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
