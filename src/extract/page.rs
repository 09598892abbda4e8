//! An article's text as extraction reads it: tokens with their word classes, and which of them the writer
//! says and which stand between quotation marks.
//!
//! The writer's own words are the narrative. A region between marks counts as one opaque piece of the
//! sentence that it stands in, so that sentences of the narrative run across it.

mod owners;

use std::cell::Cell;

use super::lexicon::{Classes, Grammar, Lexicon, class as c, groups, hash_at};
use super::room;
use crate::text::marks::{Region, regions};
use crate::text::paragraph::paragraphs;
use crate::text::span::Span;
use crate::text::word::{Shape, tokens};

/// No region, no mention, no person: the absent index.
pub(super) const NONE: u32 = u32::MAX;

/// A token with what is known of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tok {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) classes: Classes,
    /// Its word, without regard to case.
    pub(super) hash: u64,
    pub(super) shape: Shape,
    pub(super) spaced: bool,
    /// Whether it opens a sentence, so that its capital means nothing.
    pub(super) opens: bool,
    /// The region that it stands in.
    pub(super) region: u32,
    /// The narrative sentence, counted through the text; the one around the region, inside a region.
    pub(super) sentence: u32,
    pub(super) paragraph: u32,
}

impl Tok {
    #[inline]
    pub(super) fn is(&self, classes: Classes) -> bool {
        self.classes & classes != 0
    }

    #[inline]
    pub(super) fn sign(&self, sign: u8) -> bool {
        self.shape == Shape::Sign(sign)
    }

    #[inline]
    pub(super) fn narrative(&self) -> bool {
        self.region == NONE
    }
}

/// A region between marks, with its tokens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quoted {
    pub(super) region: Region,
    /// First token inside.
    pub(super) first: u32,
    /// One past the last token inside.
    pub(super) last: u32,
    /// Narrative sentence around it.
    pub(super) sentence: u32,
}

/// The text of one article, read.
pub(super) struct Page<'t> {
    pub(super) text: &'t str,
    pub(super) toks: Vec<Tok>,
    pub(super) regions: Vec<Quoted>,
    /// The tokens of each paragraph: first, and one past the last.
    pub(super) paragraphs: Vec<(u32, u32)>,
    pub(super) grammar: Grammar,
}

thread_local! {
    /// Room for the tokens of the next page.
    static TOKS: Cell<Vec<Tok>> = const { Cell::new(Vec::new()) };
}

impl Drop for Page<'_> {
    fn drop(&mut self) {
        room::give_back(&TOKS, std::mem::take(&mut self.toks));
    }
}

impl<'t> Page<'t> {
    pub(super) fn read(text: &'t str, lexicon: &Lexicon) -> Self {
        let spans = paragraphs(text);
        let mut page = Page {
            text,
            // News has a token in five bytes, or a little less.
            toks: room::take(&TOKS, text.len() / 4 + 16),
            regions: Vec::new(),
            paragraphs: Vec::new(),
            grammar: lexicon.grammar,
        };
        let mut found = regions(text, &spans).into_iter().peekable();
        for (number, span) in (0u32..).zip(&spans) {
            let first = page.len();
            let mut at = span.start();
            while let Some(region) = found.next_if(|r| r.paragraph == number) {
                page.add(at, region.open as usize, NONE, number, lexicon);
                let index = u32::try_from(page.regions.len()).unwrap_or(NONE);
                let inside = page.len();
                page.add(region.inside.start(), region.inside.end(), index, number, lexicon);
                page.regions.push(Quoted { region, first: inside, last: page.len(), sentence: 0 });
                at = region.close as usize;
            }
            page.add(at, span.end(), NONE, number, lexicon);
            page.paragraphs.push((first, page.len()));
        }
        page.sentences();
        if lexicon.grammar.genitive_s {
            page.fold_genitives();
        }
        page.mark_owners();
        page
    }

    fn len(&self) -> u32 {
        u32::try_from(self.toks.len()).unwrap_or(NONE)
    }

    /// Adds the tokens between two places.
    fn add(&mut self, from: usize, to: usize, region: u32, paragraph: u32, lexicon: &Lexicon) {
        let text = self.text;
        let first = self.toks.len();
        tokens(text.get(from..to).unwrap_or_default(), from, |token| {
            self.toks.push(Tok {
                start: token.start,
                end: token.end,
                classes: 0,
                hash: 0,
                shape: token.shape,
                spaced: token.spaced,
                opens: false,
                region,
                sentence: 0,
                paragraph,
            });
        });
        let added = self.toks.get_mut(first..).unwrap_or_default();
        for tok in added.iter_mut().filter(|tok| tok.shape.is_word()) {
            let (start, end) = (tok.start as usize, tok.end as usize);
            tok.hash = hash_at(text, start, end);
            if lexicon.grammar.nouns_are_capital {
                let word = text.get(start..end).unwrap_or_default();
                tok.classes = lexicon.noun_or_verb(word, tok.hash, tok.shape.is_capital());
            }
            if tok.shape == Shape::Lower && behind_article(text, start, end) {
                tok.shape = Shape::Capital;
            }
        }
        if !lexicon.grammar.nouns_are_capital {
            // Looked up in a row, so that several words are waited for at once; what is no word has no hash.
            for tok in added.iter_mut().filter(|tok| tok.hash != 0) {
                tok.classes = lexicon.classes_of(tok.hash);
            }
        }
    }

    pub(super) fn words(&self, token: u32) -> &'t str {
        let word = self.tok(token).and_then(|tok| self.text.get(tok.start as usize..tok.end as usize));
        word.unwrap_or_default()
    }

    /// The text from token `first` up to, without, token `last`.
    pub(super) fn slice(&self, first: u32, last: u32) -> &'t str {
        self.span(first, last).map_or("", |span| span.of(self.text))
    }

    pub(super) fn span(&self, first: u32, last: u32) -> Option<Span> {
        let start = self.toks.get(first as usize)?.start as usize;
        let end = self.toks.get((last as usize).checked_sub(1)?)?.end as usize;
        Span::new(self.text, start, end)
    }

    #[inline]
    pub(super) fn tok(&self, token: u32) -> Option<&Tok> {
        self.toks.get(token as usize)
    }

    /// The token before `token` in the same paragraph, if it is narrative.
    #[inline]
    pub(super) fn before(&self, token: u32) -> Option<(u32, &Tok)> {
        let here = self.tok(token)?;
        let before = token.checked_sub(1)?;
        self.tok(before).filter(|tok| tok.paragraph == here.paragraph && tok.narrative()).map(|tok| (before, tok))
    }

    /// The token after `token` in the same paragraph, if it is narrative.
    #[inline]
    pub(super) fn after(&self, token: u32) -> Option<(u32, &Tok)> {
        let here = self.tok(token)?;
        self.tok(token + 1).filter(|tok| tok.paragraph == here.paragraph && tok.narrative()).map(|tok| (token + 1, tok))
    }

    /// Whether token `at` stands in the narrative and is of one of these classes.
    #[inline]
    pub(super) fn is(&self, at: u32, classes: Classes) -> bool {
        self.tok(at).is_some_and(|tok| tok.is(classes))
    }

    /// Numbers the sentences of the narrative and marks the tokens that open one, in regions too.
    fn sentences(&mut self) {
        let mut sentence = 0;
        for number in 0..self.paragraphs.len() {
            let Some(&(first, last)) = self.paragraphs.get(number) else { continue };
            let mut fresh = true;
            let mut at = first;
            let dateline = self.dateline(first, last);
            while at < last {
                let Some(tok) = self.toks.get(at as usize).copied() else { break };
                if tok.region != NONE {
                    let Some(quoted) = self.regions.get(tok.region as usize).copied() else { break };
                    sentence += u32::from(fresh && at > first);
                    self.inside(quoted, sentence);
                    fresh = self.ends_with_region(quoted, last);
                    at = quoted.last;
                    continue;
                }
                sentence += u32::from(fresh && at > first);
                if let Some(tok) = self.toks.get_mut(at as usize) {
                    tok.opens = fresh && tok.shape.is_word();
                    tok.sentence = sentence;
                }
                fresh = fresh && !tok.shape.is_word() && tok.shape != Shape::Number
                    || self.ends_sentence(at, last)
                    || dateline == Some(at);
                at += 1;
            }
            sentence += 1;
        }
    }

    /// The dash that ends a dateline: "PORT LIND, Sept 18 (Agency) -".
    fn dateline(&self, first: u32, last: u32) -> Option<u32> {
        const LONGEST: u32 = 16;
        if self.tok(first)?.shape != Shape::Upper {
            return None;
        }
        (first + 1..last.min(first + LONGEST)).find(|&at| {
            self.tok(at).is_some_and(|tok| tok.sign(b'-') && tok.spaced && tok.narrative())
                && self.tok(at + 1).is_some_and(|next| next.spaced || !next.narrative())
        })
    }

    fn inside(&mut self, quoted: Quoted, sentence: u32) {
        let mut fresh = true;
        for at in quoted.first..quoted.last {
            let ends = self.ends_sentence(at, quoted.last);
            let Some(tok) = self.toks.get_mut(at as usize) else { break };
            tok.opens = fresh && tok.shape.is_word();
            tok.sentence = sentence;
            fresh = fresh && !tok.shape.is_word() || ends;
        }
        let index = self.toks.get(quoted.first as usize).map_or(NONE, |tok| tok.region);
        if let Some(quoted) = self.regions.get_mut(index as usize) {
            quoted.sentence = sentence;
        }
    }

    /// Whether the sentence ends at token `at`, seen from what stands around it.
    fn ends_sentence(&self, at: u32, last: u32) -> bool {
        let Some(tok) = self.tok(at) else { return false };
        let next = (at + 1 < last).then(|| self.tok(at + 1)).flatten();
        let last_byte = (tok.end as usize).checked_sub(1).and_then(|at| self.text.as_bytes().get(at));
        let acronym = tok.shape.is_word() && last_byte == Some(&b'.');
        match tok.shape {
            Shape::Sign(b'.') => {}
            Shape::Sign(b'!' | b'?') => {
                return next.is_none_or(|next| {
                    next.region != tok.region || !matches!(next.shape, Shape::Lower | Shape::Sign(_))
                });
            }
            _ if acronym => {}
            _ => return false,
        }
        let Some(next) = next else { return true };
        let word = if acronym { Some(tok) } else { at.checked_sub(1).and_then(|before| self.tok(before)) };
        if !tok.spaced && self.grammar.nouns_are_capital && at.checked_sub(1).is_some_and(|before| self.ordinal(before))
        {
            return false;
        }
        if next.region != tok.region {
            return true;
        }
        let abbreviation =
            word.is_some_and(|w| w.is(c::ABBREVIATION) && !tok.spaced || w.shape == Shape::Initial) || acronym;
        match next.shape {
            Shape::Lower | Shape::Possessive => false,
            Shape::Sign(sign) => matches!(sign, b'(' | b'[' | b'"' | b'-') && !abbreviation,
            Shape::Number => !abbreviation && next.spaced,
            _ if acronym => next.is(c::STARTER) && next.spaced,
            _ => next.spaced && !abbreviation,
        }
    }

    /// Whether the number at `at` with a full stop counts in order, in a language that writes ordinals so: "am 5. August", "Karl II.".
    fn ordinal(&self, at: u32) -> bool {
        let Some(tok) = self.tok(at) else { return false };
        let word = self.words(at);
        let roman = tok.shape == Shape::Upper && word.bytes().all(|letter| b"IVX".contains(&letter));
        let named = roman
            && at.checked_sub(1).and_then(|before| self.tok(before)).is_some_and(|name| name.shape == Shape::Capital);
        // "Im Jahr 1984." ends a sentence.
        named || tok.shape == Shape::Number && word.len() <= 2 && word.bytes().all(|digit| digit.is_ascii_digit())
    }

    /// Whether token `at` stands in brackets: a caption's credit, an aside.
    pub(super) fn in_brackets(&self, at: u32) -> bool {
        const FAR: u32 = 14;
        let place = |at: u32| self.tok(at).map_or(0, |tok| tok.start as usize);
        let near = self.text.as_bytes().get(place(at.saturating_sub(FAR))..place(at)).unwrap_or_default();
        if memchr::memchr(b'(', near).is_none() {
            return false;
        }
        let mut here = at;
        for _ in 0..FAR {
            let Some((before, tok)) = self.before(here) else { return false };
            if tok.sign(b')') {
                return false;
            }
            if tok.sign(b'(') {
                return true;
            }
            here = before;
        }
        false
    }

    /// Whether the word at `at` may be a past form.
    pub(super) fn may_be_past(&self, at: u32) -> bool {
        self.is(at, c::PAST) || self.words(at).ends_with("ed")
    }

    /// Whether the word at `at` is a name and a participle: "Dovar-based", which describes and names nobody.
    pub(super) fn is_compound_adjective(&self, at: u32) -> bool {
        const ENDINGS: &[&str] = &["born", "led", "run", "wide", "style", "era", "area", "built", "made", "speaking"];
        let last = self.words(at).rsplit_once('-').map(|(_, last)| last);
        last.is_some_and(|last| {
            last.starts_with(char::is_lowercase) && (last.len() > 3 && last.ends_with("ed") || ENDINGS.contains(&last))
        })
    }

    /// Whether the narrative sentence ends with this region: `"... here." Kerry left.`, not `"... here?" he asked.`
    fn ends_with_region(&self, quoted: Quoted, last: u32) -> bool {
        let Some(next) = (quoted.last < last).then(|| self.tok(quoted.last)).flatten() else { return true };
        let ending = quoted.region.inside.of(self.text).chars().next_back();
        let stops = match ending {
            Some('.' | '…') => true,
            // In German the verb would follow, in small letters.
            Some('!' | '?') => self.grammar.verb_second || !self.says_soon(quoted.last, last),
            _ => false,
        };
        stops && (next.region != NONE || next.shape.is_capital() || next.shape == Shape::Number)
    }

    /// Whether a verb of saying stands within the next few words.
    fn says_soon(&self, from: u32, last: u32) -> bool {
        (from..last.min(from + 5))
            .map_while(|at| self.tok(at).filter(|tok| tok.narrative() && tok.shape.is_word()))
            .any(|tok| tok.is(groups::FINITE) && tok.is(c::STRONG))
    }
}

/// Whether an article in front of a name, or what is left of one, hides its capital: "al-Tarif", "d'Arlenne".
fn behind_article(text: &str, start: usize, end: usize) -> bool {
    const ARTICLES: &[&str] = &[
        "al-", "el-", "as-", "ar-", "an-", "ash-", "at-", "ad-", "az-", "ul-", "d'", "d’", "l'", "l’", "dell'", "dell’",
    ];
    let mark = |at: usize| matches!(text.as_bytes().get(start + at), Some(b'-' | b'\'' | 0xe2));
    (1..=4).any(mark) && {
        let word = text.get(start..end).unwrap_or_default();
        // "coup d'Etat"
        let name = |article: &&str| {
            let rest = word.strip_prefix(article);
            rest.is_some_and(|rest| rest.starts_with(char::is_uppercase) && !matches!(rest, "Etat" | "État"))
        };
        ARTICLES.iter().any(name)
    }
}

/// Whether a preposition governs the phrase that begins at `first` ("in downtown" before "Washington"), or an article that opens no subject.
pub(super) fn behind_preposition(page: &Page<'_>, first: u32) -> bool {
    if page.is(first, c::OBLIQUE) {
        return true;
    }
    let mut at = first;
    for _ in 0..4 {
        let Some((before, tok)) = page.before(at) else { return false };
        // "dem Minister Lind": what no subject begins with governs as well.
        if tok.is(c::PREPOSITION) || tok.is(c::OBLIQUE) && tok.is(c::DETERMINER | c::POSSESSIVE) {
            return true;
        }
        let passes = tok.is(c::DETERMINER | c::POSSESSIVE | c::MODIFIER)
            || tok.shape == Shape::Lower && tok.classes == 0 && !page.words(before).ends_with("ed");
        if !passes {
            return false;
        }
        at = before;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::{ENGLISH, GERMAN, Lexicon};
    use super::Page;

    /// The sentences of the narrative, `Q` for a region.
    fn check(text: &str, expected: &[&str]) {
        check_in(&ENGLISH, text, expected);
    }

    fn check_in(lexicon: &'static Lexicon, text: &str, expected: &[&str]) {
        let page = Page::read(text, lexicon);
        let mut found: Vec<Vec<String>> = Vec::new();
        let (mut sentence, mut region) = (u32::MAX, super::NONE);
        for (at, tok) in (0..).zip(&page.toks) {
            if tok.sentence != sentence {
                found.push(Vec::new());
                sentence = tok.sentence;
            }
            let Some(words) = found.last_mut() else { continue };
            if tok.narrative() {
                words.push(page.words(at).to_owned());
            } else if tok.region != region {
                words.push("Q".to_owned());
            }
            region = tok.region;
        }
        let found: Vec<String> = found.iter().map(|words| words.join(" ")).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn sentences_of_the_narrative_run_across_quotations() {
        check(
            "\"We left,\" said Lind. \"It rained.\" Then Mr. Orr spoke.",
            &["Q said Lind .", "Q", "Then Mr . Orr spoke ."],
        );
        check("\"Why?\" Orr asked. \"Go!\" He went.", &["Q Orr asked .", "Q", "He went ."]);
        check("She said the U.S. envoy left. It rained.", &["She said the U.S. envoy left .", "It rained ."]);
        check(
            "J. R. Castell spoke at 5 p.m. Friday. \"No,\" he said",
            &["J . R . Castell spoke at 5 p.m . Friday .", "Q he said"],
        );
    }

    #[test]
    fn a_german_ordinal_ends_no_sentence() {
        check_in(&GERMAN, "Am 5. August ging Lind. Es regnete.", &["Am 5 . August ging Lind .", "Es regnete ."]);
        check_in(&GERMAN, "Lind nannte Karl II. „klug“.", &["Lind nannte Karl II . Q ."]);
        check_in(&GERMAN, "Das war im Jahr 1984. Es regnete.", &["Das war im Jahr 1984 .", "Es regnete ."]);
        check("It was Day 5. Lind left.", &["It was Day 5 .", "Lind left ."]);
    }
}
