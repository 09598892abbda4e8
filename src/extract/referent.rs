//! Whom a pronoun or a description means: one pass down the page that keeps count of who is being spoken of.
//!
//! Each mention makes its person more salient, a subject more than an object, a speaker more than others; with every sentence
//! salience fades. A pronoun means the most salient person that it fits, and then counts as a mention itself. The idea is that of
//! Lappin and Leass, "An algorithm for pronominal anaphora resolution" (1994), without a parser.

use super::clause::{Clause, Way, behind_preposition, verb_like};
use super::lexicon::{class as c, groups};
use super::mention::{Form, Gender, Mention};
use super::page::{NONE, Page};
use super::person::{Entity, Meaning};
use crate::text::word::Shape;

/// What is left of salience one sentence on, and besides one paragraph on; and of what was known when somebody is named again.
/// These and the weights below were chosen by the resolved speakers of annotated articles.
const SENTENCE: f32 = 0.6;
const PARAGRAPH: f32 = 0.85;
const AGAIN: f32 = 0.7;

/// How far back a description is looked for, in mentions.
const LOOK_BACK: usize = 80;
/// How sure it is that a description by which nobody is known means whoever is spoken of.
pub(super) const ANOTHER_WORD: f32 = 0.6;

/// Whom each mention means.
pub(super) fn resolve(
    page: &Page<'_>,
    mentions: &[Mention],
    clauses: &[Clause],
    entities: &[Entity],
    named: &[u32],
) -> Vec<Meaning> {
    let mut speaks = vec![false; mentions.len()];
    for clause in clauses.iter().filter(|clause| clause.way != Way::Sentence) {
        if let Some(slot) = speaks.get_mut(clause.mention as usize) {
            *slot = true;
        }
    }
    let mut resolver = Resolver {
        page,
        mentions,
        entities,
        salient: Vec::new(),
        sentence: 0,
        paragraph: 0,
        meanings: Vec::with_capacity(mentions.len()),
    };
    for (number, mention) in mentions.iter().enumerate() {
        let meaning = match named.get(number).copied().unwrap_or(NONE) {
            NONE => resolver.unnamed(number, mention, speaks.get(number).copied().unwrap_or(false)),
            entity => Meaning { entity, certainty: 1.0 },
        };
        resolver.meanings.push(meaning);
        if mention.region == NONE && meaning.entity != NONE {
            let speaks = speaks.get(number).copied().unwrap_or(false);
            resolver.note(mention, meaning.entity, speaks);
        }
    }
    resolver.beside(mentions);
    resolver.meanings
}

struct Salient {
    entity: u32,
    weight: f32,
    /// One past the last token of its last mention.
    last: u32,
}

struct Resolver<'a, 't> {
    page: &'a Page<'t>,
    mentions: &'a [Mention],
    entities: &'a [Entity],
    salient: Vec<Salient>,
    sentence: u32,
    paragraph: u32,
    meanings: Vec<Meaning>,
}

impl Resolver<'_, '_> {
    /// Lets what was salient fade up to the sentence of token `at`.
    fn fade(&mut self, at: u32) {
        let Some(tok) = self.page.tok(at) else { return };
        let sentences = tok.sentence.saturating_sub(self.sentence).min(8);
        let paragraphs = tok.paragraph.saturating_sub(self.paragraph).min(4);
        if sentences > 0 {
            let kept = SENTENCE.powi(sentences.cast_signed()) * PARAGRAPH.powi(paragraphs.cast_signed());
            for known in &mut self.salient {
                known.weight *= kept;
            }
            self.salient.retain(|known| known.weight > 0.004);
        }
        self.sentence = tok.sentence.max(self.sentence);
        self.paragraph = tok.paragraph.max(self.paragraph);
    }

    fn note(&mut self, mention: &Mention, entity: u32, speaks: bool) {
        self.fade(mention.first);
        let page = self.page;
        if in_brackets(page, mention.first) {
            return;
        }
        let verb = page.after(mention.last - 1).is_some_and(|(_, tok)| verb_like(page, tok, mention.last));
        let mut weight: f32 = match () {
            () if behind_preposition(page, mention.first) => 0.35,
            () if verb || page.tok(mention.first).is_some_and(|tok| tok.opens) => 1.0,
            () if mention.owner || page.is(mention.first, c::POSSESSIVE) => 0.4,
            () => 0.5,
        };
        let new = mention.core < mention.head && !self.salient.iter().any(|known| known.entity == entity);
        if new && mention.form == Form::Name {
            // Whoever is introduced is spoken of next.
            weight = weight.max(0.8);
        }
        if speaks {
            weight += 0.6;
        }
        match self.salient.iter_mut().find(|known| known.entity == entity) {
            Some(known) => {
                known.weight = known.weight * AGAIN + weight;
                known.last = mention.last;
            }
            None => self.salient.push(Salient { entity, weight, last: mention.last }),
        }
    }

    fn unnamed(&mut self, number: usize, mention: &Mention, speaks: bool) -> Meaning {
        match mention.form {
            Form::HeShe if mention.region == NONE => self.pronoun(mention),
            Form::Who => self.antecedent(number, mention),
            Form::Nominal if mention.region == NONE => match self.description(number, mention) {
                Meaning { entity: NONE, .. } if speaks => self.another_word(number, mention),
                known => known,
            },
            _ => Meaning::NOBODY,
        }
    }

    /// Whom "who" means: the name right before it, or, where that is no person's, the full name that an apposition stands behind:
    /// "Nina Lind, a surveyor at Dovar, who said".
    fn antecedent(&self, number: usize, who: &Mention) -> Meaning {
        const FAR: u32 = 24;
        let page = self.page;
        let Some(sentence) = page.tok(who.first).map(|tok| tok.sentence) else { return Meaning::NOBODY };
        let before = || self.mentions.iter().zip(&self.meanings).take(number).rev();
        let right_before = before().next().filter(|(m, _)| m.form == Form::Name && who.first <= m.last + 1);
        let person = |m: &Mention, meaning: &Meaning| {
            let entity = self.entities.get(meaning.entity as usize);
            m.form == Form::Name
                && entity.is_some_and(|entity| !entity.organisation && (entity.person || self.full_name(entity)))
        };
        let near = |m: &Mention| {
            page.tok(m.first).is_some_and(|tok| tok.sentence == sentence) && who.first.saturating_sub(m.last) <= FAR
        };
        let comma = page.before(who.first).is_some_and(|(_, tok)| tok.sign(b','));
        match right_before {
            Some((m, meaning)) if person(m, meaning) || !comma => *meaning,
            _ if !comma => Meaning::NOBODY,
            _ => before()
                .take_while(|(m, _)| near(m))
                .find(|(m, meaning)| person(m, meaning) && self.opens_apposition(m.last, who.first))
                .or(right_before)
                .map_or(Meaning::NOBODY, |(_, meaning)| *meaning),
        }
    }

    /// Whether a comma stands at token `from`, and no verb or other comma but the last from there to `to`.
    fn opens_apposition(&self, from: u32, to: u32) -> bool {
        let page = self.page;
        let idle = |i: u32| {
            page.tok(i).is_some_and(|tok| {
                tok.narrative() && !tok.is(groups::FINITE | c::AUXILIARY | c::WHO) && (!tok.sign(b',') || i + 1 == to)
            })
        };
        from < to && page.tok(from).is_some_and(|tok| tok.sign(b',')) && (from + 1..to).all(idle)
    }

    fn pronoun(&mut self, pronoun: &Mention) -> Meaning {
        self.fade(pronoun.first);
        let page = self.page;
        let comma_before = page.before(pronoun.first).is_some_and(|(_, tok)| tok.sign(b','));
        let (mut best, mut second) = ((NONE, 0.0_f32), 0.0_f32);
        for known in &self.salient {
            let Some(entity) = self.entities.get(known.entity as usize) else { continue };
            let fits = match () {
                () if entity.organisation || entity.gender.differs(pronoun.gender) => 0.0,
                () if entity.gender != Gender::Unknown => 1.0,
                () if entity.person => 0.7,
                () if self.full_name(entity) => 0.3,
                () => 0.08,
            };
            // "Lind, he said, left": whoever is named there is not the one who says it.
            let same = comma_before && known.last + 1 == pronoun.first;
            let weight = known.weight * fits * if same { 0.1 } else { 1.0 };
            if weight > best.1 {
                second = best.1;
                best = (known.entity, weight);
            } else if weight > second {
                second = weight;
            }
        }
        if best.0 == NONE {
            return Meaning { entity: NONE, certainty: 0.3 };
        }
        Meaning { entity: best.0, certainty: (best.1 / (best.1 + second)).clamp(0.4, 0.97) }
    }

    /// Whether the name has two words or more, as those of people have.
    fn full_name(&self, entity: &Entity) -> bool {
        let fullest = self.mentions.get(entity.fullest as usize);
        fullest.is_some_and(|m| m.form == Form::Name && m.core < m.head)
    }

    /// Whom "the spokesman" or "the company" means: the one with that role, or the body of that sort, named last. Of a thing
    /// that somebody owns and that speaks ("her statement"), its owner.
    fn description(&self, number: usize, mention: &Mention) -> Meaning {
        let page = self.page;
        let Some(head) = page.tok(mention.head) else { return Meaning::NOBODY };
        let owner = (mention.first..mention.head)
            .rev()
            .find(|&i| page.tok(i).is_some_and(|t| t.shape == Shape::Possessive) || page.is(i, c::POSSESSIVE));
        if let Some(owner) = owner {
            return if head.is(c::DOCUMENT | c::CLAIM_NOUN) && !head.is(c::ROLE | c::BODY) {
                self.owner(number, owner)
            } else {
                Meaning::NOBODY
            };
        }
        let person = head.is(c::ROLE | c::NAME_ROLE);
        let body = head.is(c::BODY) && page.words(mention.head) != "government";
        if !mention.definite || mention.plural || !(person || body) {
            return Meaning::NOBODY;
        }
        let earlier = self.mentions.get(..number).unwrap_or_default().iter().zip(&self.meanings);
        for (other, meaning) in earlier.rev().take(LOOK_BACK) {
            if !matches!(other.form, Form::Name | Form::Organisation) || other.region != NONE {
                continue;
            }
            let Some(known) = self.entities.get(meaning.entity as usize) else { continue };
            if mention.gender.differs(known.gender) {
                continue;
            }
            if person && !known.organisation && known.holds_role(head.hash) {
                return Meaning { entity: meaning.entity, certainty: 0.9 };
            }
            let same_word = || (other.core..other.last).any(|i| page.tok(i).is_some_and(|tok| tok.hash == head.hash));
            if body && known.organisation && same_word() {
                return Meaning { entity: meaning.entity, certainty: 0.85 };
            }
        }
        Meaning::NOBODY
    }

    /// "the rookie defenceman said", "the agency said", "A statement said": another word for who is spoken of, where
    /// nobody is known by it.
    fn another_word(&mut self, number: usize, mention: &Mention) -> Meaning {
        const LEAST: f32 = 0.25;
        self.fade(mention.first);
        let page = self.page;
        let Some(head) = page.tok(mention.head) else { return Meaning::NOBODY };
        let owned = (mention.first..mention.head)
            .any(|i| page.tok(i).is_some_and(|tok| tok.shape == Shape::Possessive || tok.is(c::POSSESSIVE)));
        let message = head.is(c::SPEECH_NOUN) && head.is(c::CLAIM_NOUN) && !mention.plural;
        let one = mention.definite && !mention.plural;
        let person = one && head.is(c::ROLE | c::DEMONYM) && !head.is(c::BODY);
        let body = one && head.is(c::BODY);
        // "A ministry official said ... The official said": whoever was described before without a name.
        let known = self.mentions.iter().take(number).rev().take(LOOK_BACK).any(|before| {
            before.form == Form::Nominal
                && !before.definite
                && before.beside == NONE
                && page.tok(before.head).is_some_and(|tok| tok.hash == head.hash)
        });
        if owned || known || !(person || body || message) {
            return Meaning::NOBODY;
        }
        let fits = |known: &&Salient| {
            let entity = self.entities.get(known.entity as usize);
            entity.is_some_and(|entity| {
                message
                    || body && entity.organisation
                    || person
                        && !entity.organisation
                        && (entity.person || self.full_name(entity))
                        && !entity.gender.differs(mention.gender)
            })
        };
        let best = self.salient.iter().filter(fits).max_by(|a, b| a.weight.total_cmp(&b.weight));
        match best.filter(|known| known.weight > LEAST) {
            Some(known) => Meaning { entity: known.entity, certainty: ANOTHER_WORD },
            None => Meaning::NOBODY,
        }
    }

    /// Whom the possessive at token `at`, in front of mention `number`, means.
    fn owner(&self, number: usize, at: u32) -> Meaning {
        let near = self.mentions.iter().zip(&self.meanings).take(number).rev().take(4);
        near.filter(|(m, _)| m.last == at || m.first == at && m.last == at + 1)
            .map(|(_, meaning)| *meaning)
            .next()
            .unwrap_or(Meaning::NOBODY)
    }

    /// A part of a longer mention, or a description in apposition to a name, means who the name means.
    fn beside(&mut self, mentions: &[Mention]) {
        for (number, mention) in
            mentions.iter().enumerate().filter(|(_, m)| m.beside != NONE && m.form == Form::Nominal)
        {
            let whole = self.meanings.get(mention.beside as usize).copied();
            if let (Some(whole), Some(slot)) = (whole, self.meanings.get_mut(number)) {
                *slot = whole;
            }
        }
    }
}

/// Whether token `at` stands in brackets: a caption's credit, an aside.
fn in_brackets(page: &Page<'_>, at: u32) -> bool {
    const FAR: u32 = 14;
    let place = |at: u32| page.tok(at).map_or(0, |tok| tok.start as usize);
    let near = page.text.as_bytes().get(place(at.saturating_sub(FAR))..place(at)).unwrap_or_default();
    if memchr::memchr(b'(', near).is_none() {
        return false;
    }
    let mut here = at;
    for _ in 0..FAR {
        let Some((before, tok)) = page.before(here) else { return false };
        if tok.sign(b')') {
            return false;
        }
        if tok.sign(b'(') {
            return true;
        }
        here = before;
    }
    false
}
