//! `onrecord index`: creates or updates the index of an archive.

use std::process;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::desk::indexing::{self, Failure, Order, Progress, Report};
use crate::render::number::{counted, grouped, took};

use super::output::Output;
use super::plan::IndexPlan;
use super::{Ending, clock};

/// How many of the skipped files are named; all of them with `-v`.
const SKIPPED_TOLD: usize = 10;

pub(crate) fn run(plan: IndexPlan, output: &mut Output) -> anyhow::Result<Ending> {
    let watch = clock::Watch::start();
    let order = Order {
        roots: plan.roots,
        index: plan.index,
        rebuild: plan.rebuild,
        jobs: plan.jobs,
        read: plan.read,
        date_from_path: plan.date_from_path,
        outlet_from_path: plan.outlet_from_path,
        when: clock::now_text(),
        seed: format!("{} {}", clock::now_text(), process::id()),
    };
    let bar = bar(output.shows_progress());
    let done = indexing::run(&order, &mut |progress| show(&bar, progress));
    bar.finish_and_clear();
    let report = done.map_err(explain)?;
    let told = if plan.verbose { usize::MAX } else { SKIPPED_TOLD };
    for skipped in report.skipped.iter().take(told) {
        output.note(&format!("skipped {}: {}", skipped.path, skipped.reason));
    }
    if report.skipped.len() > told {
        let more = grouped((report.skipped.len() - told) as u64);
        output.note(&format!("skipped {more} more: `onrecord status --skipped` lists them"));
    }
    output.note(&summary(&report, watch.passed()));
    Ok(match report {
        Report { skipped, .. } if !skipped.is_empty() && plan.strict => Ending::Failed,
        Report { skipped, .. } if !skipped.is_empty() => Ending::SomeSkipped,
        Report { done, .. } if done.articles == 0 => Ending::NothingFound,
        Report { .. } => Ending::Done,
    })
}

/// `indexed 18,204 articles (18,190 new, 14 skipped) · 61,377 quotes · 9,842 speakers · 48 s`
fn summary(report: &Report, time: Duration) -> String {
    let Progress { articles, replaced, skipped, .. } = report.done;
    let mut facts = vec![format!("{} new", grouped(articles - replaced))];
    if replaced > 0 {
        facts.push(format!("{} again", grouped(replaced)));
    }
    if skipped > 0 {
        facts.push(format!("{} skipped", grouped(skipped)));
    }
    let parts = [
        format!("indexed {} ({})", counted(articles, "article"), facts.join(", ")),
        counted(report.quotes, "quote"),
        counted(report.speakers, "speaker"),
        took(time),
    ];
    parts.join(" · ")
}

fn bar(shown: bool) -> ProgressBar {
    let bar = ProgressBar::no_length();
    bar.set_draw_target(if shown { ProgressDrawTarget::stderr_with_hz(10) } else { ProgressDrawTarget::hidden() });
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} · {elapsed}") {
        bar.set_style(style);
    }
    if shown {
        bar.enable_steady_tick(Duration::from_millis(200));
    }
    bar
}

fn show(bar: &ProgressBar, progress: Progress) {
    if !bar.is_hidden() {
        let skipped =
            if progress.skipped > 0 { format!(" · {} skipped", grouped(progress.skipped)) } else { String::new() };
        let (articles, quotes) = (counted(progress.articles, "article"), counted(progress.quotes, "quote"));
        bar.set_message(format!("{articles} · {quotes}{skipped}"));
    }
}

/// A missing archive is most often a forgotten argument.
fn explain(failure: Failure) -> anyhow::Error {
    match failure {
        Failure::Root { path, source } if source.kind() == std::io::ErrorKind::NotFound => anyhow::anyhow!(
            "there is no {}\nhelp: name the folder of your archive: `onrecord index FOLDER`",
            path.display()
        ),
        failure => failure.into(),
    }
}
