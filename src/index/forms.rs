//! The forms of words that an index holds, by their stems: a question asks for a word in all of its forms, and an index has the terms of
//! words as they are written.
//!
//! They lie beside the indexes in one list, a set of keys (`promis`, `promised`) as a finite-state transducer, in which keys that begin
//! or end alike share what is alike. A form whose last record is gone stays in it and finds nothing; one that an index holds is never
//! missing. What is its own stem is not in it. It knows no texts, and no files.

use std::collections::BTreeSet;
use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};

use fst::{IntoStreamer, Set, SetBuilder, Streamer};

/// What stands between a stem and a form of it; no word holds it.
const BETWEEN: char = '\0';
/// What comes next: no key of a stem is as high as that stem with this behind it.
const BEHIND: char = '\u{1}';

/// The forms of the words in an index.
#[derive(Debug, Default)]
pub(super) struct Forms(Option<Set<Vec<u8>>>);

impl Forms {
    /// Reads what [`Forms::with`] made; an error where it is anything else.
    pub(super) fn read(bytes: Vec<u8>) -> io::Result<Self> {
        let garbled = |_| io::Error::new(io::ErrorKind::InvalidData, "it is not a list of forms");
        let set = Set::new(bytes).map_err(garbled)?;
        set.as_fst().verify().map_err(garbled)?;
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

    /// Its bytes, for [`Forms::read`]; none of an empty one, which is kept as no file.
    pub(super) fn bytes(&self) -> &[u8] {
        self.0.as_ref().map_or(&[], |set| set.as_fst().as_bytes())
    }

    /// These and `more`; `None` where all of them are here.
    fn with(&self, more: &BTreeSet<String>) -> io::Result<Option<Self>> {
        if more.iter().all(|key| self.0.as_ref().is_some_and(|set| set.contains(key))) {
            return Ok(None);
        }
        let mut set = SetBuilder::memory();
        let mut more = more.iter().peekable();
        let mut known = self.0.as_ref().map(Set::stream);
        while let Some(key) = known.as_mut().and_then(Streamer::next) {
            while let Some(new) = more.next_if(|new| new.as_bytes() <= key) {
                if new.as_bytes() < key {
                    set.insert(new).map_err(io::Error::other)?;
                }
            }
            set.insert(key).map_err(io::Error::other)?;
        }
        for new in more {
            set.insert(new).map_err(io::Error::other)?;
        }
        Ok(Some(Self(Some(set.into_set()))))
    }
}

/// Forms that were met and are not in a list yet; several threads add to them at once.
#[derive(Debug, Default)]
pub(super) struct Met(Mutex<BTreeSet<String>>);

impl Met {
    /// A form that has this stem.
    pub(super) fn add(&self, stem: &str, form: &str) {
        self.keys().insert(format!("{stem}{BETWEEN}{form}"));
    }

    /// All that `other` met.
    pub(super) fn add_all(&self, other: &Self) {
        let keys = other.keys().clone();
        self.keys().extend(keys);
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.keys().is_empty()
    }

    /// Takes them away, onto a list of those that are `known`; `None` where they all are.
    pub(super) fn onto(&self, known: &Forms) -> io::Result<Option<Forms>> {
        let keys = std::mem::take(&mut *self.keys());
        known.with(&keys)
    }

    fn keys(&self) -> MutexGuard<'_, BTreeSet<String>> {
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
        let forms = met.onto(known).expect("memory takes everything");
        forms.map(|forms| Forms::read(forms.bytes().to_vec()).expect("what was written"))
    }

    #[test]
    fn forms_are_found_by_their_stem_and_by_no_other() {
        let first = list(&[("promis", "promised"), ("promis", "promises"), ("promi", "x")], &Forms::default());
        let first = first.expect("they are new");
        assert_eq!(first.of("promis"), ["promised", "promises"]);
        assert_eq!(first.of("promi"), ["x"]);
        assert_eq!(first.of("prom"), [""; 0]);
        assert!(list(&[("promis", "promises")], &first).is_none(), "nothing is new");
        let second =
            list(&[("promis", "promising"), ("a", "b"), ("promi", "x"), ("z", "zs")], &first).expect("new ones");
        assert_eq!(second.of("promis"), ["promised", "promises", "promising"]);
        assert_eq!([second.of("a"), second.of("promi"), second.of("z")], [["b"], ["x"], ["zs"]]);
    }

    #[test]
    fn what_is_no_list_is_refused() {
        let met = Met::default();
        met.add("promis", "promised");
        let forms = met.onto(&Forms::default()).expect("memory takes everything").expect("it is new");
        let bytes = forms.bytes();
        for end in 0..bytes.len() {
            assert!(Forms::read(bytes[..end].to_vec()).is_err(), "cut after {end} bytes");
        }
        for at in 0..bytes.len() {
            let mut other = bytes.to_vec();
            other[at] ^= 0x40;
            assert!(Forms::read(other).is_err(), "byte {at} is another");
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
