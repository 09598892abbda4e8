//! Layer 0: places in a text, its paragraphs, words and quotation marks, days of the calendar, and trouble
//! that can point at a place.
//!
//! Everything above names its findings with these types. This layer knows no article, no speaker and
//! no file; it depends on std, on Unicode's tables, on a hash for ids, (in `stem` alone) on
//! a stemmer, and (in `day` and `zone` alone) on chrono's calendar and zones.

pub mod analysis;
pub mod claim;
pub mod day;
pub mod fold;
pub mod id;
pub mod marks;
pub mod name;
pub mod order_mark;
pub mod paragraph;
pub mod problem;
pub mod running;
pub mod sentence;
pub mod sketch;
pub mod span;
pub mod stem;
pub mod typed;
pub mod word;
pub mod zone;
