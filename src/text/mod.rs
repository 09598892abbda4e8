//! Layer 0: places in a text, days of the calendar, and trouble that can point at a place.
//!
//! Everything above names its findings with these types. This layer knows no article, no quotation and
//! no file; it depends on std, on Unicode's tables, and (in `day` alone) on chrono's calendar.

pub mod analysis;
pub mod day;
pub mod id;
pub mod problem;
pub mod span;
