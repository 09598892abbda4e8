//! Who the speakers of an archive are: names brought together by key and by the file of speakers, when a question is asked.
//!
//! [`apply`] widens a query to all names of the people it means, and to the roles that the file gives them; [`roster`] counts people instead of names; [`suggest`]
//! says which names may be one person, with what speaks for it. Nothing here merges anybody: that is the user's decision,
//! and kept in the file.

pub mod apply;
pub mod clauses;
pub mod likeness;
mod person;
pub(crate) mod roles;
pub mod roster;
pub mod suggest;
