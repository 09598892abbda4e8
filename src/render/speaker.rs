//! People: a line of the leaderboard, a person's page, and two who may be one, for readers and for programs.

use std::fmt::Write;

use serde::Serialize;

use crate::index::hit::{LikenessHit, RoleHit, SpeakerHit};
use crate::text::day::{Day, PartialDate};

use super::card::{Look, NAME, QUIET};
use super::number::{counted, grouped};
use super::{tsv, wrap};

/// The longest bar of a year.
const BAR: usize = 40;

/// The leaderboard: each person's quotations, name, days and other names, in columns that stand below one another.
pub fn listing(hits: &[SpeakerHit], look: Look) -> String {
    let wide = hits.iter().map(|hit| grouped(hit.quotes).len()).max().unwrap_or(0);
    let mut out = String::new();
    for hit in hits {
        let mut facts: Vec<String> = days(hit).into_iter().collect();
        if !hit.outlets.is_empty() {
            facts.push(counted(hit.outlets.len() as u64, "outlet"));
        }
        if !hit.aliases.is_empty() {
            facts.push(format!("also {}", wrap::tame(&hit.aliases.join(", "))));
        }
        let name = wrap::tame(&hit.name);
        let room = look.columns().saturating_sub(wide + 3 + wrap::columns(&name));
        let rest = look.paint(QUIET, &wrap::cut(&facts.join(" · "), room));
        let line = format!("{:>wide$}  {} {rest}", grouped(hit.quotes), look.paint(NAME, &name));
        let _ = writeln!(out, "{}", line.trim_end());
    }
    out
}

/// Appends the columns `speaker quotes first last outlets aliases`.
pub fn write_columns(out: &mut Vec<u8>, hit: &SpeakerHit) {
    let day = |day: Option<Day>| day.map_or_else(String::new, |day| day.to_string());
    let outlets: Vec<&str> = hit.outlets.iter().map(|(outlet, _)| outlet.as_str()).collect();
    let cells = [
        hit.name.clone(),
        hit.quotes.to_string(),
        day(hit.first),
        day(hit.last),
        outlets.join("; "),
        hit.aliases.join("; "),
    ];
    tsv::write_cells(out, &cells);
}

/// A person's page: names, roles with their days, outlets, quotations a year.
pub fn page(hit: &SpeakerHit, look: Look) -> String {
    let mut out = format!("{} · {}", look.paint(NAME, &wrap::tame(&hit.name)), counted(hit.quotes, "quote"));
    if let Some(days) = days(hit) {
        let _ = write!(out, " · {days}");
    }
    out.push('\n');
    let mut section = |title: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            let _ = writeln!(out, "\n{}", look.paint(QUIET, title));
        }
        for line in lines {
            let _ = writeln!(out, "  {}", wrap::tame(&line));
        }
    };
    section("also", hit.aliases.clone());
    let (file, articles): (Vec<&RoleHit>, Vec<&RoleHit>) = hit.roles.iter().partition(|role| role.quotes.is_none());
    section("roles, as speakers.toml has them", file.into_iter().map(role).collect());
    section("roles, as articles have them", articles.into_iter().map(role).collect());
    // What no outlet and no year accounts for is told, so that the numbers add up.
    let rest = |counted: u64| Some(hit.quotes.saturating_sub(counted)).filter(|rest| *rest > 0);
    let nameless = rest(hit.outlets.iter().map(|(_, quotes)| quotes).sum()).map(|rest| ("(none)", rest));
    let outlets = hit.outlets.iter().map(|(outlet, quotes)| (outlet.as_str(), *quotes)).chain(nameless);
    section("outlets", outlets.map(|(outlet, quotes)| format!("{} {outlet}", grouped(quotes))).collect());
    let beside = |(name, articles): &(String, u64)| format!("{} {name}", grouped(*articles));
    section("quoted in the same articles", hit.beside.iter().map(beside).collect());
    let undated = rest(hit.years.iter().map(|(_, quotes)| quotes).sum()).map(|rest| ("(no day)".to_owned(), rest));
    let years: Vec<(String, u64)> =
        hit.years.iter().map(|(year, quotes)| (year.to_string(), *quotes)).chain(undated).collect();
    let most = years.iter().map(|(_, quotes)| *quotes).max().unwrap_or(1);
    let bar = |quotes: u64| {
        let length = (quotes.saturating_mul(BAR as u64)).div_ceil(most.max(1));
        "▇".repeat(usize::try_from(length).unwrap_or(BAR).min(BAR))
    };
    section(
        "years",
        years.iter().map(|(year, quotes)| format!("{year} {} {}", bar(*quotes), grouped(*quotes))).collect(),
    );
    out
}

fn role(hit: &RoleHit) -> String {
    let days = match (hit.from, hit.to) {
        (None, None) => String::new(),
        (Some(from), None) => format!(", from {from}"),
        (None, Some(to)) => format!(", to {to}"),
        (Some(from), Some(to)) if from == to => format!(", {from}"),
        (Some(from), Some(to)) => format!(", {from} to {to}"),
    };
    let quotes = hit.quotes.map(|quotes| format!("{} ", grouped(quotes))).unwrap_or_default();
    format!("{quotes}{}{days}", hit.role)
}

fn days(hit: &SpeakerHit) -> Option<String> {
    Some(match (hit.first?, hit.last?) {
        (first, last) if first == last => first.to_string(),
        (first, last) => format!("{first} to {last}"),
    })
}

/// Two people who may be one: the names, the evidence, and the command that merges them.
pub fn likeness(hit: &LikenessHit, look: Look) -> String {
    let side = |(name, quotes): &(String, u64)| {
        format!("{} ({})", look.paint(NAME, &wrap::tame(name)), counted(*quotes, "quote"))
    };
    let mut out = format!("{} and {}\n", side(&hit.keep), side(&hit.merge));
    let mut evidence = vec![told(hit.reason).to_owned()];
    if !hit.roles.is_empty() {
        evidence.push(format!("both “{}”", hit.roles.join("”, “")));
    }
    evidence.push(match hit.outlets.as_slice() {
        [] => "no outlet in common".to_owned(),
        outlets => format!("both in {}", outlets.join(", ")),
    });
    evidence.push(match hit.overlap {
        Some((first, last)) if first == last => format!("both around {first}"),
        Some((first, last)) => format!("both from {first} to {last}"),
        None => "not quoted at the same time, or undated".to_owned(),
    });
    if hit.together > 0 {
        evidence.push(format!("but {} both", counted_quotes(hit.together)));
    }
    if !hit.others.is_empty() {
        evidence.push(format!("but it may also be {}", hit.others.join(" or ")));
    }
    for line in wrap::wrap(&wrap::tame(&evidence.join("; ")), look.columns() - 2) {
        let _ = writeln!(out, "  {}", look.paint(QUIET, &line));
    }
    let command = format!("onrecord speakers merge {} {}", quoted(&hit.keep.0), quoted(&hit.merge.0));
    let _ = writeln!(out, "  {}", wrap::tame(&command));
    out
}

fn counted_quotes(articles: u64) -> String {
    let verb = if articles == 1 { "quotes" } else { "quote" };
    format!("{} {verb}", counted(articles, "article"))
}

fn told(reason: &str) -> &str {
    match reason {
        "middle-name" => "one has a middle name or initial more",
        "nickname" => "one has a nickname of the other's given name",
        "initial" => "one has an initial for the given name",
        "first-name-left-out" => "one leaves out the first of two given names",
        "suffix" => "one has `Jr.` or the like",
        "surname-only" => "one is the surname alone, and nobody else of that name is quoted there at the time",
        other => other,
    }
}

/// A word as a shell takes it.
fn quoted(name: &str) -> String {
    if name.contains(['"', '$', '`', '\\', '!']) {
        format!("'{}'", name.replace('\'', r"'\''"))
    } else {
        format!("\"{name}\"")
    }
}

/// Appends the columns `keep merge keep-quotes merge-quotes reason roles outlets from to together others`.
pub fn write_likeness_columns(out: &mut Vec<u8>, hit: &LikenessHit) {
    let (from, to) = hit.overlap.map(|(from, to)| (from.to_string(), to.to_string())).unwrap_or_default();
    let cells = [
        hit.keep.0.clone(),
        hit.merge.0.clone(),
        hit.keep.1.to_string(),
        hit.merge.1.to_string(),
        hit.reason.to_owned(),
        hit.roles.join("; "),
        hit.outlets.join("; "),
        from,
        to,
        hit.together.to_string(),
        hit.others.join("; "),
    ];
    tsv::write_cells(out, &cells);
}

#[derive(Serialize)]
struct SpeakerLine<'a> {
    schema: &'static str,
    name: &'a str,
    quotes: u64,
    first: Option<String>,
    last: Option<String>,
    aliases: &'a [String],
    outlets: Vec<OutletCell<'a>>,
    years: Vec<YearCell>,
    #[serde(skip_serializing_if = "Option::is_none")]
    roles: Option<Vec<RoleCell<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    beside: Option<Vec<BesideCell<'a>>>,
}

#[derive(Serialize)]
struct BesideCell<'a> {
    speaker: &'a str,
    articles: u64,
}

#[derive(Serialize)]
struct OutletCell<'a> {
    outlet: &'a str,
    quotes: u64,
}

#[derive(Serialize)]
struct YearCell {
    year: i32,
    quotes: u64,
}

#[derive(Serialize)]
struct RoleCell<'a> {
    role: &'a str,
    from: Option<String>,
    to: Option<String>,
    quotes: Option<u64>,
}

impl<'a> RoleCell<'a> {
    fn of(hit: &'a RoleHit) -> Self {
        let text = |date: Option<PartialDate>| date.map(|date| date.to_string());
        Self { role: &hit.role, from: text(hit.from), to: text(hit.to), quotes: hit.quotes }
    }
}

/// The JSON line of a person, its line feed included; with roles, and who is quoted in the same articles, where `roles`.
pub fn line(hit: &SpeakerHit, roles: bool) -> String {
    let line = SpeakerLine {
        schema: "onrecord.speaker/1",
        name: &hit.name,
        quotes: hit.quotes,
        first: hit.first.map(|day| day.to_string()),
        last: hit.last.map(|day| day.to_string()),
        aliases: &hit.aliases,
        outlets: hit.outlets.iter().map(|(outlet, quotes)| OutletCell { outlet, quotes: *quotes }).collect(),
        years: hit.years.iter().map(|&(year, quotes)| YearCell { year, quotes }).collect(),
        roles: roles.then(|| hit.roles.iter().map(RoleCell::of).collect()),
        beside: roles.then(|| {
            hit.beside.iter().map(|(speaker, articles)| BesideCell { speaker, articles: *articles }).collect()
        }),
    };
    written(&line)
}

#[derive(Serialize)]
struct LikenessLine<'a> {
    schema: &'static str,
    keep: &'a str,
    keep_quotes: u64,
    merge: &'a str,
    merge_quotes: u64,
    reason: &'a str,
    roles: &'a [String],
    outlets: &'a [String],
    from: Option<String>,
    to: Option<String>,
    together: u64,
    others: &'a [String],
}

/// The JSON line of two people who may be one, its line feed included.
pub fn likeness_line(hit: &LikenessHit) -> String {
    written(&LikenessLine {
        schema: "onrecord.likeness/1",
        keep: &hit.keep.0,
        keep_quotes: hit.keep.1,
        merge: &hit.merge.0,
        merge_quotes: hit.merge.1,
        reason: hit.reason,
        roles: &hit.roles,
        outlets: &hit.outlets,
        from: hit.overlap.map(|(from, _)| from.to_string()),
        to: hit.overlap.map(|(_, to)| to.to_string()),
        together: hit.together,
        others: &hit.others,
    })
}

fn written(line: &impl Serialize) -> String {
    // Strings, numbers and lists always have a form in JSON.
    let mut text = serde_json::to_string(line).unwrap_or_default();
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::{Look, SpeakerHit, page, quoted};

    #[test]
    fn the_numbers_of_a_page_add_up() {
        let hit = |outlets: &[(&str, u64)], years: &[(i32, u64)]| SpeakerHit {
            name: "Ada Lund".to_owned(),
            aliases: Vec::new(),
            quotes: 6,
            outlets: outlets.iter().map(|(name, quotes)| ((*name).to_owned(), *quotes)).collect(),
            years: years.to_vec(),
            first: None,
            last: None,
            roles: Vec::new(),
            beside: Vec::new(),
        };
        let shown = |hit: &SpeakerHit| page(hit, Look { width: 80, color: false }).replace('▇', "");
        let some = shown(&hit(&[("Bay Post", 2)], &[(2014, 1), (2016, 1)]));
        assert!(some.contains("outlets\n  2 Bay Post\n  4 (none)\n"), "{some}");
        assert!(some.ends_with("years\n  2014  1\n  2016  1\n  (no day)  4\n"), "{some}");
        let all = shown(&hit(&[("Bay Post", 6)], &[(2014, 6)]));
        assert!(!all.contains('('), "{all}");
        let none = shown(&hit(&[], &[]));
        assert!(none.ends_with("outlets\n  6 (none)\n\nyears\n  (no day)  6\n"), "{none}");
    }

    #[test]
    fn a_name_reaches_the_shell_whole() {
        assert_eq!(quoted("Ada O'Neill"), "\"Ada O'Neill\"");
        assert_eq!(quoted("Ann \"Nan\" O'Duya"), r#"'Ann "Nan" O'\''Duya'"#);
        assert_eq!(quoted("$HOME"), "'$HOME'");
    }
}
