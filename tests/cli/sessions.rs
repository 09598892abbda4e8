//! Console sessions over a small archive: `tests/cli/archive` as `corpus`, and what a file cannot hold in git.

use std::fs;

use super::console;

fn check(session: &str) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let corpus = folder.path().join("corpus");
    console::copy(&console::package("tests/cli/archive"), &corpus);
    // Not UTF-8, empty, and a web of folders without an end: git would mend or refuse them.
    fs::write(corpus.join("latin.txt"), b"Caf\xe9 to close\n\nLUNDBY, March 2 (Shore Wire) - \x93The caf\xe9 is losing money,\x94 owner Noor Blom said.\n")
        .expect("a file can be written");
    fs::write(corpus.join("empty.txt"), b"").expect("a file can be written");
    fs::create_dir(corpus.join("web")).expect("a folder can be made");
    std::os::unix::fs::symlink("..", corpus.join("web").join("loop")).expect("a link can be made");
    console::check(&console::package(&format!("tests/cli/sessions/{session}.md")), folder.path());
}

#[test]
fn index() {
    check("index");
}

#[test]
fn search() {
    check("search");
}

#[test]
fn copies() {
    check("copies");
}

#[test]
fn explain() {
    check("explain");
}

#[test]
fn errors() {
    check("errors");
}

#[test]
fn count() {
    check("count");
}

#[test]
fn timeline() {
    check("timeline");
}

#[test]
fn kwic() {
    check("kwic");
}

#[test]
fn like() {
    check("like");
}

#[test]
fn config() {
    check("config");
}

#[test]
fn export() {
    check("export");
}

#[test]
fn extract() {
    check("extract");
}

#[test]
fn show() {
    check("show");
}

#[test]
fn help() {
    check("help");
}

#[test]
fn upkeep() {
    check("upkeep");
}

#[test]
fn speakers() {
    check("speakers");
}
