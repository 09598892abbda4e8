//! What comes before any index, on one thread: lines and pages read to articles, and quotations found in them.

use std::hint::black_box;
use std::io::{self, Cursor, Write};
use std::time::Instant;

use onrecord::article::{Article, Format, ReadOptions, Reading, Source, read};
use onrecord::extract::extract;

use super::generate::{News, form};
use super::measure::{median, spread};

/// Articles that are read: enough for seconds.
const ARTICLES: u64 = 3000;

/// Reads and extracts, and prints the table.
pub(crate) fn reading(out: &mut impl Write) -> io::Result<()> {
    let mut lines = Vec::new();
    form::lines(&News::new(1), ARTICLES, &mut lines)?;
    let articles = |bytes: &[u8], format| -> Vec<Article> {
        let options = ReadOptions { format: Some(format), ..ReadOptions::default() };
        let readings = read(Source::file("news"), Box::new(Cursor::new(bytes.to_vec())), &options);
        let article = |reading| if let Reading::Article(article, _) = reading { Some(*article) } else { None };
        readings.filter_map(article).collect()
    };
    let known = articles(&lines, Format::JsonLines);
    let pages: Vec<String> = known.iter().map(page).collect();
    let text: usize = known.iter().map(|article| article.text.len()).sum();
    let size: usize = pages.iter().map(String::len).sum();
    let mut runs = [Vec::new(), Vec::new(), Vec::new()];
    for _ in 0..5 {
        let begun = Instant::now();
        black_box(articles(&lines, Format::JsonLines));
        runs[0].push(lines.len() as f64 / 1e6 / begun.elapsed().as_secs_f64());
        let begun = Instant::now();
        pages.iter().for_each(|page| drop(black_box(articles(page.as_bytes(), Format::Html))));
        runs[1].push(size as f64 / 1e6 / begun.elapsed().as_secs_f64());
        let begun = Instant::now();
        known.iter().for_each(|article| drop(black_box(extract(article))));
        runs[2].push(text as f64 / 1e6 / begun.elapsed().as_secs_f64());
    }
    writeln!(out, "| on one thread | MB/s | spread |\n|---|---|---|")?;
    for (name, runs) in
        ["lines of JSON read", "web pages read", "quotations, speakers and days found in texts"].iter().zip(&runs)
    {
        writeln!(out, "| {name} | {:.1} | ±{:.0} % |", median(runs), spread(runs))?;
    }
    writeln!(out)
}

/// The article as a plain web page.
fn page(article: &Article) -> String {
    let title = article.headline().unwrap_or_default();
    let mut page = format!(
        "<!doctype html><html><head><title>{title}</title></head><body><nav><a href=\"/\">Home</a></nav><article><h1>{title}</h1>"
    );
    article.body().split("\n\n").for_each(|text| page.extend(["<p>", text, "</p>\n"]));
    page.push_str("</article><footer>All rights reserved</footer></body></html>");
    page
}
