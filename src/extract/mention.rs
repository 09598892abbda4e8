//! Who is named: names of people and organisations, descriptions ("a ministry official") and pronouns.
//!
//! One pass over the tokens, in quotations too. A mention knows its words, its head, and a role that stands
//! beside a name; whom it means is decided in `person`.

pub(super) mod age;
mod gender;
pub(super) mod held;
mod nickname;
mod nouns;
mod particle;

pub(super) use self::gender::gender_of_noun;
pub(super) use self::nickname::nickname;
use self::nouns::Nouns;
use super::apposition::join;
use super::lexicon::{Classes, WordSet, class as c, groups};
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

impl Gender {
    /// Whether both are known and not the same.
    pub(super) fn differs(self, other: Self) -> bool {
        self != Self::Unknown && other != Self::Unknown && self != other
    }
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

impl Mention {
    /// Where the name ends that is shown: honours behind it ("Q.C.") are no part of it.
    pub(super) fn name_end(&self, page: &Page<'_>) -> u32 {
        let behind = |i: &u32| {
            page.tok(*i).is_some_and(|tok| tok.is(c::HONOUR) || matches!(tok.shape, Shape::Sign(b',' | b'.')))
        };
        let honours = (self.head + 1..self.last).rev().take_while(behind);
        // "Jr." keeps its dot.
        honours.filter(|&i| page.is(i, c::HONOUR)).last().map_or(self.last, |first| {
            if page.tok(first - 1).is_some_and(|tok| tok.sign(b',')) { first - 1 } else { first }
        })
    }

    /// Whether that one goes by this name: "Minister Tom Lind", and not "Anwalt von Nina Lind".
    pub(super) fn is_view_of(&self, page: &Page<'_>, name: &Self) -> bool {
        let Some(start) = self.holder(page) else { return false };
        let plain = (start..self.last).all(|at| !page.is(at, c::PREPOSITION | c::GENITIVE | c::DETERMINER));
        let titled = page.is(start, groups::GIVEN | c::NAME_ROLE | c::ROLE)
            || start + 3 == self.last && page.is(start + 1, groups::GIVEN);
        let begins = start + 1 == self.last || titled;
        let same = |a: u32, b: u32| page.tok(a).map(|tok| tok.hash) == page.tok(b).map(|tok| tok.hash);
        let given = start + 1 < self.last && page.is(self.last - 2, groups::GIVEN) && name.core < name.head;
        name.form == Form::Name
            && plain
            && begins
            && same(self.last - 1, name.head)
            && (!given || same(self.last - 2, name.head - 1))
    }

    /// Where the one begins whose view or statement a description tells of, if inside it: "Nina Lind" in "Ansicht von Nina Lind".
    pub(super) fn holder(&self, page: &Page<'_>) -> Option<u32> {
        let links = c::GENITIVE | c::DETERMINER | c::PREPOSITION | c::OBLIQUE;
        let holder = (self.head + 1..self.last).find(|&at| !page.is(at, links))?;
        let claim = page.is(self.head, c::CLAIM_NOUN) && !page.is(self.head, c::ROLE | c::BODY);
        // "ein Brief der Ministerin"
        let person = || page.grammar.nouns_are_capital && page.is(holder, c::ROLE | c::NAME_ROLE | groups::GIVEN);
        let message = || page.is(self.head, c::DOCUMENT | c::SPEECH_NOUN) && person();
        (self.form == Form::Nominal && (claim || message())).then_some(holder)
    }
}

/// All mentions of a page, in order of their first token.
pub(super) fn find(page: &Page<'_>) -> Vec<Mention> {
    let (seen, nouns) = (seen_inside_sentences(page), Nouns::read(page));
    let mut finder = Finder { page, seen, nouns, found: Vec::new(), words: Vec::new(), title_line: false };
    for &(first, last) in &page.paragraphs {
        finder.title_line = !page.grammar.nouns_are_capital && title_line(page, first, last);
        let mut at = first;
        // Most words name nobody, and nothing begins at them.
        while let Some(rest) = page.toks.get(at as usize..last as usize)
            && let Some(idle) = rest.iter().position(|tok| tok.shape.is_capital() || tok.is(BEGINS))
        {
            at += u32::try_from(idle).unwrap_or(NONE - at);
            at = finder.step(at, last).max(at + 1);
        }
    }
    if page.grammar.nouns_are_capital {
        finder.more_names();
    }
    sort(&mut finder.found, page.grammar.nouns_are_capital);
    nickname::join(page, &mut finder.found);
    join(page, &mut finder.found);
    finder.found
}

/// Brings mentions into the order of their first tokens. But for names that were added at the end, each stands there nearly.
fn sort(found: &mut [Mention], added: bool) {
    if added {
        found.sort_by_key(|mention| mention.first);
        return;
    }
    for at in 1..found.len() {
        let Some((here, before)) = found.get(..=at).and_then(<[Mention]>::split_last) else { break };
        let behind = before.iter().rev().take_while(|other| other.first > here.first).count();
        if behind > 0
            && let Some(moved) = found.get_mut(at - behind..=at)
        {
            moved.rotate_right(1);
        }
    }
}

/// The words that stand somewhere with a capital that no sentence gave them.
fn seen_inside_sentences(page: &Page<'_>) -> WordSet {
    // One word in eight, or so.
    let mut seen = WordSet::with_capacity_and_hasher(page.toks.len() / 8, Default::default());
    seen.extend(page.toks.iter().filter(|tok| tok.shape == Shape::Capital && !tok.opens).map(|tok| tok.hash));
    seen
}

/// The search for mentions, as far as it has come.
pub(super) struct Finder<'p, 't> {
    pub(super) page: &'p Page<'t>,
    pub(super) seen: WordSet,
    /// What makes a name, where a capital does not.
    nouns: Option<Nouns>,
    pub(super) found: Vec<Mention>,
    /// Room for the words of a name.
    pub(super) words: Vec<&'p Tok>,
    /// Whether this paragraph is a headline in which nearly every word has a capital.
    pub(super) title_line: bool,
}

/// A short paragraph without a verb's worth of small words: every word of it has a capital, whatever it is.
fn title_line(page: &Page<'_>, first: u32, last: u32) -> bool {
    const LONGEST: u32 = 30;
    if last - first > LONGEST {
        return false;
    }
    let words =
        || (first..last).filter_map(|i| page.tok(i)).filter(|tok| tok.shape.is_word() && !tok.is(groups::FUNCTION));
    let (all, capitals) = (words().count(), words().filter(|tok| tok.shape.is_capital()).count());
    all >= 4 && capitals * 10 >= all * 9
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
        if tok.is(c::DETERMINER | c::POSSESSIVE)
            && let Some(end) = self.unlisted(at, last)
        {
            self.push(at, end, end - 1, Form::Nominal, gender_of_noun(self.page, end - 1), false);
            if let Some(aged) = self.found.last_mut().filter(|m| age::aged(self.page, m.head).is_some()) {
                aged.definite = tok.is(c::DEFINITE | c::POSSESSIVE);
            }
            return end;
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

    pub(super) fn push(&mut self, first: u32, last: u32, head: u32, form: Form, gender: Gender, plural: bool) {
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

    /// Whether the month at `at` is somebody's given name: "Jan Lind", but not "in April Lind" and not "Jan. 5".
    fn named_as_month(&self, at: u32, tok: &Tok) -> bool {
        let full = self.page.tok(at + 1).is_none_or(|next| !next.sign(b'.'));
        let when = at.checked_sub(1).map_or("", |before| self.page.words(before)).to_ascii_lowercase();
        let dated = matches!(&*when, "in" | "since" | "until" | "last" | "this" | "next" | "early" | "late" | "mid");
        tok.is(groups::GIVEN) && full && !dated && self.next_is_capital(at)
    }

    fn can_begin_name(&self, at: u32, tok: &Tok) -> bool {
        if let Some(nouns) = &self.nouns {
            return nouns.begin_name(self.page, at, tok);
        }
        if self.title_line && !(tok.is(groups::GIVEN) && self.next_is_capital(at))
            || self.is_party(at)
            || self.page.is_compound_adjective(at)
        {
            return false;
        }
        if tok.is(c::WEEKDAY) || tok.is(c::MONTH) && !self.named_as_month(at, tok) {
            return false;
        }
        if tok.is(c::STARTER | c::ADVERB | c::FIRST | c::HE | c::SHE) {
            // "Will" and "May" can be given names, inside a sentence.
            return tok.is(groups::GIVEN)
                && !tok.opens
                && self.next_is_capital(at)
                && !tok.is(c::PREPOSITION | c::ARTICLE);
        }
        if !tok.opens {
            return tok.shape != Shape::Initial
                || self.next_is_capital(at)
                || self.page.tok(at + 1).is_some_and(|t| t.sign(b'.'));
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
        // "Dovar and Lind Corp", and not "Critics and Lind Corp".
        if self.page.words(at + 1) == "and" && self.ends_company(at, at + 2, u32::MAX) {
            return !self.page.words(at).ends_with('s');
        }
        let known = tok.is(groups::GIVEN | c::PLACE | c::ORGANISATION | c::DEMONYM);
        known || self.followed_like_a_name(at)
    }

    /// "Ann Lind, R-Dovar,": the party and the seat of whoever was named before the mark.
    fn is_party(&self, at: u32) -> bool {
        let letter = ["D-", "R-", "I-"].iter().any(|party| self.page.words(at).starts_with(party));
        letter && self.page.before(at).is_some_and(|(_, tok)| tok.sign(b',') || tok.sign(b'('))
    }

    /// An unknown word that opens a sentence is a name where a verb of saying, a possessive, or a comma with "who" or an age comes next.
    fn followed_like_a_name(&self, at: u32) -> bool {
        let Some((_, next)) = self.page.after(at) else { return false };
        let word = self.page.words(at);
        if word.ends_with("ing") || word.ends_with("ly") || word.ends_with("ed") {
            return false;
        }
        // "Lind, who farms there," and "Lind, 52,"
        let aged = || self.page.tok(at + 3).is_some_and(|tok| tok.sign(b','));
        let told = |tok: &Tok| tok.is(c::WHO) || tok.shape == Shape::Number && aged();
        next.sign(b',') && self.page.tok(at + 2).is_some_and(told)
            || next.shape == Shape::Possessive
            || next.is(groups::FINITE | c::AUXILIARY) && next.shape == Shape::Lower
            || next.shape == Shape::Lower && next.is(c::ADVERB)
    }

    pub(super) fn next_is_capital(&self, at: u32) -> bool {
        let Some((_, mut next)) = self.page.after(at) else { return false };
        if next.sign(b'.') && !next.spaced {
            match self.page.after(at + 1) {
                Some((_, after)) => next = after,
                None => return false,
            }
        }
        next.shape.is_capital() && !next.is(c::MONTH | c::WEEKDAY) && !next.is(c::STARTER)
            || next.is(c::PARTICLE)
                && next.shape == Shape::Lower
                && self.page.tok(at + 2).is_some_and(|t| t.shape.is_capital())
    }

    /// A description whose head stands at or behind `at`.
    fn nominal(&mut self, at: u32, last: u32) -> u32 {
        let page = self.page;
        // "campaign manager", "police officer": the last noun of a compound is its head.
        let mut head = at;
        while head + 1 < last
            && page.after(head).is_some_and(|(_, next)| {
                next.spaced
                    && next.shape == Shape::Lower
                    && next.is(groups::NOMINAL)
                    && !next.is(groups::FUNCTION)
                    && !next.is(groups::FINITE)
            })
        {
            head += 1;
        }
        if page.grammar.nouns_are_capital && nouns::begins_body(page, head, head + 1) {
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
                    let joined =
                        tok.shape.is_capital() && (first == before || page.tok(first).is_some_and(|t| t.spaced));
                    if !(joined || first == before && tok.shape.is_word()) {
                        break;
                    }
                    first = owner;
                }
                // "the country's president"
                if let Some((article, tok)) = page.before(first)
                    && tok.is(c::DETERMINER | c::POSSESSIVE)
                {
                    first = article;
                }
                break;
            }
            if tok.is(c::DETERMINER | c::POSSESSIVE) {
                definite = tok.is(c::POSSESSIVE) || tok.is(c::DEFINITE) && tok.shape != Shape::Upper;
                determined = true;
                first = before;
                break;
            }
            if page.grammar.nouns_are_capital
                && !(nouns::describes(page, before, tok) || nouns::begins_body(page, before, first))
            {
                break;
            }
            let adjective = tok.shape.is_word() && !tok.is(groups::FUNCTION & !c::ADVERB | groups::FINITE)
                || tok.is(c::MODIFIER)
                || tok.shape == Shape::Number;
            if !adjective || tok.opens && !tok.is(c::MODIFIER | c::DEMONYM) && tok.is(c::STARTER) || self.acts(before) {
                break;
            }
            first = before;
        }
        first += u32::from(!determined && first < at && nouns::is_verb(page, first));
        let plural = tok.is(c::ROLES)
            || tok.is(c::BODY | c::DOCUMENT) && page.words(head).ends_with('s')
            || page.grammar.nouns_are_capital && nouns::several(page, first, head, tok);
        // "official" alone is an adjective, "report" alone a verb.
        let bare = page.grammar.nouns_are_capital || self.bare(head) || self.behind_name(first);
        if !determined && !plural && !tok.is(c::CROWD) && !bare && first == at {
            return head + 1;
        }
        // A name mention inside (the owner, or an organisation that it works for) stays a mention of its own.
        let gender = gender_of_noun(page, head);
        let end = if page.grammar.nouns_are_capital { nouns::complement(page, head) } else { head + 1 };
        self.push(first, end, head, Form::Nominal, gender, plural);
        if let Some(mention) = self.found.last_mut() {
            mention.definite = definite;
            mention.owner = page.after(head).is_some_and(|(_, tok)| tok.shape == Shape::Possessive);
        }
        end
    }

    /// "One hiker said", "said the hiker": a noun that no list holds, told by the verb of saying beside it. Where it ends.
    fn unlisted(&self, at: u32, last: u32) -> Option<u32> {
        const LONGEST: u32 = 4;
        let page = self.page;
        let plain = |i: &u32| {
            page.tok(*i).is_some_and(|tok| {
                let lower = tok.shape == Shape::Lower && !tok.is(groups::FUNCTION | groups::FINITE | groups::NOMINAL);
                tok.narrative() && (lower || page.is_compound_adjective(*i))
            })
        };
        let words = (at + 1..last.min(at + 1 + LONGEST)).take_while(plain).count();
        let end = match page.grammar.nouns_are_capital {
            true => return nouns::unlisted(page, at, last),
            false => at + 1 + u32::try_from(words).ok().filter(|&words| words > 0)?,
        };
        let says = |tok: &Tok| tok.is(groups::FINITE) && tok.is(c::STRONG) && tok.shape == Shape::Lower;
        let behind = page.after(end - 1);
        // "people familiar with the talks said": what a preposition governs is no subject, but for "three of the sailors said".
        let governed = page.before(at).is_some_and(|(before, tok)| {
            let part = || page.before(before).is_some_and(|(_, many)| many.is(c::DETERMINER | c::SOMEONE));
            tok.is(c::PREPOSITION) && !(page.words(before) == "of" && part())
        });
        let subject = !governed && behind.is_some_and(|(_, tok)| says(tok));
        let ends = behind.is_none_or(|(_, tok)| matches!(tok.shape, Shape::Sign(_)) || tok.is(c::PREPOSITION | c::WHO));
        let inverted = ends
            && page.before(at).is_some_and(|(verb, tok)| {
                let comma = page.before(verb).is_some_and(|(_, tok)| tok.sign(b','));
                let marks = verb.saturating_sub(1 + u32::from(comma));
                says(tok) && page.tok(marks).is_some_and(|before| !before.narrative())
            });
        let alone = !behind.is_some_and(|(_, tok)| tok.shape == Shape::Lower && !tok.is(groups::FUNCTION | c::PAST));
        let aged = alone && age::aged(page, end - 1).is_some();
        (subject || inverted || aged).then_some(end)
    }

    /// "Mayor Lind fired police chief Tom Vasch": whether the word at `at` tells what was done, by whom is named before it.
    pub(super) fn acts(&self, at: u32) -> bool {
        let lower = self.page.tok(at).is_some_and(|tok| tok.shape == Shape::Lower);
        lower
            && self.page.may_be_past(at)
            && self.found.iter().rev().take(3).any(|name| name.form == Form::Name && name.last == at)
    }

    /// "Peter Cook, spokesman for ...": a name and a comma stand before it.
    fn behind_name(&self, first: u32) -> bool {
        let name = self.found.iter().rev().take(2).any(|m| m.form == Form::Name && m.last + 1 == first);
        name && self.page.before(first).is_some_and(|(_, tok)| tok.sign(b','))
    }

    /// A singular noun without an article that can still name a speaker: "Police", headlines, "spokesman" before "said".
    fn bare(&self, head: u32) -> bool {
        self.page.after(head).is_some_and(|(_, next)| next.is(groups::FINITE) && next.is(c::STRONG))
            && !self.page.is(head, groups::FINITE)
    }
}

const PRONOUNS: Classes = c::HE | c::SHE | c::THEY | c::WHO | c::IT | c::FIRST | c::SOMEONE;
/// What a mention without a capital can begin with.
const BEGINS: Classes = c::DETERMINER | c::POSSESSIVE | PRONOUNS | groups::NOMINAL;

fn pronoun(tok: &Tok) -> Option<(Form, Gender, bool)> {
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
