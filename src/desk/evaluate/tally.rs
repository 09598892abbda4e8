//! Counts, and the figures made of them: precision, recall, F1 and shares.
//!
//! Counts add up; figures do not. It knows no article.

use super::gold::Marked;
use super::judge::{Agreement, Fate, Judged, agreement, covered};

/// Precision, recall and their harmonic mean, each from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// How much of what was found is right.
    pub precision: f64,
    /// How much of what was asked for was found.
    pub recall: f64,
    /// The two in one.
    pub f1: f64,
}

impl Figure {
    fn of(right: u64, found: u64, gold: u64) -> Self {
        let share = |of: u64| if of == 0 { 0.0 } else { right as f64 / of as f64 };
        let (precision, recall) = (share(found), share(gold));
        let sum = precision + recall;
        Self { precision, recall, f1: if sum == 0.0 { 0.0 } else { 2.0 * precision * recall / sum } }
    }
}

/// How many of some were right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// All of them.
    pub of: u64,
    /// The right ones.
    pub right: u64,
    /// Those without an answer.
    pub silent: u64,
}

impl Share {
    /// From 0 to 1, or nothing where there were none.
    pub fn value(self) -> Option<f64> {
        (self.of > 0).then(|| self.right as f64 / self.of as f64)
    }

    fn add(&mut self, right: bool, silent: bool) {
        self.of += 1;
        self.right += u64::from(right);
        self.silent += u64::from(silent);
    }

    fn join(&mut self, other: Self) {
        self.of += other.of;
        self.right += other.right;
        self.silent += other.silent;
    }
}

/// The counts of some articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Articles.
    pub articles: u64,
    /// Pieces of quotations asked for.
    pub gold: u64,
    /// Pieces found, without the ignored ones.
    pub found: u64,
    exact: u64,
    relaxed: u64,
    joint: u64,
    covered: [u64; 2],
    /// The mention of the speaker, where the words match and the annotation has one.
    pub mention: Share,
    /// The full name of the speaker, where the words match and the annotation has one.
    pub resolved: Share,
    /// Direct told from mixed and indirect, where the words match.
    pub kind: Share,
}

impl Counts {
    /// The counts of one article.
    pub(super) fn of(
        text: &[char],
        gold: &[Marked],
        found: &[Marked],
        judged: &Judged,
    ) -> (Self, Vec<Option<Agreement>>) {
        let mut counts = Self {
            articles: 1,
            gold: judged.wanted.len() as u64,
            found: judged.fates.iter().filter(|fate| **fate != Fate::Ignored).count() as u64,
            covered: [covered(judged, 3), covered(judged, 8)],
            ..Self::default()
        };
        let mut agreements = Vec::with_capacity(judged.wanted.len());
        for (wanted, matched) in judged.wanted.iter().zip(&judged.match_of) {
            let piece = matched.and_then(|f| judged.found.get(f));
            let pair = piece.and_then(|piece| Some((gold.get(wanted.of)?, found.get(piece.of)?, piece)));
            let Some((gold, found, piece)) = pair else {
                agreements.push(None);
                continue;
            };
            let agreed = agreement(text, gold, found);
            counts.relaxed += 1;
            counts.exact += u64::from(piece.at == wanted.at);
            counts.joint += u64::from(agreed.speaker);
            counts.kind.add(gold.kind == found.kind, false);
            if let Some(right) = agreed.mention {
                counts.mention.add(right, found.mention.is_none());
            }
            if let Some(right) = agreed.resolved {
                counts.resolved.add(right, super::judge::speaker(found).is_none());
            }
            agreements.push(Some(agreed));
        }
        (counts, agreements)
    }

    /// Adds other articles.
    pub(super) fn join(&mut self, other: &Self) {
        self.articles += other.articles;
        self.gold += other.gold;
        self.found += other.found;
        self.exact += other.exact;
        self.relaxed += other.relaxed;
        self.joint += other.joint;
        for (sum, more) in self.covered.iter_mut().zip(other.covered) {
            *sum += more;
        }
        self.mention.join(other.mention);
        self.resolved.join(other.resolved);
        self.kind.join(other.kind);
    }

    /// The words: the same from end to end.
    pub fn span_exact(&self) -> Figure {
        Figure::of(self.exact, self.found, self.gold)
    }

    /// The words: at least 0.8 of what either covers.
    pub fn span_relaxed(&self) -> Figure {
        Figure::of(self.relaxed, self.found, self.gold)
    }

    /// The words, relaxed, and the speaker.
    pub fn joint(&self) -> Figure {
        Figure::of(self.joint, self.found, self.gold)
    }

    /// More than 0.3, and more than 0.8, of the words asked for.
    pub fn covered(&self) -> [Figure; 2] {
        self.covered.map(|covered| Figure::of(covered, self.found, self.gold))
    }
}
