//! What an index was made of, as its manifest tells it.

use crate::archive::manifest::{Damage, Reasons, Rows};
use crate::index::{self, Reader};

/// Why it cannot be told.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The index cannot be read.
    #[error(transparent)]
    Index(#[from] index::Error),
    /// Its manifest cannot.
    #[error(
        "the manifest of the index is damaged ({0}); `onrecord index FOLDER --rebuild` makes both anew of the articles in FOLDER"
    )]
    Manifest(#[from] Damage),
}

/// Which remarks of the manifest are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remarks {
    /// Why a file, place, entry or record was skipped.
    Skipped,
    /// What is odd about articles that are in the index: of each kind the first in its file or entry.
    Odd,
}

/// Calls `each` with every file, place or entry of which there are such remarks, and each of them, in order.
///
/// # Errors
/// Where index or manifest cannot be read; and what `each` fails with.
pub fn remarks<E: From<Failure>>(
    reader: &Reader,
    asked: Remarks,
    each: &mut dyn FnMut(&str, &str) -> Result<(), E>,
) -> Result<(), E> {
    let failed = |damage: Damage| E::from(Failure::from(damage));
    let manifest = reader.manifest().map_err(|error| E::from(Failure::from(error)))?;
    let Some(manifest) = manifest else { return Ok(()) };
    let mut rows = Rows::open(manifest).map_err(failed)?;
    while let Some(row) = rows.row().map_err(failed)? {
        let (of_row, more) = match asked {
            Remarks::Skipped => (&row.skipped, "of its records"),
            Remarks::Odd => (&row.odd, "such remarks on its articles"),
        };
        tell(&row.path, of_row, more, each)?;
        while let Some(entry) = rows.entry().map_err(failed)? {
            let of_entry = if asked == Remarks::Skipped { &entry.skipped } else { &entry.odd };
            if !of_entry.is_empty() {
                tell(&format!("{}!/{}", row.path, entry.entry), of_entry, more, each)?;
            }
        }
    }
    Ok(())
}

fn tell<E>(
    path: &str,
    reasons: &Reasons,
    what: &str,
    each: &mut dyn FnMut(&str, &str) -> Result<(), E>,
) -> Result<(), E> {
    reasons.told.iter().try_for_each(|reason| each(path, reason))?;
    match reasons.more {
        0 => Ok(()),
        more => each(path, &format!("and {more} more {what}")),
    }
}
