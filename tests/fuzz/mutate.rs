//! Inputs that differ a little from good ones: bytes changed, pieces doubled many times, moved, left out, or put in from elsewhere.
//!
//! Everything follows from a seed, so that what was found once is found again. What the bytes mean is not known here.

/// Numbers that look drawn by lot (splitmix64).
#[derive(Clone, Debug)]
pub(crate) struct Lot(u64);

impl Lot {
    /// The lots of this seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, which may be 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % (end.max(1) as u64)).unwrap_or(0)
    }

    /// A number below two to the power of `bits`, mostly a small one.
    fn small(&mut self, bits: usize) -> usize {
        let end = 1 << self.below(bits);
        self.below(end)
    }

    /// One of these.
    pub(crate) fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// Pieces that mean something to one reader or another.
pub(crate) const PIECES: &[&[u8]] = &[
    b"\0",
    b"\xFF",
    b"\xC3",
    b"\xE2\x80",
    b"\xED\xA0\x80",
    b"\xF4\x90\x80\x80",
    b"\xEF\xBB\xBF",
    b"\xFF\xFE",
    b"\xFE\xFF",
    b"\r\n",
    b"\r",
    b"\n\n",
    b"\t",
    b" ",
    b"\xC2\xA0",
    b"\xE2\x80\xA8",
    b"\xE2\x80\x8B",
    b"\xCC\x81",
    b"\xE2\x80\x8F",
    b"\xF0\x9F\x99\x82",
    b"\xE2\x80\x9C",
    b"\xE2\x80\x9D",
    b"\xE2\x80\x98",
    b"\xE2\x80\x99",
    b"\xC2\xAB",
    b"\xC2\xBB",
    b"\xE2\x80\x9E",
    b"\"",
    b"'",
    b"''",
    b"``",
    b"\xE2\x80\x94",
    b" -- ",
    b" said",
    b" she said, ",
    b"he said.",
    b" according to ",
    b", who said",
    b"Mr. ",
    b"Dr. Ada Holt",
    b" of the ",
    b" and ",
    b": ",
    b"Q: ",
    b"(",
    b")",
    b"[",
    b"]",
    b"{",
    b"}",
    b"<",
    b">",
    b"</",
    b"/>",
    b"<!--",
    b"-->",
    b"<![CDATA[",
    b"]]>",
    b"<!DOCTYPE ",
    b"<?",
    b"?>",
    b"<p>",
    b"</p>",
    b"<div>",
    b"<table>",
    b"<script>",
    b"<title>",
    b"<h1>",
    b"<br>",
    b"<q>",
    b"&",
    b"&amp;",
    b"&#0;",
    b"&#xD800;",
    b"&#99999999999;",
    b"&nbsp;",
    b"\\u0000",
    b"\\ud83d",
    b"\\",
    b"\\\"",
    b",",
    b";",
    b"|",
    b"null",
    b"-1",
    b"0",
    b"1e999",
    b"99999999999999999999",
    b"=?utf-8?b?",
    b"?=",
    b"=3D",
    b"=\n",
    b"--B\n",
    b"--B--",
    b"From ",
    b"Subject: ",
    b"Content-Type: ",
    b"Content-Length: 18446744073709551615\r\n",
    b"---\n",
    b"+++\n",
    b"```\n",
    b"# ",
    b"> ",
    b"![",
    b"](",
    b"http://post.example/2014/03/05/a",
    b"2014-02-30",
    b"0000-00-00",
    b"March 5",
    b"last Monday",
    b"1600",
    b"2262",
    b"the ",
    b" of ",
    b"from ",
    b" to ",
    b"between ",
    b" years ago",
    b"1990s",
    b"AND ",
    b"OR ",
    b"NOT ",
    b"-",
    b"*",
    b"~3",
    b"..",
    b"speaker:",
    b"date:",
    b"conf:>=",
    b"\x1F\x8B\x08",
    b"PK\x03\x04",
    b"\x28\xB5\x2F\xFD",
    b"WARC/1.0\r\n",
    b"[[speaker]]\n",
    b"{\"entry\":",
];

/// One of the seeds, changed in a few places; no longer than `longest`.
pub(crate) fn mutant(lot: &mut Lot, seeds: &[Vec<u8>], longest: usize) -> Vec<u8> {
    let mut bytes = lot.pick(seeds).clone();
    // Mostly small changes, which lead deep; now and then many.
    for _ in 0..1 + lot.small(5) {
        change(lot, &mut bytes, seeds, longest);
    }
    bytes.truncate(longest);
    bytes
}

fn change(lot: &mut Lot, bytes: &mut Vec<u8>, seeds: &[Vec<u8>], longest: usize) {
    let at = lot.below(bytes.len() + 1);
    let to = (at + piece_length(lot)).min(bytes.len());
    match lot.below(12) {
        0 | 1 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << lot.below(8);
            }
        }
        2 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte = lot.next().to_le_bytes()[0];
            }
        }
        3 => drop(bytes.drain(at..to)),
        4 => bytes.truncate(at),
        5 | 6 => insert(bytes, at, lot.pick::<&[u8]>(PIECES)),
        7 => drop(bytes.splice(at..to, lot.pick(PIECES).iter().copied())),
        // One thing over and over: what is looked for from each of many places shows here.
        8 => {
            let room = longest.saturating_sub(bytes.len());
            let piece = if lot.below(2) == 0 { lot.pick(PIECES).to_vec() } else { bytes[at..to].to_vec() };
            let most = (room / piece.len().max(1)).min(lot.small(16));
            insert(bytes, at, &piece.repeat(lot.below(most + 1)));
        }
        // A piece of itself or of another, elsewhere.
        9 => {
            let piece = bytes[at..to].to_vec();
            let place = lot.below(bytes.len() + 1);
            insert(bytes, place, &piece);
        }
        10 => {
            let other = lot.pick(seeds);
            let from = lot.below(other.len() + 1);
            let piece = &other[from..(from + piece_length(lot)).min(other.len())];
            bytes.splice(at..to, piece.iter().copied());
        }
        _ => {
            // A number, to another one.
            if let Some(digit) = (at..bytes.len()).find(|&at| bytes[at].is_ascii_digit()) {
                bytes[digit] = b'0' + lot.next().to_le_bytes()[0] % 10;
            }
        }
    }
}

fn piece_length(lot: &mut Lot) -> usize {
    1 + lot.small(10)
}

fn insert(bytes: &mut Vec<u8>, at: usize, piece: &[u8]) {
    bytes.splice(at..at, piece.iter().copied());
}
