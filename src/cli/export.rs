//! `onrecord export`: everything that answers a query, or a sample of it, written out as it is read.

mod manifest;

use std::collections::BTreeMap;

use crate::desk::question::Wish;
use crate::desk::stream::Asked;
use crate::index::hit::{ArticleHit, QuoteHit};
use crate::index::{Error, Grouping, Reader, Records, Sample, Stratum};
use crate::render::citation::{Citation, Form};
use crate::render::number::counted;
use crate::render::sheet::{Carded, Sheet};
use crate::text::day::PartialDate;

use super::extras::Extras;
use super::opened::Opened;
use super::output::Output;
use super::plan::{ExportPlan, Exported};
use super::{Ending, clock};

pub(crate) fn run(plan: &ExportPlan, output: &mut Output) -> anyhow::Result<Ending> {
    let opened = Opened::asking(plan.query.as_deref(), &plan.index, output)?;
    let asked = opened.asked();
    let wish =
        Wish { limit: usize::MAX, count: false, sort: Some(plan.sort), group: Grouping::None, today: clock::today()? };
    let records = match plan.form {
        Exported::Quotes(_) | Exported::Citations(Records::Quotes, _) => Records::Quotes,
        Exported::Articles(_) | Exported::Citations(Records::Articles, _) => Records::Articles,
    };
    let sample = plan.sample.map(|sample| asked.sample(&opened.reader, wish, records, sample)).transpose()?;
    let mut sink = Sink { output, written: 0, strata: BTreeMap::new(), sum: blake3::Hasher::new(), bytes: Vec::new() };
    write(plan, &mut sink, (asked, wish), (&opened.reader, sample.as_ref()))?;
    let Sink { written, strata, sum, .. } = sink;
    output.flush()?;
    if let Some(path) = &plan.manifest {
        let outcome = manifest::Outcome { written, strata, sum, sample: sample.as_ref() };
        let whole = (&opened.reader, opened.speakers_text.as_deref());
        manifest::write(path, plan, (asked, wish), whole, records, outcome)?;
    }
    let noun = if records == Records::Quotes { "quote" } else { "article" };
    output.note(&match sample.map(|sample| sample.strata.values().map(|(size, _)| size).sum::<u64>()) {
        _ if written == 0 => format!("no {noun}s found"),
        Some(all) => format!("{} of {}", counted(written, noun), counted(all, noun)),
        None => counted(written, noun),
    });
    Ok(if written == 0 { Ending::NothingFound } else { Ending::Done })
}

fn write(
    plan: &ExportPlan,
    sink: &mut Sink<'_>,
    (asked, wish): (Asked<'_>, Wish),
    (reader, sample): (&Reader, Option<&Sample>),
) -> anyhow::Result<()> {
    let quotes = || -> Result<Box<dyn Iterator<Item = Result<QuoteHit, Error>>>, Error> {
        Ok(match sample {
            Some(sample) => Box::new(asked.quotes_of(reader, wish, &sample.ids)?),
            None => Box::new(asked.quotes(reader, wish, 0)?),
        })
    };
    let articles = || -> Result<Box<dyn Iterator<Item = Result<ArticleHit, Error>>>, Error> {
        Ok(match sample {
            Some(sample) => Box::new(asked.articles_of(reader, wish, &sample.ids)?),
            None => Box::new(asked.articles(reader, wish, 0)?),
        })
    };
    match &plan.form {
        Exported::Quotes(sheet) => {
            let mut extras = Extras::of(&[sheet], asked.question, reader);
            let hits = quotes()?.map(|hit| {
                let mut hit = hit?;
                extras.give(&mut hit)?;
                Ok(hit)
            });
            sink.sheet(sheet, hits, |hit| (hit.outlet.clone(), hit.date))
        }
        Exported::Articles(sheet) => {
            let marked = asked.question.filter(|_| sheet.has_marks());
            let told = asked.question.filter(|_| sheet.has_snippets());
            let hits = articles()?.map(|hit| {
                let mut hit = hit?;
                marked.into_iter().for_each(|question| question.mark_article(&mut hit, reader));
                told.into_iter().for_each(|question| question.give_snippets(std::slice::from_mut(&mut hit), reader));
                Ok(hit)
            });
            sink.sheet(sheet, hits, |hit| (hit.outlet.clone(), hit.date))
        }
        Exported::Citations(Records::Articles, form) => {
            for hit in articles()? {
                let article = hit?;
                sink.cite(*form, Citation { article: &article, quote: None })?;
            }
            sink.end(*form)
        }
        Exported::Citations(Records::Quotes, form) => {
            // The quotations of one article are often side by side.
            let mut last: Option<ArticleHit> = None;
            for hit in quotes()? {
                let quote = hit?;
                if last.as_ref().is_none_or(|article| article.id != quote.article) {
                    last = reader.article(quote.article)?;
                }
                if let Some(article) = &last {
                    sink.cite(*form, Citation { article, quote: Some(&quote) })?;
                }
            }
            sink.end(*form)
        }
    }
}

/// Where hits go, and what is noted of them on the way.
struct Sink<'a> {
    output: &'a mut Output,
    written: u64,
    /// How many were written of each outlet and year.
    strata: BTreeMap<Stratum, u64>,
    sum: blake3::Hasher,
    bytes: Vec<u8>,
}

impl Sink<'_> {
    fn sheet<F: Carded>(
        &mut self,
        sheet: &Sheet<F>,
        hits: impl Iterator<Item = Result<F::Hit, Error>>,
        place: impl Fn(&F::Hit) -> (Option<String>, Option<PartialDate>),
    ) -> anyhow::Result<()> {
        sheet.begin(&mut self.bytes);
        for hit in hits {
            let hit = hit?;
            sheet.hit(&mut self.bytes, self.written, &hit, self.output.look())?;
            let (outlet, date) = place(&hit);
            self.passed((outlet, date))?;
        }
        self.send()
    }

    fn cite(&mut self, form: Form, citation: Citation<'_>) -> anyhow::Result<()> {
        form.entry(&mut self.bytes, self.written, citation)?;
        self.passed((citation.article.outlet.clone(), citation.article.date))
    }

    fn end(&mut self, form: Form) -> anyhow::Result<()> {
        form.end(&mut self.bytes, self.written);
        self.send()
    }

    fn passed(&mut self, (outlet, date): (Option<String>, Option<PartialDate>)) -> anyhow::Result<()> {
        self.written += 1;
        *self.strata.entry((outlet, date.map(|date| date.first_day().year()))).or_default() += 1;
        self.send()
    }

    fn send(&mut self) -> anyhow::Result<()> {
        self.sum.update(&self.bytes);
        self.output.data(&self.bytes)?;
        self.bytes.clear();
        Ok(())
    }
}
