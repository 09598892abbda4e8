//! What is stored of articles, packed one by one: whatever many of them have in common stands in a dictionary beside them, so that
//! one is read without its neighbours, and takes no more room than in a large block of them.
//!
//! What a dictionary is made of, and what is packed, is not known here.

use std::io;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use xxhash_rust::xxh3::xxh3_64;
use zstd::dict::{DecoderDictionary, EncoderDictionary};
use zstd::zstd_safe::{CCtx, DCtx, MAGICNUMBER, compress_bound, get_frame_content_size};

/// The level of Zstandard.
const LEVEL: i32 = 5;

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

    /// Whether it is the very same.
    pub(super) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.bytes, &other.bytes)
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

/// By what texts are packed now. Threads that pack share it.
#[derive(Default)]
pub(super) struct Packing(RwLock<Option<Arc<Current>>>);

/// A dictionary that is packed by.
pub(super) struct Current {
    dictionary: Dictionary,
    packer: EncoderDictionary<'static>,
}

impl Current {
    pub(super) fn of(dictionary: &Dictionary) -> io::Result<Self> {
        let packer = EncoderDictionary::try_copy(&dictionary.bytes, LEVEL)?;
        Ok(Self { dictionary: dictionary.clone(), packer })
    }

    pub(super) fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }
}

impl Packing {
    pub(super) fn current(&self) -> Option<Arc<Current>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Packs by this dictionary from now on.
    pub(super) fn put(&self, dictionary: &Dictionary) -> io::Result<()> {
        let current = Current::of(dictionary)?;
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(current));
        Ok(())
    }
}

impl std::fmt::Debug for Packing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Packing")
    }
}

/// A text, packed where there was a dictionary for it.
#[derive(Clone)]
pub(super) enum Text {
    Plain(String),
    Packed {
        bytes: Vec<u8>,
        /// Its bytes before it was packed.
        length: usize,
        /// By which it was packed, since another writer may take it.
        by: Arc<Current>,
    },
}

impl Text {
    /// About how many bytes it takes in memory.
    pub(super) fn weight(&self) -> usize {
        match self {
            Self::Plain(text) => text.len(),
            Self::Packed { bytes, .. } => bytes.len(),
        }
    }

    /// As it was before it was packed.
    pub(super) fn plain(&self) -> String {
        match self {
            Self::Plain(text) => text.clone(),
            Self::Packed { bytes, by, .. } => {
                let all = vec![by.dictionary.clone(); usize::from(by.dictionary.number)];
                Unpacker::of(&all).ok().and_then(|unpacker| unpacker.unpack(bytes)).unwrap_or_default()
            }
        }
    }
}

impl std::fmt::Debug for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Plain(text) => f.debug_tuple("Plain").field(text).finish(),
            Self::Packed { bytes, length, .. } => write!(f, "Packed({length} bytes in {})", bytes.len()),
        }
    }
}

/// One who packs; each thread has its own.
pub(super) struct Packer {
    packing: Arc<Packing>,
    context: CCtx<'static>,
}

impl std::fmt::Debug for Packer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Packer")
    }
}

impl Packer {
    pub(super) fn of(packing: &Arc<Packing>) -> Self {
        Self { packing: Arc::clone(packing), context: CCtx::create() }
    }

    /// Packs a text, or leaves it where there is no dictionary yet.
    pub(super) fn pack(&mut self, text: String) -> Text {
        let Some(by) = self.packing.current() else { return Text::Plain(text) };
        Text::Packed { bytes: self.packed(text.as_bytes(), Some(&by)), length: text.len(), by }
    }

    /// The number of a dictionary and a frame of Zstandard, without the four bytes that all begin with.
    pub(super) fn packed(&mut self, text: &[u8], by: Option<&Current>) -> Vec<u8> {
        let mut frame = Vec::with_capacity(compress_bound(text.len()));
        let done = match by {
            Some(by) => self.context.compress_using_cdict(&mut frame, text, by.packer.as_cdict()),
            None => self.context.compress(&mut frame, text, LEVEL),
        };
        // There is room for whatever it comes to.
        debug_assert!(done.is_ok());
        let mut bytes = Vec::with_capacity(frame.len());
        bytes.push(by.map_or(0, |by| by.dictionary.number));
        bytes.extend_from_slice(frame.strip_prefix(&MAGICNUMBER.to_le_bytes()).unwrap_or_default());
        bytes
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn garbled_texts_are_refused_or_read(at in 0_usize..400, to in any::<u8>(), cut in 0_usize..400) {
            let text = "The harbour board of Ostby met. The harbour board met, and closed early.".repeat(9);
            let packed = Packer::of(&Arc::default()).packed(text.as_bytes(), None);
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
