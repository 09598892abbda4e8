//! The byte-order mark that some editors and systems put before UTF-8: it is no part of the text.
//!
//! What is written in another charset, this does not know.

/// The mark.
const MARK: char = '\u{feff}';

/// The text without it.
pub fn unmarked(text: &str) -> &str {
    text.strip_prefix(MARK).unwrap_or(text)
}

/// How many bytes it takes at the head of these.
pub fn length(bytes: &[u8]) -> usize {
    let mut mark = [0; 4];
    let mark = MARK.encode_utf8(&mut mark).as_bytes();
    if bytes.starts_with(mark) { mark.len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_mark_is_left_out() {
        for (text, expected) in
            [("", ""), ("a", "a"), ("\u{feff}a", "a"), ("\u{feff}\u{feff}a", "\u{feff}a"), ("a\u{feff}", "a\u{feff}")]
        {
            assert_eq!(unmarked(text), expected);
            assert_eq!(length(text.as_bytes()), text.len() - expected.len());
        }
        assert_eq!(length(b"\xEF\xBB"), 0);
    }
}
