//! Plans of the commands that count what answers a query, or write it out.

use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};
use clap::ValueEnum;

use crate::desk::count::Counting;
use crate::desk::timeline::Span;
use crate::index::{Facet, Records, Sort};
use crate::render::citation;
use crate::render::field::{ArticleField, Fields, QuoteField};
use crate::render::sheet::Sheet;

use super::super::args::asking::{
    CountArgs, ExportArgs, ExportForm, KwicArgs, LikeArgs, Stretch, TableForm, TimelineArgs,
};
use super::super::shield::unshield;
use super::{fields, sort, written};

pub(crate) struct ExportPlan {
    pub(crate) index: PathBuf,
    /// Without one, everything is written.
    pub(crate) query: Option<String>,
    pub(crate) form: Exported,
    pub(crate) sort: Sort,
    /// How many, and the seed.
    pub(crate) sample: Option<(u64, u64)>,
    pub(crate) manifest: Option<PathBuf>,
    /// As they were typed.
    pub(crate) typed: Typed,
}

/// The names of order and form, for the manifest.
pub(crate) struct Typed {
    pub(crate) sort: String,
    pub(crate) format: String,
}

/// What is written out, and in what form.
pub(crate) enum Exported {
    Quotes(Sheet<QuoteField>),
    Articles(Sheet<ArticleField>),
    /// Of quotations or of articles.
    Citations(Records, citation::Form),
}

pub(crate) struct CountPlan {
    pub(crate) index: PathBuf,
    /// Without one, everything is counted.
    pub(crate) query: Option<String>,
    pub(crate) counting: Counting,
    pub(crate) limit: usize,
    pub(crate) table: Table,
}

pub(crate) struct TimelinePlan {
    pub(crate) index: PathBuf,
    /// Without one, everything is shown.
    pub(crate) query: Option<String>,
    pub(crate) span: Span,
    pub(crate) table: Table,
}

pub(crate) struct KwicPlan {
    pub(crate) index: PathBuf,
    pub(crate) query: String,
    pub(crate) limit: usize,
    pub(crate) sort: Option<Sort>,
    pub(crate) table: Table,
}

pub(crate) struct LikePlan {
    pub(crate) index: PathBuf,
    pub(crate) id: String,
    pub(crate) limit: usize,
    /// For whichever of the two the id is of; fields that it does not have are a mistake then only.
    pub(crate) quotes: anyhow::Result<Sheet<QuoteField>>,
    pub(crate) articles: anyhow::Result<Sheet<ArticleField>>,
}

/// The form of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Table {
    People,
    Columns,
    Csv,
    Lines,
}

pub(super) fn count(args: CountArgs, index: PathBuf, terminal: bool) -> anyhow::Result<CountPlan> {
    let mut by = Vec::new();
    for name in &args.by {
        let known = || Facet::NAMED.map(|(known, _)| known).join(", ");
        let facet = Facet::NAMED.iter().find(|(known, _)| *known == name.trim()).map(|(_, facet)| *facet);
        let facet = facet.ok_or_else(|| anyhow!("cannot count by `{name}`\nhelp: `--by` takes {}", known()))?;
        if args.articles && facet.is_of_quotes() {
            bail!("an article has no {name} of its own\nhelp: without `--articles`, quotations are counted by {name}");
        }
        if by.contains(&facet) {
            bail!("`--by` names `{name}` twice");
        }
        by.push(facet);
    }
    if by.len() > 2 {
        bail!("`--by` takes two fields at most");
    }
    let usual = if by.first().is_some_and(|facet| facet.is_time()) { usize::MAX } else { 20 };
    let table = table(args.format, args.json, terminal);
    let records = if args.articles { Records::Articles } else { Records::Quotes };
    Ok(CountPlan {
        index,
        query: joined(&args.query),
        counting: Counting { records, by, per_articles: args.per.is_some() },
        limit: if args.all { usize::MAX } else { args.limit.unwrap_or(usual) },
        table,
    })
}

fn table(form: TableForm, json: bool, terminal: bool) -> Table {
    match form {
        _ if json => Table::Lines,
        TableForm::Auto if terminal => Table::People,
        TableForm::Auto | TableForm::Tsv => Table::Columns,
        TableForm::Table => Table::People,
        TableForm::Csv => Table::Csv,
        TableForm::Jsonl => Table::Lines,
    }
}

pub(super) fn kwic(args: &KwicArgs, index: PathBuf, terminal: bool) -> KwicPlan {
    KwicPlan {
        index,
        query: joined(&args.query).unwrap_or_default(),
        limit: if args.all { usize::MAX } else { args.limit },
        sort: args.sort.map(sort),
        table: table(args.format, args.json, terminal),
    }
}

pub(super) fn like(args: LikeArgs, index: PathBuf, terminal: bool) -> LikePlan {
    let scored = args.form.fields.is_empty();
    LikePlan {
        index,
        id: args.id,
        limit: args.limit,
        quotes: written(&args.form, terminal).map(|sheet| if scored { with(sheet, QuoteField::Score) } else { sheet }),
        articles: written(&args.form, terminal)
            .map(|sheet| if scored { with(sheet, ArticleField::Score) } else { sheet }),
    }
}

fn with<F: Fields>(mut sheet: Sheet<F>, field: F) -> Sheet<F> {
    if let Sheet::Columns(fields) | Sheet::Csv(fields) | Sheet::Lines(fields) = &mut sheet {
        fields.push(field);
    }
    sheet
}

pub(super) fn timeline(args: &TimelineArgs, index: PathBuf, terminal: bool) -> TimelinePlan {
    let grain = args.by.map(|stretch| match stretch {
        Stretch::Day => Facet::Day,
        Stretch::Month => Facet::Month,
        Stretch::Year => Facet::Year,
    });
    TimelinePlan {
        index,
        query: joined(&args.query),
        span: Span { grain, speakers: args.speakers, quotes: args.quotes },
        table: table(args.format, args.json, terminal),
    }
}

/// The words of a query, where there are any.
fn joined(words: &[String]) -> Option<String> {
    let words: Vec<&str> = words.iter().map(|word| unshield(word)).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

pub(super) fn export(args: ExportArgs, index: PathBuf) -> anyhow::Result<ExportPlan> {
    let records = if args.articles { Records::Articles } else { Records::Quotes };
    let form = match (args.format, records) {
        (ExportForm::Bibtex | ExportForm::CslJson, _) if !args.fields.is_empty() => {
            bail!("`--fields` is for JSON lines, CSV and TSV")
        }
        (ExportForm::Bibtex, records) => Exported::Citations(records, citation::Form::Bibtex),
        (ExportForm::CslJson, records) => Exported::Citations(records, citation::Form::Csl),
        (form, Records::Quotes) => Exported::Quotes(exported(form, &args.fields)?),
        (form, Records::Articles) => Exported::Articles(exported(form, &args.fields)?),
    };
    let name = |value: &dyn Fn() -> Option<clap::builder::PossibleValue>| {
        value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    };
    let typed =
        Typed { sort: name(&|| args.sort.to_possible_value()), format: name(&|| args.format.to_possible_value()) };
    if args.manifest.as_deref() == Some(Path::new("-")) {
        bail!(
            "`--manifest` is not written to stdout, where the results go\nhelp: name a file: `--manifest manifest.json`"
        );
    }
    Ok(ExportPlan {
        index,
        query: joined(&args.query),
        form,
        sort: sort(args.sort),
        sample: args.sample.map(|most| (most.get(), args.seed)),
        manifest: args.manifest,
        typed,
    })
}

fn exported<F: Fields>(form: ExportForm, names: &[String]) -> anyhow::Result<Sheet<F>> {
    let fields = |usual: &[F]| if names.is_empty() { Ok(usual.to_vec()) } else { fields(names) };
    Ok(match form {
        ExportForm::Csv => Sheet::Csv(fields(F::LINE)?),
        ExportForm::Tsv => Sheet::Columns(fields(F::COLUMNS)?),
        _ => Sheet::Lines(fields(F::LINE)?),
    })
}
