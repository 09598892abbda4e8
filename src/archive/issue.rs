//! The issue that a scanned page belongs to, where a library laid a METS file beside the pages.
//!
//! A page in ALTO says neither its newspaper nor its day. Libraries name the file of the issue after its folder, or `mets`, and
//! keep it beside the pages or one folder up; it is looked for under those names only, so that no folder is searched.

use std::io::BufRead;
use std::path::Path;

use crate::article::{self, Issue};

/// What the file of its issue says of the page at `path`; `input` is the page, of which only the head is looked at.
pub fn issue(path: &Path, input: &mut dyn BufRead) -> Option<Issue> {
    if !article::is_scan(input.fill_buf().ok()?) {
        return None;
    }
    let folder = path.parent()?;
    [Some(folder), folder.parent()].into_iter().flatten().find_map(|folder| {
        let own = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let names = [
            format!("{own}.xml"),
            format!("{own}_mets.xml"),
            format!("{own}-mets.xml"),
            "mets.xml".to_owned(),
            "METS.xml".to_owned(),
            "manifest.xml".to_owned(),
        ];
        names.iter().map(|name| folder.join(name)).filter(|file| file.is_file() && file != path).find_map(|file| {
            let input = super::open(&file).ok()?;
            Issue::read(input)
        })
    })
}
