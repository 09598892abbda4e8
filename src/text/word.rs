//! Words, numbers and punctuation of a text, with their places.
//!
//! Every byte that is not white space belongs to exactly one token. A possessive ending is a token of its
//! own (`Kerry` + `'s`), so that a name is found whatever hangs on it. This module knows shapes, not
//! meanings: what a word is for is looked up elsewhere.

/// One token: a byte range of the text and the shape of what stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Its shape.
    pub shape: Shape,
    /// Whether white space (or the start of the text) stands before it.
    pub spaced: bool,
}

/// The shape of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A word in lower case.
    Lower,
    /// A word with a capital first letter.
    Capital,
    /// A word of two or more letters, all capitals.
    Upper,
    /// One capital letter, an initial perhaps; a full stop after it belongs to it.
    Initial,
    /// A number, with its signs and separators inside.
    Number,
    /// `'s` or `’s`, or the bare apostrophe of a plural, behind a word.
    Possessive,
    /// Any other character; the byte is its ASCII value, or that of the nearest ASCII relative
    /// (`-` for all dashes, `"` and `'` for quotation marks, `.` for an ellipsis), or 0.
    Sign(u8),
}

impl Shape {
    /// Whether it is a word of any case.
    #[inline]
    pub fn is_word(self) -> bool {
        matches!(self, Self::Lower | Self::Capital | Self::Upper | Self::Initial)
    }

    /// Whether it is a word that begins with a capital.
    #[inline]
    pub fn is_capital(self) -> bool {
        matches!(self, Self::Capital | Self::Upper | Self::Initial)
    }
}

/// Gives the tokens of `text` in order to `take`; places are counted from `offset`. A text of 4 GiB or more has none.
pub fn tokens(text: &str, offset: usize, mut take: impl FnMut(Token)) {
    if u32::try_from(offset.saturating_add(text.len())).is_err() {
        return;
    }
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut spaced = true;
    while let Some(&byte) = bytes.get(at) {
        let class = CLASS[byte as usize];
        if class == SPACE {
            at += 1;
            spaced = true;
            continue;
        }
        let (end, shape) = match class {
            LETTER => plain_word(bytes, at).unwrap_or_else(|| word(text, at)),
            DIGIT => word(text, at),
            SIGN => match possessive(bytes, at, spaced) {
                Some(end) => (end, Shape::Possessive),
                None => (at + 1, Shape::Sign(byte)),
            },
            _ => {
                let Some(ch) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
                if ch.is_whitespace() || ch == '\u{200b}' || ch == '\u{feff}' {
                    at += ch.len_utf8();
                    spaced = true;
                    continue;
                }
                if ch.is_alphanumeric() {
                    word(text, at)
                } else if let Some(end) = possessive(bytes, at, spaced) {
                    (end, Shape::Possessive)
                } else {
                    (at + ch.len_utf8(), Shape::Sign(relative(ch)))
                }
            }
        };
        take(Token { start: place(offset + at), end: place(offset + end), shape, spaced });
        // What stands next is most often a blank.
        spaced = bytes.get(end) == Some(&b' ');
        at = end + usize::from(spaced);
    }
}

/// ASCII letters in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Letters {
    /// How many.
    pub length: usize,
    /// Whether a capital is among them.
    pub capital: bool,
    /// Whether a small one is among them.
    pub small: bool,
}

/// The ASCII letters that stand in a row from `start` on.
#[inline]
pub fn letters(bytes: &[u8], start: usize) -> Letters {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * EACH;
    let mut at = start;
    let (mut capital, mut small) = (0, 0);
    // Eight bytes at a time, each on its own: the sums never carry over, as the highest bit of each byte is kept out of them.
    while let Some(chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let chunk = u64::from_le_bytes(*chunk);
        let lower = (chunk | (0x20 * EACH)) & !HIGH;
        let from_a = lower + u64::from(0x80 - b'a') * EACH;
        let behind_z = lower + u64::from(0x80 - b'z' - 1) * EACH;
        let others = !(from_a & !behind_z & !chunk) & HIGH;
        // The highest bits of the bytes before the first other one, and the bit that is the case, moved there.
        let row = HIGH & (others & others.wrapping_neg()).wrapping_sub(1);
        capital |= !(chunk << 2) & row;
        small |= (chunk << 2) & row;
        if others != 0 {
            at += (others.trailing_zeros() / 8) as usize;
            return Letters { length: at - start, capital: capital != 0, small: small != 0 };
        }
        at += 8;
    }
    let (mut capital, mut small) = (capital != 0, small != 0);
    while let Some(byte) = bytes.get(at).filter(|byte| byte.is_ascii_alphabetic()) {
        capital |= byte.is_ascii_uppercase();
        small |= byte.is_ascii_lowercase();
        at += 1;
    }
    Letters { length: at - start, capital, small }
}

/// A word of ASCII letters and nothing behind them that could be a part of it, as most are: where it ends, and its shape.
#[inline]
fn plain_word(bytes: &[u8], start: usize) -> Option<(usize, Shape)> {
    let row = letters(bytes, start);
    let end = start + row.length;
    let ends = match bytes.get(end) {
        None => true,
        Some(b'.') => row.length > 1,
        Some(&byte) => ENDS_WORD[byte as usize],
    };
    if !ends {
        return None;
    }
    let first = bytes.get(start).is_some_and(u8::is_ascii_uppercase);
    let shape = match (row.capital, row.small) {
        (false, _) => Shape::Lower,
        (true, false) if row.length == 1 => Shape::Initial,
        (true, false) => Shape::Upper,
        (true, true) if first => Shape::Capital,
        (true, true) => Shape::Lower,
    };
    Some((end, shape))
}

/// Which bytes are never a part of a word of letters.
const ENDS_WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0u8;
    loop {
        let inside = matches!(byte, b'.' | b'-' | b'\'' | b'&');
        table[byte as usize] = matches!(CLASS[byte as usize], SPACE | SIGN) && !inside;
        if byte == u8::MAX {
            break table;
        }
        byte += 1;
    }
};

/// A place that is known to fit: `tokens` has checked the end of the text.
fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

const SPACE: u8 = 0;
const LETTER: u8 = 1;
const DIGIT: u8 = 2;
const SIGN: u8 = 3;
const WIDE: u8 = 4;

const CLASS: [u8; 256] = {
    let mut table = [SIGN; 256];
    let mut byte = 0u8;
    loop {
        table[byte as usize] = match byte {
            b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            b'0'..=b'9' => DIGIT,
            0..=b' ' | 127 => SPACE,
            128..=255 => WIDE,
            _ => SIGN,
        };
        if byte == u8::MAX {
            break;
        }
        byte += 1;
    }
    table
};

fn relative(ch: char) -> u8 {
    match ch {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => b'-',
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => b'"',
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | '′' => b'\'',
        '…' => b'.',
        '•' | '·' => b'*',
        _ => 0,
    }
}

/// The apostrophe at `at`, and its length in bytes: `'` or `’`.
fn apostrophe(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at) {
        Some(b'\'') => Some(1),
        Some(0xe2) if bytes.get(at + 1) == Some(&0x80) && bytes.get(at + 2) == Some(&0x99) => Some(3),
        _ => None,
    }
}

fn letter_at(bytes: &[u8], at: usize) -> bool {
    bytes
        .get(at)
        .is_some_and(|&b| matches!(CLASS[b as usize], LETTER) || b >= 0xc3 && !matches!(b, 0xe2 | 0xe3 | 0xef | 0xf0))
}

fn possessive(bytes: &[u8], at: usize, spaced: bool) -> Option<usize> {
    if spaced {
        return None;
    }
    let mark = apostrophe(bytes, at)?;
    let s = matches!(bytes.get(at + mark), Some(b's' | b'S'));
    let after = at + mark + usize::from(s);
    let ends = !letter_at(bytes, after) && !bytes.get(after).is_some_and(u8::is_ascii_digit);
    (s && ends).then_some(after)
}

/// The word or number that begins at `start`: where it ends, and its shape.
fn word(text: &str, start: usize) -> (usize, Shape) {
    let bytes = text.as_bytes();
    let (mut at, mut letters, mut uppers, mut digits, mut dotted) = (start, 0u32, 0u32, 0u32, true);
    let mut first_upper = false;
    while let Some(&byte) = bytes.get(at) {
        match CLASS[byte as usize] {
            LETTER => {
                let upper = byte.is_ascii_uppercase();
                first_upper |= upper && letters + digits == 0;
                uppers += u32::from(upper);
                letters += 1;
                at += 1;
            }
            DIGIT => {
                digits += 1;
                at += 1;
            }
            SIGN => {
                let next = letter_at(bytes, at + 1);
                let number = bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
                match byte {
                    b'-' if next || number => dotted = false,
                    b'\'' if next && possessive(bytes, at, false).is_none() => dotted = false,
                    b'.' if dotted && next && letters > 0 && single_before(bytes, start, at) => {}
                    b'.' | b',' if digits > 0 && number && letters == 0 => {}
                    b'.' if letters > 1 && single_before(bytes, start, at) && dotted && uppers == letters => {
                        at += 1;
                        break;
                    }
                    b'&' if uppers > 0
                        && uppers == letters
                        && bytes.get(at + 1).is_some_and(u8::is_ascii_uppercase) => {}
                    _ => break,
                }
                at += 1;
            }
            WIDE => {
                if let Some(mark) = apostrophe(bytes, at) {
                    if letter_at(bytes, at + mark) && possessive(bytes, at, false).is_none() {
                        at += mark;
                        dotted = false;
                        continue;
                    }
                    break;
                }
                let Some(ch) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
                if !ch.is_alphanumeric() && !('\u{300}'..='\u{36f}').contains(&ch) && ch != '\u{ad}' {
                    break;
                }
                let upper = ch.is_uppercase();
                first_upper |= upper && letters + digits == 0;
                uppers += u32::from(upper);
                letters += 1;
                at += ch.len_utf8();
            }
            _ => break,
        }
    }
    let shape = match (letters, digits) {
        (0, _) => Shape::Number,
        (l, d) if d > l => Shape::Number,
        (1, _) if first_upper => Shape::Initial,
        (l, _) if l == uppers => Shape::Upper,
        _ if first_upper => Shape::Capital,
        _ => Shape::Lower,
    };
    (at, shape)
}

/// Whether the letter before `at` stands alone: `U.S`, where the full stop at `at` belongs to the word.
fn single_before(bytes: &[u8], start: usize, at: usize) -> bool {
    let before = at.checked_sub(2).filter(|&i| i >= start).and_then(|i| bytes.get(i));
    at > start && bytes.get(at - 1).is_some_and(u8::is_ascii_alphabetic) && before.is_none_or(|&b| b == b'.')
}

#[cfg(test)]
mod tests {
    use super::{Letters, Shape, letters, tokens};

    fn check(text: &str, expected: &[&str]) {
        let mut found = Vec::new();
        tokens(text, 0, |token| found.push(token));
        let words: Vec<&str> =
            found.iter().map(|t| text.get(t.start as usize..t.end as usize).expect("whole characters")).collect();
        assert_eq!(words, expected, "{text:?}");
    }

    #[test]
    fn words_keep_what_is_inside_them() {
        check("Kerry's aides said", &["Kerry", "'s", "aides", "said"]);
        check("O’Neill don’t", &["O’Neill", "don’t"]);
        check("the U.S. and U.N.-led talks", &["the", "U.S.", "and", "U.N.", "-", "led", "talks"]);
        check("counter-ISIL, al-Assad", &["counter-ISIL", ",", "al-Assad"]);
        check("1,000 at 5.93", &["1,000", "at", "5.93"]);
        check("end. Next", &["end", ".", "Next"]);
        check("AT&T J. R. Castell", &["AT&T", "J", ".", "R", ".", "Castell"]);
        check("naïve Müller—yes", &["naïve", "Müller", "—", "yes"]);
        check("the workers' rights", &["the", "workers", "'", "rights"]);
    }

    #[test]
    fn shapes_tell_case() {
        let mut found = Vec::new();
        tokens("he Kerry NATO J 5th 'x", 0, |token| found.push(token));
        let shapes: Vec<Shape> = found.iter().map(|t| t.shape).collect();
        use Shape::{Capital, Initial, Lower, Sign, Upper};
        assert_eq!(shapes, [Lower, Capital, Upper, Initial, Lower, Sign(b'\''), Lower]);
    }

    #[test]
    fn letters_stand_in_a_row() {
        let of = |length, capital, small| Letters { length, capital, small };
        let row = |text: &str| letters(text.as_bytes(), 0);
        assert_eq!(row("Harbour of Lind"), of(7, true, true));
        assert_eq!(row("HARBOURMASTER of Lind"), of(13, true, false));
        assert_eq!(row("harbourmasters"), of(14, false, true));
        assert_eq!(row("NO"), of(2, true, false));
        assert_eq!(row(""), of(0, false, false));
        // Every byte on its own and behind letters.
        for byte in 0..=u8::MAX {
            let (capital, small) = (byte.is_ascii_uppercase(), byte.is_ascii_lowercase());
            let one = usize::from(capital || small);
            assert_eq!(letters(&[byte, b'!', b'a', b'A', 0xff, 0, 1, 2], 0), of(one, capital, small), "{byte}");
            assert_eq!(letters(&[b'a', b'z', byte, b'@', b'A', 0xff, 0, 1], 0), of(2 + one, capital, true), "{byte}");
            assert_eq!(
                letters(&[b'A', b'Z', b'A', b'Z', b'A', b'Z', b'A', byte], 0),
                of(7 + one, true, small),
                "{byte}"
            );
        }
    }
}
