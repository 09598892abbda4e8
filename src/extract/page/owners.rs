//! Words that own what follows, where the text does not show it by `'s`: "Merkels Rede", "Williams' lawyer".

use super::super::lexicon::{WordSet, groups, hash};
use super::{Page, Tok};
use crate::text::word::Shape;

impl Page<'_> {
    /// Gives "Merkels" the hash of "Merkel", where the article has both.
    pub(super) fn fold_genitives(&mut self) {
        let capital =
            |tok: &&Tok| matches!(tok.shape, Shape::Capital | Shape::Upper) && tok.classes & groups::NOMINAL == 0;
        let seen: WordSet = self.toks.iter().filter(capital).map(|tok| tok.hash).collect();
        for at in 0..self.len() {
            let Some(stem) = self.tok(at).filter(capital).and_then(|_| self.words(at).strip_suffix('s')) else {
                continue;
            };
            let stem = hash(stem);
            if let Some(tok) = self.toks.get_mut(at as usize).filter(|_| seen.contains(&stem)) {
                tok.hash = stem;
            }
        }
    }

    /// Whether the word at `at` is such a genitive.
    pub(in super::super) fn is_genitive(&self, at: u32) -> bool {
        let word = self.words(at);
        self.grammar.genitive_s && word.ends_with('s') && self.tok(at).is_some_and(|tok| tok.hash != hash(word))
    }

    /// Makes a possessive of the apostrophe of "Williams' lawyer" and "the voters' choice", where it closes no quotation.
    pub(super) fn mark_owners(&mut self) {
        const FAR: u32 = 12;
        let apostrophe = |tok: &Tok| tok.sign(b'\'') && tok.narrative();
        for at in 1..self.len().saturating_sub(1) {
            let (Some(owner), Some(tok), Some(owned)) = (self.tok(at - 1), self.tok(at), self.tok(at + 1)) else {
                break;
            };
            let beside = !tok.spaced && owned.spaced && owner.narrative() && owned.narrative();
            if !apostrophe(tok) || !beside || !owner.shape.is_word() || !owned.shape.is_word() {
                continue;
            }
            let opens = |i: u32| self.tok(i).is_some_and(|before| apostrophe(before) && before.spaced);
            let sentence = |i: &u32| self.tok(*i).is_some_and(|before| before.sentence == tok.sentence);
            let inside = (at.saturating_sub(FAR)..at).rev().take_while(sentence).any(opens);
            // In German it may stand for letters left out: "hab' Angst".
            let capitals = owner.shape.is_capital() && owned.shape.is_capital();
            let ends: &[char] = if self.grammar.genitive_s { &['s', 'S', 'x', 'z', 'ß'] } else { &['s', 'S'] };
            if self.words(at - 1).ends_with(ends)
                && !inside
                && (capitals || !self.grammar.genitive_s)
                && let Some(tok) = self.toks.get_mut(at as usize)
            {
                tok.shape = Shape::Possessive;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::lexicon::{ENGLISH, GERMAN};
    use super::super::Page;
    use crate::text::word::Shape;

    #[test]
    fn an_apostrophe_that_closes_no_quotation_makes_an_owner() {
        for (text, owners) in [
            ("He met Oakes' lawyer.", 1),
            ("He met the mayors’ lawyer and Oakes’s clerk.", 2),
            ("He met the 'Voices' lawyer.", 0),
            ("He met the 'Voices' lawyer. Then Oakes' clerk came.", 1),
            ("He met the mayor' lawyer.", 0),
            ("He met the mayors', lawyers' clerk.", 1),
        ] {
            let page = Page::read(text, &ENGLISH);
            let found = page.toks.iter().filter(|tok| tok.shape == Shape::Possessive).count();
            assert_eq!(found, owners, "{text}");
        }
        for (text, owners) in [
            ("Das war Oakes' Anwalt.", 1),
            ("Das war Franz’ Witwe.", 1),
            // Letters left out.
            ("Ich lass' Anna gehen.", 0),
            ("Was soll's, ich hab' Angst.", 1),
        ] {
            let page = Page::read(text, &GERMAN);
            let found = page.toks.iter().filter(|tok| tok.shape == Shape::Possessive).count();
            assert_eq!(found, owners, "{text}");
        }
    }
}
