//! When two names mean one person, and when a mention found is the mention annotated.
//!
//! It compares words only: titles, suffixes and articles set aside. It knows no text beyond the two mentions.

use std::collections::{BTreeSet, HashSet};
use std::sync::LazyLock;

use super::gold::Mention;
use super::token::{head, stripped, without_genitive, words};

/// The lists of `words.txt`.
pub(super) struct Words {
    titles: HashSet<&'static str>,
    pronouns: HashSet<&'static str>,
    suffixes: HashSet<&'static str>,
    articles: HashSet<&'static str>,
    pub(super) after_head: HashSet<&'static str>,
}

impl Words {
    pub(super) fn all() -> &'static Self {
        static ALL: LazyLock<Words> = LazyLock::new(|| {
            let list = |name: &str| {
                let lines = include_str!("words.txt").lines().filter(|line| !line.starts_with('#'));
                let mut lists = lines.filter_map(|line| line.split_once(':'));
                let words = lists.find(|(list, _)| *list == name).map_or("", |(_, words)| words);
                words.split_whitespace().collect()
            };
            Words {
                titles: list("title"),
                pronouns: list("pronoun"),
                suffixes: list("suffix"),
                articles: list("article"),
                after_head: list("after-head"),
            }
        });
        &ALL
    }
}

/// Whether the word is `Jr.` and the like.
pub(super) fn is_suffix(word: &str) -> bool {
    Words::all().suffixes.contains(word.to_lowercase().trim_matches('.'))
}

/// Its words as they are compared: small letters, one kind of apostrophe, no genitive.
fn plain(name: &[char]) -> Vec<String> {
    let kept = without_genitive(stripped(name));
    words(&kept).into_iter().map(|word| word.to_lowercase().replace('’', "'").trim_matches('.').to_owned()).collect()
}

/// What stands before the first comma or bracket.
fn before_comma(name: &[char]) -> &[char] {
    name.split(|c| matches!(c, ',' | '(')).next().unwrap_or_default()
}

/// The words that name, without titles, suffixes and articles.
fn naming(name: &[char]) -> Vec<String> {
    let all = Words::all();
    let aside = |word: &str| all.titles.contains(word) || all.suffixes.contains(word) || all.articles.contains(word);
    plain(before_comma(name)).into_iter().filter(|word| !aside(word)).collect()
}

fn surname(name: &[char]) -> Option<String> {
    plain(before_comma(name)).into_iter().rfind(|word| !Words::all().suffixes.contains(word.as_str()))
}

/// Whether it ends in a capitalised word that is no pronoun.
fn is_name(name: &[char]) -> bool {
    let last = words(before_comma(name)).into_iter().rfind(|word| !is_suffix(word));
    last.is_some_and(|word| {
        word.chars().next().is_some_and(char::is_uppercase)
            && !Words::all().pronouns.contains(word.to_lowercase().as_str())
    })
}

/// Whether two names or descriptions mean the same.
pub(super) fn same(gold: &str, found: &str) -> bool {
    if gold.is_empty() || found.is_empty() {
        return false;
    }
    let (gold, found): (Vec<char>, Vec<char>) = (gold.chars().collect(), found.chars().collect());
    let (g, f) = (naming(&gold), naming(&found));
    let (Some(g_first), Some(f_first), Some(g_last), Some(f_last)) = (g.first(), f.first(), g.last(), f.last()) else {
        return plain(&gold) == plain(&found);
    };
    if g == f {
        return true;
    }
    let pronouns = &Words::all().pronouns;
    if pronouns.contains(g_first.as_str()) || pronouns.contains(f_first.as_str()) {
        return false;
    }
    let (all_g, all_f): (BTreeSet<&String>, BTreeSet<&String>) = (g.iter().collect(), f.iter().collect());
    let one_in_other = all_g.is_subset(&all_f) || all_f.is_subset(&all_g);
    if is_name(&gold) && is_name(&found) {
        if g_last != f_last {
            return one_in_other;
        }
        let alone = g.len() == 1 || f.len() == 1;
        let initial = g_first.chars().next() == f_first.chars().next();
        return alone || initial || all_f.contains(g_first) || all_g.contains(f_first);
    }
    let shared = all_g.intersection(&all_f).count();
    one_in_other || 2 * shared >= all_g.union(&all_f).count()
}

/// Whether the mention found is the one annotated: they overlap and one holds the other's head, or both are names of one surname.
pub(super) fn same_mention(text: &[char], gold: &Mention, found: Option<&Mention>) -> bool {
    let (Some(found), Some(at)) = (found, gold.at) else { return false };
    let gold_head = head(text, at);
    if let Some(reach) = found.at {
        let found_head = head(text, reach);
        let fragments = if gold.fragments.is_empty() { std::slice::from_ref(&at) } else { gold.fragments.as_slice() };
        let meets = |fragment: &super::token::Reach| {
            fragment.shared(reach) > 0 && (reach.holds(gold_head.start) || fragment.holds(found_head.start))
        };
        if fragments.iter().any(meets) {
            return true;
        }
    }
    let written: Vec<char> = match gold.text.as_deref() {
        None | Some("") => at.of(text).to_vec(),
        Some(written) => written.chars().collect(),
    };
    let answer: Vec<char> = found.text.as_deref().unwrap_or_default().chars().collect();
    is_name(&written) && is_name(&answer) && {
        let answer = surname(&answer);
        surname(gold_head.of(text)) == answer || surname(&written) == answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(gold: &str, found: &str, expected: bool) {
        assert_eq!(same(gold, found), expected, "{gold} / {found}");
    }

    #[test]
    fn names_of_one_person_agree() {
        check("Tilda Marsh", "Tilda Marsh", true);
        check("Tilda Marsh", "Marsh", true);
        check("Tilda Marsh", "Sen. T. Marsh Jr.", true);
        check("Tilda Marsh", "Otto Marsh", false);
        check("Tilda Marsh", "Tilda Blom", false);
        check("Marsh Ferry Company", "Marsh Ferry", true);
        check("Tilda Marsh", "she", false);
        check("she", "She", true);
        check("the owner of the ferry", "owner of the old ferry", true);
        check("the owner", "a harbour master", false);
        check("the President", "president", false);
        check("President", "president", true);
        check("Marsh (Lundby)", "Marsh, of Lundby", true);
        check("", "", false);
    }
}
