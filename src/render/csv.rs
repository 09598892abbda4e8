//! A hit as one line of CSV (RFC 4180, with a header line and line feeds), which a spreadsheet opens without running it.
//!
//! A text that a spreadsheet would take for a formula, one that begins with `=`, `+`, `-`, `@`, a tab or a line end, is
//! written with `'` before it. So is one that begins so already behind apostrophes, so that the guard can be taken away
//! again: of a cell that begins with apostrophes and one of these signs, the first apostrophe is the guard.

use std::borrow::Cow;

use super::cell::Cell;
use super::field::Fields;

/// What makes a formula of a cell; the wide forms are taken for the narrow ones by some programs.
const SIGNS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Appends the line with the names of these columns.
pub fn write_header<F: Fields>(out: &mut Vec<u8>, columns: &[F]) {
    write_cells(out, columns.iter().map(|column| Cow::Borrowed(column.name())));
}

/// Appends the line of `hit` with these columns, its line feed included.
pub fn write_line<F: Fields>(out: &mut Vec<u8>, hit: &F::Hit, columns: &[F]) {
    let cells: Vec<Cell<'_>> = columns.iter().map(|column| column.of(hit)).collect();
    write_cells(out, cells.iter().map(cell));
}

/// Appends a line of these texts, guarded, its line feed included.
pub fn write_texts<'a>(out: &mut Vec<u8>, texts: impl IntoIterator<Item = &'a str>) {
    write_cells(out, texts.into_iter().map(|text| guarded(Cow::Borrowed(text))));
}

fn cell<'a>(cell: &'a Cell<'_>) -> Cow<'a, str> {
    match cell {
        Cell::Number(_) | Cell::Count(_) => cell.column(),
        _ => guarded(cell.column()),
    }
}

fn write_cells<'a>(out: &mut Vec<u8>, cells: impl Iterator<Item = Cow<'a, str>>) {
    let mut writer = ::csv::WriterBuilder::new().buffer_capacity(1 << 10).flexible(true).from_writer(out);
    for cell in cells {
        // A buffer takes all bytes.
        let _ = writer.write_field(&*cell);
    }
    let _ = writer.write_record(None::<&[u8]>);
    let _ = writer.flush();
}

/// The text behind a guard, where it needs one.
pub fn guarded(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.trim_start_matches('\'').starts_with(SIGNS) { Cow::Owned(format!("'{text}")) } else { text }
}

/// The text that [`guarded`] was given.
pub fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').starts_with(SIGNS) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(texts: &[&str], expected: &str) {
        let mut out = Vec::new();
        write_texts(&mut out, texts.iter().copied());
        assert_eq!(String::from_utf8(out).expect("UTF-8 stays UTF-8"), expected);
    }

    #[test]
    fn formulas_are_guarded_and_can_be_had_back() {
        check(&["=1+1", "+1", "-1", "@a", "a=b"], "'=1+1,'+1,'-1,'@a,a=b\n");
        check(&["\t=1", "\r\nx"], "'\t=1,\"'\r\nx\"\n");
        check(&["'tis", "'=1", "''@"], "'tis,''=1,'''@\n");
        check(&["＝1"], "'＝1\n");
        for text in ["=1", "'=1", "''=1", "'", "''", "'tis", "", "x", "-", "\t", "'\n"] {
            assert_eq!(unguarded(&guarded(Cow::Borrowed(text))), text);
        }
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        check(&["a,b", "say \"no\"", "two\nlines", ""], "\"a,b\",\"say \"\"no\"\"\",\"two\nlines\",\n");
    }
}
