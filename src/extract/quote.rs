//! From decided regions to quotations: which regions are one quotation, and who its speaker is.
//!
//! The parts of a split quotation (`"A," said X, "B"`) and the paragraphs of a long one become the spans of one
//! quotation. Regions that are no speech are left out.

use std::collections::HashSet;

use super::apposition::long_role;
use super::attribution::{Decision, LIKELY, Scene};
use super::lexicon::class as c;
use super::mention::{Form, Mention};
use super::page::{NONE, Page};
use super::person::Cast;
use super::transcript::Turn;
use super::{Attribution, Kind, Person, Quote, Speaker};
use crate::text::span::Span;
use crate::text::word::Shape;

/// The people of a page, by name, in the order in which they are first named.
pub(super) fn people(page: &Page<'_>, mentions: &[Mention], cast: &Cast) -> Vec<Person> {
    let mut people = Vec::with_capacity(cast.entities.len());
    for entity in &cast.entities {
        let name = mentions
            .get(entity.fullest as usize)
            .map(|m| folded(page.slice(m.core, m.name_end(page))))
            .unwrap_or_default();
        let name = match entity.shared.filter(|_| !name.contains(' ')) {
            Some(surname) => format!("{name} {}", page.words(surname)),
            None => name,
        };
        let mut roles: Vec<String> = Vec::new();
        let mut seen: HashSet<String> = HashSet::new();
        for &(first, last) in &entity.roles {
            let role = folded(page.slice(first, last)).trim_end_matches(['.', ',']).to_owned();
            if !role.is_empty() && seen.insert(role.clone()) {
                roles.push(role);
            }
        }
        let places = entity.mentions.iter().filter_map(|&m| mentions.get(m as usize));
        let mut places: Vec<Span> = places.filter_map(|m| page.span(m.core, m.last)).collect();
        // Where two turned out to be one person, those of the second may stand before those of the first.
        places.sort_unstable();
        places.dedup();
        people.push(Person { name, roles, mentions: places });
    }
    people
}

fn folded(words: &str) -> String {
    // Most names are words with one blank between them.
    let mut before = b' ';
    let plain = words.bytes().all(|byte| {
        let single = byte > b' ' && byte.is_ascii() || byte == b' ' && before != b' ';
        before = byte;
        single
    });
    if plain && before != b' ' {
        return words.to_owned();
    }
    let mut folded = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

/// The quotations that these decisions make.
pub(super) fn quotes(scene: &Scene<'_, '_>, decisions: &[Decision], turns: Vec<Turn>) -> Vec<Quote> {
    let mut quotes: Vec<Quote> = Vec::new();
    let mut last: Option<Decision> = None;
    for decision in decisions {
        if decision.speech < LIKELY {
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
    if !turns.is_empty() {
        quotes.extend(turns.into_iter().map(|turn| spoken(scene, &turn)));
        quotes.sort_by_key(|quote| quote.spans.first().copied());
    }
    quotes
}

/// A turn of a transcript as a quotation.
fn spoken(scene: &Scene<'_, '_>, turn: &Turn) -> Quote {
    /// Not measured, an estimate: the annotated articles leave turns without marks out, so that none of them counts as right there.
    const SURE: f32 = 0.9;
    let speaker = if turn.entity == NONE { Speaker::Unknown } else { Speaker::Named(turn.entity as usize) };
    let (first, colon) = turn.label;
    let attribution = Attribution {
        speaker,
        mention: scene.page.span(first, colon),
        cue: scene.page.span(colon, colon + 1),
        rule: "transcript",
        confidence: SURE,
    };
    Quote { spans: vec![turn.words], kind: Kind::Direct, attribution }
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
    // "We paid," she said, "and we will pay again.": the second part goes on with the sentence of the first.
    let goes_on = a.region.inside.of(page.text).ends_with([',', '-', '—', '–'])
        && b.first
            .checked_sub(1)
            .and_then(|at| page.tok(at))
            .is_some_and(|tok| tok.narrative() && (tok.sign(b',') || tok.sign(b'-')));
    let direct = kind(before) == Kind::Direct && (kind(here) == Kind::Direct || goes_on);
    if !direct || a.region.paragraph != b.region.paragraph {
        return false;
    }
    let same = before.mention == here.mention || before.meaning.same(here.meaning);
    // "„Wo?“ Lind sagte: „Dort.“": a sentence that opens with the clause and ends in a colon begins what is said anew.
    let opens = |at: u32| page.tok(at).is_some_and(|tok| tok.opens && tok.narrative());
    let colon = b.first.checked_sub(1).and_then(|at| page.tok(at)).is_some_and(|tok| tok.narrative() && tok.sign(b':'));
    // "Während Oakes von einem „Erfolg“ sprach, nannte Lind ihn „enttäuschend“": words inside a clause.
    let ends = page.tok(a.last).is_some_and(|tok| !tok.narrative() || tok.sign(b',') || tok.sign(b'-'))
        || a.region.inside.of(page.text).ends_with([',', '.', '!', '?', '…', '-', '–', '—']);
    if page.grammar.verb_second && (colon && opens(a.last) || !ends) {
        return false;
    }
    // Between the two stands the one clause of saying, and nothing else.
    let clause = before.clause.filter(|clause| clause.cue >= a.last && clause.cue < b.first);
    let between = (a.last..b.first).filter(|&i| page.tok(i).is_some_and(|tok| tok.shape.is_word())).count();
    let stops = (a.last..b.first).filter(|&i| page.tok(i).is_some_and(|tok| tok.opens && i > a.last)).count();
    // A second sentence with a clause of its own behind it is a quotation of its own.
    let own = here.clause.is_some_and(|own| own.cue >= b.last);
    same && clause.is_some() && between <= 24 && stops == 0 && (goes_on || !own)
}

pub(super) fn attribution(scene: &Scene<'_, '_>, decision: &Decision) -> Attribution {
    let page = scene.page;
    let mention = scene.mentions.get(decision.mention as usize);
    let speaker = match mention {
        None => Speaker::Unknown,
        Some(_) if decision.meaning.entity != NONE => Speaker::Named(decision.meaning.entity as usize),
        // "der 54-Jährige", of a neighbour who was described before
        Some(mention)
            if mention.form == Form::Nominal && !(page.grammar.compounds && decision.meaning.described != NONE) =>
        {
            Speaker::Described(description(page, mention))
        }
        // "a ministry official said ... he said"
        Some(_) if decision.meaning.described != NONE => {
            let before = scene.mentions.get(decision.meaning.described as usize);
            before.map_or(Speaker::Unknown, |m| Speaker::Described(description(page, m)))
        }
        // "a dock worker, who said": whoever stands before.
        Some(mention) if mention.form == Form::Who => {
            let before = decision.mention.checked_sub(1).and_then(|n| scene.mentions.get(n as usize));
            let before = before.filter(|m| m.form == Form::Nominal && mention.first <= m.last + 1);
            before.map_or(Speaker::Unknown, |m| Speaker::Described(description(page, m)))
        }
        Some(_) => Speaker::Unknown,
    };
    Attribution {
        speaker,
        mention: mention.and_then(|m| page.span(m.first, m.last)),
        cue: decision.clause.and_then(|clause| page.span(clause.cue, clause.last)),
        rule: decision.rule,
        confidence: decision.confidence,
    }
}

/// A description as printed, without its article, with the body that it is for ("spokesman for the roads department").
fn description(page: &Page<'_>, mention: &Mention) -> String {
    // "Angaben der Polizei": the police.
    if let Some(holder) = mention.holder(page) {
        return folded(page.slice(holder, mention.last));
    }
    // "said that inspectors found": no determiner of several.
    let conjunction = mention.plural && page.words(mention.first).eq_ignore_ascii_case("that");
    let first = match conjunction && mention.first + 1 < mention.last {
        true => mention.first + 1,
        false => partitive(page, mention).unwrap_or_else(|| behind_determiner(page, mention.first, mention.last)),
    };
    // "a number of senators", "half of the crew": of whom belongs to it.
    let long = page.is(mention.head, c::ROLE | c::ROLES)
        || page.is(mention.head, c::CROWD) && page.words(mention.last) == "of";
    folded(page.slice(first, if long { long_role(page, mention.last) } else { mention.last }))
}

/// Where "one of", "three of" or "most of" begins, in front of several.
fn partitive(page: &Page<'_>, mention: &Mention) -> Option<u32> {
    let (of, _) = page.before(mention.first).filter(|(at, _)| page.words(*at) == "of")?;
    let (many, tok) = page.before(of)?;
    let several = mention.plural || page.words(mention.head).ends_with('s');
    (several && tok.is(c::DETERMINER | c::SOMEONE)).then_some(many)
}

/// Where a description begins, behind an article, or "its", of which nobody can tell whose it is without the text.
pub(super) fn behind_determiner(page: &Page<'_>, first: u32, last: u32) -> u32 {
    let determiner = page.tok(first).is_some_and(|tok| tok.is(c::ARTICLE | c::POSSESSIVE) && tok.shape != Shape::Upper);
    if determiner && first + 1 < last { first + 1 } else { first }
}

#[cfg(test)]
mod tests {
    use crate::article::{Article, Source};
    use crate::extract::{Speaker, extract};

    /// Who says each of the quotations in `text`, behind a paragraph of its own that names people: a name, a description, `-` for nobody.
    fn speakers(head: &str, text: &str) -> Vec<String> {
        let found = extract(&Article::from_text(Source::file("one.txt"), format!("{head}\n\n{text}")));
        let said = |speaker: &Speaker| match speaker {
            Speaker::Named(person) => found.people.get(*person).map_or("?", |person| &person.name).to_owned(),
            Speaker::Described(words) => words.clone(),
            Speaker::Unknown => "-".to_owned(),
        };
        found.quotes.iter().map(|quote| said(&quote.attribution.speaker)).collect()
    }

    /// Two of whom the next paragraph speaks by their surnames.
    const TWO: &str = "Nina Lind and Joe Oakes spoke to reporters in Brannel on Monday.";

    #[test]
    fn a_description_has_no_determiner() {
        for (text, words) in [
            ("“It leaks,” its headmaster said.", "headmaster"),
            ("“It leaks,” the headmaster said.", "headmaster"),
            ("Orle heard that inspectors called it “wet to the touch.”", "inspectors"),
            ("A number of senators called it “wet to the touch.”", "number of senators"),
            ("One of the senators called it “wet to the touch.”", "One of the senators"),
            ("“It leaks,” three of its keepers said.", "three of its keepers"),
            ("“It leaks,” said two people familiar with the tests.", "two people familiar with the tests"),
            ("A person with knowledge of the matter said, “It leaks.”", "person with knowledge of the matter"),
            ("“It leaks,” a group of parents from Tolland said.", "group of parents from Tolland"),
            ("Nach Angaben der Polizei war der Mann „völlig durchnässt“ und allein.", "Polizei"),
        ] {
            let found = extract(&Article::from_text(Source::file("one.txt"), text));
            let speakers: Vec<&Speaker> = found.quotes.iter().map(|quote| &quote.attribution.speaker).collect();
            assert_eq!(speakers, [&Speaker::Described(words.to_owned())], "{text}");
        }
    }

    #[test]
    fn a_view_is_that_of_whoever_holds_it() {
        let head =
            "Nina Lind kam am Montag nach Brannel. Sie blieb drei Tage und sprach mit vielen Leuten über den Plan.";
        for text in [
            "Nach Ansicht von Nina Lind ist er „reiner Unsinn“.",
            "Nach Meinung der Wirtin Nina Lind ist er „reiner Unsinn“.",
        ] {
            let found = extract(&Article::from_text(Source::file("one.txt"), format!("{head}\n\n{text}")));
            let speakers: Vec<&Speaker> = found.quotes.iter().map(|quote| &quote.attribution.speaker).collect();
            assert_eq!(speakers, [&Speaker::Named(0)], "{text}: {:?}", found.people);
        }
    }

    #[test]
    fn a_claim_is_that_of_whose_it_is() {
        for (text, name) in [
            ("Lind rejected Oakes's claim that the plan was “a lie from start to end.”", "Joe Oakes"),
            ("Lind cited Oakes's remark that the plan was “a lie from start to end.”", "Joe Oakes"),
            ("Lind repeated her claim that the plan was “a lie from start to end.”", "Nina Lind"),
            ("Lind answered Oakes's claim: “It is a lie from start to end.”", "Nina Lind"),
        ] {
            assert_eq!(speakers(TWO, text).first().map(String::as_str), Some(name), "{text}");
        }
    }

    #[test]
    fn a_statement_from_somebody_else_is_not_that_of_whoever_is_spoken_of() {
        let head = "Nina Lind runs the mill in Brannel, and has done so for years.";
        for (text, speaker) in [
            ("“We have no time for that,” read a statement from the police.", "statement"),
            ("“We have no time for that,” said a statement from Dovar Works.", "Dovar Works"),
            ("“We have no time for that,” the statement read.", "Nina Lind"),
            ("“We have no time for that,” said the statement from Lind.", "Nina Lind"),
            ("“We have no time for that,” the statement of Monday read.", "Nina Lind"),
        ] {
            assert_eq!(speakers(head, text), [speaker], "{text}");
        }
    }

    #[test]
    fn whoever_speaks_next_in_a_sentence_has_words_of_their_own() {
        for (text, names) in [
            ("“It is a win,” Oakes said, to which Lind replied, “It is a loss.”", &["Joe Oakes", "Nina Lind"][..]),
            ("“It is a win,” Oakes said, and Lind agreed: “It is.”", &["Joe Oakes", "Nina Lind"]),
            ("While Oakes called it “a win for all,” Lind called it “a loss.”", &["Joe Oakes", "Nina Lind"]),
            ("What Oakes called “a win for all,” Lind described as “a loss.”", &["Joe Oakes", "Nina Lind"]),
            (
                "Oakes called it “a shame,” and after talks with Lind said, “It is a crime.”",
                &["Joe Oakes", "Joe Oakes"],
            ),
            ("“It is a win,” Oakes said, “and Lind knows it.”", &["Joe Oakes"]),
            ("“It is a win,” Oakes said as Lind laughed. “And Lind knows it.”", &["Joe Oakes"]),
        ] {
            assert_eq!(speakers(TWO, text), names, "{text}");
        }
    }

    #[test]
    fn an_apostrophe_alone_makes_an_owner_too() {
        for (text, speaker) in [
            ("“That is not true,” said Oakes’ spokesman, Paul Marl.", "Paul Marl"),
            ("\"That is not true,\" said Oakes' spokesman, Paul Marl.", "Paul Marl"),
            ("“That is not true,” said Oakes’ lawyer.", "Oakes’ lawyer"),
            ("“That is not true,” said the mayors’ lawyer.", "mayors’ lawyer"),
        ] {
            assert_eq!(speakers(TWO, text).first().map(String::as_str), Some(speaker), "{text}");
        }
    }

    #[test]
    fn a_text_may_begin_with_any_word() {
        for word in
            ["told", "said that", "words of", "' owner", "according to", "from", "to staff said", "in the words of"]
        {
            for text in
                [format!("{word} “A"), format!("{word} “A” the “B”: “C"), format!("“A” {word} “B”"), word.to_owned()]
            {
                let found = extract(&Article::from_text(Source::file("one.txt"), text.as_str()));
                assert!(found.quotes.len() <= 3, "{text}");
            }
        }
    }

    #[test]
    fn mentions_of_a_person_stand_in_the_order_of_the_text() {
        for text in ["s Reed er Reed", "Ada Holt spoke. Holt left. Mrs. Ada Holt stayed."] {
            let found = extract(&Article::from_text(Source::file("one.txt"), text));
            assert!(!found.people.is_empty(), "{text}");
            for person in &found.people {
                assert!(person.mentions.is_sorted(), "{text}: {:?}", person.mentions);
            }
        }
    }
}
