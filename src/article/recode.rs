//! A stream in whatever character set as one in whole UTF-8: for readers that take a file piece by piece.
//!
//! The rules are those of [`charset`]: what is UTF-8 is UTF-8, whatever the file declares; then what it
//! declares; then what its head looks like. In UTF-8, stray bytes are read as windows-1252, so that what comes out is
//! always whole.

use std::io::{self, BufRead, BufReader, Read};

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::charset::{self, Transcoder};
use crate::text::problem::Problem;

/// `input`, which begins with `head`, in UTF-8; and what had to be guessed.
pub(super) fn stream<'a>(
    input: Box<dyn BufRead + 'a>,
    head: &[u8],
    declared: Option<&str>,
) -> (Box<dyn BufRead + 'a>, Option<Problem>) {
    let declared = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    let declared =
        declared.filter(|encoding| *encoding != UTF_8 && (encoding.is_ascii_compatible() || head.contains(&0x1B)));
    // The head may end inside a character.
    let whole = std::str::from_utf8(head).map_or_else(|error| error.error_len().is_none(), |_| true);
    let (encoding, problem) = match declared {
        Some(encoding) if head.is_ascii() || !(whole || charset::mostly_utf8(head)) => (Some(encoding), None),
        _ if whole || charset::mostly_utf8(head) => (None, None),
        _ => {
            let encoding = charset::guess(&[head]);
            (Some(encoding), Some(charset::guessed(encoding)))
        }
    };
    let whole: Box<dyn BufRead + 'a> = match encoding {
        Some(encoding) => Box::new(BufReader::new(Transcoder::new(input, encoding))),
        None => Box::new(Mended { input, waiting: Vec::new(), ready: Vec::new(), sent: 0, ended: false }),
    };
    (whole, problem)
}

/// UTF-8 whose stray bytes are read as windows-1252.
struct Mended<R> {
    input: R,
    /// The beginning of a character whose rest has not come yet.
    waiting: Vec<u8>,
    ready: Vec<u8>,
    sent: usize,
    ended: bool,
}

impl<R: BufRead> BufRead for Mended<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.sent == self.ready.len() && !self.ended {
            self.ready.clear();
            self.sent = 0;
            let block = self.input.fill_buf()?;
            let length = block.len();
            self.ended = length == 0;
            if self.waiting.is_empty() && std::str::from_utf8(block).is_ok() {
                self.ready.extend_from_slice(block);
            } else {
                self.waiting.extend_from_slice(block);
                let bytes = std::mem::take(&mut self.waiting);
                let mut chunks = bytes.utf8_chunks().peekable();
                while let Some(chunk) = chunks.next() {
                    self.ready.extend_from_slice(chunk.valid().as_bytes());
                    let stray = chunk.invalid();
                    let cut = chunks.peek().is_none()
                        && std::str::from_utf8(stray).is_err_and(|error| error.error_len().is_none());
                    if cut && !self.ended {
                        self.waiting = stray.to_vec();
                    } else {
                        let read = WINDOWS_1252.decode_without_bom_handling(stray).0;
                        self.ready.extend_from_slice(read.as_bytes());
                    }
                }
            }
            self.input.consume(length);
        }
        Ok(self.ready.get(self.sent..).unwrap_or_default())
    }

    fn consume(&mut self, count: usize) {
        self.sent = (self.sent + count).min(self.ready.len());
    }
}

impl<R: BufRead> Read for Mended<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let mut block = self.fill_buf()?;
        let count = block.read(out)?;
        self.consume(count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Read};

    use super::stream;

    /// `bytes` read as a stream whose blocks are `block` bytes long.
    #[track_caller]
    fn check(bytes: &[u8], declared: Option<&str>, block: usize, expected: &str) {
        let input = BufReader::with_capacity(block, bytes);
        let head = bytes.get(..bytes.len().min(40)).unwrap_or_default();
        let (mut whole, _) = stream(Box::new(input), head, declared);
        let mut text = String::new();
        whole.read_to_string(&mut text).expect("whole UTF-8");
        assert_eq!(text, expected, "{declared:?}, blocks of {block}");
    }

    #[test]
    fn whatever_the_blocks() {
        let said = "„Nein“, sagte Jörg Müller aus Köln, „größer wird die Fähre nicht“.";
        let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(said);
        let stray =
            ["Jörg Müller, Größe, Höhe, Güte, Käse, Öl, Übung, Ähre: it".as_bytes(), b"\x92s cut \xE2\x80"].concat();
        for block in [1, 2, 3, 5, 7, 64] {
            check(said.as_bytes(), None, block, said);
            check(said.as_bytes(), Some("iso-8859-1"), block, said);
            check(&latin, Some("iso-8859-1"), block, said);
            check(&latin, None, block, said);
            check(&stray, None, block, "Jörg Müller, Größe, Höhe, Güte, Käse, Öl, Übung, Ähre: it’s cut â€");
        }
    }
}
