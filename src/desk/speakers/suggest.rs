//! Which speakers may be one person, and what speaks for it. It proposes, and never merges.
//!
//! The names make a pair ([`likeness`](super::likeness)); the archive says how likely it is: outlets and days in common,
//! articles that quote both, others whom the vaguer name fits as well. What the file says is never proposed again.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::archive::speakers::Speakers;
use crate::index::hit::LikenessHit;
use crate::index::{self, Ask, Profile, Reader};
use crate::text::day::Day;
use crate::text::name::key;

use super::apply::any_of;
use super::likeness::{Reason, Shape, compare};
use super::person::is_person;
use super::roster::{Identity, gather, is_named};

/// A surname alone is looked for among people who are quoted at most this many days before or after.
const DAYS_AROUND: i32 = 60;

/// Roles are read from this many quotations of each.
const ROLES_OF: usize = 200;

/// Names of one person that are compared with others; a file may give many.
const MOST_NAMES: usize = 8;

/// The first `limit` proposals, the likeliest first, and how many there are.
///
/// # Errors
/// Where the index cannot be read.
pub fn suggest(
    reader: &Reader,
    speakers: &Speakers,
    today: Day,
    limit: usize,
) -> Result<(Vec<LikenessHit>, usize), index::Error> {
    let mut people = gather(reader.profiles(None, &Ask::new(today))?, speakers);
    people.retain(|identity| identity.listed || is_named(&identity.name));
    let pairs = pairs(&people, speakers);
    let total = pairs.len();
    let mut hits = Vec::new();
    for pair in pairs.into_iter().take(limit) {
        let (Some(keep), Some(merge)) = (people.get(pair.keep), people.get(pair.merge)) else { continue };
        let merged = roles(reader, merge, today)?;
        let mut roles = roles(reader, keep, today)?;
        roles.retain(|key, _| merged.contains_key(key));
        let others = pair.others.iter().filter_map(|&other| people.get(other));
        hits.push(LikenessHit {
            keep: (keep.name.clone(), keep.profile.quotes),
            merge: (merge.name.clone(), merge.profile.quotes),
            reason: pair.reason.name(),
            roles: roles.into_values().collect(),
            outlets: shared_outlets(&keep.profile, &merge.profile).map(str::to_owned).collect(),
            overlap: overlap(&keep.profile, &merge.profile, 0),
            together: pair.together,
            others: others.map(|other| other.name.clone()).collect(),
        });
    }
    Ok((hits, total))
}

/// Two people by their places, who may be one.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Pair {
    keep: usize,
    merge: usize,
    reason: Reason,
    together: u64,
    others: Vec<usize>,
}

/// All pairs, the likeliest first.
fn pairs(people: &[Identity], speakers: &Speakers) -> Vec<Pair> {
    let shapes_of = |identity: &Identity| -> Vec<Shape> {
        identity.names().take(MOST_NAMES).filter(|name| is_person(name)).filter_map(Shape::of).collect()
    };
    let shapes: Vec<Vec<Shape>> = people.iter().map(shapes_of).collect();
    let mut families: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, shapes) in shapes.iter().enumerate() {
        for shape in shapes {
            let family = families.entry(&shape.surname).or_default();
            if family.last() != Some(&place) {
                family.push(place);
            }
        }
    }
    // The reason of each pair that the names allow, in both directions, so that a name's other bearers are found.
    let mut alike: BTreeMap<usize, BTreeMap<usize, (Reason, bool)>> = BTreeMap::new();
    for family in families.values() {
        for (n, &one) in family.iter().enumerate() {
            for &other in family.iter().skip(n + 1) {
                let (Some(names), Some(other_names)) = (shapes.get(one), shapes.get(other)) else { continue };
                let Some((reason, vaguer)) = best(names, other_names) else { continue };
                alike.entry(one).or_default().insert(other, (reason, vaguer));
                alike.entry(other).or_default().insert(one, (reason, !vaguer));
            }
        }
    }
    let mut pairs = Vec::new();
    for (&one, others) in &alike {
        for (&other, &(reason, vaguer)) in others.range(one + 1..) {
            let (vague, full) = if vaguer { (one, other) } else { (other, one) };
            pairs.extend(pair(people, speakers, &alike, (vague, full), reason));
        }
    }
    let rank = |pair: &Pair| -> Option<(Reverse<i32>, Reverse<u64>)> {
        let (keep, merge) = (people.get(pair.keep)?, people.get(pair.merge)?);
        Some((Reverse(points(pair, keep, merge)), Reverse(keep.profile.quotes.min(merge.profile.quotes))))
    };
    pairs.sort_by_key(|pair| (rank(pair), pair.keep, pair.merge));
    pairs
}

/// The most telling likeness of two people's names, and whether the first is the vaguer one.
fn best(names: &[Shape], others: &[Shape]) -> Option<(Reason, bool)> {
    let all = names.iter().flat_map(|name| others.iter().map(move |other| (name, other)));
    all.filter_map(|(name, other)| Some((compare(name, other)?, name.is_vaguer(other)))).min()
}

fn pair(
    people: &[Identity],
    speakers: &Speakers,
    alike: &BTreeMap<usize, BTreeMap<usize, (Reason, bool)>>,
    (vague, full): (usize, usize),
    reason: Reason,
) -> Option<Pair> {
    let (vague_one, full_one) = (people.get(vague)?, people.get(full)?);
    let different = |one: &Identity, other: &Identity| speakers.are_different(&one.name, &other.name);
    if different(vague_one, full_one)
        || vague_one.listed && full_one.listed && key(&vague_one.name) == key(&full_one.name)
    {
        return None;
    }
    // Whom the vaguer name fits besides: not those who are like the fuller one, nor those said to be somebody else.
    let of_full = alike.get(&full);
    let besides = alike.get(&vague).into_iter().flatten().filter(|&(&other, &(_, vaguer))| {
        other != full && vaguer && of_full.is_none_or(|alike| !alike.contains_key(&other))
    });
    let besides = besides.filter(|&(&other, _)| people.get(other).is_some_and(|other| !different(vague_one, other)));
    let near = |other: &usize| people.get(*other).is_some_and(|other| is_near(&vague_one.profile, &other.profile));
    let mut others: Vec<usize> = besides.map(|(&other, _)| other).collect();
    if reason == Reason::SurnameOnly {
        // A surname is everybody's: only where one bearer alone is quoted in the same papers at the time.
        others.retain(near);
        if !near(&full) || !others.is_empty() {
            return None;
        }
    }
    let together = vague_one.profile.articles.intersection(&full_one.profile.articles).count() as u64;
    let rank = |identity: &Identity| (identity.listed, identity.profile.quotes, identity.name.chars().count());
    let keep_vague = reason != Reason::SurnameOnly && rank(vague_one) > rank(full_one);
    let (keep, merge) = if keep_vague { (vague, full) } else { (full, vague) };
    Some(Pair { keep, merge, reason, together, others })
}

/// What speaks for a pair, and against it.
fn points(pair: &Pair, keep: &Identity, merge: &Identity) -> i32 {
    let mut points = match pair.reason {
        Reason::MiddleName => 3,
        Reason::Nickname | Reason::Initial => 2,
        Reason::FirstNameLeftOut | Reason::Suffix | Reason::SurnameOnly => 1,
    };
    if shared_outlets(&keep.profile, &merge.profile).next().is_some() {
        points += 2;
    }
    if overlap(&keep.profile, &merge.profile, DAYS_AROUND).is_some() {
        points += 1;
    }
    if !pair.others.is_empty() {
        points -= 3;
    }
    if pair.together > 0 {
        points -= 3;
    }
    points
}

fn shared_outlets<'a>(one: &'a Profile, other: &'a Profile) -> impl Iterator<Item = &'a str> {
    one.outlets.keys().filter(|outlet| other.outlets.contains_key(*outlet)).map(String::as_str)
}

/// Whether both are quoted in one outlet (or nothing is known of one's) and at most [`DAYS_AROUND`] days apart.
fn is_near(one: &Profile, other: &Profile) -> bool {
    let unknown = one.outlets.is_empty() || other.outlets.is_empty();
    let undated = one.days.is_empty() || other.days.is_empty();
    (unknown || shared_outlets(one, other).next().is_some()) && (undated || overlap(one, other, DAYS_AROUND).is_some())
}

/// The days from the later first to the earlier last, where the one is at most `slack` days after the other.
fn overlap(one: &Profile, other: &Profile, slack: i32) -> Option<(Day, Day)> {
    let first = *one.days.keys().next().max(other.days.keys().next())?;
    let last = *one.days.keys().next_back().min(other.days.keys().next_back())?;
    (first <= last.plus(slack)).then_some((first, last))
}

/// Roles that articles give, by their keys.
fn roles(reader: &Reader, identity: &Identity, today: Day) -> Result<BTreeMap<String, String>, index::Error> {
    let names: Vec<String> = identity.stored.iter().map(|(name, _)| name.clone()).collect();
    let ask = Ask { limit: ROLES_OF, ..Ask::new(today) };
    let hits = any_of(&names).map(|query| reader.quotes(Some(&query), &ask)).transpose()?;
    let roles = hits.into_iter().flat_map(|answer| answer.hits).filter_map(|hit| hit.role);
    Ok(roles.map(|role| (key(&role), role)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `name outlet days`: a speaker with a quotation on each of these days, counted from 0, in articles of these numbers.
    fn check(archive: &[(&str, &str, &[i32])], file: &str, expected: &[&str]) {
        let speakers = Speakers::parse(file).expect("it is right");
        let mut profiles: BTreeMap<String, Profile> = BTreeMap::new();
        for (name, outlet, days) in archive {
            profiles.entry((*name).to_owned()).or_default().absorb(Profile {
                quotes: days.len() as u64,
                outlets: BTreeMap::from([((*outlet).to_owned(), days.len() as u64)]),
                days: days.iter().map(|&day| (Day::from_number(day), 1)).collect(),
                articles: days.iter().map(|&day| u64::from(day.unsigned_abs())).collect(),
            });
        }
        let people = gather(profiles, &speakers);
        let name = |place: usize| people.get(place).map_or("", |identity| identity.name.as_str());
        let shown: Vec<String> = pairs(&people, &speakers)
            .iter()
            .map(|pair| {
                let others: Vec<&str> = pair.others.iter().map(|&other| name(other)).collect();
                let others = if others.is_empty() { String::new() } else { format!(" or {}", others.join(", ")) };
                format!("{} <- {}: {}{others}", name(pair.keep), name(pair.merge), pair.reason.name())
            })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn the_likeliest_come_first() {
        check(
            &[
                ("John Kerry", "Post", &[1, 2, 3]),
                ("John F. Kerry", "Post", &[4]),
                ("Bob Lund", "Post", &[5]),
                ("Robert Lund", "Wire", &[900, 901]),
                ("Ada Marsh", "Post", &[6]),
            ],
            "",
            &["John Kerry <- John F. Kerry: middle-name", "Robert Lund <- Bob Lund: nickname"],
        );
    }

    #[test]
    fn a_surname_alone_needs_a_single_bearer_nearby() {
        let kerry: (&str, &str, &[i32]) = ("Kerry", "Post", &[10, 11, 12, 13]);
        let john: (&str, &str, &[i32]) = ("John Kerry", "Post", &[1]);
        check(&[kerry, john], "", &["John Kerry <- Kerry: surname-only"]);
        check(&[kerry, john, ("Peggy Kerry", "Post", &[2])], "", &[]);
        check(&[kerry, john, ("Peggy Kerry", "Wire", &[2])], "", &["John Kerry <- Kerry: surname-only"]);
        check(&[kerry, john, ("Peggy Kerry", "Post", &[900])], "", &["John Kerry <- Kerry: surname-only"]);
        check(&[kerry, ("John Kerry", "Post", &[900])], "", &[]);
        check(&[kerry, ("John Kerry", "Wire", &[10])], "", &[]);
        // The file says that the others are somebody else.
        let file = "different = [[\"Kerry\", \"Peggy Kerry\"]]";
        check(&[kerry, john, ("Peggy Kerry", "Post", &[2])], file, &["John Kerry <- Kerry: surname-only"]);
    }

    #[test]
    fn a_name_that_fits_several_says_so() {
        check(
            &[("John Kerry", "Post", &[1, 2]), ("James Kerry", "Post", &[3]), ("J. Kerry", "Post", &[4])],
            "",
            &["John Kerry <- J. Kerry: initial or James Kerry", "James Kerry <- J. Kerry: initial or John Kerry"],
        );
    }

    #[test]
    fn what_the_file_says_is_not_proposed() {
        let archive: &[(&str, &str, &[i32])] = &[("John Kerry", "Post", &[1, 2]), ("John F. Kerry", "Post", &[3])];
        check(archive, "different = [[\"john kerry\", \"John F Kerry\"]]", &[]);
        check(archive, "[[speaker]]\nname = \"John Kerry\"\naliases = [\"John F. Kerry\"]", &[]);
        check(archive, "[[speaker]]\nname = \"John F. Kerry\"", &["John F. Kerry <- John Kerry: middle-name"]);
    }

    #[test]
    fn descriptions_and_strangers_make_no_pair() {
        check(&[("John Kerry", "Post", &[1]), ("Jon Kerr", "Post", &[1]), ("Peggy Kerry", "Post", &[1])], "", &[]);
    }

    #[test]
    fn companies_and_officials_make_no_pair() {
        let said = |name: &'static str| -> (&str, &str, &[i32]) { (name, "Post", &[1, 2]) };
        check(&["Brandt Co", "B.F. Lund Co", "Co"].map(said), "", &[]);
        check(&["Marlow officials", "M. officials", "officials"].map(said), "", &[]);
        check(&["QRS Lund", "Quentin Lund"].map(said), "", &[]);
    }
}
