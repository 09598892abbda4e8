//! What quotations a page has by the look of them alone, in a language whose words are not known.
//!
//! A whole sentence between marks is direct, words inside a sentence are mixed; one or two words by themselves
//! are a title or a name more often than not, and are left out. Nobody is named.

use super::page::{Page, Quoted};
use super::{Attribution, Kind, Quote, Speaker};
use crate::text::word::Shape;

/// The quotations of a page, each of an unknown speaker.
pub(super) fn quotes(page: &Page<'_>) -> Vec<Quote> {
    page.regions.iter().filter_map(|quoted| quote(page, quoted)).collect()
}

fn quote(page: &Page<'_>, quoted: &Quoted) -> Option<Quote> {
    const TITLE: usize = 2;
    // Not measured, an estimate: no annotated articles in other languages were at hand.
    const UNSURE: f32 = 0.3;
    let inside = quoted.region.inside;
    let words = (quoted.first..quoted.last).filter(|&at| page.tok(at).is_some_and(|tok| tok.shape.is_word())).count();
    let text = inside.of(page.text);
    let begins = text.chars().find(|ch| ch.is_alphanumeric()).is_some_and(|ch| !ch.is_lowercase());
    let beside =
        |tok: Option<&_>| tok.is_some_and(|tok: &super::page::Tok| matches!(tok.shape, Shape::Sign(b',' | b':')));
    let introduced = beside(page.before(quoted.first).map(|(_, tok)| tok)) || beside(page.tok(quoted.last));
    let ends = text.ends_with(['.', '!', '?', '…', ',', '。']);
    let direct = begins && (ends || introduced || words > 2 * TITLE);
    if words == 0 || words <= TITLE && !direct {
        return None;
    }
    let attribution =
        Attribution { speaker: Speaker::Unknown, mention: None, cue: None, rule: "marks-only", confidence: UNSURE };
    Some(Quote { spans: vec![inside], kind: if direct { Kind::Direct } else { Kind::Mixed }, attribution })
}
