//! The plug is pulled at every operation: what was promised is there, whole, and the next run goes on.
//!
//! That the test sees what it is for is shown by disks that leave syncing undone. In the suite some of the operations are
//! tried; `ONRECORD_CUTS=200` tries all, and pulls the plug of whole runs as often as it says; `ONRECORD_SEED=N` makes other
//! choices.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use onrecord::desk::indexing::{self, Order};
use onrecord::desk::verify::verify;
use onrecord::index::{Ask, Error, Notes, Part, PartBytes, Publication, Reader, Restoration, Writer, WriterOptions};
use onrecord::text::day::Day;

use super::growing::{Chance, Growing, check_same};
use super::killed::asked;
use super::plug::{Fate, Plug, Rest, Sloppy};
use crate::again::newsroom::check_tidy;
use crate::index::clip::{Clip, clip, options};

/// How often the plug of a whole run is pulled, in the suite.
const CUTS: u64 = 8;
const SEED: u64 = 43;

const RESTS: [Rest; 3] = [Rest::Nothing, Rest::Names, Rest::Some];

/// From one operation that is tried to the next.
fn step() -> usize {
    if std::env::var_os("ONRECORD_CUTS").is_some() { 1 } else { 17 }
}

/// What a generation of the little index says, in the order of its articles.
const WORDS: [&[&str]; 4] = [&[], &["one a", "one b"], &["two a", "two c"], &["two a", "two c", "three d"]];

fn said(path: &str, words: &str) -> Clip {
    clip(path, &format!("“{words},” Ada said.")).says("Ada", &[words])
}

/// Articles in which nobody says anything, long enough for a dictionary.
static LONG: LazyLock<Vec<Clip>> = LazyLock::new(|| {
    let sentence = |number: usize, place: usize| format!("Boat {} of the {number}th fleet is late. ", place * 31 % 97);
    let text = |number: usize| (0..1200).map(|place| sentence(number, place)).collect::<String>();
    (0..8).map(|number| clip(&format!("long {number}"), &text(number))).collect()
});

/// Writes the generations from the one after `number` to the third; gives the last that was published.
fn write(disk: &Plug, dir: &Path, number: u64) -> (u64, Result<(), Error>) {
    let mut promised = number;
    let options = WriterOptions { memory: 1, disk: Arc::new(disk.clone()), ..WriterOptions::default() };
    let written = Writer::open(dir, &options).and_then(|mut writer| {
        for next in number + 1..4 {
            match next {
                1 => {
                    writer.put(said("a", "one a").record())?;
                    writer.put(said("b", "one b").record())?;
                }
                2 => {
                    writer.put(said("a", "two a").record())?;
                    writer.remove(said("b", "one b").article.id())?;
                    writer.put(said("c", "two c").record())?;
                    LONG.iter().try_for_each(|clip| writer.put(clip.record()))?;
                }
                _ => writer.put(said("d", "three d").record())?,
            }
            let mut manifest = writer.draft()?;
            // As large as a real one: more than one write.
            let filler = "that goes on and on\n".repeat(20_000);
            manifest.write_all(format!("{next} {filler}").as_bytes()).map_err(|source| Error::Io {
                doing: "write",
                path: manifest.place().to_owned(),
                source,
            })?;
            let notes = Notes { when: Some(next.to_string()), ..Notes::default() };
            let publication = Publication { notes: &notes, manifest: Some(manifest), more_follows: next == 2 };
            promised = writer.publish_by_steps(publication, &mut |_| {})?.generation;
        }
        Ok(())
    });
    (promised, written)
}

/// The little index is whole, and is that of the generation which was promised or of a later one; what is wrong if not.
fn wrong(dir: &Path, promised: u64) -> Result<(), String> {
    let reader = match Reader::open(dir) {
        Err(Error::Missing { .. }) if promised == 0 => return Ok(()),
        opened => opened.map_err(|error| error.to_string())?,
    };
    let generation = reader.generation();
    if generation < promised {
        return Err(format!("generation {promised} was published, and {generation} is there"));
    }
    let checked = reader.check(&mut |_| {}).map_err(|error| error.to_string())?;
    if !checked.faults.is_empty() {
        return Err(checked.faults.join("; "));
    }
    if generation >= 2 && !dir.join("dictionaries-2.bin").is_file() {
        return Err(format!("generation {generation} has no dictionary"));
    }
    let ask = Ask { limit: 100, ..Ask::new(Day::from_number(0)) };
    let hits = reader.quotes(None, &ask).map_err(|error| error.to_string())?.hits;
    let mut words: Vec<String> = hits.into_iter().map(|hit| format!("{} {}", hit.path, hit.quote)).collect();
    words.sort();
    let words: Vec<&str> = words.iter().filter_map(|words| words.split_once(' ')).map(|(_, words)| words).collect();
    let expected = WORDS.get(usize::try_from(generation).expect("a small number")).expect("one of them");
    let manifest = reader.manifest().map_err(|error| error.to_string())?.ok_or("there is no manifest")?;
    let manifest = std::io::read_to_string(manifest).map_err(|error| error.to_string())?;
    let notes = reader.notes().map_err(|error| error.to_string())?.when;
    let own = generation.to_string();
    if words != *expected || !manifest.starts_with(&own) || notes != Some(own) {
        return Err(format!("generation {generation}: {words:?}, {notes:?}"));
    }
    Ok(())
}

/// A folder in memory, where the system has such a place: nothing here needs a disk that turns.
fn folder() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::TempDir::new_in(memory) } else { tempfile::TempDir::new() }.expect("a folder")
}

/// Pulls the plug at operation `at` of writing the generations after `number`; gives what is wrong then, and how many
/// operations there were.
fn cut(number: u64, at: u64, rest: Rest, sloppy: Sloppy) -> (Result<(), String>, u64) {
    let folder = folder();
    let dir = folder.path().join("index");
    if number > 0 {
        let mut writer = Writer::open(&dir, &options()).expect("a writer");
        writer.put(said("a", "one a").record()).expect("a record is taken");
        writer.put(said("b", "one b").record()).expect("a record is taken");
        let mut manifest = writer.draft().expect("a manifest is begun");
        manifest.write_all(b"1\n").expect("it can be written");
        let notes = Notes { when: Some("1".to_owned()), ..Notes::default() };
        let publication = Publication { notes: &notes, manifest: Some(manifest), more_follows: false };
        writer.publish_by_steps(publication, &mut |_| {}).expect("a generation");
    }
    let plug = Plug::over(&dir, Fate::Cut(at), sloppy);
    let (promised, written) = write(&plug, &dir, number);
    assert!(written.is_ok() || plug.count() >= at, "{written:?}");
    plug.leave(&dir, rest, &mut Chance::new(at));
    let wrong = wrong(&dir, promised);
    if sloppy == Sloppy::Nothing && wrong.is_ok() {
        // The next writer completes what was begun.
        let there = Reader::open(&dir).map_or(0, |reader| reader.generation());
        let whole = Plug::over(&dir, Fate::Never, Sloppy::Nothing);
        let (promised, written) = write(&whole, &dir, there);
        written.expect("it goes on");
        assert_eq!((promised, self::wrong(&dir, 3)), (3, Ok(())), "cut at {at}, {rest:?}");
    }
    (wrong, plug.count())
}

#[test]
fn a_plug_that_is_pulled_at_any_operation_leaves_what_was_promised() {
    for number in [0, 1] {
        let (whole, operations) = cut(number, u64::MAX, Rest::Nothing, Sloppy::Nothing);
        assert_eq!(whole, Ok(()));
        assert!(operations > 80, "{operations}");
        // Merges go on in threads of their own: how many operations there are is not the same each time.
        for at in (1 + number..operations + 4).step_by(step()) {
            let rest = Chance::new(at).pick(&RESTS);
            let (wrong, _) = cut(number, at, rest, Sloppy::Nothing);
            assert_eq!(wrong, Ok(()), "cut at {at} of {operations}, {rest:?}, from generation {number}");
        }
    }
}

#[test]
fn a_disk_that_does_not_sync_is_found_out() {
    for sloppy in [Sloppy::Files, Sloppy::Folders] {
        for rest in [Rest::Nothing, Rest::Some] {
            let (_, operations) = cut(1, u64::MAX, rest, sloppy);
            let found = (1..=operations).rev().find_map(|at| cut(1, at, rest, sloppy).0.err());
            assert!(found.is_some(), "{sloppy:?} was left out, and nothing was lost ({rest:?})");
        }
    }
}

#[test]
fn a_plug_that_is_pulled_in_a_run_costs_no_more_than_the_batch() {
    let (cuts, seed) = (asked("ONRECORD_CUTS", CUTS), asked("ONRECORD_SEED", SEED));
    println!("ONRECORD_SEED={seed}");
    let mut growing = Growing::new(seed);
    let index = growing.room.index();
    let order = |growing: &Growing, batch| Order { batch, prune: true, ..growing.room.order() };
    let mut operations = 60;
    let mut seen = false;
    for number in 1..=cuts {
        let (batch, rest) = (growing.chance.pick(&[1, 3, 1000]), growing.chance.pick(&RESTS));
        let at = 1 + growing.chance.below(operations);
        let rebuild = growing.chance.below(3) == 0;
        let deed = if rebuild { "a rebuild" } else { "a run" };
        let when = format!(
            "cut {number} at operation {at} of {deed}, {rest:?}, a generation every {batch} articles, seed {seed}"
        );
        let plug = Plug::over(&index, Fate::Cut(at), Sloppy::Nothing);
        let cut = Order { rebuild, ..order(&growing, batch) };
        let ended = indexing::run_on(Arc::new(plug.clone()), &cut, None, &mut |_| {});
        assert!(ended.is_ok() || plug.count() >= at, "{when}: {ended:?}");
        let promised = Reader::open(&index).map_or(0, |reader| reader.generation());
        plug.leave(&index, rest, &mut growing.chance);
        match verify(&index, false, &mut |_| {}) {
            Err(Error::Missing { .. }) => assert!(!seen && ended.is_err(), "{when}: the index is gone"),
            report => {
                let report = report.expect("it can be looked at");
                assert_eq!(report.faults, Vec::<String>::new(), "{when}");
                // The last one may have been visible, and not yet promised.
                assert!(report.generation + u64::from(ended.is_err()) >= promised, "{when}");
            }
        }
        let again = Plug::over(&index, Fate::Never, Sloppy::Nothing);
        indexing::run_on(Arc::new(again.clone()), &order(&growing, batch), None, &mut |_| {}).expect("the run ends");
        (operations, seen) = (again.count().max(60), true);
        let report = verify(&index, true, &mut |_| {}).expect("it can be looked at");
        assert_eq!(report.faults, Vec::<String>::new(), "{when}");
        check_tidy(&index, &when);
        let fresh = growing.room.path("../fresh");
        fs::remove_dir_all(&fresh).unwrap_or_default();
        indexing::run(&Order { index: fresh.clone(), ..growing.room.order() }, None, &mut |_| {}).expect("it ends");
        let open = |index: &Path| Reader::open(index).expect("there is an index");
        check_same(&open(&index), &open(&fresh), &when);
        growing.grow();
    }
}

/// What is said in the index, sorted.
fn words(dir: &Path) -> Vec<String> {
    let reader = Reader::open(dir).expect("there is an index");
    let ask = Ask { limit: 100, ..Ask::new(Day::from_number(0)) };
    let mut words: Vec<_> =
        reader.quotes(None, &ask).expect("an answer").hits.into_iter().map(|hit| hit.quote).collect();
    words.sort();
    words
}

/// Puts a copy back; gives whether that was promised.
fn put_back(plug: &Plug, dir: &Path, parts: &[Part]) -> Result<(), Error> {
    let options = WriterOptions { disk: Arc::new(plug.clone()), ..WriterOptions::default() };
    let bytes = |part: &Part| match &part.bytes {
        PartBytes::Held(bytes) => bytes.clone(),
        PartBytes::File(path) => fs::read(path).expect("it can be read"),
    };
    let (first, others) = parts.split_first().expect("there are some");
    let mut restoration = Restoration::begin(dir, &mut bytes(first).as_slice(), true, &options)?;
    for part in others {
        assert!(restoration.take(&part.name, &mut bytes(part).as_slice())?);
    }
    assert_eq!(restoration.reader()?.check(&mut |_| {})?.faults, Vec::<String>::new());
    restoration.publish()
}

#[test]
fn a_plug_that_is_pulled_while_a_copy_is_put_back_leaves_the_old_or_the_new() {
    let source = folder();
    let from = source.path().join("index");
    write(&Plug::over(&from, Fate::Never, Sloppy::Nothing), &from, 0).1.expect("it is written");
    let reader = Reader::open_pinned(&from).expect("a reader");
    let parts = reader.parts().expect("its parts");
    let new = words(&from);
    let mut done = false;
    for at in (1..).step_by(step().min(7)) {
        let folder = folder();
        let dir = folder.path().join("index");
        let mut writer = Writer::open(&dir, &options()).expect("a writer");
        writer.put(said("a", "old").record()).expect("a record is taken");
        writer.publish(&Notes::default()).expect("a generation");
        drop(writer);
        let plug = Plug::over(&dir, Fate::Cut(at), Sloppy::Nothing);
        let promised = put_back(&plug, &dir, &parts).is_ok();
        plug.leave(&dir, Chance::new(at).pick(&RESTS), &mut Chance::new(at));
        let checked = Reader::open(&dir).and_then(|reader| reader.check(&mut |_| {})).expect("it can be looked at");
        assert_eq!(checked.faults, Vec::<String>::new(), "cut at {at}");
        let found = words(&dir);
        assert!(found == new || (found == ["old"] && !promised), "cut at {at}: {found:?}");
        // It can be put back once more, whatever was left.
        put_back(&Plug::over(&dir, Fate::Never, Sloppy::Nothing), &dir, &parts).expect("it is put back");
        assert_eq!(words(&dir), new, "cut at {at}");
        done |= found != new;
        if promised && plug.count() < at {
            break;
        }
    }
    assert!(done, "it was cut before the new one was visible");
}

/// A disk on which nothing more can be written from some operation on: the error says what and where, what was published is
/// there, and when there is room again, the next writer goes on.
fn check_refusal(fate: impl Fn(u64) -> Fate, said: &str) {
    for at in (1..).step_by(step()) {
        let folder = folder();
        let dir = folder.path().join("index");
        let plug = Plug::over(&dir, fate(at), Sloppy::Nothing);
        let (promised, written) = write(&plug, &dir, 0);
        let Err(error) = written else {
            assert!(at > 80, "{at}");
            return;
        };
        let error = error.to_string();
        assert!(error.contains(said) && error.contains(&*dir.to_string_lossy()), "at {at}: {error}");
        assert_eq!(wrong(&dir, promised), Ok(()), "at {at}");
        let there = Reader::open(&dir).map_or(0, |reader| reader.generation());
        let (promised, written) = write(&Plug::over(&dir, Fate::Never, Sloppy::Nothing), &dir, there);
        written.expect("there is room again");
        assert_eq!((promised, wrong(&dir, 3)), (3, Ok(())), "at {at}");
    }
}

#[test]
fn a_full_disk_is_named_and_nothing_is_lost() {
    check_refusal(Fate::Full, "No space left on device");
}

#[test]
fn a_folder_that_may_not_be_written_is_named_and_nothing_is_lost() {
    // Root may write anywhere: here nobody may.
    check_refusal(Fate::Denied, "Permission denied");
}
