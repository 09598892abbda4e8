//! How files are shared out between threads: whole, or record by record.
//!
//! Whoever takes a file whole reads it too, and that is most of the work with web pages. But what was made of
//! it is held until its turn comes, so a file of many records is rather read by one and extracted by all.

use std::path::Path;

/// A file of at most this size as it lies there is read by whoever extracts it.
const SMALL: u64 = 256 << 10;

/// Endings of files that hold one article, however large they become when unpacked.
const SINGLE: &[&str] = &["txt", "text", "md", "markdown", "html", "htm", "xhtml", "shtml"];

/// Endings of packed files.
const PACKED: &[&str] = &["gz", "gzip", "zst", "zstd"];

/// Endings of files in which there may be many others.
const CONTAINERS: &[&str] = &["zip", "tar", "tgz", "tzst", "warc", "arc"];

/// Whether the file of this name and size is taken whole.
pub(super) fn is_whole(path: &Path, size: u64) -> bool {
    if size > SMALL {
        return false;
    }
    match ending(path).as_deref() {
        Some(packed) if PACKED.contains(&packed) => path
            .file_stem()
            .and_then(|stem| ending(Path::new(stem)))
            .is_some_and(|ending| SINGLE.contains(&ending.as_str())),
        Some(ending) => !CONTAINERS.contains(&ending),
        None => true,
    }
}

/// Whether the file of this name is packed, so that its size does not tell how much is in it.
pub(super) fn is_packed(path: &Path) -> bool {
    ending(path).is_some_and(|ending| PACKED.contains(&ending.as_str()))
}

fn ending(path: &Path) -> Option<String> {
    path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_packed_table_may_be_a_large_one() {
        let whole = |name: &str, size| is_whole(Path::new(name), size);
        assert!(whole("a/page.html", 1000) && whole("a/page.html.gz", 1000) && whole("b.txt.zst", 1000));
        assert!(whole("feed.jsonl", 1000) && whole("noending", 1000));
        assert!(!whole("feed.jsonl.gz", 1000) && !whole("data.zst", 1000) && !whole("table.CSV.GZ", 1000));
        assert!(
            is_packed(Path::new("a/page.html.GZ"))
                && !is_packed(Path::new("a/page.html"))
                && !is_packed(Path::new("gz"))
        );
        assert!(!whole("a/page.html", 1_000_000) && !whole("a.zip", 10) && !whole("crawl.warc.gz", 10));
    }
}
