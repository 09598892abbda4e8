//! How what was found differs from the gold, a line a difference, and how much of it is right over all.
//!
//! Lines are kept in the ledger, so they say no more than is needed to know the place again: they hold no offsets.

use std::fmt;

use onrecord::extract::Kind;

use super::clipping::{Clipping, DayWords, Mention, Said, Who};

/// What was right, over all articles.
#[derive(Debug, Default)]
pub(super) struct Tally {
    articles: u32,
    quotes: Share,
    speakers: Share,
    indirect: Share,
    days: Share,
}

/// Of so many in the gold and so many found, so many are right.
#[derive(Debug, Default)]
struct Share {
    gold: usize,
    found: usize,
    right: usize,
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { gold, found, right } = *self;
        let of = |all: usize| (1000 * right + all / 2).checked_div(all).unwrap_or(0);
        let (precision, recall) = (of(found), of(gold));
        write!(f, "{gold:4} in gold, {found:4} found, {right:4} right: ")?;
        write!(f, "precision {}.{} %, ", precision / 10, precision % 10)?;
        write!(f, "recall {}.{} %", recall / 10, recall % 10)
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "golden: {} articles", self.articles)?;
        writeln!(f, "  direct and mixed, words          {}", self.quotes)?;
        writeln!(f, "  direct and mixed, with speaker   {}", self.speakers)?;
        writeln!(f, "  indirect, with speaker           {}", self.indirect)?;
        write!(f, "  days spoken of                   {}", self.days)
    }
}

/// All differences, in the order of the article; `tally` is carried on.
pub(super) fn between(gold: &Clipping, found: &Clipping, tally: &mut Tally) -> Vec<String> {
    let mut lines = Vec::new();
    tally.articles += 1;
    for (name, gold, found) in [
        ("title", &gold.title, &found.title),
        ("byline", &gold.byline, &found.byline),
        ("outlet", &gold.outlet, &found.outlet),
        ("date", &gold.date, &found.date),
    ] {
        if gold != found {
            let show = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".to_owned());
            lines.push(format!("{name}: {}, should be {}", show(found), show(gold)));
        }
    }
    quotes(&gold.quotes, &found.quotes, tally, &mut lines);
    days(&gold.days, &found.days, &mut tally.days, &mut lines);
    lines
}

/// Pairs quotations by their words: first those that agree, then those that overlap.
fn quotes(gold: &[Said], found: &[Said], tally: &mut Tally, lines: &mut Vec<String>) {
    let mut left: Vec<Option<&Said>> = found.iter().map(Some).collect();
    let mut take = |fits: &dyn Fn(&Said) -> bool| left.iter_mut().find(|said| said.is_some_and(fits))?.take();
    let same: Vec<Option<&Said>> = gold.iter().map(|said| take(&|other| words(other) == words(said))).collect();
    let near: Vec<Option<&Said>> = (gold.iter().zip(&same))
        .map(|(said, same)| if same.is_some() { None } else { take(&|other| overlap(other, said)) })
        .collect();
    for said in gold {
        count(said.kind, tally, |share| &mut share.gold, &[true, true]);
    }
    for said in found {
        count(said.kind, tally, |share| &mut share.found, &[true, true]);
    }
    for ((gold, same), near) in gold.iter().zip(same).zip(near) {
        let label = label(gold);
        let Some(found) = same.or(near) else {
            lines.push(format!("not found: {label}"));
            continue;
        };
        let who = same_speaker(&gold.speaker, &found.speaker);
        if same.is_none() {
            lines.push(format!("cut otherwise: {label} as {}", label_of(&found.words.join(" … "))));
        } else if marked(found) == marked(gold) {
            count(gold.kind, tally, |share| &mut share.right, &[true, who]);
        }
        compare(gold, found, &label, who, lines);
    }
    for said in left.into_iter().flatten() {
        lines.push(format!("too many: {}", label(said)));
    }
}

/// Counts a quotation: its words, and its words with the speaker. Indirect ones count apart, with the speaker only.
fn count(kind: Kind, tally: &mut Tally, part: fn(&mut Share) -> &mut usize, which: &[bool; 2]) {
    let [words, speaker] = *which;
    if kind == Kind::Indirect {
        *part(&mut tally.indirect) += usize::from(speaker);
    } else {
        *part(&mut tally.quotes) += usize::from(words);
        *part(&mut tally.speakers) += usize::from(speaker);
    }
}

/// Everything but the words.
fn compare(gold: &Said, found: &Said, label: &str, who: bool, lines: &mut Vec<String>) {
    if gold.kind != found.kind {
        lines.push(format!("kind: {label} is {}", found.kind.name()));
    }
    if !who {
        lines.push(format!("speaker: {label} by {}, should be {}", show(&found.speaker), show(&gold.speaker)));
    } else if let Some(role) = gold.roles.iter().find(|role| !found.roles.iter().any(|other| holds(other, role))) {
        lines.push(format!("role: {label} by {} is without `{role}`", show(&gold.speaker)));
    }
    let agrees = match (&gold.mention, &found.mention) {
        (Mention::Any, _) | (Mention::Nowhere, Mention::Nowhere) => true,
        (Mention::Words(gold), Mention::Words(found)) => run_of(gold, found) || run_of(found, gold),
        _ => false,
    };
    if !agrees {
        let show = |mention: &Mention| match mention {
            Mention::Words(words) => words.clone(),
            Mention::Any | Mention::Nowhere => "none".to_owned(),
        };
        lines.push(format!("mention: {label} by `{}`, should be `{}`", show(&found.mention), show(&gold.mention)));
    }
}

/// Pairs days by their words, in order.
fn days(gold: &[DayWords], found: &[DayWords], share: &mut Share, lines: &mut Vec<String>) {
    let mut left: Vec<Option<&DayWords>> = found.iter().map(Some).collect();
    share.gold += gold.len();
    share.found += found.len();
    for day in gold {
        let fits = |other: &DayWords| run_of(&day.words, &other.words) || run_of(&other.words, &day.words);
        match left.iter_mut().find(|other| other.is_some_and(fits)).and_then(Option::take) {
            Some(other) if other.value == day.value => share.right += 1,
            Some(other) => lines.push(format!("day: `{}` is {}, should be {}", day.words, other.value, day.value)),
            None => lines.push(format!("day not found: `{}` {}", day.words, day.value)),
        }
    }
    for day in left.into_iter().flatten() {
        lines.push(format!("day too many: `{}` {}", day.words, day.value));
    }
}

/// The words that count for sameness: of an indirect clause without its "that" and its stop.
fn words(said: &Said) -> Vec<&str> {
    let bare = |words| -> &str {
        let words: &str = words;
        let clause = words.strip_prefix("that ").unwrap_or(words);
        clause.trim_end_matches(['.', ',', ';'])
    };
    said.words.iter().map(|words| if said.kind == Kind::Indirect { bare(words) } else { words.as_str() }).collect()
}

/// Whether it stands between quotation marks.
fn marked(said: &Said) -> bool {
    said.kind != Kind::Indirect
}

/// Whether one holds a span of the other.
fn overlap(one: &Said, other: &Said) -> bool {
    let pairs = one.words.iter().flat_map(|a| other.words.iter().map(move |b| (a.as_str(), b.as_str())));
    marked(one) == marked(other) && pairs.into_iter().any(|(a, b)| run_of(a, b) || run_of(b, a))
}

/// Whether `part` is a run of whole words of `whole`; capitals do not matter.
fn run_of(part: &str, whole: &str) -> bool {
    let (part, whole) = (part.to_lowercase(), whole.to_lowercase());
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    !part.is_empty()
        && whole.match_indices(&part).any(|(at, _)| {
            let (before, after) =
                (whole.get(..at).unwrap_or_default(), whole.get(at + part.len()..).unwrap_or_default());
            edge(before.chars().next_back()) && edge(after.chars().next())
        })
}

fn holds(found: &str, role: &str) -> bool {
    found.to_lowercase().contains(&role.to_lowercase())
}

fn same_speaker(gold: &Who, found: &Who) -> bool {
    match (gold, found) {
        (Who::Described(gold), Who::Described(found)) => plain(gold) == plain(found),
        (gold, found) => gold == found,
    }
}

/// A description without its article and its capitals.
fn plain(description: &str) -> String {
    let lower = description.to_lowercase();
    let bare = ["a ", "an ", "the "].iter().find_map(|article| lower.strip_prefix(article));
    bare.unwrap_or(&lower).to_owned()
}

fn show(speaker: &Who) -> String {
    match speaker {
        Who::Named(name) => name.clone(),
        Who::Described(description) => format!("({description})"),
        Who::Unknown => "?".to_owned(),
    }
}

fn label(said: &Said) -> String {
    format!("[{}] {}", said.kind.name(), label_of(&said.words.join(" … ")))
}

/// The first words of a quotation and its last: enough to know it again.
fn label_of(words: &str) -> String {
    let all: Vec<&str> = words.split(' ').collect();
    match all.as_slice() {
        [a, b, c, d, e, .., y, z] => format!("«{a} {b} {c} {d} {e} … {y} {z}»"),
        _ => format!("«{words}»"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Clipping, Tally, between};

    const GOLD: &str = "title: A\n[direct] Ana Roe | mayor\n> We will go\n> and soon.\nmention: she\n\
                        [indirect] (clerk)\n> they had gone\n@ on Friday ==> 2014-02-14\n";

    fn check(found: &str, expected: &[&str]) {
        let parse = |text: &str| Clipping::parse(text).expect(text);
        assert_eq!(between(&parse(GOLD), &parse(found), &mut Tally::default()), expected, "{found}");
    }

    #[test]
    fn differences_are_told() {
        check(GOLD, &[]);
        let change = |from: &str, to: &str, expected: &[&str]| {
            assert!(GOLD.contains(from), "{from}");
            check(&GOLD.replacen(from, to, 1), expected);
        };
        change("title: A", "title: none", &["title: none, should be A"]);
        change("Ana Roe", "Roe", &["speaker: [direct] «We will go … and soon.» by Roe, should be Ana Roe"]);
        change(" | mayor", " | town clerk", &["role: [direct] «We will go … and soon.» by Ana Roe is without `mayor`"]);
        change(" | mayor", " | lady Mayor", &[]);
        change("mention: she", "mention: he", &["mention: [direct] «We will go … and soon.» by `he`, should be `she`"]);
        change("[direct]", "[mixed]", &["kind: [direct] «We will go … and soon.» is mixed"]);
        change("> and soon.\n", "", &["cut otherwise: [direct] «We will go … and soon.» as «We will go»"]);
        change("(clerk)", "(The Clerk)", &[]);
        change("they had gone", "that they had gone.", &[]);
        change(
            "they had gone",
            "it rained",
            &["not found: [indirect] «they had gone»", "too many: [indirect] «it rained»"],
        );
        change("on Friday", "Friday", &[]);
        change("-14", "-21", &["day: `on Friday` is 2014-02-21, should be 2014-02-14"]);
        change("on Friday", "May", &["day not found: `on Friday` 2014-02-14", "day too many: `May` 2014-02-14"]);
    }
}
