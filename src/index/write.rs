//! Writing: articles are put or removed, and become visible together when they are published.

use std::path::Path;

use crate::text::id::Id;

use super::error::Error;
use super::notes::Notes;
use super::record::Record;

/// How to write.
#[derive(Clone, Debug)]
pub struct WriterOptions {
    /// Bytes of memory for what is not yet on disk, both indexes together.
    pub memory: usize,
    /// Start anew: nothing of what is published is kept, and no damage or other schema of it matters.
    /// Readers see the old index until the new one is published.
    pub rebuild: bool,
    /// What the id of a new index is made of: anything that no other index shares (time, process, path).
    pub seed: String,
}

impl Default for WriterOptions {
    fn default() -> Self {
        Self { memory: 160 << 20, rebuild: false, seed: String::new() }
    }
}

/// The one writer of an index. Dropped without [`Writer::publish`], it leaves what was published as it was.
pub struct Writer {}

/// What was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Published {
    /// The generation's number, from 1.
    pub generation: u64,
    /// Articles in it.
    pub articles: u64,
    /// Quotations in it.
    pub quotes: u64,
}

/// A step of a publication, as it has just been done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The articles are committed, and not yet visible.
    ArticlesCommitted,
    /// The quotations are committed too, and not yet visible.
    QuotesCommitted,
    /// Everything but the one file that makes it visible is on disk.
    Written,
    /// It is visible.
    Visible,
    /// What no generation names any more is deleted.
    Swept,
}

impl Writer {
    /// Opens the index in `dir` for writing, and makes folder and index where there are none.
    pub fn open(dir: &Path, options: &WriterOptions) -> Result<Self, Error> {
        let _ = options;
        Err(Error::Busy { dir: dir.to_owned() })
    }

    /// Adds an article and its quotations, in place of those that have its id.
    pub fn put(&mut self, record: Record) -> Result<(), Error> {
        let _ = record;
        Ok(())
    }

    /// Removes an article and its quotations, where it is there.
    pub fn remove(&mut self, article: Id) -> Result<(), Error> {
        let _ = article;
        Ok(())
    }

    /// Whether what is published (not what was put since) holds this article.
    pub fn holds(&self, article: Id) -> Result<bool, Error> {
        let _ = article;
        Ok(false)
    }

    /// Makes all that was put and removed visible at one instant, together with `notes`. The writer can go on after it.
    pub fn publish(&mut self, notes: &Notes) -> Result<Published, Error> {
        self.publish_by_steps(notes, &mut |_| {})
    }

    /// [`Writer::publish`], telling each step as soon as it is done.
    pub fn publish_by_steps(&mut self, notes: &Notes, done: &mut dyn FnMut(Step)) -> Result<Published, Error> {
        let _ = notes;
        done(Step::Swept);
        Ok(Published { generation: 0, articles: 0, quotes: 0 })
    }
}
