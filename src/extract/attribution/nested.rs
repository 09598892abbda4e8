//! Whose words they are where two speak in one sentence: "Oakes said it was over, but Lind called it “a joke”". What somebody tells that another
//! one said is left to the forests: "Oakes told the court that Lind had shouted “no”" is Oakes's by those who annotated the articles.

use super::super::clause::{Clause, Way};
use super::super::lexicon::{class as c, groups};
use super::super::mention::{Form, Mention};
use super::super::page::{Quoted, Tok};
use super::Scene;

impl Scene<'_, '_> {
    /// The subject right before a verb of saying right before the words, where another one has told of them in the same sentence before.
    pub(super) fn says_next(&self, quoted: &Quoted) -> Option<u32> {
        const FAR: u32 = 6;
        const BACK: usize = 4;
        let page = self.page;
        if page.grammar.verb_second {
            return None;
        }
        let last = self.clauses_around(quoted).0?.1 as usize;
        let clause = self.clauses.get(last)?;
        let mention = self.subject(clause)?;
        let sentence = page.tok(clause.cue)?.sentence;
        let opens = |tok: &Tok| tok.sign(b',') || tok.sign(b':');
        let beside = quoted.first == clause.last
            || quoted.first == clause.last + 1 && page.tok(clause.last).is_some_and(opens)
            || quoted.first <= clause.last + FAR && (clause.last..quoted.first).all(|at| self.goes_on(at));
        let verb = page.is(clause.cue, c::CUE_PAST) && page.is(clause.cue, c::STRONG | c::LABEL);
        let says = verb && clause.way == Way::Before && self.is_whole_subject(mention, clause);
        let outer = |other: &Clause| {
            let subject = self.subject(other).is_some_and(|m| m.first < mention.first);
            let tells =
                page.is(other.cue, groups::FINITE) && page.is(other.cue, c::STRONG) && other.cue < mention.first;
            subject && tells && page.tok(other.cue).is_some_and(|tok| tok.sentence == sentence)
        };
        let before = self.clauses.get(last.saturating_sub(BACK)..last)?;
        (beside && says && before.iter().any(outer)).then_some(clause.mention)
    }

    /// Whether a mention is all that stands before the verb of its clause, behind "and", "but", "while" or the like.
    fn is_whole_subject(&self, mention: &Mention, clause: &Clause) -> bool {
        let page = self.page;
        let passes = |at: u32| matches!(page.words(at), "had" | "has" | "have" | "also" | "then" | "once");
        let named = matches!(mention.form, Form::Name | Form::Nominal | Form::Organisation);
        // "David and Nina Lind said": one name, or two.
        let alone = |at: u32| page.before(at).is_some_and(|(_, tok)| !tok.shape.is_capital());
        let link = page
            .before(mention.first)
            .is_some_and(|(at, tok)| tok.is(c::CONJUNCTION | c::SUBORDINATE) && !tok.is(c::THAT) && alone(at));
        named && link && (mention.last..clause.cue).all(passes)
    }

    /// Whether the word at `at` goes on with what is said: no sign, and no other verb of saying.
    fn goes_on(&self, at: u32) -> bool {
        self.page.tok(at).is_some_and(|tok| tok.narrative() && tok.shape.is_word() && !tok.is(groups::CUE))
    }
}
