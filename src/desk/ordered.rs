//! Work on many things at the same time, with the results in the order of the things.
//!
//! Memory is bounded by count and by weight: what was taken and is not yet delivered. The results never
//! depend on the timing of the threads. It knows nothing of what the work is.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::unbounded;

/// How much may be under way for each worker.
pub const ITEMS_PER_JOB: usize = 32;
/// How many bytes may be under way altogether; one larger item is let through alone.
const BYTES_UNDER_WAY: usize = 32 << 20;
/// How many bytes of results may wait for their turn; the one whose turn it is never waits.
const BYTES_WAITING: usize = 64 << 20;

/// Takes an item and its weight in bytes; says when there is no use for more.
pub type Push<'a, T> = dyn FnMut(T, usize) -> ControlFlow<()> + 'a;

/// Runs `work` on everything that `source` pushes, on `jobs` threads, and hands the results to `sink` in the order pushed; `weigh`
/// tells how many bytes a result takes, which may be more than what it was made of.
///
/// # Errors
/// The first error of `sink`; after it nothing more is taken from `source`.
pub fn run<T: Send, R: Send, E: Send>(
    jobs: usize,
    source: impl FnOnce(&mut Push<'_, T>) + Send,
    work: impl Fn(T) -> R + Sync,
    weigh: impl Fn(&R) -> usize + Sync,
    sink: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    run_by(jobs, Limits { items_per_job: ITEMS_PER_JOB, patience: None }, source, work, weigh, sink)
}

/// How much may be under way, beside what bytes allow.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// So many items for each worker: fewer, where an item is several things. The fewer there are, the nearer is what was made to who
    /// takes it.
    pub items_per_job: usize,
    /// When the sink has been busy with one result for so long, there may be more items, so that the workers go on meanwhile.
    pub patience: Option<Duration>,
}

/// The same with other limits.
///
/// # Errors
/// As [`run`].
pub fn run_by<T: Send, R: Send, E: Send>(
    jobs: usize,
    limits: Limits,
    source: impl FnOnce(&mut Push<'_, T>) + Send,
    work: impl Fn(T) -> R + Sync,
    weigh: impl Fn(&R) -> usize + Sync,
    mut sink: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    if jobs <= 1 {
        let mut outcome = Ok(());
        source(&mut |item, _| {
            outcome = sink(work(item));
            if outcome.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        return outcome;
    }
    let budget = Budget::new(jobs * limits.items_per_job, limits.patience);
    // The budget bounds what is in them.
    let (to_work, for_work) = unbounded::<(u64, usize, T)>();
    let (to_sink, for_sink) = unbounded::<(u64, usize, usize, R)>();
    thread::scope(|scope| {
        let (budget, work, weigh) = (&budget, &work, &weigh);
        scope.spawn(move || {
            let mut number = 0;
            source(&mut |item, weight| {
                if !budget.take(weight) || to_work.send((number, weight, item)).is_err() {
                    return ControlFlow::Break(());
                }
                number += 1;
                ControlFlow::Continue(())
            });
        });
        for _ in 0..jobs {
            let (for_work, to_sink) = (for_work.clone(), to_sink.clone());
            scope.spawn(move || {
                let _close = CloseOnPanic(budget);
                for (number, weight, item) in for_work {
                    budget.wait_for_results(number);
                    let result = work(item);
                    let waiting = weigh(&result);
                    budget.hold(waiting);
                    if to_sink.send((number, weight, waiting, result)).is_err() {
                        break;
                    }
                }
            });
        }
        drop((for_work, to_sink));
        // Whatever ends this loop, a panic among them, has to let the threads go.
        let _close = CloseOnDrop(budget);
        let mut waiting = BTreeMap::new();
        let mut next = 0;
        for (number, weight, held, result) in for_sink {
            waiting.insert(number, (weight, held, result));
            while let Some((weight, held, result)) = waiting.remove(&next) {
                budget.begin();
                sink(result)?;
                budget.give_back(weight, held);
                next += 1;
            }
        }
        Ok(())
    })
}

/// What may be under way.
struct Budget {
    most_items: usize,
    patience: Option<Duration>,
    used: Mutex<Used>,
    freed: Condvar,
}

#[derive(Default)]
struct Used {
    items: usize,
    bytes: usize,
    /// Results, among the items, and their bytes.
    made: usize,
    waiting: usize,
    /// Whose turn it is.
    next: u64,
    /// Since when the sink has been busy with one result.
    busy: Option<Instant>,
    closed: bool,
}

impl Budget {
    fn new(most_items: usize, patience: Option<Duration>) -> Self {
        Self { most_items, patience, used: Mutex::default(), freed: Condvar::new() }
    }

    /// Waits until there is room; false where there is no use for more.
    fn take(&self, bytes: usize) -> bool {
        let full = |used: &Used| {
            let made = if self.is_held_up(used) { used.made } else { 0 };
            let many = used.items.saturating_sub(made) >= self.most_items;
            !used.closed && used.items > 0 && (many || used.bytes.saturating_add(bytes) > BYTES_UNDER_WAY)
        };
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        while full(&used) {
            used = match self.patience {
                Some(patience) => self.freed.wait_timeout(used, patience).unwrap_or_else(PoisonError::into_inner).0,
                None => self.freed.wait(used).unwrap_or_else(PoisonError::into_inner),
            };
        }
        used.items += 1;
        used.bytes = used.bytes.saturating_add(bytes);
        !used.closed
    }

    /// Whether the sink has been busy for so long that the workers would have nothing to do.
    fn is_held_up(&self, used: &Used) -> bool {
        let long = self.patience.zip(used.busy).is_some_and(|(patience, since)| since.elapsed() >= patience);
        long && used.waiting < BYTES_WAITING
    }

    /// The sink begins with the next result.
    fn begin(&self) {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.busy = Some(Instant::now());
    }

    /// Waits while too much waits for its turn before that of item `number`, which is not the next: the next was taken before it.
    fn wait_for_results(&self, number: u64) {
        let full = |used: &mut Used| !used.closed && used.waiting > BYTES_WAITING && used.next < number;
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.freed.wait_while(used, full).unwrap_or_else(PoisonError::into_inner));
    }

    /// A result waits for its turn.
    fn hold(&self, bytes: usize) {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.made += 1;
        used.waiting = used.waiting.saturating_add(bytes);
        if self.is_held_up(&used) {
            // There may be room for what is still to be worked on.
            self.freed.notify_all();
        }
    }

    /// The next item is done.
    fn give_back(&self, bytes: usize, waiting: usize) {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.items = used.items.saturating_sub(1);
        used.bytes = used.bytes.saturating_sub(bytes);
        used.made = used.made.saturating_sub(1);
        used.waiting = used.waiting.saturating_sub(waiting);
        used.next += 1;
        used.busy = None;
        self.freed.notify_all();
    }
}

struct CloseOnDrop<'a>(&'a Budget);

impl Drop for CloseOnDrop<'_> {
    fn drop(&mut self) {
        self.0.used.lock().unwrap_or_else(PoisonError::into_inner).closed = true;
        self.0.freed.notify_all();
    }
}

/// A worker that dies leaves a gap that nothing fills: the run has to end, and the panic to be seen.
struct CloseOnPanic<'a>(&'a Budget);

impl Drop for CloseOnPanic<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            drop(CloseOnDrop(self.0));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Squares of 0..count, with some items much slower than others.
    fn squares(jobs: usize, count: u64, stop_at: Option<u64>) -> (Vec<u64>, Result<(), u64>) {
        let mut seen = Vec::new();
        let outcome = run(
            jobs,
            |push| {
                for n in 0..count {
                    if push(n, 1 << 20).is_break() {
                        break;
                    }
                }
            },
            |n| (0..(n % 7) * 1000).fold(n * n, |sum, step| std::hint::black_box(sum + step) - step),
            |_| 40 << 20,
            |square| {
                if stop_at == Some(square) {
                    return Err(square);
                }
                seen.push(square);
                Ok(())
            },
        );
        (seen, outcome)
    }

    #[test]
    fn results_come_in_order() {
        let expected: Vec<u64> = (0..500).map(|n| n * n).collect();
        for jobs in [1, 2, 3, 8] {
            assert_eq!(squares(jobs, 500, None), (expected.clone(), Ok(())), "{jobs} jobs");
        }
    }

    #[test]
    fn an_error_ends_the_run() {
        for jobs in [1, 2, 8] {
            let (seen, outcome) = squares(jobs, 10_000, Some(49));
            assert_eq!((seen, outcome), (vec![0, 1, 4, 9, 16, 25, 36], Err(49)), "{jobs} jobs");
        }
    }

    #[test]
    fn an_item_above_the_budget_passes_alone() {
        let mut seen = 0;
        let push_huge = |push: &mut Push<'_, u8>| {
            for n in 0..5 {
                assert!(push(n, usize::MAX).is_continue());
            }
        };
        let outcome: Result<(), ()> = run(
            2,
            push_huge,
            |n| n,
            |_| usize::MAX,
            |_| {
                seen += 1;
                Ok(())
            },
        );
        assert_eq!((outcome, seen), (Ok(()), 5));
    }

    #[test]
    fn work_goes_on_while_one_result_takes_long() {
        const ITEMS: u64 = 50;
        let made = (Mutex::new(0), Condvar::new());
        let work = |n: u64| {
            *made.0.lock().expect("a count") += 1;
            made.1.notify_all();
            n
        };
        let mut seen = Vec::new();
        // The first result is not done with before all others are there.
        let sink = |n: u64| {
            let made_all =
                made.1
                    .wait_timeout_while(made.0.lock().expect("a count"), Duration::from_secs(60), |made| *made < ITEMS);
            seen.push(n);
            if made_all.expect("a count").1.timed_out() { Err("the workers stand still") } else { Ok(()) }
        };
        let source = |push: &mut Push<'_, u64>| {
            let _ = (0..ITEMS).try_for_each(|n| push(n, 1));
        };
        let limits = Limits { items_per_job: 2, patience: Some(Duration::from_millis(1)) };
        assert_eq!(run_by(2, limits, source, work, |_| 1, sink), Ok(()));
        assert_eq!(seen, (0..ITEMS).collect::<Vec<_>>());
    }

    #[test]
    fn what_waits_is_bounded_while_one_result_takes_long() {
        const ITEMS: u64 = 200;
        let made = Mutex::new(0_u64);
        let work = |n: u64| {
            *made.lock().expect("a count") += 1;
            n
        };
        // The first result is held until no more are made.
        let sink = |n: u64| {
            let mut before = u64::MAX;
            while n == 0 && before != *made.lock().expect("a count") {
                before = *made.lock().expect("a count");
                thread::sleep(Duration::from_millis(100));
            }
            if n == 0 && before > 20 { Err(before) } else { Ok(()) }
        };
        let source = |push: &mut Push<'_, u64>| {
            let _ = (0..ITEMS).try_for_each(|n| push(n, 1));
        };
        let limits = Limits { items_per_job: 2, patience: Some(Duration::from_millis(1)) };
        assert_eq!(run_by(2, limits, source, work, |_| BYTES_WAITING / 8, sink), Ok(()), "so many results were made");
        assert_eq!(*made.lock().expect("a count"), ITEMS);
    }

    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn a_panic_ends_the_run_and_is_seen() {
        let source = |push: &mut Push<'_, u64>| {
            for n in 0..10_000 {
                if push(n, 1).is_break() {
                    break;
                }
            }
        };
        let outcome: Result<(), ()> =
            run(2, source, |n| assert!(n != 100, "the hundredth is bad"), |()| 0, |()| Ok(()));
        assert_eq!(outcome, Ok(()));
    }
}
