//! Growing a forest: gradient boosting over groups of rival candidates.
//!
//! Each group is one question with several candidates, of which some are right; "none of them" always stands
//! beside them with score 0, so that a group of one candidate is a plain yes-or-no question. The loss is
//! the negative log of the probability (softmax over the group) that falls on right ones, after Friedman, "Greedy function
//! approximation: a gradient boosting machine" (2001), with second-order leaf weights and histogram splits as in
//! Chen and Guestrin, "XGBoost" (2016), and candidates that teach little taken by a sample as in Ke and others,
//! "LightGBM" (2017). Each tree sees a part of the features. Deterministic: what is sampled is decided by a counter,
//! on one thread and in one order.

use super::forest::{Forest, Question};

/// Candidates of all questions, and where each question begins.
#[derive(Clone, Debug, Default)]
pub(super) struct Questions {
    /// How many features a candidate has.
    pub(super) width: usize,
    /// The features of all candidates, one after the other.
    pub(super) rows: Vec<u8>,
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
    /// How many of eight features a tree sees.
    pub(super) eighths: u64,
}

/// Features are below this.
const BINS: usize = 64;

impl Questions {
    pub(super) fn new(width: usize) -> Self {
        Self { width, starts: vec![0], ..Self::default() }
    }

    pub(super) fn candidate(&mut self, features: &[u8], right: bool) {
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
    let n = questions.right.len();
    let columns: Vec<Vec<u8>> = (0..questions.width)
        .map(|feature| questions.rows.iter().skip(feature).step_by(questions.width).copied().collect())
        .collect();
    let mut scores = vec![0f64; n];
    let (mut gradient, mut second) = (vec![0f64; n], vec![0f64; n]);
    let mut forest = Forest::default();
    for number in 0..settings.trees {
        derivatives(questions, &scores, &mut gradient, &mut second);
        let tree = grow_tree(&columns, &sample(&gradient, &second, number), settings, number);
        if tree.questions.is_empty() {
            break;
        }
        for (row, score) in scores.iter_mut().enumerate() {
            *score += tree.answers.get(tree.place(&columns, row)).copied().unwrap_or(0.0);
        }
        forest.push(&tree.questions, &tree.answers);
    }
    forest
}

/// A candidate as a tree sees it: which one, and its derivatives, weighted.
struct Seen {
    row: usize,
    gradient: f64,
    second: f64,
}

/// All candidates that still teach something, and one in eight of the others with eight times the weight.
fn sample(gradient: &[f64], second: &[f64], tree: usize) -> Vec<Seen> {
    const LITTLE: f64 = 0.02;
    const ONE_IN: u64 = 8;
    let mut seen = Vec::new();
    for (row, (&gradient, &second)) in gradient.iter().zip(second).enumerate() {
        if gradient.abs() > LITTLE {
            seen.push(Seen { row, gradient, second });
        } else if scattered(row, tree).is_multiple_of(ONE_IN) {
            let weight = 8.0;
            seen.push(Seen { row, gradient: gradient * weight, second: second * weight });
        }
    }
    seen
}

/// A number that looks like chance and is always the same.
fn scattered(a: usize, b: usize) -> u64 {
    let mut x = (a as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (b as u64).wrapping_mul(0xc2b2_ae3d_27d4_eb4f);
    x = (x ^ (x >> 31)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x ^ (x >> 29)
}

fn derivatives(questions: &Questions, scores: &[f64], gradient: &mut [f64], second: &mut [f64]) {
    for pair in questions.starts.windows(2) {
        let &[first, last] = pair else { continue };
        let group = scores.get(first..last).unwrap_or_default();
        let right = questions.right.get(first..last).unwrap_or_default();
        let top = group.iter().copied().fold(0.0, f64::max);
        let none = (-top).exp();
        let all = none + group.iter().map(|s| (s - top).exp()).sum::<f64>();
        let good: f64 = group.iter().zip(right).filter(|(_, right)| **right).map(|(s, _)| (s - top).exp()).sum::<f64>();
        // Where no candidate is right, "none of them" is.
        let good = if good > 0.0 { good } else { 0.0 };
        for (offset, (score, right)) in group.iter().zip(right).enumerate() {
            let share = (score - top).exp() / all;
            let wanted = if *right && good > 0.0 { (score - top).exp() / good } else { 0.0 };
            if let (Some(g), Some(h)) = (gradient.get_mut(first + offset), second.get_mut(first + offset)) {
                *g = share - wanted;
                *h = (share * (1.0 - share)).max(1e-6);
            }
        }
    }
}

struct Grown {
    questions: Vec<Question>,
    answers: Vec<f64>,
}

impl Grown {
    /// Where the answer for this candidate stands.
    fn place(&self, columns: &[Vec<u8>], row: usize) -> usize {
        self.questions
            .iter()
            .enumerate()
            .fold(0, |place, (bit, question)| place | usize::from(above(columns, question, row)) << bit)
    }
}

fn above(columns: &[Vec<u8>], question: &Question, row: usize) -> bool {
    let value = columns.get(question.feature as usize).and_then(|column| column.get(row));
    value.is_some_and(|&value| value > question.threshold)
}

fn grow_tree(columns: &[Vec<u8>], seen: &[Seen], settings: Settings, number: usize) -> Grown {
    let mut tree = Grown { questions: Vec::new(), answers: Vec::new() };
    let mut places = vec![0usize; seen.len()];
    for depth in 0..settings.depth {
        let Some(question) = best(columns, seen, &places, 1 << depth, settings, number) else { break };
        for (place, one) in places.iter_mut().zip(seen) {
            *place |= usize::from(above(columns, &question, one.row)) << depth;
        }
        tree.questions.push(question);
    }
    let mut sums = vec![(0f64, 0f64); 1 << tree.questions.len()];
    for (place, one) in places.iter().zip(seen) {
        if let Some(sum) = sums.get_mut(*place) {
            *sum = (sum.0 + one.gradient, sum.1 + one.second);
        }
    }
    tree.answers = sums.iter().map(|(g, h)| -g / (h + settings.lambda) * settings.rate).collect();
    tree
}

/// The question that gains most over all nodes of a level.
fn best(
    columns: &[Vec<u8>],
    seen: &[Seen],
    places: &[usize],
    nodes: usize,
    settings: Settings,
    number: usize,
) -> Option<Question> {
    let gain = |g: f64, h: f64| g * g / (h + settings.lambda);
    let mut best = (1e-6, None);
    let mut sums = vec![[(0f64, 0f64); BINS]; nodes];
    let mut chosen: Vec<(usize, &Vec<u8>)> = columns
        .iter()
        .enumerate()
        .filter(|(feature, _)| scattered(feature + 7, number) % 8 < settings.eighths)
        .collect();
    if chosen.is_empty() {
        chosen = columns.iter().enumerate().collect();
    }
    for (feature, column) in chosen {
        sums.iter_mut().for_each(|node| *node = [(0.0, 0.0); BINS]);
        let mut highest = 0;
        for (one, place) in seen.iter().zip(places) {
            let bin = usize::from(column.get(one.row).copied().unwrap_or(0)).min(BINS - 1);
            highest = highest.max(bin);
            if let Some(sum) = sums.get_mut(*place).and_then(|node| node.get_mut(bin)) {
                *sum = (sum.0 + one.gradient, sum.1 + one.second);
            }
        }
        let mut gained = [0f64; BINS];
        for node in &sums {
            let (all_g, all_h) = node.iter().fold((0.0, 0.0), |sum, bin| (sum.0 + bin.0, sum.1 + bin.1));
            if all_h <= 0.0 {
                continue;
            }
            let whole = gain(all_g, all_h);
            let (mut g, mut h) = (0.0, 0.0);
            for (bin, slot) in node.iter().zip(&mut gained).take(highest) {
                g += bin.0;
                h += bin.1;
                *slot += gain(g, h) + gain(all_g - g, all_h - h) - whole;
            }
        }
        for (threshold, &gained) in gained.iter().enumerate().take(highest) {
            if gained > best.0 {
                let threshold = u8::try_from(threshold).unwrap_or(u8::MAX);
                best = (gained, Some(Question { feature: u16::try_from(feature).unwrap_or(u16::MAX), threshold }));
            }
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::{Questions, Settings, grow};

    #[test]
    fn it_learns_which_of_two_features_matters() {
        let mut questions = Questions::new(2);
        for i in 0..200u16 {
            let noise = u8::try_from(i * 37 % 11).expect("small");
            questions.candidate(&[1, noise], true);
            questions.candidate(&[0, noise + 1], false);
            questions.end();
        }
        let forest = grow(&questions, Settings { trees: 20, depth: 2, rate: 0.3, lambda: 1.0, eighths: 8 });
        assert!(forest.score(&[1, 3]) > 1.0);
        assert!(forest.score(&[0, 3]) < 0.0);
    }
}
