//! Files that are there as a whole or not at all, whenever a process is killed or a disk is full.
//!
//! What they hold is not known here. They are small: what is written is in memory. Whoever reads finds the old one or the new one,
//! and a name that was given is on the disk.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// The ending of a file that is being written.
pub const PASSING: &str = ".new";

/// Puts these bytes in place of a file, or where there is none, in one step. A link to a file that is kept elsewhere stays a link,
/// and a device or a pipe stays what it is: the bytes go into it.
///
/// # Errors
/// What the system says; what was there stays.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if passes_on(path) {
        return File::options().write(true).open(path)?.write_all(bytes);
    }
    let path = end_of_links(path);
    let passing = Passing::write(&path, bytes)?;
    put(&passing.0, &path)
}

/// Whether a path is no place that keeps bytes but hands them on, as `/dev/null` and pipes do: nothing can be put in place of it.
pub fn passes_on(path: &Path) -> bool {
    path.metadata().is_ok_and(|known| !known.is_file() && !known.is_dir())
}

/// The path that a link leads to, whether or not anything is there; any other path is its own end.
pub fn end_of_links(path: &Path) -> PathBuf {
    const LONGEST: usize = 40;
    let mut end = path.to_owned();
    for _ in 0..LONGEST {
        let Ok(next) = fs::read_link(&end) else { return end };
        end = folder_of(&end).join(next);
    }
    path.to_owned()
}

/// Puts these bytes where there is no file, in one step: of several who do so at once one succeeds.
///
/// # Errors
/// [`io::ErrorKind::AlreadyExists`] where there is one, which stays; and what the system says.
pub fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let passing = Passing::write(path, bytes)?;
    match fs::hard_link(&passing.0, path) {
        // Some file systems give a file no second name: there, who comes at the same moment is not seen.
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => match path.symlink_metadata() {
            Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
            Err(_) => put(&passing.0, path),
        },
        linked => linked.and_then(|()| sync_folder_of(path)),
    }
}

/// Gives a file that is written and synced the name that it is to have. The name is no link, device or pipe.
///
/// # Errors
/// What the system says. Where only the folder could not be synced, the file has its name.
pub fn put(passing: &Path, path: &Path) -> io::Result<()> {
    fs::rename(passing, path)?;
    sync_folder_of(path)
}

/// A new name is durable with its folder; where folders cannot be opened, the system sees to it.
fn sync_folder_of(path: &Path) -> io::Result<()> {
    File::open(folder_of(path)).and_then(|folder| folder.sync_all()).or_else(|error| match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput => Ok(()),
        _ => Err(error),
    })
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A file under a name that nobody else takes, which is gone when this is dropped unless it has got another.
struct Passing(PathBuf);

impl Passing {
    /// Beside `path`, with the rights of what is there.
    fn write(path: &Path, bytes: &[u8]) -> io::Result<Self> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let mut name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_owned();
        name.push(format!(".{}-{}{PASSING}", std::process::id(), COUNT.fetch_add(1, Relaxed)));
        let passing = Self(path.with_file_name(name));
        let mut file = File::create(&passing.0)?;
        if let Ok(old) = path.metadata() {
            file.set_permissions(old.permissions())?;
        }
        file.write_all(bytes)?;
        file.sync_all()?;
        Ok(passing)
    }
}

impl Drop for Passing {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = folder.read_dir().expect("a folder").map(|entry| entry.expect("an entry").file_name());
        entries.map(|name| name.into_string().expect("a name")).collect()
    }

    #[test]
    fn of_many_who_make_a_file_one_does() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.toml");
        let make = |number: usize| create(&path, number.to_string().repeat(1000).as_bytes()).map_err(|e| e.kind());
        let made: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|number| scope.spawn(move || make(number))).collect();
            threads.into_iter().map(|thread| thread.join().expect("it ends")).collect()
        });
        let winner = made.iter().position(Result::is_ok).expect("one made it");
        assert_eq!(fs::read_to_string(&path).expect("it is there"), winner.to_string().repeat(1000));
        assert_eq!(made.iter().filter(|made| **made == Err(io::ErrorKind::AlreadyExists)).count(), 7, "{made:?}");
        replace(&path, b"x").expect("it is replaced");
        assert_eq!(
            (fs::read(&path).expect("it is there"), names(folder.path())),
            (b"x".to_vec(), vec!["a.toml".into()])
        );
    }

    #[test]
    fn what_fails_leaves_nothing_behind() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.toml");
        fs::create_dir(&path).expect("a folder");
        fs::write(path.join("b"), "").expect("it is written");
        assert!(replace(&path, b"x").is_err() && create(&path, b"x").is_err());
        assert_eq!(names(folder.path()), ["a.toml"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link() {
        let folder = tempfile::tempdir().expect("a folder");
        let (kept, link) = (folder.path().join("kept"), folder.path().join("link"));
        fs::write(&kept, "old").expect("it is written");
        std::os::unix::fs::symlink(&kept, &link).expect("a link");
        replace(&link, b"new").expect("it is replaced");
        assert_eq!(fs::read_to_string(&kept).expect("it is there"), "new");
        fs::remove_file(&kept).expect("it is removed");
        std::os::unix::fs::symlink("link", folder.path().join("further")).expect("a link");
        replace(&folder.path().join("further"), b"newer").expect("it is written");
        assert_eq!(fs::read_to_string(&kept).expect("it is there"), "newer");
        assert!(link.symlink_metadata().expect("it is there").is_symlink());
        let around = folder.path().join("around");
        std::os::unix::fs::symlink("around", &around).expect("a link");
        assert_eq!(end_of_links(&around), around);
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_stays_a_pipe_and_gets_the_bytes() {
        use std::io::Read;
        use std::os::unix::fs::FileTypeExt;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&path).status().expect("it runs").success());
        // Both ends are open, so that nobody waits.
        let mut ends = File::options().read(true).write(true).open(&path).expect("it is opened");
        replace(&path, b"x").expect("it is written");
        assert!(path.metadata().expect("it is there").file_type().is_fifo(), "a file is in its place");
        let mut read = [0];
        ends.read_exact(&mut read).expect("it is read");
        assert_eq!((read, names(folder.path())), (*b"x", vec!["pipe".into()]));
    }
}
