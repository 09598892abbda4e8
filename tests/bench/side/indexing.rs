//! Indexing, side by side: each in turn, run after run; and what a second run takes when nothing, or little, has changed.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::generate::{News, form};
use super::measure::{Taken, median, read_all, size, spread};
use super::peers::Peer;
use super::room::Room;

type Make<'a> = dyn Fn(&Path) -> io::Result<Taken> + 'a;

/// How somebody indexes: who, into what, and how long it took.
struct Row<'a> {
    name: String,
    /// What is read; before each run too, so that all find it in the page cache.
    input: Vec<PathBuf>,
    index: PathBuf,
    runs: Vec<Taken>,
    make: Box<Make<'a>>,
    /// Whether it is the program's, and can be looked into.
    ours: bool,
}

impl<'a> Row<'a> {
    fn new(name: String, input: &[PathBuf], index: PathBuf, make: impl Fn(&Path) -> io::Result<Taken> + 'a) -> Self {
        let ours = name.starts_with("onrecord");
        Self { name, input: input.to_vec(), index, runs: Vec::new(), make: Box::new(make), ours }
    }

    fn run(&mut self) -> io::Result<()> {
        self.input.iter().try_for_each(|input| read_all(input))?;
        self.runs.push((self.make)(&self.index)?);
        Ok(())
    }

    fn seconds(&self) -> Vec<f64> {
        self.runs.iter().map(|taken| taken.seconds).collect()
    }

    fn work(&self) -> f64 {
        median(&self.runs.iter().map(|taken| taken.work).collect::<Vec<f64>>())
    }

    fn memory(&self) -> f64 {
        self.runs.iter().map(|taken| taken.memory).fold(0.0, f64::max)
    }
}

/// Indexes with each, and prints the table. Gives what the program itself took of the whole archive.
pub(crate) fn indexing(room: &Room, peers: &[Peer], rounds: usize, out: &mut impl Write) -> io::Result<Taken> {
    let mut rows = vec![Row::new("onrecord, of the archive".to_owned(), &room.archive, room.ours(), |index| {
        room.index_ours(&room.archive, index)
    })];
    if let Some(files) = room.made_files()? {
        let files = [files.to_owned()];
        let (name, index) = ("onrecord, of a file an article".to_owned(), room.place("onrecord-files"));
        rows.push(Row::new(name, &files.clone(), index, move |index| room.index_ours(&files, index)));
    }
    let records = [room.records()];
    rows.push(Row::new("tantivy by hand, of records".to_owned(), &records, room.place("tantivy"), |index| {
        room.index_by_hand(index)
    }));
    for peer in peers {
        let make = |index: &Path| peer.index(&room.records(), index);
        rows.push(Row::new(format!("{}, of records", peer.name), &records, peer.index_in(room), make));
    }
    for _ in 0..rounds {
        rows.iter_mut().try_for_each(Row::run)?;
    }
    for row in rows.iter().filter(|row| row.ours) {
        room.check(&row.index)?;
    }
    let (first, work) = rows.first().map_or((f64::NAN, f64::NAN), |row| (median(&row.seconds()), row.work()));
    writeln!(
        out,
        "| who | seconds | spread | time / onrecord's | seconds of work | work / onrecord's | articles/s | MB of text/s | MiB held | MB on disk | of the text |"
    )?;
    writeln!(out, "|---|---|---|---|---|---|---|---|---|---|---|")?;
    for row in &rows {
        let (seconds, size) = (median(&row.seconds()), size(&row.index)? as f64);
        writeln!(
            out,
            "| {} | {seconds:.2} | ±{:.0} % | {:.2} | {:.2} | {:.2} | {:.0} | {:.2} | {:.0} | {:.1} | {:.2} |",
            row.name,
            spread(&row.seconds()),
            seconds / first,
            row.work(),
            row.work() / work,
            room.articles as f64 / seconds,
            room.text as f64 / 1e6 / seconds,
            row.memory(),
            size / 1e6,
            size / room.text as f64
        )?;
    }
    writeln!(out)?;
    let memory = rows.first().map_or(f64::NAN, Row::memory);
    Ok(Taken { seconds: first, work, memory })
}

/// Runs again over files of which none, or one in a hundred, was changed.
pub(crate) fn again(room: &Room, out: &mut impl Write) -> io::Result<()> {
    // They are changed, so that nothing else may be made of them.
    let (files, index) = (room.place("files-changed"), room.place("onrecord-changed"));
    let _ = fs::remove_dir_all(&files);
    form::files(&News::new(1), room.articles, &files)?;
    let archive = [files.clone()];
    let first = room.index_ours(&archive, &index)?.seconds;
    room.check(&index)?;
    let mut runs = [Vec::new(), Vec::new()];
    for round in 0..3 {
        runs[0].push(room.again(&archive, &index)?.seconds);
        for number in (round..room.articles).step_by(100) {
            let file = form::place(&files, number);
            let text = fs::read_to_string(&file)?;
            // One more word at its end, so that it is another article.
            fs::write(&file, text.replacen("\"}", " More.\"}", 1))?;
        }
        runs[1].push(room.again(&archive, &index)?.seconds);
    }
    room.check(&index)?;
    fs::remove_dir_all(&files)?;
    fs::remove_dir_all(&index)?;
    writeln!(out, "| a run over a file an article | seconds | spread | of the first run's |\n|---|---|---|---|")?;
    writeln!(out, "| the first | {first:.2} | – | 1.000 |")?;
    for (name, runs) in ["nothing changed", "one file in a hundred changed"].iter().zip(&runs) {
        writeln!(out, "| {name} | {:.2} | ±{:.0} % | {:.3} |", median(runs), spread(runs), median(runs) / first)?;
    }
    writeln!(out)
}
