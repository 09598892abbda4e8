//! Records on their way to the thread that writes them: so many that it always has some, and no more.
//!
//! The engine's own queue takes ten thousand, whatever their size. Who extracts would run ahead of who writes for as long as that, and on
//! a machine of few cores take from it the core that it needs, until at the end it works alone; and all that is under way is held in
//! memory. So whoever puts a record waits here while there is enough. In which order records are written, and what becomes
//! of them, does not depend on it.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tantivy::TantivyDocument;
use tantivy::schema::Document;

/// Bytes of records that may wait: extraction goes on for a while when a segment is written. More makes a run no faster.
const ENOUGH: usize = 12 << 20;

/// Nobody waits longer for room: a writer that has died makes none, and says so when it is given the next record.
const PATIENCE: Duration = Duration::from_secs(1);

/// What waits for one writer.
pub(super) struct Queue {
    line: Arc<Line>,
    patience: Duration,
}

#[derive(Default)]
struct Line {
    bytes: Mutex<usize>,
    room: Condvar,
}

impl Line {
    fn bytes(&self) -> MutexGuard<'_, usize> {
        self.bytes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Queue {
    /// With nothing in it.
    pub(super) fn new() -> Self {
        Self { line: Arc::default(), patience: PATIENCE }
    }

    /// The record at the end of the queue, when there is room for it; it takes about so many bytes.
    pub(super) fn join(&self, document: TantivyDocument, bytes: usize) -> Waiting {
        self.wait_for(bytes);
        self.place(document, bytes)
    }

    /// The same for several records, which are put together.
    pub(super) fn join_all(&self, documents: Vec<(TantivyDocument, usize)>) -> Vec<Waiting> {
        self.wait_for(documents.iter().map(|(_, bytes)| bytes).sum());
        documents.into_iter().map(|(document, bytes)| self.place(document, bytes)).collect()
    }

    fn wait_for(&self, bytes: usize) {
        let waiting = self.line.bytes();
        if waiting.saturating_add(bytes) > ENOUGH {
            // Until half is gone, so that nobody is woken for every single one.
            let still = |waiting: &mut usize| *waiting > ENOUGH / 2;
            drop(self.line.room.wait_timeout_while(waiting, self.patience, still));
        }
    }

    fn place(&self, document: TantivyDocument, bytes: usize) -> Waiting {
        let mut waiting = self.line.bytes();
        *waiting = waiting.saturating_add(bytes);
        Waiting { document, place: Place { line: Arc::clone(&self.line), bytes } }
    }
}

/// A record in the queue; it leaves when it has been written, or is given up.
pub(super) struct Waiting {
    document: TantivyDocument,
    #[expect(dead_code, reason = "it makes room when it is dropped")]
    place: Place,
}

struct Place {
    line: Arc<Line>,
    bytes: usize,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut waiting = self.line.bytes();
        let before = *waiting;
        *waiting = before.saturating_sub(self.bytes);
        if before > ENOUGH / 2 && *waiting <= ENOUGH / 2 {
            self.line.room.notify_all();
        }
    }
}

impl Document for Waiting {
    type Value<'a> = <TantivyDocument as Document>::Value<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.document.iter_fields_and_values()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::thread;

    use super::*;

    fn queue(patience: Duration) -> Queue {
        Queue { patience, ..Queue::new() }
    }

    #[test]
    fn nobody_runs_far_ahead_of_the_writer() {
        let queue = queue(Duration::MAX);
        let line = Arc::clone(&queue.line);
        let (put, take) = mpsc::channel();
        thread::scope(|scope| {
            scope.spawn(move || {
                for _ in 0..100 {
                    put.send(queue.join(TantivyDocument::default(), ENOUGH / 8)).expect("somebody writes");
                }
            });
            for waiting in take {
                assert!(*line.bytes() <= ENOUGH);
                drop(waiting);
            }
        });
        assert_eq!(*line.bytes(), 0);
    }

    #[test]
    fn a_record_of_any_size_passes_an_empty_queue() {
        let queue = queue(Duration::MAX);
        for _ in 0..3 {
            drop(queue.join(TantivyDocument::default(), usize::MAX));
        }
        assert_eq!(*queue.line.bytes(), 0);
    }

    #[test]
    fn records_that_are_put_together_wait_once() {
        let queue = queue(Duration::MAX);
        let many = |count: usize| (0..count).map(|_| (TantivyDocument::default(), ENOUGH / 4)).collect();
        let waiting = queue.join_all(many(9));
        assert_eq!((waiting.len(), *queue.line.bytes()), (9, 9 * (ENOUGH / 4)));
        drop(waiting);
        assert_eq!(*queue.line.bytes(), 0);
    }

    #[test]
    fn a_writer_that_has_died_is_not_waited_for() {
        let queue = queue(Duration::ZERO);
        let waiting: Vec<_> = (0..20).map(|_| queue.join(TantivyDocument::default(), ENOUGH)).collect();
        assert_eq!(*queue.line.bytes(), 20 * ENOUGH);
        drop(waiting);
        assert_eq!(*queue.line.bytes(), 0);
    }
}
