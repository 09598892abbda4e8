//! The program side by side with what a user would pick instead: `cargo bench --bench side` makes archives, indexes them with each, asks each
//! the same questions, and prints tables. `tests/bench/README.md` has them, and says what is compared with what.
//!
//! `-- --articles N,N` takes archives of so many articles instead of 10,000 and 100,000; `--archive PATH,PATH` one that the reader brings, which is
//! only indexed; `--work FOLDER` keeps what is made there and takes what is there; `--part reading`, `indexing`, `space`, `queries`, `start` or
//! `again` does only that; `--class WORDS` asks only classes with these words in their names; `--peers sqlite,lucene` takes these alone beside tantivy
//! (`none`: nobody), and `--rounds N` indexes so often with each.

mod analysis;
mod blocks;
mod by_hand;
mod classes;
#[path = "../generate/news.rs"]
#[allow(dead_code, reason = "more is known of an archive than is asked here")]
mod generate;
mod hand;
mod indexing;
mod measure;
#[path = "../../fuzz/mutate.rs"]
#[allow(dead_code, reason = "only the lots are needed")]
mod mutate;
mod ours;
mod peers;
mod queries;
mod reading;
mod records;
mod room;
mod space;
mod start;

use std::env;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use classes::{Class, Test};
use measure::{Taken, geometric_mean, median};
use peers::Peer;
use queries::{Engine, Ratios, compare, timed};
use room::Room;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What is to be done.
struct Order {
    sizes: Vec<u64>,
    archive: Vec<PathBuf>,
    work: Option<PathBuf>,
    part: Option<String>,
    class: Option<String>,
    /// How often is indexed, where that is said.
    rounds: Option<usize>,
    /// The peers that are wanted, where not all are.
    peers: Option<String>,
}

impl Order {
    fn read(given: &[String]) -> io::Result<Self> {
        let value = |name: &str| given.iter().position(|word| word == name).and_then(|at| given.get(at + 1)).cloned();
        let sizes = value("--articles").unwrap_or_else(|| "10000,100000".to_owned());
        let sizes: Result<_, _> = sizes.split(',').map(str::parse).collect();
        Ok(Self {
            sizes: sizes.map_err(io::Error::other)?,
            archive: value("--archive").map(|all| all.split(',').map(PathBuf::from).collect()).unwrap_or_default(),
            work: value("--work").map(PathBuf::from),
            part: value("--part"),
            class: value("--class"),
            rounds: value("--rounds").and_then(|rounds| rounds.parse().ok()),
            peers: value("--peers"),
        })
    }

    fn rounds(&self, room: &Room) -> usize {
        self.rounds.unwrap_or(if room.articles > 200_000 { 1 } else { 3 }).max(1)
    }

    fn wants(&self, part: &str) -> bool {
        self.part.as_deref().is_none_or(|only| only == part)
    }

    fn wants_peer(&self, peer: &str) -> bool {
        let peer = peer.to_lowercase();
        self.peers.as_ref().is_none_or(|peers| peers.split(',').any(|wanted| peer.starts_with(wanted)))
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
    let order = Order::read(&given)?;
    let scratch = tempfile::tempdir()?;
    let mut peers = Vec::new();
    for peer in peers::find(scratch.path())? {
        match peer {
            Ok(peer) if order.wants_peer(peer.name) => peers.push(peer),
            Ok(peer) => writeln!(out, "{} is left out, as was asked.\n", peer.name)?,
            Err(missing) => writeln!(out, "{missing}\n")?,
        }
    }
    let work = order.work.clone().unwrap_or_else(|| scratch.path().join("work"));
    if !order.archive.is_empty() {
        let room = Room::brought(&work.join("brought"), order.archive.clone())?;
        writeln!(out, "## {} articles, {:.1} MB of text, as brought\n", room.articles, room.text as f64 / 1e6)?;
        return indexing::indexing(&room, &peers, order.rounds(&room), &mut out).map(drop);
    }
    if order.wants("reading") {
        reading::reading(&mut out)?;
    }
    let mut grown = Vec::new();
    for articles in &order.sizes {
        let room = Room::generated(&work.join(articles.to_string()), *articles)?;
        writeln!(out, "## {articles} articles, {:.1} MB of text\n", room.text as f64 / 1e6)?;
        grown.extend(side_by_side(&order, &room, &peers, &mut out)?.map(|taken| (*articles, taken)));
    }
    growth(&grown, &mut out)
}

fn side_by_side(order: &Order, room: &Room, peers: &[Peer], out: &mut impl Write) -> io::Result<Option<Taken>> {
    let taken =
        if order.wants("indexing") { Some(indexing::indexing(room, peers, order.rounds(room), out)?) } else { None };
    if order.wants("space") {
        let hand = by_hand(room)?;
        space::space(hand.indexes(), room.text, out)?;
        blocks::blocks(hand.indexes(), room.text, out)?;
    }
    if order.wants("queries") {
        queries(order, room, peers, out)?;
    }
    if order.wants("start") {
        start::start(room, out)?;
    }
    if order.wants("again") {
        indexing::again(room, out)?;
    }
    Ok(taken)
}

/// The index by hand, made where it is not there yet.
fn by_hand(room: &Room) -> io::Result<by_hand::ByHand> {
    let hand = room.place("tantivy");
    if !hand.exists() {
        room.index_by_hand(&hand)?;
    }
    by_hand::ByHand::open(&hand).map_err(io::Error::other)
}

fn queries(order: &Order, room: &Room, peers: &[Peer], out: &mut impl Write) -> io::Result<()> {
    let ours = ours::Ours::open(&room.ours()).map_err(io::Error::other)?;
    let mut engines: Vec<Box<dyn Engine>> = vec![Box::new(Ours(ours)), Box::new(Hand(by_hand(room)?))];
    for peer in peers {
        let index = peer.index_in(room);
        if !index.exists() {
            peer.index(&room.records(), &index)?;
        }
        engines.push(Box::new(peer.open(&index)?));
    }
    let mut table = String::new();
    let ratios = compare(&mut engines, order.class.as_deref(), &mut table).map_err(io::Error::other)?;
    writeln!(out, "{table}")?;
    for (engine, ratios) in engines.iter().zip(&ratios).skip(1).filter(|(_, ratios)| !ratios.again.is_empty()) {
        let (name, Ratios { first, again }) = (engine.name(), ratios);
        let (middle, mean, worst) = (median(again), geometric_mean(again), again.iter().copied().fold(0.0, f64::max));
        let (classes, within) = (again.len(), again.iter().filter(|ratio| **ratio <= 1.15).count());
        writeln!(
            out,
            "- onrecord takes {middle:.2} of the time of {name} in the middle of {classes} classes, {mean:.2} in the mean, {worst:.2} at worst, \
             at most 1.15 in {within}; the first time in a turn {:.2} in the middle, {:.2} in the mean",
            median(first),
            geometric_mean(first)
        )?;
    }
    writeln!(out)
}

/// How time and memory grow: with which power of the number of articles.
fn growth(grown: &[(u64, Taken)], out: &mut impl Write) -> io::Result<()> {
    if grown.len() < 2 {
        return Ok(());
    }
    writeln!(out, "| from, to articles | power by which time grows | work | memory |\n|---|---|---|---|")?;
    for pair in grown.windows(2) {
        let [(few, first), (many, second)] = pair else { continue };
        let power = |one: f64, other: f64| (other / one).ln() / (*many as f64 / *few as f64).ln();
        let (time, memory) = (power(first.seconds, second.seconds), power(first.memory, second.memory));
        let work = power(first.work, second.work);
        writeln!(out, "| {few}, {many} | {time:.2} | {work:.2} | {memory:.2} |")?;
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
