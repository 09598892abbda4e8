//! Where the sentences of a text begin.
//!
//! A sentence ends at `.`, `!` or `?` (with the marks that close there) where white space follows and then anything but a
//! small letter; a full stop behind an abbreviation, an initial or, in German, an ordinal ends none. It knows neither
//! quotations nor paragraphs.

use std::collections::HashSet;
use std::sync::LazyLock;

use memchr::memchr3;

static ABBREVIATIONS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("abbreviations.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});

/// The first byte of each sentence but the first, in order; `german` where numbers with a full stop are ordinals.
pub fn sentence_starts(text: &str, german: bool) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut at = 0;
    while let Some(found) = text.as_bytes().get(at..).and_then(|rest| memchr3(b'.', b'!', b'?', rest)) {
        let sign = at + found;
        at = sign + 1;
        let Some(start) = next_start(text, at) else { continue };
        if text.as_bytes().get(sign) == Some(&b'.') && stands_for_a_word(text.get(..sign).unwrap_or_default(), german) {
            continue;
        }
        starts.push(start);
        at = start;
    }
    starts
}

/// Where a sentence begins behind a sign that stands right before `at`: behind what closes and white space, at what is no
/// small letter.
fn next_start(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let closed = rest.trim_start_matches(|c: char| matches!(c, '.' | '!' | '?') || closes(c));
    // Between the pieces of a split quotation stands `…`.
    let start = closed.trim_start().trim_start_matches(|c: char| c == '…' || c.is_whitespace());
    if !closed.starts_with(char::is_whitespace) {
        return None;
    }
    let first = start.trim_start_matches(opens).chars().next()?;
    (first.is_alphanumeric() && !first.is_lowercase()).then(|| text.len() - start.len())
}

fn closes(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '“' | '’' | '»' | '«' | ')' | ']')
}

fn opens(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '„' | '‘' | '»' | '«' | '(' | '[' | '¿' | '¡' | '-' | '–' | '—' | '*')
}

/// Whether the full stop behind `before` belongs to its last word.
fn stands_for_a_word(before: &str, german: bool) -> bool {
    // The longest abbreviation is far shorter.
    let from = before.char_indices().rev().take(16).last().map_or(0, |(at, _)| at);
    let near = before.get(from..).unwrap_or_default();
    let word =
        near.rsplit(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '\'' | '’'))).next().unwrap_or_default();
    let last = word.rsplit('.').next().unwrap_or_default();
    if last.is_empty() {
        return false;
    }
    let letters = last.chars().count();
    let number = last.bytes().all(|b| b.is_ascii_digit());
    let initial = letters == 1 && !number && last != "I";
    initial || german && number && letters <= 2 || ABBREVIATIONS.contains(last.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sentences, with `|` between them.
    fn check(expected: &str, german: bool) {
        let text = expected.replace('|', "");
        let mut shown = String::new();
        let mut from = 0;
        for start in sentence_starts(&text, german) {
            shown.push_str(text.get(from..start).expect("on a character"));
            shown.push('|');
            from = start;
        }
        shown.push_str(text.get(from..).expect("on a character"));
        assert_eq!(shown, expected);
    }

    #[test]
    fn sentences_begin_where_they_do() {
        check("", false);
        check("One. |Two! |Three? |Four", false);
        check("He said so. |“Nobody else did.” |Then he left.", false);
        check("“Go on.” he said. |“Why?” |She laughed.", false);
        check("Mr. Osei met J. Lund of the U.S. Senate. |They spoke.", false);
        check("On Sept. 3 he paid $3.5 million. |42 came.", false);
        check("It was me, I. |No. 5 came in vol. 2 of it.", false);
        check("Am 3. März kam er. |Dr. Lund ging.", true);
        check("He was 42. |She was 41.", false);
        check("It was Kerry’s. |He knew.", false);
        check("What?! |Yes... |No... not so.", false);
        check("We sail. … |Then we rest. … and sleep.", false);
    }
}
