//! Offices in front of a name with the body or the place that they are held in, and no mark between: "the mayor of Dovar Ann Lind".
//!
//! A part of the search for mentions.

use super::lexicon::{class as c, groups};
use super::mention::Finder;
use crate::text::word::Shape;

impl Finder<'_, '_> {
    /// "the chief executive of Dovar Foods Ann Lind", "the envoy to Iran Absalom Reithe": a run that begins with the body or the place of
    /// an office, and goes on with a given name and a surname, or behind a place with two words that are nothing else. The office, and
    /// where the name begins.
    pub(super) fn behind_body(&self, at: u32, end: u32) -> Option<(u32, u32)> {
        let page = self.page;
        let name = |i: u32| page.tok(i).filter(|tok| tok.shape.is_capital());
        let of_body = c::ORGANISATION_WORD | c::ORGANISATION | c::COMPANY | c::PLACE | c::DEMONYM | c::BODY;
        let plain = |i: u32| name(i).is_none_or(|tok| !tok.is(of_body) || tok.is(groups::GIVEN));
        let given = || (at + 1..end - 1).find(|&i| page.is(i, groups::GIVEN) && name(i + 1).is_some());
        let placed = || {
            let place = (at..end).find(|&i| !page.is(i, c::PLACE | c::DEMONYM)).filter(|&i| i > at)?;
            (place + 2 == end && name(place).is_some() && name(place + 1).is_some()).then_some(place)
        };
        if page.grammar.nouns_are_capital || end < at + 3 || page.is(at, groups::GIVEN) {
            return None;
        }
        let core = given().or_else(placed).filter(|&core| (core..end).all(plain))?;
        let office = self.office_of(at)?;
        // "a spokesman for Republican Ann Lind", "a lawyer for Absalom Ann Lind": whoever speaks for somebody is not them.
        let bodies = of_body & !c::DEMONYM;
        let person = page.is(office, c::KIN) && !(at..core).any(|i| page.is(i, bodies));
        let nation = (at..core).all(|i| page.is(i, c::DEMONYM));
        (!person && !nation).then_some((office, core))
    }

    /// The office whose body or place stands at `at`: "executive director of the Dovar chapter of the Council on".
    fn office_of(&self, at: u32) -> Option<u32> {
        const FARTHEST: u32 = 12;
        let page = self.page;
        let sentence = page.tok(at)?.sentence;
        let mut governed = false;
        for i in (at.saturating_sub(FARTHEST)..at).rev() {
            let tok = page.tok(i).filter(|tok| tok.sentence == sentence && (tok.spaced || tok.opens))?;
            if governed && tok.is(c::ROLE | c::NAME_ROLE) {
                return Some(i);
            }
            governed = tok.is(c::PREPOSITION);
            let capital = |at: u32| page.tok(at).is_some_and(|tok| tok.shape.is_capital());
            // "the Dovar chapter of", "Minister for Works and Trade"
            let chapter = tok.shape == Shape::Lower
                && page.is(i + 1, c::PREPOSITION)
                && !tok.is(groups::FUNCTION | groups::FINITE);
            let listed = page.words(i) == "and" && i.checked_sub(1).is_some_and(capital) && capital(i + 1);
            if !(governed || chapter || listed || tok.shape.is_capital() || tok.is(c::DETERMINER)) {
                return None;
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use crate::article::{Article, Source};
    use crate::extract::extract;

    #[test]
    fn a_name_begins_behind_the_body_of_its_office() {
        for (text, name, role) in [
            ("The chief executive of Brannel Foods Ann Lind spoke.", "Ann Lind", "chief executive of Brannel Foods"),
            (
                "Chairman of the Brannel Board of Trade Ann Lind spoke.",
                "Ann Lind",
                "Chairman of the Brannel Board of Trade",
            ),
            (
                "The president of the National Union of Weavers Ann Lind spoke.",
                "Ann Lind",
                "president of the National Union of Weavers",
            ),
            (
                "Director of the Brannel chapter of the Council on Reithe-Vasch Relations Ann Lind spoke.",
                "Ann Lind",
                "Director of the Brannel chapter of the Council on Reithe-Vasch Relations",
            ),
            ("The Minister for Works and Mending Ann Lind spoke.", "Ann Lind", "Minister for Works and Mending"),
            ("They met the mayor of Brannel Ann Lind there.", "Ann Lind", "mayor of Brannel"),
            ("The envoy to Iran Absolo Reithe spoke.", "Absolo Reithe", "envoy to Iran"),
            ("The Ministry of Works spokeswoman Ann Lind spoke.", "Ann Lind", "Ministry of Works spokeswoman"),
            ("Labour MP Ann Lind spoke.", "Ann Lind", "Labour MP"),
        ] {
            let found = extract(&Article::from_text(Source::file("one.txt"), text));
            let person = found.people.iter().find(|person| person.name == name);
            let roles = person.map(|person| person.roles.as_slice()).unwrap_or_default();
            assert_eq!(roles, [role], "{text}: {:?}", found.people);
        }
    }

    #[test]
    fn a_name_of_its_own_is_left_whole() {
        for (text, name) in [
            ("The friends of Ann Lind spoke.", "Ann Lind"),
            ("A lawyer for Absolo Ann Lind spoke.", "Absolo Ann Lind"),
            ("The lawyer for Briton Ann Lind spoke.", "Briton Ann Lind"),
            ("A critic of Republican Ann Lind spoke.", "Republican Ann Lind"),
            ("The head of Brannel Ann College spoke.", "Brannel Ann College"),
            ("They saw Brannel Ann Lind there.", "Brannel Ann Lind"),
            ("The chairman spoke of it, and Brannel Ann Lind left.", "Brannel Ann Lind"),
            ("The president of Brannel met Reithe Ann Lind there.", "Reithe Ann Lind"),
            // Trades and titles are surnames too.
            ("They saw Paul Forester there.", "Paul Forester"),
            ("They saw Paul Marshal there.", "Paul Marshal"),
            ("They saw Judge Roy Abbot there.", "Roy Abbot"),
            ("They saw Emma Abbot Vasch there.", "Emma Abbot Vasch"),
        ] {
            let found = extract(&Article::from_text(Source::file("one.txt"), text));
            assert!(found.people.iter().any(|person| person.name == name), "{text}: {:?}", found.people);
        }
    }
}
