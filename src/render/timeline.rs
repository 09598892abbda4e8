//! What was said when: a bar for each stretch of time with who said most, for any width; and TSV, CSV and JSON lines.

use std::fmt::Write;
use std::io;

use serde::Serialize;

use crate::index::hit::{PeriodHit, QuoteHit};

use super::card::{self, ID, Look, NAME, QUIET, WORDS};
use super::count::bar;
use super::number::grouped;
use super::{csv, tsv, wrap};

/// The name and version of a JSON line.
pub const SCHEMA: &str = "onrecord.timeline/1";

/// The narrowest screen that is drawn for, the shortest bar, and the longest.
const NARROWEST: usize = 24;
const SHORTEST: usize = 6;
const LONGEST: usize = 60;

/// More stretches than these in which nothing was said are drawn as one line.
const LONGEST_GAP: usize = 3;

/// How a stretch without a day is called.
const UNDATED: &str = "(no day)";

#[derive(Serialize)]
struct Line<'a> {
    schema: &'static str,
    period: Option<&'a str>,
    grain: &'a str,
    count: u64,
    speakers: Vec<SpeakerCell<'a>>,
    quotes: Vec<QuoteCell<'a>>,
}

#[derive(Serialize)]
struct SpeakerCell<'a> {
    speaker: &'a str,
    count: u64,
}

#[derive(Serialize)]
struct QuoteCell<'a> {
    id: String,
    date: Option<String>,
    outlet: Option<&'a str>,
    speaker: Option<&'a str>,
    quote: &'a str,
}

impl<'a> QuoteCell<'a> {
    fn of(hit: &'a QuoteHit) -> Self {
        Self {
            id: hit.id.to_string(),
            date: hit.date.map(|date| date.to_string()),
            outlet: hit.outlet.as_deref(),
            speaker: hit.speaker.as_deref(),
            quote: &hit.quote,
        }
    }
}

/// Appends a JSON line.
///
/// # Errors
/// None in practice: `out` takes all bytes.
pub fn write_line(out: &mut Vec<u8>, grain: &str, hit: &PeriodHit) -> io::Result<()> {
    let line = Line {
        schema: SCHEMA,
        period: hit.period.as_deref(),
        grain,
        count: hit.count,
        speakers: hit.speakers.iter().map(|(speaker, count)| SpeakerCell { speaker, count: *count }).collect(),
        quotes: hit.quotes.iter().map(QuoteCell::of).collect(),
    };
    serde_json::to_writer(&mut *out, &line)?;
    out.push(b'\n');
    Ok(())
}

fn cells(hit: &PeriodHit) -> [String; 3] {
    let speakers: Vec<String> = hit.speakers.iter().map(|(name, count)| format!("{name} {count}")).collect();
    [hit.period.clone().unwrap_or_default(), hit.count.to_string(), speakers.join("; ")]
}

/// Appends the columns `period count speakers`.
pub fn write_columns(out: &mut Vec<u8>, hit: &PeriodHit) {
    tsv::write_cells(out, &cells(hit));
}

/// Appends the header of CSV.
pub fn write_csv_header(out: &mut Vec<u8>) {
    csv::write_texts(out, ["period", "count", "speakers"]);
}

/// Appends a line of CSV.
pub fn write_csv(out: &mut Vec<u8>, hit: &PeriodHit) {
    csv::write_texts(out, cells(hit).iter().map(String::as_str));
}

/// The bars, with who said most behind each, and the earliest quotations below.
pub fn chart(hits: &[PeriodHit], look: Look) -> String {
    let width = look.width.max(NARROWEST);
    let name = |hit: &PeriodHit| hit.period.clone().unwrap_or_else(|| UNDATED.to_owned());
    let names = hits.iter().map(|hit| wrap::columns(&name(hit))).max().unwrap_or(0);
    let numbers = hits.iter().map(|hit| grouped(hit.count).len()).max().unwrap_or(0);
    let most = hits.iter().map(|hit| hit.count).max().unwrap_or(0);
    let left = width.saturating_sub(names + numbers + 4);
    // What the bars do not need is for names; on a narrow screen there is room for bars alone.
    let bars = if left < 3 * SHORTEST { left } else { (left / 2).min(LONGEST) };
    let rest = left.saturating_sub(bars + 2);
    let mut out = String::new();
    let mut at = 0;
    while let Some(hit) = hits.get(at) {
        let empty = hits.iter().skip(at).take_while(|hit| hit.count == 0).count();
        if empty > LONGEST_GAP {
            let last = hits.get(at + empty - 1).map(name).unwrap_or_default();
            let _ = writeln!(out, "{}", look.paint(QUIET, &format!("⋮  nothing up to {last}")));
            at += empty;
            continue;
        }
        at += 1;
        let drawn = drawn(hit.count, most, bars);
        let mut line = format!("{:<names$}  {:>numbers$}  ", name(hit), grouped(hit.count));
        let people: Vec<String> =
            hit.speakers.iter().map(|(name, count)| format!("{} {}", wrap::tame(name), grouped(*count))).collect();
        let people = fitting(&people, rest);
        let gap = if people.is_empty() { 0 } else { bars.saturating_sub(wrap::columns(&drawn)) + 2 };
        let _ = write!(line, "{}{}{}", look.paint(NAME, &drawn), " ".repeat(gap), look.paint(QUIET, &people));
        let _ = writeln!(out, "{}", line.trim_end());
        for quote in &hit.quotes {
            let _ = writeln!(out, "{}", quoted(quote, names + 2, width, look));
        }
    }
    out
}

#[expect(clippy::cast_precision_loss, reason = "the length of a bar")]
fn drawn(count: u64, most: u64, room: usize) -> String {
    bar(count as f64, most as f64, room)
}

/// As many of the names as fit whole, of the first at least what fits of it.
fn fitting(people: &[String], room: usize) -> String {
    let mut told = String::new();
    for person in people {
        let gap = if told.is_empty() { "" } else { ", " };
        if wrap::columns(&told) + gap.len() + wrap::columns(person) > room {
            break;
        }
        told.push_str(gap);
        told.push_str(person);
    }
    told
}

/// Who said it, and as much of the words as the line holds.
fn quoted(hit: &QuoteHit, indent: usize, width: usize, look: Look) -> String {
    let id = format!("q:{}", card::short(hit.id));
    let speaker = wrap::tame(hit.speaker.as_deref().unwrap_or("(speaker not known)"));
    let used = indent + wrap::columns(&id) + wrap::columns(&speaker) + 3;
    let words = wrap::cut(&wrap::tame(&format!("“{}”", hit.quote)), width.saturating_sub(used).max(12));
    format!(
        "{}{} {}: {}",
        " ".repeat(indent),
        look.paint(ID, &id),
        look.paint(NAME, &speaker),
        look.paint(WORDS, &words)
    )
}
