//! An evaluation as tables for people; per cent, with one digit behind the point.

use std::fmt::Write;

use crate::desk::evaluate::report::{Fault, Mistake, Report, Side};
use crate::desk::evaluate::tally::Share;
use crate::render::number::{counted, grouped};
use crate::render::wrap::{columns, tame};

use super::super::plan::EvalPlan;

/// Where there is no figure or no name.
const NOTHING: &str = "-";

pub(super) fn write(report: &Report, plan: &EvalPlan) -> String {
    let mut out = String::new();
    let total = &report.total;
    let kinds: Vec<&str> = plan.order.kinds.iter().map(|kind| kind.name()).collect();
    let _ = writeln!(
        out,
        "{} · {} quotations ({}) · {} found",
        counted(total.articles, "article"),
        grouped(total.gold),
        kinds.join(", "),
        grouped(total.found)
    );
    let [covered_3, covered_8] = total.covered();
    let mut figures = Table::new(&["", "precision", "recall", "F1"]);
    for (name, figure) in [
        ("span, exact", total.span_exact()),
        ("span", total.span_relaxed()),
        ("span and speaker", total.joint()),
        ("covered > 0.3", covered_3),
        ("covered > 0.8", covered_8),
    ] {
        figures.row([name.to_owned(), percent(figure.precision), percent(figure.recall), percent(figure.f1)]);
    }
    figures.print(&mut out);

    let mut shares = Table::new(&["where the span is right", "right", "of", "no answer"]);
    for (name, share) in
        [("mention of the speaker", total.mention), ("name of the speaker", total.resolved), ("kind", total.kind)]
    {
        shares.row([name.to_owned(), part(share), grouped(share.of), grouped(share.silent)]);
    }
    shares.print(&mut out);
    rules(report, &mut out);
    outlets(report, &mut out);
    reliability(report, &mut out);
    let mut wrong = Table::new(&["wrong", "count"]);
    for fault in Fault::ALL {
        wrong.row([fault.name().to_owned(), grouped(report.wrong.get(&fault).copied().unwrap_or(0))]);
    }
    wrong.print(&mut out);
    if plan.listing {
        out.push('\n');
        report.mistakes.iter().for_each(|mistake| list(mistake, &mut out));
    }
    out
}

fn rules(report: &Report, out: &mut String) {
    let mut rules: Vec<_> = report.rules.iter().collect();
    rules.sort_by_key(|(_, counts)| std::cmp::Reverse(counts.decided));
    let mut table = Table::new(&["rule", "decided", "span right", "span and speaker", "share"]);
    for (rule, counts) in rules {
        let share = Share { of: counts.decided, right: counts.both, silent: 0 };
        let numbers = [grouped(counts.decided), grouped(counts.span), grouped(counts.both), part(share)];
        table.row([vec![shown(rule)], numbers.to_vec()].concat());
    }
    table.print(out);
}

fn outlets(report: &Report, out: &mut String) {
    let mut table =
        Table::new(&["outlet", "articles", "quotations", "found", "span F1", "mention", "name", "joint F1"]);
    for (outlet, counts) in &report.outlets {
        table.row([
            shown(outlet),
            grouped(counts.articles),
            grouped(counts.gold),
            grouped(counts.found),
            percent(counts.span_relaxed().f1),
            part(counts.mention),
            part(counts.resolved),
            percent(counts.joint().f1),
        ]);
    }
    table.print(out);
}

fn reliability(report: &Report, out: &mut String) {
    let reliability = report.reliability();
    let mut table = Table::new(&["confidence", "predicted", "observed", "off by", "count"]);
    for (n, bin) in reliability.bins.iter().enumerate() {
        let to = if n == 9 { "1.0".to_owned() } else { format!("0.{}", n + 1) };
        let means = bin.means().map(|(predicted, observed)| {
            [percent(predicted), percent(observed), format!("{:+.1}", 100.0 * (observed - predicted))]
        });
        let means = means.unwrap_or_else(|| [NOTHING; 3].map(str::to_owned));
        table.row([vec![format!("0.{n} to {to}")], means.to_vec(), vec![grouped(bin.count)]].concat());
    }
    table.print(out);
    let auroc = reliability.auroc.map_or_else(|| NOTHING.to_owned(), |auroc| format!("{auroc:.3}"));
    let _ = writeln!(out, "AUROC {auroc}");
    if report.without_confidence > 0 {
        let _ = writeln!(out, "without a confidence: {}", grouped(report.without_confidence));
    }
}

fn list(mistake: &Mistake, out: &mut String) {
    let _ = writeln!(out, "{}: {}", tame(&mistake.id), mistake.fault.name());
    for (name, side) in [("expected", &mistake.expected), ("found", &mistake.found)] {
        if let Some(side) = side {
            let _ = writeln!(out, "  {name:<9} {}", told(side));
        }
    }
    let _ = writeln!(out, "  {}\n", tame(&mistake.excerpt));
}

/// Who, how and by which rule; the words stand in the excerpt.
fn told(side: &Side) -> String {
    let mention = side.mention.as_deref().map(|mention| format!("“{mention}”"));
    let who = match (side.name.as_deref().filter(|name| !name.is_empty()), mention) {
        (Some(name), Some(mention)) => format!("{name} ({mention})"),
        (Some(name), None) => name.to_owned(),
        (None, Some(mention)) => mention,
        (None, None) => "nobody".to_owned(),
    };
    let mut told = format!("{who}, {} at {}-{}", side.kind, side.at.start, side.at.end);
    if let Some(rule) = &side.rule {
        let _ = write!(told, ", rule {rule}");
    }
    if let Some(confidence) = side.confidence {
        let _ = write!(told, " {confidence:.2}");
    }
    tame(&told.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn shown(name: &str) -> String {
    if name.is_empty() { NOTHING.to_owned() } else { tame(name).replace(['\n', '\t'], " ") }
}

fn percent(share: f64) -> String {
    format!("{:.1}", 100.0 * share)
}

fn part(share: Share) -> String {
    share.value().map_or_else(|| NOTHING.to_owned(), percent)
}

/// Rows under a heading: the first column to the left, the others to the right.
struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    fn new(head: &[&str]) -> Self {
        Self { rows: vec![head.iter().map(|&cell| cell.to_owned()).collect()] }
    }

    fn row(&mut self, cells: impl Into<Vec<String>>) {
        self.rows.push(cells.into());
    }

    /// Appends an empty line and the table.
    fn print(&self, out: &mut String) {
        let width =
            |n: usize| self.rows.iter().filter_map(|row| row.get(n)).map(|cell| columns(cell)).max().unwrap_or(0);
        out.push('\n');
        for row in &self.rows {
            let mut line = String::new();
            for (n, cell) in row.iter().enumerate() {
                let fill = " ".repeat(width(n) - columns(cell));
                line = if n == 0 { format!("{cell}{fill}") } else { format!("{line}  {fill}{cell}") };
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
    }
}
