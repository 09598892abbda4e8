//! People instead of names: the names of an archive brought together, counted, and found again when mistyped.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::archive::speakers::{Person, Speakers};
use crate::index::hit::{RoleHit, SpeakerHit};
use crate::index::{self, Ask, Counts, Facet, Profile, Reader, Records};
use crate::text::analysis;
use crate::text::day::{Day, PartialDate};
use crate::text::name::{holds, key};

use super::apply::{any_of, stored};

/// Of those quoted in the same articles, this many are told.
const MOST_BESIDE: usize = 10;

/// Of the names near a mistyped one, this many are told.
const MOST_NEAR: usize = 3;

/// One person of the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The name that is shown: the file's, or the spelling with the most quotations.
    pub name: String,
    /// The names under which quotations are stored: most quoted first, then A to Z.
    pub stored: Vec<(String, u64)>,
    /// Names that the file gives besides.
    pub unstored: Vec<String>,
    /// All of their quotations.
    pub profile: Profile,
    /// Whether the file names them.
    pub listed: bool,
}

impl Identity {
    /// All names, the one that is shown first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let others = self.stored.iter().map(|(name, _)| name).chain(&self.unstored).map(String::as_str);
        std::iter::once(self.name.as_str()).chain(others.filter(|name| *name != self.name))
    }
}

/// A name that neither the index nor the file knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// As typed.
    pub name: String,
    /// Names that may have been meant, the likeliest first.
    pub near: Vec<String>,
}

/// The people whose quotations these are: most quoted first, then A to Z.
pub fn gather(profiles: BTreeMap<String, Profile>, speakers: &Speakers) -> Vec<Identity> {
    let mut people: BTreeMap<String, Identity> = BTreeMap::new();
    for (name, profile) in profiles {
        let person = speakers.person_of(&name);
        let identity = people.entry(key(person.map_or(&name, |person| &person.name))).or_insert_with(|| Identity {
            name: person.map_or_else(String::new, |person| person.name.clone()),
            stored: Vec::new(),
            unstored: person.map_or_else(Vec::new, |person| person.aliases.clone()),
            profile: Profile::default(),
            listed: person.is_some(),
        });
        identity.stored.push((name, profile.quotes));
        identity.profile.absorb(profile);
    }
    let mut people: Vec<Identity> = people.into_values().collect();
    for identity in &mut people {
        identity.stored.sort_by(|one, other| (Reverse(one.1), &one.0).cmp(&(Reverse(other.1), &other.0)));
        if !identity.listed {
            identity.name = identity.stored.first().map(|(name, _)| name.clone()).unwrap_or_default();
        }
        let Identity { stored, unstored, .. } = identity;
        unstored.retain(|alias| stored.iter().all(|(name, _)| key(name) != key(alias)));
    }
    people.sort_by(|one, other| {
        (Reverse(one.profile.quotes), &one.name).cmp(&(Reverse(other.profile.quotes), &other.name))
    });
    people
}

/// Everybody who is quoted, most quoted first; those who are described and not named (`the mayor`) only where `described`.
///
/// # Errors
/// Where the index cannot be read.
pub fn list(
    reader: &Reader,
    speakers: &Speakers,
    today: Day,
    described: bool,
) -> Result<Vec<SpeakerHit>, index::Error> {
    let people = gather(reader.profiles(None, &Ask::new(today))?, speakers);
    let shown = people.into_iter().filter(|identity| described || identity.listed || is_named(&identity.name));
    Ok(shown.map(|identity| hit(identity, Vec::new())).collect())
}

/// All that is known of the person who has this name.
///
/// # Errors
/// Where the index cannot be read. The inner error: nobody has that name.
pub fn page(
    name: &str,
    reader: &Reader,
    speakers: &Speakers,
    today: Day,
) -> Result<Result<SpeakerHit, Unknown>, index::Error> {
    if let Err(unknown) = find(name, reader, speakers, today)? {
        return Ok(Err(unknown));
    }
    let person = speakers.person_of(name);
    let names: Vec<&str> = person.map_or_else(|| vec![name], |person| person.names().collect());
    let mut spellings = Vec::new();
    for name in names {
        spellings.extend(stored(name, reader)?);
    }
    let ask = Ask::new(today);
    let query = any_of(&spellings);
    let profiles = query.as_ref().map_or_else(|| Ok(BTreeMap::new()), |query| reader.profiles(Some(query), &ask))?;
    let mut roles = person.map_or_else(Vec::new, file_roles);
    let by = [Facet::Role, Facet::Day];
    if let Some(query) = &query {
        let counts = reader.counts(Records::Quotes, Some(query), &by, &ask, &|name| name.to_owned())?;
        roles.extend(found_roles(&counts));
    }
    let identity = gather(profiles, speakers).into_iter().next().unwrap_or_else(|| Identity {
        name: person.map_or(name, |person| &person.name).to_owned(),
        stored: Vec::new(),
        unstored: person.map_or_else(Vec::new, |person| person.aliases.clone()),
        profile: Profile::default(),
        listed: person.is_some(),
    });
    let beside = beside(&identity, reader, speakers)?;
    Ok(Ok(SpeakerHit { beside, ..hit(identity, roles) }))
}

/// Who else is quoted in the articles that quote this one; not those who are described and not named.
fn beside(identity: &Identity, reader: &Reader, speakers: &Speakers) -> Result<Vec<(String, u64)>, index::Error> {
    let own = key(&identity.name);
    let articles = identity.profile.articles.iter().copied().collect();
    let counts = reader.speakers_in(articles, &|name| key(speakers.shown(name)))?;
    let mut beside = Vec::new();
    for (values, articles) in counts.groups {
        let Some(other) = values.into_iter().next().flatten().filter(|other| *other != own) else { continue };
        let names = counts.names.get(&other);
        let most = names.and_then(|names| names.iter().max_by_key(|(name, times)| (**times, Reverse(*name))));
        let Some(name) = most.map(|(name, _)| speakers.shown(name)) else { continue };
        if is_named(name) || speakers.person_of(name).is_some() {
            beside.push((name.to_owned(), articles));
        }
    }
    beside.sort_by(|one, other| (Reverse(one.1), &one.0).cmp(&(Reverse(other.1), &other.0)));
    beside.truncate(MOST_BESIDE);
    Ok(beside)
}

/// Whether anybody has this name, in the index or in the file.
///
/// # Errors
/// Where the index cannot be read. The inner error: nobody has it.
pub fn find(name: &str, reader: &Reader, speakers: &Speakers, today: Day) -> Result<Result<(), Unknown>, index::Error> {
    if speakers.person_of(name).is_some() || !stored(name, reader)?.is_empty() {
        return Ok(Ok(()));
    }
    let mut counts = reader.speaker_counts(None, &Ask::new(today))?;
    for listed in speakers.people().iter().flat_map(Person::names) {
        counts.entry(listed.to_owned()).or_default();
    }
    let unknown = Unknown { name: name.to_owned(), near: near(name, &counts) };
    Ok(Err(unknown))
}

/// The names that may have been meant: those that hold it whole (`John Kerry` for `Kerry`), then those with most of its letters, or
/// where there is none, with one of its words.
fn near(typed: &str, counts: &BTreeMap<String, u64>) -> Vec<String> {
    let typed_key = key(typed);
    let length = typed_key.chars().count();
    let distance = |name: &str| {
        let name = key(name);
        // Edit distance costs the product of both lengths.
        let comparable = length <= 64 && name.chars().count() <= 64;
        let distance = if comparable { strsim::osa_distance(&typed_key, &name) } else { usize::MAX };
        if distance <= length.div_ceil(4).min(4) && distance < length { distance } else { usize::MAX }
    };
    let words = analysis::asked(typed);
    let shares = |name: &str| words.iter().any(|(_, word)| word.chars().count() > 2 && holds(name, word));
    let mut near: Vec<(usize, Reverse<u64>, &String)> = Vec::new();
    for (name, quotes) in counts {
        let distance = distance(name);
        if holds(name, typed) {
            near.push((0, Reverse(*quotes), name));
        } else if distance < usize::MAX || shares(name) {
            near.push((distance, Reverse(*quotes), name));
        }
    }
    near.sort_unstable();
    if near.first().is_some_and(|(distance, ..)| *distance < usize::MAX) {
        near.retain(|(distance, ..)| *distance < usize::MAX);
    }
    near.into_iter().take(MOST_NEAR).map(|(_, _, name)| name.clone()).collect()
}

fn hit(identity: Identity, roles: Vec<RoleHit>) -> SpeakerHit {
    let aliases = identity.names().skip(1).map(str::to_owned).collect();
    let Profile { quotes, outlets, days, .. } = identity.profile;
    let (first, last) = (days.keys().next().copied(), days.keys().next_back().copied());
    let mut outlets: Vec<(String, u64)> = outlets.into_iter().collect();
    outlets.sort_by_key(|(_, quotes)| Reverse(*quotes));
    let mut years: BTreeMap<i32, u64> = BTreeMap::new();
    for (day, quotes) in days {
        *years.entry(day.year()).or_default() += quotes;
    }
    SpeakerHit {
        name: identity.name,
        aliases,
        quotes,
        outlets,
        years: years.into_iter().collect(),
        first,
        last,
        roles,
        beside: Vec::new(),
    }
}

fn file_roles(person: &Person) -> Vec<RoleHit> {
    let role = |role: &crate::archive::speakers::Role| RoleHit {
        role: role.role.clone(),
        from: role.from,
        to: role.to,
        quotes: None,
    };
    person.roles.iter().map(role).collect()
}

/// Roles as articles give them, with the first and the last day: most frequent first.
fn found_roles(counts: &Counts) -> Vec<RoleHit> {
    let mut given: Vec<(Option<Day>, &str, Option<PartialDate>, u64)> = Vec::new();
    for (values, count) in &counts.groups {
        let [Some(role), date] = values.as_slice() else { continue };
        let date = date.as_deref().and_then(PartialDate::parse);
        given.push((date.map(PartialDate::first_day), role, date, *count));
    }
    // Oldest first, undated ones last.
    given.sort_by_key(|(day, role, ..)| (day.is_none(), *day, *role));
    let mut found: BTreeMap<String, RoleHit> = BTreeMap::new();
    for (_, role, date, count) in given {
        // `Secretary of State` and `secretary of state` are one role.
        let hit = || RoleHit { role: role.to_owned(), from: None, to: None, quotes: Some(0) };
        let entry = found.entry(key(role)).or_insert_with(hit);
        entry.quotes = entry.quotes.map(|quotes| quotes + count);
        entry.from = entry.from.or(date);
        entry.to = date.or(entry.to);
    }
    let mut roles: Vec<RoleHit> = found.into_values().collect();
    roles.sort_by_key(|role| Reverse(role.quotes));
    roles
}

static PARTICLES: LazyLock<Vec<&'static str>> = LazyLock::new(|| words_of(include_str!("particles.txt")));
static DETERMINERS: LazyLock<Vec<&'static str>> = LazyLock::new(|| words_of(include_str!("determiners.txt")));

pub(super) fn words_of(list: &'static str) -> Vec<&'static str> {
    list.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
}

/// Whether it is a name and not a description (`the mayor`, `officials`).
pub fn is_named(name: &str) -> bool {
    let first = name.split_whitespace().next().unwrap_or_default();
    let folded = first.to_lowercase();
    let small = first.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase);
    let particle = folded.split(['-', '\'', '’']).next().is_some_and(|word| PARTICLES.contains(&word));
    !DETERMINERS.contains(&folded.as_str()) && (!small || particle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptions_are_no_names() {
        let cases = [
            ("John Kerry", true),
            ("Kerry", true),
            ("al-Assad", true),
            ("de Blasio", true),
            ("d'Arcy Lund", true),
            ("東京", true),
            ("the mayor", false),
            ("The ministry", false),
            ("A spokeswoman", false),
            ("officials", false),
            ("", true),
        ];
        for (name, expected) in cases {
            assert_eq!(is_named(name), expected, "{name}");
        }
    }

    #[test]
    fn a_mistyped_name_has_neighbours() {
        let names = ["John Kerry", "John F. Kerry", "Peggy Kerry", "Ada Lund", "Tilda Marsh", "James Oakes", "oaks"];
        let counts = (1..).zip(names).map(|(quotes, name)| (name.to_owned(), quotes)).collect();
        let cases = [
            ("Jon Kery", "John Kerry"),
            ("Kerry", "Peggy Kerry, John F. Kerry, John Kerry"),
            ("Ada Lind", "Ada Lund"),
            ("Oakes", "James Oakes, oaks"),
            ("Zzyzx", ""),
            ("", ""),
        ];
        for (typed, expected) in cases {
            assert_eq!(near(typed, &counts).join(", "), expected, "{typed}");
        }
    }

    #[test]
    fn names_of_one_person_are_counted_together() {
        let file = "[[speaker]]\nname = \"John Kerry\"\naliases = [\"Mr. Secretary\", \"Johnny\"]";
        let speakers = Speakers::parse(file).expect("it is right");
        let profile = |quotes| Profile { quotes, ..Profile::default() };
        let stored = [("John Kerry", 2), ("J.J. Lund", 2), ("J. J. LUND", 3), ("Mr Secretary", 9), ("Kerry", 1)];
        let profiles = stored.into_iter().map(|(name, quotes)| (name.to_owned(), profile(quotes))).collect();
        let people = gather(profiles, &speakers);
        let shown: Vec<String> = people
            .iter()
            .map(|person| format!("{} {}", person.names().collect::<Vec<_>>().join("/"), person.profile.quotes))
            .collect();
        assert_eq!(shown, ["John Kerry/Mr Secretary/Johnny 11", "J. J. LUND/J.J. Lund 5", "Kerry 1"]);
    }
}
