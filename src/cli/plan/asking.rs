//! Plans of the commands that count what answers a query, or write it out.

use std::path::PathBuf;

use anyhow::{anyhow, bail};

use crate::desk::count::Counting;
use crate::index::{Facet, Records, Sort};
use crate::render::field::Fields;
use crate::render::sheet::Sheet;

use super::super::args::asking::{CountArgs, ExportArgs, ExportForm, TableForm};
use super::super::shield::unshield;
use super::{Shape, fields, sort};

pub(crate) struct ExportPlan {
    pub(crate) index: PathBuf,
    /// Without one, everything is written.
    pub(crate) query: Option<String>,
    pub(crate) shape: Shape,
    pub(crate) sort: Sort,
}

pub(crate) struct CountPlan {
    pub(crate) index: PathBuf,
    /// Without one, everything is counted.
    pub(crate) query: Option<String>,
    pub(crate) counting: Counting,
    pub(crate) limit: usize,
    pub(crate) table: Table,
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
    let table = match args.format {
        _ if args.json => Table::Lines,
        TableForm::Auto if terminal => Table::People,
        TableForm::Auto | TableForm::Tsv => Table::Columns,
        TableForm::Table => Table::People,
        TableForm::Csv => Table::Csv,
        TableForm::Jsonl => Table::Lines,
    };
    let records = if args.articles { Records::Articles } else { Records::Quotes };
    Ok(CountPlan {
        index,
        query: joined(&args.query),
        counting: Counting { records, by, per_articles: args.per.is_some() },
        limit: if args.all { usize::MAX } else { args.limit.unwrap_or(usual) },
        table,
    })
}

/// The words of a query, where there are any.
fn joined(words: &[String]) -> Option<String> {
    let words: Vec<&str> = words.iter().map(|word| unshield(word)).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

pub(super) fn export(args: ExportArgs, index: PathBuf) -> anyhow::Result<ExportPlan> {
    let shape = if args.articles {
        Shape::Articles(exported(args.format, &args.fields)?)
    } else {
        Shape::Quotes(exported(args.format, &args.fields)?)
    };
    Ok(ExportPlan { index, query: joined(&args.query), shape, sort: sort(args.sort) })
}

fn exported<F: Fields>(form: ExportForm, names: &[String]) -> anyhow::Result<Sheet<F>> {
    let fields = |usual: &[F]| if names.is_empty() { Ok(usual.to_vec()) } else { fields(names) };
    Ok(match form {
        ExportForm::Jsonl => Sheet::Lines(fields(F::LINE)?),
        ExportForm::Csv => Sheet::Csv(fields(F::LINE)?),
        ExportForm::Tsv => Sheet::Columns(fields(F::COLUMNS)?),
    })
}
