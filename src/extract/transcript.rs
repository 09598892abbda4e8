//! Transcripts: paragraphs that begin with who speaks and a colon, "WALDEN: ..." or "Q: ...", and stand without marks.
//!
//! A single such paragraph is a caption or a link ("READ MORE: ..."); turns come in a row, and their labels are names of people in
//! the article or the letters of a question and its answer.

use super::attribution::Scene;
use super::lexicon::groups;
use super::mention::Form;
use super::page::NONE;
use crate::text::span::Span;
use crate::text::word::Shape;

/// One turn of a transcript.
#[derive(Clone, Copy, Debug)]
pub(super) struct Turn {
    /// Which paragraph it is.
    pub(super) paragraph: u32,
    /// What was said.
    pub(super) words: Span,
    /// Tokens of the label: first, and one past the last (the colon).
    pub(super) label: (u32, u32),
    /// Who speaks, or none.
    pub(super) entity: u32,
}

/// What a paragraph's label is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Label {
    Question,
    Answer,
    Named(u32),
}

/// The turns of all transcripts of a page, by paragraph.
pub(super) fn turns(scene: &Scene<'_, '_>) -> Vec<Turn> {
    let mut found: Vec<(Turn, Label)> = Vec::new();
    for (paragraph, &(first, last)) in (0u32..).zip(&scene.page.paragraphs) {
        if let Some(turn) = labelled(scene, paragraph, first, last) {
            found.push(turn);
        }
    }
    // In a row: a turn of somebody else stands right above or below.
    let neighbour = |n: usize, other: Option<usize>| {
        let (Some((a, label)), Some((b, next))) = (found.get(n), other.and_then(|other| found.get(other))) else {
            return false;
        };
        a.paragraph.abs_diff(b.paragraph) == 1 && label != next
    };
    let kept: Vec<usize> =
        (0..found.len()).filter(|&n| neighbour(n, n.checked_sub(1)) || neighbour(n, Some(n + 1))).collect();
    let answers = answering(scene, kept.first().and_then(|&n| found.get(n)).map_or(0, |(turn, _)| turn.paragraph));
    kept.into_iter()
        .filter_map(|n| found.get(n))
        .map(|&(turn, label)| if label == Label::Answer { Turn { entity: answers, ..turn } } else { turn })
        .collect()
}

fn labelled(scene: &Scene<'_, '_>, paragraph: u32, first: u32, last: u32) -> Option<(Turn, Label)> {
    const LONGEST: u32 = 10;
    let page = scene.page;
    let colon = (first + 1..last.min(first + LONGEST))
        .find(|&at| page.tok(at).is_some_and(|tok| tok.sign(b':') && tok.narrative()))?;
    let label = label(scene, first, colon)?;
    let start = page.tok(colon)?.end as usize;
    let end = page.tok(last - 1)?.end as usize;
    let end = page
        .regions
        .iter()
        .rev()
        .find(|q| q.region.paragraph == paragraph)
        .map_or(end, |q| end.max(q.region.close as usize));
    let rest = page.text.get(start..end)?;
    let words = Span::new(page.text, start + (rest.len() - rest.trim_start().len()), end)?;
    // A whole turn between marks is a quotation behind a colon, not a transcript.
    let marked =
        page.regions.iter().any(|q| q.region.paragraph == paragraph && q.region.open as usize == words.start());
    let entity = if let Label::Named(entity) = label { entity } else { NONE };
    (!marked && !words.is_empty()).then_some((Turn { paragraph, words, label: (first, colon), entity }, label))
}

fn label(scene: &Scene<'_, '_>, first: u32, colon: u32) -> Option<Label> {
    let page = scene.page;
    if colon == first + 1 {
        match page.words(first) {
            "Q" | "Question" => return Some(Label::Question),
            "A" | "Answer" => return Some(Label::Answer),
            _ => {}
        }
    }
    let words = |at: u32| page.tok(at).filter(|tok| tok.shape.is_word());
    if !(first..colon).filter_map(words).all(|tok| tok.shape.is_capital()) {
        return None;
    }
    let index = scene.mentions.partition_point(|m| m.first < first);
    let mention = scene.mentions.get(index).filter(|m| m.form == Form::Name && m.last <= colon)?;
    let entity = scene.cast.meaning(u32::try_from(index).ok()?).entity;
    let known = scene.cast.entity(entity)?;
    // Somebody of the article, named elsewhere too, or with a given name right here.
    let elsewhere = known
        .mentions
        .iter()
        .filter_map(|&m| scene.mentions.get(m as usize))
        .any(|m| page.tok(m.head).is_some_and(|tok| tok.shape == Shape::Capital));
    (elsewhere || page.is(mention.core, groups::GIVEN) && mention.core < mention.head).then_some(Label::Named(entity))
}

/// Who answers the questions: the person named most often above the first of them.
fn answering(scene: &Scene<'_, '_>, paragraph: u32) -> u32 {
    let first = scene.page.paragraphs.get(paragraph as usize).map_or(0, |&(first, _)| first);
    let named = |entity: &super::person::Entity| {
        let above = entity.mentions.iter().filter_map(|&m| scene.mentions.get(m as usize)).filter(|m| m.first < first);
        above.count()
    };
    let people = (0u32..)
        .zip(&scene.cast.entities)
        .filter(|(_, entity)| !entity.organisation && entity.person && named(entity) > 0);
    people.max_by_key(|(number, entity)| (named(entity), std::cmp::Reverse(*number))).map_or(NONE, |(number, _)| number)
}
