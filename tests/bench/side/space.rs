//! Where the bytes of an index lie: by field, and by what is kept of it. Told of the index by hand, which has the fields of the program's.

use std::collections::BTreeMap;
use std::io::{self, Write};

use tantivy::Searcher;
use tantivy::space_usage::PerFieldSpaceUsage;

/// Fields that take less than this share of an index are told together.
const LEAST: f64 = 0.01;

/// Terms, lists of records, places, column, lengths of texts.
type Parts = [u64; 5];

/// Prints the table.
pub(crate) fn space(indexes: [(&str, &Searcher); 2], text: u64, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "| index | field | terms | records | places | column | lengths | all, in hundredths of the text |")?;
    writeln!(out, "|---|---|---|---|---|---|---|---|")?;
    for (name, searcher) in indexes {
        let (mut fields, mut store, mut all): (BTreeMap<String, Parts>, u64, u64) = Default::default();
        for segment in searcher.space_usage().map_err(io::Error::other)?.segments() {
            let parts: [&PerFieldSpaceUsage; 5] = [
                segment.termdict(),
                segment.postings(),
                segment.positions(),
                segment.fast_fields(),
                segment.fieldnorms(),
            ];
            for (place, usage) in parts.into_iter().enumerate() {
                for field in usage.fields() {
                    fields.entry(field.field_name().to_owned()).or_default()[place] += field.total().get_bytes();
                }
            }
            store += segment.store().total().get_bytes();
            all += segment.total().get_bytes();
        }
        let mut small = Parts::default();
        let mut row = |field: &str, parts: &Parts| {
            let hundredths = |bytes: u64| format!("{:.1}", bytes as f64 * 100.0 / text as f64);
            let cells: Vec<String> = parts.iter().map(|bytes| hundredths(*bytes)).collect();
            writeln!(out, "| {name} | {field} | {} | {} |", cells.join(" | "), hundredths(parts.iter().sum()))
        };
        for (field, parts) in &fields {
            if (parts.iter().sum::<u64>() as f64) < LEAST * all as f64 {
                small.iter_mut().zip(parts).for_each(|(sum, bytes)| *sum += bytes);
            } else {
                row(&format!("`{field}`"), parts)?;
            }
        }
        row("smaller ones", &small)?;
        let hundredths = |bytes: u64| bytes as f64 * 100.0 / text as f64;
        writeln!(out, "| {name} | store | | | | | | {:.1} |", hundredths(store))?;
        writeln!(out, "| {name} | all | | | | | | {:.1} |", hundredths(all))?;
    }
    writeln!(out)
}
