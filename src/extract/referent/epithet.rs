//! Second references of a language that compounds its nouns: "der Minister" is the Finanzminister, "der CDU-Politiker" is "Karl Oakes
//! (CDU)", and "der 54-Jährige" is "Karl Oakes (54)".
//!
//! They are told by the words beside a name. Where none of them fits, `referent` takes whoever is spoken of.

use super::super::lexicon::class as c;
use super::super::mention::{Form, Gender, Mention, age};
use super::super::page::{NONE, Page};
use super::super::person::{Entity, Meaning};
use super::{LOOK_BACK, Resolver};

/// So many of the roles of somebody are looked at.
const ROLES: usize = 4;

impl Resolver<'_, '_> {
    /// Whom an office means that is the last part of one beside a name, or the party behind it.
    pub(super) fn by_office(&self, number: usize, mention: &Mention) -> Meaning {
        let page = self.page;
        if !page.grammar.compounds || page.is(mention.head, c::BODY) {
            return Meaning::NOBODY;
        }
        let office = Office::of(page.words(mention.head));
        let earlier = self.mentions.get(..number).unwrap_or_default().iter().zip(&self.meanings);
        for (name, meaning) in earlier.rev().take(LOOK_BACK).filter(|(m, _)| m.form == Form::Name && m.region == NONE) {
            let Some(known) = self.entities.get(meaning.entity as usize).filter(|known| !known.organisation) else {
                continue;
            };
            if !mention.gender.differs(known.gender)
                && (self.holds(known, &office) || office.is_of_party(page, name.last))
            {
                return Meaning::named(meaning.entity, 0.9);
            }
        }
        Meaning::NOBODY
    }

    /// Whether somebody is known by an office, and not by this one.
    pub(super) fn holds_another(&self, known: &Entity, mention: &Mention) -> bool {
        let page = self.page;
        page.grammar.compounds
            && page.is(mention.head, c::NAME_ROLE)
            && !known.roles.is_empty()
            && !self.holds(known, &Office::of(page.words(mention.head)))
    }

    fn holds(&self, known: &Entity, office: &Office) -> bool {
        let roles = known.roles.iter().take(ROLES).flat_map(|&(first, last)| first..last);
        roles.filter(|&at| self.page.is(at, c::ROLE)).any(|at| office.is_part_of(self.page.words(at)))
    }

    /// Whom an age means: whoever has it beside the name or the description, or else whoever is spoken of and has no other.
    pub(super) fn aged(&mut self, number: usize, mention: &Mention) -> Meaning {
        let page = self.page;
        let Some(years) = age::aged(page, mention.head).filter(|_| mention.definite) else { return Meaning::NOBODY };
        let earlier = self.mentions.get(..number).unwrap_or_default().iter().zip(&self.meanings);
        let same = |m: &Mention| {
            matches!(m.form, Form::Name | Form::Nominal)
                && m.region == NONE
                && !m.plural
                && !m.gender.differs(mention.gender)
                && age::beside(page, m) == Some(years)
        };
        let same = earlier.enumerate().rev().take(LOOK_BACK).find(|(_, (m, _))| same(m));
        if let Some((described, (_, meaning))) = same {
            let described = u32::try_from(described).unwrap_or(NONE);
            let known = meaning.entity != NONE || meaning.described != NONE;
            return if known { *meaning } else { Meaning { described, ..Meaning::NOBODY } };
        }
        if mention.gender == Gender::Unknown && page.grammar.nouns_are_capital {
            return Meaning::NOBODY;
        }
        let known = self.pronoun(&Mention { form: Form::HeShe, ..*mention });
        if self.has_age(known) { Meaning::NOBODY } else { known }
    }

    /// Whether an age stands beside somebody.
    fn has_age(&self, known: Meaning) -> bool {
        const ENOUGH: usize = 16;
        let age = |&number: &u32| self.mentions.get(number as usize).and_then(|m| age::beside(self.page, m)).is_some();
        let mentions = self.entities.get(known.entity as usize).map(|entity| entity.mentions.iter());
        age(&known.described) || mentions.is_some_and(|mut mentions| mentions.by_ref().take(ENOUGH).any(age))
    }
}

/// The noun of an office, without its endings.
struct Office {
    stem: String,
    /// What stands before its last part: "cdu" of "CDU-Politiker".
    party: Option<String>,
}

impl Office {
    fn of(word: &str) -> Self {
        let word = word.to_lowercase();
        Self { stem: stem(&word), party: word.rsplit_once('-').map(|(party, _)| stem(party)) }
    }

    /// Whether the word of a role ends with it: "Minister" is part of "Finanzminister", and not "Präsident" of "Vizepräsident".
    fn is_part_of(&self, role: &str) -> bool {
        const OTHERS: &[&str] = &["vize", "ex", "alt", "ehren"];
        let role = role.to_lowercase();
        let whole = stem(&role);
        let first = whole.strip_suffix(&*self.stem).map(|first| first.trim_end_matches('-'));
        // "der Parteichef" of the "SPD-Chef", "der SPD-Politiker" as well.
        let party = || role.rsplit_once('-').map(|(party, last)| (stem(party), stem(last)));
        let leads = || {
            let leader = |last: &str| matches!(last, "chef" | "chefin" | "vorsitzend");
            self.stem == "parteichef" && party().is_some_and(|(_, last)| leader(&last))
        };
        let member = || self.is_politician() && self.party.is_some() && party().map(|(party, _)| party) == self.party;
        first.is_some_and(|first| !OTHERS.contains(&first)) || leads() || member()
    }

    fn is_politician(&self) -> bool {
        self.stem.ends_with("-politik") || self.stem.ends_with("-politikerin")
    }

    /// Whether its party stands in brackets at token `at`, behind a name.
    fn is_of_party(&self, page: &Page<'_>, at: u32) -> bool {
        let bracket = page.tok(at).is_some_and(|tok| tok.sign(b'('));
        let party = || stem(&page.words(at + 1).to_lowercase());
        bracket && self.party.as_ref().is_some_and(|own| !own.is_empty() && *own == party())
    }
}

/// A noun in lower case without the endings of its cases; whoever leads is a chief, he or she.
fn stem(word: &str) -> String {
    const ENDINGS: &[&str] = &["en", "er", "em", "e"];
    const LEAST: usize = 3;
    let long = |stem: &&str| stem.len() >= LEAST;
    let word = word.strip_suffix('s').filter(long).unwrap_or(word);
    let word = ENDINGS.iter().find_map(|ending| word.strip_suffix(ending).filter(long)).unwrap_or(word);
    let leader = ["vorsitzend", "chefin"].iter().find_map(|last| word.strip_suffix(last)).filter(|of| !of.is_empty());
    leader.map_or_else(|| word.to_owned(), |of| format!("{of}chef"))
}
