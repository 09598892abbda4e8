//! `onrecord compact`: fewer segments, and nothing that was deleted.

use std::path::Path;

use crate::desk::compact;
use crate::render::number::{bytes, counted, took};

use super::super::output::Output;
use super::super::{Ending, clock, progress};

pub(super) fn run(index: &Path, output: &mut Output) -> anyhow::Result<Ending> {
    let watch = clock::Watch::start();
    let bar = progress::bar(output.shows_progress());
    let report = compact::compact(index, &mut |part| bar.set_message(part.to_owned()));
    bar.finish_and_clear();
    let compact::Report { before, after, merged } = report?;
    let swept = before.litter.saturating_sub(after.litter);
    let mut parts = vec![match merged {
        true => format!("compacted {} to {}", counted(before.segments, "segment"), after.segments),
        false => format!("nothing to merge: {}", counted(after.segments, "segment")),
    }];
    if before.deleted > 0 {
        parts.push(format!("{} dropped", counted(before.deleted, "deleted record")));
    }
    if swept > 0 && !merged {
        parts.push(format!("{} of what was left behind removed", bytes(swept)));
    }
    if merged {
        parts.push(format!("{} to {}", bytes(before.bytes + before.litter), bytes(after.bytes)));
    }
    parts.push(took(watch.passed()));
    output.note(&parts.join(" · "));
    if after.litter > 0 {
        let waits = bytes(after.litter);
        output.note(&format!("{waits} are still being read by others; the next run that nobody reads at removes them"));
    }
    Ok(Ending::Done)
}
