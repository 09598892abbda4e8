//! Which dictionaries an index has: one is trained on the first articles of an archive (Zstandard's own, by fast COVER), and another
//! one where articles have become so different that they are packed much worse.
//!
//! Until there are enough articles to make one of they wait; what they are is not known here.

use std::io;

use zstd::dict::from_continuous;

use super::packed::{Dictionary, Packer, Unpacker};

/// Bytes of a dictionary. Fewer leave more of what is packed, and more take the room that they spare. Above 256 KB the tables that belong to it are
/// out of the processor's reach.
const DICTIONARY: usize = 255 << 10;

/// Bytes that one is trained on. Twice as many take twice as long and make it hardly better.
const SAMPLE: usize = if cfg!(test) { 96 << 10 } else { 4 << 20 };

/// Of fewer bytes none is made.
const LEAST_SAMPLE: usize = SAMPLE / 16;

/// A dictionary of less than half the size is made anew when there is so many times as much to train it on.
const GROWN: usize = 4;

/// The least bytes that an article is taken to have.
const ARTICLE: usize = 1 << 10;

/// A dictionary is at most this part of what it was trained on.
const PART: usize = 16;

/// So many bytes are packed one after another, so that the processor has what belongs to the dictionary at hand.
const AT_ONCE: usize = 256 << 10;

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

    /// The bytes that they come to, packed.
    fn packed(&self, packer: &mut Packer) -> io::Result<usize> {
        let (mut rest, mut bytes) = (self.text.as_slice(), 0);
        for &size in &self.sizes {
            let (text, behind) = rest.split_at_checked(size).unwrap_or_default();
            bytes += packer.packed(text)?.len();
            rest = behind;
        }
        Ok(bytes)
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
        let left = left(self.before, self.behind).unwrap_or_default();
        (self.before, self.behind) = (0, 0);
        left * 100 > *self.first.get_or_insert(left) * WORSE
    }
}

/// Thousandths that are left of so many bytes.
fn left(before: u64, behind: u64) -> Option<u64> {
    (behind * 1000).checked_div(before)
}

/// The dictionaries of an index that is written.
pub(super) struct Press {
    dictionaries: Vec<Dictionary>,
    /// Packs by the last of them.
    packer: Packer,
    unpacker: Unpacker,
    /// Texts for another one, while they are gathered.
    sample: Option<Sample>,
    watch: Watch,
    /// Whether enough texts to make one of had nothing in common: then none wait any more.
    given_up: bool,
    /// Whether any was made since they were written down.
    changed: bool,
}

impl Press {
    /// With the dictionaries that an index has.
    pub(super) fn of(dictionaries: Vec<Dictionary>) -> io::Result<Self> {
        Ok(Self {
            packer: Packer::of(dictionaries.last())?,
            unpacker: Unpacker::of(&dictionaries)?,
            dictionaries,
            sample: None,
            watch: Watch::default(),
            given_up: false,
            changed: false,
        })
    }

    /// Bytes of texts that should wait before they are packed, one after another: more, while there is no dictionary.
    pub(super) fn patience(&self) -> usize {
        if self.dictionaries.is_empty() && !self.given_up { SAMPLE } else { AT_ONCE }
    }

    /// Packs texts that waited. Where there is no dictionary, they may make one.
    pub(super) fn press<'a>(&mut self, texts: impl Iterator<Item = &'a str> + Clone) -> io::Result<Vec<Vec<u8>>> {
        if self.dictionaries.is_empty() && !self.given_up {
            let mut sample = Sample::default();
            texts.clone().for_each(|text| sample.add(text));
            self.given_up = sample.is_enough();
            self.train(&sample)?;
        }
        texts.map(|text| self.pack(text)).collect()
    }

    fn pack(&mut self, text: &str) -> io::Result<Vec<u8>> {
        let packed = self.packer.packed(text.as_bytes())?;
        if let Some(sample) = &mut self.sample {
            sample.add(text);
            if let Some(sample) = self.sample.take_if(|sample| sample.is_enough()) {
                self.train(&sample)?;
            }
        } else if (1..MOST).contains(&self.dictionaries.len()) && self.watch.sees_worse(text.len(), packed.len()) {
            self.sample = Some(Sample::default());
        }
        Ok(packed)
    }

    /// Whether an index of so many articles has enough for a dictionary that it lacks, or for a larger one than it has.
    pub(super) fn should_learn(&self, articles: usize) -> bool {
        let last = self.dictionaries.last().map_or(0, Dictionary::len);
        let least = LEAST_SAMPLE.max(GROWN * PART * last);
        last < DICTIONARY / 2 && self.dictionaries.len() < MOST && articles >= least / ARTICLE
    }

    /// Of so many articles that are packed already, each how manyth is to be learned from.
    pub(super) fn step(articles: usize) -> usize {
        (articles * 2 * ARTICLE / SAMPLE).max(1)
    }

    /// Makes a dictionary of what is packed already.
    pub(super) fn learn(&mut self, packed: impl Iterator<Item = Vec<u8>>) -> io::Result<()> {
        let mut sample = Sample::default();
        for text in packed.filter_map(|packed| self.unpacker.unpack(&packed)) {
            sample.add(&text);
            if sample.is_enough() {
                break;
            }
        }
        self.train(&sample)
    }

    /// Sees how well the last dictionary did for what is packed already, so that it is seen when it does worse for what comes.
    pub(super) fn look_back(&mut self, packed: impl Iterator<Item = Vec<u8>>) {
        let Some(last) = self.dictionaries.last() else { return };
        let (mut before, mut behind) = (0, 0);
        for packed in packed.filter(|packed| last.has(packed)) {
            if let Some(text) = self.unpacker.unpack(&packed) {
                before += text.len() as u64;
                behind += packed.len() as u64;
            }
        }
        self.watch = Watch { first: left(before, behind), ..Watch::default() };
    }

    /// All dictionaries, where one was made since they were last asked for.
    pub(super) fn unwritten(&mut self) -> Option<&[Dictionary]> {
        std::mem::take(&mut self.changed).then_some(&self.dictionaries)
    }

    /// Makes a dictionary of a sample; one that is hardly better than the last is not kept.
    fn train(&mut self, sample: &Sample) -> io::Result<()> {
        self.watch = Watch::default();
        let number = u8::try_from(self.dictionaries.len() + 1).ok();
        let Some(dictionary) = number.and_then(|number| sample.dictionary(number)) else { return Ok(()) };
        let mut packer = Packer::of(Some(&dictionary))?;
        let better = self.dictionaries.is_empty()
            || sample.packed(&mut packer)? * 100 < sample.packed(&mut self.packer)? * BETTER;
        if better {
            self.unpacker.add(&dictionary)?;
            self.packer = packer;
            self.dictionaries.push(dictionary);
            self.changed = true;
        }
        Ok(())
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

    fn press(dictionaries: Vec<Dictionary>) -> Press {
        Press::of(dictionaries).expect("there is memory")
    }

    /// Gives texts to a press, as many at a time as it has patience for, and puts by what it packs.
    fn put(press: &mut Press, packed: &mut Vec<(String, Vec<u8>)>, texts: impl Iterator<Item = String>) {
        let mut texts = texts.peekable();
        while texts.peek().is_some() {
            let (mut held, mut bytes) = (Vec::new(), 0);
            while bytes < press.patience()
                && let Some(text) = texts.next()
            {
                bytes += text.len();
                held.push(text);
            }
            let pressed = press.press(held.iter().map(String::as_str)).expect("there is memory");
            packed.extend(held.into_iter().zip(pressed));
        }
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
        let (mut press, mut packed) = (press(Vec::new()), Vec::new());
        assert!(press.patience() == SAMPLE);
        put(&mut press, &mut packed, (0..500).map(|number| article("Ostby", number)));
        assert!(press.patience() == AT_ONCE);
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
        let (mut press, mut packed) = (press(Vec::new()), Vec::new());
        let long = article("Ostby", 1).repeat(2 * SAMPLE / 300);
        put(&mut press, &mut packed, [long.clone(), long].into_iter());
        assert!(press.dictionaries.is_empty() && press.patience() == AT_ONCE);
        all_come_back(&press, &packed);
    }

    #[test]
    fn a_few_texts_are_packed_without_a_dictionary() {
        let (mut press, mut packed) = (press(Vec::new()), Vec::new());
        put(&mut press, &mut packed, (0..5).map(|number| article("Ostby", number)));
        assert!(press.dictionaries.is_empty() && press.patience() == SAMPLE && press.unwritten().is_none());
        all_come_back(&press, &packed);
    }

    #[test]
    fn other_texts_get_another_dictionary_and_the_same_do_not() {
        let (mut press, mut packed) = (press(Vec::new()), Vec::new());
        put(&mut press, &mut packed, (0..1500).map(|number| article("Ostby", number)));
        assert_eq!(press.dictionaries.len(), 1);
        put(&mut press, &mut packed, (0..1500).map(|number| article("Ümlauthausen-am-See", number).to_uppercase()));
        assert_eq!(press.dictionaries.len(), 2);
        all_come_back(&press, &packed);
    }

    #[test]
    fn a_dictionary_of_before_is_seen_to_fit_no_more() {
        let (mut before, mut packed) = (press(Vec::new()), Vec::new());
        put(&mut before, &mut packed, (0..1500).map(|number| article("Ostby", number)));
        for (looks_back, dictionaries) in [(false, 1), (true, 2)] {
            let mut press = press(before.dictionaries.clone());
            if looks_back {
                press.look_back(packed.iter().map(|(_, bytes)| bytes.clone()));
            }
            let mut more = Vec::new();
            put(&mut press, &mut more, (0..1500).map(|number| article("Ümlauthausen", number).to_uppercase()));
            assert_eq!(press.dictionaries.len(), dictionaries);
            all_come_back(&press, &more);
        }
    }

    #[test]
    fn an_index_learns_when_it_has_grown() {
        let (mut press, mut packed) = (press(Vec::new()), Vec::new());
        put(&mut press, &mut packed, (0..5).map(|number| article("Ostby", number)));
        assert!(!press.should_learn(5) && press.should_learn(SAMPLE));
        put(&mut press, &mut packed, (0..10).map(|number| article("Ostby", number)));
        let known: Vec<Vec<u8>> = (0..20).flat_map(|_| packed.iter().map(|(_, bytes)| bytes.clone())).collect();
        press.learn(known.into_iter()).expect("there is memory");
        assert_eq!(press.dictionaries.len(), 1);
        all_come_back(&press, &packed);
        assert_eq!([Press::step(10), Press::step(SAMPLE)], [1, 2048]);
    }

    #[test]
    fn a_file_that_is_garbled_is_refused() {
        let (mut press, mut packed) = (press(Vec::new()), Vec::new());
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
