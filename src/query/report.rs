//! Problems shown under the query that has them: the line that was typed, carets below it, and a step to try.
//!
//! Plain text for any screen; colours are the caller's. It measures in columns of a terminal, as wide
//! characters are two of them.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use crate::text::problem::{Place, Problem};
use crate::text::span::Span;

/// How many problems are shown; of the others, how many they are.
const SHOWN: usize = 8;

/// How much of a long line is shown around a problem, in characters.
const WINDOW: usize = 72;

/// The `error:` blocks of these problems of `query`, each with its line, carets and hint; ends with a line break.
///
/// ```
/// use onrecord::query::{parse, report::report};
/// let query = "speeker:kerry climate";
/// let problems = parse(query).expect_err("there is no such field");
/// let shown = report(query, &problems);
/// assert!(shown.starts_with("error: unknown field `speeker`\n  speeker:kerry climate\n  ^^^^^^^\n"));
/// ```
pub fn report(query: &str, problems: &[Problem]) -> String {
    let mut out = String::new();
    for problem in problems.iter().take(SHOWN) {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "error: {problem}");
        if let Place::Span(span) = problem.at {
            let (line, blank, carets) = point(query, span);
            let _ = writeln!(out, "  {line}\n  {:blank$}{:^<carets$}", "", "");
        }
        if let Some(hint) = &problem.hint {
            let _ = writeln!(out, "help: {hint}");
        }
    }
    let more = problems.len().saturating_sub(SHOWN);
    if more > 0 {
        let _ = writeln!(out, "error: and {more} more");
    }
    out
}

/// The line in which `span` begins, cut to a window where it is long; the columns before the carets; and those of the carets.
fn point(query: &str, span: Span) -> (String, usize, usize) {
    let before = query.get(..span.start()).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let before = before.get(line_start..).unwrap_or_default();
    let within = span.of(query).split('\n').next().unwrap_or_default();
    let after = query.get(span.start() + within.len()..).unwrap_or_default().split('\n').next().unwrap_or_default();

    let (before, within, after) = window(before, within, after);
    let carets = within.width().max(1);
    (format!("{before}{within}{after}"), before.width(), carets)
}

/// The three pieces of a line as they are shown, cut at both ends where they are longer than the window.
fn window(before: &str, within: &str, after: &str) -> (String, String, String) {
    let (all, kept) = (format!("{before}{within}{after}").chars().count(), within.chars().count().min(WINDOW));
    if all <= WINDOW {
        let shown = |text: &str| text.chars().map(visible).collect();
        return (shown(before), shown(within), shown(after));
    }
    let side = (WINDOW - kept) / 2;
    let skipped = before.chars().count().saturating_sub(side.max(WINDOW / 4));
    let mut head: String = before.chars().skip(skipped).map(visible).collect();
    if skipped > 0 {
        head.insert(0, '…');
    }
    let cut = |text: &str, chars: usize| {
        let mut shown: String = text.chars().take(chars).map(visible).collect();
        if text.chars().nth(chars).is_some() {
            shown.push('…');
        }
        shown
    };
    let middle = cut(within, WINDOW);
    let tail = if within.chars().nth(WINDOW).is_some() { String::new() } else { cut(after, side.max(WINDOW / 4)) };
    (head, middle, tail)
}

/// A character as it may be shown: white space as a blank, and nothing that moves a cursor or turns the line around.
pub(super) fn visible(c: char) -> char {
    match c {
        c if c.is_whitespace() => ' ',
        c if c.is_control() => '\u{fffd}',
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => '\u{fffd}',
        c => c,
    }
}
