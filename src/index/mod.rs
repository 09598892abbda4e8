//! Layer 3: the index. The only layer that names tantivy.
//!
//! One folder holds two indexes, of articles and of quotations, that become visible together, one generation
//! after another. [`Record`] is what goes in, [`Writer`] puts it there, [`Reader`] answers a query with
//! [`hit`]s. Nothing here knows where articles come from or how hits are shown.

pub mod hit;
pub mod words;

mod alike;
mod ask;
mod bands;
mod best;
mod budget;
mod check;
mod cluster;
mod collect;
mod columns;
mod compared;
mod compile;
mod context;
mod count;
mod denied;
mod directory;
mod disk;
mod document;
mod draft;
mod duplicates;
mod earliest;
mod error;
mod filtered;
mod find;
mod forms;
mod generation;
mod glance;
mod group;
mod joined;
mod leaf;
mod like;
mod marked;
mod names;
mod near;
mod notes;
mod opened;
mod partition;
mod parts;
mod placed;
mod plain;
mod postings;
mod profile;
mod rank;
mod read;
mod record;
mod restore;
mod sample;
mod schema;
mod shelf;
mod spelled;
mod status;
mod stored;
mod stream;
mod tally;
mod terms;
mod unready;
mod waiting;
mod whole;
mod write;

pub use ask::{Answer, Ask, Found, Grouping, Sort};
pub use check::Checked;
pub use context::surroundings;
pub use count::{Counts, Facet, Identity, Records};
pub use disk::{Disk, DiskFile, System};
pub use draft::{Draft, Sealed};
pub use error::Error;
pub use generation::{is_own_name, is_published};
pub use notes::{Bulk, Files, Notes, Status};
pub use parts::{Part, PartBytes};
pub use profile::Profile;
pub use rank::Shown;
pub use read::Reader;
pub use record::{Record, quote_id, quote_words};
pub use restore::Restoration;
pub use sample::{Sample, Stratum};
pub use spelled::Spellers;
pub use stream::Stream;
pub use unready::unready;
pub use write::{Publication, Published, Step, Writer, WriterOptions};
