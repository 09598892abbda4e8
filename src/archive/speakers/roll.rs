//! What the file of speakers says: people with their names and roles, and who is not who.
//!
//! Names are the same where their keys are. A name can belong to one person only; the file is refused where it says
//! otherwise, with the line that does.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use crate::text::day::{Day, PartialDate};
use crate::text::name::key;
use crate::text::problem::{Place, Problem};

/// One person of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The name that is shown.
    pub name: String,
    /// Other names, in the order of the file.
    pub aliases: Vec<String>,
    /// Roles, in the order of the file.
    pub roles: Vec<Role>,
}

impl Person {
    /// The name and all aliases.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.aliases.iter().map(String::as_str))
    }

    /// The role held through all days that `date` covers: the first that the file gives.
    pub fn role_on(&self, date: PartialDate) -> Option<&str> {
        let held = |role: &&Role| {
            role.from.is_none_or(|from| from.first_day() <= date.first_day())
                && role.to.is_none_or(|to| to.last_day() >= date.last_day())
        };
        self.roles.iter().find(held).map(|role| role.role.as_str())
    }
}

/// A role and when it was held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// Its name.
    pub role: String,
    /// The first day, month or year.
    pub from: Option<PartialDate>,
    /// The last day, month or year, which belongs to it.
    pub to: Option<PartialDate>,
}

/// What the file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Speakers {
    people: Vec<Person>,
    /// The key of each name to the place of its person.
    owners: HashMap<String, usize>,
    /// Keys of names that stand for different people.
    different: Vec<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    version: Option<Spanned<i64>>,
    #[serde(default)]
    different: Vec<Spanned<Vec<String>>>,
    #[serde(default)]
    speaker: Vec<WrittenPerson>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPerson {
    name: Spanned<String>,
    #[serde(default)]
    aliases: Vec<Spanned<String>>,
    #[serde(default)]
    roles: Vec<WrittenRole>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRole {
    role: Spanned<String>,
    from: Option<Spanned<toml::Value>>,
    to: Option<Spanned<toml::Value>>,
}

impl Speakers {
    /// Reads the text of the file.
    ///
    /// # Errors
    /// The first thing that is wrong with it, with its line.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let at = |span: Range<usize>| {
            let before = text.bytes().take(span.start);
            Place::Line(1 + before.filter(|byte| *byte == b'\n').count() as u64)
        };
        let wrong = |span: Range<usize>, message: String| Problem::new(at(span), message);
        let written: Written = toml::from_str(text).map_err(|error| {
            let place = error.span().map_or(Place::Whole, at);
            let message = error.message().lines().next().unwrap_or("not TOML").to_owned();
            Problem::new(place, message).hint("`onrecord speakers --help` shows what the file looks like")
        })?;
        if let Some(version) = written.version.filter(|version| *version.get_ref() != 1) {
            return Err(wrong(version.span(), format!("version {} is not known here", version.get_ref()))
                .hint("this program reads version 1"));
        }
        let mut speakers = Self::default();
        for person in written.speaker {
            let place = speakers.people.len();
            for name in std::iter::once(&person.name).chain(&person.aliases) {
                if name.get_ref().trim().is_empty() {
                    return Err(wrong(name.span(), "a name is empty".to_owned()));
                }
                let owner = speakers.owners.insert(key(name.get_ref()), place);
                let owner = owner.filter(|&owner| owner != place).and_then(|owner| speakers.people.get(owner));
                if let Some(owner) = owner {
                    let message = format!("`{}` is a name of `{}` already", name.get_ref(), owner.name);
                    return Err(wrong(name.span(), message).hint("a name belongs to one person; take it away from one"));
                }
            }
            let roles: Result<Vec<Role>, Problem> =
                person.roles.into_iter().map(|role| read_role(role, &wrong)).collect();
            let aliases = person.aliases.into_iter().map(Spanned::into_inner).collect();
            speakers.people.push(Person { name: person.name.into_inner(), aliases, roles: roles? });
        }
        for names in written.different {
            let keys: BTreeSet<String> = names.get_ref().iter().map(|name| key(name)).collect();
            if keys.len() < 2 {
                let hint = "write each as [\"A\", \"B\"]: names of people who are not the same";
                return Err(wrong(names.span(), "`different` needs two names or more".to_owned()).hint(hint));
            }
            let mut owners: Vec<usize> = keys.iter().filter_map(|key| speakers.owners.get(key).copied()).collect();
            owners.sort_unstable();
            let twice =
                owners.windows(2).find_map(|pair| (pair.first() == pair.last()).then(|| pair.first().copied())?);
            if let Some(person) = twice.and_then(|person| speakers.people.get(person)) {
                let message = format!("these are said to be different, and to be names of `{}`", person.name);
                return Err(wrong(names.span(), message).hint("take the line away, or the alias"));
            }
            speakers.different.push(keys.into_iter().collect());
        }
        Ok(speakers)
    }

    /// Whether the file says nothing.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty() && self.different.is_empty()
    }

    /// The people, in the order of the file.
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// Whose name this is, in whatever spelling.
    pub fn person_of(&self, name: &str) -> Option<&Person> {
        self.people.get(self.place_of(name)?)
    }

    /// The place in the file of the person whose name this is.
    pub(super) fn place_of(&self, name: &str) -> Option<usize> {
        if self.owners.is_empty() { None } else { self.owners.get(&key(name)).copied() }
    }

    /// The name that is shown for this one.
    pub fn shown<'a>(&'a self, name: &'a str) -> &'a str {
        self.person_of(name).map_or(name, |person| &person.name)
    }

    /// Whether the file says that these two are not the same person.
    pub fn are_different(&self, one: &str, other: &str) -> bool {
        let keys = |name: &str| -> Vec<String> {
            self.person_of(name).map_or_else(|| vec![key(name)], |person| person.names().map(key).collect())
        };
        let (one, other) = (keys(one), keys(other));
        let among = |names: &[String], keys: &[String]| names.iter().any(|name| keys.contains(name));
        self.different.iter().any(|names| among(names, &one) && among(names, &other))
    }
}

fn read_role(role: WrittenRole, wrong: &impl Fn(Range<usize>, String) -> Problem) -> Result<Role, Problem> {
    let date = |value: Option<Spanned<toml::Value>>| {
        value.map(|value| {
            let typed = match value.get_ref() {
                toml::Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            PartialDate::parse(&typed).ok_or_else(|| {
                wrong(value.span(), format!("`{typed}` is not a day"))
                    .hint("write it as 2013-02-01 (or 2013-02, or 2013)")
            })
        })
    };
    let place = role.role.span();
    let read =
        Role { role: role.role.into_inner(), from: date(role.from).transpose()?, to: date(role.to).transpose()? };
    let days: (Option<Day>, Option<Day>) = (read.from.map(PartialDate::first_day), read.to.map(PartialDate::last_day));
    match days {
        (Some(from), Some(to)) if from > to => Err(wrong(place, format!("`{}` ends before it begins", read.role))),
        _ => Ok(read),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"
version = 1
different = [["John Kerry", "Peggy Kerry"]]

[[speaker]]
name = "John Kerry"
aliases = ["John F. Kerry", "Sen. Kerry"]
roles = [
  { role = "senator", to = 2013-01-31 },
  { role = "Secretary of State", from = "2013-02-01", to = "2017-01" },
]
"#;

    #[test]
    fn names_find_their_person() {
        let speakers = Speakers::parse(FILE).expect("it is right");
        let cases = [
            ("John Kerry", "John Kerry"),
            ("JOHN  KERRY", "John Kerry"),
            ("John F Kerry", "John Kerry"),
            ("Kerry", "Kerry"),
            ("Sen Kerry", "John Kerry"),
        ];
        for (name, shown) in cases {
            assert_eq!(speakers.shown(name), shown, "{name}");
        }
        assert!(speakers.are_different("Sen. Kerry", "PEGGY KERRY"));
        assert!(!speakers.are_different("Sen. Kerry", "Kerry"));
    }

    #[test]
    fn roles_have_their_days() {
        let speakers = Speakers::parse(FILE).expect("it is right");
        let kerry = speakers.person_of("John Kerry").expect("he is there");
        let cases = [
            ("1999", Some("senator")),
            ("2013-01-31", Some("senator")),
            ("2013-02-01", Some("Secretary of State")),
            ("2013", None),
            ("2017-01", Some("Secretary of State")),
            ("2017-02-01", None),
        ];
        for (date, role) in cases {
            assert_eq!(kerry.role_on(PartialDate::parse(date).expect("a date")), role, "{date}");
        }
    }

    #[test]
    fn what_is_wrong_has_its_line() {
        let cases = [
            ("version = 1\nname = [", "line 2: "),
            ("\nspeakers = []", "line 2: unknown field `speakers`, expected one of `version`, `different`, `speaker`"),
            ("version = 2", "line 1: version 2 is not known here"),
            ("[[speaker]]\naliases = []", "line 1: missing field `name`"),
            ("[[speaker]]\nname = \"\"", "line 2: a name is empty"),
            (
                "[[speaker]]\nname = \"A B\"\n[[speaker]]\nname = \"C\"\naliases = [\n\"a b\"]",
                "line 6: `a b` is a name of `A B` already",
            ),
            ("[[speaker]]\nname = \"A\"\nroles = [{ role = \"x\", from = \"May\" }]", "line 3: `May` is not a day"),
            (
                "[[speaker]]\nname = \"A\"\nroles = [{ role = \"x\", from = 2015, to = \"2014\" }]",
                "line 3: `x` ends before it begins",
            ),
            ("different = [[\"A\", \"a\"]]", "line 1: `different` needs two names or more"),
            (
                "different = [[\"A\", \"B\"]]\n[[speaker]]\nname = \"A\"\naliases = [\"B\"]",
                "line 1: these are said to be different, and to be names of `A`",
            ),
        ];
        for (text, expected) in cases {
            let problem = Speakers::parse(text).expect_err("it is wrong").to_string();
            assert!(problem.starts_with(expected), "{text}\n{problem}");
        }
        assert!(Speakers::parse("").expect("an empty file is right").is_empty());
    }
}
