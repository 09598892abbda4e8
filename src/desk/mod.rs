//! Layer 5: the work itself: an indexing run, a reading of files without an index, a question, and an evaluation.
//!
//! One of each, for the command line and whatever else will ask. It reads no clock and no environment,
//! and prints nothing: what is worth telling is in the reports it gives back.

pub mod backup;
pub mod compact;
pub mod count;
pub mod credits;
pub mod evaluate;
pub mod explain;
mod fault;
pub mod holdings;
pub mod indexing;
pub mod kwic;
mod misread;
pub mod ordered;
pub mod passage;
pub mod place;
pub mod question;
pub mod reading;
pub mod reasons;
pub mod saved;
mod share;
pub mod speakers;
pub mod stream;
pub mod timeline;
pub mod verify;
