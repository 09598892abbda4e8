//! Exit codes and messages where the world is not as it should be, and no session can show it.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::console::{PROGRAM, isolate};

/// Runs in `folder`; the exit code, stdout and stderr.
fn run(folder: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(PROGRAM);
    let done = isolate(&mut command).args(args).current_dir(folder).output().expect("it starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (done.status.code(), text(&done.stdout), text(&done.stderr))
}

#[test]
fn a_folder_that_cannot_be_read_is_named() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    fs::write(folder.path().join("file.txt"), "Headline\n\nText.\n").expect("a file can be written");
    // A file where a folder should be: an error for root as well, whom no permission stops.
    let (code, stdout, stderr) = run(folder.path(), &["index", "file.txt/below"]);
    assert_eq!((code, stdout.as_str()), (Some(2), ""));
    assert!(stderr.starts_with("error: cannot read file.txt/below: "), "{stderr}");
    assert!(!folder.path().join("index").exists(), "nothing is made for an archive that is not there");
}

#[test]
fn a_folder_without_permission_is_skipped_or_named() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder can be made");
    let closed = folder.path().join("corpus/closed");
    fs::create_dir_all(&closed).expect("a folder can be made");
    fs::write(folder.path().join("corpus/open.txt"), "Headline\n\nA text of the open file.\n")
        .expect("a file can be written");
    fs::write(closed.join("in.txt"), "Headline\n\nA text of the closed one.\n").expect("a file can be written");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).expect("permissions can be set");
    let may = fs::read_dir(&closed).is_ok();
    let below = run(folder.path(), &["index"]);
    let itself = run(folder.path(), &["index", "corpus/closed", "-i", "other"]);
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).expect("permissions can be set");
    // Root reads everything; both answers are right for their user.
    let (expected_below, expected_itself) = if may { (Some(0), Some(0)) } else { (Some(3), Some(2)) };
    assert_eq!((below.0, itself.0), (expected_below, expected_itself), "{}{}", below.2, itself.2);
    if !may {
        assert!(below.2.contains("skipped corpus/closed: "), "{}", below.2);
        assert!(itself.2.starts_with("error: cannot read corpus/closed: "), "{}", itself.2);
    }
}

#[test]
fn an_index_does_not_index_itself() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    fs::write(folder.path().join("one.txt"), "Headline\n\nA text of some words.\n").expect("a file can be written");
    let first = run(folder.path(), &["index", "."]);
    let second = run(folder.path(), &["index", "."]);
    assert_eq!((first.0, second.0), (Some(0), Some(0)), "{}{}", first.2, second.2);
    assert!(first.2.starts_with("indexed 1 article (1 new) · "), "{}", first.2);
    assert!(second.2.starts_with("indexed 0 articles · 1 file unchanged · "), "{}", second.2);
}

#[test]
fn the_same_archive_makes_the_same_index_whatever_the_threads() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    super::console::copy(&super::console::package("tests/cli/archive"), &folder.path().join("corpus"));
    let search = |jobs: &str| {
        let index = run(folder.path(), &["index", "--rebuild", "--jobs", jobs]);
        assert!(matches!(index.0, Some(0 | 3)), "{}", index.2);
        run(folder.path(), &["search", "--articles", "date:..2030 OR NOT date:..2030", "--all", "--json"]).1
    };
    let one = search("1");
    assert!(one.lines().count() > 3, "{one}");
    assert_eq!(one, search("4"));
}

#[test]
fn an_index_elsewhere_is_found_by_flag_and_environment() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    fs::write(folder.path().join("one.txt"), "Headline\n\nA text of some words.\n").expect("a file can be written");
    assert_eq!(run(folder.path(), &["index", "one.txt", "-i", "far/away"]).0, Some(0));
    assert_eq!(run(folder.path(), &["-i", "far/away", "status"]).0, Some(0));
    let mut command = Command::new(PROGRAM);
    let done =
        isolate(&mut command).arg("status").env("ONRECORD_INDEX", "far/away").current_dir(folder.path()).output();
    assert_eq!(done.expect("it starts").status.code(), Some(0));
    assert_eq!(run(folder.path(), &["status"]).0, Some(2));
}

/// A feed large enough that no run is at its end when it is interrupted.
fn long_feed(folder: &Path) {
    use std::fmt::Write;
    let lines = (0..40_000).fold(String::new(), |mut lines, n| {
        let _ = writeln!(
            lines,
            r#"{{"title":"Story {n}","text":"\"It is {n},\" said Finn Dahl. {}"}}"#,
            "It rained. ".repeat(40)
        );
        lines
    });
    fs::write(folder.join("feed.jsonl"), lines).expect("a file can be written");
}

/// Indexes the feed and interrupts that when there are so many manifests; gives what it says.
fn interrupt_at(folder: &Path, manifests: usize, rebuild: bool) -> String {
    let mut command = Command::new(PROGRAM);
    let child = isolate(&mut command)
        .args(["index", "feed.jsonl", "--publish-every", "10"])
        .args(rebuild.then_some("--rebuild"))
        .current_dir(folder)
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("it starts");
    let count = || {
        let entries = folder.join("index").read_dir().into_iter().flatten().flatten();
        entries.filter(|entry| entry.file_name().to_string_lossy().starts_with("manifest-")).count()
    };
    while !folder.join("index/generation.json").exists() || count() < manifests {
        std::thread::yield_now();
    }
    let pid = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().expect("there is a kill").success());
    let done = child.wait_with_output().expect("it ends");
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(done.status.code(), Some(130), "{said}");
    said
}

#[test]
fn a_rebuild_that_is_interrupted_says_what_becomes_of_it() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    long_feed(folder.path());
    // Where there was no index, what is done is kept.
    let said = interrupt_at(folder.path(), 1, true);
    assert!(said.starts_with("stopping: what is done is being kept"), "{said}");
    assert!(said.contains("\ninterrupted: what was done is in the index"), "{said}");
    let kept = run(folder.path(), &["status"]).1;
    let said = interrupt_at(folder.path(), 2, true);
    assert!(said.starts_with("stopping\n"), "{said}");
    assert!(said.contains("\ninterrupted: the index is as it was, and `--rebuild` begins anew"), "{said}");
    let articles = |status: &str| status.lines().find(|line| line.starts_with("articles")).map(str::to_owned);
    assert_eq!(articles(&run(folder.path(), &["status"]).1), articles(&kept), "{kept}");
    assert!(articles(&kept).is_some(), "{kept}");
}

#[test]
fn an_interrupted_run_keeps_what_is_done_and_says_so() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    long_feed(folder.path());
    let said = interrupt_at(folder.path(), 1, false);
    assert!(said.starts_with("stopping: what is done is being kept"), "{said}");
    assert!(said.contains("\ninterrupted: what was done is in the index"), "{said}");
    let count = || run(folder.path(), &["search", "-c", "Dahl OR NOT Dahl"]).1.trim().parse::<u32>().expect("a number");
    let status = || run(folder.path(), &["status"]).1;
    assert!(status().contains("\ncopies    not yet looked for in all of it"), "{}", status());
    let before = count();
    assert!((10..40_000).contains(&before), "{before}");
    let list = folder.path().join("list");
    fs::write(&list, "").expect("a file can be written");
    assert_eq!(run(folder.path(), &["index", "--files-from", "list"]).0, Some(0), "an empty list is nothing to do");
    assert_eq!(count(), before);
    // What the run had left to the next one is done, though there was nothing else to do.
    assert!(!status().contains("copies"), "{}", status());
}

#[test]
fn manuals_and_completions_are_written() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    assert_eq!(run(folder.path(), &["man", "pages"]).0, Some(0));
    for page in ["onrecord.1", "onrecord-index.1", "onrecord-search.1", "onrecord-extract.1"] {
        let text = fs::read_to_string(folder.path().join("pages").join(page)).expect("the page is there");
        assert!(text.contains(".SH SYNOPSIS"), "{page}");
    }
    for shell in ["bash", "zsh", "fish"] {
        let (code, script, _) = run(folder.path(), &["completions", shell]);
        assert!(code == Some(0) && script.contains("onrecord"), "{shell}");
    }
}
