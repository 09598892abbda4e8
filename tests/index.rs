//! Tests of the index: what is put in comes back, by the question's terms, whole or not at all.

pub(crate) mod clip;
mod crash;
mod dates;
mod generations;
mod limits;
mod order;
mod quotations;
mod records;
mod sample;
mod stream;
mod whole;
