//! Ages in years where they say who somebody is: "the 54-year-old", "Nina Lind, 24,", "der 54-Jährige", "die 24-jährige Nina Lind".

use super::super::lexicon::class as c;
use super::super::page::Page;
use super::{Form, Mention};
use crate::text::word::Shape;

/// The years of the noun at `at`: "54" of "54-year-old" or "54-Jähriger".
pub(in super::super) fn aged<'p>(page: &'p Page<'_>, at: u32) -> Option<&'p str> {
    let word = page.words(at);
    years(word, "Jährig").or_else(|| years(word, "year-old").filter(|_| word.ends_with("old")))
}

/// The years that stand beside a mention, or are a part of it.
pub(in super::super) fn beside<'p>(page: &'p Page<'_>, mention: &Mention) -> Option<&'p str> {
    const FAR: u32 = 5;
    if let Some(years) = aged(page, mention.head) {
        return Some(years);
    }
    // "die 24-jährige Ruderin", "der 24 Jahre alte Tom Lind"
    let before = |at: u32| {
        let old = || page.words(at + 1) == "Jahre" && page.words(at + 2).starts_with("alt");
        let word = page.words(at);
        years(word, "jährig").or_else(|| years(word, "year-old")).or_else(|| number(page, at).filter(|_| old()))
    };
    let describes = |&at: &u32| {
        let tok = page.tok(at).filter(|tok| tok.narrative() && !tok.is(c::DETERMINER | c::AUXILIARY));
        let own = at >= mention.first || page.words(at) == "Jahre";
        tok.is_some_and(|tok| own || matches!(tok.shape, Shape::Lower | Shape::Number))
    };
    let first = mention.first.min(mention.head).saturating_sub(FAR);
    if let Some(years) = (first..mention.head).rev().take_while(describes).find_map(before) {
        return Some(years);
    }
    // "Nina Lind (24)", "Nina Lind, 24, ..."
    let sign = |at: u32, signs: &[u8]| page.tok(at).is_some_and(|tok| signs.iter().any(|&sign| tok.sign(sign)));
    let last = mention.last;
    let named = mention.form == Form::Name;
    let inserted = sign(last, b"(") && sign(last + 2, b"),;") || sign(last, b",") && sign(last + 2, b",.");
    let behind = number(page, last + 1).filter(|_| named && inserted);
    // "Nina Lind (SPD, 24)"
    behind.or_else(|| number(page, last + 3).filter(|_| named && sign(last, b"(") && sign(last + 4, b")")))
}

/// The digits of a compound with that second part.
fn years<'w>(word: &'w str, second: &str) -> Option<&'w str> {
    let (years, noun) = word.split_once('-')?;
    (noun.starts_with(second) && is_age(years)).then_some(years)
}

fn number<'p>(page: &'p Page<'_>, at: u32) -> Option<&'p str> {
    let word = page.words(at);
    page.tok(at).filter(|tok| tok.shape == Shape::Number && is_age(word)).map(|_| word)
}

fn is_age(digits: &str) -> bool {
    matches!(digits.len(), 1..=3) && digits.bytes().all(|digit| digit.is_ascii_digit())
}
