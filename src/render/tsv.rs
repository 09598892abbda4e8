//! A hit as one line of TSV: columns that stay where they are, nothing cut, and escapes that can be undone.
//!
//! A tab, a line feed, a carriage return and a backslash inside a value are written `\t`, `\n`, `\r` and `\\`.

use std::borrow::Cow;

use super::cell::Cell;
use super::field::Fields;

/// Appends the line of `hit` with these columns, its line feed included.
pub fn write_line<F: Fields>(out: &mut Vec<u8>, hit: &F::Hit, columns: &[F]) {
    let cells: Vec<Cell<'_>> = columns.iter().map(|column| column.of(hit)).collect();
    let cells: Vec<Cow<'_, str>> = cells.iter().map(Cell::column).collect();
    write_cells(out, &cells);
}

/// Appends a line of these cells, its line feed included.
pub fn write_cells(out: &mut Vec<u8>, cells: &[impl AsRef<str>]) {
    for (n, cell) in cells.iter().enumerate() {
        if n > 0 {
            out.push(b'\t');
        }
        escape(out, cell.as_ref());
    }
    out.push(b'\n');
}

fn escape(out: &mut Vec<u8>, text: &str) {
    for byte in text.bytes() {
        match byte {
            b'\t' => out.extend_from_slice(br"\t"),
            b'\n' => out.extend_from_slice(br"\n"),
            b'\r' => out.extend_from_slice(br"\r"),
            b'\\' => out.extend_from_slice(br"\\"),
            _ => out.push(byte),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let mut out = Vec::new();
        escape(&mut out, text);
        assert_eq!(String::from_utf8(out).expect("UTF-8 stays UTF-8"), expected);
    }

    #[test]
    fn escapes_can_be_undone() {
        check("plain “words”", "plain “words”");
        check("a\tb", r"a\tb");
        check("a\r\nb", r"a\r\nb");
        check(r"C:\temp", r"C:\\temp");
        check("\\\t", r"\\\t");
    }
}
