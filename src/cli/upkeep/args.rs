//! What can be typed to look after an index.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub(crate) enum UpkeepCommand {
    /// Check that the index is whole, and say what to run where it is not
    #[command(after_help = VERIFY)]
    Verify(VerifyArgs),
}

/// What is looked at.
const VERIFY: &str = "\
Every file of the index is read and its checksum compared; each quotation must have its article, each article all of its \
quotations, and no id may be there twice; the manifest must name the articles that are in the index, and no others. With \
`--files` the files of the archive are read too. An index can be checked while others search it or write to it.

Exit codes: 0 where it is whole, 2 where it is damaged, or where there is no index.";

#[derive(Args, Debug)]
pub(crate) struct VerifyArgs {
    /// Read the files of the archive too: what was changed since, and what has changed without showing it
    #[arg(long)]
    pub(crate) files: bool,
    /// Write JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Which folder is meant is known to every command.
#[derive(Debug)]
pub(crate) struct Upkeep {
    pub(crate) index: PathBuf,
    pub(crate) command: UpkeepCommand,
}
