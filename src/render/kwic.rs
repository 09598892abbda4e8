//! Matches below one another, with the words before and behind each: columns that stay in line in any script.
//!
//! Widths are those of graphemes on a screen, so that wide letters and combining marks neither shift a column nor are torn
//! apart. Text that is written from right to left is set apart from what stands beside it, so that the terminal turns it
//! around inside its own column only.

use std::io;

use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation;

use crate::index::hit::KwicHit;

use super::card::{self, ID, Look, NAME, QUIET};
use super::{csv, tsv, wrap};

/// The name and version of a JSON line.
pub const SCHEMA: &str = "onrecord.kwic/1";

const COLUMNS: [&str; 8] = ["id", "date", "outlet", "speaker", "left", "match", "right", "path"];

/// The narrowest screen that is drawn for; and the columns of ids, and of names where there is room for them.
const NARROWEST: usize = 40;
const IDS: usize = 10;
const NAMES: usize = 18;
const ROOMY: usize = 90;

/// Around text from right to left: first strong isolate, and its end.
const APART: (&str, &str) = ("\u{2068}", "\u{2069}");

#[derive(Serialize)]
struct Line<'a> {
    schema: &'static str,
    id: String,
    date: Option<String>,
    outlet: Option<&'a str>,
    speaker: Option<&'a str>,
    left: &'a str,
    #[serde(rename = "match")]
    hit: &'a str,
    right: &'a str,
    /// Bytes of the quotation's words.
    span: (usize, usize),
    path: &'a str,
}

/// Appends a JSON line.
///
/// # Errors
/// None in practice: `out` takes all bytes.
pub fn write_line(out: &mut Vec<u8>, hit: &KwicHit<'_>) -> io::Result<()> {
    let (left, matched, right) = hit.parts();
    let quote = hit.quote;
    let line = Line {
        schema: SCHEMA,
        id: quote.id.to_string(),
        date: quote.date.map(|date| date.to_string()),
        outlet: quote.outlet.as_deref(),
        speaker: quote.speaker.as_deref(),
        left,
        hit: matched,
        right,
        span: hit.span,
        path: &quote.path,
    };
    serde_json::to_writer(&mut *out, &line)?;
    out.push(b'\n');
    Ok(())
}

fn cells(hit: &KwicHit<'_>) -> [String; 8] {
    let (left, matched, right) = hit.parts();
    let quote = hit.quote;
    [
        quote.id.to_string(),
        quote.date.map(|date| date.to_string()).unwrap_or_default(),
        quote.outlet.clone().unwrap_or_default(),
        quote.speaker.clone().unwrap_or_default(),
        left.to_owned(),
        matched.to_owned(),
        right.to_owned(),
        quote.path.clone(),
    ]
}

/// Appends the columns `id date outlet speaker left match right path`, whole.
pub fn write_columns(out: &mut Vec<u8>, hit: &KwicHit<'_>) {
    tsv::write_cells(out, &cells(hit));
}

/// Appends the header of CSV.
pub fn write_csv_header(out: &mut Vec<u8>) {
    csv::write_texts(out, COLUMNS);
}

/// Appends a line of CSV.
pub fn write_csv(out: &mut Vec<u8>, hit: &KwicHit<'_>) {
    csv::write_texts(out, cells(hit).iter().map(String::as_str));
}

/// One line for the screen: id, what stands before the match up to its column, the match, what stands behind it, and who said it.
pub fn aligned(hit: &KwicHit<'_>, look: Look) -> String {
    let width = look.width.max(NARROWEST);
    let names = if width >= ROOMY { NAMES + 2 } else { 0 };
    let left_room = (width - IDS - 2 - names) * 2 / 5;
    let right_room = width - IDS - 2 - names - left_room;
    let (left, matched, right) = hit.parts();
    let (left, matched, right) = (wrap::tame(left), wrap::tame(matched), wrap::tame(right));
    let left = last_columns(left.trim_start(), left_room);
    let matched = first_columns(&matched, right_room);
    let right = first_columns(right.trim_end(), right_room - columns(&matched));
    let gap = " ".repeat(left_room - columns(&left));
    let rest = right_room - columns(&matched) - columns(&right);
    let id = format!("q:{}", card::short(hit.quote.id));
    let mut line = format!(
        "{}  {gap}{}{}{}",
        look.paint(ID, &id),
        apart(&left),
        look.paint(NAME, &apart(&matched)),
        apart(&right)
    );
    if names > 0 {
        let speaker = wrap::tame(hit.quote.speaker.as_deref().unwrap_or("(not known)"));
        let whole = columns(&speaker) <= NAMES;
        let speaker = if whole { speaker } else { first_columns(&speaker, NAMES - 1) + "…" };
        line.push_str(&" ".repeat(rest + 2));
        line.push_str(&look.paint(QUIET, &apart(&speaker)));
    }
    let mut line = line.trim_end().to_owned();
    line.push('\n');
    line
}

/// How many columns the graphemes of a text take.
fn columns(text: &str) -> usize {
    text.graphemes(true).map(wrap::columns).sum()
}

/// As much of the text from its beginning as fits, in whole graphemes.
fn first_columns(text: &str, room: usize) -> String {
    let mut used = 0;
    let fits = |grapheme: &&str| {
        used += wrap::columns(grapheme);
        used <= room
    };
    text.graphemes(true).take_while(fits).collect()
}

/// As much of the text up to its end as fits.
fn last_columns(text: &str, room: usize) -> String {
    let mut used = 0;
    let fits = |grapheme: &&str| {
        used += wrap::columns(grapheme);
        used <= room
    };
    let mut kept: Vec<&str> = text.graphemes(true).rev().take_while(fits).collect();
    kept.reverse();
    kept.concat()
}

/// The text, set apart where it holds letters that are written from right to left.
fn apart(text: &str) -> String {
    let leftward = |c: char| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}');
    if text.contains(leftward) { format!("{}{text}{}", APART.0, APART.1) } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::hit::QuoteHit;
    use crate::text::id::Id;

    fn quote(words: &str) -> QuoteHit {
        QuoteHit {
            id: Id(0x7f3a_19c2_0000_0000),
            quote: words.to_owned(),
            speaker: Some("Ada Lund".to_owned()),
            ..QuoteHit::blank()
        }
    }

    /// The words before, the match, and the words behind, as the line of a screen of `width` has them.
    fn check(before: &str, matched: &str, behind: &str, width: usize) {
        let quote = quote(&format!("{before}{matched}{behind}"));
        let hit = KwicHit { quote: &quote, span: (before.len(), before.len() + matched.len()) };
        let line = aligned(&hit, Look { width, color: false });
        let line = line.replace(APART.0, "").replace(APART.1, "");
        let names = if width >= ROOMY { NAMES + 2 } else { 0 };
        let left_room = (width - IDS - 2 - names) * 2 / 5;
        let mut used = 0;
        let prefix: String = line
            .graphemes(true)
            .take_while(|g| {
                used += wrap::columns(g);
                used <= IDS + 2 + left_room
            })
            .collect();
        assert_eq!(columns(&prefix), IDS + 2 + left_room, "{line:?}");
        let rest = line.get(prefix.len()..).unwrap_or_default();
        assert!(rest.starts_with(&first_columns(matched, width - IDS - 2 - names - left_room)), "{line:?}");
        assert!(columns(line.trim_end()) <= width, "{line:?} in {width}");
        if names > 0 {
            assert!(line.trim_end().ends_with("Ada Lund"), "{line:?}");
        }
    }

    #[test]
    fn matches_stand_below_one_another_in_any_script() {
        let cases = [
            ("We sail at ", "dawn", " or not at all, and nobody will stop us from sailing whenever we like"),
            ("", "dawn", ""),
            ("a very long way to go before we come to the ", "dawn", ""),
            ("我们在", "黎明", "启航，谁也不能阻止我们，因为海是我们的，天也是我们的"),
            ("قال إن السفن ", "تبحر", " عند الفجر ولن يوقفها أحد مهما كان الثمن"),
            ("הוא אמר שהספינות ", "יפליגו", " עם שחר ואיש לא יעצור אותן"),
            ("Cafe\u{301} Zu\u{308}rich e\u{301}te\u{301} ", "cafe\u{301}", " de\u{301}ja\u{300} vu"),
            ("हम भोर में ", "जहाज़", " चलाएँगे और कोई हमें नहीं रोकेगा"),
            ("👩‍👩‍👧 and 🇩🇪 went ", "🚢", " far away"),
            ("", "incomprehensibilities-without-end-in-a-single-word-that-fills-more-than-a-line-of-the-screen", "."),
        ];
        for (before, matched, behind) in cases {
            for width in [20, 40, 57, 80, 90, 120, 200] {
                check(before, matched, behind, width.max(NARROWEST));
            }
        }
    }

    #[test]
    fn only_what_runs_from_right_to_left_is_set_apart() {
        assert_eq!(apart("dawn"), "dawn");
        assert_eq!(apart("الفجر"), "\u{2068}الفجر\u{2069}");
    }
}
