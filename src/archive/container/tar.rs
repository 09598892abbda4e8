//! Tar archives, as streams.

use std::io::BufReader;
use std::io::{self, BufRead};
use std::ops::ControlFlow;

use tar::{Archive, EntryType};

use super::super::name;
use super::{Hint, Names, Visit, is_passed_by, unreadable};
use crate::text::problem::{Place, Problem};

pub(super) fn read(
    visit: &mut Visit<'_, '_>,
    above: Option<&str>,
    depth: usize,
    input: Box<dyn BufRead + '_>,
) -> ControlFlow<()> {
    let mut archive = Archive::new(input);
    let entries = match archive.entries() {
        Ok(entries) => entries,
        Err(error) => return visit.passed(above, unreadable(&error)),
    };
    let mut names = Names::default();
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            // Behind a damaged header nothing can be found.
            Err(error) => return visit.passed(above, damaged(&error)),
        };
        let own = name::printable(&entry.path_bytes()).into_owned();
        let what = match entry.header().entry_type() {
            EntryType::Directory | EntryType::XGlobalHeader => continue,
            kind if kind.is_file() || kind == EntryType::GNUSparse => None,
            EntryType::Symlink | EntryType::Link => Some("a link to another file"),
            _ => Some("not a file but a pipe or a device"),
        };
        if is_passed_by(&own) {
            continue;
        }
        let name = names.unique(above, &own);
        match what {
            Some(what) => visit.passed(Some(&name), Problem::new(Place::Whole, what))?,
            None => visit.stream(Some(&name), Hint::default(), depth, Box::new(BufReader::new(entry)))?,
        }
    }
    ControlFlow::Continue(())
}

fn damaged(error: &io::Error) -> Problem {
    let said = format!("the tar archive is damaged here, and what is behind it cannot be read: {error}");
    Problem::new(Place::Whole, said)
}
