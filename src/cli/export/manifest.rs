//! What an export was made of, beside it: what was asked, of which index, and how much there is to compare with.
//!
//! The same question put to the same index gives the same file, byte for byte: no clock is in it.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use serde::Serialize;

use crate::archive::whole;
use crate::desk::count::Counting;
use crate::desk::question::Wish;
use crate::desk::stream::Asked;
use crate::index::{Facet, Reader, Records, Sample, Stratum};

use super::super::plan::{ExportPlan, Exported};

/// What became of the export.
pub(super) struct Outcome<'a> {
    pub(super) written: u64,
    pub(super) strata: BTreeMap<Stratum, u64>,
    pub(super) sum: blake3::Hasher,
    pub(super) sample: Option<&'a Sample>,
}

#[derive(Serialize)]
struct Manifest<'a> {
    schema: &'static str,
    program: &'static str,
    query: Option<&'a str>,
    parsed: Option<String>,
    records: &'static str,
    today: String,
    sort: &'a str,
    format: &'a str,
    fields: Option<Vec<&'static str>>,
    sample: Option<Drawn>,
    index: Index,
    /// A checksum of the file that says who is who, where there is one.
    speakers: Option<String>,
    corpus: Corpus,
    matched: u64,
    written: u64,
    /// Of the output.
    blake3: String,
    strata: Vec<Row>,
}

#[derive(Serialize)]
struct Drawn {
    size: u64,
    seed: u64,
}

#[derive(Serialize)]
struct Index {
    id: String,
    generation: u64,
}

#[derive(Serialize)]
struct Corpus {
    articles: u64,
    quotes: u64,
    first_day: Option<String>,
    last_day: Option<String>,
}

/// An outlet in a year: what there is, what matches, what was written.
#[derive(Default, Serialize)]
struct Row {
    outlet: Option<String>,
    year: Option<i32>,
    articles: u64,
    quotes: u64,
    matched: u64,
    written: u64,
}

pub(super) fn write(
    path: &Path,
    plan: &ExportPlan,
    (asked, wish): (Asked<'_>, Wish),
    (reader, speakers): (&Reader, Option<&str>),
    records: Records,
    outcome: Outcome<'_>,
) -> anyhow::Result<()> {
    let everything = Asked { question: None, ..asked };
    let count = |asked: Asked<'_>, records| -> anyhow::Result<BTreeMap<Stratum, u64>> {
        let counting = Counting { records, by: vec![Facet::Outlet, Facet::Year], per_articles: false };
        let rows = asked.count(reader, wish, &counting)?.rows.into_iter().map(|row| {
            let mut values = row.values.into_iter();
            let outlet = values.next().flatten();
            ((outlet, values.next().flatten().and_then(|year| year.parse().ok())), row.count)
        });
        Ok(rows.collect())
    };
    let (articles, quotes) = (count(everything, Records::Articles)?, count(everything, Records::Quotes)?);
    let matched = match outcome.sample {
        Some(sample) => sample.strata.iter().map(|(stratum, (size, _))| (stratum.clone(), *size)).collect(),
        None if asked.question.is_some() => count(asked, records)?,
        None if records == Records::Articles => articles.clone(),
        None => quotes.clone(),
    };
    let mut rows: BTreeMap<Stratum, Row> = BTreeMap::new();
    type CellOf = fn(&mut Row) -> &mut u64;
    let mut put = |counts: &BTreeMap<Stratum, u64>, cell: CellOf| {
        for (stratum, count) in counts {
            let row = rows.entry(stratum.clone()).or_default();
            (row.outlet, row.year) = stratum.clone();
            *cell(row) = *count;
        }
    };
    put(&articles, |row| &mut row.articles);
    put(&quotes, |row| &mut row.quotes);
    put(&matched, |row| &mut row.matched);
    put(&outcome.strata, |row| &mut row.written);
    let status = reader.status()?;
    let manifest = Manifest {
        schema: "onrecord.manifest/1",
        program: concat!("onrecord ", env!("CARGO_PKG_VERSION")),
        query: plan.query.as_deref(),
        parsed: asked.question.map(ToString::to_string),
        records: if records == Records::Quotes { "quotes" } else { "articles" },
        today: wish.today.to_string(),
        sort: &plan.typed.sort,
        format: &plan.typed.format,
        fields: match &plan.form {
            Exported::Quotes(sheet) => sheet.fields(),
            Exported::Articles(sheet) => sheet.fields(),
            Exported::Citations(..) => None,
        },
        sample: plan.sample.map(|(size, seed)| Drawn { size, seed }),
        index: Index { id: status.uuid, generation: status.generation },
        speakers: speakers.map(|text| blake3::hash(text.as_bytes()).to_hex().to_string()),
        corpus: Corpus {
            articles: status.articles,
            quotes: status.quotes,
            first_day: status.days.map(|(first, _)| first.to_string()),
            last_day: status.days.map(|(_, last)| last.to_string()),
        },
        matched: matched.values().sum(),
        written: outcome.written,
        blake3: outcome.sum.finalize().to_hex().to_string(),
        strata: rows.into_values().collect(),
    };
    let mut text = serde_json::to_vec_pretty(&manifest)?;
    text.push(b'\n');
    whole::replace(path, &text).with_context(|| format!("cannot write {}", path.display()))
}
