//! Runs that are stopped, and long ones that make visible what is done before their end.

use std::sync::atomic::Ordering::Relaxed;

use onrecord::desk::indexing::{self, Order, Report, Told};
use onrecord::index::{Ask, Grouping, Reader};

use crate::index::clip::ask;

use super::newsroom::{Newsroom, THEN, article, check_tidy, listing};

/// A run that is told to stop when so many articles have been put.
fn run_until(room: &Newsroom, articles: u64, change: impl FnOnce(&mut Order)) -> Report {
    let mut order = room.order();
    change(&mut order);
    let told = &mut |told: Told<'_>| {
        if let Told::Progress(progress) = told
            && progress.articles >= articles
        {
            order.stop.store(true, Relaxed);
        }
    };
    indexing::run(&order, None, told).expect("the run comes to an end")
}

/// Larger than what one worker takes whole.
fn feed(records: usize) -> String {
    let filler = "It rained on the slip all day. ".repeat(60);
    (0..records).map(|n| format!("{{\"text\":\"\\\"It is {n},\\\" said Tilda Marsh. {filler}\"}}\n")).collect()
}

/// The same, the newest first, each under an identifier of its own.
fn news(records: usize) -> String {
    let own = |(n, line): (usize, &str)| line.replacen('{', &format!("{{\"id\":\"n{n}\","), 1) + "\n";
    let mut lines: Vec<String> = feed(records).lines().enumerate().map(own).collect();
    lines.reverse();
    lines.concat()
}

#[test]
fn what_is_done_is_kept_and_the_rest_is_done_later() {
    let room = Newsroom::empty();
    (0..300).for_each(|n| room.write(&format!("{n:03}.txt"), article(&format!("It is number {n}"))));
    let report = run_until(&room, 10, |_| {});
    assert!(report.interrupted && report.articles >= 10 && report.articles < 300, "{report:?}");
    room.check();
    let before = report.articles;
    let report = room.run();
    assert_eq!((report.done.articles, report.tally.unchanged), (300 - before, before));
    room.check_as_new();
}

#[test]
fn copies_that_a_stopped_run_did_not_look_for_are_found_by_one_with_nothing_to_do() {
    let room = Newsroom::empty();
    let words = "We shall build the sea wall before the winter storms come, and nobody will pay twice for it";
    (0..2).for_each(|n| room.write(&format!("{n}.txt"), article(words)));
    let groups = || {
        let ask = Ask { group: Grouping::Exact, ..ask() };
        room.reader().quotes(None, &ask).expect("an answer").total
    };
    let report = run_until(&room, 2, |order| order.batch = 1);
    assert!(report.interrupted && report.articles == 2, "{report:?}");
    assert_eq!((groups(), room.reader().status().expect("a status").copies_due), (Some(2), true));
    let report = room.run();
    assert_eq!((report.done.articles, report.tally.unchanged), (0, 2));
    assert_eq!((groups(), room.reader().status().expect("a status").copies_due), (Some(1), false));
    // And then it is left alone.
    let generation = room.generation();
    room.run();
    assert_eq!(room.generation(), generation);
}

#[test]
fn a_large_file_goes_on_where_it_was_left() {
    let room = Newsroom::of(&[("feed.jsonl", &feed(400)), ("z.txt", &article("Fine"))]);
    let report = run_until(&room, 50, |_| {});
    assert!(report.interrupted && report.articles >= 50 && report.articles < 400, "{report:?}");
    let row = room.row("feed.jsonl");
    assert!(row.partial && row.content.is_none() && row.through == report.articles, "{row:?}");
    room.check();
    let before = report.articles;
    let report = room.run();
    assert_eq!((report.done.articles, report.done.replaced, report.articles), (401 - before, 0, 401));
    assert!(!room.row("feed.jsonl").partial);
    room.check_as_new();
}

#[test]
fn a_large_file_of_identifiers_goes_on_where_it_was_left() {
    let room = Newsroom::of(&[("feed.jsonl", &news(400))]);
    let before = run_until(&room, 50, |_| {}).articles;
    let row = room.row("feed.jsonl");
    assert!(row.partial && row.through == before && row.records.len() == before && before < 400, "{row:?}");
    room.check();
    // Stopped again before all that was done is passed.
    let again = run_until(&room, 0, |_| {});
    assert!(again.interrupted && again.articles >= before, "{again:?}");
    room.check();
    let report = room.run();
    assert_eq!((report.done.articles, report.done.replaced, report.articles), (400 - again.articles, 0, 400));
    let ids = room.ids("feed.jsonl");
    room.check_as_new();
    // More on top, and a run that gets no further than into what was there before.
    room.write_at("feed.jsonl", news(460), THEN + 1);
    let report = run_until(&room, 100, |_| {});
    assert!(report.interrupted && (400..=460).contains(&report.articles), "{report:?}");
    room.check();
    let report = room.run();
    assert_eq!((report.articles, report.done.dropped, room.ids("feed.jsonl").is_superset(&ids)), (460, 0, true));
    room.check_as_new();
}

#[test]
fn records_that_get_identifiers_are_in_the_index_once() {
    // As where an index was made before identifiers were heeded: what is read is the same, under other ids.
    let named = |order: &mut Order| {
        let map = onrecord::article::FieldMap::parse("id = \"number\"").expect("a map");
        order.read.map = Some(map);
    };
    let text = news(300).replace("\"id\"", "\"number\"");
    let room = Newsroom::of(&[("feed.jsonl", &text)]);
    room.run();
    assert_eq!(room.row("feed.jsonl").records.to_string(), "0-299");
    let report = run_until(&room, 50, named);
    assert!(report.interrupted && room.row("feed.jsonl").partial, "{report:?}");
    room.check();
    let report = room.run_as(named);
    assert_eq!((report.articles, report.quotes, report.done.dropped), (300, 300, 300));
    assert!(room.row("feed.jsonl").records.to_string().starts_with('#'));
    room.check_as_new();
    // And where it is moved at the same time.
    let room = Newsroom::of(&[("a.jsonl", &text)]);
    room.run();
    room.rename("a.jsonl", "b.jsonl");
    let report = room.run_as(named);
    assert_eq!((report.articles, report.done.dropped, report.done.moved), (300, 300, 1));
    room.check_as_new();
}

#[test]
fn a_large_file_that_was_changed_meanwhile_begins_anew() {
    let room = Newsroom::of(&[("feed.jsonl", &feed(400))]);
    run_until(&room, 50, |_| {});
    room.write_at("feed.jsonl", feed(300).replace("It is", "It was"), THEN + 1);
    let report = room.run();
    assert_eq!((report.done.articles, report.articles), (300, 300));
    room.check_as_new();
}

#[test]
fn a_change_that_is_interrupted_forgets_no_old_record() {
    let room = Newsroom::of(&[("feed.jsonl", &feed(400))]);
    room.run();
    room.write_at("feed.jsonl", feed(200).replace("It is", "It was"), THEN + 1);
    let report = run_until(&room, 50, |_| {});
    assert!(report.interrupted && report.articles == 400, "{report:?}");
    room.check();
    // The old records are not taken for new ones that are done.
    let report = room.run();
    assert_eq!((report.articles, report.done.dropped), (200, 200));
    room.check_as_new();
}

#[test]
fn a_move_that_is_interrupted_keeps_the_ids() {
    let room = Newsroom::of(&[("a.jsonl", &feed(300))]);
    room.run();
    let ids = room.ids("a.jsonl");
    room.rename("a.jsonl", "b.jsonl");
    let report = run_until(&room, 50, |_| {});
    assert!(report.interrupted && room.row("b.jsonl").partial);
    room.check();
    let report = room.run();
    assert_eq!((report.articles, report.gone), (300, 0));
    assert_eq!(room.ids("b.jsonl"), ids);
    room.check_as_new();
}

#[test]
fn what_is_done_is_visible_every_so_often() {
    let room = Newsroom::of(&[("feed.jsonl", &feed(300))]);
    (0..60).for_each(|n| room.write(&format!("{n:02}.txt"), article(&format!("It is number {n}"))));
    let order = Order { batch: 20, jobs: 1, ..room.order() };
    let mut seen = Vec::new();
    let told = &mut |_: Told<'_>| {
        if let Ok(reader) = Reader::open(&room.index())
            && seen.last().is_none_or(|(generation, _)| *generation != reader.generation())
        {
            room.check();
            seen.push((reader.generation(), reader.status().expect("a status").articles));
        }
    };
    let report = indexing::run(&order, None, told).expect("the run comes to its end");
    // Three times between files, and in the middle of the large one only after four times as many.
    // The end of the last file is the end of the run, which publishes once.
    let expected = [(1, 20), (2, 40), (3, 60), (4, 140), (5, 220), (6, 300)];
    assert_eq!(seen, expected);
    assert_eq!((report.articles, room.generation()), (360, 7));
    room.check_as_new();
}

#[test]
fn a_stop_before_anything_was_done_changes_nothing() {
    let room = Newsroom::of(&[("a.txt", &article("Fine"))]);
    let report = run_until(&room, 0, |order| order.stop.store(true, Relaxed));
    assert!(report.interrupted && report.articles == 0);
    assert!(Reader::open(&room.index()).is_err(), "there is no index yet");
    room.run();
    room.delete("a.txt");
    room.write("b.txt", article("Good"));
    let generation = room.generation();
    let report = run_until(&room, 0, |order| {
        order.prune = true;
        order.stop.store(true, Relaxed);
    });
    assert_eq!((report.articles, room.generation()), (1, generation));
}

#[test]
fn a_rebuild_that_is_stopped_leaves_the_index_as_it_was() {
    let room = Newsroom::empty();
    (0..300).for_each(|n| room.write(&format!("{n:03}.txt"), article(&format!("It is number {n}"))));
    room.run();
    let old = room.reader().status().expect("a status");
    for batch in [5, 1000] {
        let report = run_until(&room, 30, |order| (order.rebuild, order.batch) = (true, batch));
        assert!(report.interrupted && report.left, "{report:?}");
        assert_eq!(report.articles, 300, "what is told of is what is there");
        assert_eq!(room.reader().status().expect("a status").uuid, old.uuid);
        room.check();
    }
    // What the rebuild left is told of, and deleted by the next run, whatever its numbers were.
    room.write("more.txt", article("It is more"));
    let litter = || room.reader().status().expect("a status").bulk.litter;
    assert_ne!(litter(), 0);
    assert_eq!(room.run().done.articles, 1);
    assert_eq!(litter(), 0);
    check_tidy(&room.index(), "after a rebuild that was stopped");
    room.check_as_new();
    // While one goes on, readers see what was there; then they see all of the new one.
    let mut order = Order { rebuild: true, batch: 5, seed: "anew".to_owned(), ..room.order() };
    let mut seen = std::collections::BTreeSet::new();
    let report = indexing::run(&order, None, &mut |told| {
        if let Told::Progress(progress) = told
            && progress.articles % 50 == 0
        {
            seen.insert(room.reader().status().expect("a status").articles);
        }
    });
    assert_eq!((report.expect("it ends").articles, seen.into_iter().collect::<Vec<_>>()), (301, vec![301]));
    let status = room.reader().status().expect("a status");
    assert!(status.uuid != old.uuid && status.bulk.litter == 0 && !status.copies_due, "{status:?}");
    check_tidy(&room.index(), "after a rebuild");
    room.check_as_new();
    // Where there is none, what is done is kept.
    order = Order { index: room.path("../other"), ..order };
    let stop = order.stop.clone();
    let kept = indexing::run(&order, None, &mut |told| {
        if let Told::Progress(progress) = told
            && progress.articles > 20
        {
            stop.store(true, Relaxed);
        }
    });
    let kept = kept.expect("it ends");
    assert!(kept.articles >= 20 && !kept.left, "{kept:?}");
}

#[test]
fn a_rebuild_that_is_stopped_before_it_has_begun_says_what_is_there() {
    let room = Newsroom::of(&[("a.txt", &article("Fine"))]);
    let stopped = |order: &mut Order| {
        order.rebuild = true;
        order.stop.store(true, Relaxed);
    };
    let report = run_until(&room, 0, stopped);
    assert!(report.interrupted && !report.left && report.articles == 0, "{report:?}");
    room.run();
    let report = run_until(&room, 0, stopped);
    assert!(report.interrupted && report.left && report.articles == 1, "{report:?}");
    // What cannot be read is not touched either, as long as nothing is there in its place.
    let generation = room.index().join("generation.json");
    let text = std::fs::read_to_string(&generation).expect("it is there");
    std::fs::write(&generation, text.replacen("\"schema\": \"", "\"schema\": \"0", 1)).expect("it is written");
    let files = listing(&room.index());
    let report = run_until(&room, 0, stopped);
    assert!(report.interrupted && report.left && report.articles == 0, "{report:?}");
    assert_eq!(listing(&room.index()), files);
}
