//! Fuzz targets, driven by a few hundred mutants each: always the same ones, so that the suite says the same on every machine.
//! `cargo run --release --example fuzz` tries millions (`tests/fuzz/main.rs`).

pub(crate) mod mutate;
mod seeds;
mod targets;

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use onrecord::article::Format;

use mutate::{Lot, mutant};
use targets::{Seen, TARGETS, Target};

/// Mutants tried of each target.
const MUTANTS: u64 = 150;

/// Bytes of the longest: what takes time by its length has tests of its own.
const LONGEST: usize = 6 * 1024;

#[test]
fn every_format_is_a_target() {
    for format in Format::all() {
        assert!(TARGETS.iter().any(|target| target.name == format.name()), "{} is not fuzzed", format.name());
    }
}

#[test]
fn seeds_are_good_inputs() {
    for target in &TARGETS {
        let seeds = seeds::seeds(target.name);
        assert!(!seeds.is_empty(), "{} has no seed", target.name);
        for seed in seeds {
            let Seen(seen) = (target.run)(&seed);
            assert!(!seen.is_empty(), "nothing is seen of a seed of {}", target.name);
        }
    }
}

#[test]
fn lots_are_the_same_on_every_machine() {
    let mut lot = Lot::new(1);
    assert_eq!((lot.next(), lot.next()), (0x910A_2DEC_8902_5CC1, 0xBEEB_8DA1_658E_EC67));
    let seeds = [b"The slip is closed.".to_vec()];
    let all: HashSet<Vec<u8>> = (0..100).map(|seed| mutant(&mut Lot::new(seed), &seeds, 64)).collect();
    assert!(all.len() > 80 && all.iter().all(|bytes| bytes.len() <= 64), "{} mutants", all.len());
}

/// Tries the mutants of a target, those of new kinds changed further.
fn try_mutants(target: &Target) -> Result<(), String> {
    let mut pool = seeds::seeds(target.name);
    let mut known = HashSet::new();
    let mut lot = Lot::new(17);
    for number in 0..MUTANTS {
        let bytes = mutant(&mut lot, &pool, LONGEST);
        match catch_unwind(AssertUnwindSafe(|| (target.run)(&bytes))) {
            Ok(Seen(seen)) => {
                if seen.into_iter().filter(|what| known.insert(*what)).count() > 0 {
                    pool.push(bytes);
                }
            }
            Err(_) => return Err(format!("{}, mutant {number}: {:?}", target.name, String::from_utf8_lossy(&bytes))),
        }
    }
    Ok(())
}

#[test]
fn mutants_of_articles() {
    let failed: Vec<String> = TARGETS[..18].iter().filter_map(|target| try_mutants(target).err()).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn mutants_of_all_else() {
    let failed: Vec<String> = TARGETS[18..].iter().filter_map(|target| try_mutants(target).err()).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
