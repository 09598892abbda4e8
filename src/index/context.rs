//! The words around a quotation, which tell one who reads it what it is about.

use crate::text::span::Span;

use super::record::fold_space;

/// At most this many bytes of the text.
const MOST: usize = 400;

/// What stands around a quotation, which lies at these bytes of its article's `text`; `paragraphs` are those of the text.
pub fn surroundings(text: &str, spans: &[(u32, u32)], paragraphs: &[Span]) -> String {
    let span = |&(start, end): &(u32, u32)| Span::new(text, start as usize, end as usize);
    let spans: Vec<Span> = spans.iter().filter_map(span).collect();
    around(text, &spans, paragraphs)
}

/// The paragraph that the spans stand in, white space folded; of a long one what is nearest, with `…` where it was cut.
pub(super) fn around(text: &str, spans: &[Span], paragraphs: &[Span]) -> String {
    let Some(whole) = spans.iter().copied().reduce(Span::to) else { return String::new() };
    let (first, last) = paragraph(whole, paragraphs);
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

/// From the first byte of the paragraph in which `whole` begins to the last of that in which it ends.
fn paragraph(whole: Span, paragraphs: &[Span]) -> (usize, usize) {
    let up_to = |count: usize| count.checked_sub(1).and_then(|place| paragraphs.get(place));
    let first = up_to(paragraphs.partition_point(|paragraph| paragraph.start() <= whole.start()));
    let last = up_to(paragraphs.partition_point(|paragraph| paragraph.start() < whole.end()));
    let start = first.filter(|paragraph| paragraph.end() > whole.start()).map_or(whole.start(), |first| first.start());
    (start, last.map_or(whole.end(), |last| last.end().max(whole.end())))
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
