//! What fuzzing begins with: the small archive in `corpus/`, samples written for it in `seeds/`, of which the name says the target,
//! and containers made here.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

use onrecord::archive;

/// A good input for each way through the target of this name, in an order that is always the same; at least one.
pub(crate) fn seeds(target: &str) -> Vec<Vec<u8>> {
    let corpus = files(&root("corpus"));
    let ending = |path: &Path| {
        let name = path.to_string_lossy();
        let name = name.trim_end_matches(".gz").trim_end_matches(".zst");
        name.rsplit('.').next().unwrap_or_default().to_owned()
    };
    let samples = |target: &str| -> Vec<Vec<u8>> {
        let all = files(&root("tests/fuzz/seeds"));
        let name = |path: &PathBuf| {
            path.file_name().is_some_and(|name| {
                name.to_string_lossy()
                    .strip_prefix(target)
                    .is_some_and(|rest| rest.is_empty() || rest == "-de" || rest == "-atom")
            })
        };
        all.iter().filter(|path| name(path)).map(|path| fs::read(path).expect("a sample can be read")).collect()
    };
    let of_corpus = |endings: &[&str], most: usize| -> Vec<Vec<u8>> {
        corpus
            .iter()
            .filter(|path| endings.contains(&ending(path).as_str()))
            .take(most)
            .map(|path| unpacked(path))
            .collect()
    };
    match target {
        "txt" => of_corpus(&["txt"], 8),
        "md" => of_corpus(&["md"], 8),
        "html" => of_corpus(&["html"], 8),
        "json" => of_corpus(&["json"], 8),
        "jsonl" => of_corpus(&["ndjson"], 2),
        "csv" => of_corpus(&["csv", "tsv"], 4),
        "extract" => [samples(target), of_corpus(&["txt", "md"], 12)].concat(),
        // The first byte chooses, see there.
        "any" => {
            let one = |name: &str| seeds(name).swap_remove(0);
            ["txt", "md", "html", "json", "jsonl", "csv", "nitf", "feed", "eml", "mbox"]
                .iter()
                .map(|name| [b"0".to_vec(), one(name)].concat())
                .collect()
        }
        "dates" => [samples(target), of_corpus(&["txt"], 4)].concat(),
        "container" => containers(),
        "manifest" => vec![manifest()],
        _ => samples(target),
    }
}

fn root(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)
}

/// All files in a folder, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found.retain(|path| path.file_name().is_none_or(|name| name != "README.md"));
    found
}

fn unpacked(path: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    archive::open(path).and_then(|mut input| input.read_to_end(&mut bytes)).expect("a file of the corpus can be read");
    bytes
}

fn containers() -> Vec<Vec<u8>> {
    let story = b"Slip is closed\n\n\"We wait,\" said Ada Holt.\n";
    let page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n<h1>Slip</h1><p>It is closed.</p>\r\n0\r\n\r\n";
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for name in ["a/one.txt", "../two.txt"] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("memory");
        zip.write_all(story).expect("memory");
    }
    let zip = zip.finish().expect("memory").into_inner();
    let mut tar = tar::Builder::new(Vec::new());
    for (name, bytes) in [("a/one.txt", story.as_slice()), ("in.zip", &zip)] {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_cksum();
        tar.append_data(&mut header, name, bytes).expect("memory");
    }
    let tar = tar.into_inner().expect("memory");
    let record = |kind: &str, block: &[u8]| {
        let head = format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: http://post.example/slip\r\nWARC-Date: 2014-03-05T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
            block.len()
        );
        [head.as_bytes(), block, b"\r\n\r\n"].concat()
    };
    let warc = [record("warcinfo", b"software: x\r\n"), record("response", page), record("response", page)].concat();
    let members = [gzip(&record("response", page)), gzip(&record("response", page))].concat();
    let line = format!("\nhttp://post.example/slip 10.0.0.1 20140305100000 text/html {}\n", page.len());
    let arc = [b"filedesc://a.arc 0.0.0.0 20140305100000 text/plain 76\n1 0 Post\nURL IP-address Archive-date Content-type Archive-length\n\n".as_slice(), line.as_bytes(), page, b"\n"].concat();
    let zstd = zstd::encode_all(tar.as_slice(), 1).expect("memory");
    vec![gzip(story), zip, gzip(&tar), tar, zstd, warc, members, arc]
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

/// A manifest of two files, one of them with an entry, not packed.
fn manifest() -> Vec<u8> {
    use onrecord::archive::manifest::{Bundle, Entry, ManifestWriter, Row};
    let mut writer = ManifestWriter::new(Vec::new()).expect("memory");
    let row = Row { path: "a.txt".to_owned(), size: 12, modified: Some(-5), ..Row::default() };
    writer.row(&row).expect("memory");
    let mut bundle = Bundle::default();
    bundle.push(&Entry { entry: "b.txt".to_owned(), ..Entry::default() }).expect("memory");
    let row = Row { path: "b.zip".to_owned(), entries: 1, ..Row::default() };
    writer.row(&row).expect("memory");
    writer.entries(&bundle.close().expect("memory")).expect("memory");
    let (packed, _) = writer.finish().expect("memory");
    zstd::decode_all(packed.as_slice()).expect("what was written can be read")
}
