//! What can be typed: the command line as types. What will be done is decided in `plan`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::output::ColorChoice;

pub(crate) mod asking;
pub(crate) mod saved;

use asking::{
    COUNT_EXAMPLES, CountArgs, EXPORT_FORMS, ExportArgs, KWIC_EXAMPLES, KwicArgs, LIKE_EXAMPLES, LikeArgs,
    TIMELINE_EXAMPLES, TimelineArgs,
};
use saved::{RUN_EXAMPLES, RunArgs, SAVED_FILE, SavedArgs};

/// The command line.
#[derive(Debug, Parser)]
#[command(
    name = "onrecord",
    version,
    about = "Find what was said in the news, who said it and when.",
    after_help = "Topics: onrecord help query-syntax | questions | saved | exit-codes | formats | json | evaluation | environment",
    disable_help_subcommand = true,
    subcommand_required = true,
    arg_required_else_help = true,
    propagate_version = true
)]
pub(crate) struct CommandLine {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) common: Common,
}

/// What every command takes.
#[derive(Args, Debug)]
pub(crate) struct Common {
    /// The folder of the index
    #[arg(short, long, value_name = "DIR", env = "ONRECORD_INDEX", default_value = "index", global = true)]
    pub(crate) index: PathBuf,
    /// Colour the output
    #[arg(long, value_name = "WHEN", value_enum, default_value_t, global = true, hide_possible_values = false)]
    pub(crate) color: ColorChoice,
    /// Say more about what is done
    #[arg(short, long, global = true)]
    pub(crate) verbose: bool,
    /// Say nothing but errors on stderr
    #[arg(long, global = true)]
    pub(crate) quiet: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Create or update the index of an archive
    Index(IndexArgs),
    /// Find quotations, or articles
    Search(SearchArgs),
    /// Count what answers a query, by speaker, outlet, day and more
    #[command(after_help = COUNT_EXAMPLES)]
    Count(CountArgs),
    /// Show each match of a query's words below one another, with the words around it
    #[command(after_help = KWIC_EXAMPLES)]
    Kwic(KwicArgs),
    /// Show who said what when
    #[command(after_help = TIMELINE_EXAMPLES)]
    Timeline(TimelineArgs),
    /// Write out all quotations, or articles, that answer a query
    #[command(after_help = EXPORT_FORMS)]
    Export(ExportArgs),
    /// Find quotations, speakers and dates in texts, without an index
    Extract(ExtractArgs),
    /// Show an article with its quotations marked, or a quotation
    Show(ShowArgs),
    /// Find what is most like a quotation, or an article
    #[command(after_help = LIKE_EXAMPLES)]
    Like(LikeArgs),
    /// Look after saved queries
    #[command(after_help = SAVED_FILE)]
    Saved(SavedArgs),
    /// Run a saved query
    #[command(after_help = RUN_EXAMPLES)]
    Run(RunArgs),
    /// Say who is quoted, and who is who
    #[command(after_help = SPEAKERS_FILE)]
    Speakers(SpeakersArgs),
    /// Say what the index holds, and what was skipped
    Status(StatusArgs),
    #[command(flatten)]
    Upkeep(super::upkeep::UpkeepCommand),
    /// Measure extraction on articles that somebody has annotated
    Eval(EvalArgs),
    /// Write a completion script for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Write the manual pages into a folder, or the main one to stdout
    Man {
        /// The folder
        dir: Option<PathBuf>,
    },
    /// Show the settings that files and the environment make
    Config(ConfigArgs),
    /// Say what could come next, for the scripts of `completions`
    #[command(name = "__complete", hide = true)]
    Complete {
        /// Which word is to be completed, from 0
        at: usize,
        /// The command line so far
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        words: Vec<std::ffi::OsString>,
    },
    /// Explain a command or a topic
    Help {
        /// A command, also one of a command (`speakers merge`), or: query-syntax, questions, saved, exit-codes, formats, json, evaluation, environment
        topic: Vec<String>,
    },
}

#[derive(Args, Debug)]
pub(crate) struct IndexArgs {
    /// Files and folders of articles [default: corpus]
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Begin a new index instead of adding to the one there is, which stays until it is through
    #[arg(long)]
    pub(crate) rebuild: bool,
    /// Take out the articles of files that are not there any more, below the paths given
    #[arg(long)]
    pub(crate) prune: bool,
    /// Say what would be done, with `-v` of each file, and do nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Read only files that were changed on this day or later: 2024-05-01, 2024-05, monday, 30d, 6mo
    #[arg(long, value_name = "WHEN")]
    pub(crate) since: Option<String>,
    /// Read the files that are listed in FILE, one a line, `-` for stdin
    #[arg(long, value_name = "FILE")]
    pub(crate) files_from: Option<PathBuf>,
    /// The paths of the list end with NUL, as those of `find -print0`
    #[arg(short = '0', long, requires = "files_from")]
    pub(crate) null: bool,
    /// Skip articles whose text is larger than N bytes [default: 8 MB]
    #[arg(long, value_name = "N")]
    pub(crate) max_article_bytes: Option<u64>,
    /// Give up a compressed file that comes to more than N times its size
    #[arg(long, value_name = "N", default_value = "250")]
    pub(crate) max_entry_ratio: std::num::NonZeroU64,
    /// Open containers that lie in others down to N of them
    #[arg(long, value_name = "N", default_value = "3")]
    pub(crate) max_nesting: std::num::NonZeroUsize,
    /// Make what is done visible every N articles, so that no more than these are lost when the machine
    /// fails; not with --rebuild
    #[arg(long, value_name = "N", default_value = "50000")]
    pub(crate) publish_every: std::num::NonZeroU64,
    /// How many articles to read at the same time [default: one a core]
    #[arg(short, long, value_name = "N")]
    pub(crate) jobs: Option<std::num::NonZeroUsize>,
    /// The format of all files, as in `onrecord help formats` [default: by content and name]
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<String>,
    /// A TOML file that says which JSON or CSV column is what
    #[arg(long, value_name = "FILE")]
    pub(crate) map: Option<PathBuf>,
    /// Where the day stands in a path, as in `{year}/{month}/{day}/*`
    #[arg(long, value_name = "PATTERN")]
    pub(crate) date_from_path: Option<String>,
    /// Where the outlet stands in a path, as in `{outlet}/*`
    #[arg(long, value_name = "PATTERN")]
    pub(crate) outlet_from_path: Option<String>,
    /// The time zone whose days count: a name as `America/New_York` or an offset as `+01:00`. An instant such as
    /// 2016-03-04T01:30:00Z is then the day that it was there [default: the zone written beside the time, so that the day is the
    /// one that the publisher wrote]
    #[arg(long, value_name = "ZONE", allow_hyphen_values = true)]
    pub(crate) tz: Option<String>,
    /// Exit with 2 instead of 3 when something was skipped
    #[arg(long)]
    pub(crate) strict: bool,
}

#[derive(Args, Debug)]
pub(crate) struct SearchArgs {
    /// The query; several words are joined with spaces (see `onrecord help query-syntax`)
    #[arg(required = true, value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    /// Find articles instead of quotations
    #[arg(long)]
    pub(crate) articles: bool,
    /// Show at most N results
    #[arg(short = 'n', long = "limit", value_name = "N", default_value_t = 20)]
    pub(crate) limit: usize,
    /// Show all results
    #[arg(long, conflicts_with = "limit")]
    pub(crate) all: bool,
    /// Leave out the first N results: `-n 50 --offset 100` is the third page of 50
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) offset: usize,
    /// The order of the results [default: score where words are searched for, else -date]
    #[arg(long, value_name = "ORDER", value_enum, allow_hyphen_values = true)]
    pub(crate) sort: Option<Order>,
    /// Show copies once, with how many they are: those of the same words, or also those of much the same words
    #[arg(long, value_name = "COPIES", value_enum, default_value_t)]
    pub(crate) group: Group,
    /// Say of each quotation who was weighed for its speaker, and why the others lost
    #[arg(long, conflicts_with_all = ["articles", "silent", "count"])]
    pub(crate) why: bool,
    /// Say how the query was understood: its clauses, whom and what they stand for, how many pass each, and where nothing
    /// passes, which clause left nothing and what else could be asked
    #[arg(long, conflicts_with_all = ["why", "silent", "count", "sort", "limit", "all", "offset", "context", "json", "format", "fields"])]
    pub(crate) explain: bool,
    /// Show N sentences before and behind those that a quotation stands in
    #[arg(short = 'C', long, value_name = "N", conflicts_with_all = ["articles", "silent", "count"])]
    pub(crate) context: Option<usize>,
    /// Print nothing; exit with 0 if something is found and 1 if not
    #[arg(short = 'q')]
    pub(crate) silent: bool,
    /// Print only how many match, whatever `-n` says
    #[arg(short, long, conflicts_with = "silent")]
    pub(crate) count: bool,
    #[command(flatten)]
    pub(crate) form: FormArgs,
}

/// Which results are shown as one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Group {
    /// None
    #[default]
    None,
    /// Those of the same words, whatever their case, accents and punctuation; up to four words are copies only where the same speaker
    /// says them
    Exact,
    /// Those of the same words or much the same: shortened, corrected, rewritten here and there, with no other number and no `not`
    /// more or less
    Near,
}

/// In what form results are written.
#[derive(Args, Debug)]
pub(crate) struct FormArgs {
    /// The form of the results
    #[arg(long, value_name = "FORM", value_enum, default_value_t)]
    pub(crate) format: Form,
    /// The same as `--format jsonl`
    #[arg(long, conflicts_with = "format")]
    pub(crate) json: bool,
    /// The fields of TSV, CSV and JSON lines, in this order
    #[arg(long, value_name = "A,B,C", value_delimiter = ',')]
    pub(crate) fields: Vec<String>,
}

/// The order of results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Order {
    /// The best match first
    Score,
    /// The oldest first
    Date,
    /// The newest first
    #[value(name = "-date")]
    DateDescending,
    /// By the outlet's name
    Outlet,
    /// By the speaker's name
    Speaker,
    /// By the id: the same order whenever and in what order files were indexed
    Id,
}

/// The form of results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// Cards on a terminal, TSV in a pipe
    #[default]
    Auto,
    /// For people
    Cards,
    /// Columns: id date outlet speaker quote path, and behind them what other flags add
    Tsv,
    /// Columns with a header line, for spreadsheets
    Csv,
    /// One JSON object a line
    Jsonl,
    /// Ids alone
    Ids,
}

#[derive(Args, Debug)]
pub(crate) struct ExtractArgs {
    /// Files of articles, `-` for stdin
    #[arg(value_name = "FILE", default_value = "-")]
    pub(crate) files: Vec<PathBuf>,
    /// The format of the files, as in `onrecord help formats` [default: by content and name]
    #[arg(long, value_name = "FORMAT")]
    pub(crate) from: Option<String>,
    /// A TOML file that says which JSON or CSV column is what
    #[arg(long, value_name = "FILE")]
    pub(crate) map: Option<PathBuf>,
    /// Write JSON lines, also on a terminal
    #[arg(long)]
    pub(crate) json: bool,
    /// Also write the path, the text and what is known about the article, in JSON
    #[arg(long)]
    pub(crate) with_text: bool,
    /// The day of publication of articles that do not say it: 2015-09-18, 2015-09 or 2015
    #[arg(long, value_name = "DAY")]
    pub(crate) date: Option<String>,
    /// The time zone whose days count: a name as `America/New_York` or an offset as `+01:00`. An instant such as
    /// 2016-03-04T01:30:00Z is then the day that it was there [default: the zone written beside the time, so that the day is the
    /// one that the publisher wrote]
    #[arg(long, value_name = "ZONE", allow_hyphen_values = true)]
    pub(crate) tz: Option<String>,
    /// Say by which rule each finding was made, who was weighed for each speaker, and why the others lost
    #[arg(long)]
    pub(crate) why: bool,
    /// How many articles to read at the same time [default: one a core]
    #[arg(short, long, value_name = "N")]
    pub(crate) jobs: Option<std::num::NonZeroUsize>,
}

#[derive(Args, Debug)]
pub(crate) struct ShowArgs {
    /// Ids of articles or quotations, or their first digits; `-` reads them from stdin, one a line
    #[arg(required = true, value_name = "ID")]
    pub(crate) ids: Vec<String>,
    /// Also of an article's quotations, and in JSON, say who was weighed for the speaker
    #[arg(long)]
    pub(crate) why: bool,
    /// Write JSON lines
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct ConfigArgs {
    #[command(subcommand)]
    pub(crate) command: Option<ConfigCommand>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ConfigCommand {
    /// Show each setting (the usual one)
    Show {
        /// Also say where each comes from, and which files were looked for
        #[arg(long)]
        origin: bool,
        /// Write JSON lines
        #[arg(long)]
        json: bool,
    },
}

#[derive(Args, Debug)]
pub(crate) struct StatusArgs {
    /// List each file that was skipped, with the reason
    #[arg(long)]
    pub(crate) skipped: bool,
    /// List what is odd about articles that are in the index: of each kind the first in its file
    #[arg(long, conflicts_with = "skipped")]
    pub(crate) odd: bool,
    /// Write JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct EvalArgs {
    /// Files of annotated articles, one JSON object a line, `-` for stdin (see `onrecord help evaluation`)
    #[arg(required = true, value_name = "GOLD")]
    pub(crate) gold: Vec<PathBuf>,
    /// Take the quotations from this file, one JSON object a line, instead of extracting them
    #[arg(long, value_name = "PREDICTIONS")]
    pub(crate) from: Option<PathBuf>,
    /// The kinds of quotations asked for
    #[arg(long, value_name = "KIND,KIND", value_delimiter = ',', value_enum, default_value = "direct,mixed")]
    pub(crate) kinds: Vec<QuoteKind>,
    /// List what is wrong, with the words around it, at most N of it (write the files before this)
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "all", value_parser = count)]
    pub(crate) errors: Option<u64>,
    /// Write JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// How many articles to work on at the same time [default: one a core]
    #[arg(short, long, value_name = "N")]
    pub(crate) jobs: Option<std::num::NonZeroUsize>,
}

/// A number, or `all`.
fn count(typed: &str) -> Result<u64, String> {
    let number = || typed.parse().map_err(|_| "it is no number; files stand before `--errors`".to_owned());
    if typed == "all" { Ok(u64::MAX) } else { number() }
}

/// How a quotation is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum QuoteKind {
    /// A whole sentence or more between quotation marks
    Direct,
    /// Words between quotation marks inside a sentence of the writer's own
    Mixed,
    /// Reported without quotation marks
    Indirect,
}

/// Where the file of speakers lies and what it looks like.
const SPEAKERS_FILE: &str = "\
Who is who stands in `.onrecord/speakers.toml`, in the folder that holds the index. The commands write it, and so may \
you. It is read whenever a question is asked: nothing has to be indexed again, and indexing never touches it.

  version = 1
  different = [[\"Ada Lund\", \"Eva Lund\"]]

  [[speaker]]
  name = \"Ada Lund\"
  aliases = [\"A. Lund\", \"Mayor Lund\"]
  roles = [{ role = \"mayor\", from = \"2012-05\", to = \"2016-04-30\" }]

Names are the same where only case, accents, spaces, the points of initials or `Jr.` for `Junior` differ. Results show \
the name of the file, and the role that it gives for the day of the article.";

#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct SpeakersArgs {
    #[command(subcommand)]
    pub(crate) command: Option<SpeakersCommand>,
    #[command(flatten)]
    pub(crate) list: SpeakerListArgs,
}

#[derive(Debug, Subcommand)]
pub(crate) enum SpeakersCommand {
    /// List who is quoted, most quoted first (the usual one)
    List(SpeakerListArgs),
    /// Show one speaker: other names, roles, outlets, quotations a year, who else is quoted in the same articles
    Show {
        /// The whole name
        name: String,
        /// Write a JSON line
        #[arg(long)]
        json: bool,
    },
    /// Propose who may be one person, with the evidence; merges nobody
    Suggest(SuggestArgs),
    /// Say that several names are one person, known by the first
    Merge {
        /// The name to show, then the others
        #[arg(required = true, num_args = 2.., value_name = "NAME")]
        names: Vec<String>,
    },
    /// Take names apart, and remember that they are different people
    Split {
        /// A name to take away from its person (the shown name: all others), or several that are different people
        #[arg(required = true, value_name = "NAME")]
        names: Vec<String>,
    },
    /// Give a speaker another name, whether anybody is quoted under it or not
    Alias {
        /// The speaker
        name: String,
        /// The other name
        alias: String,
    },
}

#[derive(Args, Debug)]
pub(crate) struct SpeakerListArgs {
    /// Show at most N speakers
    #[arg(short = 'n', long = "limit", value_name = "N", default_value_t = 20)]
    pub(crate) limit: usize,
    /// Show all speakers
    #[arg(long, conflicts_with = "limit")]
    pub(crate) all: bool,
    /// Also list those who are described and not named, like `the mayor`
    #[arg(long)]
    pub(crate) described: bool,
    /// Write JSON lines
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct SuggestArgs {
    /// Show at most N proposals
    #[arg(short = 'n', long = "limit", value_name = "N", default_value_t = 20)]
    pub(crate) limit: usize,
    /// Show all proposals
    #[arg(long, conflicts_with = "limit")]
    pub(crate) all: bool,
    /// Write JSON lines
    #[arg(long)]
    pub(crate) json: bool,
}
