//! Warm queries, side by side: each class asked of every engine in turn, round after round, after the answers were compared.
//!
//! In its turn an engine is asked a question some times in a row. The first time the processor's caches hold what the others worked with, so what
//! is timed is half of that: such times are kept apart, and compared by themselves.

use std::fmt::Write as _;
use std::time::Instant;

use super::classes::{Class, Test, Want, classes};
use super::measure::{geometric_mean, median, spread};
use super::ours::typed;

/// Who is asked.
pub(crate) trait Engine {
    /// Its name.
    fn name(&self) -> &str;
    /// Asks; gives how many records were given, or counted, and how long it took in seconds. `None` where it has no such question.
    fn ask(&mut self, test: &Test, class: &Class) -> Option<Result<(u64, f64), String>>;
}

/// Times a question that is answered in this process.
pub(crate) fn timed(ask: impl FnOnce() -> Result<u64, String>) -> Result<(u64, f64), String> {
    let begun = Instant::now();
    let count = ask()?;
    Ok((count, begun.elapsed().as_secs_f64()))
}

/// How long each engine is asked the questions of a class before it is timed, in seconds: caches fill, and Java compiles what is asked often.
const WARMING: f64 = 0.5;

/// Rounds for a question that takes at most so many seconds, and how often it is asked in a turn: a class takes some seconds at most.
const ROUNDS: [(f64, usize, usize); 3] = [(0.002, 15, 4), (0.05, 7, 3), (f64::MAX, 3, 3)];

/// Seconds that an engine took for a question.
#[derive(Default)]
struct Runs {
    /// The first time in each of its turns.
    first: Vec<f64>,
    /// The other times.
    again: Vec<f64>,
}

/// Our time over that of an engine, of each class that it can answer.
#[derive(Default)]
pub(crate) struct Ratios {
    pub(crate) first: Vec<f64>,
    pub(crate) again: Vec<f64>,
}

/// Asks all, and writes the table; the first engine is the one that the others are compared with. Gives the ratios of each other engine.
pub(crate) fn compare(
    engines: &mut [Box<dyn Engine>],
    only: Option<&str>,
    table: &mut String,
) -> Result<Vec<Ratios>, String> {
    let _ = write!(table, "| class |");
    let _ = engines.iter().try_for_each(|engine| write!(table, " {} µs |", engine.name()));
    let _ = engines.iter().skip(1).try_for_each(|engine| write!(table, " / {} |", engine.name()));
    let _ = writeln!(table, " spread | answers |");
    let _ = writeln!(table, "|---|{}", "---|".repeat(2 * engines.len() + 1));
    let mut ratios: Vec<Ratios> = engines.iter().map(|_| Ratios::default()).collect();
    for class in classes().iter().filter(|class| only.is_none_or(|only| class.name.contains(only))) {
        let differ = differences(engines, class)?;
        for engine in engines.iter_mut() {
            warm(&mut **engine, class)?;
        }
        let mut times: Vec<Vec<f64>> = vec![Vec::new(); engines.len()];
        let mut firsts = times.clone();
        let mut spreads = Vec::new();
        for test in &class.tests {
            let measured = measure(engines, test, class)?;
            for (place, runs) in measured.iter().enumerate().filter(|(_, runs)| !runs.again.is_empty()) {
                times[place].push(median(&runs.again));
                firsts[place].push(median(&runs.first));
                spreads.push(spread(&runs.again));
            }
        }
        let _ = write!(table, "| {} |", class.name);
        for times in &times {
            let _ = if times.is_empty() {
                write!(table, " – |")
            } else {
                write!(table, " {:.0} |", 1e6 * geometric_mean(times))
            };
        }
        for place in 1..engines.len() {
            if times[place].len() != times[0].len() {
                let _ = write!(table, " – |");
                continue;
            }
            let ratio = geometric_mean(&times[0]) / geometric_mean(&times[place]);
            ratios[place].again.push(ratio);
            ratios[place].first.push(geometric_mean(&firsts[0]) / geometric_mean(&firsts[place]));
            let _ = write!(table, " {ratio:.2} |");
        }
        let _ = writeln!(table, " ±{:.0} % | {differ} |", median(&spreads));
    }
    Ok(ratios)
}

/// Asks the questions of a class until all is warm.
fn warm(engine: &mut dyn Engine, class: &Class) -> Result<(), String> {
    let begun = Instant::now();
    while begun.elapsed().as_secs_f64() < WARMING {
        for test in &class.tests {
            if let Some(answer) = engine.ask(test, class) {
                answer?;
            }
        }
    }
    Ok(())
}

/// Each engine's times of one question.
fn measure(engines: &mut [Box<dyn Engine>], test: &Test, class: &Class) -> Result<Vec<Runs>, String> {
    let mut runs: Vec<Runs> = engines.iter().map(|_| Runs::default()).collect();
    let mut slowest = 0.0_f64;
    for engine in engines.iter_mut() {
        if let Some(answer) = engine.ask(test, class) {
            slowest = slowest.max(answer?.1);
        }
    }
    let (_, rounds, times) = ROUNDS.into_iter().find(|(most, ..)| slowest <= *most).unwrap_or(ROUNDS[2]);
    for round in 0..rounds {
        for place in 0..engines.len() {
            // Nobody is always the first after somebody else.
            let place = (place + round) % engines.len();
            for time in 0..times {
                let Some(answer) = engines[place].ask(test, class) else { break };
                let runs = if time == 0 { &mut runs[place].first } else { &mut runs[place].again };
                runs.push(answer?.1);
            }
        }
    }
    Ok(runs)
}

/// What the engines' answers to a class differ by, in words.
fn differences(engines: &mut [Box<dyn Engine>], class: &Class) -> Result<String, String> {
    let counted = Class { want: Want::Count, tests: Vec::new(), ..*class };
    let mut said = Vec::new();
    let mut all = 0;
    let mut wrong: Vec<(String, Vec<String>)> = Vec::new();
    for test in &class.tests {
        let mut ours = None;
        for engine in engines.iter_mut() {
            let Some(answer) = engine.ask(test, &counted) else { continue };
            let (count, _) = answer?;
            match ours {
                None => {
                    ours = Some(count);
                    all += count;
                }
                Some(ours) if ours != count => {
                    let what = format!("{}: {count} for {ours}", typed(test, class.among));
                    match wrong.iter_mut().find(|(name, _)| name == engine.name()) {
                        Some((_, list)) => list.push(what),
                        None => wrong.push((engine.name().to_owned(), vec![what])),
                    }
                }
                Some(_) => {}
            }
        }
    }
    said.push(format!("{all}"));
    said.extend(
        wrong.into_iter().map(|(name, list)| format!("{name} differs ({})", list.join("; ").replace('|', "or"))),
    );
    Ok(said.join(", "))
}
