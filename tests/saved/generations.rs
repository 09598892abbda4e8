//! `run --all --new`, as cron runs it, over an archive that grows: nothing is lost, and nothing comes twice.

use std::process::Stdio;

use super::newsdesk::Newsdesk;

#[test]
fn each_quotation_comes_once_over_three_generations() {
    let mut desk = Newsdesk::new();
    desk.save("marsh", "speaker:Marsh", "cat >> marsh");
    desk.save("all", "saved:marsh OR ships", "cat >> all");
    for (round, count) in [4, 1, 6].into_iter().enumerate() {
        desk.grow(count);
        let done = desk.run(&["run", "--all", "--new"]);
        assert_eq!(done.status.code(), Some(0), "{done:?}");
        let when = format!("generation {round}");
        desk.check_once("marsh", "speaker:Marsh", &when);
        desk.check_once("all", "speaker:Marsh OR ships", &when);
        let quiet = desk.run(&["run", "--all", "--new"]);
        assert_eq!((quiet.status.code(), quiet.stdout.len()), (Some(1), 0), "{when}: {quiet:?}");
        desk.check_once("all", "speaker:Marsh OR ships", &when);
    }
}

#[test]
fn two_runs_at_once_deliver_once() {
    let mut desk = Newsdesk::new();
    desk.save("marsh", "speaker:Marsh OR ships", "cat >> marsh");
    for round in 0..4 {
        desk.grow(3);
        let run = || {
            let mut command = desk.command(&["run", "marsh", "--new"]);
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts")
        };
        let runs: Vec<_> = (0..4).map(|_| run()).collect();
        let ended: Vec<_> = runs.into_iter().map(|run| run.wait_with_output().expect("it ends")).collect();
        let mut codes: Vec<_> = ended.iter().map(|run| run.status.code()).collect();
        codes.sort();
        assert_eq!(codes, [Some(0), Some(1), Some(1), Some(1)], "{ended:?}");
        desk.check_once("marsh", "speaker:Marsh OR ships", &format!("round {round}"));
    }
}

#[test]
fn an_index_that_went_back_is_said_and_repeats_nothing() {
    let mut desk = Newsdesk::new();
    desk.save("marsh", "speaker:Marsh", "cat >> marsh");
    desk.grow(2);
    assert_eq!(desk.run(&["backup", "old.tar.zst"]).status.code(), Some(0));
    desk.grow(2);
    assert_eq!(desk.run(&["run", "marsh", "--new"]).status.code(), Some(0));
    std::fs::remove_dir_all(desk.path("index")).expect("it can be removed");
    assert_eq!(desk.run(&["restore", "old.tar.zst"]).status.code(), Some(0));
    let back = desk.run(&["run", "marsh", "--new", "--quiet"]);
    let said = String::from_utf8_lossy(&back.stderr).into_owned();
    assert!(said.starts_with("marsh: the index is older than at the last run"), "{said}");
    assert_eq!((back.status.code(), back.stdout.len()), (Some(1), 0));
    desk.grow(3);
    assert_eq!(desk.run(&["run", "marsh", "--new"]).status.code(), Some(0));
    desk.check_once("marsh", "speaker:Marsh", "after all");
}

#[test]
fn what_nobody_reads_stays_new() {
    let mut desk = Newsdesk::new();
    desk.grow(3);
    desk.save("marsh", "speaker:Marsh", "cat >> marsh");
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let done = desk.command(&["run", "marsh", "--new"]).stdout(writer).output().expect("it starts");
    assert_eq!(done.status.code(), Some(0), "a closed pipe ends quietly: {done:?}");
    assert!(desk.delivered("marsh").is_empty(), "the program is run only behind the output");
    assert_eq!(desk.run(&["run", "marsh", "--new"]).status.code(), Some(0));
    desk.check_once("marsh", "speaker:Marsh", "when they are read");
}

#[test]
fn runs_while_the_indexer_writes_lose_nothing() {
    let mut desk = Newsdesk::new();
    desk.save("marsh", "speaker:Marsh", "cat >> marsh");
    desk.grow(2);
    for _ in 0..3 {
        let mut running = desk.command(&["run", "marsh", "--new", "--quiet"]);
        let mut running = running.stdout(Stdio::null()).spawn().expect("it starts");
        desk.grow(3);
        let ended = running.wait().expect("it ends");
        assert!(matches!(ended.code(), Some(0 | 1)), "{ended}");
    }
    desk.run(&["run", "marsh", "--new"]);
    desk.check_once("marsh", "speaker:Marsh", "at the end");
}

#[test]
fn what_was_seen_in_an_earlier_index_is_not_nothing_where_it_cannot_be_read() {
    let mut desk = Newsdesk::new();
    desk.save("marsh", "speaker:Marsh", "cat >> marsh");
    desk.grow(3);
    assert_eq!(desk.run(&["run", "marsh", "--new"]).status.code(), Some(0));
    assert_eq!(desk.run(&["index", "--rebuild", "--quiet"]).status.code(), Some(0));
    let runs = std::fs::read_dir(desk.path(".onrecord/runs")).expect("a folder").map(|entry| entry.expect("an entry"));
    let [folder] = runs.map(|entry| entry.path()).collect::<Vec<_>>().try_into().expect("one index was asked");
    let states = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let state = states.into_iter().find(|path| path.extension().is_some_and(|end| end == "jsonl")).expect("a state");
    let text = std::fs::read_to_string(&state).expect("it can be read");
    for damaged in [text.get(1..).expect("it is ASCII"), "", "\u{fffd}\n"] {
        std::fs::write(&state, damaged).expect("it is written");
        let done = desk.run(&["run", "marsh", "--new"]);
        assert_eq!((done.status.code(), done.stdout.len()), (Some(2), 0), "{done:?}");
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(said.contains("line 1, is not what `onrecord run` wrote") && said.contains("--reset"), "{said}");
    }
    desk.check_once("marsh", "speaker:Marsh", "as before");
    // That of an index in another folder is none of its business.
    std::fs::write(&state, "{\"index\":\"other\"}\n").expect("it is written");
    std::fs::write(desk.path(".onrecord/runs/stray"), "x").expect("it is written");
    assert_eq!(desk.run(&["run", "marsh", "--new", "--peek"]).status.code(), Some(0));
    std::fs::write(&state, &text).expect("it is written");
    assert_eq!(desk.run(&["run", "marsh", "--new"]).status.code(), Some(1));
    std::fs::write(&state, "x").expect("it is written");
    assert_eq!(desk.run(&["run", "marsh", "--reset"]).status.code(), Some(0));
    assert!(!state.exists());
}
