//! How well extraction does on articles that somebody has annotated: precision, recall, attribution, calibration.
//!
//! [`gold`] is what the annotator says, [`run`] finds and compares, and a [`report::Report`] has the figures. The metric
//! is pure: it sees a text, two lists of marked stretches of it, and no extractor. Places are code points here, as
//! annotation tools count them, and nowhere else in the program.

mod excerpt;
pub mod gold;
mod judge;
mod name;
pub mod report;
pub mod run;
pub mod tally;
mod token;
