//! Tests: golden. The corpus, read and extracted, against what a careful reader found in each article.
//!
//! `golden/README.md` tells the form of a gold file and what `misses.txt` is for. This module reads files and
//! compares; it knows nothing of how the program came to its answers.

mod clipping;
mod corpus;
mod difference;

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use clipping::Clipping;
use difference::Tally;

/// Where what is wrong today is written down.
const LEDGER: &str = "tests/golden/misses.txt";

#[test]
fn every_article_reads_as_its_gold_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut tally = Tally::default();
    let mut today = BTreeSet::new();
    for article in corpus::articles(root) {
        let name = corpus::gold_name(&article);
        let Some(gold) = corpus::gold(root, &name) else { continue };
        let found = Clipping::of(&article, &onrecord::extract::extract(&article));
        let path = name.trim_end_matches(".gold");
        today.extend(difference::between(&gold, &found, &mut tally).into_iter().map(|what| format!("{path}: {what}")));
    }
    // Past the harness, which would keep it to itself unless the test fails.
    writeln!(std::io::stdout(), "\n{tally}").expect("the tests have a standard output");
    hold(&root.join(LEDGER), &today);
}

/// Compares today's differences with those of the ledger, or writes them there under `UPDATE_EXPECT`.
fn hold(ledger: &Path, today: &BTreeSet<String>) {
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        let mut text =
            String::from("# What the program gets wrong in the corpus today. README.md says how to keep this list.\n");
        for line in today {
            text.push_str(line);
            text.push('\n');
        }
        std::fs::write(ledger, text).expect("the ledger can be written");
        return;
    }
    let text = std::fs::read_to_string(ledger).unwrap_or_default();
    let known: BTreeSet<String> = text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect();
    let broken: Vec<&String> = today.difference(&known).collect();
    let mended: Vec<&String> = known.difference(today).collect();
    assert!(
        broken.is_empty() && mended.is_empty(),
        "wrong and not in {LEDGER} (broken): {broken:#?}\nin {LEDGER} and no longer wrong (take them out): {mended:#?}\n\
         UPDATE_EXPECT=1 writes the ledger anew"
    );
}

#[test]
fn every_gold_has_its_article() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let wanted: BTreeSet<String> = corpus::articles(root).iter().map(corpus::gold_name).collect();
    let there: BTreeSet<String> = corpus::files(&root.join("tests/golden"), ".gold").into_iter().collect();
    let without: Vec<&String> = wanted.difference(&there).collect();
    let orphans: Vec<&String> = there.difference(&wanted).collect();
    assert!(without.is_empty(), "articles of the corpus without a gold file: {without:#?}");
    assert!(orphans.is_empty(), "gold files without an article: {orphans:#?}");
}

#[test]
fn what_a_gold_lists_stands_in_its_article() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut slips = Vec::new();
    for article in corpus::articles(root) {
        let name = corpus::gold_name(&article);
        let Some(gold) = corpus::gold(root, &name) else { continue };
        let text = clipping::fold(&article.text);
        slips.extend(gold.words().filter(|words| !text.contains(words)).map(|words| format!("{name}: {words}")));
    }
    assert!(slips.is_empty(), "gold files list words that their articles do not hold: {slips:#?}");
}

#[test]
fn the_corpus_is_large_and_varied_enough() {
    let articles = corpus::articles(Path::new(env!("CARGO_MANIFEST_DIR")));
    assert!(articles.len() >= 40, "{} articles", articles.len());
    let outlets: BTreeSet<&str> = articles.iter().filter_map(|article| article.source.path.split('/').next()).collect();
    assert!(outlets.len() >= 6, "outlets: {outlets:?}");
    let years: BTreeSet<i32> =
        articles.iter().filter_map(|article| article.published).map(|date| date.first_day().year()).collect();
    assert!(years.len() >= 5, "years: {years:?}");
    for article in &articles {
        let words = article.body().split_whitespace().count();
        assert!(words >= 150, "{}: {words} words", article.source.path);
    }
}

#[test]
fn no_sentence_stands_in_two_articles() {
    let mut seen = std::collections::BTreeMap::new();
    for article in corpus::articles(Path::new(env!("CARGO_MANIFEST_DIR"))) {
        let name = corpus::gold_name(&article);
        for sentence in corpus::sentences(article.body()) {
            if let Some(other) = seen.insert(sentence.clone(), name.clone()) {
                assert_eq!(other, name, "both hold the sentence: {sentence}");
            }
        }
    }
}
