//! The form of a backup: one tar file, compressed with Zstandard, whose last entry lists the others with the hashes of their bytes.
//!
//! Names, sizes and hashes are known here, and not what the files are. The same files make the same bytes, on any day.
//! A bundle that breaks off, or in which a byte is not what was written, is told from a whole one.

use std::collections::BTreeMap;
use std::io::{self, BufReader, Read, Write};

use serde::{Deserialize, Serialize};
use zstd::stream::read::Decoder;
use zstd::stream::write::Encoder;

/// The last entry.
const CONTENTS: &str = "contents.json";

/// What it says first.
const SCHEMA: &str = "onrecord.backup/1";

/// Most of it is compressed already.
const LEVEL: i32 = 3;

/// The largest list that is believed.
const MOST_CONTENTS: u64 = 256 << 20;

#[derive(Serialize, Deserialize)]
struct Contents {
    schema: String,
    files: Vec<Listed>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Listed {
    name: String,
    bytes: u64,
    hash: String,
}

/// Writes a bundle.
pub struct Packer<W: Write> {
    tar: tar::Builder<Encoder<'static, W>>,
    files: Vec<Listed>,
}

impl<W: Write> Packer<W> {
    /// Begins one in `to`.
    ///
    /// # Errors
    /// Where `to` fails, here and below.
    pub fn new(to: W) -> io::Result<Self> {
        let mut to = Encoder::new(to, LEVEL)?;
        to.include_checksum(true)?;
        Ok(Self { tar: tar::Builder::new(to), files: Vec::new() })
    }

    /// Adds a file of so many bytes.
    pub fn add(&mut self, name: &str, bytes: u64, from: impl Read) -> io::Result<()> {
        let mut from = Hashing { inner: from, hasher: blake3::Hasher::new(), bytes: 0 };
        self.tar.append_data(&mut head(bytes), name, (&mut from).take(bytes))?;
        if from.bytes != bytes {
            let (has, had) = (from.bytes, bytes);
            return Err(io::Error::other(format!("{name} has {has} bytes and should have {had}")));
        }
        self.files.push(Listed { name: name.to_owned(), bytes, hash: from.hash() });
        Ok(())
    }

    /// Ends it.
    pub fn finish(mut self) -> io::Result<W> {
        let contents = Contents { schema: SCHEMA.to_owned(), files: self.files };
        let text = serde_json::to_vec_pretty(&contents)?;
        self.tar.append_data(&mut head(text.len() as u64), CONTENTS, text.as_slice())?;
        self.tar.into_inner()?.finish()
    }
}

/// Of a file that anybody may read and its owner write, of no day.
fn head(bytes: u64) -> tar::Header {
    let mut head = tar::Header::new_gnu();
    head.set_entry_type(tar::EntryType::Regular);
    head.set_size(bytes);
    head.set_mode(0o644);
    head.set_mtime(0);
    head
}

/// What is wrong with a bundle.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// It is none.
    #[error("it is no backup of onrecord: {0}")]
    NoBundle(String),
    /// It cannot be read, its compression is damaged, or it breaks off.
    #[error("it breaks off or is damaged: {0}")]
    Io(#[from] io::Error),
    /// An entry is not what the list says.
    #[error("{0} is not what was written")]
    Differs(String),
    /// The list has other files than the bundle.
    #[error("{0} is missing")]
    Missing(String),
}

/// Takes a file: its name, how many bytes it says it has, and them.
pub type Each<'a, E> = dyn FnMut(&str, u64, &mut dyn Read) -> Result<(), E> + 'a;

/// Reads a bundle to its end, and gives every file to `each`. What it has read is known to be right only when this returns.
///
/// # Errors
/// Where the bundle is broken; and what `each` fails with.
pub fn unpack<E: From<Broken>>(from: impl Read, each: &mut Each<'_, E>) -> Result<(), E> {
    let broken = |error: io::Error| E::from(Broken::from(error));
    let mut from = BufReader::with_capacity(256 << 10, from);
    let mut magic = [0; 4];
    let begun = io::BufRead::fill_buf(&mut from).map_err(broken)?;
    for (to, byte) in magic.iter_mut().zip(begun) {
        *to = *byte;
    }
    if magic != [0x28, 0xB5, 0x2F, 0xFD] {
        return Err(Broken::NoBundle("it is not compressed with Zstandard".to_owned()).into());
    }
    let mut plain = Decoder::with_buffer(from).map_err(broken)?;
    let mut files = BTreeMap::new();
    let mut contents = None;
    let mut tar = tar::Archive::new(&mut plain);
    for entry in tar.entries().map_err(broken)? {
        let mut entry = entry.map_err(broken)?;
        let path = entry.path_bytes().into_owned();
        let Some(name) = String::from_utf8(path).ok().filter(|_| entry.header().entry_type().is_file()) else {
            return Err(Broken::NoBundle("an entry is no file, or has no name".to_owned()).into());
        };
        if contents.is_some() {
            return Err(Broken::NoBundle(format!("{name} stands behind its list")).into());
        }
        let bytes = entry.size();
        if name == CONTENTS {
            let mut text = Vec::new();
            (&mut entry).take(MOST_CONTENTS).read_to_end(&mut text).map_err(broken)?;
            let read: Contents =
                serde_json::from_slice(&text).map_err(|error| Broken::NoBundle(format!("{CONTENTS}: {error}")))?;
            if read.schema != SCHEMA {
                return Err(Broken::NoBundle(format!("its form is {}", read.schema)).into());
            }
            contents = Some(read);
            continue;
        }
        let mut tap = Hashing { inner: &mut entry, hasher: blake3::Hasher::new(), bytes: 0 };
        each(&name, bytes, &mut tap)?;
        io::copy(&mut tap, &mut io::sink()).map_err(broken)?;
        let listed = Listed { name: name.clone(), bytes: tap.bytes, hash: tap.hash() };
        if files.insert(name.clone(), listed).is_some() {
            return Err(Broken::NoBundle(format!("{name} is there twice")).into());
        }
    }
    // To the end of the compressed data, so that its checksum has been looked at.
    io::copy(&mut plain, &mut io::sink()).map_err(broken)?;
    let Some(contents) = contents else {
        return Err(Broken::Io(io::ErrorKind::UnexpectedEof.into()).into());
    };
    for listed in contents.files {
        match files.remove(&listed.name) {
            Some(found) if found == listed => {}
            Some(_) => return Err(Broken::Differs(listed.name).into()),
            None => return Err(Broken::Missing(listed.name).into()),
        }
    }
    match files.into_keys().next() {
        Some(name) => Err(Broken::NoBundle(format!("{name} is not in its list")).into()),
        None => Ok(()),
    }
}

/// Hashes what passes.
struct Hashing<R> {
    inner: R,
    hasher: blake3::Hasher,
    bytes: u64,
}

impl<R> Hashing<R> {
    fn hash(&self) -> String {
        self.hasher.finalize().to_hex().to_string()
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(out)?;
        self.hasher.update(out.get(..read).unwrap_or_default());
        self.bytes += read as u64;
        Ok(read)
    }
}
