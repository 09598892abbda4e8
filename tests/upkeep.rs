//! Looking after an index: whether it is whole, making it small, copies of it, and what becomes of it in a bad hour.

mod compact;
mod copies;
mod dictionaries;
pub(crate) mod growing;
pub(crate) mod killed;
mod plug;
mod power;
mod trouble;
mod verify;
