//! Layer 4: the folder world: which files there are, what is in them once they are unpacked, and what
//! their places say.
//!
//! It walks and opens; it does not read articles (that is `article`) and it keeps no index.

mod open;
mod pattern;
mod walk;

pub use open::{open, unpack};
pub use pattern::PathPattern;
pub use walk::{Found, Unreadable, walk};
