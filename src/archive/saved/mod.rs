//! Saved queries: files that give a query a name, with parameters, a form for its results, and what is to be done with new ones.
//!
//! [`form`] is what such a file says, and [`Library`] the folders in which they lie. What their queries ask, and whether an output
//! has the fields that they name, is not known here.

pub mod form;
mod library;

pub use form::{Alert, Form, Param, Shape};
pub use library::{Library, LibraryError, NAMES, Place, is_name};
