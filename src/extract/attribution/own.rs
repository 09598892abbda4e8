//! What can be seen of one mention, whichever quotation it is weighed for.
//!
//! A mention is a candidate of several quotations, so this is looked at once and kept. What stands between mention and
//! quotation is in `features`.

use super::super::clause::verb_like;
use super::super::lexicon::{class as c, groups};
use super::super::mention::{Form, Gender, Mention};
use super::super::page::{NONE, Page, behind_preposition};
use super::super::person::Meaning;
use super::features::{FAR, Feature, Features, count, flag, sure, word_code};
use super::{Scene, words};
use crate::text::word::Shape;

/// What is known of a mention by itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Own {
    /// Its features and their values.
    values: [(Feature, u8); 24],
    /// The sum of what the words beside it and its head tell.
    pub(super) told: f32,
    /// How many mentions begin before its first token, and before its end.
    pub(super) before_first: u32,
    pub(super) before_last: u32,
    /// The word that a quotation of its own speaker seldom holds: the surname of whoever is meant.
    pub(super) surname: Option<u64>,
}

impl Own {
    /// Writes its features where they belong.
    pub(super) fn put(&self, into: &mut Features) {
        for (feature, value) in self.values {
            if let Some(slot) = into.get_mut(feature as usize) {
                *slot = value;
            }
        }
    }

    /// What can be seen of mention `number`.
    pub(super) fn of(scene: &Scene<'_, '_>, number: u32) -> Option<Self> {
        let page = scene.page;
        let mention = scene.mentions.get(number as usize)?;
        let tok = page.tok(mention.first)?;
        // Whom "it" and "they" mean is found by who has spoken, and tells nothing of who speaks here.
        let meaning = match mention.form {
            Form::It | Form::They => Meaning::NOBODY,
            _ => scene.cast.meaning(number),
        };
        let known = scene.cast.entity(meaning.entity);
        let before_it = page.before(mention.first);
        let after = page.after(mention.last - 1);
        let governed = behind_preposition(page, mention.first);
        let verb = after.is_some_and(|(_, tok)| verb_like(page, tok, mention.last));
        let head = |classes| flag(page.is(mention.head, classes) && mention.form == Form::Nominal);
        let next = scene.mentions.get(number as usize + 1).and_then(|m| page.tok(m.first));
        let opens_paragraph = page.paragraphs.get(tok.paragraph as usize).is_some_and(|&(first, _)| {
            number == 0 || scene.mentions.get(number as usize - 1).is_none_or(|m| m.first < first)
        });
        let values = [
            (Feature::form, form_code(mention.form)),
            (Feature::plural, flag(mention.plural)),
            (Feature::definite, flag(mention.definite)),
            (
                Feature::owner,
                flag(mention.owner || page.is(mention.first, c::POSSESSIVE) && mention.form != Form::Nominal),
            ),
            (Feature::gender_known, flag(mention.gender != Gender::Unknown)),
            (Feature::person_noun, head(c::ROLE | c::ROLES)),
            (Feature::document_noun, head(c::DOCUMENT)),
            (Feature::body_noun, head(c::BODY)),
            (Feature::crowd_noun, head(c::CROWD)),
            (Feature::title, flag(mention.core > mention.first || mention.role.is_some())),
            (
                Feature::preposition_before,
                before_it.map_or(0, |(_, tok)| match () {
                    () if tok.is(c::PREPOSITION) || governed => 1,
                    () if tok.is(groups::CUE) => 2,
                    () if tok.is(c::CONJUNCTION) => 3,
                    () => 0,
                }),
            ),
            (Feature::said_listener, flag(before_it.is_some_and(|(_, tok)| tok.is(c::TELL)))),
            (Feature::opens_text_sentence, flag(tok.opens)),
            (Feature::first_of_sentence, flag(first_of_sentence(scene, number, mention))),
            (
                Feature::followed_by_verb,
                after.map_or(0, |(_, tok)| match () {
                    () if tok.is(groups::FINITE) => 1,
                    () if tok.is(c::AUXILIARY) => 2,
                    () if tok.sign(b',') => 3,
                    () if tok.shape == Shape::Possessive => 4,
                    () if verb => 5,
                    () => 0,
                }),
            ),
            (
                Feature::entity_mentions,
                known.map_or(0, |known| count(u32::try_from(known.mentions.len()).unwrap_or(FAR))),
            ),
            (Feature::last_of_sentence, flag(next.is_none_or(|next| next.sentence != tok.sentence))),
            (Feature::word_before_mention, word_code(page, before_it.map(|(at, _)| at))),
            (Feature::word_after_mention, word_code(page, after.map(|(at, _)| at))),
            (Feature::speaks_elsewhere, count(scene.speaks(meaning.entity))),
            (Feature::first_of_paragraph, flag(opens_paragraph)),
            (Feature::resolved, flag(meaning.entity != NONE || meaning.described != NONE)),
            (Feature::sure, sure(meaning.certainty)),
            (Feature::cues_before, count(cues_before(page, mention.first))),
        ];
        let mut told = 0.0;
        words::beside(page, mention, |seen| told += scene.words.weight(seen));
        let named = known.and_then(|known| scene.mentions.get(known.fullest as usize)).unwrap_or(mention);
        let surname = matches!(named.form, Form::Name | Form::Organisation).then(|| page.tok(named.head)).flatten();
        Some(Self {
            values,
            told,
            before_first: number - before(scene.mentions, number, |m| m.first == mention.first),
            before_last: number + behind(scene.mentions, number, |m| m.first < mention.last),
            surname: surname.map(|tok| tok.hash),
        })
    }
}

/// How many mentions in a row before mention `number` are like that.
fn before(mentions: &[Mention], number: u32, like: impl Fn(&Mention) -> bool) -> u32 {
    let before = mentions.get(..number as usize).unwrap_or_default();
    u32::try_from(before.iter().rev().take_while(|m| like(m)).count()).unwrap_or(0)
}

/// How many mentions in a row from mention `number` on are like that.
fn behind(mentions: &[Mention], number: u32, like: impl Fn(&Mention) -> bool) -> u32 {
    let from = mentions.get(number as usize..).unwrap_or_default();
    u32::try_from(from.iter().take_while(|m| like(m)).count()).unwrap_or(0)
}

fn form_code(form: Form) -> u8 {
    match form {
        Form::Name => 0,
        Form::HeShe => 1,
        Form::Organisation => 2,
        Form::Nominal => 3,
        Form::They => 4,
        Form::Who => 5,
        Form::First => 6,
        Form::Someone => 7,
        Form::It => 8,
    }
}

/// How many verbs of saying stand before a mention in its sentence.
fn cues_before(page: &Page<'_>, first: u32) -> u32 {
    const BACK: u32 = 40;
    let Some(here) = page.tok(first) else { return 0 };
    let cues = (first.saturating_sub(BACK)..first).rev().map_while(|i| {
        page.tok(i).filter(|tok| tok.paragraph == here.paragraph && (tok.sentence == here.sentence || !tok.narrative()))
    });
    u32::try_from(cues.filter(|tok| tok.narrative() && tok.is(groups::FINITE) && tok.is(c::STRONG)).count())
        .unwrap_or(9)
}

fn first_of_sentence(scene: &Scene<'_, '_>, number: u32, mention: &Mention) -> bool {
    let here = scene.page.tok(mention.first);
    let before =
        number.checked_sub(1).and_then(|n| scene.mentions.get(n as usize)).and_then(|m| scene.page.tok(m.first));
    !matches!((here, before), (Some(here), Some(before)) if here.sentence == before.sentence && before.narrative())
}
