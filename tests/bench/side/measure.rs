//! How long something takes, how much memory it holds, how large it is; and what many runs come to.

use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// What a program took.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Taken {
    pub(crate) seconds: f64,
    /// Of all its threads, in seconds: what a machine that does other things besides changes least.
    pub(crate) work: f64,
    /// The most that it held of its own at one time, in MiB.
    pub(crate) memory: f64,
}

/// Parts of a second in which Linux tells the work of a process.
const TICKS: f64 = 100.0;

/// Runs a program to its end. It asks Linux for work and memory.
pub(crate) fn run(command: &mut Command) -> io::Result<Taken> {
    let begun = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
    let (mut most, mut work) = (0, 0.0_f64);
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        let said = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let own = said.lines().find_map(|line| line.strip_prefix("RssAnon:"));
        let own = own.and_then(|own| own.trim().trim_end_matches(" kB").parse::<u64>().ok());
        most = most.max(own.unwrap_or(0));
        let told = fs::read_to_string(format!("/proc/{}/stat", child.id())).unwrap_or_default();
        // Behind the name, which may hold anything: the 12th and the 13th number are what it did itself and what the system did for it.
        let numbers = told.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
        work = work.max(numbers.filter_map(|number| number.parse::<f64>().ok()).sum::<f64>() / TICKS);
        thread::sleep(Duration::from_millis(4));
    };
    let seconds = begun.elapsed().as_secs_f64();
    if !status.success() {
        let mut said = String::new();
        if let Some(mut stderr) = child.stderr.take() {
            io::Read::read_to_string(&mut stderr, &mut said)?;
        }
        return Err(io::Error::other(format!("{command:?} ended with {status}: {said}")));
    }
    Ok(Taken { seconds, work, memory: most as f64 / 1024.0 })
}

/// Bytes of all files in a folder, or of a file.
pub(crate) fn size(path: &Path) -> io::Result<u64> {
    let about = fs::metadata(path)?;
    if !about.is_dir() {
        return Ok(about.len());
    }
    fs::read_dir(path)?.map(|entry| size(&entry?.path())).sum()
}

/// Reads a file, or all files in a folder.
pub(crate) fn read_all(path: &Path) -> io::Result<()> {
    if fs::metadata(path)?.is_dir() {
        return fs::read_dir(path)?.try_for_each(|entry| read_all(&entry?.path()));
    }
    io::copy(&mut fs::File::open(path)?, &mut io::sink()).map(drop)
}

/// The middle one.
pub(crate) fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match sorted.as_slice() {
        [] => f64::NAN,
        sorted if sorted.len() % 2 == 1 => sorted[middle],
        sorted => f64::midpoint(sorted[middle - 1], sorted[middle]),
    }
}

/// Half of the distance between the quarters, in hundredths of the middle: how far runs lie apart.
pub(crate) fn spread(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |part: usize| sorted.get((sorted.len().saturating_sub(1)) * part / 4).copied().unwrap_or(f64::NAN);
    (at(3) - at(1)) / 2.0 / median(values) * 100.0
}

/// The mean of ratios.
pub(crate) fn geometric_mean(values: &[f64]) -> f64 {
    (values.iter().map(|value| value.ln()).sum::<f64>() / values.len() as f64).exp()
}
