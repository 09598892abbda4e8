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
    /// Save a query under a name
    New {
        /// The name: letters, digits, `-`, `_` and `.`
        name: String,
        /// The query; a name in braces is a parameter, as in `speaker:{who}`
        #[arg(required = true, value_name = "QUERY")]
        query: Vec<String>,
        /// What it is about
        #[arg(long)]
        title: Option<String>,
        /// Save it in the folder of your settings, for all archives
        #[arg(long)]
        user: bool,
    },
    /// Change a saved query with the editor that EDITOR names; one that is wrong does not take its place
    Edit {
        /// Its name
        name: String,
    },
    /// Remove a saved query, and what its runs have seen
    Rm {
        /// Its name
        name: String,
        /// Also where another one names it
        #[arg(long)]
        force: bool,
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
    #[arg(required_unless_present = "all")]
    pub(crate) name: Option<String>,
    /// Run all saved queries, but for those that need a value
    #[arg(long, conflicts_with_all = ["name", "params"])]
    pub(crate) all: bool,
    /// Give a parameter a value
    #[arg(short, long = "param", value_name = "NAME=VALUE")]
    pub(crate) params: Vec<String>,
    /// Show only what is new since the last run, and do what the saved query says is to be done about it
    #[arg(long)]
    pub(crate) new: bool,
    /// Show what is new since the last run, what has changed, and what has disappeared
    #[arg(long, conflicts_with = "new")]
    pub(crate) diff: bool,
    /// Let the next run begin where this one does, and do nothing else about what is new
    #[arg(long)]
    pub(crate) peek: bool,
    /// Also show what was new on this day or later: 2024-05-01, monday, 7d
    #[arg(long, value_name = "WHEN", conflicts_with = "diff")]
    pub(crate) since: Option<String>,
    /// Forget what was seen, so that everything is new
    #[arg(long, conflicts_with = "peek")]
    pub(crate) reset: bool,
    /// Show at most N results [default: all]
    #[arg(short = 'n', long = "limit", value_name = "N", conflicts_with_all = ["new", "diff", "peek", "since", "reset"])]
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
  onrecord saved new harbour 'speaker:{who} harbour'
  onrecord saved
  onrecord saved lint";

/// Examples of `run`.
pub(super) const RUN_EXAMPLES: &str = "\
Examples:
  onrecord run harbour -p who=Kerry
  onrecord run harbour -p who=Kerry --new
  onrecord run --all --new

`onrecord help saved` tells what is new, and what is done about it.";
