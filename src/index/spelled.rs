//! Running text as the engine takes it: its terms, worked out beforehand.
//!
//! One thread writes an index, and everything waits for it in the end; those who extract are as many as there are cores. So they
//! find the terms of a text, and the writer only takes them off again. It knows nothing of the engine.

use crate::text::running::{Piece, Running, Setting, running};
use crate::text::stem::Language;

/// Where a sentence begins, as a term; words begin with letters, far behind it.
pub(super) const SENTENCE: &str = "\u{1}s";
/// Where a paragraph begins.
pub(super) const PARAGRAPH: &str = "\u{1}p";
/// The first word behind the lead.
pub(super) const BODY: &str = "\u{1}b";
/// What terms of stems begin with.
pub const STEM: char = '\u{2}';
/// No term of a word is below this one, and no other above.
pub(super) const FIRST_WORD: &str = "\u{3}";

/// What stands behind a term at the place of the one before it, or at the next place. No term holds either.
const SAME_PLACE: char = '\u{4}';
const NEXT_PLACE: char = '\u{5}';

/// The terms of a running text, one after another.
#[derive(Clone, Debug)]
pub struct Terms<'a> {
    pieces: Running<'a>,
    piece: String,
    /// The stem given last, with its place: two spellings of a word can share it.
    stem: (u32, String),
}

/// The terms of `text`, set so, in this language.
pub fn terms(text: &str, setting: Setting, language: Option<Language>) -> Terms<'_> {
    Terms { pieces: running(text, setting, language), piece: String::new(), stem: (u32::MAX, String::new()) }
}

impl Terms<'_> {
    /// Writes the next term into `into`, behind what is there, and gives its place in the order of words.
    pub fn next_behind(&mut self, into: &mut String) -> Option<u32> {
        loop {
            let (piece, place, ..) = self.pieces.next_into(&mut self.piece)?;
            match piece {
                Piece::Word => into.push_str(&self.piece),
                Piece::Stem if self.stem.0 == place && self.stem.1 == self.piece => continue,
                Piece::Stem => {
                    self.stem.0 = place;
                    self.stem.1.clone_from(&self.piece);
                    into.push(STEM);
                    into.push_str(&self.piece);
                }
                Piece::Sentence => into.push_str(SENTENCE),
                Piece::Paragraph => into.push_str(PARAGRAPH),
                Piece::Body => into.push_str(BODY),
            }
            return Some(place);
        }
    }
}

/// The terms of `text` in one string, for [`Spelled`] to take off again.
pub(super) fn spell(text: &str, setting: Setting, language: Option<Language>) -> String {
    let mut spelled = String::with_capacity(text.len() * 2 + 16);
    let mut terms = terms(text, setting, language);
    let mut last = 0;
    // Places follow one another without gaps.
    while let Some(place) = terms.next_behind(&mut spelled) {
        spelled.push(if place > last { NEXT_PLACE } else { SAME_PLACE });
        last = place;
    }
    spelled
}

/// Terms that are taken off what [`spell`] made.
#[derive(Clone, Debug)]
pub(super) struct Spelled<'a> {
    rest: &'a str,
    place: u32,
}

impl<'a> Spelled<'a> {
    pub(super) fn new(spelled: &'a str) -> Self {
        Self { rest: spelled, place: 0 }
    }
}

impl<'a> Iterator for Spelled<'a> {
    type Item = (u32, &'a str);

    fn next(&mut self) -> Option<(u32, &'a str)> {
        let is_sign = |&byte: &u8| u32::from(byte) == u32::from(SAME_PLACE) || u32::from(byte) == u32::from(NEXT_PLACE);
        let end = self.rest.as_bytes().iter().position(is_sign)?;
        let (term, rest) = self.rest.split_at_checked(end)?;
        self.place += u32::from(rest.starts_with(NEXT_PLACE));
        self.rest = rest.get(1..).unwrap_or_default();
        Some((self.place, term))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn as_found(text: &str, setting: Setting, language: Option<Language>) -> Vec<(u32, String)> {
        let mut terms = terms(text, setting, language);
        let mut all = Vec::new();
        loop {
            let mut term = String::new();
            match terms.next_behind(&mut term) {
                Some(place) => all.push((place, term)),
                None => return all,
            }
        }
    }

    #[test]
    fn terms_of_a_text() {
        let spelled = spell("Kerry's run. The Häuser\nstood", Setting::Lines, Some(Language::German));
        let shown = spelled.replace(NEXT_PLACE, " ").replace(SAME_PLACE, "|").replace(STEM, "-").replace('\u{1}', ".");
        assert_eq!(shown, "kerry's|kerry|run .s the|hauser -haus|haeuser|.s .p|stood|");
        assert_eq!(spell("", Setting::Body, None), "");
    }

    proptest! {
        #[test]
        fn what_is_taken_off_is_what_was_found(
            text in "([a-cABs7'.,&\\- \n\u{1}-\u{6}’éü\u{301}東”]|word|They promised\\. |counter-|\n\n){0,40}",
            german in any::<bool>(),
            body in any::<bool>(),
        ) {
            let language = if german { Language::German } else { Language::English };
            let setting = if body { Setting::Body } else { Setting::Lines };
            let spelled = spell(&text, setting, Some(language));
            let taken: Vec<_> = Spelled::new(&spelled).map(|(place, term)| (place, term.to_owned())).collect();
            prop_assert_eq!(taken, as_found(&text, setting, Some(language)));
        }
    }
}
