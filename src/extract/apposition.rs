//! Descriptions that belong to a name: "Peter Cook, a Pentagon spokesman,", and names inside a longer mention.
//!
//! Works on mentions that were found one by one; it gives names their roles and ties the parts to the whole.

use super::lexicon::{class as c, groups};
use super::mention::{Form, Gender, Mention};
use super::page::{NONE, Page};
use crate::text::word::Shape;

/// Joins what stands in apposition: "Peter Cook, a Pentagon spokesman," and "the spokeswoman, Maria Zakharova,".
pub(super) fn join(page: &Page<'_>, found: &mut [Mention]) {
    nest(found);
    for i in 0..found.len() {
        let Some(here) = found.get(i).copied().filter(|m| m.beside == NONE) else { continue };
        // Before the next one stands nothing but a comma.
        let Some(comma) = page.tok(here.last).filter(|tok| tok.sign(b',') && tok.region == here.region) else {
            continue;
        };
        let paragraph = comma.paragraph;
        for j in i + 1..found.len().min(i + 6) {
            let Some(next) = found.get(j).copied() else { break };
            if next.first < here.last || page.tok(next.first).is_none_or(|tok| tok.paragraph != paragraph) {
                continue;
            }
            let gap = next.first - here.last;
            if gap > 1 {
                // "Colin Clarke, of the Hall institute": not a description.
                break;
            }
            match (here.form, next.form) {
                (Form::Name, Form::Nominal) if person_like(page, next.head) && !next.plural => {
                    let last = long_role(page, next.last);
                    let start = if page.is(next.first, c::ARTICLE) { next.first + 1 } else { next.first };
                    if let Some(name) = found.get_mut(i) {
                        name.role = name.role.or(Some((start, last)));
                        if name.gender == Gender::Unknown {
                            name.gender = next.gender;
                        }
                    }
                    if let Some(nominal) = found.get_mut(j) {
                        nominal.beside = u32::try_from(i).unwrap_or(NONE);
                    }
                }
                (Form::Nominal, Form::Name) if person_like(page, here.head) && !here.plural => {
                    let start = if page.is(here.first, c::ARTICLE) { here.first + 1 } else { here.first };
                    if let Some(name) = found.get_mut(j) {
                        name.role = name.role.or(Some((start, here.last)));
                        if name.gender == Gender::Unknown {
                            name.gender = here.gender;
                        }
                    }
                    if let Some(nominal) = found.get_mut(i) {
                        nominal.beside = u32::try_from(j).unwrap_or(NONE);
                    }
                }
                _ => {}
            }
            break;
        }
    }
}

fn person_like(page: &Page<'_>, head: u32) -> bool {
    page.is(head, c::ROLE | c::NAME_ROLE | c::DEMONYM)
}

/// A role in apposition goes on through "of the Port Authority" up to a comma or a verb.
pub(super) fn long_role(page: &Page<'_>, from: u32) -> u32 {
    const LONGEST: u32 = 9;
    let mut end = from;
    // "Members of the House of Lords protested": no list holds the verb, and a name stands before it.
    let acts = |at: u32| {
        let lower = page.tok(at).is_some_and(|tok| tok.shape == Shape::Lower);
        lower && page.words(at).ends_with("ed") && page.tok(at - 1).is_some_and(|tok| tok.shape.is_capital())
    };
    while end < from + LONGEST {
        let Some((_, tok)) = page.after(end.saturating_sub(1)) else { break };
        if end > from && acts(end) {
            break;
        }
        // "the state commission": no verb follows an article.
        let noun = tok.is(groups::FINITE) && end > from && page.is(end - 1, c::ARTICLE);
        let joins = tok.shape.is_word()
            && (noun || !tok.is(groups::FINITE | c::AUXILIARY | c::WHO | c::CONJUNCTION | c::THAT))
            || tok.shape == Shape::Possessive;
        if !joins {
            break;
        }
        end += 1;
    }
    // Whole phrases only: what is cut off in the middle is left out.
    let stops = end > from && acts(end)
        || page.tok(end).is_none_or(|tok| {
            tok.sign(b',') || tok.sign(b'.') || tok.is(c::WHO | c::AUXILIARY | groups::FINITE) || tok.region != NONE
        });
    if stops { end } else { from }
}

/// A name in front of another's role ("Oilers" in "Oilers head coach Ken Lind") is a part of that mention.
fn nest(found: &mut [Mention]) {
    for i in 0..found.len() {
        let Some(here) = found.get(i) else { break };
        // Mentions come in the order of their first tokens, so that what begins behind this one holds nothing of it.
        let from = i.saturating_sub(4);
        let near = found.get(from..(i + 6).min(found.len())).unwrap_or_default();
        let near = near.iter().zip(from..).take_while(|(other, _)| other.first <= here.first);
        // What ends before the name itself begins is not that name.
        let whole = |other: &Mention| here.last <= other.core && other.form == Form::Name && other.beside == NONE;
        let whole = near.filter(|(other, _)| whole(other)).map(|(_, j)| j).next();
        if let (Some(whole), Some(part)) = (whole, found.get_mut(i)) {
            part.beside = u32::try_from(whole).unwrap_or(NONE);
        }
    }
}
