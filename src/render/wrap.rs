//! Words into lines of a given width, and out of a stranger's text whatever would command a terminal.
//!
//! Widths are columns on a screen, not bytes: wide and combining characters count as they are shown.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The text in lines of at most `width` columns, broken at white space; a longer word stands alone on its line.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in text.split_whitespace() {
        let wide = word.width();
        if used > 0 && used + 1 + wide > width {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        line.push_str(word);
        used += wide;
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// The text on one line of at most `width` columns; what does not fit is cut at a word and shown by ` …`.
pub fn cut(text: &str, width: usize) -> String {
    let mut lines = wrap(text, width);
    if lines.len() <= 1 {
        return lines.pop().unwrap_or_default();
    }
    let mut kept = String::new();
    let mut used = 0;
    for word in text.split_whitespace() {
        let gap = usize::from(used > 0);
        if used > 0 && used + gap + word.width() + 2 > width {
            break;
        }
        if gap > 0 {
            kept.push(' ');
        }
        kept.push_str(word);
        used += gap + word.width();
    }
    kept.push_str(" …");
    kept
}

/// How many columns `text` takes.
pub fn columns(text: &str) -> usize {
    text.width()
}

/// The text without control characters (escape sequences among them) and without marks that turn the direction of writing.
pub fn tame(text: &str) -> String {
    let tame = |c: char| match c {
        '\n' | '\t' => Some(c),
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
        c if c.is_control() => None,
        c => Some(c),
    };
    text.chars().filter_map(tame).collect()
}

/// How many columns one character takes.
pub fn column(c: char) -> usize {
    c.width().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, width: usize, expected: &[&str]) {
        assert_eq!(wrap(text, width), expected, "{text:?} at {width}");
    }

    #[test]
    fn lines_hold_whole_words() {
        check("", 10, &[]);
        check("one two three", 7, &["one two", "three"]);
        check("one  two\nthree", 20, &["one two three"]);
        check("incomprehensibilities at last", 7, &["incomprehensibilities", "at last"]);
        check("日本 日本", 5, &["日本", "日本"]);
    }

    #[test]
    fn a_cut_line_says_so() {
        assert_eq!(cut("one two three", 20), "one two three");
        assert_eq!(cut("one two three four", 12), "one two …");
    }

    #[test]
    fn nothing_commands_the_terminal() {
        assert_eq!(tame("a\u{1b}[31mb\u{7}\u{202e}c"), "a[31mbc");
    }
}
