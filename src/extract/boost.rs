//! Growing a forest: gradient boosting over groups of rival candidates.
//!
//! Each group is one question with several candidates, of which some are right; "none of them" always stands
//! beside them with score 0, so that a group of one candidate is a plain yes-or-no question. The loss is
//! the negative log of the probability (softmax over the group) that falls on right ones, after Friedman, "Greedy function
//! approximation: a gradient boosting machine" (2001), with second-order leaf weights and histogram splits as in
//! Chen and Guestrin, "XGBoost" (2016). Deterministic: no sampling, one thread, one order.

use super::forest::{Forest, Node};

/// Candidates of all questions, and where each question begins.
#[derive(Clone, Debug, Default)]
pub(super) struct Questions {
    /// How many features a candidate has.
    pub(super) width: usize,
    /// The features of all candidates, one after the other.
    pub(super) rows: Vec<f32>,
    /// Whether each candidate is right.
    pub(super) right: Vec<bool>,
    /// The first candidate of each question, and at the end the number of candidates.
    pub(super) starts: Vec<usize>,
}

/// How a forest is grown.
#[derive(Clone, Copy, Debug)]
pub(super) struct Settings {
    pub(super) trees: usize,
    pub(super) depth: usize,
    pub(super) rate: f64,
    /// L2 weight on the leaves.
    pub(super) lambda: f64,
    /// Least sum of second derivatives in a leaf.
    pub(super) least: f64,
}

const BINS: usize = 64;

impl Questions {
    pub(super) fn new(width: usize) -> Self {
        Self { width, starts: vec![0], ..Self::default() }
    }

    pub(super) fn candidate(&mut self, features: &[f32], right: bool) {
        self.rows.extend_from_slice(features);
        self.right.push(right);
    }

    /// Ends the question; one without candidates is left out.
    pub(super) fn end(&mut self) {
        if self.starts.last() != Some(&self.right.len()) {
            self.starts.push(self.right.len());
        }
    }
}

/// A forest for these questions.
pub(super) fn grow(questions: &Questions, settings: Settings) -> Forest {
    let (cuts, bins) = binned(questions);
    let n = questions.right.len();
    let mut scores = vec![0f64; n];
    let mut forest = Forest::default();
    let (mut gradient, mut second) = (vec![0f64; n], vec![0f64; n]);
    for _ in 0..settings.trees {
        derivatives(questions, &scores, &mut gradient, &mut second);
        let mut grower = Grower {
            width: questions.width,
            cuts: &cuts,
            bins: &bins,
            gradient: &gradient,
            second: &second,
            settings,
            tree: vec![Node { feature: 0, low: 0, value: 0.0 }],
            scores: &mut scores,
        };
        grower.split(0, (0..n).collect(), 0);
        let tree = grower.tree;
        forest.push(&tree);
    }
    forest
}

/// For each feature its cuts, and for each candidate and feature the number of cuts below it.
fn binned(questions: &Questions) -> (Vec<Vec<f32>>, Vec<u8>) {
    let width = questions.width;
    let mut cuts = Vec::with_capacity(width);
    for feature in 0..width {
        let mut values: Vec<f32> = questions.rows.iter().skip(feature).step_by(width).copied().collect();
        values.sort_by(f32::total_cmp);
        let mut distinct = values.clone();
        distinct.dedup();
        let chosen: Vec<f32> = if distinct.len() <= BINS {
            distinct.windows(2).filter_map(|pair| Some((pair.first()? + pair.last()?) / 2.0)).collect()
        } else {
            let mut picked: Vec<f32> = (1..BINS).filter_map(|i| values.get(i * values.len() / BINS).copied()).collect();
            picked.dedup();
            picked
        };
        cuts.push(chosen);
    }
    let mut bins = Vec::with_capacity(questions.rows.len());
    for row in questions.rows.chunks(width.max(1)) {
        for (value, cuts) in row.iter().zip(&cuts) {
            bins.push(u8::try_from(cuts.partition_point(|cut| cut < value)).unwrap_or(u8::MAX));
        }
    }
    (cuts, bins)
}

fn derivatives(questions: &Questions, scores: &[f64], gradient: &mut [f64], second: &mut [f64]) {
    for pair in questions.starts.windows(2) {
        let &[first, last] = pair else { continue };
        let group = scores.get(first..last).unwrap_or_default();
        let right = questions.right.get(first..last).unwrap_or_default();
        let top = group.iter().copied().fold(0.0, f64::max);
        let none = (-top).exp();
        let all = none + group.iter().map(|s| (s - top).exp()).sum::<f64>();
        let hits = group.iter().zip(right).filter(|(_, right)| **right).map(|(s, _)| (s - top).exp()).sum::<f64>();
        for (offset, (score, &right)) in group.iter().zip(right).enumerate() {
            let weight = (score - top).exp();
            let share = weight / all;
            let target = if right { weight / hits } else { 0.0 };
            if let (Some(g), Some(h)) = (gradient.get_mut(first + offset), second.get_mut(first + offset)) {
                *g = share - target;
                *h = (share * (1.0 - share)).max(1e-6);
            }
        }
    }
}

struct Grower<'a> {
    width: usize,
    cuts: &'a [Vec<f32>],
    bins: &'a [u8],
    gradient: &'a [f64],
    second: &'a [f64],
    settings: Settings,
    tree: Vec<Node>,
    scores: &'a mut [f64],
}

impl Grower<'_> {
    /// Turns node `at` into a split of `rows`, or into a leaf.
    fn split(&mut self, at: usize, rows: Vec<usize>, depth: usize) {
        let sum = |values: &[f64]| rows.iter().filter_map(|&row| values.get(row)).sum::<f64>();
        let (g, h) = (sum(self.gradient), sum(self.second));
        let best = (depth < self.settings.depth).then(|| self.best(&rows, g, h)).flatten();
        let Some((feature, bin)) = best else {
            let value = -g / (h + self.settings.lambda) * self.settings.rate;
            for &row in &rows {
                if let Some(score) = self.scores.get_mut(row) {
                    *score += value;
                }
            }
            self.put(at, Node { feature: 0, low: 0, value: narrow(value) });
            return;
        };
        let below = |row: &usize| self.bins.get(row * self.width + feature).is_some_and(|&b| usize::from(b) <= bin);
        let (low, high): (Vec<usize>, Vec<usize>) = rows.into_iter().partition(below);
        let child = self.tree.len();
        let cut = self.cuts.get(feature).and_then(|cuts| cuts.get(bin)).copied().unwrap_or(0.0);
        let split = Node {
            feature: u16::try_from(feature).unwrap_or(u16::MAX),
            low: u32::try_from(child).unwrap_or(u32::MAX),
            value: cut,
        };
        self.put(at, split);
        let empty = Node { feature: 0, low: 0, value: 0.0 };
        self.tree.extend([empty, empty]);
        self.split(child, low, depth + 1);
        self.split(child + 1, high, depth + 1);
    }

    fn put(&mut self, at: usize, node: Node) {
        if let Some(slot) = self.tree.get_mut(at) {
            *slot = node;
        }
    }

    /// The feature and bin whose split gains most.
    fn best(&self, rows: &[usize], g: f64, h: f64) -> Option<(usize, usize)> {
        let mut sums = vec![(0f64, 0f64); self.width * BINS];
        for &row in rows {
            let (Some(&g), Some(&h)) = (self.gradient.get(row), self.second.get(row)) else { continue };
            let bins = self.bins.get(row * self.width..(row + 1) * self.width).unwrap_or_default();
            for (place, &bin) in (0..).step_by(BINS).zip(bins) {
                if let Some(sum) = sums.get_mut(place + usize::from(bin)) {
                    sum.0 += g;
                    sum.1 += h;
                }
            }
        }
        let gain = |g: f64, h: f64| g * g / (h + self.settings.lambda);
        let whole = gain(g, h);
        let mut best = (1e-6, None);
        for feature in 0..self.width {
            let (mut left_g, mut left_h) = (0.0, 0.0);
            let cuts = self.cuts.get(feature).map_or(0, Vec::len);
            for bin in 0..cuts {
                let Some(&(bin_g, bin_h)) = sums.get(feature * BINS + bin) else { break };
                left_g += bin_g;
                left_h += bin_h;
                if left_h < self.settings.least || h - left_h < self.settings.least {
                    continue;
                }
                let gained = gain(left_g, left_h) + gain(g - left_g, h - left_h) - whole;
                if gained > best.0 {
                    best = (gained, Some((feature, bin)));
                }
            }
        }
        best.1
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a score needs no more than seven digits")]
fn narrow(value: f64) -> f32 {
    (value * 1e5).round() as f32 / 1e5
}

#[cfg(test)]
mod tests {
    use super::{Questions, Settings, grow};

    #[test]
    fn it_learns_which_of_two_features_matters() {
        let mut questions = Questions::new(2);
        for i in 0..200u16 {
            let noise = f32::from(i * 37 % 11);
            questions.candidate(&[1.0, noise], true);
            questions.candidate(&[0.0, noise + 1.0], false);
            questions.end();
        }
        let forest = grow(&questions, Settings { trees: 20, depth: 2, rate: 0.3, lambda: 1.0, least: 1.0 });
        assert!(forest.score(&[1.0, 3.0]) > 1.0);
        assert!(forest.score(&[0.0, 3.0]) < 0.0);
    }
}
