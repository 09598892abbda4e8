//! The program that is run for new results: with arguments and no shell, and the results on its stdin.
//!
//! What the results look like is not known here.

use std::io::{self, Write};
use std::process::{Command, Stdio};
use std::thread;

/// Why the program did not do its work.
#[derive(Debug, thiserror::Error)]
pub enum AlertError {
    /// It could not be run.
    #[error("cannot run `{program}`: {source}")]
    Start {
        /// Its name.
        program: String,
        /// Why.
        source: io::Error,
    },
    /// It failed.
    #[error("`{program}` failed ({how}){}", said(.output))]
    Failed {
        /// Its name.
        program: String,
        /// Its exit code, or the signal that ended it.
        how: String,
        /// What it printed.
        output: String,
    },
}

fn said(output: &str) -> String {
    if output.trim().is_empty() { ", and said nothing".to_owned() } else { format!(": {}", output.trim()) }
}

/// Runs the program, `{title}` and `{new}` replaced in each argument, and waits for its end; gives what it printed.
///
/// # Errors
/// Where it cannot be run, or ends with another exit code than 0.
pub fn send(exec: &[String], title: &str, new: u64, results: &[u8]) -> Result<String, AlertError> {
    let Some((program, args)) = exec.split_first() else { return Ok(String::new()) };
    let start = |source| AlertError::Start { program: program.clone(), source };
    let mut child = Command::new(program)
        .args(args.iter().map(|arg| filled(arg, title, new)))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(start)?;
    let input = child.stdin.take();
    let done = thread::scope(|scope| {
        scope.spawn(move || {
            // One that does not read its input may do its work all the same: its exit code tells.
            let _ = input.map(|mut input| input.write_all(results));
        });
        child.wait_with_output()
    });
    let done = done.map_err(start)?;
    let output = [done.stdout, done.stderr].concat();
    let output = String::from_utf8_lossy(&output).into_owned();
    if done.status.success() {
        return Ok(output);
    }
    Err(AlertError::Failed { program: program.clone(), how: done.status.to_string(), output })
}

/// An argument with the title and the number in it; what the title holds is not looked into again.
fn filled(arg: &str, title: &str, new: u64) -> String {
    let number = new.to_string();
    let mut filled = String::new();
    let mut rest = arg;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let (value, after) = match (after.strip_prefix("title}"), after.strip_prefix("new}")) {
            (Some(after), _) => (title, after),
            (_, Some(after)) => (number.as_str(), after),
            _ => ("{", after),
        };
        filled.push_str(value);
        rest = after;
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_filled_once() {
        assert_eq!(filled("{title}: {new} new", "On {new} water", 3), "On {new} water: 3 new");
        assert_eq!(filled("{a} {title {new}}", "x", 1), "{a} {title 1}");
        assert_eq!(filled("plain", "x", 1), "plain");
    }
}
