//! Which format a file is in: by what its bytes say, then by its name.
//!
//! A file that is no article says what it is, so that its owner understands why it was skipped.

use super::fields;

/// A format that articles come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text, one article a file.
    Text,
    /// Markdown, with front matter or without.
    Markdown,
    /// JSON: one object, an array of them, or an object that holds such an array.
    Json,
    /// One JSON object a line.
    JsonLines,
    /// A table: comma, tab, semicolon or bar between the cells, names in the first row.
    Table,
    /// A web page.
    Html,
}

impl Format {
    /// The format of this name, as users say it: `txt`, `md`, `json`, `jsonl` or `ndjson`, `csv` or `tsv`, `html`.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name.to_ascii_lowercase().as_str() {
            "txt" | "text" | "plain" => Self::Text,
            "md" | "markdown" | "mdown" | "mkd" | "mdx" | "qmd" | "rmd" => Self::Markdown,
            "json" => Self::Json,
            "jsonl" | "ndjson" | "jsonlines" | "ldjson" => Self::JsonLines,
            "csv" | "tsv" | "tab" | "psv" => Self::Table,
            "html" | "htm" | "xhtml" | "shtml" => Self::Html,
            _ => return None,
        })
    }
}

/// What files begin with that are no text, and what to call them.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF", "PDF"),
    (b"\x89PNG", "a PNG image"),
    (b"\xFF\xD8\xFF", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "audio, video or an image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"BZh", "a bzip2 file"),
    (b"\xFD7zXZ", "an xz file"),
    (b"7z\xBC\xAF", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x1F\x8B", "a gzip file inside another"),
    (b"\x28\xB5\x2F\xFD", "a zstd file inside another"),
    (b"\xD0\xCF\x11\xE0", "an old office document"),
    (b"{\\rtf", "RTF"),
    (b"%!PS", "PostScript"),
    (b"\x7FELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "an SQLite database"),
    (b"PAR1", "Parquet"),
    (b"OggS", "audio or video"),
    (b"ID3", "audio"),
    (b"WARC/", "WARC"),
    (b"filedesc://", "ARC"),
];

/// Endings of names whose files hold no article, text though they may be.
const NOT_ARTICLES: &str = " js mjs ts css scss py pyc rs c h cpp java go rb pl php sh bat ps1 sql r toml yaml yml ini cfg conf lock \
     log xsd xsl xslt dtd svg tex bib conll conllu ann map md5 sha256 woff woff2 ttf ico ";

/// The format of the file called `name` that begins with `head` (in UTF-8 as far as it is text), or what it is instead.
pub(super) fn detect(name: &str, head: &[u8]) -> Result<Format, String> {
    let instead = |what: &str| Err(format!("not an article format that onrecord reads: {what}"));
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return instead(what);
    }
    if head.get(257..262) == Some(b"ustar") {
        return instead("a tar archive");
    }
    if head.contains(&0) {
        return instead("binary data");
    }
    let start = head.trim_ascii_start();
    let ending = ending(name);
    if let Some(what) = markup(start) {
        return match what {
            Markup::Html => Ok(Format::Html),
            Markup::Xml => instead("XML"),
        };
    }
    match Format::named(&ending) {
        Some(Format::Json) if many_lines_of_json(start) => Ok(Format::JsonLines),
        Some(Format::JsonLines) if start.starts_with(b"[") => Ok(Format::Json),
        Some(Format::Text) | None if looks_json(start) => {
            Ok(if many_lines_of_json(start) { Format::JsonLines } else { Format::Json })
        }
        Some(Format::Text) | None if front_matter(start) => Ok(Format::Markdown),
        Some(format) => Ok(format),
        None if ending == "xml" => instead("XML"),
        None if !ending.is_empty() && NOT_ARTICLES.contains(&format!(" {ending} ")) => instead(&format!(".{ending}")),
        None if table(start) => Ok(Format::Table),
        None => Ok(Format::Text),
    }
}

/// The ending of a name in lower case, without that of a compression.
fn ending(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name).to_ascii_lowercase();
    let name = [".gz", ".zst", ".gzip", ".zstd"].iter().find_map(|tail| name.strip_suffix(tail)).unwrap_or(&name);
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() => ending.to_owned(),
        _ => String::new(),
    }
}

enum Markup {
    Html,
    Xml,
}

fn markup(start: &[u8]) -> Option<Markup> {
    if !start.starts_with(b"<") {
        return None;
    }
    let head: Vec<u8> = start.iter().take(4096).map(u8::to_ascii_lowercase).collect();
    let has = |what: &str| memchr::memmem::find(&head, what.as_bytes()).is_some();
    if head.starts_with(b"<?xml") || head.starts_with(b"<!--") {
        let html = has("<html") || has("<!doctype html") || (head.starts_with(b"<!--") && has("<head"));
        return if html { Some(Markup::Html) } else { head.starts_with(b"<?xml").then_some(Markup::Xml) };
    }
    let begins = |names: &[&str]| names.iter().any(|name| head.starts_with(name.as_bytes()));
    if begins(&["<!doctype html", "<html", "<head", "<body", "<article", "<meta", "<title", "<div", "<p>", "<h1"]) {
        return Some(Markup::Html);
    }
    let xml =
        begins(&["<rss", "<rdf:", "<feed", "<nitf", "<newsitem", "<newsml", "<newsmessage", "<alto", "<mets", "<tei"]);
    (xml || head.starts_with(b"<!doctype")).then_some(Markup::Xml)
}

fn looks_json(start: &[u8]) -> bool {
    let mut rest = start.iter().copied().filter(|b| !b.is_ascii_whitespace());
    match (rest.next(), rest.next()) {
        (Some(b'{'), Some(b'"')) => {
            // `{"` could open a sentence: a member has a colon behind its name.
            let inner: Vec<u8> = start.iter().copied().skip_while(|b| *b != b'"').skip(1).take(200).collect();
            let name_ends = inner.iter().position(|b| *b == b'"');
            name_ends
                .is_some_and(|at| inner.get(at + 1..).is_some_and(|rest| rest.trim_ascii_start().starts_with(b":")))
        }
        (Some(b'['), Some(b'{')) => true,
        _ => false,
    }
}

/// Whether the first line is a whole object and another begins on the next.
fn many_lines_of_json(start: &[u8]) -> bool {
    let Some(end) = memchr::memchr(b'\n', start) else { return false };
    let (line, rest) = start.split_at(end);
    let line = line.trim_ascii();
    let object = line.starts_with(b"{") && line.ends_with(b"}");
    object && rest.trim_ascii_start().starts_with(b"{") && serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok()
}

/// Whether a fence of front matter opens the file, with a key on the next line.
fn front_matter(start: &[u8]) -> bool {
    let mut lines = start.split(|b| *b == b'\n').map(<[u8]>::trim_ascii_end);
    let (fence, key) = (lines.next(), lines.next().unwrap_or_default());
    let keyed = |mark: u8| {
        let at = key.iter().position(|b| *b == mark);
        at.is_some_and(|at| at > 0 && key.iter().take(at).all(|b| b.is_ascii_alphanumeric() || b"_- ".contains(b)))
    };
    (fence == Some(b"---") && keyed(b':')) || (fence == Some(b"+++") && keyed(b'='))
}

/// Whether the first line names two fields of an article, between delimiters.
fn table(start: &[u8]) -> bool {
    let line = start.split(|b| *b == b'\n').next().unwrap_or_default();
    let Ok(line) = std::str::from_utf8(line) else { return false };
    [',', '\t', ';', '|'].iter().any(|delimiter| {
        let names = line.split(*delimiter).filter(|cell| cell.len() < 40).filter_map(fields::usual);
        names.count() >= 2 && line.split(*delimiter).all(|cell| cell.split_whitespace().count() <= 3)
    })
}
