//! `onrecord kwic`: each match of a query's words, below one another, with the words around it.

use anyhow::bail;

use crate::archive::speakers::SpeakersFile;
use crate::desk::question::Wish;
use crate::desk::stream::Asked;
use crate::index::{Grouping, Reader};
use crate::render::kwic;
use crate::render::number::counted;

use super::output::Output;
use super::plan::{KwicPlan, Table};
use super::search::understood;
use super::{Ending, clock};

pub(crate) fn run(plan: &KwicPlan, output: &mut Output) -> anyhow::Result<Ending> {
    let question = understood(&plan.query, &plan.index, output)?;
    if !question.asks_for_words() {
        bail!(
            "`{}` asks for no words of quotations, so there is nothing to put below one another\n\
             help: `onrecord search` shows quotations whole",
            plan.query
        );
    }
    let reader = Reader::open(&plan.index)?;
    let speakers = SpeakersFile::beside(&plan.index).read()?;
    let question = question.knowing(speakers.clone());
    let asked = Asked { question: Some(&question), speakers: &speakers };
    let wish = Wish { limit: usize::MAX, count: false, sort: plan.sort, group: Grouping::None, today: clock::today()? };
    let (mut lines, mut quotes, mut more) = (0, 0, false);
    let mut bytes = Vec::new();
    if plan.table == Table::Csv {
        kwic::write_csv_header(&mut bytes);
    }
    'quotes: for quote in asked.quotes(&reader, wish, 0)? {
        let quote = quote?;
        let matches = question.matches(&quote, &reader);
        for hit in &matches {
            if lines == plan.limit {
                more = true;
                break 'quotes;
            }
            lines += 1;
            match plan.table {
                Table::People => bytes.extend(kwic::aligned(hit, output.look()).into_bytes()),
                Table::Columns => kwic::write_columns(&mut bytes, hit),
                Table::Csv => kwic::write_csv(&mut bytes, hit),
                Table::Lines => kwic::write_line(&mut bytes, hit)?,
            }
        }
        quotes += u64::from(!matches.is_empty());
        output.data(&bytes)?;
        bytes.clear();
    }
    output.data(&bytes)?;
    let told = format!("{} in {}", counted(lines as u64, "match"), counted(quotes, "quote"));
    output.note(&match (lines, more) {
        (0, _) => "no quotes found".to_owned(),
        (_, true) => match lines {
            1 => "the first match: `-n N` shows more, `--all` all".to_owned(),
            lines => format!("the first {lines} matches: `-n N` shows more, `--all` all"),
        },
        (_, false) => told,
    });
    Ok(if lines > 0 { Ending::Done } else { Ending::NothingFound })
}
