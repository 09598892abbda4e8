//! Nicknames in the middle of a name: `Anna "Bell" Lind`, `Anna ‘The Bell’ Lind`. What stands on both sides is one name.

use super::super::lexicon::{WordSet, class as c, groups};
use super::super::page::{NONE, Page};
use super::{Form, Gender, Mention};
use crate::text::word::Shape;

/// A nickname has no more words than this.
const LONGEST: u32 = 3;

/// Makes one mention of the two names around a nickname, and none of what stands in it. Mentions are in the order of the text.
pub(super) fn join(page: &Page<'_>, found: &mut Vec<Mention>) {
    let Some(places) = joined(page, found) else { return };
    for &(first, last) in &places {
        let Some((name, end)) = found.get(first).copied().zip(found.get(last).copied()) else { continue };
        if let Some(whole) = found.get_mut(first) {
            let gender = match page.tok(name.core) {
                Some(tok) if tok.is(c::GIVEN_MALE) => Gender::Male,
                Some(tok) if tok.is(c::GIVEN_FEMALE) => Gender::Female,
                _ => name.gender,
            };
            *whole = Mention { last: end.last, head: end.head, owner: end.owner, gender, ..name };
        }
    }
    let mut inside = places.iter().flat_map(|&(first, last)| first + 1..=last).peekable();
    let mut numbers = 0..;
    found.retain(|_| numbers.next().is_none_or(|number: usize| inside.next_if_eq(&number).is_none()));
}

/// The first and the last token of the nickname in a name, with marks that are tokens.
pub(in crate::extract) fn nickname(page: &Page<'_>, mention: &Mention) -> Option<(u32, u32)> {
    let inside =
        |&i: &u32| page.tok(i).is_some_and(|tok| tok.region != mention.region || tok.sign(b'\'') && tok.spaced);
    let last = |&i: &u32| page.tok(i).is_some_and(|tok| tok.region != mention.region || tok.sign(b'\''));
    let first = (mention.core..mention.last).find(inside)?;
    Some((first, (first..mention.last).rev().find(last)?))
}

/// The first and the last mention of each such name.
fn joined(page: &Page<'_>, found: &[Mention]) -> Option<Vec<(usize, usize)>> {
    let mut places: Vec<(usize, usize)> = Vec::new();
    let mut heads = None;
    for (first, name) in found.iter().enumerate() {
        let Some(behind) = is_name(page, name).then(|| behind_nickname(page, name.last)).flatten() else { continue };
        let next =
            |(_, other): &(usize, &Mention)| other.first == behind && other.core == behind && is_name(page, other);
        let rest = found.get(first + 1..)?.iter().take(2 * LONGEST as usize + 2);
        let Some((offset, end)) = rest.enumerate().find(next) else { continue };
        // Only given names before it, or the last name elsewhere: in a line of words that all have capitals this could be anything.
        let mut others = || {
            let heads = heads.get_or_insert_with(|| heads_of(page, found));
            page.tok(end.head).is_some_and(|tok| heads.contains(&tok.hash))
        };
        let given = (name.core..name.last).all(|i| {
            page.tok(i).is_some_and(|tok| tok.is(groups::GIVEN) || tok.shape == Shape::Initial || tok.sign(b'.'))
        });
        let apart = places.last().is_none_or(|(_, last)| *last < first);
        if apart && (given || others()) {
            places.push((first, first + 1 + offset));
        }
    }
    (!places.is_empty()).then_some(places)
}

/// The heads of the names that are one word long.
fn heads_of(page: &Page<'_>, found: &[Mention]) -> WordSet {
    let alone = found.iter().filter(|mention| mention.form == Form::Name && mention.last == mention.core + 1);
    // One of those is the name behind the nickname.
    let (mut once, mut twice) = (WordSet::default(), WordSet::default());
    for tok in alone.filter_map(|mention| page.tok(mention.head)) {
        if !once.insert(tok.hash) {
            twice.insert(tok.hash);
        }
    }
    twice
}

/// Whether it is a name in the narrative that may be a part of such a one.
fn is_name(page: &Page<'_>, mention: &Mention) -> bool {
    mention.form == Form::Name
        && mention.region == NONE
        && !page.tok(mention.last - 1).is_some_and(|tok| tok.is(c::SUFFIX))
        && page.tok(mention.head).is_some_and(|tok| tok.shape == Shape::Capital || tok.shape == Shape::Initial)
}

/// Where a nickname in quotation marks that begins at `at` ends, and the name goes on.
fn behind_nickname(page: &Page<'_>, at: u32) -> Option<u32> {
    let word = |i: &u32| {
        page.tok(*i).is_some_and(|tok| {
            tok.spaced && (tok.shape.is_capital() || tok.is(c::PARTICLE) && tok.shape == Shape::Lower)
        })
    };
    let first = page.tok(at)?;
    let paragraph = at.checked_sub(1).and_then(|before| page.tok(before))?.paragraph;
    let (inside, end) = match page.regions.get(first.region as usize) {
        // Marks of a region are no tokens.
        Some(region) if region.first == at && region.region.closed => (at, region.last),
        Some(_) => return None,
        None => {
            let single = |i: u32| page.tok(i).filter(|tok| tok.sign(b'\'') && tok.narrative());
            single(at).filter(|open| open.spaced)?;
            let end = (at + 2..=at + 1 + LONGEST).find(|&i| single(i).is_some_and(|close| !close.spaced))?;
            (at + 1, end)
        }
    };
    let opens = page.tok(inside)?.shape.is_capital();
    let words = opens && end > inside && end - inside <= LONGEST && (inside + 1..end).all(|i| word(&i));
    let behind = if first.narrative() { end + 1 } else { end };
    let same = page.tok(behind).is_some_and(|tok| {
        tok.paragraph == paragraph && tok.spaced && tok.narrative() && !tok.opens && tok.shape.is_capital()
    });
    (words && same).then_some(behind)
}

#[cfg(test)]
mod tests {
    use crate::article::{Article, Source};
    use crate::extract::{Speaker, extract};

    fn check(text: &str, expected: &[&str]) {
        let found = extract(&Article::from_text(Source::file("one.txt"), text));
        let names: Vec<&str> = found.people.iter().map(|person| person.name.as_str()).collect();
        assert_eq!(names, expected, "{text}");
    }

    #[test]
    fn a_nickname_is_a_part_of_the_name() {
        check("Anna \"Bell\" Lind rang. Lind left.", &["Anna \"Bell\" Lind"]);
        check("The town thanked Anna ‘The Old Bell’ Lind on Monday.", &["Anna ‘The Old Bell’ Lind"]);
        // A given name that no list has.
        check("They met Orsolo “Tin” Vasch. Vasch waved. Vasch left.", &["Orsolo “Tin” Vasch"]);
        check("It was Gerald “Penny” Moss. “No,” said Gerald Moss.", &["Gerald Moss"]);
    }

    #[test]
    fn a_nickname_is_nobodys_words() {
        let found = extract(&Article::from_text(Source::file("one.txt"), "Anna “Bell” Lind said it was “a long day”."));
        assert_eq!(found.quotes.len(), 1, "{:?}", found.quotes);
    }

    #[test]
    fn a_given_name_before_it_tells_the_sex() {
        let said = |text: &str| {
            let found = extract(&Article::from_text(Source::file("one.txt"), text));
            found.quotes.first().map(|quote| quote.attribution.speaker.clone())
        };
        assert_eq!(said("Anna “Bell” Lind came. “It rained,” she said."), Some(Speaker::Named(0)));
        assert_ne!(said("Anna “Bell” Lind came. “It rained,” he said."), Some(Speaker::Named(0)));
    }

    #[test]
    fn what_stands_between_two_people_is_no_nickname() {
        check("Then Anna said “No” and Lind left.", &["Anna", "Lind"]);
        check("They met Orsolo “Tin” Vasch.", &["Orsolo", "Tin", "Vasch"]);
        check("By Anna Orle\n\n“Hamlet” Tickets go on sale.", &["Anna Orle", "Hamlet", "Tickets"]);
        check("They saw Anna “climb the bell tower” Lind wrote.", &["Anna", "Lind"]);
    }
}
