//! The indexer, and whatever else writes to an index, is killed (SIGKILL) at moments that chance chooses, while an archive grows:
//! the index stays whole, and the next run leaves it as if nothing had happened.
//!
//! Twenty times in the suite. `ONRECORD_KILLS=200 cargo test --release --test suite upkeep::killed` kills it as often as it
//! says, and `ONRECORD_SEED=N` makes the choices that a test which failed has printed.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use onrecord::index::Reader;

use super::growing::{Chance, Growing, check_same, dump};
use crate::again::newsroom::{check_tidy, listing};
use crate::cli::console::{PROGRAM, isolate};

/// As many times in the suite.
const KILLS: u64 = 20;

/// So many while one archive grows; then another begins.
const EACH: u64 = 20;

/// The choices that the suite makes.
const SEED: u64 = 41;

pub(super) fn asked(name: &str, usual: u64) -> u64 {
    env::var(name).map_or(usual, |number| number.parse().expect("a number"))
}

/// When the run is killed.
#[derive(Clone, Copy, Debug)]
enum Moment {
    /// After this time, which may fall into the midst of anything.
    After(Duration),
    /// When so many changes of the index's folder have been seen: files that appear, grow and go.
    Change(u64),
}

fn command(growing: &Growing, index: &str, args: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    isolate(&mut command).current_dir(growing.room.path("..")).args(["-i", index, "--quiet"]).args(args);
    command
}

fn run(growing: &Growing, index: &str, args: &[&str]) -> Output {
    command(growing, index, args).output().expect("it starts")
}

/// What is killed: mostly the indexer; and whatever else writes, once there is an index and a copy of it.
fn choose_deed(growing: &mut Growing, published: bool) -> Vec<&'static str> {
    let batch = growing.chance.pick(&["1", "2", "7", "1000"]);
    let copied = growing.room.path("../copy.tar.zst").exists();
    match growing.chance.below(9) {
        0 if published => vec!["compact"],
        1 if published => vec!["backup", "copy.tar.zst"],
        2 if published && copied => vec!["restore", "copy.tar.zst", "--force"],
        3 if published => vec!["index", "news", "--rebuild", "--publish-every", batch, "--jobs", "2"],
        _ => vec!["index", "news", "--prune", "--publish-every", batch, "--jobs", "2"],
    }
}

/// Runs and kills; gives whether the end came by the kill.
fn kill_at(growing: &Growing, deed: &[&str], moment: Moment) -> bool {
    let mut child = command(growing, "index", deed).stderr(Stdio::piped()).spawn().expect("it starts");
    match moment {
        Moment::After(time) => wait(&mut child, time),
        Moment::Change(count) => watch(&mut child, &growing.room.index(), count),
    }
    child.kill().expect("it is killed, or has ended");
    let status = child.wait().expect("it is gone");
    assert!(matches!(status.code(), None | Some(0 | 3)), "{status}");
    status.code().is_none()
}

/// Until the time has passed, or the child has ended.
pub(crate) fn wait(child: &mut Child, time: Duration) {
    let mut said = child.stderr.take().expect("its stderr");
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        let _ = said.read_to_end(&mut Vec::new());
        let _ = tell.send(());
    });
    let _ = told.recv_timeout(time);
}

/// Until the folder has been seen to change so many times, or the child has ended.
fn watch(child: &mut Child, index: &Path, count: u64) {
    let mut before = listing(index);
    let mut seen = 0;
    while seen < count && child.try_wait().expect("it can be asked").is_none() {
        let now = listing(index);
        seen += u64::from(now != before);
        before = now;
    }
}

#[test]
fn an_index_survives_kills_at_any_moment() {
    let (kills, seed) = (asked("ONRECORD_KILLS", KILLS), asked("ONRECORD_SEED", SEED));
    println!("ONRECORD_SEED={seed}");
    let mut done = 0;
    for archive in 0.. {
        let until = kills.min(done + EACH);
        if done == until {
            break;
        }
        let began = done;
        let rounds = kill_often(seed + archive, &mut done, until);
        println!("archive {archive}: {} kills in {rounds} runs", done - began);
    }
}

/// Grows one archive, and kills its indexer until it has been killed often enough; gives how often it has run.
fn kill_often(seed: u64, done: &mut u64, until: u64) -> u64 {
    let mut growing = Growing::new(seed);
    let index = growing.room.index();
    // How long a run takes, for moments to be chosen in it: of what takes longer lately, so that few come too late.
    let mut longest = Duration::from_millis(300);
    let (mut rounds, mut published) = (0, false);
    while *done < until {
        rounds += 1;
        assert!(rounds < EACH * 20, "the runs end before they can be killed");
        let deed = choose_deed(&mut growing, published);
        let moment = choose(&mut growing.chance, longest);
        let killed = kill_at(&growing, &deed, moment);
        *done += u64::from(killed);
        let when = format!("kill {done} of {deed:?} at {moment:?}, seed {seed}");
        published = check_whole(&growing, published, killed, &when);
        // Sometimes it is killed again before it has been put right.
        if growing.chance.below(3) == 0 {
            continue;
        }
        let began = Instant::now();
        let again = run(&growing, "index", &["index", "news", "--prune", "--jobs", "2"]);
        assert!(matches!(again.status.code(), Some(0 | 3)), "{when}: {again:?}");
        longest = (longest + began.elapsed() * 2) / 2;
        published = true;
        let verified = run(&growing, "index", &["verify", "--files"]);
        assert_eq!(verified.status.code(), Some(0), "{when}: {verified:?}");
        check_tidy(&index, &when);
        fs::remove_dir_all(growing.room.path("../fresh")).unwrap_or_default();
        let fresh = run(&growing, "fresh", &["index", "news", "--jobs", "2"]);
        assert!(matches!(fresh.status.code(), Some(0 | 3)), "{when}: {fresh:?}");
        let fresh = Reader::open(&growing.room.path("../fresh")).expect("there is an index");
        check_same(&Reader::open(&index).expect("there is an index"), &fresh, &when);
        growing.grow();
    }
    rounds
}

/// After a kill: the index opens and answers, and `verify` says that it is well; or there never was one. Gives whether there is.
fn check_whole(growing: &Growing, published: bool, killed: bool, when: &str) -> bool {
    let verified = run(growing, "index", &["verify"]);
    let said = String::from_utf8_lossy(&[verified.stdout, verified.stderr].concat()).into_owned();
    if verified.status.code() == Some(2) && said.starts_with("error: no index in index;") {
        assert!(!published && killed, "{when}: the index is gone");
        return false;
    }
    assert!(verified.status.code() == Some(0) && said.starts_with("ok  index "), "{when}: {said}");
    let answered = run(growing, "index", &["search", "-c", "Tilda OR NOT Tilda"]);
    assert!(matches!(answered.status.code(), Some(0 | 1)), "{when}: {answered:?}");
    // A copy is whole, or is not there.
    if growing.room.path("../copy.tar.zst").exists() {
        fs::remove_dir_all(growing.room.path("../copied")).unwrap_or_default();
        let restored = run(growing, "copied", &["restore", "copy.tar.zst"]);
        assert_eq!(restored.status.code(), Some(0), "{when}: {restored:?}");
    }
    // Every article and every quotation can be read.
    dump(&Reader::open(&growing.room.index()).expect("there is an index"), &BTreeSet::new());
    true
}

fn choose(chance: &mut Chance, longest: Duration) -> Moment {
    match chance.below(2) {
        0 => Moment::After(longest * u32::try_from(chance.below(1000)).expect("a small number") / 1000),
        _ => Moment::Change(1 + chance.below(60)),
    }
}
