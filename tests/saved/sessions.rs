//! Console sessions with saved queries over a small archive.

use crate::cli::console::{PROGRAM, check, copy, isolate, package};

#[test]
fn help() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    copy(&package("corpus"), &folder.path().join("corpus"));
    let mut command = std::process::Command::new(PROGRAM);
    let done = isolate(&mut command).args(["index", "--quiet"]).current_dir(folder.path()).status();
    assert_eq!(done.expect("it starts").code(), Some(0));
    check(&package("src/cli/help/saved.md"), folder.path());
}

#[test]
fn editing() {
    run("tests/saved/editing.md");
}

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
fn feeds() {
    run("tests/saved/feeds.md");
}

#[test]
fn alerts() {
    run("tests/saved/alerts.md");
}
