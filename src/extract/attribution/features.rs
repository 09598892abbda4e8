//! What can be seen of one quotation and one mention that may be its speaker, as numbers that a reader can name.
//!
//! The same numbers are used to train the ranker and to run it. Nothing here decides.

use super::super::clause::{Way, verb_like};
use super::super::lexicon::{class as c, groups};
use super::super::page::{NONE, Page, Quoted, behind_preposition};
use super::saying::clause;
use super::{Near, Scene, words};
use crate::text::word::Shape;

macro_rules! features {
    ($($name:ident),* $(,)?) => {
        /// The features, by name; each is a place in [`Features`].
        #[derive(Clone, Copy, Debug)]
        #[allow(non_camel_case_types, reason = "the names are printed as they stand")]
        pub(in crate::extract) enum Feature { $($name),* }
        /// Their names, in order.
        pub(in crate::extract) const NAMES: &[&str] = &[$(stringify!($name)),*];
    };
}

features! {
    mention_behind, tokens_between, mentions_between, regions_between, sentences_between, paragraphs_between,
    form, plural, definite, owner, gender_known, person_noun, document_noun, body_noun, crowd_noun,
    has_clause, way, cue_strong, cue_tell, cue_write, cue_label, cue_form, cue_behind, cue_distance, cue_adjacent,
    cue_same_sentence, cues_between,
    sign_before, sign_end, word_after, opens_paragraph, ends_paragraph, begins_capital, length, sentences_inside,
    opens_sentence, preposition_before, first_of_sentence, opens_text_sentence, followed_by_verb,
    previous_same, previous_paragraphs, previous_same_paragraph, previous_mention,
    clause_behind, clause_before, other_closer_clause, region_rank, regions_left, title, narrative_length,
    next_sign, in_title_paragraph, quote_first_person, said_listener,
    word_before, capitals_inside, auxiliaries_inside, cue_said, document_before, previous_region_near, entity_mentions,
    according_near, closed, first_word_inside, last_of_sentence, rival_subject,
    sentence_before, sentence_after, colon_above, quotation_above, verbs_inside, second_word_before,
    mention_to_cue, verbs_to_quote, cues_before, word_before_mention, word_after_mention, speaks_elsewhere,
    last_clause_above, first_of_paragraph, named_inside, resolved, sure, lead_in, that_to_quote, words, speech_words, direct_words,
}

/// How many features there are.
pub(in crate::extract) const COUNT: usize = NAMES.len();

/// One candidate's features.
pub(in crate::extract) type Features = [u8; COUNT];

/// What was decided for the quotation before this one.
#[derive(Clone, Copy, Debug)]
pub(in crate::extract) struct Previous {
    /// Its region.
    pub(in crate::extract) region: u32,
    /// The mention of its speaker.
    pub(in crate::extract) mention: u32,
    /// Whom that mention means.
    pub(in crate::extract) entity: u32,
}

/// What can be seen of a region, whoever speaks.
pub(in crate::extract) struct Around {
    base: Features,
    pub(super) sentence: u32,
    paragraph: u32,
    /// The nearest clauses: distance in tokens and index, before and behind.
    pub(super) before: Near,
    pub(super) behind: Near,
    /// How many mentions begin before the region, and before its end.
    mentions_before: u32,
    mentions_behind: u32,
    /// The words with a capital inside.
    capitals: Vec<u64>,
    /// Who leads up to it in the paragraph above, and whether nobody speaks there.
    lead: Option<(u32, bool)>,
}

/// What stands between the marks of a region.
#[derive(Default)]
struct Inside {
    sentences: u32,
    first_person: bool,
    verbs: u32,
    words: u32,
    capital_words: u32,
    auxiliaries: u32,
    /// The words with a capital.
    capitals: Vec<u64>,
}

impl Inside {
    /// Looks at sentences all through the region, at names in its first few sentences, at the rest in its first words.
    fn of(page: &Page<'_>, quoted: &Quoted) -> Self {
        const BEGINNING: u32 = 40;
        const NAMES: u32 = 4 * FAR;
        let mut inside = Self::default();
        let toks = page.toks.get(quoted.first as usize..quoted.last as usize).unwrap_or_default();
        for (n, tok) in (0u32..).zip(toks) {
            inside.sentences += u32::from(tok.opens);
            if n < NAMES && tok.shape.is_capital() {
                inside.capitals.push(tok.hash);
            }
            if n < BEGINNING {
                inside.first_person |= tok.is(c::FIRST);
                inside.verbs += u32::from(tok.shape == Shape::Lower && verb_like(page, tok, quoted.first + n));
                if n > 0 && tok.shape.is_word() {
                    inside.words += 1;
                    inside.capital_words += u32::from(tok.shape.is_capital() && !tok.opens);
                    inside.auxiliaries += u32::from(tok.is(c::AUXILIARY));
                }
            }
        }
        inside
    }
}

/// The most that is counted: every feature is below 64.
pub(super) const FAR: u32 = 60;

pub(super) fn count(n: u32) -> u8 {
    u8::try_from(n.min(FAR)).unwrap_or(60)
}

pub(super) fn flag(yes: bool) -> u8 {
    u8::from(yes)
}

/// The narrative tokens between two places of one paragraph or neighbouring ones.
pub(super) fn narrative_between(page: &Page<'_>, from: u32, to: u32) -> u32 {
    if from >= to {
        return 0;
    }
    let (mut at, mut n) = (from, 0);
    // Steps are bounded too: a paragraph of nothing but regions has no narrative to count.
    for _ in 0..4 * FAR {
        if at >= to || n >= FAR {
            break;
        }
        let Some(tok) = page.tok(at) else { break };
        if tok.narrative() {
            n += 1;
            at += 1;
        } else {
            at = page.regions.get(tok.region as usize).map_or(at + 1, |quoted| quoted.last.max(at + 1));
        }
    }
    n
}

fn sign_code(shape: Option<Shape>) -> u8 {
    match shape {
        None => 0,
        Some(Shape::Sign(b',')) => 1,
        Some(Shape::Sign(b':')) => 2,
        Some(Shape::Sign(b'.' | b'!' | b'?')) => 3,
        Some(Shape::Sign(b'-')) => 4,
        Some(Shape::Sign(_)) => 5,
        Some(Shape::Lower) => 6,
        Some(_) => 7,
    }
}

/// What a word right beside a quotation is for.
pub(super) fn word_code(page: &Page<'_>, at: Option<u32>) -> u8 {
    let Some(tok) = at.and_then(|at| page.tok(at)) else { return 0 };
    match () {
        () if tok.shape == Shape::Sign(b',') => 1,
        () if matches!(tok.shape, Shape::Sign(_)) => 2,
        () if tok.is(c::THAT) => 3,
        () if tok.is(c::HE | c::SHE | c::THEY) => 4,
        () if tok.is(groups::FINITE) && tok.is(c::STRONG) => 5,
        () if tok.is(groups::CUE) => 6,
        () if tok.is(c::PREPOSITION) => 7,
        () if tok.is(c::ARTICLE | c::DETERMINER | c::POSSESSIVE) => 8,
        () if tok.is(c::CONJUNCTION) => 9,
        () if tok.is(c::AUXILIARY) => 10,
        () if tok.shape.is_capital() => 11,
        () => 12,
    }
}

impl Around {
    pub(in crate::extract) fn base(&self) -> &Features {
        &self.base
    }

    pub(in crate::extract) fn of(scene: &Scene<'_, '_>, region: u32) -> Option<Self> {
        let page = scene.page;
        let quoted = page.regions.get(region as usize)?;
        let paragraph = quoted.region.paragraph;
        let &(first, last) = page.paragraphs.get(paragraph as usize)?;
        let mut f: Features = [0; COUNT];
        let mut set = |feature: Feature, value: u8| {
            if let Some(slot) = f.get_mut(feature as usize) {
                *slot = value;
            }
        };
        let before = (quoted.first > first).then(|| quoted.first - 1);
        let after = (quoted.last < last).then_some(quoted.last);
        let inside = quoted.region.inside.of(page.text);
        let before_tok = before.and_then(|at| page.tok(at));
        set(
            Feature::sign_before,
            sign_code(before_tok.map(|tok| if tok.narrative() { tok.shape } else { Shape::Sign(b'"') }))
                + if before_tok.is_some_and(|t| t.is(c::THAT)) { 4 } else { 0 },
        );
        set(
            Feature::sign_end,
            match inside.chars().next_back() {
                Some(',') => 1,
                Some('.') => 2,
                Some('?' | '!') => 3,
                Some('-' | '—' | '–' | '…') => 4,
                _ => 0,
            },
        );
        set(Feature::word_after, word_code(page, after));
        set(Feature::next_sign, sign_code(after.and_then(|at| page.tok(at)).map(|tok| tok.shape)));
        set(Feature::opens_paragraph, flag(before.is_none()));
        set(
            Feature::ends_paragraph,
            flag(
                after.is_none()
                    || (quoted.last + 1 >= last
                        && after.and_then(|at| page.tok(at)).is_some_and(|tok| matches!(tok.shape, Shape::Sign(_)))),
            ),
        );
        set(Feature::begins_capital, flag(inside.chars().next().is_some_and(char::is_uppercase)));
        set(Feature::length, count(quoted.last - quoted.first));
        let seen = Inside::of(page, quoted);
        set(Feature::sentences_inside, count(seen.sentences));
        let opens_sentence = before_tok.is_none_or(|tok| !tok.narrative() || tok.sentence != quoted.sentence);
        set(Feature::opens_sentence, flag(opens_sentence));
        let rank = (0..region)
            .rev()
            .take(60)
            .take_while(|&r| page.regions.get(r as usize).is_some_and(|q| q.region.paragraph == paragraph))
            .count();
        let left = (region + 1..)
            .take(8)
            .take_while(|&r| page.regions.get(r as usize).is_some_and(|q| q.region.paragraph == paragraph))
            .count();
        set(Feature::region_rank, count(u32::try_from(rank).unwrap_or(9)));
        set(Feature::regions_left, count(u32::try_from(left).unwrap_or(9)));
        set(Feature::narrative_length, count(narrative_between(page, first, last)));
        set(Feature::in_title_paragraph, flag(paragraph == 0));
        set(Feature::word_before, word_code(page, before));
        let share = (8 * seen.capital_words).checked_div(seen.words);
        set(Feature::capitals_inside, share.map_or(0, |share| 1 + count(share)));
        set(Feature::auxiliaries_inside, count(seen.auxiliaries));
        let document = (1..=2)
            .any(|back| quoted.first.checked_sub(back).is_some_and(|at| at >= first && page.is(at, c::DOCUMENT)));
        set(Feature::document_before, flag(document));
        let near = region
            .checked_sub(1)
            .and_then(|r| page.regions.get(r as usize))
            .filter(|q| q.region.paragraph == paragraph);
        set(Feature::previous_region_near, near.map_or(60, |q| count(quoted.first - q.last)));
        set(Feature::closed, flag(quoted.region.closed));
        set(Feature::first_word_inside, word_code(page, Some(quoted.first)));
        // "“No,” Oakes said, according to the report": what the marks are beside tells how it was said.
        let told = scene.behind_marks(quoted).is_some();
        let according = !told
            && scene.clauses_near(quoted).any(|clause| {
                clause.way == Way::According && page.tok(clause.cue).is_some_and(|tok| tok.sentence == quoted.sentence)
            });
        set(Feature::according_near, flag(according));
        set(Feature::quote_first_person, flag(seen.first_person));
        set(
            Feature::second_word_before,
            word_code(page, before.and_then(|at| at.checked_sub(1)).filter(|&at| at >= first)),
        );
        set(Feature::sentence_before, sentence_part(page, first, quoted.first, quoted.sentence, true));
        set(Feature::sentence_after, sentence_part(page, quoted.last, last, quoted.sentence, false));
        set(Feature::verbs_inside, count(seen.verbs));
        let above = first.checked_sub(1).and_then(|at| page.tok(at));
        set(Feature::colon_above, flag(above.is_some_and(|tok| tok.sign(b':'))));
        set(
            Feature::quotation_above,
            above.map_or(0, |tok| {
                let region = page.regions.get(tok.region as usize);
                region.map_or(0, |quoted| if quoted.region.continues { 2 } else { 1 })
            }),
        );
        let mut told = [0.0; 2];
        words::of_region(scene, quoted, |for_direct, seen| {
            if let Some(sum) = told.get_mut(usize::from(for_direct)) {
                *sum += scene.words.weight(seen);
            }
        });
        set(Feature::speech_words, words::feature(told[0]));
        set(Feature::direct_words, words::feature(told[1]));
        let (nearest_before, nearest_behind) = scene.clauses_around(quoted);
        set(Feature::clause_before, nearest_before.map_or(60, |(distance, _)| count(distance)));
        set(Feature::clause_behind, nearest_behind.map_or(60, |(distance, _)| count(distance)));
        Some(Self {
            base: f,
            sentence: quoted.sentence,
            paragraph,
            before: nearest_before,
            behind: nearest_behind,
            mentions_before: scene.mentions_before(quoted.first),
            mentions_behind: scene.mentions_before(quoted.last),
            capitals: seen.capitals,
            lead: scene.lead(quoted),
        })
    }
}

/// The features of mention `number` as the speaker of `quoted`.
pub(in crate::extract) fn of_candidate(
    scene: &Scene<'_, '_>,
    around: &Around,
    quoted: &Quoted,
    number: u32,
    previous: Option<Previous>,
    entity: u32,
) -> Features {
    let page = scene.page;
    let mut f = around.base;
    let Some(mention) = scene.mentions.get(number as usize) else { return f };
    let Some(tok) = page.tok(mention.first) else { return f };
    let Some(seen) = scene.own(number) else { return f };
    seen.put(&mut f);
    let mut set = |feature: Feature, value: u8| {
        if let Some(slot) = f.get_mut(feature as usize) {
            *slot = value;
        }
    };
    let behind = mention.first >= quoted.last;
    set(Feature::mention_behind, flag(behind));
    let (from, to) = if behind { (quoted.last, mention.first) } else { (mention.last, quoted.first) };
    set(Feature::tokens_between, count(narrative_between(page, from, to)));
    let (first, last) =
        if behind { (around.mentions_behind, seen.before_first) } else { (seen.before_last, around.mentions_before) };
    set(Feature::mentions_between, count(scene.narrative_mentions(first, last)));
    set(Feature::regions_between, count(scene.regions_between(from, to)));
    set(Feature::sentences_between, count(tok.sentence.abs_diff(around.sentence)));
    set(Feature::paragraphs_between, count(tok.paragraph.abs_diff(around.paragraph)));
    let own = scene.clause_of(number, quoted);
    clause(scene, around, quoted, number, own, &mut set);
    let mut told = seen.told;
    words::of_clause(page, quoted, mention, own.map(|(_, clause)| clause), |seen| told += scene.words.weight(seen));
    set(Feature::words, words::feature(told));
    set(Feature::last_clause_above, flag(scene.last_clause_above(around.paragraph) == Some(number)));
    let lead = around.lead.filter(|&(lead, _)| lead == number);
    set(Feature::lead_in, lead.map_or(0, |(_, quiet)| 1 + flag(quiet)));
    set(Feature::named_inside, flag(seen.surname.is_some_and(|name| around.capitals.contains(&name))));
    let rival = !behind && subject_between(scene, (seen.before_last, around.mentions_before));
    set(Feature::rival_subject, flag(rival));
    if let Some(previous) = previous {
        set(Feature::previous_same, flag(entity != NONE && entity == previous.entity || previous.mention == number));
        set(Feature::previous_mention, flag(previous.mention == number));
        let other = page.regions.get(previous.region as usize).map_or(0, |q| q.region.paragraph);
        set(Feature::previous_paragraphs, count(around.paragraph.saturating_sub(other)));
        set(Feature::previous_same_paragraph, flag(other == around.paragraph && previous.mention != NONE));
    } else {
        set(Feature::previous_paragraphs, 60);
    }
    f
}

/// How many narrative tokens of a sentence stand before (or behind) a region in its paragraph.
fn sentence_part(page: &Page<'_>, from: u32, to: u32, sentence: u32, before: bool) -> u8 {
    let own = |i: &u32| page.tok(*i).is_some_and(|tok| tok.sentence == sentence);
    let narrative = |i: &u32| page.tok(*i).is_some_and(|tok| tok.narrative() && tok.shape.is_word());
    let steps = 4 * FAR as usize;
    let n = if before {
        (from..to).rev().take(steps).take_while(own).filter(narrative).count()
    } else {
        (from..to).take(steps).take_while(own).filter(narrative).count()
    };
    count(u32::try_from(n).unwrap_or(FAR))
}

/// Whether the token at `at` looks like a finite verb.
pub(super) fn verb(page: &Page<'_>, at: u32) -> bool {
    page.tok(at).is_some_and(|tok| tok.shape == Shape::Lower && verb_like(page, tok, at))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of one, clamped")]
pub(super) fn sure(share: f32) -> u8 {
    (share.clamp(0.0, 1.0) * 60.0).round() as u8
}

/// Whether one of the mentions `from..to` looks like the subject of a verb.
fn subject_between(scene: &Scene<'_, '_>, (from, to): (u32, u32)) -> bool {
    const LOOK: usize = 12;
    let page = scene.page;
    let between = scene.mentions.get(from as usize..to as usize).unwrap_or_default().iter().take(LOOK);
    between.filter(|m| m.region == NONE && m.beside == NONE).any(|m| {
        page.after(m.last - 1).is_some_and(|(_, tok)| verb_like(page, tok, m.last))
            && !behind_preposition(page, m.first)
    })
}
