//! `compact`: one segment of each kind, nothing that was deleted, nothing lost, and readers go on.

use std::collections::BTreeSet;
use std::fs;

use onrecord::desk::compact::{Failure, Report, compact};
use onrecord::desk::indexing::{self, Order};
use onrecord::desk::verify::verify;
use onrecord::index::{Error, Reader};

use super::growing::{Growing, dump};
use crate::again::newsroom::Newsroom;

/// An index of many segments and with deleted records.
fn grown() -> Growing {
    let mut growing = Growing::new(5);
    for _ in 0..4 {
        let order = Order { batch: 4, prune: true, ..growing.room.order() };
        indexing::run(&order, None, &mut |_| {}).expect("the run ends");
        growing.grow();
    }
    growing
}

#[test]
fn segments_become_one_and_nothing_is_lost() {
    let growing = grown();
    let index = growing.room.index();
    let reader = growing.room.reader();
    let before = dump(&reader, &BTreeSet::new());
    let (generation, notes) = (reader.generation(), reader.notes().expect("notes"));
    let report = compact(&index, &mut |_| {}).expect("it is compacted");
    assert!(report.merged && report.before.segments > 2 && report.before.deleted > 0, "{report:?}");
    assert_eq!((report.after.segments, report.after.deleted, report.after.litter), (2, 0, 0));
    assert!(report.after.bytes < report.before.bytes, "{report:?}");
    // Who was reading goes on; who comes now sees the new generation.
    assert_eq!(dump(&reader, &BTreeSet::new()), before);
    let after = growing.room.reader();
    assert_eq!((after.generation(), after.notes().expect("notes")), (generation + 1, notes));
    assert_eq!(dump(&after, &BTreeSet::new()), before);
    assert_eq!(verify(&index, true, &mut |_| {}).expect("it is looked at").faults, Vec::<String>::new());
    // There is nothing left to do, and the next run goes on.
    let again = compact(&index, &mut |_| {}).expect("it is compacted");
    assert_eq!((again.merged, again.after), (false, report.after));
    assert_eq!(growing.room.generation(), generation + 1);
    growing.room.run_as(|order| order.prune = true);
    assert_eq!(verify(&index, true, &mut |_| {}).expect("it is looked at").faults, Vec::<String>::new());
}

#[test]
fn many_small_runs_leave_few_segments() {
    const RUNS: u32 = 7;
    let room = Newsroom::empty();
    for run in 0..RUNS {
        room.write(&format!("run-{run}.txt"), format!("Story {run}\n\n“It is {run},” said Ann Lind.\n"));
        room.run();
    }
    let Report { before, .. } = compact(&room.index(), &mut |_| {}).expect("it is compacted");
    // Of each of the two indexes fewer than four of one size.
    assert!(before.segments <= 6, "{before:?}");
}

#[test]
fn what_was_left_behind_is_removed() {
    let growing = grown();
    let index = growing.room.index();
    compact(&index, &mut |_| {}).expect("it is compacted");
    fs::write(index.join("quotes/0123456789abcdef0123456789abcdef.idx"), [0; 1000]).expect("a file is written");
    let Report { before, after, merged } = compact(&index, &mut |_| {}).expect("it is compacted");
    assert_eq!((before.litter, after.litter, merged), (1000, 0, false));
}

#[test]
fn a_reader_that_is_opening_files_keeps_them() {
    let growing = grown();
    let reader = Reader::open_pinned(&growing.room.index()).expect("a reader");
    let report = compact(&growing.room.index(), &mut |_| {}).expect("it is compacted");
    assert!(report.merged && report.after.litter > 0, "{report:?}");
    assert!(!dump(&reader, &BTreeSet::new()).is_empty());
    drop(reader);
    assert_eq!(compact(&growing.room.index(), &mut |_| {}).expect("it is compacted").after.litter, 0);
}

#[test]
fn what_is_damaged_is_not_merged() {
    let growing = grown();
    let index = growing.room.index();
    let generation = fs::read(index.join("generation.json")).expect("a generation");
    let store = fs::read_dir(index.join("articles")).expect("a folder").flatten().map(|entry| entry.path());
    let store = store.into_iter().find(|path| path.extension().is_some_and(|end| end == "store")).expect("a store");
    let mut bytes = fs::read(&store).expect("it can be read");
    *bytes.get_mut(9).expect("it is longer") ^= 1;
    fs::write(&store, bytes).expect("it is written");
    let error = compact(&index, &mut |_| {}).expect_err("it is damaged");
    assert!(matches!(error, Failure::Damaged { .. }), "{error}");
    assert!(
        error.to_string().contains("its checksum is wrong") && error.to_string().contains("`onrecord verify"),
        "{error}"
    );
    assert_eq!(fs::read(index.join("generation.json")).expect("a generation"), generation);
}

#[test]
fn where_there_is_no_index_none_is_made() {
    let room = Newsroom::empty();
    let error = compact(&room.index(), &mut |_| {}).expect_err("there is none");
    assert!(matches!(error, Failure::Index(Error::Missing { .. })), "{error}");
    assert!(!room.index().exists());
}
