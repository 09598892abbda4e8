//! `onrecord count`: how many answer a query, by speaker, outlet, day and so on.

use crate::desk::question::Wish;
use crate::index::hit::CountHit;
use crate::index::{Grouping, Records};
use crate::render::count::{self, Heading};
use crate::render::number::{counted, grouped};

use super::opened::Opened;
use super::output::Output;
use super::plan::{CountPlan, Table};
use super::{Ending, clock};

pub(crate) fn run(plan: &CountPlan, output: &mut Output) -> anyhow::Result<Ending> {
    let opened = Opened::asking(plan.query.as_deref(), &plan.index, output)?;
    let asked = opened.asked();
    let wish = Wish { limit: usize::MAX, count: true, sort: None, group: Grouping::None, today: clock::today()? };
    let mut tally = asked.count(&opened.reader, wish, &plan.counting)?;
    let noun = match plan.counting.records {
        Records::Quotes => "quote",
        Records::Articles => "article",
    };
    let bare = plan.counting.by.is_empty();
    if bare && matches!(plan.table, Table::People | Table::Columns) {
        output.data(format!("{}\n", tally.total))?;
        return Ok(if tally.total > 0 { Ending::Done } else { Ending::NothingFound });
    }
    if bare {
        tally.rows = vec![CountHit { values: Vec::new(), count: tally.total, articles: None }];
    }
    let groups = tally.rows.len();
    tally.rows.truncate(plan.limit);
    let by: Vec<&'static str> = plan.counting.by.iter().map(|facet| facet.name()).collect();
    let heading = Heading {
        by: &by,
        of: if noun == "quote" { "quotes" } else { "articles" },
        per_articles: plan.counting.per_articles,
    };
    let mut bytes = Vec::new();
    match plan.table {
        Table::People if !tally.rows.is_empty() => {
            bytes.extend(count::table(&tally.rows, heading, output.look()).into_bytes());
        }
        Table::People => {}
        Table::Columns => tally.rows.iter().for_each(|row| count::write_columns(&mut bytes, row)),
        Table::Csv => {
            count::write_csv_header(&mut bytes, heading);
            tally.rows.iter().for_each(|row| count::write_csv(&mut bytes, row));
        }
        Table::Lines => {
            for row in &tally.rows {
                count::write_line(&mut bytes, heading, row)?;
            }
        }
    }
    output.data(bytes)?;
    if !bare {
        output.note(&summary(tally.total, groups, tally.rows.len(), noun));
    }
    Ok(if tally.total > 0 { Ending::Done } else { Ending::NothingFound })
}

fn summary(total: u64, groups: usize, shown: usize, noun: &str) -> String {
    let total = match total {
        0 => return format!("no {noun}s found"),
        total => counted(total, noun),
    };
    match shown < groups {
        true => format!(
            "{total} · {} of {} groups: `-n N` shows more, `--all` all",
            grouped(shown as u64),
            grouped(groups as u64)
        ),
        false => format!("{total} · {}", counted(groups as u64, "group")),
    }
}
