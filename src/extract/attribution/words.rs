//! What the words around a quotation tell: weights of single words by where they stand, summed.
//!
//! Three log-linear models, one for each question of attribution. Each looks at a few places ("the cue", "the word before the
//! marks") and at nothing but the word there. Their sums are features of the forests, which weigh them against all else.
//! The weights are a text file that a reader can look through.

use std::fmt::Write as _;

use super::super::clause::{Clause, Way};
use super::super::lexicon::{WordMap, hash};
use super::super::mention::{Form, Mention};
use super::super::page::{Page, Quoted};
use super::Scene;

macro_rules! places {
    ($($place:ident),* $(,)?) => {
        /// Where a word stands.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[allow(non_camel_case_types, reason = "the names are printed as they stand")]
        pub(in crate::extract) enum Place { $($place),* }
        const PLACES: &[(&str, Place)] = &[$((stringify!($place), Place::$place)),*];
    };
}

places! {
    // Of a candidate.
    cue_before, cue_behind, other_cue, head, word_before, word_after, between, to_cue,
    // Of a region, for whether it is speech.
    speech_before, speech_second_before, speech_after, speech_second_after, speech_first, speech_last,
    speech_cue_before, speech_cue_behind,
    // Of a region, for whether it is direct.
    direct_before, direct_after, direct_first, direct_last, direct_cue_before, direct_cue_behind,
}

/// A word in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) struct Seen {
    pub(in crate::extract) place: Place,
    pub(in crate::extract) word: u64,
    /// The token, by which a trainer can tell the word.
    pub(in crate::extract) at: u32,
}

impl Seen {
    pub(in crate::extract) fn key(self) -> u64 {
        key(self.place, self.word)
    }
}

fn key(place: Place, word: u64) -> u64 {
    word.rotate_left(7).wrapping_add((place as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

/// The weights of words.
#[derive(Clone, Debug, Default)]
pub(in crate::extract) struct Words {
    weights: WordMap<f32>,
}

impl Words {
    pub(in crate::extract) fn from_weights(weights: impl Iterator<Item = (u64, f32)>) -> Self {
        Self { weights: weights.collect() }
    }

    /// The weight of a word in its place.
    pub(in crate::extract) fn weight(&self, seen: Seen) -> f32 {
        self.weights.get(&seen.key()).copied().unwrap_or(0.0)
    }

    /// The sum of the weights of words with these keys, as a feature.
    pub(in crate::extract) fn sum_of(&self, keys: impl Iterator<Item = u64>) -> u8 {
        feature(keys.filter_map(|key| self.weights.get(&key)).sum())
    }

    /// Reads lines of place, word and weight; `None` where they are damaged.
    pub(in crate::extract) fn parse(text: &str) -> Option<Self> {
        let mut weights = WordMap::default();
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let (place, rest) = line.split_once(' ')?;
            let (word, weight) = rest.rsplit_once(' ')?;
            let place = PLACES.iter().find(|(name, _)| *name == place)?.1;
            weights.insert(key(place, hash(word)), weight.parse().ok()?);
        }
        Some(Self { weights })
    }
}

/// One line of the file of weights.
pub(in crate::extract) fn print(into: &mut String, place: Place, word: &str, weight: f32) {
    let name = PLACES.iter().find(|(_, other)| *other == place).map_or("", |(name, _)| *name);
    let written = writeln!(into, "{name} {word} {weight:.2}");
    debug_assert!(written.is_ok(), "a String takes all that is written");
}

/// A sum of nothing.
const MIDDLE: u8 = 30;

/// A sum of weights as a feature.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to what fits")]
pub(in crate::extract) fn feature(sum: f32) -> u8 {
    (f32::from(MIDDLE) + sum * 7.0).round().clamp(0.0, 63.0) as u8
}

/// The word or sign at a token, if it stands in the narrative between these two.
fn narrative(page: &Page<'_>, at: Option<u32>, first: u32, last: u32) -> Option<u32> {
    at.filter(|&at| at >= first && at < last && page.tok(at).is_some_and(|tok| tok.narrative()))
}

fn seen(page: &Page<'_>, place: Place, at: u32) -> Option<Seen> {
    let tok = page.tok(at)?;
    let word = if tok.hash == 0 { hash(page.words(at)) } else { tok.hash };
    Some(Seen { place, word, at })
}

/// The words of a region: those for the question whether it is speech, and (`true`) those for whether it is direct.
pub(in crate::extract) fn of_region(scene: &Scene<'_, '_>, quoted: &Quoted, mut add: impl FnMut(bool, Seen)) {
    let page = scene.page;
    let Some(&(first, last)) = page.paragraphs.get(quoted.region.paragraph as usize) else { return };
    let mut see = |for_direct: bool, place: Place, at: Option<u32>| {
        if let Some(seen) = at.and_then(|at| seen(page, place, at)) {
            add(for_direct, seen);
        }
    };
    let before = narrative(page, quoted.first.checked_sub(1), first, last);
    let second_before = narrative(page, before.and_then(|at| at.checked_sub(1)), first, last);
    let after = narrative(page, Some(quoted.last), first, last);
    let second_after = narrative(page, after.map(|at| at + 1), first, last);
    see(false, Place::speech_before, before);
    see(false, Place::speech_second_before, second_before);
    see(false, Place::speech_after, after);
    see(false, Place::speech_second_after, second_after);
    see(true, Place::direct_before, before);
    see(true, Place::direct_after, after);
    if quoted.last > quoted.first {
        let (start, end) = (quoted.first, quoted.last - 1);
        let word = |at: u32| page.tok(at).is_some_and(|tok| tok.shape.is_word());
        let end = (start..=end).rev().take(3).find(|&at| word(at)).unwrap_or(end);
        see(false, Place::speech_first, Some(start));
        see(true, Place::direct_first, Some(start));
        see(false, Place::speech_last, Some(end));
        see(true, Place::direct_last, Some(end));
    }
    let sentence = |clause: &Clause| page.tok(clause.cue).is_some_and(|tok| tok.sentence == quoted.sentence);
    let (near_before, near_behind) = scene.clauses_around(quoted);
    let cue = |near: super::Near| {
        let clause = scene.clauses.get(near?.1 as usize).filter(|clause| sentence(clause))?;
        Some(clause.cue)
    };
    see(false, Place::speech_cue_before, cue(near_before));
    see(false, Place::speech_cue_behind, cue(near_behind));
    see(true, Place::direct_cue_before, cue(near_before));
    see(true, Place::direct_cue_behind, cue(near_behind));
}

/// The words beside a mention, and its head.
pub(in crate::extract) fn beside(page: &Page<'_>, mention: &Mention, mut add: impl FnMut(Seen)) {
    let mut see = |place: Place, at: u32| {
        if let Some(seen) = seen(page, place, at) {
            add(seen);
        }
    };
    if let Some((at, _)) = page.before(mention.first) {
        see(Place::word_before, at);
    }
    if let Some((at, _)) = page.after(mention.last - 1) {
        see(Place::word_after, at);
    }
    if !matches!(mention.form, Form::Name) {
        see(Place::head, mention.head);
    }
}

/// The words of the clause of saying that a candidate is the subject of, its cue and what stands around that.
pub(in crate::extract) fn of_clause(
    page: &Page<'_>,
    quoted: &Quoted,
    mention: &Mention,
    clause: Option<&Clause>,
    mut add: impl FnMut(Seen),
) {
    const BAG: u32 = 4;
    let mut see = |place: Place, at: u32| {
        if let Some(seen) = seen(page, place, at) {
            add(seen);
        }
    };
    let Some(clause) = clause else { return };
    let behind = clause.cue >= quoted.last;
    let place = match () {
        () if clause.way > Way::According => Place::other_cue,
        () if behind => Place::cue_behind,
        () => Place::cue_before,
    };
    see(place, clause.cue);
    let mut bag = |place: Place, from: u32, to: u32| {
        if to >= from && to - from <= BAG {
            let narrative = (from..to).filter(|&at| page.tok(at).is_some_and(|tok| tok.narrative()));
            narrative.for_each(|at| see(place, at));
        }
    };
    let (from, to) = if behind { (quoted.last, clause.cue) } else { (clause.last, quoted.first) };
    bag(Place::between, from, to);
    let (from, to) = if mention.first > clause.cue { (clause.last, mention.first) } else { (mention.last, clause.cue) };
    bag(Place::to_cue, from, to);
}

#[cfg(test)]
mod tests {
    use super::{MIDDLE, Place, Words, hash, key, print};

    #[test]
    fn weights_read_back_as_they_were_printed_and_are_summed_by_place() {
        let mut text = String::from("# a header\n");
        print(&mut text, Place::cue_before, "said", 1.25);
        print(&mut text, Place::speech_before, ",", -0.5);
        assert_eq!(text, "# a header\ncue_before said 1.25\nspeech_before , -0.50\n");
        let words = Words::parse(&text).expect("well formed");
        let sum = |place, word| words.sum_of([key(place, hash(word))].into_iter());
        assert_eq!(sum(Place::cue_before, "Said"), MIDDLE + 9);
        assert_eq!(sum(Place::cue_behind, "said"), MIDDLE);
        assert!(sum(Place::speech_before, ",") < MIDDLE);
        assert!(Words::parse("nowhere said 1").is_none() && Words::parse("cue_before said").is_none());
    }
}
