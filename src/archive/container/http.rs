//! Answers of web servers as crawlers keep them: a head of lines, and a body that may be in chunks and compressed.

use std::io::{self, BufRead, Read, Take};

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::budget::{Budget, Metered};

/// A head is no longer than this, nor is a header of a crawler's record.
pub(super) const LARGEST_HEAD: u64 = 256 << 10;

/// A body beyond this is no page.
const LARGEST_BODY: u64 = 64 << 20;

/// The bytes of one record. An error ends them: what can be read behind it belongs to another.
pub(super) struct Block<R> {
    inner: Take<R>,
    failed: Option<io::Error>,
}

impl<R: BufRead> Block<R> {
    /// The next `length` bytes of `input`.
    pub(super) fn new(input: R, length: u64) -> Self {
        Self { inner: input.take(length), failed: None }
    }

    /// Goes to the end of the record.
    ///
    /// # Errors
    /// That which ended it before, or that it is shorter than it said.
    pub(super) fn finish(mut self) -> io::Result<()> {
        io::copy(&mut self, &mut io::sink())?;
        match self.failed.take() {
            Some(error) => Err(error),
            None if self.inner.limit() > 0 => Err(io::ErrorKind::UnexpectedEof.into()),
            None => Ok(()),
        }
    }

    fn note(&mut self, error: io::Error) -> io::Error {
        let told = io::Error::new(error.kind(), error.to_string());
        self.failed = Some(error);
        told
    }
}

impl<R: BufRead> Read for Block<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.failed.is_some() {
            return Ok(0);
        }
        self.inner.read(out).map_err(|error| self.note(error))
    }
}

impl<R: BufRead> BufRead for Block<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.failed.is_some() {
            return Ok(&[]);
        }
        // Asked twice, since a piece that was given away cannot be looked at for an error.
        if let Err(error) = self.inner.fill_buf() {
            return Err(self.note(error));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.inner.consume(amount);
    }
}

/// The head of an answer: its status, and its fields with names in small letters.
pub(super) struct Head {
    pub(super) status: Option<u16>,
    fields: Fields,
}

/// Named values, in order.
#[derive(Default)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads lines `Name: value` up to an empty one.
    pub(super) fn read(input: &mut impl BufRead) -> io::Result<Self> {
        let mut fields: Vec<(String, String)> = Vec::new();
        let mut input = input.take(LARGEST_HEAD);
        loop {
            let mut line = Vec::new();
            if input.read_until(b'\n', &mut line)? == 0 || line.trim_ascii_end().is_empty() {
                return Ok(Self(fields));
            }
            let text = String::from_utf8_lossy(&line);
            match (text.starts_with([' ', '\t']), fields.last_mut(), text.split_once(':')) {
                // A line that goes on with the one before.
                (true, Some((_, value)), _) => *value = format!("{value} {}", text.trim()),
                (_, _, Some((name, value))) => fields.push((name.trim().to_lowercase(), value.trim().to_owned())),
                _ => {}
            }
        }
    }

    /// The first value of this name.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The kind of content without its parameters, in small letters, and its character set.
    pub(super) fn content_type(&self) -> (String, Option<String>) {
        let Some(value) = self.get("content-type") else { return (String::new(), None) };
        let mut parts = value.split(';');
        let kind = parts.next().unwrap_or_default().trim().to_lowercase();
        let charset = parts.find_map(|part| {
            let (name, value) = part.split_once('=')?;
            let named = name.trim().eq_ignore_ascii_case("charset");
            let value = value.trim().trim_matches(['"', '\'']);
            (named && !value.is_empty()).then(|| value.to_owned())
        });
        (kind, charset)
    }
}

impl Head {
    /// Reads the head; the body follows in `input`.
    pub(super) fn read(input: &mut impl BufRead) -> io::Result<Self> {
        let mut line = Vec::new();
        input.take(LARGEST_HEAD).read_until(b'\n', &mut line)?;
        let line = String::from_utf8_lossy(&line);
        let status = line.strip_prefix("HTTP/").and_then(|rest| rest.split_whitespace().nth(1)?.parse().ok());
        Ok(Self { status, fields: Fields::read(input)? })
    }

    /// The kind of the body, and its character set.
    pub(super) fn content_type(&self) -> (String, Option<String>) {
        self.fields.content_type()
    }

    /// The body, as the page was before it was sent; or why there is none.
    pub(super) fn body(&self, input: &mut impl Read, budget: &Budget) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        input.take(LARGEST_BODY + 1).read_to_end(&mut bytes).map_err(|error| format!("cannot be read: {error}"))?;
        if bytes.len() as u64 > LARGEST_BODY {
            return Err(format!("larger than {} MB: not a page", LARGEST_BODY >> 20));
        }
        let chunked =
            self.fields.get("transfer-encoding").is_some_and(|value| value.to_lowercase().contains("chunked"));
        let mut bytes = if chunked { unchunked(&bytes).unwrap_or(bytes) } else { bytes };
        // What was packed for the way was packed last.
        let codings = ["content-encoding", "transfer-encoding"].map(|name| self.fields.get(name).unwrap_or_default());
        let codings = codings.join(",").to_lowercase();
        // The last that was done is the first to be undone.
        for coding in codings.split(',').map(str::trim).rev() {
            bytes = match coding {
                // Crawlers that undid the compression often left the field in its place.
                "gzip" | "x-gzip" if bytes.starts_with(b"\x1F\x8B") => {
                    inflated(MultiGzDecoder::new(bytes.as_slice()), budget)?
                }
                "deflate" => match inflated(ZlibDecoder::new(bytes.as_slice()), budget) {
                    Ok(plain) => plain,
                    Err(_) => inflated(DeflateDecoder::new(bytes.as_slice()), budget).unwrap_or(bytes),
                },
                "br" => match inflated(brotli_decompressor::Decompressor::new(bytes.as_slice(), 4096), budget) {
                    Ok(plain) => plain,
                    Err(_) if looks_plain(&bytes) => bytes,
                    Err(said) => return Err(said),
                },
                "zstd" if bytes.starts_with(b"\x28\xB5\x2F\xFD") => {
                    let decoder = zstd::stream::read::Decoder::new(bytes.as_slice());
                    inflated(decoder.map_err(|error| error.to_string())?, budget)?
                }
                _ => bytes,
            };
        }
        Ok(bytes)
    }
}

/// Whether bytes begin like a page rather than like compressed ones.
fn looks_plain(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().starts_with(b"<")
}

fn inflated(decoder: impl Read, budget: &Budget) -> Result<Vec<u8>, String> {
    let mut plain = Vec::new();
    let mut decoder = Metered::new(decoder, budget.clone()).take(LARGEST_BODY + 1);
    match decoder.read_to_end(&mut plain) {
        Ok(_) if plain.len() as u64 > LARGEST_BODY => Err(format!("larger than {} MB: not a page", LARGEST_BODY >> 20)),
        Ok(_) => Ok(plain),
        // A page that breaks off is a page as far as it goes.
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof && !plain.is_empty() => Ok(plain),
        Err(error) => Err(format!("its compressed text is damaged: {error}")),
    }
}

/// What was sent in chunks, put together; `None` where it was not, whatever the head says. What does not follow the rules
/// is kept as it is, from there on.
fn unchunked(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    loop {
        let Some((length, after)) = chunk_length(rest) else {
            if whole.is_empty() {
                return None;
            }
            whole.extend_from_slice(rest);
            return Some(whole);
        };
        if length == 0 {
            return Some(whole);
        }
        let Some((chunk, after)) = after.split_at_checked(length) else {
            whole.extend_from_slice(after);
            return Some(whole);
        };
        whole.extend_from_slice(chunk);
        rest = after.strip_prefix(b"\r\n").or_else(|| after.strip_prefix(b"\n")).unwrap_or(after);
        if rest.is_empty() {
            return Some(whole);
        }
    }
}

/// The length that a line `1A2B; extension` gives, and what follows it.
fn chunk_length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let end = bytes.iter().take(1024).position(|byte| *byte == b'\n')?;
    let (line, rest) = bytes.split_at_checked(end + 1)?;
    let digits = line.split(|byte| *byte == b';').next()?.trim_ascii();
    let digits = std::str::from_utf8(digits).ok().filter(|digits| (1..=8).contains(&digits.len()))?;
    usize::from_str_radix(digits, 16).ok().map(|length| (length, rest))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn body(answer: &[u8]) -> Result<String, String> {
        let mut input = answer;
        let head = Head::read(&mut input).expect("memory can be read");
        let body = head.body(&mut input, &Budget::new(answer.len() as u64, 10));
        body.map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }

    #[test]
    fn chunks_are_put_together() {
        let chunked = |body: &str| format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{body}");
        for (sent, expected) in [
            ("5\r\nHello\r\n7\r\n, world\r\n0\r\n\r\n", "Hello, world"),
            ("5;name=value\r\nHello\r\n0\r\nTrailer: x\r\n\r\n", "Hello"),
            ("5\nHello\n0\n\n", "Hello"),
            // Not in chunks at all, broken off, and gone astray.
            ("<p>Hello</p>", "<p>Hello</p>"),
            ("9\r\nHello", "Hello"),
            ("5\r\nHello\r\nworld", "Helloworld"),
        ] {
            assert_eq!(body(chunked(sent).as_bytes()).as_deref(), Ok(expected), "{sent:?}");
        }
    }

    #[test]
    fn compression_is_undone() {
        let text = "The slip is closed. ".repeat(20);
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        gzip.write_all(text.as_bytes()).expect("memory");
        let gzip = gzip.finish().expect("memory");
        let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        zlib.write_all(text.as_bytes()).expect("memory");
        let mut raw = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
        raw.write_all(text.as_bytes()).expect("memory");
        let zstd = zstd::encode_all(text.as_bytes(), 1).expect("memory");
        for (coding, sent) in [
            ("gzip", gzip.as_slice()),
            ("x-gzip", &gzip),
            ("deflate", &zlib.finish().expect("memory")),
            ("deflate", &raw.finish().expect("memory")),
            ("zstd", &zstd),
            ("gzip", text.as_bytes()),
            ("br", format!("<p>{text}").as_bytes()),
            ("identity", text.as_bytes()),
        ] {
            let answer = [format!("HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\n\r\n").as_bytes(), sent].concat();
            let found = body(&answer).expect("a body");
            assert_eq!(found.trim_start_matches("<p>"), text, "{coding}");
        }
        let chunks = [format!("{:x}\r\n", gzip.len()).as_bytes(), &gzip, b"\r\n0\r\n\r\n"].concat();
        let answer = [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n".as_slice(), &chunks].concat();
        assert_eq!(body(&answer).as_deref(), Ok(text.as_str()));
        let half = [b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n".as_slice(), &gzip[..gzip.len() - 9]].concat();
        assert!(text.starts_with(&body(&half).expect("as far as it goes")));
    }

    #[test]
    fn the_head_says_what_the_body_is() {
        let kind = |head: &str| {
            let head = Head::read(&mut head.as_bytes()).expect("memory can be read");
            (head.status, head.content_type().0, head.content_type().1)
        };
        let (html, latin) = ("text/html".to_owned(), Some("ISO-8859-1".to_owned()));
        for (head, expected) in [
            (
                "HTTP/1.1 200 OK\r\nContent-Type: Text/HTML; Charset=\"ISO-8859-1\"\r\n\r\n",
                (Some(200), html.clone(), latin.clone()),
            ),
            (
                "HTTP/1.0 404 Not Found\nContent-type:text/html;\n charset=ISO-8859-1\n\n",
                (Some(404), html.clone(), latin),
            ),
            ("HTTP/2 200\r\ncontent-type: text/html; charset=\r\n\r\n", (Some(200), html, None)),
            ("garbage\r\n\r\n", (None, String::new(), None)),
        ] {
            assert_eq!(kind(head), expected, "{head:?}");
        }
    }
}
