//! How time grows with the length of an input: as its length does, or faster.
//!
//! `cargo run --release --example growth` puts each of many pieces and pairs of pieces, over and over, into good inputs of each target of
//! `tests/fuzz`, at four lengths that double, and texts of one kind into extraction, and prints the exponent of the growth: 1 where twice as long
//! takes twice the time, 2 where it takes four times. `growth TARGET...` measures these alone, `--bytes N` sets the longest length (400,000),
//! `--all` prints all and not only what grows faster than its length. The exit code is 1 where something does.

#![expect(clippy::print_stdout, reason = "an example says what it found")]

#[path = "../fuzz/mutate.rs"]
mod mutate;
mod repeated;
#[path = "../fuzz/seeds.rs"]
mod seeds;
#[path = "../fuzz/targets.rs"]
mod targets;
mod texts;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use mutate::{Lot, PIECES, mutant};
use targets::{TARGETS, Target};

/// Growth beyond this is faster than the length: room for logarithms, caches and a machine that does other things too.
const LINEAR: f64 = 1.35;

/// What takes no longer than this at the longest length is not worth asking about.
const SHORT: Duration = Duration::from_millis(40);

/// Pairs of pieces tried of each target, beside all single ones.
const PAIRS: usize = 60;

/// Odd inputs tried of each target.
const MUTANTS: u64 = 40;

fn main() -> Result<ExitCode> {
    let (mut chosen, mut longest, mut all): (Vec<&Target>, usize, bool) = (Vec::new(), 400_000, false);
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--bytes" => longest = words.next().context("--bytes needs a number")?.parse()?,
            "--all" => all = true,
            name => match TARGETS.iter().find(|target| target.name == name) {
                Some(target) => chosen.push(target),
                None => bail!("no target is called {name}"),
            },
        }
    }
    if chosen.is_empty() {
        chosen.extend(&TARGETS);
    }
    let mut beyond = 0;
    for target in chosen {
        let mut worst: f64 = 0.0;
        let mut slowest = 0.0;
        let cases = cases(target);
        for (what, make) in &cases {
            let Some((exponent, seconds)) = growth(target, make, longest) else { continue };
            worst = worst.max(exponent);
            slowest = f64::max(slowest, seconds);
            let fast = exponent > LINEAR;
            beyond += usize::from(fast);
            if fast || all {
                println!("  {} {what}: exponent {exponent:.2}, {seconds:.2} s for a megabyte", target.name);
            }
        }
        println!(
            "{}: {} kinds of input, greatest exponent {worst:.2}, at most {slowest:.2} s for a megabyte",
            target.name,
            cases.len()
        );
    }
    Ok(if beyond == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Makes an input of about so many bytes.
type Make = Box<dyn Fn(usize) -> Vec<u8>>;

/// What is tried with a target: what it is called, and how it is made.
fn cases(target: &Target) -> Vec<(String, Make)> {
    let seeds = seeds::seeds(target.name);
    let mut lot = Lot::new(3);
    let mut middles: Vec<Vec<u8>> = PIECES.iter().map(|piece| piece.to_vec()).collect();
    middles.extend((0..PAIRS).map(|_| [*lot.pick::<&[u8]>(PIECES), *lot.pick::<&[u8]>(PIECES)].concat()));
    let mut cases: Vec<(String, Make)> = Vec::new();
    // What is good, over and over, and behind itself.
    for (number, seed) in seeds.iter().take(3).enumerate() {
        let seed = seed.clone();
        cases.push((format!("seed {number}"), Box::new(move |bytes| seed.repeat(bytes / seed.len().max(1) + 1))));
    }
    for middle in middles {
        let seed = lot.pick(&seeds).clone();
        let at = lot.below(seed.len());
        let what = format!("{:?} in {at}", String::from_utf8_lossy(&middle));
        cases.push((
            what,
            Box::new(move |bytes| [&seed[..at], &middle.repeat(bytes / middle.len() + 1), &seed[at..]].concat()),
        ));
    }
    // Something odd, over and over.
    for number in 0..MUTANTS {
        let piece = mutant(&mut Lot::new(number), &seeds, 300);
        let make = move |bytes| piece.repeat(bytes / piece.len().max(1) + 1);
        cases.push((format!("mutant {number}"), Box::new(make)));
    }
    let kinds = match target.name {
        "extract" | "dates" | "txt" | "md" => texts::KINDS,
        "html" => texts::PAGES,
        _ => &[],
    };
    for (what, text) in kinds {
        cases.push((what.to_string(), Box::new(move |bytes| repeated::repeated(text, bytes).into_bytes())));
    }
    cases
}

/// The exponent between the longest length and a quarter of it, and the seconds for a megabyte; nothing where all is fast.
fn growth(target: &Target, make: &Make, longest: usize) -> Option<(f64, f64)> {
    let time = |bytes: usize| {
        let input = make(bytes);
        let times = (0..3).map(|_| {
            let start = Instant::now();
            (target.run)(&input);
            start.elapsed()
        });
        times.min().unwrap_or_default()
    };
    let half = time(longest / 2);
    let whole = if half > SHORT / 2 { time(longest) } else { return None };
    let quarter = time(longest / 4);
    let grown = |more: Duration, less: Duration| (more.as_secs_f64() / less.as_secs_f64()).log2();
    // Of two steps the lesser: a table that outgrows a cache makes one step, a square all of them.
    let exponent = grown(whole, half).min(grown(half, quarter));
    #[expect(clippy::cast_precision_loss, reason = "lengths are exact in a float")]
    let megabytes = longest as f64 / 1e6;
    Some((exponent, whole.as_secs_f64() / megabytes))
}
