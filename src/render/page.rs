//! A whole article with its quotations marked where they stand, and a quotation with all that is known of it.
//!
//! A mark `[1]` stands behind each quotation and the list below says who it is; colour is an addition, so
//! that a pipe loses nothing.

use std::fmt::Write;

use crate::index::hit::{ArticleHit, QuoteHit};

use super::card::{self, ID, Look, NAME, QUIET, WORDS};
use super::{why, wrap};

/// The page of an article, its last line feed included.
pub fn article(hit: &ArticleHit, quotes: &[QuoteHit], look: Look) -> String {
    let mut page = card::article(hit, look);
    if let Some(url) = &hit.url {
        let _ = writeln!(page, "  {}", look.paint(QUIET, &wrap::tame(url)));
    }
    if let Some(source) = hit.date_source {
        let _ = writeln!(page, "  {}", look.paint(QUIET, &format!("dated by {}", source.name())));
    }
    page.push('\n');
    page.push_str(marked(&hit.text, quotes, look).trim_end());
    page.push('\n');
    if !quotes.is_empty() {
        page.push('\n');
    }
    for (n, quote) in quotes.iter().enumerate() {
        let speaker = wrap::tame(quote.speaker.as_deref().unwrap_or("(speaker not known)"));
        let role = quote.role.as_deref().map(|role| format!(", {}", wrap::tame(role))).unwrap_or_default();
        let id = look.paint(ID, &format!("q:{}", card::short(quote.id)));
        let (name, kind) = (look.paint(NAME, &speaker), quote.kind.name());
        let _ = writeln!(page, "[{}] {id} {name}{role} · {kind} {:.2}", n + 1, quote.confidence);
        if quote.why.is_some() {
            let _ = writeln!(page, "    {}", look.paint(QUIET, &format!("rule {}{}", quote.rule, card::cue(quote))));
            page.push_str(&card::reasons(quote, look));
        }
    }
    page
}

/// The page of a quotation, its last line feed included.
pub fn quote(hit: &QuoteHit, look: Look) -> String {
    // The reasons come below, with all else that is known.
    let mut page = card::quote(&QuoteHit { why: None, ..hit.clone() }, look);
    page.push('\n');
    let facts = [
        ("headline", hit.title.clone()),
        ("context", Some(hit.context.clone())),
        ("cue", hit.cue.clone()),
        ("rule", Some(hit.rule.clone())),
        ("weighed", Some(why::lines_of_hit(hit).join("\n"))),
        ("dated by", hit.date_source.map(|source| source.name().to_owned())),
        ("url", hit.url.clone()),
        ("path", Some(hit.path.clone())),
        ("article", Some(hit.article.to_string())),
        ("id", Some(hit.id.to_string())),
    ];
    for (name, fact) in facts {
        let Some(fact) = fact.filter(|fact| !fact.is_empty()) else { continue };
        let fact = wrap::tame(&fact);
        let lines = fact.split('\n').flat_map(|line| why::fold(line, look.columns() - 12));
        for (n, line) in lines.enumerate() {
            let label = if n == 0 { name } else { "" };
            let _ = writeln!(page, "  {}{line}", look.paint(QUIET, &format!("{label:<10}")));
        }
    }
    page
}

/// The text with `[n]` behind each piece of a quotation.
fn marked(text: &str, quotes: &[QuoteHit], look: Look) -> String {
    // Ends before beginnings at the same byte, so that a mark never lands in the next quotation.
    let mut turns = Vec::new();
    for (n, quote) in quotes.iter().enumerate() {
        for &(start, end) in &quote.spans {
            // A span that does not fit this text marks nothing.
            if text.get(start as usize..end as usize).is_none() {
                continue;
            }
            turns.push((start as usize, 1, n));
            turns.push((after_marks(text, end as usize), 0, n));
        }
    }
    turns.sort_unstable();
    let mut out = String::with_capacity(text.len() + turns.len() * 8);
    let (mut at, mut depth) = (0, 0_usize);
    for (place, turn, n) in turns {
        let piece = text.get(at..place).unwrap_or_default();
        out.push_str(&painted(piece, depth > 0, look));
        at = at.max(place);
        if turn == 1 {
            depth += 1;
        } else {
            depth = depth.saturating_sub(1);
            out.push_str(&look.paint(ID, &format!("[{}]", n + 1)));
        }
    }
    out.push_str(&painted(text.get(at..).unwrap_or_default(), false, look));
    out
}

/// The place behind the point and the closing mark that follow a quotation.
fn after_marks(text: &str, end: usize) -> usize {
    let rest = text.get(end..).unwrap_or_default();
    let mut past = 0;
    for c in rest.chars().take(3) {
        if !"\"”’'»“.,;!?".contains(c) {
            break;
        }
        past += c.len_utf8();
    }
    end + past
}

/// Colour ends with each line and begins anew, so that a pager shows it right.
fn painted(piece: &str, quoted: bool, look: Look) -> String {
    let piece = wrap::tame(piece);
    if !quoted {
        return piece;
    }
    let lines: Vec<String> = piece.split('\n').map(|line| look.paint(WORDS, line)).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Look = Look { width: 80, color: false };

    fn check(text: &str, spans: &[&[(u32, u32)]], expected: &str) {
        let hit = |spans: &&[(u32, u32)]| QuoteHit { spans: spans.to_vec(), ..QuoteHit::blank() };
        let quotes: Vec<QuoteHit> = spans.iter().map(hit).collect();
        assert_eq!(marked(text, &quotes, PLAIN), expected);
    }

    #[test]
    fn each_piece_of_a_quotation_has_its_mark() {
        check("no quotation", &[], "no quotation");
        check("“We sail,” he said.", &[&[(3, 11)]], "“We sail,”[1] he said.");
        check(
            "\"A,\" he said, \"b.\" \"C.\"",
            &[&[(1, 3), (15, 17)], &[(20, 22)]],
            "\"A,\"[1] he said, \"b.\"[1] \"C.\"[2]",
        );
        check("a span (99) beyond the text", &[&[(90, 99)]], "a span (99) beyond the text");
    }

    #[test]
    fn colour_ends_with_each_line() {
        let look = Look { width: 80, color: true };
        let painted = painted("one\ntwo", true, look);
        assert_eq!(painted.lines().filter(|line| line.ends_with("\u{1b}[0m")).count(), 2);
    }
}
