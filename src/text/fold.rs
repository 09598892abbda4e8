//! Which letters are the same: case, accents, ligatures and apostrophes fold.
//!
//! It sees one word at a time, and does not know where words begin and end.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longer words are cut here (bytes, after folding), in texts and in queries alike.
pub(super) const LONGEST: usize = 96;

const DIAERESIS: char = '\u{308}';

pub(super) fn has_umlaut(word: &str) -> bool {
    !word.is_ascii() && word.contains(['ä', 'ö', 'ü', 'Ä', 'Ö', 'Ü', DIAERESIS])
}

/// The word with `e` behind the letter for each umlaut, where it has one.
pub(super) fn spelt_out(word: &str) -> Option<String> {
    if !has_umlaut(word) {
        return None;
    }
    let mut spelt = String::with_capacity(word.len() + 4);
    for c in word.chars() {
        match c {
            'ä' | 'Ä' => spelt.push_str("ae"),
            'ö' | 'Ö' => spelt.push_str("oe"),
            'ü' | 'Ü' => spelt.push_str("ue"),
            DIAERESIS if spelt.ends_with(['a', 'o', 'u', 'A', 'O', 'U']) => spelt.push('e'),
            _ => spelt.push(c),
        }
    }
    Some(spelt)
}

pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2BC}' | '\u{FF07}')
}

/// Belongs to the word that it stands in, and is not heard.
pub(super) fn is_silent(c: char) -> bool {
    !c.is_ascii() && (is_combining_mark(c) || matches!(c, '\u{AD}' | '\u{200C}' | '\u{200D}' | '\u{2060}'))
}

/// The text with the letters of other alphabets than ASCII's folded, as words are; all else stays, capitals too.
pub fn fold_letters(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match c.is_ascii() {
            true => folded.push(c),
            false => fold_into(c.encode_utf8(&mut [0; 4]), false, &mut folded),
        }
    }
    folded
}

/// Folds case, accents, ligatures and apostrophes; of initials the full stops are dropped.
pub(super) fn fold_into(word: &str, initials: bool, into: &mut String) {
    for c in word.chars() {
        if into.len() >= LONGEST {
            break;
        }
        match c {
            '.' if initials => {}
            _ if c.is_ascii() => into.push(c.to_ascii_lowercase()),
            _ if is_apostrophe(c) => into.push('\''),
            '\u{2010}' | '\u{2011}' => into.push('-'),
            '\u{AC00}'..='\u{D7A3}' => into.push(c),
            _ => c.nfkd().flat_map(char::to_lowercase).for_each(|c| fold_letter(c, into)),
        }
    }
}

/// The letters that Unicode does not take apart.
fn fold_letter(c: char, into: &mut String) {
    match c {
        '\u{300}'..='\u{36F}' | '\u{AD}' | '\u{200C}' | '\u{200D}' | '\u{2060}' => {}
        'ß' => into.push_str("ss"),
        'æ' => into.push_str("ae"),
        'œ' => into.push_str("oe"),
        'þ' => into.push_str("th"),
        'ø' => into.push('o'),
        'đ' | 'ð' => into.push('d'),
        'ł' => into.push('l'),
        'ħ' => into.push('h'),
        'ı' => into.push('i'),
        'ς' => into.push('σ'),
        '\u{2044}' => into.push('/'),
        _ => into.push(c),
    }
}
