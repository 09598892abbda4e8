//! How the index names a file: so that the same file has the same name, and so the same id, on every run.
//!
//! A file below the folder that holds the index is named relative to that folder, with `/` between the
//! parts, so that archive and index can be moved together; any other by its absolute path. A name can be printed whatever
//! bytes the system's own is made of, and leads back to it.

use std::io;
use std::path::{Component, Path, PathBuf};

use crate::archive::name;

/// Names files for one index.
#[derive(Clone, Debug)]
pub struct Namer {
    index: PathBuf,
    base: PathBuf,
}

impl Namer {
    /// Names files for the index in this folder, which may not exist yet.
    ///
    /// # Errors
    /// Where neither the folder nor any that it is to lie in can be found.
    pub fn new(index: &Path) -> io::Result<Self> {
        let index = real(index)?;
        let base = index.parent().map_or_else(|| index.clone(), Path::to_owned);
        Ok(Self { index, base })
    }

    /// The name of the file at this absolute path.
    pub fn name(&self, path: &Path) -> String {
        let Ok(below) = path.strip_prefix(&self.base) else { return name::of_os(path.as_os_str()).into_owned() };
        let mut named = String::with_capacity(below.as_os_str().len());
        for part in below.components().filter(|part| !matches!(part, Component::CurDir)) {
            if !named.is_empty() {
                named.push('/');
            }
            named.push_str(&name::of_os(part.as_os_str()));
        }
        named
    }

    /// The name of a file found under a folder whose own name is known: as [`Namer::name`], and sooner.
    pub fn name_below(&self, folder: &Path, named: &str, path: &Path) -> String {
        let (whole, folder) = (path.as_os_str().as_encoded_bytes(), folder.as_os_str().as_encoded_bytes());
        match whole.strip_prefix(folder) {
            Some(below) if cfg!(unix) && below.starts_with(b"/") && !named.is_empty() => {
                let below = name::printable(below);
                let mut name = String::with_capacity(named.len() + below.len());
                name.push_str(named);
                name.push_str(&below);
                name
            }
            _ => self.name(path),
        }
    }

    /// Where the file of this name is.
    pub fn path(&self, named: &str) -> PathBuf {
        // An absolute name takes the place of the folder.
        if named.is_empty() { self.base.clone() } else { self.base.join(name::of_system(named)) }
    }

    /// Where the index lies.
    pub fn index(&self) -> &Path {
        &self.index
    }

    /// Whether the file is one of the index's own.
    pub fn is_own(&self, path: &Path) -> bool {
        path.starts_with(&self.index)
    }
}

/// The path without links, as far as it exists.
fn real(path: &Path) -> io::Result<PathBuf> {
    match path.canonicalize() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let (Some(parent), Some(own)) = (path.parent(), path.file_name()) else { return Err(error) };
            let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
            Ok(real(parent)?.join(own))
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_from_the_folder_that_holds_the_index() {
        let namer = Namer { index: "/home/ada/index".into(), base: "/home/ada".into() };
        let check = |path: &str, name: &str| {
            assert_eq!(namer.name(Path::new(path)), name);
            assert_eq!(namer.path(name), Path::new(path));
            for folder in ["/home/ada", "/home/ada/corpus", "/srv", "/"] {
                let named = namer.name(Path::new(folder));
                if Path::new(path).starts_with(folder) {
                    assert_eq!(namer.name_below(Path::new(folder), &named, Path::new(path)), name);
                }
            }
        };
        check("/home/ada/corpus/a.txt", "corpus/a.txt");
        check("/home/ada/b.txt", "b.txt");
        check("/srv/archive/c.txt", "/srv/archive/c.txt");
        check("/home/adam/d.txt", "/home/adam/d.txt");
        check("/home/ada", "");
        assert!(namer.is_own(Path::new("/home/ada/index/x/y")));
        assert!(!namer.is_own(Path::new("/home/ada/index2")));
    }

    #[cfg(unix)]
    #[test]
    fn two_names_that_are_not_utf8_stay_two() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        let namer = Namer { index: "/a/index".into(), base: "/a".into() };
        for bytes in
            [&b"/a/corpus/caf\xE9.txt"[..], b"/a/corpus/caf\xE8.txt", b"/srv/caf\xE9.txt", b"/a/caf\\xE9\n.txt"]
        {
            let path = Path::new(OsStr::from_bytes(bytes));
            assert_eq!(namer.path(&namer.name(path)), path);
        }
        assert_eq!(namer.name(Path::new(OsStr::from_bytes(b"/a/corpus/caf\xE9.txt"))), "corpus/caf\\xE9.txt");
    }

    #[test]
    fn an_index_that_is_not_there_yet() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("it is there");
        let namer = Namer::new(&folder.path().join("far/away/index")).expect("a namer");
        assert_eq!(namer.name(&root.join("far/away/a.txt")), "a.txt");
        assert_eq!(namer.index(), root.join("far/away/index"));
    }
}
