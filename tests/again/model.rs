//! Whatever is done to an archive between runs, the index comes to what one made anew of it holds.

use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;

use super::newsroom::{Newsroom, THEN, article};

#[derive(Clone, Debug)]
enum Deed {
    Write(usize, u8),
    Feed(usize, u8),
    News(usize, u8, u8),
    Pack(usize, u8),
    Touch(usize),
    Move(usize, usize),
    Copy(usize, usize),
    Swap(usize, usize),
    Delete(usize),
    Run,
    Stop(u64),
}

const PATHS: [&str; 7] = ["a.txt", "b.txt", "b/c.txt", "b/d.txt", "b.c", "z/y/x", "README.md"];

fn deed() -> impl Strategy<Value = Deed> {
    let path = || 0..PATHS.len();
    prop_oneof![
        3 => (path(), 0_u8..6).prop_map(|(path, word)| Deed::Write(path, word)),
        2 => (path(), 0_u8..6).prop_map(|(path, count)| Deed::Feed(path, count)),
        2 => (path(), 0_u8..4, 0_u8..6).prop_map(|(path, first, count)| Deed::News(path, first, count)),
        2 => (path(), 0_u8..5).prop_map(|(path, count)| Deed::Pack(path, count)),
        1 => path().prop_map(Deed::Touch),
        3 => (path(), path()).prop_map(|(from, to)| Deed::Move(from, to)),
        1 => (path(), path()).prop_map(|(from, to)| Deed::Copy(from, to)),
        1 => (path(), path()).prop_map(|(one, other)| Deed::Swap(one, other)),
        1 => path().prop_map(Deed::Delete),
        3 => Just(Deed::Run),
        1 => (0_u64..4).prop_map(Deed::Stop),
    ]
}

fn perform(room: &Newsroom, deed: &Deed, now: u64) {
    let path = |number: usize| PATHS[number];
    let there = |number: usize| room.path(path(number)).is_file();
    match *deed {
        Deed::Write(at, word) => room.write_at(path(at), article(&format!("It is number {word}")), now),
        Deed::Feed(at, count) => {
            let lines: String =
                (0..count).map(|n| format!("{{\"text\":\"\\\"It is {n},\\\" said Tilda Marsh.\"}}\n")).collect();
            room.write_at(path(at), lines, now);
        }
        // The newest first, under their own identifiers; one may come again.
        Deed::News(at, first, count) => {
            let line = |n: u8| format!("{{\"id\":{},\"text\":\"\\\"It is {n},\\\" said Tilda Marsh.\"}}\n", n % 5);
            room.write_at(path(at), (first..first + count).rev().map(line).collect::<String>(), now);
        }
        Deed::Pack(at, count) => {
            let texts: Vec<String> = (0..count).map(|n| article(&format!("It is number {}", n * count))).collect();
            let names: Vec<String> = (0..count).map(|n| format!("{}.txt", n + count % 2)).collect();
            let entries: Vec<(&str, &[u8])> =
                names.iter().map(String::as_str).zip(texts.iter().map(String::as_bytes)).collect();
            room.write_at(path(at), crate::readers::containers::zip(&entries), now);
        }
        Deed::Touch(at) if there(at) => room.touch(path(at), now),
        Deed::Move(from, to) if there(from) => room.rename(path(from), path(to)),
        Deed::Copy(from, to) if there(from) && from != to => room.copy(path(from), path(to), now),
        Deed::Swap(one, other) if there(one) && there(other) && one != other => {
            room.rename(path(one), "tmp");
            room.rename(path(other), path(one));
            room.rename("tmp", path(other));
        }
        Deed::Delete(at) if there(at) => room.delete(path(at)),
        Deed::Run => {
            room.run_as(|order| order.prune = true);
            room.check();
        }
        Deed::Stop(after) => {
            use std::sync::atomic::Ordering::Relaxed;
            let order = onrecord::desk::indexing::Order { batch: 1, ..room.order() };
            let told = &mut |told: onrecord::desk::indexing::Told<'_>| {
                if let onrecord::desk::indexing::Told::Progress(progress) = told
                    && progress.articles >= after
                {
                    order.stop.store(true, Relaxed);
                }
            };
            let report = onrecord::desk::indexing::run(&order, None, told).expect("the run comes to an end");
            if report.articles > 0 {
                room.check();
            }
        }
        _ => {}
    }
}

/// Each case makes some ten generations on the disk, so fewer are tried than elsewhere.
fn config() -> ProptestConfig {
    let usual = ProptestConfig::default();
    let beside = FileFailurePersistence::WithSource("regressions");
    ProptestConfig { cases: usual.cases.div_ceil(16), failure_persistence: Some(Box::new(beside)), ..usual }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_deeds_in_any_order(deeds in prop::collection::vec(deed(), 1..25)) {
        let room = Newsroom::empty();
        // Something is always left: an archive that lost all its files is not believed.
        room.write_at("always.txt", article("It is always there"), THEN - 3);
        // No two files are of one time, unless one is the other moved: what changes places with its like is not seen.
        room.write_at("a.txt", article("It is number 1"), THEN - 1);
        room.write_at("b/c.txt", article("It is number 2"), THEN - 2);
        for (step, deed) in (1..).zip(&deeds) {
            perform(&room, deed, THEN + step);
        }
        room.run_as(|order| order.prune = true);
        room.check_as_new();
    }
}
