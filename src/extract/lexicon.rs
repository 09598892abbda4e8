//! What words are for: the word lists of a language, looked up by one hash of the lower-cased word.
//!
//! The lists are text files under `lexicon/`, a folder a language, each with a header that says where it came
//! from. A word can be of many classes at once; a class is one bit. Nothing here knows a sentence.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

/// Words by their hashes.
pub(super) type WordSet = HashSet<u64, BuildHasherDefault<Mixed>>;
/// What is known of words, by their hashes.
pub(super) type WordMap<T> = HashMap<u64, T, BuildHasherDefault<Mixed>>;

/// The hash of a hash: [`hash`] has mixed it well already.
#[derive(Default)]
pub(super) struct Mixed(u64);

impl Hasher for Mixed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |state, byte| mixed(state, u64::from(*byte)));
    }

    fn write_u64(&mut self, hash: u64) {
        // The lowest bit is the same in all of them; of a pair, both count.
        self.0 = self.0.rotate_left(29) ^ hash.rotate_right(16);
    }
}

/// A set of word classes, one bit each.
pub(super) type Classes = u64;

macro_rules! classes {
    ($($(#[$doc:meta])* $constant:ident = $name:literal),* $(,)?) => {
        /// The classes, one bit each, and the names that the word lists give them.
        pub(super) mod class {
            use super::Classes;
            #[expect(non_camel_case_types, clippy::upper_case_acronyms, reason = "only counts the constants in order")]
            enum Order { $($constant),* }
            $($(#[$doc])* pub(in crate::extract) const $constant: Classes = 1 << (Order::$constant as u32);)*
            pub(in crate::extract::lexicon) const NAMES: &[(&str, Classes)] = &[$(($name, $constant)),*];
        }
    };
}

classes! {
    DETERMINER = "determiner", ARTICLE = "article", POSSESSIVE = "possessive", PREPOSITION = "preposition",
    CONJUNCTION = "conjunction", SUBORDINATE = "subordinate", THAT = "that", AUXILIARY = "auxiliary", ADVERB = "adverb",
    HE = "he", SHE = "she", THEY = "they", WHO = "who", IT = "it", FIRST = "first", SOMEONE = "someone",
    STARTER = "starter", MONTH = "month", WEEKDAY = "weekday", ABBREVIATION = "abbreviation",
    ROLE = "role", ROLES = "roles", CROWD = "crowd", NAME_ROLE = "name_role", SHORT_TITLE = "short_title",
    MALE = "male", FEMALE = "female",
    MODIFIER = "modifier", KIN = "kin",
    BODY = "body", DOCUMENT = "document", SPEECH_NOUN = "speech_noun", CLAIM_NOUN = "claim_noun",
    PLACE = "place", DEMONYM = "demonym", ORGANISATION_WORD = "organisation_word", ORGANISATION = "organisation",
    PARTICLE = "particle", SUFFIX = "suffix", HONOUR = "honour", COMPANY = "company",
    DEFINITE = "definite", GENITIVE = "genitive", ACCORDING = "according", ACCORDING_BEHIND = "according_behind",
    COMMON_NOUN = "common_noun", NOUN_ENDING = "noun_ending",
    REPORTED = "reported", PASSIVE = "passive", AGENT = "agent", OBLIQUE = "oblique",
    GIVEN_MALE = "given_male", GIVEN_FEMALE = "given_female", GIVEN_EITHER = "given_either",
    CUE_BASE = "cue_base", CUE_PAST = "cue_past", CUE_THIRD = "cue_third", CUE_ING = "cue_ing",
    PAST = "past", STRONG = "strong", TELL = "tell", WRITE = "write", LABEL = "label", CITE = "cite",
}

/// Unions of classes that are asked for together.
pub(super) mod groups {
    use super::Classes;
    use super::class as c;

    /// Any form of a verb that makes speech.
    pub(in crate::extract) const CUE: Classes = c::CUE_BASE | c::CUE_PAST | c::CUE_THIRD | c::CUE_ING;
    /// A form of such a verb that can have a subject.
    pub(in crate::extract) const FINITE: Classes = c::CUE_BASE | c::CUE_PAST | c::CUE_THIRD;
    /// A given name.
    pub(in crate::extract) const GIVEN: Classes = c::GIVEN_MALE | c::GIVEN_FEMALE | c::GIVEN_EITHER;
    /// A noun that can head a description of a speaker.
    pub(in crate::extract) const NOMINAL: Classes = c::ROLE | c::ROLES | c::CROWD | c::BODY | c::DOCUMENT;
    /// A word of a closed class.
    pub(in crate::extract) const FUNCTION: Classes = c::DETERMINER
        | c::POSSESSIVE
        | c::PREPOSITION
        | c::CONJUNCTION
        | c::THAT
        | c::AUXILIARY
        | c::ADVERB
        | c::HE
        | c::SHE
        | c::THEY
        | c::WHO
        | c::IT
        | c::FIRST;
}

/// How the grammar of a language differs from that of English; `grammar.txt` in its folder names what is so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Grammar {
    /// All nouns are written with a capital, so that a capital alone makes no name.
    pub(super) nouns_are_capital: bool,
    /// Nouns are compounded in one word, of which the last part says what it is: "Kultusministerin".
    pub(super) compounds: bool,
    /// A name takes a bare `s` for its genitive: "Merkels".
    pub(super) genitive_s: bool,
    /// The verb stands second, so that its subject follows wherever something else comes first: "Am Montag sagte Lind".
    pub(super) verb_second: bool,
    /// Speech whose speaker is in doubt is given to the likeliest candidate all the same, with a confidence that says so.
    pub(super) always_somebody: bool,
}

impl Grammar {
    fn read(text: &str) -> Self {
        let has = |switch: &str| text.lines().any(|line| line.trim() == switch);
        Self {
            nouns_are_capital: has("nouns_are_capital"),
            compounds: has("compounds"),
            genitive_s: has("genitive_s"),
            verb_second: has("verb_second"),
            always_somebody: has("always_somebody"),
        }
    }
}

/// The word lists of one language, and its grammar.
pub(super) struct Lexicon {
    /// A hash table in groups that are looked through at once; 0 is an empty slot, and those of a group are filled from the first
    /// on. A slot keeps bits of a word's hash above the number of its set of classes, and no more, so that the table stays near
    /// the processor: a word in no list is taken for one that is in one in a few million.
    groups: Vec<[u32; GROUP]>,
    /// The sets of classes that words have; the first is empty.
    sets: Vec<Classes>,
    pub(super) grammar: Grammar,
}

/// How many slots are looked through at once.
const GROUP: usize = 8;
/// The bits of a slot that are the number of a set.
const SET: u32 = 0x3ff;

/// The lexicon in a folder; every language has the same files.
macro_rules! folder {
    ($tag:literal) => {
        LazyLock::new(|| {
            Lexicon::read(
                &[
                    include_str!(concat!("lexicon/", $tag, "/function.txt")),
                    include_str!(concat!("lexicon/", $tag, "/people.txt")),
                    include_str!(concat!("lexicon/", $tag, "/things.txt")),
                ],
                &[
                    (class::GIVEN_MALE, include_str!(concat!("lexicon/", $tag, "/given_male.txt"))),
                    (class::GIVEN_FEMALE, include_str!(concat!("lexicon/", $tag, "/given_female.txt"))),
                    (class::GIVEN_EITHER, include_str!(concat!("lexicon/", $tag, "/given_either.txt"))),
                ],
                include_str!(concat!("lexicon/", $tag, "/cues.txt")),
                include_str!(concat!("lexicon/", $tag, "/grammar.txt")),
            )
        })
    };
}

/// English.
pub(super) static ENGLISH: LazyLock<Lexicon> = folder!("en");

/// German.
pub(super) static GERMAN: LazyLock<Lexicon> = folder!("de");

/// The lines of one section of a list that is no part of a lexicon.
pub(super) fn section(text: &'static str, name: &str) -> impl Iterator<Item = &'static str> {
    let head = format!("= {name}");
    let lines = text.lines().skip_while(move |line| *line != head).skip(1);
    lines.take_while(|line| !line.starts_with("= ")).filter(|line| !line.starts_with('#'))
}

/// The words of one section of such a list.
pub(super) fn words_of(text: &'static str, name: &str) -> WordSet {
    section(text, name).flat_map(str::split_whitespace).map(hash).collect()
}

/// A language of which nothing is known but its marks.
pub(super) static NO_WORDS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(&[], &[], "", ""));

impl Lexicon {
    fn read(lists: &[&str], names: &[(Classes, &str)], cues: &str, grammar: &str) -> Self {
        let mut words: Vec<(u64, Classes)> = Vec::new();
        let mut add = |word: &str, classes| words.push((hash(word), classes));
        let lines = |text| str::lines(text).map(str::trim).filter(|line| !line.starts_with('#') && !line.is_empty());
        for list in lists {
            let mut open = 0;
            for line in lines(list) {
                match line.strip_prefix("= ") {
                    Some(name) => {
                        open = class::NAMES.iter().find(|(known, _)| *known == name).map_or(0, |(_, bit)| *bit)
                    }
                    None => line.split_whitespace().for_each(|word| add(word, open)),
                }
            }
        }
        for (class, list) in names {
            lines(list).flat_map(str::split_whitespace).for_each(|word| add(word, *class));
        }
        // A tag that is no class ("weak") is for who reads the list.
        for line in lines(cues) {
            let Some((forms, tags)) = line.split_once(" : ") else { continue };
            let tags = tags.split_whitespace().filter_map(|tag| class::NAMES.iter().find(|(known, _)| *known == tag));
            let tags = tags.fold(0, |all, (_, bit)| all | bit);
            let order = [class::CUE_BASE, class::CUE_PAST, class::CUE_THIRD, class::CUE_ING];
            for (form, bit) in forms.split_whitespace().zip(order) {
                form.split('/').for_each(|form| add(form, bit | tags));
            }
        }
        Self::of(words, Grammar::read(grammar))
    }

    /// The table of these words, of which one may stand there more than once.
    fn of(mut words: Vec<(u64, Classes)>, grammar: Grammar) -> Self {
        words.sort_unstable();
        words.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.1 |= if same { next.1 } else { 0 };
            same
        });
        // Five words in eight slots, so that few groups are full.
        let groups = (words.len() / 5 + 1).next_power_of_two();
        let mut lexicon = Self { groups: vec![[0; GROUP]; groups], sets: vec![0], grammar };
        for (hash, classes) in words {
            let set = lexicon.sets.iter().position(|set| *set == classes).unwrap_or_else(|| {
                lexicon.sets.push(classes);
                lexicon.sets.len() - 1
            });
            debug_assert!(set <= SET as usize, "more sets of classes than a slot can number");
            let mut group = lexicon.group(hash);
            loop {
                let slot = lexicon.groups.get_mut(group).and_then(|slots| slots.iter_mut().find(|slot| **slot == 0));
                if let Some(slot) = slot {
                    *slot = tag(hash) | u32::try_from(set).unwrap_or(0);
                    break;
                }
                group = (group + 1) & (groups - 1);
            }
        }
        lexicon
    }

    /// The group that the search for a hash begins with.
    #[inline]
    fn group(&self, hash: u64) -> usize {
        usize::try_from(hash >> 40).unwrap_or(0) & (self.groups.len() - 1)
    }

    /// The classes of `word`, whatever its case.
    pub(super) fn classes(&self, word: &str) -> Classes {
        self.classes_of(hash(word))
    }

    /// The classes of `word`, which begins with a capital if `capital`, in a language whose nouns all do: a noun is no verb
    /// and a verb no noun, and a compound is what its last part is.
    pub(super) fn noun_or_verb(&self, word: &str, hash: u64, capital: bool) -> Classes {
        const NOUNS: Classes = groups::NOMINAL
            | groups::GIVEN
            | class::NAME_ROLE
            | class::COMMON_NOUN
            | class::CLAIM_NOUN
            | class::PLACE
            | class::ORGANISATION
            | class::MONTH
            | class::WEEKDAY
            | class::SPEECH_NOUN;
        let known = self.classes_of(hash);
        if !capital {
            return known & !NOUNS;
        }
        match known {
            0 if self.grammar.compounds => self.compound(word),
            _ => known & !(groups::CUE | class::STRONG),
        }
    }

    /// What the last part of a compound noun says that it is; of a name with a hyphen ("Karl-Heinz"), what the first one says.
    fn compound(&self, word: &str) -> Classes {
        const SHORTEST: usize = 5;
        const HEADS: Classes = groups::NOMINAL
            | class::NAME_ROLE
            | class::MALE
            | class::FEMALE
            | class::COMMON_NOUN
            | class::CLAIM_NOUN
            | class::SPEECH_NOUN
            | class::ORGANISATION_WORD;
        if let Some((first, rest)) = word.split_once('-') {
            let given = self.classes(first) & groups::GIVEN;
            if given != 0 {
                return given;
            }
            let last = rest.rsplit('-').next().unwrap_or(rest);
            let known = self.classes(last) & HEADS;
            return if known == 0 { self.compound_word(last, SHORTEST, HEADS) } else { known };
        }
        self.compound_word(word, SHORTEST, HEADS)
    }

    fn compound_word(&self, word: &str, shortest: usize, heads: Classes) -> Classes {
        const FIRST_PART: usize = 3;
        const LONGEST: usize = 120;
        let word = word.len().checked_sub(LONGEST).and_then(|from| word.get(from..)).unwrap_or(word);
        for (at, _) in word.char_indices().skip(FIRST_PART) {
            let Some(last) = word.get(at..).filter(|last| last.len() >= shortest) else { break };
            let known = self.classes(last);
            if known & heads != 0 {
                return known & heads;
            }
            if known & class::NOUN_ENDING != 0 {
                return class::COMMON_NOUN;
            }
        }
        let ending = |length: usize| {
            word.len().checked_sub(length).and_then(|at| word.get(at..)).map_or(0, |end| self.classes(end))
        };
        // "Gesundheitsamt"; "Samt" is none.
        let long = |length: usize| word.len() >= length + FIRST_PART;
        let body = |length: usize| long(length) && ending(length) & class::BODY != 0;
        match (ending(3) | ending(4)) & class::NOUN_ENDING != 0 {
            true if body(3) || body(4) => class::BODY,
            true => class::COMMON_NOUN,
            false => 0,
        }
    }

    /// The classes of the word with this [`hash`]; none for a word that no list holds.
    #[inline]
    pub(super) fn classes_of(&self, hash: u64) -> Classes {
        let tag = tag(hash);
        let mut group = self.group(hash);
        loop {
            let Some(slots) = self.groups.get(group) else { return 0 };
            // Without a branch for each, as nothing tells which it is.
            let number = |&slot: &u32| if (slot ^ tag) & !SET == 0 { slot & SET } else { 0 };
            let set = slots.iter().map(number).fold(0, |all, one| all | one);
            let [.., last] = slots;
            if set != 0 || *last == 0 {
                return self.sets.get(set as usize).copied().unwrap_or(0);
            }
            group = (group + 1) & (self.groups.len() - 1);
        }
    }
}

/// The bits of a hash that a slot keeps.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "the low bits are what is wanted")]
fn tag(hash: u64) -> u32 {
    hash as u32 & !SET
}

/// A hash of `word` without regard to case, and with `’` as `'`. Words of one article are compared by it.
pub(super) fn hash(word: &str) -> u64 {
    hash_at(word, 0, word.len())
}

/// The hash of the word that is the bytes `start..end` of `text`.
#[inline]
pub(super) fn hash_at(text: &str, start: usize, end: usize) -> u64 {
    let bytes = text.as_bytes();
    let length = end - start;
    // One load where the text goes on far enough.
    if length < HEAD
        && let Some(head) = bytes.get(start..).and_then(|rest| rest.first_chunk::<HEAD>())
    {
        let head = u128::from_le_bytes(*head) & ((1 << (8 * length)) - 1);
        if head & WIDE == 0 {
            return finished(length, head | SMALL, &[]);
        }
    }
    match bytes.get(start..end) {
        Some(word) if word.is_ascii() => hash_bytes(word, SMALL),
        _ => hash_folded(text.get(start..end).unwrap_or_default()),
    }
}

/// How many bytes of a word are looked at together.
const HEAD: usize = 16;
/// The bit that makes an ASCII letter small; of what else stands inside words, all has it.
const SMALL: u128 = u128::from_le_bytes([0x20; HEAD]);
/// The bit that no byte in ASCII has.
const WIDE: u128 = u128::from_le_bytes([0x80; HEAD]);

/// The hash of a word outside ASCII; most are so only by their apostrophe.
fn hash_folded(word: &str) -> u64 {
    const LONGEST: usize = 48;
    const APOSTROPHE: &[u8] = "’".as_bytes();
    let mut plain = [0; LONGEST];
    let (mut length, mut rest) = (0, word.as_bytes());
    while let Some(&byte) = rest.first() {
        let (letter, width) = if rest.starts_with(APOSTROPHE) { (b'\'', APOSTROPHE.len()) } else { (byte, 1) };
        match plain.get_mut(length).filter(|_| letter.is_ascii()) {
            Some(slot) => *slot = letter,
            None => return hash_letters(word),
        }
        length += 1;
        rest = rest.get(width..).unwrap_or_default();
    }
    hash_bytes(plain.get(..length).unwrap_or_default(), SMALL)
}

#[cold]
fn hash_letters(word: &str) -> u64 {
    let word = word.chars().map(|ch| if ch == '’' { '\'' } else { ch }).flat_map(char::to_lowercase);
    let word = word.collect::<String>();
    // Outside ASCII the bit tells letters apart.
    hash_bytes(word.as_bytes(), if word.is_ascii() { SMALL } else { 0 })
}

fn hash_bytes(word: &[u8], small: u128) -> u64 {
    let (head, rest) = word.split_at(word.len().min(HEAD));
    let mut padded = [0; HEAD];
    padded.iter_mut().zip(head).for_each(|(to, from)| *to = *from);
    finished(word.len(), u128::from_le_bytes(padded) | small, rest)
}

#[inline]
#[expect(clippy::cast_possible_truncation, reason = "the two halves are taken one by one")]
fn finished(length: usize, head: u128, rest: &[u8]) -> u64 {
    let state = mixed(mixed(length as u64, head as u64), (head >> 64) as u64);
    let letter = |byte: &u8| if byte.is_ascii() { *byte | 0x20 } else { *byte };
    rest.iter().fold(state, |state, byte| mixed(state, u64::from(letter(byte)))) | 1
}

#[inline]
fn mixed(state: u64, part: u64) -> u64 {
    let product = (state ^ part).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    product ^ (product >> 29)
}

#[cfg(test)]
mod lists;

#[cfg(test)]
mod tests {
    use super::{ENGLISH, class, hash, hash_at};

    #[test]
    fn words_have_their_classes_whatever_their_case() {
        let all = |word: &str, classes: u64| assert_eq!(ENGLISH.classes_of(hash(word)) & classes, classes, "{word}");
        all("said", class::CUE_PAST | class::STRONG);
        all("Said", class::CUE_PAST);
        all("spokeswoman", class::ROLE | class::FEMALE);
        all("isn’t", class::AUXILIARY);
        all("John", class::GIVEN_MALE);
        assert_eq!(ENGLISH.classes_of(hash("xyzzy")), 0);
        assert_ne!(hash("said"), hash("says"));
    }

    #[test]
    fn a_hash_is_that_of_the_word_alone() {
        let same = |a: &str, b: &str| assert_eq!(hash(a), hash(b), "{a} {b}");
        same("Don’t", "don't");
        same("MÜLLER", "müller");
        same("UN-Sondergesandtenbüro", "un-sondergesandtenbüro");
        same("Counter-Intelligence", "counter-intelligence");
        for text in ["It's Counter-Intelligence", "say it: naïve, and be done with it"] {
            for (start, word) in text.split(' ').map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word)) {
                assert_eq!(hash_at(text, start, start + word.len()), hash(word), "{word}");
            }
        }
        let words = ["ä", "ö", "ab", "a", "", "abcdefghabcdefgh", "abcdefghabcdefghi", "abcdefghabcdefghj", "ḍ", "ḭ"];
        for (n, a) in words.iter().enumerate() {
            words.iter().skip(n + 1).for_each(|b| assert_ne!(hash(a), hash(b), "{a} {b}"));
        }
    }
}
