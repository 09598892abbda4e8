//! The forms of words that an index holds, by their stems: a question asks for a word in all of its forms, and an index has the terms of
//! words as they are written.
//!
//! They lie beside the indexes in one list, a set of keys (`promis`, `promised`) as a finite-state transducer, in which keys that begin
//! or end alike share what is alike. It is mapped and not read, since that of a large archive of scanned pages is large. A form whose
//! last record is gone stays in it; one that an index holds is never missing. What is its own stem is not in it. It knows no texts.

use std::collections::{BTreeSet, btree_set};
use std::io::{self, Write};
use std::ops::Deref;
use std::sync::{Mutex, MutexGuard, PoisonError};

use fst::set::OpBuilder;
use fst::{IntoStreamer, Set, SetBuilder, Streamer};

/// What stands between a stem and a form of it; no word holds it.
const BETWEEN: char = '\0';
/// What comes next: no key of a stem is as high as that stem with this behind it.
const BEHIND: char = '\u{1}';

/// Bytes of a list that are looked at before it is used: some milliseconds. A larger one is taken as it is, as the engine takes its files;
/// `verify` looks at all of them.
const LOOKED_AT: usize = 8 << 20;

/// So many forms are held as they are, 16 MB or so, before they are packed.
const LOOSE: usize = if cfg!(test) { 3 } else { 128 << 10 };

/// Bytes of packed forms beyond which they are to be written down.
const MANY: usize = 64 << 20;

/// The bytes of a list.
type Bytes = Box<dyn Deref<Target = [u8]> + Send + Sync>;

/// The forms of the words in an index.
#[derive(Default)]
pub(super) struct Forms(Option<Set<Held>>);

/// Bytes, wherever they are.
struct Held(Bytes);

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Forms {
    /// The list that [`Taken::write_onto`] wrote; an error where it is anything else.
    pub(super) fn of_bytes(bytes: Bytes) -> io::Result<Self> {
        let garbled = |_| io::Error::new(io::ErrorKind::InvalidData, "it is not a list of forms");
        let small = bytes.len() <= LOOKED_AT;
        let set = Set::new(Held(bytes)).map_err(garbled)?;
        if small {
            set.as_fst().verify().map_err(garbled)?;
        }
        Ok(Self(Some(set)))
    }

    /// The forms of which this is the stem, in order.
    pub(super) fn of(&self, stem: &str) -> Vec<String> {
        let (first, behind) = (format!("{stem}{BETWEEN}"), format!("{stem}{BEHIND}"));
        let Some(set) = &self.0 else { return Vec::new() };
        let mut keys = set.range().ge(&first).lt(&behind).into_stream();
        let mut forms = Vec::new();
        while let Some(key) = keys.next() {
            let form = key.get(first.len()..).and_then(|form| std::str::from_utf8(form).ok());
            forms.extend(form.map(str::to_owned));
        }
        forms
    }

    fn holds(&self, key: &str) -> bool {
        self.0.as_ref().is_some_and(|set| set.contains(key))
    }
}

/// Forms that were met and are not in a list yet; several threads add to them at once.
#[derive(Debug, Default)]
pub(super) struct Met(Mutex<Taken>);

/// Those that were met up to now.
#[derive(Clone, Debug, Default)]
pub(super) struct Taken {
    loose: BTreeSet<String>,
    /// Most of them, where there are many: a tenth of the room.
    packed: Vec<Set<Vec<u8>>>,
}

impl Taken {
    fn add(&mut self, key: String) {
        self.loose.insert(key);
        // What cannot be packed stays as it is.
        if self.loose.len() >= LOOSE
            && let Ok(set) = Set::from_iter(&self.loose)
        {
            self.packed.push(set);
            self.loose.clear();
        }
    }

    /// Writes them and those that are `known` as one list.
    pub(super) fn write_onto(self, known: &Forms, into: impl Write) -> io::Result<()> {
        let mut all = OpBuilder::new();
        all.push(Loose(self.loose.iter()));
        self.packed.iter().for_each(|set| all.push(set));
        if let Some(known) = &known.0 {
            all.push(known);
        }
        let mut list = SetBuilder::new(into).map_err(io::Error::other)?;
        list.extend_stream(all.union()).and_then(|()| list.finish()).map_err(io::Error::other)
    }
}

/// Keys in order, as the transducers' crate takes them.
struct Loose<'a>(btree_set::Iter<'a, String>);

impl<'k> Streamer<'k> for Loose<'_> {
    type Item = &'k [u8];

    fn next(&'k mut self) -> Option<&'k [u8]> {
        self.0.next().map(String::as_bytes)
    }
}

impl Met {
    /// A form that has this stem.
    pub(super) fn add(&self, stem: &str, form: &str) {
        self.keys().add(format!("{stem}{BETWEEN}{form}"));
    }

    /// All that `other` met.
    pub(super) fn add_all(&self, other: &Self) {
        let Taken { loose, packed } = other.keys().clone();
        let mut keys = self.keys();
        keys.packed.extend(packed);
        loose.into_iter().for_each(|key| keys.add(key));
    }

    /// Whether there are so many that they should be written down soon.
    pub(super) fn are_many(&self) -> bool {
        self.keys().packed.iter().map(|set| set.as_fst().size()).sum::<usize>() >= MANY
    }

    /// Takes all of them away; `None` where they are all in this list.
    pub(super) fn take(&self, known: &Forms) -> Option<Taken> {
        let Taken { loose, packed } = std::mem::take(&mut *self.keys());
        let new = !packed.is_empty() || loose.iter().any(|key| !known.holds(key));
        new.then_some(Taken { loose, packed })
    }

    fn keys(&self) -> MutexGuard<'_, Taken> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn list(pairs: &[(&str, &str)], known: &Forms) -> Option<Forms> {
        let met = Met::default();
        pairs.iter().for_each(|(stem, form)| met.add(stem, form));
        let mut bytes = Vec::new();
        met.take(known)?.write_onto(known, &mut bytes).expect("memory takes everything");
        Some(Forms::of_bytes(Box::new(bytes)).expect("what was written"))
    }

    #[test]
    fn forms_are_found_by_their_stem_and_by_no_other() {
        let first = list(&[("promis", "promised"), ("promis", "promises"), ("promi", "x")], &Forms::default());
        let first = first.expect("they are new");
        assert_eq!(first.of("promis"), ["promised", "promises"]);
        assert_eq!(first.of("promi"), ["x"]);
        assert_eq!(first.of("prom"), [""; 0]);
        assert!(list(&[("promis", "promises")], &first).is_none(), "nothing is new");
        assert!(Met::default().take(&first).is_none(), "nothing was met");
        let second =
            list(&[("promis", "promising"), ("a", "b"), ("promi", "x"), ("z", "zs")], &first).expect("new ones");
        assert_eq!(second.of("promis"), ["promised", "promises", "promising"]);
        assert_eq!([second.of("a"), second.of("promi"), second.of("z")], [["b"], ["x"], ["zs"]]);
    }

    #[test]
    fn what_is_no_list_is_refused() {
        let met = Met::default();
        met.add("promis", "promised");
        let (none, mut bytes) = (Forms::default(), Vec::new());
        met.take(&none).expect("it is new").write_onto(&none, &mut bytes).expect("memory takes everything");
        for end in 0..bytes.len() {
            assert!(Forms::of_bytes(Box::new(bytes[..end].to_vec())).is_err(), "cut after {end} bytes");
        }
        for at in 0..bytes.len() {
            let mut other = bytes.clone();
            other[at] ^= 0x40;
            assert!(Forms::of_bytes(Box::new(other)).is_err(), "byte {at} is another");
        }
    }

    proptest! {
        #[test]
        fn lists_hold_all_that_was_met(rounds in prop::collection::vec(prop::collection::btree_set("[ab]{1,3}", 0..8), 1..4)) {
            let mut forms = Forms::default();
            let mut all = BTreeSet::new();
            for round in &rounds {
                let pairs: Vec<(&str, &str)> = round.iter().map(|word| (word.get(..1).unwrap_or_default(), word.as_str())).collect();
                all.extend(pairs.iter().copied());
                forms = list(&pairs, &forms).unwrap_or(forms);
            }
            for stem in ["a", "b"] {
                let expected: Vec<&str> = all.iter().filter(|(own, _)| *own == stem).map(|(_, form)| *form).collect();
                prop_assert_eq!(forms.of(stem), expected);
            }
        }
    }
}
