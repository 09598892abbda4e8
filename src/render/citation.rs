//! Articles, and quotations in them, as entries of a bibliography: BibTeX and CSL-JSON.
//!
//! A quotation is an entry of its article with the words in a note, under the quotation's own id.

use std::fmt::Write;
use std::io;

use serde::Serialize;

use crate::index::hit::{ArticleHit, QuoteHit};
use crate::text::day::PartialDate;

/// What is cited.
#[derive(Clone, Copy, Debug)]
pub struct Citation<'a> {
    /// The article.
    pub article: &'a ArticleHit,
    /// A quotation in it.
    pub quote: Option<&'a QuoteHit>,
}

/// A form of bibliographies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// BibTeX, in UTF-8.
    Bibtex,
    /// One array of CSL-JSON.
    Csl,
}

impl Form {
    /// Appends the `n`th entry, from 0, and what stands before it.
    ///
    /// # Errors
    /// None in practice: `out` takes all bytes.
    pub fn entry(self, out: &mut Vec<u8>, n: u64, citation: Citation<'_>) -> io::Result<()> {
        match self {
            Self::Bibtex => {
                if n > 0 {
                    out.push(b'\n');
                }
                out.extend(citation.bibtex().into_bytes());
            }
            Self::Csl => {
                out.extend_from_slice(if n == 0 { b"[\n" } else { b",\n" });
                serde_json::to_writer(&mut *out, &citation.csl())?;
            }
        }
        Ok(())
    }

    /// Appends what stands behind the last of `count` entries.
    pub fn end(self, out: &mut Vec<u8>, count: u64) {
        if self == Self::Csl {
            out.extend_from_slice(if count == 0 { b"[]\n" } else { b"\n]\n" });
        }
    }
}

impl<'a> Citation<'a> {
    fn id(&self) -> String {
        self.quote.map_or(self.article.id, |quote| quote.id).to_string()
    }

    fn note(&self) -> Option<String> {
        let quote = self.quote?;
        let mut note = format!("“{}”", quote.quote);
        for part in [&quote.speaker, &quote.role].into_iter().flatten() {
            let _ = write!(note, ", {part}");
        }
        Some(note)
    }

    fn bibtex(&self) -> String {
        let article = self.article;
        let date = article.date;
        let month = match date {
            Some(PartialDate::Month(_, month)) => Some(month),
            Some(PartialDate::Day(day)) => Some(day.month()),
            _ => None,
        };
        let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
        let month = month.and_then(|month| names.get(month as usize - 1));
        let writers: Vec<String> = writers(article.byline.as_deref()).iter().map(|name| bibtex_name(name)).collect();
        // The title has its capitals already: the inner braces keep them.
        let fields = [
            ("author", (!writers.is_empty()).then(|| format!("{{{}}}", writers.join(" and ")))),
            ("title", article.title.as_deref().map(|title| format!("{{{{{}}}}}", escaped(title)))),
            ("journal", article.outlet.as_deref().map(|outlet| format!("{{{}}}", escaped(outlet)))),
            ("year", date.map(|date| format!("{{{:04}}}", date.first_day().year()))),
            ("month", month.map(|month| (*month).to_owned())),
            ("date", date.map(|date| format!("{{{date}}}"))),
            ("url", article.url.as_deref().map(|url| format!("{{{}}}", escaped_url(url)))),
            ("language", article.lang.as_deref().map(|lang| format!("{{{}}}", escaped(lang)))),
            ("note", self.note().map(|note| format!("{{{}}}", escaped(&note)))),
        ];
        let mut entry = format!("@article{{{},\n", self.id());
        for (name, value) in fields {
            if let Some(value) = value {
                let _ = writeln!(entry, "  {name} = {value},");
            }
        }
        entry.push_str("}\n");
        entry
    }

    fn csl(&self) -> Csl<'a> {
        let article = self.article;
        let part = |date: PartialDate| match date {
            PartialDate::Year(year) => vec![i64::from(year)],
            PartialDate::Month(year, month) => vec![i64::from(year), i64::from(month)],
            PartialDate::Day(day) => vec![i64::from(day.year()), i64::from(day.month()), i64::from(day.day())],
        };
        Csl {
            id: self.id(),
            kind: "article-newspaper",
            title: article.title.as_deref(),
            author: writers(article.byline.as_deref()).into_iter().map(|literal| CslName { literal }).collect(),
            outlet: article.outlet.as_deref(),
            section: article.section.as_deref(),
            issued: article.date.map(|date| CslDate { parts: vec![part(date)] }),
            url: article.url.as_deref(),
            language: article.lang.as_deref(),
            note: self.note(),
        }
    }
}

#[derive(Serialize)]
struct Csl<'a> {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<CslName<'a>>,
    #[serde(rename = "container-title", skip_serializing_if = "Option::is_none")]
    outlet: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<CslDate>,
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

/// Which part is the family's name is not known.
#[derive(Serialize)]
struct CslName<'a> {
    literal: &'a str,
}

#[derive(Serialize)]
struct CslDate {
    #[serde(rename = "date-parts")]
    parts: Vec<Vec<i64>>,
}

/// The names in a byline: `Jonas Reed, Ines Falk and Lena Aust`.
fn writers(byline: Option<&str>) -> Vec<&str> {
    let Some(byline) = byline else { return Vec::new() };
    let start = byline.get(..3).filter(|by| by.eq_ignore_ascii_case("by "));
    let byline = byline.get(start.map_or(0, str::len)..).unwrap_or_default();
    let pieces = [" and ", " & ", " und "]
        .into_iter()
        .fold(vec![byline], |pieces, and| pieces.into_iter().flat_map(|piece| piece.split(and)).collect());
    let suffix =
        |name: &str| ["jr", "jr.", "sr", "sr.", "ii", "iii", "iv"].contains(&name.trim().to_lowercase().as_str());
    let mut names: Vec<&str> = Vec::new();
    for piece in pieces {
        let (mut begin, mut at) = (0, 0);
        for part in piece.split(',') {
            let end = at + part.len();
            if at > begin && !suffix(part) {
                names.push(piece.get(begin..at - 1).unwrap_or_default().trim());
                begin = at;
            }
            at = end + 1;
        }
        names.push(piece.get(begin..).unwrap_or_default().trim());
    }
    names.retain(|name| name.chars().any(char::is_alphanumeric));
    names
}

/// A name of a person as BibTeX takes it apart by itself; what may be anything else stays whole.
fn bibtex_name(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let capital = |word: &&str| {
        word.starts_with(char::is_uppercase) && word.chars().any(char::is_lowercase) || word.ends_with('.')
    };
    let person = (2..=4).contains(&words.len()) && words.iter().all(capital) && !name.contains(',');
    if person { escaped(name) } else { format!("{{{}}}", escaped(name)) }
}

/// The text without what TeX would read as a command.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("{\\textbackslash}"),
            // Braces count for BibTeX even behind a backslash.
            '{' => out.push_str("{\\textbraceleft}"),
            '}' => out.push_str("{\\textbraceright}"),
            '~' => out.push_str("{\\textasciitilde}"),
            '^' => out.push_str("{\\textasciicircum}"),
            '&' | '%' | '$' | '#' | '_' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// An address is printed as it is: only what would end the field is written in hex.
fn escaped_url(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            '{' => out.push_str("%7B"),
            '}' => out.push_str("%7D"),
            '\\' => out.push_str("%5C"),
            c if c.is_control() || c == ' ' => out.push_str("%20"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_are_taken_apart() {
        let cases: [(&str, &[&str]); 8] = [
            ("Jonas Reed", &["Jonas Reed"]),
            ("By Jonas Reed", &["Jonas Reed"]),
            ("Jonas Reed and Ines Falk", &["Jonas Reed", "Ines Falk"]),
            ("Jonas Reed, Ines Falk & Lena Aust", &["Jonas Reed", "Ines Falk", "Lena Aust"]),
            ("Jonas Reed, Jr., Ines Falk", &["Jonas Reed, Jr.", "Ines Falk"]),
            ("Jonas Reed, and Ines Falk", &["Jonas Reed", "Ines Falk"]),
            ("Byron Reed", &["Byron Reed"]),
            (", ", &[]),
        ];
        for (byline, expected) in cases {
            assert_eq!(writers(Some(byline)), expected, "{byline}");
        }
    }

    #[test]
    fn tex_reads_no_command() {
        assert_eq!(
            escaped("50 % of $5 & {a}_b\\c"),
            "50 \\% of \\$5 \\& {\\textbraceleft}a{\\textbraceright}\\_b{\\textbackslash}c"
        );
        assert_eq!(escaped_url("https://post.example/{a}?b=50%25&c_d"), "https://post.example/%7Ba%7D?b=50%25&c_d");
        assert_eq!(bibtex_name("Jonas P. Reed"), "Jonas P. Reed");
        assert_eq!(bibtex_name("Shore Wire staff"), "{Shore Wire staff}");
        assert_eq!(bibtex_name("AFP"), "{AFP}");
    }
}
