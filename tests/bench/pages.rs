//! How many web pages are read in a second on one core: charset, tree, headline, writers, day and body, from bytes to articles.
//!
//! `cargo run --release --example bench_pages -- FILE...` with pages that the reader brings, also as .gz or .zst. They are unpacked
//! before the clock starts, read three times, and the best time counts. What a page costs is told beside its size, as it is the size
//! that decides.

#![expect(clippy::print_stdout, reason = "an example says what it found")]

use std::hint::black_box;
use std::io::{Cursor, Read};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use onrecord::archive;
use onrecord::article::{Format, ReadOptions, Source, read};

fn main() -> Result<()> {
    let files: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let mut pages = Vec::new();
    for file in &files {
        let mut bytes = Vec::new();
        archive::open(file)
            .and_then(|mut input| input.read_to_end(&mut bytes))
            .with_context(|| format!("reading {}", file.display()))?;
        pages.push((file.to_string_lossy().into_owned(), bytes));
    }
    if pages.is_empty() {
        bail!("no pages named");
    }
    let options = ReadOptions { format: Some(Format::Html), ..ReadOptions::default() };
    let mut best = Duration::MAX;
    for _ in 0..3 {
        let inputs: Vec<_> =
            pages.iter().map(|(name, bytes)| (Source::file(name), Cursor::new(bytes.clone()))).collect();
        let start = Instant::now();
        for (source, input) in inputs {
            read(source, Box::new(input), &options).for_each(|reading| drop(black_box(reading)));
        }
        best = best.min(start.elapsed());
    }
    let bytes: usize = pages.iter().map(|(_, bytes)| bytes.len()).sum();
    #[expect(clippy::cast_precision_loss, reason = "counts of pages and bytes are exact in a float")]
    let (count, megabytes) = (pages.len() as f64, bytes as f64 / 1e6);
    let seconds = best.as_secs_f64();
    println!(
        "{} pages of {:.0} kB in {seconds:.2} s on one core: {:.0} pages a second, {:.1} MB a second",
        pages.len(),
        1000.0 * megabytes / count,
        count / seconds,
        megabytes / seconds
    );
    Ok(())
}
