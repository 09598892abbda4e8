//! `verify`: what is whole passes, and whatever is not what was written does not.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering::Relaxed;

use onrecord::desk::indexing::{self, Order, Told};
use onrecord::desk::verify::{Looking, Report, verify};
use onrecord::index::{Error, Found, Notes, Reader, Writer, WriterOptions};

use crate::again::newsroom::{Newsroom, THEN, article};
use crate::index::clip::clip;

fn check(room: &Newsroom) -> Report {
    verify(&room.index(), false, &mut |_| {}).expect("it can be looked at")
}

fn faults(room: &Newsroom) -> Vec<String> {
    check(room).faults
}

/// What is said of an index that cannot be opened, or the faults of one that can.
fn damage(room: &Newsroom) -> Vec<String> {
    match verify(&room.index(), false, &mut |_| {}) {
        Ok(report) => report.faults,
        Err(error @ Error::Damaged { .. }) => vec![error.to_string()],
        Err(error) => panic!("{error}"),
    }
}

/// Files of all kinds that an index has: deletions, several segments, a container, what was skipped and what is gone.
fn room() -> Newsroom {
    let room = Newsroom::of(&[
        ("a.txt", &article("It is one")),
        ("b/b.txt", &article("It is two")),
        (
            "c.jsonl",
            "{\"text\":\"\\\"It is three,\\\" said Tilda Marsh.\"}\n{}\n{\"text\":\"\\\"Four,\\\" said Bo Lund.\"}\n",
        ),
    ]);
    room.write("d.bin", b"\x89PNG\r\n");
    let mut tar = tar::Builder::new(Vec::new());
    for name in ["x.txt", "y.txt"] {
        let text = article(&format!("It is {name}"));
        let mut head = tar::Header::new_gnu();
        head.set_size(text.len() as u64);
        tar.append_data(&mut head, name, text.as_bytes()).expect("memory does not fail");
    }
    room.write("e.tar", tar.into_inner().expect("memory does not fail"));
    room.run();
    room.write_at("a.txt", article("It is one more"), THEN + 1);
    room.delete("b/b.txt");
    room.run();
    room
}

/// All files of an index but for its locks.
fn files(index: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for folder in [index.to_owned(), index.join("articles"), index.join("quotes")] {
        let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
        files.extend(entries.filter(|path| path.is_file() && path.extension().is_none_or(|end| end != "lock")));
    }
    files.sort();
    files
}

#[test]
fn what_is_whole_passes() {
    let room = room();
    let report = check(&room);
    assert_eq!(report.faults, Vec::<String>::new());
    assert_eq!((report.generation, report.articles, report.quotes, report.manifest), (2, 6, 6, true));
    assert!(report.segments >= 2 && report.roots == [room.path("").canonicalize().expect("it is there")]);
    assert_eq!(report.uuid, room.reader().status().expect("a status").uuid);
    let mut parts = Vec::new();
    let mut told = |looking: Looking<'_>| parts.push(format!("{looking:?}"));
    let files =
        verify(&room.index(), true, &mut told).expect("it can be looked at").files.expect("files were asked for");
    // The picture was not read to its end, so there is nothing to compare with.
    assert_eq!((files.same, files.changed, files.gone, files.unseen.len()), (4, 0, 0, 0));
    for part in ["Index(\"manifest\")", "Index(\"quotations\")", "File(\"news/c.jsonl\")"] {
        assert!(parts.iter().any(|told| told == part), "{part} in {parts:?}");
    }
    assert!(parts.iter().any(|part| part.contains(".store")), "{parts:?}");
}

#[test]
fn an_article_of_very_many_quotations_is_whole() {
    let said = |n: usize| format!("\"It is number {n} of the list,\" said Tilda Marsh.\n\n");
    let room = Newsroom::of(&[("a.txt", &article("Fine")), ("b.txt", &(0..700).map(said).collect::<String>())]);
    room.run();
    let report = check(&room);
    assert_eq!((report.faults, report.quotes), (Vec::new(), 701));
    let (_, id) = room.articles().into_keys().find(|(path, _)| path == "news/b.txt").expect("it is there");
    let Found::Article(hit, quotes) = room.reader().find(&id).expect("it can be read") else { panic!("an article") };
    assert_eq!((hit.quotes, quotes.len()), (700, 700));
    for (n, quote) in quotes.iter().enumerate() {
        assert_eq!(quote.quote, format!("It is number {n} of the list"));
    }
    // All of them go with it.
    room.write_at("b.txt", article("Gone"), THEN + 1);
    room.run();
    let report = check(&room);
    assert_eq!((report.faults, report.quotes), (Vec::new(), 2));
}

#[test]
fn a_run_that_was_interrupted_leaves_what_is_whole() {
    let filler = "It rained on the slip all day. ".repeat(60);
    let feed = (0..300).map(|n| format!("{{\"text\":\"\\\"It is {n},\\\" said Tilda Marsh. {filler}\"}}\n"));
    let room = Newsroom::of(&[("feed.jsonl", &feed.collect::<String>()), ("z.txt", &article("Fine"))]);
    for until in [40, 90] {
        // One thread reads no further than what is put: several read on while it is published.
        let order = Order { batch: 10, jobs: 1, ..room.order() };
        indexing::run(&order, None, &mut |told| {
            if let Told::Progress(progress) = told {
                order.stop.fetch_or(progress.articles >= until, Relaxed);
            }
        })
        .expect("the run comes to an end");
        assert!(room.row("feed.jsonl").partial);
        assert_eq!(faults(&room), Vec::<String>::new());
    }
}

/// Where the engine's version stands in a file of a segment: before its length and a mark, the last eight bytes.
fn version(file: &Path, bytes: &[u8]) -> std::ops::Range<usize> {
    let in_segment = file.parent().is_some_and(|folder| folder.ends_with("articles") || folder.ends_with("quotes"));
    let tail = bytes.len().saturating_sub(8);
    let length = bytes.get(tail..tail + 4).and_then(|four| four.try_into().ok()).map(u32::from_le_bytes);
    let length = length.filter(|_| in_segment).map_or(0, |length| length as usize);
    tail.saturating_sub(length)..tail
}

#[test]
fn no_byte_is_changed_unseen() {
    let room = room();
    let files = files(&room.index());
    for of in ["duplicates-", "forms-", "manifest-", "notes-"] {
        let named = |file: &PathBuf| file.file_name().is_some_and(|name| name.to_string_lossy().starts_with(of));
        assert!(files.iter().any(named), "a file {of} is among them");
    }
    for file in files {
        let bytes = fs::read(&file).expect("it can be read");
        let at = |part: usize| bytes.len() * part / 7;
        let mut places: Vec<usize> = (0..7).map(at).chain([bytes.len().saturating_sub(1)]).collect();
        // Of the small files that say what the others are, more.
        if bytes.len() < 8192 && file.parent() == Some(&room.index()) {
            places.extend((0..bytes.len()).step_by(5));
        }
        // The engine writes its own version behind what it sums up: a wrong one changes nothing of what is read.
        let version = version(&file, &bytes);
        for place in places.into_iter().filter(|place| *place < bytes.len() && !version.contains(place)) {
            let mut changed = bytes.clone();
            if let Some(byte) = changed.get_mut(place) {
                *byte ^= 1;
            }
            fs::write(&file, &changed).expect("it can be written");
            // Only where it looks like one of another version, another thing than damage is said.
            if let Err(Error::OtherSchema { .. }) = verify(&room.index(), false, &mut |_| {}) {
                assert!(file.ends_with("generation.json"));
                continue;
            }
            assert_ne!(damage(&room), Vec::<String>::new(), "byte {place} of {}", file.display());
        }
        for cut in [0, bytes.len() / 2, bytes.len().saturating_sub(1)] {
            if cut < bytes.len() {
                fs::write(&file, bytes.get(..cut).expect("it is shorter")).expect("it can be written");
                assert_ne!(damage(&room), Vec::<String>::new(), "{} cut at {cut}", file.display());
            }
        }
        fs::remove_file(&file).expect("it can be removed");
        match verify(&room.index(), false, &mut |_| {}) {
            Err(Error::Missing { .. }) => assert!(file.ends_with("generation.json")),
            _ => assert_ne!(damage(&room), Vec::<String>::new(), "{} is gone", file.display()),
        }
        fs::write(&file, bytes).expect("it can be written");
        assert_eq!(faults(&room), Vec::<String>::new(), "{} is there again", file.display());
    }
}

#[test]
fn what_was_never_published_is_no_index() {
    let room = Newsroom::of(&[("a.txt", &article("Fine"))]);
    for _ in 0..2 {
        let error = verify(&room.index(), false, &mut |_| {}).expect_err("there is none");
        assert!(error.to_string().starts_with("no index in "), "{error}");
        // A run that was killed before its first generation leaves files, and no index.
        let mut writer = Writer::open(&room.index(), &WriterOptions::default()).expect("a writer");
        writer.put(clip("a", "“Aye,” said Ada.").says("Ada", &["Aye"]).record()).expect("a record is taken");
    }
}

#[test]
fn index_and_manifest_are_held_against_each_other() {
    let room = room();
    let mut writer = Writer::open(&room.index(), &WriterOptions::default()).expect("a writer");
    let article = room.articles().keys().next().expect("an article").1.clone();
    writer.remove(onrecord::text::id::Id::parse(&article).expect("an id")).expect("it is removed");
    let notes = room.reader().notes().expect("notes");
    writer.publish(&notes).expect("a generation");
    assert_eq!(faults(&room), [format!("article {article} of news/a.txt is in the manifest and not in the index")]);
    let other = clip("elsewhere", "“Aye,” said Ada.").says("Ada", &["Aye"]);
    let id = other.article.id();
    writer.put(other.record()).expect("a record is taken");
    writer.publish(&Notes::default()).expect("a generation");
    let said = faults(&room);
    assert!(said.contains(&format!("article {id} is in the index and not in the manifest")), "{said:?}");
    assert!(said.contains(&"the manifest counts other files than the notes do".to_owned()), "{said:?}");
}

#[test]
fn many_faults_are_counted_and_some_are_told() {
    let room = Newsroom::of(&[("a.txt", &article("Fine"))]);
    room.run();
    let notes = room.reader().notes().expect("notes");
    let mut writer = Writer::open(&room.index(), &WriterOptions::default()).expect("a writer");
    for n in 0..40 {
        writer.put(clip(&format!("{n}"), "Nothing was said.").record()).expect("a record is taken");
    }
    writer.publish(&notes).expect("a generation");
    let faults = faults(&room);
    assert_eq!(faults.len(), 6, "{faults:?}");
    assert_eq!(faults.last().map(String::as_str), Some("and 35 more places where manifest and index differ"));
}

/// Publishes the articles of one generation with the quotations of another, as a broken writer would.
fn mix(archive: &Path, of: &str, before: &str) {
    let place = archive.join("generation.json");
    let text = fs::read_to_string(&place).expect("a generation");
    let mut now: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let old: serde_json::Value = serde_json::from_str(before).expect("JSON");
    now[of] = old[of].clone();
    now.as_object_mut().expect("an object").remove("sum");
    fs::write(place, now.to_string()).expect("it can be written");
}

#[test]
fn both_indexes_are_held_against_each_other() {
    for of in ["articles", "quotes"] {
        let folder = tempfile::tempdir().expect("a folder");
        let dir = folder.path();
        let mut writer = Writer::open(dir, &WriterOptions::default()).expect("a writer");
        let ada = clip("a", "“Aye,” said Ada.").says("Ada", &["Aye"]);
        let bo = clip("b", "“No,” said Bo.").says("Bo", &["No"]);
        writer.put(ada.record()).expect("a record is taken");
        writer.put(bo.record()).expect("a record is taken");
        writer.publish(&Notes::default()).expect("a generation");
        let before = fs::read_to_string(dir.join("generation.json")).expect("a generation");
        // Keeps the files of the first generation in place.
        let reader = Reader::open_pinned(dir).expect("a reader");
        writer.remove(ada.article.id()).expect("it is removed");
        writer.publish(&Notes::default()).expect("a generation");
        mix(dir, of, &before);
        let faults = verify(dir, false, &mut |_| {}).expect("it can be looked at").faults;
        let id = ada.article.id();
        let expected = match of {
            "articles" => format!("article {id} has 0 quotations and should have 1"),
            _ => format!("of article {id}, which is not there"),
        };
        assert!(faults.len() == 1 && faults.iter().all(|fault| fault.contains(&expected)), "{of}: {faults:?}");
        drop(reader);
    }
}

#[test]
fn an_article_that_is_there_twice_is_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path();
    let ada = clip("a", "“Aye,” said Ada.").says("Ada", &["Aye"]);
    let mut texts = Vec::new();
    // Two writers that do not know of each other, in one folder.
    for seed in ["one", "two"] {
        let options = WriterOptions { rebuild: true, seed: seed.to_owned(), ..WriterOptions::default() };
        let mut writer = Writer::open(dir, &options).expect("a writer");
        writer.put(ada.record()).expect("a record is taken");
        let _pin = Reader::open_pinned(dir);
        writer.publish(&Notes::default()).expect("a generation");
        texts.push(fs::read_to_string(dir.join("generation.json")).expect("a generation"));
    }
    let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
    let [one, mut two] = [0, 1].map(|n| value(texts.get(n).expect("two texts")));
    for of in ["articles", "quotes"] {
        let meta = |of: &serde_json::Value| value(of.as_str().expect("a text"));
        let (other, mut own) = (meta(&one[of]), meta(&two[of]));
        let more = other["segments"].as_array().expect("a list").clone();
        own["segments"].as_array_mut().expect("a list").extend(more);
        two[of] = own.to_string().into();
    }
    two.as_object_mut().expect("an object").remove("sum");
    fs::write(dir.join("generation.json"), two.to_string()).expect("it can be written");
    let faults = verify(dir, false, &mut |_| {}).expect("it can be looked at").faults;
    assert!(faults.contains(&format!("article {} is there twice", ada.article.id())), "{faults:?}");
    assert!(
        faults.iter().any(|fault| fault.starts_with("quotation ") && fault.ends_with(" is there twice")),
        "{faults:?}"
    );
}

#[test]
fn files_that_show_their_change_are_work_and_those_that_do_not_are_faults() {
    let room = Newsroom::of(&[
        ("a.txt", &article("It is one")),
        ("b.txt", &article("It is two")),
        ("c.txt", &article("It is six")),
        ("d.txt", &article("It is ten")),
        ("e.txt", &article("It is old")),
    ]);
    room.run();
    room.write_at("b.txt", article("It is too"), THEN + 1);
    room.touch("e.txt", THEN + 1);
    room.delete("c.txt");
    room.write("d.txt", article("It is odd"));
    let report = verify(&room.index(), true, &mut |_| {}).expect("it can be looked at");
    assert_eq!(report.faults, Vec::<String>::new());
    let files = report.files.expect("files were asked for");
    assert_eq!((files.same, files.changed, files.gone), (2, 1, 1));
    let expected = "news/d.txt: it holds something else than it did, and its size and time do not show it";
    assert_eq!(files.unseen, [expected]);
}

#[test]
fn notes_that_say_nothing_are_a_fault() {
    let room = room();
    let generation = room.index().join("generation.json");
    let mut text: serde_json::Value =
        serde_json::from_slice(&fs::read(&generation).expect("it can be read")).expect("it is JSON");
    let notes = room.index().join(text["notes"].as_str().expect("a name"));
    // The index of a version that made no sum of them.
    text.as_object_mut().expect("an object").remove("sum");
    fs::write(&generation, text.to_string()).expect("it is written");
    fs::write(&notes, "7").expect("it is written");
    let faults = faults(&room);
    assert!(matches!(faults.as_slice(), [fault] if fault.contains("cannot be read")), "{faults:?}");
}
