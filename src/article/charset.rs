//! Bytes to text in whatever character set: byte-order mark, then UTF-8, then what the file declares, then
//! what its bytes look like.
//!
//! Text that is valid UTF-8 is UTF-8, whatever a page declares: saved pages are often converted without
//! their meta element. Nothing is lost without a word: a guess or a repair is a [`Problem`].

use std::borrow::Cow;
use std::cell::OnceCell;
use std::io::{self, BufRead, Cursor, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Decoder, Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::text::order_mark;
use crate::text::problem::{Place, Problem};

/// The UTF-16 that the bytes at the head of a file are in: by its mark, or by every other byte being zero.
pub(super) fn utf16(head: &[u8]) -> Option<&'static Encoding> {
    match head {
        [0xFF, 0xFE, ..] => return Some(UTF_16LE),
        [0xFE, 0xFF, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let head = head.get(..head.len().min(512) & !1)?;
    memchr::memchr(0, head)?;
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, units) = (zeros(0), zeros(1), head.len() / 2);
    // Western text: nearly all high bytes are zero, and no low byte is.
    match () {
        () if units >= 4 && odd * 10 >= units * 7 && even == 0 => Some(UTF_16LE),
        () if units >= 4 && even * 10 >= units * 7 && odd == 0 => Some(UTF_16BE),
        () => None,
    }
}

/// The text of a whole file, and what had to be guessed or mended.
pub(super) fn decode(mut bytes: Vec<u8>, declared: Option<&str>) -> (String, Option<Problem>) {
    if let Some(encoding) = utf16(&bytes) {
        return (encoding.decode_with_bom_removal(&bytes).0.into_owned(), None);
    }
    let declared = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    bytes.drain(..order_mark::length(&bytes));
    match String::from_utf8(bytes) {
        Ok(text) if declared == Some(ISO_2022_JP) && text.contains('\x1B') => {
            (ISO_2022_JP.decode_without_bom_handling(text.as_bytes()).0.into_owned(), None)
        }
        Ok(text) => (text, None),
        Err(error) => {
            let bytes = error.into_bytes();
            if mostly_utf8(&bytes) {
                return repair(&bytes);
            }
            match declared.filter(|encoding| *encoding != UTF_8 && encoding.is_ascii_compatible()) {
                Some(encoding) => (encoding.decode_without_bom_handling(&bytes).0.into_owned(), None),
                None => {
                    let encoding = guess(&[&bytes]);
                    (encoding.decode_without_bom_handling(&bytes).0.into_owned(), Some(guessed(encoding)))
                }
            }
        }
    }
}

/// Decodes the records of one file one by one: a row in another character set than its neighbours, as
/// merged exports have them, spoils only itself.
pub(super) struct Records {
    head: Vec<u8>,
    encoding: OnceCell<&'static Encoding>,
}

impl Records {
    /// For the file that begins with `head`.
    pub(super) fn new(head: &[u8]) -> Self {
        Self { head: head.to_vec(), encoding: OnceCell::new() }
    }

    /// The text of one record, and what had to be guessed or mended.
    pub(super) fn decode<'a>(&self, bytes: &'a [u8]) -> (Cow<'a, str>, Option<Problem>) {
        if let Ok(text) = std::str::from_utf8(bytes) {
            return (Cow::Borrowed(text), None);
        }
        if mostly_utf8(bytes) {
            let (text, problem) = repair(bytes);
            return (Cow::Owned(text), problem);
        }
        let encoding = *self.encoding.get_or_init(|| guess(&[&self.head, bytes]));
        (encoding.decode_without_bom_handling(bytes).0, Some(guessed(encoding)))
    }
}

pub(super) fn guess(pieces: &[&[u8]]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    for (index, piece) in pieces.iter().enumerate() {
        // A megabyte tells as much as a gigabyte.
        detector.feed(piece.get(..1 << 20).unwrap_or(piece), index + 1 == pieces.len());
    }
    detector.guess(None, Utf8Detection::Deny)
}

pub(super) fn guessed(encoding: &'static Encoding) -> Problem {
    Problem::new(Place::Whole, format!("the text is not UTF-8; read as {}", encoding.name()))
        .hint("convert the file to UTF-8 if names look wrong")
}

/// Whether the bytes are UTF-8 but for a few: by their longer sequences, of which other character sets
/// have hardly any that are whole.
pub(super) fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
        broken += chunk.invalid().len();
    }
    whole > 0 && whole >= broken * 4
}

/// Mostly UTF-8, with stray bytes of windows-1252 in between.
fn repair(bytes: &[u8]) -> (String, Option<Problem>) {
    let mut text = String::with_capacity(bytes.len() + 16);
    let mut strays = 0;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        strays += chunk.invalid().len();
        text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
    }
    let said = match strays {
        1 => "1 byte is not UTF-8; read as windows-1252".to_owned(),
        n => format!("{n} bytes are not UTF-8; read as windows-1252"),
    };
    (text, Some(Problem::new(Place::Whole, said)))
}

/// A stream in UTF-16 as one in UTF-8.
pub(super) struct Transcoder<R> {
    input: R,
    decoder: Decoder,
    /// What was decoded, of which the rest is still to be read.
    ready: Cursor<Vec<u8>>,
    ended: bool,
}

impl<R: BufRead> Transcoder<R> {
    /// Reads `input` as `encoding`.
    pub(super) fn new(input: R, encoding: &'static Encoding) -> Self {
        Self { input, decoder: encoding.new_decoder_with_bom_removal(), ready: Cursor::default(), ended: false }
    }
}

impl<R: BufRead> Read for Transcoder<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            let count = self.ready.read(out)?;
            if count > 0 || self.ended || out.is_empty() {
                return Ok(count);
            }
            let block = self.input.fill_buf()?;
            let last = block.is_empty();
            let room = self.decoder.max_utf8_buffer_length(block.len()).unwrap_or(block.len() * 3 + 16);
            let decoded = self.ready.get_mut();
            decoded.resize(room, 0);
            let (result, taken, written, _) = self.decoder.decode_to_utf8(block, decoded, last);
            decoded.truncate(written);
            self.ready.set_position(0);
            self.input.consume(taken);
            self.ended = last && result == CoderResult::InputEmpty;
        }
    }
}
