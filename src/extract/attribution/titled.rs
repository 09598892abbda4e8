//! Names between marks that a German noun announces: "den Film „Nordlicht“", "die Fregatte „Möwe“", "sagte dem „Kurier“, er".
//!
//! They are no quotations; which nouns announce them is in a list (`lexicon/de/titled.txt`).

use std::sync::LazyLock;

use super::super::lexicon::{WordSet, class as c, groups, hash, words_of};
use super::super::mention::Form;
use super::super::page::{NONE, Quoted};
use super::Scene;

const TITLED: &str = include_str!("../lexicon/de/titled.txt");

/// The last parts of nouns that have names.
static LAST_PARTS: LazyLock<WordSet> = LazyLock::new(|| words_of(TITLED, "last_part"));

/// Such nouns that are the end of others by chance.
static ALONE: LazyLock<WordSet> = LazyLock::new(|| words_of(TITLED, "alone"));

impl Scene<'_, '_> {
    /// Whether a region is the name of a work, a ship or a project that the noun right before it announces, or a paper to which somebody
    /// says something without marks.
    pub(super) fn is_title(&self, quoted: &Quoted) -> bool {
        const LONGEST: u32 = 6;
        let page = self.page;
        let name = quoted.last - quoted.first <= LONGEST
            && page.tok(quoted.first).is_some_and(|tok| tok.shape.is_capital())
            && !quoted.region.inside.of(page.text).ends_with(['.', ',', '!', '?', '…']);
        let before = quoted.first.checked_sub(1).filter(|_| name && page.grammar.nouns_are_capital);
        let here = |at: u32| page.tok(at).filter(|tok| tok.narrative() && tok.paragraph == quoted.region.paragraph);
        before.is_some_and(|at| {
            let noun = here(at).is_some_and(|tok| tok.shape.is_capital() && !tok.is(groups::GIVEN));
            noun && announces(page.words(at)) && !self.is_judged(at, quoted) || self.is_listener(at, quoted)
        })
    }

    /// Whether somebody calls the noun at `at` what stands between the marks, or says that: "nannte das Projekt „Wahnsinn“".
    fn is_judged(&self, at: u32, quoted: &Quoted) -> bool {
        const NEAR: u32 = 5;
        const FINDS: &[&str] = &["findet", "fand", "finden", "fanden", "hält", "hielt"];
        let page = self.page;
        let sentence = page.tok(at).map(|tok| tok.sentence);
        let clause = |at: &u32| page.tok(*at).is_some_and(|tok| Some(tok.sentence) == sentence && !tok.sign(b','));
        let calls = |at: u32| page.is(at, c::LABEL) || FINDS.contains(&page.words(at));
        let called = (at.saturating_sub(NEAR)..at).rev().take_while(clause).any(calls);
        let says = || page.is(quoted.last + 1, groups::FINITE) && page.is(quoted.last + 1, c::STRONG);
        called || page.tok(quoted.last).is_some_and(|tok| tok.sign(b',')) && says()
    }

    /// Whether the article at `at` opens a dative behind a verb of saying, and a clause follows the marks: "Lind sagte der „Post“, sie".
    fn is_listener(&self, at: u32, quoted: &Quoted) -> bool {
        let page = self.page;
        let Some((verb, tok)) = page.before(at).filter(|_| matches!(page.words(at), "dem" | "der")) else {
            return false;
        };
        let says = tok.is(groups::FINITE) && tok.is(c::STRONG);
        let until = self.mentions.partition_point(|m| m.first < verb);
        let near = self.mentions.get(..until).unwrap_or_default().iter().rev().take(4);
        let subject = near.filter(|m| m.region == NONE && m.form != Form::Organisation).any(|m| m.last == verb);
        let clause = page.tok(quoted.last).is_some_and(|tok| tok.narrative() && tok.sign(b','));
        says && subject && clause
    }
}

/// Whether a noun, or the last part of a compound, is one of those that have names.
fn announces(noun: &str) -> bool {
    const FIRST_PART: usize = 3;
    const LONGEST: usize = 60;
    let last = noun.rsplit('-').next().unwrap_or(noun);
    if last.len() > LONGEST {
        return false;
    }
    let ends = |at: usize| last.get(at..).is_some_and(|part| LAST_PARTS.contains(&hash(part)));
    ALONE.contains(&hash(last)) || ends(0) || last.char_indices().skip(FIRST_PART).any(|(at, _)| ends(at))
}
