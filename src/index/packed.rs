//! What is stored of articles, packed one by one: whatever many of them have in common stands in a dictionary beside them, so that
//! one is read without its neighbours, and takes no more room than in a large block of them.
//!
//! What a dictionary is made of, and what is packed, is not known here.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use xxhash_rust::xxh3::xxh3_64;
use zstd::dict::DecoderDictionary;
use zstd::zstd_safe::{
    CCtx, CParameter, DCtx, MAGICNUMBER, Strategy, compress_bound, get_error_name, get_frame_content_size,
};

/// How Zstandard looks for what is alike in texts of a few kilobytes and a dictionary of 255 KB: in tables that the processor has at hand,
/// with fewer trials than at its fifth level, of which this is a part.
const PARAMETERS: [CParameter; 6] = [
    CParameter::WindowLog(18),
    CParameter::Strategy(Strategy::ZSTD_greedy),
    CParameter::HashLog(18),
    CParameter::ChainLog(17),
    CParameter::SearchLog(3),
    CParameter::MinMatch(6),
];

/// One byte can stand for so many in a block of Zstandard.
const MOST_TIMES: usize = 32 << 10;

/// What a dictionary has in front of it: the bytes of both, and a hash of it.
const HEAD: usize = 12;

/// A dictionary as it is written down.
#[derive(Clone)]
pub(super) struct Dictionary {
    number: u8,
    bytes: Arc<[u8]>,
}

impl Dictionary {
    /// A dictionary of this number, from 1.
    pub(super) fn new(number: u8, bytes: Vec<u8>) -> Self {
        Self { number, bytes: bytes.into() }
    }

    /// Its bytes.
    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether this text was packed by it.
    pub(super) fn has(&self, packed: &[u8]) -> bool {
        packed.first() == Some(&self.number)
    }

    fn unpacker(&self) -> io::Result<DecoderDictionary<'static>> {
        DecoderDictionary::try_copy(&self.bytes)
    }
}

/// All dictionaries of an index, in the order of their numbers, from 1.
pub(super) fn dictionaries(file: &[u8]) -> io::Result<Vec<Dictionary>> {
    let garbled = || io::Error::new(io::ErrorKind::InvalidData, "they are no dictionaries");
    let (mut all, mut rest) = (Vec::new(), file);
    while !rest.is_empty() {
        let (head, behind) = rest.split_at_checked(HEAD).ok_or_else(garbled)?;
        let (length, hash) = head.split_at(4);
        let length = u32::from_le_bytes(length.try_into().map_err(|_| garbled())?);
        let hash = u64::from_le_bytes(hash.try_into().map_err(|_| garbled())?);
        let (bytes, behind) = behind.split_at_checked(length as usize).ok_or_else(garbled)?;
        let number = u8::try_from(all.len() + 1).map_err(|_| garbled())?;
        if xxh3_64(bytes) != hash {
            return Err(garbled());
        }
        all.push(Dictionary { number, bytes: bytes.into() });
        rest = behind;
    }
    Ok(all)
}

/// Writes them, for [`dictionaries`] to read.
pub(super) fn write(all: &[Dictionary], into: &mut dyn io::Write) -> io::Result<()> {
    for Dictionary { bytes, .. } in all {
        let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
        into.write_all(&length.to_le_bytes())?;
        into.write_all(&xxh3_64(bytes).to_le_bytes())?;
        into.write_all(bytes)?;
    }
    Ok(())
}

/// Unpacks what was packed with the dictionaries of one index.
#[derive(Default)]
pub(super) struct Unpacker {
    dictionaries: Vec<DecoderDictionary<'static>>,
    idle: Mutex<Vec<DCtx<'static>>>,
}

impl Unpacker {
    pub(super) fn of(dictionaries: &[Dictionary]) -> io::Result<Self> {
        let dictionaries = dictionaries.iter().map(Dictionary::unpacker).collect::<io::Result<_>>()?;
        Ok(Self { dictionaries, idle: Mutex::default() })
    }

    /// Unpacks what was packed with this one, too, which has the next number.
    pub(super) fn add(&mut self, dictionary: &Dictionary) -> io::Result<()> {
        self.dictionaries.push(dictionary.unpacker()?);
        Ok(())
    }

    /// The text that was packed; none, where it is garbled.
    pub(super) fn unpack(&self, packed: &[u8]) -> Option<String> {
        let (&number, frame) = packed.split_first()?;
        let dictionary = match number {
            0 => None,
            _ => Some(self.dictionaries.get(usize::from(number) - 1)?),
        };
        let mut whole = Vec::with_capacity(frame.len() + 4);
        whole.extend_from_slice(&MAGICNUMBER.to_le_bytes());
        whole.extend_from_slice(frame);
        let length = usize::try_from(get_frame_content_size(&whole).ok()??).ok()?;
        // What is garbled may claim any length.
        if length > frame.len().saturating_mul(MOST_TIMES) {
            return None;
        }
        let mut text = Vec::with_capacity(length);
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = idle().pop();
        let mut context = taken.map_or_else(DCtx::try_create, Some)?;
        let done = match dictionary {
            Some(dictionary) => context.decompress_using_ddict(&mut text, &whole, dictionary.as_ddict()),
            None => context.decompress(&mut text, &whole),
        };
        idle().push(context);
        done.ok().filter(|&written| written == length)?;
        String::from_utf8(text).ok()
    }
}

/// Packs by one dictionary, or by none.
pub(super) struct Packer {
    by: Option<Dictionary>,
    context: CCtx<'static>,
}

impl Packer {
    pub(super) fn of(by: Option<&Dictionary>) -> io::Result<Self> {
        let mut context = CCtx::try_create().ok_or(io::ErrorKind::OutOfMemory)?;
        for parameter in PARAMETERS {
            context.set_parameter(parameter).map_err(failed)?;
        }
        if let Some(by) = by {
            context.load_dictionary(&by.bytes).map_err(failed)?;
        }
        Ok(Self { by: by.cloned(), context })
    }

    /// The number of a dictionary and a frame of Zstandard, without the four bytes that all begin with.
    pub(super) fn packed(&mut self, text: &[u8]) -> io::Result<Vec<u8>> {
        let mut frame = Vec::with_capacity(compress_bound(text.len()));
        self.context.compress2(&mut frame, text).map_err(failed)?;
        let mut bytes = Vec::with_capacity(frame.len());
        bytes.push(self.by.as_ref().map_or(0, |by| by.number));
        bytes.extend_from_slice(frame.strip_prefix(&MAGICNUMBER.to_le_bytes()).unwrap_or_default());
        Ok(bytes)
    }
}

/// What Zstandard says of a failure.
fn failed(code: usize) -> io::Error {
    io::Error::other(get_error_name(code))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn garbled_texts_are_refused_or_read(at in 0_usize..400, to in any::<u8>(), cut in 0_usize..400) {
            let text = "The harbour board of Ostby met. The harbour board met, and closed early.".repeat(9);
            let packed = Packer::of(None).and_then(|mut packer| packer.packed(text.as_bytes())).expect("there is memory");
            let unpacker = Unpacker::default();
            prop_assert_eq!(unpacker.unpack(&packed), Some(text));
            prop_assert_eq!(unpacker.unpack(packed.get(..cut % packed.len()).unwrap_or_default()), None);
            let mut other = packed;
            let at = at % other.len();
            other[at] = to;
            let _ = unpacker.unpack(&other);
        }
    }
}
