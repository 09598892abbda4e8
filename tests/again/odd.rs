//! What is odd about articles that could be read: told, counted and kept, once a kind for each file, and known after later runs.

use std::sync::atomic::Ordering::Relaxed;

use onrecord::desk::holdings::{Failure, Remarks, remarks};
use onrecord::desk::indexing::{self, Order, Report, Told};
use onrecord::desk::verify::verify;
use onrecord::index::Reader;

use super::newsroom::{Newsroom, THEN, article};

/// A run, with what it tells of odd articles.
fn run(room: &Newsroom, change: impl FnOnce(&mut Order)) -> (Report, Vec<String>) {
    let mut order = room.order();
    change(&mut order);
    let mut odd = Vec::new();
    let report = indexing::run(&order, None, &mut |told| {
        if let Told::Odd(path, what) = told {
            odd.push(format!("{path}: {what}"));
        }
    });
    (report.expect("the run comes to its end"), odd)
}

/// What the index knows to be odd.
fn known(room: &Newsroom) -> Vec<String> {
    let reader = Reader::open(&room.index()).expect("there is an index");
    let mut known = Vec::new();
    let told = remarks(&reader, Remarks::Odd, &mut |path, what| {
        known.push(format!("{path}: {what}"));
        Ok::<(), Failure>(())
    });
    told.expect("it can be read");
    assert_eq!(verify(&room.index(), false, &mut |_| {}).expect("it is looked at").faults, Vec::<String>::new());
    known
}

fn line(date: &str) -> String {
    format!("{{\"text\":\"\\\"It is fine,\\\" said Tilda Marsh.\",\"date\":\"{date}\"}}\n")
}

const LATIN: &str = "news/latin.txt: the text is not UTF-8; read as windows-1252";

#[test]
fn what_is_odd_is_told_once_a_kind_and_kept() {
    let room = Newsroom::of(&[("fine.txt", &article("Fine"))]);
    room.write("latin.txt", b"Caf\xe9\n\n\"It is fine,\" said Tilda Marsh of the caf\xe9 near the harbour.\n");
    let days = ["sometime", "2015-03-05", "some day", "9999-01-01"].map(line).concat();
    room.write("days.jsonl", &days);
    let mut tar = tar::Builder::new(Vec::new());
    let mut head = tar::Header::new_gnu();
    head.set_size(days.len() as u64);
    tar.append_data(&mut head, "days.jsonl", days.as_bytes()).expect("memory does not fail");
    room.write("days.tar", tar.into_inner().expect("memory does not fail"));
    let expected: Vec<String> = ["news/days.jsonl", "news/days.tar!/days.jsonl"]
        .iter()
        .flat_map(|path| {
            let outside = "the date `9999-01-01` is not kept: years go from 1600 to 2262";
            [format!("{path}: record 1: the date `sometime` is not understood"), format!("{path}: record 4: {outside}")]
        })
        .chain([LATIN.to_owned()])
        .collect();
    let (report, told) = run(&room, |_| {});
    assert_eq!(told, expected);
    assert_eq!((report.done.odd, report.done.skipped, report.done.articles), (7, 0, 10));
    let with_more = |mut told: Vec<String>| {
        told.insert(2, "news/days.jsonl: and 1 more such remarks on its articles".to_owned());
        told.insert(5, "news/days.tar!/days.jsonl: and 1 more such remarks on its articles".to_owned());
        told
    };
    assert_eq!(known(&room), with_more(expected.clone()));
    // Nothing is read again, in files nor in entries, and all of it is known still.
    room.write("other.txt", article("Other"));
    room.touch("days.tar", THEN + 1);
    room.touch("latin.txt", THEN + 1);
    let (report, told) = run(&room, |_| {});
    assert_eq!((report.done.odd, told), (0, vec![]));
    assert_eq!(known(&room), with_more(expected));
    // What is mended is odd no longer.
    room.write_at("days.jsonl", line("2015-03-05"), THEN + 2);
    room.write_at("latin.txt", article("Coffee"), THEN + 2);
    let (_, told) = run(&room, |_| {});
    assert_eq!((told.len(), known(&room).len()), (0, 3));
}

#[test]
fn a_run_that_goes_on_in_the_middle_of_a_file_knows_what_was_odd_before() {
    let room = Newsroom::empty();
    let lines: Vec<String> = (0..3000).map(|number| line(if number % 7 == 0 { "sometime" } else { "2015" })).collect();
    // A large file is read record by record, and so can be left in its middle.
    room.write("days.jsonl", lines.concat() + &" ".repeat(300 << 10) + "\n");
    let mut order = Order { batch: 10, ..room.order() };
    let stop = order.stop.clone();
    let report = indexing::run(&order, None, &mut |told| {
        if let Told::Progress(progress) = told
            && progress.articles > 100
        {
            stop.store(true, Relaxed);
        }
    });
    let first = report.expect("the run comes to its end").done;
    assert!(first.articles < 3000, "it was not stopped");
    order = room.order();
    let second = indexing::run(&order, None, &mut |_| {}).expect("the run comes to its end").done;
    assert_eq!((first.articles + second.articles, first.odd + second.odd), (3000, 429));
    let expected = ["record 1: the date `sometime` is not understood", "and 428 more such remarks on its articles"];
    assert_eq!(known(&room), expected.map(|what| format!("news/days.jsonl: {what}")));
}

#[test]
fn what_is_odd_is_in_the_index_as_soon_as_its_article_is() {
    let room = Newsroom::empty();
    room.write("days.jsonl", line("sometime").repeat(200) + &" ".repeat(300 << 10) + "\n");
    let order = Order { batch: 10, jobs: 1, ..room.order() };
    // A run may be killed at any time: what lies there then is all that is told ever after.
    let mut seen: Vec<(u64, u64, u64)> = Vec::new();
    let report = indexing::run(&order, None, &mut |_| {
        if let Ok(reader) = Reader::open(&room.index())
            && seen.last().is_none_or(|(generation, ..)| *generation != reader.generation())
        {
            let row = room.row("days.jsonl");
            seen.push((reader.generation(), row.articles, row.oddities));
        }
    });
    assert_eq!(report.expect("the run comes to its end").done.odd, 200);
    assert_eq!(seen, [(1, 40, 40), (2, 80, 80), (3, 120, 120), (4, 160, 160), (5, 200, 200)]);
}
