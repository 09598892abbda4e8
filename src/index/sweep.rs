//! Deleting what no generation names any more, in the folder of an index and in those of its two parts.

use std::path::Path;

use super::disk::Disk;
use super::generation::{self, Generation};
use super::shelf::Shelf;

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
