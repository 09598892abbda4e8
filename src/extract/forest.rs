//! Boosted oblivious trees: scoring with a trained forest, and its form as text.
//!
//! In an oblivious tree all nodes of one level ask the same question, so that a tree is a short list of questions and a
//! table of answers, and many candidates go through it side by side without a branch (Kohavi and Li, "Oblivious decision
//! trees, graphs, and top-down pruning", 1995; used for boosting by CatBoost, Prokhorenkova and others, 2018). Features are
//! bytes and answers whole numbers, so the same features give the same score on every machine.
//! How a forest is grown is in `boost`; what its features mean is known to whoever made them.

use std::fmt::Write as _;

/// Scores are whole numbers of this part of one.
const UNIT: i32 = 2048;

/// How many candidates are scored side by side.
const LANES: usize = 16;

/// The first trees of a forest, which decide what is easy.
struct Start {
    trees: usize,
    /// What the score of all trees is to theirs, on the average of what they decide.
    whole: f32,
}

/// Measured on the annotated articles that the shipped forests come from.
const SINGLE: Start = Start { trees: 30, whole: 1.65 };
const RIVALS: Start = Start { trees: 40, whole: 1.25 };

impl Start {
    fn of(&self, sum: i32) -> f32 {
        scaled(sum) * self.whole
    }
}

/// The most questions that a tree asks.
const DEPTH: usize = 6;

/// A sum of oblivious trees.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Forest {
    trees: Vec<Tree>,
}

/// Whether a feature is above a threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Question {
    pub(super) feature: u16,
    pub(super) threshold: u8,
}

/// A question that no feature answers with yes: trees of all depths have one size, so that their questions are asked in a row.
const NEVER: Question = Question { feature: 0, threshold: u8::MAX };

/// A tree; the answer to question `n` is bit `n` of the place in its answers.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Tree {
    depth: usize,
    questions: [Question; DEPTH],
    answers: [i16; 1 << DEPTH],
}

impl Tree {
    fn new(questions: &[Question], answers: impl Iterator<Item = i16>) -> Self {
        let mut tree = Self { depth: questions.len(), questions: [NEVER; DEPTH], answers: [0; 1 << DEPTH] };
        tree.questions.iter_mut().zip(questions).for_each(|(slot, question)| *slot = *question);
        tree.answers.iter_mut().zip(answers).for_each(|(slot, answer)| *slot = answer);
        tree
    }

    fn answer(&self, place: u8) -> i32 {
        self.answers.get(usize::from(place) % (1 << DEPTH)).copied().unwrap_or(0).into()
    }
}

/// The features of up to [`LANES`] rivals, a column each.
fn columns(width: usize, rivals: &[&[u8]]) -> Vec<[u8; LANES]> {
    let mut columns = vec![[0; LANES]; width];
    for (lane, row) in rivals.iter().take(LANES).enumerate() {
        for (column, value) in columns.iter_mut().zip(*row) {
            if let Some(slot) = column.get_mut(lane) {
                *slot = *value;
            }
        }
    }
    columns
}

impl Forest {
    /// The score of these features: the sum over all trees, or over the first ones where these leave no doubt.
    pub(super) fn score(&self, features: &[u8]) -> f32 {
        self.each(&[features]).into_iter().sum()
    }

    /// The score of each of these rows by itself, which takes less time than one after another.
    pub(super) fn each(&self, rows: &[&[u8]]) -> Vec<f32> {
        /// How far from zero is beyond doubt: of some 9,000 questions nobody's answer turned round behind it.
        const SURE: i32 = 5 * UNIT / 2;
        let first = SINGLE.trees.min(self.trees.len());
        let mut sums = vec![0; rows.len()];
        self.add(rows, 0, first, &mut sums);
        let open = |sum: &i32| first == self.trees.len() || sum.abs() <= SURE;
        let left: Vec<&[u8]> = rows.iter().zip(&sums).filter(|(_, sum)| open(sum)).map(|(row, _)| *row).collect();
        let mut rest = vec![0; left.len()];
        self.add(&left, first, self.trees.len(), &mut rest);
        let mut rest = rest.into_iter();
        let score = |sum: &i32| if open(sum) { scaled(sum + rest.next().unwrap_or(0)) } else { SINGLE.of(*sum) };
        sums.iter().map(score).collect()
    }

    fn sum(trees: &[Tree], features: &[u8]) -> i32 {
        trees
            .iter()
            .map(|tree| {
                let place = tree.questions.iter().rev().fold(0, |place, question| {
                    let above =
                        features.get(usize::from(question.feature)).is_some_and(|&value| value > question.threshold);
                    place << 1 | u8::from(above)
                });
                tree.answer(place)
            })
            .sum()
    }

    /// The scores of rival candidates. After the first trees only those go on that can still win: a candidate that lies far behind
    /// keeps the score that it has, which its rivals' share of the whole hides. Where one lies far before all others, and before
    /// nobody, the first trees are enough.
    pub(super) fn scores(&self, rivals: &[&[u8]]) -> Vec<f32> {
        const BEHIND: i32 = 5 * UNIT / 2;
        const AHEAD: i32 = 13 * UNIT / 4;
        let first = RIVALS.trees.min(self.trees.len());
        let mut scores = vec![0; rivals.len()];
        self.add(rivals, 0, first, &mut scores);
        let (mut best, mut second) = (0, i32::MIN / 2);
        for &score in &scores {
            second = second.max(score.min(best));
            best = best.max(score);
        }
        if first < self.trees.len() && best - second > AHEAD {
            return scores.into_iter().map(|score| RIVALS.of(score)).collect();
        }
        let near: Vec<usize> =
            (0..rivals.len()).filter(|&n| scores.get(n).is_some_and(|score| *score > best - BEHIND)).collect();
        let rows: Vec<&[u8]> = near.iter().filter_map(|&n| rivals.get(n).copied()).collect();
        let mut sums = vec![0; rows.len()];
        self.add(&rows, first, self.trees.len(), &mut sums);
        for (&n, sum) in near.iter().zip(sums) {
            if let Some(score) = scores.get_mut(n) {
                *score += sum;
            }
        }
        scores.into_iter().map(scaled).collect()
    }

    /// Adds the answers of the trees `from..to` to the sums of all rivals.
    fn add(&self, rivals: &[&[u8]], from: usize, to: usize, sums: &mut [i32]) {
        let width = rivals.first().map_or(0, |row| row.len());
        let trees = self.trees.get(from..to).unwrap_or_default();
        if let (&[row], [sum]) = (rivals, &mut *sums) {
            *sum += Self::sum(trees, row);
            return;
        }
        for (rows, sums) in rivals.chunks(LANES).zip(sums.chunks_mut(LANES)) {
            let columns = columns(width, rows);
            for tree in trees {
                let mut places = [0u8; LANES];
                for (bit, question) in tree.questions.iter().enumerate() {
                    let Some(column) = columns.get(usize::from(question.feature)) else { continue };
                    let yes = 1 << bit;
                    // Every lane is asked, so that they are asked together.
                    for (place, value) in places.iter_mut().zip(column) {
                        *place |= if *value > question.threshold { yes } else { 0 };
                    }
                }
                for (sum, place) in sums.iter_mut().zip(places) {
                    *sum += tree.answer(place);
                }
            }
        }
    }

    /// Adds a tree: its questions, and an answer for each combination of theirs.
    pub(super) fn push(&mut self, questions: &[Question], answers: &[f64]) {
        debug_assert!(questions.len() <= DEPTH, "deeper trees are not grown");
        self.trees.push(Tree::new(questions, answers.iter().map(|&answer| whole(answer))));
    }

    /// The forest as text: a line a tree, `feature>threshold` for each question, then the answers in units of 1/2048.
    pub(super) fn print(&self) -> String {
        let mut text = String::new();
        for tree in &self.trees {
            for question in tree.questions.iter().take(tree.depth) {
                let written = write!(text, "{}>{} ", question.feature, question.threshold);
                debug_assert!(written.is_ok(), "a String takes all that is written");
            }
            text.push(':');
            for answer in tree.answers.iter().take(1 << tree.depth) {
                let written = write!(text, " {answer}");
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
            let (asked, answered) = line.split_once(':')?;
            let question = |text: &str| {
                let (feature, threshold) = text.split_once('>')?;
                Some(Question { feature: feature.parse().ok()?, threshold: threshold.parse().ok()? })
            };
            let questions: Vec<Question> = asked.split_whitespace().map(question).collect::<Option<_>>()?;
            let answers: Vec<i16> = answered.split_whitespace().map(|n| n.parse().ok()).collect::<Option<_>>()?;
            if questions.len() > DEPTH || answers.len() != 1 << questions.len() {
                return None;
            }
            forest.trees.push(Tree::new(&questions, answers.into_iter()));
        }
        Some(forest)
    }
}

#[expect(clippy::cast_precision_loss, reason = "sums of some hundred answers of two bytes are exact in a float")]
fn scaled(sum: i32) -> f32 {
    sum as f32 / UNIT as f32
}

#[expect(clippy::cast_possible_truncation, reason = "rounded and clamped to what fits")]
fn whole(answer: f64) -> i16 {
    (answer * f64::from(UNIT)).round().clamp(f64::from(i16::MIN), f64::from(i16::MAX)) as i16
}

#[cfg(test)]
mod tests {
    use super::{Forest, RIVALS, SINGLE};

    #[test]
    fn a_forest_reads_back_as_it_was_printed() {
        let text = "0>1 3>2 : -512 0 1024 2048\n: 256\n";
        let forest = Forest::parse(text).expect("well formed");
        assert_eq!(forest.print(), text);
        assert_eq!(forest.score(&[1, 0, 0, 9]), 0.625);
        assert_eq!(forest.score(&[2, 0, 0, 9]), 1.125);
        assert_eq!(forest.score(&[1, 0, 0, 2]), -0.125);
        assert_eq!(Forest::parse("0>1 : 3"), None);
        assert_eq!(Forest::parse("0>1"), None);
        assert_eq!(Forest::parse("0>300 : 1 2"), None);
    }

    #[test]
    fn rivals_score_side_by_side_as_they_do_alone() {
        let forest = Forest::parse("0>1 1>2 : -512 0 1024 2048\n1>0 : 256 64\n").expect("well formed");
        let rows: Vec<[u8; 2]> = (0..40).map(|n| [n % 4, n % 5]).collect();
        let rows: Vec<&[u8]> = rows.iter().map(<[u8; 2]>::as_slice).collect();
        let alone: Vec<f32> = rows.iter().map(|row| forest.score(row)).collect();
        assert_eq!(forest.scores(&rows), alone);
        assert_eq!(forest.each(&rows), alone);
        assert!(forest.scores(&[]).is_empty());
    }

    #[test]
    fn what_is_easy_is_decided_by_the_first_trees() {
        let line = "0>0 : -400 400\n";
        let forest = Forest::parse(&line.repeat(100)).expect("well formed");
        let first = 400.0 / 2048.0 * SINGLE.trees as f32 * SINGLE.whole;
        assert_eq!([forest.score(&[1]), forest.score(&[0])], [first, -first]);
        // Whoever is beside them goes on alone.
        let mixed = Forest::parse(&format!("{}1>0 : 0 2048\n", "0>0 : -100 400\n".repeat(30))).expect("well formed");
        let rows: [&[u8]; 4] = [&[0, 1], &[1, 0], &[0, 0], &[1, 1]];
        let alone = rows.map(|row| mixed.score(row));
        assert_eq!(mixed.each(&rows), alone);
        assert_eq!(alone, [1.0 - 3000.0 / 2048.0, first, -3000.0 / 2048.0, first]);
        let first = 400.0 / 2048.0 * RIVALS.trees as f32 * RIVALS.whole;
        assert_eq!(forest.scores(&[&[1], &[0]]), [first, -first]);
        // Two that are alike go through all trees.
        let whole = 400.0 / 2048.0 * 100.0;
        assert_eq!(forest.scores(&[&[1], &[1]]), [whole, whole]);
    }
}
