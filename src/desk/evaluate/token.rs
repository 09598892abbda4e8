//! Texts as code points: trimmed pieces of a quotation, words, and the head of a mention.
//!
//! What counts as a letter or as space is Unicode's general category, as in the regular expressions that the metric was first
//! written with, so that its figures come out the same to the last digit. It knows no names and no scores.

use unicode_normalization::char::is_combining_mark;

use super::name::{Words, is_suffix};

/// A stretch of a text in code points, `start..end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reach {
    /// The first.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

impl Reach {
    /// How many there are.
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// How many are in both.
    pub(super) fn shared(self, other: Self) -> usize {
        self.end.min(other.end).saturating_sub(self.start.max(other.start))
    }

    /// Whether the point is in it.
    pub(super) fn holds(self, point: usize) -> bool {
        self.start <= point && point < self.end
    }

    /// Its part of the text.
    pub(super) fn of(self, text: &[char]) -> &[char] {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

const MARKS: &str = "“”\"«»„‟″‘’'`‚‹›";
const BESIDE: &str = " \t\n\r\u{a0}\u{2009}\u{200a}\u{200b},.;:!?…-—–";
const BREAKS: &str = "\n\r\u{2028}\u{2029}";

/// A stretch cut at line breaks, without quotation marks, space and punctuation at the ends of each piece; empty pieces vanish.
pub(super) fn pieces(text: &[char], whole: Reach) -> Vec<Reach> {
    let trimmed = |c: char| MARKS.contains(c) || BESIDE.contains(c);
    let mut pieces = Vec::new();
    let mut start = whole.start;
    for line in whole.of(text).split(|&c| BREAKS.contains(c)) {
        let end = start + line.len();
        if let Some(first) = line.iter().position(|&c| !trimmed(c)) {
            let behind = line.iter().rev().take_while(|&&c| trimmed(c)).count();
            pieces.push(Reach { start: start + first, end: end - behind });
        }
        start = end + 1;
    }
    pieces
}

/// A letter or a digit: the categories L and N, without the marks and signs that are alphabetic by courtesy.
fn is_letter(c: char) -> bool {
    let sign = matches!(c, '\u{24b6}'..='\u{24e9}' | '\u{1f130}'..='\u{1f149}' | '\u{1f150}'..='\u{1f169}' | '\u{1f170}'..='\u{1f189}');
    c.is_ascii_alphanumeric() || !c.is_ascii() && c.is_alphanumeric() && !sign && !is_combining_mark(c)
}

/// What a word boundary looks at.
fn is_word(c: char) -> bool {
    c == '_' || is_letter(c)
}

/// White space, the separators among the control characters included.
fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}')
}

/// The words, counted from the start of `text`: letters and digits, joined by single hyphens, apostrophes and full stops.
pub(super) fn tokens(text: &[char]) -> Vec<Reach> {
    let letter = |at: usize| text.get(at).is_some_and(|&c| is_letter(c));
    let joint = |at: usize| text.get(at).is_some_and(|c| matches!(c, '-' | '\'' | '’' | '.'));
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let start = at;
        while letter(at) || at > start && joint(at) && letter(at + 1) {
            at += 1;
        }
        if at > start {
            tokens.push(Reach { start, end: at });
        } else {
            at += 1;
        }
    }
    tokens
}

/// The same, as strings.
pub(super) fn words(text: &[char]) -> Vec<String> {
    tokens(text).into_iter().map(|token| token.of(text).iter().collect()).collect()
}

/// The text without white space at its ends.
pub(super) fn stripped(text: &[char]) -> &[char] {
    let first = text.iter().position(|&c| !is_space(c)).unwrap_or(text.len());
    let behind = text.iter().rev().take_while(|&&c| is_space(c)).count();
    text.get(first..text.len() - behind).unwrap_or_default()
}

/// The text without any `'s` at the end of a word, and without an apostrophe at its own end.
pub(super) fn without_genitive(text: &[char]) -> Vec<char> {
    let mut kept = Vec::with_capacity(text.len());
    let mut rest = text;
    loop {
        rest = match rest {
            [] => return kept,
            ['\'' | '’', 's', after @ ..] if after.first().is_none_or(|&c| !is_word(c)) => after,
            ['\'' | '’'] => &[],
            [c, after @ ..] => {
                kept.push(*c);
                after
            }
        };
    }
}

/// The head of a mention: its last word before the first comma, bracket, dash, preposition or relative clause.
pub(super) fn head(text: &[char], mention: Reach) -> Reach {
    let said = mention.of(text);
    let cut = (0..said.len()).find(|&at| ends_head(said, at)).unwrap_or(said.len());
    let before = said.get(..cut).filter(|before| !stripped(before).is_empty()).unwrap_or(said);
    let mut last: Option<Reach> = None;
    for token in tokens(before) {
        let word: String = token.of(before).iter().collect();
        if last.is_none() || !is_suffix(&word) {
            last = Some(token);
        }
    }
    let Some(last) = last else { return mention };
    let genitive = matches!(last.of(before), [.., '\'' | '’', 's']);
    let end = last.end - if genitive { 2 } else { 0 };
    Reach { start: mention.start + last.start, end: mention.start + end }
}

/// Whether what follows from `at` on no longer belongs to the head.
fn ends_head(said: &[char], at: usize) -> bool {
    match said.get(at..).unwrap_or_default() {
        [',' | '(' | '—', ..] => true,
        [space, '-' | '–' | '—', after, ..] if is_space(*space) && is_space(*after) => true,
        [space, rest @ ..] if is_space(*space) => {
            let word: String = rest.iter().take_while(|&&c| is_word(c)).collect();
            Words::all().after_head.contains(word.as_str())
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn pieces_are_trimmed_lines() {
        let check = |text: &str, expected: &[&str]| {
            let text = chars(text);
            let found: Vec<String> = pieces(&text, Reach { start: 0, end: text.len() })
                .into_iter()
                .map(|piece| piece.of(&text).iter().collect())
                .collect();
            assert_eq!(found, expected);
        };
        check("“We go, – ”", &["We go"]);
        check("One.\n\r\n“Two”", &["One", "Two"]);
        check(" …—! \n", &[]);
        check("", &[]);
    }

    #[test]
    fn words_hold_their_joints() {
        let check = |text: &str, expected: &[&str]| assert_eq!(words(&chars(text)), expected);
        check("Jean-Luc d’Or's J.P. half_way", &["Jean-Luc", "d’Or's", "J.P", "half", "way"]);
        check("- 'tis 3.5--x ½ ⓐ e\u{301}t", &["tis", "3.5", "x", "½", "e", "t"]);
    }

    #[test]
    fn a_mention_has_one_head() {
        let check = |text: &str, expected: &str| {
            let text = chars(text);
            let found = head(&text, Reach { start: 0, end: text.len() });
            assert_eq!(found.of(&text).iter().collect::<String>(), expected);
        };
        check("Tilda Marsh, who owns it", "Marsh");
        check("a spokesman for Lundby", "spokesman");
        check("Tilda Marsh Jr.", "Marsh");
        check("Marsh’s", "Marsh");
        check(", Marsh", "Marsh");
        check("the offal man", "man");
        check("the man - the owner", "man");
        check("— …", "— …");
    }

    #[test]
    fn genitives_go() {
        let check = |text: &str, expected: &str| {
            assert_eq!(without_genitive(&chars(text)).iter().collect::<String>(), expected);
        };
        check("Marsh's ferry", "Marsh ferry");
        check("the Marshes'", "the Marshes");
        check("O'sullivan’s", "O'sullivan");
    }
}
