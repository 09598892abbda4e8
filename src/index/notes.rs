//! What is kept beside a generation of the index and published with it: what was skipped and why, and what was read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::text::day::Day;

/// What an indexing run has to say about itself. The caller fills it; the index only keeps it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notes {
    /// What could not be indexed.
    #[serde(default)]
    pub skipped: Vec<Skipped>,
    /// How many articles came from each format.
    #[serde(default)]
    pub formats: BTreeMap<String, u64>,
    /// The files and folders that were read.
    #[serde(default)]
    pub roots: Vec<String>,
    /// When, as the caller writes it.
    #[serde(default)]
    pub when: Option<String>,
}

/// A file, entry or record that could not be indexed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// Which.
    pub path: String,
    /// Why.
    pub reason: String,
}

/// What an index holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Status {
    /// Articles.
    pub articles: u64,
    /// Quotations.
    pub quotes: u64,
    /// Distinct names of speakers.
    pub speakers: u64,
    /// The first and the last day that a date of publication covers.
    pub days: Option<(Day, Day)>,
    /// Bytes on disk of what is published.
    pub bytes: u64,
    /// The number of the generation, from 1.
    pub generation: u64,
    /// The id of this index, which a rebuilt one does not share.
    pub uuid: String,
    /// What the run that published it had to say.
    pub notes: Notes,
}
