//! Layer 2': the query language: what was asked, as a tree in which every node knows its place.
//!
//! Parsing reports all problems of a query in one pass; printing gives back a query that parses to the
//! same tree. This layer knows no index, no clock and no terminal.

pub mod ast;
pub const SYNTAX: &str = "";
