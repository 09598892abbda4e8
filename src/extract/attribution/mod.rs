//! Who said it: for each region between marks, whether it is a quotation, of what kind, and whose.
//!
//! Every mention near a quotation is a candidate, unless one is beyond doubt (`certain`): then nobody else is
//! weighed. Four forests decide, each over features that a reader can name, what single words tell among them: which candidate
//! speaks, whether the region is speech at all, whether it is direct or mixed, and how likely all that is right. The decision is signed
//! with the pattern that the chosen candidate stands in. Decisions run down the page, since who spoke last
//! is evidence for who speaks next.

mod certain;
pub(super) mod features;
mod filed;
mod frame;
mod introduced;
mod judged;
mod labelled;
mod lead;
mod nested;
mod own;
mod saying;
mod titled;
mod verdict;
pub(super) mod words;

use std::cell::OnceCell;

use self::certain::Certain;
use self::features::{Around, COUNT, Features, Previous, of_candidate, sure};
use self::own::Own;
use self::words::Words;
use super::calibration::Calibration;
use super::clause::{Clause, Way};
use super::forest::Forest;
use super::mention::{Form, Mention};
use super::page::{NONE, Page, Quoted};
use super::person::{Cast, Meaning};
use super::transcript::Turn;

/// Everything known of a page before its quotations are attributed.
pub(super) struct Scene<'a, 't> {
    pub(super) page: &'a Page<'t>,
    pub(super) mentions: &'a [Mention],
    pub(super) clauses: &'a [Clause],
    pub(super) cast: &'a Cast,
    words: &'a Words,
    /// Clauses by mention: (mention, clause), sorted.
    by_mention: Vec<(u32, u32)>,
    /// How many narrative mentions begin before the mention of that number.
    narrative_mentions: Vec<u32>,
    /// What was seen of each mention by itself, where it was looked at.
    own: Vec<OnceCell<Option<Own>>>,
    /// For each entity, how many clauses of saying it is the subject of.
    speaks: Vec<u32>,
    /// For each paragraph, the subject of its last clause of saying.
    last_speaker: Vec<u32>,
}

/// What was decided about a region.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decision {
    pub(super) region: u32,
    /// How likely it is speech.
    pub(super) speech: f32,
    /// How likely it is direct rather than mixed.
    pub(super) direct: f32,
    /// The mention of the speaker, or none.
    pub(super) mention: u32,
    /// The clause that makes it speech, or none.
    pub(super) clause: Option<Clause>,
    pub(super) meaning: Meaning,
    pub(super) rule: &'static str,
    /// How likely words and speaker are both right.
    pub(super) confidence: f32,
}

/// How likely a region has to be speech to count as a quotation. Above one half: what is no quotation costs a reader more than one
/// that is missed. Tried besides on the five folds that the figures in README come from: 0.5, and a threshold that training chose
/// by the highest F1 on articles left out; neither was better.
pub(super) const LIKELY: f32 = 0.58;

/// How much likelier than the best candidate it has to be that nobody near speaks, before speech is left without a speaker: most of
/// what is likely to have none is no speech.
const NOBODY: f32 = 0.1;

/// A clause near a region: its distance in tokens, and its index.
type Near = Option<(u32, u32)>;

/// The four forests, the words that they weigh, and what their scores are worth.
pub(super) struct Forests {
    pub(super) words: Words,
    pub(super) confidence: Calibration,
    pub(super) speaker: Forest,
    pub(super) speech: Forest,
    pub(super) direct: Forest,
    /// Whether a region is speech and whoever is named for it does speak.
    pub(super) right: Forest,
}

/// Features of the second and third question: the best candidate's, and how it fared.
pub(super) const VERDICT: usize = COUNT + 3;

impl<'a, 't> Scene<'a, 't> {
    pub(super) fn new(
        page: &'a Page<'t>,
        mentions: &'a [Mention],
        clauses: &'a [Clause],
        cast: &'a Cast,
        words: &'a Words,
    ) -> Self {
        let mut by_mention: Vec<(u32, u32)> = (0u32..).zip(clauses).map(|(n, clause)| (clause.mention, n)).collect();
        by_mention.sort_unstable();
        let mut n = 0;
        let mut narrative_mentions = Vec::with_capacity(mentions.len() + 1);
        for mention in mentions {
            narrative_mentions.push(n);
            n += u32::from(mention.region == NONE);
        }
        narrative_mentions.push(n);
        let mut speaks = vec![0; cast.entities.len()];
        let mut last_speaker = vec![NONE; page.paragraphs.len()];
        for clause in clauses.iter().filter(|clause| clause.way <= Way::Colon) {
            if let Some(slot) = speaks.get_mut(cast.meaning(clause.mention).entity as usize) {
                *slot += 1;
            }
            let paragraph = page.tok(clause.cue).map_or(NONE, |tok| tok.paragraph);
            if let Some(slot) = last_speaker.get_mut(paragraph as usize) {
                *slot = clause.mention;
            }
        }
        let own = vec![OnceCell::new(); mentions.len()];
        Self { page, mentions, clauses, cast, words, by_mention, narrative_mentions, own, speaks, last_speaker }
    }

    /// How many clauses of saying this entity is the subject of.
    fn speaks(&self, entity: u32) -> u32 {
        self.speaks.get(entity as usize).copied().unwrap_or(0)
    }

    /// The subject of the last clause of saying in the paragraph above `paragraph`.
    fn last_clause_above(&self, paragraph: u32) -> Option<u32> {
        let above = paragraph.checked_sub(1)?;
        self.last_speaker.get(above as usize).copied().filter(|&mention| mention != NONE)
    }

    /// How many mentions begin before token `at`.
    fn mentions_before(&self, at: u32) -> u32 {
        u32::try_from(self.mentions.partition_point(|m| m.first < at)).unwrap_or(NONE)
    }

    /// How many of the mentions `from..to` stand in the narrative.
    fn narrative_mentions(&self, from: u32, to: u32) -> u32 {
        let until = |number: u32| self.narrative_mentions.get(number as usize).copied().unwrap_or(0);
        until(to).saturating_sub(until(from))
    }

    /// What can be seen of mention `number` by itself.
    fn own(&self, number: u32) -> Option<&Own> {
        self.own.get(number as usize)?.get_or_init(|| Own::of(self, number)).as_ref()
    }

    fn regions_between(&self, from: u32, to: u32) -> u32 {
        let index = |at: u32| u32::try_from(self.page.regions.partition_point(|q| q.first < at)).unwrap_or(0);
        index(to).saturating_sub(index(from))
    }

    /// How far a token is from a region, in narrative tokens.
    fn distance(&self, quoted: &Quoted, first: u32, last: u32) -> u32 {
        let (from, to) = if first >= quoted.last { (quoted.last, first) } else { (last, quoted.first) };
        to.saturating_sub(from).min(60)
    }

    /// The nearest clauses before and behind a region in its paragraph: distance and index.
    fn clauses_around(&self, quoted: &Quoted) -> (Near, Near) {
        let index = self.clauses.partition_point(|clause| clause.cue < quoted.first);
        let near = |n: Option<usize>| {
            let n = n?;
            let clause = self.clauses.get(n)?;
            let same = self.page.tok(clause.cue)?.paragraph == quoted.region.paragraph;
            same.then_some((self.distance(quoted, clause.cue, clause.last), u32::try_from(n).ok()?))
        };
        (near(index.checked_sub(1)), near(Some(index)))
    }

    /// The few clauses on both sides of a region.
    fn clauses_near(&self, quoted: &Quoted) -> impl Iterator<Item = &'a Clause> {
        let index = self.clauses.partition_point(|clause| clause.cue < quoted.first);
        self.clauses.get(index.saturating_sub(2)..self.clauses.len().min(index + 4)).unwrap_or_default().iter()
    }

    /// The clause of mention `number` nearest to a region, with its distance.
    fn clause_of(&self, number: u32, quoted: &Quoted) -> Option<(u32, &'a Clause)> {
        let first = self.by_mention.partition_point(|&(mention, _)| mention < number);
        let last = self.by_mention.partition_point(|&(mention, _)| mention <= number);
        let own = self.by_mention.get(first..last)?;
        let clause = |n: usize| own.get(n).and_then(|&(_, clause)| self.clauses.get(clause as usize));
        // Cues come in order, so the nearest one is the last before the region or the first behind it.
        let behind =
            own.partition_point(|&(_, clause)| self.clauses.get(clause as usize).is_some_and(|c| c.cue < quoted.first));
        [behind.checked_sub(1), Some(behind)]
            .into_iter()
            .filter_map(|n| clause(n?))
            .map(|clause| (self.distance(quoted, clause.cue, clause.last), clause))
            .min_by_key(|&(distance, _)| distance)
    }

    /// The words by which mention `number` is seen as the speaker of a region.
    pub(super) fn words_of_candidate(&self, quoted: &Quoted, number: u32) -> Vec<words::Seen> {
        let mut seen = Vec::with_capacity(12);
        if let Some(mention) = self.mentions.get(number as usize) {
            let clause = self.clause_of(number, quoted).map(|(_, clause)| clause);
            words::beside(self.page, mention, |word| seen.push(word));
            words::of_clause(self.page, quoted, mention, clause, |word| seen.push(word));
        }
        seen
    }

    /// The subject of a clause of saying, if it stands in the narrative and is no part of another mention.
    fn subject(&self, clause: &Clause) -> Option<&'a Mention> {
        self.mentions.get(clause.mention as usize).filter(|m| m.region == NONE && m.beside == NONE)
    }

    /// The mentions that may be the speaker of a region: one alone where it is beyond doubt.
    fn candidates(&self, quoted: &Quoted, previous: Option<Previous>, certain: Option<Certain>, into: &mut Vec<u32>) {
        const BEFORE: usize = 9;
        const BEHIND: usize = 6;
        const ABOVE: usize = 5;
        const BELOW: usize = 3;
        const FARTHEST: u32 = 3;
        into.clear();
        if let Some(certain) = certain {
            into.push(certain.mention);
            return;
        }
        let Some(&(first, last)) = self.page.paragraphs.get(quoted.region.paragraph as usize) else { return };
        let here = self.mentions.partition_point(|m| m.first < quoted.first);
        let may = |m: &&Mention| m.region == NONE && m.beside == NONE;
        let number = |n: usize| u32::try_from(n).unwrap_or(NONE);
        let mut above = 0;
        for (n, mention) in self.mentions.get(..here).unwrap_or_default().iter().enumerate().rev().take(80) {
            if !may(&mention) {
                continue;
            }
            if mention.first >= first {
                if into.len() < BEFORE {
                    into.push(number(n));
                }
                continue;
            }
            let up = self.page.tok(mention.first).map_or(NONE, |tok| quoted.region.paragraph - tok.paragraph);
            if up > if above == 0 { FARTHEST } else { 1 } || above == ABOVE {
                break;
            }
            above += 1;
            into.push(number(n));
        }
        let past = self.mentions.partition_point(|m| m.first < quoted.last);
        let behind = self.mentions.get(past..).unwrap_or_default().iter().enumerate();
        into.extend(
            behind
                .take_while(|(_, m)| m.first < last)
                .take(80)
                .filter(|(_, m)| may(m))
                .take(BEHIND)
                .map(|(n, _)| number(past + n)),
        );
        // A quotation that fills its paragraph may be told of in the next one.
        if let Some(&(below, end)) = self.page.paragraphs.get(quoted.region.paragraph as usize + 1)
            && last <= quoted.last + 1
        {
            let start = self.mentions.partition_point(|m| m.first < below);
            let next = self.mentions.get(start..).unwrap_or_default().iter().enumerate();
            let next = next.take_while(|(_, m)| m.first < end).take(12).filter(|(_, m)| may(m)).take(BELOW);
            into.extend(next.map(|(n, _)| number(start + n)).filter(|&n| !self.says_else(n, quoted)));
        }
        if let Some(previous) = previous.filter(|p| p.mention != NONE && !into.contains(&p.mention)) {
            into.push(previous.mention);
        }
    }

    /// Whether mention `number` of the next paragraph says something else there: "“No,” said Lind.", or without marks, where somebody else
    /// is named above: "Lind, 70, said he had heard a bang."
    fn says_else(&self, number: u32, quoted: &Quoted) -> bool {
        let Some((_, clause)) = self.clause_of(number, quoted) else { return false };
        let next = self.page.tok(clause.last);
        let marks = || clause.cue.checked_sub(1).and_then(|at| self.page.tok(at)).is_some_and(|tok| !tok.narrative());
        match clause.way {
            Way::Before | Way::Across => next.is_some_and(|tok| {
                !tok.narrative() || tok.shape.is_word() && self.names_person_above(quoted.region.paragraph)
            }),
            Way::Behind => marks(),
            _ => false,
        }
    }

    /// Whether the paragraph above names a person.
    fn names_person_above(&self, paragraph: u32) -> bool {
        let above = paragraph.checked_sub(1).and_then(|above| self.page.paragraphs.get(above as usize));
        above.is_some_and(|&(first, last)| {
            let from = self.mentions_before(first);
            let here = self.mentions.get(from as usize..).unwrap_or_default().iter().take_while(|m| m.first < last);
            here.zip(from..).any(|(m, n)| {
                let known = self.cast.entity(self.cast.meaning(n).entity);
                m.form == Form::HeShe || known.is_some_and(|known| known.person && !known.organisation)
            })
        })
    }

    /// Decides about all regions of the page, from top to bottom; those inside the turns of a transcript are part of them.
    pub(super) fn decide(&self, forests: &Forests, turns: &[Turn]) -> Vec<Decision> {
        let mut open = Vec::with_capacity(self.page.regions.len());
        let mut previous = None;
        for region in 0..u32::try_from(self.page.regions.len()).unwrap_or(0) {
            let Some(quoted) = self.page.regions.get(region as usize) else { break };
            let turn = turns.binary_search_by_key(&quoted.region.paragraph, |turn| turn.paragraph);
            if turn.is_ok() || self.is_nickname(quoted) || self.names_medium(quoted) || self.is_title(quoted) {
                continue;
            }
            let Some(one) = self.decide_one(forests, region, previous) else { continue };
            if one.decision.speech >= LIKELY {
                let Decision { mention, meaning, .. } = one.decision;
                previous = Some(Previous { region, mention, entity: meaning.entity });
            }
            open.push(one);
        }
        settled(forests, open)
    }

    /// The candidates of a region with their features.
    pub(super) fn ballot(
        &self,
        around: &Around,
        region: u32,
        previous: Option<Previous>,
        certain: Option<Certain>,
    ) -> Option<Vec<(u32, Features)>> {
        let quoted = self.page.regions.get(region as usize)?;
        let mut numbers = Vec::with_capacity(24);
        self.candidates(quoted, previous, certain, &mut numbers);
        let features = |number| {
            let entity = self.cast.meaning(number).entity;
            (number, of_candidate(self, around, quoted, number, previous, entity))
        };
        Some(numbers.into_iter().map(features).collect())
    }

    fn decide_one(&self, forests: &Forests, region: u32, previous: Option<Previous>) -> Option<Open> {
        let quoted = self.page.regions.get(region as usize)?;
        let around = Around::of(self, region)?;
        let certain = self.beside(quoted);
        let ballot = self.ballot(&around, region, previous, certain)?;
        let rivals: Vec<&[u8]> = ballot.iter().map(|(_, features)| features.as_slice()).collect();
        let scores = forests.speaker.scores(&rivals);
        let outcome = Outcome::of(&scores);
        let best = outcome.best.and_then(|n| ballot.get(n));
        let verdict = outcome.verdict(best.map_or(around.base(), |(_, features)| features));
        let speech = logistic(forests.speech.score(&verdict));
        let is_speech = certain.is_some_and(|certain| certain.speech);
        let least = certain.filter(|_| is_speech && speech < LIKELY).map(|certain| certain.least);
        let speech = if least.is_some() { LIKELY } else { speech };
        let mention = best
            .filter(|_| outcome.names_somebody(self.page.grammar.always_somebody || is_speech))
            .map_or(NONE, |(number, _)| *number);
        let clause = self.clause_of(mention, quoted).map(|(_, clause)| *clause);
        let meaning = self.cast.meaning(mention);
        let rule = self.rule(quoted, mention, clause, previous);
        let decision = Decision { region, speech, direct: 0.0, mention, clause, meaning, rule, confidence: 0.0 };
        Some(Open { decision, verdict, least })
    }

    /// The name of the pattern in which a quotation, its speaker and its cue stand.
    fn rule(&self, quoted: &Quoted, mention: u32, clause: Option<Clause>, previous: Option<Previous>) -> &'static str {
        let Some(speaker) = self.mentions.get(mention as usize) else { return "no-speaker" };
        let same_paragraph = self.page.tok(speaker.first).is_some_and(|tok| tok.paragraph == quoted.region.paragraph);
        if !same_paragraph {
            return if previous.is_some_and(|p| p.mention == mention) { "running-speaker" } else { "paragraph-above" };
        }
        let Some(clause) = clause else {
            return if previous.is_some_and(|p| p.mention == mention) { "same-speaker" } else { "nearest-mention" };
        };
        let behind = clause.cue >= quoted.last;
        match (clause.way, behind) {
            (Way::Before, true) => "quote-speaker-verb",
            (Way::Before, false) => "speaker-verb-quote",
            (Way::Behind, true) => "quote-verb-speaker",
            (Way::Behind, false) => "verb-speaker-quote",
            (Way::Across, true) => "quote-speaker-phrase-verb",
            (Way::Across, false) => "speaker-phrase-verb-quote",
            (Way::According, _) => "according-to",
            (Way::Colon, _) if speaker.form == Form::Name => "name-colon",
            (Way::Colon, _) => "colon",
            (Way::Dash, _) => "dash",
            (Way::Owner, _) => "owner-noun",
            (Way::Sentence, true) => "quote-subject-verb",
            (Way::Sentence, false) => "subject-verb-quote",
        }
    }
}

/// A decision that no later one of the page waits for the rest of.
struct Open {
    decision: Decision,
    verdict: [u8; VERDICT],
    /// How likely it is right at least, where a rule made it speech against the forests.
    least: Option<f32>,
}

/// Decisions with how direct and how likely right they are, which is asked of all at once.
fn settled(forests: &Forests, open: Vec<Open>) -> Vec<Decision> {
    let rows: Vec<&[u8]> = open.iter().map(|one| one.verdict.as_slice()).collect();
    let (direct, right) = (forests.direct.each(&rows), forests.right.each(&rows));
    let scores = direct.into_iter().zip(right);
    let settle = |(one, (direct, right)): (&Open, _)| {
        let confidence = forests.confidence.at(logistic(right));
        let confidence = one.least.map_or(confidence, |least| confidence.max(least));
        Decision { direct: logistic(direct), confidence, ..one.decision }
    };
    open.iter().zip(scores).map(settle).collect()
}

/// How the candidates of one question fared.
pub(super) struct Outcome {
    pub(super) best: Option<usize>,
    /// The probability of the best.
    pub(super) share: f32,
    pub(super) second: f32,
    /// The probability that none of them speaks.
    pub(super) none: f32,
}

impl Outcome {
    pub(super) fn of(scores: &[f32]) -> Self {
        let top = scores.iter().copied().fold(0.0, f32::max);
        let none = (-top).exp();
        let all = none + scores.iter().map(|s| (s - top).exp()).sum::<f32>();
        let (mut best, mut share, mut second) = (None, 0.0, 0.0);
        for (n, score) in scores.iter().enumerate() {
            let part = (score - top).exp() / all;
            if best.is_none() || part > share {
                second = share;
                share = part;
                best = Some(n);
            } else if part > second {
                second = part;
            }
        }
        Self { best, share, second, none: none / all }
    }

    /// Whether the best candidate is named.
    pub(super) fn names_somebody(&self, always: bool) -> bool {
        always || self.share >= self.none * NOBODY
    }

    /// The features of the questions about the region itself.
    pub(super) fn verdict(&self, features: &Features) -> [u8; VERDICT] {
        let mut row = [0; VERDICT];
        let fared = [sure(self.share), sure(self.second), sure(self.none)];
        for (slot, value) in row.iter_mut().zip(features.iter().chain(&fared)) {
            *slot = *value;
        }
        row
    }
}

pub(super) fn logistic(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}
