//! Layer 5: what was found, as a reader or a program wants to see it.
//!
//! Turns hits and extractions into cards for people, and into TSV and JSON lines for programs. It writes
//! into buffers only: it knows no terminal, no file and no engine, and it is told the width and the colour.

pub mod card;
pub mod cell;
pub mod citation;
pub mod count;
pub mod csv;
pub mod error;
pub mod explained;
pub mod extraction;
pub mod field;
pub mod kwic;
pub mod line;
pub mod listing;
mod marked;
pub mod number;
pub mod outcome;
pub mod page;
pub mod sheet;
pub mod speaker;
pub mod timeline;
pub mod tsv;
mod why;
pub mod wrap;
