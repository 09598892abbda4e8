//! Runs the `console` blocks of a Markdown file and compares what they print with what the file says.
//!
//! A line `$ COMMAND` is run by `sh` in the session's folder; the lines below it are what it prints, stdout
//! and stderr together in the order of printing, and a line `? N` its exit code where that is not 0.
//! `UPDATE_EXPECT=1 cargo test` writes what was printed into the file. Times (`0.4 s`) and confidences are not compared,
//! and the session's own folder is called FOLDER.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// The built program.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_onrecord");

/// A file of the package.
pub(crate) fn package(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Makes `command` see nothing of the machine that it runs on.
pub(crate) fn isolate(command: &mut Command) -> &mut Command {
    for name in [
        "ONRECORD_INDEX",
        "ONRECORD_CONFIG",
        "XDG_CONFIG_HOME",
        "NO_COLOR",
        "CLICOLOR_FORCE",
        "CLICOLOR",
        "RUST_BACKTRACE",
    ] {
        command.env_remove(name);
    }
    command
        .env("HOME", "/nowhere")
        .env("COLUMNS", "100")
        .env("ONRECORD_TODAY", "2016-03-01")
        .env("TERM", "xterm")
        .stdin(Stdio::null())
}

/// Runs every console block of `file` in `folder` and compares.
pub(crate) fn check(file: &Path, folder: &Path) {
    let text = fs::read_to_string(file).expect("the session can be read");
    let ran = replay(&text, folder);
    let (expected, found) = (comparable(&text), comparable(&ran));
    if expected != found && std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(file, ran).expect("the session can be written");
        return;
    }
    let ran = found;
    if let Some((n, (want, got))) = expected.lines().zip(ran.lines()).enumerate().find(|(_, (want, got))| want != got) {
        panic!("{} line {}\n  says  {want}\n  ran   {got}\nthe whole run:\n{ran}", file.display(), n + 1);
    }
    assert_eq!(expected, ran, "{}", file.display());
}

/// The file with the output of its commands as they print it now.
fn replay(text: &str, folder: &Path) -> String {
    let mut out = String::new();
    let mut in_block = false;
    for line in text.lines() {
        match line {
            "```console" => in_block = true,
            "```" => in_block = false,
            _ => {}
        }
        match line.strip_prefix("$ ") {
            Some(command) if in_block => {
                let _ = writeln!(out, "{line}");
                out.push_str(&run(command, folder));
            }
            _ if in_block && line != "```console" => {}
            _ => {
                let _ = writeln!(out, "{line}");
            }
        }
    }
    out
}

fn run(command: &str, folder: &Path) -> String {
    let bin = Path::new(PROGRAM).parent().expect("a program lies in a folder");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(bin.to_owned()).chain(std::env::split_paths(&path)));
    let mut shell = Command::new("sh");
    // Run after its input was read whole, so that a syntax error is one of this command alone.
    shell.arg("-c").arg(format!("exec 2>&1; {command}")).current_dir(folder);
    isolate(&mut shell).env("PATH", path.expect("folders can be joined"));
    let done = shell.output().expect("sh runs");
    let mut printed = String::from_utf8_lossy(&done.stdout).into_owned();
    let real = folder.canonicalize().expect("the folder is there");
    printed = printed.replace(&*real.to_string_lossy(), "FOLDER");
    if !printed.is_empty() && !printed.ends_with('\n') {
        printed.push('\n');
    }
    if !done.status.success() {
        let _ = writeln!(printed, "? {}", done.status.code().expect("no signal ends it"));
    }
    printed
}

/// The text without what may differ: how long a run took, and how sure a rule is of itself, which changes as the rules learn.
fn comparable(text: &str) -> String {
    let line = |line: &str| match line.rsplit_once(" · ") {
        Some((before, time)) if line.starts_with("indexed ") && time.ends_with(" s") => format!("{before} · TIME"),
        _ => without_confidence(line),
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

fn without_confidence(line: &str) -> String {
    let word = |word: &str| match word.trim_end_matches(',').as_bytes() {
        [b'0' | b'1', b'.', a, b] if a.is_ascii_digit() && b.is_ascii_digit() => "SURE".to_owned(),
        _ => word.to_owned(),
    };
    let words = |cell: &str| cell.split(' ').map(word).collect::<Vec<_>>().join(" ");
    let line = line.split('\t').map(words).collect::<Vec<_>>().join("\t");
    ["confidence", "share", "nobody"].into_iter().fold(line, |line, name| {
        let name = format!("\"{name}\":");
        let mut parts = line.split(&name);
        let first = parts.next().unwrap_or_default().to_owned();
        let number = |part: &str| part.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').to_owned();
        parts.map(number).fold(first, |line, rest| line + &name + "SURE" + &rest)
    })
}

/// Copies a folder of the package into `to`.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("the folder can be read") {
        let entry = entry.expect("the entry can be read");
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(&from, &to).expect("the file can be copied");
        }
    }
}
