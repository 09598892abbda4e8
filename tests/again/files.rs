//! Which files are read again: those whose content may have changed, and no others.

use std::fs;

use super::newsroom::{NOW, Newsroom, THEN, article};

#[test]
fn what_is_unchanged_is_not_opened() {
    let room = Newsroom::of(&[("a.txt", &article("Fine")), ("b/c.txt", &article("Good"))]);
    let first = room.run();
    assert_eq!((first.done.articles, first.done.replaced, first.tally.new), (2, 0, 2));
    let generation = room.generation();
    // Of the same size and time: only who opens it sees that it is another.
    room.write("a.txt", article("Poor"));
    let second = room.run();
    assert_eq!((second.done.articles, second.tally.unchanged, second.tally.due()), (0, 2, 0));
    assert_eq!((second.quotes, room.generation()), (2, generation), "nothing is published where nothing changed");
    room.touch("a.txt", THEN + 1);
    let third = room.run();
    assert_eq!((third.done.articles, third.done.replaced, third.tally.unchanged), (1, 1, 1));
    room.check_as_new();
}

#[test]
fn what_was_only_touched_is_not_extracted_again() {
    let room = Newsroom::of(&[("a.txt", &article("Fine")), ("b.jsonl", "{\"text\":\"One.\"}\n{\"text\":\"Two.\"}\n")]);
    room.run();
    let before = (room.row("a.txt"), room.articles());
    room.touch("a.txt", THEN + 7);
    room.touch("b.jsonl", THEN - 7);
    let report = room.run();
    assert_eq!((report.done.articles, report.done.touched, report.tally.altered), (0, 2, 2));
    let after = room.row("a.txt");
    assert_eq!((after.generation, &after.content, &after.records), (1, &before.0.content, &before.0.records));
    assert_ne!(after.modified, before.0.modified);
    assert_eq!(room.run().tally.unchanged, 2);
    assert_eq!(room.articles(), before.1);
    room.check_as_new();
}

#[test]
fn what_changed_is_replaced() {
    let room = Newsroom::of(&[("a.txt", &article("Fine")), ("b.txt", &article("Good"))]);
    room.run();
    let ids = room.ids("a.txt");
    room.write_at("a.txt", article("Something else"), THEN + 1);
    let report = room.run();
    assert_eq!((report.done.articles, report.done.replaced, report.done.dropped, report.articles), (1, 1, 0, 2));
    // The article is the same one, what is said in it is not.
    assert_eq!(room.ids("a.txt").intersection(&ids).count(), 1);
    assert_eq!(room.row("a.txt").generation, 2);
    room.check_as_new();
}

#[test]
fn records_that_vanish_from_a_file_go() {
    let line = |word: &str| format!("{{\"text\":\"\\\"{word} is it,\\\" said Tilda Marsh.\"}}\n");
    let all = |words: &[&str]| words.iter().map(|word| line(word)).collect::<String>();
    let room = Newsroom::of(&[("feed.jsonl", &all(&["One", "Two", "Three", "Four"]))]);
    assert_eq!(room.run().articles, 4);
    room.write_at("feed.jsonl", all(&["One", "Two"]), THEN + 1);
    let report = room.run();
    assert_eq!((report.done.dropped, report.articles, report.quotes), (2, 2, 2));
    room.check_as_new();
    // A bad record in the middle leaves a gap in the numbers, and nothing else.
    room.write_at("feed.jsonl", format!("{}{{\n{}", line("One"), line("Three")), THEN + 2);
    assert_eq!(room.skipped().len(), 1);
    assert_eq!(room.row("feed.jsonl").records.to_string(), "0,2");
    room.check_as_new();
    room.write_at("feed.jsonl", "nothing at all", THEN + 3);
    room.run();
    room.check_as_new();
}

#[test]
fn a_file_that_holds_no_article_any_more_loses_what_it_had() {
    let room = Newsroom::of(&[("a.txt", &article("Fine"))]);
    room.run();
    room.write_at("a.txt", "", THEN + 1);
    let report = room.run();
    assert_eq!((report.done.skipped, report.done.dropped, report.articles), (1, 1, 0));
    room.check();
    // And is not looked into again for nothing.
    let report = room.run();
    assert_eq!((report.done.skipped, report.tally.known_skips, report.tally.unchanged), (0, 1, 1));
    room.write_at("a.txt", article("Back"), THEN + 2);
    assert_eq!(room.run().articles, 1);
    room.check_as_new();
}

#[test]
fn a_change_in_the_time_of_the_run_is_found_by_content() {
    let room = Newsroom::empty();
    room.write_at("a.txt", article("Fine"), NOW);
    room.write_at("b.txt", article("Good"), NOW - 1);
    room.write_at("c.txt", article("Next"), NOW - 10);
    room.run();
    assert!(room.row("a.txt").unsure && room.row("b.txt").unsure && !room.row("c.txt").unsure);
    // Changed after it was read, in the same tick of the clock.
    room.write_at("a.txt", article("Poor"), NOW);
    let later = |order: &mut onrecord::desk::indexing::Order| order.began += 60_000_000_000;
    let report = room.run_as(later);
    assert_eq!((report.done.articles, report.done.sure, report.tally.unchanged), (1, 1, 1));
    let generation = room.generation();
    let report = room.run_as(later);
    assert_eq!((report.tally.unchanged, room.generation()), (3, generation));
    room.check_as_new();
}

#[test]
fn what_is_gone_stays_until_it_is_pruned() {
    let room = Newsroom::of(&[("a.txt", &article("Fine")), ("b/c.txt", &article("Good")), ("b/d.txt", "")]);
    room.run();
    room.delete("b/c.txt");
    room.delete("b/d.txt");
    let report = room.run();
    assert_eq!((report.gone, report.pruned, report.articles), (1, 0, 2));
    assert!(room.row("b/c.txt").gone);
    assert!(room.rows().iter().all(|row| !row.path.ends_with("d.txt")), "without articles there is nothing to keep");
    room.check();
    let generation = room.generation();
    assert_eq!((room.run().gone, room.generation()), (1, generation));
    // It comes back as it was.
    room.write("b/c.txt", article("Good"));
    let report = room.run();
    assert_eq!((report.gone, report.done.touched, report.done.articles), (0, 1, 0));
    assert!(!room.row("b/c.txt").gone);
    room.delete("b/c.txt");
    let report = room.run_as(|order| order.prune = true);
    assert_eq!((report.gone, report.pruned, report.done.dropped, report.articles), (0, 1, 1, 1));
    room.check_as_new();
}

#[test]
fn only_what_lies_below_the_roots_is_pruned() {
    let room =
        Newsroom::of(&[("a/1.txt", &article("Fine")), ("ab/2.txt", &article("Good")), ("a/3.txt", &article("Well"))]);
    room.run();
    ["a/1.txt", "ab/2.txt"].iter().for_each(|path| room.delete(path));
    let report = room.run_as(|order| {
        order.roots = vec![room.path("a")];
        order.prune = true;
    });
    assert_eq!((report.pruned, report.articles), (1, 2));
    room.check();
    assert_eq!(room.run_as(|order| order.prune = true).articles, 1);
    room.check_as_new();
}

#[test]
fn a_root_in_which_nothing_is_left_is_not_taken_for_pruned() {
    let room = Newsroom::of(&[
        ("disk/1.txt", &article("Fine")),
        ("disk/2.txt", &article("Good")),
        ("3.txt", &article("Well")),
    ]);
    room.run();
    let prune = |order: &mut onrecord::desk::indexing::Order| {
        order.roots = vec![room.path("disk")];
        order.prune = true;
    };
    fs::rename(room.path("disk"), room.path("../away")).expect("it can be moved");
    fs::create_dir(room.path("disk")).expect("a folder can be made");
    let report = room.run_as(prune);
    assert_eq!((report.pruned, report.gone, report.articles), (0, 0, 3));
    assert_eq!(report.tally.emptied, [("news/disk".to_owned(), 2)].into());
    // The folder above has something in it, so that what is missing is missing.
    let report = room.run_as(|order| order.prune = true);
    assert_eq!((report.pruned, report.articles), (2, 1));
    room.check_as_new();
}

#[test]
fn what_is_below_a_folder_that_cannot_be_entered_is_kept() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let room = Newsroom::of(&[("a/1.txt", &article("Fine")), ("b.txt", &article("Good"))]);
    room.run();
    // A folder without permission, or, for root, whom none stops, a link that leads back.
    fs::set_permissions(room.path("a"), fs::Permissions::from_mode(0o000)).expect("permissions can be set");
    let readable = fs::read_dir(room.path("a")).is_ok();
    if readable {
        fs::set_permissions(room.path("a"), fs::Permissions::from_mode(0o755)).expect("permissions can be set");
        fs::rename(room.path("a"), room.path("../kept")).expect("it can be moved");
        symlink(room.path("."), room.path("a")).expect("a link can be made");
    }
    let report = room.run_as(|order| order.prune = true);
    if !readable {
        fs::set_permissions(room.path("a"), fs::Permissions::from_mode(0o755)).expect("permissions can be set");
    }
    assert_eq!((report.pruned, report.gone, report.articles, report.done.skipped), (0, 0, 2, 1));
    room.check();
}

#[test]
fn names_that_are_not_utf8_are_told_apart() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let room = Newsroom::empty();
    for (name, words) in [
        (&b"caf\xE9.txt"[..], "Fine"),
        (b"caf\xE8.txt", "Good"),
        (b"caf\\xE9.txt", "Well"),
        (b"two\nlines.txt", "Nice"),
    ] {
        let place = room.path("").join(OsStr::from_bytes(name));
        fs::write(&place, article(words)).expect("a file can be written");
        fs::File::options()
            .write(true)
            .open(&place)
            .and_then(|file| file.set_modified(super::newsroom::at(THEN)))
            .expect("a time");
    }
    assert_eq!(room.run().articles, 4);
    let paths: Vec<String> = room.said().into_iter().map(|(path, _)| path).collect();
    assert_eq!(paths, ["news/caf\\x5CxE9.txt", "news/caf\\xE8.txt", "news/caf\\xE9.txt", "news/two\\x0Alines.txt"]);
    assert_eq!(room.run().tally.unchanged, 4);
    room.check_as_new();
}

#[test]
fn a_manifest_that_is_damaged_is_said_so() {
    let room = Newsroom::of(&[("a.txt", &article("Fine"))]);
    room.run();
    let sealed = room.reader().sealed_manifest().expect("there is a manifest").clone();
    let place = room.index().join(&sealed.file);
    let whole = fs::read(&place).expect("it can be read");
    assert_eq!((sealed.bytes, sealed.hash), (whole.len() as u64, blake3::hash(&whole).to_string()));
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 1;
    for damaged in [Vec::new(), whole[..whole.len() - 3].to_vec(), flipped, b"not a manifest".to_vec()] {
        fs::write(&place, damaged).expect("it can be written");
        let failure = room.try_run(|_| {}).expect_err("it is damaged").to_string();
        assert!(failure.contains("manifest") && failure.contains("--rebuild`"), "{failure}");
        assert_eq!(room.reader().status().expect("what is in the index can be read all the same").articles, 1);
    }
    fs::remove_file(&place).expect("it can be deleted");
    let failure = room.try_run(|_| {}).expect_err("it is missing").to_string();
    assert!(failure.contains("is missing") && failure.contains("--rebuild`"), "{failure}");
    assert_eq!(room.run_as(|order| order.rebuild = true).articles, 1);
    room.check_as_new();
}

#[test]
fn an_index_without_a_manifest_gets_one() {
    use onrecord::index::{Notes, Record, Writer, WriterOptions};
    let room = Newsroom::of(&[("a.txt", &article("Fine"))]);
    let old =
        onrecord::article::Article::from_text(onrecord::article::Source::file("news/a.txt"), "As it was read of old.");
    let mut writer = Writer::open(&room.index(), &WriterOptions::default()).expect("a writer");
    writer
        .put(Record::new(&old, &onrecord::extract::extract(&old), &onrecord::index::Spellers::default()))
        .expect("a record is taken");
    writer.publish(&Notes::default()).expect("a generation");
    drop(writer);
    let report = room.run();
    assert_eq!((report.done.articles, report.done.replaced, report.articles), (1, 1, 1));
    room.check_as_new();
}
