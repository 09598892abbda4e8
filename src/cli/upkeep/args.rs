//! What can be typed to look after an index.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub(crate) enum UpkeepCommand {
    /// Check that the index is whole, and say what to run where it is not
    #[command(after_help = VERIFY)]
    Verify(VerifyArgs),
    /// Make the index small and quick again: merge its segments, and drop what was deleted
    Compact,
    /// Copy the index into one file, while others search it or write to it
    #[command(after_help = BACKUP)]
    Backup(BackupArgs),
    /// Put a copy of an index back
    #[command(after_help = RESTORE)]
    Restore(RestoreArgs),
}

/// What is in it.
const BACKUP: &str = "\
The file is a tar, compressed with Zstandard: the index in `index/`, and what you keep beside it, such as \
`speakers.toml`, in `.onrecord/`. The articles themselves are not in it. The index is checked first, and a damaged one is not \
copied; FILE is written under another name and put in its place when it is whole.";

/// What becomes of what is there.
const RESTORE: &str = "\
Nothing is visible before all of it has been checked. With `--force` the index that is there can be searched until then, and stays \
where the backup turns out to be broken. Files in `.onrecord`, beside the index, are put back only where there is none of \
their name: those that are there are yours, and newer.";

#[derive(Args, Debug)]
pub(crate) struct BackupArgs {
    /// The file to write, `-` for stdout
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
}

#[derive(Args, Debug)]
pub(crate) struct RestoreArgs {
    /// The file that `backup` wrote, `-` for stdin
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Put it in place of the index that is there
    #[arg(long)]
    pub(crate) force: bool,
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
