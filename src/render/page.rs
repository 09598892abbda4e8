//! A whole article with its quotations marked where they stand, and a quotation with all that is known of it.
//!
//! A mark `[1]` stands behind each quotation and the list below says who it is; colour is an addition, so
//! that a pipe loses nothing.

use std::fmt::Write;

use crate::index::hit::{ArticleHit, QuoteHit};

use super::card::{self, ID, Look, NAME, QUIET, WORDS};
use super::wrap;

/// The page of an article, its last line feed included.
pub fn article(hit: &ArticleHit, quotes: &[QuoteHit], look: Look) -> String {
    let mut page = card::article(hit, look);
    if let Some(url) = &hit.url {
        let _ = writeln!(page, "  {}", look.paint(QUIET, &wrap::tame(url)));
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
    }
    page
}

/// The page of a quotation, its last line feed included.
pub fn quote(hit: &QuoteHit, look: Look) -> String {
    let mut page = card::quote(hit, look);
    page.push('\n');
    let facts = [
        ("headline", hit.title.clone()),
        ("context", Some(hit.context.clone())),
        ("cue", hit.cue.clone()),
        ("rule", Some(hit.rule.clone())),
        ("url", hit.url.clone()),
        ("path", Some(hit.path.clone())),
        ("article", Some(hit.article.to_string())),
        ("id", Some(hit.id.to_string())),
    ];
    for (name, fact) in facts {
        let Some(fact) = fact.filter(|fact| !fact.is_empty()) else { continue };
        for (n, line) in wrap::wrap(&wrap::tame(&fact), look.columns() - 12).iter().enumerate() {
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
            turns.push((start as usize, 1, n));
            turns.push((end as usize, 0, n));
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

/// Colour ends with each line and begins anew, so that a pager shows it right.
fn painted(piece: &str, quoted: bool, look: Look) -> String {
    let piece = wrap::tame(piece);
    if !quoted {
        return piece;
    }
    let lines: Vec<String> = piece.split('\n').map(|line| look.paint(WORDS, line)).collect();
    lines.join("\n")
}
