//! Transcripts: paragraphs that begin with who speaks and a colon, "WALDEN: ..." or "Q: ...", and stand without marks.
//!
//! A single such paragraph is a caption or a link ("READ MORE: ..."); turns come in a row, and their labels are names of people in
//! the article or the letters of a question and its answer.

use std::cmp::Reverse;

use super::attribution::Scene;
use super::mention::{Form, Mention};
use super::page::NONE;
use super::person::Entity;
use crate::text::span::Span;
use crate::text::word::Shape;

/// One turn of a transcript.
#[derive(Clone, Copy, Debug)]
pub(super) struct Turn {
    /// Which paragraph it is.
    pub(super) paragraph: u32,
    /// What was said.
    pub(super) words: Span,
    /// Tokens of the label: first, and one past the last (the colon).
    pub(super) label: (u32, u32),
    /// Who speaks, or none.
    pub(super) entity: u32,
}

/// Whose picture it is and no turn: "Nina Lind Image: ...".
const CAPTIONS: &[&str] = &["Image", "Images", "Photo", "Photograph", "Picture", "Credit", "Source", "File", "Video"];

/// What a paragraph's label is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Label {
    Question,
    Answer,
    Named(u32),
}

/// The turns of all transcripts of a page, by paragraph.
pub(super) fn turns(scene: &Scene<'_, '_>) -> Vec<Turn> {
    let mut found: Vec<(Turn, Label)> = Vec::new();
    for (paragraph, &(first, last)) in (0u32..).zip(&scene.page.paragraphs) {
        if let Some(turn) = labelled(scene, paragraph, first, last) {
            found.push(turn);
        }
    }
    // In a row: a turn of somebody else stands right above or below.
    let neighbour = |n: usize, other: Option<usize>| {
        let (Some((a, label)), Some((b, next))) = (found.get(n), other.and_then(|other| found.get(other))) else {
            return false;
        };
        a.paragraph.abs_diff(b.paragraph) == 1 && label != next
    };
    let kept: Vec<usize> =
        (0..found.len()).filter(|&n| neighbour(n, n.checked_sub(1)) || neighbour(n, Some(n + 1))).collect();
    let answers = answering(scene, kept.first().and_then(|&n| found.get(n)).map_or(0, |(turn, _)| turn.paragraph));
    kept.into_iter()
        .filter_map(|n| found.get(n))
        .map(|&(turn, label)| if label == Label::Answer { Turn { entity: answers, ..turn } } else { turn })
        .collect()
}

fn labelled(scene: &Scene<'_, '_>, paragraph: u32, first: u32, last: u32) -> Option<(Turn, Label)> {
    const LONGEST: u32 = 10;
    let page = scene.page;
    let colon = (first + 1..last.min(first + LONGEST))
        .find(|&at| page.tok(at).is_some_and(|tok| tok.sign(b':') && tok.narrative()))?;
    let label = label(scene, first, colon)?;
    let start = page.tok(colon)?.end as usize;
    let end = page.tok(last - 1)?.end as usize;
    let own = |number: u32| page.regions.partition_point(|q| q.region.paragraph < number);
    let regions = page.regions.get(own(paragraph)..own(paragraph + 1)).unwrap_or_default();
    let end = regions.last().map_or(end, |q| end.max(q.region.close as usize));
    let rest = page.text.get(start..end)?;
    let words = Span::new(page.text, start + (rest.len() - rest.trim_start().len()), end)?;
    // A whole turn between marks is a quotation behind a colon, not a transcript.
    let marked = regions.iter().any(|q| q.region.open as usize == words.start());
    let entity = if let Label::Named(entity) = label { entity } else { NONE };
    (!marked && !words.is_empty()).then_some((Turn { paragraph, words, label: (first, colon), entity }, label))
}

fn label(scene: &Scene<'_, '_>, first: u32, colon: u32) -> Option<Label> {
    let page = scene.page;
    if colon == first + 1 {
        match page.words(first) {
            "Q" | "Question" => return Some(Label::Question),
            "A" | "Answer" => return Some(Label::Answer),
            _ => {}
        }
    }
    if CAPTIONS.iter().any(|caption| page.words(colon - 1).eq_ignore_ascii_case(caption)) {
        return None;
    }
    let words = |at: u32| page.tok(at).filter(|tok| tok.shape.is_word());
    if !(first..colon).filter_map(words).all(|tok| tok.shape.is_capital()) {
        return None;
    }
    let index = scene.mentions.partition_point(|m| m.first < first);
    // A surname in capitals looks like the short name of a body; whom it means tells.
    let mention =
        scene.mentions.get(index).filter(|m| matches!(m.form, Form::Name | Form::Organisation) && m.last <= colon)?;
    let entity = scene.cast.meaning(u32::try_from(index).ok()?).entity;
    let known = scene.cast.entity(entity).filter(|known| !known.organisation)?;
    // A label in capitals is somebody whom the text names in small letters too; what else a list tells of ("Price: ...") is nobody.
    let small = |other: &Mention| page.tok(other.head).is_some_and(|tok| tok.shape == Shape::Capital);
    let told = || known.mentions.iter().filter_map(|&m| scene.mentions.get(m as usize)).any(small);
    (known.shows_person(page, scene.mentions) || !small(mention) && told()).then_some(Label::Named(entity))
}

/// Who answers the questions: the person named most often above the first of them; one that a given name or a role shows, if any.
fn answering(scene: &Scene<'_, '_>, paragraph: u32) -> u32 {
    let first = scene.page.paragraphs.get(paragraph as usize).map_or(0, |&(first, _)| first);
    let named = |entity: &Entity| {
        let above = entity.mentions.iter().filter_map(|&m| scene.mentions.get(m as usize)).filter(|m| m.first < first);
        above.count()
    };
    let shown = |entity: &Entity| entity.shows_person(scene.page, scene.mentions);
    let people = (0u32..).zip(&scene.cast.entities).filter(|(_, entity)| {
        let acts = !entity.organisation && entity.person;
        (acts || shown(entity)) && named(entity) > 0
    });
    let rank = |&(number, entity): &(u32, &Entity)| (shown(entity), named(entity), Reverse(number));
    people.max_by_key(rank).map_or(NONE, |(number, _)| number)
}

#[cfg(test)]
mod tests {
    use crate::article::{Article, Source};
    use crate::extract::{Speaker, extract};

    /// The turns of a transcript with their speakers.
    fn check(text: &str, expected: &[(&str, &str)]) {
        let found = extract(&Article::from_text(Source::file("talk.txt"), text));
        let turns: Vec<(&str, String)> = found
            .quotes
            .iter()
            .filter(|quote| quote.attribution.rule == "transcript")
            .map(|quote| {
                let name = match &quote.attribution.speaker {
                    Speaker::Named(person) => found.people.get(*person).map(|person| person.name.clone()),
                    _ => None,
                };
                (quote.spans.first().map_or("", |span| span.of(text)), name.unwrap_or_default())
            })
            .collect();
        let turns: Vec<(&str, &str)> = turns.iter().map(|(words, name)| (*words, name.as_str())).collect();
        assert_eq!(turns, expected, "{text:?}");
    }

    #[test]
    fn a_surname_in_capitals_is_a_label_whether_or_not_a_list_holds_it() {
        let talk = |name: &str| {
            format!(
                "Talk\n\nTom Walden met Ann {name} on Sunday.\n\nWALDEN: The wall will hold.\n\n{}: It leaks.\n",
                name.to_uppercase()
            )
        };
        for name in ["Orris", "Kerry", "Lindqvist"] {
            check(&talk(name), &[("The wall will hold.", "Tom Walden"), ("It leaks.", &format!("Ann {name}"))]);
        }
    }

    #[test]
    fn a_list_of_labels_is_no_transcript() {
        // Labels that are repeated, name things that the text tells of, or argue like people.
        check("Kettles\n\nPrice: 30 crowns.\n\nWeight: 2 pounds.\n\nPrice: 40 crowns.\n\nWeight: 3 pounds.\n", &[]);
        check("Pans\n\nAsk for Orvel Steel.\n\nOrvel Steel: Light and dear.\n\nTamber Iron: Heavy and cheap.\n", &[]);
        check("Kettles\n\nPRICE: 30 crowns.\n\nWEIGHT: 2 pounds.\n", &[]);
        check("Nets\n\nMesh Control says no.\n\nMesh Control: It stops.\n\nLoad Control: It slows.\n", &[]);
    }

    #[test]
    fn a_credit_is_no_turn() {
        check("Gallery\n\nAnn Orris Image: Town Hall.\n\nTom Walden Image: Dovar Post.\n", &[]);
        check("Gallery\n\nANN ORRIS PHOTO: Town Hall.\n\nTOM WALDEN PHOTO: Dovar Post.\n", &[]);
    }

    #[test]
    fn people_whom_only_their_turns_name_have_given_names_or_offices() {
        check(
            "Talk\n\nAnn Orris: The wall will hold.\n\nTom Walden: It leaks.\n",
            &[("The wall will hold.", "Ann Orris"), ("It leaks.", "Tom Walden")],
        );
        check(
            "Talk\n\nMayor Orris: The wall will hold.\n\nCouncillor Walden: It leaks.\n",
            &[("The wall will hold.", "Orris"), ("It leaks.", "Walden")],
        );
    }

    #[test]
    fn who_answers_is_a_person_before_anything_else_that_acts() {
        let talk = |lead: &str| format!("Talk\n\n{lead}\n\nQ: Does the wall hold?\n\nA: It leaks.\n");
        let turns = |name| [("Does the wall hold?", ""), ("It leaks.", name)];
        check(&talk("Oddvir Quarn told them so."), &turns("Oddvir Quarn"));
        check(&talk("Mesh Control told them so. Mesh Control is old. Ann Orris builds them."), &turns("Ann Orris"));
        check(&talk("The wall is old."), &turns(""));
    }

    #[test]
    fn links_in_a_row_are_no_transcript() {
        check("Talk\n\nREAD MORE: The wall leaks.\n\nALSO READ: The gate holds.\n", &[]);
    }
}
