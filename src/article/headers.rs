//! Lines of the form `Title: ...`, `Date: ...` at the head of a plain text.
//!
//! It finds them and where they end. A line `WALLACE: ...` of a transcript is no header: the block has to
//! open with a name that is known.

use std::ops::Range;

use super::fields::{self, Field};

/// One header line.
pub(super) struct Header {
    /// What it holds; `None` for a name that is not known.
    pub(super) field: Option<Field>,
    /// Where its value stands in the text.
    pub(super) value: Range<usize>,
}

/// The header lines at the head of `text`, and where they end (0 where there are none).
pub(super) fn read(text: &str) -> (Vec<Header>, usize) {
    let mut headers: Vec<Header> = Vec::new();
    let mut at = text.len() - text.trim_start().len();
    let mut end = 0;
    for line in text.get(at..).unwrap_or_default().split_inclusive('\n').take(40) {
        let next = at + line.len();
        if line.trim().is_empty() {
            break;
        }
        if line.starts_with([' ', '\t'])
            && let Some(last) = headers.last_mut()
        {
            // A long value goes on in an indented line.
            last.value.end = at + line.trim_end().len();
        } else if let Some((name, value)) = named(line) {
            let known =
                fields::usual(name).map(|(field, _)| field).filter(|field| !matches!(field, Field::Text | Field::Html));
            if headers.is_empty() && known.is_none() {
                break;
            }
            let start = next - value.len();
            headers.push(Header { field: known, value: start..at + line.trim_end().len().max(start - at) });
        } else {
            break;
        }
        at = next;
        end = next;
    }
    (headers, end)
}

/// The name and the value (with the line's end) of a header line.
fn named(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':')?;
    let plain = name.len() <= 24
        && name.starts_with(|c: char| c.is_alphabetic())
        && name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '_'))
        && name.split_whitespace().count() <= 3;
    // `https://...` is no header, nor is `10:15`.
    let spaced = value.starts_with([' ', '\t', '\r', '\n']) || value.is_empty();
    (plain && spaced).then(|| (name, value.trim_start_matches([' ', '\t'])))
}
