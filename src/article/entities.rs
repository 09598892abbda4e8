//! HTML's character references (`&ldquo;`, `&#8220;`, `&#x201C;`) in titles and Markdown.
//!
//! Web pages do not need it: their parser resolves all of them.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

static NAMED: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let lines = include_str!("entities.txt").lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once(' '))
        .chain([("nbsp", " "), ("ensp", " "), ("emsp", " "), ("thinsp", " "), ("shy", ""), ("zwj", ""), ("zwnj", "")])
        .collect()
});

/// Windows-1252 under the numbers 128 to 159, which pages use as if they were characters.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The text with its references resolved.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(rest.get(..at).unwrap_or_default());
        let tail = rest.get(at..).unwrap_or_default();
        match reference(tail) {
            Some((length, Resolved::Char(c))) => {
                out.push(c);
                rest = tail.get(length..).unwrap_or_default();
            }
            Some((length, Resolved::Words(words))) => {
                out.push_str(words);
                rest = tail.get(length..).unwrap_or_default();
            }
            None => {
                out.push('&');
                rest = tail.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// What a reference stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Resolved {
    /// A character given by its number.
    Char(char),
    /// What a name stands for; nothing, for a soft hyphen.
    Words(&'static str),
}

/// The reference that `text` begins with (at its `&`): its length in bytes and what it stands for.
pub(super) fn reference(text: &str) -> Option<(usize, Resolved)> {
    let inner = text.strip_prefix('&')?;
    let end = inner.bytes().take(12).position(|b| b == b';')?;
    let name = inner.get(..end)?;
    let resolved = if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        match code {
            160 => Resolved::Char(' '),
            173 => Resolved::Words(""),
            128..160 => Resolved::Char(*WINDOWS.get(code as usize - 128)?),
            0..32 => Resolved::Char(' '),
            _ => Resolved::Char(char::from_u32(code)?),
        }
    } else {
        Resolved::Words(NAMED.get(name)?)
    };
    Some((end + 2, resolved))
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn references() {
        let check = |text: &str, expected: &str| assert_eq!(decode(text), expected);
        check("&ldquo;Yes&rdquo; &amp; &#8216;no&#x2019;", "“Yes” & ‘no’");
        check("AT&T, R&D; &nosuch; &#xZZ; & &", "AT&T, R&D; &nosuch; &#xZZ; & &");
        check("&#147;old&#148;&nbsp;page&shy;s", "“old” pages");
        check("plain", "plain");
    }
}
