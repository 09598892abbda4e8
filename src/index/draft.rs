//! A file that goes with a generation: the manifest, which the index does not look into, the list of
//! copies or of forms, or the dictionaries.
//!
//! It is written beside what is published, and sealed with its size and its hash, so that whoever checks an index can tell
//! whether it is the one that belongs to it.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::disk::{Disk, DiskFile};
use super::error::Error;

/// Such a file as a generation names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    /// The file, in the folder of the index.
    pub file: String,
    /// Its bytes.
    pub bytes: u64,
    /// The BLAKE3 hash of them, in hex digits.
    pub hash: String,
}

/// Such a file of the next generation while it is written; what is not published is as if it had never been.
pub struct Draft {
    file: BufWriter<Box<dyn DiskFile>>,
    place: PathBuf,
    name: String,
    bytes: u64,
    hasher: blake3::Hasher,
}

impl Draft {
    pub(super) fn create(disk: &dyn Disk, dir: &Path, name: String) -> Result<Self, Error> {
        let place = dir.join(&name);
        let file = disk.create(&place).map_err(Error::io("create", &place))?;
        let file = BufWriter::with_capacity(128 << 10, file);
        Ok(Self { file, place, name, bytes: 0, hasher: blake3::Hasher::new() })
    }

    /// Where it is written.
    pub fn place(&self) -> &Path {
        &self.place
    }

    /// Makes it durable, but for its name in the folder.
    pub(super) fn seal(mut self) -> Result<Sealed, Error> {
        let synced = self.file.flush().and_then(|()| self.file.get_mut().sync());
        synced.map_err(Error::io("write", &self.place))?;
        Ok(Sealed { file: self.name, bytes: self.bytes, hash: self.hasher.finalize().to_hex().to_string() })
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.file.write(bytes)?;
        self.hasher.update(bytes.get(..count).unwrap_or_default());
        self.bytes += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
