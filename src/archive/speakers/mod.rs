//! Who is who, as the archive's owner says it: one plain file, `.onrecord/speakers.toml`, in the folder that holds the index.
//!
//! It names people, their other names and the roles they had, and who is somebody else; no reindexing touches it.
//! [`Speakers`] is what it says, [`edit`] changes its text and keeps what people wrote beside the names, and
//! [`SpeakersFile`] is its place on disk. Whether anybody is quoted under a name is not known here.

pub mod edit;
mod file;
mod roll;

pub use file::{ChangeError, FileError, SpeakersFile};
pub use roll::{Person, Role, Speakers};
