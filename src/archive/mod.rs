//! Layer 4: the folder world: which files there are, what is in them once they are unpacked, and what
//! their places say.
//!
//! It walks and opens, and keeps the file that says who is who; it does not read articles (that is `article`) and it
//! keeps no index.

mod open;
mod pattern;
pub mod speakers;
mod walk;

pub use open::{open, unpack};
pub use pattern::PathPattern;
pub use walk::{Found, Unreadable, walk};
