//! Who is who: the file of speakers, the commands that write it, and what questions make of it, with no indexing between.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use onrecord::archive::speakers::edit::{self, Refusal};
use onrecord::archive::speakers::{Speakers, SpeakersFile};
use onrecord::desk::question::{Question, Wish};
use onrecord::extract::Kind;
use onrecord::index::{Grouping, Notes, Reader, Writer};
use tempfile::TempDir;

use crate::index::clip::{Clip, clip, options, today};

/// A Kerry under four names, two others, one who is only described, and one whose initials are written in two ways.
fn wharf() -> Vec<Clip> {
    let said = |path: &str, name: &str, role: &str, words: &str| {
        clip(path, &format!("“{words},” somebody said.")).quote(Kind::Direct, Some(name), role, &[words])
    };
    vec![
        said("a", "John Kerry", "Secretary of State", "The wharf stays").outlet("Bay Courier").on("2014-03-01"),
        said("b", "John F. Kerry", "Secretary of State", "The cranes stay").outlet("Bay Courier").on("2014-03-05"),
        said("c", "Kerry", "", "The gulls stay").outlet("Bay Courier").on("2014-03-07"),
        said("d", "Mr. Secretary", "", "Nothing stays").outlet("Cape Wire").on("2012-01-09"),
        said("e", "Peggy Kerry", "harbour clerk", "I stay").outlet("Cape Wire").on("2014-03-05"),
        said("f", "J.J. Quill", "", "Ships come").outlet("Cape Wire").on("2015-01-01"),
        said("g", "J. J. QUILL", "", "Ships go").outlet("Cape Wire").on("2016-01-01"),
        said("h", "a dock worker", "", "Nobody asked us").outlet("Cape Wire").on("2016-01-02"),
    ]
}

/// A folder with an index in it, beside which the file of speakers has its place.
struct Archive {
    folder: TempDir,
}

impl Archive {
    fn of(clips: &[Clip]) -> Self {
        let archive = Self { folder: TempDir::new().expect("a folder can be made") };
        archive.put(clips);
        archive
    }

    fn put(&self, clips: &[Clip]) {
        let mut writer = Writer::open(&folder(self), &options()).expect("a writer");
        for clip in clips {
            writer.put(clip.record()).expect("a record is taken");
        }
        writer.publish(&Notes::default()).expect("a generation is published");
    }

    fn reader(&self) -> Reader {
        Reader::open(&folder(self)).expect("a reader")
    }
}

struct Run {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

fn command(archive: &Archive, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    for name in ["ONRECORD_INDEX", "NO_COLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command.env("ONRECORD_TODAY", "2016-03-01").arg("-i").arg(folder(archive)).args(args).stdin(Stdio::null());
    command
}

fn run(archive: &Archive, args: &[&str]) -> Run {
    let done = command(archive, args).output().expect("it starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Run { code: done.status.code(), stdout: text(&done.stdout), stderr: text(&done.stderr) }
}

/// Runs what must succeed; gives its stdout.
fn does(archive: &Archive, args: &[&str]) -> String {
    let run = run(archive, args);
    assert_eq!(run.code, Some(0), "{args:?}\n{}", run.stderr);
    run.stdout
}

fn folder(archive: &Archive) -> PathBuf {
    archive.folder.path().join("index")
}

fn write(archive: &Archive, text: &str) {
    let file = SpeakersFile::beside(&folder(archive));
    fs::create_dir_all(file.path().parent().expect("a file lies in a folder")).expect("a folder can be made");
    fs::write(file.path(), text).expect("a file can be written");
}

fn written(archive: &Archive) -> String {
    fs::read_to_string(SpeakersFile::beside(&folder(archive)).path()).expect("the file is there")
}

/// What a query finds, as `speaker, role: words`, in the order of days.
fn found(archive: &Archive, query: &str) -> Vec<String> {
    let stdout = run(archive, &["search", query, "--sort", "date", "--fields", "speaker,role,quote", "--quiet"]).stdout;
    stdout.lines().map(|line| line.replace('\t', " | ")).collect()
}

const KERRY: &str = r#"
[[speaker]]
name = "John Kerry"
aliases = ["John F. Kerry", "mr secretary", "Kerry"]
roles = [
  { role = "senator", to = 2013-01-31 },
  { role = "Secretary", from = "2013-02-01", to = "2014-03-05" },
]
"#;

#[test]
fn questions_follow_the_file_with_no_indexing_between() {
    let archive = Archive::of(&wharf());
    let check = |query: &str, expected: &[&str]| assert_eq!(found(&archive, query), expected, "{query}");

    check(r#"speaker:="John Kerry""#, &["John Kerry | Secretary of State | The wharf stays"]);
    check(r#"speaker:="jj quill""#, &["J.J. Quill |  | Ships come", "J. J. QUILL |  | Ships go"]);
    check("speaker:Ker", &[]);

    write(&archive, KERRY);
    let kerry = [
        "John Kerry | senator | Nothing stays",
        "John Kerry | Secretary | The wharf stays",
        "John Kerry | Secretary | The cranes stay",
        "John Kerry |  | The gulls stay",
    ];
    check(r#"speaker:="John Kerry""#, &kerry);
    check(r#"speaker:=kerry"#, &kerry);
    check(r#"speaker:"John F. Kerry""#, &kerry);
    check(
        "speaker:Kerry =stay",
        &[
            "Peggy Kerry | harbour clerk | I stay",
            "John Kerry | Secretary | The cranes stay",
            "John Kerry |  | The gulls stay",
        ],
    );
    check("speaker:Secretary nothing", &["John Kerry | senator | Nothing stays"]);
    check("stay -speaker:John", &["Peggy Kerry | harbour clerk | I stay"]);
    check("speaker:Quill ships", &["J.J. Quill |  | Ships come", "J. J. QUILL |  | Ships go"]);

    let told = run(&archive, &["search", "speaker:kerry"]).stderr;
    assert!(told.contains("2 people match “kerry”: John Kerry 4, Peggy Kerry 1 → speaker:=\"John Kerry\""), "{told}");
    let articles =
        does(&archive, &["search", "--articles", "speaker:=Kerry", "--sort", "date", "--fields", "id,speakers"]);
    assert_eq!(articles.lines().filter(|line| line.ends_with("\tJohn Kerry")).count(), 4, "{articles}");

    write(&archive, "");
    check(r#"speaker:="John Kerry""#, &["John Kerry | Secretary of State | The wharf stays"]);
}

#[test]
fn roles_of_the_file_are_found_and_counted_as_they_are_shown() {
    let archive = Archive::of(&wharf());
    let count = || does(&archive, &["count", "--by", "role", "--format", "tsv", "--quiet"]).replace('\t', " ");
    assert_eq!(count(), " 5\nSecretary of State 2\nharbour clerk 1\n");
    // Of two roles that are held on one day, the first that the file gives is shown.
    let envoy = "\n  { role = \"envoy\", from = \"2014\" },\n]\n";
    write(&archive, &KERRY.replace("\n]\n", envoy));
    let check = |query: &str, expected: &[&str]| assert_eq!(found(&archive, query), expected, "{query}");

    check("role:senator", &["John Kerry | senator | Nothing stays"]);
    check("role:secretary", &["John Kerry | Secretary | The wharf stays", "John Kerry | Secretary | The cranes stay"]);
    check("role:state", &[]);
    check("role:=Secretary cranes", &["John Kerry | Secretary | The cranes stay"]);
    check("role:env*", &["John Kerry | envoy | The gulls stay"]);
    check(
        "role:* =stay",
        &[
            "Peggy Kerry | harbour clerk | I stay",
            "John Kerry | Secretary | The cranes stay",
            "John Kerry | envoy | The gulls stay",
        ],
    );
    check(
        "speaker:kerry -role:secretary =stay",
        &["Peggy Kerry | harbour clerk | I stay", "John Kerry | envoy | The gulls stay"],
    );
    assert_eq!(count(), " 3\nSecretary 2\nenvoy 1\nharbour clerk 1\nsenator 1\n");
    let by_two = does(&archive, &["count", "=stay", "--by", "role,speaker", "--format", "tsv", "--quiet"]);
    assert_eq!(by_two, "Secretary\tJohn Kerry\t1\nenvoy\tJohn Kerry\t1\nharbour clerk\tPeggy Kerry\t1\n");
    let articles = |query: &str| does(&archive, &["search", "--articles", "-c", query, "--quiet"]);
    assert_eq!(articles("role:senator speaker:=Kerry"), "1\n");
    assert_eq!(articles("role:* -role:senator"), "4\n");
}

#[test]
fn a_long_file_of_roles_is_no_obstacle() {
    use std::fmt::Write as _;
    let said = |n: usize| {
        let name = format!("Ada Lind{}", n % 100);
        let day = if n < 100 { "2012-05-01" } else { "2014-05-01" };
        clip(&format!("{n}"), "“We stay,” somebody said.").on(day).quote(
            Kind::Direct,
            Some(&name),
            "rower",
            &["We stay"],
        )
    };
    let archive = Archive::of(&(0..2000).map(said).collect::<Vec<_>>());
    let file = (0..99).fold(String::new(), |mut file, n| {
        let _ = writeln!(file, "[[speaker]]\nname = \"Ada Lind{n}\"\nroles = [");
        // No article is of a day on which these were held, which takes a look at each to tell.
        for old in 0..300 {
            let _ = writeln!(file, "  {{ role = \"baker {old}\", to = \"2011\" }},");
        }
        let _ = writeln!(file, "  {{ role = \"keeper\", from = \"2014\" }},\n]");
        file
    });
    write(&archive, &file);
    let count = |by: &str| does(&archive, &["count", "stay", "--by", by, "--format", "tsv", "--quiet"]);
    assert_eq!(count("role"), "keeper\t1881\nrower\t119\n");
    assert_eq!(count("role,year"), "keeper\t2014\t1881\nrower\t2012\t100\nrower\t2014\t19\n");
    let found = |query: &str| does(&archive, &["count", query, "--quiet"]);
    assert_eq!(found("role:rower"), "119\n");
    assert_eq!(found("stay -role:keeper"), "119\n");
}

#[test]
fn the_order_by_speaker_is_that_of_the_names_shown() {
    let archive = Archive::of(&wharf());
    write(&archive, "[[speaker]]\nname = \"Zed Kerry\"\naliases = [\"John Kerry\", \"Kerry\"]");
    let names = |limit: &str| {
        let shown =
            does(&archive, &["search", "stay OR stays", "--sort", "speaker", "-n", limit, "--fields", "speaker"]);
        shown.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(names("9"), ["John F. Kerry", "Mr. Secretary", "Peggy Kerry", "Zed Kerry", "Zed Kerry"]);
    assert_eq!(names("2"), ["John F. Kerry", "Mr. Secretary"]);
}

#[test]
fn the_leaderboard_counts_people() {
    let archive = Archive::of(&wharf());
    let list = |args: &[&str]| {
        let shown = does(&archive, &[&["speakers", "list", "--quiet"], args].concat());
        let cell = |line: &str| line.split('\t').take(2).collect::<Vec<_>>().join(" ");
        shown.lines().map(cell).collect::<Vec<_>>()
    };
    assert_eq!(
        list(&[]),
        ["J. J. QUILL 2", "John F. Kerry 1", "John Kerry 1", "Kerry 1", "Mr. Secretary 1", "Peggy Kerry 1"]
    );
    assert_eq!(list(&["--described"]).last().map(String::as_str), Some("dock worker 1"));
    write(&archive, KERRY);
    assert_eq!(list(&[]), ["John Kerry 4", "J. J. QUILL 2", "Peggy Kerry 1"]);
    assert_eq!(list(&["-n", "1"]), ["John Kerry 4"]);
    assert_eq!(
        does(&archive, &["speakers", "-n", "1"]),
        "John Kerry\t4\t2012-01-09\t2014-03-07\tBay Courier; Cape Wire\tJohn F. Kerry; Kerry; Mr. Secretary\n"
    );
    let line = does(&archive, &["speakers", "show", "John F Kerry", "--json"]);
    let line: serde_json::Value = serde_json::from_str(&line).expect("a line of JSON");
    assert_eq!(line["schema"], "onrecord.speaker/1");
    assert_eq!(line["name"], "John Kerry");
    assert_eq!(line["years"].to_string(), r#"[{"year":2012,"quotes":1},{"year":2014,"quotes":3}]"#);
    assert_eq!(
        line["roles"].to_string(),
        concat!(
            r#"[{"role":"senator","from":null,"to":"2013-01-31","quotes":null},"#,
            r#"{"role":"Secretary","from":"2013-02-01","to":"2014-03-05","quotes":null},"#,
            r#"{"role":"Secretary of State","from":"2014-03-01","to":"2014-03-05","quotes":2}]"#
        )
    );
}

#[test]
fn proposals_come_with_their_evidence_and_merge_nobody() {
    let archive = Archive::of(&wharf());
    let suggest = || run(&archive, &["speakers", "suggest", "--quiet"]).stdout;
    let first = suggest();
    assert!(
        first.starts_with("John F. Kerry\tJohn Kerry\t1\t1\tmiddle-name\tSecretary of State\tBay Courier\t"),
        "{first}"
    );
    // Peggy writes for another paper, and the two Johns are one family.
    assert!(first.contains("\tKerry\t1\t1\tsurname-only\t"), "{first}");
    assert!(!SpeakersFile::beside(&folder(&archive)).path().exists());

    does(&archive, &["speakers", "split", "John Kerry", "John F. Kerry"]);
    assert!(!suggest().contains("middle-name"), "{}", suggest());
    let merged = run(&archive, &["speakers", "merge", "John Kerry", "John F. Kerry"]);
    let undone = "`John Kerry` and `John F. Kerry` were split before: that is undone\n";
    assert!(merged.code == Some(0) && merged.stderr.contains(undone), "{}", merged.stderr);
    assert!(!written(&archive).contains("\ndifferent = "), "{}", written(&archive));
    assert_eq!(suggest(), "John Kerry\tKerry\t2\t1\tsurname-only\t\tBay Courier\t\t\t0\t\n");
    does(&archive, &["speakers", "merge", "John Kerry", "Kerry"]);
    let run = run(&archive, &["speakers", "suggest"]);
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (Some(1), "", "no proposals\n"));
}

#[test]
fn commands_write_the_file() {
    let archive = Archive::of(&wharf());
    does(&archive, &["speakers", "merge", "John Kerry", "John F. Kerry", "KERRY"]);
    does(&archive, &["speakers", "alias", "Kerry", "Mr. Secretary"]);
    assert!(written(&archive).ends_with(
        "\n[[speaker]]\nname = \"John Kerry\"\naliases = [\"John F. Kerry\", \"KERRY\", \"Mr. Secretary\"]\n"
    ));
    assert_eq!(found(&archive, "speaker:John").len(), 4);
    does(&archive, &["speakers", "split", "Mr. Secretary"]);
    assert_eq!(found(&archive, "speaker:John").len(), 3);
    assert!(written(&archive).contains("different = [[\"John Kerry\", \"Mr. Secretary\"]]\n"), "{}", written(&archive));
    does(&archive, &["speakers", "split", "John Kerry"]);
    assert_eq!(found(&archive, "speaker:John").len(), 2);
    assert_eq!(found(&archive, "speaker:=\"John Kerry\"").len(), 1);
    assert!(!written(&archive).contains("\n[[speaker]]"), "{}", written(&archive));
    // An index made anew leaves the file alone.
    let before = written(&archive);
    archive.put(&wharf());
    assert_eq!(written(&archive), before);
}

#[test]
fn mistakes_are_told_and_change_nothing() {
    let archive = Archive::of(&wharf());
    let check = |args: &[&str], expected: &str| {
        let run = run(&archive, &[&["speakers"], args].concat());
        assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{args:?}");
        assert_eq!(run.stderr, expected, "{args:?}");
    };
    check(
        &["merge", "John Kerry", "Peggy Kery"],
        "error: nobody is called `Peggy Kery`\nhelp: did you mean \"Peggy Kerry\"?\n\
         help: `onrecord speakers alias \"John Kerry\" \"Peggy Kery\"` gives a name that nobody is quoted under yet\n",
    );
    check(
        &["merge", "Peggy Kery", "John Kerry"],
        "error: nobody is called `Peggy Kery`\nhelp: did you mean \"Peggy Kerry\"?\n",
    );
    check(
        &["show", "Ada Lund"],
        "error: nobody is called `Ada Lund`\nhelp: `onrecord speakers list --all` lists everybody\n",
    );
    check(&["merge", "John Kerry", "JOHN KERRY"], "error: `John Kerry` and `JOHN KERRY` are one speaker already\n");
    check(&["alias", "John Kerry", "john  kerry"], "error: `John Kerry` and `john  kerry` are one speaker already\n");
    check(
        &["split", "John Kerry"],
        "error: the file gives `John Kerry` no other name: there is nothing to take apart\n",
    );
    check(
        &["split", "J.J. Quill", "J. J. Quill"],
        "error: `J.J. Quill` and `J. J. Quill` are spellings of one name, and cannot be taken apart\n",
    );
    assert!(!SpeakersFile::beside(&folder(&archive)).path().exists());

    let broken = "version = 1\n[[speaker]]\nname = \"John Kerry\"\nalias = [\"Kerry\"]\n";
    write(&archive, broken);
    let place = SpeakersFile::beside(&folder(&archive)).path().display().to_string();
    let expected = format!(
        "error: {place}: line 4: unknown field `alias`, expected one of `name`, `aliases`, `roles`\n\
         help: `onrecord speakers --help` shows what the file looks like\n"
    );
    check(&["merge", "John Kerry", "Kerry"], &expected);
    check(&["list"], &expected);
    let search = run(&archive, &["search", "wharf"]);
    assert_eq!((search.code, search.stderr), (Some(2), expected));
    assert_eq!(written(&archive), broken);
}

#[test]
fn of_many_changes_at_once_none_is_lost() {
    let archive = Archive::of(&wharf());
    let names: Vec<String> = (1..=12).map(|n| format!("Jack Kerry {n}x")).collect();
    let started: Vec<_> = names
        .iter()
        .map(|name| {
            let mut command = command(&archive, &["speakers", "alias", "John Kerry", name]);
            command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("it starts")
        })
        .collect();
    for child in started {
        let done = child.wait_with_output().expect("it ends");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
    let speakers = Speakers::parse(&written(&archive)).expect("the file is whole");
    for name in &names {
        assert_eq!(speakers.shown(name), "John Kerry", "{name} is lost");
    }
}

/// A change to a text, and what comes of it.
fn check_edit(before: &str, change: impl Fn(&str, &Speakers) -> Result<String, Refusal>, expected: &str) {
    let speakers = Speakers::parse(before).expect("it is right");
    assert_eq!(change(before, &speakers).expect("it is done"), expected);
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn what_people_wrote_beside_the_names_stays() {
    let before = r#"# Ours.
version = 1

# The tall one.
[[speaker]]
name = "Ada Lund"      # as she signs
aliases = [
    # before the wedding
    "Ada Marsh",
    "A. Lund",  # in the minutes
]

[[speaker]]
name = "Mayor Lund"
aliases = ["The Lund"]
roles = [{ role = "mayor", from = 2012 }]

# Last words.
"#;
    check_edit(
        before,
        |text, speakers| edit::merge(text, speakers, &names(&["Ada Lund", "Mayor Lund"])),
        r#"# Ours.
version = 1

# The tall one.
[[speaker]]
name = "Ada Lund"      # as she signs
aliases = [
    # before the wedding
    "Ada Marsh",
    "A. Lund",  # in the minutes
    "Mayor Lund",
    "The Lund",
]
roles = [{ role = "mayor", from = 2012 }]

# Last words.
"#,
    );
}

#[test]
fn differences_and_aliases_never_contradict() {
    let before = "different = [[\"Ada Lund\", \"Eva Lund\", \"Ida Lund\"], [\"A\", \"B\"]]\n";
    check_edit(
        before,
        |text, speakers| edit::merge(text, speakers, &names(&["Ada Lund", "Eva Lund"])),
        "different = [[\"Ada Lund\", \"Ida Lund\"], [\"A\", \"B\"]]\n\n[[speaker]]\nname = \"Ada Lund\"\naliases = [\"Eva Lund\"]\n",
    );
    check_edit(
        before,
        |text, speakers| edit::alias(text, speakers, "B", "A"),
        "different = [[\"Ada Lund\", \"Eva Lund\", \"Ida Lund\"]]\n\n[[speaker]]\nname = \"B\"\naliases = [\"A\"]\n",
    );
    // Said already: nothing is said twice.
    check_edit(before, |text, speakers| edit::split(text, speakers, &names(&["ADA LUND", "Ida Lund"])), before);
    check_edit(
        "[[speaker]]\nname = \"A\"\naliases = [\"B\", \"C\"]\n",
        |text, speakers| edit::split(text, speakers, &names(&["A", "C"])),
        "different = [[\"A\", \"C\"]]\n[[speaker]]\nname = \"A\"\naliases = [\"B\"]\n",
    );
}

#[test]
fn a_question_needs_no_file() {
    let archive = Archive::of(&wharf());
    let wish = Wish { limit: 9, count: true, sort: None, group: Grouping::None, today: today() };
    let question = Question::parse("speaker:=\"John Kerry\"").expect("a query");
    assert_eq!(question.quotes(&archive.reader(), wish).expect("an answer").total, Some(1));
    let file = "[[speaker]]\nname = \"X\"\naliases = [\"John Kerry\", \"Peggy Kerry\"]";
    let question = question.knowing(Speakers::parse(file).expect("it is right"));
    assert_eq!(question.quotes(&archive.reader(), wish).expect("an answer").total, Some(2));
}
