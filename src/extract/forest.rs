//! Boosted decision trees: scoring with a trained forest, and its form as text.
//!
//! Plain arithmetic in one fixed order, so that the same numbers give the same score on every machine.
//! How a forest is grown is in `train`; what its features mean is known to whoever made them.

use std::fmt::Write as _;

/// A sum of decision trees.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Forest {
    nodes: Vec<Node>,
    /// The first node of each tree.
    roots: Vec<u32>,
}

/// A split (`value <= threshold` goes to `low`, else to `low + 1`) or, where `low` is 0, a leaf with its score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Node {
    pub(super) feature: u16,
    pub(super) low: u32,
    /// The threshold of a split, the score of a leaf.
    pub(super) value: f32,
}

impl Forest {
    /// The score of these features: the sum over all trees.
    pub(super) fn score(&self, features: &[f32]) -> f32 {
        self.part(features, 0, self.roots.len())
    }

    /// The scores of rival candidates. After the first trees only those go on that can still win: a candidate that lies far behind
    /// keeps the score that it has, which its rivals' share of the whole hides.
    pub(super) fn scores<'a>(&self, rivals: impl Iterator<Item = &'a [f32]> + Clone) -> Vec<f32> {
        const FIRST: usize = 24;
        const BEHIND: f32 = 2.5;
        let first = FIRST.min(self.roots.len());
        let mut scores: Vec<f32> = rivals.clone().map(|features| self.part(features, 0, first)).collect();
        let best = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        for (score, features) in scores.iter_mut().zip(rivals).filter(|(score, _)| **score > best - BEHIND) {
            *score += self.part(features, first, self.roots.len());
        }
        scores
    }

    /// The sum over the trees `from..to`.
    fn part(&self, features: &[f32], from: usize, to: usize) -> f32 {
        let mut sum = 0.0;
        for &root in self.roots.get(from..to).unwrap_or_default() {
            let mut at = root as usize;
            while let Some(node) = self.nodes.get(at) {
                if node.low == 0 {
                    sum += node.value;
                    break;
                }
                let above = features.get(node.feature as usize).is_some_and(|&value| value > node.value);
                at = node.low as usize + usize::from(above);
            }
        }
        sum
    }

    /// Adds a tree; `low` of its nodes counts from its own root.
    pub(super) fn push(&mut self, tree: &[Node]) {
        let root = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        self.roots.push(root);
        self.nodes
            .extend(tree.iter().map(|node| Node { low: if node.low == 0 { 0 } else { node.low + root }, ..*node }));
    }

    /// The forest as text: a line a tree, `feature<threshold@low` for a split, `=score` for a leaf.
    pub(super) fn print(&self) -> String {
        let mut text = String::new();
        for (number, &root) in self.roots.iter().enumerate() {
            let end = self.roots.get(number + 1).map_or(self.nodes.len(), |&next| next as usize);
            for (at, node) in self.nodes.get(root as usize..end).unwrap_or_default().iter().enumerate() {
                let gap = if at == 0 { "" } else { " " };
                let written = match node.low {
                    0 => write!(text, "{gap}={}", node.value),
                    low => write!(text, "{gap}{}<{}@{}", node.feature, node.value, low - root),
                };
                debug_assert!(written.is_ok(), "a String takes all that is written");
            }
            text.push('\n');
        }
        text
    }

    /// Reads what [`Forest::print`] wrote; lines that begin with `#` are left out. `None` where it is damaged.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut forest = Self::default();
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let mut tree = Vec::new();
            for part in line.split(' ') {
                tree.push(match part.strip_prefix('=') {
                    Some(score) => Node { feature: 0, low: 0, value: score.parse().ok()? },
                    None => {
                        let (feature, rest) = part.split_once('<')?;
                        let (threshold, low) = rest.split_once('@')?;
                        let low = low.parse().ok().filter(|&low| low > 0)?;
                        Node { feature: feature.parse().ok()?, low, value: threshold.parse().ok()? }
                    }
                });
            }
            let nodes = tree.len();
            let inside = tree
                .iter()
                .enumerate()
                .all(|(at, node)| node.low == 0 || node.low as usize > at && (node.low as usize) + 1 < nodes);
            if !inside {
                return None;
            }
            forest.push(&tree);
        }
        Some(forest)
    }
}

#[cfg(test)]
mod tests {
    use super::Forest;

    #[test]
    fn a_forest_reads_back_as_it_was_printed() {
        let text = "0<1.5@1 =-0.25 3<2@3 =0.5 =1\n=0.125\n";
        let forest = Forest::parse(text).expect("well formed");
        assert_eq!(forest.print(), text);
        assert_eq!(forest.score(&[1.0, 0.0, 0.0, 9.0]), -0.125);
        assert_eq!(forest.score(&[2.0, 0.0, 0.0, 9.0]), 1.125);
        assert_eq!(forest.score(&[2.0, 0.0, 0.0, 2.0]), 0.625);
        assert_eq!(Forest::parse("0<1@0 =1"), None);
        assert_eq!(Forest::parse("0<1@1 =1"), None);
    }
}
