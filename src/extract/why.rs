//! Why a quotation is whose it is: the mentions that were weighed, how each fared, and what the losers lacked.
//!
//! Made only when it is asked for, of the same page and decisions, so that it says what was decided and costs a plain
//! extraction nothing. What a loser lacked is found by experiment: it is given what the winner has, one matter at a time,
//! and the matter that would have helped it most is named, in words that are true of it.

use std::collections::HashMap;

use super::attribution::features::{Around, Feature as F, Features, Previous};
use super::attribution::{Decision, Forests, LIKELY, Outcome, Scene};
use super::forest::Forest;
use super::page::NONE;
use super::{Extraction, Kind};
use crate::text::span::Span;

/// How many candidates are told of each quotation.
const TOLD: usize = 5;

/// Who could have said it.
#[derive(Clone, Debug, PartialEq)]
pub struct Why {
    /// The likeliest first, at most five; the speaker, where there is one, is the one that did not lose.
    pub candidates: Vec<Candidate>,
    /// The share of there being no speaker among all that were weighed.
    pub nobody: f32,
}

/// A mention that may be the speaker.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Where it stands.
    pub mention: Span,
    /// The mention as printed, white space folded.
    pub words: String,
    /// Whom it means, where that is somebody with a name.
    pub name: Option<String>,
    /// How likely it is the speaker: the shares of all, and of nobody, make 1.
    pub share: f32,
    /// Why it is not the speaker; `None` of the speaker.
    pub lost: Option<String>,
}

/// For each quotation of `found` who was weighed; `None` where its rule names the speaker without weighing anybody.
pub(super) fn explain(
    scene: &Scene<'_, '_>,
    forests: &Forests,
    decisions: &[Decision],
    found: &Extraction,
) -> Vec<Option<Why>> {
    let mut whys: Vec<Option<Why>> = vec![None; found.quotes.len()];
    // A quotation begins where the region begins that was decided about.
    let marked = found.quotes.iter().enumerate().filter(|(_, quote)| quote.kind != Kind::Indirect);
    let places: HashMap<usize, usize> =
        marked.filter_map(|(n, quote)| quote.spans.first().map(|span| (span.start(), n))).collect();
    let mut previous = None;
    for decision in decisions.iter().filter(|decision| decision.speech >= LIKELY) {
        let start = scene.page.regions.get(decision.region as usize).map(|quoted| quoted.region.inside.start());
        if let Some(slot) = start.and_then(|start| places.get(&start)).and_then(|&n| whys.get_mut(n)) {
            *slot = weigh(scene, &forests.speaker, decision, previous, found);
        }
        previous =
            Some(Previous { region: decision.region, mention: decision.mention, entity: decision.meaning.entity });
    }
    whys
}

fn weigh(
    scene: &Scene<'_, '_>,
    forest: &Forest,
    decision: &Decision,
    previous: Option<Previous>,
    found: &Extraction,
) -> Option<Why> {
    let around = Around::of(scene, decision.region)?;
    let ballot = scene.ballot(&around, decision.region, previous, None)?;
    let scores = forest.scores(&ballot.iter().map(|(_, features)| features.as_slice()).collect::<Vec<_>>());
    let outcome = Outcome::of(&scores);
    let best = outcome.best.and_then(|n| scores.get(n)).copied().unwrap_or(0.0);
    let winner = ballot.iter().find(|(number, _)| *number == decision.mention && *number != NONE);
    let mut ranked: Vec<(f32, &(u32, Features))> =
        scores.iter().map(|score| outcome.share * (score - best).exp()).zip(&ballot).collect();
    ranked.sort_by(|one, other| other.0.total_cmp(&one.0));
    let candidate = |(share, (number, features)): (f32, &(u32, Features))| {
        let mention = scene.mentions.get(*number as usize)?;
        let meaning = scene.cast.meaning(*number);
        let same = meaning.same(decision.meaning) || decision.meaning.described == *number;
        let lost = match winner {
            Some((chosen, _)) if chosen == number => None,
            Some((_, best)) if same => Some(format!("the same person, {}", lack(forest, features, Some(best)))),
            Some((_, best)) => Some(lack(forest, features, Some(best))),
            None => Some(lack(forest, features, None)),
        };
        Some(Candidate {
            mention: scene.page.span(mention.first, mention.last)?,
            words: scene.page.slice(mention.first, mention.last).split_whitespace().collect::<Vec<_>>().join(" "),
            name: found.people.get(meaning.entity as usize).map(|person| person.name.clone()),
            share,
            lost,
        })
    };
    Some(Why { candidates: ranked.into_iter().take(TOLD).filter_map(candidate).collect(), nobody: outcome.none })
}

/// A matter that candidates differ in: the features that show it, and what is to be said of the loser where it is true.
struct Matter {
    shown_by: &'static [F],
    said: fn(Seen<'_>, Option<Seen<'_>>) -> Option<&'static str>,
}

/// The features of a candidate, by name.
#[derive(Clone, Copy)]
struct Seen<'a>(&'a Features);

impl Seen<'_> {
    fn of(self, feature: F) -> u8 {
        self.0.get(feature as usize).copied().unwrap_or(0)
    }

    fn has(self, feature: F) -> bool {
        self.of(feature) >= 1
    }
}

/// The matters, most telling first where none can be tried against a winner.
const MATTERS: &[Matter] = &[
    Matter {
        shown_by: &[F::paragraphs_between],
        said: |lost, won| {
            let up = lost.of(F::paragraphs_between);
            (up > won.map_or(0, |won| won.of(F::paragraphs_between))).then_some(match () {
                () if lost.has(F::mention_behind) => "in the paragraph below",
                () if up <= 1 => "in the paragraph above",
                () => "in a paragraph farther up",
            })
        },
    },
    Matter {
        shown_by: &[F::form, F::person_noun, F::document_noun, F::body_noun, F::crowd_noun],
        said: |lost, won| {
            let sort = sort(lost);
            let person = won.is_none_or(|won| self::sort(won) != sort && self::sort(won) != Sort::Thing);
            match sort {
                Sort::Thing if person => Some("a thing, no person"),
                Sort::Body if person => Some("a body, no person"),
                Sort::Anybody if person => Some("nobody in particular"),
                Sort::Writer if person => Some("the writer’s own “I” or “we”"),
                Sort::Described if won.is_some_and(|won| self::sort(won) == Sort::Person) => {
                    Some("described, not named")
                }
                _ => None,
            }
        },
    },
    Matter {
        shown_by: &[F::preposition_before],
        said: |lost, won| {
            let governed = |seen: Seen<'_>| seen.of(F::preposition_before) == 1;
            (governed(lost) && !won.is_some_and(governed)).then_some("behind a preposition")
        },
    },
    Matter {
        shown_by: &[F::said_listener],
        said: |lost, won| alone(lost, won, F::said_listener, "the one who is told"),
    },
    Matter { shown_by: &[F::owner], said: |lost, won| alone(lost, won, F::owner, "only the owner of something") },
    Matter { shown_by: &[F::plural], said: |lost, won| alone(lost, won, F::plural, "plural") },
    Matter {
        shown_by: &[F::rival_subject],
        said: |lost, won| alone(lost, won, F::rival_subject, "another subject stands between"),
    },
    Matter {
        shown_by: &[
            F::has_clause,
            F::way,
            F::cue_strong,
            F::cue_said,
            F::cue_tell,
            F::cue_write,
            F::cue_label,
            F::cue_form,
            F::cue_behind,
            F::cue_distance,
            F::cue_adjacent,
            F::cue_same_sentence,
            F::cues_between,
            F::other_closer_clause,
        ],
        said: |lost, won| {
            (!lost.has(F::has_clause) && won.is_none_or(|won| won.has(F::has_clause)))
                .then_some("no word of saying goes with it")
        },
    },
    Matter {
        shown_by: &[F::cue_distance, F::cue_adjacent, F::cue_same_sentence, F::cues_between, F::other_closer_clause],
        said: |lost, won| {
            let near = |won: Seen<'_>| won.has(F::has_clause) && won.of(F::cue_distance) < lost.of(F::cue_distance);
            let beaten = lost.has(F::cues_between) || lost.has(F::other_closer_clause);
            (lost.has(F::has_clause) && won.map_or(beaten, near)).then_some("another word of saying is nearer")
        },
    },
    Matter {
        shown_by: &[F::followed_by_verb],
        said: |lost, won| {
            let verb = |seen: Seen<'_>| matches!(seen.of(F::followed_by_verb), 1 | 2 | 5);
            (!verb(lost) && won.is_some_and(verb)).then_some("no verb follows it")
        },
    },
    Matter {
        shown_by: &[F::sentences_between],
        said: |lost, won| {
            let away = lost.of(F::sentences_between);
            let own = lost.of(F::paragraphs_between) == 0;
            (own && won.is_some_and(|won| won.of(F::sentences_between) < away)).then_some("in another sentence")
        },
    },
    Matter {
        shown_by: &[F::tokens_between, F::mentions_between, F::regions_between],
        said: |lost, won| more(lost, won, F::tokens_between, "farther from the words"),
    },
    Matter {
        shown_by: &[F::mention_behind],
        said: |lost, won| {
            let behind = lost.has(F::mention_behind);
            won.filter(|won| won.has(F::mention_behind) != behind)
                .map(|_| if behind { "behind the words" } else { "before the words" })
        },
    },
    Matter {
        shown_by: &[F::first_of_sentence, F::opens_text_sentence],
        said: |lost, won| less(lost, won, F::first_of_sentence, "not the first of its sentence"),
    },
    Matter {
        shown_by: &[F::previous_same, F::previous_mention],
        said: |lost, won| less(lost, won, F::previous_same, "did not speak just before"),
    },
    Matter { shown_by: &[F::title], said: |lost, won| less(lost, won, F::title, "without a title or role") },
    Matter {
        shown_by: &[F::entity_mentions],
        said: |lost, won| less(lost, won, F::entity_mentions, "named less often"),
    },
];

/// What a mention is, as far as its features tell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// Named, or a pronoun for one.
    Person,
    Described,
    Body,
    Thing,
    Anybody,
    Writer,
}

fn sort(seen: Seen<'_>) -> Sort {
    let form = seen.of(F::form);
    match () {
        () if seen.has(F::document_noun) || form == 8 => Sort::Thing,
        () if seen.has(F::body_noun) || form == 2 => Sort::Body,
        () if seen.has(F::crowd_noun) || form == 7 => Sort::Anybody,
        () if form == 6 => Sort::Writer,
        () if form == 3 => Sort::Described,
        () => Sort::Person,
    }
}

/// Where only the loser has it.
fn alone(lost: Seen<'_>, won: Option<Seen<'_>>, feature: F, said: &'static str) -> Option<&'static str> {
    (lost.has(feature) && !won.is_some_and(|won| won.has(feature))).then_some(said)
}

/// Where the loser has more of it than the winner.
fn more(lost: Seen<'_>, won: Option<Seen<'_>>, feature: F, said: &'static str) -> Option<&'static str> {
    won.is_some_and(|won| lost.of(feature) > won.of(feature)).then_some(said)
}

/// Where the loser has less of it than the winner.
fn less(lost: Seen<'_>, won: Option<Seen<'_>>, feature: F, said: &'static str) -> Option<&'static str> {
    won.is_some_and(|won| lost.of(feature) < won.of(feature)).then_some(said)
}

/// What the loser lacks, in one or two reasons.
fn lack(forest: &Forest, lost: &Features, won: Option<&Features>) -> String {
    const FOURTH: f32 = 0.25;
    let own = forest.score(lost);
    let gain = |matter: &Matter| {
        let Some(won) = won else { return 0.0 };
        let mut tried = *lost;
        for &feature in matter.shown_by {
            if let (Some(slot), Some(value)) = (tried.get_mut(feature as usize), won.get(feature as usize)) {
                *slot = *value;
            }
        }
        forest.score(&tried) - own
    };
    let mut reasons: Vec<(f32, &'static str)> =
        MATTERS.iter().filter_map(|matter| Some((gain(matter), (matter.said)(Seen(lost), won.map(Seen))?))).collect();
    // Stable: without a winner, and among equals, the order of the table holds.
    reasons.sort_by(|one, other| other.0.total_cmp(&one.0));
    match reasons.as_slice() {
        [] if won.is_none() => "nothing shows that it speaks".to_owned(),
        [] => "fits less well".to_owned(),
        [(most, first), (next, second), ..] if *next > FOURTH && next * 2.0 >= *most => format!("{first}, {second}"),
        [(_, first), ..] => (*first).to_owned(),
    }
}
