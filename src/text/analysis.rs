//! What counts as a word, and which spellings of it are the same: one analysis for what is indexed, for what
//! is asked, and for what is marked on the screen.
//!
//! Case and accents fold (`Müller` is `muller`), apostrophes are letters (`O'Neill`), dotted initials are one
//! word (`U.S.` is `us`), a compound is found whole and by its parts (`counter-ISIL`), a possessive also without
//! its ending (`Kerry's`, `Kerry`), an umlaut also as it is written without one (`Müller` is `mueller`, too), and a word that is
//! short and in capitals also as such (`US`, which is `us`, too). It knows no language: stemming is not its business, and
//! neither is any index.

use std::collections::VecDeque;

use unicode_segmentation::UnicodeSegmentation;

use super::fold::{LONGEST, fold_into, has_umlaut, is_apostrophe, is_silent, spelt_out};
use super::word::letters;

/// Raised whenever the same text may give other words than before: an index remembers by which it was made.
pub const VERSION: u32 = 3;

/// A compound of more parts than this (a torn table, an address) is found by its parts only.
const MOST_PARTS: usize = 8;

/// A word in capitals of so many letters is one also as such: those that letters stand for words in are, and words that are
/// shouted mostly are not.
const CAPITALS: std::ops::RangeInclusive<usize> = 2..=4;

/// Before such a word, so that it is no other: no word begins with it, or with a sign behind it up to the first letters.
const CAPITAL: char = '\u{1}';

/// How a word stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// As itself.
    Plain,
    /// As a whole compound, whose parts follow from the same position on.
    Whole,
    /// Without the `'s` that it has in the text, at the position of the full form.
    Bare,
    /// With `ae`, `oe`, `ue` for its umlauts, without a possessive ending, at the position of the full form.
    Spelt,
    /// As one that is written in capitals (`US`, `U.S.`), without a possessive ending, at the position of the full form.
    Capitals,
}

/// One word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Folded.
    pub text: String,
    /// Its place in the order of words, from 0.
    pub position: u32,
    /// Its first byte in the text.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// How it stands there.
    pub form: Form,
}

/// All words of `text`, in order.
pub fn words(text: &str) -> Words<'_> {
    Words { text, at: 0, position: 0, ready: VecDeque::new(), parts: Vec::new() }
}

/// The words that a query for `text` asks for, each with its position: compounds by their parts, possessives in full.
pub fn asked(text: &str) -> Vec<(u32, String)> {
    words(text).filter(|word| word.form == Form::Plain).map(|word| (word.position, word.text)).collect()
}

/// The same with all spellings of each word: the folded one first, then that with `ae` for an umlaut that was typed.
pub fn asked_spellings(text: &str) -> Vec<(u32, Vec<String>)> {
    let mut asked: Vec<(u32, Vec<String>)> = Vec::new();
    for word in words(text) {
        match (word.form, asked.last_mut()) {
            (Form::Plain, _) => asked.push((word.position, vec![word.text])),
            (Form::Spelt, Some((position, spellings))) if *position == word.position => spellings.push(word.text),
            _ => {}
        }
    }
    asked
}

/// Whether it stands for a word in capitals, and is none itself.
pub fn is_capitals(word: &str) -> bool {
    word.starts_with(CAPITAL)
}

/// The words of a text, one after another.
#[derive(Clone, Debug)]
pub struct Words<'a> {
    text: &'a str,
    at: usize,
    position: u32,
    ready: VecDeque<Place>,
    parts: Vec<Part>,
}

/// A word that has been found but not yet folded.
#[derive(Clone, Copy, Debug)]
struct Place {
    start: usize,
    end: usize,
    position: u32,
    form: Form,
    initials: bool,
}

/// A part of what may turn out to be a compound.
#[derive(Clone, Copy, Debug)]
struct Part {
    start: usize,
    end: usize,
    /// One letter or digit.
    single: bool,
    /// A full stop joins it to the part before it.
    dotted: bool,
    /// Letters with full stops between them.
    initials: bool,
    /// It holds letters of a script that may set no spaces between words.
    unspaced: bool,
}

impl Words<'_> {
    /// The next word, folded into `into` in place of what was there: a walk that allocates nothing.
    /// Gives its position, its bytes in the text, and its form.
    pub fn next_into(&mut self, into: &mut String) -> Option<(u32, usize, usize, Form)> {
        while self.ready.is_empty() {
            if let Some(word) = self.plain(into) {
                return Some(word);
            }
            self.find()?;
        }
        let place = self.ready.pop_front()?;
        into.clear();
        let word = self.text.get(place.start..place.end).unwrap_or_default();
        fold_as(word, place, into);
        Some((place.position, place.start, place.end, place.form))
    }

    /// The next word, where it is of ASCII letters alone and clearly stands by itself: most do, and need no closer look.
    fn plain(&mut self, into: &mut String) -> Option<(u32, usize, usize, Form)> {
        let bytes = self.text.as_bytes();
        let apart = |byte: &u8| byte.is_ascii() && !byte.is_ascii_alphanumeric();
        while bytes.get(self.at).is_some_and(apart) {
            self.at += 1;
        }
        let start = self.at;
        let end = start + letters(bytes, start).length;
        let alone = match bytes.get(end) {
            None => true,
            Some(b'\'') => false,
            Some(joint) if joins(char::from(*joint)) => bytes.get(end + 1).is_none_or(apart),
            Some(other) => apart(other),
        };
        if end == start || !alone {
            return None;
        }
        into.clear();
        into.push_str(self.text.get(start..end.min(start + LONGEST))?);
        if CAPITALS.contains(&into.len()) && into.bytes().all(|byte| byte.is_ascii_uppercase()) {
            let (form, position) = (Form::Capitals, self.position);
            self.ready.push_back(Place { start, end, position, form, initials: false });
        }
        into.make_ascii_lowercase();
        (self.at, self.position) = (end, self.position + 1);
        Some((self.position - 1, start, end, Form::Plain))
    }

    /// Finds the next compound or single word and makes it ready.
    fn find(&mut self) -> Option<()> {
        while !self.char_at(self.at)?.is_alphanumeric() {
            self.at += self.char_at(self.at)?.len_utf8();
        }
        self.parts.clear();
        let mut dotted = false;
        loop {
            let part = self.read_part(dotted);
            self.parts.push(part);
            let Some(joint) = self.char_at(self.at).filter(|&c| joins(c)) else { break };
            let next = self.at + joint.len_utf8();
            if !self.char_at(next).is_some_and(char::is_alphanumeric) {
                break;
            }
            dotted = joint == '.';
            self.at = next;
        }
        self.gather_initials();
        self.split_unspaced();
        self.make_ready();
        Some(())
    }

    /// Reads a run of letters, digits and marks, with the apostrophes and the number points inside it.
    fn read_part(&mut self, dotted: bool) -> Part {
        let start = self.at;
        let (mut letters, mut unspaced, mut digit) = (0, false, false);
        while let Some(c) = self.char_at(self.at) {
            let next = self.at + c.len_utf8();
            if c.is_alphanumeric() {
                letters += 1;
                unspaced |= is_unspaced(c);
                digit = c.is_ascii_digit();
            } else if is_apostrophe(c) {
                if !self.char_at(next).is_some_and(char::is_alphanumeric) {
                    break;
                }
                (letters, digit) = (letters + 1, false);
            } else if matches!(c, '.' | ',') {
                if !(digit && self.char_at(next).is_some_and(|c| c.is_ascii_digit())) {
                    break;
                }
                letters += 1;
            } else if !is_silent(c) {
                break;
            }
            self.at = next;
        }
        let word = self.text.get(start..self.at).unwrap_or_default();
        let single = match without_possessive(word) {
            Some(bare) => letters <= 3 && bare.chars().filter(|&c| !is_silent(c)).count() == 1,
            None => letters == 1 && !digit,
        };
        Part { start, end: self.at, single, dotted, initials: false, unspaced }
    }

    /// Makes one part of single letters with full stops between them.
    fn gather_initials(&mut self) {
        if !self.parts.iter().any(|part| part.dotted) {
            return;
        }
        let mut kept: Vec<Part> = Vec::with_capacity(self.parts.len());
        for &part in &self.parts {
            match kept.last_mut() {
                Some(last) if part.dotted && part.single && last.single => {
                    last.end = part.end;
                    last.initials = true;
                }
                _ => kept.push(part),
            }
        }
        self.parts = kept;
    }

    /// Cuts the parts whose script may set no spaces by Unicode's rules.
    fn split_unspaced(&mut self) {
        if !self.parts.iter().any(|part| part.unspaced) {
            return;
        }
        let mut kept = Vec::with_capacity(self.parts.len());
        for &part in &self.parts {
            if !part.unspaced {
                kept.push(part);
                continue;
            }
            let words = self.text.get(part.start..part.end).unwrap_or_default().unicode_word_indices();
            kept.extend(words.map(|(offset, word)| {
                let start = part.start + offset;
                Part { start, end: start + word.len(), ..part }
            }));
        }
        self.parts = kept;
    }

    fn make_ready(&mut self) {
        let compound = 2..=MOST_PARTS;
        if let (Some(first), Some(last)) = (self.parts.first(), self.parts.last())
            && compound.contains(&self.parts.len())
            && !self.parts.iter().any(|part| part.unspaced)
        {
            let (start, end, position) = (first.start, last.end, self.position);
            let place = Place { start, end, position, form: Form::Whole, initials: false };
            self.ready.push_back(place);
            if let Some(bare) = self.text.get(start..end).and_then(without_possessive) {
                self.ready.push_back(Place { end: start + bare.len(), ..place });
            }
        }
        for part in &self.parts {
            let &Part { start, end, initials, .. } = part;
            let place = Place { start, end, position: self.position, form: Form::Plain, initials };
            self.ready.push_back(place);
            let word = self.text.get(start..end).unwrap_or_default();
            let bare = without_possessive(word);
            if let Some(bare) = bare {
                self.ready.push_back(Place { end: start + bare.len(), form: Form::Bare, ..place });
            }
            if has_umlaut(word) {
                let end = start + bare.unwrap_or(word).len();
                self.ready.push_back(Place { end, form: Form::Spelt, ..place });
            }
            if in_capitals(bare.unwrap_or(word), initials) {
                let end = start + bare.unwrap_or(word).len();
                self.ready.push_back(Place { end, form: Form::Capitals, ..place });
            }
            self.position += 1;
        }
    }

    fn char_at(&self, at: usize) -> Option<char> {
        match *self.text.as_bytes().get(at)? {
            byte if byte.is_ascii() => Some(char::from(byte)),
            _ => self.text.get(at..)?.chars().next(),
        }
    }
}

impl Iterator for Words<'_> {
    type Item = Word;

    fn next(&mut self) -> Option<Word> {
        let mut text = String::new();
        let (position, start, end, form) = self.next_into(&mut text)?;
        Some(Word { text, position, start, end, form })
    }
}

/// Whether it is written in capitals and as short as what letters stand for words in; `initials` may have more.
fn in_capitals(word: &str, initials: bool) -> bool {
    let letters = word.chars().filter(|&c| c != '.' && !is_silent(c));
    let count = letters.clone().count();
    (CAPITALS.contains(&count) || initials && count > *CAPITALS.end()) && letters.clone().all(char::is_uppercase)
}

/// The word without a possessive ending, where it has one and something is left.
fn without_possessive(word: &str) -> Option<&str> {
    let bare = word.strip_suffix(['s', 'S'])?;
    let bare = bare.strip_suffix(is_apostrophe)?;
    (!bare.is_empty()).then_some(bare)
}

/// Joins two parts to a compound where letters stand on both sides.
fn joins(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '.' | '&' | '/' | '_')
}

/// Letters from Thai on upwards, without the Latin and Greek ones there.
fn is_unspaced(c: char) -> bool {
    !matches!(c, '\0'..='\u{DFF}' | '\u{10A0}'..='\u{10FF}' | '\u{1E00}'..='\u{1FFF}' | '\u{2C60}'..='\u{2DFF}' | '\u{A720}'..='\u{A7FF}' | '\u{FB00}'..='\u{FDFF}')
}

/// Folds a word as it is to stand at a place.
fn fold_as(word: &str, place: Place, into: &mut String) {
    if place.form == Form::Capitals {
        into.push(CAPITAL);
    }
    match spelt_out(word).filter(|_| place.form == Form::Spelt) {
        Some(spelt) => fold_into(&spelt, place.initials, into),
        None => fold_into(word, place.initials, into),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{CAPITAL, Form, asked, fold_as, words};

    /// Words as `position:text`, a whole compound with `+`, a bare form with `-` before it.
    fn shown(text: &str) -> String {
        let shown = words(text).map(|word| {
            let mark = match word.form {
                Form::Plain => "",
                Form::Whole => "+",
                Form::Bare => "-",
                Form::Spelt => "~",
                Form::Capitals => "^",
            };
            format!("{}:{mark}{}", word.position, word.text.trim_start_matches(CAPITAL))
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn texts_and_their_words() {
        let cases = [
            ("", ""),
            (" — … “” ", ""),
            ("The Cat", "0:the 1:cat"),
            (
                "Zelenskyy, Müller; São Ærø Straße Łódź İzmir",
                "0:zelenskyy 1:muller 1:~mueller 2:sao 3:aero 4:strasse 5:lodz 6:izmir",
            ),
            ("Mu\u{308}ller's caf\u{e9} cafe\u{301}", "0:muller's 0:-muller 0:~mueller 1:cafe 2:cafe"),
            ("O'Neill don’t", "0:o'neill 1:don't"),
            ("Kerry's KERRY’S Rangers' 'tis", "0:kerry's 0:-kerry 1:kerry's 1:-kerry 2:rangers 3:tis"),
            ("U.S. forces, the US, us", "0:us 0:^us 1:forces 2:the 3:us 3:^us 4:us"),
            ("NATO's HARBOUR ÖVP I G7 a.m.", "0:nato's 0:-nato 0:^nato 1:harbour 2:ovp 2:~oevp 2:^ovp 3:i 4:g7 5:am"),
            ("U.S.-led", "0:us 0:^us 1:led"),
            ("U.S.A's", "0:usa's 0:-usa 0:^usa"),
            ("counter-ISIL bid", "0:+counter-isil 0:counter 1:isil 1:^isil 2:bid"),
            ("counter\u{2011}ISIL", "0:+counter-isil 0:counter 1:isil 1:^isil"),
            ("al-Assad's", "0:+al-assad's 0:+al-assad 0:al 1:assad's 1:-assad"),
            ("1,000 5.93 3.5% 2,5-fold", "0:1,000 1:5.93 2:3.5 3:+2,5-fold 3:2,5 4:fold"),
            ("AT&T 9/11 9:30", "0:+at&t 0:at 0:^at 1:t 2:+9/11 2:9 3:11 4:9 5:30"),
            (
                "over.Then example.com Ph.D.",
                "0:+over.then 0:over 1:then 2:+example.com 2:example 3:com 4:+ph.d 4:ph 5:d",
            ),
            ("a - b -c d- e.", "0:a 1:b 2:c 3:d 4:e"),
            ("東京 ok", "0:東 1:京 2:ok"),
            ("co\u{ad}op ﬁn ½", "0:coop 1:fin 2:1/2"),
        ];
        for (text, expected) in cases {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn queries_ask_for_parts_and_full_forms() {
        let cases = [
            ("counter-ISIL", vec![(0, "counter"), (1, "isil")]),
            ("Kerry's", vec![(0, "kerry's")]),
            ("U.S.", vec![(0, "us")]),
            ("the U.S.-led bid", vec![(0, "the"), (1, "us"), (2, "led"), (3, "bid")]),
        ];
        for (text, expected) in cases {
            let expected: Vec<_> = expected.into_iter().map(|(position, word)| (position, word.to_owned())).collect();
            assert_eq!(asked(text), expected, "{text}");
        }
    }

    #[test]
    fn every_word_lies_where_it_says() {
        let text = "“Zürich’s U.S.A.-based café-owner,” 1,000.5 said.Then…東京タワー a.b.c's";
        for word in words(text) {
            assert!(text.get(word.start..word.end).is_some_and(|found| !found.is_empty()), "{word:?}");
        }
    }

    #[test]
    fn a_long_run_is_cut_and_stays_linear() {
        let long = "x".repeat(1 << 20);
        assert_eq!(words(&long).map(|word| word.text.len()).collect::<Vec<_>>(), [96]);
        assert_eq!(words(&"a.".repeat(1 << 16)).count(), 1);
        assert_eq!(words(&"ab-".repeat(1 << 16)).count(), 1 << 16);
    }

    /// The words as a walk finds them that looks closely at each.
    fn looked_at_closely(text: &str) -> Vec<(u32, usize, usize, Form, String)> {
        let (mut walk, mut found) = (words(text), Vec::new());
        while walk.find().is_some() {
            while let Some(place) = walk.ready.pop_front() {
                let mut word = String::new();
                fold_as(text.get(place.start..place.end).unwrap_or_default(), place, &mut word);
                found.push((place.position, place.start, place.end, place.form, word));
            }
        }
        found
    }

    proptest! {
        #[test]
        fn a_plain_word_is_what_a_closer_look_finds(text in "([aABs7'.,\\-&/_ \n’éü\u{301}東”]|said|Kerry's| the ){0,12}") {
            let all: Vec<_> = words(&text).map(|word| (word.position, word.start, word.end, word.form, word.text)).collect();
            prop_assert_eq!(all, looked_at_closely(&text));
        }
    }
}
