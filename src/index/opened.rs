//! Columns of segments, opened once for as long as a reader is there: to open one takes longer than many a question takes to find
//! its best hits.
//!
//! What the columns hold is not known here.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use tantivy::columnar::{Column, ColumnType, DynamicColumn, StrColumn};
use tantivy::index::SegmentId;
use tantivy::{SegmentReader, TantivyError};

use super::carried::carried;

/// The columns that were opened so far, under their segments and names; none where a segment has no such column. Clones share them.
#[derive(Clone, Default)]
pub(super) struct Columns(Arc<RwLock<Opened>>);

impl fmt::Debug for Columns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Columns")
    }
}

type Opened = HashMap<(SegmentId, &'static str), Option<DynamicColumn>>;

impl Columns {
    /// A column of numbers that every segment has; each record has the number of the last one that has any.
    pub(super) fn u64(&self, segment: &SegmentReader, name: &'static str) -> tantivy::Result<Column<u64>> {
        self.as_written(segment, name).map(carried)
    }

    /// The same, where only those records have a number which were given one.
    pub(super) fn as_written(&self, segment: &SegmentReader, name: &'static str) -> tantivy::Result<Column<u64>> {
        match self.open(segment, name, ColumnType::U64)? {
            Some(DynamicColumn::U64(column)) => Ok(column),
            _ => Err(TantivyError::SchemaError(format!("there is no column {name:?}"))),
        }
    }

    /// A column of days; none where no record of the segment has one.
    pub(super) fn i64(&self, segment: &SegmentReader, name: &'static str) -> tantivy::Result<Option<Column<i64>>> {
        Ok(match self.open(segment, name, ColumnType::I64)? {
            Some(DynamicColumn::I64(column)) => Some(column),
            _ => None,
        })
    }

    /// A column of texts; none where no record of the segment has one.
    pub(super) fn text(&self, segment: &SegmentReader, name: &'static str) -> tantivy::Result<Option<StrColumn>> {
        Ok(match self.open(segment, name, ColumnType::Str)? {
            Some(DynamicColumn::Str(column)) => Some(column),
            _ => None,
        })
    }

    fn open(
        &self,
        segment: &SegmentReader,
        name: &'static str,
        kind: ColumnType,
    ) -> tantivy::Result<Option<DynamicColumn>> {
        let key = (segment.segment_id(), name);
        if let Some(column) = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(column.clone());
        }
        let handle = segment.fast_fields().dynamic_column_handle(name, kind)?;
        let column = handle.map(|handle| handle.open()).transpose()?;
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(key, column.clone());
        Ok(column)
    }
}
