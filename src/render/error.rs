//! What went wrong, as a JSON line for a program that reads JSON.

use serde::Serialize;

use crate::text::problem::{Place, Problem};

/// The name and version of a JSON line.
pub const SCHEMA: &str = "onrecord.error/1";

#[derive(Serialize)]
struct Line<'a> {
    schema: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    /// Where what was typed is wrong: bytes of `query`.
    span: Option<(usize, usize)>,
    query: Option<&'a str>,
}

/// A message, with what may help behind `help: ` on a line of its own.
pub fn of_message(message: &str) -> String {
    let (message, help) = match message.split_once("\nhelp: ") {
        Some((message, help)) => (message, Some(help)),
        None => (message, None),
    };
    written(&Line { schema: SCHEMA, message, help, span: None, query: None })
}

/// A mistake in a query.
pub fn of_problem(query: &str, problem: &Problem) -> String {
    let span = match &problem.at {
        Place::Span(span) => Some((span.start(), span.end())),
        _ => None,
    };
    let line =
        Line { schema: SCHEMA, message: &problem.message, help: problem.hint.as_deref(), span, query: Some(query) };
    written(&line)
}

/// What the parser of the command line says: an error, then how the command is used.
pub fn of_usage(said: &str) -> String {
    let said = said.strip_prefix("error: ").unwrap_or(said).trim();
    let (message, rest) = said.split_once("\n\n").unwrap_or((said, ""));
    let message = message.split_whitespace().collect::<Vec<_>>().join(" ");
    let tip = rest.lines().find_map(|line| line.trim().strip_prefix("tip: "));
    let usage = rest.lines().find_map(|line| line.strip_prefix("Usage: "));
    let help = tip.map(str::to_owned).or_else(|| usage.map(|usage| format!("usage: {usage}")));
    written(&Line { schema: SCHEMA, message: &message, help: help.as_deref(), span: None, query: None })
}

fn written(line: &Line<'_>) -> String {
    // Strings and numbers always have a form in JSON.
    serde_json::to_string(line).unwrap_or_default()
}
