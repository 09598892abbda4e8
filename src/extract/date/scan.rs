//! A text as words and marks, each with its class: the one pass over all bytes.
//!
//! It knows letters, digits and marks. It does not know which words make a date.

use std::cell::Cell;

use super::super::room;
use super::Language;
use super::lexicon::{Class, Lexicon};
use crate::text::word::letters;

/// A word, a run of figures, or a mark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) class: Class,
    pub(super) flags: u8,
    pub(super) value: u16,
}

/// It begins with a capital.
pub(super) const CAPITAL: u8 = 1;
/// A holiday's name may begin with it.
pub(super) const HOLIDAY: u8 = 2;
/// White space stands before it.
pub(super) const SPACED: u8 = 4;
/// A line ends before it.
pub(super) const NEW_LINE: u8 = 8;
/// A date can begin with it.
pub(super) const BEGINS: u8 = 16;

impl Token {
    /// Whether it has this flag.
    pub(super) fn is(self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    /// Whether it is this mark.
    pub(super) fn is_mark(self, mark: u8) -> bool {
        self.class == Class::Mark && self.value == u16::from(mark)
    }

    /// Its value as a small number.
    pub(super) fn number(self) -> u32 {
        u32::from(self.value)
    }

    /// Its length in bytes.
    pub(super) fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it is a word (not figures, not a mark, not the end).
    pub(super) fn is_word(self) -> bool {
        !matches!(self.class, Class::Mark | Class::Gap | Class::Number | Class::Figures | Class::Junk | Class::Decade)
    }
}

/// The text and its tokens.
pub(super) struct Words<'a> {
    pub(super) text: &'a str,
    pub(super) language: Language,
    tokens: Vec<Token>,
}

thread_local! {
    /// Room for the tokens of the next text.
    static TOKENS: Cell<Vec<Token>> = const { Cell::new(Vec::new()) };
}

impl Drop for Words<'_> {
    fn drop(&mut self) {
        room::give_back(&TOKENS, std::mem::take(&mut self.tokens));
    }
}

/// What stands before the first token and after the last.
const OUTSIDE: Token = Token { start: 0, end: 0, class: Class::Gap, flags: 0, value: 0 };

impl<'a> Words<'a> {
    /// The tokens of `text`; of a text of 4 GiB or more, none.
    pub(super) fn of(text: &'a str, language: Language) -> Self {
        let mut scan = Scan {
            text,
            bytes: text.as_bytes(),
            language,
            lexicon: Lexicon::of(language),
            tokens: room::take(&TOKENS, text.len() / 4 + 16),
        };
        if u32::try_from(text.len()).is_ok() {
            scan.run();
        }
        Self { text, language, tokens: scan.tokens }
    }

    /// The token there; a gap outside the text.
    pub(super) fn at(&self, at: usize) -> Token {
        self.tokens.get(at).copied().unwrap_or(OUTSIDE)
    }

    /// The token `back` places before `at`; a gap outside the text.
    pub(super) fn before(&self, at: usize, back: usize) -> Token {
        at.checked_sub(back).map_or(OUTSIDE, |at| self.at(at))
    }

    /// The class of a token.
    pub(super) fn class(&self, at: usize) -> Class {
        self.at(at).class
    }

    /// The tokens from `start` on with which a date can begin.
    pub(super) fn beginnings(&self, start: usize) -> impl Iterator<Item = usize> {
        let tokens = self.tokens.get(start..).unwrap_or_default();
        tokens.iter().enumerate().filter(|(_, token)| token.is(BEGINS)).map(move |(at, _)| start + at)
    }

    /// The words of a token.
    pub(super) fn words(&self, at: usize) -> &'a str {
        let token = self.at(at);
        self.text.get(token.start as usize..token.end as usize).unwrap_or_default()
    }

    /// Whether a token is this word, in any case.
    pub(super) fn says(&self, at: usize, word: &str) -> bool {
        self.words(at).eq_ignore_ascii_case(word)
    }
}

struct Scan<'a> {
    text: &'a str,
    language: Language,
    bytes: &'a [u8],
    lexicon: &'static Lexicon,
    tokens: Vec<Token>,
}

/// What a byte begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Space,
    Letter,
    Digit,
    Mark,
    /// The lead byte of punctuation outside ASCII (general punctuation, no-break space), or of a letter.
    Lead,
}

const fn kind(byte: u8) -> Kind {
    match byte {
        0..=b' ' | 0x7f => Kind::Space,
        b'0'..=b'9' => Kind::Digit,
        b'a'..=b'z' | b'A'..=b'Z' | b'_' => Kind::Letter,
        0xC2 | 0xE2 => Kind::Lead,
        0x80.. => Kind::Letter,
        _ => Kind::Mark,
    }
}

const KINDS: [Kind; 256] = {
    let mut kinds = [Kind::Mark; 256];
    let mut byte = 0u8;
    loop {
        kinds[byte as usize] = kind(byte);
        if byte == 255 {
            break kinds;
        }
        byte += 1;
    }
};

/// What a character outside ASCII stands for: its length, and the mark that it is (a space for spaces), or `None` for a letter.
fn mark_outside_ascii(bytes: &[u8]) -> Option<(usize, u8)> {
    match bytes {
        [0xC2, 0xA0, ..] => Some((2, b' ')),
        [0xC2, 0xAB | 0xBB, ..] => Some((2, b'"')),
        [0xC2, 0xA2..=0xA5, ..] | [0xE2, 0x82, 0xAC, ..] => {
            Some((bytes.first().map_or(2, |lead| if *lead == 0xE2 { 3 } else { 2 }), b'$'))
        }
        [0xC2, ..] => Some((2, b'*')),
        [0xE2, 0x80, last, ..] => Some((
            3,
            match last {
                0x80..=0x8B | 0xA8 | 0xA9 | 0xAF => b' ',
                0x90..=0x95 => b'-',
                0x98..=0x9B | 0xB2 | 0xB9 | 0xBA => b'\'',
                0x9C..=0x9F | 0xB3 => b'"',
                0xA6 => b'.',
                _ => b'*',
            },
        )),
        [0xE2, ..] => Some((3, b'*')),
        _ => None,
    }
}

impl Scan<'_> {
    fn kind(&self, at: usize) -> Kind {
        self.bytes.get(at).map_or(Kind::Space, |byte| KINDS[usize::from(*byte)])
    }

    fn run(&mut self) {
        let (mut at, mut flags, mut lines) = (0, 0, 0);
        while let Some(byte) = self.bytes.get(at) {
            let start = at;
            match KINDS[usize::from(*byte)] {
                Kind::Space => {
                    flags |= SPACED;
                    lines += u32::from(*byte == b'\n');
                    if *byte == b'\n' {
                        flags |= NEW_LINE;
                        if lines == 2 {
                            self.push(start, start, Class::Gap, flags, 0);
                        }
                    }
                    at += 1;
                    continue;
                }
                Kind::Letter => at = self.word(start, flags),
                Kind::Digit => at = self.figures(start, flags),
                Kind::Mark => {
                    at += 1;
                    let byte = if *byte == b'`' { b'\'' } else { *byte };
                    if byte == b'\'' && self.kind(at) == Kind::Digit {
                        flags |= BEGINS;
                    }
                    self.push(start, at, Class::Mark, flags, u16::from(byte));
                }
                Kind::Lead => match mark_outside_ascii(self.bytes.get(at..).unwrap_or_default()) {
                    Some((length, b' ')) => {
                        flags |= SPACED;
                        at += length;
                        continue;
                    }
                    Some((length, mark)) => {
                        at += length;
                        if mark == b'\'' && self.kind(at) == Kind::Digit {
                            flags |= BEGINS;
                        }
                        self.push(start, at, Class::Mark, flags, u16::from(mark));
                    }
                    None => at = self.word(start, flags),
                },
            }
            (flags, lines) = (0, 0);
            // What stands next is most often a blank.
            if self.bytes.get(at) == Some(&b' ') {
                flags = SPACED;
                at += 1;
            }
        }
    }

    fn push(&mut self, start: usize, end: usize, class: Class, flags: u8, value: u16) {
        // The end of the text has been checked.
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        self.tokens.push(Token { start: place(start), end: place(end), class, flags, value });
    }

    /// Letters, and digits after letters ("Q3", "A380").
    fn word(&mut self, start: usize, mut flags: u8) -> usize {
        let mut digits = false;
        let mut end = start + letters(self.bytes, start).length;
        // Most words end here.
        while self.bytes.get(end) != Some(&b' ') {
            match self.kind(end) {
                Kind::Letter => {}
                Kind::Digit => digits = true,
                // Also a letter outside ASCII that begins a word.
                Kind::Lead if end == start => {}
                _ => break,
            }
            end += 1;
        }
        if self.bytes.get(start).is_some_and(u8::is_ascii_uppercase) {
            flags |= CAPITAL;
            // A code ("Q3", "FY2015").
            if digits && end - start <= 6 {
                flags |= BEGINS;
            }
        }
        let mut entry = self.lexicon.get(self.bytes, start, end);
        let german = self.language == Language::German;
        if german && entry.class == Class::Other && flags & CAPITAL != 0 && end - start > 9 {
            let compound = self.text.get(start..end).and_then(|word| self.lexicon.compound(word));
            entry = compound.unwrap_or(entry);
        }
        flags |= entry.flags;
        if flags & (HOLIDAY | CAPITAL) == HOLIDAY | CAPITAL {
            flags |= BEGINS;
        }
        self.push(start, end, entry.class, flags, entry.value);
        end
    }

    /// Digits, with what is glued to them: marks between digits, letters behind.
    fn figures(&mut self, start: usize, flags: u8) -> usize {
        let (mut at, mut number, mut plain) = (start, 0u32, true);
        loop {
            match self.kind(at) {
                Kind::Digit => {
                    if plain {
                        number = number.saturating_mul(10).saturating_add(u32::from(self.bytes[at] - b'0'));
                    }
                    at += 1;
                }
                Kind::Mark
                    if matches!(self.bytes[at], b'.' | b',' | b'/' | b'-' | b':')
                        && self.kind(at + 1) == Kind::Digit =>
                {
                    plain = false;
                    at += 1;
                }
                Kind::Lead if self.dash_and_digit(at) => {
                    plain = false;
                    at += 3;
                }
                _ => break,
            }
        }
        let mut end = at;
        while matches!(self.kind(end), Kind::Letter | Kind::Digit) {
            end += 1;
        }
        let behind = self.bytes.get(at..end).unwrap_or_default();
        let mut value = u16::try_from(number).unwrap_or(u16::MAX);
        let class = match behind {
            [] if plain => Class::Number,
            [] => Class::Figures,
            [b'T', b'0'..=b'9', ..] if !plain => Class::Figures,
            [b's' | b'n' | b'r' | b't' | b'S' | b'N' | b'R' | b'T', b't' | b'd' | b'h' | b'T' | b'D' | b'H']
                if plain =>
            {
                Class::Ordinal
            }
            // "the 2d of May" in old papers.
            [b'd'] if plain && matches!(number, 2 | 3 | 22 | 23) && self.language == Language::English => {
                Class::Ordinal
            }
            [b'e', b'r'] | [b'e', b'r', b'n']
                if self.language == Language::German && plain && number % 10 == 0 && matches!(at - start, 2 | 4) =>
            {
                Class::Decade
            }
            [b's' | b'S'] if plain && number % 10 == 0 && matches!(at - start, 2 | 4) => Class::Decade,
            _ => Class::Junk,
        };
        if class == Class::Figures {
            // Where the digits end and a time begins ("2015-09-18T10:00").
            value = u16::try_from(at - start).unwrap_or(0);
        }
        let flags = if class.begins_date() { flags | BEGINS } else { flags };
        self.push(start, end, class, flags, value);
        end
    }

    fn dash_and_digit(&self, at: usize) -> bool {
        matches!(self.bytes.get(at..at + 4), Some([0xE2, 0x80, 0x90..=0x95, b'0'..=b'9']))
    }
}
