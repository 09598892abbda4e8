//! What looks like a subject and its verb around reported words.
//!
//! Word classes and a few closed lists stand in for a parser; where a clause begins and ends is `bounds`' matter.

use super::super::clause::{Clause, Way, verb_like};
use super::super::lexicon::{class as c, groups};
use super::super::mention::{Form, Gender, Mention};
use super::super::page::{NONE, Tok, behind_preposition};
use super::bounds::Bounds;
use super::reports::{
    BEGINS, CONTRACTION, COORDINATE, DENIES, DEPENDENT, FINDER, ISSUES, NOUN, PASSIVE, PAST, PRONOUN, SHORT_IS, UNIT,
    VERB,
};
use crate::text::word::Shape;

impl Bounds<'_, '_> {
    /// Whether a verb follows a mention, so that it is the subject of what follows.
    pub(super) fn has_verb(&self, mention: &Mention) -> bool {
        self.page.after(mention.last.saturating_sub(1)).is_some_and(|(_, tok)| {
            verb_like(self.page, tok, mention.last)
                || tok.shape == Shape::Lower && !tok.is(c::PREPOSITION | c::CONJUNCTION) && pronoun(mention)
        })
    }

    /// Whether a finite verb stands between two places.
    pub(super) fn predicate(&self, from: u32, to: u32) -> bool {
        (from..to).any(|at| self.tok(at).is_some_and(|tok| tok.narrative() && auxiliary(tok)))
    }

    /// The mention that begins at a token.
    pub(super) fn beginning(&self, at: u32) -> Option<u32> {
        let number = self.mentions.partition_point(|mention| mention.first < at);
        self.mentions.get(number).filter(|mention| mention.first == at).and_then(|_| u32::try_from(number).ok())
    }

    /// The words before a verb that can only be its subject, though they name nobody known: "The man in the blue hat".
    pub(super) fn plain_subject(&self, cue: u32) -> Option<Mention> {
        const FAR: u32 = 9;
        let here = self.tok(cue)?;
        let mut first = cue;
        while first > 0 && cue - first < FAR {
            let before = self.tok(first - 1)?;
            let inside = before.sentence == here.sentence && before.paragraph == here.paragraph && before.narrative();
            let joins = before.shape.is_word()
                && !before.is(groups::FINITE | c::AUXILIARY | c::CONJUNCTION | c::THAT | c::WHO | c::ADVERB)
                && !self.is_word(first - 1, "which");
            if !inside || !(joins || matches!(before.shape, Shape::Number | Shape::Possessive)) {
                break;
            }
            first -= 1;
        }
        let opens = self.tok(first)?;
        let edge = opens.opens || first.checked_sub(1).is_some_and(|at| self.joins(at));
        let noun = opens.is(c::DETERMINER | c::POSSESSIVE) || opens.opens && opens.shape.is_capital();
        let head = self.tok(cue.checked_sub(1)?)?;
        let named = head.shape.is_capital() || head.shape == Shape::Lower && !head.is(groups::FUNCTION | c::WEEKDAY);
        if !edge || !noun || !named || opens.is(c::PREPOSITION) || cue - first < 2 {
            return None;
        }
        Some(Mention {
            first,
            last: cue,
            core: first,
            head: cue - 1,
            form: Form::Nominal,
            gender: Gender::Unknown,
            plural: self.page.words(cue - 1).ends_with('s'),
            definite: true,
            owner: false,
            region: NONE,
            role: None,
            beside: NONE,
        })
    }

    /// The name that fills what stands between two places: "a lawyer for both men, Corin Hale, argued".
    pub(super) fn name_between(&self, from: u32, to: u32) -> Option<u32> {
        let number = self.mentions.partition_point(|mention| mention.first < from);
        let mention = self.mentions.get(number)?;
        let fills = mention.first == from && mention.last == to && mention.form == Form::Name && mention.beside == NONE;
        fills.then(|| u32::try_from(number).ok()).flatten()
    }

    /// Whom "who" takes up: the mention that ends before it.
    pub(super) fn antecedent(&self, number: u32) -> Option<u32> {
        const FAR: usize = 4;
        let who = self.mentions.get(number as usize)?.first;
        let ends = |mention: &Mention| mention.last == who || mention.last + 1 == who;
        let found = (0..number).rev().take(FAR).find(|&n| self.mentions.get(n as usize).is_some_and(ends))?;
        let beside = self.mentions.get(found as usize)?.beside;
        Some(if beside == NONE { found } else { beside })
    }

    /// Whom a relative clause describes in which a mention stands right before a cue: "a diplomat" for "the talks" in "a diplomat who
    /// attended the talks said".
    pub(super) fn described_by(&self, mention: &Mention, cue: u32) -> Option<u32> {
        const FAR: u32 = 12;
        const NEAR: usize = 4;
        let here = self.tok(cue)?;
        if mention.last != cue || matches!(mention.form, Form::Who | Form::HeShe | Form::They) {
            return None;
        }
        let inside = |at: &u32| {
            self.tok(*at).is_some_and(|tok| {
                tok.narrative()
                    && tok.sentence == here.sentence
                    && !matches!(tok.shape, Shape::Sign(_))
                    && !tok.is(c::CONJUNCTION | c::THAT)
            })
        };
        let who = (mention.first.saturating_sub(FAR)..mention.first)
            .rev()
            .take_while(inside)
            .find(|&at| self.tok(at).is_some_and(|tok| tok.is(c::WHO)))?;
        let until = self.mentions.partition_point(|mention| mention.first < who);
        let host = (0..until).rev().take(NEAR).find(|&n| self.mentions.get(n).is_some_and(|m| m.last == who))?;
        let verb = (who + 1..mention.first).any(|at| self.verb(at));
        let free = self.mentions.get(host).is_some_and(|m| m.beside == NONE && !behind_preposition(self.page, m.first));
        u32::try_from(host).ok().filter(|_| verb && free)
    }

    /// Who said what is reported before a cue in the same sentence.
    pub(super) fn said_before(&self, cue: u32) -> Option<u32> {
        let here = self.tok(cue)?;
        let until = self.clauses.partition_point(|clause| clause.cue < cue);
        let before = until.checked_sub(1).and_then(|n| self.clauses.get(n))?;
        let spoken = self
            .tok(before.cue)
            .is_some_and(|tok| tok.sentence == here.sentence && self.reports.of(tok.hash) & VERB != 0);
        (spoken && matches!(before.way, Way::Before | Way::Behind | Way::Across | Way::Sentence))
            .then_some(before.mention)
    }

    /// The subject of the sentence before a cue: the one of the saying before it, or else the first that no preposition governs.
    pub(super) fn subject(&self, cue: u32) -> Option<u32> {
        const FAR: usize = 12;
        if let Some(before) = self.said_before(cue) {
            return Some(before);
        }
        let here = self.tok(cue)?;
        let until = self.mentions.partition_point(|mention| mention.first < cue);
        let mut best = None;
        for number in (0..until).rev().take(FAR) {
            let mention = self.mentions.get(number)?;
            if self
                .tok(mention.first)
                .is_none_or(|tok| tok.sentence != here.sentence || tok.paragraph != here.paragraph)
            {
                break;
            }
            if mention.region == NONE
                && mention.beside == NONE
                && !mention.owner
                && !behind_preposition(self.page, mention.first)
            {
                best = u32::try_from(number).ok();
            }
        }
        best
    }

    /// Whether subject and verb agree in number, as far as it can be seen: "a state" is no speaker, nor is "the final report".
    pub(super) fn agrees(&self, clause: &Clause, mention: &Mention) -> bool {
        let Some(tok) = self.tok(clause.cue) else { return false };
        let next = self.tok(clause.last);
        if tok.is(c::CUE_ING) && !tok.is(groups::FINITE) {
            let before = self.page.before(clause.cue).map(|(_, before)| before);
            let verbal = before.is_some_and(|tok| {
                tok.is(c::AUXILIARY | c::CONJUNCTION | c::ADVERB) || matches!(tok.shape, Shape::Sign(b',' | b'-'))
            });
            return verbal || self.announces(clause.cue) || clause.way == Way::Before || before.is_none();
        }
        // "of all reported losses"
        let part = mention.form == Form::Someone
            && self.page.before(mention.first).is_some_and(|(_, before)| before.is(c::PREPOSITION));
        if part && clause.way == Way::Before {
            return false;
        }
        if tok.is(c::CUE_PAST) {
            // "All told, ..."
            return !(mention.form == Form::Someone && next.is_none_or(|next| matches!(next.shape, Shape::Sign(_))));
        }
        if tok.is(c::DOCUMENT | c::SPEECH_NOUN | c::CLAIM_NOUN)
            && clause.way != Way::Sentence
            && behind_preposition(self.page, mention.first)
        {
            return false;
        }
        if next.is_some_and(|next| next.narrative() && next.is(c::AUXILIARY))
            && tok.is(c::DOCUMENT | c::SPEECH_NOUN | c::CLAIM_NOUN)
        {
            return false;
        }
        // "Vermont, states that vote in May": as good as a noun, unless its subject is right there.
        if clause.way != Way::Before && self.says(clause.cue, NOUN) {
            return false;
        }
        if clause.way == Way::Sentence {
            return tok.is(c::STRONG) && !tok.is(c::CUE_BASE);
        }
        if tok.is(c::CUE_THIRD) {
            return !mention.plural;
        }
        let body = self.page.is(mention.head, c::BODY | c::CROWD | c::ROLES);
        let joined = mention.first.checked_sub(1).is_some_and(|at| self.is_word(at, "and"));
        mention.plural
            || joined
            || body
            || matches!(mention.form, Form::They | Form::Someone | Form::Who | Form::Organisation)
    }

    /// Whether "saying" at `cue` tells what stands in a text that is sent, or how somebody begins: "issued a statement saying".
    pub(super) fn announces(&self, cue: u32) -> bool {
        const FAR: u32 = 8;
        if cue > 1 && self.is_word(cue - 1, "by") && self.says(cue - 2, BEGINS) {
            return true;
        }
        let plain = |at: &u32| {
            self.tok(*at)
                .is_some_and(|tok| tok.narrative() && !matches!(tok.shape, Shape::Sign(_)) && !tok.is(c::AUXILIARY))
        };
        let before = || (cue.saturating_sub(FAR)..cue).rev().take_while(plain);
        let text = before().find(|&at| self.tok(at).is_some_and(|tok| tok.is(c::DOCUMENT | c::SPEECH_NOUN)));
        text.is_some_and(|text| before().any(|at| at < text && self.says(at, ISSUES)))
    }

    /// Whether what such a one finds is a statement: a court, a report.
    pub(super) fn finds(&self, mention: &Mention) -> bool {
        mention.form == Form::Organisation
            || self.page.is(mention.head, c::BODY | c::DOCUMENT)
            || self.says(mention.head, FINDER)
    }

    /// Whether these words can be a statement: three of them or more, with something like a verb; or a subject and its verb.
    pub(super) fn says_something(&self, first: u32, end: u32) -> bool {
        let mut words = (first..end)
            .filter(|&at| self.tok(at).is_some_and(|tok| tok.shape.is_word() || tok.shape == Shape::Number))
            .take(3);
        match (words.next(), words.next(), words.next()) {
            (_, _, Some(_)) => self.holds_verb(first, end),
            (Some(subject), Some(verb), None) => self.is_short_clause(subject, verb),
            _ => false,
        }
    }

    /// Whether something like a verb stands between two places.
    pub(super) fn holds_verb(&self, first: u32, end: u32) -> bool {
        (first..end).any(|at| self.verb(at) || self.pronoun_verb(at, end))
    }

    /// "hundreds died", "she agreed"
    fn is_short_clause(&self, subject: u32, verb: u32) -> bool {
        let (Some(noun), Some(tok)) = (self.tok(subject), self.tok(verb)) else { return false };
        let several = noun.is(c::SOMEONE) || noun.is(c::DETERMINER) && !noun.is(c::ARTICLE);
        let names = !noun.is(groups::FUNCTION) || self.says(subject, PRONOUN) || noun.is(c::IT) || several;
        let past = self.says(verb, PAST) || tok.is(c::CUE_PAST) || self.page.words(verb).ends_with("ed");
        // "a team that Lind said was tired"
        auxiliary(noun)
            || names
                && subject + 1 == verb
                && past
                && tok.shape == Shape::Lower
                && !self.page.words(subject).ends_with("ly")
    }

    fn verb(&self, at: u32) -> bool {
        let Some(tok) = self.tok(at) else { return false };
        auxiliary(tok)
            || tok.is(groups::FINITE)
            || self.says(at, PAST)
            || verb_like(self.page, tok, at) && !self.says(at, UNIT)
            || self.short_is(at)
            || self.contracted(at)
    }

    /// "it's", "there's": not the ending of an owner.
    fn short_is(&self, at: u32) -> bool {
        self.tok(at).is_some_and(|tok| tok.shape == Shape::Possessive)
            && at.checked_sub(1).is_some_and(|at| self.says(at, SHORT_IS))
    }

    /// How many words stand there.
    pub(super) fn words(&self, (first, end): (u32, u32)) -> usize {
        (first..end)
            .filter(|&at| self.tok(at).is_some_and(|tok| tok.shape.is_word() || tok.shape == Shape::Number))
            .count()
    }

    /// Whether the sentence goes on with no predicate behind a mention: "said Lind, who left", "said Lind."
    pub(super) fn closes(&self, mention: &Mention) -> bool {
        self.page
            .after(mention.last.saturating_sub(1))
            .is_none_or(|(_, tok)| tok.is(c::WHO) || tok.sign(b',') || tok.sign(b'.'))
    }

    /// Whether these words are a subject and its verb: "it would close", "the plant in Ostwick had closed".
    pub(super) fn is_clause(&self, first: u32, end: u32) -> bool {
        const FAR: u32 = 14;
        let Some(opens) = self.tok(first) else { return false };
        if self.says(first, DEPENDENT) || self.is_word(first, "for") {
            return false;
        }
        if opens.is(c::PREPOSITION) {
            let comma = self.comma(first, end.min(first + FAR));
            return comma < end.min(first + FAR) && self.is_clause(comma + 1, end) || self.predicate(first, comma);
        }
        for at in first..end.min(first + FAR) {
            let Some(tok) = self.tok(at) else { return false };
            let contracted = self.short_is(at) || self.contracted(at);
            let joined = at > first && self.tok(at - 1).is_some_and(|tok| tok.is(c::CONJUNCTION));
            if at > first
                && !joined
                && tok.narrative()
                && (auxiliary(tok)
                    || self.reports.of(tok.hash) & PAST != 0
                    || tok.is(c::CUE_PAST | c::CUE_THIRD) && tok.is(c::STRONG) && tok.shape == Shape::Lower)
                || contracted
                || self.pronoun_verb(at, end)
            {
                return true;
            }
            let relative = tok.is(c::THAT | c::WHO) || self.is_word(at, "which");
            let ends = tok.sign(b',') || tok.is(c::CONJUNCTION) && !self.is_word(at, "and");
            // "declared an emergency after the river rose"
            let aside = self.says(at, DEPENDENT) && !opens.is(c::CONJUNCTION);
            if at > first && (relative || aside || ends && !opens.is(c::CONJUNCTION)) {
                return false;
            }
        }
        false
    }

    /// "they", and a word that can be a verb.
    pub(super) fn pronoun_verb(&self, at: u32, end: u32) -> bool {
        let pronoun = self.says(at, PRONOUN);
        let next = self.tok(at + 1).filter(|tok| {
            at + 1 < end && tok.narrative() && tok.shape == Shape::Lower && !tok.is(c::PREPOSITION | c::CONJUNCTION)
        });
        next.is_some_and(|next| pronoun || self.is_word(at, "it") && verb_like(self.page, next, at + 1))
    }

    /// "they're", "wouldn't"
    fn contracted(&self, at: u32) -> bool {
        self.says(at, CONTRACTION)
    }

    /// Whether these words only lead to a main clause that is not there: "When asked about it".
    pub(super) fn only_leads(&self, first: u32, end: u32) -> bool {
        let Some(tok) = self.tok(first) else { return true };
        let leads = tok.is(c::CONJUNCTION) && !self.says(first, COORDINATE);
        let prepositional = tok.is(c::PREPOSITION);
        let participle = self.page.words(first).ends_with("ing") || self.is_word(first, "asked");
        let comma = (first..end).any(|at| self.tok(at).is_some_and(|tok| tok.sign(b',')));
        let finite = (first..end).any(|at| self.tok(at).is_some_and(auxiliary));
        leads && !comma || (prepositional || participle) && !comma && !finite
    }

    /// Whether the word at `at`, before a cue, takes the saying back: "not", "would", "to", a passive.
    pub(super) fn unsays(&self, at: u32, ing: bool) -> bool {
        let lower = self.tok(at).is_some_and(|tok| tok.shape == Shape::Lower);
        self.says(at, DENIES) && lower || !ing && lower && self.says(at, PASSIVE)
    }
}

fn pronoun(mention: &Mention) -> bool {
    matches!(mention.form, Form::HeShe | Form::They | Form::It)
}

/// "will", not "Will"; "may", not "May".
fn auxiliary(tok: &Tok) -> bool {
    tok.is(c::AUXILIARY) && (tok.shape == Shape::Lower || tok.opens)
}
