//! What can be seen of the clause of saying that a candidate is the subject of.

use super::super::clause::{Clause, Way};
use super::super::lexicon::{class as c, groups};
use super::super::page::{Quoted, Tok};
use super::Scene;
use super::features::{Around, FAR, Feature, count, flag, narrative_between, verb};

/// The features of mention `number` that its nearest clause, `own`, gives it.
pub(super) fn clause(
    scene: &Scene<'_, '_>,
    around: &Around,
    quoted: &Quoted,
    number: u32,
    own: Option<(u32, &Clause)>,
    set: &mut impl FnMut(Feature, u8),
) {
    let page = scene.page;
    let Some((distance, clause)) = own else {
        set(Feature::way, 9);
        set(Feature::cue_distance, 60);
        set(Feature::other_closer_clause, flag(around.before.is_some() || around.behind.is_some()));
        return;
    };
    let Some(cue) = page.tok(clause.cue) else { return };
    set(Feature::has_clause, 1);
    set(Feature::way, way_code(clause));
    set(Feature::cue_strong, flag(cue.is(c::STRONG) && cue.is(groups::CUE)));
    set(Feature::cue_said, flag(matches!(page.words(clause.cue), "said" | "says" | "say")));
    set(Feature::cue_tell, flag(cue.is(c::TELL)));
    set(Feature::cue_write, flag(cue.is(c::WRITE)));
    set(Feature::cue_label, flag(cue.is(c::LABEL)));
    set(
        Feature::cue_form,
        match () {
            () if cue.is(c::CUE_PAST) => 1,
            () if cue.is(c::CUE_THIRD) => 2,
            () if cue.is(c::CUE_BASE) => 3,
            () if cue.is(c::CUE_ING) => 4,
            () => 0,
        },
    );
    let behind = clause.cue >= quoted.last;
    if let Some(mention) = scene.mentions.get(number as usize) {
        let (from, to) =
            if mention.first > clause.cue { (clause.last, mention.first) } else { (mention.last, clause.cue) };
        set(Feature::mention_to_cue, count(narrative_between(page, from, to)));
    }
    let (from, to) = if behind { (quoted.last, clause.cue) } else { (clause.last, quoted.first) };
    let stretch = || (from..to.min(from + FAR)).filter(|&i| page.tok(i).is_some_and(Tok::narrative));
    set(Feature::verbs_to_quote, count(u32::try_from(stretch().filter(|&i| verb(page, i)).count()).unwrap_or(9)));
    set(Feature::that_to_quote, flag(stretch().any(|i| page.is(i, c::THAT))));
    set(Feature::cue_behind, flag(behind));
    set(Feature::cue_distance, count(distance));
    set(Feature::cue_adjacent, flag(distance <= 1));
    set(Feature::cue_same_sentence, flag(cue.sentence == around.sentence));
    let nearest = if behind { around.behind } else { around.before };
    set(Feature::cues_between, flag(nearest.is_some_and(|(near, _)| near < distance)));
    let other = if behind { around.before } else { around.behind };
    set(
        Feature::other_closer_clause,
        flag(other.is_some_and(|(near, index)| {
            near < distance && scene.clauses.get(index as usize).is_some_and(|c| c.mention != number)
        })),
    );
}

fn way_code(clause: &Clause) -> u8 {
    match clause.way {
        Way::Before => 0,
        Way::Behind => 1,
        Way::Across => 2,
        Way::According => 3,
        Way::Colon => 4,
        Way::Dash => 5,
        Way::Owner => 6,
        Way::Sentence => 7,
    }
}
