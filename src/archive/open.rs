//! Opens a file and undoes its compression, told by its first bytes and not by its name.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;

pub(super) const BUFFER: usize = 128 * 1024;

/// How a file is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    Gzip,
    Zstd,
}

/// How a file that begins like this is compressed.
pub(super) fn packing(head: &[u8]) -> Option<Packing> {
    // A frame, or a skippable frame before it as parallel compressors write.
    let skippable = matches!(head, [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..]);
    match head {
        _ if head.starts_with(b"\x1F\x8B") => Some(Packing::Gzip),
        _ if head.starts_with(b"\x28\xB5\x2F\xFD") || skippable => Some(Packing::Zstd),
        _ => None,
    }
}

/// Opens the file at `path` for reading; gzip (of one member or several) and Zstandard are undone.
///
/// # Errors
/// The file cannot be opened or read, or is a folder. Compressed data that breaks off or is damaged is an
/// error of the reader, where it is met.
pub fn open(path: &Path) -> io::Result<Box<dyn BufRead + Send>> {
    let file = File::open(path)?;
    if file.metadata()?.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "is a folder"));
    }
    unpack(file)
}

/// The bytes of `input`, which may be a pipe, with gzip and Zstandard undone.
///
/// # Errors
/// As [`open`].
pub fn unpack<'a>(input: impl Read + Send + 'a) -> io::Result<Box<dyn BufRead + Send + 'a>> {
    let mut input = BufReader::with_capacity(BUFFER, input);
    Ok(match packing(input.fill_buf()?) {
        None => Box::new(input),
        Some(Packing::Gzip) => Box::new(BufReader::with_capacity(BUFFER, Whole::new(MultiGzDecoder::new(input)))),
        Some(Packing::Zstd) => {
            let plain = zstd::stream::read::Decoder::with_buffer(input)?;
            Box::new(BufReader::with_capacity(BUFFER, plain))
        }
    })
}

/// Gzip members up to the last; bytes behind it that are no member (padding of tapes and blocks) are let be.
pub(super) struct Whole<R> {
    inner: MultiGzDecoder<R>,
}

impl<R: BufRead> Whole<R> {
    pub(super) fn new(inner: MultiGzDecoder<R>) -> Self {
        Self { inner }
    }
}

impl<R: BufRead> Read for Whole<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        match self.inner.read(out) {
            Err(error) if error.kind() == io::ErrorKind::InvalidInput && padding(&mut self.inner) => Ok(0),
            other => other,
        }
    }
}

/// Whether nothing but zeros is left.
fn padding<R: BufRead>(decoder: &mut MultiGzDecoder<R>) -> bool {
    decoder.get_mut().fill_buf().is_ok_and(|rest| rest.iter().all(|byte| *byte == 0))
}
