//! Running text as the engine takes it: its terms, worked out beforehand.
//!
//! One thread writes an index, and everything waits for it in the end; those who extract are as many as there are cores. So they
//! find the terms of a text, and the writer only takes them off again. It knows nothing of the engine.

use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::{Acquire, Release};
use std::sync::{Arc, Mutex, PoisonError};

use crate::text::analysis::Form;
use crate::text::running::{Piece, Setting, running};
use crate::text::sketch::{self, Gathered, spread};
use crate::text::stem::Language;

use super::forms::Met;

/// Where a sentence begins, as a term; words begin with letters, far behind it, and those in capitals have two letters and more.
pub const SENTENCE: &str = "\u{1}s";
/// Where a paragraph begins.
pub const PARAGRAPH: &str = "\u{1}p";
/// The first word behind the lead.
pub const BODY: &str = "\u{1}b";
/// No term of a word is below this one, and no other above.
pub(super) const FIRST_WORD: &str = "\u{3}";

/// What stands before a term: twice its bytes, and one more where it has the place of the term before it. That is one byte but for
/// long terms.
fn head(term: &str, same_place: bool) -> char {
    let length = u32::try_from(term.len()).unwrap_or(u32::MAX);
    char::from_u32(length.saturating_mul(2) | u32::from(same_place)).unwrap_or_default()
}

/// So many words that were met last are remembered: 2 MB.
const PLACES: usize = 256 << 10;

/// And so many by each who spells: 64 KB, which the processor has at hand where it has to wait for the others.
const AT_HAND: usize = 8 << 10;

/// Those who spell texts out for one writer, which are made by it (`Writer::spellers`): as many as work at the same time.
///
/// Which forms the words of texts have is told at once, before there is a record of them, so that no index can lack it.
#[derive(Debug, Default)]
pub struct Spellers {
    met: Arc<Met>,
    told: Arc<Told>,
    idle: Mutex<Vec<Speller>>,
}

impl Spellers {
    pub(super) fn of(met: &Arc<Met>) -> Self {
        Self { met: Arc::clone(met), told: Arc::default(), idle: Mutex::default() }
    }

    /// Where the forms go.
    pub(super) fn met(&self) -> &Arc<Met> {
        &self.met
    }

    /// Does work with one of them. One that does not come back (a panic) is not used again.
    pub(super) fn with<T>(&self, work: impl FnOnce(&mut Speller) -> T) -> T {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = idle().pop();
        let mut speller = taken.unwrap_or_else(|| Speller {
            met: Arc::clone(&self.met),
            told: Arc::clone(&self.told),
            at_hand: vec![0; AT_HAND],
            stem: String::new(),
        });
        let done = work(&mut speller);
        idle().push(speller);
        done
    }
}

/// Hashes of words whose forms have been told, of 64 bits, which no two words of an archive can be expected to share; a word has one
/// place, which the next one of that place takes over.
#[derive(Debug)]
struct Told(Vec<AtomicU64>);

impl Default for Told {
    fn default() -> Self {
        Self(std::iter::repeat_with(AtomicU64::default).take(PLACES).collect())
    }
}

impl Told {
    /// The place of a word, where it holds another or none.
    fn place(&self, hash: u64) -> Option<&AtomicU64> {
        let place = usize::try_from(hash % PLACES as u64).unwrap_or_default();
        self.0.get(place).filter(|told| told.load(Acquire) != hash)
    }
}

/// One who spells texts out, and sees which forms their words have.
#[derive(Debug)]
pub(super) struct Speller {
    met: Arc<Met>,
    told: Arc<Told>,
    /// Hashes of words that are known to be told, each at its place.
    at_hand: Vec<u64>,
    stem: String,
}

impl Speller {
    /// The terms of `text`, set so, in one string, for [`Spelled`] to take off again.
    pub(super) fn spell(&mut self, text: &str, setting: Setting, language: Option<Language>) -> String {
        self.spell_and(text, setting, language, |_, _, _| {})
    }

    /// The same, and gives each word, in one spelling, to `gathered`.
    pub(super) fn spell_into(
        &mut self,
        text: &str,
        setting: Setting,
        language: Option<Language>,
        gathered: &mut Gathered,
    ) -> String {
        self.spell_and(text, setting, language, |word, hash, written| gathered.add(word, hash, written))
    }

    fn spell_and(
        &mut self,
        text: &str,
        setting: Setting,
        language: Option<Language>,
        mut take: impl FnMut(&str, u64, &str),
    ) -> String {
        let mut spelled = String::with_capacity(text.len() + text.len() / 2 + 16);
        let mut pieces = running(text, setting, language);
        let mut last = 0;
        // Places follow one another without gaps.
        while let Some((kind, place, start, end)) = pieces.next() {
            let term = match kind {
                Piece::Word => {
                    let (stems, word) = (pieces.pass_stem(), pieces.word());
                    let hash = sketch::hash(word);
                    if let Some(language) = language.filter(|_| stems) {
                        self.tell(word, hash, language);
                    }
                    if pieces.form() == Form::Plain {
                        take(word, hash, text.get(start..end).unwrap_or_default());
                    }
                    word
                }
                Piece::Stem => continue,
                Piece::Sentence => SENTENCE,
                Piece::Paragraph => PARAGRAPH,
                Piece::Body => BODY,
            };
            spelled.push(head(term, place == last));
            spelled.push_str(term);
            last = place;
        }
        spelled
    }

    /// Tells a word of a text in this language, where it was not told before.
    fn tell(&mut self, word: &str, hash: u64, language: Language) {
        let hash = hash ^ spread(language as u64 + 1);
        let at_hand = usize::try_from(hash % AT_HAND as u64).ok().and_then(|place| self.at_hand.get_mut(place));
        if at_hand.is_some_and(|told| std::mem::replace(told, hash) == hash) {
            return;
        }
        let Some(told) = self.told.place(hash) else { return };
        if language.stem_into(word, &mut self.stem) && self.stem != word {
            self.met.add(&self.stem, word);
        }
        // Behind it: whoever sees that it is told need not tell it.
        told.store(hash, Release);
    }
}

/// Terms that are taken off what [`Speller::spell`] made.
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
        let mut rest = self.rest.chars();
        let head = u32::from(rest.next()?);
        let (term, rest) = rest.as_str().split_at_checked((head >> 1) as usize)?;
        self.place += u32::from(head & 1 == 0);
        self.rest = rest;
        Some((self.place, term))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::forms::Forms;
    use super::*;

    /// Stems with forms of theirs.
    type Pairs = Vec<(String, String)>;

    /// The terms of a text, as the walk over it gives them, and the forms of its words.
    fn as_found(text: &str, setting: Setting, language: Option<Language>) -> (Vec<(u32, String)>, Pairs) {
        let mut pieces = running(text, setting, language);
        let (mut terms, mut forms) = (Vec::new(), Vec::new());
        while let Some((kind, place, ..)) = pieces.next() {
            let term = match kind {
                Piece::Word => pieces.word().to_owned(),
                Piece::Stem => {
                    forms.push((pieces.stem().to_owned(), pieces.word().to_owned()));
                    continue;
                }
                Piece::Sentence => SENTENCE.to_owned(),
                Piece::Paragraph => PARAGRAPH.to_owned(),
                Piece::Body => BODY.to_owned(),
            };
            terms.push((place, term));
        }
        (terms, forms)
    }

    fn spell(spellers: &Spellers, text: &str, setting: Setting, language: Option<Language>) -> String {
        spellers.with(|speller| speller.spell(text, setting, language))
    }

    fn met(spellers: &Spellers) -> Forms {
        let (none, mut bytes) = (Forms::default(), Vec::new());
        let taken = spellers.met.take(&none).unwrap_or_default();
        taken.write_onto(&none, &mut bytes).expect("memory takes everything");
        Forms::of_bytes(Box::new(bytes)).expect("what was written")
    }

    #[test]
    fn terms_of_a_text_and_forms_of_its_words() {
        let spellers = Spellers::default();
        let spelled = spell(&spellers, "Kerry's run. The Häuser\nstood", Setting::Lines, Some(Language::German));
        let shown: Vec<String> =
            Spelled::new(&spelled).map(|(place, term)| format!("{place}:{}", term.replace('\u{1}', "."))).collect();
        assert_eq!(shown.join(" "), "0:kerry's 0:kerry 1:run 2:.s 2:the 3:hauser 3:haeuser 4:.s 4:.p 4:stood");
        assert_eq!(spell(&spellers, "", Setting::Body, None), "");
        assert_eq!(met(&spellers).of("haus"), ["haeuser", "hauser"]);
    }

    #[test]
    fn terms_of_any_length_are_taken_off() {
        // A word is cut at 96 bytes, but for its last letter, which may be spelled out.
        let long = ["a".repeat(63), "b".repeat(64), "c".repeat(300), format!("{}\u{fdfa}", "d".repeat(94))];
        let spelled = spell(&Spellers::default(), &long.join(" "), Setting::Lines, None);
        let lengths: Vec<(u32, usize)> = Spelled::new(&spelled).map(|(place, term)| (place, term.len())).collect();
        assert_eq!(lengths.get(..3), Some([(0, 63), (1, 64), (2, 96)].as_slice()), "{lengths:?}");
        assert!(lengths.get(3).is_some_and(|(place, length)| *place == 3 && *length >= 94), "{lengths:?}");
    }

    #[test]
    fn a_word_is_told_in_each_language_that_it_stands_in() {
        let spellers = Spellers::default();
        for language in [Some(Language::English), None, Some(Language::German)] {
            spell(&spellers, "notes", Setting::Lines, language);
        }
        let forms = met(&spellers);
        assert_eq!([forms.of("note"), forms.of("not")], [["notes"], ["notes"]]);
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
            let spellers = Spellers::default();
            let spelled = spell(&spellers, &text, setting, Some(language));
            let taken: Vec<_> = Spelled::new(&spelled).map(|(place, term)| (place, term.to_owned())).collect();
            let (terms, pairs) = as_found(&text, setting, Some(language));
            prop_assert_eq!(taken, terms);
            for (mut gathered, features) in [
                (Gathered::of_long(&text), sketch::of_long(&text)),
                (Gathered::of_short(&text), sketch::of_short(&text)),
            ] {
                spellers.with(|speller| speller.spell_into(&text, setting, Some(language), &mut gathered));
                prop_assert_eq!(gathered.features(), features);
            }
            let forms = met(&spellers);
            for (stem, form) in pairs {
                prop_assert!(forms.of(&stem).contains(&form), "{} {}", stem, form);
            }
        }
    }
}
