//! The manifest of the next generation: the one before, with what has changed since, and without what is gone.
//!
//! Both are read and written as streams; only the changes since the last publication are in memory.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::io::Write;

use crate::archive::manifest::{Closed, Kind, ManifestWriter, Row, Rows, Totals, compare};

use super::lockstep::{Lockstep, Side};
use super::sheaf::Item;
use super::survey::Survey;
use super::{Failure, Order};

/// What has changed since the last publication, by name.
pub(super) type Changes = BTreeMap<Key, Change>;

/// A name, in the order of the manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key(pub(super) String);

impl Ord for Key {
    fn cmp(&self, other: &Self) -> Ordering {
        compare(&self.0, &other.0)
    }
}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What becomes of a row.
pub(super) enum Change {
    /// It is this now, with these entries, or, where there are none given, with those that it had.
    Written(Box<Row>, Option<Closed>),
    /// There is none any more.
    Removed,
}

impl Change {
    /// The row as it is after its file was read.
    pub(super) fn written(row: Row) -> Self {
        Self::Written(Box::new(row), Some(Closed::default()))
    }

    /// The row of a file that holds what it held.
    pub(super) fn same_entries(row: Row) -> Self {
        Self::Written(Box::new(row), None)
    }
}

/// What became of files that are not there any more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Fate {
    /// Files whose articles stay.
    pub(super) gone: u64,
    /// Files whose articles were taken out.
    pub(super) pruned: u64,
    /// Whether nothing of it can be seen, as a rebuild was stopped before its end.
    pub(super) left: bool,
}

/// Takes the articles of a row out of the index; its entries stand behind it in the manifest.
pub(super) type Prune<'a> = dyn FnMut(&Row, &mut Rows) -> Result<(), Failure> + 'a;

/// Writes the manifest `before` as it is after `changes` into `to`. Where `prune` is given, what is gone goes.
pub(super) fn rewrite<W: Write>(
    order: &Order,
    survey: &Survey,
    before: Rows,
    changes: &Changes,
    to: W,
    mut prune: Option<&mut Prune<'_>>,
) -> Result<(W, Totals, Fate), Failure> {
    let write = Failure::manifest(order);
    let damaged = |damage| Failure::damaged(order, damage);
    let mut fate = Fate::default();
    let mut to = ManifestWriter::new(to).map_err(&write)?;
    let mut steps = Lockstep::new(&survey.sheaf, before);
    loop {
        let Some(side) = steps.next().map_err(damaged)? else { break };
        let (item, row) = match side {
            Side::Found(item) => (Some(item), None),
            Side::Both(item, row) => (Some(item), Some(row)),
            Side::Known(row) => (None, Some(row)),
        };
        let name = item.map(|item| &item.name).or(row.as_ref().map(|row| &row.path)).cloned().unwrap_or_default();
        let other = item.filter(|item| item.kind != Kind::File).map(|item| of_other(item, row.as_ref()));
        let missing = item.is_none();
        match (changes.get(&Key(name)), other.as_ref(), row) {
            (Some(Change::Removed), _, _) => {}
            (Some(Change::Written(row, Some(entries))), _, _) => {
                to.row(row).and_then(|()| to.entries(entries)).map_err(&write)?;
            }
            (Some(Change::Written(row, None)), _, _) | (None, Some(row), _) => {
                to.row(row).map_err(&write)?;
                if row.articles > 0 || row.kind == Kind::File {
                    copy_entries(&mut to, steps.rows(), order)?;
                }
            }
            (None, None, Some(row)) if missing && survey.covers(&row.path) => {
                if row.articles == 0 {
                    continue;
                }
                if let Some(prune) = prune.as_mut() {
                    fate.pruned += 1;
                    prune(&row, steps.rows())?;
                    continue;
                }
                fate.gone += 1;
                to.row(&Row { gone: true, ..row }).map_err(&write)?;
                copy_entries(&mut to, steps.rows(), order)?;
            }
            (None, None, Some(row)) => {
                to.same_row(&row, steps.rows().line()).map_err(&write)?;
                copy_entries(&mut to, steps.rows(), order)?;
            }
            (None, None, None) => {}
        }
    }
    let (to, totals) = to.finish().map_err(&write)?;
    Ok((to, totals, fate))
}

fn copy_entries<W: Write>(to: &mut ManifestWriter<W>, rows: &mut Rows, order: &Order) -> Result<(), Failure> {
    while let Some(line) = rows.entry_line().map_err(|damage| Failure::damaged(order, damage))? {
        to.same_entry(line).map_err(Failure::manifest(order))?;
    }
    Ok(())
}

/// The row of what is no file, or is ignored. The articles of a file that was there before are kept with it.
fn of_other(item: &Item, row: Option<&Row>) -> Box<Row> {
    let mut other = match row {
        Some(row) if row.articles > 0 => Row { again: true, ..row.clone() },
        _ => Row { path: item.name.clone(), kind: item.kind, ..Row::default() },
    };
    other.skipped = Default::default();
    match item.kind {
        Kind::Ignored => other.ignored = item.size,
        _ => other.skipped.push(item.reason.clone()),
    }
    other.skips = other.skipped.len();
    Box::new(other)
}
