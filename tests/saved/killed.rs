//! Runs that are killed (SIGKILL): what was not surely delivered is delivered again, and nothing is ever lost.
//!
//! `ONRECORD_KILLS=200` kills oftener.

use std::fs;
use std::process::Stdio;
use std::time::{Duration, Instant};

use super::newsdesk::Newsdesk;
use crate::upkeep::growing::Chance;
use crate::upkeep::killed::wait;

/// As many times in the suite.
const KILLS: u64 = 20;

/// The program that takes the results kills the one that gave them, when it has them all.
const AND_KILL: &str = "cat >> taken; kill -9 $PPID";

#[test]
fn killed_between_output_and_state_it_delivers_again() {
    let mut desk = Newsdesk::new();
    desk.grow(3);
    desk.save("marsh", "speaker:Marsh", AND_KILL);
    for time in 1..=2 {
        let killed = desk.run(&["run", "marsh", "--new"]);
        assert_eq!(killed.status.code(), None, "{killed:?}");
        let taken = desk.delivered("taken");
        assert_eq!(taken.keys().cloned().collect::<Vec<_>>(), desk.found("speaker:Marsh"));
        assert!(taken.values().all(|count| *count == time), "{taken:?}");
    }
    // Nothing of the state was written, and nothing is in the way of the next run.
    desk.save("marsh", "speaker:Marsh", "cat >> taken");
    assert_eq!(desk.run(&["run", "marsh", "--new"]).status.code(), Some(0));
    assert!(desk.delivered("taken").values().all(|count| *count == 3));
    desk.grow(2);
    fs::remove_file(desk.path("taken")).expect("it is there");
    assert_eq!(desk.run(&["run", "marsh", "--new"]).status.code(), Some(0));
    assert_eq!(desk.delivered("taken").len(), 2, "only what is new");
}

#[test]
fn killed_at_any_moment_it_loses_nothing_and_repeats_only_what_was_cut_off() {
    let kills = std::env::var("ONRECORD_KILLS").map_or(KILLS, |number| number.parse().expect("a number"));
    let mut chance = Chance::new(7);
    let mut desk = Newsdesk::new();
    // What one run takes lies in a file of its own, by its process.
    fs::create_dir(desk.path("taken")).expect("a folder can be made");
    desk.save("marsh", "speaker:Marsh OR ships", "cat > taken/$PPID.part; mv taken/$PPID.part taken/$PPID");
    let mut longest = Duration::from_millis(200);
    let (mut done, mut rounds) = (0, 0_u64);
    let mut whole: Vec<String> = Vec::new();
    while done < kills {
        rounds += 1;
        assert!(rounds < kills * 20, "the runs end before they can be killed");
        if rounds % 3 == 1 {
            desk.grow(2);
        }
        let mut command = desk.command(&["run", "--all", "--new"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("it starts");
        let (began, id) = (Instant::now(), child.id());
        wait(&mut child, longest * u32::try_from(chance.below(1000)).expect("a small number") / 1000);
        child.kill().expect("it is killed, or has ended");
        let status = child.wait().expect("it is gone");
        match status.code() {
            None => done += 1,
            Some(code) => {
                assert!(matches!(code, 0 | 1), "{status}");
                longest = (longest + began.elapsed() * 2) / 2;
                whole.extend(desk.delivered(&format!("taken/{id}")).into_keys());
            }
        }
    }
    // The last one is left alone.
    let last = desk.command(&["run", "--all", "--new", "--quiet"]).stdout(Stdio::piped()).spawn().expect("it starts");
    let id = last.id();
    let last = last.wait_with_output().expect("it ends");
    assert!(matches!(last.status.code(), Some(0 | 1)), "{last:?}");
    whole.extend(desk.delivered(&format!("taken/{id}")).into_keys());
    // Everything has come; and of runs that were not killed, nothing came twice.
    let mut all: Vec<String> = whole.clone();
    for entry in fs::read_dir(desk.path("taken")).expect("it is there") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        all.extend(desk.delivered(&format!("taken/{name}")).into_keys().filter(|_| !name.ends_with(".part")));
    }
    all.sort();
    all.dedup();
    assert_eq!(all, desk.found("speaker:Marsh OR ships"), "what was delivered");
    let count = whole.len();
    whole.sort();
    whole.dedup();
    assert_eq!(whole.len(), count, "runs that ended well have delivered something twice");
    println!("{done} kills in {rounds} runs");
}
