//! From decided regions to quotations: which regions are one quotation, and who its speaker is.
//!
//! The parts of a split quotation (`"A," said X, "B"`) and the paragraphs of a long one become the spans of one
//! quotation. Regions that are no speech are left out.

use super::attribution::{Decision, Scene};
use super::lexicon::class as c;
use super::mention::{Form, Mention};
use super::page::{NONE, Page};
use super::person::Cast;
use super::{Attribution, Kind, Person, Quote, Speaker};
use crate::text::span::Span;
use crate::text::word::Shape;

/// The people of a page, by name, in the order in which they are first named.
pub(super) fn people(page: &Page<'_>, mentions: &[Mention], cast: &Cast) -> Vec<Person> {
    let mut people = Vec::with_capacity(cast.entities.len());
    for entity in &cast.entities {
        let name = mentions.get(entity.fullest as usize).map(|m| folded(page.slice(m.core, m.last))).unwrap_or_default();
        let mut roles: Vec<String> = Vec::new();
        for &(first, last) in &entity.roles {
            let role = folded(page.slice(first, last)).trim_end_matches(['.', ',']).to_owned();
            if !role.is_empty() && !roles.contains(&role) {
                roles.push(role);
            }
        }
        let places = entity.mentions.iter().filter_map(|&m| mentions.get(m as usize)).filter_map(|m| page.span(m.core, m.last)).collect();
        people.push(Person { name, roles, mentions: places });
    }
    people
}

fn folded(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The quotations that these decisions make.
pub(super) fn quotes(scene: &Scene<'_, '_>, decisions: &[Decision]) -> Vec<Quote> {
    let mut quotes: Vec<Quote> = Vec::new();
    let mut last: Option<Decision> = None;
    for decision in decisions {
        if decision.speech < 0.5 {
            last = None;
            continue;
        }
        let Some(span) = words_of(scene.page, decision.region) else { continue };
        if let Some(before) = last.filter(|before| one_quotation(scene, before, decision))
            && let Some(quote) = quotes.last_mut()
        {
            debug_assert!(before.region < decision.region, "regions come in order");
            quote.spans.push(span);
        } else {
            quotes.push(Quote { spans: vec![span], kind: kind(decision), attribution: attribution(scene, decision) });
        }
        last = Some(*decision);
    }
    quotes
}

fn kind(decision: &Decision) -> Kind {
    if decision.direct >= 0.5 { Kind::Direct } else { Kind::Mixed }
}

/// The words of a region, without the comma or dash that ends them.
fn words_of(page: &Page<'_>, region: u32) -> Option<Span> {
    let inside = page.regions.get(region as usize)?.region.inside;
    let words = inside.of(page.text);
    let kept = words.trim_end_matches(|ch: char| ch == ',' || ch.is_whitespace());
    let kept = if kept.is_empty() { words } else { kept };
    Span::new(page.text, inside.start(), inside.start() + kept.len())
}

/// Whether two regions in a row are parts of one quotation: the second goes on behind the clause that splits it, or in the next
/// paragraph behind a mark left open.
fn one_quotation(scene: &Scene<'_, '_>, before: &Decision, here: &Decision) -> bool {
    let page = scene.page;
    let (Some(a), Some(b)) = (page.regions.get(before.region as usize), page.regions.get(here.region as usize)) else {
        return false;
    };
    if before.region + 1 != here.region {
        return false;
    }
    if a.region.continues {
        return b.region.paragraph == a.region.paragraph + 1;
    }
    let direct = kind(before) == Kind::Direct && kind(here) == Kind::Direct;
    if !direct || a.region.paragraph != b.region.paragraph {
        return false;
    }
    let same = before.mention == here.mention || before.meaning.entity != NONE && before.meaning.entity == here.meaning.entity;
    // Between the two stands the one clause of saying, and nothing else.
    let clause = before.clause.filter(|clause| clause.cue >= a.last && clause.cue < b.first);
    let between = (a.last..b.first).filter(|&i| page.tok(i).is_some_and(|tok| tok.shape.is_word())).count();
    let stops = (a.last..b.first).filter(|&i| page.tok(i).is_some_and(|tok| tok.opens && i > a.last)).count();
    same && clause.is_some() && between <= 24 && stops == 0
}

pub(super) fn attribution(scene: &Scene<'_, '_>, decision: &Decision) -> Attribution {
    let page = scene.page;
    let mention = scene.mentions.get(decision.mention as usize);
    let speaker = match mention {
        None => Speaker::Unknown,
        Some(_) if decision.meaning.entity != NONE => Speaker::Named(decision.meaning.entity as usize),
        Some(mention) if matches!(mention.form, Form::Nominal) => Speaker::Described(description(page, mention)),
        Some(_) => Speaker::Unknown,
    };
    let certainty = if mention.is_some() { decision.meaning.certainty } else { 1.0 };
    Attribution {
        speaker,
        mention: mention.and_then(|m| page.span(m.first, m.last)),
        cue: decision.clause.and_then(|clause| page.span(clause.cue, clause.last)),
        rule: decision.rule,
        confidence: (decision.speech * decision.share * certainty).clamp(0.0, 1.0),
    }
}

/// A description as printed, without its article.
fn description(page: &Page<'_>, mention: &Mention) -> String {
    let article = page.tok(mention.first).is_some_and(|tok| tok.is(c::ARTICLE) && tok.shape != Shape::Upper);
    let first = if article && mention.first + 1 < mention.last { mention.first + 1 } else { mention.first };
    folded(page.slice(first, mention.last))
}
