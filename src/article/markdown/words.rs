//! The words of a Markdown text as its readers see them: one paragraph a line, a blank line between.
//!
//! One pass over the lines joins them into blocks; one pass over each block marks what is not words. It
//! is not a full CommonMark parser: what it leaves in by mistake is a stray mark, never a lost word.

use std::borrow::Cow;
use std::ops::Range;

use super::inline::inline;
use crate::article::credit;

/// The words of `source`, and where in them a first-level heading stands that opens it.
pub(super) fn read(source: &str) -> (String, Option<Range<usize>>) {
    let source = without_shortcodes(source);
    let mut out = Out { text: String::with_capacity(source.len()), heading: None };
    let mut block = String::new();
    let mut code: Option<(char, usize)> = None;
    // Whether the block that is open is an item of a numbered list.
    let mut numbered = false;
    for line in source.lines() {
        let line = unquote(line);
        let bare = line.trim();
        if let Some((mark, length)) = code {
            let closes = bare.chars().all(|c| c == mark) && bare.len() >= length;
            if closes {
                code = None;
            }
            continue;
        }
        if let Some(fence) = fence(bare) {
            out.close(&mut block, false);
            code = Some(fence);
            continue;
        }
        if bare.is_empty() {
            out.close(&mut block, false);
            continue;
        }
        if let Some((level, words)) = heading(bare) {
            out.close(&mut block, false);
            block.push_str(words);
            out.close(&mut block, level == 1);
            continue;
        }
        if bare.len() >= 3 && (all(bare, '=') || (all(bare, '-') && !block.is_empty())) {
            // The line under a heading.
            let first = bare.starts_with('=');
            out.close(&mut block, first);
            continue;
        }
        if is_rule(bare) || is_definition(bare) || is_table_rule(bare) {
            continue;
        }
        // A list that begins with another number than 1 stands apart: within a paragraph, the number is a word of it.
        let item = item(bare).filter(|item| item.number.is_none_or(|n| n == 1 || numbered || block.is_empty()));
        let words = match item {
            Some(item) => {
                out.close(&mut block, false);
                numbered = item.number.is_some();
                item.words
            }
            None => {
                numbered &= !block.is_empty();
                bare
            }
        };
        if bare.starts_with('|') && bare.ends_with('|') && bare.len() > 1 {
            out.close(&mut block, false);
            let cells: Vec<&str> =
                words.trim_matches('|').split('|').map(str::trim).filter(|cell| !cell.is_empty()).collect();
            block.push_str(&cells.join("  "));
            out.close(&mut block, false);
            continue;
        }
        if !block.is_empty() {
            let hard = block.ends_with('\\') || block.ends_with('\n');
            if block.ends_with('\\') {
                block.pop();
            }
            block.push_str(if hard && !block.ends_with('\n') {
                "\n"
            } else if hard {
                ""
            } else {
                " "
            });
        }
        // A byline right under the headline is a paragraph of its own.
        if block.is_empty() && out.is_headed() && credit::read(bare).is_some() {
            block.push_str(bare);
            out.close(&mut block, false);
            continue;
        }
        block.push_str(words);
        // Two blanks at the end break the line.
        if line.ends_with("  ") {
            block.push('\n');
        }
    }
    out.close(&mut block, false);
    (out.text, out.heading)
}

struct Out {
    text: String,
    heading: Option<Range<usize>>,
}

impl Out {
    /// Whether nothing stands behind the headline yet.
    fn is_headed(&self) -> bool {
        self.heading.as_ref().map_or(0, |heading| heading.end) == self.text.len()
    }

    /// Writes a block's words as a paragraph.
    fn close(&mut self, block: &mut String, first_level: bool) {
        let words = inline(block.trim());
        let words = words.trim();
        if !words.is_empty() {
            let opens = self.text.is_empty();
            if !opens {
                self.text.push_str("\n\n");
            }
            let start = self.text.len();
            self.text.push_str(words);
            if opens && first_level {
                self.heading = Some(start..self.text.len());
            }
        }
        block.clear();
    }
}

/// Takes out `{{< ... >}}`, `{{% ... %}}`, `{{ ... }}`, `{% ... %}` and `<!-- ... -->`; what stands between
/// two of them stays.
fn without_shortcodes(source: &str) -> Cow<'_, str> {
    if !source.contains("{{") && !source.contains("{%") && !source.contains("<!--") {
        return Cow::Borrowed(source);
    }
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    let mut closed = [true; 5];
    const MARKS: [(&str, &str); 5] = [("{{<", ">}}"), ("{{%", "%}}"), ("{{", "}}"), ("{%", "%}"), ("<!--", "-->")];
    while let Some(at) = rest.find(['{', '<']) {
        let (before, tail) = rest.split_at(at);
        out.push_str(before);
        let mark =
            MARKS.iter().position(|(open, _)| tail.starts_with(open)).filter(|mark| closed.get(*mark) == Some(&true));
        let end = mark.and_then(|mark| {
            let (open, close) = MARKS.get(mark)?;
            let end = tail.find(close).map(|end| end + close.len());
            // Once one is not closed none behind it is: looking again would take for ever.
            if end.is_none()
                && let Some(flag) = closed.get_mut(mark)
            {
                *flag = false;
            }
            end.filter(|end| *end >= open.len())
        });
        match end {
            Some(end) => rest = tail.get(end..).unwrap_or_default(),
            None => {
                out.push_str(tail.get(..1).unwrap_or_default());
                rest = tail.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The line without the marks of a block quotation.
fn unquote(line: &str) -> &str {
    let mut rest = line;
    while let Some(inner) = rest.trim_start_matches(' ').strip_prefix('>') {
        rest = inner.strip_prefix(' ').unwrap_or(inner);
    }
    rest
}

fn fence(line: &str) -> Option<(char, usize)> {
    let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = line.chars().take_while(|c| *c == mark).count();
    let info = line.get(length..)?;
    (length >= 3 && !(mark == '`' && info.contains('`'))).then_some((mark, length))
}

fn heading(line: &str) -> Option<(usize, &str)> {
    let level = line.bytes().take_while(|b| *b == b'#').count();
    let words = line.get(level..)?;
    let fits = (1..=6).contains(&level) && words.starts_with([' ', '\t']);
    fits.then(|| {
        let words = words.trim();
        let closed = words.trim_end_matches('#');
        let words = if closed.ends_with(' ') || closed.is_empty() { closed.trim_end() } else { words };
        // `## Words {#anchor}`
        (level, words.rsplit_once(" {#").filter(|(_, tail)| tail.ends_with('}')).map_or(words, |(words, _)| words))
    })
}

fn all(line: &str, mark: char) -> bool {
    line.chars().all(|c| c == mark)
}

fn is_rule(line: &str) -> bool {
    ['-', '*', '_']
        .iter()
        .any(|mark| line.chars().all(|c| c == *mark || c == ' ') && line.chars().filter(|c| c == mark).count() >= 3)
}

/// `[name]: https://...`, and Kramdown's `{: .class}`.
fn is_definition(line: &str) -> bool {
    if line.starts_with("{:") && line.ends_with('}') {
        return true;
    }
    let Some((name, target)) = line.strip_prefix('[').and_then(|rest| rest.split_once("]:")) else { return false };
    !name.starts_with('^')
        && !name.contains(']')
        && target.split_whitespace().next().is_some_and(|to| to.contains(['/', '.', '#']))
}

fn is_table_rule(line: &str) -> bool {
    line.contains('|') && line.contains("--") && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// A list's item, or a footnote.
struct Item<'a> {
    /// Its words, of which its number is one: readers see it, and it may be a day or belong to a name.
    words: &'a str,
    number: Option<u32>,
}

fn item(line: &str) -> Option<Item<'_>> {
    if let Some(words) = ["- ", "* ", "+ "].iter().find_map(|mark| line.strip_prefix(mark)) {
        return Some(Item { words: words.trim_start(), number: None });
    }
    if let Some((_, words)) = line.strip_prefix("[^").and_then(|rest| rest.split_once("]: ")) {
        return Some(Item { words: words.trim_start(), number: None });
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let words = line.get(digits..)?;
    let marked = (1..=3).contains(&digits) && (words.starts_with(". ") || words.starts_with(") "));
    let number = line.get(..digits).filter(|_| marked)?.parse().ok()?;
    Some(Item { words: line, number: Some(number) })
}
