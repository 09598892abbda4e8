//! What an evaluation has to say: totals, rules, outlets, calibration, and what is wrong one by one.
//!
//! It is filled article by article, in order, and shows nothing itself.

use std::collections::BTreeMap;

use super::excerpt::{self, Mark};
use super::gold::{Annotated, Marked};
use super::judge::{Fate, Judged, NO_QUOTATION, Piece, judge};
use super::tally::Counts;
use super::token::Reach;

/// The figures of an evaluation.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// All articles.
    pub total: Counts,
    /// By outlet.
    pub outlets: BTreeMap<String, Counts>,
    /// By the rule that decided; nothing stands for none.
    pub rules: BTreeMap<String, RuleCounts>,
    /// Each counted prediction: how sure it was and whether it was right.
    pub trials: Vec<(f64, bool)>,
    /// How many predictions said nothing of their confidence.
    pub without_confidence: u64,
    /// How many are wrong in which way.
    pub wrong: BTreeMap<Fault, u64>,
    /// The first of those, in the order of the articles.
    pub mistakes: Vec<Mistake>,
}

/// What one rule decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RuleCounts {
    /// Pieces found, without the ignored ones.
    pub decided: u64,
    /// Those whose words are right.
    pub span: u64,
    /// Those whose speaker is right as well.
    pub both: u64,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// The right words, and another speaker.
    Speaker,
    /// Words that overlap the right ones.
    Span,
    /// Nothing was found where a quotation is.
    Missed,
    /// A quotation was found where the annotation says that there is none.
    NoQuotation,
    /// A quotation was found where the annotation has nothing.
    Extra,
}

impl Fault {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Speaker, Self::Span, Self::Missed, Self::NoQuotation, Self::Extra];

    /// `speaker`, `span`, `missed`, `no-quotation` or `extra`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Speaker => "speaker",
            Self::Span => "span",
            Self::Missed => "missed",
            Self::NoQuotation => "no-quotation",
            Self::Extra => "extra",
        }
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug)]
pub struct Mistake {
    /// The id of the article.
    pub id: String,
    /// In which way.
    pub fault: Fault,
    /// What the annotation has.
    pub expected: Option<Side>,
    /// What was found.
    pub found: Option<Side>,
    /// The words around it: `[` and `]` about what was expected, `<` and `>` about what was found.
    pub excerpt: String,
}

/// A quotation as one of the two has it.
#[derive(Clone, Debug)]
pub struct Side {
    /// Its place, in code points.
    pub at: Reach,
    /// Its words.
    pub words: String,
    /// Its kind.
    pub kind: String,
    /// The full name of the speaker.
    pub name: Option<String>,
    /// The words that name the speaker.
    pub mention: Option<String>,
    /// The rule that found it.
    pub rule: Option<String>,
    /// How sure that was.
    pub confidence: Option<f64>,
    mention_at: Option<Reach>,
}

impl Side {
    fn of(text: &[char], piece: &Piece, marked: &Marked) -> Self {
        let mention = marked.mention.as_ref();
        let written = |at: Reach| at.of(text).iter().collect::<String>();
        Self {
            at: piece.at,
            words: written(piece.at),
            kind: marked.kind.clone(),
            name: marked.resolved.clone(),
            mention: mention.and_then(|mention| mention.text.clone().or_else(|| mention.at.map(written))),
            rule: marked.rule.clone(),
            confidence: marked.confidence,
            mention_at: mention.and_then(|mention| mention.at),
        }
    }
}

impl Report {
    /// Adds an article with what was found in it; keeps at most `most` mistakes in all.
    pub(super) fn add(&mut self, article: &Annotated, found: &[Marked], kinds: &[&str], most: usize) {
        let text: Vec<char> = article.text.chars().collect();
        let found: Vec<Marked> = found.iter().filter(|found| kinds.contains(&found.kind.as_str())).cloned().collect();
        let judged = judge(&text, &article.quotes, &found, kinds);
        let (counts, agreements) = Counts::of(&text, &article.quotes, &found, &judged);
        self.total.join(&counts);
        self.outlets.entry(article.source.clone()).or_default().join(&counts);
        let right: Vec<bool> = agreements.iter().map(|agreed| agreed.is_some_and(|agreed| agreed.speaker)).collect();
        for (piece, fate) in judged.found.iter().zip(&judged.fates) {
            let Some(found) = found.get(piece.of).filter(|_| *fate != Fate::Ignored) else { continue };
            let both = matches!(fate, Fate::Match(wanted) if right.get(*wanted) == Some(&true));
            let rule = self.rules.entry(found.rule.clone().unwrap_or_default()).or_default();
            rule.decided += 1;
            rule.span += u64::from(matches!(fate, Fate::Match(_)));
            rule.both += u64::from(both);
            match found.confidence {
                Some(confidence) => self.trials.push((confidence, both)),
                None => self.without_confidence += 1,
            }
        }
        self.list(&Case { article, text: &text, found: &found, judged: &judged, right: &right }, most);
    }

    /// Lists what is wrong with an article, in the order of its text.
    fn list(&mut self, case: &Case<'_>, most: usize) {
        let judged = case.judged;
        let mut wrong: Vec<(usize, Fault, Option<&Piece>, Option<&Piece>)> = Vec::new();
        let mut told = vec![false; judged.found.len()];
        for (n, wanted) in judged.wanted.iter().enumerate() {
            if let Some(matched) = judged.match_of.get(n).copied().flatten() {
                if case.right.get(n) == Some(&false) {
                    wrong.push((wanted.at.start, Fault::Speaker, Some(wanted), judged.found.get(matched)));
                }
                continue;
            }
            let pieces = judged.found.iter().zip(&judged.fates).enumerate();
            let free = pieces.filter(|(f, (_, fate))| **fate == Fate::Wrong && told.get(*f) == Some(&false));
            let near = free.map(|(f, (piece, _))| (wanted.at.shared(piece.at), f, piece)).filter(|near| near.0 > 0);
            match near.max_by_key(|(shared, f, _)| (*shared, std::cmp::Reverse(*f))) {
                Some((_, f, piece)) => {
                    wrong.push((wanted.at.start, Fault::Span, Some(wanted), Some(piece)));
                    if let Some(told) = told.get_mut(f) {
                        *told = true;
                    }
                }
                None => wrong.push((wanted.at.start, Fault::Missed, Some(wanted), None)),
            }
        }
        for ((piece, fate), told) in judged.found.iter().zip(&judged.fates).zip(told) {
            if *fate == Fate::Wrong && !told {
                let none = |gold: &&Marked| gold.kind == NO_QUOTATION && gold.at.shared(piece.at) > 0;
                let denied = case.article.quotes.iter().find(none).is_some();
                let fault = if denied { Fault::NoQuotation } else { Fault::Extra };
                wrong.push((piece.at.start, fault, None, Some(piece)));
            }
        }
        wrong.sort_by_key(|(start, fault, ..)| (*start, *fault));
        for (_, fault, expected, found) in wrong {
            *self.wrong.entry(fault).or_default() += 1;
            if self.mistakes.len() < most {
                self.mistakes.push(case.mistake(fault, expected, found));
            }
        }
    }

    /// How confidence and truth go together.
    pub fn reliability(&self) -> Reliability {
        Reliability::of(&self.trials)
    }
}

/// An article with all that is known of it.
struct Case<'a> {
    article: &'a Annotated,
    text: &'a [char],
    found: &'a [Marked],
    judged: &'a Judged,
    right: &'a [bool],
}

impl Case<'_> {
    fn mistake(&self, fault: Fault, expected: Option<&Piece>, found: Option<&Piece>) -> Mistake {
        let side = |piece: Option<&Piece>, all: &[Marked]| {
            piece.and_then(|piece| Some(Side::of(self.text, piece, all.get(piece.of)?)))
        };
        let (expected, found) = (side(expected, &self.article.quotes), side(found, self.found));
        let mut marks = Vec::new();
        for (side, open, close) in [(&expected, '[', ']'), (&found, '<', '>')] {
            let places = side.iter().flat_map(|side| [Some(side.at), side.mention_at]).flatten();
            marks.extend(places.map(|at| Mark { at, open, close }));
        }
        let excerpt = excerpt::make(self.text, &marks);
        Mistake { id: self.article.id.clone(), fault, expected, found, excerpt }
    }
}

/// How confidence and truth go together, in ten bins of equal width.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reliability {
    /// From 0 to 0.1, and so on; a bin holds its lower end.
    pub bins: [Bin; 10],
    /// How likely a right one is surer than a wrong one; nothing where all are right or all wrong.
    pub auroc: Option<f64>,
}

/// The predictions of about one confidence.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bin {
    /// How many.
    pub count: u64,
    /// How many of them are right.
    pub right: u64,
    /// The sum of their confidences.
    sum: f64,
}

impl Bin {
    /// The mean confidence and the share of right ones, where there are any.
    pub fn means(&self) -> Option<(f64, f64)> {
        let count = self.count as f64;
        (self.count > 0).then(|| (self.sum / count, self.right as f64 / count))
    }
}

impl Reliability {
    fn of(trials: &[(f64, bool)]) -> Self {
        let mut bins = [Bin::default(); 10];
        for &(confidence, right) in trials {
            let tenths = confidence * 10.0;
            let before = (1..10_u8).take_while(|n| tenths >= f64::from(*n)).count();
            if let Some(bin) = bins.get_mut(before) {
                bin.count += 1;
                bin.right += u64::from(right);
                bin.sum += confidence;
            }
        }
        Self { bins, auroc: auroc(trials) }
    }
}

fn auroc(trials: &[(f64, bool)]) -> Option<f64> {
    let mut sorted = trials.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let count = |trials: &[(f64, bool)], right: bool| trials.iter().filter(|trial| trial.1 == right).count() as u128;
    let pairs = count(trials, true) * count(trials, false);
    // Each pair counts twice, so that a draw counts once.
    let (mut won, mut wrong_below) = (0_u128, 0_u128);
    for equal in sorted.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
        let (right, wrong) = (count(equal, true), count(equal, false));
        won += right * (2 * wrong_below + wrong);
        wrong_below += wrong;
    }
    (pairs > 0).then(|| won as f64 / (2 * pairs) as f64)
}
