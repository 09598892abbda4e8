//! Generated articles as they lie on a disk: lines of JSON, or a file of JSON each, in folders of a thousand.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::truth::Truth;
use super::{Article, News};

/// Writes the first `articles` as lines.
pub(crate) fn lines(news: &News, articles: u64, out: &mut impl Write) -> io::Result<Truth> {
    let (mut line, mut truth) = (String::new(), Truth::new());
    each(news, articles, &mut truth, |article| {
        line.clear();
        push_json(article, &mut line);
        line.push('\n');
        out.write_all(line.as_bytes())
    })?;
    Ok(truth)
}

/// Writes the first `articles` as files in `folder`.
pub(crate) fn files(news: &News, articles: u64, folder: &Path) -> io::Result<Truth> {
    let (mut text, mut truth) = (String::new(), Truth::new());
    each(news, articles, &mut truth, |article| {
        let path = place(folder, article.number);
        if let Some(inner) = path.parent().filter(|_| article.number.is_multiple_of(1000)) {
            fs::create_dir_all(inner)?;
        }
        text.clear();
        push_json(article, &mut text);
        text.push('\n');
        fs::write(path, &text)
    })?;
    Ok(truth)
}

/// Where the file of an article lies.
pub(crate) fn place(folder: &Path, number: u64) -> PathBuf {
    folder.join(format!("{:05}", number / 1000)).join(format!("{number:08}.json"))
}

fn each(
    news: &News,
    articles: u64,
    truth: &mut Truth,
    mut take: impl FnMut(&Article) -> io::Result<()>,
) -> io::Result<()> {
    let mut article = Article::default();
    (0..articles).try_for_each(|number| {
        news.write(number, &mut article);
        truth.count(&article);
        take(&article)
    })
}

fn push_json(article: &Article, line: &mut String) {
    let (year, month, day) = article.day;
    line.push_str(&format!("{{\"id\":\"g{:08}\",\"date\":\"{year}-{month:02}-{day:02}\"", article.number));
    for (name, value) in [
        ("outlet", article.outlet),
        ("section", article.section),
        ("title", &article.title),
        ("byline", &article.byline),
        ("lang", "en"),
        ("text", &article.body),
    ] {
        line.extend([",\"", name, "\":\""]);
        // The only signs of generated texts that JSON does not take as they are.
        for part in value.split_inclusive(['"', '\n']) {
            match part.strip_suffix('"') {
                Some(part) => line.extend([part, "\\\""]),
                None => match part.strip_suffix('\n') {
                    Some(part) => line.extend([part, "\\n"]),
                    None => line.push_str(part),
                },
            }
        }
        line.push('"');
    }
    line.push('}');
}
