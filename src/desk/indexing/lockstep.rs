//! Two lists in one order, walked side by side: what was found now, and the manifest of what was found before.

use std::cmp::Ordering;

use crate::archive::manifest::{Damage, Row, Rows, compare};

use super::sheaf::{Item, Items, Sheaf};

/// Of one name: what was found, what was known, or both.
pub(super) enum Side<'a> {
    /// Found, and not known.
    Found(&'a Item),
    /// Found and known.
    Both(&'a Item, Row),
    /// Known, and not found.
    Known(Row),
}

/// Both lists.
pub(super) struct Lockstep<'a> {
    items: Items<'a>,
    rows: Rows,
    /// The item has been read and not yet given away.
    item_waits: bool,
    no_more_items: bool,
    waiting: Option<Row>,
    no_more_rows: bool,
}

impl<'a> Lockstep<'a> {
    /// From the beginning of both.
    pub(super) fn new(sheaf: &'a Sheaf, rows: Rows) -> Self {
        Self { items: sheaf.items(), rows, item_waits: false, no_more_items: false, waiting: None, no_more_rows: false }
    }

    /// The next name of either.
    pub(super) fn next(&mut self) -> Result<Option<Side<'_>>, Damage> {
        if !self.item_waits && !self.no_more_items {
            self.item_waits = self.items.next().is_some();
            self.no_more_items = !self.item_waits;
        }
        if self.waiting.is_none() && !self.no_more_rows {
            self.waiting = self.rows.row()?;
            self.no_more_rows = self.waiting.is_none();
        }
        let item = self.items.item();
        let order = match (self.item_waits, &self.waiting) {
            (false, None) => return Ok(None),
            (true, None) => Ordering::Less,
            (false, Some(_)) => Ordering::Greater,
            (true, Some(row)) => compare(&item.name, &row.path),
        };
        if order != Ordering::Greater {
            self.item_waits = false;
        }
        let row = if order == Ordering::Less { None } else { self.waiting.take() };
        Ok(Some(match (order, row) {
            (Ordering::Greater, Some(row)) => Side::Known(row),
            (_, Some(row)) => Side::Both(item, row),
            (_, None) => Side::Found(item),
        }))
    }

    /// The manifest, which stands behind the row that was given last: with that row's line, and before its entries.
    pub(super) fn rows(&mut self) -> &mut Rows {
        &mut self.rows
    }
}
