//! From what was typed to what will be done: defaults filled in, patterns and dates read, conflicts settled.
//!
//! After this, no command asks again what was typed, and whatever is wrong with the command line has been said.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};

use crate::archive::PathPattern;
use crate::archive::container::Limits;
use crate::article::published::YEARS;
use crate::article::{FieldMap, Format, ReadOptions};
use crate::desk::evaluate::run::Order as Evaluation;
use crate::desk::holdings::Remarks;
use crate::extract::Kind;
use crate::index::{Grouping, Sort};
use crate::query;
use crate::render::field::{ArticleField, Fields, QuoteField};
use crate::render::sheet::Sheet;
use crate::text::day::{Day, PartialDate};
use crate::text::problem::Problem;
use crate::text::zone::Zone;

use super::args::{
    Command, CommandLine, ConfigCommand, EvalArgs, ExtractArgs, Form, FormArgs, Group, IndexArgs, Order, QuoteKind,
    SearchArgs, SpeakersArgs, SpeakersCommand, StatusArgs,
};
use super::clock;
use super::config::Typed;
use super::output::Output;
use super::shield::unshield;
use super::upkeep::Upkeep;

mod asking;
mod saved;

pub(crate) use asking::{CountPlan, ExportPlan, Exported, KwicPlan, LikePlan, Table, TimelinePlan};
pub(crate) use saved::{Compared, RunPlan, SavedPlan};

/// The archive, where none is named.
const CORPUS: &str = "corpus";

/// What will be done.
pub(crate) enum Task {
    Index(IndexPlan),
    Search(SearchPlan),
    Export(ExportPlan),
    Count(CountPlan),
    Timeline(TimelinePlan),
    Kwic(KwicPlan),
    Extract(ExtractPlan),
    Show(ShowPlan),
    Like(LikePlan),
    Saved(SavedPlan),
    Run(RunPlan),
    Speakers(SpeakersPlan),
    Status(StatusPlan),
    Upkeep(Upkeep),
    Eval(EvalPlan),
    Completions(clap_complete::Shell),
    Man(Option<PathBuf>),
    Config(ConfigPlan),
    Complete(usize, Vec<std::ffi::OsString>),
    Help(Vec<String>),
}

pub(crate) struct IndexPlan {
    pub(crate) roots: Vec<PathBuf>,
    pub(crate) list: Option<FileList>,
    pub(crate) index: PathBuf,
    pub(crate) rebuild: bool,
    pub(crate) prune: bool,
    pub(crate) dry_run: bool,
    pub(crate) since: Option<Day>,
    pub(crate) batch: u64,
    pub(crate) jobs: usize,
    pub(crate) read: ReadOptions,
    pub(crate) limits: Limits,
    pub(crate) date_from_path: Option<PathPattern>,
    pub(crate) outlet_from_path: Option<PathPattern>,
    pub(crate) strict: bool,
    pub(crate) verbose: bool,
}

/// A list of files: where it is, `-` for stdin, and what ends a path in it.
pub(crate) struct FileList {
    pub(crate) file: PathBuf,
    pub(crate) end: u8,
}

pub(crate) struct SearchPlan {
    pub(crate) index: PathBuf,
    pub(crate) query: String,
    pub(crate) shape: Shape,
    pub(crate) sort: Option<Sort>,
    pub(crate) group: Grouping,
    pub(crate) limit: usize,
    /// So many are left out first.
    pub(crate) offset: usize,
    pub(crate) answer: Wanted,
    pub(crate) why: bool,
    pub(crate) explain: bool,
    /// So many sentences around each quotation.
    pub(crate) context: Option<usize>,
    /// Whether the sentence of each article that answers best is shown.
    pub(crate) snippets: bool,
}

/// What a search is to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    Hits,
    Count,
    ExitCode,
}

/// What is searched for, and in what form it is written.
pub(crate) enum Shape {
    Quotes(Sheet<QuoteField>),
    Articles(Sheet<ArticleField>),
}

pub(crate) struct ExtractPlan {
    pub(crate) files: Vec<PathBuf>,
    pub(crate) read: ReadOptions,
    pub(crate) jobs: usize,
    pub(crate) listing: bool,
    pub(crate) with_text: bool,
    pub(crate) why: bool,
    pub(crate) verbose: bool,
}

pub(crate) struct ShowPlan {
    pub(crate) index: PathBuf,
    pub(crate) ids: Vec<String>,
    pub(crate) json: bool,
    pub(crate) why: bool,
}

pub(crate) struct SpeakersPlan {
    pub(crate) index: PathBuf,
    pub(crate) deed: SpeakersDeed,
}

/// What is to be done about speakers.
pub(crate) enum SpeakersDeed {
    List { limit: usize, described: bool, json: bool },
    Show { name: String, json: bool },
    Suggest { limit: usize, json: bool },
    Merge(Vec<String>),
    Split(Vec<String>),
    Alias { name: String, alias: String },
}

pub(crate) struct StatusPlan {
    pub(crate) index: PathBuf,
    /// A list that is wanted instead of the counts.
    pub(crate) remarks: Option<Remarks>,
    pub(crate) json: bool,
}

pub(crate) struct ConfigPlan {
    pub(crate) origin: bool,
    pub(crate) json: bool,
    pub(crate) typed: Typed,
}

pub(crate) struct EvalPlan {
    pub(crate) gold: Vec<PathBuf>,
    /// Predictions to be taken instead of extracting.
    pub(crate) predictions: Option<PathBuf>,
    pub(crate) order: Evaluation,
    /// Whether mistakes are listed.
    pub(crate) listing: bool,
    pub(crate) json: bool,
}

/// Decides what will be done.
pub(crate) fn decide(typed: CommandLine, output: &Output) -> anyhow::Result<Task> {
    let CommandLine { command, common } = typed;
    let (index, verbose) = (common.index, common.verbose);
    Ok(match command {
        Command::Index(args) => Task::Index(index_plan(args, index, verbose)?),
        Command::Search(args) => Task::Search(search_plan(args, index, output.is_terminal())?),
        Command::Count(args) => Task::Count(asking::count(args, index, output.is_terminal())?),
        Command::Kwic(args) => Task::Kwic(asking::kwic(&args, index, output.is_terminal())),
        Command::Timeline(args) => Task::Timeline(asking::timeline(&args, index, output.is_terminal())),
        Command::Export(args) => Task::Export(asking::export(args, index)?),
        Command::Extract(args) => Task::Extract(extract_plan(args, verbose, output.is_terminal())?),
        Command::Show(args) => Task::Show(ShowPlan { index, ids: args.ids, json: args.json, why: args.why }),
        Command::Like(args) => Task::Like(asking::like(args, index, output.is_terminal())),
        Command::Saved(args) => Task::Saved(saved::saved(args, index)),
        Command::Run(args) => Task::Run(saved::run(args, index)?),
        Command::Speakers(args) => Task::Speakers(SpeakersPlan { index, deed: speakers_deed(args) }),
        Command::Status(StatusArgs { skipped, odd, json }) => {
            let remarks = skipped.then_some(Remarks::Skipped).or(odd.then_some(Remarks::Odd));
            Task::Status(StatusPlan { index, remarks, json })
        }
        Command::Upkeep(command) => Task::Upkeep(Upkeep { index, command }),
        Command::Eval(args) => Task::Eval(eval_plan(args)),
        Command::Completions { shell } => Task::Completions(shell),
        Command::Man { dir } => Task::Man(dir),
        Command::Config(args) => Task::Config(match args.command {
            Some(ConfigCommand::Show { origin, json }) => ConfigPlan { origin, json, typed: Typed::default() },
            None => ConfigPlan { origin: false, json: false, typed: Typed::default() },
        }),
        Command::Complete { at, words } => Task::Complete(at, words),
        Command::Help { topic } => Task::Help(topic),
    })
}

/// The first day that `--since` asks for.
fn since(typed: &str) -> anyhow::Result<Day> {
    query::since(typed, clock::today()?).map_err(|problem| said(&problem).context("in `--since`"))
}

fn index_plan(args: IndexArgs, index: PathBuf, verbose: bool) -> anyhow::Result<IndexPlan> {
    let nothing_said = args.paths.is_empty() && args.files_from.is_none();
    Ok(IndexPlan {
        roots: if nothing_said { vec![CORPUS.into()] } else { args.paths },
        list: args.files_from.map(|file| FileList { file, end: if args.null { 0 } else { b'\n' } }),
        index,
        rebuild: args.rebuild,
        prune: args.prune,
        dry_run: args.dry_run,
        since: args.since.as_deref().map(since).transpose()?,
        batch: args.publish_every.get(),
        jobs: jobs(args.jobs),
        read: ReadOptions {
            format: format("--format", args.format.as_deref())?,
            map: field_map(args.map.as_deref())?,
            zone: zone(args.tz.as_deref())?,
            largest: args.max_article_bytes,
            ..ReadOptions::default()
        },
        limits: Limits { ratio: args.max_entry_ratio.get(), depth: args.max_nesting.get() },
        date_from_path: pattern("--date-from-path", args.date_from_path.as_deref())?,
        outlet_from_path: pattern("--outlet-from-path", args.outlet_from_path.as_deref())?,
        strict: args.strict,
        verbose,
    })
}

fn search_plan(args: SearchArgs, index: PathBuf, terminal: bool) -> anyhow::Result<SearchPlan> {
    let words: Vec<&str> = args.query.iter().map(|word| unshield(word)).collect();
    let answer = match (args.silent, args.count) {
        (true, _) => Wanted::ExitCode,
        (_, true) => Wanted::Count,
        _ => Wanted::Hits,
    };
    let grouped = args.group != Group::None && args.form.fields.is_empty();
    let shape = if args.articles {
        let mut written = written(&args.form, terminal)?;
        if grouped {
            add_fields(&mut written, &[ArticleField::First, ArticleField::Copies, ArticleField::Outlets]);
        }
        Shape::Articles(written)
    } else {
        let mut written = written(&args.form, terminal)?;
        if grouped {
            add_fields(&mut written, &[QuoteField::First, QuoteField::Copies, QuoteField::Outlets]);
        }
        if let Sheet::Columns(fields) | Sheet::Csv(fields) | Sheet::Lines(fields) = &mut written
            && args.why
            && !fields.contains(&QuoteField::Why)
        {
            fields.push(QuoteField::Why);
        }
        if args.context.is_some() {
            written = in_context(written);
        }
        Shape::Quotes(written)
    };
    let snippets = match &shape {
        Shape::Articles(sheet) => sheet.has_snippets(),
        Shape::Quotes(_) => false,
    };
    let why = match &shape {
        Shape::Quotes(Sheet::Columns(fields) | Sheet::Csv(fields) | Sheet::Lines(fields)) => {
            fields.contains(&QuoteField::Why)
        }
        Shape::Quotes(Sheet::Cards | Sheet::Passages) => args.why,
        Shape::Quotes(Sheet::Ids) | Shape::Articles(_) => false,
    };
    let sort = args.sort.map(sort);
    let limit = if args.all { usize::MAX } else { args.limit };
    Ok(SearchPlan {
        index,
        query: words.join(" "),
        shape,
        sort,
        group: match args.group {
            Group::None => Grouping::None,
            Group::Exact => Grouping::Exact,
            Group::Near => Grouping::Near,
        },
        limit,
        offset: args.offset,
        answer,
        why,
        explain: args.explain,
        context: args.context,
        snippets,
    })
}

/// These fields behind the others, where there are fields.
fn add_fields<F: Fields>(sheet: &mut Sheet<F>, more: &[F]) {
    if let Sheet::Columns(fields) | Sheet::Csv(fields) | Sheet::Lines(fields) = sheet {
        fields.extend(more);
    }
}

/// The form in which the context is shown whole.
fn in_context(sheet: Sheet<QuoteField>) -> Sheet<QuoteField> {
    let with = |mut fields: Vec<QuoteField>| {
        if !fields.contains(&QuoteField::Context) {
            fields.push(QuoteField::Context);
        }
        fields
    };
    match sheet {
        Sheet::Cards => Sheet::Passages,
        Sheet::Columns(fields) => Sheet::Columns(with(fields)),
        Sheet::Csv(fields) => Sheet::Csv(with(fields)),
        Sheet::Lines(fields) => Sheet::Lines(with(fields)),
        sheet => sheet,
    }
}

pub(super) fn sort(order: Order) -> Sort {
    match order {
        Order::Score => Sort::Score,
        Order::Date => Sort::Date,
        Order::DateDescending => Sort::DateDescending,
        Order::Outlet => Sort::Outlet,
        Order::Speaker => Sort::Speaker,
        Order::Id => Sort::Id,
    }
}

fn speakers_deed(args: SpeakersArgs) -> SpeakersDeed {
    let limit = |all: bool, limit: usize| if all { usize::MAX } else { limit };
    match args.command.unwrap_or(SpeakersCommand::List(args.list)) {
        SpeakersCommand::List(args) => {
            SpeakersDeed::List { limit: limit(args.all, args.limit), described: args.described, json: args.json }
        }
        SpeakersCommand::Show { name, json } => SpeakersDeed::Show { name, json },
        SpeakersCommand::Suggest(args) => SpeakersDeed::Suggest { limit: limit(args.all, args.limit), json: args.json },
        SpeakersCommand::Merge { names } => SpeakersDeed::Merge(names),
        SpeakersCommand::Split { names } => SpeakersDeed::Split(names),
        SpeakersCommand::Alias { name, alias } => SpeakersDeed::Alias { name, alias },
    }
}

pub(super) fn written<F: Fields>(form: &FormArgs, terminal: bool) -> anyhow::Result<Sheet<F>> {
    let chosen = match form.format {
        _ if form.json => Form::Jsonl,
        Form::Auto if terminal && form.fields.is_empty() => Form::Cards,
        Form::Auto => Form::Tsv,
        chosen => chosen,
    };
    let fields = |usual: &[F]| if form.fields.is_empty() { Ok(usual.to_vec()) } else { fields(&form.fields) };
    Ok(match chosen {
        Form::Tsv | Form::Auto => Sheet::Columns(fields(F::COLUMNS)?),
        Form::Csv => Sheet::Csv(fields(F::LINE)?),
        Form::Jsonl => Sheet::Lines(fields(F::LINE)?),
        Form::Cards | Form::Ids if !form.fields.is_empty() => bail!("`--fields` is for TSV, CSV and JSON lines"),
        Form::Cards => Sheet::Cards,
        Form::Ids => Sheet::Ids,
    })
}

fn fields<F: Fields>(names: &[String]) -> anyhow::Result<Vec<F>> {
    let field = |name: &String| {
        F::named(name.trim()).ok_or_else(|| {
            let known: Vec<&str> = F::NAMED.iter().map(|(known, _)| *known).collect();
            anyhow!("unknown field `{name}` in `--fields`\nhelp: the fields are {}", known.join(", "))
        })
    };
    names.iter().map(field).collect()
}

fn extract_plan(args: ExtractArgs, verbose: bool, terminal: bool) -> anyhow::Result<ExtractPlan> {
    let published = match &args.date {
        None => None,
        Some(text) => Some(published(text)?),
    };
    let format = format("--from", args.from.as_deref())?;
    Ok(ExtractPlan {
        files: args.files,
        read: ReadOptions {
            format,
            map: field_map(args.map.as_deref())?,
            published,
            zone: zone(args.tz.as_deref())?,
            ..ReadOptions::default()
        },
        jobs: jobs(args.jobs),
        listing: !args.json && !args.with_text && (args.why || terminal),
        with_text: args.with_text,
        why: args.why,
        verbose,
    })
}

/// A day of publication: of the years that an article can have come out in.
fn published(text: &str) -> anyhow::Result<PartialDate> {
    let date = PartialDate::parse(text)
        .with_context(|| format!("`--date {text}` is not a day\nhelp: write it as 2015-09-18 (or 2015-09, or 2015)"))?;
    if !YEARS.contains(&date.first_day().year()) {
        bail!("`--date {text}` is not a day of publication\nhelp: years go from {} to {}", YEARS.start(), YEARS.end());
    }
    Ok(date)
}

fn zone(name: Option<&str>) -> anyhow::Result<Option<Zone>> {
    let Some(name) = name else { return Ok(None) };
    Zone::parse(name).map(Some).with_context(|| {
        let near = Zone::nearest(name).map_or_else(String::new, |near| format!("did you mean `{near}`? "));
        format!(
            "`--tz {name}` is not a time zone\nhelp: {near}write a name as America/New_York, or an offset as +01:00"
        )
    })
}

fn eval_plan(args: EvalArgs) -> EvalPlan {
    let kind = |kind: &QuoteKind| match kind {
        QuoteKind::Direct => Kind::Direct,
        QuoteKind::Mixed => Kind::Mixed,
        QuoteKind::Indirect => Kind::Indirect,
    };
    let mut kinds: Vec<Kind> = args.kinds.iter().map(kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let mistakes = args.errors.map_or(0, |most| usize::try_from(most).unwrap_or(usize::MAX));
    EvalPlan {
        gold: args.gold,
        predictions: args.from,
        order: Evaluation { kinds, mistakes, jobs: jobs(args.jobs) },
        listing: args.errors.is_some(),
        json: args.json,
    }
}

/// As many as were asked for, else one a core that this process may use.
fn jobs(asked: Option<NonZeroUsize>) -> usize {
    asked.or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get)
}

/// The format that a flag forces.
fn format(flag: &str, name: Option<&str>) -> anyhow::Result<Option<Format>> {
    let Some(name) = name else { return Ok(None) };
    let format = Format::named(name).with_context(|| {
        let known: Vec<&str> = Format::all().map(Format::name).collect();
        format!("unknown format `{name}` in `{flag}`\nhelp: the formats are {}", known.join(", "))
    })?;
    Ok(Some(format))
}

fn field_map(path: Option<&Path>) -> anyhow::Result<Option<FieldMap>> {
    let Some(path) = path else { return Ok(None) };
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let map = FieldMap::parse(&text).map_err(|problem| said(&problem).context(format!("in {}", path.display())))?;
    Ok(Some(map))
}

fn pattern(flag: &str, text: Option<&str>) -> anyhow::Result<Option<PathPattern>> {
    let Some(text) = text else { return Ok(None) };
    let pattern = PathPattern::parse(text).map_err(|problem| said(&problem).context(format!("in `{flag} {text}`")))?;
    Ok(Some(pattern))
}

fn said(problem: &Problem) -> anyhow::Error {
    anyhow!("{problem}{}", problem.help())
}
