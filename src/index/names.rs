//! The names that quotations are stored under, by how they begin.

use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, TERMINATED};

use super::error::Error;
use super::read::Reader;
use super::schema::QUOTES;

impl Reader {
    /// The first `most` names, in order, that begin with these letters, whether small or capital at the beginning.
    pub fn names_beginning(&self, letters: &str, most: usize) -> Result<Vec<String>, Error> {
        let mut begins = vec![letters.to_owned()];
        let mut chars = letters.chars();
        if let Some(first) = chars.next() {
            begins.push(first.to_uppercase().chain(chars).collect());
        }
        begins.dedup();
        let mut names = Vec::new();
        let searcher = self.quote_searcher()?;
        let run = |names: &mut Vec<String>| -> tantivy::Result<()> {
            for segment in searcher.segment_readers() {
                let index = segment.inverted_index(QUOTES.speaker_exact)?;
                for begin in &begins {
                    let mut terms = index.terms().range().ge(begin.as_bytes()).into_stream()?;
                    let mut taken = 0;
                    while taken < most
                        && let Some((term, info)) = terms.next()
                        && let Some(name) = std::str::from_utf8(term).ok().filter(|name| name.starts_with(begin))
                    {
                        let mut postings = index.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
                        while postings.doc() != TERMINATED && segment.is_deleted(postings.doc()) {
                            postings.advance();
                        }
                        if postings.doc() != TERMINATED {
                            names.push(name.to_owned());
                            taken += 1;
                        }
                    }
                }
            }
            Ok(())
        };
        run(&mut names).map_err(Error::engine(self.dir()))?;
        names.sort_unstable();
        names.dedup();
        names.truncate(most);
        Ok(names)
    }
}
