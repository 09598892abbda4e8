//! Console sessions with saved queries over a small archive.

use crate::cli::console::{check, copy, package};

fn run(session: &str) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    copy(&package("tests/cli/archive"), &folder.path().join("corpus"));
    check(&package(session), folder.path());
}

#[test]
fn files() {
    run("tests/saved/files.md");
}

#[test]
fn lint() {
    run("tests/saved/lint.md");
}

#[test]
fn named_inside_others() {
    run("tests/saved/named.md");
}

#[test]
fn news() {
    run("tests/saved/news.md");
}

#[test]
fn alerts() {
    run("tests/saved/alerts.md");
}
