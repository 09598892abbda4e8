//! Whom a pronoun or a description means: one pass down the page that keeps count of who is being spoken of.
//!
//! Each mention makes its person more salient, a subject more than an object, a speaker more than others; with every sentence
//! salience fades. A pronoun means the most salient person that it fits, and then counts as a mention itself. The idea is that of
//! Lappin and Leass, "An algorithm for pronominal anaphora resolution" (1994), without a parser.

mod ahead;
mod claim;
mod epithet;
mod firm;
mod introduced;
mod places;
mod rivals;

pub(super) use self::rivals::SECOND_REFERENCES;
use super::clause::{Clause, Way, verb_like};
use super::lexicon::{class as c, groups};
use super::mention::{Form, Gender, Mention, held};
use super::page::{NONE, Page};
use super::person::{Entity, Meaning};
use super::salient::{Referent, Salient};
use crate::text::word::Shape;

/// What is left of salience a sentence on, a paragraph on, and when somebody is named again: by annotated articles, as the weights below.
const SENTENCE: f32 = 0.6;
const PARAGRAPH: f32 = 0.85;
const AGAIN: f32 = 0.7;

/// What is left of the salience of somebody whom a pronoun of the other gender has meant, and how sure that pronoun had to be.
const OTHER_GENDER: f32 = 0.1;
const SHOWN: f32 = 0.55;

/// Within so many sentences somebody else answers.
const ANSWER: u32 = 2;

/// So many are kept in mind at once; one sentence may list thousands.
const REMEMBERED: usize = 256;

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
    let mut asks = vec![false; mentions.len()];
    for clause in clauses.iter().filter(|clause| clause.way != Way::Sentence) {
        if let Some(slot) = speaks.get_mut(clause.mention as usize) {
            *slot = true;
        }
        if let Some(slot) = asks.get_mut(clause.mention as usize) {
            *slot |= matches!(page.words(clause.cue), "asked" | "asks");
        }
    }
    let mut resolver = Resolver {
        page,
        mentions,
        entities,
        named,
        salient: Vec::new(),
        introduced: None,
        asker: None,
        sentence: 0,
        paragraph: 0,
        meanings: Vec::with_capacity(mentions.len()),
    };
    for (number, mention) in mentions.iter().enumerate() {
        let meaning = match named.get(number).copied().unwrap_or(NONE) {
            NONE => resolver.unnamed(number, mention, speaks.get(number).copied().unwrap_or(false)),
            entity => Meaning::named(entity, 1.0),
        };
        resolver.meanings.push(meaning);
        if mention.region == NONE {
            let speaks = speaks.get(number).copied().unwrap_or(false);
            if let Some(who) = resolver.referent(number, mention, meaning, speaks) {
                resolver.note(mention, who, speaks);
                let asker = (!mention.definite && asks.get(number).copied().unwrap_or(false)).then_some(who);
                resolver.asker = asker.map(|who| (who, resolver.sentence)).or(resolver.asker);
            }
        }
    }
    resolver.look_ahead();
    resolver.beside(mentions);
    resolver.meanings
}

struct Resolver<'a, 't> {
    page: &'a Page<'t>,
    mentions: &'a [Mention],
    entities: &'a [Entity],
    /// The entity of each mention by name.
    named: &'a [u32],
    salient: Vec<Salient>,
    /// Whom a sentence introduced as its subject, where nobody else has been spoken of since.
    introduced: Option<Referent>,
    /// Who was the last to ask something and is known by no name, and in which sentence: "a reporter asked".
    asker: Option<(Referent, u32)>,
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

    fn note(&mut self, mention: &Mention, who: Referent, speaks: bool) {
        self.fade(mention.first);
        let page = self.page;
        if page.in_brackets(mention.first) {
            return;
        }
        let verb = page.after(mention.last - 1).is_some_and(|(_, tok)| verb_like(page, tok, mention.last));
        let governed = self.governed(mention);
        let mut weight: f32 = match () {
            () if governed => 0.35,
            () if mention.form == Form::HeShe && page.is(mention.first, c::POSSESSIVE) => 0.4,
            () if verb || page.tok(mention.first).is_some_and(|tok| tok.opens) => 1.0,
            () if mention.owner || page.is(mention.first, c::POSSESSIVE) => 0.4,
            () => 0.5,
        };
        let new = mention.core < mention.head && !self.salient.iter().any(|known| known.who == who);
        // Whoever is introduced is spoken of next; in German not behind a preposition: "Nach einem Treffen mit Tom Lind sagte sie".
        if new && mention.form == Form::Name && !(governed && page.grammar.nouns_are_capital) {
            weight = weight.max(0.8);
        }
        if speaks {
            weight += 0.6;
        }
        let introduces = !governed && self.introduces(mention, who);
        if introduces {
            weight = weight.max(1.0);
        }
        self.follow(who, introduces, new || speaks || weight >= 1.0);
        match self.salient.iter_mut().find(|known| known.who == who) {
            Some(known) => {
                known.weight = known.weight * AGAIN + weight;
                known.last = mention.last;
                known.spoke |= speaks;
            }
            None => {
                if self.salient.len() >= REMEMBERED {
                    let least = (0..).zip(&self.salient).min_by(|(_, a), (_, b)| a.weight.total_cmp(&b.weight));
                    if let Some(least) = least.map(|(n, _)| n) {
                        self.salient.swap_remove(least);
                    }
                }
                self.salient.push(Salient { who, gender: Gender::Unknown, spoke: speaks, weight, last: mention.last });
            }
        }
    }

    fn unnamed(&mut self, number: usize, mention: &Mention, speaks: bool) -> Meaning {
        match mention.form {
            Form::HeShe if mention.region == NONE => self.pronoun(mention),
            Form::It | Form::They if mention.region == NONE && speaks => match self.pronoun(mention) {
                Meaning { entity: NONE, described: NONE, .. } => Meaning::NOBODY,
                known => known,
            },
            Form::Who => self.antecedent(number, mention),
            Form::Nominal if mention.region == NONE => match self.described(number, mention) {
                Meaning { entity: NONE, described, .. }
                    if speaks && (described == NONE || !self.page.grammar.compounds) =>
                {
                    self.another_word(number, mention)
                }
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
        let right_before = before().next().filter(|(m, _)| m.form != Form::Organisation && who.first <= m.last + 1);
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
        let (mut best, mut second) = ((None, 0.0_f32), 0.0_f32);
        // "It said", "they said": what has spoken goes on. A body that is only spoken of is it too seldom.
        let may_speak = |known: &&Salient| pronoun.form == Form::HeShe || known.spoke;
        for known in self.salient.iter().filter(may_speak) {
            let fits = match known.who {
                Referent::Named(entity) => self.fits_named(pronoun, entity),
                Referent::Described(number) => self.fits_described(pronoun, number),
            };
            // "Lind, he said, left": whoever is named there is not the one who says it.
            let same = comma_before && known.last + 1 == pronoun.first;
            let other = known.gender.differs(pronoun.gender);
            let asked = self.asker.is_some_and(|(who, at)| who == known.who && self.sentence <= at + ANSWER);
            let same = same || asked;
            let weight = known.weight * self.introduced_last(known.who) * fits;
            let weight = weight * if same { 0.1 } else { 1.0 } * if other { OTHER_GENDER } else { 1.0 };
            if weight > best.1 {
                second = best.1;
                best = (Some(known.who), weight);
            } else if weight > second {
                second = weight;
            }
        }
        let certainty = (best.1 / (best.1 + second)).clamp(0.4, 0.97);
        if let Some(known) = self.salient.iter_mut().find(|known| Some(known.who) == best.0)
            && known.gender == Gender::Unknown
            && certainty >= SHOWN
        {
            known.gender = pronoun.gender;
        }
        match best.0 {
            None => Meaning { certainty: 0.3, ..Meaning::NOBODY },
            Some(Referent::Named(entity)) => Meaning::named(entity, certainty),
            Some(Referent::Described(described)) => Meaning { entity: NONE, described, certainty },
        }
    }

    /// How well a pronoun fits a name, 0 to 1.
    fn fits_named(&self, pronoun: &Mention, entity: u32) -> f32 {
        let Some(entity) = self.entities.get(entity as usize) else { return 0.0 };
        let known = entity.gender != Gender::Unknown;
        match pronoun.form {
            Form::It if entity.organisation => 1.0,
            // That it speaks shows no person here.
            Form::It if known || entity.shows_person(self.page, self.mentions) => 0.0,
            Form::It => 0.4,
            Form::They if entity.organisation && !self.is_place(entity) => 0.2,
            Form::They => 0.0,
            _ if entity.organisation || entity.gender.differs(pronoun.gender) => 0.0,
            _ if known => 1.0,
            _ if entity.person => 0.7,
            _ if self.full_name(entity) => 0.3,
            _ if self.is_where(entity) => 0.0,
            _ => 0.08,
        }
    }

    /// How well a pronoun fits a description, 0 to 1.
    fn fits_described(&self, pronoun: &Mention, number: u32) -> f32 {
        let Some(mention) = self.mentions.get(number as usize) else { return 0.0 };
        let head = |classes| self.page.is(mention.head, classes);
        let known = mention.gender != Gender::Unknown;
        let person = known || head(c::ROLE | c::NAME_ROLE);
        let several = mention.plural && head(c::ROLE | c::ROLES | c::NAME_ROLE) || head(c::CROWD);
        match pronoun.form {
            Form::They if several => 1.0,
            Form::They if !person && head(c::BODY) => 0.2,
            Form::It if !person && !mention.plural && head(c::BODY | c::DOCUMENT) => 1.0,
            Form::HeShe if !person || mention.plural || mention.gender.differs(pronoun.gender) => 0.0,
            Form::HeShe if known => 1.0,
            Form::HeShe => 0.7,
            _ => 0.0,
        }
    }

    /// Whether a name stands beside a description: "his wife, the surveyor Nina Lind, said", "harbour master Odd Lind said".
    fn is_named(&self, number: usize, mention: &Mention) -> bool {
        const FAR: u32 = 8;
        const NEXT: usize = 4;
        let page = self.page;
        let comma = page.tok(mention.last).is_some_and(|tok| tok.sign(b','));
        let name = self.mentions.iter().skip(number + 1).take(NEXT).find(|m| m.form == Form::Name);
        let near = |name: &Mention| {
            let between = mention.last + 1..name.core;
            between.end.saturating_sub(between.start) <= FAR
                && between
                    .into_iter()
                    .all(|at| page.tok(at).is_some_and(|tok| tok.shape.is_word() && !tok.is(groups::FINITE)))
        };
        let title = |name: &Mention| name.core == mention.last;
        mention.beside != NONE || name.is_some_and(|name| title(name) || comma && near(name))
    }

    /// Who a mention that stands in the narrative speaks of: somebody without a name only if they speak, or if they open a
    /// sentence. "The official" is the one who was described by that word before.
    fn referent(&self, number: usize, mention: &Mention, meaning: Meaning, speaks: bool) -> Option<Referent> {
        if meaning.entity != NONE {
            return Some(Referent::Named(meaning.entity));
        }
        if meaning.described != NONE {
            return Some(Referent::Described(meaning.described));
        }
        // "His sister was there." and "A woman was there."
        let new = !mention.definite || mention.gender != Gender::Unknown && self.page.is(mention.first, c::POSSESSIVE);
        let subject = || new && !mention.plural && self.page.tok(mention.first).is_some_and(|tok| tok.opens);
        if mention.form != Form::Nominal || !(speaks || subject()) || self.is_named(number, mention) {
            return None;
        }
        let head = |number: u32| {
            let known = self.mentions.get(number as usize)?;
            Some((self.page.tok(known.head)?.hash, known.plural))
        };
        let number = u32::try_from(number).ok()?;
        let same = |known: &Salient| match known.who {
            Referent::Described(other) => mention.definite && head(other) == head(number),
            Referent::Named(_) => false,
        };
        let before = self.salient.iter().find(|known| same(known));
        Some(before.map_or(Referent::Described(number), |known| known.who))
    }

    /// Whether the name has two words or more, as those of people have.
    fn full_name(&self, entity: &Entity) -> bool {
        let fullest = self.mentions.get(entity.fullest as usize);
        fullest.is_some_and(|m| m.form == Form::Name && m.core < m.head)
    }

    /// Whom a description means. Whoever owns it shows their gender: in "his coach, Lind, said" the coach is not "he".
    fn owned(&mut self, number: usize, mention: &Mention) -> Meaning {
        let gender = match self.page.tok(mention.first).filter(|tok| tok.is(c::POSSESSIVE)) {
            Some(tok) if tok.is(c::HE) => Gender::Male,
            Some(tok) if tok.is(c::SHE) => Gender::Female,
            _ => Gender::Unknown,
        };
        if gender != Gender::Unknown {
            let owner = Mention { form: Form::HeShe, gender, ..*mention };
            self.pronoun(&owner);
        }
        self.description(number, mention)
    }

    /// Whom "the spokesman" or "the company" means: the one with that role, or the body of that sort, named last. Of a thing
    /// that somebody owns and that speaks ("her statement"), its owner.
    fn description(&self, number: usize, mention: &Mention) -> Meaning {
        let page = self.page;
        let Some(head) = page.tok(mention.head) else { return Meaning::NOBODY };
        if mention.holder(page).is_some() {
            // "nach Ansicht von Nina Lind"
            let earlier = self.mentions.iter().zip(&self.meanings).take(number).rev();
            let named = |m: &Mention| mention.is_view_of(page, m);
            let known = earlier.take(LOOK_BACK).find(|(m, meaning)| named(m) && meaning.entity != NONE);
            let known = known.map(|(_, meaning)| meaning.entity).or_else(|| self.held(number, mention));
            return known.map_or(Meaning::NOBODY, |entity| Meaning::named(entity, 0.9));
        }
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
            if person && !known.organisation && known.holds_role(head.hash) && !self.contradicts(mention, known) {
                return Meaning::named(meaning.entity, 0.9);
            }
            let same_word = || (other.core..other.last).any(|i| page.tok(i).is_some_and(|tok| tok.hash == head.hash));
            if body && known.organisation && same_word() {
                return Meaning::named(meaning.entity, 0.85);
            }
        }
        if person { self.by_office(number, mention) } else { Meaning::NOBODY }
    }

    /// "the rookie defenceman said", "the agency said", "A statement said": another word for who is spoken of, where
    /// nobody is known by it.
    fn another_word(&mut self, number: usize, mention: &Mention) -> Meaning {
        const LEAST: f32 = 0.25;
        // One sentence may list hundreds.
        const WEIGHED: usize = 12;
        // "The company said": the one that has spoken, before one that is bought.
        const SILENT: f32 = 0.3;
        self.fade(mention.first);
        let page = self.page;
        let Some(head) = page.tok(mention.head) else { return Meaning::NOBODY };
        let owned = (mention.first..mention.head)
            .any(|i| page.tok(i).is_some_and(|tok| tok.shape == Shape::Possessive || tok.is(c::POSSESSIVE)));
        let told = head.is(c::SPEECH_NOUN | c::CLAIM_NOUN | c::DOCUMENT) && !mention.plural;
        let message = told && head.is(c::SPEECH_NOUN) && head.is(c::CLAIM_NOUN) && mention.holder(page).is_none();
        if told && let Some(source) = mention.source(page, self.mentions.get(number + 1..).unwrap_or_default()) {
            let entity = self.named.get(number + 1 + source).copied().unwrap_or(NONE);
            return if entity == NONE { Meaning::NOBODY } else { Meaning::named(entity, 0.9) };
        }
        let one = mention.definite && !mention.plural;
        let person = one && (head.is(c::ROLE | c::DEMONYM) || held::is_trade(page, mention.head)) && !head.is(c::BODY);
        let body = one && head.is(c::BODY);
        // "A ministry official said ... The official said": whoever was described before without a name.
        let known = self.mentions.iter().take(number).rev().take(LOOK_BACK).any(|before| {
            before.form == Form::Nominal
                && !before.definite
                && before.beside == NONE
                && page.tok(before.head).is_some_and(|tok| tok.hash == head.hash)
        });
        if owned || known || body && self.of_its_own(mention) || !(person || body || message) {
            return Meaning::NOBODY;
        }
        // "The head of the union": nobody who is known by another office.
        let of_another = matches!(page.words(mention.last), "of" | "for");
        let fits = |known: &Salient| {
            let Referent::Named(who) = known.who else { return None };
            let entity = self.entities.get(who as usize).filter(|_| known.weight > LEAST)?;
            let fits = message
                || body && entity.organisation && !self.is_place(entity)
                || person
                    && !entity.organisation
                    && (entity.roles.is_empty() || !of_another)
                    && (entity.person || self.full_name(entity))
                    && !entity.gender.differs(mention.gender)
                    && !self.is_rival(number, mention, who, known.spoke);
            // "The minister" before the chairman of a union.
            let silent = || body && !known.spoke || self.holds_another(entity, mention);
            fits.then(|| (known.weight * if silent() { SILENT } else { 1.0 }, who))
        };
        let mut near: Vec<&Salient> = self.salient.iter().collect();
        near.sort_unstable_by(|a, b| b.weight.total_cmp(&a.weight));
        let best = near.into_iter().take(WEIGHED).filter_map(fits).max_by(|(a, _), (b, _)| a.total_cmp(b));
        let best = best.map(|(_, entity)| entity).or_else(|| self.firm(mention).filter(|_| body));
        best.map_or(Meaning::NOBODY, |entity| Meaning::named(entity, ANOTHER_WORD))
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
