//! Records with identifiers of their own keep their ids, wherever they stand in a file by now.

use std::collections::BTreeMap;

use super::newsroom::{Newsroom, THEN, article};
use crate::readers::containers::zip;

/// Formats of files with several records, each under an identifier.
const FORMATS: [&str; 11] = [
    "rss.xml",
    "rdf.xml",
    "atom.xml",
    "linked.xml",
    "feed.json",
    "array.json",
    "wrapped.json",
    "a.jsonl",
    "a.csv",
    "a.mbox",
    "a.sgm",
];

fn words(name: &str) -> String {
    format!("The wall of {name} is to stand before the winter")
}

/// A file of these records.
fn file(format: &str, names: &[&str]) -> String {
    let all = |each: &dyn Fn(&str, String) -> String, between: &str| {
        let each = |name: &&str| each(name, format!("\"{},\" said Tilda Marsh.", words(name)));
        names.iter().map(each).collect::<Vec<_>>().join(between)
    };
    let object = |name: &str, said: String| format!("{{\"id\":\"{name}\",\"text\":\"{}\"}}", said.replace('"', "\\\""));
    match format {
        "rss.xml" => {
            let item = |name: &str, said| {
                format!("<item><guid isPermaLink=\"false\">{name}</guid><description>{said}</description></item>")
            };
            format!("<rss version=\"2.0\"><channel><title>Courier</title>{}</channel></rss>", all(&item, "\n"))
        }
        "rdf.xml" => {
            let item =
                |name: &str, said| format!("<item rdf:about=\"urn:x:{name}\"><description>{said}</description></item>");
            format!(
                "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\">{}</rdf:RDF>",
                all(&item, "\n")
            )
        }
        "atom.xml" => {
            let item = |name: &str, said| format!("<entry><id>urn:x:{name}</id><summary>{said}</summary></entry>");
            format!("<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Courier</title>{}</feed>", all(&item, "\n"))
        }
        // Without identifiers, the addresses tell items apart.
        "linked.xml" => {
            let item = |name: &str, said| {
                format!("<item><link>https://x.example/{name}</link><description>{said}</description></item>")
            };
            format!("<rss version=\"0.91\"><channel><title>Courier</title>{}</channel></rss>", all(&item, "\n"))
        }
        "feed.json" => {
            let item = |name: &str, said: String| object(name, said).replace("\"text\"", "\"content_text\"");
            format!(
                "{{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"Courier\",\"items\":[{}]}}",
                all(&item, ",")
            )
        }
        "array.json" => format!("[{}]", all(&object, ",\n")),
        "wrapped.json" => format!("{{\"articles\":[{}]}}", all(&object, ",\n")),
        "a.jsonl" => all(&object, "\n"),
        "a.csv" => {
            let row = |name: &str, said: String| format!("{name},\"{}\"\n", said.replace('"', "\"\""));
            format!("id,text\n{}", all(&row, ""))
        }
        "a.mbox" => {
            let message = |name: &str, said| {
                format!(
                    "From a@x.example Tue Mar  5 10:00:00 2019\nFrom: a@x.example\nMessage-ID: <{name}@x.example>\nSubject: Wall\n\n{said}\n\n"
                )
            };
            all(&message, "")
        }
        "a.sgm" => {
            let item = |name: &str, said| {
                format!(
                    "<REUTERS TOPICS=\"NO\" NEWID=\"{name}\"><TEXT><TITLE>Wall</TITLE><BODY>{said}</BODY></TEXT></REUTERS>"
                )
            };
            format!("<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n{}", all(&item, "\n"))
        }
        other => panic!("{other}"),
    }
}

/// The id of each article, by what is said in it; an id is found by its article's only quotation.
fn ids(room: &Newsroom) -> BTreeMap<String, String> {
    let one = |((_, id), quotes): ((String, String), Vec<(String, String)>)| match quotes.as_slice() {
        [(_, words)] => (words.clone(), id),
        other => panic!("one quotation each: {other:?}"),
    };
    room.articles().into_iter().map(one).collect()
}

#[test]
fn a_record_keeps_its_id_whatever_comes_before_it() {
    for format in FORMATS {
        let room = Newsroom::of(&[(format, &file(format, &["3", "2", "1"]))]);
        assert_eq!(room.run().articles, 3, "{format}");
        let mut known = ids(&room);
        let steps: [(&[&str], u64, u64); 5] = [
            // In front, in the middle, swapped, removed, and several at once.
            (&["4", "3", "2", "1"], 3, 0),
            (&["4", "3", "2", "25", "1"], 4, 0),
            (&["1", "3", "25", "2", "4"], 5, 0),
            (&["3", "25", "2", "4"], 4, 1),
            (&["9", "8", "2", "7", "3"], 2, 2),
        ];
        for (now, (names, replaced, dropped)) in (1..).zip(steps) {
            room.write_at(format, file(format, names), THEN + now);
            let report = room.run();
            let done = (report.done.replaced, report.done.dropped, report.articles);
            assert_eq!(done, (replaced, dropped, names.len() as u64), "{format} {names:?}");
            let there = ids(&room);
            for name in names {
                let (words, id) = there.get_key_value(&words(name)).unwrap_or_else(|| panic!("{format} {name}"));
                let before = known.entry(words.clone()).or_insert_with(|| id.clone());
                assert_eq!(id, before, "{format} {name} in {names:?}");
            }
            room.check_as_new();
        }
    }
}

#[test]
fn an_identifier_that_comes_again_tells_nothing() {
    let room =
        Newsroom::of(&[("a.jsonl", &file("a.jsonl", &["a", "b", "a", "c", "b"]).replace("of a is", "of it is"))]);
    let report = room.run();
    assert_eq!((report.articles, report.done.skipped, report.done.odd), (5, 0, 0));
    let records = room.row("a.jsonl").records.to_string();
    assert!(records.starts_with("2,4,#") && records.matches('#').count() == 3, "{records}");
    room.check_as_new();
    assert_eq!(room.run().tally.unchanged, 1);
    // What has none is told by its place, beside others that have.
    let text = file("a.jsonl", &["a", "b", "c"]).replace("\"id\":\"b\",", "");
    room.write_at("a.jsonl", text, THEN + 1);
    let report = room.run();
    assert_eq!((report.articles, report.done.replaced, report.done.dropped), (3, 2, 3));
    assert!(room.row("a.jsonl").records.to_string().starts_with("1,#"));
    room.check_as_new();
}

#[test]
fn a_file_of_one_article_is_told_by_its_path() {
    let object = file("a.jsonl", &["a"]);
    let mail = file("a.mbox", &["a"]).split_once('\n').map(|(_, mail)| mail.to_owned()).unwrap_or_default();
    let page = article("Fine");
    for (name, text, expected) in [
        ("a.json", object.as_str(), "0"),
        ("a.eml", mail.as_str(), "0"),
        ("a.txt", page.as_str(), "0"),
        // More may come to these.
        ("b.json", &format!("[{object}]"), "#"),
        ("a.jsonl", &object, "#"),
        ("a.csv", &file("a.csv", &["a"]), "#"),
        ("a.xml", &file("rss.xml", &["a"]), "#"),
    ] {
        let room = Newsroom::of(&[(name, text)]);
        assert_eq!(room.run().articles, 1, "{name}");
        let records = room.row(name).records.to_string();
        assert_eq!(records.get(..1), Some(expected), "{name} {records}");
        room.check_as_new();
    }
}

#[test]
fn identifiers_go_with_a_file_that_is_moved() {
    let room = Newsroom::of(&[("a.jsonl", &file("a.jsonl", &["2", "1"])), ("b.txt", &article("Fine"))]);
    room.run();
    let known = room.ids("a.jsonl");
    room.rename("a.jsonl", "old/c.jsonl");
    let report = room.run();
    assert_eq!((report.done.moved, report.done.replaced, report.articles), (1, 2, 3));
    assert_eq!(room.ids("old/c.jsonl"), known);
    room.write_at("old/c.jsonl", file("a.jsonl", &["3", "2", "1"]), THEN + 1);
    room.write_at("a.jsonl", file("a.jsonl", &["2", "1"]), THEN + 2);
    assert_eq!(room.run().articles, 6);
    assert!(room.ids("old/c.jsonl").is_superset(&known) && room.ids("a.jsonl").is_disjoint(&known));
    room.check_as_new();
    room.delete("old/c.jsonl");
    assert_eq!(room.run_as(|order| order.prune = true).done.dropped, 3);
    room.check_as_new();
}

#[test]
fn entries_of_a_container_have_identifiers_of_their_own() {
    let packed = |names: &[&str]| {
        let (one, other) = (file("a.jsonl", names), file("a.csv", &["2", "1"]).replace("wall", "pier"));
        zip(&[("day/a.jsonl", one.as_bytes()), ("day/b.csv", other.as_bytes())])
    };
    let room = Newsroom::empty();
    room.write("a.zip", packed(&["2", "1"]));
    assert_eq!(room.run().articles, 4);
    let known = ids(&room);
    room.write_at("a.zip", packed(&["3", "2", "1"]), THEN + 1);
    let report = room.run();
    assert_eq!((report.articles, report.done.replaced, report.done.dropped), (5, 2, 0));
    let there = ids(&room);
    assert!(known.iter().all(|(words, id)| there.get(words) == Some(id)), "{known:?} {there:?}");
    room.check_as_new();
}
