//! Lists of files, as `find` and its like write them: one path a line, or one before each NUL.

use std::io::{self, BufRead};
use std::path::PathBuf;

/// The paths in `input`, each ended by `end`; empty ones are passed over.
pub fn paths(mut input: impl BufRead, end: u8) -> impl Iterator<Item = io::Result<PathBuf>> {
    std::iter::from_fn(move || {
        loop {
            let mut path = Vec::new();
            match input.read_until(end, &mut path) {
                Ok(0) => return None,
                Ok(_) => {}
                Err(error) => return Some(Err(error)),
            }
            if path.last() == Some(&end) {
                path.pop();
            }
            if !path.is_empty() {
                return Some(Ok(of_bytes(path)));
            }
        }
    })
}

#[cfg(unix)]
fn of_bytes(path: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    std::ffi::OsString::from_vec(path).into()
}

#[cfg(not(unix))]
fn of_bytes(path: Vec<u8>) -> PathBuf {
    String::from_utf8_lossy(&path).trim_end_matches('\r').into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_or_what_stands_before_nul() {
        let read = |input: &[u8], end| -> Vec<String> {
            paths(input, end).map(|path| path.expect("memory can be read").to_string_lossy().into_owned()).collect()
        };
        assert_eq!(read(b"a/b.txt\n\nc d\ne", b'\n'), ["a/b.txt", "c d", "e"]);
        assert_eq!(read(b"a\nb\0c\0", 0), ["a\nb", "c"]);
        assert!(read(b"", b'\n').is_empty());
    }
}
