//! Containers: what is in zip and tar archives, in WARC and ARC files, and what is said where it cannot be read.

use std::io::{Cursor, Read, Write};
use std::ops::ControlFlow;

use onrecord::archive::container::{Inside, Limits, is_zip, visit, visit_zip};

use crate::support::shared;

/// What is inside a file, a line each: `name: the first words`, or `name ! why`; `-` is the file itself.
fn inside(bytes: &[u8]) -> Vec<String> {
    inside_within(bytes, Limits::default())
}

fn inside_within(bytes: &[u8], limits: Limits) -> Vec<String> {
    let mut lines = Vec::new();
    let mut each = |thing: Inside<'_>| {
        lines.push(match thing {
            Inside::File(name, hint, mut bytes) => {
                let mut text = Vec::new();
                let read = bytes.read_to_end(&mut text);
                let text = String::from_utf8_lossy(&text).chars().take(40).collect::<String>();
                let hints: Vec<String> =
                    [hint.charset, hint.url.map(|url| format!("<{url}>"))].into_iter().flatten().collect();
                let hints = if hints.is_empty() { String::new() } else { format!(" [{}]", hints.join(" ")) };
                match read {
                    Ok(_) => format!("{}{hints}: {text}", name.unwrap_or("-")),
                    Err(error) => format!("{} ! {error}", name.unwrap_or("-")),
                }
            }
            Inside::Passed(name, why) => format!("{} ! {why}", name.unwrap_or("-")),
        });
        ControlFlow::Continue(())
    };
    let flow = match is_zip(bytes) {
        true => visit_zip(Cursor::new(bytes), bytes.len() as u64, &limits, &mut each),
        false => visit(bytes, bytes.len() as u64, &limits, &mut each),
    };
    assert!(flow.is_continue());
    lines
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

pub(crate) fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        let options = zip::write::SimpleFileOptions::default();
        if name.ends_with('/') {
            writer.add_directory(*name, options).expect("memory");
            continue;
        }
        writer.start_file(*name, options).expect("memory");
        writer.write_all(bytes).expect("memory");
    }
    writer.finish().expect("memory").into_inner()
}

pub(crate) fn tar(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in entries {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        // Written by hand: the crate refuses names that lead out of a folder.
        let place = &mut header.as_old_mut().name;
        place.fill(0);
        place[..name.len()].copy_from_slice(name.as_bytes());
        header.set_cksum();
        builder.append(&header, *bytes).expect("memory");
    }
    builder.into_inner().expect("memory")
}

#[test]
fn a_file_that_is_no_container_is_itself() {
    assert_eq!(inside(b"The slip is closed."), ["-: The slip is closed."]);
    assert_eq!(inside(&gzip(b"The slip is closed.")), ["-: The slip is closed."]);
    assert_eq!(inside(&zstd::encode_all(&b"The slip"[..], 1).expect("memory")), ["-: The slip"]);
    assert_eq!(inside(b""), ["-: "]);
}

#[test]
fn archives_are_their_entries() {
    let entries: &[(&str, &[u8])] = &[
        ("a/", b""),
        ("a/one.txt", b"One."),
        ("a/two.html.gz", &gzip(b"<p>Two.")),
        ("../../etc/three.txt", b"Three."),
    ];
    let expected = ["a/one.txt: One.", "a/two.html.gz: <p>Two.", "../../etc/three.txt: Three."];
    let entries_of_tar = &entries[1..];
    for (what, bytes) in [
        ("zip", zip(entries)),
        ("tar", tar(entries_of_tar)),
        ("tar.gz", gzip(&tar(entries_of_tar))),
        ("tar.zst", zstd::encode_all(tar(entries_of_tar).as_slice(), 1).expect("memory")),
        ("zip.gz", gzip(&zip(entries))),
    ] {
        assert_eq!(inside(&bytes), expected, "{what}");
    }
}

#[test]
fn what_is_no_article_by_its_name_is_passed_by() {
    let bytes = zip(&[
        ("a/README.md", b"x"),
        ("__MACOSX/a/._one.txt", b"x"),
        (".git/config", b"x"),
        ("./a/.DS_Store", b"x"),
        ("./a/one.txt", b"One."),
    ]);
    assert_eq!(inside(&bytes), ["./a/one.txt: One."]);
}

#[test]
fn two_entries_of_one_name_stay_two() {
    let bytes = tar(&[("a.txt", b"One."), ("a.txt (2)", b"Two."), ("a.txt", b"Three."), ("a.txt", b"Four.")]);
    assert_eq!(inside(&bytes), ["a.txt: One.", "a.txt (2): Two.", "a.txt (3): Three.", "a.txt (4): Four."]);
}

#[test]
fn names_that_are_not_utf8_can_be_printed() {
    let mut bytes = zip(&[("caf#.txt", b"One.")]);
    let mut tarred = tar(&[("caf#.txt", b"One.")]);
    for bytes in [&mut bytes, &mut tarred] {
        while let Some(at) = bytes.windows(4).position(|window| window == b"caf#") {
            bytes[at + 3] = 0xE9;
        }
    }
    assert_eq!(inside(&bytes), ["caf\\xE9.txt: One."]);
    // The sum over a tar header is over its name too.
    let sum: u32 =
        tarred[..512].iter().enumerate().map(|(at, b)| if (148..156).contains(&at) { 32 } else { u32::from(*b) }).sum();
    tarred[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
    assert_eq!(inside(&tarred), ["caf\\xE9.txt: One."]);
}

#[test]
fn containers_in_containers_are_opened_to_a_depth() {
    let one = zip(&[("a.txt", b"One.")]);
    let two = gzip(&tar(&[("one.zip", &one), ("b.txt", b"Two.")]));
    let three = zip(&[("two.tgz", &two)]);
    let four = tar(&[("three.zip", &three)]);
    assert_eq!(inside(&three), ["two.tgz!/one.zip!/a.txt: One.", "two.tgz!/b.txt: Two."]);
    assert_eq!(
        inside(&four),
        [
            "three.zip!/two.tgz!/one.zip ! a zip archive inside of 3 others: not opened",
            "three.zip!/two.tgz!/b.txt: Two."
        ]
    );
    let deeper = Limits { depth: 4, ..Limits::default() };
    assert_eq!(inside_within(&four, deeper)[0], "three.zip!/two.tgz!/one.zip!/a.txt: One.");
    assert_eq!(
        inside_within(&one, Limits { depth: 0, ..deeper }),
        ["- ! a zip archive inside of 0 others: not opened"]
    );
}

#[test]
fn entries_that_cannot_be_read_are_told_and_the_others_read() {
    let plain = zip(&[("a.txt", b"One."), ("b.txt", b"Two, which is a little longer."), ("c.txt", b"Three.")]);
    let at = |what: &[u8], from: usize| {
        from + plain[from..].windows(what.len()).position(|w| w == what).expect("it is there")
    };
    // The second local header, and the second in the directory.
    let local = at(b"PK\x03\x04", at(b"PK\x03\x04", 0) + 1);
    let listed = at(b"PK\x01\x02", at(b"PK\x01\x02", 0) + 1);
    let with = |changes: &[(usize, u8)]| {
        let mut bytes = plain.clone();
        changes.iter().for_each(|(at, value)| bytes[*at] = *value);
        inside(&bytes)
    };
    let encrypted = with(&[(local + 6, 1), (listed + 8, 1)]);
    assert_eq!(encrypted, ["a.txt: One.", "b.txt ! encrypted", "c.txt: Three."]);
    let unknown = with(&[(local + 8, 97), (listed + 10, 97)]);
    assert!(unknown[1].starts_with("b.txt ! compressed by a method that onrecord does not know: "), "{unknown:?}");
    let garbled = with(&[(local + 30 + 5 + 3, 0xFF), (local + 30 + 5 + 4, 0xFF)]);
    assert!(garbled[1].starts_with("b.txt ! ") && garbled.len() == 3, "{garbled:?}");
    let cut = inside(&plain[..plain.len() / 2]);
    assert!(cut.len() == 1 && cut[0].starts_with("- ! the zip archive cannot be read: "), "{cut:?}");

    let whole = tar(&[("a.txt", b"One."), ("b.txt", &[b'x'; 2000])]);
    let cut = inside(&whole[..2000]);
    assert!(cut[0] == "a.txt: One." && cut.len() >= 2 && cut[1..].iter().any(|line| line.contains(" ! ")), "{cut:?}");
    let mut garbled = whole.clone();
    garbled[1024 + 150] ^= 7;
    let garbled = inside(&garbled);
    assert!(
        garbled[0] == "a.txt: One." && garbled[1].starts_with("- ! the tar archive is damaged here"),
        "{garbled:?}"
    );
}

#[test]
fn documents_of_office_programs_are_one_thing() {
    let document = zip(&[("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")]);
    let expected = "not an article format that onrecord reads: an office document or an electronic book";
    assert_eq!(inside(&document), [format!("- ! {expected}")]);
    assert_eq!(inside(&tar(&[("letter.docx", &document)])), [format!("letter.docx ! {expected}")]);
}

#[test]
fn bombs_are_given_up() {
    let zeros = vec![0; 65 << 20];
    let small = Limits { ratio: 10, ..Limits::default() };
    for (what, bytes) in [
        ("gzip", gzip(&zeros)),
        ("zip", zip(&[("a.txt", &zeros), ("b.txt", b"Two.")])),
        ("tar.gz", gzip(&tar(&[("a.txt", &zeros)]))),
    ] {
        let lines = inside_within(&bytes, small);
        assert!(lines[0].contains("more than 10 times as large as the file"), "{what}: {lines:?}");
        assert!(lines.iter().all(|line| line.contains(" ! ")), "{what}: what is behind it is not read: {lines:?}");
    }
    let lines = inside_within(&zip(&[("a", &zeros), ("b", &zeros)]), Limits { ratio: 1100, ..small });
    assert_eq!(lines.len(), 2, "a ratio that is given is enough");
}

/// A record of a WARC file.
fn warc(kind: &str, target: &str, fields: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {target}\r\n{fields}Content-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn answer(target: &str, head: &str, body: &[u8]) -> Vec<u8> {
    let block = [head.as_bytes(), b"\r\n\r\n", body].concat();
    warc("response", target, "Content-Type: application/http; msgtype=response\r\n", &block)
}

const PAGE: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=ISO-8859-1";

fn crawl() -> Vec<Vec<u8>> {
    vec![
        warc("warcinfo", "", "", b"software: a crawler\r\n"),
        warc("request", "http://example.org/", "", b"GET / HTTP/1.1\r\n\r\n"),
        answer("http://example.org/", PAGE, b"<p>One."),
        answer(
            "http://example.org/chunks",
            &format!("{PAGE}\r\nTransfer-Encoding: chunked"),
            b"4\r\n<p>T\r\n3\r\nwo.\r\n0\r\n\r\n",
        ),
        answer("http://example.org/zipped", &format!("{PAGE}\r\nContent-Encoding: gzip"), &gzip(b"<p>Three.")),
        answer("http://example.org/gone", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html", b"<p>No."),
        answer("http://example.org/robots.txt", "HTTP/1.1 200 OK\r\nContent-Type: text/plain", b"User-agent: *"),
        answer("http://example.org/a.png", "HTTP/1.1 200 OK\r\nContent-Type: image/png", b"\x89PNG"),
        answer("http://example.org/silent", "HTTP/1.1 200 OK", b"<!doctype html><p>Four."),
        warc("revisit", "http://example.org/", "", b""),
        warc("response", "dns:example.org", "Content-Type: text/dns\r\n", b"example.org 1.2.3.4"),
        warc("metadata", "http://example.org/", "", b"x: y"),
        warc("resource", "http://example.org/saved", "Content-Type: text/html; charset=utf-8\r\n", b"<p>Five."),
        warc("resource", "metadata://crawler/log", "Content-Type: text/plain\r\n", b"a log"),
        warc("conversion", "http://example.org/as text", "Content-Type: text/plain\r\n", b"Six."),
        answer("<http://example.org/>", PAGE, b"<p>Seven."),
    ]
}

const CRAWLED: [&str; 8] = [
    "http://example.org/ [ISO-8859-1 <http://example.org/>]: <p>One.",
    "http://example.org/chunks [ISO-8859-1 <http://example.org/chunks>]: <p>Two.",
    "http://example.org/zipped [ISO-8859-1 <http://example.org/zipped>]: <p>Three.",
    "http://example.org/silent [<http://example.org/silent>]: <!doctype html><p>Four.",
    "http://example.org/saved [utf-8 <http://example.org/saved>]: <p>Five.",
    "http://example.org/as text [<http://example.org/as%20text>]: Six.",
    "http://example.org/ (2) [ISO-8859-1 <http://example.org/>]: <p>Seven.",
    "- ! passed over 9 records that hold no page: 1 answer of image/png, 1 answer of text/plain, 1 answer with status 404, 1 dns, \
     1 metadata, 1 request, 1 resource of the crawler's own, 1 revisit, 1 others",
];

#[test]
fn the_pages_of_a_crawl_are_read() {
    let records = crawl();
    assert_eq!(inside(&records.concat()), CRAWLED, "plain");
    let members: Vec<u8> = records.iter().flat_map(|record| gzip(record)).collect();
    assert_eq!(inside(&members), CRAWLED, "a member a record");
    assert_eq!(inside(&gzip(&records.concat())), CRAWLED, "one member");
    let newer: Vec<u8> = String::from_utf8_lossy(&answer("http://example.org/", PAGE, b"<p>One."))
        .replace("WARC/1.0", "WARC/1.1")
        .into();
    assert_eq!(inside(&newer), [CRAWLED[0]]);
    let mut zipped = CRAWLED.map(|line| format!("crawl.warc.gz!/{line}"));
    zipped[7] = CRAWLED[7].replacen('-', "crawl.warc.gz", 1);
    assert_eq!(inside(&zip(&[("crawl.warc.gz", &members)])), zipped);
}

#[test]
fn addresses_that_cannot_be_printed_are_written_out() {
    assert_eq!(
        inside(&answer("http://example.org/\0\u{1b}[2Ja", PAGE, b"<p>One.")),
        ["http://example.org/\\x00\\x1B[2Ja [ISO-8859-1 <http://example.org/%00%1B[2Ja>]: <p>One."]
    );
}

#[test]
fn broken_records_are_told_and_reading_goes_on_behind_them() {
    let (first, second) =
        (answer("http://example.org/1", PAGE, b"<p>One."), answer("http://example.org/2", PAGE, b"<p>Two."));
    let one = "http://example.org/1 [ISO-8859-1 <http://example.org/1>]: <p>One.";
    let two = "http://example.org/2 [ISO-8859-1 <http://example.org/2>]: <p>Two.";
    let garbage = [first.as_slice(), b"some garbage\nand more of it\n", &second].concat();
    assert_eq!(inside(&garbage), [one, "- ! record 2: what stands here is no record: passed over to the next", two]);
    let endless =
        [b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: many\r\n\r\n<p>".as_slice(), b"\r\n", &second].concat();
    let lines = inside(&endless);
    assert!(lines[0].contains("record 1: a record that does not say how long it is"), "{lines:?}");
    assert_eq!(lines.last().map(String::as_str), Some(two));
    let cut = [first.as_slice(), &second[..second.len() - 7]].concat();
    let lines = inside(&cut);
    assert!(
        lines[0] == one && lines.last().is_some_and(|line| line == "- ! record 2: this record breaks off"),
        "{lines:?}"
    );
    // A member that is damaged, in its middle and at its sum.
    let mut member = gzip(&answer("http://example.org/x", PAGE, b"<p>Nothing."));
    let middle = member.len() / 2;
    for at in [middle, member.len() - 6] {
        member[at] ^= 0xFF;
        let lines = inside(&[gzip(&first), member.clone(), gzip(&second)].concat());
        assert!(lines.iter().any(|line| line == one) && lines.iter().any(|line| line == two), "{lines:?}");
        assert!(lines.iter().any(|line| line.starts_with("- ! record 2: this record is damaged")), "{lines:?}");
        member[at] ^= 0xFF;
    }
    // Members that are cut off at any place of the buffers.
    let long = answer("http://example.org/long", PAGE, "<p>Long. ".repeat(40_000).as_bytes());
    let lines = inside(&[gzip(&long)[..500].to_vec(), gzip(&second)].concat());
    assert_eq!(lines.last().map(String::as_str), Some(two), "{lines:?}");
}

#[test]
fn arc_files_are_read() {
    let record = |target: &str, kind: &str, block: &str| {
        format!("{target} 192.0.2.1 20140216050221 {kind} {}\n{block}\n", block.len())
    };
    let version = "1 0 A Crawler\nURL IP-address Archive-date Content-type Archive-length\n";
    let newer = "2 0 A Crawler\nURL IP-address Archive-date Content-type Result-code Checksum Location Offset Filename Archive-length\n";
    let page = |words: &str| format!("HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<p>{words}");
    let records = [
        record("filedesc://a.arc", "text/plain", version),
        record("dns:example.org", "text/dns", "192.0.2.1"),
        record("http://example.org/with a space", "text/html", &page("One.")),
        "garbage in between\n".to_owned(),
        record("http://example.org/b.png", "image/png", "HTTP/1.0 200 OK\r\nContent-Type: image/png\r\n\r\nx"),
        record("http://example.org/2", "text/html", &page("Two.")),
    ];
    let expected = [
        "http://example.org/with a space [<http://example.org/with%20a%20space>]: <p>One.",
        "- ! record 4: what stands here is no record: passed over to the next",
        "http://example.org/2 [<http://example.org/2>]: <p>Two.",
        "- ! passed over 3 records that hold no page: 1 answer of image/png, 1 description of the file, 1 dns",
    ];
    assert_eq!(inside(records.concat().as_bytes()), expected);
    let members: Vec<u8> = records.iter().flat_map(|record| gzip(record.as_bytes())).collect();
    assert_eq!(inside(&members), expected);
    let block = page("One.");
    let second = format!(
        "{}http://example.org/ 192.0.2.1 20140216050221 text/html 200 - - 120 a.arc {}\n{block}\n",
        record("filedesc://a.arc", "text/plain", newer),
        block.len()
    );
    assert_eq!(inside(second.as_bytes())[0], "http://example.org/ [<http://example.org/>]: <p>One.");
}

#[test]
fn the_crawls_of_the_shared_folder() {
    let Some(folder) = shared("data/warc") else { return };
    let pages = |name: &str| {
        let lines = inside(&std::fs::read(folder.join(name)).expect("it can be read"));
        lines.iter().filter(|line| line.contains("<http")).count()
    };
    for (name, expected) in [
        ("example.warc", 1),
        ("example.warc.gz", 1),
        ("example.arc", 1),
        ("example.arc.gz", 1),
        ("example-iana.org-chunked.warc", 1),
        ("example-wrong-chunks.warc.gz", 1),
        ("example-wget-bad-target-uri.warc.gz", 1),
        ("example-trunc.warc", 1),
        ("example-space-in-url.arc", 1),
        ("post-test.warc.gz", 0),
        ("bad.arc", 0),
    ] {
        assert_eq!(pages(name), expected, "{name}");
    }
}
