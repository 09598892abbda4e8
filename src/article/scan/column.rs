//! Lines of print to a text: a word that was broken at the end of a line stands whole on that line.
//!
//! Where the scan says what the whole word is, its reader puts it there. Where it does not, the hyphen goes if the
//! word goes on in small letters (`con-` and `ference`) or all in capitals; it stays where the next part has a
//! capital of its own (`New-` and `York`). Nothing is joined over the end of a block.

/// A text that is made of lines.
#[derive(Default)]
pub(super) struct Column {
    text: String,
    /// Where the last line begins; nothing where a block has ended.
    line: Option<usize>,
}

impl Column {
    /// Adds a line.
    pub(super) fn line(&mut self, words: &str) {
        let words: String = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut rest = words.as_str();
        if let Some(line) = self.line
            && let Some((first, behind)) = Some(rest.split_once(' ').unwrap_or((rest, "")))
            && let Some(kept) = joined(self.text.get(line..).unwrap_or_default(), first)
        {
            self.text.truncate(line + kept);
            self.text.push_str(first);
            rest = behind;
        }
        if rest.is_empty() {
            return;
        }
        if self.line.is_some() {
            self.text.push('\n');
        } else if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        self.line = Some(self.text.len());
        // Between words it is an accident of the scan; at the end it breaks one.
        let last = rest.chars().next_back();
        self.text.extend(rest.chars().filter(|c| *c != '\u{ad}' && !c.is_control()));
        if last == Some('\u{ad}') {
            self.text.push('\u{ad}');
        }
    }

    /// Ends a block.
    pub(super) fn end_block(&mut self) {
        if self.line.take().is_some() && self.text.ends_with('\u{ad}') {
            self.text.pop();
        }
    }

    /// The text.
    pub(super) fn finish(mut self) -> String {
        self.end_block();
        self.text
    }
}

/// How much of `line` is kept where the word at its end goes on with `next`: without the hyphen, or with it.
fn joined(line: &str, next: &str) -> Option<usize> {
    let hyphen = line.chars().next_back()?;
    let without = line.len() - hyphen.len_utf8();
    let word = line.get(..without)?.rsplit(' ').next().filter(|word| word.ends_with(char::is_alphabetic))?;
    let first = next.chars().next().filter(|c| c.is_alphabetic())?;
    let capitals = |word: &str| word.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    match hyphen {
        '\u{ad}' | '¬' | '⸗' => Some(without),
        '-' | '\u{2010}' => {
            let shouted = word.chars().count() > 1 && capitals(word) && next.chars().count() > 1 && capitals(next);
            Some(if first.is_lowercase() || shouted { without } else { line.len() })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Column;

    #[track_caller]
    fn check(lines: &[&str], expected: &str) {
        let mut column = Column::default();
        for line in lines {
            if line.is_empty() {
                column.end_block();
            } else {
                column.line(line);
            }
        }
        assert_eq!(column.finish(), expected);
    }

    #[test]
    fn broken_words() {
        check(&["The confer-", "ence was held"], "The conference\nwas held");
        check(&["in New-", "York Har-", "bor."], "in New-York\nHarbor.");
        check(&["THE AMERI-", "CANS ARE HERE"], "THE AMERICANS\nARE HERE");
        check(&["a¬", "b c\u{ad}", "d \u{ad}e"], "ab\ncd\ne");
        check(&["from 1914-", "18 and then -", "so it", "went—", "on"], "from 1914-\n18 and then -\nso it\nwent—\non");
        check(
            &["the end of a confer-", "", "ence of lines\u{ad}", "", "x"],
            "the end of a confer-\n\nence of lines\n\nx",
        );
        check(&["self-", "-made", "a-", "b-", "c"], "self-\n-made\nabc");
        check(&["", "  ", "", "a"], "a");
    }
}
