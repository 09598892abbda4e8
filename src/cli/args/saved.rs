//! What can be typed to the commands of saved queries.

use clap::{Args, Subcommand};

use super::{FormArgs, Order};

#[derive(Args, Debug)]
pub(crate) struct SavedArgs {
    #[command(subcommand)]
    pub(crate) command: Option<SavedCommand>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum SavedCommand {
    /// List all saved queries (the usual one)
    List {
        /// Write JSON lines
        #[arg(long)]
        json: bool,
    },
    /// Show a saved query
    Show {
        /// Its name
        name: String,
        /// Write JSON
        #[arg(long)]
        json: bool,
    },
    /// Say everything that is wrong with saved queries
    Lint {
        /// Their names [default: all]
        names: Vec<String>,
    },
}

#[derive(Args, Debug)]
pub(crate) struct RunArgs {
    /// The name of the saved query
    #[arg(required = true)]
    pub(crate) name: Option<String>,
    /// Give a parameter a value
    #[arg(short, long = "param", value_name = "NAME=VALUE")]
    pub(crate) params: Vec<String>,
    /// Show at most N results [default: all]
    #[arg(short = 'n', long = "limit", value_name = "N")]
    pub(crate) limit: Option<usize>,
    /// The order of the results [default: that of the saved query, else -date]
    #[arg(long, value_name = "ORDER", value_enum, allow_hyphen_values = true)]
    pub(crate) sort: Option<Order>,
    #[command(flatten)]
    pub(crate) form: FormArgs,
}

/// Where saved queries lie and what they look like.
pub(super) const SAVED_FILE: &str = "\
A saved query is a file: `.onrecord/queries/NAME.toml` beside the index, or `queries/NAME.toml` in the folder of your settings \
(`~/.config/onrecord`). The first counts. `onrecord help saved` tells what may stand in it.

Examples:
  onrecord saved
  onrecord saved lint";
