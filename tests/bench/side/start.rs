//! From the start of a process to the printed result, with all files in the machine's memory: the program, and ripgrep over the articles' files.

use std::io::{self, Write};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use super::measure::{median, spread};
use super::room::Room;

/// Starts each in turn, and prints the table.
pub(crate) fn start(room: &Room, out: &mut impl Write) -> io::Result<()> {
    let (program, index) = (Path::new(env!("CARGO_BIN_EXE_onrecord")), room.ours());
    let mut commands: Vec<(String, Command)> = Vec::new();
    for words in [
        &["--version"][..],
        &["search", "=bridge"],
        &["search", "speaker:Lindley council"],
        &["search", "-c", "=government"],
        &["search", "--articles", "-c", "body:(=quorndale)"],
    ] {
        let mut command = Command::new(program);
        command.args(words).env("ONRECORD_INDEX", &index);
        commands.push((format!("`onrecord {}`", words.join(" ")), command));
    }
    match (Command::new("rg").arg("--version").output(), room.made_files()?) {
        (Err(_), _) => writeln!(out, "ripgrep is missing; `tests/bench/peers.sh` installs it\n")?,
        (Ok(_), None) => {}
        (Ok(_), Some(files)) => {
            let mut command = Command::new("rg");
            command.args(["-lwi", "quorndale"]).arg(files);
            commands.push(("`rg -lwi quorndale` over the files".to_owned(), command));
        }
    }
    let mut times = vec![Vec::new(); commands.len()];
    for round in 0..22 {
        for ((_, command), times) in commands.iter_mut().zip(&mut times) {
            let begun = Instant::now();
            let output = command.output()?;
            if !output.status.success() {
                return Err(io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned()));
            }
            // The first time warms.
            if round > 0 {
                times.push(begun.elapsed().as_secs_f64() * 1e3);
            }
        }
    }
    writeln!(out, "| from the start of the process | ms | spread |\n|---|---|---|")?;
    for ((name, _), times) in commands.iter().zip(&times) {
        writeln!(out, "| {name} | {:.1} | ±{:.0} % |", median(times), spread(times))?;
    }
    writeln!(out)
}
