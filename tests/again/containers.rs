//! Containers in an archive: ids of entries, and what a second run does about them.

use super::newsroom::{Newsroom, THEN, article};
use crate::readers::containers::{gzip, tar, zip};

fn said(room: &Newsroom) -> Vec<String> {
    room.said().into_iter().map(|(path, _)| path).collect()
}

fn three(words: [&str; 3]) -> Vec<(String, String)> {
    let named = |(number, words): (usize, &&str)| (format!("day/{number}.txt"), article(words));
    words.iter().enumerate().filter(|(_, words)| !words.is_empty()).map(named).collect()
}

/// Makes a container of named entries.
type Pack = fn(&[(&str, &[u8])]) -> Vec<u8>;

fn packed(entries: &[(String, String)], pack: Pack) -> Vec<u8> {
    let entries: Vec<(&str, &[u8])> = entries.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    pack(&entries)
}

#[test]
fn entries_have_ids_of_their_own_and_are_named() {
    let room = Newsroom::empty();
    room.write("a.zip", packed(&three(["Fine", "Good", "Well"]), zip));
    room.write("b.tar.gz", gzip(&packed(&three(["Fine", "", ""]), tar)));
    room.write("c.txt", article("Fine"));
    let report = room.run();
    assert_eq!((report.articles, report.done.skipped), (5, 0));
    let expected = [
        "news/a.zip!/day/0.txt",
        "news/a.zip!/day/1.txt",
        "news/a.zip!/day/2.txt",
        "news/b.tar.gz!/day/0.txt",
        "news/c.txt",
    ];
    assert_eq!(said(&room), expected);
    let files = room.reader().notes().expect("notes").files;
    assert_eq!((files.indexed, files.skipped), (3, 0));
    room.check_as_new();
    assert_eq!(room.run().tally.unchanged, 3);
}

#[test]
fn only_the_entries_that_changed_are_extracted_again() {
    for (name, pack) in [("a.zip", zip as Pack), ("a.tar", tar)] {
        let room = Newsroom::empty();
        room.write(name, packed(&three(["Fine", "Good", "Well"]), pack));
        room.run();
        let ids = room.articles();
        // One is another, one is gone, one is new; one is as it was.
        let mut entries = three(["Fine", "Better", ""]);
        entries.push(("day/3.txt".to_owned(), article("New")));
        room.write_at(name, packed(&entries, pack), THEN + 1);
        let report = room.run();
        assert_eq!(
            (report.done.articles, report.done.replaced, report.done.dropped, report.articles),
            (2, 1, 1, 3),
            "{name}"
        );
        let kept = |(path, _): &&(String, String)| path.ends_with("/0.txt");
        assert_eq!(room.articles().keys().find(kept), ids.keys().find(kept));
        room.check_as_new();
        // Touched, and no more.
        room.touch(name, THEN + 2);
        let report = room.run();
        assert_eq!((report.done.touched, report.done.articles), (1, 0));
        room.check_as_new();
        // Other options read all of it again.
        let report = room.run_as(|order| order.read.outlet = Some("The Gazette".to_owned()));
        assert_eq!((report.tally.reread, report.done.articles), (1, 3));
        room.check();
    }
}

#[test]
fn a_moved_container_keeps_the_ids_of_its_entries() {
    let room = Newsroom::empty();
    for n in 0..4 {
        room.write(&format!("old/{n}.zip"), packed(&three(["Fine", "Good", &format!("Number {n}")]), zip));
    }
    room.run();
    let ids =
        |room: &Newsroom| room.articles().into_keys().map(|(_, id)| id).collect::<std::collections::BTreeSet<_>>();
    let before = ids(&room);
    std::fs::rename(room.path("old"), room.path("new")).expect("it can be moved");
    let report = room.run();
    assert_eq!((report.done.moved, report.gone, report.articles), (4, 0, 12));
    assert_eq!(ids(&room), before);
    room.check_as_new();
    // Moved and read with other options at once: what is not in it any more goes.
    std::fs::rename(room.path("new"), room.path("newer")).expect("it can be moved");
    let report = room.run_as(|order| order.read.largest = Some(90));
    assert_eq!((report.done.moved, report.articles, report.done.dropped), (4, 8, 4));
    room.check();
}

#[test]
fn a_container_that_goes_takes_its_entries_with_it() {
    let room = Newsroom::empty();
    room.write("a.zip", packed(&three(["Fine", "Good", "Well"]), zip));
    room.write("b.txt", article("Fine"));
    room.run();
    room.delete("a.zip");
    assert_eq!(room.run().gone, 1);
    room.check();
    let report = room.run_as(|order| order.prune = true);
    assert_eq!((report.pruned, report.done.dropped, report.articles), (1, 3, 1));
    room.check_as_new();
    // A container that becomes an article, and the other way round.
    room.write("a.zip", packed(&three(["Fine", "Good", ""]), zip));
    room.run();
    room.write_at("a.zip", "A plain text about the slip at Lundby.", THEN + 1);
    let report = room.run();
    assert_eq!((report.articles, report.done.dropped), (2, 2));
    room.check_as_new();
    room.write_at("a.zip", packed(&three(["Fine", "Good", ""]), zip), THEN + 2);
    assert_eq!(room.run().articles, 3);
    room.check_as_new();
}

#[test]
fn a_large_container_goes_on_where_it_was_left() {
    use onrecord::desk::indexing::{self, Told};
    use std::sync::atomic::Ordering::Relaxed;
    let room = Newsroom::empty();
    let entries: Vec<(String, String)> =
        (0..300).map(|n| (format!("{n:03}.txt"), article(&format!("It is number {n}")))).collect();
    room.write("a.tar", packed(&entries, tar));
    room.run();
    // All of them changed, and the run is stopped in the middle.
    let entries: Vec<(String, String)> =
        (0..300).map(|n| (format!("{n:03}.txt"), article(&format!("It was number {n}")))).collect();
    room.write_at("a.tar", packed(&entries, tar), THEN + 1);
    let order = room.order();
    let told = &mut |told: Told<'_>| {
        if let Told::Progress(progress) = told
            && progress.articles >= 100
        {
            order.stop.store(true, Relaxed);
        }
    };
    let report = indexing::run(&order, None, told).expect("the run comes to an end");
    assert!(report.interrupted && report.done.articles < 300, "{report:?}");
    assert_eq!(report.articles, 300, "those that were not read yet are still there");
    assert!(room.row("a.tar").partial);
    room.check();
    let done = report.done.articles;
    let report = room.run();
    assert_eq!((report.done.articles, report.articles), (300 - done, 300), "what was done is not done again");
    room.check_as_new();
}

#[test]
fn what_an_entry_is_skipped_for_is_listed_with_it() {
    let room = Newsroom::empty();
    let entries = [
        ("a.txt", article("Fine").into_bytes()),
        ("b.png", b"\x89PNG\r\n".to_vec()),
        ("c.jsonl", b"{\"text\":\"One.\"}\n{\n".to_vec()),
    ];
    let entries: Vec<(&str, &[u8])> = entries.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    room.write("a.zip", zip(&entries));
    let skipped = room.skipped();
    assert_eq!(skipped[0], "news/a.zip!/b.png: not an article format that onrecord reads: a PNG image");
    assert!(skipped[1].starts_with("news/a.zip!/c.jsonl: record 2: not JSON"), "{skipped:?}");
    let mut listed = Vec::new();
    onrecord::desk::holdings::remarks(
        &room.reader(),
        onrecord::desk::holdings::Remarks::Skipped,
        &mut |path, reason| {
            listed.push(format!("{path}: {reason}"));
            Ok::<(), onrecord::desk::holdings::Failure>(())
        },
    )
    .expect("they can be listed");
    assert_eq!(listed, skipped);
    let report = room.run();
    assert_eq!((report.tally.unchanged, report.tally.known_skips), (1, 2));
    room.check_as_new();
}

#[test]
fn places_inside_a_container_say_days_and_outlets() {
    use onrecord::archive::PathPattern;
    let room = Newsroom::empty();
    room.write("2014.zip", zip(&[("05/a.txt", article("Fine").as_bytes())]));
    let dates = |room: &Newsroom| -> Vec<String> {
        let ask = onrecord::index::Ask::new(onrecord::text::day::Day::from_number(0));
        let hits = room.reader().articles(None, &ask).expect("an answer").hits;
        hits.into_iter().filter_map(|hit| hit.date).map(|date| date.to_string()).collect()
    };
    let pattern = |text: &'static str| {
        move |order: &mut onrecord::desk::indexing::Order| order.date_from_path = PathPattern::parse(text).ok()
    };
    room.run_as(pattern("{year}*/{month}/*"));
    assert_eq!(dates(&room), ["2014-05"]);
    let report = room.run_as(pattern("{year}*/**"));
    assert_eq!((report.tally.reread, dates(&room)), (1, vec!["2014".to_owned()]));
    assert_eq!(room.run_as(pattern("{year}*/**")).tally.unchanged, 1);
}
