//! Names inside descriptions and behind them: whose statement something is, and in German whose spokesman somebody is and whose view it is
//! ("nach Angaben von Kreissprecher Tom Lind").
//!
//! They are tied to the whole, which speaks for them or is theirs, and are people of their own. Whom they mean is not decided here.

use super::super::lexicon::{class as c, groups};
use super::super::page::{NONE, Page, Tok};
use super::nouns::{NOUNS, quoted_names};
use super::{Finder, Form, Mention};
use crate::text::word::Shape;

impl Finder<'_, '_> {
    /// Adds the full names with which descriptions end, and the papers between marks.
    pub(super) fn more_names(&mut self) {
        let wholes = self.found.iter().filter(|m| m.form == Form::Nominal && m.head + 2 < m.last);
        let more: Vec<Mention> = wholes.filter_map(|whole| self.held_name(whole)).collect();
        self.found.extend(more);
        quoted_names(self.page, &mut self.found);
    }

    /// "Nina Lind" in "Anwalt von Nina Lind", with the office in front: "Nach Angaben der Ministerin Nina Lind".
    fn held_name(&self, whole: &Mention) -> Option<Mention> {
        let page = self.page;
        let capital = |at: &u32| page.tok(*at).is_some_and(|tok| tok.shape.is_capital());
        let first = (whole.head + 1..whole.last).rev().take_while(capital).last()?;
        let core = (first..whole.last - 1).find(|&at| is_given(page, at))?;
        let office = core == first || (first..core).any(|at| page.is(at, c::ROLE | c::NAME_ROLE)) || first + 1 == core;
        // "des Ministers Tom Lind" has no office that could be shown.
        let shown = first < core && (page.is(first - 1, c::AGENT) || page.is(core - 1, c::FEMALE));
        office.then(|| Mention {
            first,
            core,
            head: whole.last - 1,
            form: Form::Name,
            gender: self.gender(first, core, whole.last),
            plural: false,
            definite: true,
            owner: false,
            role: shown.then_some((first, core)),
            beside: NONE,
            ..*whole
        })
    }
}

impl Mention {
    /// Which of the mentions that follow is its source: the first, in "a statement from the police"; none, in "a report from U.S. analysts".
    pub(in super::super) fn source(&self, page: &Page<'_>, following: &[Self]) -> Option<usize> {
        const NEAR: usize = 3;
        let begins = self.last + 1 + u32::from(page.is(self.last + 1, c::ARTICLE));
        let goes_on = |tok: &Tok| tok.shape == Shape::Lower && !tok.is(groups::FUNCTION | groups::FINITE);
        let whole = |m: &Self| !page.tok(m.last).is_some_and(goes_on);
        let source = |m: &Self| (m.first == begins || m.first == self.last + 1) && m.region == NONE && whole(m);
        following.iter().take(NEAR).position(source).filter(|_| matches!(page.words(self.last), "from" | "by"))
    }
}

/// Whether the word at `at` is a given name and no noun.
fn is_given(page: &Page<'_>, at: u32) -> bool {
    page.is(at, groups::GIVEN) && !page.is(at, NOUNS)
}

/// Whether a full name begins at `at`, inside what began at `first` with the name of a body: "Präsident der Kammer Tom Lind". It is that of
/// whoever the whole describes.
pub(super) fn is_described(page: &Page<'_>, head: u32, first: u32, at: u32) -> bool {
    const BODIES: u64 = c::BODY | c::ORGANISATION_WORD | c::ORGANISATION | c::COMMON_NOUN;
    let body = page.is(first, BODIES) && !(first..at).any(|i| page.is(i, c::ROLE | c::ROLES | c::NAME_ROLE));
    let surname = || page.tok(at + 1).is_some_and(|tok| tok.shape.is_capital() && tok.spaced && !tok.opens);
    first < at && body && page.is(head, c::ROLE | c::NAME_ROLE) && is_given(page, at) && surname()
}

/// Whether the word at `at`, which no list holds, ends as words for what somebody does: "Pflegerin".
pub(in super::super) fn is_trade(page: &Page<'_>, at: u32) -> bool {
    const ENDINGS: &[&str] = &["erin", "orin", "istin", "entin", "antin", "ogin", "ler", "ner", "ist"];
    const SHORTEST: usize = 6;
    let word = page.words(at);
    page.grammar.nouns_are_capital
        && word.len() >= SHORTEST
        && page.tok(at).is_some_and(|tok| tok.classes & !c::FEMALE == 0)
        && ENDINGS.iter().any(|ending| word.ends_with(ending))
}
