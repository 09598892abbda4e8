//! Character sets, and files that are broken, empty, or no articles at all.

use std::io::Cursor;

use onrecord::article::{ReadOptions, Reading, Source, read};

use super::{article, check};

#[test]
fn character_sets() {
    let said = "„Nein“, sagte Jörg Müller aus Köln über die Fähre. Größere Schäden wären möglich gewesen.";
    let utf16 = |big: bool, mark: bool| -> Vec<u8> {
        let units = mark.then_some(0xFEFF_u16).into_iter().chain(said.encode_utf16());
        units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    };
    check("a.txt", utf16(false, true), &format!("#0 : {said:?}"));
    check("a.txt", utf16(true, true), &format!("#0 : {said:?}"));
    check("a.txt", utf16(false, false), &format!("#0 : {said:?}"));
    check("a.txt", format!("\u{feff}{said}"), &format!("#0 : {said:?}"));
    let (windows, _, _) = encoding_rs::WINDOWS_1252.encode(said);
    check("a.txt", &windows, &format!("#0 : {said:?}\n  ! the text is not UTF-8; read as windows-1252"));
    // Every format, by the same way.
    let line = |text: &str| format!("{{\"text\":\"{text}\"}}\n");
    let (latin, _, _) = encoding_rs::WINDOWS_1252.encode("{\"text\":\"Jörg Müller\"}\n");
    let mixed = [line("Jörg Müller").as_bytes(), &latin].concat();
    check(
        "a.jsonl",
        &mixed,
        "#0 : \"Jörg Müller\"\n#1 : \"Jörg Müller\"\n  ! record 2: the text is not UTF-8; read as windows-1252",
    );
    let table: Vec<u8> = "\u{feff}title,text\nA,Jörg\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    check("a.csv", table, "#0 A: \"Jörg\"");
    check("a.csv", "\u{feff}title,text\nA,Jörg\n", "#0 A: \"Jörg\"");
    // Declared in the page, and with a stray byte of another set.
    let page = "<html><head><meta charset=iso-8859-2><title>Łódź</title></head><body><p>Wałęsa powiedział, że prom jest zamknięty.</p></body></html>";
    let (latin2, _, _) = encoding_rs::ISO_8859_2.encode(page);
    check("a.html", &latin2, "#0 Łódź: \"Wałęsa powiedział, że prom jest zamknięty.\"");
    check("a.html", page, "#0 Łódź: \"Wałęsa powiedział, że prom jest zamknięty.\"");
    let stray = ["J\u{f6}rg M\u{fc}ller und Gr\u{f6}\u{df}e: it".as_bytes(), b"\x92s closed."].concat();
    check(
        "a.txt",
        stray,
        "#0 : \"Jörg Müller und Größe: it’s closed.\"\n  ! 1 byte is not UTF-8; read as windows-1252",
    );
}

#[test]
fn nothing_to_read() {
    check("a.txt", "", "skipped: empty file");
    check("a.json", "", "skipped: empty file");
    check("a.txt", " \n\t\r\n", "skipped: no text: only blanks");
    check("a.jsonl", "\n\n", "skipped: no text: only blanks");
    check("a.md", "\n\n", "skipped: no text: only blanks");
}

#[test]
fn what_is_no_article() {
    for (name, bytes, what) in [
        ("a.txt", b"%PDF-1.4 x".as_slice(), "PDF"),
        ("a", b"\x89PNG\r\n\x1a\n", "a PNG image"),
        ("a.docx", b"PK\x03\x04xx", "a zip archive or an office document"),
        (
            "a.xml",
            b"<?xml version=\"1.0\"?><x:Catalogue></x:Catalogue>",
            "XML of another kind (its root is <Catalogue>)",
        ),
        ("a.xml", b"<record><leader>x</leader></record>", "XML of another kind (its root is <record>)"),
        ("a.xml", b"<?xml version=\"1.0\"?>", "XML without an element"),
        ("a.xml", b"no element at all", "named as XML, but it has no element"),
        ("a.eml", b"Closed at last.", "named as e-mail, but it begins with no header of one"),
        ("a.mbox", b"Closed at last.", "named as a mailbox, but it begins with no line `From `"),
        ("a.txt", b"x1\t1911\t1912\nx2\t1911\t1912\n", "a table without names for its columns"),
        ("a.warc", b"WARC/1.0\r\n", "WARC"),
        ("a.txt", b"text\0with zeros", "binary data"),
        ("a.css", b"p { color: red }", ".css"),
    ] {
        check(name, bytes, &format!("skipped: not an article format that onrecord reads: {what}"));
    }
    // XHTML is a page all the same.
    check(
        "a.xml",
        "<?xml version=\"1.0\"?><!DOCTYPE html><html><head><title>Slip Closed</title></head><body/></html>",
        "#0 Slip Closed: \"\"",
    );
}

#[test]
fn deep_and_long() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    check("a.json", &deep, "skipped: record 1: not JSON: recursion limit exceeded at column 128");
    check(
        "a.jsonl",
        format!("{{\"text\":{deep}}}\n{{\"text\":\"One\"}}"),
        "skipped: record 1: not JSON: recursion limit exceeded at column 135\n#1 : \"One\"",
    );
    let long = "word ".repeat(400_000);
    assert_eq!(article("a.txt", &long).text, long);
}

/// Gives some bytes and then an error.
struct Breaking(Cursor<Vec<u8>>);

impl std::io::Read for Breaking {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        match self.0.read(out)? {
            0 => Err(std::io::ErrorKind::UnexpectedEof.into()),
            count => Ok(count),
        }
    }
}

#[test]
fn a_stream_that_breaks_off() {
    let broken = |name: &str, bytes: &str| -> Vec<String> {
        let input = std::io::BufReader::new(Breaking(Cursor::new(bytes.as_bytes().to_vec())));
        let options = ReadOptions::default();
        let all = read(Source::file(name), Box::new(input), &options);
        all.map(|reading| match reading {
            Reading::Article(article, _) => article.text,
            Reading::Skipped(problem) => problem.to_string(),
        })
        .collect()
    };
    let said = "the file breaks off: its compressed data is not complete";
    assert_eq!(broken("a.jsonl", "{\"text\":\"One\"}\n{\"te"), ["One".to_owned(), format!("record 2: {said}")]);
    assert_eq!(broken("a.json", "[{\"text\":\"One\"},{\"te"), ["One".to_owned(), format!("record 2: {said}")]);
    assert_eq!(broken("a.csv", "title,text\nA,One\nB,T"), ["One".to_owned(), format!("record 2: {said}")]);
    assert_eq!(broken("a.txt", "Half of a sto"), [said]);
    assert_eq!(broken("a.txt", ""), [said]);
}
