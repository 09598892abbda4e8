//! How the index names a file: so that the same file has the same name, and so the same id, on every run.
//!
//! A file below the folder that holds the index is named relative to that folder, with `/` between the
//! parts, so that archive and index can be moved together; any other by its absolute path.

use std::io;
use std::path::{Component, Path, PathBuf};

/// Names files for one index.
#[derive(Clone, Debug)]
pub struct Namer {
    index: PathBuf,
    base: PathBuf,
}

impl Namer {
    /// Names files for the index in this folder, which exists.
    ///
    /// # Errors
    /// Where the folder cannot be found.
    pub fn new(index: &Path) -> io::Result<Self> {
        let index = index.canonicalize()?;
        let base = index.parent().map_or_else(|| index.clone(), Path::to_owned);
        Ok(Self { index, base })
    }

    /// The name of the file at this absolute path.
    pub fn name(&self, path: &Path) -> String {
        let parts = |path: &Path| {
            let named = path.components().filter(|part| !matches!(part, Component::CurDir));
            let parts: Vec<_> = named.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
            parts.join("/")
        };
        match path.strip_prefix(&self.base) {
            Ok(below) => parts(below),
            Err(_) => path.to_string_lossy().into_owned(),
        }
    }

    /// Whether the file is one of the index's own.
    pub fn is_own(&self, path: &Path) -> bool {
        path.starts_with(&self.index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_from_the_folder_that_holds_the_index() {
        let namer = Namer { index: "/home/ada/index".into(), base: "/home/ada".into() };
        let name = |path: &str| namer.name(Path::new(path));
        assert_eq!(name("/home/ada/corpus/a.txt"), "corpus/a.txt");
        assert_eq!(name("/home/ada/b.txt"), "b.txt");
        assert_eq!(name("/srv/archive/c.txt"), "/srv/archive/c.txt");
        assert_eq!(name("/home/adam/d.txt"), "/home/adam/d.txt");
        assert!(namer.is_own(Path::new("/home/ada/index/x/y")));
        assert!(!namer.is_own(Path::new("/home/ada/index2")));
    }
}
