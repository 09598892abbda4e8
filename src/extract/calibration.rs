//! From a score to a probability: Platt scaling.
//!
//! The log odds of the score, times a slope and shifted, are the log odds of being right; both numbers have the highest likelihood
//! on what was measured (Platt, "Probabilistic outputs for support vector machines", 1999; found by Newton's method).

use super::attribution::logistic;

/// What a score between 0 and 1 is worth; by default, itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Calibration {
    slope: f32,
    shift: f32,
}

impl Default for Calibration {
    fn default() -> Self {
        Self { slope: 1.0, shift: 0.0 }
    }
}

impl Calibration {
    /// The calibration that these scores and outcomes give; scores that all came out alike stay as they are.
    pub(super) fn fit(trials: &[(f32, bool)]) -> Self {
        const STEPS: usize = 30;
        /// Keeps the slope near 1 where there is little to learn from.
        const RIDGE: f64 = 1.0;
        if trials.iter().all(|trial| trial.1) || !trials.iter().any(|trial| trial.1) {
            return Self::default();
        }
        /// No score is worth less than a lower one.
        const LEAST: f64 = 0.05;
        let loss = |slope: f64, shift: f64| -> f64 {
            let one = |&(score, right): &(f32, bool)| {
                let odds = slope * f64::from(log_odds(score)) + shift;
                if right { (-odds).exp().ln_1p() } else { odds.exp().ln_1p() }
            };
            trials.iter().map(one).sum::<f64>() + RIDGE * (slope - 1.0).powi(2) / 2.0
        };
        let (mut slope, mut shift) = (1.0, 0.0);
        for _ in 0..STEPS {
            // The first derivatives of the likelihood, and the second ones.
            let (mut by_slope, mut by_shift) = (RIDGE * (slope - 1.0), 0.0);
            let (mut slopes, mut both, mut shifts) = (RIDGE, 0.0, 0.0);
            for &(score, right) in trials {
                let odds = f64::from(log_odds(score));
                let share = 1.0 / (1.0 + (-slope * odds - shift).exp());
                let off = share - f64::from(u8::from(right));
                let weight = share * (1.0 - share);
                by_slope += off * odds;
                by_shift += off;
                slopes += weight * odds * odds;
                both += weight * odds;
                shifts += weight;
            }
            let area = slopes * shifts - both * both;
            if area <= f64::EPSILON {
                break;
            }
            let down = ((by_slope * shifts - by_shift * both) / area, (by_shift * slopes - by_slope * both) / area);
            // A whole step may lead too far: half of it, a quarter, ...
            let before = loss(slope, shift);
            let steps = (0..STEPS).map(|halves| 0.5f64.powi(i32::try_from(halves).unwrap_or(0)));
            let next = steps
                .map(|step| ((slope - step * down.0).max(LEAST), shift - step * down.1))
                .find(|&(slope, shift)| loss(slope, shift) < before);
            let Some(next) = next else { break };
            (slope, shift) = next;
        }
        let round = |value: f64| format!("{value:.4}").parse().unwrap_or(0.0);
        Self { slope: round(slope), shift: round(shift) }
    }

    /// The probability that belongs to `score`.
    pub(super) fn at(self, score: f32) -> f32 {
        logistic(self.slope * log_odds(score) + self.shift)
    }

    /// A line for each of the two numbers.
    pub(super) fn print(self) -> String {
        format!("slope {}\nshift {}\n", self.slope, self.shift)
    }

    /// Reads what [`Calibration::print`] wrote; `None` where it is damaged.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        let mut number = |name| -> Option<f32> { lines.next()?.strip_prefix(name)?.trim().parse().ok() };
        let (slope, shift) = (number("slope ")?, number("shift ")?);
        (lines.next().is_none() && slope > 0.0 && slope.is_finite() && shift.is_finite())
            .then_some(Self { slope, shift })
    }
}

fn log_odds(score: f32) -> f32 {
    /// Scores nearer to 0 or 1 say no more.
    const EDGE: f32 = 1e-4;
    let score = score.clamp(EDGE, 1.0 - EDGE);
    (score / (1.0 - score)).ln()
}

#[cfg(test)]
mod tests {
    use super::Calibration;

    /// Trials of these scores, of each so many right of a hundred.
    fn trials(shares: &[(f32, usize)]) -> Vec<(f32, bool)> {
        shares.iter().flat_map(|&(score, right)| (0..100).map(move |n| (score, n < right))).collect()
    }

    #[test]
    fn scores_that_claim_too_much_are_brought_back() {
        // Log odds of 0.9 and 0.1 where those of 0.75 and 0.25 are true: half the slope.
        let fitted = Calibration::fit(&trials(&[(0.9, 75), (0.1, 25)]));
        for (score, share) in [(0.9, 0.75), (0.1, 0.25), (0.5, 0.5)] {
            assert!((fitted.at(score) - share).abs() < 0.01, "{score}: {fitted:?}");
        }
        assert!(fitted.at(0.99) > fitted.at(0.95), "{fitted:?}");
        let shifted = Calibration::fit(&trials(&[(0.9, 97), (0.5, 80), (0.2, 50)]));
        assert!((shifted.at(0.5) - 0.8).abs() < 0.01, "{shifted:?}");
    }

    #[test]
    fn true_scores_stay() {
        let fitted = Calibration::fit(&trials(&[(0.9, 90), (0.3, 30), (0.6, 60)]));
        for score in [0.05, 0.3, 0.6, 0.9] {
            assert!((fitted.at(score) - score).abs() < 0.01, "{score}: {fitted:?}");
        }
        for alike in [0, 100] {
            assert_eq!(Calibration::fit(&trials(&[(0.3, alike)])), Calibration::default(), "{alike}");
        }
        assert_eq!(Calibration::fit(&[]), Calibration::default());
    }

    #[test]
    fn scores_that_mislead_leave_a_calibration_all_the_same() {
        for shares in [
            &[(0.9, 20), (0.1, 80)][..],
            &[(0.9999, 60), (0.0001, 40)],
            &[(0.001, 95), (0.002, 99)],
            &[(0.9999, 20)],
            &[(0.9999, 1)],
        ] {
            let fitted = Calibration::fit(&trials(shares));
            assert_eq!(Calibration::parse(&fitted.print()), Some(fitted), "{shares:?}");
            let (right, all) =
                shares.iter().fold((0.0, 0.0), |(right, all), &(score, _)| (right + fitted.at(score), all + 1.0));
            let share: usize = shares.iter().map(|&(_, right)| right).sum();
            assert!((right / all - share as f32 / 100.0 / all).abs() < 0.05, "{shares:?}: {fitted:?}");
        }
    }

    #[test]
    fn a_calibration_reads_back() {
        let fitted = Calibration::fit(&trials(&[(0.9, 75), (0.1, 30)]));
        assert_eq!(Calibration::parse(&fitted.print()), Some(fitted));
        for damaged in
            ["", "slope 1", "slope 1\nshift x", "shift 0\nslope 1", "slope 0\nshift 0", "slope 1\nshift 0\n0.5 0.5"]
        {
            assert_eq!(Calibration::parse(damaged), None, "{damaged}");
        }
        for edge in [0.0, 1.0] {
            assert!((Calibration::default().at(edge) - edge).abs() < 0.001, "{edge}");
        }
    }
}
