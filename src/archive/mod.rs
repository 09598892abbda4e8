//! The archive layer.
use crate::text::day::PartialDate;
use crate::text::problem::{Place, Problem};
use std::io::BufRead;
use std::path::{Path, PathBuf};
/// Opens.
pub fn open(path: &Path) -> std::io::Result<Box<dyn BufRead + Send>> {
    Ok(Box::new(std::io::BufReader::with_capacity(1 << 18, std::fs::File::open(path)?)))
}
/// A file.
pub struct Found {
    /// Where.
    pub path: PathBuf,
    /// Bytes.
    pub size: u64,
}
/// Not.
pub struct Unreadable {
    /// Where.
    pub path: PathBuf,
    /// Why.
    pub problem: Problem,
}
/// Walks.
pub fn walk(roots: &[PathBuf]) -> impl Iterator<Item = Result<Found, Unreadable>> {
    roots.iter().flat_map(|root| walkdir::WalkDir::new(root).sort_by_file_name().follow_links(true)).filter_map(
        |entry| match entry {
            Ok(entry) if entry.file_type().is_dir() => None,
            Ok(entry) => Some(Ok(Found { size: entry.metadata().map_or(0, |m| m.len()), path: entry.into_path() })),
            Err(error) => Some(Err(Unreadable {
                path: error.path().map_or_else(PathBuf::new, Path::to_owned),
                problem: Problem::new(Place::Whole, error.to_string()),
            })),
        },
    )
}
/// A pattern.
pub struct PathPattern;
impl PathPattern {
    /// Reads it.
    pub fn parse(_text: &str) -> Result<Self, Problem> {
        Ok(Self)
    }
    /// Day.
    pub fn date(&self, _path: &Path) -> Option<PartialDate> {
        None
    }
    /// Outlet.
    pub fn outlet(&self, _path: &Path) -> Option<String> {
        None
    }
}
