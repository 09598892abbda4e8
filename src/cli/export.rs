//! `onrecord export`: everything that answers a query, written out as it is read.

use crate::archive::speakers::SpeakersFile;
use crate::desk::question::Wish;
use crate::desk::stream::Asked;
use crate::index::Reader;
use crate::render::number::counted;

use super::output::Output;
use super::plan::{ExportPlan, Shape};
use super::search::understood;
use super::{Ending, clock, hits};

pub(crate) fn run(plan: &ExportPlan, output: &mut Output) -> anyhow::Result<Ending> {
    let question = plan.query.as_deref().map(|query| understood(query, output)).transpose()?;
    let reader = Reader::open(&plan.index)?;
    let speakers = SpeakersFile::beside(&plan.index).read()?;
    let question = question.map(|question| question.knowing(speakers.clone()));
    let asked = Asked { question: question.as_ref(), speakers: &speakers };
    let wish = Wish { limit: usize::MAX, count: false, sort: Some(plan.sort), today: clock::today() };
    let (written, noun) = match &plan.shape {
        Shape::Quotes(sheet) => (hits::write_each(asked.quotes(&reader, wish, 0)?, sheet, None, output)?, "quote"),
        Shape::Articles(sheet) => {
            (hits::write_each(asked.articles(&reader, wish, 0)?, sheet, None, output)?, "article")
        }
    };
    output.note(&if written == 0 { format!("no {noun}s found") } else { counted(written, noun) });
    Ok(if written == 0 { Ending::NothingFound } else { Ending::Done })
}
