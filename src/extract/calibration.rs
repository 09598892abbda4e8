//! From a score to a probability: a rising curve through points that were measured.
//!
//! Fitted by pooling adjacent violators (Ayer and others, "An empirical distribution function for sampling with incomplete
//! information", 1955), thinned to points with enough cases behind them, and read by linear interpolation.

use std::fmt::Write as _;

/// A rising curve from 0..1 to 0..1; without points, each score is its own probability.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Curve {
    points: Vec<(f32, f32)>,
}

impl Curve {
    /// The curve that these scores and outcomes give.
    pub(super) fn fit(trials: &[(f32, bool)]) -> Self {
        /// Fewer cases than this say too little about a probability.
        const LEAST: f32 = 100.0;
        let mut trials = trials.to_vec();
        trials.sort_by(|a, b| a.0.total_cmp(&b.0));
        // Blocks of (sum of scores, right, count), merged until their shares rise.
        let mut blocks: Vec<(f32, f32, f32)> = Vec::new();
        let mut open = (0.0, 0.0, 0.0);
        for &(score, right) in &trials {
            open = (open.0 + score, open.1 + f32::from(u8::from(right)), open.2 + 1.0);
            if open.2 >= LEAST {
                blocks.push(open);
                open = (0.0, 0.0, 0.0);
            }
        }
        if open.2 > 0.0 {
            blocks.push(open);
        }
        let mut merged: Vec<(f32, f32, f32)> = Vec::new();
        for block in blocks {
            merged.push(block);
            while let [.., before, last] = merged.as_mut_slice()
                && before.1 / before.2 >= last.1 / last.2
            {
                *before = (before.0 + last.0, before.1 + last.1, before.2 + last.2);
                merged.pop();
            }
        }
        let points =
            merged.iter().map(|(scores, right, count)| (round(scores / count), round(right / count))).collect();
        Self { points }
    }

    /// The probability that belongs to `score`.
    pub(super) fn at(&self, score: f32) -> f32 {
        let above = self.points.partition_point(|point| point.0 < score);
        let before = above.checked_sub(1).and_then(|n| self.points.get(n)).copied();
        match (before, self.points.get(above).copied()) {
            (None, None) => score,
            (None, Some(first)) => first.1,
            (Some(last), None) => last.1,
            (Some(a), Some(b)) if b.0 > a.0 => a.1 + (b.1 - a.1) * (score - a.0) / (b.0 - a.0),
            (Some(_), Some(b)) => b.1,
        }
    }

    /// A line a point: score, probability.
    pub(super) fn print(&self) -> String {
        let mut text = String::new();
        for (score, share) in &self.points {
            let written = writeln!(text, "{score} {share}");
            debug_assert!(written.is_ok(), "a String takes all that is written");
        }
        text
    }

    /// Reads what [`Curve::print`] wrote; `None` where it is damaged.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        let point = |line: &str| line.split_once(' ').and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
        let points = lines.map(point).collect::<Option<Vec<(f32, f32)>>>()?;
        points.is_sorted_by(|a, b| a.0 <= b.0).then_some(Self { points })
    }
}

fn round(value: f32) -> f32 {
    (value * 1e4).round() / 1e4
}

#[cfg(test)]
mod tests {
    use super::Curve;

    #[test]
    fn a_curve_rises_through_what_was_measured() {
        // Of scores near 0.2 half are right, of scores near 0.8 nearly all; those near 0.5 break the order.
        let mut trials = Vec::new();
        for n in 0..200u16 {
            trials.push((0.2, n % 2 == 0));
            trials.push((0.5, n % 4 == 0));
            trials.push((0.8, n % 12 != 0));
        }
        let curve = Curve::fit(&trials);
        assert!(curve.at(0.2) <= curve.at(0.5) && curve.at(0.5) < curve.at(0.8));
        assert!((curve.at(0.8) - 0.916).abs() < 0.02, "{curve:?}");
        assert!((curve.at(0.3) - 0.375).abs() < 0.02, "{curve:?}");
        assert_eq!(Curve::parse(&curve.print()), Some(curve));
        assert_eq!(Curve::default().at(0.3), 0.3);
        assert_eq!(Curve::parse("0.5 x"), None);
    }
}
