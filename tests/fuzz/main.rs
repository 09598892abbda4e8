//! Fuzzes a target for some minutes, with nothing but the stable compiler.
//!
//! ```console
//! $ cargo run --release --example fuzz -- nitf --minutes 10
//! $ cargo run --release --example fuzz -- all --minutes 10 --save /tmp/found
//! $ cargo run --release --example fuzz -- nitf --input /tmp/found/nitf-crash-1
//! ```
//!
//! It changes good inputs, and changes further those that led to something new. An input that ends in a panic is saved, and so
//! is one that takes more time than its length explains; one that does not end within half a minute ends the run. It prints how
//! many inputs a second were tried. Without a target it lists them. `--seed N` tries others, `--longest BYTES` sets the length of
//! the longest. The exit code is 1 where something was found.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example says what it found")]

mod mutate;
mod seeds;
mod targets;

use std::collections::HashSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use mutate::{Lot, mutant};
use targets::{Seen, TARGETS, Target};

/// An input that takes as long as this never ends.
const HANGS: Duration = Duration::from_secs(30);

/// What an input may take in any case, and for each of its bytes.
const FREE: Duration = Duration::from_millis(500);
const A_BYTE: Duration = Duration::from_micros(20);

/// So many findings of one target are enough to go on with.
const ENOUGH: usize = 20;

struct Plan {
    targets: Vec<&'static Target>,
    time: Duration,
    save: PathBuf,
    seed: u64,
    longest: usize,
    input: Option<PathBuf>,
}

fn main() -> Result<ExitCode> {
    let Some(plan) = plan()? else {
        println!("targets, or `all`: {}", TARGETS.map(|target| target.name).join(" "));
        return Ok(ExitCode::SUCCESS);
    };
    if let Some(input) = &plan.input {
        let bytes = fs::read(input).with_context(|| format!("reading {}", input.display()))?;
        let start = Instant::now();
        for target in &plan.targets {
            (target.run)(&bytes);
        }
        println!("{} bytes in {:.3} s: nothing found", bytes.len(), start.elapsed().as_secs_f64());
        return Ok(ExitCode::SUCCESS);
    }
    let mut found = 0;
    for target in &plan.targets {
        found += fuzz(target, &plan)?;
    }
    Ok(if found == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn plan() -> Result<Option<Plan>> {
    let mut plan = Plan {
        targets: Vec::new(),
        time: Duration::from_secs(600),
        save: std::env::temp_dir(),
        seed: 1,
        longest: 64 << 10,
        input: None,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().with_context(|| format!("{word} needs a value"));
        match word.as_str() {
            "--minutes" => plan.time = Duration::from_secs_f64(60.0 * value()?.parse::<f64>()?),
            "--save" => plan.save = value()?.into(),
            "--seed" => plan.seed = value()?.parse()?,
            "--longest" => plan.longest = value()?.parse()?,
            "--input" => plan.input = Some(value()?.into()),
            "all" => plan.targets.extend(&TARGETS),
            name => match TARGETS.iter().find(|target| target.name == name) {
                Some(target) => plan.targets.push(target),
                None => bail!("no target is called {name}; without words, the targets are listed"),
            },
        }
    }
    Ok((!plan.targets.is_empty()).then_some(plan))
}

/// What is being tried, for the one who watches.
type Now = Arc<Mutex<Option<(Instant, Vec<u8>)>>>;

/// Tries as many inputs as there is time for; gives the number of findings.
fn fuzz(target: &'static Target, plan: &Plan) -> Result<usize> {
    let now: Now = Now::default();
    watch(target.name, &plan.save, &now);
    let mut pool = seeds::seeds(target.name);
    let mut known = HashSet::new();
    for bytes in &pool {
        known.extend((target.run)(bytes).0);
    }
    let mut lot = Lot::new(plan.seed);
    let (begun, mut tried, mut bytes_tried, mut found) = (Instant::now(), 0_u64, 0_u64, 0);
    while begun.elapsed() < plan.time && found < ENOUGH {
        // Mostly short ones: what goes wrong does so in few bytes, and there are more of them in a second.
        let longest = if lot.below(16) == 0 { plan.longest } else { plan.longest.min(8 << 10) };
        let bytes = mutant(&mut lot, &pool, longest);
        let start = Instant::now();
        *now.lock().unwrap_or_else(PoisonError::into_inner) = Some((start, bytes.clone()));
        let outcome = catch_unwind(AssertUnwindSafe(|| (target.run)(&bytes)));
        *now.lock().unwrap_or_else(PoisonError::into_inner) = None;
        tried += 1;
        bytes_tried += bytes.len() as u64;
        let allowed = FREE + A_BYTE.saturating_mul(u32::try_from(bytes.len()).unwrap_or(u32::MAX));
        let kind = match &outcome {
            Err(_) => Some("crash"),
            Ok(_) if start.elapsed() > allowed && is_slow(target, &bytes, allowed) => Some("slow"),
            Ok(_) => None,
        };
        if let Some(kind) = kind {
            found += 1;
            let place = save(&plan.save, target.name, kind, found, &bytes)?;
            println!(
                "{}: {kind} after {:.1} s, saved as {}",
                target.name,
                start.elapsed().as_secs_f64(),
                place.display()
            );
        }
        if let Ok(Seen(seen)) = outcome
            && seen.into_iter().filter(|what| known.insert(*what)).count() > 0
        {
            pool.push(bytes);
        }
    }
    let seconds = begun.elapsed().as_secs_f64();
    #[expect(clippy::cast_precision_loss, reason = "counts of inputs are exact in a float")]
    let (a_second, megabytes) = (tried as f64 / seconds, bytes_tried as f64 / 1e6 / seconds);
    println!(
        "{}: {tried} inputs in {seconds:.0} s, {a_second:.0} a second ({megabytes:.2} MB); {} of new kinds; {found} findings",
        target.name,
        pool.len(),
    );
    Ok(found)
}

/// Whether an input takes so long each time: the machine may have had something else to do.
fn is_slow(target: &Target, bytes: &[u8], allowed: Duration) -> bool {
    (0..3).all(|_| {
        let start = Instant::now();
        (target.run)(bytes);
        start.elapsed() > allowed
    })
}

fn save(folder: &Path, target: &str, kind: &str, number: usize, bytes: &[u8]) -> Result<PathBuf> {
    fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    let place = folder.join(format!("{target}-{kind}-{number}"));
    fs::write(&place, bytes).with_context(|| format!("writing {}", place.display()))?;
    Ok(place)
}

/// Ends the run where an input hangs: a thread cannot be stopped.
fn watch(target: &'static str, folder: &Path, now: &Now) {
    let (folder, now) = (folder.to_owned(), now.clone());
    thread::spawn(move || {
        loop {
            thread::sleep(Duration::from_secs(1));
            let now = now.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some((_, bytes)) = now.as_ref().filter(|(start, _)| start.elapsed() > HANGS) {
                match save(&folder, target, "hang", 1, bytes) {
                    Ok(place) => println!("{target}: hangs, saved as {}", place.display()),
                    Err(error) => eprintln!("{target}: hangs, and the input cannot be saved: {error:#}"),
                }
                std::process::exit(1);
            }
        }
    });
}
