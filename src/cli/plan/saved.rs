//! Plans of the commands of saved queries.

use std::path::PathBuf;

use anyhow::Context;

use crate::text::day::Day;

use super::super::args::saved::{RunArgs, SavedArgs, SavedCommand};
use super::since;

pub(crate) struct SavedPlan {
    pub(crate) index: PathBuf,
    pub(crate) command: SavedCommand,
}

pub(crate) struct RunPlan {
    pub(crate) index: PathBuf,
    /// Values of parameters, by name.
    pub(crate) params: Vec<(String, String)>,
    pub(crate) compared: Compared,
    /// The day of `--since`.
    pub(crate) again: Option<Day>,
    pub(crate) args: RunArgs,
}

/// What results are compared with what was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Compared {
    /// None: all are shown.
    Nothing,
    /// Those that are new are shown.
    New,
    /// Those that are new, changed or gone are shown.
    Diff,
    /// None: what was seen is forgotten.
    Forgotten,
}

pub(super) fn saved(args: SavedArgs, index: PathBuf) -> SavedPlan {
    SavedPlan { index, command: args.command.unwrap_or(SavedCommand::List { json: false }) }
}

pub(super) fn run(args: RunArgs, index: PathBuf) -> anyhow::Result<RunPlan> {
    let param = |typed: &String| {
        let (name, value) = typed
            .split_once('=')
            .with_context(|| format!("`-p {typed}` has no value\nhelp: write `-p NAME=VALUE`, as `-p topic=water`"))?;
        Ok((name.trim().to_owned(), value.to_owned()))
    };
    let params = args.params.iter().map(param).collect::<anyhow::Result<_>>()?;
    let compared = match (args.diff, args.new || args.peek || args.since.is_some(), args.reset) {
        (true, ..) => Compared::Diff,
        (_, true, _) => Compared::New,
        (.., true) => Compared::Forgotten,
        _ => Compared::Nothing,
    };
    let again = args.since.as_deref().map(since).transpose()?;
    Ok(RunPlan { index, params, compared, again, args })
}
