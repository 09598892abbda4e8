//! Trains the forests of attribution, and says how well they do on articles that they have not seen.
//!
//! `cargo run --release --example train -- GOLD.jsonl... [--folds N] [--by-outlet] [--out DIR] [--predict FILE]`
//!
//! GOLD holds one article a line: `id`, `source`, `text`, and `quotes`, each with `start`, `end` (code points), `kind`
//! (`direct`, `mixed`, or `unattributed` for what is no speech) and `speaker_mention`. Without `--folds` it trains on everything
//! and writes `words.txt`, `speaker.txt`, `speech.txt`, `direct.txt` and `right.txt` to DIR. With `--folds` (articles dealt out
//! by their order, or one outlet at a time) each article is predicted by forests that have not seen its fold, and FILE gets
//! one line an article with its quotations. From these predictions confidence is calibrated: what scores are worth is written to
//! DIR as `confidence.txt`, and the confidence in FILE is that by the other folds.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufWriter, Write as _};
use std::path::PathBuf;

use anyhow::{Context as _, Result, anyhow, bail};
use onrecord::article::{Article, Source};
use onrecord::desk::evaluate::gold::{read as read_gold, read_predictions};
use onrecord::desk::evaluate::run::{Order, predicted};
use onrecord::extract::train::{Answer, Lesson, Weights, calibrate, extract_with, feature_names, probability, train};
use onrecord::extract::{Extraction, Kind, Speaker};
use onrecord::text::problem::Problem;
use onrecord::text::span::Span;
use serde_json::{Value, json};

struct Gold {
    /// The article as the file has it.
    line: String,
    id: String,
    outlet: String,
    lesson: Lesson,
}

fn main() -> Result<()> {
    let (mut files, mut folds, mut by_outlet, mut out, mut predict) = (Vec::new(), 0, false, None, None);
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut value = || args.next().with_context(|| format!("{arg} needs a value"));
        match arg.as_str() {
            "--folds" => folds = value()?.parse()?,
            "--by-outlet" => by_outlet = true,
            "--out" => out = Some(PathBuf::from(value()?)),
            "--predict" => predict = Some(PathBuf::from(value()?)),
            _ if arg.starts_with('-') => bail!("unknown option {arg}"),
            _ => files.push(PathBuf::from(arg)),
        }
    }
    let mut gold = Vec::new();
    for file in &files {
        let text = fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            gold.push(read(line).with_context(|| format!("a line of {}", file.display()))?);
        }
    }
    if gold.is_empty() {
        bail!("no gold files named");
    }
    if let Some(dir) = &out {
        let weights = train(&lessons(&gold, |_| true));
        fs::create_dir_all(dir)?;
        let words = "# What single words tell, by place: place, word, weight. `src/extract/attribution/words.rs` says which places.\n";
        fs::write(dir.join("words.txt"), format!("{words}{}", weights.words))?;
        let head = format!("# Boosted trees, features by number: {}.\n", named());
        let forests = [&weights.speaker, &weights.speech, &weights.direct, &weights.right];
        for (name, forest) in ["speaker", "speech", "direct", "right"].into_iter().zip(forests) {
            fs::write(dir.join(name).with_extension("txt"), format!("{head}{forest}"))?;
        }
    }
    if let Some(file) = predict {
        let fold_of: Vec<usize> = if by_outlet {
            let mut numbers = BTreeMap::new();
            for article in &gold {
                let next = numbers.len();
                numbers.entry(article.outlet.clone()).or_insert(next);
            }
            gold.iter().map(|article| numbers.get(&article.outlet).copied().unwrap_or(0)).collect()
        } else {
            (0..gold.len()).map(|n| n % folds.max(2)).collect()
        };
        let last = fold_of.iter().copied().max().unwrap_or(0);
        let mut lines = vec![Value::Null; gold.len()];
        let all = std::thread::scope(|scope| {
            let (gold, fold_of) = (&gold, &fold_of);
            let trained = |fold| move || train(&lessons(gold, |n| fold_of.get(n) != Some(&fold)));
            let threads: Vec<_> = (0..=last).map(|fold| scope.spawn(trained(fold))).collect();
            threads
                .into_iter()
                .map(|thread| thread.join().map_err(|_| anyhow!("a fold ended early")))
                .collect::<Result<Vec<_>>>()
        })?;
        for (fold, weights) in all.into_iter().enumerate() {
            for (n, article) in gold.iter().enumerate().filter(|(n, _)| fold_of.get(*n) == Some(&fold)) {
                if let Some(line) = lines.get_mut(n) {
                    *line = answer(&weights, article)?;
                }
            }
        }
        let trials: Vec<Vec<(f32, bool)>> =
            gold.iter().zip(&lines).map(|(article, line)| outcomes(article, line)).collect::<Result<_>>()?;
        let but = |fold: Option<usize>| -> Vec<(f32, bool)> {
            let kept = trials.iter().zip(&fold_of).filter(|(_, of)| Some(**of) != fold);
            kept.flat_map(|(trials, _)| trials.iter().copied()).collect()
        };
        let calibrations: Vec<String> = (0..=last).map(|fold| calibrate(&but(Some(fold)))).collect();
        let mut to = BufWriter::new(fs::File::create(file)?);
        for (mut line, fold) in lines.into_iter().zip(&fold_of) {
            recalibrate(&mut line, calibrations.get(*fold).context("a calibration for each fold")?)?;
            writeln!(to, "{line}")?;
        }
        to.flush()?;
        if let Some(dir) = &out {
            let head =
                "# What turns scores into `confidence`, from cross-validated predictions: log odds * slope + shift.\n";
            fs::write(dir.join("confidence.txt"), format!("{head}{}", calibrate(&but(None))))?;
        }
    }
    Ok(())
}

/// Each quotation predicted for an article: its score, and whether words and speaker are right.
fn outcomes(article: &Gold, line: &Value) -> Result<Vec<(f32, bool)>> {
    let first = |problems: Vec<Problem>| anyhow!("{}", problems.first().map(ToString::to_string).unwrap_or_default());
    let gold = read_gold(article.line.as_bytes()).map_err(first)?;
    let mut line = line.clone();
    if let Some(quotes) = line.get_mut("quotes").and_then(Value::as_array_mut) {
        quotes.retain(is_scored);
    }
    let predictions = read_predictions(line.to_string().as_bytes()).map_err(first)?;
    let found = predictions.lay_over(&gold).map_err(first)?;
    let order = Order { kinds: vec![Kind::Direct, Kind::Mixed], mistakes: 0, jobs: 1 };
    let narrow = |(score, right): &(f64, bool)| (score.to_string().parse().unwrap_or(0.0), *right);
    Ok(predicted(&gold, &found, &order).trials.iter().map(narrow).collect())
}

/// Whether its confidence is a score: turns of transcripts have one number for all, and annotators leave them out.
fn is_scored(quote: &Value) -> bool {
    quote.get("rule").and_then(Value::as_str) != Some("transcript")
}

/// Turns the scores of all quotations of a line into their confidence.
fn recalibrate(line: &mut Value, calibration: &str) -> Result<()> {
    let quotes = line.get_mut("quotes").and_then(Value::as_array_mut).context("a prediction has quotations")?;
    let scored = quotes.iter_mut().filter(|quote| is_scored(quote));
    for confidence in scored.filter_map(|quote| quote.get_mut("confidence")) {
        let score: f32 = confidence.to_string().parse()?;
        *confidence = json!(probability(calibration, score).context("a calibration reads back")?);
    }
    Ok(())
}

fn named() -> String {
    feature_names().iter().enumerate().map(|(n, name)| format!("{n} {name}")).collect::<Vec<_>>().join(", ")
}

fn lessons(gold: &[Gold], keep: impl Fn(usize) -> bool) -> Vec<Lesson> {
    gold.iter().enumerate().filter(|(n, _)| keep(*n)).map(|(_, article)| article.lesson.clone()).collect()
}

fn read(line: &str) -> Result<Gold> {
    let article: Value = serde_json::from_str(line)?;
    let text = article.get("text").and_then(Value::as_str).context("no text")?.to_owned();
    let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let place = |value: &Value| -> Option<Span> {
        let at = |key| usize::try_from(value.get(key)?.as_u64()?).ok().and_then(|n| bytes.get(n).copied());
        Span::new(&text, at("start")?, at("end")?)
    };
    let mut answers = Vec::new();
    for quote in article.get("quotes").and_then(Value::as_array).context("no quotes")? {
        let direct = match quote.get("kind").and_then(Value::as_str) {
            Some("direct") => Some(true),
            Some("mixed") => Some(false),
            _ => None,
        };
        let Some(span) = place(quote) else { continue };
        let name = quote.get("speaker_resolved").and_then(Value::as_str).map(str::to_owned);
        answers.push(Answer { span, direct, mention: quote.get("speaker_mention").and_then(place), name });
    }
    let field = |key| article.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    Ok(Gold { line: line.to_owned(), id: field("id"), outlet: field("source"), lesson: Lesson { text, answers } })
}

fn answer(weights: &Weights, gold: &Gold) -> Result<Value> {
    let article = Article::from_text(Source::file(gold.id.as_str()), gold.lesson.text.as_str());
    let found = extract_with(weights, &article).context("the weights do not parse")?;
    Ok(json!({ "id": gold.id, "quotes": quotes(&article.text, &found) }))
}

fn quotes(text: &str, found: &Extraction) -> Vec<Value> {
    let points = |byte: usize| text.get(..byte).map_or(0, |head| head.chars().count());
    let place = |span: Span| json!({ "start": points(span.start()), "end": points(span.end()), "text": span.of(text) });
    let mut all = Vec::new();
    for quote in &found.quotes {
        let said = &quote.attribution;
        let name = match &said.speaker {
            Speaker::Named(person) => found.people.get(*person).map(|person| person.name.clone()),
            Speaker::Described(words) => Some(words.clone()),
            Speaker::Unknown => None,
        };
        for span in &quote.spans {
            all.push(json!({
                "start": points(span.start()), "end": points(span.end()), "kind": quote.kind.name(),
                "speaker_mention": said.mention.map(place), "speaker_resolved": name,
                "rule": said.rule, "confidence": said.confidence,
            }));
        }
    }
    all
}
