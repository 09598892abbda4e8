//! Which records are copies of one another, as a generation keeps it: of each that has copies, the first of them.
//!
//! How copies are found is not known here. Whatever has no copy is not in it, so it is small.

use std::io::{self, Read, Write};

/// What such a file begins with.
const MAGIC: &[u8; 8] = b"onrecdu1";

/// Records with copies: of each its id and that of the first of its copies, which may be itself; in the order of ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Groups(Vec<(u64, u64)>);

/// The copies among the records of one index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Copies {
    /// Of the same words.
    pub(super) exact: Groups,
    /// Of the same words or much the same.
    pub(super) near: Groups,
}

/// The copies of a generation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Duplicates {
    pub(super) articles: Copies,
    pub(super) quotes: Copies,
}

impl Groups {
    /// Of these pairs of a record and the first of its copies.
    pub(super) fn of(mut pairs: Vec<(u64, u64)>) -> Self {
        pairs.sort_unstable();
        Self(pairs)
    }

    /// The first of the copies of this record, where it has any.
    pub(super) fn first_of(&self, id: u64) -> Option<u64> {
        let place = self.0.binary_search_by_key(&id, |(member, _)| *member).ok()?;
        self.0.get(place).map(|(_, first)| *first)
    }

    /// Each record with the first of its copies.
    pub(super) fn pairs(&self) -> &[(u64, u64)] {
        &self.0
    }

    /// The records that are copies of an earlier one, in order.
    pub(super) fn repeats(&self) -> Vec<u64> {
        self.0.iter().filter(|(member, first)| member != first).map(|(member, _)| *member).collect()
    }
}

impl Duplicates {
    fn tables(&self) -> [&Groups; 4] {
        [&self.articles.exact, &self.articles.near, &self.quotes.exact, &self.quotes.near]
    }

    /// Writes them, to be read by [`Duplicates::read`].
    pub(super) fn write(&self, into: &mut impl Write) -> io::Result<()> {
        into.write_all(MAGIC)?;
        for table in self.tables() {
            into.write_all(&(table.0.len() as u64).to_le_bytes())?;
            for (member, first) in &table.0 {
                into.write_all(&member.to_le_bytes())?;
                into.write_all(&first.to_le_bytes())?;
            }
        }
        Ok(())
    }

    /// Reads what [`Duplicates::write`] wrote; an error where it is anything else.
    pub(super) fn read(from: &mut impl Read) -> io::Result<Self> {
        let mut magic = [0; 8];
        from.read_exact(&mut magic)?;
        let garbled = || io::Error::new(io::ErrorKind::InvalidData, "it is not a list of copies");
        if magic != *MAGIC {
            return Err(garbled());
        }
        let mut tables = [const { Vec::new() }; 4];
        for table in &mut tables {
            for _ in 0..number(from)? {
                table.push((number(from)?, number(from)?));
            }
            if !table.is_sorted_by(|(one, _), (next, _)| one < next) {
                return Err(garbled());
            }
        }
        if from.read(&mut [0])? != 0 {
            return Err(garbled());
        }
        let [exact, near, quotes_exact, quotes_near] = tables.map(Groups);
        Ok(Self { articles: Copies { exact, near }, quotes: Copies { exact: quotes_exact, near: quotes_near } })
    }
}

fn number(from: &mut impl Read) -> io::Result<u64> {
    let mut bytes = [0; 8];
    from.read_exact(&mut bytes)?;
    Ok(u64::from_le_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_and_nothing_else() {
        let articles =
            Copies { exact: Groups::of(vec![(7, 3), (3, 3)]), near: Groups::of(vec![(9, 3), (3, 3), (7, 3)]) };
        let quotes = Copies { exact: Groups::default(), near: Groups::of(vec![(u64::MAX, 1), (1, 1)]) };
        let duplicates = Duplicates { articles, quotes };
        let mut bytes = Vec::new();
        duplicates.write(&mut bytes).expect("a vector takes everything");
        assert_eq!(Duplicates::read(&mut bytes.as_slice()).expect("what was written"), duplicates);
        assert_eq!(duplicates.articles.near.first_of(9), Some(3));
        assert_eq!(duplicates.articles.near.first_of(4), None);
        assert_eq!(duplicates.articles.near.repeats(), [7, 9]);
        for end in 0..bytes.len() {
            let cut = bytes.get(..end).unwrap_or_default();
            assert!(Duplicates::read(&mut &*cut).is_err(), "cut after {end} bytes");
        }
        bytes.push(0);
        assert!(Duplicates::read(&mut bytes.as_slice()).is_err(), "a byte more");
    }
}
