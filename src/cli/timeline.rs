//! `onrecord timeline`: who said what when.

use crate::desk::question::Wish;
use crate::index::Grouping;
use crate::render::number::counted;
use crate::render::timeline;

use super::opened::Opened;
use super::output::Output;
use super::plan::{Table, TimelinePlan};
use super::{Ending, clock};

pub(crate) fn run(plan: &TimelinePlan, output: &mut Output) -> anyhow::Result<Ending> {
    let opened = Opened::asking(plan.query.as_deref(), &plan.index, output)?;
    let asked = opened.asked();
    let wish = Wish { limit: usize::MAX, count: true, sort: None, group: Grouping::None, today: clock::today()? };
    let told = asked.timeline(&opened.reader, wish, plan.span)?;
    let mut bytes = Vec::new();
    match plan.table {
        Table::People => bytes.extend(timeline::chart(&told.periods, output.look()).into_bytes()),
        Table::Columns => told.periods.iter().for_each(|hit| timeline::write_columns(&mut bytes, hit)),
        Table::Csv => {
            timeline::write_csv_header(&mut bytes);
            told.periods.iter().for_each(|hit| timeline::write_csv(&mut bytes, hit));
        }
        Table::Lines => {
            for hit in &told.periods {
                timeline::write_line(&mut bytes, told.grain.name(), hit)?;
            }
        }
    }
    output.data(bytes)?;
    let periods = counted(
        told.periods.iter().filter(|hit| hit.count > 0 && hit.period.is_some()).count() as u64,
        told.grain.name(),
    );
    output.note(&match told.total {
        0 => "no quotes found".to_owned(),
        total => format!("{} in {periods}", counted(total, "quote")),
    });
    Ok(if told.total > 0 { Ending::Done } else { Ending::NothingFound })
}
