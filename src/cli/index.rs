//! `onrecord index`: creates or updates the index of an archive, or says what that would do.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use anyhow::Context;
use indicatif::ProgressBar;

use crate::archive;
use crate::desk::indexing::{self, Failure, Order, Outlook, Progress, Report, Told, What};
use crate::render::number::{counted, grouped, took};
use crate::render::tsv;

use super::output::Output;
use super::plan::{FileList, IndexPlan};
use super::{Ending, clock, interrupt, progress};

/// How many of the skipped files are named; all of them with `-v`.
const SKIPPED_TOLD: u64 = 10;

pub(crate) fn run(plan: IndexPlan, output: &mut Output) -> anyhow::Result<Ending> {
    let watch = clock::Watch::start();
    let mut list = plan.list.as_ref().map(listed).transpose()?;
    let is_listed = list.is_some();
    let list = list.as_mut().map(|list| list as &mut dyn Iterator<Item = io::Result<PathBuf>>);
    // Until it is known what is there.
    let keeps = Arc::new(AtomicBool::new(!plan.dry_run && !plan.rebuild));
    let asked = Arc::clone(&keeps);
    let stop = interrupt::watch(move || match asked.load(Relaxed) {
        true => "stopping: what is done is being kept (Ctrl-C once more ends at once)",
        false => "stopping",
    });
    let order = Order {
        roots: plan.roots,
        index: plan.index,
        rebuild: plan.rebuild,
        prune: plan.prune,
        since: plan.since.map(clock::beginning),
        jobs: plan.jobs,
        batch: plan.batch,
        read: plan.read,
        limits: plan.limits,
        date_from_path: plan.date_from_path,
        outlet_from_path: plan.outlet_from_path,
        began: clock::now_nanoseconds(),
        when: clock::now_text(),
        seed: format!("{} {}", clock::now_text(), process::id()),
        stop,
    };
    if plan.dry_run {
        return preview(&order, list, (plan.verbose, is_listed), output);
    }
    let bar = progress::bar(output.shows_progress());
    let mut kept = Vec::new();
    let mut skipped = 0;
    let done = indexing::run(&order, list, &mut |told| match told {
        Told::Begun(aside) => keeps.store(!aside, Relaxed),
        Told::Progress(progress) => show(&bar, progress),
        Told::Skipped(path, reason) => {
            let line = format!("skipped {path}: {reason}");
            skipped += 1;
            match plan.verbose {
                true => bar.suspend(|| output.note(&line)),
                false if skipped <= SKIPPED_TOLD => kept.push(line),
                false => {}
            }
        }
        Told::Odd(path, what) if plan.verbose => bar.suspend(|| output.note(&format!("{path}: {what}"))),
        Told::Odd(..) => {}
    });
    bar.finish_and_clear();
    kept.iter().for_each(|line| output.note(line));
    let report = done.map_err(explain)?;
    if !plan.verbose && skipped > SKIPPED_TOLD {
        let more = grouped(skipped - SKIPPED_TOLD);
        output.note(&format!("skipped {more} more: `onrecord status --skipped` lists them"));
    }
    remarks(&report).iter().for_each(|remark| output.note(remark));
    output.note(&summary(&report, watch.passed()));
    let tally = &report.tally;
    Ok(match all_skipped(&report) {
        _ if report.interrupted => Ending::Interrupted,
        1.. if plan.strict => Ending::Failed,
        1.. => Ending::SomeSkipped,
        // A list may be empty, and all of it may be gone or older than is asked for: then there was nothing to do.
        0 if !is_listed && tally.files() + report.pruned == 0 => Ending::NothingFound,
        0 => Ending::Done,
    })
}

/// The paths of a list, from the folder that the user is in.
fn listed(list: &FileList) -> anyhow::Result<impl Iterator<Item = io::Result<PathBuf>> + use<>> {
    let input: Box<dyn BufRead> = if list.file == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        let file = File::open(&list.file).with_context(|| format!("cannot read {}", list.file.display()))?;
        Box::new(BufReader::new(file))
    };
    Ok(archive::paths(input, list.end).map(|path| path.and_then(std::path::absolute)))
}

/// Reasons for skipping something, in what was read now and in what was looked at.
fn all_skipped(report: &Report) -> u64 {
    report.done.skipped + report.done.known_skips + report.tally.known_skips
}

/// What the summary has no room for.
fn remarks(report: &Report) -> Vec<String> {
    let Report { done, tally, gone, .. } = report;
    let mut remarks = Vec::new();
    if done.odd > 0 {
        let odd = counted(done.odd, "remark");
        remarks.push(format!("{odd} on articles that were read: `onrecord status --odd` lists them"));
    }
    if tally.reread > 0 {
        let files = counted(tally.reread, "file");
        remarks.push(format!("{files} read again, as the options or the version of onrecord are others than before"));
    }
    if tally.passed > 0 {
        remarks.push(format!("{} passed over, as changed before the day of `--since`", counted(tally.passed, "file")));
    }
    for (root, files) in &tally.emptied {
        let files = counted(*files, "file");
        remarks.push(format!("nothing is left in {root}: the articles of its {files} stay in the index (index the folder above it with `--prune` to drop them)"));
    }
    if *gone > 0 {
        remarks
            .push(format!("{} gone, whose articles stay in the index: `--prune` drops them", counted(*gone, "file")));
    }
    if report.interrupted && report.left {
        remarks.push("interrupted: the index is as it was, and `--rebuild` begins anew".to_owned());
    } else if report.interrupted {
        remarks.push("interrupted: what was done is in the index, and the next run does the rest".to_owned());
    }
    remarks
}

/// `indexed 18,204 articles (18,190 new, 14 again, 3 skipped) · 200 files unchanged · 61,377 quotes · 9,842 speakers · 48 s`
fn summary(report: &Report, time: Duration) -> String {
    let Report { done, tally, .. } = report;
    let facts: Vec<String> = [
        (done.articles - done.replaced, "new"),
        (done.replaced, "again"),
        (done.dropped, "dropped"),
        (all_skipped(report), "skipped"),
    ]
    .into_iter()
    .filter(|(number, _)| *number > 0)
    .map(|(number, what)| format!("{} {what}", grouped(number)))
    .collect();
    let facts = if facts.is_empty() { String::new() } else { format!(" ({})", facts.join(", ")) };
    let mut parts = vec![format!("indexed {}{facts}", counted(done.articles, "article"))];
    for (number, what) in [(tally.unchanged + done.touched + done.sure, "unchanged"), (done.moved, "moved")] {
        if number > 0 {
            parts.push(format!("{} {what}", counted(number, "file")));
        }
    }
    parts.extend([counted(report.quotes, "quote"), counted(report.speakers, "speaker"), took(time)]);
    parts.join(" · ")
}

/// What would be done: each file as data, the sum of it as a note.
fn preview(
    order: &Order,
    list: Option<&mut dyn Iterator<Item = io::Result<PathBuf>>>,
    (verbose, is_listed): (bool, bool),
    output: &mut Output,
) -> anyhow::Result<Ending> {
    let mut failed = None;
    let mut tell = |what, path: &str, from: Option<&str>| {
        if !verbose || failed.is_some() {
            return;
        }
        let mut line = Vec::new();
        tsv::write_cells(&mut line, &[word(what), path, from.unwrap_or_default()]);
        if let Err(error) = output.data(line) {
            failed = Some(error);
            order.stop.store(true, Relaxed);
        }
    };
    let outlook = indexing::preview(order, list, &mut tell).map_err(explain)?;
    if let Some(error) = failed {
        return Err(error);
    }
    let Outlook { new, changed, reread, touched, moved, gone, unchanged, ref tally, interrupted } = outlook;
    let gone_word = if order.prune { "dropped" } else { "gone" };
    let usual = [
        (new, "new"),
        (changed, "changed"),
        (touched, "touched"),
        (moved, "moved"),
        (gone, gone_word),
        (unchanged, "unchanged"),
    ];
    let others = [
        (reread, "to be read again for other options or by another version"),
        (tally.passed, "passed over"),
        (tally.ignored, "ignored"),
    ];
    let counts: Vec<String> = usual
        .into_iter()
        .chain(others.into_iter().filter(|(number, _)| *number > 0))
        .map(|(number, what)| format!("{} {what}", grouped(number)))
        .collect();
    output.note(&format!("files: {}; nothing was written", counts.join(", ")));
    Ok(match () {
        () if interrupted => Ending::Interrupted,
        () if !is_listed && tally.files() + gone == 0 => Ending::NothingFound,
        () => Ending::Done,
    })
}

fn word(what: What) -> &'static str {
    match what {
        What::New => "new",
        What::Changed => "changed",
        What::Reread => "again",
        What::Touched => "touched",
        What::Moved => "moved",
        What::Gone => "gone",
    }
}

fn show(bar: &ProgressBar, progress: Progress) {
    if !bar.is_hidden() {
        let skipped =
            if progress.skipped > 0 { format!(" · {} skipped", grouped(progress.skipped)) } else { String::new() };
        let (articles, quotes) = (counted(progress.articles, "article"), counted(progress.quotes, "quote"));
        bar.set_message(match progress {
            Progress { files: 0, found, .. } => format!("{} found", counted(found, "file")),
            Progress { files, files_done, .. } => {
                format!("{} of {} · {articles} · {quotes}{skipped}", grouped(files_done), counted(files, "file"))
            }
        });
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
