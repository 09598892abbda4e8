//! Trains the weights by which blocks of web pages are taken for the article, and says how well they do on pages not seen.
//!
//! `cargo run --release --example train_pages -- DIR [--folds N [--list]] [--out FILE]`
//!
//! DIR holds annotated pages that the reader brings: `html/NAME.html` (or `.html.gz`), and `ground-truth/NAME.json` with the text of
//! the article in `ground_truth.main_content`. With `--folds` the pages are dealt out, each is read by weights that have not seen
//! its fold, and the mean F1 of its words is printed, with `--list` behind that of each page, the worst first. With `--out` it trains on everything and writes the weights, which belong in
//! `src/article/html/weights.txt`.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example says what it found")]

mod grow;
mod label;

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, bail};
use flate2::read::MultiGzDecoder;
use onrecord::article::lesson::{Lesson, feature_names};

use grow::{Example, Settings, grow};

const SETTINGS: Settings =
    Settings { trees: 150, leaves: 24, rate: 0.1, lambda: 5.0, fewest: 20, columns: 0.4, rows: 0.8 };

/// An annotated page.
struct Gold {
    name: String,
    lesson: Lesson,
    /// The text of the article.
    text: String,
    examples: Vec<Example>,
}

fn main() -> Result<()> {
    let (mut dir, mut folds, mut list, mut out) = (None, None, false, None);
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut value = || args.next().with_context(|| format!("{arg} needs a value"));
        match arg.as_str() {
            "--folds" => folds = Some(value()?.parse::<usize>()?.max(2)),
            "--list" => list = true,
            "--out" => out = Some(PathBuf::from(value()?)),
            _ if arg.starts_with('-') => bail!("unknown option {arg}"),
            _ => dir = Some(PathBuf::from(arg)),
        }
    }
    let pages = read(&dir.context("no folder of annotated pages named")?)?;
    eprintln!("{} pages, {} blocks", pages.len(), pages.iter().map(|page| page.examples.len()).sum::<usize>());
    if let Some(folds) = folds {
        print!("{}", cross_validated(&pages, folds, list)?);
    }
    if let Some(out) = out {
        let all = pages.iter().flat_map(|page| page.examples.clone()).collect();
        fs::write(&out, format!("{HEAD}{}", grow(all, &feature_names(), &SETTINGS)))
            .with_context(|| format!("writing {}", out.display()))?;
    }
    Ok(())
}

const HEAD: &str = "\
# Boosted trees that weigh the blocks of a page: the more, the likelier a block is the article's. One tree a line: `feature>threshold`, then the
# branch for no and the branch for yes, each a question or an answer in thousandths. Learnt by tests/train_pages from annotated pages.
";

/// The mean F1 of all pages, each read by weights that have not seen its fold.
fn cross_validated(pages: &[Gold], folds: usize, list: bool) -> Result<String> {
    // Neighbours in a collection are of one kind: they are spread over the folds.
    let fold_of = |place: usize| (place * 7919) % pages.len() % folds;
    let learn = |fold: usize| {
        let seen = pages.iter().enumerate().filter(|(place, _)| fold_of(*place) != fold);
        let weights = grow(seen.flat_map(|(_, page)| page.examples.clone()).collect(), &feature_names(), &SETTINGS);
        let held = pages.iter().enumerate().filter(|(place, _)| fold_of(*place) == fold);
        held.map(|(_, page)| {
            let text = page.lesson.text(&weights).context("the weights do not parse")?;
            Ok((f1(&text, &page.text), page.name.as_str()))
        })
        .collect::<Result<Vec<(f64, &str)>>>()
    };
    let results = std::thread::scope(|scope| {
        let learn = &learn;
        let threads: Vec<_> = (0..folds).map(|fold| scope.spawn(move || learn(fold))).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().map_err(|_| anyhow!("a fold ended early"))?)
            .collect::<Result<Vec<_>>>()
    })?;
    let means: Vec<f64> = results.iter().map(|fold| mean(fold.iter().map(|(f1, _)| *f1))).collect();
    let all = mean(results.iter().flatten().map(|(f1, _)| *f1));
    let shown: Vec<String> = means.iter().map(|mean| format!("{:.2}", 100.0 * mean)).collect();
    let mut lines = String::new();
    if list {
        let mut each: Vec<(f64, &str)> = results.into_iter().flatten().collect();
        each.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(other.1)));
        lines.extend(each.iter().map(|(f1, name)| format!("{:6.2}  {name}\n", 100.0 * f1)));
    }
    Ok(format!("{lines}body F1 {:.2} over {} pages not seen, by fold {}\n", 100.0 * all, pages.len(), shown.join(" ")))
}

#[expect(clippy::cast_precision_loss, reason = "some hundred pages are exact in a float")]
fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0usize), |(sum, count), value| (sum + value, count + 1));
    if count == 0 { 0.0 } else { sum / count as f64 }
}

/// F1 of the words of two texts as bags.
#[expect(clippy::cast_precision_loss, reason = "the words of a page are exact in a float")]
fn f1(found: &str, gold: &str) -> f64 {
    let (found, gold) = (label::words(found), label::words(gold));
    if found.is_empty() || gold.is_empty() {
        return if found.len() == gold.len() { 1.0 } else { 0.0 };
    }
    let mut left: HashMap<&str, usize> = HashMap::new();
    gold.iter().for_each(|word| *left.entry(word).or_default() += 1);
    let right = found
        .iter()
        .filter(|word| left.get_mut(word.as_str()).filter(|count| **count > 0).map(|count| *count -= 1).is_some());
    let right = right.count() as f64;
    let (precision, recall) = (right / found.len() as f64, right / gold.len() as f64);
    if right > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }
}

fn read(dir: &Path) -> Result<Vec<Gold>> {
    let mut files: Vec<PathBuf> = fs::read_dir(dir.join("html"))
        .with_context(|| format!("reading {}", dir.join("html").display()))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    files.sort();
    let mut pages = Vec::new();
    for file in files {
        let mut bytes = Vec::new();
        let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let input = BufReader::new(File::open(&file)?);
        if name.ends_with(".gz") {
            MultiGzDecoder::new(input).read_to_end(&mut bytes)?;
        } else {
            BufReader::new(input).read_to_end(&mut bytes)?;
        }
        let stem = name.split('.').next().unwrap_or_default();
        let truth = dir.join("ground-truth").join(stem).with_extension("json");
        let truth: serde_json::Value =
            serde_json::from_str(&fs::read_to_string(&truth).with_context(|| format!("reading {}", truth.display()))?)?;
        let text = truth.pointer("/ground_truth/main_content").and_then(serde_json::Value::as_str).unwrap_or_default();
        let lesson = Lesson::new(bytes);
        let examples = label::examples(&lesson, text);
        pages.push(Gold { name: stem.to_owned(), lesson, text: text.to_owned(), examples });
    }
    Ok(pages)
}
