//! Whom a description means by an age, and in German whose a claim is: "ihre Botschaft", "Linds Fazit", "nach Ansicht der Ministerin", "nach eigenen Angaben".

use super::super::lexicon::{class as c, groups};
use super::super::mention::{Form, Gender, Mention, age, gender_of_noun};
use super::super::page::{NONE, behind_preposition};
use super::super::person::Meaning;
use super::Resolver;

/// What makes a noun a claim, a letter or a speech.
const CLAIM: u64 = c::CLAIM_NOUN | c::DOCUMENT | c::SPEECH_NOUN;

impl Resolver<'_, '_> {
    /// Whom a description means, if anybody is known by it.
    pub(super) fn described(&mut self, number: usize, mention: &Mention) -> Meaning {
        if age::aged(self.page, mention.head).is_some() {
            return self.aged(number, mention);
        }
        if !self.page.grammar.nouns_are_capital {
            return self.owned(number, mention);
        }
        let known = self.claimed(number, mention);
        if known.known() { known } else { self.description(number, mention) }
    }

    /// Who makes the claim that a mention is.
    fn claimed(&mut self, number: usize, claim: &Mention) -> Meaning {
        let page = self.page;
        // "Ihr Rat: ...": no council.
        let colon = page.tok(claim.last).is_some_and(|tok| tok.sign(b':'));
        if !page.is(claim.head, CLAIM) || page.is(claim.head, c::ROLE | c::BODY) && !colon {
            return self.holder_of(number, claim);
        }
        if page.is(claim.first, c::POSSESSIVE) && claim.first < claim.head {
            return match page.words(claim.first).to_lowercase() {
                word if word.starts_with("sein") => self.maker(claim, Gender::Male),
                word if word.starts_with("ihr") => self.maker(claim, Gender::Female),
                _ => Meaning::NOBODY,
            };
        }
        let own = |at: u32| at < claim.head && page.words(at).starts_with("eigene");
        if own(claim.head.saturating_sub(1)) {
            return self.of_sentence(number, claim);
        }
        // "Linds Fazit"
        let owner = number.checked_sub(1).and_then(|before| self.mentions.get(before).zip(self.meanings.get(before)));
        let genitive = |m: &Mention| m.last == claim.first && m.form == Form::Name && page.is_genitive(m.head);
        match owner.filter(|(m, _)| genitive(m)) {
            Some((_, meaning)) => *meaning,
            None => self.holder_of(number, claim),
        }
    }

    /// The one whose view a description tells of by a name inside it: "Nach Ansicht von Kreissprecher Tom Lind".
    pub(super) fn held(&self, number: usize, claim: &Mention) -> Option<u32> {
        const NEAR: usize = 3;
        let holder = claim.holder(self.page)?;
        let behind = self.mentions.iter().zip(self.named).skip(number + 1).take(NEAR);
        let mut named = behind.filter(|(m, entity)| m.first == holder && m.last == claim.last && **entity != NONE);
        named.next().map(|(_, &entity)| entity)
    }

    /// Whom "sein" or "ihr" means before a claim.
    fn maker(&mut self, claim: &Mention, gender: Gender) -> Meaning {
        if let Some(several) = self.several_before(claim) {
            return Meaning { described: several, ..Meaning::NOBODY };
        }
        self.pronoun(&Mention { form: Form::HeShe, gender, last: claim.first + 1, head: claim.first, ..*claim })
    }

    /// The people or the body that the sentence before a claim is about: "Die Anwohner sind wütend. Ihr Vorwurf: ..."
    fn several_before(&self, claim: &Mention) -> Option<u32> {
        const NEAR: usize = 8;
        let page = self.page;
        let here = page.tok(claim.first)?;
        let until = self.mentions.partition_point(|m| m.first < claim.first);
        let near = self.mentions.iter().enumerate().take(until).rev().take(NEAR);
        let opens = |m: &Mention| {
            let tok = page.tok(m.first).filter(|tok| tok.opens && tok.narrative());
            tok.is_some_and(|tok| tok.paragraph == here.paragraph && tok.sentence + 1 == here.sentence)
        };
        let (number, subject) = near.into_iter().find(|(_, m)| opens(m))?;
        let several = subject.plural || page.is(subject.head, c::CROWD | c::ROLES | c::BODY);
        (subject.form == Form::Nominal && several).then(|| u32::try_from(number).unwrap_or(NONE))
    }

    /// The subject of the sentence of a claim, as far as it is named or described: "Lind ist nach eigenen Angaben", "Nach eigenen Angaben ist
    /// Lind".
    fn of_sentence(&mut self, number: usize, claim: &Mention) -> Meaning {
        const NEAR: usize = 4;
        let page = self.page;
        let sentence = |m: &Mention| page.tok(m.first).map(|tok| (tok.paragraph, tok.sentence));
        let fits = |m: &Mention| {
            sentence(m) == sentence(claim)
                && m.region == NONE
                && matches!(m.form, Form::Name | Form::Organisation | Form::HeShe | Form::Nominal)
                && !behind_preposition(page, m.first)
        };
        let mut earlier = self.mentions.iter().zip(&self.meanings).take(number).rev().take(NEAR);
        let before = earlier.rfind(|(m, _)| fits(m));
        if let Some((_, meaning)) = before.filter(|(_, known)| known.entity != NONE || known.described != NONE) {
            return *meaning;
        }
        let behind = self.mentions.iter().enumerate().skip(number + 1).take(NEAR).find(|(_, m)| fits(m));
        let Some((next, subject)) = behind.filter(|_| before.is_none()) else { return Meaning::NOBODY };
        let known = match subject.form {
            Form::HeShe => self.pronoun(subject),
            Form::Nominal if page.is(subject.head, c::ROLE | c::NAME_ROLE) => self.description(next, subject),
            _ => self.named.get(next).map_or(Meaning::NOBODY, |&entity| Meaning::named(entity, 0.9)),
        };
        let described = subject.form == Form::Nominal && page.is(subject.head, groups::NOMINAL) && !known.known();
        let number = u32::try_from(next).unwrap_or(NONE);
        if described { Meaning { described: number, ..Meaning::NOBODY } } else { known }
    }

    /// Whom the description means whose claim it is: "Ansicht der Ministerin", "ein Brief des Ministers".
    fn holder_of(&self, number: usize, claim: &Mention) -> Meaning {
        let page = self.page;
        let Some(holder) = claim.holder(page) else { return Meaning::NOBODY };
        let head = (holder..claim.last).find(|&at| page.is(at, c::ROLE | c::NAME_ROLE) && !page.is(at, groups::GIVEN));
        let definite = (claim.head + 1..holder).any(|at| page.is(at, c::DEFINITE));
        let Some(head) = head.filter(|&head| definite && head + 1 == claim.last) else { return Meaning::NOBODY };
        let gender = gender_of_noun(page, head);
        self.description(
            number,
            &Mention { first: holder, core: holder, head, gender, definite, plural: false, ..*claim },
        )
    }
}
