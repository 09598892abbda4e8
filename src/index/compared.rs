//! What is known of copies from one generation to the next, and what has to be looked for when one is published.
//!
//! How copies are found is not known here. It writes nothing: whoever publishes seals what was found.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use tantivy::Searcher;

use super::alike::Alike;
use super::cluster::{Known, copies, still_whole};
use super::draft::Sealed;
use super::duplicates::{Copies, Duplicates};
use super::error::Error;
use super::generation::Generation;

/// What is known of copies in what is published.
#[derive(Default)]
pub(super) struct Compared {
    /// Which records are copies of one another, of those up to the generation `since`; read when it is first needed.
    known: Option<Duplicates>,
    sealed: Option<Sealed>,
    since: u64,
    /// Whether any record that was published may have been removed or replaced since copies were looked for.
    removed: bool,
}

/// What is to be looked for in the next generation, in both indexes at the same time.
pub(super) struct Search {
    /// The copies among the records up to the generation `since`; `None` where they have to be found anew.
    known: Option<Duplicates>,
    since: u64,
    task: Task,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Task {
    /// Nothing: all was looked at, or more follows and nothing that is known is changed.
    Keep { whole: bool },
    /// Which of the known groups are still whole.
    Sift,
    /// All copies.
    Find,
}

/// What a generation says of copies.
pub(super) struct Found {
    pub(super) sealed: Option<Sealed>,
    /// Up to which generation records were looked at, where not all of them were.
    pub(super) compared: Option<u64>,
    /// What the next publication starts from: the copies among records up to the generation `since`; `None` where it has to read them.
    known: Option<Duplicates>,
    since: u64,
}

impl Compared {
    /// What `published` says.
    pub(super) fn of(published: Option<&Generation>) -> Self {
        let Some(generation) = published else { return Self::default() };
        Self {
            known: None,
            sealed: generation.duplicates.clone(),
            since: generation.compared.unwrap_or(generation.number),
            removed: false,
        }
    }

    /// Whether copies have still to be looked for among what is published, up to generation `number`.
    pub(super) fn is_due(&self, number: u64) -> bool {
        self.since < number
    }

    /// A record that is published may be removed or replaced.
    pub(super) fn remove(&mut self) {
        self.removed = true;
    }

    /// What has to be looked for in the generation behind `number`, whose records are others where it is `changed`. While more follows,
    /// what is known of those before is kept, as far as it is still true.
    pub(super) fn search(&mut self, dir: &Path, number: u64, changed: bool, more_follows: bool) -> Search {
        let (known, since) = (self.known.take(), self.since);
        let whole = !changed && !self.is_due(number);
        if whole || (more_follows && !self.removed) {
            return Search { known, since, task: Task::Keep { whole } };
        }
        // What cannot be read is found anew.
        let known = known.or_else(|| match &self.sealed {
            Some(sealed) => Duplicates::read(&mut BufReader::new(File::open(dir.join(&sealed.file)).ok()?)).ok(),
            None => Some(Duplicates::default()),
        });
        let since = if known.is_some() { since } else { 0 };
        Search { known, since, task: if more_follows { Task::Sift } else { Task::Find } }
    }

    /// The generation `number` is published, with what was `found`.
    pub(super) fn publish(&mut self, found: Found, number: u64) {
        (self.known, self.sealed, self.since) = (found.known, found.sealed, found.since);
        if found.compared.is_none() {
            (self.since, self.removed) = (number, false);
        }
    }

    /// What the generation keeps of copies.
    pub(super) fn found(
        &self,
        search: Search,
        duplicates: Duplicates,
        seal: impl FnOnce(&Duplicates) -> Result<Sealed, Error>,
    ) -> Result<Found, Error> {
        let Search { known, since, task } = search;
        if let Task::Keep { whole } = task {
            let compared = (!whole).then_some(since);
            return Ok(Found { sealed: self.sealed.clone(), compared, known, since });
        }
        // Of groups that are not whole any more nothing is left, so all of it has to be found anew if this run never comes to its end.
        let kept = if known.as_ref() == Some(&duplicates) { since } else { 0 };
        let sealed = (duplicates != Duplicates::default()).then(|| seal(&duplicates)).transpose()?;
        Ok(match task {
            Task::Find => Found { sealed, compared: None, known: Some(duplicates), since },
            _ => Found { sealed, compared: Some(kept), known, since },
        })
    }
}

impl Search {
    /// The copies in one index, as it is committed.
    pub(super) fn in_index(&self, searcher: &Searcher, alike: Alike) -> tantivy::Result<Copies> {
        let of: fn(&Duplicates) -> &Copies = match alike {
            Alike::Articles => |all| &all.articles,
            Alike::Quotes => |all| &all.quotes,
        };
        let known = Known { copies: self.known.as_ref().map(of), since: self.since };
        match self.task {
            Task::Keep { .. } => Ok(Copies::default()),
            Task::Sift => still_whole(searcher, known, alike),
            Task::Find => copies(searcher, known, alike),
        }
    }
}
