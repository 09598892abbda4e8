//! What a long run shows while it works: one line on a terminal, and nothing elsewhere. What the line says, its command knows.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// The line, which is hidden unless `shown`.
pub(super) fn bar(shown: bool) -> ProgressBar {
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
