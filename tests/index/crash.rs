//! A writer that is killed leaves what was published, whole, and the next one completes its work.
//!
//! The test runs this very test in a child process, told by the environment to write, to stop between two steps of
//! a publication, and to wait there for its end.

use std::env;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use onrecord::index::{Notes, Publication, Step, Writer};

use super::clip::{Archive, Clip, ask, clip, options};

const FOLDER: &str = "ONRECORD_TEST_KILLED_IN";
const AFTER: &str = "ONRECORD_TEST_KILLED_AFTER";
const OLD: &str = "what was there of old\n";
const NEW: &str = "what is there by now\n";
const STEPS: [Step; 4] = [Step::QuotesCommitted, Step::ArticlesCommitted, Step::Written, Step::Visible];

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
    // As long as a real one: more than one write.
    let mut manifest = writer.draft().expect("a manifest is begun");
    manifest.write_all(NEW.repeat(100_000).as_bytes()).expect("it can be written");
    let wait = &mut |step: Step| {
        if after.starts_with(&format!("{step:?} ")) {
            let mut out = std::io::stdout().lock();
            writeln!(out, "\nreached {step:?}").and_then(|()| out.flush()).expect("the parent listens");
            loop {
                std::thread::park();
            }
        }
    };
    let more_follows = after.ends_with(" true");
    let publication = Publication { notes: &Notes::default(), manifest: Some(manifest), more_follows };
    writer.publish_by_steps(publication, wait).expect("a generation");
}

#[test]
fn a_writer_killed_between_two_steps_leaves_one_generation_whole() {
    if let (Some(folder), Ok(after)) = (env::var_os(FOLDER), env::var(AFTER)) {
        write_and_wait(Path::new(&folder), &after);
        return;
    }
    let (_, module) = module_path!().split_once("::").expect("a module of this crate");
    let this = format!("{module}::a_writer_killed_between_two_steps_leaves_one_generation_whole");
    // In the middle of a run, where more generations follow, as at its end.
    for (step, more_follows) in STEPS.into_iter().flat_map(|step| [(step, true), (step, false)]) {
        let archive = Archive::of(&old());
        let mut writer = archive.writer();
        let mut manifest = writer.draft().expect("a manifest is begun");
        manifest.write_all(OLD.as_bytes()).expect("it can be written");
        let publication = Publication { notes: &Notes::default(), manifest: Some(manifest), more_follows: false };
        writer.publish_by_steps(publication, &mut |_| {}).expect("a generation");
        drop(writer);
        // Killed twice at the same step, as a machine that fails every night would be.
        for _ in 0..2 {
            kill_after(&this, archive.folder.path(), &format!("{step:?} {more_follows}"));
            let visible = step == Step::Visible;
            let expected = if visible { vec!["New", "New", "Old"] } else { vec!["Old", "Old"] };
            check(&archive, &expected, step);
            check_manifest(&archive, if visible { NEW } else { OLD }, step);
        }
        archive.put(&new());
        check(&archive, &["New", "New", "Old"], step);
    }
}

fn kill_after(test: &str, folder: &Path, after: &str) {
    let mut child = Command::new(env::current_exe().expect("the program that runs this"))
        .args([test, "--exact", "--nocapture", "--test-threads=1"])
        .env(FOLDER, folder)
        .env(AFTER, after)
        .stdout(Stdio::piped())
        .spawn()
        .expect("a child");
    let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
    let reached = lines.map_while(Result::ok).any(|line| line.starts_with("reached "));
    child.kill().expect("it is killed");
    child.wait().expect("it is gone");
    assert!(reached, "the child came to {after}");
}

/// The manifest is that of the generation, as it was sealed.
fn check_manifest(archive: &Archive, expected: &str, step: Step) {
    let reader = archive.reader();
    let mut bytes = Vec::new();
    let mut manifest = reader.manifest().expect("it can be read").expect("there is one");
    manifest.read_to_end(&mut bytes).expect("it can be read");
    let sealed = reader.sealed_manifest().expect("it is sealed");
    assert_eq!((sealed.bytes, &sealed.hash), (bytes.len() as u64, &blake3::hash(&bytes).to_string()), "{step:?}");
    assert!(String::from_utf8_lossy(&bytes).starts_with(expected), "{step:?}: of the generation that is visible");
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
