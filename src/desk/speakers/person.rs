//! Whether a name is that of one person, as far as its words tell: no company, office or group.
//!
//! It asks the lists that quotations are found by. A word that is a trade or a body as well as a surname (`Baker`, `Church`) is a
//! surname behind a given name.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::extract::listed;
use crate::text::name;

type Words = HashSet<String>;

static GIVEN_NAMES: LazyLock<Words> = LazyLock::new(|| listed::given_names().map(name::key).collect());
static COMPANIES: LazyLock<Words> = LazyLock::new(|| words(&["company"]));
static GROUPS: LazyLock<Words> = LazyLock::new(|| words(&["roles", "crowd"]));
static PLACES: LazyLock<Words> = LazyLock::new(|| words(&["place", "demonym"]));
static BODIES: LazyLock<Words> = LazyLock::new(|| words(&["organisation"]));
static TRADES: LazyLock<Words> = LazyLock::new(|| words(&["body", "organisation_word", "role"]));

/// Countries and bodies that look like initials.
const COUNTRIES: [&str; 5] = ["us", "usa", "uk", "eu", "un"];

/// The words of these sections, as they stand in keys.
fn words(sections: &[&'static str]) -> Words {
    sections.iter().flat_map(|section| listed::words(section)).map(name::key).collect()
}

/// Whether one person may have this name.
pub(super) fn is_person(typed: &str) -> bool {
    let mut words = name::words(typed);
    words.pop_if(|word| name::is_generation(word));
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    if is_small(typed) || words.iter().any(|word| COMPANIES.contains(word)) || GROUPS.contains(last) {
        return false;
    }
    let given = words.len() > 1 && GIVEN_NAMES.contains(first);
    if given && !PLACES.contains(first) {
        return true;
    }
    let initials = words.len() > 1 && typed.get(..2).is_some_and(|head| head.ends_with('.'));
    let body = |word: &String| BODIES.contains(word) || PLACES.contains(word);
    let begins = body(first) || COUNTRIES.contains(&first.as_str()) || is_acronym(typed);
    let one_of = |word: &str| TRADES.contains(word) || word.strip_suffix('s').is_some_and(|word| TRADES.contains(word));
    let ends = one_of(last) || BODIES.contains(last);
    (given || !begins) && (!ends || initials && !begins)
}

/// Whether its last word has only small letters: `Marlow officials`, but not `al-Tamar`.
fn is_small(typed: &str) -> bool {
    let last = typed.split_whitespace().next_back().unwrap_or_default();
    last.chars().any(char::is_lowercase) && !last.chars().any(char::is_uppercase)
}

/// Whether a name in small letters too begins with three capitals or more, or is nothing but some.
fn is_acronym(typed: &str) -> bool {
    let first = typed.split_whitespace().next().unwrap_or_default();
    let letters = first.chars().count();
    let capitals = first.chars().all(char::is_uppercase);
    capitals && if first == typed.trim() { letters <= 4 } else { letters > 2 && typed.chars().any(char::is_lowercase) }
}

#[cfg(test)]
mod tests {
    use super::is_person;

    #[test]
    fn companies_offices_and_groups_are_no_persons() {
        let people = [
            "Ada Lund",
            "Kerry",
            "KERRY",
            "J. Kerry",
            "JF Kerry",
            "Ada Baker",
            "Kate Church",
            "J.P. Cook",
            "Hal Osei Jr.",
            "Ada Adams",
            "José Müller",
            "Mr. Kerry",
            "Sen. John Kerry",
            "Orhan al-Tamar",
        ];
        for name in people {
            assert!(is_person(name), "{name}");
        }
        let others = [
            "Marlow Co",
            "B.F. Lund Co",
            "Lund Corp.",
            "Ada Lund Inc",
            "Lund and Rae Ltd",
            "Marlow officials",
            "Japanese officials",
            "Japanese Officials",
            "Jordan officials",
            "Marlow Analysts",
            "U.S. Spokesman",
            "Marlow Bank",
            "Paris Bank",
            "QRS News",
            "QRS Lund",
            "QRS",
            "Senate",
            "Marlow Workers",
            "",
        ];
        for name in others {
            assert!(!is_person(name), "{name}");
        }
    }
}
