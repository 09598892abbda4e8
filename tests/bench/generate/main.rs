//! Makes a news-like archive of any size, always the same one of a seed: `cargo run --release --example generate -- --articles 100000`.
//!
//! `--format ndjson` writes lines to stdout, or into the file `--out PATH`; `--format files` a file an article into the folder `--out PATH`.
//! What is known of the archive (`truth.rs`) goes to `PATH.truth.json`, or to stderr.

use std::env;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

#[path = "../../fuzz/mutate.rs"]
#[allow(dead_code, reason = "only the lots are needed")]
mod mutate;
#[path = "news.rs"]
mod news;

use news::{News, form};

const USAGE: &str = "generate --articles N [--seed S] [--format ndjson|files] [--out PATH]";

fn main() -> io::Result<()> {
    let wrong = |what: String| io::Error::new(io::ErrorKind::InvalidInput, format!("{what}; {USAGE}"));
    let (mut articles, mut seed, mut files, mut out) = (None, 1, false, None);
    let mut words = env::args().skip(1);
    while let Some(word) = words.next() {
        let value = words.next().ok_or_else(|| wrong(format!("{word} needs a value")))?;
        let number = || value.parse::<u64>().map_err(|_| wrong(format!("{value} is no number")));
        match word.as_str() {
            "--articles" => articles = Some(number()?),
            "--seed" => seed = number()?,
            "--format" if value == "ndjson" => files = false,
            "--format" if value == "files" => files = true,
            "--out" => out = Some(PathBuf::from(value)),
            _ => return Err(wrong(format!("what is {word} {value}?"))),
        }
    }
    let articles = articles.ok_or_else(|| wrong("how many articles?".to_owned()))?;
    let news = News::new(seed);
    let truth = match &out {
        None if files => return Err(wrong("files need a folder to lie in".to_owned())),
        None => {
            let mut stdout = BufWriter::with_capacity(1 << 18, io::stdout().lock());
            let truth = form::lines(&news, articles, &mut stdout)?;
            stdout.flush()?;
            truth
        }
        Some(folder) if files => form::files(&news, articles, folder)?,
        Some(path) => {
            let mut file = BufWriter::with_capacity(1 << 18, File::create(path)?);
            let truth = form::lines(&news, articles, &mut file)?;
            file.flush()?;
            truth
        }
    };
    match out {
        None => truth.write(&news, &mut io::stderr().lock()),
        Some(path) => truth.write(&news, &mut File::create(beside(&path))?),
    }
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".truth.json");
    PathBuf::from(name)
}
