//! Small pieces of work put together, so that handing them over costs little beside doing them.
//!
//! A thread that waits for work has to be woken, which costs much beside reading a short article. So short ones are handed
//! over several at a time, in their order; what is large goes alone, or with the few before it. It does not know what the
//! work is.

use std::ops::ControlFlow;

use super::super::ordered;

/// So many pieces go together at most.
pub(super) const MOST: usize = 16;
/// What weighs so many bytes waits for no more.
pub(super) const FULL: usize = 64 << 10;

/// Gathers pieces, and pushes them together.
pub(super) struct Loader<'a, 'p, T> {
    push: &'a mut ordered::Push<'p, Vec<T>>,
    load: Vec<T>,
    weight: usize,
    most: usize,
}

impl<'a, 'p, T> Loader<'a, 'p, T> {
    /// For so many threads: where one does everything, there is nobody to be handed anything, and pieces go one by one.
    pub(super) fn new(jobs: usize, push: &'a mut ordered::Push<'p, Vec<T>>) -> Self {
        Self { push, load: Vec::new(), weight: 0, most: if jobs > 1 { MOST } else { 1 } }
    }

    /// One more, of this weight.
    pub(super) fn add(&mut self, piece: T, weight: usize) -> ControlFlow<()> {
        self.load.push(piece);
        self.weight = self.weight.saturating_add(weight);
        if self.load.len() >= self.most || self.weight >= FULL { self.send() } else { ControlFlow::Continue(()) }
    }

    /// What has been gathered goes, however little it is.
    pub(super) fn send(&mut self) -> ControlFlow<()> {
        if self.load.is_empty() {
            return ControlFlow::Continue(());
        }
        (self.push)(std::mem::take(&mut self.load), std::mem::take(&mut self.weight))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The loads that pieces of these weights make.
    fn loads(jobs: usize, weights: &[usize]) -> Vec<Vec<usize>> {
        let mut loads = Vec::new();
        let mut push = |load: Vec<usize>, weight: usize| {
            assert_eq!(weight, load.iter().sum::<usize>());
            loads.push(load);
            ControlFlow::Continue(())
        };
        let mut loader = Loader::new(jobs, &mut push);
        for weight in weights {
            assert!(loader.add(*weight, *weight).is_continue());
        }
        assert!(loader.send().is_continue() && loader.send().is_continue());
        loads
    }

    #[test]
    fn small_pieces_go_together_and_nothing_waits_for_ever() {
        assert_eq!(loads(2, &[1; 2 * MOST + 1]), [vec![1; MOST], vec![1; MOST], vec![1]]);
        assert_eq!(loads(2, &[7, FULL, 7, FULL - 7, 0]), [vec![7, FULL], vec![7, FULL - 7], vec![0]]);
        assert_eq!(loads(1, &[1, 2]), [[1], [2]]);
        assert_eq!(loads(2, &[]), Vec::<Vec<usize>>::new());
    }

    #[test]
    fn who_wants_no_more_is_heard() {
        let mut push = |_: Vec<u8>, _: usize| ControlFlow::Break(());
        let mut loader = Loader::new(2, &mut push);
        assert!(loader.add(1, 1).is_continue());
        assert!(loader.send().is_break());
        assert!(loader.add(2, FULL).is_break());
    }
}
