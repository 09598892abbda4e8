//! Which ids articles have: those of their path, or those that a file brings along which was moved.

use std::fs;

use super::newsroom::{Newsroom, THEN, article};

fn three() -> Newsroom {
    let room = Newsroom::of(&[("a.txt", &article("Fine")), ("b.txt", &article("Good")), ("c.txt", &article("Well"))]);
    room.run();
    room
}

#[test]
fn a_moved_file_keeps_its_ids() {
    let room = three();
    let ids = room.ids("b.txt");
    assert_eq!(ids.len(), 2, "an article and a quotation");
    room.rename("b.txt", "deep/er/z.txt");
    let report = room.run();
    assert_eq!((report.done.moved, report.done.articles, report.done.replaced, report.gone), (1, 1, 1, 0));
    assert_eq!(room.ids("deep/er/z.txt"), ids);
    assert_eq!(room.row("deep/er/z.txt").origin.as_deref(), Some("news/b.txt"));
    assert_eq!(room.run().tally.unchanged, 3);
    room.check_as_new();
    // And again, changed on the way there; then back.
    room.rename("deep/er/z.txt", "y.txt");
    room.run();
    room.write_at("y.txt", article("Good, and more of it"), THEN + 1);
    room.run();
    assert_eq!(room.ids("y.txt").intersection(&ids).count(), 1, "the article's own");
    room.rename("y.txt", "b.txt");
    room.run();
    assert_eq!(room.row("b.txt").origin, None);
    assert_eq!(room.ids("b.txt").intersection(&ids).count(), 1);
    room.check_as_new();
}

#[test]
fn a_whole_folder_is_moved() {
    let room = Newsroom::empty();
    let lines: String = (0..40).map(|n| format!("{{\"text\":\"\\\"It is {n},\\\" said Tilda Marsh.\"}}\n")).collect();
    room.write("old/feed.jsonl", &lines);
    (0..20).for_each(|n| room.write(&format!("old/{n}.txt"), article(&format!("It is number {n}"))));
    room.run();
    let before: Vec<_> = (0..20).map(|n| room.ids(&format!("old/{n}.txt"))).collect();
    let feed = room.ids("old/feed.jsonl");
    fs::rename(room.path("old"), room.path("new")).expect("it can be moved");
    let report = room.run();
    assert_eq!((report.done.moved, report.gone, report.articles), (21, 0, 60));
    let after: Vec<_> = (0..20).map(|n| room.ids(&format!("new/{n}.txt"))).collect();
    assert_eq!((after, room.ids("new/feed.jsonl")), (before, feed));
    room.check_as_new();
}

#[test]
fn copies_stay_two() {
    let room = three();
    let ids = room.ids("a.txt");
    room.copy("a.txt", "copy.txt", THEN);
    let report = room.run();
    assert_eq!((report.done.moved, report.done.articles, report.articles), (0, 1, 4));
    assert!(room.ids("copy.txt").is_disjoint(&ids));
    assert_eq!(room.ids("a.txt"), ids);
    // Two of one content are moved: each keeps its own.
    let both = (room.ids("a.txt"), room.ids("copy.txt"));
    room.rename("a.txt", "x/a.txt");
    room.rename("copy.txt", "x/copy.txt");
    assert_eq!(room.run().done.moved, 2);
    assert_eq!((room.ids("x/a.txt"), room.ids("x/copy.txt")), both);
    room.check_as_new();
}

#[test]
fn one_of_two_new_copies_takes_the_ids() {
    let room = three();
    let ids = room.ids("b.txt");
    room.copy("b.txt", "sub/b.txt", THEN);
    room.rename("b.txt", "other.txt");
    assert_eq!(room.run().done.moved, 1);
    assert_eq!(room.ids("other.txt"), ids, "the first in order");
    assert!(room.ids("sub/b.txt").is_disjoint(&ids));
    room.check_as_new();
}

#[test]
fn another_file_in_the_place_of_a_moved_one_gets_ids_of_its_own() {
    let room = three();
    let ids = room.ids("b.txt");
    room.rename("b.txt", "a-moved.txt");
    room.write_at("b.txt", article("Other"), THEN + 9);
    room.run();
    assert_eq!(room.ids("a-moved.txt"), ids);
    assert!(room.ids("b.txt").is_disjoint(&ids));
    room.check_as_new();
    // Also where the new place comes behind the old one, and where a later run finds it.
    let ids = room.ids("b.txt");
    room.rename("b.txt", "z-moved.txt");
    room.write_at("b.txt", article("Third"), THEN + 10);
    room.run();
    assert_eq!(room.ids("z-moved.txt"), ids);
    assert!(room.ids("b.txt").is_disjoint(&ids));
    room.check_as_new();
    assert_eq!(room.run().tally.unchanged, 5);
    room.rename("c.txt", "y-moved.txt");
    room.run();
    let ids = room.ids("y-moved.txt");
    room.write_at("c.txt", article("Newest"), THEN + 11);
    room.run();
    assert_eq!(room.ids("y-moved.txt"), ids);
    assert!(room.ids("c.txt").is_disjoint(&ids));
    room.check_as_new();
}

#[test]
fn files_that_change_places_keep_their_ids() {
    let room = three();
    room.touch("b.txt", THEN + 1);
    room.touch("c.txt", THEN + 2);
    room.run();
    let (a, b, c) = (room.ids("a.txt"), room.ids("b.txt"), room.ids("c.txt"));
    room.rename("a.txt", "tmp");
    room.rename("b.txt", "a.txt");
    room.rename("c.txt", "b.txt");
    room.rename("tmp", "c.txt");
    let report = room.run();
    assert_eq!((report.done.moved, report.articles, report.gone), (3, 3, 0));
    assert_eq!((room.ids("a.txt"), room.ids("b.txt"), room.ids("c.txt")), (b, c, a));
    room.check_as_new();
    assert_eq!(room.run().tally.unchanged, 3);
}

#[test]
fn an_edited_file_keeps_its_ids_although_there_is_a_copy_of_what_it_was() {
    let room = three();
    let ids = room.ids("a.txt");
    room.copy("a.txt", "a.bak.txt", THEN + 5);
    room.write_at("a.txt", article("Finer"), THEN + 6);
    room.run();
    assert_eq!(room.ids("a.txt").intersection(&ids).count(), 1);
    assert!(room.ids("a.bak.txt").is_disjoint(&ids));
    room.check_as_new();
}

#[test]
fn a_file_is_moved_from_one_root_to_another() {
    let room = Newsroom::of(&[("one/a.txt", &article("Fine")), ("two/b.txt", &article("Good"))]);
    room.run();
    let ids = room.ids("one/a.txt");
    room.copy("one/a.txt", "two/copy.txt", THEN);
    let only_two = |order: &mut onrecord::desk::indexing::Order| order.roots = vec![room.path("two")];
    room.run_as(only_two);
    assert!(room.ids("two/copy.txt").is_disjoint(&ids), "the other root was not looked at, and the file is there");
    room.rename("one/a.txt", "two/a.txt");
    assert_eq!(room.run_as(only_two).done.moved, 1);
    assert_eq!(room.ids("two/a.txt"), ids);
    room.check_as_new();
}

#[test]
fn what_was_gone_is_found_again_later() {
    let room = three();
    let ids = room.ids("b.txt");
    room.rename("b.txt", "../elsewhere.txt");
    assert_eq!(room.run().gone, 1);
    room.rename("../elsewhere.txt", "again.txt");
    let report = room.run();
    assert_eq!((report.done.moved, report.gone), (1, 0));
    assert_eq!(room.ids("again.txt"), ids);
    room.check_as_new();
}

#[test]
fn a_moved_file_that_is_pruned_gives_its_path_free() {
    let room = three();
    room.rename("b.txt", "moved.txt");
    room.run();
    let ids = room.ids("moved.txt");
    room.delete("moved.txt");
    room.run_as(|order| order.prune = true);
    room.write("b.txt", article("Good"));
    room.run();
    assert_eq!(room.ids("b.txt"), ids, "ids are made of the path, and nothing else has them");
    room.check_as_new();
}
