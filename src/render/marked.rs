//! Marks in a text that is tamed, broken into lines and painted.
//!
//! Marks are byte ranges, in order, none over another. What they stand for and how they look, it is told.

use super::wrap;

/// A text and its marks.
pub(super) type Marked = (String, Vec<(usize, usize)>);

/// The text as [`wrap::tame`] has it, with its marks where they then lie.
pub(super) fn tame(text: &str, marks: &[(usize, usize)]) -> Marked {
    let mut tamed = String::with_capacity(text.len());
    let (mut moved, mut at) = (Vec::with_capacity(marks.len()), 0);
    for &(start, end) in marks {
        let (Some(before), Some(within)) = (text.get(at..start), text.get(start..end)) else { continue };
        tamed.push_str(&wrap::tame(before));
        let begin = tamed.len();
        tamed.push_str(&wrap::tame(within));
        moved.push((begin, tamed.len()));
        at = end;
    }
    tamed.push_str(&wrap::tame(text.get(at..).unwrap_or_default()));
    (tamed, moved)
}

/// The text between two others.
pub(super) fn between(before: &str, (text, marks): Marked, after: &str) -> Marked {
    let moved = marks.into_iter().map(|(start, end)| (start + before.len(), end + before.len())).collect();
    (format!("{before}{text}{after}"), moved)
}

/// The text in lines of at most `width` columns, each painted.
pub(super) fn lines(
    text: &str,
    marks: &[(usize, usize)],
    width: usize,
    paint_piece: impl Fn(&str, bool) -> String,
) -> Vec<String> {
    let marks: Vec<(usize, usize, ())> = marks.iter().map(|&(start, end)| (start, end, ())).collect();
    lines_of(text, &marks, width, |piece, mark| paint_piece(piece, mark.is_some()))
}

/// The same with marks of several sorts.
pub(super) fn lines_of<T: Copy>(
    text: &str,
    marks: &[(usize, usize, T)],
    width: usize,
    paint_piece: impl Fn(&str, Option<T>) -> String,
) -> Vec<String> {
    let mut at = 0;
    let lines = wrap::wrap(text, width).into_iter().map(|line| {
        // A line is made of the text's words; white space other than single blanks is not kept.
        let Some(start) = text.get(at..).and_then(|rest| rest.find(&line)).map(|found| at + found) else {
            return paint_piece(&line, None);
        };
        at = start + line.len();
        let inside = marks.iter().filter(|mark| mark.0 < at && mark.1 > start);
        let inside: Vec<(usize, usize, T)> =
            inside.map(|mark| (mark.0.max(start) - start, mark.1.min(at) - start, mark.2)).collect();
        paint_of(&line, &inside, &paint_piece)
    });
    lines.collect()
}

/// One line, painted piece by piece.
pub(super) fn paint(line: &str, marks: &[(usize, usize)], paint: impl Fn(&str, bool) -> String) -> String {
    let marks: Vec<(usize, usize, ())> = marks.iter().map(|&(start, end)| (start, end, ())).collect();
    paint_of(line, &marks, |piece, mark| paint(piece, mark.is_some()))
}

fn paint_of<T: Copy>(line: &str, marks: &[(usize, usize, T)], paint: impl Fn(&str, Option<T>) -> String) -> String {
    let (mut painted, mut at) = (String::new(), 0);
    for &(start, end, sort) in marks {
        painted.push_str(&paint(line.get(at..start).unwrap_or_default(), None));
        painted.push_str(&paint(line.get(start..end).unwrap_or_default(), Some(sort)));
        at = end;
    }
    painted.push_str(&paint(line.get(at..).unwrap_or_default(), None));
    painted
}

/// A stretch of a text, cut where marks begin and end inside of it, each piece with whether it is marked.
pub(super) fn pieces((start, end): (usize, usize), marks: &[(usize, usize)]) -> Vec<(usize, usize, bool)> {
    let (mut pieces, mut at) = (Vec::new(), start);
    for mark in marks.iter().filter(|mark| mark.0 < end && mark.1 > start) {
        let (from, to) = (mark.0.max(start), mark.1.min(end));
        pieces.extend([(at, from, false), (from, to, true)]);
        at = to;
    }
    pieces.push((at, end, false));
    pieces.retain(|(from, to, _)| from < to);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, marks: &[(usize, usize)], width: usize) -> String {
        let (text, marks) = tame(text, marks);
        let piece = |piece: &str, mark| if mark { format!("[{piece}]") } else { piece.to_owned() };
        lines(&text, &marks, width, piece).join("/")
    }

    #[test]
    fn marks_go_over_line_ends_and_past_what_is_taken_out() {
        assert_eq!(shown("the tide ran out", &[(4, 8)], 80), "the [tide] ran out");
        assert_eq!(shown("the tide ran out", &[(4, 12)], 9), "the [tide]/[ran] out");
        assert_eq!(shown("a\u{1b}[1m tide", &[(6, 10)], 80), "a[1m [tide]");
        assert_eq!(shown("tide", &[], 80), "tide");
        assert_eq!(shown("", &[], 80), "");
    }

    #[test]
    fn a_stretch_is_cut_where_marks_begin_and_end() {
        let marks = [(0, 2), (4, 6), (8, 12)];
        assert_eq!(pieces((4, 10), &marks), [(4, 6, true), (6, 8, false), (8, 10, true)]);
        assert_eq!(pieces((2, 4), &marks), [(2, 4, false)]);
        assert_eq!(pieces((9, 20), &marks), [(9, 12, true), (12, 20, false)]);
        assert_eq!(pieces((3, 3), &marks), []);
    }
}
