//! Layer 2': the query language: what was asked, as a tree in which every node knows its place.
//!
//! Parsing reports all problems of a query in one pass; printing gives back a query that parses to the
//! same tree. This layer knows no index, no clock and no terminal: a relative date stays relative here.
//!
//! The way of a query: [`parse()`] cuts the text into operators and tests (`lex`, with `word` and `phrase` for
//! what is searched for, `scalar`, `when`, `share` and `number` for what is compared), then joins them to a tree (`parse`); `print` writes a tree
//! back, and [`report`] shows the problems under the text that was typed.

pub mod ast;
mod field;
pub mod fill;
mod lex;
pub mod mark;
mod number;
mod parse;
pub mod pattern;
mod phrase;
pub mod places;
mod print;
pub mod report;
mod scalar;
mod share;
mod trouble;
pub mod unit;
mod when;
mod word;

pub use parse::parse;
pub use when::since;

/// The user's reference of the language: help text, page and test cases at once.
pub const SYNTAX: &str = include_str!("syntax.md");

/// The longest query, in bytes.
pub const MAX_BYTES: usize = 8 * 1024;

/// The deepest nesting of parentheses and negations.
pub const MAX_DEPTH: usize = 64;

/// The most regular expressions in a query.
pub const MAX_REGEXES: usize = 16;
