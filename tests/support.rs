//! What tests of several parts ask for: the folder of shared data, and a word where one of them is skipped.

use std::fmt::Display;
use std::io::Write;
use std::path::{Path, PathBuf};

/// A file or folder of the shared data beside the project, or where `ONRECORD_SHARED` says that they lie; `None` where it is not there,
/// with a word about it.
pub(crate) fn shared(name: &str) -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let place = std::env::var_os("ONRECORD_SHARED").map_or_else(beside, PathBuf::from).join(name);
    if place.exists() {
        return Some(place);
    }
    skipped(place.display());
    None
}

/// Says that a test does nothing for want of something: past the harness, which would keep it to itself.
pub(crate) fn skipped(absent: impl Display) {
    writeln!(std::io::stdout(), "skipped: there is no {absent}").expect("the tests have a standard output");
}
