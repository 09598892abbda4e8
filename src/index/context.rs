//! The words around a quotation, which tell one who reads it what it is about.

use crate::text::span::Span;

use super::record::fold_space;

/// At most this many bytes of the text.
const MOST: usize = 400;

/// What stands around a quotation, which lies at these bytes of its article's `text`.
pub fn surroundings(text: &str, spans: &[(u32, u32)]) -> String {
    let span = |&(start, end): &(u32, u32)| Span::new(text, start as usize, end as usize);
    let spans: Vec<Span> = spans.iter().filter_map(span).collect();
    around(text, &spans, breaks(text))
}

/// The paragraph that the spans stand in, white space folded; of a long one what is nearest, with `…` where it was cut.
/// `breaks` are the paragraph marks of this text, as [`breaks`] finds them.
pub(super) fn around(text: &str, spans: &[Span], breaks: &[&str]) -> String {
    let Some(whole) = spans.iter().copied().reduce(Span::to) else { return String::new() };
    let (first, last) = paragraph(text, whole, breaks);
    let (start, end) = window(text, (first, last), whole);
    let mut context = fold_space(text.get(start..end).unwrap_or_default());
    if start > first {
        context.insert(0, '…');
    }
    if end < last {
        context.push('…');
    }
    context
}

/// What ends a paragraph of this text: a blank line, or a line end in a text without blank lines.
pub(super) fn breaks(text: &str) -> &'static [&'static str] {
    if text.contains("\n\n") || text.contains("\n\r\n") { &["\n\n", "\n\r\n"] } else { &["\n"] }
}

/// From the paragraph's first byte to its last.
fn paragraph(text: &str, whole: Span, breaks: &[&str]) -> (usize, usize) {
    let near_start = floor(text, whole.start().saturating_sub(4 * MOST));
    let near_end = floor(text, whole.end().saturating_add(4 * MOST).min(text.len()));
    let before = text.get(near_start..whole.start()).unwrap_or_default();
    let after = text.get(whole.end()..near_end).unwrap_or_default();
    let start = breaks.iter().filter_map(|mark| before.rfind(mark).map(|at| at + mark.len())).max();
    let end = breaks.iter().filter_map(|mark| after.find(mark)).min();
    (start.map_or(near_start, |at| near_start + at), end.map_or(near_end, |at| whole.end() + at))
}

/// The part of the paragraph that fits, cut between words.
fn window(text: &str, (first, last): (usize, usize), whole: Span) -> (usize, usize) {
    if last - first <= MOST {
        return (first, last);
    }
    let room = MOST.saturating_sub(whole.len()).max(MOST / 4);
    let before = (whole.start() - first).min((room / 2).max(room.saturating_sub(last - whole.end())));
    let start = word_start(text, whole.start() - before, whole.start());
    let start = if before == whole.start() - first { first } else { start };
    (start, word_end(text, (start + MOST).min(last), start, last))
}

/// The start of the first word from `at` on, at most `limit`.
fn word_start(text: &str, at: usize, limit: usize) -> usize {
    let at = floor(text, at);
    let rest = text.get(at..limit).unwrap_or_default();
    rest.find(char::is_whitespace).map_or(limit, |space| {
        let after = rest.get(space..).unwrap_or_default();
        at + space + (after.len() - after.trim_start().len())
    })
}

/// The end of the last word up to `at`, unless that is the paragraph's end or leaves nothing.
fn word_end(text: &str, at: usize, start: usize, last: usize) -> usize {
    if at >= last {
        return last;
    }
    let at = floor(text, at);
    let kept = text.get(start..at).unwrap_or_default();
    kept.rfind(char::is_whitespace).filter(|&space| space > 0).map_or(at, |space| start + space)
}

/// The last character boundary up to `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}
