//! Whether two names can be those of one person: the same surname, and given names that do not contradict each other.
//!
//! It compares how names are written, and knows nothing of archives. Names that merely resemble each other
//! (`Jon Carey`, `John Kerry`) are not its business.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::text::analysis::{self, Form as Standing};
use crate::text::name;

use super::roster::words_of;

static TITLES: LazyLock<Vec<&'static str>> = LazyLock::new(|| words_of(include_str!("titles.txt")));

/// A given name to the lines of the list that it stands in.
static NICKNAMES: LazyLock<HashMap<&'static str, Vec<usize>>> = LazyLock::new(|| {
    let mut lines: HashMap<&str, Vec<usize>> = HashMap::new();
    for (number, line) in include_str!("nicknames.txt").lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        line.split_whitespace().for_each(|name| lines.entry(name).or_default().push(number));
    }
    lines
});

/// In what two names differ that may be those of one person; the least telling last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// One has a middle name or initial more.
    MiddleName,
    /// One has a nickname.
    Nickname,
    /// One has an initial for the given name.
    Initial,
    /// One leaves out the first of two given names.
    FirstNameLeftOut,
    /// One has `Jr.` or the like.
    Suffix,
    /// One is a surname alone.
    SurnameOnly,
}

impl Reason {
    /// Its name in results.
    pub fn name(self) -> &'static str {
        match self {
            Self::MiddleName => "middle-name",
            Self::Nickname => "nickname",
            Self::Initial => "initial",
            Self::FirstNameLeftOut => "first-name-left-out",
            Self::Suffix => "suffix",
            Self::SurnameOnly => "surname-only",
        }
    }
}

/// A name taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Folded given names and initials, one letter each.
    pub given: Vec<String>,
    /// The last word.
    pub surname: String,
    /// `jr`, `iii` and the like.
    pub generation: Option<String>,
}

impl Shape {
    /// Takes a name apart; `None` where there is no word in it.
    pub fn of(name: &str) -> Option<Self> {
        let mut words = name::words(name);
        let generation = words.pop_if(|word| name::is_generation(word));
        let surname = words.pop()?;
        while words.first().is_some_and(|word| TITLES.contains(&word.as_str())) {
            words.remove(0);
        }
        let initials = initials_of(name);
        let given = words.into_iter().flat_map(|word| match initials.contains(&word) {
            true => word.chars().map(String::from).collect(),
            false => vec![word],
        });
        Some(Self { given: given.collect(), surname, generation })
    }

    /// How much it says: letters of given names, full names before initials.
    fn weight(&self) -> usize {
        self.given.iter().map(|name| name.chars().count()).sum()
    }

    /// Whether it says less than the other.
    pub fn is_vaguer(&self, other: &Self) -> bool {
        self.weight() < other.weight()
    }
}

/// The words of the key that are initials: dotted, single letters, or two capitals (`JJ`) in a name that has small letters too; more
/// are an acronym.
fn initials_of(name: &str) -> Vec<String> {
    let shouted = !name.chars().any(char::is_lowercase);
    let mut all = Vec::new();
    let mut run = String::new();
    for word in analysis::words(name).filter(|word| word.form == Standing::Plain) {
        let typed = name.get(word.start..word.end).unwrap_or_default();
        let letters = word.text.chars().count();
        if typed.contains('.') || letters == 1 {
            run.push_str(&word.text);
            all.push(run.clone());
            continue;
        }
        run.clear();
        if !shouted && letters <= 2 && typed.chars().all(char::is_uppercase) {
            all.push(word.text);
        }
    }
    all
}

/// In what the names differ, where they can be one person's.
pub fn compare(one: &Shape, other: &Shape) -> Option<Reason> {
    if one.surname != other.surname {
        return None;
    }
    let generations = match (&one.generation, &other.generation) {
        (Some(one), Some(other)) if one != other => return None,
        (one, other) => one.is_some() != other.is_some(),
    };
    let (short, long) = if one.given.len() <= other.given.len() { (one, other) } else { (other, one) };
    let given = match (short.given.split_first(), long.given.split_first()) {
        (None, None) => None,
        (None, Some(_)) => Some(Reason::SurnameOnly),
        (Some((short_first, short_rest)), Some((long_first, long_rest))) => {
            match first_names(short_first, long_first) {
                Some(reason) if is_within(short_rest, long_rest) => {
                    reason.or((short_rest != long_rest).then_some(Reason::MiddleName))
                }
                // F. Scott Lund is also Scott Lund.
                _ if is_initial(long_first) && !is_initial(short_first) && is_within(&short.given, long_rest) => {
                    Some(Reason::FirstNameLeftOut)
                }
                _ => return None,
            }
        }
        (Some(_), None) => return None,
    };
    given.max(generations.then_some(Reason::Suffix))
}

/// Whether two first names can be one: `Some(None)` where they are the same.
fn first_names(one: &str, other: &str) -> Option<Option<Reason>> {
    if one == other {
        return Some(None);
    }
    if is_initial(one) || is_initial(other) {
        return (one.chars().next() == other.chars().next()).then_some(Some(Reason::Initial));
    }
    let (one, other) = (NICKNAMES.get(one)?, NICKNAMES.get(other)?);
    one.iter().any(|line| other.contains(line)).then_some(Some(Reason::Nickname))
}

/// Whether the names of `short` are among those of `long`, in order, an initial for a name or not.
fn is_within(short: &[String], long: &[String]) -> bool {
    let alike = |one: &str, other: &str| {
        one == other || (is_initial(one) || is_initial(other)) && one.chars().next() == other.chars().next()
    };
    let mut long = long.iter();
    short.iter().all(|name| long.any(|other| alike(name, other)))
}

fn is_initial(name: &str) -> bool {
    name.chars().count() == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(one: &str, other: &str, expected: Option<&str>) {
        let (a, b) = (Shape::of(one).expect("a name"), Shape::of(other).expect("a name"));
        assert_eq!(compare(&a, &b).map(Reason::name), expected, "{one} / {other}");
        assert_eq!(compare(&b, &a).map(Reason::name), expected, "{other} / {one}");
    }

    #[test]
    fn names_that_may_be_one_persons() {
        check("John Kerry", "John F. Kerry", Some("middle-name"));
        check("John Kerry", "John Forbes Kerry", Some("middle-name"));
        check("John F. Kerry", "John Forbes Kerry", Some("middle-name"));
        check("Bob Lund", "Robert Lund", Some("nickname"));
        check("Bob Lund", "Rob Lund", Some("nickname"));
        check("J. Kerry", "John Kerry", Some("initial"));
        check("J.F. Kerry", "John F. Kerry", Some("initial"));
        check("JF Kerry", "John F. Kerry", Some("initial"));
        check("F. Scott Lund", "Scott Lund", Some("first-name-left-out"));
        check("Robert Downey Jr.", "Robert Downey", Some("suffix"));
        check("Kerry", "John Kerry", Some("surname-only"));
        check("Mr. Kerry", "John Kerry", Some("surname-only"));
        check("Sen. John Kerry", "John F. Kerry", Some("middle-name"));
    }

    #[test]
    fn names_that_contradict_each_other() {
        check("John Kerry", "Peggy Kerry", None);
        check("John F. Kerry", "John G. Kerry", None);
        check("John Kerry", "John Kerr", None);
        check("Jon Kery", "John Kerry", None);
        check("P. Kerry", "John Kerry", None);
        check("QRS Kerry", "Quentin Kerry", None);
        check("Hal Osei Jr.", "Hal Osei III", None);
        check("Hal Osei Jr.", "Hal Osei Sr.", None);
        check("Ada Lund", "Eva Lund", None);
        check("Al Gore", "Ed Gore", None);
        check("AL GORE", "ED GORE", None);
        check("Scott Lund", "Francis Scott Lund", None);
    }
}
