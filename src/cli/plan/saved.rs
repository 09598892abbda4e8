//! Plans of the commands of saved queries.

use std::path::PathBuf;

use anyhow::Context;

use super::super::args::saved::{RunArgs, SavedArgs, SavedCommand};

pub(crate) struct SavedPlan {
    pub(crate) index: PathBuf,
    pub(crate) command: SavedCommand,
}

pub(crate) struct RunPlan {
    pub(crate) index: PathBuf,
    /// Values of parameters, by name.
    pub(crate) params: Vec<(String, String)>,
    pub(crate) args: RunArgs,
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
    Ok(RunPlan { index, params, args })
}
