//! Which dictionaries an index has: one is trained on the first articles of an archive (Zstandard's own, by fast COVER), and another
//! one where articles have become so different that they are packed much worse.
//!
//! Until there are enough articles to make one of they wait; what they are is not known here.

use std::io;
use std::sync::Arc;

use zstd::dict::from_continuous;

use super::packed::{Current, Dictionary, Packer, Packing, Text, Unpacker};

/// Bytes of a dictionary. At one of 256 KB and more Zstandard searches otherwise, which takes as long and finds less.
const DICTIONARY: usize = 255 << 10;

/// Bytes that one is trained on, in a quarter of a second. Twice as many make it no better.
const SAMPLE: usize = if cfg!(test) { 96 << 10 } else { 4 << 20 };

/// Of fewer bytes none is made.
const LEAST_SAMPLE: usize = SAMPLE / 16;

/// A dictionary of less than half the size is made anew when there is so many times as much to train it on.
const GROWN: usize = 4;

/// The least bytes that an article is taken to have.
const ARTICLE: usize = 1 << 10;

/// A dictionary is at most this part of what it was trained on.
const PART: usize = 16;

/// Numbers of dictionaries are bytes; none has the number 0.
const MOST: usize = 255;

/// Of a long text, so many bytes are learned from.
const BEGINNING: usize = 64 << 10;

/// Beginnings of texts, one after another.
#[derive(Default)]
struct Sample {
    text: Vec<u8>,
    sizes: Vec<usize>,
    /// Bytes of the whole texts.
    met: usize,
}

impl Sample {
    fn add(&mut self, text: &str) {
        let beginning = text.as_bytes().get(..BEGINNING).unwrap_or(text.as_bytes());
        self.text.extend_from_slice(beginning);
        self.sizes.push(beginning.len());
        self.met += text.len();
    }

    fn is_enough(&self) -> bool {
        self.met >= SAMPLE
    }

    /// What they have in common; none, where they are few or have nothing in common.
    fn dictionary(&self, number: u8) -> Option<Dictionary> {
        if self.text.len() < LEAST_SAMPLE {
            return None;
        }
        let most = DICTIONARY.min(self.text.len() / PART);
        let mut bytes = from_continuous(&self.text, &self.sizes, most).ok()?;
        // Where it has no number of its own, packed texts need not repeat one.
        bytes.get_mut(4..8)?.fill(0);
        Some(Dictionary::new(number, bytes))
    }

    fn texts(&self) -> impl Iterator<Item = &[u8]> {
        let mut from = 0;
        self.sizes.iter().map(move |size| {
            let text = self.text.get(from..from + size);
            from += size;
            text.unwrap_or_default()
        })
    }
}

/// How well texts are packed, and whether that has become worse.
#[derive(Default)]
struct Watch {
    before: u64,
    behind: u64,
    /// Thousandths that were left of the first texts that it saw.
    first: Option<u64>,
}

/// Where so much more is left of texts than was of the first ones, in hundredths, they have become others.
const WORSE: u64 = 115;

/// A dictionary is not worth its room where it takes less than this off, in hundredths.
const BETTER: usize = 95;

impl Watch {
    /// Whether the texts up to this one are packed much worse than the first ones.
    fn sees_worse(&mut self, before: usize, behind: usize) -> bool {
        self.before += before as u64;
        self.behind += behind as u64;
        if self.before < SAMPLE as u64 {
            return false;
        }
        let left = self.behind * 1000 / self.before;
        (self.before, self.behind) = (0, 0);
        left * 100 > *self.first.get_or_insert(left) * WORSE
    }
}

/// The dictionaries of an index that is written.
pub(super) struct Press {
    packing: Arc<Packing>,
    packer: Packer,
    dictionaries: Vec<Dictionary>,
    unpacker: Unpacker,
    sample: Option<Sample>,
    watch: Watch,
    /// Whether enough texts to make one of had nothing in common: then none wait any more.
    given_up: bool,
    /// Whether any was made since they were written down.
    changed: bool,
}

/// What becomes of a text.
pub(super) enum Pressed {
    /// It is packed.
    Packed(Vec<u8>),
    /// It waits for a dictionary.
    Waits,
}

impl Default for Press {
    fn default() -> Self {
        let packing = Arc::new(Packing::default());
        Self {
            packer: Packer::of(&packing),
            packing,
            dictionaries: Vec::new(),
            unpacker: Unpacker::default(),
            sample: None,
            watch: Watch::default(),
            given_up: false,
            changed: false,
        }
    }
}

impl Press {
    /// With the dictionaries that an index has.
    pub(super) fn of(dictionaries: Vec<Dictionary>) -> io::Result<Self> {
        let press = Self { unpacker: Unpacker::of(&dictionaries)?, dictionaries, ..Self::default() };
        press.dictionaries.last().map(|last| press.packing.put(last)).transpose()?;
        Ok(press)
    }

    /// By what others pack.
    pub(super) fn packing(&self) -> &Arc<Packing> {
        &self.packing
    }

    /// Whether texts wait for the first dictionary.
    pub(super) fn waits(&self) -> bool {
        self.dictionaries.is_empty() && !self.given_up
    }

    /// Packs a text that is not packed yet. Where there is no dictionary it waits for one, but if it is wanted `now`.
    pub(super) fn press(&mut self, text: &Text, now: bool) -> Pressed {
        match text {
            Text::Plain(_) if !now && self.waits() => {
                self.gather(text);
                Pressed::Waits
            }
            Text::Plain(plain) => {
                let packed = self.packer.packed(plain.as_bytes(), self.packing.current().as_deref());
                self.see(plain.len(), &packed);
                Pressed::Packed(packed)
            }
            Text::Packed { bytes, length, by } if self.dictionaries.iter().any(|own| own.is(by.dictionary())) => {
                self.see(*length, bytes);
                Pressed::Packed(bytes.clone())
            }
            Text::Packed { .. } => self.press(&Text::Plain(text.plain()), now),
        }
    }

    /// Whether an index of so many articles has enough for a dictionary that it lacks, or for a larger one than it has.
    pub(super) fn should_learn(&self, articles: usize) -> bool {
        let last = self.dictionaries.last().map_or(0, |last| last.len());
        let least = LEAST_SAMPLE.max(GROWN * PART * last);
        last < DICTIONARY / 2 && self.dictionaries.len() < MOST && articles >= least / ARTICLE
    }

    /// Of so many articles that are packed already, each how manyth is to be learned from.
    pub(super) fn step(articles: usize) -> usize {
        (articles * 2 * ARTICLE / SAMPLE).max(1)
    }

    /// Makes a dictionary of what is packed already.
    pub(super) fn learn(&mut self, packed: impl Iterator<Item = Vec<u8>>) {
        let mut sample = Sample::default();
        for text in packed.filter_map(|packed| self.unpacker.unpack(&packed)) {
            sample.add(&text);
            if sample.is_enough() {
                break;
            }
        }
        self.sample = Some(sample);
        self.train();
    }

    /// Makes a dictionary of what waits, where that is enough for one: nothing is to wait any longer.
    pub(super) fn settle(&mut self) {
        if self.waits() {
            self.train();
        }
    }

    /// All dictionaries, where one was made since they were last asked for.
    pub(super) fn unwritten(&mut self) -> Option<&[Dictionary]> {
        std::mem::take(&mut self.changed).then_some(&self.dictionaries)
    }

    /// Watches how well texts are packed, and gathers some for a new dictionary when that has become much worse.
    fn see(&mut self, length: usize, packed: &[u8]) {
        if let Some(sample) = &mut self.sample {
            sample.add(&self.unpacker.unpack(packed).unwrap_or_default());
            if sample.is_enough() {
                self.train();
            }
        } else if (1..MOST).contains(&self.dictionaries.len()) && self.watch.sees_worse(length, packed.len()) {
            self.sample = Some(Sample::default());
        }
    }

    fn gather(&mut self, text: &Text) {
        let sample = self.sample.get_or_insert_default();
        sample.add(&text.plain());
        if sample.is_enough() {
            self.train();
            self.given_up = self.waits();
        }
    }

    /// Makes a dictionary of the sample; one that is hardly better than the last is not kept.
    fn train(&mut self) {
        let sample = self.sample.take().unwrap_or_default();
        self.watch = Watch::default();
        let number = u8::try_from(self.dictionaries.len() + 1).ok();
        let Some(dictionary) = number.and_then(|number| sample.dictionary(number)) else { return };
        if !self.is_better(&dictionary, &sample) {
            return;
        }
        if self.unpacker.add(&dictionary).and_then(|()| self.packing.put(&dictionary)).is_ok() {
            self.dictionaries.push(dictionary);
            self.changed = true;
        }
    }

    fn is_better(&mut self, dictionary: &Dictionary, sample: &Sample) -> bool {
        let Some(last) = self.packing.current() else { return true };
        let Ok(next) = Current::of(dictionary) else { return false };
        let (mut old, mut new) = (0, 0);
        for text in sample.texts() {
            old += self.packer.packed(text, Some(&last)).len();
            new += self.packer.packed(text, Some(&next)).len();
        }
        new * 100 < old * BETTER
    }
}

#[cfg(test)]
mod tests {
    use super::super::packed::{dictionaries, write};
    use super::*;

    /// An article after a pattern, which others of its kind have in common with it.
    fn article(kind: &str, number: usize) -> String {
        let word = |place: usize| format!("{kind}{}", spread(number * 31 + place) % 97);
        let words: Vec<String> = (0..60).map(word).collect();
        format!("The harbour board of {kind} met for the {number}th time.\n{}\nIt closed early.", words.join(" "))
    }

    fn spread(number: usize) -> usize {
        number.wrapping_mul(0x9E37_79B9) >> 7
    }

    /// Gives texts to a press, and puts by what it packs; gives how many waited.
    fn put(press: &mut Press, packed: &mut Vec<(String, Vec<u8>)>, texts: impl Iterator<Item = String>) -> usize {
        let mut held: Vec<String> = Vec::new();
        let mut waited = 0;
        for text in texts {
            match press.press(&Text::Plain(text.clone()), false) {
                Pressed::Packed(bytes) => packed.push((text, bytes)),
                Pressed::Waits => {
                    held.push(text);
                    waited += 1;
                }
            }
        }
        press.settle();
        for text in held {
            if let Pressed::Packed(bytes) = press.press(&Text::Plain(text.clone()), true) {
                packed.push((text, bytes));
            }
        }
        waited
    }

    /// Whether all can be read by what is written down of the dictionaries.
    fn all_come_back(press: &Press, packed: &[(String, Vec<u8>)]) {
        let mut file = Vec::new();
        write(&press.dictionaries, &mut file).expect("memory takes everything");
        let unpacker = Unpacker::of(&dictionaries(&file).expect("what was written")).expect("dictionaries");
        for (text, bytes) in packed {
            assert_eq!(unpacker.unpack(bytes).as_deref(), Some(text.as_str()));
        }
    }

    #[test]
    fn texts_wait_for_a_dictionary_and_come_back() {
        let (mut press, mut packed) = (Press::default(), Vec::new());
        let waited = put(&mut press, &mut packed, (0..500).map(|number| article("Ostby", number)));
        assert!((50..450).contains(&waited), "{waited}");
        assert_eq!((press.dictionaries.len(), press.unwritten().map(<[_]>::len)), (1, Some(1)));
        assert!(press.unwritten().is_none(), "nothing new");
        all_come_back(&press, &packed);
        let small: usize = packed.iter().map(|(_, bytes)| bytes.len()).sum();
        let alone = |text: &str| zstd::bulk::compress(text.as_bytes(), 5).expect("it is packed").len();
        let large: usize = packed.iter().map(|(text, _)| alone(text)).sum();
        assert!(small * 3 < large * 2, "{small} of {large}");
    }

    #[test]
    fn nobody_waits_for_ever_where_nothing_can_be_learned() {
        let (mut press, mut packed) = (Press::default(), Vec::new());
        let long = article("Ostby", 1).repeat(2 * SAMPLE / 300);
        assert_eq!(put(&mut press, &mut packed, [long.clone(), long].into_iter()), 1);
        assert!(press.dictionaries.is_empty() && !press.waits());
        all_come_back(&press, &packed);
    }

    #[test]
    fn a_few_texts_are_packed_without_a_dictionary() {
        let (mut press, mut packed) = (Press::default(), Vec::new());
        assert_eq!(put(&mut press, &mut packed, (0..5).map(|number| article("Ostby", number))), 5);
        assert!(press.dictionaries.is_empty() && press.unwritten().is_none());
        all_come_back(&press, &packed);
    }

    #[test]
    fn other_texts_get_another_dictionary_and_the_same_do_not() {
        let (mut press, mut packed) = (Press::default(), Vec::new());
        put(&mut press, &mut packed, (0..1500).map(|number| article("Ostby", number)));
        assert_eq!(press.dictionaries.len(), 1);
        put(&mut press, &mut packed, (0..1500).map(|number| article("Ümlauthausen-am-See", number).to_uppercase()));
        assert_eq!(press.dictionaries.len(), 2);
        all_come_back(&press, &packed);
    }

    #[test]
    fn what_was_packed_for_another_writer_is_packed_anew() {
        let (mut one, mut other, mut packed) = (Press::default(), Press::default(), Vec::new());
        put(&mut one, &mut packed, (0..500).map(|number| article("Ostby", number)));
        put(&mut other, &mut packed, (0..500).map(|number| article("Kestwick", number)));
        let text = article("Ostby", 1000);
        let foreign = Packer::of(one.packing()).pack(text.clone());
        let Pressed::Packed(bytes) = other.press(&foreign, false) else { panic!("there is a dictionary") };
        all_come_back(&other, &[(text, bytes)]);
    }

    #[test]
    fn an_index_learns_when_it_has_grown() {
        let (mut press, mut packed) = (Press::default(), Vec::new());
        put(&mut press, &mut packed, (0..5).map(|number| article("Ostby", number)));
        assert!(!press.should_learn(5) && press.should_learn(SAMPLE));
        put(&mut press, &mut packed, (0..10).map(|number| article("Ostby", number)));
        let known: Vec<Vec<u8>> = (0..20).flat_map(|_| packed.iter().map(|(_, bytes)| bytes.clone())).collect();
        press.learn(known.into_iter());
        assert_eq!(press.dictionaries.len(), 1);
        all_come_back(&press, &packed);
        assert_eq!([Press::step(10), Press::step(SAMPLE)], [1, 2048]);
    }

    #[test]
    fn a_file_that_is_garbled_is_refused() {
        let (mut press, mut packed) = (Press::default(), Vec::new());
        put(&mut press, &mut packed, (0..500).map(|number| article("Ostby", number)));
        let mut file = Vec::new();
        write(&press.dictionaries, &mut file).expect("memory takes everything");
        for end in (1..file.len()).step_by(97) {
            assert!(dictionaries(&file[..end]).is_err(), "cut after {end} bytes");
        }
        for at in (0..file.len()).step_by(89) {
            let mut other = file.clone();
            other[at] ^= 0x40;
            assert!(dictionaries(&other).is_err(), "byte {at} is another");
        }
    }
}
