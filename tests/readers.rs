//! Reading articles: every format, character sets, damage, and the walk over an archive.

pub(crate) mod containers;
mod damage;
mod days;
mod feeds;
mod formats;
mod hostile;
mod mail;
mod nasty;
mod newsml;
mod ninjs;
mod nitf;
mod page;
mod page_body;
mod page_facts;
mod page_titles;
mod paths;
mod plain;
mod post;
mod records;
mod reuters;
mod samples;
mod scans;
mod unpack;

use std::io::Cursor;

use onrecord::article::{Article, ReadOptions, Reading, Source, read};

/// Reads `bytes` as the file `name`.
fn readings(name: &str, bytes: impl AsRef<[u8]>, options: &ReadOptions) -> Vec<Reading> {
    let input = Cursor::new(bytes.as_ref().to_vec());
    read(Source::file(name), Box::new(input), options).collect()
}

/// One line an article or skipped record, then one line a problem: what tests compare.
fn report(name: &str, bytes: impl AsRef<[u8]>, options: &ReadOptions) -> String {
    let mut out = String::new();
    for reading in readings(name, bytes, options) {
        match reading {
            Reading::Article(article, problems) => {
                out.push_str(&line(&article));
                for problem in problems {
                    out.push_str(&format!("  ! {problem}\n"));
                }
            }
            Reading::Skipped(problem) => out.push_str(&format!("skipped: {problem}\n")),
        }
    }
    out
}

/// `#record headline | byline | outlet | section | published | lang | url: body`, what is missing left out.
fn line(article: &Article) -> String {
    let parts = [
        article.headline().map(str::to_owned),
        article.byline().map(|names| format!("by {names}")),
        article.outlet.as_ref().map(|outlet| format!("in {outlet}")),
        article.section.as_ref().map(|section| format!("section {section}")),
        article.published.map(|date| format!("on {date}")),
        article.lang.as_ref().map(|lang| format!("lang {lang}")),
        article.url.clone(),
    ];
    let known: Vec<String> = parts.into_iter().flatten().collect();
    format!("#{} {}: {:?}\n", article.source.record, known.join(" | "), article.body())
}

#[track_caller]
fn check(name: &str, bytes: impl AsRef<[u8]>, expected: &str) {
    check_with(&ReadOptions::default(), name, bytes, expected);
}

#[track_caller]
fn check_with(options: &ReadOptions, name: &str, bytes: impl AsRef<[u8]>, expected: &str) {
    let got = report(name, bytes.as_ref(), options);
    let shown: String = String::from_utf8_lossy(bytes.as_ref()).chars().take(500).collect();
    assert_eq!(got.trim_end(), expected.trim(), "{name}: {shown:?}");
}

/// The one article of a file.
#[track_caller]
fn article(name: &str, bytes: impl AsRef<[u8]>) -> Article {
    let mut all = readings(name, bytes, &ReadOptions::default());
    match (all.pop(), all.len()) {
        (Some(Reading::Article(article, _)), 0) => *article,
        other => panic!("{name} holds not one article but {other:?}"),
    }
}
