//! A writer that is killed leaves what was published, whole, and the next one completes its work.
//!
//! The test runs this very test in a child process, told by the environment to write, to stop between two steps of
//! a publication, and to wait there for its end.

use std::env;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use onrecord::index::{Notes, Step, Writer};

use super::clip::{Archive, Clip, ask, clip, options};

const FOLDER: &str = "ONRECORD_TEST_KILLED_IN";
const AFTER: &str = "ONRECORD_TEST_KILLED_AFTER";
const STEPS: [Step; 4] = [Step::ArticlesCommitted, Step::QuotesCommitted, Step::Written, Step::Visible];

fn said(path: &str, words: &str) -> Clip {
    clip(path, &format!("“{words},” Ada said.")).says("Ada", &[words])
}

fn old() -> [Clip; 2] {
    [said("a", "Old"), said("b", "Old")]
}

fn new() -> [Clip; 2] {
    [said("a", "New"), said("c", "New")]
}

/// What the child does.
fn write_and_wait(folder: &Path, after: &str) {
    let mut writer = Writer::open(folder, &options()).expect("a writer");
    for clip in new() {
        writer.put(clip.record()).expect("a record is taken");
    }
    let wait = &mut |step: Step| {
        if format!("{step:?}") == after {
            let mut out = std::io::stdout().lock();
            writeln!(out, "\nreached {step:?}").and_then(|()| out.flush()).expect("the parent listens");
            loop {
                std::thread::park();
            }
        }
    };
    writer.publish_by_steps(&Notes::default(), wait).expect("a generation");
}

#[test]
fn a_writer_killed_between_two_steps_leaves_one_generation_whole() {
    if let (Some(folder), Ok(after)) = (env::var_os(FOLDER), env::var(AFTER)) {
        write_and_wait(Path::new(&folder), &after);
        return;
    }
    let (_, module) = module_path!().split_once("::").expect("a module of this crate");
    let this = format!("{module}::a_writer_killed_between_two_steps_leaves_one_generation_whole");
    for step in STEPS {
        let archive = Archive::of(&old());
        // Killed twice at the same step, as a machine that fails every night would be.
        for _ in 0..2 {
            kill_after(&this, archive.folder.path(), step);
            let visible = step == Step::Visible;
            let expected = if visible { vec!["New", "New", "Old"] } else { vec!["Old", "Old"] };
            check(&archive, &expected, step);
        }
        archive.put(&new());
        check(&archive, &["New", "New", "Old"], step);
    }
}

fn kill_after(test: &str, folder: &Path, step: Step) {
    let mut child = Command::new(env::current_exe().expect("the program that runs this"))
        .args([test, "--exact", "--nocapture", "--test-threads=1"])
        .env(FOLDER, folder)
        .env(AFTER, format!("{step:?}"))
        .stdout(Stdio::piped())
        .spawn()
        .expect("a child");
    let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
    let reached = lines.map_while(Result::ok).any(|line| line.starts_with("reached "));
    child.kill().expect("it is killed");
    child.wait().expect("it is gone");
    assert!(reached, "the child came to {step:?}");
}

/// Each article has its one quotation, of these words.
fn check(archive: &Archive, expected: &[&str], step: Step) {
    let reader = archive.reader();
    let mut words = Vec::new();
    for article in reader.articles(None, &ask()).expect("an answer").hits {
        let quotes = reader.quotes_of(article.id).expect("quotations");
        assert_eq!(quotes.len(), 1, "{step:?}");
        for quote in quotes {
            assert!(article.text.contains(&quote.quote), "{step:?}: both indexes are of one generation");
            words.push(quote.quote);
        }
    }
    words.sort();
    assert_eq!(words, expected, "{step:?}");
    assert_eq!(reader.quotes(None, &ask()).expect("an answer").total, Some(expected.len() as u64), "{step:?}");
}
