//! Layer 4: the folder world: which files there are, what is in them once they are unpacked, and what
//! their places say.
//!
//! It walks and opens, knows the form of the manifest, and keeps the file that says who is who, those with settings, and saved queries; it does not read articles
//! (that is `article`), does not decide what is read again (that is `desk`), and it keeps no index.

pub mod beside;
pub mod bundle;
pub mod container;
pub mod content;
mod issue;
mod list;
pub mod manifest;
pub mod name;
mod open;
mod pattern;
pub mod saved;
pub mod settings;
pub mod speakers;
mod walk;
pub mod whole;

pub use issue::issue;
pub use list::paths;
pub use open::{open, unpack};
pub use pattern::PathPattern;
pub use walk::{Found, Ignored, Met, Unreadable, is_ignored, look, walk};
