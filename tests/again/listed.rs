//! Files that are listed instead of walked to.

use std::io;
use std::path::PathBuf;

use onrecord::desk::indexing::{self, Order, Report};

use super::newsroom::{Newsroom, THEN, article};

fn run(room: &Newsroom, paths: &[&str], prune: bool) -> Report {
    let order = Order { roots: Vec::new(), prune, ..room.order() };
    let mut list = paths.iter().map(|path| Ok::<PathBuf, io::Error>(room.path(path)));
    indexing::run(&order, Some(&mut list), &mut |_| {}).expect("the run comes to its end")
}

fn room() -> Newsroom {
    Newsroom::of(&[
        ("a.txt", &article("Fine")),
        ("sub/b.txt", &article("Good")),
        ("sub/c.txt", &article("Well")),
        ("README.md", "x"),
    ])
}

#[test]
fn only_what_is_listed_is_read() {
    let room = room();
    let report = run(&room, &["sub/c.txt", "a.txt", "sub/../a.txt", "README.md", "none.txt"], false);
    assert_eq!((report.articles, report.tally.new, report.tally.ignored), (2, 2, 1));
    assert_eq!(report.done.skipped, 1, "the one that is not there");
    assert_eq!(run(&room, &["sub/c.txt", "sub"], false).articles, 3, "a folder is walked");
    // A walk finds the same files under the same names.
    let report = room.run();
    assert_eq!((report.tally.unchanged, report.tally.new, report.articles), (3, 0, 3));
    room.check_as_new();
}

#[test]
fn what_is_not_listed_is_not_gone() {
    let room = room();
    room.run();
    room.delete("sub/b.txt");
    room.write_at("a.txt", article("Changed"), THEN + 1);
    let report = run(&room, &["a.txt"], true);
    assert_eq!((report.pruned, report.gone, report.done.articles, report.articles), (0, 0, 1, 3));
    let report = run(&room, &["sub/b.txt"], true);
    assert_eq!((report.pruned, report.articles), (1, 2));
    room.check_as_new();
}

#[test]
fn a_pattern_reads_the_same_of_a_path_that_is_listed() {
    let room = Newsroom::of(&[("2014/a.txt", &article("Fine"))]);
    let pattern = onrecord::archive::PathPattern::parse("{year}/*").expect("a pattern");
    room.run_as(|order| order.date_from_path = Some(pattern.clone()));
    let order = Order { roots: Vec::new(), date_from_path: Some(pattern), ..room.order() };
    let mut list = std::iter::once(Ok(room.path("2014/a.txt")));
    let report = indexing::run(&order, Some(&mut list), &mut |_| {}).expect("the run comes to its end");
    assert_eq!((report.tally.unchanged, report.tally.reread), (1, 0));
}
