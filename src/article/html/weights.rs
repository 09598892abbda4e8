//! Boosted decision trees: sums of answers to questions about the features of a block, and their form as text.
//!
//! Features are bytes with names, answers are whole numbers, so that the same page gives the same score on every machine, and a
//! reader can see what is asked. How the trees are grown is for who trains them (`tests/train_pages`), and what the features are
//! is known to [`features`](super::features).

/// A sum of trees.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Trees {
    /// The nodes of all trees, one after the other, each tree with its first branch first.
    nodes: Vec<Node>,
    /// Where each tree begins.
    starts: Vec<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Node {
    /// Go on with the next node, or where the feature is above the threshold with the node at `above`.
    Question {
        feature: usize,
        threshold: u8,
        above: usize,
    },
    Answer(i32),
}

impl Trees {
    /// Reads trees, one a line: `feature>threshold` followed by the branch for "no" and that for "yes", each again a question or
    /// an answer in thousandths. Lines that begin with `#` are left out. `None` where the text is damaged.
    pub(super) fn parse(text: &str, names: &[&str]) -> Option<Self> {
        let mut trees = Self::default();
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
            trees.starts.push(trees.nodes.len());
            // The questions whose branch for "yes" is still to come.
            let mut open: Vec<usize> = Vec::new();
            let mut ended = false;
            for token in line.split_ascii_whitespace() {
                if ended {
                    return None;
                }
                if let Some((name, threshold)) = token.split_once('>') {
                    let feature = names.iter().position(|known| *known == name)?;
                    open.push(trees.nodes.len());
                    trees.nodes.push(Node::Question { feature, threshold: threshold.parse().ok()?, above: 0 });
                    continue;
                }
                trees.nodes.push(Node::Answer(token.parse().ok()?));
                // Behind an answer comes the other branch of the innermost question that lacks it.
                let place = trees.nodes.len();
                match open.pop().and_then(|question| trees.nodes.get_mut(question)) {
                    Some(Node::Question { above, .. }) => *above = place,
                    _ => ended = true,
                }
            }
            if !ended {
                return None;
            }
        }
        Some(trees)
    }

    /// The sum of all answers to these features, in thousandths.
    pub(super) fn score(&self, features: &[u8]) -> i32 {
        /// So many trees are asked before a score that leaves no doubt ends it.
        const FIRST: usize = 40;
        const SURE: i32 = 4000;
        let mut sum: i32 = 0;
        for (number, start) in self.starts.iter().enumerate() {
            if number == FIRST && sum.abs() > SURE {
                break;
            }
            sum += self.answer(*start, features);
        }
        sum
    }

    fn answer(&self, mut place: usize, features: &[u8]) -> i32 {
        loop {
            match self.nodes.get(place) {
                Some(Node::Question { feature, threshold, above }) => {
                    place =
                        if features.get(*feature).is_some_and(|value| value > threshold) { *above } else { place + 1 };
                }
                Some(Node::Answer(answer)) => return *answer,
                None => return 0,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Trees;

    #[test]
    fn trees_answer() {
        let names = ["words", "linked"];
        let trees = Trees::parse("# a comment\nwords>3 -10 linked>5 20 -5\n7\n", &names).expect("well formed");
        for (features, score) in [([0, 0], -3), ([3, 9], -3), ([4, 5], 27), ([4, 6], 2)] {
            assert_eq!(trees.score(&features), score, "{features:?}");
        }
        for damaged in
            ["words>3 -10", "words>3 1 2 3", "letters>3 1 2", "words>300 1 2", "words>3 x 2", "words>3 linked>5 1 2"]
        {
            assert_eq!(Trees::parse(damaged, &names), None, "{damaged}");
        }
    }
}
