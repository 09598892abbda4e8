//! How many bytes a file may still come to when it is unpacked: a small file that would fill a disk is given up.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

/// So much may come out of any file, however small it is: a page of blanks is no attack.
const FREE: u64 = 64 << 20;

/// What is left, for all that is unpacked of one file.
#[derive(Clone, Debug)]
pub(super) struct Budget {
    left: Rc<Cell<u64>>,
    ratio: u64,
}

impl Budget {
    /// For a file of `size` bytes, which may come to `ratio` times that.
    pub(super) fn new(size: u64, ratio: u64) -> Self {
        Self { left: Rc::new(Cell::new(size.saturating_mul(ratio).saturating_add(FREE))), ratio }
    }

    /// Takes so many bytes.
    ///
    /// # Errors
    /// There are not so many left.
    pub(super) fn take(&self, bytes: u64) -> io::Result<()> {
        match self.left.get().checked_sub(bytes) {
            Some(left) => {
                self.left.set(left);
                Ok(())
            }
            None => {
                self.left.set(0);
                Err(io::Error::other(format!(
                    "unpacked it is more than {} times as large as the file, as made to do harm (`--max-entry-ratio` allows more)",
                    self.ratio
                )))
            }
        }
    }

    /// Whether nothing is left, so that nothing more can be read.
    pub(super) fn is_spent(&self) -> bool {
        self.left.get() == 0
    }
}

/// Takes what passes through it off a budget.
pub(super) struct Metered<R> {
    inner: R,
    budget: Budget,
}

impl<R> Metered<R> {
    pub(super) fn new(inner: R, budget: Budget) -> Self {
        Self { inner, budget }
    }
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(out)?;
        self.budget.take(count as u64)?;
        Ok(count)
    }
}
