//! A run that is killed in the middle, between two of its generations, loses no more than what was not visible yet.
//!
//! The test runs this very test in a child process, told by the environment where to run and when to wait for its end.

use std::env;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use onrecord::desk::indexing::{self, Order, Told};

use super::newsroom::{Newsroom, THEN, article, check_tidy};

const FOLDER: &str = "ONRECORD_TEST_RUN_KILLED_IN";
const AFTER: &str = "ONRECORD_TEST_RUN_KILLED_AFTER";

/// What the child does.
fn run_and_wait(room: &Newsroom, after: u64, rebuild: bool) {
    let order = Order { batch: 10, prune: true, rebuild, ..room.order() };
    let told = &mut |told: Told<'_>| {
        if let Told::Progress(progress) = told
            && progress.articles >= after
        {
            let mut out = std::io::stdout().lock();
            writeln!(out, "\nreached {after}").and_then(|()| out.flush()).expect("the parent listens");
            loop {
                std::thread::park();
            }
        }
    };
    indexing::run(&order, None, told).expect("the run comes to its end");
}

fn kill_after(room: &Newsroom, after: u64) {
    kill(room, after, "a_run_killed_between_generations");
}

/// Kills what this test of the module does in a child.
fn kill(room: &Newsroom, after: u64, test: &str) {
    let (_, module) = module_path!().split_once("::").expect("a module of this crate");
    let mut child = Command::new(env::current_exe().expect("the program that runs this"))
        .args([&format!("{module}::{test}"), "--exact", "--nocapture", "--test-threads=1"])
        .env(FOLDER, room.path(".."))
        .env(AFTER, after.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a child");
    let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
    let reached = lines.map_while(Result::ok).any(|line| line.starts_with("reached "));
    child.kill().expect("it is killed");
    child.wait().expect("it is gone");
    assert!(reached, "the child came to {after} articles");
}

#[test]
fn a_run_killed_between_generations() {
    if let (Some(folder), Ok(after)) = (env::var_os(FOLDER), env::var(AFTER)) {
        run_and_wait(&Newsroom::at(folder.into()), after.parse().expect("a number"), false);
        return;
    }
    let room = Newsroom::empty();
    let line =
        |n: usize| format!("{{\"text\":\"\\\"It is {n},\\\" said Tilda Marsh. {}\"}}\n", "It rained. ".repeat(700));
    room.write("feed.jsonl", (0..60).map(line).collect::<String>());
    (0..40).for_each(|n| room.write(&format!("{n:02}.txt"), article(&format!("It is number {n}"))));
    // Killed before the first generation there is no index, and nothing stands in the way of one.
    kill_after(&room, 5);
    assert!(onrecord::index::Reader::open(&room.index()).is_err());
    // Then between files, in the middle of the large file, and again where the next run has come a little further.
    for (after, visible) in [(25, 20), (9, 20), (75, 80), (5, 80)] {
        kill_after(&room, after);
        room.check();
        assert_eq!(room.reader().status().expect("a status").articles, visible, "killed after {after}");
    }
    room.run();
    room.check_as_new();
    // The same with changes of all kinds on the way.
    room.rename("03.txt", "moved/03.txt");
    room.delete("04.txt");
    let ids = room.ids("07.txt");
    room.rename("07.txt", "moved/07.txt");
    (10..38).for_each(|n| room.write_at(&format!("{n:02}.txt"), article(&format!("It was number {n}")), THEN + 1));
    for after in [3, 15, 13, 5] {
        kill_after(&room, after);
        room.check();
    }
    room.run_as(|order| order.prune = true);
    assert_eq!(room.ids("moved/07.txt"), ids);
    room.check_as_new();
}

#[test]
fn a_rebuild_that_is_killed_leaves_nothing_behind() {
    if let (Some(folder), Ok(after)) = (env::var_os(FOLDER), env::var(AFTER)) {
        run_and_wait(&Newsroom::at(folder.into()), after.parse().expect("a number"), true);
        return;
    }
    let kill = |room: &Newsroom, after| kill(room, after, "a_rebuild_that_is_killed_leaves_nothing_behind");
    let room = Newsroom::empty();
    (0..60).for_each(|n| room.write(&format!("{n:02}.txt"), article(&format!("It is number {n}"))));
    room.run();
    let again = |rebuild, when| {
        room.run_as(|order| order.rebuild = rebuild);
        assert_eq!(room.reader().status().expect("a status").bulk.litter, 0, "{when}");
        check_tidy(&room.index(), when);
        room.check_as_new();
    };
    // It came to more generations than the next one, which publishes once.
    kill(&room, 45);
    assert_eq!(room.generation(), 1);
    again(true, "a rebuild after one that was killed");
    kill(&room, 45);
    again(false, "a run after a rebuild that was killed");
    // Killed twice, the second time sooner.
    kill(&room, 55);
    kill(&room, 15);
    room.check();
    again(false, "a run after two rebuilds that were killed");
    // And where a reader opens files while the next run does.
    kill(&room, 45);
    let reader = std::fs::File::open(room.index().join("readers.lock")).expect("it is there");
    reader.lock_shared().expect("it is free");
    room.run_as(|order| order.rebuild = true);
    drop(reader);
    again(false, "a run after one that could delete nothing");
}
