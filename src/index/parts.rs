//! A generation as parts that can be copied one after another: what makes it visible, and the files that this names.

use std::path::PathBuf;

use tantivy::Index;

use super::directory::{ReadDirectory, due_files};
use super::error::Error;
use super::generation::{self, GENERATION};
use super::read::Reader;

/// A part of a generation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its name in the folder of the index, with `/`.
    pub name: String,
    /// Where its bytes are.
    pub bytes: PartBytes,
}

/// The bytes of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartBytes {
    /// These.
    Held(Vec<u8>),
    /// Those of this file, which never changes.
    File(PathBuf),
}

impl Reader {
    /// The parts of this generation, the one that says what the others are first. The reader must have been
    /// [pinned](Reader::open_pinned): its files then stay where they are as long as it lives.
    pub fn parts(&self) -> Result<Vec<Part>, Error> {
        let engine = Error::engine(self.dir());
        let text = serde_json::to_vec_pretty(&self.generation).map_err(|error| self.damaged(error.to_string()))?;
        let mut parts = vec![Part { name: GENERATION.to_owned(), bytes: PartBytes::Held(text) }];
        let mut add = |name: String| {
            let bytes = PartBytes::File(self.dir().join(&name));
            parts.push(Part { name, bytes });
        };
        self.generation.names().into_iter().for_each(|name| add(name.to_owned()));
        let own = [(generation::ARTICLES, &self.generation.articles), (generation::QUOTES, &self.generation.quotes)];
        for (folder, meta) in own {
            let opened = ReadDirectory::open(&self.dir().join(folder), meta).map_err(tantivy::TantivyError::from);
            let index = opened.and_then(Index::open).map_err(&engine)?;
            for file in due_files(&index.load_metas().map_err(&engine)?).into_iter().flatten() {
                add(format!("{folder}/{}", file.display()));
            }
        }
        Ok(parts)
    }
}
