//! How long a second run takes over an archive in which nothing changed, beside the first one and beside `find`.
//!
//! `cargo bench --bench again` makes an archive of 20,000 files of an invented newspaper in a folder of its own, indexes it
//! twice, and lists it with `find -printf '%s %T@\n'`. `cargo bench --bench again -- 100000` takes so many files. What is
//! aimed at: the second run at least 50 times as fast as the first, or at most 3 times as long as `find`.

use std::env;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, UNIX_EPOCH};

const FILES: usize = 20_000;

/// Files in one folder: as many as there are in one of a day.
const A_DAY: usize = 40;

fn main() -> io::Result<()> {
    let given: Vec<String> = env::args().skip(1).collect();
    let mut out = io::stdout().lock();
    // `cargo test --all-targets` runs it too, without this word.
    if !given.iter().any(|word| word == "--bench") {
        return writeln!(out, "cargo bench --bench again measures a second run");
    }
    let files = given.iter().find_map(|word| word.parse().ok()).unwrap_or(FILES);
    let folder = tempfile::tempdir()?;
    let archive = folder.path().join("archive");
    let bytes = write_archive(&archive, files)?;
    writeln!(out, "{files} files, {:.1} MB, in {}", bytes as f64 / 1e6, archive.display())?;
    let first = index(folder.path())?;
    let again = best(|| index(folder.path()))?;
    let find = best(|| time(Command::new("find").arg(&archive).args(["-printf", "%s %T@\\n"]).stdout(Stdio::null())))?;
    let seconds = |time: Duration| time.as_secs_f64();
    writeln!(out, "first run      {:8.3} s", seconds(first))?;
    writeln!(out, "second run     {:8.3} s (the best of five)", seconds(again))?;
    writeln!(out, "find -printf   {:8.3} s (the best of five)", seconds(find))?;
    let (faster, longer) = (seconds(first) / seconds(again), seconds(again) / seconds(find));
    writeln!(
        out,
        "the second run is {faster:.0} times as fast as the first, and takes {longer:.1} times as long as find"
    )?;
    let met = if faster >= 50.0 || longer <= 3.0 { "met" } else { "missed" };
    writeln!(out, "aim (50 times as fast, or 3 times as long as find): {met}")
}

fn index(folder: &Path) -> io::Result<Duration> {
    time(Command::new(env!("CARGO_BIN_EXE_onrecord")).args(["index", "archive", "--quiet"]).current_dir(folder))
}

fn time(command: &mut Command) -> io::Result<Duration> {
    let begun = Instant::now();
    let status = command.status()?;
    let time = begun.elapsed();
    if status.success() { Ok(time) } else { Err(io::Error::other(format!("{command:?} failed"))) }
}

fn best(mut run: impl FnMut() -> io::Result<Duration>) -> io::Result<Duration> {
    (0..5).map(|_| run()).try_fold(Duration::MAX, |best, time| Ok(best.min(time?)))
}

/// Writes the archive, all of it long ago; gives its bytes.
fn write_archive(archive: &Path, files: usize) -> io::Result<u64> {
    let mut bytes = 0;
    for number in 0..files {
        let day = archive.join(format!("{:04}/{:03}", number / A_DAY / 300, number / A_DAY % 300));
        if number % A_DAY == 0 {
            fs::create_dir_all(&day)?;
        }
        let mut file = File::create(day.join(format!("story-{number:06}.txt")))?;
        let text = story(number);
        file.write_all(text.as_bytes())?;
        file.set_modified(UNIX_EPOCH + Duration::from_secs(1_000_000_000 + number as u64))?;
        bytes += text.len() as u64;
    }
    Ok(bytes)
}

/// A story of some 1,500 bytes with three quotations.
fn story(number: usize) -> String {
    let pick =
        |words: &[&str], step: usize| words.get(number / step % words.len()).copied().unwrap_or_default().to_owned();
    let (place, thing) = (
        pick(&["Lundby", "Port Ellery", "Marlow", "Northgate", "Sunder", "Tri Valley", "Kestrel"], 1),
        pick(&["slip", "mill", "bridge", "gate", "quay", "lock", "ferry", "tunnel", "tower"], 7),
    );
    let (first, last) = (
        pick(&["Tilda", "Noor", "Finn", "Moira", "Alden", "Tomas", "Greta", "Ivo", "Hanne", "Rolf", "Ada"], 3),
        pick(&["Marsh", "Blom", "Dahl", "Kerry", "Lindqvist", "Osei", "Vane", "Holt", "Brandt"], 33),
    );
    let filler = format!(
        "The {thing} at {place} has stood for {} years, and its keepers count every one of them. ",
        number % 190 + 3
    );
    format!(
        "{place} {thing} closes for repairs\n\n{filler}{filler}\n\n\"We close the {thing} for {} days and not one more,\" said {first} {last}, who runs it for the town.\n\n{filler}{filler}{filler}\n\n{last} said that the money had been found. \"Half of it is here, and the other half is promised,\" {last} said.\n\n{filler}{filler}\n\nThe council of {place} called it \"a long overdue step\" and moved on.\n",
        number % 40 + 2,
    )
}
