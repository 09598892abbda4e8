//! What is kept beside a generation of the index and published with it: how many files were read or skipped, and which
//! folders. Which files and why stands in the manifest.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::text::day::Day;

/// What an indexing run has to say about itself. The caller fills it; the index only keeps it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notes {
    /// What became of the files.
    #[serde(default)]
    pub files: Files,
    /// The files and folders that were read.
    #[serde(default)]
    pub roots: Vec<String>,
    /// When, as the caller writes it.
    #[serde(default)]
    pub when: Option<String>,
}

/// What became of the files of an archive, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Files {
    /// Those with an article or more in the index.
    pub indexed: u64,
    /// Those without any, for a reason that is listed.
    pub skipped: u64,
    /// Those that are passed over by their names.
    pub ignored: u64,
    /// Those that are not there any more, whose articles are in the index all the same; not among `indexed`.
    #[serde(default)]
    pub gone: u64,
    /// Places that are no file and could not be entered; not among `skipped`.
    #[serde(default)]
    pub places: u64,
    /// The reasons that are listed: of files, places, entries and records.
    #[serde(default)]
    pub reasons: u64,
    /// How often something was odd about an article that is in the index.
    #[serde(default)]
    pub odd: u64,
}

/// How much of an index there is on the disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bulk {
    /// The segments of both indexes.
    pub segments: u64,
    /// Records in them that were deleted and still take room.
    pub deleted: u64,
    /// Bytes of what is published.
    pub bytes: u64,
    /// Bytes of what no generation names: what is being written now, or was left by a run that did not come to its end.
    pub litter: u64,
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
    /// How many articles came from each format, under the format's usual name.
    pub formats: BTreeMap<String, u64>,
    /// How much there is on the disk.
    pub bulk: Bulk,
    /// The number of the generation, from 1.
    pub generation: u64,
    /// Whether copies have still to be looked for among some records: the run that put them is going on, or never came to its end.
    pub copies_due: bool,
    /// The id of this index, which a rebuilt one does not share.
    pub uuid: String,
    /// What the run that published it had to say.
    pub notes: Notes,
}
