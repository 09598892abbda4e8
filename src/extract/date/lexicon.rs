//! The words that dates are made of, read once from `lexicon/en/date_words.txt` and its German counterpart into a table that answers in a few nanoseconds.
//!
//! It knows what class a word belongs to, and nothing of how words stand together.

use std::sync::LazyLock;

use super::Language;
use super::holiday;
use super::scan::{BEGINS, HOLIDAY};

/// What part a word or mark can play in a date or beside one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// A word of no account.
    Other,
    /// A mark; its value is the byte (all dashes are `-`, all apostrophes and single marks `'`, all double marks `"`).
    Mark,
    /// A blank line.
    Gap,
    /// Digits alone; its value is the number (65535 where larger).
    Number,
    /// Digits with marks between or letters behind that mean something: "2015-09-18", "18/9", "3.5".
    Figures,
    /// "18th", or "eighteenth".
    Ordinal,
    /// "1990s", "90s".
    Decade,
    /// A number too large, or with letters that mean nothing here.
    Junk,
    Month,
    MonthShort,
    Weekday,
    WeekdayShort,
    Weekdays,
    Season,
    Unit,
    Units,
    Fiscal,
    Half,
    Today,
    Daypart,
    Dayparts,
    NumberWord,
    Vague,
    DecadeWord,
    Which,
    Every,
    Part,
    The,
    A,
    Of,
    And,
    Or,
    To,
    Through,
    Until,
    Since,
    From,
    Between,
    In,
    On,
    At,
    By,
    Before,
    After,
    For,
    Be,
    Ago,
    Now,
    YearLead,
    Person,
    Past,
    Future,
    Toward,
    Clock,
    Count,
    NumberLead,
    Make,
    Title,
    DayName,
    Event,
    Pronoun,
    TodayLike,
    UnitEnd,
    UnitAfter,
    UnitBefore,
    Suffix,
    Plan,
    Plans,
    Sense,
    Modal,
    Clause,
    Later,
    Earlier,
    Is,
}

impl Class {
    /// Whether a date can begin with such a word or such figures.
    pub(super) const fn begins_date(self) -> bool {
        matches!(
            self,
            Self::Number
                | Self::Figures
                | Self::Ordinal
                | Self::Decade
                | Self::Month
                | Self::MonthShort
                | Self::Weekday
                | Self::WeekdayShort
                | Self::Season
                | Self::Unit
                | Self::Fiscal
                | Self::Today
                | Self::TodayLike
                | Self::UnitBefore
                | Self::UnitAfter
                | Self::UnitEnd
                | Self::NumberWord
                | Self::Vague
                | Self::DecadeWord
                | Self::Which
                | Self::The
                | Self::A
        )
    }

    fn named(name: &str) -> Option<Self> {
        let names = [
            ("other", Self::Other),
            ("month", Self::Month),
            ("month-short", Self::MonthShort),
            ("weekday", Self::Weekday),
            ("weekday-short", Self::WeekdayShort),
            ("weekdays", Self::Weekdays),
            ("season", Self::Season),
            ("unit", Self::Unit),
            ("units", Self::Units),
            ("fiscal", Self::Fiscal),
            ("half", Self::Half),
            ("today", Self::Today),
            ("daypart", Self::Daypart),
            ("dayparts", Self::Dayparts),
            ("number", Self::NumberWord),
            ("vague", Self::Vague),
            ("ordinal", Self::Ordinal),
            ("decade-word", Self::DecadeWord),
            ("which", Self::Which),
            ("every", Self::Every),
            ("part", Self::Part),
            ("the", Self::The),
            ("a", Self::A),
            ("of", Self::Of),
            ("and", Self::And),
            ("or", Self::Or),
            ("to", Self::To),
            ("through", Self::Through),
            ("until", Self::Until),
            ("since", Self::Since),
            ("from", Self::From),
            ("between", Self::Between),
            ("in", Self::In),
            ("on", Self::On),
            ("at", Self::At),
            ("by", Self::By),
            ("before", Self::Before),
            ("after", Self::After),
            ("for", Self::For),
            ("be", Self::Be),
            ("ago", Self::Ago),
            ("now", Self::Now),
            ("year-lead", Self::YearLead),
            ("person", Self::Person),
            ("past", Self::Past),
            ("future", Self::Future),
            ("toward", Self::Toward),
            ("clock", Self::Clock),
            ("count", Self::Count),
            ("number-lead", Self::NumberLead),
            ("make", Self::Make),
            ("title", Self::Title),
            ("day-name", Self::DayName),
            ("event", Self::Event),
            ("pronoun", Self::Pronoun),
            ("today-like", Self::TodayLike),
            ("unit-end", Self::UnitEnd),
            ("unit-after", Self::UnitAfter),
            ("unit-before", Self::UnitBefore),
            ("suffix", Self::Suffix),
            ("plan", Self::Plan),
            ("plans", Self::Plans),
            ("sense", Self::Sense),
            ("modal", Self::Modal),
            ("clause", Self::Clause),
            ("later", Self::Later),
            ("earlier", Self::Earlier),
            ("is", Self::Is),
        ];
        names.into_iter().find(|(word, _)| *word == name).map(|(_, class)| class)
    }
}

/// A word's entry.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    pub(super) class: Class,
    pub(super) value: u16,
    /// Whether the name of a holiday or a date can begin with it, as a token says it.
    pub(super) flags: u8,
}

/// Words longer than this are in no entry.
pub(super) const LONGEST: usize = 15;

const ENGLISH_WORDS: &str = include_str!("../lexicon/en/date_words.txt");
const GERMAN_WORDS: &str = include_str!("../lexicon/de/date_words.txt");

/// Slots of the table: a power of two, several times the number of words.
const SLOTS: usize = 4096;

/// The table: open addressing on the word's bytes, packed into one number. Most words of a text are in no entry, which the slots
/// alone tell; they are small enough to stay near the processor.
pub(super) struct Lexicon {
    /// Bits of the key's hash above the place of an entry; 0 is an empty slot.
    slots: Vec<u32>,
    keys: Vec<u128>,
    /// The first is that of a word of no account.
    entries: Vec<Entry>,
    /// What a weekday is one word with, in small letters ("abend").
    suffixes: Vec<&'static str>,
}

/// How many bits of a slot are the place of an entry.
const PLACE_BITS: u32 = 12;
const PLACE: u32 = (1 << PLACE_BITS) - 1;

impl Lexicon {
    /// The words of a language.
    pub(super) fn of(language: Language) -> &'static Self {
        static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(ENGLISH_WORDS, Language::English));
        static GERMAN: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(GERMAN_WORDS, Language::German));
        static OTHER: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(ENGLISH_WORDS, Language::Other));
        match language {
            Language::English => &ENGLISH,
            Language::German => &GERMAN,
            Language::Other => &OTHER,
        }
    }

    fn read(text: &'static str, language: Language) -> Self {
        let none = Entry { class: Class::Other, value: 0, flags: 0 };
        let mut table = Self { slots: vec![0; SLOTS], keys: vec![0], entries: vec![none], suffixes: Vec::new() };
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let mut words = line.split(' ');
            let (Some(class), Some(value)) = (words.next().and_then(Class::named), words.next()) else { continue };
            let class = match (language, class) {
                (Language::Other, Class::Month | Class::MonthShort) => Class::MonthShort,
                (Language::Other, _) => continue,
                _ => class,
            };
            if class == Class::Suffix {
                table.suffixes.extend(words);
                continue;
            }
            let value = value.parse().unwrap_or(0);
            for word in words {
                let entry = table.entry(word);
                entry.class = class;
                entry.value = value;
                entry.flags |= if class.begins_date() { BEGINS } else { 0 };
            }
        }
        for word in holiday::first_words(language) {
            table.entry(&word).flags |= HOLIDAY;
        }
        table
    }

    /// The entry of the weekday that a compound begins with ("Montagabend").
    pub(super) fn compound(&self, word: &str) -> Option<Entry> {
        let word = word.to_lowercase();
        let days = self.suffixes.iter().filter_map(|suffix| word.strip_suffix(suffix)).filter(|day| !day.is_empty());
        days.map(|day| self.get(day.as_bytes(), 0, day.len())).find(|entry| entry.class == Class::Weekday)
    }

    /// The entry of a word in lower case, made where there is none.
    fn entry(&mut self, word: &str) -> &mut Entry {
        let key = pack(word.as_bytes());
        let (slot, mut place) = self.find(hash(key), || key);
        if place == 0 {
            place = self.entries.len();
            self.slots[slot] = hash(key) << PLACE_BITS | u32::try_from(place).unwrap_or(0);
            self.keys.push(key);
            let none = self.entries[0];
            self.entries.push(none);
        }
        &mut self.entries[place]
    }

    /// The slot of a key, and the place of its entry: 0 where there is none.
    #[inline]
    fn find(&self, hash: u32, key: impl Fn() -> u128) -> (usize, usize) {
        // The highest bits, which all bytes of the head have had a part in, choose the slot; the others it keeps.
        let mut slot = (hash >> (u32::BITS - SLOTS.ilog2())) as usize;
        loop {
            let found = self.slots[slot];
            let place = (found & PLACE) as usize;
            if found == 0 || (found >> PLACE_BITS) == (hash << PLACE_BITS >> PLACE_BITS) && self.keys[place] == key() {
                return (slot, place);
            }
            slot = (slot + 1) % SLOTS;
        }
    }

    /// The entry of the word `start..end` of a text, of ASCII letters in any case; that of a word of no account where it has none.
    #[inline]
    pub(super) fn get(&self, text: &[u8], start: usize, end: usize) -> Entry {
        let length = end - start;
        if length > LONGEST {
            return self.entries[0];
        }
        // One load where the text goes on far enough.
        let place = match text.get(start..).and_then(|rest| rest.first_chunk::<16>()) {
            Some(chunk) if length > 0 => {
                let [head, _] = halves(u128::from_le_bytes(*chunk));
                let kept = u64::MAX >> (64 - 8 * length.min(8));
                self.find(hash_of_head((head | SMALL) & kept), || lower(u128::from_le_bytes(*chunk), length)).1
            }
            _ => {
                let key = pack(text.get(start..end).unwrap_or_default());
                self.find(hash(key), || key).1
            }
        };
        self.entries[place]
    }
}

/// The bit that makes a letter small.
const SMALL: u64 = 0x2020_2020_2020_2020;

fn pack(word: &[u8]) -> u128 {
    let length = word.len().min(LONGEST);
    let mut chunk = [0; 16];
    chunk.iter_mut().zip(word.iter().take(length)).for_each(|(to, from)| *to = *from);
    lower(u128::from_le_bytes(chunk), length)
}

/// The first `length` bytes (up to 15), in lower case.
fn lower(chunk: u128, length: usize) -> u128 {
    let mask = (1u128 << (8 * length)) - 1;
    (chunk | 0x2020_2020_2020_2020_2020_2020_2020_2020) & mask
}

fn hash(key: u128) -> u32 {
    let [head, _] = halves(key);
    hash_of_head(head)
}

/// The first eight bytes, and the others.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "the two halves are taken one by one")]
fn halves(chunk: u128) -> [u64; 2] {
    [chunk as u64, (chunk >> 64) as u64]
}

/// The hash of a key by its first eight bytes; few words share those.
#[inline]
fn hash_of_head(head: u64) -> u32 {
    (head.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_has_a_class_and_no_word_stands_twice() {
        for text in [ENGLISH_WORDS, GERMAN_WORDS] {
            let mut seen = std::collections::BTreeSet::new();
            for line in text.lines() {
                if line.starts_with('#') || line.is_empty() {
                    continue;
                }
                let mut words = line.split(' ');
                let class = words.next().and_then(Class::named);
                assert!(class.is_some(), "no such class: {line}");
                assert!(words.next().is_some_and(|value| value.parse::<u16>().is_ok()), "no value: {line}");
                for word in words {
                    let letters = word.chars().all(|c| c.is_lowercase());
                    assert!(word.len() <= LONGEST && letters, "not a word: {word}");
                    assert!(class == Some(Class::Suffix) || seen.insert(word), "stands twice: {word}");
                }
            }
        }
    }
}
