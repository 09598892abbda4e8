//! Who is named: names of people and organisations, descriptions ("a ministry official") and pronouns.
//!
//! One pass over the tokens, in quotations too. A mention knows its words, its head, and a role that stands
//! beside a name; whom it means is decided in `person`.

mod nouns;

use std::collections::HashSet;

use self::nouns::Nouns;
use super::apposition::join;
use super::lexicon::{Classes, class as c, groups};
use super::page::{NONE, Page, Tok};
use crate::text::word::Shape;

/// What kind of words name somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// A person's name, or a name that could be one.
    Name,
    /// A body's name.
    Organisation,
    /// A description by what somebody is: "a ministry official", "the report".
    Nominal,
    /// "he", "she"
    HeShe,
    /// "they"
    They,
    /// "who"
    Who,
    /// "it"
    It,
    /// "I", "we"
    First,
    /// "others", "some", "everyone"
    Someone,
}

/// What is known of the sex of whoever is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) enum Gender {
    #[default]
    Unknown,
    Male,
    Female,
}

/// One place where somebody is named.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mention {
    /// First token, a title or role in front of a name included.
    pub(super) first: u32,
    /// One past the last token.
    pub(super) last: u32,
    /// First token of the name itself; of the whole, where it is not a name.
    pub(super) core: u32,
    /// The word that the mention hangs on: a surname, a noun, a pronoun.
    pub(super) head: u32,
    pub(super) form: Form,
    pub(super) gender: Gender,
    pub(super) plural: bool,
    /// "the", "this", a possessive: somebody known to the reader.
    pub(super) definite: bool,
    /// Whether a possessive ending follows.
    pub(super) owner: bool,
    /// The region that it stands in, or none.
    pub(super) region: u32,
    /// Tokens of the role: in front of the name, or in apposition.
    pub(super) role: Option<(u32, u32)>,
    /// The mention that this one is a part of or stands in apposition to: the name it belongs to.
    pub(super) beside: u32,
}

/// All mentions of a page, in order of their first token.
pub(super) fn find(page: &Page<'_>) -> Vec<Mention> {
    let mut finder = Finder { page, seen: seen_inside_sentences(page), nouns: Nouns::read(page), found: Vec::new() };
    for &(first, last) in &page.paragraphs {
        let mut at = first;
        while at < last {
            at = finder.step(at, last).max(at + 1);
        }
    }
    if page.grammar.nouns_are_capital {
        nouns::quoted_names(page, &mut finder.found);
    }
    join(page, &mut finder.found);
    finder.found
}

/// The words that stand somewhere with a capital that no sentence gave them.
fn seen_inside_sentences(page: &Page<'_>) -> HashSet<u64> {
    page.toks.iter().filter(|tok| tok.shape == Shape::Capital && !tok.opens).map(|tok| tok.hash).collect()
}

struct Finder<'p, 't> {
    page: &'p Page<'t>,
    seen: HashSet<u64>,
    /// What makes a name, where a capital does not.
    nouns: Option<Nouns>,
    found: Vec<Mention>,
}

impl Finder<'_, '_> {
    /// Looks at token `at`; gives where to go on.
    fn step(&mut self, at: u32, last: u32) -> u32 {
        let Some(tok) = self.page.tok(at) else { return last };
        if tok.shape.is_capital() && self.can_begin_name(at, tok) {
            return self.name(at, last);
        }
        if !tok.shape.is_word() {
            return at + 1;
        }
        if let Some((form, gender, plural)) = pronoun(tok) {
            self.push(at, at + 1, at, form, gender, plural);
            return at + 1;
        }
        if tok.is(groups::NOMINAL) && matches!(tok.shape, Shape::Lower | Shape::Capital | Shape::Upper) {
            return self.nominal(at, last);
        }
        at + 1
    }

    fn push(&mut self, first: u32, last: u32, head: u32, form: Form, gender: Gender, plural: bool) {
        let region = self.page.tok(head).map_or(NONE, |tok| tok.region);
        self.found.push(Mention {
            first,
            last,
            core: first,
            head,
            form,
            gender,
            plural,
            definite: true,
            owner: false,
            region,
            role: None,
            beside: NONE,
        });
    }

    fn can_begin_name(&self, at: u32, tok: &Tok) -> bool {
        if let Some(nouns) = &self.nouns {
            return nouns.begin_name(self.page, at, tok);
        }
        if tok.is(c::MONTH | c::WEEKDAY) && !tok.is(groups::GIVEN) {
            return false;
        }
        if tok.is(c::STARTER | c::ADVERB | c::FIRST | c::HE | c::SHE) {
            // "Will" and "May" can be given names, inside a sentence.
            return tok.is(groups::GIVEN) && !tok.opens && self.next_is_capital(at) && !tok.is(c::PREPOSITION | c::ARTICLE);
        }
        if !tok.opens {
            return tok.shape != Shape::Initial || self.next_is_capital(at) || self.page.tok(at + 1).is_some_and(|t| t.sign(b'.'));
        }
        if tok.is(c::SHORT_TITLE) || self.seen.contains(&tok.hash) || tok.shape == Shape::Upper {
            return true;
        }
        if self.next_is_capital(at) {
            return !tok.is(groups::CUE) || tok.is(groups::GIVEN | c::NAME_ROLE);
        }
        if tok.is(groups::NOMINAL | groups::CUE | c::MODIFIER) {
            return false;
        }
        let known = tok.is(groups::GIVEN | c::PLACE | c::ORGANISATION | c::DEMONYM);
        known || self.followed_like_a_name(at)
    }

    /// An unknown word that opens a sentence is a name where a verb of saying, a possessive or a comma with a role comes next.
    fn followed_like_a_name(&self, at: u32) -> bool {
        let Some((_, next)) = self.page.after(at) else { return false };
        let word = self.page.words(at);
        if word.ends_with("ing") || word.ends_with("ly") || word.ends_with("ed") {
            return false;
        }
        next.shape == Shape::Possessive
            || next.is(groups::FINITE | c::AUXILIARY) && next.shape == Shape::Lower
            || next.shape == Shape::Lower && next.is(c::ADVERB)
    }

    fn next_is_capital(&self, at: u32) -> bool {
        let Some((_, mut next)) = self.page.after(at) else { return false };
        if next.sign(b'.') && !next.spaced {
            match self.page.after(at + 1) {
                Some((_, after)) => next = after,
                None => return false,
            }
        }
        next.shape.is_capital() && !next.is(c::MONTH | c::WEEKDAY) && !next.is(c::STARTER)
            || next.is(c::PARTICLE) && next.shape == Shape::Lower && self.page.tok(at + 2).is_some_and(|t| t.shape.is_capital())
    }

    /// A run of capitalised words from `at`: one or two names with their titles.
    fn name(&mut self, at: u32, last: u32) -> u32 {
        let end = self.run(at, last);
        let page = self.page;
        let region = page.tok(at).map_or(NONE, |tok| tok.region);
        // Where the name itself begins: behind titles and roles.
        let core = self.core(at, end);
        if core >= end {
            // Nothing but a title: "the President", "Secretary of State".
            return self.title_alone(at, end);
        }
        let words: Vec<&Tok> = (core..end).filter_map(|i| page.tok(i)).filter(|tok| tok.shape.is_word()).collect();
        let Some(head) = self.surname(core, end) else { return end };
        let first = self.roles_before(at, core);
        let form = form_of(page, &words, core, end, core > at);
        let gender = if form == Form::Organisation { Gender::Unknown } else { self.gender(first, core, end) };
        let owner = page.after(end - 1).is_some_and(|(_, tok)| tok.shape == Shape::Possessive);
        let role = (first < core).then_some((first, core));
        // A role that was already pushed as a description of its own belongs to this name.
        while self.found.last().is_some_and(|last| last.form == Form::Nominal && last.first >= first && last.last <= core && last.last > first) {
            self.found.pop();
        }
        let plural = form == Form::Organisation && words.last().is_some_and(|tok| page.slice(head, head + 1).ends_with('s') && tok.is(c::DEMONYM));
        self.found.push(Mention { first, last: end, core, head, form, gender, plural, definite: true, owner, region, role, beside: NONE });
        end
    }

    /// Where a run of capitalised words that begins at `at` ends.
    fn run(&self, at: u32, last: u32) -> u32 {
        let page = self.page;
        let region = page.tok(at).map_or(NONE, |tok| tok.region);
        let mut end = at + 1;
        while end < last {
            let (Some(tok), Some(before)) = (page.tok(end), page.tok(end - 1)) else { break };
            if tok.region != region {
                break;
            }
            let next = page.tok(end + 1).filter(|next| end + 1 < last && next.region == region);
            let capital_next = next.is_some_and(|next| next.shape.is_capital() && !next.is(c::WEEKDAY));
            let goes_on = match tok.shape {
                Shape::Sign(b'.') if !tok.spaced => {
                    // "J." and "Sen." inside a name; never the end of a sentence.
                    (before.shape == Shape::Initial || before.is(c::SHORT_TITLE | c::ABBREVIATION | c::SUFFIX))
                        && (capital_next || before.is(c::SUFFIX))
                        && !next.is_some_and(|next| next.opens)
                }
                Shape::Sign(b',') => {
                    next.is_some_and(|next| next.is(c::SUFFIX) && next.shape.is_capital()) && before.shape.is_capital()
                }
                Shape::Sign(b'&') => capital_next,
                Shape::Capital if page.grammar.nouns_are_capital && tok.is(c::COMMON_NOUN | c::STARTER) => false,
                Shape::Capital | Shape::Upper | Shape::Initial => {
                    tok.spaced && !tok.opens && !tok.is(c::WEEKDAY) && !(tok.is(c::MONTH) && !tok.is(groups::GIVEN))
                        && !(tok.is(c::FIRST | c::HE | c::SHE | c::THEY) && tok.shape != Shape::Initial)
                }
                Shape::Lower if page.grammar.nouns_are_capital && !(tok.is(c::PARTICLE) && before.is(groups::GIVEN | c::PARTICLE) || end == at + 1 && before.is(c::PARTICLE)) => false,
                Shape::Lower if tok.is(c::PARTICLE) => {
                    capital_next || next.is_some_and(|next| next.is(c::PARTICLE) && page.tok(end + 2).is_some_and(|t| t.shape.is_capital()))
                }
                Shape::Lower if self.page.words(end) == "of" && capital_next => {
                    // "Department of Justice", "Secretary of State", "Bank of Canada".
                    before.is(c::BODY | c::NAME_ROLE | c::ORGANISATION_WORD | c::ROLE) && !before.is(groups::GIVEN)
                }
                Shape::Lower if matches!(self.page.words(end), "of" | "for" | "on") => {
                    before.is(c::ORGANISATION_WORD | c::BODY | c::NAME_ROLE)
                        && next.is_some_and(|next| next.is(c::ARTICLE) && next.shape == Shape::Lower)
                        && page.tok(end + 2).is_some_and(|t| t.shape.is_capital())
                        || before.is(c::ORGANISATION_WORD | c::BODY) && capital_next && self.page.words(end) != "of"
                }
                Shape::Lower if tok.is(c::ARTICLE) && self.page.words(end) == "the" => {
                    page.words(end - 1) == "of" && capital_next && end > at + 1
                }
                Shape::Lower if self.page.words(end) == "and" => {
                    capital_next && before.is(c::ORGANISATION_WORD | c::BODY) && !next.is_some_and(|next| next.is(groups::GIVEN))
                }
                _ => false,
            };
            if !goes_on {
                break;
            }
            end += 1;
        }
        // A particle, "of" or "&" at the end belongs to nothing.
        while end > at + 1
            && page.tok(end - 1).is_some_and(|tok| {
                tok.shape == Shape::Lower || matches!(tok.shape, Shape::Sign(b'&' | b','))
            })
        {
            end -= 1;
        }
        end
    }

    /// Where the name begins inside a run: behind "U.S. Secretary of State", "Sen.", "Dr.".
    fn core(&self, at: u32, end: u32) -> u32 {
        let page = self.page;
        let mut core = at;
        let mut i = at;
        while i < end {
            let Some(tok) = page.tok(i) else { break };
            if page.grammar.nouns_are_capital && i + 1 == end && i > core {
                // "Joschka Fischer": a trade that ends a name is a surname.
                break;
            }
            if tok.is(c::NAME_ROLE) && !(tok.is(groups::GIVEN) && i + 1 < end && i > at) {
                let mut next = i + 1;
                if page.tok(next).is_some_and(|t| t.sign(b'.')) {
                    next += 1;
                }
                if next < end && matches!(page.words(next), "of" | "for") {
                    // "Secretary of State John Kerry": the name begins at a given name, or is the rest.
                    let given = (next + 1..end).find(|&j| j > next + 1 && page.is(j, groups::GIVEN) && j + 1 < end);
                    match given {
                        Some(given) => next = given,
                        None if end - next > 3 => next = end - 2,
                        None => next = end,
                    }
                }
                core = next;
                i = next;
                continue;
            }
            i += 1;
        }
        if page.grammar.nouns_are_capital {
            // "Punklady Nina Lind": the name begins at the first given name that something follows.
            core = (core..end.saturating_sub(1)).find(|&j| page.is(j, groups::GIVEN)).unwrap_or(core);
        }
        // "Leader" at the end of an organisation's name, "Mayor's Office": the rest is no name without a capital.
        if core < end && !(core..end).any(|i| page.tok(i).is_some_and(|tok| tok.shape.is_capital())) {
            return end;
        }
        core
    }

    /// A title without a name: "the President said".
    fn title_alone(&mut self, at: u32, end: u32) -> u32 {
        let page = self.page;
        let person = page.is(at, c::ROLE | c::ROLES | c::NAME_ROLE);
        if !person {
            return end;
        }
        let head = (at..end).find(|&i| page.is(i, c::NAME_ROLE | c::ROLE)).unwrap_or(at);
        let first = self.determined(at);
        let gender = page.tok(head).map_or(Gender::Unknown, gender_of_noun);
        self.push(first, end, head, Form::Nominal, gender, false);
        if let Some(mention) = self.found.last_mut() {
            mention.owner = page.after(end - 1).is_some_and(|(_, tok)| tok.shape == Shape::Possessive);
        }
        end
    }

    fn determined(&self, at: u32) -> u32 {
        match self.page.before(at) {
            Some((before, tok)) if tok.is(c::DETERMINER | c::POSSESSIVE) => before,
            _ => at,
        }
    }

    /// The head of a name: its last word that is no suffix.
    fn surname(&self, core: u32, end: u32) -> Option<u32> {
        let words = (core..end).rev().filter(|&i| self.page.tok(i).is_some_and(|tok| tok.shape.is_capital()));
        let mut words = words.peekable();
        let last = words.peek().copied();
        words.find(|&i| !self.page.is(i, c::SUFFIX)).or(last)
    }

    /// Where the role in front of a name begins: "former Pentagon spokesman" before "Peter Cook".
    fn roles_before(&self, at: u32, core: u32) -> u32 {
        let page = self.page;
        let mut first = at;
        let mut role = core > at;
        let mut i = at;
        for _ in 0..8 {
            let Some((before, tok)) = page.before(i) else { break };
            if !page.tok(i).is_some_and(|here| here.spaced) {
                break;
            }
            let noun = tok.is(c::ROLE | c::NAME_ROLE) && tok.shape != Shape::Possessive;
            let joins = noun
                || tok.is(c::MODIFIER | c::DEMONYM | c::BODY | c::PLACE | c::ORGANISATION) && (role || i < at)
                || role && tok.shape == Shape::Capital && !tok.is(c::STARTER) && !tok.opens
                || role && tok.shape == Shape::Lower && !tok.is(groups::FUNCTION | groups::FINITE | c::CUE_ING) && i < at;
            if !(tok.shape.is_word() && joins) || tok.is(c::ROLES) && !noun {
                break;
            }
            role |= noun;
            i = before;
            if noun || first <= i + 4 && role {
                first = i;
            }
        }
        if role { first.min(at) } else { at }
    }

    fn gender(&self, first: u32, core: u32, end: u32) -> Gender {
        let page = self.page;
        for i in first..core {
            if let Some(tok) = page.tok(i) {
                match gender_of_noun(tok) {
                    Gender::Unknown => {}
                    known => return known,
                }
            }
        }
        // The given name is the first word, if it is not the only one.
        let Some(tok) = page.tok(core) else { return Gender::Unknown };
        let more = (core + 1..end).any(|i| page.tok(i).is_some_and(|tok| tok.shape.is_capital()));
        let tok = if tok.shape == Shape::Initial {
            page.tok(core + 2).filter(|_| core + 3 < end).unwrap_or(tok)
        } else {
            tok
        };
        match () {
            () if !more => Gender::Unknown,
            () if tok.is(c::GIVEN_MALE) => Gender::Male,
            () if tok.is(c::GIVEN_FEMALE) => Gender::Female,
            () => Gender::Unknown,
        }
    }

    /// A description whose head stands at or behind `at`.
    fn nominal(&mut self, at: u32, last: u32) -> u32 {
        let page = self.page;
        // "campaign manager", "police officer": the last noun of a compound is its head.
        let mut head = at;
        while head + 1 < last
            && page.after(head).is_some_and(|(_, next)| {
                next.spaced && next.shape == Shape::Lower && next.is(groups::NOMINAL) && !next.is(groups::FUNCTION)
                    && !next.is(groups::FINITE)
            })
        {
            head += 1;
        }
        let Some(tok) = page.tok(head) else { return head + 1 };
        let mut first = at;
        let mut definite = false;
        let mut determined = false;
        for _ in 0..6 {
            let Some((before, tok)) = page.before(first) else { break };
            if !page.tok(first).is_some_and(|here| here.spaced) {
                break;
            }
            if tok.shape == Shape::Possessive {
                definite = true;
                determined = true;
                // The owner belongs to the description: "Trump's campaign manager".
                first = before;
                while let Some((owner, tok)) = page.before(first) {
                    let joined = tok.shape.is_capital() && (first == before || page.tok(first).is_some_and(|t| t.spaced));
                    if !(joined || first == before && tok.shape.is_word()) {
                        break;
                    }
                    first = owner;
                }
                break;
            }
            if tok.is(c::DETERMINER | c::POSSESSIVE) {
                definite = tok.is(c::POSSESSIVE) || tok.is(c::DEFINITE) && tok.shape != Shape::Upper;
                determined = true;
                first = before;
                break;
            }
            if page.grammar.nouns_are_capital && !(tok.shape == Shape::Lower && nouns::adjective(page, before) || tok.shape == Shape::Number || tok.is(c::MODIFIER)) {
                break;
            }
            let adjective = tok.shape.is_word() && !tok.is(groups::FUNCTION & !c::ADVERB | groups::FINITE)
                || tok.is(c::MODIFIER)
                || tok.shape == Shape::Number;
            if !adjective || tok.opens && !tok.is(c::MODIFIER | c::DEMONYM) && tok.is(c::STARTER) {
                break;
            }
            first = before;
        }
        let plural = tok.is(c::ROLES) || tok.is(c::BODY | c::DOCUMENT) && page.words(head).ends_with('s');
        // "official" alone is an adjective, "report" alone a verb.
        if !page.grammar.nouns_are_capital && !determined && !plural && !tok.is(c::CROWD) && first == at && !self.bare(head) {
            return head + 1;
        }
        // A name mention inside (the owner, or an organisation that it works for) stays a mention of its own.
        let gender = gender_of_noun(tok);
        let end = if page.grammar.nouns_are_capital { nouns::complement(page, head) } else { head + 1 };
        self.push(first, end, head, Form::Nominal, gender, plural);
        if let Some(mention) = self.found.last_mut() {
            mention.definite = definite;
            mention.owner = page.after(head).is_some_and(|(_, tok)| tok.shape == Shape::Possessive);
        }
        end
    }

    /// A singular noun without an article that can still name a speaker: "Police", headlines, "spokesman" before "said".
    fn bare(&self, head: u32) -> bool {
        self.page.after(head).is_some_and(|(_, next)| next.is(groups::FINITE) && next.is(c::STRONG))
            && !self.page.is(head, groups::FINITE)
    }
}

fn gender_of_noun(tok: &Tok) -> Gender {
    match () {
        () if tok.is(c::FEMALE_TITLE | c::FEMALE_ROLE) => Gender::Female,
        () if tok.is(c::MALE_TITLE | c::MALE_ROLE) => Gender::Male,
        () => Gender::Unknown,
    }
}

fn pronoun(tok: &Tok) -> Option<(Form, Gender, bool)> {
    const PRONOUNS: Classes = c::HE | c::SHE | c::THEY | c::WHO | c::IT | c::FIRST | c::SOMEONE;
    if !tok.is(PRONOUNS) {
        return None;
    }
    Some(match () {
        () if tok.is(c::HE) => (Form::HeShe, Gender::Male, false),
        () if tok.is(c::SHE) => (Form::HeShe, Gender::Female, false),
        () if tok.is(c::THEY) => (Form::They, Gender::Unknown, true),
        () if tok.is(c::WHO) => (Form::Who, Gender::Unknown, false),
        () if tok.is(c::IT) => (Form::It, Gender::Unknown, false),
        () if tok.is(c::FIRST) => (Form::First, Gender::Unknown, false),
        () => (Form::Someone, Gender::Unknown, true),
    })
}

fn form_of(page: &Page<'_>, words: &[&Tok], core: u32, end: u32, titled: bool) -> Form {
    if titled {
        return Form::Name;
    }
    let Some((first, last)) = words.first().zip(words.last()) else { return Form::Name };
    let organisation = last.is(c::ORGANISATION_WORD) && !last.is(groups::GIVEN) && (words.len() > 1 || first.is(c::ORGANISATION))
        || words.len() == 1 && (first.is(c::ORGANISATION | c::PLACE | c::DEMONYM) || first.shape == Shape::Upper && page.slice(core, end).len() > 1)
        || words.iter().any(|tok| tok.shape == Shape::Lower && !tok.is(c::PARTICLE))
        || words.iter().all(|tok| tok.is(c::PLACE | c::DEMONYM | c::ORGANISATION | c::ORGANISATION_WORD) && !tok.is(groups::GIVEN))
        || page.slice(core, end).contains('&')
        || words.len() > 1 && words.iter().any(|tok| tok.is(c::ORGANISATION_WORD) && !tok.is(groups::GIVEN)) && !first.is(groups::GIVEN);
    if organisation { Form::Organisation } else { Form::Name }
}
