//! Descriptions that belong to a name: "Peter Cook, a Pentagon spokesman,", and names inside a longer mention.
//!
//! Works on mentions that were found one by one; it gives names their roles and ties the parts to the whole.

use super::lexicon::{Classes, class as c, groups};
use super::mention::held::is_trade;
use super::mention::{Form, Gender, Mention};
use super::page::{NONE, Page, Tok, behind_preposition};
use crate::text::word::Shape;

/// Joins what stands in apposition: "Peter Cook, a Pentagon spokesman," and "the spokeswoman, Maria Zakharova,".
pub(super) fn join(page: &Page<'_>, found: &mut [Mention]) {
    nest(found);
    nest_owners(page, found);
    nest_held(page, found);
    for i in 0..found.len() {
        let Some(here) = found.get(i).copied().filter(|m| m.beside == NONE) else { continue };
        // "the mayor of Dovar, Ann Lind": what belongs to a description stands before the comma.
        let one = here.form == Form::Someone && page.words(here.head).eq_ignore_ascii_case("one");
        let described = here.form == Form::Nominal && !here.plural && person_like(page, here.head) || one;
        if let Some(j) = named_behind(page, found, i).filter(|_| described) {
            describe(page, found, i, j, here.last);
            continue;
        }
        let last = if described { long_role(page, here.last) } else { here.last };
        // Before the next one stands nothing but a comma.
        let Some(comma) = page.tok(last).filter(|tok| tok.sign(b',') && tok.region == here.region) else {
            continue;
        };
        let paragraph = comma.paragraph;
        for j in i + 1..found.len().min(i + 6) {
            let Some(next) = found.get(j).copied() else { break };
            // "Sit down, Mr. Berger," the judge said.
            if next.first < last
                || next.region != here.region
                || page.tok(next.first).is_none_or(|tok| tok.paragraph != paragraph)
            {
                continue;
            }
            // "the vicar of Dovar, the Very Rev. Ann Lind"
            let titled = next.role.is_some();
            let most = u32::from(titled && matches!(page.words(next.first - 1), "Most" | "Right" | "Very"));
            let article = u32::from(titled && page.is(next.first - 1 - most, c::ARTICLE));
            let gap = next.first - most - article - last;
            if gap > 1 {
                // "Colin Clarke, of the Hall institute": not a description.
                break;
            }
            match (here.form, next.form) {
                // "Ann Lind, whose son, Tom, drowned"
                (Form::Name, Form::Nominal)
                    if person_like(page, next.head) && !next.plural && page.words(next.first) != "whose" =>
                {
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
                (Form::Nominal | Form::Someone, Form::Name)
                    if described
                        && (last == here.last && !acts_alone(page, &here, &next)
                            || stands_alone(page, &here, &next)) =>
                {
                    describe(page, found, i, j, last);
                }
                _ => {}
            }
            // "Ann Lind, the town's mayor": behind the town stands whom it has.
            if found.get(j + 1).is_none_or(|other| other.first != next.first) {
                break;
            }
        }
    }
}

/// Gives description `i`, which ends before `last`, to name `j`: "one" tells nothing of whom it is.
fn describe(page: &Page<'_>, found: &mut [Mention], i: usize, j: usize, last: u32) {
    let Some(here) = found.get(i).copied() else { return };
    let belongs = page.is(here.first, c::ARTICLE) || page.words(here.first) == "whose";
    let start = if belongs { here.first + 1 } else { here.first };
    if let Some(name) = found.get_mut(j) {
        name.role = name.role.or((here.form != Form::Someone).then_some((start, last)));
        if name.gender == Gender::Unknown {
            name.gender = here.gender;
        }
    }
    if let Some(nominal) = found.get_mut(i) {
        nominal.beside = u32::try_from(j).unwrap_or(NONE);
    }
}

/// The name by which description `i` goes: "a man named Joe Lind told", "said a nurse identified as Ann Lind". In "a nurse called Ann
/// Lind at home" it is whom she called.
fn named_behind(page: &Page<'_>, found: &[Mention], i: usize) -> Option<usize> {
    let here = found.get(i)?;
    if page.grammar.nouns_are_capital && here.head + 1 < here.last {
        // "der Präsident der Kammer Tom Lind"
        let full = |m: &Mention| m.form == Form::Name && m.first == here.last && page.is(m.core, groups::GIVEN);
        return found.get(i + 1).filter(|m| full(m) && m.core < m.head).map(|_| i + 1);
    }
    let named =
        page.tok(here.last).filter(|tok| tok.is(c::LABEL) && tok.is(c::CUE_PAST) && tok.region == here.region)?;
    let words =
        (here.last + 1..here.last + 3).take_while(|&at| page.is(at, c::ADVERB) || page.words(at) == "as").count();
    let from = here.last + 1 + u32::try_from(words).ok()?;
    let (j, name) = found.iter().enumerate().skip(i + 1).take(3).find(|(_, m)| m.first == from)?;
    let verb = |tok: &Tok| tok.is(groups::FINITE | c::AUXILIARY | c::WHO) || tok.sign(b',') || tok.sign(b'.');
    let behind = page.after(name.last - 1).filter(|(_, tok)| tok.sentence == named.sentence);
    let inverted = page.before(here.first).is_some_and(|(_, tok)| tok.is(groups::FINITE));
    let does = behind.is_some_and(|(_, tok)| tok.is(groups::FINITE | c::AUXILIARY));
    (name.form == Form::Name && !name.owner && (does || inverted && behind.is_none_or(|(_, tok)| verb(tok))))
        .then_some(j)
}

/// Whether a name behind a description and its "of Dovar" is whom that describes: a mark, a verb or what governs a phrase follows it. In
/// a list others follow, and in "asked about the mayor of Dovar, Lind said" it is the subject of another clause.
fn stands_alone(page: &Page<'_>, described: &Mention, name: &Mention) -> bool {
    let listed = page.is(name.last + 1, groups::GIVEN);
    let governed = behind_preposition(page, described.first);
    page.after(name.last - 1).is_none_or(|(_, tok)| match tok.shape {
        Shape::Sign(b',') => !listed,
        Shape::Sign(_) => true,
        _ => tok.is(c::PREPOSITION | c::SUBORDINATE) || tok.is(groups::FINITE | c::AUXILIARY) && !governed,
    })
}

/// Whether a name behind what a preposition governs is the subject of the clause: "In a letter to his wife, Lind wrote".
fn acts_alone(page: &Page<'_>, described: &Mention, name: &Mention) -> bool {
    let acts = page.after(name.last - 1).is_some_and(|(_, tok)| tok.is(groups::FINITE | c::AUXILIARY));
    acts && behind_preposition(page, described.first)
}

fn person_like(page: &Page<'_>, head: u32) -> bool {
    page.is(head, c::ROLE | c::NAME_ROLE | c::DEMONYM) || is_trade(page, head)
}

/// A role in apposition goes on through "of the Port Authority" up to a comma or a verb.
pub(super) fn long_role(page: &Page<'_>, from: u32) -> u32 {
    const LONGEST: u32 = 9;
    let mut end = from;
    // "Members of the House of Lords protested": no list holds the verb, and a name stands before it.
    let acts = |at: u32| {
        let lower = page.tok(at).is_some_and(|tok| tok.shape == Shape::Lower);
        lower && page.may_be_past(at) && page.tok(at - 1).is_some_and(|tok| tok.shape.is_capital())
    };
    // "quoted the official as saying"
    let quoted = |at: u32| page.words(at) == "as" && page.is(at + 1, c::CUE_ING);
    // "analysts at Dovar Bank in a note to clients"
    let written = |at: u32| {
        let paper = |at: u32| page.is(at, c::DOCUMENT | c::SPEECH_NOUN) && !page.is(at, c::ROLE | c::BODY);
        page.words(at) == "in" && page.is(at + 1, c::ARTICLE) && (at + 2..at + 4).any(paper)
    };
    while end < from + LONGEST {
        let Some((_, tok)) = page.after(end.saturating_sub(1)) else { break };
        // "will der Zeuge gesagt haben", "der Landrat bleibt dabei", "der Landrat seine Rede"
        let verb = || {
            tok.classes == 0
                && page.words(end).ends_with(['t', 'e'])
                && page.words(end).trim_end_matches('e').ends_with('t')
        };
        // "der Trainer zu Beginn des Spiels"
        let when = tok.is(c::PARTICLE) && tok.is(c::PREPOSITION) && !tok.is(c::AGENT);
        let other = tok.is(groups::CUE | c::POSSESSIVE | c::OBLIQUE) || when;
        let said = page.grammar.verb_second && tok.shape == Shape::Lower && (other || verb());
        if end > from && (acts(end) || written(end)) || quoted(end) || said {
            break;
        }
        // "the state commission": no verb follows an article, or has a capital.
        let noun = tok.is(groups::FINITE) && (tok.shape.is_capital() || end > from && page.is(end - 1, c::ARTICLE));
        let joins = tok.shape.is_word()
            && (noun || !tok.is(groups::FINITE | c::AUXILIARY | c::WHO | c::CONJUNCTION | c::THAT))
            || tok.shape == Shape::Possessive;
        if !joins {
            break;
        }
        end += 1;
    }
    // Whole phrases only: what is cut off in the middle is left out.
    let stops = end > from && (acts(end) || written(end))
        || page.tok(end).is_none_or(|tok| {
            tok.sign(b',') || tok.sign(b'.') || tok.is(c::WHO | c::AUXILIARY | groups::FINITE) || tok.region != NONE
        });
    // "officials refused to", "the warden grumbled": a verb, although it ends as a participle does ("polled by"); and nothing ends with
    // "with" or "which".
    let governs = page.is(from + 1, c::PREPOSITION) && page.words(from + 1) != "to";
    let acted = page.words(from).ends_with("ed") && !governs || page.is(from, c::PAST);
    const LINKS: Classes = c::PREPOSITION | c::CONJUNCTION | c::ADVERB | c::ARTICLE | c::POSSESSIVE | c::AUXILIARY;
    let cut = end > from && page.is(end - 1, LINKS) || page.words(end - 1) == "which";
    if stops && !acted && !cut { end } else { from }
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

/// Whoever or whatever a full name belongs to is a part of that mention: "Dovar" in "Dovar's Ann Lind".
fn nest_owners(page: &Page<'_>, found: &mut [Mention]) {
    for i in 1..found.len() {
        let [Some(owner), Some(name)] = [i - 1, i].map(|at| found.get(at).copied()) else { break };
        let full = name.form == Form::Name && page.is(name.core, groups::GIVEN) && name.core < name.head;
        let owned = owner.owner && owner.beside == NONE && owner.last + 1 == name.first && owner.region == name.region;
        if let Some(owner) = found.get_mut(i - 1).filter(|_| full && owned) {
            owner.beside = u32::try_from(i).unwrap_or(NONE);
        }
    }
}

/// A full name with which a description ends is a part of it: "Nina Lind" in "Anwalt von Nina Lind".
fn nest_held(page: &Page<'_>, found: &mut [Mention]) {
    const NEAR: usize = 3;
    if !page.grammar.nouns_are_capital {
        return;
    }
    for i in 1..found.len() {
        let Some(name) = found.get(i).copied().filter(|m| m.form == Form::Name && m.beside == NONE) else { continue };
        let holds = |m: &Mention| m.form == Form::Nominal && m.head < name.first && m.last == name.last;
        let near = found.get(i.saturating_sub(NEAR)..i).unwrap_or_default().iter().rposition(holds);
        if let (Some(whole), Some(part)) = (near, found.get_mut(i)) {
            part.beside = u32::try_from(i.saturating_sub(NEAR) + whole).unwrap_or(NONE);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::article::{Article, Source};
    use crate::extract::{Speaker, extract};

    #[test]
    fn a_name_behind_a_description_and_a_comma_is_the_speaker() {
        for (text, name, roles) in [
            ("“It rained,” said the mayor of Brannel, Ann Lind.", "Ann Lind", &["mayor of Brannel"][..]),
            ("“It rained,” said the head of the harbour board, Ann Lind.", "Ann Lind", &["head of the harbour board"]),
            (
                "“It rained,” said a spokeswoman for Brannel, Ann Lind, on Monday.",
                "Ann Lind",
                &["spokeswoman for Brannel"],
            ),
            ("“It rained,” said Brannel’s mayor, Ann Lind.", "Ann Lind", &["Brannel’s mayor"]),
            ("“It rained,” said the town’s mayor, Ann Lind.", "Ann Lind", &["town’s mayor"]),
            ("“It rained,” said the vicar of Brannel, the Rev. Ann Lind.", "Ann Lind", &["Rev"]),
            ("“It rained,” said the dean of Brannel, the Very Rev. Ann Lind.", "Ann Lind", &["Very Rev"]),
            ("“It rained,” said the mayor of Brannel, Ann Lind in a letter.", "Ann Lind", &["mayor of Brannel"]),
            ("“It rained,” said one of the farmers, Ann Lind.", "Ann Lind", &[]),
            ("“It rained,” said Tom Vasch’s sister Ann Lind.", "Ann Lind", &["sister"]),
            ("“It rained,” said Tom Vasch’s caddie, Ann Lind.", "Ann Lind", &["Tom Vasch’s caddie"]),
            ("“It rained,” said Brannel’s Ann Lind.", "Ann Lind", &[]),
            ("“It rained,” said Team Brannel’s Ann Lind, who sailed.", "Ann Lind", &[]),
            ("“It rained,” said Ann Lind, whose son, Tom, drowned.", "Ann Lind", &[]),
            ("“It rained,” said Ann Lind, the town’s mayor.", "Ann Lind", &["town’s mayor"]),
            ("“It rained,” said Ann Lind, Brannel’s deputy mayor.", "Ann Lind", &["Brannel’s deputy mayor"]),
            ("“It rained,” said a potter named Ann Lind.", "Ann Lind", &["potter"]),
            ("A man identified only as Tom Vasch told reporters: “It rained.”", "Tom Vasch", &["man"]),
            ("A nurse called Ann Lind said: “It rained.”", "Ann Lind", &["nurse"]),
        ] {
            let found = extract(&Article::from_text(Source::file("one.txt"), text));
            let speaker = found.quotes.first().map(|quote| &quote.attribution.speaker);
            let Some(Speaker::Named(person)) = speaker else { panic!("{text}: {speaker:?}") };
            let person = found.people.get(*person).expect("the speaker is one of the people");
            assert_eq!(
                (person.name.as_str(), person.roles.iter().map(String::as_str).collect::<Vec<_>>().as_slice()),
                (name, roles),
                "{text}"
            );
        }
    }

    #[test]
    fn of_a_list_of_people_the_description_is_one() {
        for text in [
            "“It rained,” said the mayor of Brannel, Ann Lind and Tom Vasch.",
            "“It rained,” said the mayor of Brannel, Ann Lind, Tom Vasch and Nina Oakes.",
        ] {
            let found = extract(&Article::from_text(Source::file("one.txt"), text));
            let speaker = found.quotes.first().map(|quote| &quote.attribution.speaker);
            assert!(
                matches!(speaker, Some(Speaker::Described(words)) if words.starts_with("mayor")),
                "{text}: {speaker:?}"
            );
        }
    }

    #[test]
    fn whose_somebody_is_stands_in_no_role() {
        let text = "“It rained,” said Ann Lind, whose lawyer, Tom Vasch, left.";
        let found = extract(&Article::from_text(Source::file("one.txt"), text));
        let roles: Vec<_> = found.people.iter().map(|person| (person.name.as_str(), person.roles.as_slice())).collect();
        assert_eq!(roles, [("Ann Lind", &[][..]), ("Tom Vasch", &["lawyer".to_owned()][..])]);
    }

    #[test]
    fn whom_somebody_calls_is_not_who_calls() {
        for text in [
            "A nurse called Ann Lind at home. “It rained,” Tom Vasch said.",
            "The nurse named Ann Lind in her letter. “It rained,” Tom Vasch said.",
            "A nurse called Ann Lind’s brother. “It rained,” Tom Vasch said.",
        ] {
            let found = extract(&Article::from_text(Source::file("one.txt"), text));
            let ann = found.people.iter().find(|person| person.name == "Ann Lind");
            assert!(ann.is_some_and(|person| person.roles.is_empty()), "{text}: {:?}", found.people);
        }
    }

    #[test]
    fn a_description_in_another_clause_is_nobodys_role() {
        let text = "Asked about the president of Brannel, Ann Lind said: “It rained.”";
        let found = extract(&Article::from_text(Source::file("one.txt"), text));
        assert!(found.people.iter().all(|person| person.roles.is_empty()), "{:?}", found.people);
    }

    #[test]
    fn a_description_ends_before_what_is_done() {
        for (text, words) in [
            ("Traders also said it was “a long day”.", "Traders"),
            ("A Brannel spokesman later said it was “a long day”.", "Brannel spokesman"),
            ("A girl of nine said it was “a long day”.", "girl of nine"),
            (
                "A spokesman for the Union of Counter Clerks said it was “a long day”.",
                "spokesman for the Union of Counter Clerks",
            ),
            ("The mill's warden grumbled it was “a long day”.", "mill's warden"),
            ("Bankers at Brannel Hull in a note to clients said it was “a long day”.", "Bankers at Brannel Hull"),
            ("Bankers polled by Brannel said it was “a long day”.", "Bankers polled by Brannel"),
            ("Officials refused to give “a long answer”, and said it was “a long day”.", "Officials"),
            ("Officials close to Brannel said it was “a long day”.", "Officials close to Brannel"),
            ("The spokesman for the works at Brannel said it was “a long day”.", "spokesman for the works at Brannel"),
            ("“It was a long day,” the paper quoted the official as saying.", "official"),
        ] {
            let found = extract(&Article::from_text(Source::file("one.txt"), text));
            let speaker = found.quotes.last().map(|quote| &quote.attribution.speaker);
            assert!(matches!(speaker, Some(Speaker::Described(found)) if found == words), "{text}: {speaker:?}");
        }
    }
}
