//! Words to a text of paragraphs: a blank line between them, one blank between words.
//!
//! Readers of markup tell it what stands there; it never glues what was apart. It does not know any markup.

/// A text that is being written.
#[derive(Default)]
pub(super) struct Prose {
    text: String,
    pending: Pending,
}

/// What has to stand before the next word.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Pending {
    #[default]
    Nothing,
    Blank,
    Line,
    Paragraph,
}

impl Prose {
    /// Words; white space between them is one blank, and signs that nobody sees are left out.
    pub(super) fn words(&mut self, words: &str) {
        for (index, word) in words.split(char::is_whitespace).enumerate() {
            if index > 0 {
                self.need(Pending::Blank);
            }
            let mut shown = word.chars().filter(|c| !is_unseen(*c)).peekable();
            if shown.peek().is_some() {
                self.settle();
                self.text.extend(shown);
            }
        }
    }

    /// A sign that closes what stands before it, without a blank between.
    pub(super) fn close(&mut self, sign: &str) {
        if self.pending == Pending::Blank {
            self.pending = Pending::Nothing;
        }
        self.words(sign);
    }

    /// Words that are set in lines.
    pub(super) fn lines(&mut self, words: &str) {
        for (index, line) in words.lines().enumerate() {
            if index > 0 {
                self.end_line();
            }
            self.words(line);
        }
    }

    /// The next word is another, even where no white space stands before it.
    pub(super) fn end_word(&mut self) {
        self.need(Pending::Blank);
    }

    /// The next word begins a line.
    pub(super) fn end_line(&mut self) {
        // Two breaks in a row are how paragraphs are set where there is nothing better.
        let twice = self.pending == Pending::Line;
        self.need(if twice { Pending::Paragraph } else { Pending::Line });
    }

    /// The next word begins a paragraph.
    pub(super) fn end_paragraph(&mut self) {
        self.need(Pending::Paragraph);
    }

    /// The last character, where the next would follow it at once.
    pub(super) fn last(&self) -> Option<char> {
        if self.pending == Pending::Nothing { self.text.chars().next_back() } else { None }
    }

    /// The text.
    pub(super) fn finish(self) -> String {
        self.text
    }

    fn need(&mut self, what: Pending) {
        self.pending = self.pending.max(what);
    }

    fn settle(&mut self) {
        if !self.text.is_empty() {
            self.text.push_str(match self.pending {
                Pending::Nothing => "",
                Pending::Blank => " ",
                Pending::Line => "\n",
                Pending::Paragraph => "\n\n",
            });
        }
        self.pending = Pending::Nothing;
    }
}

/// Soft hyphens, joiners, byte-order marks and control characters.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}') || c.is_control()
}

/// A text whose lines were indented by whoever set the file, without that.
pub(super) fn set(text: &str) -> String {
    let mut out = Prose::default();
    out.lines(text);
    out.finish()
}

/// A text that was kept in lines, as it is, but for its line ends and control characters.
pub(super) fn kept(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' => out.push('\n'),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || c == '\u{feff}' => {}
            c => out.push(c),
        }
    }
    out.truncate(out.trim_end().len());
    // Blank lines before the first go; its indent stays.
    let lead = out.len() - out.trim_start().len();
    let start = out.get(..lead).and_then(|blank| blank.rfind('\n')).map_or(0, |at| at + 1);
    out.drain(..start);
    out
}

#[cfg(test)]
mod tests {
    use super::{Prose, kept, set};

    #[test]
    fn paragraphs() {
        let mut prose = Prose::default();
        prose.end_paragraph();
        prose.words("\n  One\u{ad}s ");
        prose.words("two,");
        prose.words("\u{a0}three.");
        prose.end_line();
        prose.words("four");
        prose.end_line();
        prose.words(" ");
        prose.end_line();
        prose.words("five");
        prose.end_paragraph();
        prose.end_word();
        prose.words("six\u{1}");
        prose.end_paragraph();
        assert_eq!(prose.finish(), "Ones two, three.\nfour\n\nfive\n\nsix");
    }

    #[test]
    fn lines_that_are_kept() {
        assert_eq!(kept("\r\n  \r\n    One\u{3}\r\ntwo\rthree \n\n"), "    One\ntwo\nthree");
        assert_eq!(kept(" \n"), "");
        assert_eq!(set("\n      One\n      two\n\n      three\n "), "One\ntwo\n\nthree");
    }
}
