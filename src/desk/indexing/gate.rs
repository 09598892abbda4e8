//! Large things one at a time, so that a run takes as much memory as one of them does, on however many threads.
//!
//! A page takes a hundred times its size while it is read, an article forty times its own while it is extracted. Most are small, and
//! nobody waits; what is large waits until the one before it is done. It does not know what is done with what it lets through.

use std::cell::RefCell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What all threads may work on at the same time without waiting, in bytes.
const FREE: usize = 8 << 20;

/// The gate that large things pass.
pub(super) struct Gate {
    lock: Mutex<()>,
    /// What is larger than this is large.
    large: usize,
}

impl Gate {
    /// That of so many threads.
    pub(super) fn new(jobs: usize) -> Self {
        Self { lock: Mutex::new(()), large: (FREE / jobs.max(1)).clamp(128 << 10, 1 << 20) }
    }

    /// Waits for whatever is large and on its way, where so many bytes are large too.
    pub(super) fn enter(&self, bytes: usize) -> Option<MutexGuard<'_, ()>> {
        (bytes > self.large).then(|| self.lock.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// A pass for a thing whose size shows as it is read, and the stream that it is read from.
    pub(super) fn watch<R>(&self, inner: R) -> (Pass<'_>, Watched<'_, R>) {
        let pass = Pass { gate: self, way: Rc::default() };
        (pass.clone(), Watched { inner, pass })
    }
}

/// What has been read of a thing, and its way through the gate.
#[derive(Clone)]
pub(super) struct Pass<'g> {
    gate: &'g Gate,
    way: Rc<RefCell<Way<'g>>>,
}

#[derive(Default)]
struct Way<'g> {
    read: usize,
    through: Option<MutexGuard<'g, ()>>,
}

impl Pass<'_> {
    /// It is done; what is read from now on is another thing.
    pub(super) fn leave(&self) {
        *self.way.borrow_mut() = Way::default();
    }

    fn took(&self, bytes: usize) {
        let mut way = self.way.borrow_mut();
        way.read += bytes;
        if way.through.is_none() {
            way.through = self.gate.enter(way.read);
        }
    }
}

/// A stream that enters the gate when much has been read.
pub(super) struct Watched<'g, R> {
    inner: R,
    pass: Pass<'g>,
}

impl<R: Read> Read for Watched<'_, R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(out)?;
        self.pass.took(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Watched<'_, R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.inner.consume(count);
        self.pass.took(count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_large_is_alone() {
        let gate = Gate::new(64);
        let small = gate.enter(gate.large);
        assert!(small.is_none(), "what is small does not wait");
        let (pass, mut stream) = gate.watch(io::Cursor::new(vec![0; 1 << 20]));
        let mut some = vec![0; gate.large];
        stream.read_exact(&mut some).expect("memory");
        assert!(gate.lock.try_lock().is_ok(), "not yet large");
        stream.read_exact(&mut [0]).expect("memory");
        assert!(gate.lock.try_lock().is_err(), "large");
        pass.leave();
        assert!(gate.lock.try_lock().is_ok(), "the next may come");
        stream.consume(1);
        assert!(gate.lock.try_lock().is_ok(), "and what is read then is another thing");
    }
}
