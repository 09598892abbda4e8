//! Which capitalised words are names, in a language that writes every noun with a capital.
//!
//! A run of two or more of them is a name or a role with one, since nouns do not stand side by side. A lone one
//! needs evidence: a full name that ends with it, or a verb of saying beside it and never an article before it.
//! Whom a name means is not decided here.

use super::super::lexicon::{Classes, WordSet, class as c, groups};
use super::super::page::{NONE, Page, Tok};
use super::age::aged;
use super::held::is_described;
use super::{Form, Gender, Mention};
use crate::text::word::Shape;

/// What the capitals of one article show.
pub(super) struct Nouns {
    /// Words that a full name ends with, or that speak without an article.
    names: WordSet,
}

/// What no name begins with, whatever its case.
const NEVER: Classes = c::STARTER | c::HE | c::SHE | c::FIRST | c::MONTH | c::WEEKDAY;
/// Nouns that are known to be such.
pub(super) const NOUNS: Classes = groups::NOMINAL | c::COMMON_NOUN | c::CLAIM_NOUN | c::SPEECH_NOUN | c::NAME_ROLE;

impl Nouns {
    /// Looks through the page; nothing for a language in which a capital alone makes a name.
    pub(super) fn read(page: &Page<'_>) -> Option<Self> {
        if !page.grammar.nouns_are_capital {
            return None;
        }
        let mut nouns = Self { names: WordSet::default() };
        let mut things = WordSet::default();
        let mut speaking = Vec::new();
        for (at, tok) in (0u32..).zip(&page.toks) {
            if !matches!(tok.shape, Shape::Capital | Shape::Upper) || tok.is(NEVER) {
                continue;
            }
            let before = neighbour(page, at, at.wrapping_sub(1));
            let next = neighbour(page, at, at + 1);
            if before.is_some_and(|before| before.is(groups::GIVEN) && !before.is(NOUNS) && before.shape.is_capital()) {
                nouns.names.insert(tok.hash);
            }
            // "Zurückhaltender äußerte sich Lind"
            let adverb = tok.opens && tok.classes == 0 && matches!(page.words(at + 2), "sich" | "es" | "das");
            if tok.is(NOUNS) || adverb {
                continue;
            }
            if before.is_some_and(|before| before.is(c::PARTICLE)) && behind_particle(page, at) {
                nouns.names.insert(tok.hash);
                continue;
            }
            if before
                .is_some_and(|before| before.is(c::SHORT_TITLE) || before.is(c::NAME_ROLE) && before.shape.is_capital())
            {
                nouns.names.insert(tok.hash);
            }
            if tok.classes == 0
                && before
                    .is_some_and(|before| before.classes == 0 && matches!(before.shape, Shape::Capital | Shape::Upper))
            {
                nouns.names.insert(tok.hash);
            }
            if before.is_some_and(|before| described(page, before, at - 1)) {
                things.insert(tok.hash);
            }
            let said = before.is_some_and(|tok| tok.is(groups::FINITE | c::ACCORDING) && tok.shape == Shape::Lower)
                || next.is_some_and(|tok| {
                    tok.is(groups::FINITE | c::ACCORDING_BEHIND | c::AUXILIARY) && tok.shape == Shape::Lower
                });
            if said {
                speaking.push(tok.hash);
            }
        }
        nouns.names.extend(speaking.into_iter().filter(|word| !things.contains(word)));
        Some(nouns)
    }

    /// Whether a name begins at token `at`, which has a capital.
    pub(super) fn begin_name(&self, page: &Page<'_>, at: u32, tok: &Tok) -> bool {
        if tok.is(c::PARTICLE) && tok.opens {
            // "Von der Leyen" at the head of a sentence.
            let behind = (at + 1..at + 3).find_map(|i| neighbour(page, at, i).filter(|tok| !tok.is(c::PARTICLE)));
            return behind.is_some_and(|tok| tok.shape.is_capital() && self.names.contains(&tok.hash));
        }
        if tok.is(NEVER) && !(tok.is(groups::GIVEN) && runs_on(page, at)) {
            return false;
        }
        if runs_on(page, at) {
            return !tok.is(c::COMMON_NOUN | c::CLAIM_NOUN) || tok.is(groups::GIVEN | c::NAME_ROLE);
        }
        if self.names.contains(&tok.hash) || tok.is(c::SHORT_TITLE) {
            return true;
        }
        if tok.is(NOUNS) || tok.shape == Shape::Initial {
            return false;
        }
        let bare = !neighbour(page, at, at.wrapping_sub(1)).is_some_and(|before| described(page, before, at - 1));
        tok.shape == Shape::Upper || tok.is(c::ORGANISATION | c::PLACE) || bare && tok.is(groups::GIVEN)
    }
}

/// The token at `other`, if it stands beside `at` in the same region and paragraph.
fn neighbour<'p>(page: &'p Page<'_>, at: u32, other: u32) -> Option<&'p Tok> {
    let here = page.tok(at)?;
    page.tok(other).filter(|tok| tok.paragraph == here.paragraph && tok.region == here.region)
}

/// Whether a given name or an office stands before the particles before `at`: "Ursula von der Lind", "Ministerin von Lind".
fn behind_particle(page: &Page<'_>, at: u32) -> bool {
    let particle =
        |i: &u32| neighbour(page, at, *i).is_some_and(|tok| tok.is(c::PARTICLE) && tok.shape == Shape::Lower);
    let first = (at.saturating_sub(2)..at).rev().take_while(particle).last();
    first
        .and_then(|first| neighbour(page, at, first.checked_sub(1)?))
        .is_some_and(|tok| tok.shape.is_capital() && tok.is(groups::GIVEN | c::NAME_ROLE))
}

/// Whether the word before a noun is an article or an adjective of it, so that it names a thing.
fn described(page: &Page<'_>, before: &Tok, at: u32) -> bool {
    before.is(c::DETERMINER | c::ARTICLE | c::POSSESSIVE)
        || before.shape == Shape::Number
        || before.shape == Shape::Lower && before.classes & !c::MODIFIER == 0 && adjective(page, at)
}

/// Where a noun ends that no list of people or bodies holds, with the adjectives behind its determiner at `at`: an age ("die 34-Jährige"),
/// or what a verb of saying beside it makes somebody ("der Tischler sagte", "„…“, teilte der Zoo mit").
pub(super) fn unlisted(page: &Page<'_>, at: u32, last: u32) -> Option<u32> {
    const LONGEST: u32 = 4;
    // "34-Jährige"
    let capital = |i: u32| page.words(i).rsplit('-').next().is_some_and(|last| last.starts_with(char::is_uppercase));
    let passes = |i: &u32| {
        page.tok(*i).is_some_and(|tok| {
            matches!(tok.shape, Shape::Number | Shape::Sign(b'-')) || !capital(*i) && describes(page, *i, tok)
        })
    };
    let noun = (at + 1..last.min(at + 1 + LONGEST)).find(|i| !passes(i))?;
    let tok = page.tok(noun).filter(|tok| tok.narrative() && capital(noun))?;
    if aged(page, noun).is_some() {
        return Some(noun + 1);
    }
    let known = tok.classes & (c::COMMON_NOUN | c::ORGANISATION_WORD) != 0;
    if tok.classes & !(c::COMMON_NOUN | c::ORGANISATION_WORD) != 0 {
        return None;
    }
    let thing = page.words(at).eq_ignore_ascii_case("das");
    let subject = !(thing || known && !opens_marks(page, noun + 1)) && is_subject(page, at, noun + 1)
        || !(thing || known) && (is_announced(page, at, noun + 1) || says_later(page, at, noun + 1));
    let object = tok.narrative() && follows_marks(page, at) && ends_phrase(page, noun + 1);
    let end = if object && page.is(noun + 1, c::GENITIVE) { complement(page, noun) } else { noun + 1 };
    (subject || object).then_some(end)
}

/// Whether the phrase from `at` up to `end` is the subject of a verb of saying right behind it, and governed by nothing.
fn is_subject(page: &Page<'_>, at: u32, end: u32) -> bool {
    let governed = page.before(at).is_some_and(|(_, tok)| tok.is(c::PREPOSITION));
    let says = |tok: &Tok| tok.is(groups::FINITE) && tok.shape == Shape::Lower;
    // "Der Zoo sprach von einem „Unglück“": any verb does where marks follow, but "Der Name lautet „Unglück“".
    let verb = page.after(end - 1).filter(|(_, tok)| says(tok));
    !governed && verb.is_some_and(|(verb, tok)| tok.is(c::STRONG) || !tok.is(c::WRITE) && opens_marks(page, verb))
}

/// Whether a verb of saying stands right before the phrase from `at` up to `end`, and marks right behind its colon: "Dann rief der Flößer: „…“".
fn is_announced(page: &Page<'_>, at: u32, end: u32) -> bool {
    let verb = page.before(at).is_some_and(|(_, tok)| tok.is(groups::FINITE) && tok.is(c::STRONG));
    let colon = page.after(end - 1).is_some_and(|(_, tok)| tok.sign(b':'));
    verb && colon && !page.is(at, c::OBLIQUE) && neighbour_of_any(page, at, end + 1).is_some_and(|tok| !tok.narrative())
}

/// Whether the phrase from `at` up to `end` is the subject of a verb that another one of saying is joined to: "Der Flößer hob die Hand und
/// rief: „…“", "Dann hob der Flößer die Hand und rief: „…“".
fn says_later(page: &Page<'_>, at: u32, end: u32) -> bool {
    const FAR: u32 = 16;
    let Some(here) = page.tok(at) else { return false };
    let verb = |at: u32| page.tok(at).is_some_and(|tok| tok.shape == Shape::Lower && !tok.is(groups::FUNCTION));
    let first = here.opens && verb(end);
    let second = page.before(at).is_some_and(|(before, _)| {
        let clause = page.before(before).is_some_and(|(_, tok)| tok.sign(b',') || tok.opens);
        clause && verb(before)
    });
    let inside = |at: &u32| page.tok(*at).is_some_and(|tok| tok.narrative() && tok.sentence == here.sentence);
    let joined = |at: u32| {
        page.is(at, c::STRONG)
            && page.is(at, groups::FINITE)
            && page.before(at).is_some_and(|(_, tok)| tok.is(c::CONJUNCTION))
    };
    let says =
        (end..end + FAR).take_while(inside).any(|at| joined(at) && page.tok(at + 1).is_some_and(|tok| tok.sign(b':')));
    (first || second) && says && !page.is(at, c::OBLIQUE)
}

/// Whether a quotation begins in the clause of token `at`, behind it.
fn opens_marks(page: &Page<'_>, at: u32) -> bool {
    const FAR: u32 = 8;
    let near = (at..at + FAR).map_while(|i| neighbour_of_any(page, at, i));
    near.take_while(|tok| !tok.sign(b',') && !tok.sign(b'.')).any(|tok| !tok.narrative())
}

/// The token at `other`, between marks or not, if it stands in the paragraph of token `at`.
fn neighbour_of_any<'p>(page: &'p Page<'_>, at: u32, other: u32) -> Option<&'p Tok> {
    let here = page.tok(at)?;
    page.tok(other).filter(|tok| tok.paragraph == here.paragraph)
}

/// Whether a verb of saying stands before the phrase at `at`, and a quotation before the verb: "„Nein“, sagte der Tischler".
fn follows_marks(page: &Page<'_>, at: u32) -> bool {
    page.before(at).is_some_and(|(verb, tok)| {
        let comma = page.before(verb).is_some_and(|(_, tok)| tok.sign(b','));
        let marks = verb.checked_sub(1 + u32::from(comma)).and_then(|at| neighbour_of_any(page, verb, at));
        tok.is(groups::FINITE) && tok.shape == Shape::Lower && marks.is_some_and(|tok| !tok.narrative())
    })
}

/// Whether a phrase ends before token `end`: "sagte der Tischler der Polizei", but "sagte der Tischler Tom Lind".
fn ends_phrase(page: &Page<'_>, end: u32) -> bool {
    let ends = c::PREPOSITION | c::WHO | c::DETERMINER | c::POSSESSIVE | c::ADVERB | c::THAT | c::CONJUNCTION;
    page.after(end - 1).is_none_or(|(_, tok)| matches!(tok.shape, Shape::Sign(_)) || tok.is(ends))
}

/// Whether the word at `at` is an adjective that belongs to the name of the body at `noun`: "das Weiße Haus", "die Deutsche Bahn".
pub(super) fn begins_body(page: &Page<'_>, at: u32, noun: u32) -> bool {
    let body = c::BODY | c::COMMON_NOUN | c::ORGANISATION_WORD;
    let head = page.tok(noun).filter(|tok| tok.narrative() && tok.shape == Shape::Capital && tok.spaced);
    let head = head.is_some_and(|tok| tok.is(body) && !tok.is(c::ROLE | c::ROLES | groups::GIVEN));
    let plain = |tok: &Tok| tok.is(c::MODIFIER) || tok.classes & !c::BODY == 0;
    let adjective = page.tok(at).filter(|tok| tok.shape == Shape::Capital && adjective(page, at) && plain(tok));
    head && adjective.is_some() && page.before(at).is_some_and(|(_, tok)| tok.is(c::DETERMINER | c::ARTICLE))
}

/// Whether the description that begins at `first` is of several: "die Demonstranten", whose article is feminine or plural and whose noun
/// is masculine.
pub(super) fn several(page: &Page<'_>, first: u32, head: u32, noun: &Tok) -> bool {
    let die = page.words(first).eq_ignore_ascii_case("die");
    // "die Angeklagte" is one.
    die && noun.is(c::MALE) && !page.words(head).ends_with('e')
}

/// Whether the word at `at` can describe the noun behind it: an adjective or a number.
pub(super) fn describes(page: &Page<'_>, at: u32, tok: &Tok) -> bool {
    tok.shape == Shape::Lower && adjective(page, at) || tok.shape == Shape::Number || tok.is(c::MODIFIER)
}

/// Whether the lower-case word at `at` ends as an adjective does.
pub(super) fn adjective(page: &Page<'_>, at: u32) -> bool {
    let word = page.words(at);
    word.len() > 3 && ["e", "en", "er", "es", "em"].iter().any(|ending| word.ends_with(ending))
}

/// Whether the lower-case word at `at`, which a noun without an article follows, is a verb: "Am Abend kamen Demonstranten". No adjective ends so
/// there but behind what governs it ("von wütenden Demonstranten"), or behind another.
pub(super) fn is_verb(page: &Page<'_>, at: u32) -> bool {
    let lower = page.tok(at).is_some_and(|tok| tok.shape == Shape::Lower && tok.classes == 0);
    let led = page.before(at).is_some_and(|(_, tok)| {
        tok.is(c::PREPOSITION | c::OBLIQUE | c::MODIFIER | c::CONJUNCTION)
            || tok.sign(b',')
            || tok.shape == Shape::Number
    });
    page.grammar.nouns_are_capital && lower && !led && page.words(at).ends_with("en")
}

/// Whether another capitalised word follows: "Reinhold Gall", "Außenminister Lind", "J. Lind", "Ursula von Lind".
fn runs_on(page: &Page<'_>, at: u32) -> bool {
    let Some(mut next) = neighbour(page, at, at + 1) else { return false };
    if next.sign(b'.') && !next.spaced && page.is(at, c::SHORT_TITLE | c::ABBREVIATION)
        || next.sign(b'.') && page.tok(at).is_some_and(|tok| tok.shape == Shape::Initial)
    {
        match neighbour(page, at, at + 2) {
            Some(after) => next = after,
            None => return false,
        }
    }
    let capital = |tok: &Tok| tok.shape.is_capital() && tok.spaced && !tok.opens && !tok.is(NEVER | c::COMMON_NOUN);
    capital(next)
        || next.is(c::PARTICLE)
            && next.shape == Shape::Lower
            && page.is(at, groups::GIVEN)
            && (at + 2..at + 4).any(|i| neighbour(page, at, i).is_some_and(capital))
}

/// Where the description ends whose head stands at `head`: behind what the noun governs ("ein Sprecher des Ministeriums",
/// "die Leiterin der Stelle in Lindau").
pub(super) fn complement(page: &Page<'_>, head: u32) -> u32 {
    const LONGEST: u32 = 8;
    let mut end = head + 1;
    let mut phrases = 0;
    while phrases < 2 {
        let Some(opening) = neighbour(page, head, end) else { break };
        // A genitive, or "von" and "für" with what they govern.
        let governs = opening.is(c::GENITIVE)
            || opening.is(c::DETERMINER) && page.words(end) == "der"
            || opening.is(c::PARTICLE) && opening.is(c::AGENT);
        if opening.shape != Shape::Lower || !governs {
            break;
        }
        let mut at = end + 1;
        while at < head + LONGEST
            && neighbour(page, head, at).is_some_and(|tok| {
                tok.shape == Shape::Lower
                    && (tok.is(c::DETERMINER | c::POSSESSIVE | c::MODIFIER) || tok.classes == 0 && adjective(page, at))
            })
        {
            at += 1;
        }
        let mut last = at;
        while last < head + LONGEST
            && neighbour(page, head, last).is_some_and(|tok| tok.shape.is_capital() && tok.spaced)
            && !is_described(page, head, at, last)
        {
            last += 1;
        }
        if last == at {
            break;
        }
        end = last;
        phrases += 1;
    }
    end
}

/// Names between marks that speak, as those of newspapers do: `schrieb die „Lindauer Post“`, `wie „Kran“ berichtet`.
pub(super) fn quoted_names(page: &Page<'_>, found: &mut Vec<Mention>) {
    const LONGEST: u32 = 4;
    const NEAR: usize = 4;
    let mut more = Vec::new();
    for quoted in &page.regions {
        let name =
            page.tok(quoted.first).is_some_and(|tok| tok.shape.is_capital()) && quoted.last - quoted.first <= LONGEST;
        if !name || quoted.last == quoted.first {
            continue;
        }
        let paragraph = quoted.region.paragraph;
        let narrative = |at: u32| page.tok(at).filter(|tok| tok.narrative() && tok.paragraph == paragraph);
        let verb = |at: u32| narrative(at).is_some_and(|tok| tok.is(groups::FINITE) && tok.is(c::STRONG));
        // "Die „Post“ nannte Nina Lind ..."
        let labels = |at: u32| narrative(at).is_some_and(|tok| tok.is(groups::FINITE) && tok.is(c::LABEL));
        // "nach Angaben der „Post“"
        let claims = |noun: u32| {
            narrative(noun).is_some_and(|tok| tok.is(c::CLAIM_NOUN))
                && noun.checked_sub(1).is_some_and(|at| page.is(at, c::ACCORDING))
        };
        let before = quoted.first.checked_sub(1).filter(|&at| narrative(at).is_some());
        // "das Magazin „Kran“"
        let kind = before.filter(|&at| page.is(at, c::BODY)).and_then(|at| {
            let until = found.partition_point(|mention| mention.first <= at);
            let whole = found.get(..until)?.iter().rev().take(NEAR).find(|mention| mention.head == at)?;
            (whole.last == quoted.first && page.is(whole.first, c::DETERMINER)).then_some(whole.first)
        });
        let opening = kind.or(before).filter(|&at| {
            page.is(at, c::DETERMINER | c::ACCORDING | c::AGENT | c::PREPOSITION | c::CONJUNCTION) || verb(at)
        });
        let Some(opening) = opening else { continue };
        let said = verb(quoted.last)
            || labels(quoted.last) && page.is(opening, c::DEFINITE) && !page.is(opening, c::OBLIQUE)
            || verb(opening)
            || page.is(opening, c::ACCORDING | c::AGENT)
            || narrative(quoted.last).is_some_and(|tok| tok.is(c::ACCORDING_BEHIND))
            || opening
                .checked_sub(1)
                .is_some_and(|at| verb(at) || narrative(at).is_some_and(|tok| tok.is(c::ACCORDING | c::AGENT)))
            || page.is(opening, c::DEFINITE) && opening.checked_sub(1).is_some_and(claims);
        if said {
            let first = if page.is(opening, c::DETERMINER) { opening } else { quoted.first };
            more.push(Mention {
                first,
                last: quoted.last,
                core: quoted.first,
                head: quoted.last - 1,
                form: Form::Organisation,
                gender: Gender::Unknown,
                plural: false,
                definite: true,
                owner: false,
                region: NONE,
                role: None,
                beside: NONE,
            });
        }
    }
    if !more.is_empty() {
        // "Angaben" are those of the name behind them.
        let claim = |mention: &Mention| page.is(mention.head, c::CLAIM_NOUN);
        let apart = |mention: &Mention, name: &Mention| {
            mention.last < name.first || mention.last == name.first && !claim(mention) || mention.first >= name.last
        };
        found.retain(|mention| more.iter().all(|name| apart(mention, name)));
        found.append(&mut more);
        found.sort_by_key(|mention| mention.first);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::{lexicon::GERMAN, page::Page};
    use super::super::Gender;

    #[test]
    fn a_surname_with_particles_is_one_at_the_head_of_a_sentence_too() {
        for (text, expected) in [
            (
                "Ministerin Nina von der Lind kam. Von der Lind blieb.",
                &["Ministerin Nina von der Lind", "Von der Lind"][..],
            ),
            ("Ministerin von der Lind kam. Von der Lind blieb.", &["Ministerin von der Lind", "Von der Lind"]),
            ("Nina von Lind kam. Von Lind blieb.", &["Nina von Lind", "Von Lind"]),
            // A preposition.
            ("Der Hof von der Lind verfiel. Von der Lind blieb nichts.", &[]),
        ] {
            let page = Page::read(text, &GERMAN);
            let found: Vec<&str> = super::super::find(&page).iter().map(|m| page.slice(m.first, m.last)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn a_noun_that_no_list_holds_is_told_by_the_verb_beside_it() {
        for (text, expected) in [
            ("Der 34-Jährige sagte: „Nein.“", &["Der 34-Jährige"][..]),
            ("„Nein“, sagt die 34-Jährige.", &["die 34-Jährige"]),
            ("Der alte Flößer sagte: „Nein.“", &["Der alte Flößer"]),
            ("Der Flößer ging heim.", &[]),
            ("Das Wetter sagte: „Nein.“", &[]),
            ("„Nein“, sagte der Flößer Absalom Reith.", &["Flößer Absalom Reith"]),
        ] {
            let page = Page::read(text, &GERMAN);
            let found: Vec<&str> = super::super::find(&page).iter().map(|m| page.slice(m.first, m.last)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn an_article_shows_how_many_there_are_and_of_which_gender() {
        for (text, several, gender) in [
            ("Die Demonstranten kamen.", true, Gender::Male),
            ("Der Demonstrant kam.", false, Gender::Male),
            ("Die Ministerin kam.", false, Gender::Female),
            ("Der Abgeordnete kam.", false, Gender::Male),
            ("Die Abgeordnete kam.", false, Gender::Female),
            ("Die Angeklagte kam.", false, Gender::Female),
            ("Die Angeklagten kamen.", true, Gender::Unknown),
        ] {
            let page = Page::read(text, &GERMAN);
            let found: Vec<_> = super::super::find(&page).iter().map(|m| (m.plural, m.gender)).collect();
            assert_eq!(found, [(several, gender)], "{text}");
        }
    }
}
