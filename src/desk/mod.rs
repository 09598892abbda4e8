//! Layer 5: the work itself: an indexing run, a reading of files without an index, and a question.
//!
//! One of each, for the command line and whatever else will ask. It reads no clock and no environment,
//! and prints nothing: what is worth telling is in the reports it gives back.

mod fault;
pub mod indexing;
pub mod ordered;
pub mod place;
pub mod question;
pub mod reading;
pub mod speakers;
