//! The paragraphs of a text, whether it stands one paragraph a line or hard-wrapped.
//!
//! Wire copy and scanned pages break lines at a fixed width; other texts give each paragraph a line. Which
//! one it is, is read off the text itself: in a wrapped text many lines end inside a sentence.

use memchr::memchr2;

use super::span::Span;

/// The paragraphs of `text` in order, without white space around them; empty ones are left out.
pub fn paragraphs(text: &str) -> Vec<Span> {
    let lines = lines(text);
    let mut found = Vec::new();
    let push = |found: &mut Vec<Span>, start: usize, end: usize| found.extend(Span::new(text, start, end));
    let Some(width) = wrap_width(text, &lines) else {
        for line in lines.iter().filter(|line| line.start < line.end) {
            push(&mut found, line.start, line.end);
        }
        return found;
    };
    let mut open: Option<(usize, usize)> = None;
    let mut before: Option<&Line> = None;
    for line in &lines {
        let blank = line.start == line.end;
        let ended = before.is_some_and(|last| last.end - last.start < width * 3 / 4 && ends_sentence(text, last));
        let indented = before.is_some_and(|last| line.indent >= last.indent + 2);
        if (blank || ended || indented)
            && let Some((start, end)) = open.take()
        {
            push(&mut found, start, end);
        }
        before = (!blank).then_some(line);
        if !blank {
            open = Some((open.map_or(line.start, |(start, _)| start), line.end));
        }
    }
    if let Some((start, end)) = open {
        push(&mut found, start, end);
    }
    found
}

/// A line without the white space around it.
struct Line {
    start: usize,
    end: usize,
    indent: usize,
}

fn lines(text: &str) -> Vec<Line> {
    let mut at = 0;
    let mut found = Vec::new();
    while at < text.len() {
        let line = text.get(at..line_end(text.as_bytes(), at)).unwrap_or_default();
        let trimmed = line.trim_start();
        let start = at + (line.len() - trimmed.len());
        let end = start + trimmed.trim_end().len();
        let (start, end) = if start >= end { (at, at) } else { (start, end) };
        found.push(Line { start, end, indent: start - at });
        at += line.len();
    }
    found
}

/// Where the line that begins at `from` ends, its line feed (or separator of Unicode's) included.
fn line_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(next) = bytes.get(at..).and_then(|rest| memchr2(b'\n', 0xe2, rest)) {
        match bytes.get(at + next..) {
            Some([b'\n', ..]) => return at + next + 1,
            Some([0xe2, 0x80, 0xa8 | 0xa9, ..]) => return at + next + 3,
            _ => at += next + 1,
        }
    }
    bytes.len()
}

fn ends_sentence(text: &str, line: &Line) -> bool {
    let words = text.get(line.start..line.end).unwrap_or_default();
    words.trim_end_matches(['"', '\'', '”', '’', ')', '»']).ends_with(['.', '!', '?', ':', '…'])
}

/// The width at which a hard-wrapped text is broken, or `None` where lines are paragraphs.
///
/// Of neighbouring lines, those are counted where the first ends inside a sentence and the next goes on in
/// lower case; a text of paragraphs has next to none.
fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    const LONGEST: usize = 110;
    let (mut pairs, mut broken) = (0usize, 0usize);
    let mut lengths = Vec::new();
    for pair in lines.windows(2) {
        let [first, next] = pair else { continue };
        if first.start == first.end || next.start == next.end {
            continue;
        }
        pairs += 1;
        lengths.push(first.end - first.start);
        let lower = text.get(next.start..).and_then(|rest| rest.chars().next()).is_some_and(char::is_lowercase);
        broken += usize::from(lower && !ends_sentence(text, first));
    }
    if pairs < 2 || broken * 4 < pairs {
        return None;
    }
    lengths.sort_unstable();
    let near_longest = lengths.get(lengths.len() * 9 / 10).copied()?;
    (near_longest <= LONGEST).then_some(near_longest)
}

#[cfg(test)]
mod tests {
    use super::paragraphs;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = paragraphs(text).into_iter().map(|span| span.of(text)).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn lines_are_paragraphs_unless_they_break_sentences() {
        check(
            "A headline\nOne paragraph. It ends.\n\nAnother one.\n",
            &["A headline", "One paragraph. It ends.", "Another one."],
        );
        check("", &[]);
        check(" \n\t\n", &[]);
    }

    #[test]
    fn wrapped_lines_are_joined_up_to_a_blank_line_or_an_indent() {
        let wrapped = "The harbour was closed on Friday after a storm that\nbroke two of its piers and left a ferry with forty\npeople aground.\n\nNobody was hurt, the port said, and the ferry was\nafloat by night.";
        check(
            wrapped,
            &[
                "The harbour was closed on Friday after a storm that\nbroke two of its piers and left a ferry with forty\npeople aground.",
                "Nobody was hurt, the port said, and the ferry was\nafloat by night.",
            ],
        );
        let indented = "    The harbour was closed on Friday after a storm that\nbroke two of its piers and left a ferry with forty people.\n    Nobody was hurt, the port said, and the ferry was\nafloat by night.";
        assert_eq!(paragraphs(indented).len(), 2);
    }
}
