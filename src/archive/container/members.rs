//! The members of a gzip file, each of which can be read without the others: behind a damaged one, the next is looked for.
//!
//! Crawlers write one member a record for just this.

use std::io::{self, BufRead, Cursor, Read};

use flate2::bufread::GzDecoder;

/// What a member begins with.
const MAGIC: [u8; 3] = [0x1F, 0x8B, 0x08];

/// All members as one stream. A damaged one is one error; whoever reads on gets what the next holds.
pub(super) struct Members<R> {
    state: Option<State<R>>,
}

enum State<R> {
    Between(Retained<R>),
    Inside(GzDecoder<Retained<R>>),
}

impl<R: BufRead> Members<R> {
    pub(super) fn new(inner: R) -> Self {
        Self {
            state: Some(State::Between(Retained {
                inner,
                again: Cursor::default(),
                seen: Some(Vec::new()),
                begun: false,
            })),
        }
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.state.take() {
                None => return Ok(0),
                Some(State::Between(mut inner)) => {
                    if !find(&mut inner)? {
                        return Ok(0);
                    }
                    inner.begin();
                    self.state = Some(State::Inside(GzDecoder::new(inner)));
                }
                Some(State::Inside(mut decoder)) => match decoder.read(out) {
                    Ok(0) if !out.is_empty() => self.state = Some(State::Between(decoder.into_inner())),
                    Ok(count) => {
                        self.state = Some(State::Inside(decoder));
                        return Ok(count);
                    }
                    Err(error) => {
                        use io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
                        // What the disk fails to give is not looked for behind it.
                        if matches!(error.kind(), InvalidData | InvalidInput | UnexpectedEof) {
                            let mut inner = decoder.into_inner();
                            inner.step_back();
                            self.state = Some(State::Between(inner));
                        }
                        return Err(error);
                    }
                },
            }
        }
    }
}

/// Goes to the beginning of the next member; false where there is none.
fn find(input: &mut impl BufRead) -> io::Result<bool> {
    loop {
        let block = input.fill_buf()?;
        if block.is_empty() {
            return Ok(false);
        }
        match memchr::memmem::find(block, &MAGIC) {
            Some(0) => return Ok(true),
            Some(at) => input.consume(at),
            None => {
                // What may be a beginning that the buffer cuts in two is taken for one: it shows when it is read.
                let begun = (1..MAGIC.len()).rev().find(|length| {
                    let end = block.len().checked_sub(*length).and_then(|from| block.get(from..));
                    end.is_some_and(|end| MAGIC.starts_with(end))
                });
                let passed = block.len() - begun.unwrap_or(0);
                input.consume(passed);
                if begun.is_some() {
                    return Ok(true);
                }
            }
        }
    }
}

/// A member that breaks off is noticed only somewhere in those behind it: so much is kept to look for them again.
const KEPT: usize = 4 << 20;

/// Keeps what is consumed of a member.
struct Retained<R> {
    inner: R,
    /// What is to be read a second time. It is not kept again, so that nothing is read a third time.
    again: Cursor<Vec<u8>>,
    /// What was read of this member; nothing where it is larger than what is kept.
    seen: Option<Vec<u8>>,
    /// Whether anything of the member has been consumed.
    begun: bool,
}

impl<R: BufRead> Retained<R> {
    /// A member begins here.
    fn begin(&mut self) {
        self.seen.get_or_insert_default().clear();
        self.begun = false;
    }

    /// Goes back to the first place behind the beginning of the member where another may begin.
    fn step_back(&mut self) {
        let seen = self.seen.take().unwrap_or_default();
        let next = seen.get(1..).and_then(|behind| memchr::memmem::find(behind, &MAGIC));
        if let Some(rest) = next.and_then(|at| seen.get(at + 1..)) {
            // Nothing of `again` is left: while there is, nothing is seen.
            self.again = Cursor::new(rest.to_vec());
        } else if !self.begun {
            self.consume(1);
        }
    }
}

impl<R: BufRead> Read for Retained<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(out)?;
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Retained<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let left = self.again.get_ref().len() as u64 - self.again.position();
        if left > 0 { self.again.fill_buf() } else { self.inner.fill_buf() }
    }

    fn consume(&mut self, amount: usize) {
        self.begun |= amount > 0;
        let left = usize::try_from(self.again.get_ref().len() as u64 - self.again.position()).unwrap_or(usize::MAX);
        if left > 0 {
            return self.again.consume(amount.min(left));
        }
        let large = self.seen.as_ref().is_some_and(|seen| seen.len() + amount > KEPT);
        if large {
            self.seen = None;
        }
        if let Some(seen) = &mut self.seen
            && let Ok(block) = self.inner.fill_buf()
        {
            seen.extend_from_slice(block.get(..amount).unwrap_or(block));
        }
        self.inner.consume(amount);
    }
}
