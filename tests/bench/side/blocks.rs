//! What the size of a store's blocks and the level of its compression come to, in room and in time: by what stands in the store of the index by
//! hand, packed anew.

use std::io::{self, Write};
use std::time::Instant;

use tantivy::Searcher;
use zstd::bulk::{Compressor, Decompressor};

/// Of so many bytes of a store the table is made.
const MOST: usize = 96 << 20;

/// Sizes of blocks in KB, before compression.
const SIZES: [usize; 5] = [16, 32, 64, 128, 256];

/// Levels of Zstandard.
const LEVELS: [i32; 3] = [3, 4, 9];

/// Prints the table.
pub(crate) fn blocks(indexes: [(&str, &Searcher); 2], text: u64, out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "| store | KB in a block | level | all, in hundredths of the text | MB/s written | µs to read a block |"
    )?;
    writeln!(out, "|---|---|---|---|---|---|")?;
    for (name, searcher) in indexes {
        let (records, share) = stored(searcher)?;
        for size in SIZES {
            let blocks = blocks_of(&records, size << 10);
            for level in LEVELS {
                let packed = pack(&blocks, level)?;
                let room = packed.bytes as f64 / share * 100.0 / text as f64;
                writeln!(
                    out,
                    "| {name} | {size} | {level} | {room:.1} | {:.0} | {:.0} |",
                    packed.written, packed.read
                )?;
            }
        }
    }
    writeln!(out)
}

/// The first records of a store, as they stand there, and which share of all of them that is.
fn stored(searcher: &Searcher) -> io::Result<(Vec<Vec<u8>>, f64)> {
    let (mut records, mut bytes) = (Vec::new(), 0);
    for segment in searcher.segment_readers() {
        let store = segment.get_store_reader(1)?;
        for record in segment.doc_ids_alive() {
            let record = store.get_document_bytes(record).map_err(io::Error::other)?;
            bytes += record.len();
            records.push(record.to_vec());
            if bytes >= MOST {
                break;
            }
        }
        if bytes >= MOST {
            break;
        }
    }
    let share = records.len() as f64 / searcher.num_docs() as f64;
    Ok((records, share))
}

/// The records one after another, cut where a block is full.
fn blocks_of(records: &[Vec<u8>], size: usize) -> Vec<Vec<u8>> {
    let mut blocks = vec![Vec::new()];
    for record in records {
        if blocks.last().is_some_and(|block: &Vec<u8>| block.len() >= size) {
            blocks.push(Vec::new());
        }
        blocks.last_mut().expect("there is one").extend_from_slice(record);
    }
    blocks
}

struct Packed {
    bytes: usize,
    /// Megabytes a second.
    written: f64,
    /// Microseconds a block.
    read: f64,
}

fn pack(blocks: &[Vec<u8>], level: i32) -> io::Result<Packed> {
    let (mut packer, mut unpacker) = (Compressor::new(level)?, Decompressor::new()?);
    let begun = Instant::now();
    let packed = blocks.iter().map(|block| packer.compress(block)).collect::<io::Result<Vec<Vec<u8>>>>()?;
    let writing = begun.elapsed().as_secs_f64();
    let begun = Instant::now();
    for (packed, block) in packed.iter().zip(blocks) {
        unpacker.decompress(packed, block.len())?;
    }
    let reading = begun.elapsed().as_secs_f64();
    let plain: usize = blocks.iter().map(Vec::len).sum();
    Ok(Packed {
        bytes: packed.iter().map(Vec::len).sum(),
        written: plain as f64 / 1e6 / writing,
        read: reading * 1e6 / blocks.len() as f64,
    })
}
