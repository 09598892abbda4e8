//! Copies: what is put together as one, by the same words and by much the same, whatever the archive's history.

mod planted;
mod together;
