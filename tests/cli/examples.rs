//! Every command that README or the help shows as an example, run: on `corpus/`, with the files that the examples speak of.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use super::console::{PROGRAM, copy, isolate, package};

/// A folder in which all examples can be run.
fn desk() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let dir = folder.path();
    copy(&package("corpus"), &dir.join("corpus"));
    let more = "Port Ellery\n\n\"We sail at dawn,\" said Alden P. Kerry, a harbour commissioner, who called Inhofe a friend.\n";
    fs::write(dir.join("corpus/more.txt"), more).expect("a file can be written");
    copy(&package("tests/cli/archive"), &dir.join("home/archive"));
    for name in ["gold.jsonl", "found.jsonl"] {
        fs::copy(package("tests/evaluate").join(name), dir.join(name)).expect("a file can be copied");
    }
    fs::create_dir_all(dir.join(".onrecord/queries")).expect("a folder can be made");
    let saved = "version = 1\nquery = 'speaker:{who} harbour'\n[params]\nwho = { type = 'speaker' }\n";
    fs::write(dir.join(".onrecord/queries/harbour.toml"), saved).expect("a file can be written");
    fs::create_dir(dir.join("bin")).expect("a folder can be made");
    fs::create_dir(dir.join("home/backups")).expect("a folder can be made");
    let git = dir.join("bin/git");
    fs::write(&git, "#!/bin/sh\necho corpus/more.txt\n").expect("a file can be written");
    fs::set_permissions(&git, fs::Permissions::from_mode(0o755)).expect("it can be made a program");
    folder
}

fn run(folder: &Path, line: &str) -> std::process::Output {
    let bin = Path::new(PROGRAM).parent().expect("a program lies in a folder").to_owned();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = [folder.join("bin"), bin].into_iter().chain(std::env::split_paths(&path));
    let mut shell = Command::new("sh");
    isolate(&mut shell).env("PATH", std::env::join_paths(path).expect("folders can be joined"));
    shell.env("HOME", folder.join("home")).current_dir(folder).arg("-c").arg(line).output().expect("sh runs")
}

/// The command of a line: without what stands behind it, set off by two spaces or as a remark.
fn command(line: &str) -> &str {
    let end = [line.find(" #"), line.find("  ")].into_iter().flatten().min();
    line.get(..end.unwrap_or(line.len())).unwrap_or_default().trim()
}

/// The examples of a text: lines of `sh` blocks, and lines that are set in.
fn examples(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut block = "";
    for line in text.lines() {
        if let Some(kind) = line.strip_prefix("```") {
            block = if block.is_empty() { kind } else { "" };
            continue;
        }
        let set_in = block.is_empty() && line.starts_with("  ");
        let line = line.trim();
        if (block == "sh" || set_in)
            && !line.contains("<COMMAND>")
            && (line.starts_with("onrecord ") || line.contains("| onrecord "))
        {
            found.push(command(line).to_owned());
        }
    }
    found
}

#[test]
fn examples_are_told_from_what_is_said_of_them() {
    let text = "    onrecord a b   what it does\nonrecord not this\n```sh\nx | onrecord c  # why\n```\n```console\n$ onrecord d\n```\n";
    assert_eq!(examples(text), ["onrecord a b", "x | onrecord c"]);
}

#[test]
fn every_example_runs() {
    let folder = desk();
    let dir = folder.path();
    assert_eq!(run(dir, "onrecord index --quiet").status.code(), Some(0));
    let mut lines = examples(&fs::read_to_string(package("README.md")).expect("it can be read"));
    let help = |of: &str| String::from_utf8(run(dir, &format!("onrecord help {of}")).stdout).expect("text");
    let topics = ["query-syntax", "questions", "saved", "exit-codes", "formats", "json", "evaluation", "environment"];
    for topic in topics {
        lines.extend(examples(&help(topic)));
    }
    let commands: BTreeSet<String> = help("")
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next().map(str::to_owned))
        .collect();
    assert!(commands.contains("timeline") && commands.contains("config"), "{commands:?}");
    for name in commands.iter().filter(|name| !topics.contains(&name.as_str())) {
        lines.extend(examples(&help(name)));
    }
    assert!(lines.len() > 30, "{lines:?}");
    for line in lines {
        // A backup is put into a new folder: the index that it was made of is out of the way by then.
        if line.starts_with("onrecord restore") {
            fs::rename(dir.join("index"), dir.join("aside")).expect("a folder can be moved");
        }
        // Until then there is one, for the examples that run it.
        if line.starts_with("onrecord saved new harbour ") {
            fs::remove_file(dir.join(".onrecord/queries/harbour.toml")).expect("a file can be removed");
        }
        let done = run(dir, &line);
        let said = String::from_utf8_lossy(&done.stderr);
        let right =
            matches!(done.status.code(), Some(0 | 1 | 3)) && !said.lines().any(|line| line.starts_with("error"));
        assert!(right, "{line}\n{said}");
        assert!(
            !line.contains("search") || line.contains("-q") || !done.stdout.is_empty(),
            "{line} finds nothing\n{said}"
        );
    }
}
