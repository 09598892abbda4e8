//! What tells the blocks of the article from those around it, as numbers with names: their words, where they stand, and what stands
//! near them.
//!
//! What the numbers weigh is learnt, and stands in `weights.txt`.

use super::blocks::Block;
use super::clues::Clues;
use super::layout::{Layout, Own, Sum, share};
use super::marks;
use super::top::folded;

/// The names of all features, in their order.
pub(super) fn names() -> Vec<&'static str> {
    OWN.into_iter()
        .chain(PLACE)
        .chain(NEAR)
        .chain(AROUND)
        .chain(INSIDE)
        .chain(CORE)
        .chain(UNDER)
        .chain(marks::names())
        .collect()
}

const OWN: [&str; 21] = [
    "words",
    "linked",
    "links",
    "bold",
    "heading",
    "good",
    "ends",
    "begins",
    "lines",
    "commas",
    "stops",
    "digits",
    "capitals",
    "shouts",
    "short-words",
    "word-length",
    "odd-letters",
    "opening",
    "opening-alone",
    "repeated",
    "title",
];
const PLACE: [&str; 13] = [
    "summary",
    "given",
    "place",
    "place.words",
    "place.good",
    "good.left",
    "good.before",
    "since-headline",
    "good-since-headline",
    "next-good",
    "last-good",
    "words-to-next-good",
    "words-to-last-good",
];
const NEAR: [&str; 24] = [
    "-1.words",
    "-1.linked",
    "-1.heading",
    "-1.opening",
    "-1.good",
    "-1.alike",
    "+1.words",
    "+1.linked",
    "+1.heading",
    "+1.opening",
    "+1.good",
    "+1.alike",
    "-2.words",
    "-2.linked",
    "-2.heading",
    "-2.opening",
    "-2.good",
    "-2.alike",
    "+2.words",
    "+2.linked",
    "+2.heading",
    "+2.opening",
    "+2.good",
    "+2.alike",
];
const AROUND: [&str; 6] =
    ["around-4.words", "around-4.linked", "around-10.words", "around-10.linked", "around-25.words", "around-25.linked"];
const INSIDE: [&str; 20] = [
    "in-1.words",
    "in-1.linked",
    "in-1.good",
    "in-1.share",
    "in-1.blocks",
    "in-2.words",
    "in-2.linked",
    "in-2.good",
    "in-2.share",
    "in-2.blocks",
    "in-3.words",
    "in-3.linked",
    "in-3.good",
    "in-3.share",
    "in-3.blocks",
    "in-4.words",
    "in-4.linked",
    "in-4.good",
    "in-4.share",
    "in-4.blocks",
];
const CORE: [&str; 13] = [
    "core-51",
    "core-66",
    "core-80",
    "out-of-core",
    "core.good",
    "branch.words",
    "branch.linked",
    "branch.good",
    "branch.blocks",
    "alike.blocks",
    "alike.words",
    "alike.linked",
    "alike.share",
];
const UNDER: [&str; 7] = [
    "since-heading",
    "heading.opening",
    "heading.level",
    "heading.holds",
    "since-label",
    "label.opening",
    "label.holds",
];
/// The features of all blocks, a row each.
pub(super) fn of(layout: &Layout<'_>, clues: &Clues) -> Vec<Vec<u8>> {
    let mut heading = None;
    let mut label = None;
    let rows = layout.own.iter().enumerate().map(|(at, own)| {
        let mut row = Vec::with_capacity(160);
        words(&mut row, layout, at, own);
        place(&mut row, layout, at, own, clues);
        near(&mut row, layout, at, own);
        inside(&mut row, layout, at);
        core(&mut row, layout, at, own);
        under(&mut row, layout, at, heading);
        let short = under_label(layout, at, label);
        row.extend(short);
        let element = layout.outline.blocks.get(at).map_or(0, |block| block.element);
        row.extend(layout.reach.get(element).copied().unwrap_or([0; marks::COUNT as usize]));
        if own.heading > 0 && own.words <= 20 {
            heading = Some(at);
        }
        if own.opening.kind > 0 && own.words <= 8 && (own.heading > 0 || own.opening.alone) {
            label = Some(at);
        }
        row
    });
    rows.collect()
}

fn byte(number: usize, most: u8) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX).min(most)
}

/// A number as one of few steps, some half as far again as the last.
fn steps(number: usize) -> u8 {
    const STEPS: [usize; 27] = [
        1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 21, 28, 37, 51, 71, 101, 151, 221, 331, 501, 751, 1101, 1701, 2601, 4001,
        6001, 9001,
    ];
    byte(STEPS.partition_point(|step| *step <= number), u8::MAX)
}

fn words(row: &mut Vec<u8>, layout: &Layout<'_>, at: usize, own: &Own) {
    let Some(block) = layout.outline.blocks.get(at) else { return };
    let text = block.text.as_str();
    let bytes = |what: fn(&u8) -> bool| text.bytes().filter(what).count();
    let chars = |what: fn(char) -> bool| text.chars().filter(|c| what(*c)).count();
    let per_word = |what: fn(&str) -> bool| text.split_whitespace().filter(|word| what(word)).count();
    let ends = match text.chars().next_back().unwrap_or(' ') {
        '.' | '…' => 1,
        '?' => 2,
        '!' => 3,
        ':' => 4,
        '"' | '”' | '»' | '’' => 5,
        ')' => 6,
        c if c.is_ascii_digit() => 7,
        c if c.is_alphabetic() => 0,
        _ => 8,
    };
    let begins = match text.chars().next().unwrap_or(' ') {
        c if c.is_lowercase() => 1,
        c if c.is_uppercase() => 2,
        c if c.is_ascii_digit() => 3,
        '"' | '“' | '„' | '«' => 4,
        _ => 0,
    };
    row.extend([
        steps(own.words),
        own.linked,
        byte(block.links, 20),
        share(block.bold, own.letters),
        own.heading,
        u8::from(own.good),
        ends,
        begins,
        byte(bytes(|b| *b == b'\n'), 10),
        byte(bytes(|b| *b == b','), 10),
        byte(per_word(|word| word.ends_with(['.', '!', '?'])), 15),
        share(bytes(u8::is_ascii_digit), own.letters),
        share(per_word(|word| word.starts_with(char::is_uppercase)), own.words),
        share(chars(char::is_uppercase), own.letters),
        share(per_word(|word| word.len() <= 3), own.words),
        byte(own.letters / own.words.max(1), 20),
        share(chars(|c| !c.is_alphanumeric() && !c.is_whitespace()), own.letters),
        own.opening.kind,
        if own.opening.alone { own.opening.kind } else { 0 },
        byte(layout.said.get(text).copied().unwrap_or(0), 5),
        u8::from(own.title),
    ]);
}

fn place(row: &mut Vec<u8>, layout: &Layout<'_>, at: usize, own: &Own, clues: &Clues) {
    let count = layout.own.len();
    let (good, words) = layout.so_far.get(at).copied().unwrap_or_default();
    let all = layout.all;
    // Blocks and words that stand between this one and the next paragraph, and the last.
    let words_before =
        |place: usize| place.checked_sub(1).and_then(|last| layout.so_far.get(last)).map_or(0, |sum| sum.1);
    let gap = |from: usize, to: usize| (byte(to - from, 39), steps(words_before(to) - words_before(from)));
    let none = (40, steps(usize::MAX));
    let after =
        layout.good.get(layout.good.partition_point(|good| *good <= at)).map_or(none, |next| gap(at + 1, *next));
    let last = layout.good.partition_point(|good| *good < at).checked_sub(1).and_then(|last| layout.good.get(last));
    let before = last.map_or(none, |last| gap(last + 1, at));
    let (since, good_since) = match layout.headline {
        None => (0, 0),
        Some(headline) if at < headline => (1, 0),
        Some(headline) => {
            let then = layout.so_far.get(headline).map_or(0, |(good, _)| *good);
            (2 + byte(at - headline, 40), 1 + steps(good - then))
        }
    };
    let fortieths = |part: usize, whole: usize| byte(part * 40 / whole.max(1), 40);
    let words_of = |block: &Block| if own.words < 3 { String::new() } else { folded(&block.text) };
    let folded = layout.outline.blocks.get(at).map(words_of).unwrap_or_default();
    let (summary, given) = clues.of(&folded);
    row.extend([
        summary,
        given,
        fortieths(at, count),
        fortieths(words, all.words),
        fortieths(good, all.good),
        steps(all.good - good),
        steps(good - if own.good { own.words } else { 0 }),
        since,
        good_since,
        after.0,
        before.0,
        after.1,
        before.1,
    ]);
}

fn near(row: &mut Vec<u8>, layout: &Layout<'_>, at: usize, own: &Own) {
    let element = |at: usize| layout.outline.blocks.get(at).map(|block| layout.outline.parent(block.element));
    for distance in [1, 2] {
        for other in [at.checked_sub(distance), at.checked_add(distance)] {
            let that = other.and_then(|other| layout.own.get(other));
            let together = other.and_then(element).is_some_and(|parent| Some(parent) == element(at));
            let alike = that.is_some_and(|that| that.template == own.template);
            row.extend([
                that.map_or(0, |that| steps(that.words)),
                that.map_or(21, |that| that.linked),
                that.map_or(0, |that| that.heading),
                that.map_or(0, |that| that.opening.kind),
                that.map_or(0, |that| u8::from(that.good)),
                u8::from(together) + 2 * u8::from(alike),
            ]);
        }
    }
    for wide in [4, 10, 25] {
        let first = at.saturating_sub(wide);
        let near = layout.own.get(first..(at + wide + 1).min(layout.own.len())).unwrap_or_default();
        let words: usize = near.iter().map(|own| own.words).sum();
        let linked = near.iter().map(|own| own.words * usize::from(own.linked) / 20).sum();
        row.extend([steps(words / near.len().max(1)), share(linked, words)]);
    }
}

fn inside(row: &mut Vec<u8>, layout: &Layout<'_>, at: usize) {
    let mut place = layout.outline.blocks.get(at).map_or(0, |block| block.element);
    for _ in 0..4 {
        place = layout.wider(place);
        let sum = layout.sum(place);
        row.extend([
            steps(sum.words),
            share(sum.linked, sum.words),
            share(sum.good, sum.words),
            share(sum.good, layout.all.good),
            steps(sum.blocks),
        ]);
    }
}

fn core(row: &mut Vec<u8>, layout: &Layout<'_>, at: usize, own: &Own) {
    let element = layout.outline.blocks.get(at).map_or(0, |block| block.element);
    row.extend(layout.cores.iter().map(|core| u8::from(layout.inside(element, *core))));
    // How far up from the core one has to go to reach this block.
    let [_, core, _] = layout.cores;
    let mut place = core;
    let mut levels = 0;
    while place > 0 && !layout.inside(element, place) {
        place = layout.wider(place);
        levels += 1;
    }
    // The branch of that element in which it stands.
    let mut branch = element;
    while branch > place && layout.outline.parent(branch) != place {
        branch = layout.outline.parent(branch);
    }
    let (heart, branch) = (layout.sum(core), layout.sum(branch));
    let alike: Sum = layout.alike.get(&own.template).copied().unwrap_or_default();
    row.extend([
        byte(levels, 30),
        share(heart.good, heart.words),
        steps(branch.words),
        share(branch.linked, branch.words),
        share(branch.good, branch.words),
        steps(branch.blocks),
        steps(alike.blocks),
        steps(alike.words / alike.blocks.max(1)),
        share(alike.linked, alike.words),
        share(alike.good, layout.all.good),
    ]);
}

/// Whether the elements around that of `other` hold the block at `at`: one step up, two steps up.
fn holds(layout: &Layout<'_>, at: usize, other: usize) -> u8 {
    let element = |at: usize| layout.outline.blocks.get(at).map_or(0, |block| block.element);
    let outer = layout.outline.parent(element(other));
    let wider = layout.outline.parent(outer);
    u8::from(layout.inside(element(at), outer)) + u8::from(layout.inside(element(at), wider))
}

fn under(row: &mut Vec<u8>, layout: &Layout<'_>, at: usize, heading: Option<usize>) {
    let that = heading.and_then(|heading| Some((heading, layout.own.get(heading)?)));
    row.extend(that.map_or([63, 0, 0, 0], |(place, own)| {
        [byte(at - place, 60), own.opening.kind, own.heading, holds(layout, at, place)]
    }));
}

fn under_label(layout: &Layout<'_>, at: usize, label: Option<usize>) -> [u8; 3] {
    let that = label.and_then(|label| Some((label, layout.own.get(label)?)));
    that.map_or([63, 0, 0], |(place, own)| [byte(at - place, 60), own.opening.kind, holds(layout, at, place)])
}
