//! Growing trees: gradient boosting of a yes-or-no question.
//!
//! After Friedman, "Greedy function approximation: a gradient boosting machine" (2001), with second-order answers as in Chen and
//! Guestrin, "XGBoost" (2016), and histograms and leaf-wise growth as in Ke and others, "LightGBM" (2017). Each tree sees a part of the
//! examples and of the features; which, is decided by a counter, so that the same examples give the same trees.

use std::fmt::Write as _;

/// A block of a page.
#[derive(Clone)]
pub(crate) struct Example {
    /// Bytes below [`BINS`].
    pub(crate) features: Vec<u8>,
    /// Whether it is the article's.
    pub(crate) right: bool,
    pub(crate) weight: f64,
}

/// How trees are grown.
pub(crate) struct Settings {
    pub(crate) trees: usize,
    /// Answers of a tree, at most.
    pub(crate) leaves: usize,
    pub(crate) rate: f64,
    /// L2 weight on the answers.
    pub(crate) lambda: f64,
    /// Fewer examples get no answer of their own.
    pub(crate) fewest: u32,
    /// The part of the features that a tree sees.
    pub(crate) columns: f64,
    /// The part of the examples that a tree sees.
    pub(crate) rows: f64,
}

const BINS: usize = 64;

/// Sums over the examples of one bin: gradient, second derivative, number.
type Bin = (f64, f64, u32);

struct Leaf {
    rows: Vec<u32>,
    /// A histogram for each feature seen.
    histograms: Vec<[Bin; BINS]>,
    best: Option<Split>,
    /// Its place among the nodes.
    node: usize,
}

#[derive(Clone, Copy)]
struct Split {
    gain: f64,
    /// Among the features seen.
    column: usize,
    threshold: usize,
}

enum Node {
    Question { feature: usize, threshold: usize, below: usize, above: usize },
    Answer(f64),
}

/// The trees for these examples, as text.
pub(crate) fn grow(examples: Vec<Example>, names: &[&str], settings: &Settings) -> String {
    let columns: Vec<Vec<u8>> = (0..names.len())
        .map(|feature| examples.iter().map(|example| example.features.get(feature).copied().unwrap_or(0)).collect())
        .collect();
    let mut scores = vec![0f64; examples.len()];
    let mut text = String::new();
    for number in 0..settings.trees {
        let derivatives: Vec<(f64, f64)> = examples
            .iter()
            .zip(&scores)
            .map(|(example, score)| {
                let share = 1.0 / (1.0 + (-score).exp());
                let gradient = share - f64::from(u8::from(example.right));
                (gradient * example.weight, (share * (1.0 - share)).max(1e-6) * example.weight)
            })
            .collect();
        let tree = Tree { columns: &columns, derivatives: &derivatives, settings, number }.grow();
        for (row, score) in scores.iter_mut().enumerate() {
            *score += answer(&tree, &columns, row);
        }
        print(&tree, 0, names, &mut text);
        text.push('\n');
    }
    text
}

struct Tree<'a> {
    columns: &'a [Vec<u8>],
    derivatives: &'a [(f64, f64)],
    settings: &'a Settings,
    number: usize,
}

impl Tree<'_> {
    fn grow(&self) -> Vec<Node> {
        let seen = |part: f64, salt: usize, thing: usize| chance(thing + salt, self.number) < part;
        let count = u32::try_from(self.derivatives.len()).unwrap_or(u32::MAX);
        let rows: Vec<u32> = (0..count).filter(|row| seen(self.settings.rows, 1, *row as usize)).collect();
        let features: Vec<usize> =
            (0..self.columns.len()).filter(|feature| seen(self.settings.columns, 77_777, *feature)).collect();
        let mut nodes = vec![Node::Answer(0.0)];
        let histograms = self.histograms(&features, &rows);
        let mut leaves = vec![self.leaf(rows, histograms, 0)];
        while leaves.len() < self.settings.leaves {
            let gain = |leaf: &Leaf| leaf.best.map_or(0.0, |best| best.gain);
            let best = (0..leaves.len()).max_by(|one, other| {
                let of = |place: &usize| leaves.get(*place).map_or(0.0, gain);
                of(one).total_cmp(&of(other))
            });
            let Some(leaf) = best.filter(|place| leaves.get(*place).is_some_and(|leaf| gain(leaf) > 1e-6)) else {
                break;
            };
            let leaf = leaves.swap_remove(leaf);
            let Some(split) = leaf.best else { break };
            let Some(&feature) = features.get(split.column) else { break };
            let is_above = |row: &u32| {
                let column = self.columns.get(feature);
                column
                    .and_then(|column| column.get(*row as usize))
                    .is_some_and(|value| usize::from(*value) > split.threshold)
            };
            let (above, below): (Vec<u32>, Vec<u32>) = leaf.rows.into_iter().partition(is_above);
            // The larger half is what the smaller leaves of the whole.
            let (small, large_is_above) = if above.len() < below.len() { (&above, false) } else { (&below, true) };
            let small = self.histograms(&features, small);
            let mut large = leaf.histograms;
            for (large, small) in large.iter_mut().flatten().zip(small.iter().flatten()) {
                *large = (large.0 - small.0, large.1 - small.1, large.2 - small.2);
            }
            let (of_above, of_below) = if large_is_above { (large, small) } else { (small, large) };
            let (below_node, above_node) = (nodes.len(), nodes.len() + 1);
            nodes.extend([Node::Answer(0.0), Node::Answer(0.0)]);
            if let Some(node) = nodes.get_mut(leaf.node) {
                *node = Node::Question { feature, threshold: split.threshold, below: below_node, above: above_node };
            }
            leaves.push(self.leaf(below, of_below, below_node));
            leaves.push(self.leaf(above, of_above, above_node));
        }
        for leaf in &leaves {
            let (gradient, second) = self.sums(&leaf.rows);
            if let Some(node) = nodes.get_mut(leaf.node) {
                *node = Node::Answer(-gradient / (second + self.settings.lambda) * self.settings.rate);
            }
        }
        nodes
    }

    fn sums(&self, rows: &[u32]) -> (f64, f64) {
        let derivatives = rows.iter().filter_map(|row| self.derivatives.get(*row as usize));
        derivatives.fold((0.0, 0.0), |sum, (gradient, second)| (sum.0 + gradient, sum.1 + second))
    }

    fn histograms(&self, features: &[usize], rows: &[u32]) -> Vec<[Bin; BINS]> {
        let of = |feature: &usize| {
            let mut bins = [(0.0, 0.0, 0); BINS];
            let Some(column) = self.columns.get(*feature) else { return bins };
            for row in rows {
                let row = *row as usize;
                if let (Some(value), Some((gradient, second))) = (column.get(row), self.derivatives.get(row))
                    && let Some(bin) = bins.get_mut(usize::from(*value))
                {
                    *bin = (bin.0 + gradient, bin.1 + second, bin.2 + 1);
                }
            }
            bins
        };
        features.iter().map(of).collect()
    }

    fn leaf(&self, rows: Vec<u32>, histograms: Vec<[Bin; BINS]>, node: usize) -> Leaf {
        let Settings { lambda, fewest, .. } = *self.settings;
        let value = |gradient: f64, second: f64| gradient * gradient / (second + lambda);
        let mut best: Option<Split> = None;
        for (column, bins) in histograms.iter().enumerate() {
            let all = bins.iter().fold((0.0, 0.0, 0), |sum, bin| (sum.0 + bin.0, sum.1 + bin.1, sum.2 + bin.2));
            let whole = value(all.0, all.1);
            let mut below = (0.0, 0.0, 0);
            for (threshold, bin) in bins.iter().enumerate() {
                below = (below.0 + bin.0, below.1 + bin.1, below.2 + bin.2);
                if below.2 < fewest || bin.2 == 0 {
                    continue;
                }
                if all.2 - below.2 < fewest {
                    break;
                }
                let gain = value(below.0, below.1) + value(all.0 - below.0, all.1 - below.1) - whole;
                if best.is_none_or(|best| gain > best.gain) {
                    best = Some(Split { gain, column, threshold });
                }
            }
        }
        Leaf { rows, histograms, best, node }
    }
}

/// A number from 0 to 1 that looks like chance and is always the same.
#[expect(clippy::cast_precision_loss, reason = "chance needs no more than 52 bits")]
fn chance(thing: usize, tree: usize) -> f64 {
    let mut x =
        (thing as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (tree as u64 + 1).wrapping_mul(0xc2b2_ae3d_27d4_eb4f);
    x = (x ^ (x >> 31)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 29)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (x >> 12) as f64 / (1u64 << 52) as f64
}

fn answer(nodes: &[Node], columns: &[Vec<u8>], row: usize) -> f64 {
    let mut place = 0;
    loop {
        match nodes.get(place) {
            Some(Node::Question { feature, threshold, below, above }) => {
                let value = columns.get(*feature).and_then(|column| column.get(row)).copied().unwrap_or(0);
                place = if usize::from(value) > *threshold { *above } else { *below };
            }
            Some(Node::Answer(answer)) => return *answer,
            None => return 0.0,
        }
    }
}

/// Appends a node and what is below it; a tree is not deep.
fn print(nodes: &[Node], place: usize, names: &[&str], out: &mut String) {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push(' ');
    }
    match nodes.get(place) {
        Some(Node::Question { feature, threshold, below, above }) => {
            let _ = write!(out, "{}>{threshold}", names.get(*feature).unwrap_or(&"?"));
            print(nodes, *below, names, out);
            print(nodes, *above, names, out);
        }
        Some(Node::Answer(answer)) => {
            let _ = write!(out, "{:.0}", answer * 1000.0);
        }
        None => {}
    }
}
