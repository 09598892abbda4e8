//! Where the words that a query asks for stand in the words of a quotation.
//!
//! Words are what the analysis makes of a text, so that what is marked is what was found.

use std::collections::VecDeque;

use crate::query::ast::{Field, Node, Query, Value};
use crate::text::analysis::{self, Word};

/// Whether the query asks for words of quotations at all, other than to exclude them.
pub(super) fn asks_for_words(query: &Query) -> bool {
    !wanted(query).is_empty()
}

/// The places in `text`, in bytes, of the words and phrases that `query` asks quotations for: in order, none twice; of
/// two that overlap, the one that begins first, the longer of two that begin together.
pub(super) fn places(query: &Query, text: &str) -> Vec<(usize, usize)> {
    let words: Vec<Word> = analysis::words(text).collect();
    let mut found: Vec<(usize, usize)> = Vec::new();
    for phrase in wanted(query) {
        let Some((first, rest)) = phrase.split_first() else { continue };
        for begin in words.iter().filter(|word| word.text == first.1) {
            let mut end = begin.end;
            let all = rest.iter().all(|(position, text)| {
                let at = begin.position + (position - first.0);
                let next = words.iter().find(|word| word.position == at && word.text == *text);
                next.map(|next| end = end.max(next.end)).is_some()
            });
            if all {
                found.push((begin.start, end));
            }
        }
    }
    found.sort_by(|one, other| (one.0, other.1).cmp(&(other.0, one.1)));
    let mut kept: Vec<(usize, usize)> = Vec::new();
    for place in found {
        if kept.last().is_none_or(|last| place.0 >= last.1) {
            kept.push(place);
        }
    }
    kept
}

/// The phrases asked for: words with their positions.
fn wanted(query: &Query) -> Vec<Vec<(u32, String)>> {
    let mut wanted = Vec::new();
    let mut open = VecDeque::from([query]);
    while let Some(query) = open.pop_front() {
        match &query.node {
            Node::And(parts) | Node::Or(parts) | Node::AtLeast(_, parts) => open.extend(parts),
            Node::Leaf(None | Some(Field::Quote), Value::Word(text) | Value::Phrase(text)) => {
                let words = analysis::asked(text);
                if !words.is_empty() {
                    wanted.push(words);
                }
            }
            Node::Near(first, rest) => open.extend(std::iter::once(&**first).chain(rest.iter().map(|(_, part)| part))),
            Node::Boost(part, _) => open.push_back(part),
            Node::Leaf(..) | Node::Not(_) => {}
        }
    }
    wanted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query;

    fn check(asked: &str, text: &str, expected: &[&str]) {
        let query = query::parse(asked).expect("it is a query");
        let found: Vec<&str> =
            places(&query, text).into_iter().filter_map(|(start, end)| text.get(start..end)).collect();
        assert_eq!(found, expected, "{asked} in {text}");
    }

    #[test]
    fn words_are_found_as_they_were_searched() {
        check("tide", "The tide, the TIDE; tides", &["tide", "TIDE"]);
        check("\"the tide\"", "The tide and the — tide", &["The tide", "the — tide"]);
        check("tide OR \"the tide\"", "the tide", &["the tide"]);
        check("isil", "A counter-ISIL bid", &["ISIL"]);
        check("counter-isil", "A counter-ISIL bid", &["counter-ISIL"]);
        check("müller", "Muller's Müller", &["Muller", "Müller"]);
        check("US", "the U.S. and us", &["U.S", "us"]);
        check("tide -the speaker:Lund", "the tide", &["tide"]);
        check("speaker:Lund", "Lund", &[]);
        check("تصدير", "قال إن تصدير النفط", &["تصدير"]);
    }
}
