//! What the key for completion offers, asked of the program itself and, where there is one, of bash.

use std::path::Path;
use std::process::Command;

use super::console::{PROGRAM, copy, isolate, package};
use crate::support::skipped;

/// An archive with an index.
fn archive() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    copy(&package("tests/cli/archive"), &folder.path().join("corpus"));
    let mut command = Command::new(PROGRAM);
    isolate(&mut command).current_dir(folder.path()).args(["index", "--quiet"]).status().expect("it starts");
    folder
}

/// What is offered for the last of these words.
fn offered(folder: &Path, words: &[&str]) -> Vec<String> {
    let mut command = Command::new(PROGRAM);
    let at = (words.len()).to_string();
    let done = isolate(&mut command)
        .current_dir(folder)
        .args(["__complete", &at, "--", "onrecord"])
        .args(words)
        .output()
        .expect("it starts");
    assert!(done.stderr.is_empty(), "{}", String::from_utf8_lossy(&done.stderr));
    let text = String::from_utf8(done.stdout).expect("text");
    text.lines().map(|line| line.split('\t').next().unwrap_or_default().to_owned()).collect()
}

fn check(folder: &Path, words: &[&str], expected: &[&str]) {
    assert_eq!(offered(folder, words), expected, "{words:?}");
}

#[test]
fn words_are_offered_where_they_belong() {
    let folder = archive();
    let dir = folder.path();
    check(dir, &["ti"], &["timeline"]);
    check(dir, &["search", "--art"], &["--articles"]);
    check(dir, &["search", "x", "--sort", "s"], &["score", "speaker"]);
    check(dir, &["search", "--fields", "da"], &["date", "date_source"]);
    check(dir, &["export", "--fields", "id,out"], &["id,outlet", "id,outlets"]);
    check(dir, &["count", "--by", "ye"], &["year"]);
    check(dir, &["help", "j"], &["json"]);
    check(dir, &["search", "spea"], &["speaker:"]);
    check(dir, &["search", "climate -sp"], &["climate -speaker:"]);
    check(dir, &["search", "speaker:D"], &["speaker:=\"Dana Kerry\""]);
    check(dir, &["kwic", "the speaker:=\"dana K"], &["the speaker:=\"Dana Kerry\""]);
    check(dir, &["kwic", "the speaker:=\"Dana K"], &["the speaker:=\"Dana Kerry\""]);
    check(dir, &["speakers", "show", "Ol"], &["Olof Brandt"]);
    check(dir, &["speakers", "merge", "Dana Kerry", "pet"], &["Peter Kerry"]);
    std::fs::create_dir_all(dir.join(".onrecord/queries")).expect("a folder can be made");
    for name in ["harbour", "harvest", "kerry"] {
        let path = dir.join(format!(".onrecord/queries/{name}.toml"));
        std::fs::write(path, "version = 1\nquery = 'x'\n").expect("a file can be written");
    }
    let text = "version = 1\nquery = 'speaker:{who} {topic}'\n[params]\nwho = { type = 'speaker' }\ntopic = { type = 'word' }\n";
    std::fs::write(dir.join(".onrecord/queries/kerry.toml"), text).expect("a file can be written");
    check(dir, &["run", "kerry", "-p", ""], &["who=", "topic="]);
    check(dir, &["run", "kerry", "-p", "who=Ol"], &["who=Olof Brandt"]);
    check(dir, &["run", "kerry", "-p", "topic=O"], &[]);
    check(dir, &["run", "ha"], &["harbour", "harvest"]);
    check(dir, &["saved", "edit", "k"], &["kerry"]);
    check(dir, &["saved", "lint", "kerry", "harv"], &["harvest"]);
    check(dir, &["search", "the -saved:harb"], &["the -saved:harbour"]);
    check(dir, &["-i", "nowhere", "speakers", "show", "Ol"], &[]);
    check(dir, &["-i", "nowhere", "count", "--by", "ou"], &["outlet"]);
    let every = offered(dir, &[""]);
    assert!(every.contains(&"export".to_owned()) && !every.contains(&"__complete".to_owned()), "{every:?}");
}

#[test]
fn bash_takes_what_is_offered() {
    if Command::new("bash").arg("--version").output().is_err() {
        skipped("bash");
        return;
    }
    let folder = archive();
    let bin = Path::new(PROGRAM).parent().expect("a program lies in a folder");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path =
        std::env::join_paths(std::iter::once(bin.to_owned()).chain(std::env::split_paths(&path))).expect("a path");
    // The words as bash cuts them, the last one being completed.
    let run = |words: &str| {
        let script = format!(
            "eval \"$(onrecord completions bash)\"; COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); \
             COMP_WORDBREAKS=$' \\t\\n\"\\'><=;|&(:'; _onrecord; printf '%s\\n' \"${{COMPREPLY[@]}}\""
        );
        let mut command = Command::new("bash");
        isolate(&mut command).env("PATH", &path).current_dir(folder.path()).args(["--norc", "-c", &script]);
        String::from_utf8(command.output().expect("bash runs").stdout).expect("text").trim_end().to_owned()
    };
    assert_eq!(run("onrecord ti"), "timeline");
    assert_eq!(run("onrecord speakers show Ol"), "Olof\\ Brandt", "a space would end the word");
    assert_eq!(run("onrecord speakers show '\"Ol'"), "\"Olof Brandt", "behind a quotation mark it does not");
    assert_eq!(run("onrecord search \"'speaker:Ol\""), "'speaker:=\"Olof Brandt\"");
    assert_eq!(
        run("onrecord search speaker : Ol"),
        "\\\"Olof\\ Brandt\\\"".replace("\\\"O", "=\\\"O"),
        "cut at the colon"
    );
}

#[test]
fn every_shell_has_a_script_and_every_command_a_page() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let mut command = Command::new(PROGRAM);
        let done = isolate(&mut command).args(["completions", shell]).output().expect("it starts");
        assert!(done.status.success() && String::from_utf8_lossy(&done.stdout).contains("onrecord"), "{shell}");
    }
    let folder = tempfile::tempdir().expect("a folder can be made");
    let mut command = Command::new(PROGRAM);
    let done = isolate(&mut command).current_dir(folder.path()).args(["man", "pages"]).output().expect("it starts");
    assert!(done.status.success(), "{done:?}");
    for page in ["onrecord", "onrecord-search", "onrecord-export", "onrecord-speakers", "onrecord-speakers-show"] {
        let text = std::fs::read_to_string(folder.path().join("pages").join(format!("{page}.1"))).expect("a page");
        assert!(text.contains(".SH NAME") && text.contains(".TH"), "{page}: {text}");
    }
    assert!(!folder.path().join("pages/onrecord-__complete.1").exists());
}
