//! The program: runs the command line and maps how it ended to an exit code.

use std::process::ExitCode;

use onrecord::cli::{Ending, run};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    ExitCode::from(match run(std::env::args_os()) {
        Ending::Done => 0,
        Ending::NothingFound => 1,
        Ending::Failed => 2,
        Ending::SomeSkipped => 3,
        Ending::Interrupted => 130,
    })
}
