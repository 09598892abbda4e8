//! One article's quotations, annotated and found, laid beside each other: which match, which count, whose speaker is right.
//!
//! A match is one to one, the best overlap first. What is neither wanted nor wrong is ignored. It judges; it counts nothing.

use std::collections::BTreeMap;

use super::gold::Marked;
use super::name::{same, same_mention};
use super::token::{Reach, pieces, tokens};

/// A trimmed piece of a marked stretch, and which of the list it is a piece of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) at: Reach,
    pub(super) of: usize,
}

/// What became of a piece that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It has the words of the wanted piece of this number.
    Match(usize),
    /// It counts as wrong.
    Wrong,
    /// It lies over something that is not asked for.
    Ignored,
}

/// Who said a matched piece: what is right of that. `None` where the annotation does not say.
#[derive(Clone, Copy, Debug)]
pub(super) struct Agreement {
    pub(super) mention: Option<bool>,
    pub(super) resolved: Option<bool>,
    /// The speaker counts as right: by the full name, else by the mention, else both know of none.
    pub(super) speaker: bool,
}

/// One article, judged.
pub(super) struct Judged {
    /// The pieces asked for.
    pub(super) wanted: Vec<Piece>,
    /// All pieces found.
    pub(super) found: Vec<Piece>,
    /// The match of each wanted piece.
    pub(super) match_of: Vec<Option<usize>>,
    /// What became of each piece found.
    pub(super) fates: Vec<Fate>,
}

/// The kind of what stands between marks and is no quotation.
pub(super) const NO_QUOTATION: &str = "unattributed";

/// Judges the stretches found, of which all are of the kinds asked for.
pub(super) fn judge(text: &[char], gold: &[Marked], found: &[Marked], kinds: &[&str]) -> Judged {
    let has_word = |at: Reach| !tokens(at.of(text)).is_empty();
    let asked = |piece: &Piece| {
        gold.get(piece.of).is_some_and(|gold| kinds.contains(&gold.kind.as_str())) && has_word(piece.at)
    };
    let quotations = cut(text, gold, |gold| gold.kind != NO_QUOTATION);
    let (wanted, ignored): (Vec<Piece>, Vec<Piece>) = quotations.into_iter().partition(asked);
    let found = cut(text, found, |_| true);
    let mut match_of = vec![None; wanted.len()];
    let mut fates = vec![Fate::Wrong; found.len()];
    for (_, w, f) in pairs(&wanted, &found) {
        if let (Some(free @ None), Some(fate @ Fate::Wrong)) = (match_of.get_mut(w), fates.get_mut(f)) {
            *free = Some(f);
            *fate = Fate::Match(w);
        }
    }
    for (piece, fate) in found.iter().zip(&mut fates).filter(|(_, fate)| **fate == Fate::Wrong) {
        let beside = |other: &Piece| {
            let shared = other.at.shared(piece.at);
            shared > 0 && 2 * shared >= other.at.len().min(piece.at.len())
        };
        let on_wanted = || wanted.iter().any(|wanted| 2 * wanted.at.shared(piece.at) > piece.at.len());
        if (!has_word(piece.at) || ignored.iter().any(beside)) && !on_wanted() {
            *fate = Fate::Ignored;
        }
    }
    Judged { wanted, found, match_of, fates }
}

/// The pieces of the stretches that `keep` keeps, in order; of equal ones the first.
fn cut(text: &[char], marked: &[Marked], keep: impl Fn(&Marked) -> bool) -> Vec<Piece> {
    let mut cut = BTreeMap::new();
    for (of, marked) in marked.iter().enumerate().filter(|(_, marked)| keep(marked)) {
        for at in pieces(text, marked.at) {
            cut.entry(at).or_insert(of);
        }
    }
    cut.into_iter().map(|(at, of)| Piece { at, of }).collect()
}

/// The pairs that share at least 0.8 of what they cover together, the closest first.
fn pairs(wanted: &[Piece], found: &[Piece]) -> Vec<(f64, usize, usize)> {
    let mut pairs = Vec::new();
    for (w, a) in wanted.iter().enumerate() {
        // A piece that begins further off cannot share so much.
        let near = a.at.start.saturating_sub(a.at.len() / 4 + 1);
        let first = found.partition_point(|piece| piece.at.start < near);
        let close = found.iter().enumerate().skip(first).take_while(|(_, piece)| piece.at.start < a.at.end);
        for (f, b) in close {
            let whole = a.at.end.max(b.at.end) - a.at.start.min(b.at.start);
            let share = a.at.shared(b.at) as f64 / whole as f64;
            if share >= 0.8 {
                pairs.push((share, w, f));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
    pairs
}

/// Whether the speaker of a match is right.
pub(super) fn agreement(text: &[char], gold: &Marked, found: &Marked) -> Agreement {
    let mention = gold.mention.as_ref().map(|mention| same_mention(text, mention, found.mention.as_ref()));
    let resolved = nonempty(gold.resolved.as_deref()).map(|name| speaker(found).is_some_and(|found| same(name, found)));
    let silent = found.mention.is_none() && nonempty(found.resolved.as_deref()).is_none();
    Agreement { mention, resolved, speaker: resolved.or(mention).unwrap_or(silent) }
}

/// Who it is, by the full name or else by the mention.
pub(super) fn speaker(marked: &Marked) -> Option<&str> {
    nonempty(marked.resolved.as_deref()).or_else(|| marked.mention.as_ref()?.text.as_deref())
}

fn nonempty(name: Option<&str>) -> Option<&str> {
    name.filter(|name| !name.is_empty())
}

/// How many wanted pieces are covered for more than `share` (in tenths) by pieces found, one to one in the order of the text.
pub(super) fn covered(judged: &Judged, share: usize) -> u64 {
    let mut free: Vec<bool> = judged.fates.iter().map(|fate| *fate != Fate::Ignored).collect();
    let mut covered = 0;
    for wanted in &judged.wanted {
        let mut best: Option<(usize, usize)> = None;
        for (f, piece) in judged.found.iter().enumerate().take_while(|(_, piece)| piece.at.start < wanted.at.end) {
            let shared = wanted.at.shared(piece.at);
            let enough = 10 * shared > share * wanted.at.len() && best.is_none_or(|(most, _)| shared > most);
            if enough && free.get(f) == Some(&true) {
                best = Some((shared, f));
            }
        }
        if let Some(taken) = best.and_then(|(_, f)| free.get_mut(f)) {
            *taken = false;
            covered += 1;
        }
    }
    covered
}
