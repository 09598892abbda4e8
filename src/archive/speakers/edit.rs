//! Changes to the text of the file of speakers: what people wrote beside the names, and their order, stays.
//!
//! Each change takes a text that reads right and gives one that reads right. Nothing here touches a disk.

use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, Value};

use crate::text::name::key;

use super::roll::Speakers;

/// How a new file begins.
const HEADER: &str = "\
# Who is who among the speakers. Read whenever a question is asked: nothing has to be indexed again.
# `onrecord speakers merge`, `alias` and `split` write here, and so may you.
#
#   [[speaker]]
#   name = \"Ada Lund\"                   # the name that is shown
#   aliases = [\"A. Lund\", \"Mayor Lund\"]
#   roles = [{ role = \"mayor\", from = 2012-05-01, to = 2016-04-30 }]
#
# different = [[\"Ada Lund\", \"Eva Lund\"]]   says who is not the same person.

version = 1
";

/// Why a change is not made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// All names have the same key or person.
    #[error("{names} are one speaker already")]
    OneAlready {
        /// The names as given, for a reader.
        names: String,
    },
    /// The alias belongs to another person of the file.
    #[error("`{alias}` is a name of `{owner}` already\nhelp: `onrecord speakers merge` makes one of two people")]
    Taken {
        /// The alias.
        alias: String,
        /// Whose it is.
        owner: String,
    },
    /// The file gives this person one name only.
    #[error("the file gives `{name}` no other name: there is nothing to take apart")]
    Single {
        /// The name.
        name: String,
    },
    /// Two spellings that no key tells apart.
    #[error("`{one}` and `{other}` are spellings of one name, and cannot be taken apart")]
    SameKey {
        /// One spelling.
        one: String,
        /// The other.
        other: String,
    },
    /// The file is written in a way that this program reads but does not change.
    #[error("the file cannot be changed: {why}")]
    Form {
        /// What is in the way.
        why: String,
    },
}

/// Makes one person of those that `names` belong to. The first stays the name that is shown.
///
/// # Errors
/// Where they are one already.
pub fn merge(text: &str, speakers: &Speakers, names: &[String]) -> Result<String, Refusal> {
    let mut page = Page::open(text)?;
    let Some(first) = names.first() else { return Err(one_already(names)) };
    let kept = speakers.place_of(first);
    let mut gained: Vec<String> = Vec::new();
    let mut emptied: Vec<usize> = Vec::new();
    let mut roles: Vec<Value> = Vec::new();
    for name in names.iter().skip(1) {
        match speakers.place_of(name) {
            place if place.is_some() && place == kept => {}
            Some(place) if emptied.contains(&place) => {}
            Some(place) => {
                emptied.push(place);
                let person = speakers.people().get(place);
                gained.extend(person.into_iter().flat_map(|person| person.names()).map(str::to_owned));
                roles.extend(page.roles(place));
            }
            None => gained.push(name.clone()),
        }
    }
    let home = kept.unwrap_or_else(|| page.add(first));
    let owned = speakers.person_of(first).map_or_else(|| vec![key(first)], |person| person.names().map(key).collect());
    let gained = each_once(gained, owned.clone());
    if gained.is_empty() {
        return Err(one_already(names));
    }
    page.push_aliases(home, &gained)?;
    page.push_roles(home, roles)?;
    let merged: Vec<String> = owned.into_iter().chain(gained.iter().map(|name| key(name))).collect();
    page.forget_differences(&merged);
    page.remove(emptied);
    page.close()
}

/// Gives a person another name.
///
/// # Errors
/// Where the name is somebody else's, or this person's already.
pub fn alias(text: &str, speakers: &Speakers, name: &str, alias: &str) -> Result<String, Refusal> {
    let place = speakers.place_of(name);
    match speakers.person_of(alias) {
        Some(owner) if place != speakers.place_of(alias) => {
            return Err(Refusal::Taken { alias: alias.to_owned(), owner: owner.name.clone() });
        }
        Some(_) => return Err(one_already(&[name.to_owned(), alias.to_owned()])),
        None if key(name) == key(alias) => return Err(one_already(&[name.to_owned(), alias.to_owned()])),
        None => {}
    }
    let mut page = Page::open(text)?;
    let home = place.unwrap_or_else(|| page.add(name));
    page.push_aliases(home, &[alias.to_owned()])?;
    let owned = speakers.person_of(name).map_or_else(|| vec![key(name)], |person| person.names().map(key).collect());
    page.forget_differences(&owned.into_iter().chain([key(alias)]).collect::<Vec<_>>());
    page.close()
}

/// Takes a name away from its person, or with the name that is shown all aliases, and notes that they are different
/// people; with several names, notes that these are different and takes apart those that were one.
///
/// # Errors
/// Where there is nothing to take apart, or no key could tell them apart.
pub fn split(text: &str, speakers: &Speakers, names: &[String]) -> Result<String, Refusal> {
    let mut page = Page::open(text)?;
    let mut groups: Vec<Vec<String>> = Vec::new();
    let mut freed: Vec<(usize, String)> = Vec::new();
    match names {
        [] => return Err(one_already(names)),
        [name] => {
            let single = || Refusal::Single { name: name.clone() };
            let place = speakers.place_of(name).ok_or_else(single)?;
            let person = speakers.people().get(place).ok_or_else(single)?;
            let shown = key(&person.name);
            let all = key(name) == shown;
            let others = person.aliases.iter().filter(|alias| key(alias) != shown);
            let gone = each_once(others.filter(|alias| all || key(alias) == key(name)).cloned().collect(), Vec::new());
            if gone.is_empty() {
                return Err(single());
            }
            groups.extend(gone.iter().map(|alias| vec![person.name.clone(), alias.clone()]));
            freed.extend(gone.into_iter().map(|alias| (place, alias)));
        }
        several => {
            for (n, one) in several.iter().enumerate() {
                for other in several.iter().skip(n + 1) {
                    if key(one) == key(other) {
                        return Err(Refusal::SameKey { one: one.clone(), other: other.clone() });
                    }
                    let Some(place) = speakers.place_of(one) else { continue };
                    if speakers.place_of(other) == Some(place) {
                        let shown = speakers.people().get(place).map(|person| key(&person.name));
                        // Whichever is the alias goes; of two aliases, the later.
                        let gone = if shown == Some(key(other)) { one } else { other };
                        freed.push((place, gone.clone()));
                    }
                }
            }
            groups.push(several.to_vec());
        }
    }
    for (place, alias) in &freed {
        page.drop_alias(*place, &key(alias));
    }
    let mut places: Vec<usize> = freed.into_iter().map(|(place, _)| place).collect();
    places.sort_unstable();
    places.dedup();
    // An entry that says nothing any more goes too.
    places.retain(|&place| page.says_nothing(place));
    page.remove(places);
    for group in groups {
        let all_known = group
            .iter()
            .enumerate()
            .all(|(n, one)| group.iter().skip(n + 1).all(|other| speakers.are_different(one, other)));
        if !all_known {
            page.add_difference(&group)?;
        }
    }
    page.close()
}

fn one_already(names: &[String]) -> Refusal {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    Refusal::OneAlready { names: names.join(" and ") }
}

/// The names whose keys are not among `seen`, each once.
fn each_once(names: Vec<String>, mut seen: Vec<String>) -> Vec<String> {
    let mut fresh = |name: &String| {
        let key = key(name);
        let new = !seen.contains(&key);
        seen.push(key);
        new
    };
    names.into_iter().filter(|name| fresh(name)).collect()
}

/// The text as a tree that remembers how it was written.
struct Page {
    document: DocumentMut,
    people: ArrayOfTables,
}

impl Page {
    fn open(text: &str) -> Result<Self, Refusal> {
        let text = if text.trim().is_empty() { HEADER } else { text };
        let mut document: DocumentMut =
            text.parse().map_err(|error: toml_edit::TomlError| Refusal::Form { why: error.message().to_owned() })?;
        let people = match document.get_mut("speaker") {
            None => ArrayOfTables::new(),
            Some(item) if item.is_array_of_tables() => match std::mem::take(item) {
                Item::ArrayOfTables(people) => people,
                _ => ArrayOfTables::new(),
            },
            Some(item) if item.as_array().is_some_and(Array::is_empty) => {
                document.remove("speaker");
                ArrayOfTables::new()
            }
            Some(_) => {
                return Err(Refusal::Form {
                    why: "write each speaker as a table of its own, under [[speaker]]".to_owned(),
                });
            }
        };
        Ok(Self { document, people })
    }

    fn close(mut self) -> Result<String, Refusal> {
        if self.people.is_empty() {
            self.document.remove("speaker");
        } else {
            self.document.insert("speaker", Item::ArrayOfTables(self.people));
        }
        let text = self.document.to_string();
        // A change that cannot be read again must never reach the disk.
        Speakers::parse(&text).map_err(|problem| Refusal::Form { why: problem.to_string() })?;
        Ok(text)
    }

    /// Adds a person; gives its place.
    fn add(&mut self, name: &str) -> usize {
        let mut table = Table::new();
        table.insert("name", toml_edit::value(name));
        table.decor_mut().set_prefix("\n");
        self.people.push(table);
        self.people.len() - 1
    }

    fn list(&mut self, place: usize, name: &str) -> Result<&mut Array, Refusal> {
        let table =
            self.people.get_mut(place).ok_or_else(|| Refusal::Form { why: "a speaker is missing".to_owned() })?;
        let item = table.entry(name).or_insert_with(|| toml_edit::value(Array::new()));
        item.as_array_mut().ok_or_else(|| Refusal::Form { why: format!("write `{name}` as a list, in [ ]") })
    }

    fn push_aliases(&mut self, place: usize, names: &[String]) -> Result<(), Refusal> {
        let list = self.list(place, "aliases")?;
        names.iter().for_each(|name| push_alike(list, name.into()));
        Ok(())
    }

    /// The roles of a person as they are written there.
    fn roles(&self, place: usize) -> Vec<Value> {
        match self.people.get(place).and_then(|table| table.get("roles")) {
            Some(Item::Value(Value::Array(list))) => list.iter().cloned().collect(),
            Some(Item::ArrayOfTables(tables)) => {
                tables.iter().map(|table| Value::InlineTable(table.clone().into_inline_table())).collect()
            }
            _ => Vec::new(),
        }
    }

    fn push_roles(&mut self, place: usize, roles: Vec<Value>) -> Result<(), Refusal> {
        if roles.is_empty() {
            return Ok(());
        }
        if let Some(Item::ArrayOfTables(tables)) = self.people.get_mut(place).and_then(|table| table.get_mut("roles")) {
            let inline = roles.into_iter().filter_map(|role| match role {
                Value::InlineTable(role) => Some(role.into_table()),
                _ => None,
            });
            inline.for_each(|role| tables.push(role));
            return Ok(());
        }
        let list = self.list(place, "roles")?;
        roles.into_iter().for_each(|role| push_alike(list, role));
        Ok(())
    }

    fn drop_alias(&mut self, place: usize, gone: &str) {
        let aliases =
            self.people.get_mut(place).and_then(|table| table.get_mut("aliases")).and_then(Item::as_array_mut);
        if let Some(list) = aliases {
            list.retain(|alias| alias.as_str().is_none_or(|alias| key(alias) != gone));
        }
    }

    fn says_nothing(&self, place: usize) -> bool {
        let Some(table) = self.people.get(place) else { return false };
        let empty = |item: &Item| item.as_array().is_some_and(Array::is_empty);
        table.iter().all(|(name, item)| name == "name" || empty(item))
    }

    /// Removes people at these places.
    fn remove(&mut self, mut places: Vec<usize>) {
        places.sort_unstable();
        for place in places.into_iter().rev() {
            self.people.remove(place);
        }
    }

    /// Forgets that any two of `merged` were said to be different.
    fn forget_differences(&mut self, merged: &[String]) {
        let Some(groups) = self.document.get_mut("different").and_then(Item::as_array_mut) else { return };
        groups.retain(|group| {
            let Some(names) = group.as_array() else { return true };
            let among = names.iter().filter(|name| is_among(name, merged)).count();
            among < 2 || names.len() - among > 0
        });
        for group in groups.iter_mut().filter_map(Value::as_array_mut) {
            let mut first = true;
            group.retain(|name| !is_among(name, merged) || std::mem::take(&mut first));
        }
        if groups.is_empty() {
            self.document.remove("different");
        }
    }

    fn add_difference(&mut self, names: &[String]) -> Result<(), Refusal> {
        let groups = self.document.entry("different").or_insert_with(|| toml_edit::value(Array::new()));
        let groups =
            groups.as_array_mut().ok_or_else(|| Refusal::Form { why: "write `different` as a list".to_owned() })?;
        push_alike(groups, Value::Array(names.iter().map(String::as_str).collect()));
        Ok(())
    }
}

fn is_among(name: &Value, keys: &[String]) -> bool {
    name.as_str().is_some_and(|name| keys.contains(&key(name)))
}

/// Puts a value behind the last one of a list, on a line of its own where that one is.
fn push_alike(list: &mut Array, mut value: Value) {
    let prefix = list.iter().last().and_then(|last| last.decor().prefix()?.as_str()).map(str::to_owned);
    // A comment before the last value is that value's own.
    let mut prefix = match prefix.as_deref().map(|prefix| prefix.rsplit_once('\n')) {
        Some(Some((_, indent))) => format!("\n{indent}"),
        Some(None) => " ".to_owned(),
        None => String::new(),
    };
    // So is one behind it.
    let trailing = list.trailing().as_str().unwrap_or_default().to_owned();
    if let Some((comment, rest)) = trailing.split_once('\n')
        && comment.contains('#')
    {
        prefix = format!("{comment}\n{}", prefix.trim_start_matches('\n'));
        list.set_trailing(format!("\n{rest}"));
    }
    *value.decor_mut() = toml_edit::Decor::new(prefix, "");
    list.push_formatted(value);
}
