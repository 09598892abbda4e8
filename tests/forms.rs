//! What is written for programs can be read back: TSV by undoing four escapes, CSV by any reader of it and one rule for its guard.

use onrecord::render::csv::{unguarded, write_texts};
use onrecord::render::tsv::write_cells;
use proptest::prelude::{ProptestConfig, Strategy, prop, proptest};

/// Texts with much of what a form has to escape.
fn texts() -> impl Strategy<Value = Vec<String>> {
    let piece = prop::sample::select(vec![
        "\t", "\n", "\r", "\\", "\\t", "\"", "\"\"", ",", ";", "'", "=", "+", "-", "@", " ", "", "a", "é", "＝",
        "日本", "\u{0}", "\u{feff}", "\r\n",
    ]);
    let text = prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat());
    prop::collection::vec(proptest::strategy::Union::new([text.boxed(), ".{0,8}".boxed()]), 1..6)
}

/// The text of a cell of TSV, as `onrecord help formats` says.
fn unescaped(cell: &str) -> String {
    let mut out = String::new();
    let mut chars = cell.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        out.push(match chars.next() {
            Some('t') => '\t',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('\\') => '\\',
            other => panic!("no escape: {other:?} in {cell:?}"),
        });
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn tsv_comes_back(rows in prop::collection::vec(texts(), 1..4)) {
        let mut out = Vec::new();
        rows.iter().for_each(|row| write_cells(&mut out, row));
        let text = String::from_utf8(out).expect("text");
        let lines: Vec<&str> = text.strip_suffix('\n').expect("a line ends").split('\n').collect();
        let read: Vec<Vec<String>> = lines.iter().map(|line| line.split('\t').map(unescaped).collect()).collect();
        assert_eq!(read, rows);
    }

    #[test]
    fn csv_comes_back_and_runs_nothing(rows in prop::collection::vec(texts(), 1..4)) {
        // A header stands above, so that no cell begins the file.
        let mut out = b"header\n".to_vec();
        rows.iter().for_each(|row| write_texts(&mut out, row.iter().map(String::as_str)));
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(&*out);
        let read: Vec<Vec<String>> = reader
            .records()
            .skip(1)
            .map(|record| record.expect("a line of CSV").iter().map(str::to_owned).collect())
            .collect();
        assert!(read.iter().flatten().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝'])), "{read:?}");
        let back: Vec<Vec<String>> =
            read.iter().map(|row| row.iter().map(|cell| unguarded(cell).to_owned()).collect()).collect();
        assert_eq!(back, rows);
    }
}
