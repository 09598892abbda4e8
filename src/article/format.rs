//! Which format a file is in: by what its bytes say, then by its name.
//!
//! A file that is no article says what it is, so that its owner understands why it was skipped.

use super::{fields, mail, scan, xml};

/// The formats that are read, what is taken from each, and how one is told from another.
///
/// The help of the command line shows this page, and so does the documentation of [`Format`].
pub const FORMATS: &str = include_str!("formats.md");

#[doc = include_str!("formats.md")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text, one article a file.
    Text,
    /// Markdown, with front matter or without.
    Markdown,
    /// A web page.
    Html,
    /// JSON: one object, an array of them, or an object that holds such an array.
    Json,
    /// One JSON object a line.
    JsonLines,
    /// A table: comma, tab, semicolon or bar between the cells, names in the first row.
    Table,
    /// NITF, one article a file.
    Nitf,
    /// NewsML-G2: an item, or a message of several.
    NewsMlG2,
    /// NewsML 1.
    NewsMl,
    /// ninjs, the JSON of news agencies.
    Ninjs,
    /// RSS of any version, RDF, Atom.
    Feed,
    /// JSON Feed.
    JsonFeed,
    /// The SGML of the collection Reuters-21578.
    Reuters,
    /// One e-mail.
    Mail,
    /// A mailbox.
    Mailbox,
    /// ALTO: the text of scanned pages.
    Alto,
    /// METS: the issue that scanned pages make up.
    Mets,
    /// hOCR: scanned pages as HTML.
    Hocr,
}

/// The formats under all their names, the usual one first.
const NAMES: [(Format, &[&str]); 18] = [
    (Format::Text, &["txt", "text", "plain"]),
    (Format::Markdown, &["md", "markdown", "mdown", "mkd", "mdx", "qmd", "rmd"]),
    (Format::Html, &["html", "htm", "xhtml", "shtml"]),
    (Format::Json, &["json"]),
    (Format::JsonLines, &["jsonl", "ndjson", "jsonlines", "ldjson"]),
    (Format::Table, &["csv", "tsv", "tab", "psv"]),
    (Format::Nitf, &["nitf"]),
    (Format::NewsMlG2, &["newsml-g2", "newsmlg2", "g2"]),
    (Format::NewsMl, &["newsml", "newsml1"]),
    (Format::Ninjs, &["ninjs"]),
    (Format::Feed, &["feed", "rss", "atom", "rdf"]),
    (Format::JsonFeed, &["jsonfeed"]),
    (Format::Reuters, &["reuters", "sgm", "sgml"]),
    (Format::Mail, &["eml", "mail"]),
    (Format::Mailbox, &["mbox"]),
    (Format::Alto, &["alto"]),
    (Format::Mets, &["mets"]),
    (Format::Hocr, &["hocr"]),
];

impl Format {
    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMES.iter().map(|(format, _)| *format)
    }

    /// Its usual name, as users say it.
    pub fn name(self) -> &'static str {
        NAMES
            .iter()
            .find(|(format, _)| *format == self)
            .and_then(|(_, names)| names.first())
            .copied()
            .unwrap_or_default()
    }

    /// The format of this name; several names mean the same one (`csv` and `tsv`, `feed` and `rss`).
    pub fn named(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        NAMES.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(format, _)| *format)
    }

    /// Whether the ending of a name says enough; what is made of tags or of certain members shows it itself.
    fn shows_in_names(self) -> bool {
        use Format::{Html, Json, JsonLines, Mail, Mailbox, Markdown, Table, Text};
        matches!(self, Text | Markdown | Html | Json | JsonLines | Table | Mail | Mailbox)
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
    if let Some(told) = markup(start, &ending) {
        return told.or_else(|what| instead(&what));
    }
    let named = Format::named(&ending).filter(|format| format.shows_in_names());
    if matches!(named, Some(Format::Text | Format::Mail | Format::Mailbox) | None) {
        if mail::opens_mailbox(head) {
            return Ok(Format::Mailbox);
        }
        if mail::opens_message(head) || (named == Some(Format::Mail) && mail::opens_with_header(head)) {
            return Ok(Format::Mail);
        }
    }
    match named {
        Some(Format::Json) if many_lines_of_json(start) => Ok(Format::JsonLines),
        Some(Format::JsonLines) if start.starts_with(b"[") => Ok(Format::Json),
        Some(Format::Text) | None if looks_json(start) => {
            Ok(if many_lines_of_json(start) { Format::JsonLines } else { Format::Json })
        }
        Some(Format::Text) | None if front_matter(start) => Ok(Format::Markdown),
        Some(Format::Text) if columns(head) => instead("a table without names for its columns"),
        Some(Format::Mail) => instead("named as e-mail, but it begins with no header of one"),
        Some(Format::Mailbox) => instead("named as a mailbox, but it begins with no line `From `"),
        Some(format) => Ok(format),
        None if ending == "xml" => instead("named as XML, but it has no element"),
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

/// The format of a file that opens with a tag, or what it is instead.
fn markup(start: &[u8], ending: &str) -> Option<Result<Format, String>> {
    if !start.starts_with(b"<") {
        return None;
    }
    let head: Vec<u8> = start.iter().take(4096).map(u8::to_ascii_lowercase).collect();
    let has = |what: &str| memchr::memmem::find(&head, what.as_bytes()).is_some();
    let begins = |names: &[&str]| names.iter().any(|name| head.starts_with(name.as_bytes()));
    let page =
        begins(&["<!doctype html", "<html", "<head", "<body", "<article", "<meta", "<title", "<div", "<p>", "<h1"]);
    let root = if page { None } else { xml::root(start) };
    let whole = root.map(|root| root.name).unwrap_or_default();
    let name = Some(whole.to_ascii_lowercase()).filter(|name| !name.is_empty());
    let cut_off =
        name.is_none() && begins(&["<?xml", "<!--"]) && (has("<html") || has("<!doctype html") || has("<head"));
    if page || cut_off || name.as_deref() == Some("html") {
        return Some(Ok(if scan::is_hocr(start) { Format::Hocr } else { Format::Html }));
    }
    let xml = begins(&["<?xml", "<!doctype"]) || ending == "xml";
    let Some(name) = name else {
        return xml.then(|| Err("XML without an element".to_owned()));
    };
    let format = match name.as_str() {
        "nitf" => Format::Nitf,
        "newsml" => Format::NewsMl,
        "newsitem" | "newsmessage" | "packageitem" | "conceptitem" | "knowledgeitem" | "planningitem"
        | "catalogitem" => Format::NewsMlG2,
        "rss" | "rdf" | "feed" | "entry" => Format::Feed,
        "reuters" | "lewis" => Format::Reuters,
        "alto" => Format::Alto,
        "mets" => Format::Mets,
        // A text may open with a tag too.
        _ => return xml.then(|| Err(format!("XML of another kind (its root is <{whole}>)"))),
    };
    Some(Ok(format))
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

/// Whether every line is cut into as many cells by tabs, none of which holds a sentence.
fn columns(head: &[u8]) -> bool {
    let mut lines = head.split(|b| *b == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty()).take(100);
    let tabs = |line: &[u8]| line.iter().filter(|b| **b == b'\t').count();
    let short = |line: &[u8]| line.split(|b| *b == b'\t').all(|cell| cell.split(u8::is_ascii_whitespace).count() <= 6);
    let Some(first) = lines.next() else { return false };
    tabs(first) > 0 && short(first) && lines.all(|line| tabs(line) == tabs(first) && short(line))
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
