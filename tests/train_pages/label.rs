//! Which blocks of a page are in the text that was annotated: those whose words stand there in the same order.

use std::collections::HashSet;

use onrecord::article::lesson::Lesson;

use super::grow::Example;

/// So many words in a row are taken for the same place.
const RUN: usize = 5;

/// The words of a text, in lower case.
pub(crate) fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// The blocks of a page as examples; long ones and those of short articles count for more.
#[expect(clippy::cast_precision_loss, reason = "the words of a page are exact in a float")]
pub(crate) fn examples(lesson: &Lesson, gold: &str) -> Vec<Example> {
    let gold = words(gold);
    let runs = |length: usize| -> HashSet<&[String]> { gold.windows(length).collect() };
    let by_length: Vec<HashSet<&[String]>> = (1..=RUN).map(runs).collect();
    let blocks: Vec<Vec<String>> = lesson.blocks().map(words).collect();
    // The whole page in one row, so that runs cross the borders of blocks.
    let page: Vec<String> = blocks.iter().flatten().cloned().collect();
    let mut found = vec![false; page.len()];
    for (at, run) in page.windows(RUN).enumerate() {
        if by_length.last().is_some_and(|known| known.contains(run)) {
            found.iter_mut().skip(at).take(RUN).for_each(|found| *found = true);
        }
    }
    let mut at = 0;
    let mut shares: Vec<f64> = Vec::new();
    for block in &blocks {
        let hits = found.iter().skip(at).take(block.len()).filter(|found| **found).count();
        shares.push(if block.is_empty() { 0.0 } else { hits as f64 / block.len() as f64 });
        at += block.len();
    }
    // A short block between two of the article is its own where the words stand there at all.
    let sure = |place: Option<usize>| place.and_then(|place| shares.get(place)).is_some_and(|share| *share > 0.7);
    let long = |place: &usize| blocks.get(*place).is_some_and(|block| block.len() >= RUN);
    let right: Vec<bool> = blocks
        .iter()
        .enumerate()
        .map(|(place, block)| {
            let share = shares.get(place).copied().unwrap_or(0.0);
            let known = |known: &HashSet<&[String]>| known.contains(block.as_slice());
            let short = (1..RUN).contains(&block.len()) && by_length.get(block.len() - 1).is_some_and(known);
            let before = (place.saturating_sub(4)..place).rev().find(long);
            let after = (place + 1..place + 5).find(long);
            share > 0.5 || (short && sure(before) && sure(after))
        })
        .collect();
    let whole = gold.len().max(50) as f64;
    let rows = lesson.rows().into_iter().zip(right).zip(&blocks);
    rows.map(|((features, right), block)| {
        let weight = 20.0 * (block.len() + 1).min(200) as f64 / whole;
        Example { features, right, weight }
    })
    .collect()
}
