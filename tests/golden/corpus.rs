//! The files of `corpus/` and `tests/golden`: which there are, what is read from them, which belong together.
//!
//! It knows where things lie; it does not look into an article.

use std::path::Path;

use super::clipping::Clipping;
use onrecord::article::{Article, ReadOptions, Reading, Source, read};

/// The paths below `folder` whose names end in `ending`, with `/`, in order; READMEs left out.
pub(super) fn files(folder: &Path, ending: &str) -> Vec<String> {
    let mut paths = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.expect("the corpus and its golden files can be walked");
        let name = entry.file_name().to_string_lossy();
        if entry.file_type().is_file() && name.ends_with(ending) && !name.starts_with("README") {
            let inside = entry.path().strip_prefix(folder).expect("what is walked lies in the folder");
            let parts: Vec<_> = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
            paths.push(parts.join("/"));
        }
    }
    paths
}

/// Every article of the corpus, in order; their paths begin below `corpus`. A record that cannot be read fails the test.
pub(super) fn articles(root: &Path) -> Vec<Article> {
    let corpus = root.join("corpus");
    let mut articles = Vec::new();
    for path in files(&corpus, "") {
        let input = onrecord::archive::open(&corpus.join(&path)).expect("a file of the corpus opens");
        for reading in read(Source::file(path.as_str()), input, &ReadOptions::default()) {
            match reading {
                Reading::Article(article, problems) => {
                    assert!(problems.is_empty(), "corpus/{path}: {problems:?}");
                    articles.push(*article);
                }
                Reading::Skipped(problem) => panic!("corpus/{path}: {problem}"),
            }
        }
    }
    articles
}

/// Whether a file of this name holds one article a record rather than one alone.
fn holds_records(path: &str) -> bool {
    let plain = path.trim_end_matches(".gz").trim_end_matches(".zst");
    [".ndjson", ".jsonl", ".csv", ".tsv"].iter().any(|ending| plain.ends_with(ending))
}

/// The path of an article's gold file below `tests/golden`.
pub(super) fn gold_name(article: &Article) -> String {
    let Source { path, record, .. } = &article.source;
    if holds_records(path) { format!("{path}.{record}.gold") } else { format!("{path}.gold") }
}

/// What the gold file of this name says, where there is one.
pub(super) fn gold(root: &Path, name: &str) -> Option<Clipping> {
    let text = std::fs::read_to_string(root.join("tests/golden").join(name)).ok()?;
    Some(Clipping::parse(&text).unwrap_or_else(|why| panic!("tests/golden/{name}: {why}")))
}

/// The sentences of a text that are longer than six words, each as its bare words in lower case.
pub(super) fn sentences(text: &str) -> Vec<String> {
    let bare = |piece: &str| {
        let words =
            piece.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect::<Vec<_>>()
    };
    let paragraphs = text.split("\n\n");
    let pieces = paragraphs.flat_map(|paragraph| paragraph.split(['.', '!', '?', '"', '“', '”', '„', '«', '»']));
    pieces.map(bare).filter(|words| words.len() > 6).map(|words| words.join(" ")).collect()
}

#[test]
fn sentences_are_cut_at_stops_and_marks() {
    let text = "One two three four\nfive six Seven. \"Too short,\" he said\n\nand a b c d e f.";
    assert_eq!(sentences(text), ["one two three four five six seven", "and a b c d e f"]);
}
