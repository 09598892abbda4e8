//! What can be typed to the commands that count what answers a query, or write it out.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{FormArgs, Order};

#[derive(Args, Debug)]
pub(crate) struct CountArgs {
    /// The query [default: everything]; several words are joined with spaces (see `onrecord help query-syntax`)
    #[arg(value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    /// By what to count, one or two at once: speaker, outlet, section, byline, kind, role, year, month, day. Without it, one
    /// bare number is printed
    #[arg(long, value_name = "FIELD[,FIELD]", value_delimiter = ',')]
    pub(crate) by: Vec<String>,
    /// Count articles instead of quotations
    #[arg(long)]
    pub(crate) articles: bool,
    /// Compare with how many articles there are: of the same outlet, section, byline and time where these are counted by,
    /// and those that the query's tests of outlet, section, byline, lang, date, path, url and batch let through
    #[arg(long, value_name = "WHAT", value_enum, requires = "by")]
    pub(crate) per: Option<Per>,
    /// Show at most N groups [default: 20, by year, month or day all]
    #[arg(short = 'n', long = "limit", value_name = "N")]
    pub(crate) limit: Option<usize>,
    /// Show all groups
    #[arg(long, conflicts_with = "limit")]
    pub(crate) all: bool,
    /// The form of the table
    #[arg(long, value_name = "FORM", value_enum, default_value_t)]
    pub(crate) format: TableForm,
    /// The same as `--format jsonl`
    #[arg(long, conflicts_with = "format")]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct TimelineArgs {
    /// The query [default: everything]; several words are joined with spaces (see `onrecord help query-syntax`)
    #[arg(value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    /// The stretches of time [default: days up to two months, months up to ten years, else years]
    #[arg(long, value_name = "STRETCH", value_enum)]
    pub(crate) by: Option<Stretch>,
    /// Of each stretch, show the N who said most
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub(crate) speakers: usize,
    /// Of each stretch, show the N earliest quotations; TSV and CSV have no place for them
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) quotes: usize,
    /// The form of the table
    #[arg(long, value_name = "FORM", value_enum, default_value_t)]
    pub(crate) format: TableForm,
    /// The same as `--format jsonl`
    #[arg(long, conflicts_with = "format")]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct KwicArgs {
    /// The query; several words are joined with spaces (see `onrecord help query-syntax`)
    #[arg(required = true, value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    /// Show at most N matches
    #[arg(short = 'n', long = "limit", value_name = "N", default_value_t = 20)]
    pub(crate) limit: usize,
    /// Show all matches
    #[arg(long, conflicts_with = "limit")]
    pub(crate) all: bool,
    /// The order of the quotations [default: score]
    #[arg(long, value_name = "ORDER", value_enum, allow_hyphen_values = true)]
    pub(crate) sort: Option<Order>,
    /// The form of the lines
    #[arg(long, value_name = "FORM", value_enum, default_value_t)]
    pub(crate) format: TableForm,
    /// The same as `--format jsonl`
    #[arg(long, conflicts_with = "format")]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct LikeArgs {
    /// The id of a quotation or an article, or its first digits
    pub(crate) id: String,
    /// Show at most N
    #[arg(short = 'n', long = "limit", value_name = "N", default_value_t = 10)]
    pub(crate) limit: usize,
    #[command(flatten)]
    pub(crate) form: FormArgs,
}

/// A stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Stretch {
    Day,
    Month,
    Year,
}

/// What numbers are compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Per {
    /// A thousand articles
    Articles,
}

/// The form of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableForm {
    /// A table for people on a terminal, TSV in a pipe
    #[default]
    Auto,
    /// For people
    Table,
    /// Columns
    Tsv,
    /// Columns with a header line, for spreadsheets
    Csv,
    /// One JSON object a line
    Jsonl,
}

#[derive(Args, Debug)]
pub(crate) struct ExportArgs {
    /// The query [default: everything]; several words are joined with spaces (see `onrecord help query-syntax`)
    #[arg(value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    /// Write out articles instead of quotations
    #[arg(long)]
    pub(crate) articles: bool,
    /// The form
    #[arg(long, value_name = "FORM", value_enum, default_value_t)]
    pub(crate) format: ExportForm,
    /// The fields of JSON lines, CSV and TSV, in this order
    #[arg(long, value_name = "A,B,C", value_delimiter = ',')]
    pub(crate) fields: Vec<String>,
    /// The order
    #[arg(long, value_name = "ORDER", value_enum, allow_hyphen_values = true, default_value = "-date")]
    pub(crate) sort: Order,
    /// Write a sample of N, in proportion to outlets and years
    #[arg(long, value_name = "N")]
    pub(crate) sample: Option<std::num::NonZeroU64>,
    /// Which sample: the same number draws the same one
    #[arg(long, value_name = "S", default_value_t = 0, requires = "sample")]
    pub(crate) seed: u64,
    /// Also write to FILE, as JSON, what was asked of which index, how much there is to compare with, and a checksum of the output
    #[arg(long, value_name = "FILE")]
    pub(crate) manifest: Option<PathBuf>,
}

/// The form of what is written out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportForm {
    /// One JSON object a line
    #[default]
    Jsonl,
    /// Columns with a header line, for spreadsheets
    Csv,
    /// Columns, with escapes, as `search` writes them
    Tsv,
    /// Entries of a bibliography; a quotation is one of its article, with the words in a note
    Bibtex,
    /// The same as one array of CSL-JSON
    CslJson,
}

/// What is to be known of each form.
pub(super) const EXPORT_FORMS: &str = "\
Examples:
  onrecord export 'speaker:Kerry date:2015' --format csv > kerry.csv
  onrecord export --articles --sort id --fields id,date,title
  onrecord export --sample 50 --seed 1 --manifest sample.json > sample.jsonl
  onrecord export 'speaker:Kerry dredging' --format bibtex

Everything that matches is written, in memory that does not grow with it. In CSV, a text that a spreadsheet would take \
for a formula, one that begins with = + - @, a tab or a line end, has ' before it; `onrecord help formats` tells how it \
is taken away again.";

/// Examples of the other commands.
pub(super) const COUNT_EXAMPLES: &str = "\
Examples:
  onrecord count 'dredging OR harbour' --by speaker -n 5
  onrecord count speaker:Kerry --by year,outlet
  onrecord count water --by month --per articles";
pub(super) const TIMELINE_EXAMPLES: &str = "\
Examples:
  onrecord timeline speaker:Kerry
  onrecord timeline 'date:2014..2016' --by month --quotes 0";
pub(super) const KWIC_EXAMPLES: &str = "\
Examples:
  onrecord kwic water
  onrecord kwic 'gate OR \"the river\"' --sort date -n 40";
pub(super) const LIKE_EXAMPLES: &str = "\
Examples:
  onrecord like q:1263a60a
  onrecord search 'speaker:Kerry basin' --format ids -n 1 | xargs onrecord like";
