//! Scanned pages: ALTO, the issues that METS makes of them, and hOCR.
//!
//! A page is an article, line for line as it was printed, with a blank line between its blocks; words that a line
//! end broke are whole again. Where one story ends and the next begins on a page, none of the formats says.

pub(super) mod alto;
mod column;
pub(super) mod hocr;
pub(super) mod mets;

pub(super) use hocr::is_hocr;
