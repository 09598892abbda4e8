//! Ctrl-C, and other wishes of the system that the program may end: the first asks the work to come to an end in good order,
//! the second ends it at once.

use std::io::{self, Write};
use std::process;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::SeqCst;

/// The exit code of what was interrupted.
pub(crate) const CODE: i32 = 130;

/// A flag that becomes true when the user wants to stop; what `said` gives then is told.
pub(crate) fn watch(said: impl Fn() -> &'static str + Send + 'static) -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    // Where the system has no such signals, the program is ended by it as any other.
    let _ = ctrlc::set_handler(move || {
        if flag.swap(true, SeqCst) {
            process::exit(CODE);
        }
        let _ = writeln!(io::stderr(), "{}", said());
    });
    stop
}
