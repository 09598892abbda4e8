//! Bad hours: others who read and write at the same time, disks that are full, folders where nobody may write, files that
//! change under the reader's hands. Each ends in a clear word, and with nothing lost.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

use onrecord::desk::indexing::{self, Order, Told};
use onrecord::desk::verify::verify;
use onrecord::index::{Ask, Error, Notes, Reader, Writer, WriterOptions};
use onrecord::text::day::Day;

use crate::again::newsroom::{Newsroom, THEN, article};
use crate::cli::console::{PROGRAM, isolate};
use crate::index::clip::{clip, options};

fn onrecord(folder: &Path, args: &[&str]) -> Output {
    isolate(&mut Command::new(PROGRAM)).args(args).current_dir(folder).output().expect("it starts")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn faults(room: &Newsroom) -> Vec<String> {
    verify(&room.index(), false, &mut |_| {}).expect("it is looked at").faults
}

#[test]
fn readers_see_whole_generations_while_one_after_another_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path();
    // Of generation n, each article says n, in text and quotation; and there is one more of them.
    let write = |writer: &mut Writer, number: usize| {
        for path in 0..number {
            let words = format!("It is {number}");
            let clip = clip(&path.to_string(), &format!("“{words},” Ada said.")).says("Ada", &[&words]);
            writer.put(clip.record()).expect("a record is taken");
        }
        writer.publish(&Notes::default()).expect("a generation").generation
    };
    let mut writer = Writer::open(dir, &options()).expect("a writer");
    write(&mut writer, 1);
    let done = AtomicBool::new(false);
    let look = || {
        let mut seen = BTreeSet::new();
        while !done.load(SeqCst) || seen.is_empty() {
            let reader = Reader::open(dir).expect("there is always an index");
            let ask = Ask { limit: 1000, count: true, ..Ask::new(Day::from_number(0)) };
            let articles = reader.articles(None, &ask).expect("an answer");
            let quotes = reader.quotes(None, &ask).expect("an answer");
            let number = reader.generation();
            assert_eq!((articles.total, quotes.total), (Some(number), Some(number)), "both of generation {number}");
            let own = format!("It is {number}");
            assert!(quotes.hits.iter().all(|hit| hit.quote == own), "generation {number}");
            assert!(articles.hits.iter().all(|hit| hit.text.contains(&own)), "generation {number}");
            seen.insert(number);
        }
        seen
    };
    let seen = std::thread::scope(|scope| {
        let readers = [scope.spawn(look), scope.spawn(look)];
        for number in 2..16 {
            assert_eq!(write(&mut writer, number), number as u64);
        }
        done.store(true, SeqCst);
        readers.map(|reader| reader.join().expect("it saw nothing wrong"))
    });
    assert!(seen.iter().any(|seen| seen.len() > 1), "they read while it was written: {seen:?}");
}

#[test]
fn a_second_run_is_refused_and_readers_are_not() {
    let room = Newsroom::of(&[("a.txt", &article("Fine"))]);
    room.run();
    let folder = room.path("..");
    let writer = Writer::open(&room.index(), &WriterOptions::default()).expect("a writer");
    for args in [&["index", "news"][..], &["index", "news", "--rebuild"], &["compact"]] {
        let refused = onrecord(&folder, args);
        assert_eq!(refused.status.code(), Some(2), "{args:?}");
        let expected = "error: another `onrecord index` is writing to index; try again when it is done\n";
        assert_eq!(said(&refused), expected, "{args:?}");
    }
    for args in [&["search", "Fine"][..], &["status"], &["verify"], &["backup", "copy.tar.zst"]] {
        assert_eq!(onrecord(&folder, args).status.code(), Some(0), "{args:?}");
    }
    drop(writer);
    // The locks' files stay, as they do where somebody died with them in hand: nobody holds them.
    assert!(room.index().join("writer.lock").exists());
    assert_eq!(onrecord(&folder, &["index", "news"]).status.code(), Some(0));
}

#[cfg(unix)]
#[test]
fn a_disk_that_takes_no_more_is_named() {
    let room = Newsroom::of(&[("a.txt", &article("Fine"))]);
    room.run();
    let many: String = (0..3000).map(|n| format!("{{\"text\":\"\\\"It is {n},\\\" said Tilda Marsh.\"}}\n")).collect();
    room.write("feed.jsonl", many);
    // The system lets no file grow beyond some blocks, and says so as it says that a disk is full.
    let mut shell = Command::new("sh");
    let script = "ulimit -f 40; trap '' XFSZ; exec \"$0\" \"$@\"";
    shell.args(["-c", script, PROGRAM, "index", "news"]).current_dir(room.path(".."));
    let failed = isolate(&mut shell).output().expect("sh runs");
    assert_eq!(failed.status.code(), Some(2), "{failed:?}");
    assert!(said(&failed).starts_with("error: cannot write index/"), "{}", said(&failed));
    assert!(said(&failed).trim_end().ends_with(": File too large"), "{}", said(&failed));
    assert_eq!((faults(&room), room.reader().status().expect("a status").articles), (Vec::new(), 1));
    // A copy fails as clearly.
    assert_eq!(onrecord(&room.path(".."), &["index", "news"]).status.code(), Some(0));
    let mut shell = Command::new("sh");
    shell.args(["-c", script, PROGRAM, "backup", "copy.tar.zst"]).current_dir(room.path(".."));
    let failed = isolate(&mut shell).output().expect("sh runs");
    assert_eq!(
        (failed.status.code(), &*said(&failed)),
        (Some(2), "error: cannot write copy.tar.zst: File too large\n")
    );
    assert!(!room.path("../copy.tar.zst").exists() && !room.path("../copy.tar.zst.part").exists());
    room.check_as_new();
}

#[test]
fn a_folder_in_which_nothing_can_be_made_is_named() {
    let room = Newsroom::of(&[("a.txt", &article("Fine"))]);
    let folder = room.path("..");
    // A file where a folder should be: for root as well, whom no permission stops.
    fs::write(folder.join("file"), "").expect("it is written");
    for command in ["index news", "compact", "verify", "status"] {
        let args: Vec<&str> = command.split(' ').chain(["-i", "file/index"]).collect();
        let failed = onrecord(&folder, &args);
        assert_eq!(failed.status.code(), Some(2), "{command}");
        assert!(said(&failed).contains("file/index"), "{command}: {}", said(&failed));
    }
    fs::create_dir(room.index()).expect("a folder");
    fs::write(room.index().join("quotes"), "mine").expect("it is written");
    let failed = onrecord(&folder, &["index", "news"]);
    assert_eq!(failed.status.code(), Some(2));
    assert!(said(&failed).starts_with("error: cannot create index/quotes: "), "{}", said(&failed));
    assert_eq!(fs::read_to_string(room.index().join("quotes")).expect("it is there"), "mine");
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_only_be_read_is_read() {
    use std::os::unix::fs::PermissionsExt;
    let room = Newsroom::of(&[("a.txt", &article("Fine"))]);
    room.run();
    let index = room.index();
    let folders = [index.join("articles"), index.join("quotes"), index.clone()];
    let allow = |mode| {
        folders.iter().for_each(|folder| {
            fs::set_permissions(folder, fs::Permissions::from_mode(mode)).expect("permissions can be set");
        })
    };
    allow(0o555);
    // Root may write anywhere: `power.rs` has a disk on which nobody may.
    let may = fs::write(index.join("trial"), "").is_ok();
    let read: Vec<_> = [&["search", "Fine"][..], &["status"], &["verify"]]
        .iter()
        .map(|args| onrecord(&room.path(".."), args).status.code())
        .collect();
    room.write_at("a.txt", article("Good"), THEN + 1);
    let written = onrecord(&room.path(".."), &["index", "news"]);
    allow(0o755);
    assert_eq!(read, [Some(0); 3]);
    if !may {
        assert_eq!(written.status.code(), Some(2));
        assert!(said(&written).contains("index/") && said(&written).contains("ermission denied"), "{}", said(&written));
    }
    assert_eq!(faults(&room), Vec::<String>::new());
    room.run();
    room.check_as_new();
}

/// Changes a file when it has been found and not yet read; gives what is said of it.
fn changed_meanwhile(room: &Newsroom, path: &str, change: impl Fn()) -> Vec<String> {
    let order = Order { roots: Vec::new(), ..room.order() };
    // A list is looked at to its end before anything is read.
    let at_the_end = std::iter::from_fn(|| {
        change();
        None
    });
    let mut list = [path, "z.txt"].into_iter().map(|path| Ok(room.path(path))).chain(at_the_end);
    let mut skipped = Vec::new();
    let told = &mut |told: Told<'_>| {
        if let Told::Skipped(of, reason) = told {
            skipped.push(format!("{of}: {reason}"));
        }
    };
    indexing::run(&order, Some(&mut list), told).expect("the run comes to its end");
    skipped
}

#[test]
fn a_file_that_shrinks_while_it_is_read_is_named_and_read_again() {
    let line =
        |n: usize| format!("{{\"text\":\"\\\"It is {n},\\\" said Tilda Marsh. {}\"}}\n", "It rained. ".repeat(60));
    let feed: String = (0..400).map(line).collect();
    let small = article("It is whole");
    for (path, text, by) in
        [("a.txt", small.as_str(), 60), ("feed.jsonl", &feed, 5000), ("feed.jsonl", &feed, feed.len())]
    {
        let room = Newsroom::of(&[(path, text), ("z.txt", &article("Fine"))]);
        for round in 0..2 {
            room.write_at(path, text, THEN + round);
            let skipped = changed_meanwhile(&room, path, || {
                let file = fs::File::options().write(true).open(room.path(path)).expect("the file is there");
                file.set_len((text.len() - by) as u64).expect("it can be cut");
            });
            let named = skipped.iter().any(|skipped| skipped.starts_with(&format!("news/{path}: ")));
            assert!(named, "{path} cut by {by}: {skipped:?}");
            assert_eq!(faults(&room), Vec::<String>::new());
            assert!(room.row(path).again || room.row(path).articles == 0, "{:?}", room.row(path));
        }
        // When it is whole again, it is read again.
        room.write_at(path, text, THEN + 5);
        room.run();
        room.check_as_new();
    }
}

#[test]
fn a_file_that_is_gone_when_it_is_to_be_read_keeps_its_articles() {
    let room = Newsroom::of(&[("a.txt", &article("It is old")), ("z.txt", &article("Fine"))]);
    room.run();
    room.write_at("a.txt", article("It is new"), THEN + 1);
    let skipped = changed_meanwhile(&room, "a.txt", || room.delete("a.txt"));
    assert!(
        skipped.len() == 1 && skipped.iter().all(|skipped| skipped.starts_with("news/a.txt: cannot be read: ")),
        "{skipped:?}"
    );
    assert_eq!((faults(&room), room.reader().status().expect("a status").articles), (Vec::new(), 2));
}

#[test]
fn a_lost_lock_file_is_no_obstacle() {
    let room = Newsroom::of(&[("a.txt", &article("Fine"))]);
    room.run();
    for lock in ["writer.lock", "readers.lock"] {
        fs::remove_file(room.index().join(lock)).expect("it is removed");
    }
    assert_eq!(faults(&room), Vec::<String>::new());
    room.write_at("a.txt", article("Good"), THEN + 1);
    room.run();
    room.check_as_new();
    assert!(matches!(Reader::open(&room.path("../nowhere")), Err(Error::Missing { .. })));
}

#[test]
fn a_run_does_not_take_lost_notes_for_empty_ones() {
    let room = Newsroom::of(&[("a.txt", &article("Fine"))]);
    room.run();
    let notes = fs::read_dir(room.index()).expect("a folder").map(|entry| entry.expect("an entry").path());
    let notes = notes.filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("notes-")));
    let [notes] = notes.collect::<Vec<_>>().try_into().expect("one generation");
    let before = fs::read(&notes).expect("it can be read");
    room.write("b.txt", article("More"));
    for damage in [Some("{\"files\":7}"), None] {
        match damage {
            Some(text) => fs::write(&notes, text).expect("it is written"),
            None => fs::remove_file(&notes).expect("it is removed"),
        }
        let failure = room.try_run(|_| {}).expect_err("the notes are lost").to_string();
        assert!(failure.contains("notes-1.json cannot be read") && failure.contains("--rebuild"), "{failure}");
    }
    fs::write(&notes, before).expect("it is written");
    assert_eq!(room.run().done.articles, 1);
    fs::remove_file(notes.with_file_name("notes-2.json")).expect("it is removed");
    assert_eq!(room.run_as(|order| order.rebuild = true).done.articles, 2);
}
