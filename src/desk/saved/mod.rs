//! Saved queries at work: read and checked, filled with values, put in place of `saved:NAME`; what of their results is new since
//! the last run, and what became of the others.
//!
//! Where the files lie is for `archive` to know, and how results are written for `render`.

pub mod alert;
mod expand;
mod load;
pub mod news;
pub mod state;

pub use expand::expand;
pub use load::{Fault, Loaded, Trouble, Wrong, load, read, values};
