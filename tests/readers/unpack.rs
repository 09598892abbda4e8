//! Compressed files, and the walk over an archive.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use onrecord::archive::{Found, Met, open, walk};
use onrecord::article::{ReadOptions, Reading, Source, read};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder for the test")
}

fn put(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(&path, bytes).expect("a file");
    path
}

#[test]
fn compression_is_undone_by_its_first_bytes() {
    let folder = folder();
    let text = "The slip is closed, said Ada Bell.";
    let zstd = |part: &str| zstd::encode_all(part.as_bytes(), 3).expect("memory");
    let (one, two) = text.split_at(10);
    let skippable = [&[0x50, 0x2A, 0x4D, 0x18, 2, 0, 0, 0, 9, 9], zstd(text).as_slice()].concat();
    for (name, bytes) in [
        ("a.txt", text.as_bytes().to_vec()),
        ("a.txt.gz", gzip(text.as_bytes())),
        ("members.txt.gz", [gzip(one.as_bytes()), gzip(two.as_bytes())].concat()),
        ("padded.txt.gz", [gzip(text.as_bytes()), vec![0; 512]].concat()),
        ("a.txt.zst", zstd(text)),
        ("frames.txt.zst", [zstd(one), zstd(two)].concat()),
        ("skippable.txt.zst", skippable),
        ("no-ending", gzip(text.as_bytes())),
    ] {
        let mut got = String::new();
        let path = put(folder.path(), name, bytes);
        open(&path)
            .and_then(|mut input| input.read_to_string(&mut got))
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(got, text, "{name}");
    }
    assert!(open(folder.path()).is_err());
    assert!(open(&folder.path().join("none")).is_err());
}

#[test]
fn articles_before_a_break_are_kept() {
    let folder = folder();
    let lines: String = (0..20_000)
        .map(|n| format!("{{\"text\":\"Story {n} of the slip at Port Ellery, {}\"}}\n", n * 7919 % 10_007))
        .collect();
    let whole = gzip(lines.as_bytes());
    let zstd = zstd::encode_all(lines.as_bytes(), 3).expect("memory");
    for (name, bytes) in [("a.jsonl.gz", &whole), ("a.jsonl.zst", &zstd)] {
        let half = bytes.get(..bytes.len() / 2).expect("half of it");
        let path = put(folder.path(), name, half);
        let options = ReadOptions::default();
        let all: Vec<Reading> = read(Source::file(name), open(&path).expect("opens"), &options).collect();
        let articles = all.iter().filter(|reading| matches!(reading, Reading::Article(..))).count();
        assert!(articles > 1000, "{name}: {articles}");
        match all.last() {
            Some(Reading::Skipped(problem)) => assert!(problem.message.contains("breaks off"), "{name}: {problem}"),
            other => panic!("{name}: {other:?}"),
        }
    }
}

fn names(folder: &Path, roots: &[PathBuf]) -> Vec<String> {
    let below = |path: &Path| path.strip_prefix(folder).expect("below").to_string_lossy().into_owned();
    walk(roots, Path::new("nowhere"))
        .map(|met| match met {
            Met::File(found) => below(&found.path),
            Met::Ignored(ignored) => format!("- {} {}", below(&ignored.path), ignored.files),
            Met::Unreadable(wrong) => format!("! {}: {}", below(&wrong.path), wrong.problem),
        })
        .collect()
}

#[test]
fn walked_in_order_and_without_what_is_no_article() {
    let folder = folder();
    let root = folder.path();
    for name in [
        "b/2.txt",
        "b/10.txt",
        "a.txt",
        "B.txt",
        "README.md",
        "b/readme-de.txt",
        "LICENSE",
        "LICENSE-MIT",
        ".hidden",
        ".git/x.txt",
        "b/.x/y.txt",
        "READMEN.txt",
        "readme/z.txt",
    ] {
        put(root, name, "x");
    }
    assert_eq!(
        names(root, &[root.to_owned()]),
        [
            "- .git 1",
            "- .hidden 1",
            "B.txt",
            "- LICENSE 1",
            "- LICENSE-MIT 1",
            "- README.md 1",
            "READMEN.txt",
            "a.txt",
            "- b/.x 1",
            "b/10.txt",
            "b/2.txt",
            "- b/readme-de.txt 1",
            "readme/z.txt",
        ]
    );
    // A root is always taken, and roots keep their order.
    let roots = [root.join("b"), root.join("README.md"), root.join(".git")];
    let files: Vec<String> = names(root, &roots).into_iter().filter(|name| !name.starts_with("- ")).collect();
    assert_eq!(files, ["b/10.txt", "b/2.txt", "README.md", ".git/x.txt"]);
    // The index that lies in an archive is none of it.
    let met = walk(std::slice::from_ref(&roots[0]), &root.join("b/.x")).count();
    let all: Vec<Met> = walk(&[root.to_owned()], &root.join("b")).collect();
    assert_eq!((met, all.iter().filter(|met| matches!(met, Met::File(_))).count()), (4, 4));
    assert_eq!(names(root, &[root.join("none")]), ["! none: not found, or a link to nothing"]);
    let file = |met| if let Met::File(found) = met { Some(found) } else { None };
    let below: Vec<PathBuf> =
        walk(&roots, Path::new("nowhere")).filter_map(file).map(|found: Found| found.below().to_owned()).collect();
    assert_eq!(below, [Path::new("10.txt"), Path::new("2.txt"), Path::new("README.md"), Path::new("x.txt")]);
}

#[cfg(unix)]
#[test]
fn loops_links_and_pipes() {
    use std::os::unix::fs::symlink;
    let folder = folder();
    let root = folder.path();
    put(root, "a/1.txt", "x");
    put(root, "elsewhere/2.txt", "x");
    symlink(root.join("a"), root.join("a/loop")).expect("a link");
    symlink(root.join("elsewhere"), root.join("a/other")).expect("a link");
    symlink(root.join("gone"), root.join("a/broken")).expect("a link");
    let got = names(root, &[root.join("a")]);
    assert_eq!(got.len(), 4, "{got:?}");
    assert_eq!(got.first().map(String::as_str), Some("1.txt").map(|_| "a/1.txt"));
    assert!(got.iter().any(|line| line == "! a/broken: not found, or a link to nothing"), "{got:?}");
    assert!(got.iter().any(|line| line.starts_with("! a/loop: a loop: this link leads back to ")), "{got:?}");
    assert!(got.iter().any(|line| line == "a/other/2.txt"), "{got:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_not_utf8() {
    use std::os::unix::ffi::OsStrExt;
    let folder = folder();
    let name = std::ffi::OsStr::from_bytes(b"caf\xE9.txt");
    fs::write(folder.path().join(name), "x").expect("a file");
    let roots = [folder.path().to_owned()];
    let found: Vec<_> = walk(&roots, Path::new("nowhere")).collect();
    assert!(matches!(found.as_slice(), [Met::File(found)] if found.path.file_name() == Some(name)), "{found:?}");
}
