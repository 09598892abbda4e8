//! A column that only the first of some records has which stand side by side: the others have it from that one.
//!
//! The quotations of an article are put one after another and removed together, so that they stand so in every segment: of what
//! is the same in all of them, one value is enough.

use std::sync::Arc;

use tantivy::DocId;
use tantivy::columnar::{Column, ColumnIndex, ColumnValues};

/// Values of which each holds for the records up to the next.
struct Carried {
    records: u32,
    index: ColumnIndex,
    values: Arc<dyn ColumnValues<u64>>,
}

/// Which of the values a record has.
fn ordinal(index: &ColumnIndex, doc: DocId) -> u32 {
    index.docid_range_to_rowids(0..doc + 1).end.saturating_sub(1)
}

impl ColumnValues<u64> for Carried {
    fn get_val(&self, doc: u32) -> u64 {
        self.values.get_val(ordinal(&self.index, doc))
    }

    fn min_value(&self) -> u64 {
        self.values.min_value()
    }

    fn max_value(&self) -> u64 {
        self.values.max_value()
    }

    fn num_vals(&self) -> u32 {
        self.records
    }
}

/// The same column with a value for each record.
pub(super) fn carried(column: Column<u64>) -> Column<u64> {
    match column.index {
        ColumnIndex::Optional(_) => {
            let carried = Carried { records: column.num_docs(), index: column.index, values: column.values };
            Column { index: ColumnIndex::Full, values: Arc::new(carried) }
        }
        _ => column,
    }
}

/// How many records stand between one and the first that has its value from it.
pub(super) fn behind_first(column: &Column<u64>, doc: DocId) -> u32 {
    let mut first = vec![ordinal(&column.index, doc)];
    column.index.select_batch_in_place(0, &mut first);
    doc.saturating_sub(first.first().copied().unwrap_or(doc))
}
