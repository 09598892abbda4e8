//! What lies beside the two indexes of a generation and goes with them, the forms of words and the dictionaries of articles; and what
//! no generation names any more.
//!
//! How they are made is not said here, and neither is when.

use std::path::Path;

use tantivy::{DocAddress, Searcher};

use super::directory;
use super::disk::Disk;
use super::draft::Sealed;
use super::error::Error;
use super::forms::{Forms, Met};
use super::generation::{self, Generation};
use super::packed;
use super::press::Press;
use super::shelf::Shelf;
use super::stored::Packed;

/// Writes down which forms words have, for the generation of this number, where new ones were met.
pub(super) fn find_forms(
    met: &Met,
    known: &Forms,
    (disk, dir): (&dyn Disk, &Path),
    number: u64,
) -> Result<Option<(Sealed, Forms)>, Error> {
    let Some(new) = met.take(known) else { return Ok(None) };
    let mut draft = generation::draft_forms(disk, dir, number)?;
    let written = new.write_onto(known, &mut draft);
    written.map_err(Error::io("write", draft.place()))?;
    let sealed = draft.seal()?;
    let forms = open_forms(dir, &sealed)?;
    Ok(Some((sealed, forms)))
}

/// Writes down the dictionaries, where one was made.
pub(super) fn write_dictionaries(
    press: &mut Press,
    (disk, dir): (&dyn Disk, &Path),
    number: u64,
) -> Result<Option<Sealed>, Error> {
    let Some(all) = press.unwritten() else { return Ok(None) };
    let mut draft = generation::draft_dictionaries(disk, dir, number)?;
    let written = packed::write(all, &mut draft);
    written.map_err(Error::io("write", draft.place()))?;
    draft.seal().map(Some)
}

/// The forms of a generation that is built upon.
pub(super) fn open_forms(dir: &Path, sealed: &Sealed) -> Result<Forms, Error> {
    let forms = directory::mapped(dir, sealed).and_then(|bytes| Forms::of_bytes(Box::new(bytes)));
    forms.map_err(|error| Error::damaged(dir, format!("{}: {error}", sealed.file)))
}

/// The dictionaries of a generation that is built upon, and one more where its articles have become enough for it.
pub(super) fn open_press(dir: &Path, sealed: Option<&Sealed>, articles: &Searcher) -> Result<Press, Error> {
    let read = |sealed: &Sealed| {
        let press = directory::mapped(dir, sealed).and_then(|bytes| Press::of(packed::dictionaries(&bytes)?));
        press.map_err(|error| Error::damaged(dir, format!("{}: {error}", sealed.file)))
    };
    let mut press = sealed.map(read).transpose()?.unwrap_or_default();
    let count = usize::try_from(articles.num_docs()).unwrap_or(usize::MAX);
    if press.should_learn(count) {
        let segments = (0..).zip(articles.segment_readers());
        let all = segments
            .flat_map(|(ordinal, segment)| segment.doc_ids_alive().map(move |doc| DocAddress::new(ordinal, doc)));
        // What cannot be read is told by whoever has to.
        let some = all.step_by(Press::step(count)).filter_map(|address| articles.doc::<Packed>(address).ok());
        press.learn(some.map(|Packed(bytes)| bytes));
    }
    Ok(press)
}

/// Deletes what none of the generations that are `kept` names, whatever run left it.
pub(super) fn sweep<'a>(
    (disk, dir): (&dyn Disk, &Path),
    (articles, quotes): (&Shelf, &Shelf),
    kept: impl Iterator<Item = &'a Generation>,
) -> tantivy::Result<()> {
    let kept: Vec<&Generation> = kept.collect();
    let metas = |of: fn(&Generation) -> &String| kept.iter().map(|kept| of(kept).as_str()).collect::<Vec<_>>();
    articles.sweep(&metas(|kept| &kept.articles))?;
    quotes.sweep(&metas(|kept| &kept.quotes))?;
    let names: Vec<&str> = kept.iter().flat_map(|kept| kept.names()).collect();
    generation::sweep_notes(disk, dir, &names);
    Ok(())
}
