//! What is wrong with an input, said so that its owner can mend it: where, what, and one step to try.
//!
//! Bad articles and mistyped queries share this type. A problem is a value that is collected and shown;
//! it never ends a run by itself.

use std::fmt;

use super::span::Span;

/// Where a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The input as a whole.
    Whole,
    /// A line, counted from 1.
    Line(u64),
    /// A record (a row, a JSON line, a member), counted from 1.
    Record(u64),
    /// A byte range of the input.
    Span(Span),
}

/// Something wrong with an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub at: Place,
    /// What, in one line, lower case, no full stop.
    pub message: String,
    /// One step that may mend it.
    pub hint: Option<String>,
}

/// A message is cut behind so many characters.
const LONGEST: usize = 500;

impl Problem {
    /// A problem at `at` without a hint.
    pub fn new(at: Place, message: impl Into<String>) -> Self {
        let mut message = message.into();
        // Some say what stands in the file, which may be anything.
        if let Some((end, _)) = message.char_indices().nth(LONGEST) {
            message.truncate(end);
            message.push('…');
        }
        Self { at, message, hint: None }
    }

    /// Its hint as a line behind the message; nothing where there is none.
    pub fn help(&self) -> String {
        self.hint.as_ref().map(|hint| format!("\nhelp: {hint}")).unwrap_or_default()
    }

    /// About how many bytes it takes.
    pub fn weight(&self) -> usize {
        size_of::<Self>() + self.message.len() + self.hint.as_ref().map_or(0, String::len)
    }

    /// The same problem with a step that may mend it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at {
            Place::Whole | Place::Span(_) => {}
            Place::Line(n) => write!(f, "line {n}: ")?,
            Place::Record(n) => write!(f, "record {n}: ")?,
        }
        f.write_str(&self.message)
    }
}
