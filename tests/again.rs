//! A second run reads only what changed, and leaves the index as if all had been read anew.

mod containers;
mod files;
mod identified;
mod ids;
mod interrupted;
mod killed;
mod listed;
mod model;
pub(crate) mod newsroom;
mod odd;
mod reasons;
