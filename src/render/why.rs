//! Why a quotation is whose it is, for readers, for columns and for JSON: who was weighed, and what the losers lacked.

use serde::{Serialize, Serializer};

use crate::extract::why::{Candidate, Why};
use crate::index::hit::{Grounds, QuoteHit};

use super::field::thousandths;
use super::wrap;

/// What is said of a quotation whose rule names the speaker by itself.
const RULE: &str = "nobody was weighed: the rule itself says who speaks";
/// What is said of one that this version does not find.
const OUTDATED: &str = "not known: another version of onrecord found this, and this one reads the article otherwise";
/// What is said of one in a language that nobody is named in.
const MARKS: &str = "nobody was weighed: in this language nobody is named";

/// The lines that tell it of a quotation found by `rule`; `places` adds the bytes of each mention.
pub(super) fn lines(why: Option<&Why>, rule: &str, places: bool) -> Vec<String> {
    let Some(why) = why else { return vec![if rule == "marks-only" { MARKS } else { RULE }.to_owned()] };
    let line = |candidate: &Candidate| {
        let mut line = format!("{:.2}  {}", candidate.share, who(candidate));
        if places {
            line.push_str(&format!(" at {}-{}", candidate.mention.start(), candidate.mention.end()));
        }
        match &candidate.lost {
            Some(lost) => format!("{line}: {lost}"),
            None => line,
        }
    };
    let mut lines: Vec<String> = why.candidates.iter().map(line).collect();
    lines.push(format!("{:.2}  nobody", why.nobody));
    lines
}

/// The same of a hit; none where it was not asked for.
pub(super) fn lines_of_hit(hit: &QuoteHit) -> Vec<String> {
    match &hit.why {
        None => Vec::new(),
        Some(Grounds::Weighed(why)) => lines(Some(why), &hit.rule, false),
        Some(Grounds::Rule) => lines(None, &hit.rule, false),
        Some(Grounds::Outdated) => vec![OUTDATED.to_owned()],
    }
}

/// The same on one line.
pub(super) fn column(hit: &QuoteHit) -> String {
    lines_of_hit(hit).into_iter().map(|line| line.replacen("  ", " ", 1)).collect::<Vec<_>>().join("; ")
}

/// A line of the reasons as lines of at most `width` columns, of which all but the first stand under its words.
pub(super) fn fold(line: &str, width: usize) -> Vec<String> {
    let Some((share, rest)) = line.split_once("  ") else { return wrap::wrap(line, width) };
    let lines = wrap::wrap(rest, width.saturating_sub(share.len() + 2));
    let label = |n: usize| if n == 0 { share } else { "" };
    lines.iter().enumerate().map(|(n, line)| format!("{:<wide$}  {line}", label(n), wide = share.len())).collect()
}

/// “she” (Dana Kerry); the name only where the mention does not hold it.
fn who(candidate: &Candidate) -> String {
    let words = wrap::tame(&candidate.words);
    match candidate.name.as_deref().map(wrap::tame).filter(|name| !words.contains(name.as_str())) {
        Some(name) => format!("“{words}” ({name})"),
        None => format!("“{words}”"),
    }
}

/// The reasons as JSON: `candidates` and the share of `nobody`; without candidates where the rule names the speaker.
#[derive(Serialize)]
pub(super) struct WhyJson<'a> {
    candidates: Vec<CandidateJson<'a>>,
    nobody: Option<f32>,
}

#[derive(Serialize)]
struct CandidateJson<'a> {
    mention: [usize; 2],
    text: &'a str,
    name: Option<&'a str>,
    share: f32,
    lost: Option<&'a str>,
}

impl<'a> WhyJson<'a> {
    pub(super) fn of(why: Option<&'a Why>) -> Self {
        let candidate = |candidate: &'a Candidate| CandidateJson {
            mention: [candidate.mention.start(), candidate.mention.end()],
            text: &candidate.words,
            name: candidate.name.as_deref(),
            share: thousandths(candidate.share),
            lost: candidate.lost.as_deref(),
        };
        Self {
            candidates: why.map_or_else(Vec::new, |why| why.candidates.iter().map(candidate).collect()),
            nobody: why.map(|why| thousandths(why.nobody)),
        }
    }
}

/// The reasons of a hit as JSON: `null` where they are not known.
pub(super) fn serialize<S: Serializer>(hit: &QuoteHit, serializer: S) -> Result<S::Ok, S::Error> {
    match &hit.why {
        Some(Grounds::Weighed(why)) => WhyJson::of(Some(why)).serialize(serializer),
        Some(Grounds::Rule) => WhyJson::of(None).serialize(serializer),
        Some(Grounds::Outdated) | None => serializer.serialize_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::span::Span;

    fn candidate(words: &str, name: Option<&str>, share: f32, lost: Option<&str>) -> Candidate {
        let mention = Span::whole(words);
        Candidate {
            mention,
            words: words.to_owned(),
            name: name.map(str::to_owned),
            share,
            lost: lost.map(str::to_owned),
        }
    }

    #[test]
    fn a_line_says_who_and_what_was_lacking() {
        let why = Why {
            candidates: vec![
                candidate("she", Some("Ada Lund"), 0.9, None),
                candidate("Mayor Ada Lund", Some("Ada Lund"), 0.05, Some("the same person, in another sentence")),
                candidate("the \u{1b}[31mport", None, 0.03, Some("a thing, no person")),
            ],
            nobody: 0.02,
        };
        let told = [
            "0.90  “she” (Ada Lund)",
            "0.05  “Mayor Ada Lund”: the same person, in another sentence",
            "0.03  “the [31mport”: a thing, no person",
            "0.02  nobody",
        ];
        assert_eq!(lines(Some(&why), "quote-speaker-verb", false), told);
        assert_eq!(
            lines(Some(&why), "quote-speaker-verb", true).first().map(String::as_str),
            Some("0.90  “she” (Ada Lund) at 0-3")
        );
        assert_eq!(lines(None, "indirect-said", false), [RULE]);
        assert_eq!(lines(None, "marks-only", false), [MARKS]);
    }

    #[test]
    fn a_folded_line_stands_under_its_words() {
        assert_eq!(fold("0.05  “Lund”: in another sentence", 22), ["0.05  “Lund”: in", "      another sentence"]);
        assert_eq!(fold("nobody was weighed", 12), ["nobody was", "weighed"]);
    }
}
