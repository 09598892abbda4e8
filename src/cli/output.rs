//! The one place that writes to the terminal: data to stdout, everything else to stderr.
//!
//! It knows whether each of the two is a terminal, how wide it is and whether to colour. A reader that has
//! had enough (`| head`) ends the run quietly: that is [`Closed`], not a failure.

use std::io::{self, IsTerminal, Write};

use crate::query::report::report;
use crate::render::card::Look;
use crate::render::error;
use crate::text::problem::Problem;

/// The reader of our output is gone.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the reader of the output is gone")]
pub(crate) struct Closed;

/// When to colour, as the user said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` is set; `CLICOLOR_FORCE` colours a pipe too.
    #[default]
    Auto,
    /// Also in a pipe.
    Always,
    /// Not at all.
    Never,
}

impl ColorChoice {
    fn decide(self, terminal: bool) -> bool {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto if set("NO_COLOR") => false,
            Self::Auto if set("CLICOLOR_FORCE") => true,
            Self::Auto => terminal && std::env::var_os("TERM").is_none_or(|term| term != "dumb"),
        }
    }
}

/// Stdout and stderr, and what is known of them.
pub(crate) struct Output {
    data: io::BufWriter<io::Stdout>,
    look: Look,
    data_terminal: bool,
    note_terminal: bool,
    note_color: bool,
    notes: bool,
    /// Whether errors are JSON lines.
    json_errors: bool,
}

impl Output {
    /// The process's own stdout and stderr; `quiet` keeps notes (not errors) back.
    pub(crate) fn new(color: ColorChoice, quiet: bool) -> Self {
        let (data_terminal, note_terminal) = (io::stdout().is_terminal(), io::stderr().is_terminal());
        Self {
            data: io::BufWriter::with_capacity(64 * 1024, io::stdout()),
            look: Look { width: width(), color: color.decide(data_terminal) },
            data_terminal,
            note_terminal,
            note_color: color.decide(note_terminal),
            notes: !quiet,
            json_errors: false,
        }
    }

    /// The same with errors as JSON lines, for a program that reads JSON.
    pub(crate) fn with_json_errors(mut self, json_errors: bool) -> Self {
        self.json_errors = json_errors;
        self
    }

    /// How cards are to look.
    pub(crate) fn look(&self) -> Look {
        self.look
    }

    /// Whether a person reads the data.
    pub(crate) fn is_terminal(&self) -> bool {
        self.data_terminal
    }

    /// Whether progress may be shown.
    pub(crate) fn shows_progress(&self) -> bool {
        self.note_terminal && self.notes
    }

    /// Writes data.
    ///
    /// # Errors
    /// [`Closed`] where nobody reads it any more; else what the system says.
    pub(crate) fn data(&mut self, bytes: impl AsRef<[u8]>) -> anyhow::Result<()> {
        self.data.write_all(bytes.as_ref()).map_err(closed)
    }

    /// Sends on what was written so far.
    ///
    /// # Errors
    /// As [`Output::data`].
    pub(crate) fn flush(&mut self) -> anyhow::Result<()> {
        self.data.flush().map_err(closed)
    }

    /// Says something beside the data, on a line of its own, after the data written so far.
    pub(crate) fn note(&mut self, line: &str) {
        if self.notes {
            self.complain(line);
        }
    }

    /// Says what is wrong: a note that `--quiet` does not keep back.
    pub(crate) fn complain(&mut self, line: &str) {
        // Data first: on a terminal both arrive in the order in which they were meant. A failure here will
        // show at the next write of data; a note that cannot be written has nobody to be told.
        let _ = self.data.flush();
        let _ = writeln!(io::stderr(), "{}", line.trim_end());
    }

    /// Says what is wrong with the word `error:` before it.
    pub(crate) fn error(&mut self, message: &str) {
        if self.json_errors {
            return self.complain(&error::of_message(message));
        }
        let word = if self.note_color { "\u{1b}[1;31merror:\u{1b}[0m" } else { "error:" };
        self.complain(&format!("{word} {message}"));
    }

    /// Says what is wrong with a query, each problem under its place.
    pub(crate) fn problems(&mut self, query: &str, problems: &[Problem]) {
        if self.json_errors {
            problems.iter().for_each(|problem| self.complain(&error::of_problem(query, problem)));
        } else {
            self.complain(&report(query, problems));
        }
    }

    /// Shows what clap has to say: help and version as data, the rest as a complaint.
    ///
    /// # Errors
    /// As [`Output::data`].
    pub(crate) fn usage(&mut self, said: &clap::Error) -> anyhow::Result<()> {
        let text = said.render();
        if said.use_stderr() && self.json_errors {
            self.complain(&error::of_usage(&text.to_string()));
            Ok(())
        } else if said.use_stderr() {
            let text = if self.note_color { text.ansi().to_string() } else { text.to_string() };
            self.complain(&text);
            Ok(())
        } else {
            self.data(if self.look.color { text.ansi().to_string() } else { text.to_string() })
        }
    }
}

fn closed(error: io::Error) -> anyhow::Error {
    if error.kind() == io::ErrorKind::BrokenPipe {
        Closed.into()
    } else {
        anyhow::Error::new(error).context("cannot write to stdout")
    }
}

/// `COLUMNS`, or the terminal's own width, or 80 where there is neither.
fn width() -> usize {
    let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    told.or_else(|| terminal_size::terminal_size().map(|(width, _)| usize::from(width.0))).unwrap_or(80)
}
