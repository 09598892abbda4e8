//! What lies beside the two indexes of a generation and goes with them: the forms of words and the dictionaries of articles.
//!
//! How they are made is not said here, and neither is when.

use std::io;
use std::path::Path;

use tantivy::{DocAddress, Searcher};

use super::directory;
use super::disk::Disk;
use super::draft::Sealed;
use super::error::Error;
use super::forms::{Forms, Met};
use super::generation;
use super::packed;
use super::press::Press;
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

/// The dictionaries of a generation that is built upon.
pub(super) fn open_press(dir: &Path, sealed: Option<&Sealed>) -> Result<Press, Error> {
    let Some(sealed) = sealed else { return Press::of(Vec::new()).map_err(Error::io("write", dir)) };
    let press = directory::mapped(dir, sealed).and_then(|bytes| Press::of(packed::dictionaries(&bytes)?));
    press.map_err(|error| Error::damaged(dir, format!("{}: {error}", sealed.file)))
}

/// So many articles tell how well those of an index are packed.
const LOOKED_AT: usize = 256;

/// Looks at what an index holds, before more is packed: whether there is enough for a dictionary, and how well the one that it has does.
pub(super) fn look_back(press: &mut Press, articles: &Searcher) -> io::Result<()> {
    let count = usize::try_from(articles.num_docs()).unwrap_or(usize::MAX);
    let all = || {
        let segments = (0..).zip(articles.segment_readers());
        segments.flat_map(|(ordinal, segment)| segment.doc_ids_alive().map(move |doc| DocAddress::new(ordinal, doc)))
    };
    // What cannot be read is told by whoever has to.
    let packed = |address| articles.doc::<Packed>(address).ok().map(|Packed(bytes)| bytes);
    if press.should_learn(count) {
        press.learn(all().step_by(Press::step(count)).filter_map(packed))
    } else {
        press.look_back(all().step_by((count / LOOKED_AT).max(1)).filter_map(packed));
        Ok(())
    }
}
