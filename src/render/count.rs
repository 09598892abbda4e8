//! Numbers of quotations or articles, as a table for people, and as TSV, CSV and JSON lines for programs.

use std::fmt::Write;
use std::io;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::index::hit::CountHit;

use super::card::{Look, NAME, QUIET};
use super::number::grouped;
use super::{csv, tsv, wrap};

/// The name and version of a JSON line.
pub const SCHEMA: &str = "onrecord.count/1";

/// How a table says that there is no value.
const NONE: &str = "(none)";

/// The longest value that a table shows whole.
const WIDEST: usize = 48;

/// The longest bar.
const BAR: usize = 40;

/// What was counted, beside the numbers.
#[derive(Clone, Copy, Debug)]
pub struct Heading<'a> {
    /// The facets.
    pub by: &'a [&'static str],
    /// `quotes` or `articles`.
    pub of: &'static str,
    /// Whether numbers of articles to compare with are there.
    pub per_articles: bool,
}

impl Heading<'_> {
    /// The names of the columns.
    fn columns(&self) -> Vec<&'static str> {
        let mut columns = self.by.to_vec();
        columns.push("count");
        if self.per_articles {
            columns.extend(["articles", "per_thousand"]);
        }
        columns
    }
}

/// So many to a thousand articles; none where there are no articles.
fn per_thousand(hit: &CountHit) -> Option<f64> {
    let articles = hit.articles.filter(|&articles| articles > 0)?;
    #[expect(clippy::cast_precision_loss, reason = "exact up to 2^53")]
    let share = hit.count as f64 * 1000.0 / articles as f64;
    Some((share * 1000.0).round() / 1000.0)
}

fn cells(hit: &CountHit) -> Vec<String> {
    let mut cells: Vec<String> = hit.values.iter().map(|value| value.clone().unwrap_or_default()).collect();
    cells.push(hit.count.to_string());
    if let Some(articles) = hit.articles {
        cells.push(articles.to_string());
        cells.push(per_thousand(hit).map_or_else(String::new, |share| share.to_string()));
    }
    cells
}

/// Appends a line of TSV: the values, the number, and the articles to compare with where they were asked for.
pub fn write_columns(out: &mut Vec<u8>, hit: &CountHit) {
    tsv::write_cells(out, &cells(hit));
}

/// Appends the header of CSV.
pub fn write_csv_header(out: &mut Vec<u8>, heading: Heading<'_>) {
    csv::write_texts(out, heading.columns());
}

/// Appends a line of CSV.
pub fn write_csv(out: &mut Vec<u8>, hit: &CountHit) {
    csv::write_texts(out, cells(hit).iter().map(String::as_str));
}

/// Appends a JSON line.
///
/// # Errors
/// None in practice: `out` takes all bytes.
pub fn write_line(out: &mut Vec<u8>, heading: Heading<'_>, hit: &CountHit) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &Line { heading, hit })?;
    out.push(b'\n');
    Ok(())
}

struct Line<'a> {
    heading: Heading<'a>,
    hit: &'a CountHit,
}

impl Serialize for Line<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { heading, hit } = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("schema", SCHEMA)?;
        for (name, value) in heading.by.iter().zip(&hit.values) {
            map.serialize_entry(name, value)?;
        }
        map.serialize_entry("of", heading.of)?;
        map.serialize_entry("count", &hit.count)?;
        if let Some(articles) = hit.articles {
            map.serialize_entry("articles", &articles)?;
            map.serialize_entry("per_thousand", &per_thousand(hit))?;
        }
        map.end()
    }
}

/// A table: the values, the numbers, and a bar where there is room for one.
pub fn table(hits: &[CountHit], heading: Heading<'_>, look: Look) -> String {
    let text = |value: &Option<String>| {
        let value = value.as_deref().map_or_else(|| NONE.to_owned(), wrap::tame);
        wrap::cut(&value, WIDEST)
    };
    let number = |hit: &CountHit| {
        let mut cells = vec![grouped(hit.count)];
        if let Some(articles) = hit.articles {
            cells.push(grouped(articles));
            cells.push(per_thousand(hit).map_or_else(|| "-".to_owned(), |share| format!("{share:.1}")));
        }
        cells
    };
    let texts: Vec<Vec<String>> = hits.iter().map(|hit| hit.values.iter().map(text).collect()).collect();
    let numbers: Vec<Vec<String>> = hits.iter().map(number).collect();
    let text_heads: Vec<String> = heading.by.iter().map(|name| (*name).to_owned()).collect();
    let number_heads: Vec<String> = match heading.per_articles {
        false => vec![heading.of.to_owned()],
        true => vec![heading.of.to_owned(), "of articles".to_owned(), "per 1,000".to_owned()],
    };
    let (left, right) = (widths(&text_heads, &texts), widths(&number_heads, &numbers));
    let used = left.iter().chain(&right).map(|wide| wide + 2).sum::<usize>();
    let room = look.columns().saturating_sub(used).min(BAR);
    let measure = |hit: &CountHit| if heading.per_articles { per_thousand(hit).unwrap_or(0.0) } else { count(hit) };
    let most = hits.iter().map(measure).fold(0.0, f64::max);
    let mut out = String::new();
    let line = |texts: &[String], numbers: &[String]| {
        let mut line = String::new();
        for (text, wide) in texts.iter().zip(&left) {
            let _ = write!(line, "{text}{}  ", " ".repeat(wide.saturating_sub(wrap::columns(text))));
        }
        for (number, wide) in numbers.iter().zip(&right) {
            let _ = write!(line, "{}{number}  ", " ".repeat(wide.saturating_sub(wrap::columns(number))));
        }
        line
    };
    let _ = writeln!(out, "{}", look.paint(QUIET, line(&text_heads, &number_heads).trim_end()));
    for ((texts, numbers), hit) in texts.iter().zip(&numbers).zip(hits) {
        let bar = if room >= 8 { bar(measure(hit), most, room) } else { String::new() };
        let _ = writeln!(out, "{}", format!("{}{}", line(texts, numbers), look.paint(NAME, &bar)).trim_end());
    }
    out
}

/// How wide each column is.
fn widths(heads: &[String], rows: &[Vec<String>]) -> Vec<usize> {
    let widest = |place: usize| {
        let cells = rows.iter().filter_map(|row| row.get(place)).chain(heads.get(place));
        cells.map(|cell| wrap::columns(cell)).max().unwrap_or(0)
    };
    (0..heads.len()).map(widest).collect()
}

#[expect(clippy::cast_precision_loss, reason = "the length of a bar")]
fn count(hit: &CountHit) -> f64 {
    hit.count as f64
}

/// A bar of eighths of columns: something is shown of whatever is more than nothing.
pub(super) fn bar(part: f64, most: f64, room: usize) -> String {
    if part <= 0.0 || most <= 0.0 {
        return String::new();
    }
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "few columns"
    )]
    let eighths = ((part / most) * (room as f64) * 8.0).round().max(1.0) as usize;
    let eighths = eighths.min(room * 8);
    let rest = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"].get(eighths % 8).copied().unwrap_or_default();
    "█".repeat(eighths / 8) + rest
}
