//! Of which sex a noun shows somebody to be, and what an article adds: "der Abgeordnete", "die Abgeordnete".

use super::super::lexicon::class as c;
use super::super::page::Page;
use super::Gender;
use super::age::aged;
use super::held::is_trade;
use super::nouns::describes;

/// What the noun at `at` shows. One that both sexes go by takes what its article and its ending say, or nothing.
pub(in super::super) fn gender_of_noun(page: &Page<'_>, at: u32) -> Gender {
    match (page.is(at, c::MALE), page.is(at, c::FEMALE)) {
        (true, true) if page.grammar.nouns_are_capital => of_adjectival(page, at),
        (_, true) => Gender::Female,
        (true, _) => Gender::Male,
        _ if aged(page, at).is_some() => of_adjectival(page, at),
        _ if is_trade(page, at) && page.words(at).ends_with("in") => Gender::Female,
        _ => Gender::Unknown,
    }
}

/// What the article before the noun at `at`, which is inflected as an adjective, and its ending show: "der Abgeordnete" and "dem
/// Abgeordneten", "die Abgeordnete" and "der Abgeordneten"; "die Abgeordneten" are several.
fn of_adjectival(page: &Page<'_>, at: u32) -> Gender {
    let last = |at: u32| page.words(at).chars().next_back();
    let noun = last(at);
    // "Vorsitzender" needs none.
    if matches!(noun, Some('r' | 'm')) {
        return Gender::Male;
    }
    match (article(page, at).and_then(last), noun) {
        (Some('r'), Some('e')) | (Some('m' | 'n' | 's'), Some('n')) => Gender::Male,
        (Some('e'), Some('e')) | (Some('r'), Some('n')) => Gender::Female,
        _ => Gender::Unknown,
    }
}

/// The article of the noun at `at`, before what describes it.
fn article(page: &Page<'_>, at: u32) -> Option<u32> {
    const LONGEST: u32 = 4;
    let mut first = at;
    for _ in 0..LONGEST {
        let (before, tok) = page.before(first)?;
        if tok.is(c::DETERMINER | c::ARTICLE | c::POSSESSIVE) {
            return Some(before);
        }
        if !describes(page, before, tok) {
            return None;
        }
        first = before;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::super::{lexicon::GERMAN, page::Page};
    use super::super::Gender::{Female, Male, Unknown};

    #[test]
    fn an_article_tells_where_a_noun_goes_for_both() {
        for (text, gender) in [
            ("Der Abgeordnete kam.", Male),
            ("Die Abgeordnete kam.", Female),
            ("Der neue SPD-Abgeordnete kam.", Male),
            ("Die frühere Bundestagsabgeordnete kam.", Female),
            ("Die Angeklagte kam.", Female),
            ("Der Angeklagte kam.", Male),
            ("Der Aufsichtsratsvorsitzende kam.", Male),
            ("Der Wehrbeauftragte kam.", Male),
            ("Eine Wehrbeauftragte kam.", Female),
            ("Ein Abgeordneter kam.", Male),
            ("Fraktionsvorsitzender ist er.", Male),
            ("Sie sah den Vorsitzenden.", Male),
            ("Sie half der Vorsitzenden.", Female),
            ("Die Vorsitzenden kamen.", Unknown),
            ("Abgeordnete kamen.", Unknown),
            ("Er sah die 24-Jährige.", Female),
            ("Er sah den 24-Jährigen.", Male),
            // Nouns of one gender.
            ("Der Minister kam.", Male),
            ("Die Ministerin kam.", Female),
            ("Der Beamte kam.", Male),
        ] {
            let page = Page::read(text, &GERMAN);
            let found = super::super::find(&page);
            assert_eq!(found.last().map(|m| m.gender), Some(gender), "{text}");
        }
    }
}
