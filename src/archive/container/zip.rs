//! Zip archives: entries as the directory at the end lists them.

use std::io::{self, BufReader, Read, Seek};
use std::ops::ControlFlow;

use zip::CompressionMethod::{Deflate64, Deflated, Stored, Zstd};
use zip::ZipArchive;
use zip::result::ZipError;

use super::super::name;
use super::{Hint, Metered, Names, Visit, is_passed_by, unreadable};
use crate::text::problem::{Place, Problem};

/// Entries that only a document of an office program, or an electronic book, has.
const DOCUMENTS: [&str; 2] = ["[Content_Types].xml", "mimetype"];

pub(super) fn read(
    visit: &mut Visit<'_, '_>,
    above: Option<&str>,
    depth: usize,
    input: impl Read + Seek,
) -> ControlFlow<()> {
    let mut archive = match ZipArchive::new(input) {
        Ok(archive) => archive,
        Err(error) => return visit.passed(above, why(error, "the zip archive cannot be read")),
    };
    if DOCUMENTS.iter().any(|name| archive.index_for_name(name).is_some()) {
        let said = "not an article format that onrecord reads: an office document or an electronic book";
        return visit.passed(above, Problem::new(Place::Whole, said));
    }
    let mut names = Names::default();
    for number in 0..archive.len() {
        let (own, plain) = match archive.by_index_raw(number) {
            Ok(entry) if entry.is_dir() => continue,
            Ok(entry) => {
                let plain = match entry.compression() {
                    _ if entry.encrypted() => Err("encrypted".to_owned()),
                    _ if entry.is_symlink() => Err("a link to another file".to_owned()),
                    Stored | Deflated | Deflate64 | Zstd => Ok(()),
                    method => Err(format!("compressed by a method that onrecord does not know: {method}")),
                };
                (name::printable(entry.name_raw()).into_owned(), plain)
            }
            Err(error) => {
                let said = format!("entry {} of the zip archive cannot be read", number + 1);
                visit.passed(above, why(error, &said))?;
                continue;
            }
        };
        if is_passed_by(&own) {
            continue;
        }
        let name = names.unique(above, &own);
        if let Err(what) = plain {
            visit.passed(Some(&name), Problem::new(Place::Whole, what))?;
            continue;
        }
        let budget = visit.budget.clone();
        match archive.by_index(number) {
            Ok(entry) => {
                let bytes = BufReader::new(Metered::new(entry, budget));
                visit.stream(Some(&name), Hint::default(), depth, Box::new(bytes))?;
            }
            Err(error) => visit.passed(Some(&name), why(error, "this entry cannot be read"))?,
        }
        if visit.budget.is_spent() {
            let said = "what is behind this entry is not read";
            return visit.passed(above, Problem::new(Place::Whole, said));
        }
    }
    ControlFlow::Continue(())
}

fn why(error: ZipError, what: &str) -> Problem {
    match error {
        ZipError::Io(error) if error.kind() == io::ErrorKind::UnexpectedEof => unreadable(&error),
        ZipError::InvalidArchive(said) => {
            Problem::new(Place::Whole, format!("{what}: {said}")).hint("fetch the file again")
        }
        error => Problem::new(Place::Whole, format!("{what}: {error}")),
    }
}
