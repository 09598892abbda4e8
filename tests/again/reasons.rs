//! Why a file is read again although nothing in it changed, and what is not read although it changed.

use onrecord::archive::PathPattern;
use onrecord::article::FieldMap;
use onrecord::desk::indexing::Order;

use super::newsroom::{Newsroom, THEN, article};

#[test]
fn other_options_read_again_what_they_change() {
    let room = Newsroom::of(&[("2014/a.txt", &article("Fine")), ("2015/b.txt", &article("Good"))]);
    room.run();
    let pattern = |text: &'static str| move |order: &mut Order| order.date_from_path = PathPattern::parse(text).ok();
    let report = room.run_as(pattern("{year}/*"));
    assert_eq!((report.tally.reread, report.done.articles), (2, 2));
    assert_eq!(room.run_as(pattern("{year}/*")).tally.unchanged, 2);
    // Another pattern that says the same of these paths changes nothing.
    assert_eq!(room.run_as(pattern("{year}/**")).tally.unchanged, 2);
    let report = room.run_as(pattern("2014/{date}*"));
    assert_eq!((report.tally.reread, report.tally.unchanged), (2, 0));
    let map = |order: &mut Order| order.read.map = FieldMap::parse("title = \"kop\"").ok();
    assert_eq!(room.run_as(map).tally.reread, 2);
    assert_eq!(room.run().tally.reread, 2);
    room.check_as_new();
}

#[test]
fn a_preview_tells_all_and_writes_nothing() {
    let room = Newsroom::of(&[
        ("a.txt", &article("Fine")),
        ("b.txt", &article("Good")),
        ("c.txt", &article("Well")),
        ("d.txt", &article("Nice")),
        ("e.txt", &article("Poor")),
    ]);
    let (lines, outlook) = room.preview(|_| {});
    assert_eq!((lines.len(), outlook.new), (5, 5));
    assert!(!room.index().exists());
    room.run();
    let files = || -> Vec<_> {
        let entries = std::fs::read_dir(room.index()).expect("a folder").map(|entry| entry.expect("an entry"));
        let mut files: Vec<_> =
            entries.map(|e| (e.file_name(), e.metadata().and_then(|m| m.modified()).ok())).collect();
        files.sort();
        files
    };
    room.touch("a.txt", THEN + 1);
    room.write_at("b.txt", article("Else"), THEN + 1);
    room.rename("c.txt", "sub/c.txt");
    room.delete("e.txt");
    room.write("new.txt", article("New"));
    room.write("README.md", "about");
    let before = files();
    let (lines, outlook) = room.preview(|_| {});
    let expected = [
        "Touched news/a.txt",
        "Changed news/b.txt",
        "New news/new.txt",
        "Moved news/sub/c.txt < news/c.txt",
        "Gone news/e.txt",
    ];
    assert_eq!(lines, expected);
    assert_eq!((outlook.touched, outlook.changed, outlook.new, outlook.moved, outlook.gone), (1, 1, 1, 1, 1));
    assert_eq!((outlook.unchanged, outlook.tally.ignored), (1, 1));
    assert_eq!(files(), before);
    let report = room.run();
    assert_eq!((report.done.touched, report.done.moved, report.gone, report.done.articles), (1, 1, 1, 3));
    assert_eq!(room.preview(|_| {}).0, ["Gone news/e.txt"]);
}

#[test]
fn only_what_was_changed_since_a_day_is_read() {
    let room = Newsroom::empty();
    room.write_at("old.txt", article("Fine"), THEN);
    room.write_at("new.txt", article("Good"), THEN + 1000);
    let since = |order: &mut Order| order.since = Some(i64::try_from((THEN + 500) * 1_000_000_000).expect("a time"));
    let report = room.run_as(since);
    assert_eq!((report.articles, report.tally.passed), (1, 1));
    assert_eq!(room.run().articles, 2);
    // What is older stays as it was, whatever is in it, and is not gone.
    room.write_at("old.txt", article("Changed"), THEN + 1);
    let report = room.run_as(since);
    assert_eq!((report.tally.passed, report.tally.unchanged, report.done.articles, report.gone), (1, 1, 0, 0));
    room.run();
    room.check_as_new();
}

#[test]
fn what_cannot_be_read_now_is_not_forgotten() {
    use std::os::unix::fs::PermissionsExt;
    let room = Newsroom::of(&[("a.txt", &article("Fine"))]);
    room.run();
    room.touch("a.txt", THEN + 1);
    std::fs::set_permissions(room.path("a.txt"), std::fs::Permissions::from_mode(0o000)).expect("permissions");
    let readable = std::fs::File::open(room.path("a.txt")).is_ok();
    let report = room.run();
    std::fs::set_permissions(room.path("a.txt"), std::fs::Permissions::from_mode(0o644)).expect("permissions");
    assert_eq!(report.articles, 1);
    if !readable {
        assert_eq!((report.done.skipped, room.row("a.txt").again), (1, true));
        let report = room.run();
        assert_eq!((report.done.articles, report.done.skipped), (1, 0));
    }
    room.check_as_new();
}

#[test]
fn what_is_ignored_is_counted_and_no_more() {
    let room = Newsroom::of(&[
        ("a.txt", &article("Fine")),
        ("README.md", "x"),
        (".git/1", "x"),
        (".git/deep/2", "x"),
        ("LICENSE", "x"),
    ]);
    let report = room.run();
    assert_eq!((report.articles, report.tally.ignored), (1, 4));
    let files = room.reader().notes().expect("notes").files;
    assert_eq!((files.indexed, files.skipped, files.ignored, files.places), (1, 0, 4, 0));
    let generation = room.generation();
    room.write(".git/3", "x");
    let report = room.run();
    assert_eq!((report.tally.ignored, room.generation()), (5, generation), "that alone is not worth a generation");
}
