//! What a shell expects of a program in a pipe: a reader that goes away, colour or none, input in order.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Output, Stdio};

use super::console::{PROGRAM, isolate};

fn run(args: &[&str], input: &str, env: &[(&str, &str)]) -> Output {
    let mut command = Command::new(PROGRAM);
    isolate(&mut command).args(args).envs(env.iter().copied());
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    let mut stdin = child.stdin.take().expect("stdin is a pipe");
    let input = input.to_owned();
    let writer = std::thread::spawn(move || {
        // A program that ends early closes its input; that is its right.
        let _ = stdin.write_all(input.as_bytes());
    });
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("the writer ends");
    output
}

/// `count` articles of different lengths, one JSON line each.
fn many(count: usize) -> String {
    let line = |n: usize| {
        let text = "“We sail at dawn,” Mayor Ada Lund said on Friday. ".repeat(1 + n * 7919 % 40);
        format!("{{\"id\":\"n{n}\",\"text\":\"{}\"}}\n", text.trim_end())
    };
    (0..count).map(line).collect()
}

#[test]
fn answers_come_in_the_order_of_the_input() {
    let input = many(300);
    let jobs = |jobs| run(&["extract", "--from", "jsonl", "--json", "--jobs", jobs, "-"], &input, &[]);
    let (one, four) = (jobs("1"), jobs("4"));
    assert!(one.status.success() && four.status.success());
    assert_eq!(one.stdout, four.stdout, "threads leave no trace");
    let ids: Vec<String> = String::from_utf8(one.stdout).expect("JSON is UTF-8").lines().map(id).collect();
    let expected: Vec<String> = (0..300).map(|n| format!("n{n}")).collect();
    assert_eq!(ids, expected);
}

fn id(line: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
    value["id"].as_str().expect("the id is a string").to_owned()
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let mut command = Command::new(PROGRAM);
    isolate(&mut command).args(["extract", "--from", "jsonl", "--json", "--with-text", "-"]);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    let mut stdin = child.stdin.take().expect("stdin is a pipe");
    let writer = std::thread::spawn(move || {
        let _ = stdin.write_all(many(5000).as_bytes());
    });
    let mut first = String::new();
    let mut stdout = BufReader::new(child.stdout.take().expect("stdout is a pipe"));
    stdout.read_line(&mut first).expect("a line can be read");
    drop(stdout);
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("the writer ends");
    assert_eq!(id(&first), "n0");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn colour_is_for_those_who_want_it() {
    let colour = |args: &[&str], env: &[(&str, &str)]| {
        let listing = [&["extract", "--from", "jsonl", "--why"], args].concat();
        run(&listing, &many(1), env).stdout.contains(&0x1b)
    };
    assert!(!colour(&[], &[]), "not in a pipe");
    assert!(colour(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!colour(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(colour(&["--color", "always"], &[("NO_COLOR", "1")]), "a flag goes before the environment");
    assert!(!colour(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
}

#[test]
fn the_text_comes_back_as_it_was_given() {
    let input = "{\"id\":\"a\",\"title\":\"Beside\",\"text\":\"  Two  spaces\\r\\n\\ttab “q” ünïcode  \"}\n";
    let output = run(&["extract", "--from", "jsonl", "--json", "--with-text", "-"], input, &[]);
    let line: serde_json::Value = serde_json::from_slice(&output.stdout).expect("a line is JSON");
    assert_eq!(line["text"], "  Two  spaces\r\n\ttab “q” ünïcode  ");
    assert_eq!(line["article"]["title"], "Beside");
    assert_eq!(line["path"], "-");
}
