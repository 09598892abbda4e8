//! What readers see while and after an index is written: one generation, whole; and what a folder in disorder gives.

use std::fs;
use std::path::Path;

use onrecord::desk::question::Question;
use onrecord::index::{Error, Notes, Publication, Reader, Record, Step, Writer, WriterOptions};
use onrecord::query::parse;

use super::clip::{Archive, Clip, ask, clip, options, speaker};

fn said(path: &str, name: &str) -> Clip {
    clip(path, "“Aye,” said somebody.").says(name, &["Aye"])
}

fn totals(reader: &Reader) -> (Option<u64>, Option<u64>) {
    let articles = reader.articles(None, &ask()).expect("an answer").total;
    (articles, reader.quotes(None, &ask()).expect("an answer").total)
}

#[test]
fn a_reader_keeps_its_generation_and_the_next_one_sees_the_new() {
    let archive = Archive::of(&[said("a", "Ada")]);
    let early = archive.reader();
    let asked = archive.reader();
    assert_eq!(totals(&asked), (Some(1), Some(1)));
    for path in ["b", "c", "d"] {
        archive.put(&[said(path, "Bo")]);
    }
    let mut writer = archive.writer();
    for path in ["a", "b", "c"] {
        writer.put(said(path, "Cy").record()).expect("a record is taken");
    }
    writer.publish(&Notes::default()).expect("a generation");
    // One had both indexes open, the other opens them only now.
    assert_eq!(totals(&asked), (Some(1), Some(1)));
    assert_eq!(totals(&early), (Some(1), Some(1)));
    assert_eq!(early.quotes(Some(&speaker("Ada")), &ask()).expect("an answer").total, Some(1));
    assert_eq!((early.generation(), archive.reader().generation()), (1, 5));
    assert_eq!(totals(&archive.reader()), (Some(4), Some(4)));
}

#[test]
fn forms_of_words_are_found_whenever_they_were_met() {
    let quoted =
        |path: &str, words: &str| clip(path, &format!("“{words},” she said of them all.")).says("Ada", &[words]);
    let forms = |archive: &Archive| {
        let generation = fs::read_to_string(archive.folder.path().join("generation.json")).expect("a generation");
        let generation: serde_json::Value = serde_json::from_str(&generation).expect("JSON");
        generation["forms"]["file"].as_str().map(str::to_owned)
    };
    let promise = parse("promise").expect("a query");
    let archive = Archive::of(&[quoted("a", "Bo")]);
    let of_names = forms(&archive);
    archive.put(&[quoted("b", "They promised it")]);
    let early = archive.reader();
    assert_ne!(forms(&archive), of_names, "a form was met");
    // Spelled out for this writer, and for no one.
    let mut writer = archive.writer();
    let (spellers, clip) = (writer.spellers(), quoted("c", "He promises it"));
    writer.put(Record::new(&clip.article, &clip.extraction, &spellers)).expect("a record is taken");
    writer.put(quoted("d", "We are promising it").record()).expect("a record is taken");
    writer.publish(&Notes::default()).expect("a generation");
    drop(writer);
    let all = ["They promised it", "He promises it", "We are promising it"];
    let found = |archive: &Archive| archive.quotes(&promise).into_iter().collect::<std::collections::BTreeSet<_>>();
    assert_eq!(found(&archive), all.map(str::to_owned).into());
    assert_eq!(early.quotes(Some(&promise), &ask()).expect("an answer").total, Some(1));
    // Nothing new was met, so the list stays as it is, whatever else changes.
    let before = forms(&archive);
    archive.put(&[quoted("e", "They promised it")]);
    assert_eq!(forms(&archive), before);
    // So many segments of one size have been merged by now; one more is there to be.
    archive.put(&[quoted("f", "They promised it")]);
    let mut writer = archive.writer();
    assert!(writer.compact().expect("it is merged"));
    writer.publish(&Notes::default()).expect("a generation");
    assert_eq!(found(&archive), all.map(str::to_owned).into());
}

#[test]
fn a_list_of_forms_that_is_not_what_was_written_is_told() {
    let archive =
        Archive::of(&[clip("a", "“They promised it,” she said of them all.").says("Ada", &["They promised it"])]);
    let dir = archive.folder.path();
    let place = dir.join("forms-1.fst");
    let bytes = fs::read(&place).expect("a list of forms");
    let asked = |text: &str| archive.reader().quotes(Some(&parse(text).expect("a query")), &ask());
    assert_eq!(asked("promise").expect("an answer").total, Some(1));
    let mut other = bytes.clone();
    other[bytes.len() / 2] ^= 1;
    let longer = [bytes.as_slice(), &[0]].concat();
    for wrong in [Some(other), Some(longer), Some(bytes[..bytes.len() - 1].to_vec()), None] {
        // A reader may have mapped the one that was there, so it makes way for another.
        fs::remove_file(&place).expect("it is there");
        if let Some(wrong) = &wrong {
            fs::write(&place, wrong).expect("it can be written");
        }
        let what = wrong.as_ref().map(Vec::len);
        assert!(matches!(asked("promise"), Err(Error::Damaged { .. })), "{what:?}");
        assert_eq!(asked("=promised").expect("an answer").total, Some(1), "no form is asked for");
        assert!(matches!(Writer::open(dir, &options()), Err(Error::Damaged { .. })), "{what:?}");
        fs::write(&place, &bytes).expect("it can be written");
    }
    fs::remove_file(&place).expect("it is there");
    let mut writer = Writer::open(dir, &WriterOptions { rebuild: true, ..options() }).expect("a writer");
    writer
        .put(clip("a", "“They promised it,” she said.").says("Ada", &["They promised it"]).record())
        .expect("it is taken");
    writer.publish(&Notes::default()).expect("a generation");
    assert_eq!(asked("promise").expect("an answer").total, Some(1));
}

#[test]
fn what_is_marked_is_found_by_the_forms_of_the_index() {
    let of = |path: &str, lang: &str| {
        let mut clip = clip(path, "“Les promised,” she said of them all.").says("Ada", &["Les promised"]);
        clip.article.lang = Some(lang.to_owned());
        clip
    };
    let question = Question::parse("promise").expect("a question");
    let lines = |archive: &Archive| {
        let reader = archive.reader();
        let found = reader.quotes(Some(&parse("promise").expect("a query")), &ask()).expect("an answer").hits;
        found.iter().map(|quote| question.matches(quote, &reader).len()).collect::<Vec<_>>()
    };
    assert_eq!(lines(&Archive::of(&[of("a", "fr")])), [0; 0]);
    assert_eq!(lines(&Archive::of(&[of("a", "fr"), of("b", "en")])), [1, 1]);
}

#[test]
fn what_was_not_published_is_not_there() {
    let archive = Archive::of(&[said("a", "Ada")]);
    let mut writer = archive.writer();
    writer.put(said("b", "Bo").record()).expect("a record is taken");
    writer.remove(said("a", "Ada").article.id()).expect("it is removed");
    drop(writer);
    assert_eq!(totals(&archive.reader()), (Some(1), Some(1)));
    archive.put(&[said("b", "Bo")]);
    assert_eq!(totals(&archive.reader()), (Some(2), Some(2)));
}

#[test]
fn each_step_shows_the_old_generation_until_the_new_is_visible() {
    let archive = Archive::of(&[said("a", "Ada")]);
    let mut writer = archive.writer();
    writer.put(said("a", "Cy").record()).expect("a record is taken");
    writer.put(said("b", "Bo").record()).expect("a record is taken");
    let mut steps = Vec::new();
    let see = &mut |step| {
        let visible = matches!(step, Step::Visible | Step::Swept);
        let expected = if visible { Some(2) } else { Some(1) };
        assert_eq!(totals(&archive.reader()), (expected, expected), "{step:?}");
        let ada = archive.reader().quotes(Some(&speaker("Ada")), &ask()).expect("an answer").total;
        assert_eq!(ada, Some(u64::from(!visible)), "{step:?}");
        steps.push(step);
    };
    let publication = Publication { notes: &Notes::default(), manifest: None, more_follows: false };
    writer.publish_by_steps(publication, see).expect("a generation");
    assert_eq!(steps, [Step::QuotesCommitted, Step::ArticlesCommitted, Step::Written, Step::Visible, Step::Swept]);
    // The same writer goes on.
    writer.put(said("b", "Dee").record()).expect("a record is taken");
    writer.publish(&Notes::default()).expect("a generation");
    assert_eq!(totals(&archive.reader()), (Some(2), Some(2)));
}

#[test]
fn a_deletion_is_not_lost_in_a_merge_that_the_run_before_left_undone() {
    // The engine begins to count operations where its last commit ended: a merge that is started before the first commit
    // of a new writer took its first deletion for one that had been applied. Which of several merges comes first is up
    // to its threads, hence several trials.
    for _ in 0..8 {
        let archive = Archive::of(&[said("a", "Ada"), said("b", "Ada"), said("c", "Ada")]);
        let mut writer = archive.writer();
        for path in ["d", "e", "f"] {
            writer.put(said(path, "Bo").record()).expect("a record is taken");
        }
        writer.remove(said("a", "Ada").article.id()).expect("it is removed");
        let publication = Publication { notes: &Notes::default(), manifest: None, more_follows: true };
        writer.publish_by_steps(publication, &mut |_| {}).expect("a generation");
        drop(writer);
        archive.put(&[said("b", "Cy")]);
        assert_eq!(totals(&archive.reader()), (Some(5), Some(5)));
    }
}

#[test]
fn what_no_generation_names_is_deleted() {
    let archive = Archive::of(&[said("a", "Ada")]);
    let files = |folder: &str| fs::read_dir(archive.folder.path().join(folder)).expect("a folder").count();
    let (articles, quotes) = (files("articles"), files("quotes"));
    for _ in 0..5 {
        archive.put(&[said("a", "Bo")]);
    }
    assert_eq!((files("articles"), files("quotes")), (articles, quotes));
    let notes = fs::read_dir(archive.folder.path()).expect("a folder");
    let notes =
        notes.filter(|entry| entry.as_ref().is_ok_and(|e| e.file_name().to_string_lossy().starts_with("notes-")));
    assert_eq!(notes.count(), 1);
    let left = archive.folder.path().join("quotes/0123456789abcdef0123456789abcdef.idx");
    fs::write(left, "x").expect("a file is written");
    drop(archive.writer());
    assert_eq!(files("quotes"), quotes);
}

#[test]
fn what_is_not_the_engines_is_not_deleted() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let own = ["articles/2015.txt", "articles/deep/in.txt", "quotes/mine.txt", "notes-99.txt", "notes-on-sources.json"];
    for name in own {
        let place = folder.path().join(name);
        fs::create_dir_all(place.parent().expect("it lies in a folder")).expect("a folder can be made");
        fs::write(place, "mine").expect("a file can be written");
    }
    for _ in 0..2 {
        let mut writer = Writer::open(folder.path(), &options()).expect("a writer");
        writer.put(said("a", "Ada").record()).expect("a record is taken");
        writer.publish(&Notes::default()).expect("a generation");
    }
    for name in own {
        assert!(folder.path().join(name).exists(), "{name} is gone");
    }
}

#[test]
fn a_second_writer_is_refused_and_a_dead_one_is_no_obstacle() {
    let archive = Archive::of(&[said("a", "Ada")]);
    let first = archive.writer();
    let refused = Writer::open(archive.folder.path(), &options()).err().expect("a refusal");
    assert!(matches!(refused, Error::Busy { .. }), "{refused}");
    assert!(refused.to_string().contains("another `onrecord index` is writing"), "{refused}");
    assert_eq!(totals(&archive.reader()), (Some(1), Some(1)));
    // The lock's file stays; what counts is who holds it.
    drop(first);
    assert!(archive.folder.path().join("writer.lock").exists());
    archive.put(&[said("b", "Bo")]);
}

/// What opening a reader and a writer says about the folder.
fn refusals(dir: &Path) -> (String, String) {
    let reader = Reader::open(dir).and_then(|reader| {
        reader.quotes(None, &ask())?;
        reader.articles(None, &ask())
    });
    let reader = reader.err().map(|error| error.to_string()).unwrap_or_default();
    (reader, Writer::open(dir, &options()).err().map(|error| error.to_string()).unwrap_or_default())
}

#[test]
fn a_folder_without_an_index_says_how_to_make_one() {
    let archive = Archive::empty();
    for dir in [archive.folder.path().to_owned(), archive.folder.path().join("nowhere")] {
        let error = Reader::open(&dir).err().expect("a refusal");
        assert!(matches!(error, Error::Missing { .. }), "{error}");
        assert!(error.to_string().contains("`onrecord index FOLDER -i "), "{error}");
    }
    fs::write(archive.folder.path().join("file"), "").expect("a file is written");
    let error = Reader::open(&archive.folder.path().join("file")).err().expect("a refusal");
    assert!(matches!(error, Error::Missing { .. }), "{error}");
    assert!(matches!(Writer::open(&archive.folder.path().join("file"), &options()), Err(Error::Io { .. })));
}

#[test]
fn an_index_of_another_schema_says_how_to_mend_it() {
    let archive = Archive::of(&[said("a", "Ada")]);
    let place = archive.folder.path().join("generation.json");
    let text = fs::read_to_string(&place).expect("a generation");
    let head: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let schema = head["schema"].as_str().expect("a fingerprint");
    let others = [text.replace(schema, "of old"), r#"{"number": 7, "schema": "of the future"}"#.to_owned()];
    for other in others {
        fs::write(&place, &other).expect("it is written");
        let (reader, writer) = refusals(archive.folder.path());
        assert!(reader.contains("another version") && reader.contains("--rebuild`"), "{reader}");
        assert_eq!(reader, writer);
    }
    let mut writer =
        Writer::open(archive.folder.path(), &WriterOptions { rebuild: true, ..options() }).expect("a writer");
    writer.put(said("b", "Bo").record()).expect("a record is taken");
    assert_eq!(writer.publish(&Notes::default()).expect("a generation").generation, 8);
    assert_eq!(totals(&archive.reader()), (Some(1), Some(1)));
}

#[test]
fn a_damaged_index_says_how_to_mend_it() {
    let damages: [fn(&Path); 5] = [
        |dir| fs::write(dir.join("generation.json"), "{").expect("it is written"),
        |dir| fs::write(dir.join("generation.json"), [0xFF]).expect("it is written"),
        |dir| fs::write(dir.join("generation.json"), "{}").expect("it is written"),
        |dir| {
            for entry in fs::read_dir(dir.join("quotes")).expect("a folder").flatten() {
                fs::remove_file(entry.path()).expect("it is removed");
            }
        },
        |dir| {
            for entry in fs::read_dir(dir.join("articles")).expect("a folder").flatten() {
                fs::write(entry.path(), "").expect("it is emptied");
            }
        },
    ];
    for damage in damages {
        let archive = Archive::of(&[said("a", "Ada")]);
        damage(archive.folder.path());
        let (reader, writer) = refusals(archive.folder.path());
        for message in [&reader, &writer] {
            assert!(message.contains("damaged") && message.contains("--rebuild`"), "{message}");
        }
        let rebuild = WriterOptions { rebuild: true, ..options() };
        let mut writer = Writer::open(archive.folder.path(), &rebuild).expect("a writer");
        writer.put(said("b", "Bo").record()).expect("a record is taken");
        writer.publish(&Notes::default()).expect("a generation");
        assert_eq!(totals(&archive.reader()), (Some(1), Some(1)));
    }
}

#[test]
fn a_rebuilt_index_replaces_the_old_one_when_it_is_published() {
    let archive = Archive::of(&[said("a", "Ada"), said("b", "Bo")]);
    let old = archive.reader().status().expect("a status");
    let options = WriterOptions { rebuild: true, seed: "anew".to_owned(), ..options() };
    let mut writer = Writer::open(archive.folder.path(), &options).expect("a writer");
    writer.put(said("c", "Cy").record()).expect("a record is taken");
    assert_eq!(totals(&archive.reader()), (Some(2), Some(2)));
    writer.publish(&Notes::default()).expect("a generation");
    let new = archive.reader().status().expect("a status");
    assert_eq!((new.articles, new.generation), (1, 2));
    assert_ne!(new.uuid, old.uuid);
}

#[test]
fn deletions_wait_for_a_reader_that_has_yet_to_open_its_files() {
    let archive = Archive::of(&[said("a", "Ada")]);
    let files = || fs::read_dir(archive.folder.path().join("quotes")).expect("a folder").count();
    let tidy = files();
    let reader = archive.reader();
    archive.put(&[said("a", "Bo")]);
    archive.put(&[said("a", "Cy")]);
    assert!(files() > tidy);
    assert_eq!(reader.quotes(Some(&speaker("Ada")), &ask()).expect("an answer").total, Some(1));
    drop(reader);
    archive.put(&[said("a", "Dee")]);
    assert_eq!(files(), tidy);
}

#[test]
fn a_writer_that_failed_does_nothing_more_and_the_next_one_goes_on() {
    let archive = Archive::of(&[said("a", "Ada")]);
    let mut writer = archive.writer();
    writer.put(said("b", "Bo").record()).expect("a record is taken");
    // The notes cannot be written where a folder has their name.
    fs::create_dir(archive.folder.path().join("notes-2.json")).expect("a folder");
    assert!(matches!(writer.publish(&Notes::default()), Err(Error::Io { .. })));
    for error in [writer.put(said("c", "Cy").record()).err(), writer.publish(&Notes::default()).err()] {
        assert!(matches!(error, Some(Error::Unfinished { .. })), "{error:?}");
    }
    assert_eq!(totals(&archive.reader()), (Some(1), Some(1)));
    drop(writer);
    fs::remove_dir(archive.folder.path().join("notes-2.json")).expect("it is removed");
    archive.put(&[said("b", "Bo")]);
    assert_eq!(totals(&archive.reader()), (Some(2), Some(2)));
}
