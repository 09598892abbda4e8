//! Streams in UTF-32, which open with its mark, as streams in UTF-8.

use std::io::{self, BufRead, Cursor, Read};

/// Whether bytes open with the mark of UTF-32, and if so, whether the greater byte comes first.
pub(super) fn greater_first(head: &[u8]) -> Option<bool> {
    match head {
        [0xFF, 0xFE, 0, 0, ..] => Some(false),
        [0, 0, 0xFE, 0xFF, ..] => Some(true),
        _ => None,
    }
}

/// A stream in UTF-32 as one in UTF-8, without its mark.
pub(super) struct Utf32<R> {
    input: R,
    greater_first: bool,
    opened: bool,
    /// The bytes of a character of which more are to come.
    unit: Vec<u8>,
    /// What was decoded, of which the rest is still to be read.
    ready: Cursor<Vec<u8>>,
    ended: bool,
}

impl<R: BufRead> Utf32<R> {
    /// Reads `input`.
    pub(super) fn new(input: R, greater_first: bool) -> Self {
        Self { input, greater_first, opened: false, unit: Vec::new(), ready: Cursor::default(), ended: false }
    }

    fn push(&mut self, character: Option<char>) {
        let mark = !self.opened && character == Some('\u{feff}');
        self.opened = true;
        if !mark {
            let mut room = [0; 4];
            self.ready.get_mut().extend_from_slice(character.unwrap_or('\u{fffd}').encode_utf8(&mut room).as_bytes());
        }
    }

    /// Makes the next block ready.
    fn fill(&mut self) -> io::Result<()> {
        self.ready.get_mut().clear();
        self.ready.set_position(0);
        let block = self.input.fill_buf()?.to_vec();
        self.input.consume(block.len());
        self.ended = block.is_empty();
        for byte in block {
            self.unit.push(byte);
            if let [a, b, c, d] = *self.unit {
                let unit = [a, b, c, d];
                let number = if self.greater_first { u32::from_be_bytes(unit) } else { u32::from_le_bytes(unit) };
                self.push(char::from_u32(number));
                self.unit.clear();
            }
        }
        if self.ended && !self.unit.is_empty() {
            self.push(None);
        }
        Ok(())
    }
}

impl<R: BufRead> Read for Utf32<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            let count = self.ready.read(out)?;
            if count > 0 || self.ended || out.is_empty() {
                return Ok(count);
            }
            self.fill()?;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Read};

    use super::{Utf32, greater_first};

    #[test]
    fn both_orders() {
        let text = "\u{feff}„Nein“, sagt Jörg 🙂.";
        let little: Vec<u8> = text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
        let great: Vec<u8> = text.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
        for (bytes, order) in [(little, false), (great, true)] {
            assert_eq!(greater_first(&bytes), Some(order));
            for room in [1, 3, 64] {
                let mut read = String::new();
                let input = BufReader::with_capacity(room, bytes.as_slice());
                Utf32::new(input, order).read_to_string(&mut read).expect("memory can be read");
                assert_eq!(read, "„Nein“, sagt Jörg 🙂.");
            }
        }
        let mut read = String::new();
        let broken = [0, 0, 0xFE, 0xFF, 0, 0, 0, 0x41, 0, 0, 0xD8, 0, 0, 0];
        Utf32::new(broken.as_slice(), true).read_to_string(&mut read).expect("memory can be read");
        assert_eq!(read, "A\u{fffd}\u{fffd}");
        assert_eq!(greater_first(b"\xFF\xFEa\0"), None);
    }
}
