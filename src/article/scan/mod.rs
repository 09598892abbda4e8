//! Scanned pages: ALTO, the issues that METS makes of them, and hOCR.
//!
//! A page is an article, line for line as it was printed, with a blank line between its blocks; words that a line
//! end broke are whole again. Where one story ends and the next begins on a page, none of the formats says.

pub(super) mod alto;
mod column;
pub(super) mod hocr;
pub(super) mod mets;

pub(super) use hocr::is_hocr;
pub use mets::Issue;

/// Whether the file that begins with `head` holds a scanned page in ALTO, which says neither its newspaper nor its day.
pub fn is_scan(head: &[u8]) -> bool {
    super::xml::root(head).is_some_and(|root| root.name.eq_ignore_ascii_case("alto"))
}
