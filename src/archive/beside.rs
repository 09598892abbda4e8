//! The files that users keep beside an index, in `.onrecord`: who the speakers are, and whatever else is theirs and not made of
//! the archive.
//!
//! What they say is not known here. They are read whole, since they are written by hand.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::whole;

/// The folder that they lie in, beside the index.
pub const FOLDER: &str = ".onrecord";

/// Larger files were not written by hand.
const LARGEST: u64 = 64 << 20;

/// So deep do folders lie in each other.
const DEEPEST: usize = 8;

/// A file beside an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    /// Its name below the folder, with `/`.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// The folder of an index without links on the way, where it is there.
pub fn real(index: &Path) -> PathBuf {
    index.canonicalize().unwrap_or_else(|_| index.to_owned())
}

/// The folder that belongs to the index in this one: in the folder that holds it.
pub fn folder(index: &Path) -> PathBuf {
    let index = real(index);
    index.parent().unwrap_or(&index).join(FOLDER)
}

/// All files in this folder and below it, sorted; none where it is not there. Locks and what is being written are left out.
///
/// # Errors
/// Where one cannot be read.
pub fn own_files(folder: &Path) -> io::Result<Vec<Own>> {
    let mut files = Vec::new();
    collect(folder, "", 0, &mut files)?;
    files.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(files)
}

fn collect(folder: &Path, below: &str, depth: usize, files: &mut Vec<Own>) -> io::Result<()> {
    let entries = match folder.read_dir() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let path = entry.path();
        let named = format!("{below}{name}");
        if entry.file_type()?.is_dir() {
            if depth < DEEPEST {
                collect(&path, &format!("{named}/"), depth + 1, files)?;
            }
            continue;
        }
        let passing = [".lock", whole::PASSING].iter().any(|end| name.ends_with(end));
        // A link to a file is the file: some keep theirs elsewhere.
        if !passing && path.metadata().is_ok_and(|known| known.is_file() && known.len() <= LARGEST) {
            files.push(Own { name: named, bytes: fs::read(&path)? });
        }
    }
    Ok(())
}

/// What became of a file that was to be put back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PutBack {
    /// It is there again.
    Written,
    /// It was there as it is.
    Same,
    /// Another of its name is there, which stays.
    Kept,
}

/// Puts a file back, unless there is one of its name.
///
/// # Errors
/// Where it cannot be written; or its name leads out of the folder, or is no name.
pub fn put_back(folder: &Path, own: &Own) -> io::Result<PutBack> {
    let place =
        place(folder, &own.name).ok_or_else(|| io::Error::other(format!("{:?} is no name for a file", own.name)))?;
    match fs::read(&place) {
        Ok(there) if there == own.bytes => return Ok(PutBack::Same),
        Ok(_) => return Ok(PutBack::Kept),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    let parent = place.parent().unwrap_or(folder);
    fs::create_dir_all(parent)?;
    match whole::create(&place, &own.bytes) {
        Ok(()) => Ok(PutBack::Written),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(PutBack::Kept),
        Err(error) => Err(error),
    }
}

/// Whether a file may have this name: one that does not lead out of the folder.
pub fn is_name(name: &str) -> bool {
    place(Path::new(""), name).is_some()
}

/// Where a file of this name lies; nothing where that is not below the folder.
fn place(folder: &Path, name: &str) -> Option<PathBuf> {
    let below = Path::new(name);
    let plain = below.components().all(|part| matches!(part, Component::Normal(_)));
    (plain && !name.is_empty() && !name.contains('\\') && below.components().count() <= DEEPEST + 1)
        .then(|| folder.join(below))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leads_out_of_the_folder() {
        let folder = Path::new("/home/ada/.onrecord");
        for name in ["", "..", "../x", "a/../../x", "/etc/passwd", ".", "a\\..\\x"] {
            assert_eq!(place(folder, name), None, "{name}");
        }
        assert_eq!(place(folder, "queries/a.toml"), Some(folder.join("queries/a.toml")));
    }

    #[test]
    fn files_are_put_back_where_none_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let own = Own { name: "queries/a.toml".to_owned(), bytes: b"x".to_vec() };
        let place = folder.path().join("beside");
        assert_eq!(own_files(&place).expect("none"), []);
        assert_eq!(put_back(&place, &own).expect("it is written"), PutBack::Written);
        assert_eq!(put_back(&place, &own).expect("it is there"), PutBack::Same);
        fs::write(place.join("queries/a.toml"), "y").expect("it is written");
        fs::write(place.join("speakers.lock"), "").expect("it is written");
        assert_eq!(put_back(&place, &own).expect("it is there"), PutBack::Kept);
        let files = own_files(&place).expect("one");
        assert_eq!(files, [Own { name: "queries/a.toml".to_owned(), bytes: b"y".to_vec() }]);
    }
}
