//! The program as its users meet it: what it prints, where, and with which exit code.

mod complete;
pub(crate) mod console;
mod examples;
mod json;
mod pipes;
mod questions;
mod readme;
mod seed;
mod sessions;
mod trouble;
