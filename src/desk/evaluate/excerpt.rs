//! The words around some marked places of a text, on one line, with what is far from all of them left out.

use super::token::Reach;

/// A place to mark, and with what.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub(super) at: Reach,
    pub(super) open: char,
    pub(super) close: char,
}

/// How many code points are shown on each side of a mark.
const AROUND: usize = 70;

/// The excerpt; where two marks open together, the later in the list is the inner one.
pub(super) fn make(text: &[char], marks: &[Mark]) -> String {
    // Closing ones stand before opening ones at the same place; the inner closes first.
    let mut signs: Vec<(usize, u8, usize, char)> = Vec::new();
    for (n, mark) in marks.iter().enumerate() {
        let same = marks.iter().take(n).any(|other| (other.at, other.open) == (mark.at, mark.open));
        if !same {
            signs.push((mark.at.start, 1, n, mark.open));
            signs.push((mark.at.end, 0, marks.len() - n, mark.close));
        }
    }
    signs.sort_unstable();
    let mut made = String::new();
    let mut at = signs.first().map_or(0, |first| first.0.saturating_sub(AROUND));
    if at > 0 {
        made.push('…');
        at = next_space(text, at);
    }
    for (place, _, _, sign) in &signs {
        if place - at > 2 * AROUND + AROUND / 2 {
            push(&mut made, text, at, next_space(text, at + AROUND));
            made.push_str(" …");
            at = next_space(text, place - AROUND);
        }
        push(&mut made, text, at, *place);
        made.push(*sign);
        at = *place;
    }
    let end = text.len().min(next_space(text, at + AROUND));
    push(&mut made, text, at, end);
    if end < text.len() {
        made.push_str(" …");
    }
    made.trim().to_owned()
}

/// The first space from `at` on, if it is not far, else `at`.
fn next_space(text: &[char], at: usize) -> usize {
    let ahead = text.iter().skip(at).take(AROUND / 3);
    at + ahead.clone().position(|c| c.is_whitespace()).unwrap_or(0)
}

/// Appends a stretch with white space folded.
fn push(made: &mut String, text: &[char], start: usize, end: usize) {
    for &c in text.get(start..end).unwrap_or_default() {
        if !c.is_whitespace() {
            made.push(c);
        } else if !made.ends_with(' ') {
            made.push(' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, marks: &[(usize, usize, char, char)], expected: &str) {
        let text: Vec<char> = text.chars().collect();
        let mark =
            |&(start, end, open, close): &(usize, usize, char, char)| Mark { at: Reach { start, end }, open, close };
        assert_eq!(make(&text, &marks.iter().map(mark).collect::<Vec<_>>()), expected);
    }

    #[test]
    fn marks_stand_where_they_belong() {
        check(
            "“We go,” she said.",
            &[(1, 6, '[', ']'), (9, 12, '[', ']'), (1, 6, '<', '>')],
            "“[<We go>],” [she] said.",
        );
        check("one\n\ntwo", &[(5, 8, '<', '>')], "one <two>");
        check("abc", &[(0, 2, '[', ']'), (1, 3, '<', '>')], "[a<b]c>");
    }

    #[test]
    fn what_is_far_is_left_out() {
        let text = format!("{} here {} there {}", "before ".repeat(50), "between ".repeat(50), "after ".repeat(50));
        let text: Vec<char> = text.chars().collect();
        let shown = make(&text, &[Mark { at: Reach { start: 351, end: 355 }, open: '[', close: ']' }]);
        assert!(
            shown.starts_with("… before") && shown.contains(" [here] between") && shown.ends_with("between …"),
            "{shown}"
        );
        let both = [
            Mark { at: Reach { start: 351, end: 355 }, open: '[', close: ']' },
            Mark { at: Reach { start: 757, end: 762 }, open: '<', close: '>' },
        ];
        let shown = make(&text, &both);
        assert!(
            shown.contains("[here] between") && shown.contains(" … between") && shown.contains("<there> after"),
            "{shown}"
        );
    }
}
