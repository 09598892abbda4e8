//! What `onrecord help json` says of each line of JSON, against the lines that commands write: every field is documented, of the
//! type that it has, and there where the page says so.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::console::{PROGRAM, copy, isolate, package};

/// A field of the page.
#[derive(Debug)]
struct Field {
    types: Vec<String>,
    /// There only where it was asked for.
    asked: bool,
}

type Schema = BTreeMap<String, Field>;

/// The page, read: the fields of each schema.
fn documented() -> BTreeMap<String, Schema> {
    let mut command = Command::new(PROGRAM);
    let page = isolate(&mut command).args(["help", "json"]).output().expect("it starts").stdout;
    let page = String::from_utf8(page).expect("text");
    let mut schemas: BTreeMap<String, Schema> = BTreeMap::new();
    let mut current = String::new();
    for line in page.lines() {
        if let Some(name) = line.strip_prefix("## ") {
            current = name.to_owned();
            schemas.insert(current.clone(), Schema::new());
        } else if let Some(row) = line.strip_prefix("    ") {
            let (asked, row) = row.strip_prefix("+ ").map_or((false, row), |row| (true, row));
            let mut words = row.split_whitespace();
            let (name, types) = (words.next().expect("a name"), words.next().expect("a type"));
            assert!(words.next().is_some(), "{row}: says what it is");
            let types = types.split('|').map(str::to_owned).collect();
            let fields = schemas.get_mut(&current).expect("a heading stands above");
            assert!(fields.insert(name.to_owned(), Field { types, asked }).is_none(), "{name} twice in {current}");
        }
    }
    schemas
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_u64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    }
}

struct Seen {
    schemas: BTreeMap<String, Schema>,
    /// Fields that were seen, and those that were null or of another type.
    fields: BTreeSet<(String, String)>,
}

impl Seen {
    /// Runs a command; all that it writes on stdout, or else on stderr, are lines of these schemas.
    fn run(&mut self, folder: &Path, args: &[&str], expected: &[&str]) -> Vec<Value> {
        let mut command = Command::new(PROGRAM);
        let done = isolate(&mut command).current_dir(folder).args(args).arg("--quiet").output().expect("it starts");
        let text = if expected == ["onrecord.error/1"] { done.stderr } else { done.stdout };
        let text = String::from_utf8(text).expect("JSON is UTF-8");
        let lines: Vec<Value> = text
            .lines()
            .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{args:?}: {error}: {line}")))
            .collect();
        assert!(!lines.is_empty(), "{args:?} writes something");
        let found: BTreeSet<&str> = lines.iter().map(|line| line["schema"].as_str().expect("a schema")).collect();
        assert_eq!(found, expected.iter().copied().collect(), "{args:?}");
        let by: Vec<&str> =
            args.iter().skip_while(|arg| **arg != "--by").skip(1).take(1).flat_map(|by| by.split(',')).collect();
        for line in &lines {
            self.line(line, &by, args.contains(&"--fields"));
        }
        lines
    }

    fn line(&mut self, line: &Value, by: &[&str], chosen: bool) {
        let object = line.as_object().expect("a line is an object");
        assert_eq!(object.keys().next().map(String::as_str), Some("schema"), "the schema stands first");
        let name = line["schema"].as_str().expect("a schema").to_owned();
        let schema = self.schemas.get(&name).unwrap_or_else(|| panic!("{name} is not documented"));
        for (field, value) in object.iter().skip(1) {
            if name == "onrecord.count/1" && by.contains(&field.as_str()) {
                assert!(value.is_string() || value.is_null(), "{field} of {line}");
                continue;
            }
            let known = schema.get(field).unwrap_or_else(|| panic!("`{field}` of {name} is not documented"));
            let of = type_of(value);
            let fits = known.types.iter().any(|ty| ty == of || ty == "number" && of == "integer");
            assert!(fits, "`{field}` of {name} is {of}, and the page says {:?}", known.types);
            self.fields.insert((name.clone(), field.clone()));
        }
        let missing =
            schema.iter().filter(|(_, field)| !field.asked && !chosen).find(|(field, _)| !object.contains_key(*field));
        assert!(missing.is_none(), "{missing:?} of {name} is not there: {line}");
    }
}

#[test]
fn the_page_says_what_is_written() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let dir = folder.path();
    copy(&package("tests/cli/archive"), &dir.join("corpus"));
    let odd = "{\"text\":\"The pier is closed until the end of the week.\",\"date\":\"sometime\"}\n";
    fs::write(dir.join("corpus/odd.jsonl"), odd).expect("a file can be written");
    fs::write(dir.join("corpus/empty.txt"), "").expect("a file can be written");
    let more = "Pier to open\n\nLUNDBY, March 2, 2014 (Shore Wire) - \"The pier opens in May,\" said Dana R. Kerry, the mayor of Lundby.\n";
    fs::write(dir.join("corpus/wire/2014-03-02-pier.txt"), more).expect("a file can be written");
    let mut command = Command::new(PROGRAM);
    isolate(&mut command).current_dir(dir).args(["index", "--quiet"]).status().expect("it starts");

    let mut seen = Seen { schemas: documented(), fields: BTreeSet::new() };
    let quote = ["onrecord.quote/1"];
    let article = ["onrecord.article/1"];
    let error = ["onrecord.error/1"];
    seen.run(dir, &["search", "conf:0..1", "--all", "--json"], &quote);
    seen.run(
        dir,
        &["search", "the", "--json", "--why", "--fields", "rule,context,date_source,score,marks,byline,section,lang"],
        &quote,
    );
    seen.run(dir, &["search", "--articles", "conf:0..1", "--json"], &article);
    seen.run(dir, &["search", "--articles", "conf:0..1", "--json", "--group", "near"], &article);
    seen.run(dir, &["search", "conf:0..1", "--json", "--group", "exact"], &quote);
    seen.run(dir, &["export", "--articles", "--fields", "text,score"], &article);
    seen.run(
        dir,
        &["search", "--articles", "ferry", "--json", "--fields", "snippet,title_marks,snippet_marks"],
        &article,
    );
    seen.run(dir, &["export", "speaker:Kerry"], &quote);
    seen.run(dir, &["like", "d248fe13", "--json"], &quote);
    seen.run(dir, &["show", "6b2723ff", "--json"], &["onrecord.article/1", "onrecord.quote/1"]);
    seen.run(dir, &["count", "--by", "speaker,year", "--all", "--json"], &["onrecord.count/1"]);
    seen.run(dir, &["count", "--per", "articles", "--json", "--by", "outlet"], &["onrecord.count/1"]);
    seen.run(dir, &["timeline", "--json"], &["onrecord.timeline/1"]);
    seen.run(dir, &["kwic", "the", "--json"], &["onrecord.kwic/1"]);
    seen.run(dir, &["speakers", "list", "--json"], &["onrecord.speaker/1"]);
    seen.run(dir, &["speakers", "show", "Dana Kerry", "--json"], &["onrecord.speaker/1"]);
    seen.run(dir, &["speakers", "suggest", "--json"], &["onrecord.likeness/1"]);
    seen.run(dir, &["extract", "corpus/ferry.md", "--json"], &["onrecord.extraction/1"]);
    seen.run(dir, &["extract", "corpus/ferry.md", "--with-text", "--why"], &["onrecord.extraction/1"]);
    seen.run(dir, &["verify", "--json"], &["onrecord.verify/1"]);
    seen.run(dir, &["verify", "--files", "--json"], &["onrecord.verify/1"]);
    seen.run(dir, &["status", "--json"], &["onrecord.status/1"]);
    seen.run(dir, &["status", "--skipped", "--json"], &["onrecord.skipped/1"]);
    seen.run(dir, &["status", "--odd", "--json"], &["onrecord.odd/1"]);
    seen.run(dir, &["config", "show", "--json"], &["onrecord.setting/1"]);
    fs::create_dir_all(dir.join(".onrecord/queries")).expect("a folder can be made");
    for (name, query) in [("kerry", "speaker:Kerry"), ("wrong", "(")] {
        let text = format!("version = 1\ntitle = 'A'\nquery = '{query}'\n");
        fs::write(dir.join(format!(".onrecord/queries/{name}.toml")), text).expect("a file can be written");
    }
    seen.run(dir, &["saved", "list", "--json"], &["onrecord.saved/1"]);
    seen.run(dir, &["saved", "show", "kerry", "--json"], &["onrecord.saved/1"]);
    seen.run(dir, &["run", "kerry", "--diff", "--peek", "--json"], &quote);
    seen.run(dir, &["run", "kerry", "--json", "--fields", "saved,change,was,byline"], &quote);
    let wrong = seen.run(dir, &["search", "speeker:Kerry colour:red", "--json"], &error);
    assert_eq!(wrong.len(), 2, "each mistake has its line");
    assert_eq!((&wrong[0]["span"], &wrong[1]["span"]), (&serde_json::json!([0, 7]), &serde_json::json!([14, 20])));
    seen.run(dir, &["show", "nothing", "--json"], &error);
    seen.run(dir, &["search", "the", "--json", "--fields", "nothing"], &error);
    seen.run(dir, &["search", "the", "--json", "--srt", "date"], &error);
    seen.run(dir, &["count", "--json", "-i", "nowhere"], &error);

    let mut command = Command::new(PROGRAM);
    let export = ["export", "speaker:Kerry", "--sample", "2", "--format", "csv", "--manifest", "made.json"];
    isolate(&mut command).current_dir(dir).args(export).output().expect("it starts");
    let made = fs::read_to_string(dir.join("made.json")).expect("a manifest");
    seen.line(&serde_json::from_str(&made).expect("it is JSON"), &[], false);

    let all: BTreeSet<(String, String)> = seen
        .schemas
        .iter()
        .flat_map(|(name, schema)| schema.keys().map(move |field| (name.clone(), field.clone())))
        .collect();
    let never: Vec<_> = all.difference(&seen.fields).collect();
    assert!(never.is_empty(), "documented and never written: {never:?}");
}

#[test]
fn every_date_has_a_value_and_a_grain_and_the_language_is_that_of_the_index() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let text =
        "The ferry stopped from March 3 to March 5, 2014. \"We sail no more,\" said Tilda Marsh on May 1, 2014.\n";
    fs::write(folder.path().join("ferry.txt"), text).expect("a file can be written");
    let mut command = Command::new(PROGRAM);
    let args = ["extract", "ferry.txt", "--with-text"];
    let done = isolate(&mut command).current_dir(folder.path()).args(args).output().expect("it starts");
    let line: Value = serde_json::from_slice(&done.stdout).expect("a line of JSON");
    assert_eq!(line["article"]["lang"], "en");
    let dates = line["dates"].as_array().expect("a list");
    let shown: Vec<String> =
        dates.iter().map(|date| format!("{} {}", date["value"], date["grain"]).replace('"', "")).collect();
    let expected = ["2014-03-03/2014-03-05 range", "2014-03-03 day", "2014-03-05 day", "2014-05-01 day"];
    assert_eq!(shown, expected);
}

#[test]
fn errors_leave_stdout_alone_and_notes_are_no_json() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let mut command = Command::new(PROGRAM);
    let done = isolate(&mut command)
        .current_dir(folder.path())
        .args(["search", "the", "--format", "jsonl"])
        .output()
        .expect("it starts");
    assert_eq!((done.status.code(), done.stdout.len()), (Some(2), 0));
    let error: Value = serde_json::from_slice(&done.stderr).expect("a line of JSON");
    assert_eq!(error["schema"], "onrecord.error/1");
    let mut command = Command::new(PROGRAM);
    let done = isolate(&mut command).current_dir(folder.path()).args(["search", "the"]).output().expect("it starts");
    assert!(done.stderr.starts_with(b"error: "), "plain where no JSON was asked for");
}
