//! The program side by side with what a user would pick instead: `cargo bench --bench side` makes archives, indexes them with each, asks each
//! the same questions, and prints tables. `README.md` in the folder above has them, and says what is compared with what.
//!
//! `-- --articles N` takes an archive of so many articles instead of 10,000 and 100,000; `--work FOLDER` keeps what is made there and takes
//! what is there; `--part indexing`, `queries` or `start` does only that; `--class WORDS` asks only classes with these words in their names;
//! `--peers sqlite,lucene` takes these alone beside tantivy.

mod by_hand;
mod classes;
#[path = "../generate/news.rs"]
#[allow(dead_code, reason = "more is known of an archive than is asked here")]
mod generate;
mod hand;
mod measure;
#[path = "../../fuzz/mutate.rs"]
#[allow(dead_code, reason = "only the lots are needed")]
mod mutate;
mod ours;
mod peers;
mod queries;
mod records;
mod words;

use std::env;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use classes::{Class, Test};
use generate::{News, form};
use measure::{Taken, geometric_mean, median, run, size, spread};
use peers::Peer;
use queries::{Engine, compare, timed};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What is to be done.
struct Order {
    sizes: Vec<u64>,
    work: Option<PathBuf>,
    part: Option<String>,
    class: Option<String>,
    /// The peers that are wanted, where not all are.
    peers: Option<String>,
}

impl Order {
    fn without(&self, peer: &str) -> bool {
        self.peers.as_ref().is_some_and(|peers| !peers.split(',').any(|wanted| peer.to_lowercase().starts_with(wanted)))
    }
}

fn main() -> io::Result<()> {
    let given: Vec<String> = env::args().skip(1).collect();
    let mut out = io::stdout().lock();
    if let Some(at) = given.iter().position(|word| word == "--by-hand") {
        let path = |place: usize| given.get(at + place).map(Path::new).ok_or_else(|| io::Error::other("two folders"));
        return hand::index(path(1)?, path(2)?);
    }
    // `cargo test --all-targets` runs it too, without this word.
    if !given.iter().any(|word| word == "--bench") {
        return writeln!(out, "cargo bench --bench side compares the program with what a user would pick instead");
    }
    let value = |name: &str| given.iter().position(|word| word == name).and_then(|at| given.get(at + 1)).cloned();
    let order = Order {
        sizes: match value("--articles") {
            Some(sizes) => sizes.split(',').map(str::parse).collect::<Result<_, _>>().map_err(io::Error::other)?,
            None => vec![10_000, 100_000],
        },
        work: value("--work").map(PathBuf::from),
        part: value("--part"),
        class: value("--class"),
        peers: value("--peers"),
    };
    for articles in &order.sizes {
        writeln!(out, "## {articles} articles\n")?;
        let temporary;
        let work = match &order.work {
            Some(work) => work.join(articles.to_string()),
            None => {
                temporary = tempfile::tempdir()?;
                temporary.path().to_owned()
            }
        };
        fs::create_dir_all(&work)?;
        side_by_side(&order, *articles, &work, &mut out)?;
    }
    Ok(())
}

fn side_by_side(order: &Order, articles: u64, work: &Path, out: &mut impl Write) -> io::Result<()> {
    let wanted = |part: &str| order.part.as_deref().is_none_or(|only| only == part);
    let lines = work.join("news.ndjson");
    if !lines.exists() {
        let mut file = BufWriter::with_capacity(1 << 18, File::create(&lines)?);
        form::lines(&News::new(1), articles, &mut file)?;
        file.flush()?;
    }
    let ours = work.join("onrecord");
    if !ours.exists() {
        index_ours(&lines, &ours)?;
    }
    let records = work.join("records");
    if !records.exists() {
        fs::create_dir_all(&records)?;
        records::write(&ours, &records)?;
    }
    let hand = work.join("tantivy");
    if !hand.exists() {
        index_by_hand(&records, &hand)?;
    }
    let scratch = tempfile::tempdir()?;
    let mut peers = Vec::new();
    for peer in peers::find(scratch.path())? {
        match peer {
            Ok(peer) if order.without(peer.name) => writeln!(out, "{} is left out.\n", peer.name)?,
            Ok(peer) => peers.push(peer),
            Err(missing) => writeln!(out, "{missing}\n")?,
        }
    }
    if wanted("indexing") {
        indexing(articles, work, &peers, out)?;
    }
    if wanted("queries") {
        let by_hand = by_hand::ByHand::open(&hand).map_err(io::Error::other)?;
        writeln!(out, "tantivy by hand has {:?} segments of articles and of quotations.\n", by_hand.segments())?;
        let mut engines: Vec<Box<dyn Engine>> =
            vec![Box::new(Ours(ours::Ours::open(&ours).map_err(io::Error::other)?)), Box::new(Hand(by_hand))];
        for peer in &peers {
            let index = peer.index_in(work);
            if !index.exists() {
                peer.index(&records, &index)?;
            }
            engines.push(Box::new(peer.open(&index)?));
        }
        let mut table = String::new();
        let ratios = compare(&mut engines, order.class.as_deref(), &mut table).map_err(io::Error::other)?;
        writeln!(out, "{table}")?;
        for (engine, ratios) in engines.iter().zip(&ratios).skip(1) {
            let (middle, worst) = (median(ratios), ratios.iter().copied().fold(0.0, f64::max));
            let mean = geometric_mean(ratios);
            writeln!(
                out,
                "- against {}: {middle:.2} of its time in the middle of {} classes, {mean:.2} in the mean, {worst:.2} at worst",
                engine.name(),
                ratios.len()
            )?;
        }
        writeln!(out)?;
    }
    if wanted("start") {
        start(&ours, out)?;
    }
    Ok(())
}

fn index_ours(archive: &Path, index: &Path) -> io::Result<Taken> {
    let _ = fs::remove_dir_all(index);
    run(Command::new(env!("CARGO_BIN_EXE_onrecord")).arg("index").arg(archive).arg("--quiet").arg("-i").arg(index))
}

fn index_by_hand(records: &Path, index: &Path) -> io::Result<Taken> {
    let _ = fs::remove_dir_all(index);
    fs::create_dir_all(index)?;
    run(Command::new(env::current_exe()?).arg("--by-hand").arg(records).arg(index))
}

type Make<'a> = dyn Fn(&Path) -> io::Result<Taken> + 'a;

/// How somebody indexes: who, into what, and how long it took.
struct Row<'a> {
    name: String,
    index: PathBuf,
    runs: Vec<Taken>,
    make: Box<Make<'a>>,
}

fn indexing(articles: u64, work: &Path, peers: &[Peer], out: &mut impl Write) -> io::Result<()> {
    let files = work.join("files");
    if !files.exists() {
        form::files(&News::new(1), articles, &files)?;
    }
    let (lines, records) = (work.join("news.ndjson"), work.join("records"));
    let text = form::lines(&News::new(1), articles, &mut io::sink())?.text;
    let (lines, records, files) = (&lines, &records, &files);
    let mut rows = vec![
        Row {
            name: "onrecord, NDJSON".to_owned(),
            index: work.join("onrecord"),
            runs: Vec::new(),
            make: Box::new(|index| index_ours(lines, index)),
        },
        Row {
            name: "onrecord, files".to_owned(),
            index: work.join("onrecord-files"),
            runs: Vec::new(),
            make: Box::new(|index| index_ours(files, index)),
        },
        Row {
            name: "tantivy, records".to_owned(),
            index: work.join("tantivy"),
            runs: Vec::new(),
            make: Box::new(|index| index_by_hand(records, index)),
        },
    ];
    for peer in peers {
        let name = format!("{}, records", peer.name);
        rows.push(Row {
            name,
            index: peer.index_in(work),
            runs: Vec::new(),
            make: Box::new(|index| peer.index(records, index)),
        });
    }
    for _ in 0..if articles > 200_000 { 1 } else { 3 } {
        for row in &mut rows {
            row.runs.push((row.make)(&row.index)?);
        }
    }
    let seconds = |row: &Row<'_>| row.runs.iter().map(|taken| taken.seconds).collect::<Vec<f64>>();
    let first = rows.first().map_or(f64::NAN, |row| median(&seconds(row)));
    writeln!(
        out,
        "| who, from what | seconds | spread | articles/s | MB of text/s | its time / onrecord's | memory, MiB | size, MB | size / text |"
    )?;
    writeln!(out, "|---|---|---|---|---|---|---|---|---|")?;
    for row in &rows {
        let (runs, size) = (seconds(row), size(&row.index)?);
        let middle = median(&runs);
        let memory = row.runs.iter().map(|taken| taken.memory).fold(0.0, f64::max);
        writeln!(
            out,
            "| {} | {middle:.2} | ±{:.0} % | {:.0} | {:.2} | {:.2} | {memory:.0} | {:.1} | {:.2} |",
            row.name,
            spread(&runs),
            articles as f64 / middle,
            text as f64 / 1e6 / middle,
            middle / first,
            size as f64 / 1e6,
            size as f64 / text as f64
        )?;
    }
    writeln!(out)
}

/// From the start of the process to the printed result, with all files in memory.
fn start(index: &Path, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "| from the start of the process | ms | spread |\n|---|---|---|")?;
    let program = env!("CARGO_BIN_EXE_onrecord");
    let questions: [(&str, &[&str]); 4] = [
        ("`--version`", &["--version"]),
        ("`search '=bridge'`", &["search", "=bridge"]),
        ("`search 'speaker:Lindley council'`", &["search", "speaker:Lindley council"]),
        ("`search -c '=government'`", &["search", "-c", "=government"]),
    ];
    let mut times = vec![Vec::new(); questions.len()];
    for round in 0..21 {
        for ((_, words), times) in questions.iter().zip(&mut times) {
            let begun = std::time::Instant::now();
            let output = Command::new(program).args(*words).env("ONRECORD_INDEX", index).output()?;
            if !output.status.success() {
                return Err(io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned()));
            }
            if round > 0 {
                times.push(begun.elapsed().as_secs_f64() * 1e3);
            }
        }
    }
    for ((name, _), times) in questions.iter().zip(&times) {
        writeln!(out, "| {name} | {:.1} | ±{:.0} % |", median(times), spread(times))?;
    }
    writeln!(out)
}

struct Ours(ours::Ours);

impl Engine for Ours {
    fn name(&self) -> &str {
        "onrecord"
    }

    fn ask(&mut self, test: &Test, class: &Class) -> Option<Result<(u64, f64), String>> {
        Some(timed(|| self.0.ask(test, class)))
    }
}

struct Hand(by_hand::ByHand);

impl Engine for Hand {
    fn name(&self) -> &str {
        "tantivy"
    }

    fn ask(&mut self, test: &Test, class: &Class) -> Option<Result<(u64, f64), String>> {
        Some(timed(|| self.0.ask(test, class)))
    }
}
