//! Articles are packed by dictionaries: they come when there are enough articles, go with their generation, and change nothing of
//! what is found.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use onrecord::desk::backup::{backup, restore};
use onrecord::desk::indexing::Failure;
use onrecord::desk::verify::verify;
use onrecord::index::{Ask, Error, Reader};
use onrecord::text::day::Day;

use super::growing::{check_same, dump};
use crate::again::newsroom::{Newsroom, THEN, article};

const WORDS: [&str; 12] =
    ["harbour", "council", "ferry", "quay", "tide", "levy", "market", "bridge", "school", "winter", "budget", "river"];

/// Articles of a kilobyte and more each, every one a little other than the last.
fn feed(numbers: std::ops::Range<usize>) -> String {
    let word = |number: usize, place: usize| WORDS.get((number * 7 + place * place) % WORDS.len()).expect("a word");
    let sentence = |number: usize, place: usize| {
        format!("The {} of the {} costs {place}{number} crowns. ", word(number, place), word(number + place, 3))
    };
    let article = |number: usize| {
        let body: String = (0..24).map(|place| sentence(number, place)).collect();
        format!(
            "{{\"title\":\"Report {number}\",\"text\":\"\\\"It is {number},\\\" said Tilda Marsh.\\n\\n{body}\"}}\n"
        )
    };
    numbers.map(article).collect()
}

/// The dictionaries of an index, where it has any.
fn files(index: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(index).expect("a folder").flatten();
    let named = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with("dictionaries-"));
    named.map(|entry| entry.path()).collect()
}

fn all(index: &Path) -> Vec<String> {
    dump(&Reader::open(index).expect("there is an index"), &BTreeSet::new())
}

#[test]
fn an_archive_that_grows_gets_one_and_holds_what_a_new_index_of_it_holds() {
    let room = Newsroom::empty();
    for (round, numbers) in [0..100, 100..270, 270..280].into_iter().enumerate() {
        room.write_at(&format!("{round}.jsonl"), feed(numbers), THEN);
        room.run();
        // Neither of the first two runs brings enough, and the third learns from what they brought.
        assert_eq!(files(&room.index()).len(), usize::from(round == 2), "after run {round}");
    }
    room.write_at("0.jsonl", feed(300..390), THEN + 1);
    room.run();
    assert_eq!(verify(&room.index(), true, &mut |_| {}).expect("it is looked at").faults, Vec::<String>::new());
    let fresh = Newsroom::empty();
    for (round, numbers) in [300..390, 100..270, 270..280].into_iter().enumerate() {
        fresh.write_at(&format!("{round}.jsonl"), feed(numbers), THEN + u64::from(round == 0));
    }
    fresh.run();
    assert_eq!(files(&fresh.index()).len(), 1, "there is enough for one at once");
    check_same(&room.reader(), &fresh.reader(), "grown");
}

#[test]
fn they_are_copied_and_put_back_and_missed_when_they_are_gone() {
    let room = Newsroom::of(&[("a.jsonl", &feed(0..300))]);
    room.run();
    let own = files(&room.index());
    let held = all(&room.index());
    let some = room.reader().quotes(None, &Ask::new(Day::from_number(0))).expect("an answer").hits.remove(0);
    let copied = backup(&room.index(), Vec::new(), "memory", &mut |_| {}).expect("it is copied").1;
    // Over another index, where they get another name.
    let other = Newsroom::of(&[("b.jsonl", &feed(300..320))]);
    other.run();
    restore(copied.as_slice(), &other.index(), true, "a test", &mut |_| {}).expect("it is put back");
    assert_eq!(all(&other.index()), held);
    let put_back = files(&other.index());
    assert!(put_back.len() == 1 && put_back[0].file_name() != own[0].file_name(), "{put_back:?}");

    room.write("more.txt", article("It is one more"));
    let whole = fs::read(&own[0]).expect("it can be read");
    for wrong in [whole.iter().map(|byte| byte ^ 1).collect(), whole[..whole.len() - 1].to_vec(), Vec::new()] {
        fs::write(&own[0], wrong).expect("it can be written");
        let faults = verify(&room.index(), false, &mut |_| {}).expect("it is looked at").faults;
        assert!(faults.iter().any(|fault| fault.starts_with("dictionaries-1.bin")), "{faults:?}");
        let read = room.reader().find(&some.id.to_string());
        assert!(matches!(read, Err(Error::Damaged { .. })), "{read:?}");
        let run = room.try_run(|_| {});
        assert!(matches!(run, Err(Failure::Index(Error::Damaged { .. }))), "{run:?}");
    }
    // Neither the reader nor the runs have changed anything.
    fs::write(&own[0], whole).expect("it can be written");
    assert_eq!(all(&room.index()), held);
    room.run();
    assert_eq!(verify(&room.index(), false, &mut |_| {}).expect("it is looked at").faults, Vec::<String>::new());
}
