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

/// Calls `each` with every file, place or entry that was skipped in part or as a whole, and the reason, in order.
///
/// # Errors
/// Where index or manifest cannot be read; and what `each` fails with.
pub fn skipped<E: From<Failure>>(reader: &Reader, each: &mut dyn FnMut(&str, &str) -> Result<(), E>) -> Result<(), E> {
    let failed = |damage: Damage| E::from(Failure::from(damage));
    let manifest = reader.manifest().map_err(|error| E::from(Failure::from(error)))?;
    let Some(manifest) = manifest else { return Ok(()) };
    let mut rows = Rows::open(manifest).map_err(failed)?;
    while let Some(row) = rows.row().map_err(failed)? {
        tell(&row.path, &row.skipped, each)?;
        while let Some(entry) = rows.entry().map_err(failed)? {
            if !entry.skipped.is_empty() {
                tell(&format!("{}!/{}", row.path, entry.entry), &entry.skipped, each)?;
            }
        }
    }
    Ok(())
}

fn tell<E>(path: &str, reasons: &Reasons, each: &mut dyn FnMut(&str, &str) -> Result<(), E>) -> Result<(), E> {
    reasons.told.iter().try_for_each(|reason| each(path, reason))?;
    match reasons.more {
        0 => Ok(()),
        more => each(path, &format!("and {more} more of its records")),
    }
}
